//! What a customer wants: the [`Draft`] that a conversation collects, and the
//! complete [`Order`] that can be priced.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, Sku};
use crate::place::Place;
use crate::quantity::{Quantity, Unit};
use crate::reading::{Intent, Reading, sale_quantity};

/// How the customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Pix, the central bank's instant transfer.
    Pix,
    /// Cash, or *à vista*.
    Cash,
    /// Credit card, possibly in instalments.
    CreditCard,
    /// Debit card.
    DebitCard,
    /// Boleto, possibly due in some days.
    Boleto,
    /// Bank transfer (TED).
    Transfer,
    /// Store credit (*fiado*, *crediário*).
    StoreCredit,
}

impl PaymentMethod {
    /// Every method.
    pub const ALL: &'static [Self] = &[
        Self::Pix,
        Self::Cash,
        Self::CreditCard,
        Self::DebitCard,
        Self::Boleto,
        Self::Transfer,
        Self::StoreCredit,
    ];

    /// The stable code used in JSON, CSV and the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Pix => "pix",
            Self::Cash => "cash",
            Self::CreditCard => "credit_card",
            Self::DebitCard => "debit_card",
            Self::Boleto => "boleto",
            Self::Transfer => "transfer",
            Self::StoreCredit => "store_credit",
        }
    }
}

/// A payment as the customer said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payment {
    /// How.
    pub method: PaymentMethod,
    /// In how many instalments, when said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// Due in how many days, when said (`boleto 30 dias`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
}

impl Payment {
    /// A payment by a method, with neither instalments nor days.
    #[must_use]
    pub fn by(method: PaymentMethod) -> Self {
        Self { method, installments: None, days: None }
    }
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Before noon.
    Morning,
    /// From noon to 18:00.
    Afternoon,
}

/// When the customer wants the goods. In JSON `{"date": "2026-03-11"}`,
/// `{"asap": true}` or `{"from": …, "to": …}`, with `"period"` when said; a
/// period may stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// One day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// As soon as possible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asap: bool,
    /// The first day of a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// The last day of a span.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The part of the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl Delivery {
    /// Whether a day, a span or urgency is said, beside a mere period.
    #[must_use]
    pub fn has_day(&self) -> bool {
        self.date.is_some() || self.asap || self.from.is_some()
    }
}

/// A product asked for that more than one product of the catalogue fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguous {
    /// The customer's words for the product, without the quantity.
    pub text: String,
    /// How many: in sale units when all the products give the same number, else
    /// as said; `None` when not said.
    pub qty: Option<Quantity>,
    /// The measure `qty` was said in, when it is not in sale units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Every product that fits: first those that have the words as they were said,
    /// equally good ones in catalogue order. At least two.
    pub skus: Vec<Sku>,
}

/// A product asked for that the store does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// The customer's words for the product, without the quantity.
    pub text: String,
    /// How many, as said.
    pub qty: Option<Quantity>,
}

/// A product that is beyond doubt, its quantity perhaps still to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; `None` while nobody said.
    pub qty: Option<Quantity>,
}

/// The order as a conversation has collected it so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// What is beyond doubt, one entry a product, in the order first said.
    #[serde(default)]
    pub items: Vec<DraftItem>,
    /// What more than one product fits.
    #[serde(default)]
    pub ambiguous: Vec<Ambiguous>,
    /// What the store does not have.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
    /// Where to.
    #[serde(default)]
    pub place: Option<Place>,
    /// How it is paid.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// When it is wanted.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// Whether a model or a person's transcript was involved in reading it.
    #[serde(default)]
    pub assisted: bool,
}

/// What a [`Draft`] lacks before it can be priced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "missing")]
pub enum Missing {
    /// No product has been named.
    Items,
    /// Which of several products is meant: the entry of [`Draft::ambiguous`].
    Choice {
        /// The ambiguous ask.
        ask: Ambiguous,
    },
    /// How many of a product.
    Quantity {
        /// The product.
        sku: Sku,
    },
    /// Where to, or pickup.
    Place,
    /// How it is paid.
    Payment,
}

