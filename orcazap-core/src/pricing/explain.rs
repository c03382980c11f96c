//! A [`Trace`] in words, good enough to be read to a customer.
//!
//! ```text
//! Cimento CP II 50 kg: 10 sacos × R$ 40,00 = R$ 400,00
//!   desconto por volume (a partir de 10 de um mesmo item): 5% de R$ 400,00 = R$ 20,00
//!   com o desconto: R$ 400,00 - R$ 20,00 = R$ 380,00
//! Soma dos itens: R$ 380,00
//! Pix: desconto de 5% sobre R$ 380,00 = R$ 19,00
//! Frete para o bairro Centro: R$ 15,00
//! Total: R$ 380,00 - R$ 19,00 + R$ 15,00 = R$ 376,00
//! Válido até 12/03/2026 09:00: 48 horas depois de 10/03/2026 09:00
//! ```

use std::fmt::Write as _;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use super::validity::hours_after;
use super::{FreightArea, FreightRule, FreightSource, Load, PriceSource, Tier, TierScope};
use super::{PaymentTerm, Trace, TraceStep};
use crate::language::Language;
use crate::money::{Money, Percent};
use crate::order::Rounded;
use crate::place::Distance;
use crate::quantity::{Quantity, Unit};

/// A trace in words, one line a figure, to be read to a customer: without the steps
/// that are [confidential](TraceStep::is_confidential), which
/// [`explain_to_store`] says too. In Portuguese, or else in English with the language's
/// own figures.
#[must_use]
pub fn explain(trace: &Trace, language: Language) -> String {
    lines(trace.steps.iter().filter(|step| !step.is_confidential()), language)
}

/// A trace in words, one line a figure, for the store's eyes: with what the goods cost
/// it and what it earns. [`explain`] is what may be read to a customer.
#[must_use]
pub fn explain_to_store(trace: &Trace, language: Language) -> String {
    lines(trace.steps.iter(), language)
}

fn lines<'a>(steps: impl Iterator<Item = &'a TraceStep>, language: Language) -> String {
    // Nothing off needs no sum.
    let says_more = |step: &&TraceStep| !matches!(step, TraceStep::Net { gross, result, .. } if gross == result);
    let lines: Vec<String> =
        steps.filter(says_more).map(|step| explain_step(step, language)).collect();
    lines.join("\n")
}

