//! What the assistant says, as WhatsApp messages, in Portuguese, English, Spanish
//! and Swahili, and in a store's own words where it has some.
//!
//! One message for one [`Say`] wherever the platform's limits allow: every
//! message costs the store money. Words of a catalogue or a customer never
//! change the look of ours, and nothing of a quote is ever cut.
//!
//! ```
//! use orcazap_core::{Language, Tone};
//! use orcazap_core::conversation::Say;
//! use orcazap_whatsapp::wording::{Wording, render};
//!
//! let now = "2026-11-26T15:00:00-03:00".parse()?;
//! let mut wording = Wording::new("Depósito Souza");
//! let said = |wording: &Wording| render(&Say::Cancelled, &[], wording, now)[0].message.words().to_owned();
//! assert_eq!(said(&wording), "Pedido cancelado. Quando precisar, é só chamar.");
//!
//! wording.tone = Tone::Formal;
//! assert_eq!(said(&wording), "Pedido cancelado. Permanecemos à disposição.");
//!
//! wording.language = Language::English;
//! assert_eq!(said(&wording), "Your order has been canceled. We remain at your service.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Texts
//!
//! Every sentence is a [`Text`] with [`Variable`]s in braces, and ours are written
//! in the very same way as a store's own:
//!
//! ```
//! use orcazap_core::{Language, Tone};
//! use orcazap_whatsapp::wording::{Text, default_text};
//!
//! let ours = default_text(Text::OptedOut, Language::Portuguese, Tone::Informal);
//! assert!(ours.contains("de {loja}") && ours.contains("responda {voltar}"));
//! ```
//!
//! There are no conditions. A line whose variables are all empty is left out, and
//! so is a paragraph: `Pagamento: {pagamento}` is there when the payment is known.
//!
//! # A store's own texts
//!
//! [`Wording::set_text`] checks a text when it is saved, so that no customer ever
//! waits for one that can't be sent: variables it does not know, those that are
//! missing (a total, a quote's number), its length with the longest values, labels
//! that read the same, characters that can't be read.
//!
//! ```
//! use orcazap_core::Language;
//! use orcazap_whatsapp::wording::{Text, TextFault, Variable, Wording};
//!
//! let mut wording = Wording::new("Depósito Souza");
//! wording.set_text(Language::Portuguese, Text::TotalLine, "Tudo por *{valor}*")?;
//!
//! let faults = wording.set_text(Language::Portuguese, Text::TotalLine, "Tudo por {preço}");
//! assert_eq!(
//!     faults.unwrap_err(),
//!     [
//!         TextFault::UnknownVariable { found: "preço".to_owned() },
//!         TextFault::Missing { variable: Variable::Sum },
//!     ],
//! );
//! assert_eq!(wording.text(Text::TotalLine), "Tudo por *{valor}*");
//! # Ok::<(), Vec<TextFault>>(())
//! ```
//!
//! What was saved long ago may break a rule of today. [`Wording::load`] takes what
//! can be used and tells the rest; ours is said in its place, and no message is
//! lost. [`preview`] shows a text within the messages it is a part of.
//!
//! # Another language
//!
//! 1. A variant of [`Language`] in the core, with its
//!    marks, units and plural.
//! 2. A file in `languages/`: one `impl` of the trait in `tongue.rs`, nothing but
//!    words. The compiler asks for each text, variable, unit and way of paying.
//! 3. A line in `tongue::of`, and one in the tests' snapshots, which list every
//!    [`Say`] in every language and tone.
//!
//! A new [`Say`] is worded by a [`Text`] (a row of the table in `text.rs`), an arm
//! in this file, and an arm in each language; it does not compile before.

mod answer;
mod ask;
mod check;
mod fit;
mod languages;
mod plain;
mod preview;
mod purpose;
mod quote;
mod speaker;
mod swap;
mod template;
mod text;
mod tongue;
mod variable;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{
    Answer, HandOverReason, Lacking, QuoteNumber, QuoteRef, Reply, Say, Terms,
};
use orcazap_core::money::Money;
use orcazap_core::order::{Delivery, Payment, PaymentMethod};
use orcazap_core::{Language, Tone};
use serde::{Deserialize, Serialize};

