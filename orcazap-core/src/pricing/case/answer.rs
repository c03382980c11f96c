//! What a case comes to, in JSON.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::approval::Reason;
use crate::catalog::Sku;
use crate::money::Money;
use crate::pricing::Outcome;

/// The figures of a quote, and the codes of the reasons why a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseQuote<'a> {
    lines: Vec<CaseLine<'a>>,
    subtotal: Money,
    adjustment: Money,
    freight: Option<Money>,
    total: Money,
    margin_pct: Option<Decimal>,
    reasons: Vec<&'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct CaseLine<'a> {
    sku: &'a Sku,
    gross: Money,
    discount: Money,
    net: Money,
}

impl<'a> CaseQuote<'a> {
    /// The figures of a quote and what its review decided.
    #[must_use]
    pub fn new(Outcome { quote, decision }: &'a Outcome) -> Self {
        let lines = quote.lines().iter().map(|line| CaseLine {
            sku: &line.product.sku,
            gross: line.gross,
            discount: line.discount,
            net: line.net,
        });
        Self {
            lines: lines.collect(),
            subtotal: quote.subtotal(),
            adjustment: quote.adjustment(),
            freight: quote.freight(),
            total: quote.total(),
            margin_pct: quote.margin_pct(),
            reasons: decision.reasons().iter().map(Reason::code).collect(),
        }
    }
}
