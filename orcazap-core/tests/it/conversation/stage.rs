//! A stage for scripted conversations: a small store, and a runner that plays a
//! script and writes down what happens, in the same words as the script.
//!
//! Lines that start at the margin are what happens, the indented ones below are
//! what must follow from it:
//!
//! ```text
//! customer: bom dia
//!     say welcome
//!     = new
//! ```
//!
//! Several `customer:` lines joined by ` / ` are one burst. Timers ring by
//! themselves when `+3h` moves the clock past them. Acts are the owner's, unless a
//! role stands before them: `attendant edit: price CIM 30`.

use std::fmt::{Debug, Write as _};
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, TimeDelta};
use orcazap_core::authority::{Actor, PersonId, Role};
use orcazap_core::conversation::{
    Act, Answer, AskFor, Content, Edit, Inbound, MediaKind, Policy, QuoteNumber, QuoteRef,
    SaidItem, StepError, Swap,
};
use orcazap_core::order::Delivery;
use orcazap_core::place::{Place, Point};
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{
    Catalog, Conversation, Effect, Event, PriceBook, Product, Rules, Say, Shop, step,
};
use serde_json::json;

/// Somebody of each role; the owner is person 1.
pub(super) fn person(role: Role) -> Actor {
    let place = Role::ALL.iter().position(|other| *other == role).unwrap();
    Actor { id: PersonId(place as u128 + 1), role }
}

pub(super) struct Store {
    pub(super) catalog: Catalog,
    pub(super) book: PriceBook,
    pub(super) rules: Rules,
    pub(super) policy: Policy,
}

impl Store {
    pub(super) fn shop(&self) -> Shop<'_> {
        let Self { catalog, book, rules, policy } = self;
        Shop { catalog, book, rules, policy }
    }
}

/// A store with cement, sand, two bricks that only a customer can tell apart, and
/// a person who looks at totals above R$ 2,000.00 and margins below 10 %.
pub(super) fn store() -> Store {
    let products = json!([
        {"sku": "CIM", "name": "Cimento CP II 50 kg", "category": "Cimento", "unit": "saco",
         "price": "40.00", "cost": "30.00", "weight": "50", "step": "1", "aliases": ["cimento"],
         "pack": {"qty": "50", "unit": "kg"}},
        {"sku": "ARE", "name": "Areia média", "category": "Areia", "unit": "m3",
         "price": "120.00", "cost": "80.00", "weight": "1500", "step": "0.5", "aliases": ["areia"]},
        {"sku": "TIJ-6F", "name": "Tijolo cerâmico 6 furos", "category": "Tijolo", "unit": "un",
         "price": "0.90", "cost": "0.60", "weight": "2", "step": "1", "aliases": ["tijolo"]},
        {"sku": "TIJ-8F", "name": "Tijolo cerâmico 8 furos", "category": "Tijolo", "unit": "un",
         "price": "1.10", "cost": "0.70", "weight": "2.5", "step": "1", "aliases": ["tijolo"]},
        {"sku": "ROSA", "name": "Rolo de lã 23 cm", "category": "Pintura", "unit": "un",
         "price": "20.00", "cost": "19.50", "weight": "0.3", "step": "1", "aliases": ["rolo de lã"]},
    ]);
    let products: Vec<Product> = serde_json::from_value(products).unwrap();
    let book: PriceBookData = serde_json::from_value(json!({
        "version": 3,
        "payment": [{"method": "pix", "pct": "-5"}, {"method": "credit_card", "pct": "0"},
                    {"method": "cash", "pct": "-5"}],
        "freight": [{"bairro": "Centro", "base": "30", "per_kg": "0.10", "included_kg": "500"}],
        "validity_hours": 48,
    }))
    .unwrap();
    let rules: Rules = serde_json::from_value(json!({
        "min_margin_pct": "10", "max_auto_total": "2000.00",
    }))
    .unwrap();
    Store {
        catalog: Catalog::new(products).unwrap(),
        book: PriceBook::new(book).unwrap(),
        rules,
        policy: Policy::default(),
    }
}

/// Tuesday 10 March 2026, 9 h in São Paulo.
pub(super) fn tuesday() -> DateTime<FixedOffset> {
    "2026-03-10T09:00:00-03:00".parse().unwrap()
}