impl Draft {
    /// Whether nothing at all has been said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is missing, in the order in which it is asked: products, which of
    /// several, how many, place, payment. Empty when the order can be priced.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        if self.items.is_empty() && self.ambiguous.is_empty() {
            missing.push(Missing::Items);
        }
        missing.extend(self.ambiguous.iter().map(|ask| Missing::Choice { ask: ask.clone() }));
        let without = self.items.iter().filter(|item| item.qty.is_none());
        missing.extend(without.map(|item| Missing::Quantity { sku: item.sku.clone() }));
        if self.place.is_none() {
            missing.push(Missing::Place);
        }
        if self.payment.is_none() {
            missing.push(Missing::Payment);
        }
        missing
    }
}

/// Merging: what a new message does to the order as it stands.
impl Draft {
    /// Takes in what a message says.
    ///
    /// The message was best read with this draft as its
    /// [`Context`](crate::reading::Context). Then:
    ///
    /// * [`Cancel`](Intent::Cancel), [`Decline`](Intent::Decline) and
    ///   [`OptOut`](Intent::OptOut) leave nothing standing;
    /// * in a [`Change`](Intent::Change) a quantity replaces, zero takes out,
    ///   and a product without quantity takes over that of one taken out
    ///   (`troca A por B`);
    /// * in every other message a quantity adds to one that stands;
    /// * a product that fits an ambiguous ask answers it and keeps its quantity;
    /// * the last place, payment and delivery said win, as [`Place`] parts that
    ///   complete each other and a period that joins a day.
    pub fn apply(&mut self, reading: &Reading, catalog: &Catalog) {
        match reading.intent {
            Intent::Cancel | Intent::Decline | Intent::OptOut => {
                *self = Self::default();
                return;
            }
            Intent::Change => {
                let freed = self.apply_removals(reading);
                self.apply_change(reading, freed, catalog);
            }
            Intent::Human
            | Intent::Order
            | Intent::Accept
            | Intent::Details
            | Intent::Question
            | Intent::Greeting
            | Intent::Other => {
                self.apply_removals(reading);
                self.apply_additions(reading, catalog);
            }
        }
        if let Some(place) = &reading.place {
            self.set_place(place.clone());
        }
        if reading.payment.is_some() {
            self.payment = reading.payment;
        }
        if let Some(delivery) = reading.delivery {
            self.delivery = Some(merged_delivery(self.delivery, delivery));
        }
    }

    /// Takes in where to. It completes an address that stands, and replaces pickup.
    pub fn set_place(&mut self, said: Place) {
        self.place = Some(match self.place.take() {
            Some(stands) => stands.completed_by(said),
            None => said,
        });
    }

    /// The order, when nothing is [`missing`](Self::missing).
    #[must_use]
    pub fn to_order(&self) -> Option<Order> {
        if !self.missing().is_empty() {
            return None;
        }
        let priced = |item: &DraftItem| Some(OrderItem { sku: item.sku.clone(), qty: item.qty? });
        Some(Order {
            items: self.items.iter().map(priced).collect::<Option<_>>()?,
            place: self.place.clone(),
            payment: self.payment,
            delivery: self.delivery,
            ambiguous: self.ambiguous.clone(),
            unknown: self.unknown.clone(),
            assisted: self.assisted,
            buyer: None,
        })
    }

    fn apply_additions(&mut self, reading: &Reading, catalog: &Catalog) {
        for item in reading.items.iter().filter(|item| !is_out(item.qty)) {
            let qty = item.qty.or(self.answered(&item.sku, catalog));
            let known = self.items.iter_mut().find(|known| known.sku == item.sku);
            match (known, qty) {
                (Some(known), Some(more)) => {
                    known.qty = known.qty.map_or(Some(more), |stands| stands.checked_add(more));
                }
                (Some(_), None) => {}
                (None, qty) => self.items.push(DraftItem { sku: item.sku.clone(), qty }),
            }
        }
        self.apply_open_asks(reading);
    }