pub use self::check::{MAX_SOURCE, TextFault};
pub use self::preview::{Values, preview};
pub use self::purpose::Purpose;
pub use self::text::{Limit, Situation, Text};
pub use self::variable::Variable;

use self::fit::{Press, Speech};
use self::speaker::Speaker;
use crate::send::Message;

/// What a store sets of how its assistant speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The store's name as customers know it.
    pub store: String,
    /// The language that is spoken.
    pub language: Language,
    /// How people are spoken to.
    pub tone: Tone,
    /// Whether texts keep their emoji, the store's own too.
    pub emoji: bool,
    own: BTreeMap<(Language, Text), String>,
}

/// A text of a store that can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadText {
    /// In which language.
    pub language: Language,
    /// Which.
    pub text: Text,
    /// As it was saved.
    pub source: String,
    /// Why; never empty.
    pub faults: Vec<TextFault>,
}

impl Wording {
    /// The wording of a store: Brazilian Portuguese, as over the counter, with
    /// emoji, in our words.
    #[must_use]
    pub fn new(store: impl Into<String>) -> Self {
        Self {
            store: store.into(),
            language: Language::default(),
            tone: Tone::default(),
            emoji: true,
            own: BTreeMap::new(),
        }
    }

    /// The same in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self { language, ..self.clone() }
    }

    /// Takes a store's own texts as they were saved, and gives back those that
    /// can't be used; ours stand in their place.
    pub fn load(
        &mut self,
        texts: impl IntoIterator<Item = (Language, Text, String)>,
    ) -> Vec<BadText> {
        let mut bad = Vec::new();
        for (language, text, source) in texts {
            let source = check::tidy(&source);
            let faults = check::faults(text, language, &source);
            if faults.is_empty() {
                self.own.insert((language, text), source);
            } else {
                bad.push(BadText { language, text, source, faults });
            }
        }
        // Labels are compared when all are there; ours all differ, so this ends.
        while let Some((language, text, other)) = self.same_labels() {
            let source = self.own.remove(&(language, text)).unwrap_or_default();
            let faults = vec![TextFault::SameAs { other }];
            bad.push(BadText { language, text, source, faults });
        }
        bad
    }

    /// A store's own label that reads like one beside it.
    fn same_labels(&self) -> Option<(Language, Text, Text)> {
        self.own.iter().find_map(|((language, text), source)| {
            let other = self.same_as(*language, *text, source)?;
            Some((*language, *text, other))
        })
    }

    /// The label beside a text that reads the same, emoji or not.
    fn same_as(&self, language: Language, text: Text, source: &str) -> Option<Text> {
        let read = |source: &str| template::without_emoji(source).trim().to_owned();
        let source = read(source);
        let others = text.beside().iter().copied().filter(|other| *other != text);
        let tones = |other: Text| match self.own_text(language, other) {
            Some(own) => vec![own],
            None => Tone::ALL.iter().map(|tone| default_text(other, language, *tone)).collect(),
        };
        others.into_iter().find(|other| tones(*other).into_iter().any(|one| read(one) == source))
    }

    /// Sets a store's own text in place of ours.
    ///
    /// # Errors
    ///
    /// All that is wrong with it; nothing has changed then.
    pub fn set_text(
        &mut self,
        language: Language,
        text: Text,
        source: &str,
    ) -> Result<(), Vec<TextFault>> {
        let source = check::tidy(source);
        let mut faults = check::faults(text, language, &source);
        let same = self.same_as(language, text, &source);
        faults.extend(same.map(|other| TextFault::SameAs { other }));
        if !faults.is_empty() {
            return Err(faults);
        }
        self.own.insert((language, text), source);
        Ok(())
    }

    /// Goes back to our text.
    ///
    /// # Errors
    ///
    /// [`TextFault::SameAs`] when another label of the store reads like ours;
    /// nothing has changed then.
    pub fn restore_text(&mut self, language: Language, text: Text) -> Result<(), TextFault> {
        for tone in Tone::ALL {
            let ours = default_text(text, language, *tone);
            if let Some(other) = self.same_as(language, text, ours) {
                return Err(TextFault::SameAs { other });
            }
        }
        self.own.remove(&(language, text));
        Ok(())
    }

    /// A store's own text, if it has one.
    #[must_use]
    pub fn own_text(&self, language: Language, text: Text) -> Option<&str> {
        self.own.get(&(language, text)).map(String::as_str)
    }

    /// The text that is said: the store's own, else ours.
    #[must_use]
    pub fn text(&self, text: Text) -> &str {
        let ours = || default_text(text, self.language, self.tone);
        self.own_text(self.language, text).unwrap_or_else(ours)
    }

    /// A way of paying by itself: `Cartão de crédito`.
    #[must_use]
    pub fn method(&self, method: PaymentMethod) -> String {
        Speaker::new(self).method_label(method)
    }

    /// A payment by itself: `Cartão de crédito em 3x`, `Boleto para 30 dias`.
    #[must_use]
    pub fn payment(&self, payment: Payment) -> String {
        plain::capitalized(&Speaker::new(self).payment(payment))
    }

    /// When something comes, as of `now`: `amanhã, 27/11, à tarde`; nothing when
    /// nothing was said.
    #[must_use]
    pub fn delivery(&self, delivery: Delivery, now: DateTime<FixedOffset>) -> Option<String> {
        Speaker::new(self).delivery(delivery, now)
    }
}

