//! "Custos do WhatsApp": what a month came to, for the owner.

use std::collections::BTreeMap;

use axum::response::Response;
use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, Utc};
use orcazap_core::Money;
use orcazap_core::authority::Role;
use orcazap_store::{Channel, Charge, ChargesOf, ConversationId, TenantTx};
use orcazap_whatsapp::cost::{Category, CostError, Delivered, PriceList};
use rust_decimal::Decimal;

use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::views::costs::{Figure, Line, Named, Show};
use crate::views::format;
use crate::views::frame::Section;
use crate::views::words::{self, Tone};

/// How many months before this one are shown.
const PAST: u32 = 5;

/// The page.
pub(super) async fn show(desk: Desk) -> Result<Response, PageError> {
    if desk.staff.role != Role::Owner {
        return Err(PageError::NotFound);
    }
    let prices = &desk.app.config.graph.prices;
    let month = month_of(desk.now);
    let allowance = allowance(prices, month);
    let mut tx = desk.tx().await?;
    let channels = tx.list_channels().await?;
    let charges = tx.list_charges(ChargesOf::Month(month), allowance).await?;
    let conversations = tx.count_charged_conversations(month).await?;
    let mut past = Vec::new();
    for back in 1..=PAST {
        let Some(before) = month.checked_sub_months(Months::new(back)) else { break };
        let charges = tx.list_charges(ChargesOf::Month(before), self::allowance(prices, before));
        let bill = Bill::of(&charges.await?, prices);
        if bill.messages > 0 {
            past.push(Named { label: words::month(before), value: format::brl(bill.total) });
        }
    }
    drop(tx);
    let bill = Bill::of(&charges, prices);
    let page = Show {
        month: words::month(month),
        tiles: tiles(&bill, conversations),
        lines: bill.lines.iter().map(|(category, line)| shown(*category, line)).collect(),
        unpriced: bill
            .unpriced
            .iter()
            .map(|(category, count)| unpriced(category, *count))
            .collect(),
        numbers: left(&charges, &channels, allowance),
        past,
        basis: basis(prices, month, bill.estimated),
    };
    desk.show(Section::Home, &page).await
}

/// What this month has come to so far.
pub(super) async fn this_month(
    tx: &mut TenantTx,
    prices: &PriceList,
    now: DateTime<Utc>,
) -> Result<Money, PageError> {
    let month = month_of(now);
    let charges = tx.list_charges(ChargesOf::Month(month), allowance(prices, month)).await?;
    Ok(Bill::of(&charges, prices).total)
}

/// What a conversation has come to, in words; `None` while nothing of it arrived.
pub(super) async fn of_conversation(
    tx: &mut TenantTx,
    conversation: ConversationId,
    prices: &PriceList,
    now: DateTime<Utc>,
) -> Result<Option<String>, PageError> {
    let allowance = allowance(prices, month_of(now));
    let charges = tx.list_charges(ChargesOf::Conversation(conversation), allowance).await?;
    let bill = Bill::of(&charges, prices);
    if bill.messages == 0 {
        return Ok(None);
    }
    let what = delivered(bill.messages);
    let messages = format::number(bill.messages);
    let cost =
        if bill.total == Money::ZERO { "grátis".to_owned() } else { format::brl(bill.total) };
    Ok(Some(format!("{cost} · {messages} {what}")))
}

/// Messages of one category, added up.
#[derive(Debug, Default)]
struct Sum {
    messages: u32,
    charged: u32,
    reais: Decimal,
}

/// What charges come to.
#[derive(Debug, Default)]
struct Bill {
    lines: BTreeMap<Category, Sum>,
    /// Categories of which no price is known, and how many messages.
    unpriced: BTreeMap<String, u32>,
    total: Money,
    messages: u32,
    /// Whether something is our estimate.
    estimated: bool,
}

impl Bill {
    fn of(charges: &[Charge], prices: &PriceList) -> Self {
        let mut bill = Self::default();
        let mut reais = Decimal::ZERO;
        for charge in charges {
            let delivered = Delivered {
                category: charge.category.clone(),
                kind: charge.kind.clone(),
                messages: charge.messages,
                in_allowance: charge.in_allowance,
            };
            bill.messages = bill.messages.saturating_add(charge.messages);
            bill.estimated |= !charge.told;
            match prices.bill(&delivered, charge.month) {
                Ok(billed) => {
                    let line = bill.lines.entry(billed.category).or_default();
                    line.messages = line.messages.saturating_add(billed.messages);
                    line.charged = line.charged.saturating_add(billed.charged);
                    line.reais = line.reais.saturating_add(billed.cost.reais);
                    reais = reais.saturating_add(billed.cost.reais);
                }
                Err(error) => {
                    let what = match error {
                        CostError::UnknownCategory { category } => category,
                        _ => words::month(charge.month),
                    };
                    let count = bill.unpriced.entry(what).or_default();
                    *count = count.saturating_add(charge.messages);
                }
            }
        }
        // An amount beyond what money can be would take more messages than can be counted.
        bill.total = Money::rounded(reais).unwrap_or_default();
        bill
    }
}

