//! A text within the messages it is a part of, for who words it.

use std::num::NonZero;

use chrono::{DateTime, Days, FixedOffset, NaiveTime, TimeDelta, Weekday};
use orcazap_core::catalog::{Catalog, Product, Sku};
use orcazap_core::conversation::{
    Answer, AskChoice, AskFor, AskPlace, Choice, HandOverReason, Lacking, Occasion, Offer, Open,
    QuoteNumber, QuoteRef, Reply, SaidItem, Say, Swap, Terms,
};
use orcazap_core::money::Money;
use orcazap_core::order::{
    Ambiguous, Delivery, Order, OrderItem, Payment, PaymentMethod, Period, Unknown,
};
use orcazap_core::place::{Place, Point};
use orcazap_core::pricing::{Opening, Overrides, PaymentTerm, PriceBook, PriceBookData, quote};
use orcazap_core::quantity::Unit;
use serde_json::json;

use super::fit::Speech;
use super::speaker::Speaker;
use super::text::Text;
use super::{Wording, speech};
use crate::send::Message;

/// What the variables of a preview are filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// An order as a store has many a day.
    Realistic,
    /// Long names, many lines, high figures.
    Longest,
}

/// The messages of an invented order in which a text is said; never empty.
///
/// ```
/// use orcazap_whatsapp::wording::{Text, Values, Wording, preview};
/// let wording = Wording::new("Depósito Souza");
/// let now = "2026-11-26T15:00:00-03:00".parse()?;
/// let messages = preview(Text::TotalLine, &wording, Values::Realistic, now);
/// assert!(messages[0].words().contains("*Total: "));
/// # Ok::<(), chrono::ParseError>(())
/// ```
#[must_use]
pub fn preview(
    text: Text,
    wording: &Wording,
    values: Values,
    now: DateTime<FixedOffset>,
) -> Vec<Message> {
    let speaker = Speaker::new(wording);
    let example = Example { values, now };
    match example.say(text) {
        Some(say) => speech(&say, speaker, now).messages(""),
        None => Speech::words(wording.text(text)).messages(""),
    }
}

/// An invented store and order.
#[derive(Clone, Copy)]
struct Example {
    values: Values,
    now: DateTime<FixedOffset>,
}

/// Opening hours, with the time of opening or without.
fn hours(opens: Option<NaiveTime>) -> Say {
    let closes = NaiveTime::MIN - TimeDelta::hours(6);
    let week = [Weekday::Mon, Weekday::Sat].map(|day| Opening { day, opens, closes });
    Say::Answer { answer: Answer::Hours { week: week.to_vec() } }
}

/// A product of the example: code, name, a long name, unit, price.
type Sample = (&'static str, &'static str, &'static str, Unit, &'static str);

const PRODUCTS: [Sample; 4] = [
    (
        "CIM-50",
        "Cimento CP II 50kg",
        "Cimento Portland CP II-E-32 Votoran Todas as Obras, saco de 50 kg com plástico",
        Unit::Bag,
        "39.90",
    ),
    (
        "TIJ-8F",
        "Tijolo 8 furos 9x19x19",
        "Tijolo Cerâmico Baiano de Vedação 8 Furos Horizontais 9x19x19 cm, 1ª linha",
        Unit::Piece,
        "0.95",
    ),
    (
        "ARE-M",
        "Areia média lavada",
        "Areia Média Lavada de Rio para Assentamento e Reboco, entregue a granel",
        Unit::CubicMeter,
        "145",
    ),
    (
        "TIN-18",
        "Tinta acrílica branca 18L",
        "Tinta Acrílica Fosca Premium Toque Suave Branco Neve Interior/Exterior, 18 L",
        Unit::Can,
        "389.90",
    ),
];

