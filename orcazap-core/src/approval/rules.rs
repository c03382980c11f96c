//! When a person must look: what a store decides.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::{Money, Percent};

/// When a person must look. Thresholds that are `None` are switched off. What was
/// not understood (`unknown_item`, `ambiguous_item`) can't be switched off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The lowest margin of a whole order, in percent.
    pub min_margin_pct: Option<Percent>,
    /// The lowest margin of one line, in percent.
    pub min_line_margin_pct: Option<Percent>,
    /// The highest total that goes out by itself.
    pub max_auto_total: Option<Money>,
    /// The lowest price of the goods (subtotal and adjustment) that goes out by itself.
    pub min_order: Option<Money>,
    /// Costs older than so many days need a look.
    pub max_cost_age_days: Option<u16>,
    /// Whether products without a known cost may go out by themselves.
    pub allow_unknown_cost: bool,
    /// Whether an order without a freight rule may go out by itself.
    pub allow_no_freight_rule: bool,
    /// Whether sales on credit may go out by themselves.
    pub allow_credit_sale: bool,
    /// Whether orders beyond the stock may go out by themselves.
    pub allow_out_of_stock: bool,
    /// Whether more of a product than its own maximum may go out by itself.
    pub allow_large_quantity: bool,
    /// Whether quantities between two steps may go out by themselves.
    pub allow_off_step: bool,
    /// Whether prices and freight set by a person may go out by themselves.
    pub allow_price_override: bool,
    /// Whether orders that a model or a transcript helped to read may go out by
    /// themselves.
    pub allow_assisted_reading: bool,
    /// The store is trying the assistant out: a person sends everything.
    pub rehearsal: bool,
}

/// What of [`Rules`] makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RulesError {
    /// A margin that no quote can have. (No [`Percent`] is below -100.)
    #[error("{rule} is -100 to 100 %, found {found} %")]
    Margin {
        /// The rule's name.
        rule: &'static str,
        /// As given.
        found: Percent,
    },
    /// An amount below nothing.
    #[error("{rule} is 0.00 or more, found {found}")]
    NegativeAmount {
        /// The rule's name.
        rule: &'static str,
        /// As given.
        found: Money,
    },
}

impl Rules {
    /// Checks that the figures make sense, before they are kept.
    /// [`review`](super::review) takes any rules; what fails here would stop every
    /// quote, or none.
    ///
    /// # Errors
    ///
    /// The first [`RulesError`], in the order of the fields.
    ///
    /// ```
    /// use orcazap_core::Rules;
    ///
    /// let rules = Rules { min_margin_pct: "500".parse().ok(), ..Rules::default() };
    /// let refused = rules.check().unwrap_err();
    /// assert_eq!(refused.to_string(), "min_margin_pct is -100 to 100 %, found 500 %");
    /// ```
    pub fn check(&self) -> Result<(), RulesError> {
        let margins = [
            ("min_margin_pct", self.min_margin_pct),
            ("min_line_margin_pct", self.min_line_margin_pct),
        ];
        for (rule, margin) in margins {
            if let Some(found) = margin.filter(|margin| *margin > Percent::ALL) {
                return Err(RulesError::Margin { rule, found });
            }
        }
        let amounts = [("max_auto_total", self.max_auto_total), ("min_order", self.min_order)];
        for (rule, amount) in amounts {
            if let Some(found) = amount.filter(|amount| amount.is_negative()) {
                return Err(RulesError::NegativeAmount { rule, found });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rules: Rules, expected: &str) {
        assert_eq!(rules.check().unwrap_err().to_string(), expected);
    }

    #[test]
    fn each_figure_has_its_bounds() {
        let rules = Rules::default;
        check(
            Rules { min_line_margin_pct: "100.01".parse().ok(), ..rules() },
            "min_line_margin_pct is -100 to 100 %, found 100.01 %",
        );
        check(
            Rules { max_auto_total: "-0.01".parse().ok(), ..rules() },
            "max_auto_total is 0.00 or more, found -0.01",
        );
        check(
            Rules { min_order: "-5".parse().ok(), ..rules() },
            "min_order is 0.00 or more, found -5.00",
        );
        let whole = Rules {
            min_margin_pct: "100".parse().ok(),
            min_line_margin_pct: "-100".parse().ok(),
            max_auto_total: "0".parse().ok(),
            ..rules()
        };
        assert_eq!(whole.check(), Ok(()));
    }
}