fn tiles(bill: &Bill, conversations: i64) -> Vec<Figure> {
    let figure = |value: String, label| Figure { value, label, tone: Tone::Plain };
    let each = bill.total.as_decimal().checked_div(conversations.max(1).into());
    let each = Money::rounded(each.unwrap_or_default()).unwrap_or_default();
    vec![
        figure(format::brl(bill.total), "até agora neste mês"),
        figure(format::brl(each), "em média por conversa"),
        figure(
            format::number(conversations),
            if conversations == 1 { "conversa no mês" } else { "conversas no mês" },
        ),
        figure(format::number(bill.messages), delivered(bill.messages)),
    ]
}

fn delivered(messages: u32) -> &'static str {
    if messages == 1 { "mensagem entregue" } else { "mensagens entregues" }
}

fn shown(category: Category, sum: &Sum) -> Line {
    let (label, hint) = words::category(category);
    Line {
        label,
        hint,
        messages: format::number(sum.messages),
        charged: format::number(sum.charged),
        cost: format::brl(Money::rounded(sum.reais).unwrap_or_default()),
    }
}

fn unpriced(category: &str, count: u32) -> String {
    let count = format::number(count);
    format!(
        "{count} sem preço conhecido ({category}): elas não estão na soma. Confira na fatura da Meta."
    )
}

/// What is left of the free messages of each number.
fn left(charges: &[Charge], channels: &[Channel], allowance: u32) -> Vec<Named> {
    if allowance == 0 {
        return Vec::new();
    }
    let line = |channel: &Channel| {
        let own = charges.iter().filter(|charge| charge.channel == channel.id);
        let used: u32 = own.map(|charge| charge.in_allowance).sum();
        let (left, whole) = (allowance.saturating_sub(used), format::number(allowance));
        let value = match left {
            0 => format!("acabaram: as {whole} do mês já foram usadas"),
            left => format!("restam {} de {whole}", format::number(left)),
        };
        Named { label: channel.display_name.clone(), value }
    };
    channels.iter().map(line).collect()
}

fn basis(prices: &PriceList, month: NaiveDate, estimated: bool) -> String {
    let Ok(rates) = prices.rates(month) else {
        return "Não há lista de preços para este mês.".to_owned();
    };
    let mut basis = format!("Pela lista de preços que vale desde {}", format::date(rates.from));
    if rates.currency != "BRL" {
        let rate = Money::rounded(rates.reais).unwrap_or_default();
        let currency = if rates.currency == "USD" { "o dólar" } else { &rates.currency };
        basis.push_str(&format!(", com {currency} a {}", format::brl(rate)));
    }
    basis.push_str(". O valor certo é o da fatura da Meta.");
    if estimated {
        basis.push_str(
            " Parte das mensagens ainda é estimativa: o WhatsApp não disse o tipo delas.",
        );
    }
    basis
}

/// How many service messages of a number are free in a month.
fn allowance(prices: &PriceList, month: NaiveDate) -> u32 {
    prices.rates(month).map_or(0, |rates| rates.free_service)
}

/// The first day of the month, in Brasília, where accounts are billed.
fn month_of(now: DateTime<Utc>) -> NaiveDate {
    let brasilia = FixedOffset::west_opt(3 * 3600);
    let today = brasilia.map_or(now.date_naive(), |zone| now.with_timezone(&zone).date_naive());
    today.with_day(1).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use orcazap_store::ChannelId;
    use uuid::Uuid;

    use super::*;

    fn charge(category: &str, kind: &str, messages: u32, in_allowance: u32) -> Charge {
        let channel: ChannelId = Uuid::from_u128(7).into();
        let month = "2026-11-01".parse().unwrap();
        let (category, kind) = (category.to_owned(), kind.to_owned());
        Charge { channel, month, category, kind, told: true, messages, in_allowance }
    }

    #[test]
    fn kinds_are_added_up_and_what_has_no_price_is_said() {
        let charges = [
            charge("service", "regular", 1200, 1000),
            charge("service", "free_entry_point", 50, 0),
            charge("marketing", "regular", 10, 0),
            charge("general_purpose_ai", "regular", 3, 0),
        ];
        let bill = Bill::of(&charges, &PriceList::brazil());
        assert_eq!((bill.messages, bill.estimated), (1263, false));
        let service = &bill.lines[&Category::Service];
        assert_eq!((service.messages, service.charged), (1250, 200));
        // 200 × 0.0068 × 5.40 + 10 × 0.0625 × 5.40
        assert_eq!(bill.total, "10.72".parse().unwrap());
        assert!(
            unpriced("general_purpose_ai", bill.unpriced["general_purpose_ai"]).starts_with("3 ")
        );
    }

    #[test]
    fn a_month_that_has_no_list_is_not_free_but_unknown() {
        let mut old = charge("service", "regular", 3, 0);
        old.month = "2020-01-01".parse().unwrap();
        let bill = Bill::of(&[old], &PriceList::brazil());
        assert_eq!(bill.unpriced["janeiro de 2020"], 3);
    }

    #[test]
    fn the_month_is_that_of_brasilia() {
        let month = |text: &str| month_of(text.parse().unwrap()).to_string();
        assert_eq!(month("2026-12-01T02:59:59Z"), "2026-11-01");
        assert_eq!(month("2026-12-01T03:00:00Z"), "2026-12-01");
    }
}