impl Example {
    /// Something that is said with the text in it.
    fn say(self, text: Text) -> Option<Say> {
        let (number, quote_ref) = (self.quote_ref().number, self.quote_ref());
        Some(match text {
            Text::Welcome => Say::Welcome { number },
            Text::Ask
            | Text::AskSeveral
            | Text::AskQuantity
            | Text::AskPlace
            | Text::NotFoundLine
            | Text::ButtonPickup => self.ask(|ask| AskFor { place: Some(AskPlace::Where), ..ask }),
            Text::PriceOf => Say::Answer { answer: Answer::Prices { items: self.items() } },
            Text::InStock | Text::OutOfStock => Say::Answer {
                answer: Answer::Stock { there: self.items(), out: self.items(), swaps: Vec::new() },
            },
            Text::OpenHours | Text::OpenFrom => hours(Some(NaiveTime::MIN)),
            Text::OpenUntil => hours(None),
            Text::ClosedOn => {
                Say::Answer { answer: Answer::Day { date: self.now.date_naive(), hours: None } }
            }
            Text::Payments | Text::PaymentOff | Text::PaymentOn => self.terms()?,
            Text::FreightTo => self.freight(self.total(), false)?,
            Text::FreightToFrom | Text::FreightFreeAbove => self.freight(self.total(), true)?,
            Text::FreightToFree => self.freight(Money::ZERO, false)?,
            Text::FreightWhere => Say::Answer { answer: Answer::FreightByPlace },
            Text::AskLeft
            | Text::OpenChoice
            | Text::OpenQuantity
            | Text::OpenPlace
            | Text::OpenPayment => self.ask(|ask| AskFor { later: self.open(), ..ask }),
            Text::OpenItems => self.ask(|ask| AskFor { later: vec![Open::Items], ..ask }),
            Text::AskMore => Say::Ask { ask: self.nothing() },
            Text::AskItems => Say::Ask { ask: AskFor { no_items: true, ..self.nothing() } },
            Text::AskWhich => self.choice(2),
            Text::AskWhichOf | Text::ButtonOptions => self.choice(4),
            Text::AskWhichOfMany => self.choice(14),
            Text::AskPlaceInWords => {
                let place = Some(AskPlace::InWords);
                Say::Ask { ask: AskFor { place, ..self.nothing() } }
            }
            Text::AskPayment | Text::Either => self.payment(3),
            Text::HeadingPayment => self.payment(PaymentMethod::ALL.len()),
            Text::PickShort => self.long(self.choice(4)),
            Text::PayShort => self.long(self.payment(2)),
            Text::PickupShort => {
                let place = Some(AskPlace::Where);
                self.long(Say::Ask { ask: AskFor { place, ..self.nothing() } })
            }
            Text::AndMore => {
                let unknown = (1..=12).map(|n| format!("massa corrida {n}")).collect();
                self.under_review(Vec::new(), unknown)
            }

            Text::Quote
            | Text::TitleFirst
            | Text::Item
            | Text::ItemAlone
            | Text::ItemDiscounted
            | Text::Discount
            | Text::FreightPaid
            | Text::TotalLine
            | Text::LeftOpen
            | Text::ButtonAccept
            | Text::ButtonChange
            | Text::ButtonHuman
            | Text::SoMany
            | Text::SoManyPieces
            | Text::PriceEach
            | Text::AtTime => self.quote(Occasion::First)?,
            Text::TitleRevised => self.quote(Occasion::Revised)?,
            Text::TitleRenewed => self.quote(Occasion::Renewed)?,
            Text::TitleAgain => self.quote(Occasion::Again)?,
            Text::Surcharge
            | Text::InInstallments
            | Text::FreightOpen
            | Text::TotalOpen
            | Text::PlaceCep => {
                let card = Payment::by_card_in(NonZero::new(10)?);
                let cep = Place::address("99010000".parse().ok(), None, None)?;
                self.offer(|order| Order { payment: Some(card), place: Some(cep), ..order })?
            }
            Text::FreightFree | Text::PlaceBoth => {
                let (cep, bairro) = ("13010000".parse().ok(), "Jardim das Palmeiras".parse().ok());
                let place = Place::address(cep, bairro, None);
                self.offer(|order| Order { place, ..order })?
            }
            Text::PlaceOnMap => {
                let point = Point::new("-22.9".parse().ok()?, "-47.06".parse().ok()?).ok();
                let place = Place::address(None, None, point);
                self.offer(|order| Order { place, ..order })?
            }
            Text::FreightPickup => {
                self.offer(|order| Order { place: Some(Place::Pickup), ..order })?
            }
            Text::QuoteSummary | Text::QuoteShort => {
                Self { values: Values::Longest, ..self }.quote(Occasion::First)?
            }

            Text::Accepted | Text::DeliveryOn | Text::Today => {
                self.accepted(Delivery { date: Some(self.now.date_naive()), ..Delivery::default() })
            }
            Text::Tomorrow => self.accepted(self.on(1)),
            Text::OnDay => self.accepted(self.on(2)),
            Text::Between => {
                let (from, to) = (self.on(1).date, self.on(3).date);
                self.accepted(Delivery { from, to, ..Delivery::default() })
            }
            Text::FromDay => {
                self.accepted(Delivery { from: self.on(1).date, ..Delivery::default() })
            }
            Text::ByDay => self.accepted(Delivery { to: self.on(1).date, ..Delivery::default() }),
            Text::Asap => self.accepted(Delivery { asap: true, ..Delivery::default() }),
            Text::Morning | Text::DayAndPeriod => {
                self.accepted(Delivery { period: Some(Period::Morning), ..self.on(1) })
            }
            Text::Afternoon => {
                self.accepted(Delivery { period: Some(Period::Afternoon), ..self.on(1) })
            }
            Text::DeliveryAsk => match self.accepted(Delivery::default()) {
                Say::Accepted { quote_ref, total, payment, delivery, pickup, .. } => {
                    Say::Accepted { quote_ref, total, payment, delivery, pickup, asks_day: true }
                }
                other => other,
            },
            Text::DeliveryOpen | Text::InDays => self.accepted(Delivery::default()),
            Text::PickupOn => self.collected(self.on(1)),
            Text::PickupOpen => self.collected(Delivery::default()),
            Text::WhatToChange => Say::WhatToChange { quote_ref },
            Text::Unclear => Say::Unclear { quote_ref },
            Text::FollowUp => {
                let valid_until = self.now + Days::new(2);
                Say::FollowUp { quote_ref, total: self.total(), valid_until }
            }
            Text::Expired => Say::Expired { quote_ref },
            Text::Declined => Say::Declined,
            Text::Cancelled => Say::Cancelled,
            Text::OptedOut => Say::OptedOut,

            Text::UnderReview => self.under_review(self.items(), vec!["massa corrida".to_owned()]),
            Text::StillUnderReview => Say::StillUnderReview { noted: Some(self.on(1)) },
            Text::BelowMinimum => self.below_minimum(),
            Text::Swap | Text::SwapHow => {
                self.with_swaps(self.under_review(self.items(), Vec::new()))?
            }
            Text::SwapWhich => Say::WhichSwap { swaps: self.swaps()? },
            Text::HeadingQuote => self.with_swaps(self.quote(Occasion::First)?)?,
            Text::AnswerByPerson => Say::Answer { answer: Answer::ByPerson },
            Text::HandedOverAsked => handed_over(HandOverReason::Asked),
            Text::HandedOverTaken => handed_over(HandOverReason::TakenOver),
            Text::HandedOverQuestion => handed_over(HandOverReason::Question),
            Text::HandedOverNotUnderstood => handed_over(HandOverReason::NotUnderstood),
            Text::HandedOverMedia => handed_over(HandOverReason::Media),
            Text::HandedOverAfterSale => handed_over(HandOverReason::AfterSale),
            Text::HandedOverRejected => handed_over(HandOverReason::Rejected),
            Text::HandedOverCannotPrice => handed_over(HandOverReason::CannotPrice),
            Text::HandedOverUndelivered => handed_over(HandOverReason::Undelivered),
        })
    }