/// One step of a trace in words, without a line break. Of a
/// [confidential](TraceStep::is_confidential) one too.
#[must_use]
pub fn explain_step(step: &TraceStep, language: Language) -> String {
    let money = |amount| language.money(amount);
    let pick = |portuguese, english| language.pick(portuguese, english);
    match step {
        TraceStep::Gross {
            name, qty, unit, rounded, step, unit_price, price_from, result, ..
        } => {
            let asked = rounded.map(|rounded| rounded_up(rounded, *step, *unit, language));
            let goods = format!(
                "{name}: {}{}",
                language.quantity(qty.as_decimal(), *unit),
                asked.unwrap_or_default()
            );
            let (price, result) = (language.price(*unit_price), money(*result));
            match price_from {
                PriceSource::List => format!("{goods} × {price} = {result}"),
                PriceSource::PriceList(list) => {
                    let label = pick("tabela", "price list");
                    format!("{goods} × {price} ({label} {list}) = {result}")
                }
                PriceSource::Point => {
                    format!(
                        "{goods} {} {result}",
                        pick("pelo preço fixo de", "at the fixed price of")
                    )
                }
                PriceSource::Hand { .. } => {
                    format!(
                        "{goods} × {price} ({}) = {result}",
                        pick("preço combinado", "agreed price")
                    )
                }
            }
        }
        TraceStep::Discount { pct, tier: Some(tier), .. } if *pct == Percent::ZERO => {
            let label = pick("sem desconto por volume", "no volume discount");
            format!("  {label} ({})", tier_words(tier, language))
        }
        TraceStep::Discount { gross, pct, tier, result, .. } => {
            let label = match tier {
                Some(tier) => {
                    let label = pick("desconto por volume", "volume discount");
                    format!("{label} ({})", tier_words(tier, language))
                }
                None => pick("desconto combinado", "agreed discount").to_owned(),
            };
            let (pct, of) = (percent(pct.as_decimal(), language), pick("de", "of"));
            format!("  {label}: {pct} {of} {} = {}", money(*gross), money(*result))
        }
        TraceStep::Net { gross, discount, result, .. } => {
            let label = pick("com o desconto", "with the discount");
            format!("  {label}: {} - {} = {}", money(*gross), money(*discount), money(*result))
        }
        TraceStep::Subtotal { nets, result } => {
            let label = pick("Soma dos itens", "Sum of the items");
            match nets.as_slice() {
                [_, _, ..] => format!("{label}: {} = {}", sum(nets, language), money(*result)),
                _ => format!("{label}: {}", money(*result)),
            }
        }
        TraceStep::Adjustment { subtotal, term, result } => {
            adjustment(*subtotal, *term, *result, language)
        }
        TraceStep::Freight { from, load, distance, due, trips, paid_kg, result } => match from {
            FreightSource::Rule(rule) => {
                let (load, distance, due) = (*load, *distance, *due);
                FreightWords { rule, load, distance, due, language }
                    .explain(*trips, *paid_kg, *result)
            }
            FreightSource::Pickup => {
                pick("Retirada na loja: sem frete", "Pickup at the store: no freight").to_owned()
            }
            FreightSource::Hand => {
                let label = pick("Frete combinado", "Agreed freight");
                format!("{label}: {}", money(result.unwrap_or(Money::ZERO)))
            }
            FreightSource::NoRule => pick("Frete: a combinar", "Freight: to be agreed").to_owned(),
        },
        TraceStep::Total { subtotal, adjustment, freight, result } => {
            total(*subtotal, *adjustment, *freight, *result, language)
        }
        TraceStep::Validity { priced_at, hours, closed_days, result } => {
            validity(*priced_at, *hours, closed_days, *result, language)
        }
        TraceStep::LineCost { name, qty, unit, unit_cost, result, .. } => {
            let (label, qty) = (pick("Custo de", "Cost of"), qty.as_decimal());
            let (goods, price) = (language.quantity(qty, *unit), language.price(*unit_cost));
            format!("{label} {name}: {goods} × {price} = {}", money(*result))
        }
        TraceStep::Cost { costs, result } => cost(costs, *result, language),
        TraceStep::Margin { due, cost, result } => margin(*due, *cost, *result, language),
    }
}

/// ` (pedido: 19 m²; vendido de 1 em 1 caixa)`.
fn rounded_up(rounded: Rounded, step: Quantity, unit: Unit, language: Language) -> String {
    let asked = rounded.asked.as_decimal();
    let asked = language.quantity(asked, rounded.unit.unwrap_or(unit));
    let steps = language.quantity(step.as_decimal(), unit);
    language.pick(
        format!(" (pedido: {asked}; vendido de {} em {steps})", language.number(step.as_decimal())),
        format!(" (asked for {asked}; sold in steps of {steps})"),
    )
}

/// All places of a percentage, so that the arithmetic can be checked.
fn percent(pct: Decimal, language: Language) -> String {
    format!("{}%", language.number(pct))
}

/// `R$ 1,00 + R$ 2,00`.
fn sum(amounts: &[Money], language: Language) -> String {
    let amounts: Vec<String> = amounts.iter().map(|amount| language.money(*amount)).collect();
    amounts.join(" + ")
}

/// Whom a tier is for, and from how many on.
fn tier_words(tier: &Tier, language: Language) -> String {
    let pick = |portuguese, english| language.pick(portuguese, english);
    let from =
        format!("{} {}", pick("a partir de", "from"), language.number(tier.min_qty.as_decimal()));
    match &tier.scope {
        TierScope::Product(_) => format!("{from} {}", pick("deste produto", "of this product")),
        TierScope::Category(name) => {
            format!(
                "{from} {} {name}",
                pick("de um mesmo item da categoria", "of one item of the category")
            )
        }
        TierScope::Store => format!("{from} {}", pick("de um mesmo item", "of one item")),
    }
}

