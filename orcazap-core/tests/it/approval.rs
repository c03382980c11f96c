//! Which quotes a person must look at: every combination of reasons.

use chrono::DateTime;
use orcazap_core::catalog::Stock;
use orcazap_core::order::{Ambiguous, OrderItem, PaymentMethod, Unknown};
use orcazap_core::pricing::{Overrides, PriceBookData};
use orcazap_core::{
    Catalog, Decision, Order, Payment, Place, PriceBook, Product, Quote, Rules, Unit, quote, review,
};

/// Everything that can make a person look, sorted by code.
const CODES: [&str; 15] = [
    "ambiguous_item",
    "assisted_reading",
    "below_minimum",
    "credit_sale",
    "high_value",
    "large_quantity",
    "low_line_margin",
    "low_margin",
    "no_freight_rule",
    "off_step",
    "out_of_stock",
    "price_override",
    "rehearsal",
    "stale_cost",
    "unknown_item",
];

/// A product, an order and rules that go out unseen.
struct Setting {
    product: Product,
    order: Order,
    overrides: Overrides,
    rules: Rules,
}

impl Setting {
    fn new() -> Self {
        let (sku, price) = ("A".parse().unwrap(), "10".parse().unwrap());
        let product = Product {
            cost: Some("6".parse().unwrap()),
            cost_date: "2026-03-01".parse().ok(),
            ..Product::new(sku, "Areia", Unit::CubicMeter, price)
        };
        let item = OrderItem { sku: product.sku.clone(), qty: "2".parse().unwrap() };
        let order = Order {
            items: vec![item],
            place: Some(Place::Pickup),
            payment: Some(Payment::by(PaymentMethod::Boleto)),
            ..Order::default()
        };
        Self { product, order, overrides: Overrides::default(), rules: Rules::default() }
    }

    /// Makes one thing such that a person must look.
    fn provoke(&mut self, code: &str) {
        match code {
            "ambiguous_item" => self.order.ambiguous.push(Ambiguous {
                text: "tijolo".to_owned(),
                qty: None,
                unit: None,
                skus: Vec::new(),
            }),
            "assisted_reading" => self.order.assisted = true,
            "below_minimum" => self.rules.min_order = "50".parse().ok(),
            "credit_sale" => {
                self.order.payment = Some(Payment::by(PaymentMethod::StoreCredit));
            }
            "high_value" => self.rules.max_auto_total = "5".parse().ok(),
            "large_quantity" => self.product.max_auto_qty = "1".parse().ok(),
            "low_line_margin" => self.rules.min_line_margin_pct = "95".parse().ok(),
            "low_margin" => self.rules.min_margin_pct = "95".parse().ok(),
            "no_freight_rule" => self.order.place = None,
            "off_step" => self.product.step = "1.5".parse().unwrap(),
            "out_of_stock" => self.product.stock = Stock::Available("1".parse().unwrap()),
            "price_override" => {
                self.overrides.prices.insert(self.product.sku.clone(), "9".parse().unwrap());
            }
            "rehearsal" => self.rules.rehearsal = true,
            "stale_cost" => self.rules.max_cost_age_days = Some(8),
            "unknown_item" => {
                self.order.unknown.push(Unknown { text: "piscina".to_owned(), qty: None });
            }
            other => panic!("{other} is no reason"),
        }
    }

    fn quote(&self) -> Quote {
        let catalog = Catalog::new(vec![self.product.clone()]).unwrap();
        let book = PriceBook::new(PriceBookData::default()).unwrap();
        let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
        quote(&self.order, &self.overrides, &catalog, &book, now).unwrap()
    }

    fn codes(&self) -> Vec<&'static str> {
        let decision = review(&self.quote(), &self.order, &self.rules);
        assert_eq!(decision == Decision::Auto, decision.reasons().is_empty());
        decision.reasons().iter().map(orcazap_core::Reason::code).collect()
    }
}

#[test]
fn every_combination_of_reasons_is_named_and_sorted() {
    for combination in 0..1_u32 << CODES.len() {
        let provoked = |(bit, _): &(usize, &&str)| combination >> bit & 1 == 1;
        let expected: Vec<&str> =
            CODES.iter().enumerate().filter(provoked).map(|(_, code)| *code).collect();
        let mut setting = Setting::new();
        expected.iter().for_each(|code| setting.provoke(code));
        assert_eq!(setting.codes(), expected);
    }
}

#[test]
fn all_but_what_was_not_understood_can_be_switched_off() {
    let mut setting = Setting::new();
    CODES.iter().for_each(|code| setting.provoke(code));
    setting.rules = Rules {
        min_margin_pct: None,
        min_line_margin_pct: None,
        max_auto_total: None,
        min_order: None,
        max_cost_age_days: None,
        allow_unknown_cost: true,
        allow_no_freight_rule: true,
        allow_credit_sale: true,
        allow_out_of_stock: true,
        allow_large_quantity: true,
        allow_off_step: true,
        allow_price_override: true,
        allow_assisted_reading: true,
        rehearsal: false,
    };
    assert_eq!(setting.codes(), ["ambiguous_item", "unknown_item"]);
}

#[track_caller]
fn check(change: impl Fn(&mut Setting), expected: &[&str]) {
    let mut setting = Setting::new();
    change(&mut setting);
    assert_eq!(setting.codes(), expected);
}

