// The dashboard works without this file: it only keeps live parts from moving under a person's hands.
"use strict";

// A list that refreshes by itself waits while somebody edits in it or a send is under way;
// an answer that was asked for before that is not shown.
const busy = (live) => live.querySelector("details[open], .htmx-request") ||
  (live.contains(document.activeElement) && document.activeElement.matches("input, textarea"));
document.addEventListener("htmx:beforeRequest", (event) => {
  const live = event.detail.elt;
  if (live.matches?.("#fila, #mensagens") && (busy(live) || document.hidden)) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const live = event.detail.target;
  if (live.matches?.("#fila, #mensagens") && busy(live)) event.detail.shouldSwap = false;
});

// Bubbles stay at the newest one, unless somebody scrolled up to read.
let atEnd = true;
const toEnd = () => {
  const bubbles = document.getElementById("mensagens");
  if (bubbles && atEnd) bubbles.scrollTop = bubbles.scrollHeight;
};
document.addEventListener("htmx:beforeSwap", (event) => {
  const bubbles = document.getElementById("mensagens");
  if (event.detail.target === bubbles && bubbles) {
    atEnd = bubbles.scrollHeight - bubbles.scrollTop - bubbles.clientHeight < 60;
  }
});
document.addEventListener("htmx:afterSettle", toEnd);
toEnd();

// A refused or lost request is said, and a session that ended leads to the log-in.
const offline = document.getElementById("sem-conexao");
document.addEventListener("htmx:sendError", () => { if (offline) offline.hidden = false; });
document.addEventListener("htmx:afterRequest", (event) => {
  if (offline && event.detail.successful) offline.hidden = true;
  if (event.detail.xhr?.status === 401) window.location.assign("/entrar");
});
