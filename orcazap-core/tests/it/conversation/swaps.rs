//! What serves in place of what is short: offered, taken when the customer says so, and
//! never put in its place unasked.

use orcazap_core::Catalog;
use orcazap_core::order::DraftItem;
use serde_json::json;

use super::stage::{Play, Store, check_in, store};

/// The store with 12 bags of cement left and three products that serve for it: one that
/// is out as well, another bag, and cement by the kilogram.
fn short() -> Store {
    let store = store();
    let mut products = store.catalog.products().to_vec();
    let cement = products.iter_mut().find(|product| product.sku.as_str() == "CIM").unwrap();
    cement.stock = serde_json::from_value(json!({"available": "12"})).unwrap();
    cement.substitutes = ["CIM-1", "CIM:3", "CIM-KG"].map(|sku| sku.parse().unwrap()).to_vec();
    let others = json!([
        {"sku": "CIM-1", "name": "Cimento CP I 50 kg", "category": "Cimento", "unit": "saco",
         "price": "38.00", "cost": "30.00", "weight": "50", "step": "1", "stock": {"available": "3"}},
        {"sku": "CIM:3", "name": "Cimento CP III 50 kg", "category": "Cimento", "unit": "saco",
         "price": "42.00", "cost": "30.00", "weight": "50", "step": "1", "stock": {"available": "500"}},
        {"sku": "CIM-KG", "name": "Cimento a granel", "category": "Cimento", "unit": "kg",
         "price": "0.80", "cost": "0.60", "weight": "1", "step": "1"},
    ]);
    let others: Vec<orcazap_core::Product> = serde_json::from_value(others).unwrap();
    products.extend(others);
    Store { catalog: Catalog::new(products).unwrap(), ..store }
}

/// 20 bags at 40.00, less 5 % for Pix.
const REVIEWED: &str = "
customer: 20 sacos de cimento CP II, vou retirar, pix
    record 7/1 760.00
    queue 7/1: out_of_stock
    say under_review: 1 items, 0 unknown; 20 CIM -> [swap:7:3:CIM:CIM:3] [swap:7:3:CIM:CIM-KG]
    = awaiting_approval
";

#[test]
fn what_serves_is_offered_and_pressing_it_quotes_it_instead() {
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
customer: [swap:7:3:CIM:CIM:3]
    record 7/2 798.00
    unqueue 7/1: superseded
    say quote 7/2 798.00 (first)
    = quoted
customer: sim
    place 7/2
    say accepted 7/2 798.00, pix, pickup
    = won"
        ),
    );
}

#[test]
fn another_unit_needs_another_quantity() {
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
customer: [swap:7:3:CIM:CIM-KG]
    unqueue 7/1: superseded
    say ask how many CIM-KG?
    = capturing
customer: 1000
    record 7/2 760.00
    say quote 7/2 760.00 (first)
    = quoted"
        ),
    );
}

#[test]
fn nothing_is_swapped_unasked() {
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
customer: sim
    say which_swap; 20 CIM -> [swap:7:3:CIM:CIM:3] [swap:7:3:CIM:CIM-KG]
    = awaiting_approval
customer: obrigado
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 760.00 (first); 20 CIM -> [swap:7:3:CIM:CIM:3] [swap:7:3:CIM:CIM-KG]
    = quoted
customer: sim
    place 7/1
    say accepted 7/1 760.00, pix, pickup
    = won"
        ),
    );
}

#[test]
fn a_sent_quote_is_revised_by_a_swap() {
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
approve
    unqueue 7/1: approved
    say quote 7/1 760.00 (first); 20 CIM -> [swap:7:3:CIM:CIM:3] [swap:7:3:CIM:CIM-KG]
    = quoted
customer: [swap:7:3:CIM:CIM:3]
    record 7/2 798.00
    say quote 7/2 798.00 (revised)
    = quoted"
        ),
    );
}

#[test]
fn a_button_of_another_order_or_of_a_line_that_is_gone_swaps_nothing() {
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
customer: [swap:6:3:CIM:CIM:3]
    say still_under_review
    = awaiting_approval
customer: [swap:7:3:ARE:CIM:3]
    remind 7/1
    = awaiting_approval
customer: [swap:7:3:CIM:ARE]
    remind 7/1
    = awaiting_approval
customer: [swap:7:3:CIM:CIM:3]
    record 7/2 798.00
    unqueue 7/1: superseded
    say quote 7/2 798.00 (first)
    = quoted
customer: [swap:7:3:CIM:CIM-KG]
    say quote 7/2 798.00 (again)
    = quoted"
        ),
    );
}

/// What words make of the quote that was sent, 20 bags of the cement that is short.
#[track_caller]
fn check_words(words: &str, expected: &str) {
    let store = short();
    let mut play = Play::new(&store);
    play.line("customer: 20 sacos de cimento CP II, vou retirar, pix");
    play.line("approve");
    play.line(&format!("customer: {words}"));
    let items = &play.conversation.draft.items;
    let item = |item: &DraftItem| {
        format!("{} {}", item.qty.map_or("?".into(), |qty| qty.to_string()), item.sku)
    };
    let found: Vec<String> = items.iter().map(item).collect();
    assert_eq!(found.join(", "), expected, "{words}");
}

