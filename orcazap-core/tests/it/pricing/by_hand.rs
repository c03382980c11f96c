//! Quotes that a person changed: what differs, what was given away, who may send it.

use chrono::DateTime;
use orcazap_core::authority::{Concession, Editor, Limit, Refusal, may_send};
use orcazap_core::order::OrderItem;
use orcazap_core::pricing::{Overrides, PriceBookData, explain};
use orcazap_core::{
    Bairro, Catalog, Language, Money, Order, Place, PriceBook, Product, Quote, Unit, quote,
};

/// Prices `CIM=10 …` with overrides given as JSON.
fn priced(items: &str, overrides: &str) -> Quote {
    let product = |sku: &str, price: &str| {
        Product::new(sku.parse().unwrap(), sku, Unit::Bag, price.parse().unwrap())
    };
    let catalog = Catalog::new(vec![product("CIM", "40"), product("CAL", "15")]).unwrap();
    let data: PriceBookData = serde_json::from_str(
        r#"{"tiers": [{"scope": "store", "key": null, "min_qty": "10", "pct": "5"}],
            "freight": [{"bairro": "Centro", "base": "20", "per_kg": "0", "included_kg": "0"}]}"#,
    )
    .unwrap();
    let book = PriceBook::new(data).unwrap();
    let overrides: Overrides = serde_json::from_str(overrides).unwrap();
    let item = |text: &str| {
        let (sku, qty) = text.split_once('=').unwrap();
        OrderItem::new(sku.parse().unwrap(), qty.parse().unwrap())
    };
    let order = Order {
        items: items.split(' ').map(item).collect(),
        place: Some(Place::from("centro".parse::<Bairro>().unwrap())),
        ..Order::default()
    };
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    quote(&order, &overrides, &catalog, &book, now).unwrap()
}

#[track_caller]
fn check_revised(before: Quote, after: Quote, expected: &str) {
    assert_eq!(serde_json::to_string(&after.revised_from(&before)).unwrap(), expected);
}

#[test]
fn every_kind_of_change_is_named() {
    let before = || priced("CIM=10", "{}");
    check_revised(before(), before(), "[]");
    check_revised(
        before(),
        priced("CIM=12", r#"{"freight": "0.00"}"#),
        r#"[{"revised":"quantity","sku":"CIM","before":"10","after":"12"},{"revised":"freight","before":"20.00","after":"0.00"}]"#,
    );
    check_revised(
        before(),
        priced("CAL=3 CIM=10", r#"{"prices": {"CIM": "38.5"}}"#),
        r#"[{"revised":"price","sku":"CIM","before":"40","after":"38.5","by_hand":true},{"revised":"tier","sku":"CIM","before":"5","after":null},{"revised":"added","sku":"CAL","qty":"3"}]"#,
    );
    check_revised(
        priced("CAL=1 CIM=10 CAL=2", "{}"),
        before(),
        r#"[{"revised":"removed","sku":"CAL","qty":"3"}]"#,
    );
}

#[test]
fn a_price_by_hand_stands_as_it_is_and_the_rest_is_priced_by_the_rules() {
    let quote = priced("CIM=10 CAL=10", r#"{"prices": {"CIM": "39"}}"#);
    let nets: Vec<String> = quote.lines().iter().map(|line| line.net.to_string()).collect();
    assert_eq!(nets, ["390.00", "142.50"]);
    assert!(quote.has_overrides());
}

#[test]
fn a_discount_by_hand_stands_in_place_of_the_tier() {
    let quote = priced("CIM=10 CAL=10", r#"{"discounts": {"CIM": "7.5"}}"#);
    let nets: Vec<String> = quote.lines().iter().map(|line| line.net.to_string()).collect();
    assert_eq!(nets, ["370.00", "142.50"]);
    assert!(quote.has_overrides());
    let text = explain(&quote.trace(), Language::Portuguese);
    assert!(text.contains("desconto combinado: 7,5% de R$ 400,00 = R$ 30,00"), "{text}");
    check_revised(
        priced("CIM=10 CAL=10", "{}"),
        quote,
        r#"[{"revised":"discount","sku":"CIM","before":null,"after":"7.5"}]"#,
    );
}

/// By the rules ten bags come to 380.00 and 20.00 freight.
fn given_away(overrides: &str) -> Concession {
    Concession::of(&priced("CIM=10", overrides), &priced("CIM=10", "{}"))
}

#[test]
fn a_concession_is_measured_against_the_rules_and_not_the_list_price() {
    let check = |overrides, amount, pct: &str| {
        let found = given_away(overrides);
        assert_eq!(found.amount, Money::from_centavos(amount), "{overrides}");
        assert_eq!(found.pct().map(|pct| pct.to_string()).as_deref(), Some(pct), "{overrides}");
    };
    check(r#"{"prices": {"CIM": "38"}}"#, 0, "0.00");
    check(r#"{"prices": {"CIM": "41"}}"#, 0, "0.00");
    check(r#"{"prices": {"CIM": "37"}}"#, 1_000, "2.50");
    check(r#"{"prices": {"CIM": "37"}, "freight": "0.00"}"#, 3_000, "7.50");
    // More freight than the rule's pays for nothing given away on the goods.
    check(r#"{"prices": {"CIM": "37"}, "freight": "90.00"}"#, 1_000, "2.50");
    check(r#"{"prices": {"CIM": "38"}, "freight": "90.00"}"#, 0, "0.00");
}

#[test]
fn beyond_the_limit_of_a_role_a_second_person_decides() {
    let found = given_away(r#"{"prices": {"CIM": "37"}}"#);
    let limit = |pct: Option<&str>, amount: Option<&str>| Limit {
        max_pct: pct.map(|pct| pct.parse().unwrap()),
        max_amount: amount.map(|amount| amount.parse().unwrap()),
    };
    for (limit, within) in [
        (limit(None, None), true),
        (limit(Some("2.5"), None), true),
        (limit(Some("2.499"), None), false),
        (limit(None, Some("10.00")), true),
        (limit(None, Some("9.99")), false),
        (limit(Some("2.5"), Some("9.99")), false),
        (limit(Some("0"), None), false),
    ] {
        let (own, others) =
            (may_send(found, &limit, Editor::Same), may_send(found, &limit, Editor::Other));
        if within {
            assert_eq!((own, others), (Ok(()), Ok(())), "{limit:?}");
        } else {
            assert_eq!(own, Err(Refusal::NeedsSecondPerson { found }), "{limit:?}");
            assert_eq!(others, Err(Refusal::BeyondLimit { found }), "{limit:?}");
        }
    }
}
