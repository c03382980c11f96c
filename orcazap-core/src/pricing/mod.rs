//! What an order costs: [`PriceBook`] and [`quote`].

mod book;
mod quote;

pub use book::{
    FreightArea, FreightRule, PaymentTerm, PriceBook, PriceBookData, PriceBookError, PricePoint,
    Tier, TierScope,
};
pub use quote::{Line, Overrides, Quote, QuoteError, quote};