#[test]
fn words_swap_only_when_they_say_so() {
    for words in [
        "troca o cimento CP II pelo CP III",
        "pode ser o CP III",
        "pode ser o cimento CP III",
        "manda o CP III no lugar",
        "pode trocar pelo CP III",
        "serve o CP III",
        "o cimento CP III serve",
    ] {
        check_words(words, "20 CIM:3");
    }
    for words in ["pode ser a outra", "pode ser o outro cimento", "sim", "pode mandar", "troca"] {
        check_words(words, "20 CIM");
    }
    for words in ["quero o CP III também", "serve o CP III?", "o CP III não serve"] {
        check_words(words, "20 CIM, ? CIM:3");
    }
    // Whether it is there is answered, and the order stands.
    check_words("tem CP III?", "20 CIM");
    check_words("pode ser o cimento a granel", "? CIM-KG");
    check_words("pode ser 5 sacos de CP III", "20 CIM, 5 CIM:3");
    check_words("pode ser mais 1 rolo de lã", "20 CIM, 1 ROSA");
}

#[test]
fn what_is_offered_is_picked_by_its_place_and_not_taken_for_a_day() {
    for words in ["a primeira", "1", "serve o CP III"] {
        check_in(
            &short(),
            &format!(
                "{REVIEWED}
customer: {words}
    record 7/2 798.00
    unqueue 7/1: superseded
    say quote 7/2 798.00 (first)
    = quoted"
            ),
        );
    }
    for words in ["a segunda", "2"] {
        check_in(
            &short(),
            &format!(
                "{REVIEWED}
customer: {words}
    unqueue 7/1: superseded
    say ask how many CIM-KG?
    = capturing"
            ),
        );
    }
}

#[test]
fn a_yes_takes_the_one_thing_that_is_offered_while_a_person_looks() {
    let store = short();
    let mut products = store.catalog.products().to_vec();
    let cement = products.iter_mut().find(|product| product.sku.as_str() == "CIM").unwrap();
    cement.substitutes = ["CIM-1", "CIM:3"].map(|sku| sku.parse().unwrap()).to_vec();
    let store = Store { catalog: Catalog::new(products).unwrap(), ..store };
    check_in(
        &store,
        "
customer: 20 sacos de cimento CP II, vou retirar, pix
    record 7/1 760.00
    queue 7/1: out_of_stock
    say under_review: 1 items, 0 unknown; 20 CIM -> [swap:7:3:CIM:CIM:3]
    = awaiting_approval
customer: ok, obrigado
    = awaiting_approval
customer: pode ser o CP I no lugar
    say in stock: [], not: [CIM-1]
    = awaiting_approval
customer: sim
    record 7/2 798.00
    unqueue 7/1: superseded
    say quote 7/2 798.00 (first)
    = quoted",
    );
}

/// The same store with two products short, each with one that serves.
fn two_short() -> Store {
    let store = short();
    let mut products = store.catalog.products().to_vec();
    for product in &mut products {
        match product.sku.as_str() {
            "CIM" => product.substitutes = vec!["CIM:3".parse().unwrap()],
            "TIJ-6F" => {
                product.stock = serde_json::from_value(json!({"available": "0"})).unwrap();
                product.substitutes = vec!["TIJ-8F".parse().unwrap()];
            }
            _ => {}
        }
    }
    Store { catalog: Catalog::new(products).unwrap(), ..store }
}

/// 20 bags at 40.00 and 100 bricks at 0.90, less 5 % for Pix.
const BOTH: &str = "
customer: 20 sacos de cimento CP II e 100 tijolos de 6 furos, vou retirar, pix
    record 7/1 845.50
    queue 7/1: out_of_stock
    say under_review: 2 items, 0 unknown; 20 CIM -> [swap:7:3:CIM:CIM:3]; 100 TIJ-6F -> [swap:7:6:TIJ-6F:TIJ-8F]
    = awaiting_approval
";

#[test]
fn a_yes_takes_all_that_is_offered_one_for_one() {
    check_in(
        &two_short(),
        &format!(
            "{BOTH}
customer: sim
    record 7/2 902.50
    unqueue 7/1: superseded
    say quote 7/2 902.50 (first)
    = quoted"
        ),
    );
}

#[test]
fn a_no_refuses_the_swap_and_the_order_goes_on() {
    for no in ["não", "não, obrigado", "nao quero trocar"] {
        check_in(
            &two_short(),
            &format!(
                "{BOTH}
customer: {no}
    say still_under_review
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 845.50 (first)
    = quoted
customer: não
    say declined
    = lost"
            ),
        );
    }
}

#[test]
fn a_no_to_a_swap_under_a_sent_quote_shows_it_without() {
    check_in(
        &two_short(),
        &format!(
            "{BOTH}
approve
    unqueue 7/1: approved
    say quote 7/1 845.50 (first); 20 CIM -> [swap:7:3:CIM:CIM:3]; 100 TIJ-6F -> [swap:7:6:TIJ-6F:TIJ-8F]
    = quoted
customer: não
    say quote 7/1 845.50 (again)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 845.50, pix, pickup
    = won"
        ),
    );
}

#[test]
fn a_no_to_more_than_the_swap_is_no_to_all() {
    check_in(
        &two_short(),
        &format!(
            "{BOTH}
customer: não quero mais nada, achei mais barato
    unqueue 7/1: superseded
    say cancelled
    = lost"
        ),
    );
}

#[test]
fn which_of_several_is_asked_twice_at_most() {
    let which = "say which_swap; 20 CIM -> [swap:7:3:CIM:CIM:3] [swap:7:3:CIM:CIM-KG]";
    check_in(
        &short(),
        &format!(
            "{REVIEWED}
customer: sim
    {which}
    = awaiting_approval
customer: sim, pode
    {which}
    = awaiting_approval
customer: sim
    say still_under_review
    = awaiting_approval
customer: o CP III
    record 7/2 798.00
    unqueue 7/1: superseded
    say quote 7/2 798.00 (first)
    = quoted"
        ),
    );
}
