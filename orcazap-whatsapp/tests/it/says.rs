//! Something to say of every kind, in every situation that is worded differently.

use orcazap_core::conversation::{
    Answer, AskChoice, AskFor, AskPlace, Choice, HandOverReason, Lacking, Occasion, Open, Packed,
    QuoteNumber, Reply, SaidItem, Say, Swap, Terms,
};
use orcazap_core::order::{Delivery, Payment, PaymentMethod, Period};
use orcazap_core::place::Bairro;
use orcazap_core::pricing::{Opening, PaymentTerm};
use orcazap_core::{Money, Place, Sku, Unit};
use serde_json::json;

use crate::shop::{now, offer, quote_ref};

macro_rules! kinds {
    ($($kind:ident)*) => {
        /// Every kind of [`Say`]; a new one does not compile until it is here, and
        /// fails the tests until it is said below.
        pub(crate) const KINDS: &[&str] = &[$(stringify!($kind)),*];

        pub(crate) fn kind(say: &Say) -> &'static str {
            match say {
                $(Say::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds! {
    Welcome Ask Quote UnderReview WhichSwap StillUnderReview Expired Accepted WhatToChange Unclear Declined
    Cancelled FollowUp HandedOver Answer Person OptedOut
}

pub(crate) fn said(name: &str, unit: Unit, qty: Option<&str>) -> SaidItem {
    let qty = qty.map(|qty| qty.parse().unwrap());
    let (sku, price) = ("X".parse().unwrap(), "58.90".parse().unwrap());
    SaidItem { sku, name: name.to_owned(), unit, price, qty }
}

pub(crate) fn nothing_missing() -> AskFor {
    AskFor {
        number: QuoteNumber(1042),
        items: Vec::new(),
        unknown: Vec::new(),
        choices: Vec::new(),
        quantities: Vec::new(),
        no_items: false,
        place: None,
        payment: false,
        methods: Vec::new(),
        terms: Terms::default(),
        later: Vec::new(),
    }
}

pub(crate) fn choice(text: &str, options: &[(&str, &str)]) -> AskChoice {
    let option = |(sku, name): &(&str, &str)| Choice {
        reply: Reply::Pick { number: QuoteNumber(1042), sku: sku.parse().unwrap() },
        item: said(name, Unit::Bag, None),
        label: name.trim_start_matches("Cimento ").to_owned(),
    };
    AskChoice { text: text.to_owned(), choices: options.iter().map(option).collect() }
}

pub(crate) fn quote(items: &[&str], rest: serde_json::Value, occasion: Occasion) -> Say {
    Say::Quote { offer: offer(items, rest), occasion, swaps: Vec::new(), packed: Vec::new() }
}

/// Something short, and products that serve in its place.
pub(crate) fn swap(out: &str, options: &[(&str, &str)]) -> Swap {
    let (number, gone): (_, Sku) = (QuoteNumber(1042), out.parse().unwrap());
    let reply = |sku: &str| Reply::Swap { number, out: gone.clone(), into: sku.parse().unwrap() };
    let choices = choice(out, options).choices.into_iter().zip(options);
    let choices = choices.map(|(choice, (sku, _))| Choice { reply: reply(sku), ..choice });
    Swap { out: said(out, Unit::Bag, Some("10")), choices: choices.collect() }
}

/// An order that a person looks at, with what can be swapped in it.
pub(crate) fn under_review(swaps: Vec<Swap>) -> Say {
    Say::UnderReview {
        items: vec![said("Cimento CP II 50kg", Unit::Bag, Some("1"))],
        unknown: vec!["telha".into()],
        place: Place::address(None, "Centro".parse().ok(), None),
        payment: Some(Payment::by(PaymentMethod::Pix)),
        delivery: Some(Delivery {
            date: Some("2026-11-27".parse().unwrap()),
            ..Delivery::default()
        }),
        swaps,
        lacking: None,
    }
}

/// A quote in which one product is short.
fn short_quote() -> Say {
    let cash = json!({ "place": { "pickup": true }, "payment": { "method": "cash" } });
    let offer = offer(&["10 CIM-CP2-50"], cash);
    let swaps = vec![swap("Cimento CP II-E-32 50kg", &[("B", "Cimento CP III 50kg")])];
    Say::Quote { offer, occasion: Occasion::First, swaps, packed: Vec::new() }
}

fn known_terms() -> Terms {
    Terms {
        place: "Centro".parse::<Bairro>().ok().map(Place::from),
        payment: Some(Payment::by(PaymentMethod::Pix)),
        delivery: Some(Delivery { asap: true, ..Delivery::default() }),
    }
}

fn asks() -> Vec<(&'static str, Say)> {
    let all = AskFor {
        items: vec![
            said("Tijolo Baiano 8 Furos", Unit::Piece, Some("500")),
            said("Areia Média Lavada", Unit::CubicMeter, Some("0.5")),
        ],
        unknown: vec!["massa corrida".into(), "telha".into()],
        quantities: vec![said("Vergalhão 10mm", Unit::Bar, None)],
        place: Some(AskPlace::Where),
        payment: true,
        methods: vec![PaymentMethod::Pix, PaymentMethod::CreditCard],
        ..nothing_missing()
    };
    let two = [("A", "Cimento CP II 50kg"), ("B", "Cimento CP III 50kg")];
    let four = [
        ("A", "Cimento CP II-E-32 saco de 50kg"),
        ("B", "Cimento CP III-40 RS saco de 50kg"),
        ("C", "Cimento CP IV-32 Pozolânico saco de 50kg"),
        ("D", "Cimento CP V-ARI 40kg"),
    ];
    let lime = [("E", "Cal de Pintura"), ("F", "Cal Hidratada")];
    let names: Vec<String> = (1..=14).map(|n| format!("Tinta Acrílica {n}")).collect();
    let paints: Vec<(&str, &str)> = names.iter().map(|name| ("T", name.as_str())).collect();
    let items = vec![said("Cimento CP II 50kg", Unit::Bag, Some("10"))];
    let asks = [
        ("all that is missing, at once", all),
        (
            "nothing is asked again",
            AskFor { items: items.clone(), terms: known_terms(), ..nothing_missing() },
        ),
        (
            "others wait",
            AskFor { place: Some(AskPlace::Where), later: open(11), ..nothing_missing() },
        ),
        ("which of two", AskFor { choices: vec![choice("cimento", &two)], ..nothing_missing() }),
        (
            "which of several, twice",
            AskFor {
                choices: vec![choice("cimento", &four), choice("cal", &lime)],
                payment: true,
                ..nothing_missing()
            },
        ),
        ("which of many", AskFor { choices: vec![choice("tinta", &paints)], ..nothing_missing() }),
        ("where to", AskFor { items, place: Some(AskPlace::Where), ..nothing_missing() }),
        ("where that is", AskFor { place: Some(AskPlace::InWords), ..nothing_missing() }),
        (
            "how to pay",
            AskFor { payment: true, methods: PaymentMethod::ALL.to_vec(), ..nothing_missing() },
        ),
        (
            "what, and where to",
            AskFor { no_items: true, place: Some(AskPlace::Where), ..nothing_missing() },
        ),
        ("what else", nothing_missing()),
    ];
    asks.into_iter().map(|(what, ask)| (what, Say::Ask { ask })).collect()
}

fn packed_quote() -> Say {
    let rest = json!({ "place": { "pickup": true }, "payment": { "method": "cash" } });
    let mut say = quote(&["10 CIM-CP2-50"], rest, Occasion::First);
    if let Say::Quote { packed, .. } = &mut say {
        let (sku, qty) = ("CIM-CP2-50".parse().unwrap(), "18".parse().unwrap());
        packed.push(Packed { sku, qty, unit: Unit::SquareMeter });
    }
    say
}

fn below_minimum() -> Say {
    let mut say = under_review(Vec::new());
    if let Say::UnderReview { lacking, .. } = &mut say {
        let (min, lacks) = (Money::from_centavos(30_000), Money::from_centavos(4_510));
        *lacking = Some(Lacking { min, lacks });
    }
    say
}

/// So many things that are open, of every kind.
fn open(count: usize) -> Vec<Open> {
    let kinds = [
        Open::Place,
        Open::Payment,
        Open::Choice { text: "cal".into() },
        Open::Quantity { item: said("Cimento CP II 50kg", Unit::Bag, None) },
        Open::Items,
    ];
    kinds.into_iter().cycle().take(count).collect()
}

fn quotes() -> Vec<(&'static str, Say)> {
    let pix = json!({
        "place": { "bairro": "Centro" },
        "payment": { "method": "pix" },
        "delivery": { "date": "2026-11-27", "period": "morning" },
        "unknown": [{ "text": "massa corrida *azul*", "qty": null }],
        "ambiguous": [{ "text": "cal", "qty": null, "skus": ["A", "B"] }],
    });
    let card = json!({
        "place": { "cep": "99010000" },
        "payment": { "method": "credit_card", "installments": 3 },
        "delivery": { "asap": true },
    });
    let cash = json!({ "place": { "pickup": true }, "payment": { "method": "cash" } });
    let boleto = json!({
        "place": { "cep": "13010000", "bairro": "Centro" },
        "payment": { "method": "boleto", "days": 30 },
        "delivery": { "from": "2026-12-30", "to": "2027-01-04" },
    });
    let items = ["500 TIJ-8F", "10 CIM-CP2-50", "2.5 ARE-MED", "1000 PAR-35"];
    vec![
        ("every figure that makes its total", quote(&items, pix, Occasion::First)),
        ("freight still open", quote(&["1 CIM-CP2-50"], card.clone(), Occasion::Revised)),
        ("pickup", quote(&["2 CIM-CP2-50"], cash, Occasion::Renewed)),
        ("free freight", quote(&["200 CIM-CP2-50"], boleto, Occasion::Again)),
        ("so long that a summary begins it", quote(&["1 CIM-CP2-50"; 13], card, Occasion::First)),
        ("with what serves", short_quote()),
        ("with what packs come to", packed_quote()),
    ]
}

fn accepted(payment: PaymentMethod, delivery: Option<Delivery>, pickup: bool) -> Say {
    let total = Money::from_centavos(123_450);
    let payment = Some(Payment::by(payment));
    Say::Accepted { quote_ref: quote_ref(), total, payment, delivery, pickup, asks_day: false }
}

fn asks_day(mut say: Say) -> Say {
    if let Say::Accepted { asks_day, .. } = &mut say {
        *asks_day = true;
    }
    say
}

/// Something to say of every kind, with what is special about it.
pub(crate) fn every_say() -> Vec<(&'static str, Say)> {
    let quote_ref = quote_ref();
    let day = |date: &str| Delivery { date: Some(date.parse().unwrap()), ..Delivery::default() };
    let mut says = vec![("", Say::Welcome { number: QuoteNumber(1042) })];
    says.extend(asks());
    says.extend(quotes());
    says.extend([
        ("", under_review(Vec::new())),
        (
            "with what serves",
            under_review(vec![swap(
                "Cimento CP II 50kg",
                &[("B", "Cimento CP III 50kg"), ("C", "Cimento CP V 40kg")],
            )]),
        ),
        ("below the least", below_minimum()),
        ("", Say::StillUnderReview { noted: None }),
        (
            "",
            Say::WhichSwap {
                swaps: vec![swap(
                    "Cimento CP II 50kg",
                    &[("B", "Cimento CP III"), ("C", "Cimento CP IV")],
                )],
            },
        ),
        ("a day is noted", Say::StillUnderReview { noted: Some(day("2026-11-27")) }),
        ("", Say::Expired { quote_ref }),
        ("", accepted(PaymentMethod::Pix, Some(day("2026-11-26")), false)),
        ("no day", accepted(PaymentMethod::StoreCredit, None, false)),
        ("the day is asked for", asks_day(accepted(PaymentMethod::Pix, None, false))),
        ("pickup", accepted(PaymentMethod::Cash, None, true)),
        (
            "pickup on a day",
            accepted(
                PaymentMethod::DebitCard,
                Some(Delivery { period: Some(Period::Afternoon), ..day("2026-12-01") }),
                true,
            ),
        ),
        ("", Say::WhatToChange { quote_ref }),
        ("", Say::Unclear { quote_ref }),
        ("", Say::Declined),
        ("", Say::Cancelled),
        (
            "",
            Say::FollowUp {
                quote_ref,
                total: Money::from_centavos(99_990),
                valid_until: now() + chrono::Days::new(2),
            },
        ),
    ]);
    for reason in [
        HandOverReason::Asked,
        HandOverReason::TakenOver,
        HandOverReason::Talking,
        HandOverReason::Question,
        HandOverReason::NotUnderstood,
        HandOverReason::Media,
        HandOverReason::AfterSale,
        HandOverReason::Rejected,
        HandOverReason::CannotPrice,
        HandOverReason::Undelivered,
    ] {
        says.push((reason_name(reason), Say::HandedOver { reason }));
    }
    says.extend([
        ("", Say::Answer { answer: Answer::Fact { text: "Abrimos às 7h30. 😀".into() } }),
        ("prices", Say::Answer { answer: Answer::Prices { items: goods() } }),
        (
            "stock",
            Say::Answer {
                answer: Answer::Stock { there: goods(), out: goods(), swaps: Vec::new() },
            },
        ),
        ("hours", Say::Answer { answer: Answer::Hours { week: week() } }),
        (
            "hours of a day",
            Say::Answer {
                answer: Answer::Day { date: "2026-11-28".parse().unwrap(), hours: week().pop() },
            },
        ),
        (
            "closed",
            Say::Answer {
                answer: Answer::Day { date: "2026-11-29".parse().unwrap(), hours: None },
            },
        ),
        ("payments", Say::Answer { answer: Answer::Payments { terms: terms() } }),
        ("freight", freight("30", false, None)),
        ("freight by load", freight("30", true, Some("1500"))),
        ("free freight", freight("0", false, None)),
        ("freight by place", Say::Answer { answer: Answer::FreightByPlace }),
        ("by a person", Say::Answer { answer: Answer::ByPerson }),
        ("", Say::Person { text: "Bom dia! *Consigo* por R$ 30.".into() }),
        ("", Say::OptedOut),
    ]);
    says
}

fn terms() -> Vec<PaymentTerm> {
    let terms = json!([
        {"method": "pix", "pct": "-5"},
        {"method": "credit_card", "pct": "0"},
        {"method": "credit_card", "installments": 3, "pct": "4.5"},
    ]);
    serde_json::from_value(terms).unwrap()
}

fn freight(fee: &str, by_load: bool, free_above: Option<&str>) -> Say {
    let place = Place::from("Jardim das Flores".parse::<Bairro>().unwrap());
    let free_above = free_above.map(|above| above.parse().unwrap());
    let fee = fee.parse().unwrap();
    Say::Answer { answer: Answer::Freight { place, fee, by_load, free_above } }
}

fn goods() -> Vec<SaidItem> {
    vec![said("Cimento CP II 50kg", Unit::Bag, None), said("Areia média", Unit::CubicMeter, None)]
}

/// Monday without its opening, Saturday with it.
fn week() -> Vec<Opening> {
    let week = json!([
        {"day": "Mon", "closes": "18:00:00"},
        {"day": "Sat", "opens": "07:30:00", "closes": "12:00:00"},
    ]);
    serde_json::from_value(week).unwrap()
}

/// A new reason does not compile until it is here.
fn reason_name(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::Asked => "asked",
        HandOverReason::TakenOver => "taken over",
        HandOverReason::Talking => "talking",
        HandOverReason::Question => "question",
        HandOverReason::NotUnderstood => "not understood",
        HandOverReason::Media => "media",
        HandOverReason::AfterSale => "after sale",
        HandOverReason::Rejected => "rejected",
        HandOverReason::CannotPrice => "cannot price",
        HandOverReason::Undelivered => "undelivered",
    }
}
