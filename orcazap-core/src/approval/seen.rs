//! What whoever has looked at some reasons has thereby looked at.

use rust_decimal::Decimal;

use super::reason::{HandPrice, Reason};
use crate::order::Payment;

impl Reason {
    /// Whether who has looked at other reasons has thereby looked at this one: there
    /// is one of the same code among them, and no figure is worse for the store.
    ///
    /// | code | worse is |
    /// | --- | --- |
    /// | `unknown_item`, `ambiguous_item` | other words |
    /// | `low_margin`, `low_line_margin`, `below_minimum` | less |
    /// | `high_value`, `large_quantity`, `out_of_stock` | more |
    /// | `no_freight_rule` | another place |
    /// | `credit_sale` | another way of paying, more days, more money |
    /// | `off_step` | another quantity |
    /// | `price_override` | a lower price, a higher discount, less freight |
    /// | `stale_cost` | another product, or a cost that is not known at all |
    ///
    /// `assisted_reading` and `rehearsal` have no figures. `second_person` is never
    /// covered: it asks for authority, and not for a look.
    #[must_use]
    pub fn is_covered_by(&self, seen: &[Self]) -> bool {
        seen.iter().any(|seen| is_no_worse(self, seen))
    }
}

fn is_no_worse(reason: &Reason, than: &Reason) -> bool {
    match (reason, than) {
        (Reason::UnknownItem { texts }, Reason::UnknownItem { texts: seen })
        | (Reason::AmbiguousItem { texts }, Reason::AmbiguousItem { texts: seen }) => {
            texts.iter().all(|text| seen.contains(text))
        }
        (Reason::LowMargin { found, .. }, Reason::LowMargin { found: seen, .. }) => {
            margin(*found) >= margin(*seen)
        }
        (Reason::LowLineMargin { lines, .. }, Reason::LowLineMargin { lines: seen, .. }) => {
            all_among(lines, seen, |(sku, found), (other, seen)| {
                sku == other && margin(*found) >= margin(*seen)
            })
        }
        (Reason::HighValue { found, .. }, Reason::HighValue { found: seen, .. }) => found <= seen,
        (Reason::NoFreightRule { place }, Reason::NoFreightRule { place: seen }) => place == seen,
        (
            Reason::CreditSale { payment, total },
            Reason::CreditSale { payment: paid, total: seen },
        ) => {
            let more = total.zip(*seen).is_none_or(|(total, seen)| total > seen);
            !more && payment.zip(*paid).is_some_and(|(payment, seen)| no_later(payment, seen))
        }
        (Reason::OutOfStock { short }, Reason::OutOfStock { short: seen }) => {
            all_among(short, seen, |now, seen| {
                now.sku == seen.sku && now.asked <= seen.asked && now.available >= seen.available
            })
        }
        (Reason::BelowMinimum { found, .. }, Reason::BelowMinimum { found: seen, .. }) => {
            found >= seen
        }
        (Reason::LargeQuantity { lines }, Reason::LargeQuantity { lines: seen }) => {
            all_among(lines, seen, |(sku, _, asked), (other, _, seen)| {
                sku == other && asked <= seen
            })
        }
        (Reason::OffStep { lines }, Reason::OffStep { lines: seen }) => {
            all_among(lines, seen, |now, seen| now == seen && now.asked.is_some())
        }
        (
            Reason::PriceOverride { lines, freight },
            Reason::PriceOverride { lines: seen, freight: paid },
        ) => {
            let less = |freight| paid.is_none_or(|seen| freight < seen);
            !freight.is_some_and(less) && all_among(lines, seen, is_no_cheaper)
        }
        (Reason::StaleCost { lines, .. }, Reason::StaleCost { lines: seen, .. }) => {
            // A night in the queue makes a cost a day older, and no news.
            all_among(lines, seen, |now, seen| {
                now.sku == seen.sku && (now.age_days.is_some() || seen.age_days.is_none())
            })
        }
        (Reason::AssistedReading, Reason::AssistedReading)
        | (Reason::Rehearsal, Reason::Rehearsal) => true,
        _ => false,
    }
}

/// Whether each has its like among those that were seen.
fn all_among<T>(now: &[T], seen: &[T], like: impl Fn(&T, &T) -> bool) -> bool {
    now.iter().all(|now| seen.iter().any(|seen| like(now, seen)))
}

/// A margin to compare; goods that cost something and are given away have the lowest.
fn margin(found: Option<Decimal>) -> Decimal {
    found.unwrap_or(Decimal::MIN)
}

fn no_later(payment: Payment, seen: Payment) -> bool {
    payment.method() == seen.method()
        && match (payment.days(), seen.days()) {
            (Some(days), Some(seen)) => days <= seen,
            (days, seen) => days == seen,
        }
}