fn adjustment(subtotal: Money, term: PaymentTerm, result: Money, language: Language) -> String {
    let money = |amount| language.money(amount);
    let pick = |portuguese, english| language.pick(portuguese, english);
    let method = language.payment(term.payment());
    let pct = term.pct.as_decimal();
    if pct.is_zero() {
        return format!("{method}: {}", pick("sem acréscimo", "no surcharge"));
    }
    let (kind, result) = if pct < Decimal::ZERO {
        (pick("desconto de", "discount of"), -result)
    } else {
        (pick("acréscimo de", "surcharge of"), result)
    };
    let (pct, on) = (percent(pct.abs(), language), pick("sobre", "on"));
    format!("{method}: {kind} {pct} {on} {} = {}", money(subtotal), money(result))
}

fn total(
    subtotal: Money,
    adjustment: Money,
    freight: Option<Money>,
    result: Money,
    language: Language,
) -> String {
    let money = |amount| language.money(amount);
    let pick = |portuguese, english| language.pick(portuguese, english);
    let mut parts = money(subtotal);
    for part in [Some(adjustment), freight].into_iter().flatten().filter(|p| *p != Money::ZERO) {
        let (sign, part) = if part.is_negative() { ('-', -part) } else { ('+', part) };
        let _ = write!(parts, " {sign} {}", money(part));
    }
    let open = match freight {
        Some(_) => "",
        None => pick(" (sem o frete)", " (without freight)"),
    };
    let result = money(result);
    if parts == result {
        format!("Total: {result}{open}")
    } else {
        format!("Total: {parts} = {result}{open}")
    }
}

/// Until when a quote stands, and why.
fn validity(
    priced_at: DateTime<FixedOffset>,
    hours: Option<u32>,
    closed: &[NaiveDate],
    until: DateTime<FixedOffset>,
    language: Language,
) -> String {
    let pick = |portuguese, english| language.pick(portuguese, english);
    let instant = |instant: DateTime<FixedOffset>| {
        instant.format(pick("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M")).to_string()
    };
    let valid = format!("{} {}", pick("Válido até", "Valid until"), instant(until));
    let Some(hours) = hours else { return valid };
    let hour = if hours == 1 { pick("hora", "hour") } else { pick("horas", "hours") };
    let after = format!("{hours} {hour} {} {}", pick("depois de", "after"), instant(priced_at));
    let end = hours_after(priced_at, hours);
    let on_an_open_day = end.and_then(|end| end.checked_add_days(Days::new(closed.len() as u64)));
    let closing = match on_an_open_day {
        Some(end) if end < until => {
            pick(" e então até a loja fechar", " and then until closing time")
        }
        Some(_) | None => "",
    };
    format!("{valid}: {after}{closing}{}", not_counting(closed, language))
}

/// `, sem contar os dias fechados (25/12, 26/12)`; just how many, when there are many.
fn not_counting(closed: &[NaiveDate], language: Language) -> String {
    const NAMED: usize = 7;
    let pick = |portuguese, english| language.pick(portuguese, english);
    let day = |day: &NaiveDate| day.format(pick("%d/%m", "%Y-%m-%d")).to_string();
    match closed {
        [] => String::new(),
        [one] => {
            format!(
                "{} ({})",
                pick(", sem contar o dia fechado", ", not counting the closed day"),
                day(one)
            )
        }
        some if some.len() <= NAMED => {
            let days: Vec<String> = some.iter().map(day).collect();
            let label = pick(", sem contar os dias fechados", ", not counting the closed days");
            format!("{label} ({})", days.join(", "))
        }
        many => {
            let number = language.number(many.len().into());
            let (but, closed) =
                (pick(", sem contar", ", not counting"), pick("dias fechados", "closed days"));
            format!("{but} {number} {closed}")
        }
    }
}

fn cost(costs: &[Option<Money>], result: Option<Money>, language: Language) -> String {
    let money = |amount| language.money(amount);
    let pick = |portuguese, english| language.pick(portuguese, english);
    let label = pick("Custo", "Cost");
    if let Some(result) = result {
        let known: Vec<Money> = costs.iter().copied().flatten().collect();
        return match known.as_slice() {
            [_, _, ..] => format!("{label}: {} = {}", sum(&known, language), money(result)),
            _ => format!("{label}: {}", money(result)),
        };
    }
    let missing = costs.iter().filter(|cost| cost.is_none()).count();
    let unknown = pick("não informado em", "not known for");
    let items = match missing {
        1 => "item",
        _ => pick("itens", "items"),
    };
    format!("{label}: {unknown} {missing} {items}")
}

