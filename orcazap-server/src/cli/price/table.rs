//! Compared orders as a table, for an owner at a terminal: a row an order with its
//! changed lines, payment and freight below it, and the sum.

use orcazap_core::pricing::{
    AdjustedBy, Change, DecisionChange, DeliveredBy, DiscountSource, FreightSource, LineChange,
    PriceSource, PricedBy, RuleChange, Summary,
};
use orcazap_core::{Language, Money, Percent};
use rust_decimal::Decimal;

/// The longest id shown, in characters.
const ID: usize = 16;

/// The names of the columns.
pub(super) fn head() -> String {
    row(["order", "before", "after", "difference", "margin", "decision"].map(str::to_owned))
}

/// One order, and below it the lines whose price changes, and the payment term and the
/// freight rule that do.
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
            DecisionChange::OtherReasons => "needs a person for other reasons".to_owned(),
        },
    ]);
    for line in change.lines() {
        let LineChange { sku, before, after, margin_pct_before, margin_pct_after, rules } = line;
        let rules: Vec<String> = rules.iter().map(rule).collect();
        text.push('\n');
        text.push_str(&row([
            format!("  {}", shown(sku.as_str())),
            money(before),
            money(after),
            money(after - before),
            margins(margin_pct_before, margin_pct_after),
            rules.join("; "),
        ]));
    }
    for change in change.rules() {
        let (name, before, after) = match &change {
            RuleChange::Payment { before, after } => {
                ("payment", Some(before.adjustment), Some(after.adjustment))
            }
            RuleChange::Freight { before, after } => ("freight", before.fee, after.fee),
            RuleChange::Price { .. } | RuleChange::Discount { .. } => continue,
        };
        let sum = |amount: Option<Money>| amount.map_or("–".to_owned(), money);
        let difference = after.unwrap_or(Money::ZERO) - before.unwrap_or(Money::ZERO);
        text.push('\n');
        let cells = [format!("  {name}"), sum(before), sum(after), money(difference)];
        let [name, before, after, difference] = cells;
        text.push_str(&row([name, before, after, difference, String::new(), rule(&change)]));
    }
    text
}

/// `no discount → 10% for the store from 3 on`.
fn rule(change: &RuleChange) -> String {
    let priced = |PricedBy { from, gross }: &PricedBy| {
        let from = match from {
            PriceSource::List => "base price".to_owned(),
            PriceSource::PriceList(name) => format!("price list {name}"),
            PriceSource::Point => "fixed price".to_owned(),
            PriceSource::Hand { .. } => "price by hand".to_owned(),
        };
        format!("{from} {}", money(*gross))
    };
    let pct = |pct: Percent| format!("{}%", Language::Portuguese.number(pct.as_decimal()));
    let discount = |source: &DiscountSource| match source {
        DiscountSource::Nothing => "no discount".to_owned(),
        DiscountSource::Tier(tier) => format!("{} for {tier}", pct(tier.pct)),
        DiscountSource::Hand(by_hand) => format!("{} by hand", pct(*by_hand)),
    };
    let term = |AdjustedBy { term, .. }: &AdjustedBy| match term {
        None => "no payment term".to_owned(),
        Some(term) => format!("{term} {}", pct(term.pct)),
    };
    let freight = |DeliveredBy { from, .. }: &DeliveredBy| match from {
        FreightSource::Rule(rule) => rule.to_string(),
        FreightSource::Pickup => "pickup".to_owned(),
        FreightSource::Hand => "freight by hand".to_owned(),
        FreightSource::NoRule => "no freight rule".to_owned(),
    };
    let (before, after) = match change {
        RuleChange::Price { before, after } => (priced(before), priced(after)),
        RuleChange::Discount { before, after } => (discount(before), discount(after)),
        RuleChange::Payment { before, after } => (term(before), term(after)),
        RuleChange::Freight { before, after } => (freight(before), freight(after)),
    };
    without_control(&format!("{before} → {after}")).collect()
}

/// What all orders come to.
pub(super) fn sum(summary: &Summary) -> String {
    let Summary { orders, cheaper, dearer, now_auto, now_asks, other_reasons, .. } = summary;
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
         by themselves, {now_asks} would need a person, {other_reasons} for other reasons"
    )
}

fn row([order, before, after, difference, margin, decision]: [String; 6]) -> String {
    let row =
        format!("{order:<18} {before:>15} {after:>15} {difference:>14} {margin:>17}  {decision}");
    row.trim_end().to_owned()
}

/// What was written by somebody else, short and without what moves a terminal's cursor.
fn shown(text: &str) -> String {
    without_control(text).take(ID).collect()
}

fn without_control(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| if c.is_control() { '?' } else { c })
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
