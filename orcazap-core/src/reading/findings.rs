//! Findings: what a message was understood to say, where, and how surely.

use serde::{Deserialize, Serialize};

use crate::catalog::Sku;
use crate::order::{Ambiguous, Delivery, Payment, Rounded, Unknown};
use crate::place::Place;
use crate::quantity::Quantity;

/// What a message is for. One for each message; the order of the variants is
/// the order of precedence when several apply.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// use orcazap_core::reading::Intent;
/// assert_eq!(read("bom dia", &catalog, now).intent, Intent::Greeting);
/// assert_eq!(read("tira o tijolo de 8 furos", &catalog, now).intent, Intent::Change);
/// assert_eq!(read("me dá 500 tijolos de 6 furos", &catalog, now).intent, Intent::Order);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let message = "olá, 500 tijolos de 6 furos";
/// let span = read(message, &catalog, now).items[0].evidence.span;
/// assert_eq!(&message[span.start..span.end], "500 tijolos de 6 furos");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// How sure a finding is, in percent: of findings with 95, about 95 in a
/// hundred are right.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let confidence = |message: &str| read(message, &catalog, now).items[0].evidence.confidence;
/// // A misspelt word is less sure than one that stands in the catalogue.
/// assert!(confidence("500 tijolo 6 furos") > confidence("500 tijollo 6 furos"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let cement = Product::new("CIM".parse()?, "Cimento", Unit::Bag, "40".parse()?);
/// # let catalog = Catalog::new(vec![cement])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// use orcazap_core::reading::{Confidence, Span};
/// let evidence = read("oi, 10 cimento", &catalog, now).items[0].evidence;
/// assert_eq!(evidence.span, Span { start: 4, end: 14 });
/// assert!(evidence.confidence > Confidence::percent(95));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    /// The words it was read from.
    pub span: Span,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A product understood beyond doubt.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let item = &read("500 tijolos de 6 furos", &catalog, now).items[0];
/// assert_eq!((item.sku.as_str(), item.qty), ("T6", Some("500".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Which product.
    pub sku: Sku,
    /// How many sale units, rounded up to the product's step; `None` when not
    /// said; zero to take it out.
    pub qty: Option<Quantity>,
    /// What was said, where the quantity was rounded up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Rounded>,
    /// The words it was read from.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// An ambiguous ask with its evidence.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let asked = &read("500 tijolos", &catalog, now).ambiguous[0].ask;
/// // What the buttons of the question say.
/// assert_eq!(asked.labels(&catalog), ["6 furos", "8 furos"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let unknown = &read("1 betoneira", &catalog, now).unknown[0].ask;
/// assert_eq!((unknown.text.as_str(), unknown.qty), ("betoneira", Some("1".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAsk {
    /// The ask itself.
    #[serde(flatten)]
    pub ask: Unknown,
    /// The words it was read from.
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// Where place, payment and delivery stand in the message; none for what was not
/// said. Beside the slots, whose form is that of the order.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let catalog = Catalog::new(vec![
/// #     Product::new("CIM".parse()?, "Cimento", Unit::Bag, "1".parse()?),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let message = "10 cimento, entrega sexta de manhã, pago no pix";
/// let evidence = read(message, &catalog, now).evidence;
/// let words = |found: Option<orcazap_core::reading::Evidence>| {
///     found.map(|found| &message[found.span.start..found.span.end])
/// };
/// assert_eq!(words(evidence.delivery), Some("sexta de manhã"));
/// assert_eq!(words(evidence.payment), Some("pix"));
/// assert_eq!(words(evidence.place), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SlotEvidence {
    /// The words of [`Reading::place`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Evidence>,
    /// The words of [`Reading::payment`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Evidence>,
    /// The words of [`Reading::delivery`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Evidence>,
}

impl SlotEvidence {
    /// Whether none of the three was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What was said of the three, in the order place, payment, delivery.
    pub fn iter(&self) -> impl Iterator<Item = Evidence> {
        [self.place, self.payment, self.delivery].into_iter().flatten()
    }
}

/// What one message says.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// let reading = read("500 tijolos de 6 furos, pago no pix, entrega amanhã", &catalog, now);
/// assert_eq!(reading.items.len(), 1);
/// assert!(reading.payment.is_some() && reading.delivery.is_some() && reading.place.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// Where place, payment and delivery were read.
    #[serde(default, skip_serializing_if = "SlotEvidence::is_empty")]
    pub evidence: SlotEvidence,
    /// The message was longer than [`MAX_BYTES`](super::MAX_BYTES): what lies behind was not read.
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
            evidence: SlotEvidence::default(),
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
