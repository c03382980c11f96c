//! The benchmarks. Each is a file beside this one, listed in `Cargo.toml`, and
//! runs with `cargo bench -p orcazap-benches --bench NAME`; with `-- --test` it
//! only checks its results.
//!
//! What they share is here: the hand-written loop that pricing is measured against, and
//! the clock.

pub mod goods;

use std::time::{Duration, Instant};

use orcazap_core::Quote;
use rust_decimal::Decimal;

/// The least that any program must do to price an order: its lines as whole numbers,
/// their prices and rates already looked up, multiplied, divided and summed.
pub struct Floor {
    lines: Vec<Line>,
    adjustment_pct: i128,
}

/// Everything in millionths.
struct Line {
    price: i128,
    qty: i128,
    cost: i128,
    pct: i128,
}

const MILLION: i128 = 1_000_000;

impl Floor {
    /// The lines of a quote; what is not known of them counts as nothing. A line at a
    /// fixed price comes to another amount here.
    #[must_use]
    pub fn of(quote: &Quote) -> Self {
        let lines = quote.lines().iter().map(|line| Line {
            price: millionths(line.unit_price.as_decimal()),
            qty: millionths(line.qty.as_decimal()),
            cost: line.product.cost.map_or(0, |cost| millionths(cost.as_decimal())),
            pct: millionths(line.discount_pct().as_decimal()),
        });
        let pct = quote.payment_term().map_or(0, |term| millionths(term.pct.as_decimal()));
        Self { lines: lines.collect(), adjustment_pct: pct }
    }

    /// What the lines come to with the payment's adjustment, in centavos, and the
    /// margin in hundredths of a percent.
    #[must_use]
    pub fn price(&self) -> (i128, i128) {
        let (mut subtotal, mut cost) = (0, 0);
        for line in &self.lines {
            let gross = div_round(line.price * line.qty, MILLION * 10_000);
            let discount = div_round(gross * line.pct, MILLION * 100);
            subtotal += gross - discount;
            cost += div_round(line.cost * line.qty, MILLION * 10_000);
        }
        let due = if self.adjustment_pct < 0 {
            subtotal - div_round(subtotal * -self.adjustment_pct, MILLION * 100)
        } else {
            subtotal + div_round(subtotal * self.adjustment_pct, MILLION * 100)
        };
        (due, (due - cost) * 10_000 / due)
    }
}

fn millionths(value: Decimal) -> i128 {
    let mut value = value;
    value.rescale(6);
    value.mantissa()
}

/// Half away from zero, for amounts that are not negative.
fn div_round(value: i128, by: i128) -> i128 {
    (value + by / 2) / by
}

/// The times of one call each: the fastest of many rounds, in which they take turns,
/// so that whatever else the machine does meets all of them alike.
pub fn times<const N: usize>(
    calls_a_round: u32,
    mut calls: [&mut dyn FnMut(); N],
) -> [Duration; N] {
    const ROUNDS: u32 = 40;
    let mut fastest = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (call, fastest) in calls.iter_mut().zip(&mut fastest) {
            let start = Instant::now();
            (0..calls_a_round).for_each(|_| call());
            *fastest = (*fastest).min(start.elapsed() / calls_a_round);
        }
    }
    fastest
}

/// How many times as long one takes as another, with one place.
#[must_use]
pub fn ratio(time: Duration, floor: Duration) -> String {
    let tenths = time.as_nanos() * 10 / floor.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Whether the ratios are to be printed: not in a mere check, nor in a list or a profile.
#[must_use]
pub fn is_measured() -> bool {
    let others = ["--test", "--list", "--profile-time"];
    !std::env::args().any(|argument| others.contains(&argument.as_str()))
}