    fn quote_ref(self) -> QuoteRef {
        match self.values {
            Values::Realistic => QuoteRef { number: QuoteNumber(1042), revision: 1 },
            Values::Longest => QuoteRef { number: QuoteNumber(9_999_999), revision: 12 },
        }
    }

    fn total(self) -> Money {
        Money::from_centavos(match self.values {
            Values::Realistic => 126_489,
            Values::Longest => 999_999_999,
        })
    }

    /// So many days from today.
    fn on(self, days: u64) -> Delivery {
        let date = self.now.date_naive().checked_add_days(Days::new(days));
        Delivery { date, ..Delivery::default() }
    }

    fn name(self, sample: &Sample) -> &'static str {
        match self.values {
            Values::Realistic => sample.1,
            Values::Longest => sample.2,
        }
    }

    fn items(self) -> Vec<SaidItem> {
        let few = PRODUCTS.iter().take(2).zip(["10", "500"]);
        few.filter_map(|(sample, qty)| self.item(sample, Some(qty))).collect()
    }

    fn item(self, sample: &Sample, qty: Option<&str>) -> Option<SaidItem> {
        Some(SaidItem {
            sku: sample.0.parse().ok()?,
            name: self.name(sample).to_owned(),
            unit: sample.3,
            price: sample.4.parse().ok()?,
            qty: qty.and_then(|qty| qty.parse().ok()),
        })
    }

    fn nothing(self) -> AskFor {
        AskFor {
            number: self.quote_ref().number,
            items: Vec::new(),
            unknown: Vec::new(),
            no_items: false,
            choices: Vec::new(),
            quantities: Vec::new(),
            place: None,
            payment: false,
            methods: Vec::new(),
            terms: Terms::default(),
            later: Vec::new(),
        }
    }

    fn below_minimum(self) -> Say {
        let mut say = self.under_review(self.items(), Vec::new());
        if let Say::UnderReview { lacking, .. } = &mut say {
            *lacking = Some(Lacking { min: self.total(), lacks: Money::from_centavos(4_510) });
        }
        say
    }

    /// What can be open of an order that has goods, of every kind.
    fn open(self) -> Vec<Open> {
        let item = PRODUCTS.iter().skip(2).find_map(|sample| self.item(sample, None));
        let quantity = item.map(|item| Open::Quantity { item });
        let choice = Open::Choice { text: "tinta branca".to_owned() };
        let others = [choice, Open::Place, Open::Payment];
        quantity.into_iter().chain(others).collect()
    }

    fn terms(self) -> Option<Say> {
        let term = |method, installments, pct: &str| {
            Some(PaymentTerm { method, installments, pct: pct.parse().ok()? })
        };
        let terms = vec![
            term(PaymentMethod::Pix, None, "-5")?,
            term(PaymentMethod::DebitCard, None, "0")?,
            term(PaymentMethod::CreditCard, Some(10), "8.9")?,
        ];
        Some(Say::Answer { answer: Answer::Payments { terms } })
    }

    fn freight(self, fee: Money, by_load: bool) -> Option<Say> {
        let place = Place::address(None, "Jardim das Palmeiras".parse().ok(), None)?;
        let free_above = by_load.then(|| self.total());
        Some(Say::Answer { answer: Answer::Freight { place, fee, by_load, free_above } })
    }

    fn ask(self, with: impl FnOnce(AskFor) -> AskFor) -> Say {
        let quantities = PRODUCTS.iter().skip(2).take(1);
        let ask = AskFor {
            items: self.items(),
            unknown: vec!["massa corrida".to_owned()],
            quantities: quantities.filter_map(|sample| self.item(sample, None)).collect(),
            payment: true,
            ..self.nothing()
        };
        Say::Ask { ask: with(ask) }
    }

    fn payment(self, ways: usize) -> Say {
        let methods = PaymentMethod::ALL.iter().copied().take(ways).collect();
        Say::Ask { ask: AskFor { payment: true, methods, ..self.nothing() } }
    }

    fn choice(self, kinds: usize) -> Say {
        let choices = self.choices(kinds);
        let choices = vec![AskChoice { text: "tinta branca".to_owned(), choices }];
        Say::Ask { ask: AskFor { choices, ..self.nothing() } }
    }

    fn choices(self, kinds: usize) -> Vec<Choice> {
        let number = self.quote_ref().number;
        let choice = |kind: usize| {
            let mut item = self.item(&PRODUCTS[3], None)?;
            item.sku = format!("TIN-{kind}").parse().ok()?;
            item.name = format!("{} {kind}", item.name);
            Some(Choice {
                reply: Reply::Pick { number, sku: item.sku.clone() },
                item,
                label: format!("Branca {kind}"),
            })
        };
        (1..=kinds).filter_map(choice).collect()
    }

    /// A question below an order so long that its buttons stand apart.
    fn long(self, say: Say) -> Say {
        let Say::Ask { ask } = say else { return say };
        let items = self.items().into_iter().cycle().take(200).collect();
        Say::Ask { ask: AskFor { items, ..ask } }
    }

    fn under_review(self, items: Vec<SaidItem>, unknown: Vec<String>) -> Say {
        Say::UnderReview {
            items,
            unknown,
            place: None,
            payment: Some(Payment::by(PaymentMethod::Pix)),
            delivery: Some(self.on(1)),
            swaps: Vec::new(),
            lacking: None,
        }
    }

    /// The same, short of a product that others serve for.
    fn with_swaps(self, mut say: Say) -> Option<Say> {
        if let Say::UnderReview { swaps, .. } | Say::Quote { swaps, .. } = &mut say {
            *swaps = self.swaps()?;
        }
        Some(say)
    }

    fn swaps(self) -> Option<Vec<Swap>> {
        let out = self.item(PRODUCTS.first()?, Some("10"))?;
        let number = self.quote_ref().number;
        let swap = |into: &Sku| Reply::Swap { number, out: out.sku.clone(), into: into.clone() };
        let choices = self.choices(2).into_iter();
        let choices = choices.map(|choice| Choice { reply: swap(&choice.item.sku), ..choice });
        let choices = choices.collect();
        Some(vec![Swap { out, choices }])
    }

    fn quote(self, occasion: Occasion) -> Option<Say> {
        let Say::Quote { offer, .. } = self.offer(|order| order)? else { return None };
        Some(Say::Quote { offer, occasion, swaps: Vec::new(), packed: Vec::new() })
    }

    fn offer(self, with: impl FnOnce(Order) -> Order) -> Option<Say> {
        let product = |sample: &Sample| {
            let (sku, price) = (sample.0.parse().ok()?, sample.4.parse().ok()?);
            Some(Product::new(sku, self.name(sample), sample.3, price))
        };
        let catalog = Catalog::new(PRODUCTS.iter().filter_map(product).collect()).ok()?;
        let quantities = match self.values {
            Values::Realistic => vec!["10", "500", "1"],
            Values::Longest => ["1250", "48500", "1"].repeat(7),
        };
        let items = PRODUCTS.iter().take(3).cycle().zip(quantities);
        let item = |(sample, qty): (&Sample, &str)| {
            Some(OrderItem::new(sample.0.parse().ok()?, qty.parse().ok()?))
        };
        let unknown = Unknown { text: "massa corrida".to_owned(), qty: None };
        let ambiguous = Ambiguous {
            text: "cal".to_owned(),
            qty: None,
            unit: None,
            skus: Vec::new(),
            more: false,
        };
        let order = with(Order {
            items: items.filter_map(item).collect(),
            place: Place::address(None, "Centro".parse().ok(), None),
            payment: Some(Payment::by(PaymentMethod::Pix)),
            delivery: Some(Delivery { period: Some(Period::Morning), ..self.on(1) }),
            ambiguous: vec![ambiguous],
            unknown: vec![unknown],
            assisted: false,
            buyer: None,
        });
        let quote = quote(&order, &Overrides::default(), &catalog, &book()?, self.now).ok()?;
        let (quote, order) = (Box::new(quote), Box::new(order));
        let offer = Offer { quote_ref: self.quote_ref(), quote, order };
        Some(Say::Quote { offer, occasion: Occasion::First, swaps: Vec::new(), packed: Vec::new() })
    }

    fn accepted(self, delivery: Delivery) -> Say {
        Say::Accepted {
            quote_ref: self.quote_ref(),
            total: self.total(),
            payment: Some(Payment::by(PaymentMethod::Boleto).due_in(30)),
            delivery: Some(delivery),
            pickup: false,
            asks_day: false,
        }
    }

    fn collected(self, delivery: Delivery) -> Say {
        match self.accepted(delivery) {
            Say::Accepted { quote_ref, total, payment, delivery, asks_day, .. } => {
                Say::Accepted { quote_ref, total, payment, delivery, pickup: true, asks_day }
            }
            other => other,
        }
    }
}

