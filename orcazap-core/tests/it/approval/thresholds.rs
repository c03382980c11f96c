//! Each reason by itself: at its threshold the quote goes out, a hair beyond it a person
//! must look, with the figures that say so, and the store's switch turns off that one.

use orcazap_core::catalog::Stock;
use orcazap_core::order::PaymentMethod;
use orcazap_core::{Payment, Place, Rules};
use serde_json::{Value, json};

use super::{CODES, Setting};

/// One reason of the truth table. The setting is two of a product at 10.00 that costs
/// 6.00, confirmed nine days ago.
struct Row {
    code: &'static str,
    /// The last that goes out by itself.
    at: fn(&mut Setting),
    /// The first that does not.
    beyond: fn(&mut Setting),
    /// What the reason carries beside its code.
    figures: Value,
    /// How a store switches it off; `None` where it can't.
    off: Option<fn(&mut Rules)>,
}

/// Every reason, in the order of [`CODES`].
fn rows() -> Vec<Row> {
    let as_it_is: fn(&mut Setting) = |_| {};
    vec![
        Row {
            code: "ambiguous_item",
            at: as_it_is,
            beyond: |s| s.provoke("ambiguous_item"),
            figures: json!({"texts": ["tijolo"]}),
            off: None,
        },
        Row {
            code: "assisted_reading",
            at: as_it_is,
            beyond: |s| s.order.assisted = true,
            figures: json!({}),
            off: Some(|rules| rules.allow_assisted_reading = true),
        },
        Row {
            code: "below_minimum",
            at: |s| s.rules.min_order = "20".parse().ok(),
            beyond: |s| s.rules.min_order = "20.01".parse().ok(),
            figures: json!({"min": "20.01", "found": "20.00"}),
            off: Some(|rules| rules.min_order = None),
        },
        Row {
            code: "credit_sale",
            at: |s| s.order.payment = Some(Payment::by(PaymentMethod::Boleto)),
            beyond: |s| s.order.payment = Some(Payment::by(PaymentMethod::Boleto).due_in(1)),
            figures: json!({"payment": {"method": "boleto", "days": 1}, "total": "20.00"}),
            off: Some(|rules| rules.allow_credit_sale = true),
        },
        Row {
            code: "high_value",
            at: |s| s.rules.max_auto_total = "20".parse().ok(),
            beyond: |s| s.rules.max_auto_total = "19.99".parse().ok(),
            figures: json!({"max": "19.99", "found": "20.00"}),
            off: Some(|rules| rules.max_auto_total = None),
        },
        Row {
            code: "large_quantity",
            at: |s| s.product.max_auto_qty = "2".parse().ok(),
            beyond: |s| s.product.max_auto_qty = "1.999999".parse().ok(),
            figures: json!({"lines": [["A", "1.999999", "2"]]}),
            off: Some(|rules| rules.allow_large_quantity = true),
        },
        Row {
            code: "low_line_margin",
            at: |s| s.rules.min_line_margin_pct = "40".parse().ok(),
            beyond: |s| s.rules.min_line_margin_pct = "40.000001".parse().ok(),
            figures: json!({"min": "40.000001", "lines": [["A", "40.00"]]}),
            off: Some(|rules| rules.min_line_margin_pct = None),
        },
        Row {
            code: "low_margin",
            at: |s| s.rules.min_margin_pct = "40".parse().ok(),
            beyond: |s| s.rules.min_margin_pct = "40.000001".parse().ok(),
            figures: json!({"min": "40.000001", "found": "40.00"}),
            off: Some(|rules| rules.min_margin_pct = None),
        },
        Row {
            code: "no_freight_rule",
            at: |s| s.order.place = Some(Place::Pickup),
            beyond: |s| s.order.place = Place::address(None, "Centro".parse().ok(), None),
            figures: json!({"place": {"bairro": "Centro"}}),
            off: Some(|rules| rules.allow_no_freight_rule = true),
        },
        Row {
            code: "off_step",
            at: |s| s.product.step = "0.4".parse().unwrap(),
            beyond: |s| s.product.step = "0.400001".parse().unwrap(),
            figures: json!({"lines": [{"sku": "A", "asked": "2", "step": "0.400001"}]}),
            off: Some(|rules| rules.allow_off_step = true),
        },
        Row {
            code: "out_of_stock",
            at: |s| s.product.stock = Stock::Available("2".parse().unwrap()),
            beyond: |s| s.product.stock = Stock::Available("1.999999".parse().unwrap()),
            figures: json!({"short": [
                {"sku": "A", "asked": "2", "available": "1.999999", "substitutes": []}
            ]}),
            off: Some(|rules| rules.allow_out_of_stock = true),
        },
        Row {
            code: "price_override",
            at: as_it_is,
            // The store's own price, and yet a person's word.
            beyond: |s| {
                s.overrides.prices.insert(s.product.sku.clone(), s.product.price);
            },
            figures: json!({"lines": [{"sku": "A", "list": "10", "price": "10"}]}),
            off: Some(|rules| rules.allow_price_override = true),
        },
        Row {
            code: "rehearsal",
            at: as_it_is,
            beyond: |s| s.rules.rehearsal = true,
            figures: json!({}),
            off: Some(|rules| rules.rehearsal = false),
        },
        Row {
            code: "stale_cost",
            at: |s| s.rules.max_cost_age_days = Some(9),
            beyond: |s| s.rules.max_cost_age_days = Some(8),
            figures: json!({"lines": [{"sku": "A", "age_days": 9}], "max_days": 8}),
            off: Some(|rules| rules.max_cost_age_days = None),
        },
        Row {
            code: "unknown_item",
            at: as_it_is,
            beyond: |s| s.provoke("unknown_item"),
            figures: json!({"texts": ["piscina"]}),
            off: None,
        },
    ]
}

