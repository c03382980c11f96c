//! The same thing written otherwise, or with other things around it, is read the same.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use orcazap_core::reading::Intent;
use orcazap_core::{Bairro, Catalog, read};
use proptest::prelude::*;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::corpus;

/// The stores of the corpora, by what their files begin with.
const STORES: [&str; 6] = ["", "erp-", "unseen-a-", "unseen-b-", "unseen-c-", "unseen-d-"];

/// A name, and how a text looks in it.
type Guise = (&'static str, fn(&str) -> String);

/// How people and their telephones write the same thing.
const GUISES: [Guise; 9] = [
    ("upper case", |text| text.to_uppercase()),
    ("without accents", |text| text.nfd().filter(|c| !is_combining_mark(*c)).collect()),
    ("accents apart from their letters", |text| text.nfd().collect()),
    ("doubled spaces", |text| text.replace(' ', "  ")),
    ("no-break spaces", |text| text.replace(' ', "\u{a0}")),
    ("emoji around it", |text| format!("🙏🏽 {text} 🏗\u{fe0f}👷")),
    ("emoji at the end of each line", |text| text.replace('\n', " 🧱\n")),
    ("full-width digits", |text| text.chars().map(full_width).collect()),
    ("zero-width and right-to-left characters", |text| {
        let hidden = |(at, c): (usize, char)| [Some(c), (at % 3 == 1).then_some('\u{200b}')];
        format!(
            "\u{202e}{}",
            text.chars().enumerate().flat_map(hidden).flatten().collect::<String>()
        )
    }),
];

fn full_width(character: char) -> char {
    match character.to_digit(10).and_then(|digit| char::from_u32(0xff10 + digit)) {
        Some(wide) if character.is_ascii_digit() => wide,
        _ => character,
    }
}

/// All that was understood, without where it stands and as names are compared.
fn understood(text: &str, catalog: &Catalog, now: DateTime<FixedOffset>) -> Value {
    let mut value = serde_json::to_value(read(text, catalog, now)).unwrap();
    let key = |text: &mut Value| {
        *text = text.as_str().unwrap().parse::<Bairro>().unwrap().key().into();
    };
    for list in ["items", "ambiguous", "unknown"] {
        for found in value[list].as_array_mut().unwrap() {
            let found = found.as_object_mut().unwrap();
            found.remove("span");
            found.get_mut("text").map(key);
        }
    }
    value["place"].get_mut("bairro").map(key);
    value.as_object_mut().unwrap().remove("evidence");
    value
}

#[test]
fn the_guise_of_a_message_does_not_matter() {
    let mut failed = Vec::new();
    for store in STORES {
        let catalog = corpus::catalog(&format!("{store}catalog.csv"));
        for line in corpus::lines(&format!("{store}messages.jsonl")) {
            let corpus::Turn { now, text } = line.single.unwrap();
            let plain = understood(&text, &catalog, now);
            for (guise, wear) in GUISES {
                let worn = understood(&wear(&text), &catalog, now);
                let mut plain = plain.clone();
                // Where no word tells a name, its capital does, when not all are.
                if guise == "upper case" && worn["place"].get("bairro").is_none() {
                    plain["place"].as_object_mut().unwrap().remove("bairro");
                }
                if worn != plain {
                    failed.push(format!("{} in {guise}: {text}\n{plain}\n{worn}", line.id));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} differ\n{}", failed.len(), failed.join("\n"));
}

/// What holds numbers that are no quantities, each as people put it around an order.
const NOISE: [&str; 15] = [
    "meu telefone é (11) 99999-1234",
    "meu cpf é 123.456.789-09",
    "cnpj 12.345.678/0001-95",
    "vi por R$ 39,90 na internet",
    "entrega dia 15/04",
    "entrega amanhã às 10h",
    "pago em 3x no cartão",
    "boleto 30 dias",
    "cep 13040-120",
    "rua das flores, 123",
    "entrega dia quinze",
    "entrega em 2 dias",
    "boleto 30/60/90",
    "protocolo 20261126",
    "tel 99999-1234",
];

/// A message, and what is understood of it.
type Read = (String, Vec<String>);

/// A store's catalogue, and its orders of one line that want nothing but goods, all of
/// them found and counted, and none leaning on what was named before.
fn orders(store: &str) -> &'static (Catalog, Vec<Read>) {
    static ALL: OnceLock<Vec<(Catalog, Vec<Read>)>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let of_store = |store: &&str| {
            let catalog = corpus::catalog(&format!("{store}catalog.csv"));
            let lines = corpus::lines(&format!("{store}messages.jsonl"));
            let texts = lines.into_iter().filter_map(|line| Some(line.single?.text));
            let orders = texts.filter(|text| wants_only_goods(text, &catalog));
            let orders = orders.map(|text| (text.clone(), goods(&text, &catalog))).collect();
            (catalog, orders)
        };
        STORES.iter().map(of_store).collect()
    });
    &all[STORES.iter().position(|known| *known == store).unwrap()]
}

fn wants_only_goods(text: &str, catalog: &Catalog) -> bool {
    /// What leans on other goods is less sure.
    const SURE: u8 = 95;
    let found = read(text, catalog, now());
    let sure = found
        .items
        .iter()
        .all(|item| item.qty.is_some() && item.evidence.confidence.as_percent() >= SURE);
    let nothing_open = found.ambiguous.is_empty() && found.unknown.is_empty();
    let nothing_else = found.place.is_none() && found.payment.is_none() && found.delivery.is_none();
    found.intent == Intent::Order
        && sure
        && nothing_open
        && nothing_else
        && !found.items.is_empty()
        && !text.contains(['\n', '?'])
}

fn now() -> DateTime<FixedOffset> {
    "2026-03-10T09:00:00-03:00".parse().unwrap()
}

/// The products of a text with their quantities, and what else it asks for.
fn goods(text: &str, catalog: &Catalog) -> Vec<String> {
    let found = read(text, catalog, now());
    let items = found.items.iter().map(|item| format!("{} {:?}", item.sku, item.qty));
    let open = found.ambiguous.iter().map(|f| format!("{} {:?}", f.ask.text, f.ask.qty));
    let unknown = found.unknown.iter().map(|f| format!("{} {:?}", f.ask.text, f.ask.qty));
    let mut all: Vec<String> = items.chain(open).chain(unknown).collect();
    all.sort();
    all
}

#[test]
fn numbers_around_an_order_are_no_quantities() {
    let mut failed = Vec::new();
    for store in STORES {
        let (catalog, orders) = orders(store);
        assert!(orders.len() > 10, "{store}: {}", orders.len());
        for (at, (order, goods_of)) in orders.iter().enumerate() {
            let noise = NOISE[at % NOISE.len()];
            for text in [format!("{noise}\n{order}"), format!("{order}\n{noise}")] {
                let found = goods(&text, catalog);
                if found != *goods_of {
                    failed.push(format!("{text:?}: {found:?} for {goods_of:?}"));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{} differ\n{}", failed.len(), failed.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn lines_of_any_store_are_read_together_as_each_alone(
        store in prop::sample::select(STORES.to_vec()),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 2..5),
    ) {
        let (catalog, orders) = orders(store);
        let mut chosen: Vec<&(String, Vec<String>)> = Vec::new();
        for pick in &picks {
            let order = pick.get(orders);
            let skus = |goods: &[String]| goods.iter().map(|item| item.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>();
            let new = !chosen.iter().any(|(_, goods)| skus(goods).iter().any(|sku| skus(&order.1).contains(sku)));
            if new {
                chosen.push(order);
            }
        }
        let mut alone: Vec<String> = chosen.iter().flat_map(|(_, goods)| goods.clone()).collect();
        alone.sort();
        let text: Vec<&str> = chosen.iter().map(|(text, _)| text.as_str()).collect();
        let text = text.join("\n");
        prop_assert_eq!(goods(&text, catalog), alone, "{}", text);
    }
}