    /// Takes out what the reading says is not wanted, whatever its intent; gives
    /// the quantities that this sets free.
    fn apply_removals(&mut self, reading: &Reading) -> Vec<Quantity> {
        let mut freed = Vec::new();
        for item in reading.items.iter().filter(|item| is_out(item.qty)) {
            freed.extend(self.take_out(&item.sku).flatten());
            self.ambiguous.retain(|ask| !ask.skus.contains(&item.sku));
        }
        for found in reading.ambiguous.iter().filter(|found| is_out(found.ask.qty)) {
            let named = |sku: &Sku| found.ask.skus.contains(sku);
            let held: Vec<Sku> =
                self.items.iter().map(|item| &item.sku).filter(|sku| named(sku)).cloned().collect();
            if let [only] = held.as_slice() {
                freed.extend(self.take_out(only).flatten());
            }
            self.ambiguous.retain(|ask| !ask.skus.iter().any(named));
        }
        for found in reading.unknown.iter().filter(|found| is_out(found.ask.qty)) {
            self.unknown.retain(|ask| !same_words(&ask.text, &found.ask.text));
        }
        freed
    }

    fn apply_change(&mut self, reading: &Reading, freed: Vec<Quantity>, catalog: &Catalog) {
        let mut freed = freed.into_iter();
        for item in reading.items.iter().filter(|item| !is_out(item.qty)) {
            let kept = self.answered(&item.sku, catalog);
            match self.items.iter_mut().find(|known| known.sku == item.sku) {
                // What stands has its own quantity, or its own to be asked for.
                Some(known) => known.qty = item.qty.or(known.qty).or(kept),
                None => {
                    let qty = item.qty.or_else(|| freed.next()).or(kept);
                    self.items.push(DraftItem { sku: item.sku.clone(), qty });
                }
            }
        }
        self.apply_open_asks(reading);
    }

    /// Adds the asks that stay open; one that narrows an ask that stands
    /// replaces it and keeps its quantity.
    fn apply_open_asks(&mut self, reading: &Reading) {
        for found in reading.ambiguous.iter().filter(|found| !is_out(found.ask.qty)) {
            let narrows = |ask: &Ambiguous| found.ask.skus.iter().all(|sku| ask.skus.contains(sku));
            match self.ambiguous.iter_mut().find(|ask| narrows(ask)) {
                Some(ask) => {
                    ask.skus.clone_from(&found.ask.skus);
                    if found.ask.qty.is_some() {
                        (ask.qty, ask.unit) = (found.ask.qty, found.ask.unit);
                    }
                }
                None => self.ambiguous.push(found.ask.clone()),
            }
        }
        for found in reading.unknown.iter().filter(|found| !is_out(found.ask.qty)) {
            if !self.unknown.iter().any(|ask| same_words(&ask.text, &found.ask.text)) {
                self.unknown.push(found.ask.clone());
            }
        }
    }

    fn take_out(&mut self, sku: &Sku) -> Option<Option<Quantity>> {
        let position = self.items.iter().position(|item| item.sku == *sku)?;
        Some(self.items.remove(position).qty)
    }

    /// Closes the ambiguous ask that a product answers; gives its quantity in
    /// the product's sale unit.
    fn answered(&mut self, sku: &Sku, catalog: &Catalog) -> Option<Quantity> {
        let position = self.ambiguous.iter().position(|ask| ask.skus.contains(sku))?;
        let ask = self.ambiguous.remove(position);
        let product = catalog.get(sku)?;
        sale_quantity(ask.qty?, ask.unit, product)
    }
}

/// Whether a quantity says that the product is not wanted.
fn is_out(qty: Option<Quantity>) -> bool {
    qty.is_some_and(Quantity::is_zero)
}

fn same_words(a: &str, b: &str) -> bool {
    crate::text::plain(a) == crate::text::plain(b)
}

