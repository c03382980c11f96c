//! What holds for every history: driven by arbitrary events, with a caller that
//! carries out effects as the reference server does.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};
use orcazap_core::authority::{Concession, Role};
use orcazap_core::catalog::Stock;
use orcazap_core::conversation::{
    Act, Answer, AskChoice, AskFor, CloseReason, Content, Edit, Fact, Held, Inbound, MediaKind,
    Open, QuoteNumber, QuoteRef, Reply, State, Swap, Timer,
};
use orcazap_core::money::{Money, Percent};
use orcazap_core::order::{Delivery, PaymentMethod};
use orcazap_core::pricing::Overrides;
use orcazap_core::{
    Catalog, Conversation, Effect, Event, Payment, Place, Product, Quantity, Reason, Say, Sku, step,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::stage::{Store, person, store, tuesday};

/// What can happen, and how much later.
#[derive(Debug, Clone)]
struct Moment {
    minutes: i64,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Messages(Vec<Content>),
    /// One message that may not be the last of its burst.
    Arrives(Content),
    Act(Role, Act),
    /// The store writes on its own phone.
    Echo,
    Delivery(u32, bool),
    /// A timer that rings although nobody may have set it.
    Ring(Timer),
}

const TEXTS: &[&str] = &[
    "bom dia",
    "10 sacos de cimento",
    "500 tijolos",
    "o de 8 furos",
    "2 metros de areia",
    "cimento",
    "entrega no bairro Centro",
    "vou retirar",
    "pix",
    "cartão em 3x",
    "fechado",
    "👍",
    "tá caro, não quero",
    "cancela",
    "quero falar com um atendente",
    "que horas vocês abrem?",
    "abrem no sábado?",
    "qual o endereço da loja?",
    "quanto está o cimento?",
    "qual o preço do milheiro de tijolo de 8 furos",
    "quanto custa uma betoneira?",
    "tem cimento?",
    "quanto está o metro da areia?",
    "tem 300 sacos de cimento em estoque?",
    "quanto fica o frete pro Centro?",
    "qual o valor do frete?",
    "dinheiro",
    "ok",
    "5 zzz",
    "sim",
    "não",
    "deixa pra lá",
    "mudei de ideia",
    "quanto ficou no total?",
    "pode ser na sexta",
    "entrega sábado?",
    "fechado, vocês têm betoneira?",
    "cep 13050-100",
    "pare de me mandar mensagem",
    "voltar",
    "são 25 sacos",
    "tira a areia",
    "1 betoneira",
    "obrigado",
    "xyzzy",
    "",
    "90000 sacos de cimento",
    "entrega amanhã",
    "5 rolos de lã",
    "10 sacos de cimento, retiro aí, pix",
    "800 sacos de cimento, entrega no Centro, dinheiro",
    "fechado mas manda 25",
    "e mais 100 tijolos de 8 furos",
    "entregam domingo?",
];

/// Orders of what is short.
const SHORT: &[&str] = &[
    "30 sacos de cimento, retiro, pix",
    "300 tijolos de 8 furos, retiro aí, pix",
    "30 sacos de cimento e 300 tijolos de 8 furos, retiro, dinheiro",
];

/// What is said to what is offered in its place.
const SWAPS: &[&str] =
    &["sim", "pode trocar", "não quero trocar", "o segundo", "pode ser o aglomerante ARI"];

fn reply() -> impl Strategy<Value = Reply> {
    let number = (6u32..9).prop_map(QuoteNumber);
    let quote_ref =
        (number.clone(), 0u32..4).prop_map(|(number, revision)| QuoteRef { number, revision });
    prop_oneof![
        4 => quote_ref.clone().prop_map(Reply::Accept),
        1 => quote_ref.prop_map(Reply::Change),
        1 => number.clone().prop_map(Reply::Human),
        1 => number.clone().prop_map(Reply::Pickup),
        1 => number.clone().prop_map(|number| Reply::Pay { number, method: PaymentMethod::Pix }),
        1 => number.clone().prop_map(|number| {
            Reply::Pick { number, sku: "TIJ-8F".parse().unwrap() }
        }),
        2 => (number, "TIJ-8F|CIM", "TIJ-6F|ARI|ARE").prop_map(|(number, out, into)| {
            Reply::Swap { number, out: out.parse().unwrap(), into: into.parse().unwrap() }
        }),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        12 => proptest::sample::select(TEXTS).prop_map(|text| Content::Text(text.into())),
        1 => ".{0,40}".prop_map(Content::Text),
        5 => reply().prop_map(Content::Reply),
        1 => Just(Content::Location { label: None, point: None }),
        1 => Just(Content::Media { kind: MediaKind::Audio, caption: None }),
        1 => Just(Content::Media { kind: MediaKind::Sticker, caption: None }),
        2 => ("CIM|ARE|ROSA|NADA", 0u32..60).prop_map(|(sku, qty)| {
            Content::CatalogOrder(vec![(sku.parse().unwrap(), qty.to_string().parse().unwrap())])
        }),
        1 => Just(Content::Unsupported),
        1 => (0u32..4).prop_map(|revision| Content::Reaction {
            emoji: "👍".into(),
            quote_ref: Some(QuoteRef { number: QuoteNumber(7), revision }),
        }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let revision = 0u32..4;
    prop_oneof![
        3 => revision.clone().prop_map(|revision| Act::Approve { revision }),
        1 => (revision.clone(), "CIM|ARE", 0u32..5).prop_map(|(revision, sku, qty)| {
            let (sku, qty) = (sku.parse().unwrap(), qty.to_string().parse().unwrap());
            Act::EditAndApprove { revision, edits: vec![Edit::Quantity { sku, qty }] }
        }),
        3 => (revision.clone(), other_edit()).prop_map(|(revision, edit)| {
            Act::EditAndApprove { revision, edits: vec![edit] }
        }),
        1 => revision.clone().prop_map(|revision| Act::EditAndApprove {
            revision,
            edits: vec![Edit::Freight { freight: "12.00".parse().ok() }],
        }),
        2 => (revision.clone(), "CIM|ARE", 0u8..60).prop_map(|(revision, sku, pct)| {
            let (sku, pct) = (sku.parse().unwrap(), Some(Percent::whole(pct)));
            Act::EditAndApprove { revision, edits: vec![Edit::Discount { sku, pct }] }
        }),
        1 => revision.clone().prop_map(|revision| Act::Reject { revision, message: "hoje não".into() }),
        1 => revision.prop_map(|revision| Act::PlaceOrder { revision }),
        1 => Just(Act::TakeOver),
        3 => Just(Act::GiveBack),
        1 => Just(Act::Reply { text: "já vejo".into() }),
        1 => Just(Act::Close { reason: CloseReason::ClosedByPerson }),
    ]
}

fn other_edit() -> impl Strategy<Value = Edit> {
    let (sku, qty): (Sku, Quantity) = ("CIM".parse().unwrap(), "900".parse().unwrap());
    let text = "betoneira".to_owned();
    let credit = Payment::by(PaymentMethod::StoreCredit);
    let far = Place::address(None, "Longe".parse().ok(), None).unwrap();
    let tomorrow = Delivery { date: "2026-03-11".parse().ok(), ..Delivery::default() };
    proptest::sample::select(vec![
        Edit::Add { sku: sku.clone(), qty },
        Edit::Price { sku: sku.clone(), unit_price: None },
        Edit::Discount { sku: sku.clone(), pct: None },
        Edit::Freight { freight: None },
        Edit::Place { place: Place::Pickup },
        Edit::Place { place: far },
        Edit::Payment { payment: Payment::by(PaymentMethod::Pix) },
        Edit::Payment { payment: credit },
        Edit::Delivery { delivery: Some(tomorrow) },
        Edit::Delivery { delivery: None },
        Edit::Resolve { text: text.clone(), sku, qty: "2".parse().unwrap() },
        Edit::Drop { text },
    ])
}

/// An order of what is short, and a talk of little else.
fn swap_talk() -> impl Strategy<Value = Vec<Moment>> {
    let said = |texts| {
        let text = proptest::sample::select(texts);
        text.prop_map(|text: &str| What::Messages(vec![Content::Text(text.into())]))
    };
    let moment = |what| Moment { minutes: 5, what };
    let answer = prop_oneof![
        6 => said(SWAPS),
        1 => said(SHORT),
        2 => content().prop_map(|content| What::Messages(vec![content])),
        1 => act().prop_map(|act| What::Act(Role::Owner, act)),
    ];
    let answers = proptest::collection::vec(answer, 1..12);
    (said(SHORT), answers).prop_map(move |(order, answers)| {
        std::iter::once(order).chain(answers).map(moment).collect()
    })
}

fn history() -> impl Strategy<Value = Vec<Moment>> {
    let what = prop_oneof![
        8 => proptest::collection::vec(content(), 1..4).prop_map(What::Messages),
        3 => content().prop_map(What::Arrives),
        3 => (proptest::sample::select(Role::ALL), act())
            .prop_map(|(role, act)| What::Act(role, act)),
        1 => Just(What::Echo),
        1 => (0u32..4, any::<bool>()).prop_map(|(revision, well)| What::Delivery(revision, well)),
        1 => proptest::sample::select(Timer::ALL).prop_map(What::Ring),
    ];
    let moment = (prop_oneof![5 => 0i64..90, 1 => 90i64..4000], what)
        .prop_map(|(minutes, what)| Moment { minutes, what });
    proptest::collection::vec(moment, 1..25)
}

/// The caller: the clock, the timers, the queue, and what was sent to whom.
struct Caller {
    store: Store,
    now: DateTime<FixedOffset>,
    conversation: Conversation,
    timers: BTreeMap<Timer, DateTime<FixedOffset>>,
    recorded: BTreeMap<QuoteRef, bool>,
    queue: BTreeSet<QuoteRef>,
    sendable: BTreeSet<QuoteRef>,
    /// What each revision gave away when it was priced.
    given: BTreeMap<QuoteRef, Concession>,
    /// Why a person would have had to look at each revision.
    reasons: BTreeMap<QuoteRef, Vec<Reason>>,
    /// The roles of all who changed or approved a quote.
    hands: BTreeSet<Role>,
    /// How often something was offered in place of what is short, and how often it was
    /// asked which.
    swaps: [u32; 2],
    /// How often each question was put, order by order, as the customer hears it.
    asked: BTreeMap<(QuoteNumber, String), u32>,
    opted_out: bool,
    log: Vec<String>,
    page: String,
}

/// What a customer hears as a question, each under a name of its own.
fn questions(say: &Say, answers: &[Answer]) -> Vec<String> {
    let by_place = Answer::FreightByPlace;
    let beside = answers.contains(&by_place).then(|| "where?".to_owned());
    let mut asked = match say {
        Say::Answer { answer } if *answer == by_place => vec!["where?".to_owned()],
        Say::Welcome { .. } => vec!["what?".to_owned()],
        Say::WhatToChange { quote_ref } => vec![format!("change {quote_ref}?")],
        Say::Unclear { quote_ref } => vec![format!("yes or no to {quote_ref}?")],
        Say::WhichSwap { swaps } => {
            swaps.iter().map(|swap| format!("what instead of {}?", swap.out.sku)).collect()
        }
        Say::Ask { ask } => {
            let skus = |choice: &AskChoice| {
                let skus = choice.choices.iter().map(|choice| choice.item.sku.to_string());
                skus.collect::<Vec<_>>().join(" or ")
            };
            let mut all: Vec<String> = ask.choices.iter().map(skus).collect();
            all.extend(ask.quantities.iter().map(|item| format!("how many {}?", item.sku)));
            all.extend(ask.no_items.then(|| "what?".to_owned()));
            all.extend(ask.place.map(|_| "where?".to_owned()));
            all.extend(ask.payment.then(|| "payment?".to_owned()));
            all
        }
        _ => Vec::new(),
    };
    asked.extend(beside);
    asked
}

/// What an ask names as still to come, each under the name that it has as a question.
fn named(ask: &AskFor) -> impl Iterator<Item = String> {
    ask.later.iter().filter_map(|open| match open {
        Open::Items => Some("what?".to_owned()),
        Open::Quantity { item } => Some(format!("how many {}?", item.sku)),
        Open::Place => Some("where?".to_owned()),
        Open::Payment => Some("payment?".to_owned()),
        Open::Choice { .. } => None,
    })
}

/// A store that has answered one of the questions beforehand, and is short of cement, for
/// which two products serve, and of a brick, for which one does.
fn informed() -> Store {
    let mut store = store();
    let (words, answer) = (vec!["horas".into()], "Das 7h às 18h.".into());
    store.policy.facts = vec![Fact { words, answer }];
    let mut products = store.catalog.products().to_vec();
    for (sku, left, serve) in [("CIM", "12", &["POZ", "ARI"][..]), ("TIJ-8F", "200", &["TIJ-6F"])] {
        let product = products.iter_mut().find(|product| product.sku.as_str() == sku).unwrap();
        product.stock = Stock::Available(left.parse().unwrap());
        product.substitutes = serve.iter().map(|sku| sku.parse().unwrap()).collect();
    }
    let others = serde_json::json!([
        {"sku": "POZ", "name": "Aglomerante pozolânico 50 kg", "category": "Cimento",
         "unit": "saco", "price": "41.00", "cost": "30.00", "weight": "50", "step": "1"},
        {"sku": "ARI", "name": "Aglomerante ARI 50 kg", "category": "Cimento", "unit": "saco",
         "price": "44.00", "cost": "30.00", "weight": "50", "step": "1",
         "stock": {"available": "500"}},
    ]);
    products.extend(serde_json::from_value::<Vec<Product>>(others).unwrap());
    Store { catalog: Catalog::new(products).unwrap(), ..store }
}

impl Caller {
    fn new() -> Self {
        Self {
            store: informed(),
            now: tuesday(),
            conversation: Conversation::new(QuoteNumber(7)),
            timers: BTreeMap::new(),
            recorded: BTreeMap::new(),
            queue: BTreeSet::new(),
            sendable: BTreeSet::new(),
            given: BTreeMap::new(),
            reasons: BTreeMap::new(),
            hands: BTreeSet::new(),
            swaps: [0; 2],
            asked: BTreeMap::new(),
            opted_out: false,
            log: Vec::new(),
            page: orcazap_core::conversation::transitions(),
        }
    }

    fn live(&mut self, history: &[Moment]) {
        for moment in history {
            self.wait(TimeDelta::minutes(moment.minutes));
            let event = match &moment.what {
                What::Messages(contents) => Event::Inbound {
                    messages: contents
                        .iter()
                        .map(|content| Inbound { at: self.now, content: content.clone() })
                        .collect(),
                },
                What::Arrives(content) => {
                    Event::Arrived { message: Inbound { at: self.now, content: content.clone() } }
                }
                What::Act(role, act) => Event::act(person(*role), act.clone()),
                What::Echo => Event::WroteElsewhere { at: self.now },
                What::Delivery(revision, delivered) => {
                    Event::QuoteDelivery { revision: *revision, delivered: *delivered }
                }
                What::Ring(timer) => Event::Timer { timer: *timer },
            };
            self.give(event);
        }
    }

    /// Lets time pass, and rings what comes due, in order.
    fn wait(&mut self, time: TimeDelta) {
        let until = self.now + time;
        loop {
            let due = self.timers.iter().filter(|(_, at)| **at <= until);
            let Some((timer, at)) = due.min_by_key(|(_, at)| **at).map(|(t, at)| (*t, *at)) else {
                break;
            };
            self.now = self.now.max(at);
            self.timers.remove(&timer);
            let rung = self.give(Event::Timer { timer });
            assert!(rung, "{} was set and yet out of place", timer.code());
        }
        self.now = until;
    }

    /// Gives one event; `false` when it was out of place.
    fn give(&mut self, event: Event) -> bool {
        let is_message = matches!(event, Event::Inbound { .. } | Event::Arrived { .. });
        let before = self.conversation.clone();
        let decides = |act: &Act| matches!(act, Act::Approve { .. } | Act::EditAndApprove { .. });
        if let Event::Act { by, act } = &event
            && decides(act)
        {
            self.hands.insert(by.role);
        }
        let shop = self.store.shop();
        let result = step(&before, event.clone(), &shop, self.now);
        assert_eq!(result, step(&before, event.clone(), &shop, self.now), "same step twice");
        let Ok(done) = result else {
            assert!(
                !is_message,
                "a message is never refused: {event:?} in {}",
                before.state.code()
            );
            return false;
        };
        self.follow_an_arrow(&before, &done.conversation);
        self.log.push(format!("{} {:?}", done.conversation.state.code(), done.effects));
        let saved = serde_json::to_string(&done.conversation).unwrap();
        let loaded: Conversation = serde_json::from_str(&saved).unwrap();
        assert_eq!(loaded, done.conversation, "saved and loaded");
        self.conversation = done.conversation;
        let spoken = done.effects.iter().filter(|e| matches!(e, Effect::Say { .. })).count();
        assert!(spoken <= 1, "at most one message: {:?}", done.effects);
        for effect in done.effects {
            self.carry_out(effect, &before);
        }
        // A person has looked since: what is asked after that is asked anew.
        if matches!(self.conversation.state, State::HandedOver { .. }) {
            self.asked.clear();
        }
        self.check();
        true
    }

    /// A state is left only by an arrow of the page that shows the table.
    fn follow_an_arrow(&self, before: &Conversation, after: &Conversation) {
        let (from, to) = (before.state.code(), after.state.code());
        let arrow = format!("    {from} --> {to} :");
        assert!(from == to || self.page.contains(&arrow), "no arrow from {from} to {to}");
    }

    fn carry_out(&mut self, effect: Effect, before: &Conversation) {
        match effect {
            Effect::Say { say, answers } => self.hear(&say, &answers, before),
            Effect::RecordQuote { offer, edited } => {
                let decision = orcazap_core::review(&offer.quote, &offer.order, &self.store.rules);
                let automatic = decision == orcazap_core::Decision::Auto;
                let by_rules = orcazap_core::quote(
                    &offer.order,
                    &Overrides::default(),
                    &self.store.catalog,
                    &self.store.book,
                    self.now,
                );
                let given = Concession::of(&offer.quote, &by_rules.unwrap());
                self.given.insert(offer.quote_ref, given);
                let new = self.recorded.insert(offer.quote_ref, automatic).is_none();
                assert!(new, "revision {} recorded twice", offer.quote_ref);
                self.reasons.insert(offer.quote_ref, decision.reasons().to_vec());
                let looked_at = edited.is_some_and(|edited| {
                    let from = QuoteRef { revision: edited.from, ..offer.quote_ref };
                    self.knows(from, offer.quote_ref)
                });
                if automatic || looked_at {
                    self.sendable.insert(offer.quote_ref);
                }
            }
            Effect::OpenApproval { quote_ref, reasons } => {
                assert!(!reasons.is_empty() && self.recorded.contains_key(&quote_ref));
                assert!(self.queue.insert(quote_ref));
                self.sendable.remove(&quote_ref);
            }
            Effect::CloseApproval { quote_ref, outcome } => {
                assert!(self.queue.remove(&quote_ref), "{quote_ref} was not in the queue");
                use orcazap_core::conversation::ApprovalOutcome as Outcome;
                match outcome {
                    Outcome::Approved { .. } => {
                        self.sendable.insert(quote_ref);
                    }
                    Outcome::Edited { revision, .. } => {
                        let sent = QuoteRef { revision, ..quote_ref };
                        assert!(self.knows(quote_ref, sent), "{sent} walks around the review");
                        self.sendable.insert(sent);
                    }
                    Outcome::Rejected { .. } | Outcome::Superseded => {}
                }
            }
            Effect::PlaceOrder { quote_ref, .. } => {
                assert!(self.sendable.contains(&quote_ref), "{quote_ref} was never sent");
                assert!(matches!(self.conversation.state, State::Won { .. }));
            }
            Effect::SetTimer { timer, at } => {
                self.timers.insert(timer, at);
            }
            Effect::CancelTimer { timer } => {
                assert!(self.timers.remove(&timer).is_some(), "{} was not set", timer.code());
            }
            Effect::HandOver { .. } => {}
            Effect::RemindApproval { quote_ref } => assert!(self.queue.contains(&quote_ref)),
            Effect::OptOut => self.opted_out = true,
            Effect::OptIn => self.opted_out = false,
            Effect::OpenNext { next } => {
                assert!(self.conversation.state.is_closed());
                let number = QuoteNumber(self.conversation.number.0 + 1);
                let (conversation, event) = next.open(number);
                self.conversation = conversation;
                assert!(self.timers.is_empty() && self.queue.is_empty());
                assert!(self.give(event), "what opens a conversation belongs into it");
            }
        }
    }

    /// Whether who has seen one revision knows all that is to be seen of another. A
    /// price by hand is no news to whoever sets it.
    fn knows(&self, seen: QuoteRef, sent: QuoteRef) -> bool {
        self.reasons[&sent].iter().all(|reason| {
            reason.code() == "price_override" || reason.is_covered_by(&self.reasons[&seen])
        })
    }

    fn hear(&mut self, say: &Say, answers: &[Answer], before: &Conversation) {
        assert!(!self.opted_out, "said to an opted-out contact: {say:?}");
        let is_silent = |state: &State| matches!(state, State::HandedOver { .. });
        if is_silent(&before.state) && is_silent(&self.conversation.state) {
            let allowed = matches!(say, Say::Person { .. } | Say::HandedOver { .. });
            assert!(allowed, "said while a person has it: {say:?}");
        }
        let questions = questions(say, answers);
        let different: BTreeSet<&String> = questions.iter().collect();
        assert_eq!(different.len(), questions.len(), "two questions where one does: {say:?}");
        for question in questions {
            let times = self.asked.entry((self.conversation.number, question)).or_default();
            *times += 1;
            assert!(*times <= 2, "put a third time: {say:?}");
        }
        if let Say::Quote { swaps, .. }
        | Say::UnderReview { swaps, .. }
        | Say::WhichSwap { swaps } = say
        {
            let [offered, which] = &mut self.swaps;
            *offered += u32::from(!swaps.is_empty());
            *which += u32::from(matches!(say, Say::WhichSwap { .. }));
            swaps.iter().for_each(|swap| self.may_be_offered(swap));
        }
        match say {
            Say::Ask { ask } => {
                let known = self.conversation.draft.place.is_some();
                assert!(!(known && ask.place.is_some()), "asked for what is known");
                for question in named(ask) {
                    let asked = self.asked.get(&(self.conversation.number, question));
                    assert_eq!(asked, None, "asked before, and named once more: {say:?}");
                }
            }
            Say::Quote { offer, .. } => {
                assert!(self.sendable.contains(&offer.quote_ref), "sent without a yes of anybody");
                let given = self.given[&offer.quote_ref];
                let mut covering = self.store.policy.limits.roles_for(given);
                let vouched =
                    given.amount == Money::ZERO || covering.any(|role| self.hands.contains(&role));
                assert!(vouched, "{given:?} went out by {:?} alone", self.hands);
            }
            Say::FollowUp { .. } => {
                let last = self.conversation.last_inbound.unwrap();
                assert!(self.now < last + TimeDelta::hours(24), "a follow-up outside the window");
            }
            _ => {}
        }
    }

    /// What is offered in place of a product is what the store names for it and has, and
    /// nothing is offered where it is not short, or was refused.
    fn may_be_offered(&self, swap: &Swap) {
        let product = |sku: &Sku| self.store.catalog.get(sku).unwrap();
        let (out, qty) = (product(&swap.out.sku), swap.out.qty.unwrap());
        let has = |product: &Product| match product.stock {
            Stock::Available(left) => left >= qty,
            Stock::Untracked => true,
        };
        assert!(!has(out), "{qty} of {} are there", out.sku);
        assert!(!self.conversation.refused.contains(&out.sku), "{} was refused", out.sku);
        assert!((1..=3).contains(&swap.choices.len()));
        for sku in swap.choices.iter().map(|choice| &choice.item.sku) {
            assert!(out.substitutes.contains(sku) && has(product(sku)), "{sku} for {}", out.sku);
        }
    }

    /// What holds after every event.
    fn check(&self) {
        let Conversation { state, timers, asked, revision, waiting, .. } = &self.conversation;
        assert_eq!(*timers, self.timers, "timers are those that were set");
        let settles = timers.contains_key(&Timer::Settle);
        assert_eq!(settles, !waiting.is_empty(), "messages that wait are read some time");
        let waiting = match state {
            State::AwaitingApproval { offer, .. }
            | State::HandedOver { held: Some(Held::Waiting { offer, .. }), .. } => {
                Some(offer.quote_ref)
            }
            _ => None,
        };
        assert_eq!(self.queue.iter().copied().collect::<Vec<_>>(), Vec::from_iter(waiting));
        if let Some(offer) = state.offer() {
            assert!(offer.quote_ref.revision <= *revision && *revision > 0);
        }
        if state.is_closed() {
            let others = timers.keys().filter(|timer| **timer != Timer::Settle).count();
            assert!(others == 0, "a closed conversation still waits for {timers:?}");
        }
        if matches!(state, State::Capturing) {
            let waits = timers.contains_key(&Timer::IdleDraft) || asked.is_empty();
            assert!(waits, "a draft that nobody would ever close");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_a_conversation_keeps_its_promises(history in history()) {
        Caller::new().live(&history);
    }

    #[test]
    fn what_is_short_is_swapped_as_promised(history in swap_talk()) {
        Caller::new().live(&history);
    }

    #[test]
    fn the_same_history_gives_the_same_state(history in history()) {
        let (mut first, mut second) = (Caller::new(), Caller::new());
        first.live(&history);
        second.live(&history);
        prop_assert_eq!(first.log, second.log);
        prop_assert_eq!(first.conversation, second.conversation);
    }

    #[test]
    fn an_order_reaches_a_quote_or_a_person_from_any_history(history in history()) {
        let mut caller = Caller::new();
        caller.live(&history);
        if caller.opted_out {
            return Ok(());
        }
        let text =
            "quero 3 sacos de cimento e 100 tijolos de 8 furos, vou retirar, pago no pix";
        for _ in 0..8 {
            caller.give(Event::text(text, caller.now));
        }
        let there = matches!(
            caller.conversation.state,
            State::Quoted { .. } | State::AwaitingApproval { .. } | State::HandedOver { .. }
        );
        prop_assert!(there, "stuck in {}", caller.conversation.state.code());
    }
}

#[test]
fn talks_of_what_is_short_reach_what_is_offered_and_the_question_which() {
    let mut runner = TestRunner::deterministic();
    let mut reached = [0; 2];
    for _ in 0..100 {
        let mut caller = Caller::new();
        caller.live(&swap_talk().new_tree(&mut runner).unwrap().current());
        reached.iter_mut().zip(caller.swaps).for_each(|(all, one)| *all += one);
    }
    let [offered, which] = reached;
    assert!(offered > 20 && which > 0, "offered {offered} times, asked which {which} times");
}
