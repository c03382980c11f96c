//! From what a customer typed to a [`Reading`].
//!
//! ```
//! use orcazap_core::{Catalog, Product, Unit, read};
//!
//! let mut cement = Product::new("CIM".parse()?, "Cimento CP II 50kg", Unit::Bag, "39.90".parse()?);
//! cement.aliases = vec!["cimento".into()];
//! let catalog = Catalog::new(vec![cement])?;
//! let now = "2026-03-10T09:00:00-03:00".parse()?;
//!
//! let message = "bom dia, 10 sacos de simento pra amanhã";
//! let reading = read(message, &catalog, now);
//! let item = &reading.items[0];
//! assert_eq!(item.qty, Some("10".parse()?));
//! let span = item.evidence.span;
//! assert_eq!(&message[span.start..span.end], "10 sacos de simento");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a message is read
//!
//! Each stage is a file, and sees what the ones before it left.
//!
//! | stage | file | decides |
//! | --- | --- | --- |
//! | folding | `fold` | lower case, no accents, every byte knows its origin |
//! | tokens | `token`, `number` | words, numbers, fractions, sizes |
//! | vocabulary | `vocabulary`, `words` | spellings, synonyms, units, size systems, word endings, sounds |
//! | intent signals | `pattern`, `intent` | which phrases of `intents.txt` occur |
//! | place | `place` | CEP, neighbourhood, pickup |
//! | figures | `figures` | telephone numbers, money and the like are no quantities |
//! | payment | `payment` | method, instalments, days |
//! | delivery | `delivery` | a day, a span, a part of the day, urgency |
//! | lexemes | `lexeme` | what each token means with this catalogue in view |
//! | asks | `asks` | the words of one product with its quantity |
//! | items | `items` | asks that lean on each other are completed |
//! | products | `resolve`, `catalog::matcher` | which products fit, how many sale units that is |
//! | conversation | `context` | bare answers to what was asked |
//!
//! The first two rules of the house hold in the last stages: a product is an
//! item only when it is the only one that fits, and the catalogue decides
//! whether a number is a size.
//!
//! # What to extend, and where
//!
//! * A word, synonym, abbreviation, unit or colour: `vocabulary.txt`, or for one
//!   store [`Vocabulary::extended_by`] and
//!   [`Catalog::with_vocabulary`].
//! * A way to say yes, no, stop: `intents.txt`.
//! * Other names of one product: its [`aliases`](crate::Product::aliases). They
//!   always win over general knowledge.

mod asks;
mod calendar;
mod context;
mod delivery;
mod figures;
pub(crate) mod fold;
mod intent;
mod items;
mod lexeme;
pub(crate) mod number;
mod pattern;
mod payment;
mod place;
mod resolve;
mod sale;
pub(crate) mod spelling;
pub(crate) mod token;
mod view;
pub(crate) mod vocabulary;
pub(crate) mod words;

pub use fold::MAX_BYTES;
pub use sale::sale_quantity;
pub use vocabulary::{Vocabulary, VocabularyError};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use view::{Message, View};

use crate::catalog::{Catalog, Sku};
use crate::order::{Ambiguous, Delivery, Draft, Missing, Payment, Unknown};
use crate::place::Place;
use crate::quantity::Quantity;

/// What a message is for. One for each message; the order of the variants is
/// the order of precedence when several apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Wants no more messages.
    OptOut,
    /// Wants a person.
    Human,
    /// Calls off the order.
    Cancel,
    /// Turns down the price or the offer.
    Decline,
    /// Edits the open order: remove, replace, another quantity.
    Change,
    /// Asks for prices or adds items.
    Order,
    /// Takes the quote.
    Accept,
    /// Only fills in place, payment or delivery.
    Details,
    /// Any other question.
    Question,
    /// Says hello.
    Greeting,
    /// Anything else.
    Other,
}

/// Where in the message something was found: bytes `start..end` of the text,
/// always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// How sure a finding is, in percent: of findings with 95, about 95 in a
/// hundred are right.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Confidence(u8);

impl Confidence {
    /// A confidence in percent, held at 100.
    #[must_use]
    pub const fn percent(percent: u8) -> Self {
        Self(if percent > 100 { 100 } else { percent })
    }

    /// The confidence in percent, 0 to 100.
    #[must_use]
    pub const fn as_percent(self) -> u8 {
        self.0
    }
}