fn merged_delivery(stands: Option<Delivery>, said: Delivery) -> Delivery {
    match stands {
        Some(stands) if !said.has_day() => Delivery { period: said.period, ..stands },
        Some(_) | None => said,
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; more than zero.
    pub qty: Quantity,
}

/// Who buys, as far as prices depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Buyer {
    /// The store's own number or name of the customer, for a price list of theirs.
    pub customer: Option<String>,
    /// The customer's group, such as contractors.
    pub group: Option<String>,
}

/// An order that can be priced: products and quantities, where to and how paid,
/// and what could not be understood (which the review looks at).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Order {
    /// The lines. The same product may stand in two of them.
    pub items: Vec<OrderItem>,
    /// Where to; without a place there is no freight rule.
    #[serde(default)]
    pub place: Option<Place>,
    /// How it is paid.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// When it is wanted.
    #[serde(default)]
    pub delivery: Option<Delivery>,
    /// What more than one product fits.
    #[serde(default)]
    pub ambiguous: Vec<Ambiguous>,
    /// What the store does not have.
    #[serde(default)]
    pub unknown: Vec<Unknown>,
    /// Whether a model or a person's transcript was involved in reading it.
    #[serde(default)]
    pub assisted: bool,
    /// Who buys, when a price list may hold for them.
    #[serde(default)]
    pub buyer: Option<Buyer>,
}

