// The demonstration's phone. What is typed goes to the server, which passes it on
// as WhatsApp would; what the store sends comes back as bubbles. Words of people
// and of the store are only ever set as text.
"use strict";

const byId = (id) => document.getElementById(id);
const chat = byId("chat");
const text = byId("text");
const trouble = byId("trouble");
const sheet = byId("sheet");

/** The number that is written from, and what is shown of its conversation. */
let person = null;
let people = [];
let bubbles = new Map();
let events = null;
let typingUntil = 0;

const make = (tag, className, words) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (words !== undefined) element.textContent = words;
  return element;
};

const ask = async (path, body) => {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
};

/** Does something that may fail, and says so when it does. */
const trying = async (deed) => {
  try {
    await deed();
    trouble.hidden = true;
  } catch {
    trouble.textContent = "Sem conexão com o servidor. O que você escreveu não foi enviado; tente de novo.";
    trouble.hidden = false;
  }
};

// --- bubbles ---------------------------------------------------------------

/** WhatsApp's *bold*, _italic_ and ~struck~ words. */
const formatted = (words, className) => {
  const block = make("p", className);
  for (const part of words.split(/(\*[^*\n]+\*|_[^_\n]+_|~[^~\n]+~)/)) {
    const tag = { "*": "strong", "_": "em", "~": "s" }[part[0]];
    if (tag && part.length > 2 && part.endsWith(part[0])) {
      block.append(make(tag, "", part.slice(1, -1)));
    } else if (part) {
      block.append(part);
    }
  }
  return block;
};

const TICKS = {
  pending: ["M8 1.5a4 4 0 1 0 .1 0M8 3v2.500l1.500 1", "enviando"],
  sent: ["M3 6l3 3.500L12 2", "enviada"],
  delivered: ["M1 6l3 3.500L10 2M7 8.500l1 1L14 2", "entregue"],
  read: ["M1 6l3 3.500L10 2M7 8.500l1 1L14 2", "lida"],
  failed: ["M8 2v4.500M8 9v.500", "não entregue"],
};

const ticks = (status) => {
  const [path, label] = TICKS[status] ?? TICKS.sent;
  const box = make("span", `ticks ${status}`);
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawing.setAttribute("viewBox", "0 0 16 11");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", label);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  drawing.append(line);
  box.append(drawing);
  return box;
};

const bubble = (message, first) => {
  const box = make("article", `bubble${message.mine ? " mine" : ""}${first ? " first" : ""}`);
  const body = make("div", "body");
  if (message.quoted) body.append(make("p", "quoted", message.quoted));
  if (message.header) body.append(make("p", "head-line", message.header));
  body.append(formatted(message.text));
  if (message.footer) body.append(make("p", "foot-line", message.footer));
  const meta = make("div", "meta");
  meta.append(make("time", "", message.clock));
  if (message.mine) meta.append(ticks(message.status));
  body.append(meta);
  box.append(body);
  const choices = make("div", "choices");
  for (const button of message.buttons ?? []) {
    const press = make("button", "", button.title);
    press.type = "button";
    press.addEventListener("click", () =>
      send({ kind: "button", id: button.id, title: button.title, context: message.id }));
    choices.append(press);
  }
  if (message.list) {
    const open = make("button", "", `☰ ${message.list.label}`);
    open.type = "button";
    open.addEventListener("click", () => openList(message));
    choices.append(open);
  }
  if (choices.childElementCount) box.append(choices);
  return box;
};

const openList = (message) => {
  byId("sheet-title").textContent = message.list.label;
  const rows = byId("sheet-rows");
  rows.replaceChildren();
  for (const section of message.list.sections) {
    if (section.title) rows.append(make("h3", "", section.title));
    for (const row of section.rows) {
      const press = make("button", "sheet-row");
      press.type = "button";
      press.append(make("span", "", row.title));
      if (row.description) press.append(make("small", "", row.description));
      press.addEventListener("click", () => {
        sheet.close();
        send({ kind: "list", id: row.id, title: row.title, description: row.description, context: message.id });
      });
      rows.append(press);
    }
  }
  sheet.showModal();
};

