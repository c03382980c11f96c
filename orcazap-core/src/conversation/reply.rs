//! The buttons and list entries a customer can press, and their ids on the wire.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::state::{QuoteNumber, QuoteRef};
use crate::catalog::Sku;

/// A button or list entry. Its [`Display`](fmt::Display) is the id that travels
/// to WhatsApp and back; it names the order, so that a button of last week's
/// quote is never taken for an answer to today's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Reply {
    /// Take this quote.
    Accept(QuoteRef),
    /// Ask for a change of this quote.
    Change(QuoteRef),
    /// Talk to a person.
    Human(QuoteNumber),
    /// This one of several products.
    Pick {
        /// The order.
        number: QuoteNumber,
        /// The product that was chosen.
        sku: Sku,
    },
    /// Collect at the store.
    Pickup(QuoteNumber),
    /// Pay this way.
    Pay {
        /// The order.
        number: QuoteNumber,
        /// The way.
        method: crate::order::PaymentMethod,
    },
    /// This product in place of one that is short.
    Swap {
        /// The order.
        number: QuoteNumber,
        /// The product that is short.
        out: Sku,
        /// The one that serves in its place.
        into: Sku,
    },
}

impl Reply {
    /// The order that it belongs to.
    #[must_use]
    pub fn number(&self) -> QuoteNumber {
        match self {
            Self::Accept(quote) | Self::Change(quote) => quote.number,
            Self::Human(number) | Self::Pickup(number) => *number,
            Self::Pick { number, .. } | Self::Pay { number, .. } | Self::Swap { number, .. } => {
                *number
            }
        }
    }
}

/// A text that is no reply's id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("expected the id of a button, found {found:?}")]
pub struct ReplyError {
    /// The text as given, cut to 80 characters.
    pub found: String,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accept(quote) => write!(f, "accept:{}:{}", quote.number, quote.revision),
            Self::Change(quote) => write!(f, "change:{}:{}", quote.number, quote.revision),
            Self::Human(number) => write!(f, "human:{number}"),
            Self::Pick { number, sku } => write!(f, "pick:{number}:{sku}"),
            Self::Pickup(number) => write!(f, "pickup:{number}"),
            Self::Pay { number, method } => write!(f, "pay:{number}:{}", method.code()),
            // A code may hold any sign, so the first one is told by its length in bytes.
            Self::Swap { number, out, into } => {
                write!(f, "swap:{number}:{}:{out}:{into}", out.as_str().len())
            }
        }
    }
}

impl FromStr for Reply {
    type Err = ReplyError;

    fn from_str(text: &str) -> Result<Self, ReplyError> {
        parse(text).ok_or_else(|| ReplyError { found: text.chars().take(80).collect() })
    }
}

fn parse(text: &str) -> Option<Reply> {
    let mut parts = text.splitn(3, ':');
    let (kind, number, rest) = (parts.next()?, parts.next()?, parts.next());
    let number = QuoteNumber(number.parse().ok()?);
    let quote = |rest: &str| Some(QuoteRef { number, revision: rest.parse().ok()? });
    Some(match (kind, rest) {
        ("accept", Some(rest)) => Reply::Accept(quote(rest)?),
        ("change", Some(rest)) => Reply::Change(quote(rest)?),
        ("human", None) => Reply::Human(number),
        ("pick", Some(rest)) => Reply::Pick { number, sku: rest.parse().ok()? },
        ("pickup", None) => Reply::Pickup(number),
        ("pay", Some(rest)) => {
            let methods = crate::order::PaymentMethod::ALL;
            let method = *methods.iter().find(|method| method.code() == rest)?;
            Reply::Pay { number, method }
        }
        ("swap", Some(rest)) => {
            let (length, rest) = rest.split_once(':')?;
            let (out, into) = rest.split_at_checked(length.parse().ok()?)?;
            let into = into.strip_prefix(':')?.parse().ok()?;
            Reply::Swap { number, out: out.parse().ok()?, into }
        }
        _ => return None,
    })
}

impl TryFrom<String> for Reply {
    type Error = ReplyError;

    fn try_from(text: String) -> Result<Self, ReplyError> {
        text.parse()
    }
}

impl From<Reply> for String {
    fn from(reply: Reply) -> Self {
        reply.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_reply_is_read_back_from_its_id() {
        for id in [
            "accept:7:2",
            "change:7:1",
            "human:7",
            "pick:7:A:B c",
            "pickup:9",
            "pay:1:pix",
            "swap:7:3:A:B:C:D",
        ] {
            assert_eq!(id.parse::<Reply>().unwrap().to_string(), id);
        }
        for id in [
            "",
            "accept:7",
            "human:7:1",
            "pick:x:A",
            "pay:1:gold",
            "accept:-1:2",
            "swap:7:A:B",
            "swap:7:1:A",
            "swap:7:0::B",
            "swap:7:1:é:B",
            "swap:7:9:A:B",
            "swap:7:99999999999999999999:A:B",
        ] {
            assert!(id.parse::<Reply>().is_err(), "{id}");
        }
    }

    fn sku() -> impl Strategy<Value = Sku> {
        "[^\\p{Cc}]{1,64}|[0-9:]{1,64}"
            .prop_filter_map("a code has visible characters", |code| code.parse::<Sku>().ok())
    }

    proptest! {
        /// 200 characters are the most that the entry of a list takes for its id.
        #[test]
        fn a_swap_is_read_back_whatever_its_codes_hold(
            number in any::<u32>(), out in sku(), into in sku(),
        ) {
            let swap = Reply::Swap { number: QuoteNumber(number), out, into };
            let id = swap.to_string();
            prop_assert!(id.chars().count() <= 200, "{}", id);
            prop_assert_eq!(id.parse::<Reply>(), Ok(swap));
        }
    }
}