/// Our text, in a language and tone.
#[must_use]
pub fn default_text(text: Text, language: Language, tone: Tone) -> &'static str {
    tongue::of(language).text(text, tone)
}

/// A variable's name in the texts of a language, without its braces.
#[must_use]
pub fn variable_name(variable: Variable, language: Language) -> &'static str {
    tongue::of(language).variable(variable)
}

/// A message to send, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMessage {
    /// Why.
    pub purpose: Purpose,
    /// What.
    pub message: Message,
}

/// The messages that say something, with the answers to what was asked first, in
/// the order they are sent. Mostly one; more only when the platform's limits leave
/// no choice; never none.
///
/// `now` is in the store's own time: *amanhã* is judged by it.
#[must_use]
pub fn render(
    say: &Say,
    answers: &[Answer],
    wording: &Wording,
    now: DateTime<FixedOffset>,
) -> Vec<OutgoingMessage> {
    let (purpose, speaker) = (Purpose::of(say), Speaker::new(wording));
    let answers: Vec<String> = answers.iter().map(|one| answer::text(speaker, one, now)).collect();
    let messages = speech(say, speaker, now).messages(&answers.join("\n\n"));
    messages.into_iter().map(|message| OutgoingMessage { purpose, message }).collect()
}

fn speech(say: &Say, speaker: Speaker<'_>, now: DateTime<FixedOffset>) -> Speech {
    let plain = |text: Text| Speech::words(speaker.say(text, &[]));
    let about =
        |text: Text, quote: &QuoteRef| speaker.say(text, &[(Variable::Quote, &quote.to_string())]);
    let when = |delivery: Option<Delivery>| {
        (Variable::When, delivery.and_then(|when| speaker.delivery(when, now)))
    };
    match say {
        Say::Welcome { number } => {
            let text = speaker.say(Text::Welcome, &[]);
            Speech::with_buttons(text.clone(), text, vec![human(speaker, *number)])
        }
        Say::Ask { ask } => ask::speech(speaker, ask, now),
        Say::Quote { offer, occasion, swaps, packed } => {
            let text = quote::text(speaker, offer, *occasion, packed, now);
            let buttons = quote_buttons(speaker, offer.quote_ref);
            swap::quote(speaker, text, quote::short(speaker, offer), buttons, swaps)
        }
        Say::UnderReview { items, unknown, place, payment, delivery, swaps, lacking } => {
            let (place, payment, delivery) = (place.clone(), *payment, *delivery);
            let terms = Terms { place, payment, delivery };
            let text = ask::under_review(speaker, items, unknown, &terms, now);
            let lacking = lacking.map(|lacking| below_minimum(speaker, lacking));
            let text = [Some(text), lacking].into_iter().flatten().collect::<Vec<_>>();
            swap::under_review(speaker, text.join("\n\n"), swaps)
        }
        Say::StillUnderReview { noted } => {
            let (variable, noted) = when(*noted);
            let values = [(variable, noted.as_deref().unwrap_or_default())];
            Speech::words(speaker.say(Text::StillUnderReview, &values))
        }
        Say::Expired { quote_ref } => Speech::words(about(Text::Expired, quote_ref)),
        Say::WhichSwap { swaps } => swap::which(speaker, swaps),
        Say::Accepted { quote_ref, total, payment, delivery, pickup, asks_day } => {
            let (_, when) = when(*delivery);
            let how = match (*pickup, when.is_some()) {
                _ if *asks_day => Text::DeliveryAsk,
                (true, true) => Text::PickupOn,
                (true, false) => Text::PickupOpen,
                (false, true) => Text::DeliveryOn,
                (false, false) => Text::DeliveryOpen,
            };
            let accepted = Accepted { quote_ref, total: *total, payment: *payment, how, when };
            Speech::words(accepted.text(speaker))
        }
        Say::WhatToChange { quote_ref } => Speech::words(about(Text::WhatToChange, quote_ref)),
        Say::Unclear { quote_ref } => {
            let text = about(Text::Unclear, quote_ref);
            Speech::with_buttons(text.clone(), text, quote_buttons(speaker, *quote_ref))
        }
        Say::Declined => plain(Text::Declined),
        Say::Cancelled => plain(Text::Cancelled),
        Say::FollowUp { quote_ref, total, valid_until } => {
            let values = [
                (Variable::Quote, quote_ref.to_string()),
                (Variable::Sum, speaker.money(*total)),
                (Variable::Until, speaker.until(*valid_until)),
            ];
            let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
            let text = speaker.say(Text::FollowUp, &values);
            Speech::with_buttons(text.clone(), text, quote_buttons(speaker, *quote_ref))
        }
        Say::HandedOver { reason } => plain(handed_over(*reason)),
        Say::Answer { answer } => Speech::words(answer::text(speaker, answer, now)),
        Say::Person { text } => Speech::words(text),
        Say::OptedOut => {
            let back = speaker.return_word();
            Speech::words(speaker.say(Text::OptedOut, &[(Variable::Return, back)]))
        }
    }
}