/// Plays a script and compares what happens with what it says.
#[track_caller]
pub(super) fn check(script: &str) {
    check_in(&store(), script);
}

#[track_caller]
pub(super) fn check_in(store: &Store, script: &str) {
    let lines: Vec<&str> =
        script.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let mut play = Play::new(store);
    for line in lines.iter().filter(|line| !line.starts_with(' ')) {
        play.line(line);
    }
    let expected = lines.join("\n");
    assert!(
        play.written.trim_end() == expected,
        "\n--- what happened\n{}\n--- the script\n{expected}\n",
        play.written
    );
}

/// A conversation on stage.
pub(super) struct Play<'a> {
    store: &'a Store,
    pub(super) conversation: Conversation,
    pub(super) now: DateTime<FixedOffset>,
    pub(super) written: String,
}

impl<'a> Play<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        let conversation = Conversation::new(QuoteNumber(7));
        Self { store, conversation, now: tuesday(), written: String::new() }
    }

    /// The same conversation after the store has changed.
    pub(super) fn in_store(self, store: &Store) -> Play<'_> {
        let Self { conversation, now, written, .. } = self;
        Play { store, conversation, now, written }
    }

    /// Plays one line of a script.
    pub(super) fn line(&mut self, line: &str) {
        self.written.push_str(line);
        self.written.push('\n');
        if let Some(hours) = line.strip_prefix('+') {
            return self.wait(hours);
        }
        match self.event(line) {
            Some(event) => self.give(event),
            None => panic!("no such line: {line}"),
        }
        let _ = writeln!(self.written, "    = {}", self.conversation.state.code());
    }

    fn event(&self, line: &str) -> Option<Event> {
        let (who, what) = line.split_once(':').unwrap_or((line, ""));
        let what = what.trim();
        let role = |(role, act)| Some((str::parse(role).ok()?, act));
        let (role, who) = who.split_once(' ').and_then(role).unwrap_or((Role::Owner, who));
        let act = |act| Some(Event::act(person(role), act));
        let revision = self.conversation.state.offer().map_or(0, |offer| offer.quote_ref.revision);
        match who {
            "arrives" => {
                Some(Event::Arrived { message: Inbound { at: self.now, content: content(what) } })
            }
            "customer" => Some(self.inbound(what.split(" / ").map(content).collect())),
            "approve" if what.is_empty() => act(Act::Approve { revision }),
            "approve" => act(Act::Approve { revision: what.parse().ok()? }),
            "edit" => act(Act::EditAndApprove { revision, edits: edits(what) }),
            "reject" => act(Act::Reject { revision, message: what.to_owned() }),
            "place" => act(Act::PlaceOrder { revision }),
            "take over" => act(Act::TakeOver),
            "give back" => act(Act::GiveBack),
            "echo" => Some(Event::WroteElsewhere { at: self.now }),
            "reply" => act(Act::Reply { text: what.to_owned() }),
            "close" => {
                act(Act::Close { reason: orcazap_core::conversation::CloseReason::ClosedByPerson })
            }
            "undelivered" => {
                Some(Event::QuoteDelivery { revision: what.parse().ok()?, delivered: false })
            }
            "delivered" => {
                Some(Event::QuoteDelivery { revision: what.parse().ok()?, delivered: true })
            }
            _ => None,
        }
    }

    fn inbound(&self, contents: Vec<Content>) -> Event {
        let message = |content| Inbound { at: self.now, content };
        Event::Inbound { messages: contents.into_iter().map(message).collect() }
    }

    fn wait(&mut self, hours: &str) {
        let (number, unit) = hours.split_at(hours.len() - 1);
        let number: i64 = number.parse().unwrap();
        let until = self.now
            + match unit {
                "h" => TimeDelta::hours(number),
                "m" => TimeDelta::minutes(number),
                _ => TimeDelta::seconds(number),
            };
        while let Some((timer, at)) = self.next_timer(until) {
            self.now = at.max(self.now);
            let _ = writeln!(self.written, "    ⏰ {}", timer.code());
            self.give(Event::Timer { timer });
        }
        self.now = until;
        let _ = writeln!(self.written, "    = {}", self.conversation.state.code());
    }

    fn next_timer(
        &self,
        until: DateTime<FixedOffset>,
    ) -> Option<(orcazap_core::conversation::Timer, DateTime<FixedOffset>)> {
        let due = self.conversation.timers.iter().filter(|(_, at)| **at <= until);
        due.min_by_key(|(_, at)| **at).map(|(timer, at)| (*timer, *at))
    }

    /// What an attendant's act leads to.
    pub(super) fn effects_of(&self, act: Act) -> Vec<Effect> {
        let event = Event::act(person(Role::Attendant), act);
        step(&self.conversation, event, &self.store.shop(), self.now).unwrap().effects
    }

    fn give(&mut self, event: Event) {
        match step(&self.conversation, event, &self.store.shop(), self.now) {
            Err(error) => {
                let _ = writeln!(self.written, "    ! {}", error_text(&error));
            }
            Ok(done) => {
                self.conversation = done.conversation;
                for effect in done.effects {
                    self.effect(effect);
                }
            }
        }
    }

    fn effect(&mut self, effect: Effect) {
        let text = match effect {
            Effect::Say { say, answers } => {
                let answers: Vec<_> = answers.iter().map(answered).collect();
                format!("say {}{}", answers.concat(), said(&say))
            }
            Effect::RecordQuote { offer, edited } => {
                let edited = if edited.is_some() { ", edited" } else { "" };
                format!("record {} {}{edited}", offer.quote_ref, offer.quote.total())
            }
            Effect::OpenApproval { quote_ref, reasons } => {
                let codes: Vec<_> = reasons.iter().map(orcazap_core::Reason::code).collect();
                format!("queue {quote_ref}: {}", codes.join(", "))
            }
            Effect::CloseApproval { quote_ref, outcome } => {
                let outcome = serde_json::to_value(outcome).unwrap();
                format!("unqueue {quote_ref}: {}", outcome["outcome"].as_str().unwrap())
            }
            Effect::PlaceOrder { quote_ref, .. } => format!("place {quote_ref}"),
            Effect::HandOver { reason } => format!("needs a person: {}", word(&reason)),
            Effect::RemindApproval { quote_ref } => format!("remind {quote_ref}"),
            Effect::OptOut => "opt out".into(),
            Effect::OptIn => "opt in".into(),
            // The timers are shown when they ring.
            Effect::SetTimer { .. } | Effect::CancelTimer { .. } => return,
            Effect::OpenNext { next } => {
                let _ = writeln!(self.written, "    open next");
                let (conversation, event) = next.open(QuoteNumber(self.conversation.number.0 + 1));
                self.conversation = conversation;
                return self.give(event);
            }
        };
        let _ = writeln!(self.written, "    {text}");
    }
}