fn is_no_cheaper(now: &HandPrice, seen: &HandPrice) -> bool {
    now.sku == seen.sku && now.price >= seen.price && now.discount <= seen.discount
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(json: &str) -> Reason {
        serde_json::from_str(json).unwrap()
    }

    /// Checks that a reason is covered by itself and by `worse`, and does not cover it.
    #[track_caller]
    fn check(now: &str, worse: &str) {
        let (now, worse) = (reason(now), reason(worse));
        assert!(now.is_covered_by(std::slice::from_ref(&now)), "by itself: {now:?}");
        assert!(now.is_covered_by(&[Reason::Rehearsal, worse.clone()]), "{now:?} by {worse:?}");
        assert!(!worse.is_covered_by(&[Reason::Rehearsal, now.clone()]), "{worse:?} by {now:?}");
    }

    #[test]
    fn what_is_no_worse_is_covered_and_what_is_worse_is_not() {
        for [now, worse] in [
            [
                r#"{"code":"unknown_item","texts":["guincho"]}"#,
                r#"{"code":"unknown_item","texts":["guincho","betoneira"]}"#,
            ],
            [
                r#"{"code":"low_margin","min":"10","found":"8"}"#,
                r#"{"code":"low_margin","min":"10","found":"7.99"}"#,
            ],
            [
                r#"{"code":"low_margin","min":"10","found":"-300"}"#,
                r#"{"code":"low_margin","min":"10","found":null}"#,
            ],
            [
                r#"{"code":"low_line_margin","min":"10","lines":[["A","8"]]}"#,
                r#"{"code":"low_line_margin","min":"10","lines":[["A","8"],["B","9"]]}"#,
            ],
            [
                r#"{"code":"high_value","max":"100.00","found":"150.00"}"#,
                r#"{"code":"high_value","max":"100.00","found":"150.01"}"#,
            ],
            [
                r#"{"code":"credit_sale","payment":{"method":"boleto","days":28},"total":"9.00"}"#,
                r#"{"code":"credit_sale","payment":{"method":"boleto","days":30},"total":"9.00"}"#,
            ],
            [
                r#"{"code":"credit_sale","payment":{"method":"store_credit"},"total":"9.00"}"#,
                r#"{"code":"credit_sale","payment":{"method":"store_credit"},"total":"9.01"}"#,
            ],
            [
                r#"{"code":"below_minimum","min":"50.00","found":"40.00"}"#,
                r#"{"code":"below_minimum","min":"50.00","found":"39.99"}"#,
            ],
            [
                r#"{"code":"large_quantity","lines":[["A","10","20"]]}"#,
                r#"{"code":"large_quantity","lines":[["A","10","21"]]}"#,
            ],
            [
                r#"{"code":"price_override","lines":[{"sku":"A","price":"9"}]}"#,
                r#"{"code":"price_override","lines":[{"sku":"A","price":"9","discount":"5"}]}"#,
            ],
            [
                r#"{"code":"price_override","freight":"30.00"}"#,
                r#"{"code":"price_override","freight":"29.00"}"#,
            ],
            [
                r#"{"code":"stale_cost","lines":[{"sku":"A","age_days":41}],"max_days":30}"#,
                r#"{"code":"stale_cost","lines":[{"sku":"A","age_days":null}],"max_days":30}"#,
            ],
        ] {
            check(now, worse);
        }
        let short = |asked, available| {
            let (asked, available) = (format!("\"{asked}\""), format!("\"{available}\""));
            let line = format!(
                r#"{{"sku":"A","asked":{asked},"available":{available},"substitutes":[]}}"#
            );
            format!(r#"{{"code":"out_of_stock","short":[{line}]}}"#)
        };
        check(&short(30, 12), &short(31, 12));
        check(&short(30, 12), &short(30, 11));
    }

    #[test]
    fn other_places_and_quantities_need_another_look_and_authority_is_never_seen() {
        for [now, seen] in [
            [
                r#"{"code":"no_freight_rule"}"#,
                r#"{"code":"no_freight_rule","place":{"pickup":true}}"#,
            ],
            [
                r#"{"code":"off_step","lines":[{"sku":"A","asked":"3","step":"2"}]}"#,
                r#"{"code":"off_step","lines":[{"sku":"A","asked":"5","step":"2"}]}"#,
            ],
            // Saved without figures: nobody knows what was seen.
            [
                r#"{"code":"credit_sale","payment":{"method":"store_credit"},"total":"9.00"}"#,
                r#"{"code":"credit_sale"}"#,
            ],
            [
                r#"{"code":"price_override","lines":[{"sku":"A","price":"9"}]}"#,
                r#"{"code":"price_override"}"#,
            ],
        ] {
            let (now, seen) = (reason(now), reason(seen));
            assert!(!now.is_covered_by(std::slice::from_ref(&seen)), "{now:?} by {seen:?}");
        }
        let second = reason(
            r#"{"code":"second_person","by":null,"limit":{"max_pct":"5"},
                "found":{"by_rules":"10.00","amount":"1.00"}}"#,
        );
        assert!(!second.is_covered_by(std::slice::from_ref(&second)));
    }
}
