//! What an order costs: [`PriceBook`] and [`quote`].
//!
//! | figure | rule |
//! | --- | --- |
//! | unit price | of the most specific [`PriceList`] that holds, else the product's |
//! | gross | round(unit price × quantity); a [`PricePoint`] fixes it for one exact quantity |
//! | discount | round(gross × pct ÷ 100) of the deciding [`Tier`]; net = gross − discount |
//! | subtotal | Σ net |
//! | adjustment | round(subtotal × pct ÷ 100) of the [`PaymentTerm`] |
//! | freight | the [`FreightRule`] of the place; 0 for pickup; absent without a rule |
//! | total | subtotal + adjustment + freight |
//! | cost | Σ round(unit cost × quantity); absent when one of them is not known |
//! | margin | round((due − cost) ÷ due × 100), due = subtotal + adjustment; absent when due is 0 |
//!
//! A quantity that is no multiple of the product's step is priced as it stands in the
//! order, and [`review`](crate::review) makes a person look at it. What a customer writes
//! is rounded up to the step when it is read; the line then keeps what was asked for
//! ([`Rounded`](crate::order::Rounded)), and [`explain`] says so, for nothing is sold
//! beyond what was asked for unsaid.

mod book;
mod case;
mod error;
mod explain;
mod freight;
mod group;
mod json;
mod line;
mod list;
mod payment;
mod point;
mod quote;
mod revision;
mod stored;
mod tier;
mod trace;
mod validity;
mod warning;
mod what_if;

pub use book::{PriceBook, PriceBookData};
pub use case::{Case, CaseError, CaseOrder, CaseQuote, CaseRules, CaseStore};
pub use error::{PriceBookError, RuleKind};
pub use explain::{explain, explain_step, explain_to_store};
pub use freight::{FreightArea, FreightRule, Load};
pub use line::{DiscountSource, Line, PriceSource};
pub use list::{ListScope, PriceList};
pub use payment::PaymentTerm;
pub use point::PricePoint;
pub use quote::{FreightSource, Overrides, Quote, QuoteError, quote};
pub use revision::Revised;
pub use stored::TamperedQuote;
pub use tier::{Tier, TierScope};
pub use trace::{Trace, TraceStep};
pub use validity::{HalfDay, OpenDays, Opening};
pub use warning::{Warning, explain_warning};
pub use what_if::{
    AdjustedBy, Change, DecisionChange, DeliveredBy, LineChange, Outcome, PricedBy, RuleChange,
    Summary, Terms, what_if,
};

pub(crate) use line::has;
pub(crate) use quote::substitutes;