fn content(text: &str) -> Content {
    let text = text.trim();
    let media = |kind, caption: &str| Content::Media {
        kind,
        caption: Some(caption.to_owned()).filter(|caption| !caption.is_empty()),
    };
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some(("photo", caption)) => media(MediaKind::Image, caption.trim()),
        Some(("voice", _)) => media(MediaKind::Audio, ""),
        Some(("sticker", _)) => media(MediaKind::Sticker, ""),
        Some(("unknown", _)) => Content::Unsupported,
        Some(("map", label)) => Content::Location {
            label: Some(label.trim().to_owned()).filter(|label| !label.is_empty()),
            point: None,
        },
        Some(("pin", point)) => {
            let (lat, lon) = point.trim().split_once(' ').unwrap();
            let point = Point::new(lat.parse().unwrap(), lon.parse().unwrap()).unwrap();
            Content::Location { label: None, point: Some(point) }
        }
        Some(("thumb", quote)) => {
            Content::Reaction { emoji: "👍".into(), quote_ref: quoted(quote) }
        }
        Some(("cart", line)) => {
            let (sku, qty) = line.trim().split_once(' ').unwrap();
            Content::CatalogOrder(vec![(sku.parse().unwrap(), qty.parse().unwrap())])
        }
        Some((button, "")) => Content::Reply(button.parse().unwrap()),
        _ => Content::Text(text.to_owned()),
    }
}

fn quoted(text: &str) -> Option<QuoteRef> {
    let (number, revision) = text.trim().split_once('/')?;
    Some(QuoteRef { number: QuoteNumber(number.parse().ok()?), revision: revision.parse().ok()? })
}

