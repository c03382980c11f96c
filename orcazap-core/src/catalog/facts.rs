//! What of a product stays in a quote.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Product, Sku, Stock};
use crate::money::UnitPrice;
use crate::quantity::{Quantity, Unit};

/// What a line of a quote keeps of its [`Product`], as it was when it was priced. The
/// catalogue has it made once, and all lines share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFacts {
    /// The store's code.
    pub sku: Sku,
    /// The name on the shelf.
    pub name: Arc<str>,
    /// The unit it is sold in.
    pub unit: Unit,
    /// What one sale unit costs the store; `None` when the store has not said.
    pub cost: Option<UnitPrice>,
    /// The day the cost was last confirmed.
    pub cost_date: Option<NaiveDate>,
    /// The step it is sold in, in sale units; zero when any quantity is sold.
    pub step: Quantity,
    /// The most sale units of it that go out unseen.
    pub max_auto_qty: Option<Quantity>,
    /// What there is of it.
    pub stock: Stock,
}

impl From<&Product> for ProductFacts {
    fn from(product: &Product) -> Self {
        Self {
            sku: product.sku.clone(),
            name: product.name.as_str().into(),
            unit: product.unit,
            cost: product.cost,
            cost_date: product.cost_date,
            step: product.step,
            max_auto_qty: product.max_auto_qty,
            stock: product.stock,
        }
    }
}