/** Shows a conversation; bubbles that did not change are left alone. */
const show = (messages) => {
  const atEnd = chat.scrollHeight - chat.scrollTop - chat.clientHeight < 90;
  const next = new Map();
  const shown = [];
  let day = "";
  let mine = null;
  for (const message of messages) {
    if (message.day !== day) {
      day = message.day;
      mine = null;
      const key = `day ${day}`;
      const label = bubbles.get(key)?.element ?? make("p", "day", day);
      next.set(key, { element: label, state: day });
      shown.push(label);
    }
    const first = message.mine !== mine;
    mine = message.mine;
    const state = JSON.stringify([message, first]);
    const known = bubbles.get(message.id);
    const element = known?.state === state ? known.element : bubble(message, first);
    next.set(message.id, { element, state });
    shown.push(element);
  }
  if (!shown.length) {
    shown.push(make("p", "hello", "Mande um oi ou escreva o pedido do seu jeito: o que quer, para onde e como paga."));
  }
  const changed = shown.length !== chat.children.length || shown.some((el, at) => el !== chat.children[at]);
  if (changed) chat.replaceChildren(...shown);
  bubbles = next;
  const last = messages.at(-1);
  if (!last?.mine) typingUntil = 0;
  showStatus();
  if (changed && (atEnd || last?.mine)) chat.scrollTop = chat.scrollHeight;
};

const showStatus = () => {
  byId("status").textContent = Date.now() < typingUntil ? "digitando…" : "conta comercial";
};

// --- sending and receiving -------------------------------------------------

const refresh = async () => {
  const of = person;
  if (!of) return;
  const messages = await ask(`/phone/messages?customer=${encodeURIComponent(of)}`);
  if (of === person) show(messages);
};

const send = (message) => trying(async () => {
  typingUntil = Date.now() + 6000;
  setTimeout(showStatus, 6100);
  await ask("/phone/messages", { customer: person, ...message });
  chat.scrollTop = chat.scrollHeight;
  await refresh();
});

const grow = () => {
  text.rows = Math.min(6, text.value.split("\n").length + Math.floor(text.value.length / 46));
};

byId("typing").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  trying(async () => {
    typingUntil = Date.now() + 6000;
    setTimeout(showStatus, 6100);
    await ask("/phone/messages", { customer: person, kind: "text", text: words });
    text.value = "";
    grow();
    chat.scrollTop = chat.scrollHeight;
    await refresh();
  });
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    byId("typing").requestSubmit();
  }
});
text.addEventListener("input", grow);

const attachments = byId("attachments");
const attach = byId("attach");
const toggleMenu = (open) => {
  attachments.hidden = !open;
  attach.setAttribute("aria-expanded", String(open));
};
attach.addEventListener("click", () => toggleMenu(attachments.hidden));
attachments.addEventListener("click", (event) => {
  const kind = event.target.dataset?.send;
  if (!kind) return;
  toggleMenu(false);
  send({ kind });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { toggleMenu(false); togglePeople(false); }
});
document.addEventListener("click", (event) => {
  if (!event.target.closest(".attach")) toggleMenu(false);
  if (!event.target.closest(".people, #show-people")) togglePeople(false);
});

// --- people ----------------------------------------------------------------

const togglePeople = (open) => {
  document.querySelector(".people").classList.toggle("open", open);
  byId("show-people").setAttribute("aria-expanded", String(open));
};
byId("show-people").addEventListener("click", () => togglePeople(true));

const listPeople = () => {
  byId("people").replaceChildren(...people.map((one) => {
    const entry = make("li");
    const press = make("button", "person");
    press.type = "button";
    press.append(make("i", "", one.name.slice(0, 1)));
    const words = make("span", "", one.name);
    words.append(make("small", "", one.phone));
    press.append(words);
    if (one.id === person) press.setAttribute("aria-current", "true");
    press.addEventListener("click", () => become(one.id));
    entry.append(press);
    return entry;
  }));
};

const become = (id) => {
  person = id;
  localStorage.setItem("orcazap.person", id);
  bubbles = new Map();
  chat.replaceChildren();
  typingUntil = 0;
  listPeople();
  togglePeople(false);
  events?.close();
  events = new EventSource(`/phone/events?customer=${encodeURIComponent(id)}`);
  events.addEventListener("change", () => trying(refresh));
  events.addEventListener("open", () => trying(refresh));
  text.focus();
};

byId("new-person").addEventListener("click", () => trying(async () => {
  const one = await ask("/phone/customers", {});
  people.push(one);
  become(one.id);
}));

const start = async () => {
  people = await ask("/phone/customers");
  const before = localStorage.getItem("orcazap.person");
  become(people.some((one) => one.id === before) ? before : people[0].id);
  const prepared = new URLSearchParams(location.search).get("text");
  if (prepared) {
    history.replaceState(null, "", location.pathname);
    text.value = prepared;
    grow();
  }
};
trying(start);