/// Edits, joined by `, `; none of an empty text.
pub(super) fn edits(text: &str) -> Vec<Edit> {
    text.split(", ").filter(|text| !text.is_empty()).map(edit).collect()
}

/// A figure set by hand, or the rules' again.
fn by_hand<T: FromStr<Err: Debug>>(text: &str) -> Option<T> {
    (text != "rule").then(|| text.parse().unwrap())
}

/// `qty CIM 5`, `price CIM 39.90`, `off CIM 5`, `add ARE 1`, `freight 25.00`,
/// `pickup`, `to Centro`, `pay pix`, `pay boleto 30`, `day 2026-03-13`, `no day`,
/// `betoneira is CIM 1`, `drop betoneira`; `price CIM rule` and the like take back what
/// was set by hand.
fn edit(text: &str) -> Edit {
    let words: Vec<&str> = text.split(' ').collect();
    match words.as_slice() {
        ["pickup"] => Edit::Place { place: Place::Pickup },
        ["to", bairro] => {
            Edit::Place { place: Place::address(None, bairro.parse().ok(), None).unwrap() }
        }
        ["pay", method, days @ ..] => {
            let payment = json!({"method": method, "days": days.first().map(|days| days.parse::<u16>().unwrap())});
            Edit::Payment { payment: serde_json::from_value(payment).unwrap() }
        }
        ["day", day] => {
            let delivery = Delivery { date: day.parse().ok(), ..Delivery::default() };
            Edit::Delivery { delivery: Some(delivery) }
        }
        ["no", "day"] => Edit::Delivery { delivery: None },
        [text, "is", sku, qty] => Edit::Resolve {
            text: (*text).to_owned(),
            sku: sku.parse().unwrap(),
            qty: qty.parse().unwrap(),
        },
        ["drop", text] => Edit::Drop { text: (*text).to_owned() },
        ["qty", sku, qty] => {
            Edit::Quantity { sku: sku.parse().unwrap(), qty: qty.parse().unwrap() }
        }
        ["price", sku, price] => {
            Edit::Price { sku: sku.parse().unwrap(), unit_price: by_hand(price) }
        }
        ["add", sku, qty] => Edit::Add { sku: sku.parse().unwrap(), qty: qty.parse().unwrap() },
        ["off", sku, pct] => Edit::Discount { sku: sku.parse().unwrap(), pct: by_hand(pct) },
        ["freight", freight] => Edit::Freight { freight: by_hand(freight) },
        _ => panic!("no such edit: {text}"),
    }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn error_text(error: &StepError) -> String {
    error.to_string()
}

/// What is said, in one line.
pub(super) fn said(say: &Say) -> String {
    let code = say.code();
    match say {
        Say::Ask { ask } => asked(ask),
        Say::Quote { offer, occasion, swaps, packed } => {
            let (total, occasion) = (offer.quote.total(), word(occasion));
            let packed = packed.iter().map(|packed| format!(", {} {}", packed.qty, packed.unit));
            let (packed, offered) = (packed.collect::<String>(), offered(swaps));
            format!("quote {} {total} ({occasion}){packed}{offered}", offer.quote_ref)
        }
        Say::UnderReview { items, unknown, swaps, lacking, .. } => {
            let (items, unknown) = (items.len(), unknown.len());
            let lacks = lacking.map(|lacking| format!(", {} below the least", lacking.lacks));
            let (lacks, offered) = (lacks.unwrap_or_default(), offered(swaps));
            format!("under_review: {items} items, {unknown} unknown{lacks}{offered}")
        }
        Say::StillUnderReview { noted: Some(noted) } => {
            let day = noted.date.map_or(String::new(), |day| day.to_string());
            format!("{code}, noted {day}")
        }
        Say::WhichSwap { swaps } => format!("{code}{}", offered(swaps)),
        Say::Accepted { quote_ref, total, payment, delivery, pickup, asks_day } => {
            let method = payment.map_or("?", |payment| payment.method().code());
            let day = delivery.and_then(|delivery| delivery.date);
            let day = day.map_or(String::new(), |day| format!(", {day}"));
            let pickup = if *pickup { ", pickup" } else { "" };
            let asks = if *asks_day { ", when?" } else { "" };
            format!("accepted {quote_ref} {total}, {method}{day}{pickup}{asks}")
        }
        Say::HandedOver { reason } => format!("{code}: {}", word(reason)),
        Say::Answer { answer } => answered(answer).trim_end_matches([' ', '+']).to_owned(),
        Say::Person { text } => format!("{code}: {text}"),
        Say::Expired { quote_ref }
        | Say::WhatToChange { quote_ref }
        | Say::Unclear { quote_ref }
        | Say::FollowUp { quote_ref, .. } => format!("{code} {quote_ref}"),
        Say::Welcome { .. }
        | Say::StillUnderReview { noted: None }
        | Say::Declined
        | Say::Cancelled
        | Say::OptedOut => code.to_owned(),
    }
}

/// What serves in place of what is short: `; 30 CIM -> [swap:7:3:CIM:CP3]`.
fn offered(swaps: &[Swap]) -> String {
    let one = |swap: &Swap| {
        let replies = swap.choices.iter().map(|choice| format!("[{}]", choice.reply));
        let replies: Vec<String> = replies.collect();
        format!("; {} {} -> {}", swap.out.qty.unwrap(), swap.out.sku, replies.join(" "))
    };
    swaps.iter().map(one).collect()
}

/// An answer that stands before what else is said.
fn answered(answer: &Answer) -> String {
    match answer {
        Answer::Fact { text } => format!("answer: {text} + "),
        Answer::Prices { items } => {
            let prices = items.iter().map(|item| format!("{} {}", item.sku, item.price));
            format!("prices: {} + ", prices.collect::<Vec<_>>().join(", "))
        }
        Answer::Stock { there, out, swaps } => {
            let skus = |items: &[SaidItem]| {
                let skus = items.iter().map(|item| item.sku.to_string());
                skus.collect::<Vec<_>>().join(", ")
            };
            let serve = swaps.iter().flat_map(|swap| &swap.choices);
            let serve: Vec<SaidItem> = serve.map(|choice| choice.item.clone()).collect();
            let serves = format!(", serve: [{}]", skus(&serve));
            let serves = if serve.is_empty() { "" } else { &serves };
            format!("in stock: [{}], not: [{}]{serves} + ", skus(there), skus(out))
        }
        Answer::Hours { week } => format!("open on {} days + ", week.len()),
        Answer::Day { date, hours: None } => format!("closed on {date} + "),
        Answer::Day { date, hours: Some(hours) } => {
            format!("open on {date} until {} + ", hours.closes)
        }
        Answer::Payments { terms } => {
            let terms = terms.iter().map(|term| format!("{term} {}", term.pct));
            format!("payments: {} + ", terms.collect::<Vec<_>>().join(", "))
        }
        Answer::Freight { place, fee, by_load, free_above } => {
            let to = place.cep().map(|cep| cep.to_string());
            let to = to.or(place.bairro().map(|bairro| bairro.to_string())).unwrap_or_default();
            let from = if *by_load { "from " } else { "" };
            let free = free_above.map_or(String::new(), |above| format!(", free above {above}"));
            format!("freight to {to}: {from}{fee}{free} + ")
        }
        Answer::FreightByPlace => "freight by place + ".to_owned(),
        Answer::ByPerson => "answer by a person + ".to_owned(),
    }
}

fn asked(ask: &AskFor) -> String {
    let mut parts = Vec::new();
    for item in &ask.items {
        parts.push(format!("{} {}", item.qty.unwrap(), item.sku));
    }
    parts.extend(ask.unknown.iter().map(|text| format!("no {text}")));
    if ask.no_items {
        parts.push("what?".into());
    }
    for choice in &ask.choices {
        let labels: Vec<_> = choice.choices.iter().map(|choice| choice.label.as_str()).collect();
        parts.push(format!("{}: {}?", choice.text, labels.join(" or ")));
    }
    parts.extend(ask.quantities.iter().map(|item| format!("how many {}?", item.sku)));
    if let Some(place) = ask.place {
        let where_to = match place {
            orcazap_core::conversation::AskPlace::Where => "where?",
            orcazap_core::conversation::AskPlace::InWords => "where in words?",
        };
        parts.push(where_to.into());
    }
    if ask.payment {
        parts.push("payment?".into());
    }
    if !ask.later.is_empty() {
        parts.push(format!("{} left", ask.later.len()));
    }
    format!("ask {}", parts.join(", "))
}
