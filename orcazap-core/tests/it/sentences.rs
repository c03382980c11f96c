//! Goods of every kept store in ordinary sentences and changes of mind: what they are in
//! company is what each of them is alone. Nobody wrote these orders down, so that they
//! find what the corpora do not.

use orcazap_core::reading::{Context, read_in_context};
use orcazap_core::{Catalog, Draft, Quantity};

use crate::corpus;

/// `{a}`, `{b}`: two goods with their numbers.
const SENTENCES: &[&str] = &[
    "bom dia, me ve {a} e {b} por favor",
    "{a}, {b}",
    "{a}\n{b}",
    "{a} e tambem {b}, pra amanha no 01310-100",
    "- {a}\n- {b}\n\nentrega sexta",
    "preciso de {a} mais {b} pago no pix",
    "{a} junto com {b}",
    "quero {a}; {b}. vou buscar",
    "faz um orcamento de {a} e {b}",
    "1) {a}\n2) {b}",
    "{b} e {a} em 3x no cartao",
    "manda {a} e {b} no boleto 30 dias",
];

/// Behind `{a} e {b}`: what is said, where `{wb}` names the second goods, and whether they
/// stay, go, or are twelve then.
const CHANGES: &[(&str, Then)] = &[
    ("tira {wb}", Then::Gone),
    ("o {wb} não precisa", Then::Gone),
    ("deixa o {wb} pra lá", Then::Gone),
    ("{wb} eu ja tenho, pode tirar", Then::Gone),
    ("sem {wb}", Then::Gone),
    ("não quero mais {wb}", Then::Gone),
    ("muda o {wb} pra 12", Then::Twelve),
    ("na verdade são 12 {wb}", Then::Twelve),
    ("pix, entrega amanha no 01310-100", Then::Kept),
    ("quero falar com um vendedor", Then::Kept),
];

#[derive(Clone, Copy)]
enum Then {
    Kept,
    Gone,
    Twelve,
}

const STORES: [&str; 8] = [
    "catalog.csv",
    "erp-catalog.csv",
    "unseen-c-catalog.csv",
    "unseen-g-catalog.csv",
    "unseen-m-catalog.csv",
    "unseen-r-catalog.csv",
    "unseen-v-catalog.csv",
    "unseen-z-catalog.csv",
];

/// Goods by one of their names, and what so many of it are: `7 tubo soldavel 25`.
struct Goods {
    words: String,
    text: String,
    item: String,
    twelve: Option<String>,
}

fn items(draft: &Draft) -> Vec<String> {
    let qty = |qty: Option<Quantity>| qty.map_or("?".into(), |qty| qty.to_string());
    draft.items.iter().map(|item| format!("{} {}", item.sku, qty(item.qty))).collect()
}

/// What is in the order behind these messages.
fn order(messages: &[&str], catalog: &Catalog) -> Vec<String> {
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let mut draft = Draft::default();
    for text in messages {
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        let reading = read_in_context(text, catalog, context, now);
        draft.apply(&reading, catalog);
    }
    items(&draft)
}

/// The goods that a store's own words name beyond doubt, each by its first such name.
fn goods(catalog: &Catalog) -> Vec<Goods> {
    let numbers = [2, 3, 4, 5, 7, 8, 10, 15, 20, 30, 50, 100];
    let named = |(product, number): (&orcazap_core::Product, &i32)| {
        let names = product.aliases.iter().cloned().chain([product.name.to_lowercase()]);
        names.filter(|name| name.split(' ').count() <= 4).find_map(|words| {
            let text = format!("{number} {words}");
            let alone = order(&[&text], catalog);
            let [item] = alone.as_slice() else { return None };
            let own = item.strip_prefix(product.sku.as_str())?.trim();
            // What is sold in other units than it is counted in is another matter.
            (own == number.to_string()).then(|| Goods {
                twelve: Some(format!("{} 12", product.sku)),
                item: item.clone(),
                words,
                text,
            })
        })
    };
    catalog.products().iter().zip(numbers.iter().cycle()).filter_map(named).collect()
}

#[test]
fn goods_in_a_sentence_are_what_they_are_alone() {
    let (mut wrong, mut read) = (Vec::new(), 0);
    for store in STORES {
        let catalog = corpus::catalog(store);
        let goods = goods(&catalog);
        assert!(goods.len() > 40, "{store}: {}", goods.len());
        for (at, (one, other)) in goods.iter().zip(goods.iter().cycle().skip(11)).enumerate() {
            let sentence = SENTENCES[at % SENTENCES.len()];
            let text = sentence.replace("{a}", &one.text).replace("{b}", &other.text);
            let found = order(&[&text], &catalog);
            read += 1;
            if found.iter().any(|item| *item != one.item && *item != other.item) {
                wrong.push(format!("{store}: {text:?}: {found:?}"));
            }

            let (change, then) = CHANGES[at % CHANGES.len()];
            let first = format!("{} e {}", one.text, other.text);
            let change = change.replace("{wb}", &other.words);
            let second = match then {
                Then::Kept => Some(&other.item),
                Then::Gone => None,
                Then::Twelve => other.twelve.as_ref(),
            };
            let found = order(&[&first, &change], &catalog);
            read += 1;
            if found.iter().any(|item| *item != one.item && Some(item) != second) {
                wrong.push(format!("{store}: {first:?} / {change:?}: {found:?}"));
            }
        }
    }
    assert!(wrong.len() * 400 <= read, "{} of {read}\n{}", wrong.len(), wrong.join("\n"));
}
