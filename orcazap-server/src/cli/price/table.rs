//! Compared orders as a table, for an owner at a terminal: a row an order with its
//! changed lines, payment and freight below it, and the sum. In Portuguese, as the
//! store's own pages say it.

use orcazap_core::pricing::{
    Change, DecisionChange, DiscountSource, LineChange, PriceSource, PricedBy, RuleChange, Summary,
    Tier, TierScope,
};
use orcazap_core::{Money, Percent};
use rust_decimal::Decimal;

use crate::views::format::{brl, number, percent};
use crate::views::prices::words::{carried, paid};

/// The longest id shown, in characters.
const ID: usize = 16;

/// The names of the columns.
pub(super) fn head() -> String {
    row(["pedido", "antes", "depois", "diferença", "margem", "decisão"].map(str::to_owned))
}

/// One order, and below it the lines whose price changes, and the payment term and the
/// freight rule that do.
pub(super) fn order(id: &str, change: &Change) -> String {
    let (before, after) = (&change.before.quote, &change.after.quote);
    let mut text = row([
        shown(id),
        brl(before.total()),
        brl(after.total()),
        brl(change.difference()),
        margins(before.margin_pct(), after.margin_pct()),
        match change.decision() {
            DecisionChange::Same => "igual".to_owned(),
            DecisionChange::NowAuto => "passa a sair sozinho".to_owned(),
            DecisionChange::NowAsks => "passa a esperar aprovação".to_owned(),
            DecisionChange::OtherReasons => "espera aprovação por outro motivo".to_owned(),
        },
    ]);
    for line in change.lines() {
        let LineChange { sku, before, after, margin_pct_before, margin_pct_after, rules } = line;
        let rules: Vec<String> = rules.iter().map(rule).collect();
        text.push('\n');
        text.push_str(&row([
            format!("  {}", shown(sku.as_str())),
            brl(before),
            brl(after),
            brl(after - before),
            margins(margin_pct_before, margin_pct_after),
            rules.join("; "),
        ]));
    }
    for change in change.rules() {
        let (name, before, after) = match &change {
            RuleChange::Payment { before, after } => {
                ("pagamento", Some(before.adjustment), Some(after.adjustment))
            }
            RuleChange::Freight { before, after } => ("frete", before.fee, after.fee),
            RuleChange::Price { .. } | RuleChange::Discount { .. } => continue,
        };
        let sum = |amount: Option<Money>| amount.map_or("–".to_owned(), brl);
        let difference = after.unwrap_or(Money::ZERO) - before.unwrap_or(Money::ZERO);
        let [before, after, difference] = [sum(before), sum(after), brl(difference)];
        text.push('\n');
        text.push_str(&row([
            format!("  {name}"),
            before,
            after,
            difference,
            String::new(),
            rule(&change),
        ]));
    }
    text
}

/// `sem desconto → 10% a partir de 3 (loja toda)`.
fn rule(change: &RuleChange) -> String {
    let (before, after) = match change {
        RuleChange::Price { before, after } => (priced(before), priced(after)),
        RuleChange::Discount { before, after } => (discount(before), discount(after)),
        RuleChange::Payment { before, after } => (paid(before), paid(after)),
        RuleChange::Freight { before, after } => (carried(before), carried(after)),
    };
    without_control(&format!("{before} → {after}")).collect()
}

/// Where a line's price comes from, and what it makes of the line.
fn priced(PricedBy { from, gross }: &PricedBy) -> String {
    let from = match from {
        PriceSource::List => "preço do catálogo".to_owned(),
        PriceSource::PriceList(name) => format!("tabela {name}"),
        PriceSource::Point => "preço fixo".to_owned(),
        PriceSource::Hand { .. } => "preço combinado".to_owned(),
    };
    format!("{from} {}", brl(*gross))
}

fn discount(source: &DiscountSource) -> String {
    let pct = |pct: Percent| percent(pct.as_decimal());
    match source {
        DiscountSource::Nothing => "sem desconto".to_owned(),
        DiscountSource::Tier(tier) => format!("{} {}", pct(tier.pct), from(tier)),
        DiscountSource::Hand(by_hand) => format!("{} combinado", pct(*by_hand)),
    }
}

/// From how many on a tier holds, and for what.
fn from(tier: &Tier) -> String {
    let scope = match &tier.scope {
        TierScope::Product(_) => "deste produto".to_owned(),
        TierScope::Category(name) => format!("categoria {name}"),
        TierScope::Store => "loja toda".to_owned(),
    };
    format!("a partir de {} ({scope})", number(tier.min_qty.as_decimal()))
}

/// What all orders come to.
pub(super) fn sum(summary: &Summary) -> String {
    let (before, after) = (summary.total_before, summary.total_after);
    let totals = row([
        "soma".to_owned(),
        brl(before),
        brl(after),
        brl(after - before),
        margins(summary.margin_pct_before, summary.margin_pct_after),
        String::new(),
    ]);
    let counted = [
        ("pedidos", summary.orders),
        ("mais baratos", summary.cheaper),
        ("mais caros", summary.dearer),
        ("passam a sair sozinhos", summary.now_auto),
        ("passam a esperar aprovação", summary.now_asks),
        ("esperam por outro motivo", summary.other_reasons),
    ];
    let counted = counted.map(|(name, count)| format!("{name}: {}", number(count)));
    format!("{totals}\n\n{}", counted.join(" · "))
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

fn margins(before: Option<Decimal>, after: Option<Decimal>) -> String {
    let text = |margin: Option<Decimal>| margin.map_or("–".to_owned(), percent);
    format!("{} → {}", text(before), text(after))
}
