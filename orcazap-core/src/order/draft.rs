//! The order as a conversation collects it, and what a new message does to it.

use serde::{Deserialize, Serialize};

use super::{Ambiguous, Delivery, Order, OrderItem, Payment, Rounded, Unknown};
use crate::catalog::{Catalog, Sku};
use crate::place::Place;
use crate::quantity::Quantity;
use crate::reading::{Intent, Reading, rounded, sale_quantity};

/// A product that is beyond doubt, its quantity perhaps still to be said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// Which product.
    pub sku: Sku,
    /// How many sale units; `None` while nobody said.
    pub qty: Option<Quantity>,
    /// What was asked for, where a quantity was rounded up to the product's step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Rounded>,
}

impl DraftItem {
    /// A product, and how many of it when that was said, as they were asked for.
    #[must_use]
    pub fn new(sku: Sku, qty: Option<Quantity>) -> Self {
        Self { sku, qty, rounded: None }
    }
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
        /// The product whose quantity nobody has said.
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
                let freed = self.apply_removals(reading, catalog);
                self.apply_change(reading, freed, catalog);
            }
            Intent::Human
            | Intent::Order
            | Intent::Accept
            | Intent::Details
            | Intent::Question
            | Intent::Greeting
            | Intent::Other => {
                self.apply_removals(reading, catalog);
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
        let priced = |item: &DraftItem| {
            let qty = item.qty?;
            let rounded = item.rounded.filter(|rounded| rounded.into == qty);
            Some(OrderItem { sku: item.sku.clone(), qty, rounded })
        };
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
            let kept = self.answered(&item.sku, catalog);
            let (qty, rounded) = either([(item.qty, item.rounded), kept]);
            let known = self.items.iter_mut().find(|known| known.sku == item.sku);
            match (known, qty) {
                (Some(known), Some(more)) => {
                    known.qty = known.qty.map_or(Some(more), |stands| stands.checked_add(more));
                    known.rounded = rounded;
                }
                (Some(_), None) => {}
                (None, qty) => self.items.push(DraftItem { sku: item.sku.clone(), qty, rounded }),
            }
        }
        self.apply_open_asks(reading, catalog);
    }

    /// Takes out what the reading says is not wanted, whatever its intent; gives
    /// the quantities that this sets free.
    fn apply_removals(&mut self, reading: &Reading, catalog: &Catalog) -> Vec<Quantity> {
        let mut freed = Vec::new();
        for item in reading.items.iter().filter(|item| is_out(item.qty)) {
            freed.extend(self.take_out(&item.sku).flatten());
            self.ambiguous.retain(|ask| !ask.is_about(&item.sku, catalog));
        }
        for found in reading.ambiguous.iter().filter(|found| is_out(found.ask.qty)) {
            let named = |sku: &Sku| found.ask.is_about(sku, catalog);
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
                Some(known) => {
                    let stands = (known.qty, known.rounded);
                    (known.qty, known.rounded) = either([(item.qty, item.rounded), stands, kept]);
                }
                None => {
                    let said = (item.qty.or_else(|| freed.next()), item.rounded);
                    let (qty, rounded) = either([said, kept]);
                    self.items.push(DraftItem { sku: item.sku.clone(), qty, rounded });
                }
            }
        }
        self.apply_open_asks(reading, catalog);
    }

    /// Adds the asks that stay open; one that narrows an ask that stands
    /// replaces it and keeps its quantity.
    fn apply_open_asks(&mut self, reading: &Reading, catalog: &Catalog) {
        for found in reading.ambiguous.iter().filter(|found| !is_out(found.ask.qty)) {
            let narrows =
                |ask: &Ambiguous| found.ask.skus.iter().all(|sku| ask.is_about(sku, catalog));
            match self.ambiguous.iter_mut().find(|ask| narrows(ask)) {
                Some(ask) => {
                    ask.skus.clone_from(&found.ask.skus);
                    if found.ask.more && !same_words(&ask.text, &found.ask.text) {
                        // What tells whether a product beyond the list is meant.
                        ask.text = format!("{} {}", ask.text, found.ask.text);
                    }
                    ask.more = found.ask.more;
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
    fn answered(&mut self, sku: &Sku, catalog: &Catalog) -> Counted {
        let position = self.ambiguous.iter().position(|ask| ask.is_about(sku, catalog));
        let ask = position.map(|position| self.ambiguous.remove(position));
        let Some((qty, unit)) = ask.and_then(|ask| Some((ask.qty?, ask.unit))) else {
            return (None, None);
        };
        let product = catalog.get(sku);
        let qty_of = |product| sale_quantity(qty, unit, product);
        (product.and_then(qty_of), product.and_then(|product| rounded(qty, unit, product)))
    }
}

/// How many, and what was asked for where that was rounded.
type Counted = (Option<Quantity>, Option<Rounded>);

/// The first that says how many, else one that says nothing.
fn either<const N: usize>(counted: [Counted; N]) -> Counted {
    counted.into_iter().find(|(qty, _)| qty.is_some()).unwrap_or_default()
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