#[test]
fn thresholds_hold_to_the_last_place() {
    // Price 10, cost 6: the margin is 40 %.
    check(|s| s.rules.min_margin_pct = "40".parse().ok(), &[]);
    check(|s| s.rules.min_margin_pct = "40.01".parse().ok(), &["low_margin"]);
    check(|s| s.rules.max_auto_total = "20".parse().ok(), &[]);
    check(|s| s.rules.max_auto_total = "19.99".parse().ok(), &["high_value"]);
    check(|s| s.rules.min_order = "20".parse().ok(), &[]);
    check(|s| s.rules.max_cost_age_days = Some(9), &[]);
    check(|s| s.product.stock = Stock::Available("2".parse().unwrap()), &[]);
    check(|s| s.product.max_auto_qty = "2".parse().ok(), &[]);
}

#[test]
fn only_the_margin_of_a_line_is_compared_unrounded() {
    // (30 − 20) ÷ 30 is 33.333… %: more than 33.33 when it is not rounded.
    let thirds = |s: &mut Setting| {
        s.product.price = "15".parse().unwrap();
        s.product.cost = "10".parse().ok();
    };
    check(
        |s| {
            thirds(s);
            s.rules.min_line_margin_pct = "33.334".parse().ok();
            s.rules.min_margin_pct = "33.33".parse().ok();
        },
        &["low_line_margin"],
    );
    check(
        |s| {
            thirds(s);
            s.rules.min_line_margin_pct = "33.333".parse().ok();
            s.rules.min_margin_pct = "33.333".parse().ok();
        },
        &["low_margin"],
    );
}

#[test]
fn what_is_given_away_has_too_low_a_margin_when_it_costs_something() {
    let free = |s: &mut Setting| {
        s.product.price = "0".parse().unwrap();
        s.rules.min_line_margin_pct = "-100".parse().ok();
        s.rules.min_margin_pct = "-100".parse().ok();
    };
    check(free, &["low_line_margin", "low_margin"]);
    check(
        |s| {
            free(s);
            s.product.cost = "0".parse().ok();
        },
        &[],
    );
}

#[test]
fn a_cost_that_is_unknown_or_has_no_day_is_stale() {
    check(|s| s.product.cost = None, &["stale_cost"]);
    check(|s| s.product.cost_date = None, &[]);
    check(
        |s| {
            s.product.cost_date = None;
            s.rules.max_cost_age_days = Some(u16::MAX);
        },
        &["stale_cost"],
    );
}

#[test]
fn the_lines_of_one_product_draw_on_one_stock() {
    check(
        |s| {
            s.product.stock = Stock::Available("3".parse().unwrap());
            s.order.items.push(s.order.items[0].clone());
        },
        &["out_of_stock"],
    );
}

#[test]
fn a_boleto_is_credit_only_with_days() {
    let boleto = |days| Some(Payment { days, ..Payment::by(PaymentMethod::Boleto) });
    check(|s| s.order.payment = boleto(None), &[]);
    check(|s| s.order.payment = boleto(Some(30)), &["credit_sale"]);
}

#[test]
fn a_reason_carries_the_figures_that_caused_it() {
    let reasons = |provoke: fn(&mut Setting)| {
        let mut setting = Setting::new();
        provoke(&mut setting);
        let decision = review(&setting.quote(), &setting.order, &setting.rules);
        serde_json::to_value(decision.reasons()).unwrap()
    };
    let on_credit: fn(&mut Setting) = |s| {
        let payment = Payment::by(PaymentMethod::Boleto);
        s.order.payment = Some(Payment { days: Some(30), ..payment });
    };
    let payment = serde_json::json!({"method": "boleto", "days": 30});
    assert_eq!(
        reasons(on_credit),
        serde_json::json!([{"code": "credit_sale", "payment": payment}])
    );
    let beyond: fn(&mut Setting) =
        |s| s.order.place = Place::address(None, "Centro".parse().ok(), None);
    assert_eq!(
        reasons(beyond),
        serde_json::json!([{"code": "no_freight_rule", "place": {"bairro": "Centro"}}])
    );
    assert_eq!(
        reasons(|s| s.provoke("off_step")),
        serde_json::json!([{"code": "off_step", "skus": ["A"], "steps": ["1.5"]}])
    );
    assert_eq!(
        reasons(|s| s.provoke("stale_cost")),
        serde_json::json!([
            {"code": "stale_cost", "skus": ["A"], "ages": [9], "max_days": 8}
        ])
    );
    assert_eq!(
        reasons(|s| s.product.cost = None),
        serde_json::json!([{"code": "stale_cost", "skus": ["A"], "ages": [null]}])
    );
}

#[test]
fn reasons_saved_without_their_figures_load_and_are_saved_alike() {
    let saved = serde_json::json!([
        {"code": "credit_sale"},
        {"code": "no_freight_rule"},
        {"code": "off_step", "skus": ["A"]},
        {"code": "stale_cost", "skus": ["A"]},
    ]);
    let reasons: Vec<orcazap_core::Reason> = serde_json::from_value(saved.clone()).unwrap();
    assert_eq!(serde_json::to_value(reasons).unwrap(), saved);
}

#[test]
fn the_page_of_reasons_lists_each_of_them() {
    let page = include_str!("../../docs/approval.md");
    let rows = page.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    let mut codes = CODES.to_vec();
    codes.push("second_person");
    codes.sort_unstable();
    assert_eq!(rows.collect::<Vec<_>>(), codes);
}