fn margin(due: Money, cost: Option<Money>, result: Option<Decimal>, language: Language) -> String {
    let money = |amount| language.money(amount);
    let pick = |portuguese, english| language.pick(portuguese, english);
    let label = pick("Margem", "Margin");
    let Some(cost) = cost else {
        return format!("{label}: {}", pick("falta saber o custo", "the cost is not known"));
    };
    let Some(result) = result else {
        return format!("{label}: {}", pick("não se aplica", "not applicable"));
    };
    let (due, cost) = (money(due), money(cost));
    format!("{label}: ({due} - {cost}) ÷ {due} = {}", percent(result, language))
}

/// What freight by a rule is explained from.
struct FreightWords<'a> {
    rule: &'a FreightRule,
    load: Load,
    distance: Option<Distance>,
    due: Money,
    language: Language,
}

impl FreightWords<'_> {
    fn explain(&self, trips: Option<Decimal>, paid: Option<Decimal>, fee: Option<Money>) -> String {
        let money = |amount| self.language.money(amount);
        let pick = |portuguese, english| self.language.pick(portuguese, english);
        let area = self.area();
        if self.rule.is_free(self.due) {
            let free_above = money(self.rule.free_above.unwrap_or(Money::ZERO));
            let why = pick("grátis em pedidos a partir de", "free for orders from");
            return format!("{area}: {why} {free_above}");
        }
        let (trips, paid) = (trips.unwrap_or(Decimal::ONE), paid.unwrap_or(Decimal::ZERO));
        let fee = money(fee.unwrap_or(Money::ZERO));
        let mut parts = self.language.price(self.rule.base);
        if trips > Decimal::ONE {
            let several = pick("viagens", "trips");
            let _ = write!(parts, " × {} {several}{}", self.language.number(trips), self.truck());
        }
        if !paid.is_zero() && !self.rule.per_kg.as_decimal().is_zero() {
            let (per_kg, paid) =
                (self.language.price(self.rule.per_kg), self.language.number(paid));
            let _ = write!(parts, " + {paid} kg × {per_kg}{}", self.included());
        }
        if parts == fee { format!("{area}: {fee}") } else { format!("{area}: {parts} = {fee}") }
    }

    fn area(&self) -> String {
        let pick = |portuguese, english| self.language.pick(portuguese, english);
        match &self.rule.area {
            FreightArea::Bairro { bairro } => {
                format!("{} {bairro}", pick("Frete para o bairro", "Freight to the neighborhood"))
            }
            FreightArea::Ceps { cep_from, cep_to } => {
                let (label, to) = (pick("Frete para o CEP", "Freight to CEP"), pick("a", "to"));
                format!("{label} {cep_from} {to} {cep_to}")
            }
            FreightArea::Distance { up_to_km } => {
                let km = |distance: Distance| self.language.number(distance.as_decimal());
                let (label, away) = (pick("Frete até", "Freight up to"), pick("daqui", "away"));
                let band = format!("{label} {} km {away}", km(*up_to_km));
                let Some(distance) = self.distance else { return band };
                let crow = pick("em linha reta", "as the crow flies");
                format!("{band} ({} km {crow})", km(distance))
            }
        }
    }

    /// Why the truck goes more than once.
    fn truck(&self) -> String {
        let pick = |portuguese, english| self.language.pick(portuguese, english);
        let number = |number| self.language.number(number);
        let (load, carries) = (pick("carga de", "load of"), pick("por viagem", "a trip"));
        let by_weight = self.rule.truck_kg.map(|truck| {
            let load_kg = number(self.load.weight_kg);
            format!("{load} {load_kg} kg, {} kg {carries}", number(truck.as_decimal()))
        });
        let by_volume = self.rule.truck_m3.map(|truck| {
            let load_m3 = number(self.load.volume_m3);
            format!("{load} {load_m3} m³, {} m³ {carries}", number(truck.as_decimal()))
        });
        let both: Vec<String> = by_weight.into_iter().chain(by_volume).collect();
        format!(" ({})", both.join("; "))
    }

    /// Which kilograms cost nothing on top.
    fn included(&self) -> String {
        let pick = |portuguese, english| self.language.pick(portuguese, english);
        let included = self.rule.included_kg.as_decimal();
        if included.is_zero() {
            return String::new();
        }
        format!(" ({} {} kg)", pick("acima de", "above"), self.language.number(included))
    }
}