/// Where a finding stands and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// The words it was read from.
    pub span: Span,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A product understood beyond doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which product.
    pub sku: Sku,
    /// How many sale units, rounded up to the product's step; `None` when not
    /// said; zero to take it out.
    pub qty: Option<Quantity>,
    /// The words it was read from.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// An ambiguous ask with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmbiguousAsk {
    /// The ask itself.
    #[serde(flatten)]
    pub ask: Ambiguous,
    /// The words it was read from.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// An unknown ask with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAsk {
    /// The ask itself.
    #[serde(flatten)]
    pub ask: Unknown,
    /// The words it was read from.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// What one message says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What the message is for.
    pub intent: Intent,
    /// Products understood beyond doubt.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Products asked for that several of the catalogue fit.
    #[serde(default)]
    pub ambiguous: Vec<AmbiguousAsk>,
    /// Products asked for that the store does not have.
    #[serde(default)]
    pub unknown: Vec<UnknownAsk>,
    /// Where to; `{}` in JSON when not said.
    #[serde(default, with = "slot")]
    pub place: Option<Place>,
    /// How it is paid; `{}` in JSON when not said.
    #[serde(default, with = "slot")]
    pub payment: Option<Payment>,
    /// When it is wanted; `{}` in JSON when not said.
    #[serde(default, with = "slot")]
    pub delivery: Option<Delivery>,
    /// The message was longer than [`MAX_BYTES`]: what lies behind was not read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub truncated: bool,
}

impl Reading {
    /// The reading of a message that says nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            intent: Intent::Other,
            items: Vec::new(),
            ambiguous: Vec::new(),
            unknown: Vec::new(),
            place: None,
            payment: None,
            delivery: None,
            truncated: false,
        }
    }
}

/// A slot that is an empty object when nothing was said, as in the corpus.
mod slot {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Slot<T> {
        Said(T),
        Empty {},
    }

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.serialize(serializer),
            None => Slot::<T>::Empty {}.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<T>, D::Error> {
        Ok(match Slot::<T>::deserialize(deserializer)? {
            Slot::Said(value) => Some(value),
            Slot::Empty {} => None,
        })
    }
}

/// What the reader may know besides the message: the order so far, and what
/// the customer was just asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The open order, so that a bare word can mean a product of it.
    pub draft: Option<&'a Draft>,
    /// What was just asked, in the order it was put.
    pub asked: &'a [Missing],
    /// The days on which the store is closed: its holidays, for `antes do feriado`.
    pub closed: &'a [NaiveDate],
}

/// Reads a message that stands alone.
///
/// Total and deterministic: any text gives a reading, in time linear in its length.
#[must_use]
pub fn read(text: &str, catalog: &Catalog, now: DateTime<FixedOffset>) -> Reading {
    read_in_context(text, catalog, Context::default(), now)
}

/// Reads a message within a conversation: answers to what was just asked, and
/// words that mean a product of the open order, are understood as such.
#[must_use]
pub fn read_in_context(
    text: &str,
    catalog: &Catalog,
    context: Context<'_>,
    now: DateTime<FixedOffset>,
) -> Reading {
    let mut message = Message::new(text);
    let signals = intent::signals(&View::new(&message));
    let place = place::read(&mut message);
    figures::take(&mut message);
    let payment = payment::read(&mut message);
    let calendar = calendar::Calendar { today: now.date_naive(), closed: context.closed };
    let delivery = delivery::read(&mut message, calendar);
    let place = place.or_else(|| place::standing_alone(&mut message, context.asked));
    let lexemes = lexeme::lexemes(&message, catalog);
    let answers = context.draft.is_some_and(|draft| !draft.ambiguous.is_empty());
    let asks = items::complete(asks::asks(&message, &lexemes, catalog), answers, catalog);
    let edits = signals.has(Intent::Change);
    let mut goods = items::decide(&asks, context, edits, &message, catalog);
    let meant = if edits { Intent::Change } else { Intent::Order };
    context::settle(&mut goods, context, meant, &message, catalog);
    let findings = intent::Findings {
        goods: !goods.is_empty(),
        details: place.is_some() || payment.is_some() || delivery.is_some(),
        asks: text.contains('?'),
        greets: view::is_only_greeting(&message),
        nods: view::only_nods(&message),
    };
    let intent = intent::decide(signals, findings);
    let mut reading = Reading {
        intent,
        items: goods.items,
        ambiguous: goods.ambiguous,
        unknown: goods.unknown,
        place,
        payment,
        delivery,
        truncated: text.len() > MAX_BYTES,
    };
    match intent {
        Intent::OptOut | Intent::Cancel | Intent::Decline => {
            (reading.items, reading.ambiguous, reading.unknown) = Default::default();
        }
        Intent::Human | Intent::Accept => {
            reading.unknown.clear();
            reading.items.retain(|item| item.qty.is_some());
            reading.ambiguous.retain(|found| found.ask.qty.is_some());
        }
        _ => {}
    }
    if intent == Intent::Question {
        let cep = reading.place.as_ref().and_then(Place::cep);
        reading = Reading { intent, place: cep.map(Place::from), ..Reading::empty() };
    }
    reading
}