#[test]
fn the_table_has_every_reason() {
    let codes: Vec<&str> = rows().iter().map(|row| row.code).collect();
    assert_eq!(codes, CODES);
}

#[test]
fn each_reason_holds_beyond_its_threshold_and_not_at_it() {
    for Row { code, at, beyond, mut figures, .. } in rows() {
        let mut setting = Setting::new();
        at(&mut setting);
        assert_eq!(setting.reasons(), json!([]), "{code} at its threshold");
        let mut setting = Setting::new();
        beyond(&mut setting);
        figures["code"] = json!(code);
        assert_eq!(setting.reasons(), json!([figures]), "{code} beyond it");
    }
}

#[test]
fn at_every_threshold_at_once_the_quote_goes_out() {
    let mut setting = Setting::new();
    rows().iter().for_each(|row| (row.at)(&mut setting));
    assert_eq!(setting.reasons(), json!([]));
}

#[test]
fn a_hair_beyond_every_threshold_each_reason_carries_its_own_figures() {
    let mut setting = Setting::new();
    let mut expected = Vec::new();
    for Row { code, beyond, mut figures, .. } in rows() {
        beyond(&mut setting);
        figures["code"] = json!(code);
        expected.push(figures);
    }
    assert_eq!(setting.reasons(), Value::Array(expected));
}

#[test]
fn a_switch_turns_off_its_own_reason_and_no_other() {
    for Row { code, off, .. } in rows() {
        let mut setting = Setting::new();
        CODES.iter().for_each(|code| setting.provoke(code));
        let Some(off) = off else { continue };
        off(&mut setting.rules);
        let others: Vec<&str> = CODES.into_iter().filter(|other| *other != code).collect();
        assert_eq!(setting.codes(), others, "without {code}");
    }
}

#[test]
fn store_credit_is_credit_from_the_first_day() {
    for (method, on_credit) in [
        (PaymentMethod::Pix, false),
        (PaymentMethod::Cash, false),
        (PaymentMethod::CreditCard, false),
        (PaymentMethod::DebitCard, false),
        (PaymentMethod::Transfer, false),
        (PaymentMethod::Boleto, false),
        (PaymentMethod::StoreCredit, true),
    ] {
        let mut setting = Setting::new();
        setting.order.payment = Some(Payment::by(method));
        assert_eq!(setting.codes() == ["credit_sale"], on_credit, "{}", method.code());
    }
}
