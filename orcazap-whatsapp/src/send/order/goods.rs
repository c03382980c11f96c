//! What an order holds: its lines, and what is added to them.

use chrono::{DateTime, Utc};
use orcazap_core::Money;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{amount, not_negative};
use crate::json::put;
use crate::send::limited::{LimitError, Limited, count};
use crate::send::products::{CatalogId, RetailerId};

/// The largest sum in centavos: what every JSON tool holds exactly.
const MAX_CENTAVOS: i64 = (1 << 53) - 1;

/// A line of an order (`order.items[]`). The platform knows whole quantities
/// only: 2.5 m³ of sand become one item with the sum as its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ItemParts")]
pub struct Item {
    retailer_id: RetailerId,
    name: Limited<60>,
    amount: Money,
    quantity: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    sale_amount: Option<Money>,
}

impl Item {
    /// A line: a code, a name of up to 60 characters, the price of one, and how
    /// many, one at least.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        retailer_id: RetailerId,
        name: impl Into<String>,
        amount: Money,
        quantity: u32,
    ) -> Result<Self, LimitError> {
        let name = Limited::new("item.name", name)?;
        Self::from_parts(ItemParts { retailer_id, name, amount, quantity, sale_amount: None })
    }

    /// The same at a lower price, with the usual one struck through.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`] for an amount below zero.
    pub fn with_sale(self, amount: Money) -> Result<Self, LimitError> {
        not_negative("item.sale_amount", amount)?;
        Ok(Self { sale_amount: Some(amount), ..self })
    }

    fn from_parts(parts: ItemParts) -> Result<Self, LimitError> {
        let ItemParts { retailer_id, name, amount, quantity, sale_amount } = parts;
        not_negative("item.amount", amount)?;
        not_negative("item.sale_amount", sale_amount.unwrap_or_default())?;
        if quantity == 0 {
            return Err(LimitError::form("item.quantity", "a whole number from 1", "0"));
        }
        Ok(Self { retailer_id, name, amount, quantity, sale_amount })
    }

    fn total(&self) -> i128 {
        self.sale_amount.unwrap_or(self.amount).centavos() * i128::from(self.quantity)
    }

    fn to_graph(&self) -> Value {
        let mut item = json!({
            "retailer_id": self.retailer_id,
            "name": self.name,
            "amount": amount(self.amount),
            "quantity": self.quantity,
        });
        if let Some(sale) = self.sale_amount {
            put(&mut item, "sale_amount", amount(sale));
        }
        item
    }
}

#[derive(Deserialize)]
struct ItemParts {
    retailer_id: RetailerId,
    name: Limited<60>,
    amount: Money,
    quantity: u32,
    #[serde(default)]
    sale_amount: Option<Money>,
}

impl TryFrom<ItemParts> for Item {
    type Error = LimitError;

    fn try_from(parts: ItemParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}

/// Tax, freight or a discount: an amount from zero with a word about it, of up
/// to 60 characters, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<Limited<60>>,
}

impl Fee {
    /// An amount without a word.
    #[must_use]
    pub fn new(amount: Money) -> Self {
        Self { amount, description: None }
    }

    /// The same with a word about it.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 60 characters.
    pub fn with_description(self, text: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { description: Some(Limited::new("description", text)?), ..self })
    }

    fn to_graph(&self) -> Value {
        let mut fee = amount(self.amount);
        if let Some(description) = &self.description {
            put(&mut fee, "description", description.as_str());
        }
        fee
    }
}

/// Until when the order can be paid (`order.expiration`): the button goes dead
/// on the phone then. The platform refuses less than 300 seconds ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiry {
    at: DateTime<Utc>,
    description: Limited<120>,
}

impl Expiry {
    /// The least time between now and the end, in seconds.
    pub const MIN_SECONDS: i64 = 300;

    /// An end, and what the customer reads about it, of up to 120 characters.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the words are blank or too long, or `at` lies less than
    /// 300 seconds after `now`.
    pub fn new(
        at: DateTime<Utc>,
        description: impl Into<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, LimitError> {
        if (at - now).num_seconds() < Self::MIN_SECONDS {
            let expected = "at least 300 seconds ahead";
            return Err(LimitError::form("expiration.timestamp", expected, &at.to_rfc3339()));
        }
        Ok(Self { at, description: Limited::new("expiration.description", description)? })
    }
}

/// What is ordered, and what is added to the sum of the items or taken from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// One to 999 lines.
    pub items: Vec<Item>,
    /// Tax; the platform wants it even when it is zero.
    pub tax: Fee,
    /// Freight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<Fee>,
    /// A discount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Fee>,
    /// The catalogue at the platform that the items' codes are of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog_id: Option<CatalogId>,
    /// Until when it can be paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Expiry>,
}

impl Order {
    /// An order without tax, freight, discount or end.
    #[must_use]
    pub fn new(items: Vec<Item>) -> Self {
        Self {
            items,
            tax: Fee::new(Money::ZERO),
            shipping: None,
            discount: None,
            catalog_id: None,
            expiration: None,
        }
    }

    /// Sum of the items, and what is to be paid.
    pub(super) fn sums(&self) -> Result<(Money, Money), LimitError> {
        count("order.items", 1, 999, self.items.len())?;
        let fees = [Some(&self.tax), self.shipping.as_ref(), self.discount.as_ref()];
        for fee in fees.into_iter().flatten() {
            not_negative("tax, shipping and discount", fee.amount)?;
        }
        let added = |fee: Option<&Fee>| fee.map_or(0, |fee| fee.amount.centavos());
        // An amount has 18 digits, a quantity ten and the lines three: they fit.
        let subtotal: i128 = self.items.iter().map(Item::total).sum();
        let total = subtotal + self.tax.amount.centavos() + added(self.shipping.as_ref())
            - added(self.discount.as_ref());
        let money = |centavos: i128| {
            let exact = i64::try_from(centavos).ok().filter(|sum| (0..=MAX_CENTAVOS).contains(sum));
            let expected = "an amount from zero that JSON holds exactly";
            let refused = || LimitError::form("total_amount", expected, &centavos.to_string());
            exact.map(Money::from_centavos).ok_or_else(refused)
        };
        Ok((money(subtotal)?, money(total)?))
    }

    pub(super) fn to_graph(&self, subtotal: Money) -> Value {
        let items: Vec<Value> = self.items.iter().map(Item::to_graph).collect();
        let mut order = json!({
            "status": "pending",
            "items": items,
            "subtotal": amount(subtotal),
            "tax": self.tax.to_graph(),
        });
        for (name, fee) in [("shipping", &self.shipping), ("discount", &self.discount)] {
            if let Some(fee) = fee {
                put(&mut order, name, fee.to_graph());
            }
        }
        if let Some(catalog) = &self.catalog_id {
            put(&mut order, "catalog_id", catalog.as_str());
        }
        if let Some(Expiry { at, description }) = &self.expiration {
            let timestamp = at.timestamp().to_string();
            put(
                &mut order,
                "expiration",
                json!({ "timestamp": timestamp, "description": description }),
            );
        }
        order
    }
}