fn below_minimum(speaker: Speaker<'_>, Lacking { min, lacks }: Lacking) -> String {
    let (min, lacks) = (speaker.money(min), speaker.money(lacks));
    speaker.say(Text::BelowMinimum, &[(Variable::Total, &min), (Variable::Sum, &lacks)])
}

/// What a customer can press under a quote.
fn quote_buttons(speaker: Speaker<'_>, quote_ref: QuoteRef) -> Vec<Press> {
    vec![
        Press::new(Reply::Accept(quote_ref), &speaker.say(Text::ButtonAccept, &[])),
        Press::new(Reply::Change(quote_ref), &speaker.say(Text::ButtonChange, &[])),
        human(speaker, quote_ref.number),
    ]
}

fn human(speaker: Speaker<'_>, number: QuoteNumber) -> Press {
    Press::new(Reply::Human(number), &speaker.say(Text::ButtonHuman, &[]))
}

struct Accepted<'a> {
    quote_ref: &'a QuoteRef,
    total: Money,
    payment: Option<Payment>,
    /// The text that says how the goods come.
    how: Text,
    when: Option<String>,
}

impl Accepted<'_> {
    fn text(&self, speaker: Speaker<'_>) -> String {
        let when = self.when.as_deref().unwrap_or_default();
        let payment = self.payment.map(|way| speaker.payment(way));
        let values = [
            (Variable::Quote, self.quote_ref.to_string()),
            (Variable::Sum, speaker.money(self.total)),
            (Variable::Payment, payment.unwrap_or_default()),
            (Variable::Delivery, speaker.say(self.how, &[(Variable::When, when)])),
        ];
        let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
        speaker.say(Text::Accepted, &values)
    }
}

fn handed_over(reason: HandOverReason) -> Text {
    match reason {
        HandOverReason::Asked => Text::HandedOverAsked,
        HandOverReason::TakenOver | HandOverReason::Talking => Text::HandedOverTaken,
        HandOverReason::Question => Text::HandedOverQuestion,
        HandOverReason::NotUnderstood => Text::HandedOverNotUnderstood,
        HandOverReason::Media => Text::HandedOverMedia,
        HandOverReason::Rejected => Text::HandedOverRejected,
        HandOverReason::CannotPrice => Text::HandedOverCannotPrice,
        HandOverReason::AfterSale => Text::HandedOverAfterSale,
        HandOverReason::Undelivered => Text::HandedOverUndelivered,
    }
}
