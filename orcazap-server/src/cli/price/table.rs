//! Compared orders as a table, for an owner at a terminal: a row an order with its
//! changed lines below it, and the sum.

use orcazap_core::pricing::{Change, DecisionChange, LineChange, Summary};
use orcazap_core::{Language, Money};
use rust_decimal::Decimal;

/// The longest id shown, in characters.
const ID: usize = 16;

/// The names of the columns.
pub(super) fn head() -> String {
    row(["order", "before", "after", "difference", "margin", "decision"].map(str::to_owned))
}

/// One order, and below it the lines whose price changes.
pub(super) fn order(id: &str, change: &Change) -> String {
    let (before, after) = (&change.before.quote, &change.after.quote);
    let mut text = row([
        shown(id),
        money(before.total()),
        money(after.total()),
        money(change.difference()),
        margins(before.margin_pct(), after.margin_pct()),
        match change.decision() {
            DecisionChange::Same => "same".to_owned(),
            DecisionChange::NowAuto => "goes out by itself".to_owned(),
            DecisionChange::NowAsks => "needs a person".to_owned(),
        },
    ]);
    for LineChange { sku, before, after } in change.lines() {
        let sku = format!("  {}", shown(sku.as_str()));
        let (before, after, by) = (money(before), money(after), money(after - before));
        text.push('\n');
        text.push_str(&row([sku, before, after, by, String::new(), String::new()]));
    }
    text
}

/// What all orders come to.
pub(super) fn sum(summary: &Summary) -> String {
    let Summary { orders, cheaper, dearer, now_auto, now_asks, .. } = summary;
    let (before, after) = (summary.total_before, summary.total_after);
    let totals = row([
        "sum".to_owned(),
        money(before),
        money(after),
        money(after - before),
        margins(summary.margin_pct_before, summary.margin_pct_after),
        String::new(),
    ]);
    format!(
        "{totals}\n\n{orders} orders: {cheaper} cheaper, {dearer} dearer; {now_auto} would go out \
         by themselves, {now_asks} would need a person"
    )
}

fn row([order, before, after, difference, margin, decision]: [String; 6]) -> String {
    let row =
        format!("{order:<18} {before:>15} {after:>15} {difference:>14} {margin:>17}  {decision}");
    row.trim_end().to_owned()
}

/// What was written by somebody else, short and without what moves a terminal's cursor.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).take(ID).collect()
}

fn money(amount: Money) -> String {
    Language::Portuguese.money(amount)
}

fn margins(before: Option<Decimal>, after: Option<Decimal>) -> String {
    let text = |margin: Option<Decimal>| {
        margin
            .map_or_else(|| "–".to_owned(), |pct| format!("{}%", Language::Portuguese.number(pct)))
    };
    format!("{} → {}", text(before), text(after))
}
