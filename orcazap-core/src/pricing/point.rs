//! Fixed prices: what exactly so many of a product cost.

use serde::{Deserialize, Serialize};

use super::PriceBookError;
use super::group::{Groups, Span};
use super::json::PointJson;
use crate::catalog::Sku;
use crate::catalog::table::Table;
use crate::money::Money;
use crate::quantity::Quantity;

/// A fixed price for one exact quantity of a product (half a metre of sand).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PointJson")]
pub struct PricePoint {
    /// Which product.
    pub sku: Sku,
    /// Exactly so many sale units; more than zero.
    pub qty: Quantity,
    /// What the whole line costs; not negative.
    pub price: Money,
}

/// Finds a fixed price: by the book's number of a product, by rising quantity.
#[derive(Debug, Clone, Default)]
pub(super) struct PointIndex(Groups<Quantity, Money>);

impl PointIndex {
    /// Checks the points one by one and against each other, and numbers their products.
    pub(super) fn new(points: &[PricePoint], skus: &mut Table) -> Result<Self, PriceBookError> {
        let mut prices = Vec::with_capacity(points.len());
        for (number, point) in (1..).zip(points) {
            let PricePoint { sku, qty, price } = point;
            if qty.is_zero() {
                return Err(PriceBookError::EmptyPoint { number, sku: sku.clone() });
            }
            if price.is_negative() {
                let (sku, qty, price) = (sku.clone(), *qty, *price);
                return Err(PriceBookError::NegativePoint { number, sku, qty, price });
            }
            prices.push((skus.intern(sku.as_str()), *qty, (number, point)));
        }
        let prices = Groups::new(prices);
        if let Some([(first, _), (second, point)]) = prices.find_tie(|(a, _), (b, _)| a == b) {
            let PricePoint { sku, qty, .. } = PricePoint::clone(point);
            return Err(PriceBookError::PointsTie { numbers: [*first, *second], sku, qty });
        }
        Ok(Self(prices.map(|(_, point)| point.price)))
    }

    /// Where the prices of the product with a number are.
    pub(super) fn of(&self, number: u32) -> Span {
        self.0.span(number)
    }

    /// The price of exactly so many, among the prices of one product.
    pub(super) fn find(&self, prices: Span, qty: Quantity) -> Option<Money> {
        self.0.at(prices, &qty).copied()
    }
}