fn handed_over(reason: HandOverReason) -> Say {
    Say::HandedOver { reason }
}

fn book() -> Option<PriceBook> {
    let data: PriceBookData = serde_json::from_value(json!({
        "version": 1,
        "tiers": [{ "scope": "item", "key": "TIJ-8F", "min_qty": "500", "pct": "5" }],
        "payment": [
            { "method": "pix", "pct": "-5" },
            { "method": "credit_card", "installments": 10, "pct": "4.5" },
        ],
        "freight": [
            { "bairro": "Centro", "base": "80", "per_kg": "0", "included_kg": "0" },
            { "bairro": "Jardim das Palmeiras", "base": "0", "per_kg": "0", "included_kg": "0" },
        ],
        "points": [],
        "validity_hours": 48,
    }))
    .ok()?;
    PriceBook::new(data).ok()
}

#[cfg(test)]
mod tests {
    use orcazap_core::{Language, Tone};

    use super::*;
    use crate::wording::{Limit, default_text};

    fn shown(messages: &[Message]) -> String {
        let json = |message: &Message| serde_json::to_string(message).unwrap();
        messages.iter().map(json).collect()
    }

    #[test]
    fn a_preview_shows_the_very_text() {
        let now = "2026-11-26T15:00:00-03:00".parse().unwrap();
        for (language, text) in
            Language::ALL.iter().flat_map(|one| Text::ALL.iter().map(move |text| (*one, *text)))
        {
            let mut wording = Wording::new("Loja").in_language(language);
            let own = match text.limit() {
                Limit::Button | Limit::Heading => "§".to_owned(),
                _ => format!("{}§", default_text(text, language, Tone::Informal)),
            };
            wording.set_text(language, text, &own).unwrap();
            for values in [Values::Realistic, Values::Longest] {
                let shown = shown(&preview(text, &wording, values, now));
                assert!(shown.contains('§'), "{text:?} in {language:?}, {values:?}: {shown}");
            }
        }
    }
}