impl Order {
    /// The words in which something was asked for that was not understood.
    pub fn open_asks(&self) -> impl Iterator<Item = &str> {
        let ambiguous = self.ambiguous.iter().map(|ask| ask.text.as_str());
        ambiguous.chain(self.unknown.iter().map(|ask| ask.text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Pack, Product};
    use crate::reading::{AmbiguousAsk, Evidence, Item};

    fn product(sku: &str, unit: Unit, pack: Option<(&str, Unit)>) -> Product {
        Product {
            pack: pack.map(|(qty, unit)| Pack { qty: qty.parse().unwrap(), unit }),
            ..Product::new(sku.parse().unwrap(), sku, unit, "1".parse().unwrap())
        }
    }

    fn catalog() -> Catalog {
        Catalog::new(vec![
            product("CIM", Unit::Bag, None),
            product("ARE", Unit::CubicMeter, None),
            product("MNG-20", Unit::Piece, Some(("20", Unit::Meter))),
            product("MNG-30", Unit::Piece, Some(("30", Unit::Meter))),
        ])
        .unwrap()
    }

    fn said(intent: Intent, items: &[(&str, Option<&str>)]) -> Reading {
        let item = |(sku, qty): &(&str, Option<&str>)| Item {
            sku: sku.parse().unwrap(),
            qty: qty.map(|qty| qty.parse().unwrap()),
            evidence: Evidence::default(),
        };
        Reading { intent, items: items.iter().map(item).collect(), ..Reading::empty() }
    }

    #[test]
    fn what_is_not_wanted_never_stands_in_a_draft_whatever_the_message_is_for() {
        let catalog = catalog();
        let mut draft = Draft::default();
        draft.apply(&said(Intent::Order, &[("CIM", Some("5")), ("ARE", Some("0"))]), &catalog);
        assert_eq!(draft.items.len(), 1);
        draft.apply(&said(Intent::Order, &[("CIM", Some("0")), ("ARE", Some("2"))]), &catalog);
        let left: Vec<_> = draft.items.iter().map(|item| item.sku.as_str()).collect();
        assert_eq!(left, ["ARE"]);
    }

    #[track_caller]
    fn check(readings: &[Reading], expected: &[(&str, Option<&str>)]) -> Draft {
        let mut draft = Draft::default();
        for reading in readings {
            draft.apply(reading, &catalog());
        }
        let items: Vec<_> = draft
            .items
            .iter()
            .map(|item| (item.sku.to_string(), item.qty.map(|qty| qty.to_string())))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(sku, qty)| ((*sku).to_owned(), qty.map(ToOwned::to_owned)))
            .collect();
        assert_eq!(items, expected);
        draft
    }

    #[test]
    fn an_order_adds_and_a_change_replaces() {
        let ten = said(Intent::Order, &[("CIM", Some("10"))]);
        let five = said(Intent::Order, &[("CIM", Some("5"))]);
        let are_five = said(Intent::Change, &[("CIM", Some("5"))]);
        check(&[ten.clone(), five], &[("CIM", Some("15"))]);
        check(&[ten, are_five], &[("CIM", Some("5"))]);
    }

    #[test]
    fn what_takes_the_place_of_another_takes_its_quantity() {
        let ten = said(Intent::Order, &[("CIM", Some("10"))]);
        let swap = said(Intent::Change, &[("CIM", Some("0")), ("ARE", None)]);
        check(&[ten, swap], &[("ARE", Some("10"))]);
    }

    #[test]
    fn calling_off_leaves_nothing() {
        let ten = said(Intent::Order, &[("CIM", Some("10"))]);
        let draft = check(&[ten, said(Intent::Decline, &[])], &[]);
        assert!(draft.is_empty());
    }

    fn hose(intent: Intent, qty: Option<&str>) -> Reading {
        let ask = Ambiguous {
            text: "mangueira".to_owned(),
            qty: qty.map(|qty| qty.parse().unwrap()),
            unit: Some(Unit::Meter),
            skus: vec!["MNG-20".parse().unwrap(), "MNG-30".parse().unwrap()],
        };
        let found = AmbiguousAsk { ask, evidence: Evidence::default() };
        Reading { intent, ambiguous: vec![found], ..Reading::empty() }
    }

    #[test]
    fn the_answer_to_an_ambiguous_ask_keeps_its_quantity_in_its_own_measure() {
        let fifty_meters = hose(Intent::Order, Some("50"));
        let answer = said(Intent::Order, &[("MNG-30", None)]);
        let draft = check(&[fifty_meters, answer], &[("MNG-30", Some("2"))]);
        assert!(draft.ambiguous.is_empty());
    }

    #[test]
    fn an_ambiguous_ask_can_be_dropped() {
        let draft = check(&[hose(Intent::Order, None), hose(Intent::Change, Some("0"))], &[]);
        assert!(draft.ambiguous.is_empty());
    }

    #[test]
    fn places_complete_each_other_and_pickup_replaces_them() {
        let place = |json: &str| Reading {
            intent: Intent::Details,
            place: Some(serde_json::from_str(json).unwrap()),
            ..Reading::empty()
        };
        let (cep, bairro) = (place(r#"{"cep":"01310100"}"#), place(r#"{"bairro":"Centro"}"#));
        let both = check(&[cep, bairro.clone()], &[]).place.unwrap();
        assert!(both.cep().is_some() && both.bairro().is_some());
        let pickup = check(&[bairro.clone(), place(r#"{"pickup":true}"#)], &[]);
        assert_eq!(pickup.place, Some(Place::Pickup));
        let back = check(&[place(r#"{"pickup":true}"#), bairro], &[]);
        assert!(back.place.unwrap().bairro().is_some());
    }

    #[test]
    fn a_period_joins_the_day_already_said() {
        let when = |delivery: Delivery| Reading {
            intent: Intent::Details,
            delivery: Some(delivery),
            ..Reading::empty()
        };
        let day = Delivery { date: NaiveDate::from_ymd_opt(2026, 3, 11), ..Delivery::default() };
        let morning = Delivery { period: Some(Period::Morning), ..Delivery::default() };
        let draft = check(&[when(day), when(morning)], &[]);
        assert_eq!(draft.delivery, Some(Delivery { period: Some(Period::Morning), ..day }));
    }

    #[test]
    fn only_an_order_that_lacks_nothing_can_be_priced() {
        let mut draft =
            check(&[said(Intent::Order, &[("CIM", Some("10"))])], &[("CIM", Some("10"))]);
        assert_eq!(draft.to_order(), None);
        draft.place = Some(Place::Pickup);
        draft.payment = Some(Payment::by(PaymentMethod::Pix));
        assert_eq!(draft.to_order().unwrap().items.len(), 1);
    }
}
