//! What other rules would have done, line by line.

use chrono::DateTime;
use orcazap_core::pricing::{
    Case, CaseRules, Change, DecisionChange, DiscountSource, FreightSource, PriceSource,
    RuleChange, Summary,
};

/// One order by a store's rules and by others.
fn change(rules: &str, other: &str) -> Change {
    let json = format!(
        r#"{{"id":"1","store":{{"items":[{{"sku":"A","unit_price":"10","unit_cost":"6"}},
        {{"sku":"B","unit_price":"20"}}],{rules}}},
        "order":{{"items":[{{"sku":"A","qty":"10"}},{{"sku":"B","qty":"1"}}],"place":{{"pickup":true}}}}}}"#
    );
    let case: Case = serde_json::from_str(&json).unwrap();
    let other: CaseRules = serde_json::from_str(other).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    case.what_if(&other, now).unwrap()
}

#[test]
fn a_line_says_its_margins_and_the_rules_that_changed_it() {
    let ours = r#""tiers":[{"scope":"store","min_qty":"10","pct":"5"}]"#;
    let other = r#"{"lists":[{"name":"Obras","for":"everyone","prices":{"A":"9","B":"18"}}]}"#;
    let lines = change(ours, other).lines();
    let [a, b] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((a.before.to_string(), a.after.to_string()), ("95.00".into(), "90.00".into()));
    let margins = [a.margin_pct_before, a.margin_pct_after].map(|pct| pct.unwrap().to_string());
    assert_eq!(margins, ["36.84", "33.33"]);
    let [RuleChange::Price { before, after }, RuleChange::Discount { before: tier, after: none }] =
        a.rules.as_slice()
    else {
        panic!("{:?}", a.rules)
    };
    assert_eq!(before.from, PriceSource::List);
    assert_eq!(after.from, PriceSource::PriceList("Obras".into()));
    assert_eq!((tier.pct().to_string().as_str(), none), ("5", &DiscountSource::Nothing));
    assert_eq!([b.margin_pct_before, b.margin_pct_after], [None, None]);
    assert!(matches!(b.rules.as_slice(), [RuleChange::Price { .. }]));
}

#[test]
fn an_order_says_which_term_and_which_freight_rule_hold_in_place_of_others() {
    let json = r#"{"id":"1","store":{"items":[{"sku":"A","unit_price":"10","unit_cost":"6"}],
        "payment":[{"method":"pix","pct":"-5"}],
        "freight":[{"bairro":"Centro","base":"30","per_kg":"0","included_kg":"0"}]},
        "order":{"items":[{"sku":"A","qty":"10"}],"place":{"bairro":"Centro"},
        "payment":{"method":"pix"}}}"#;
    let case: Case = serde_json::from_str(json).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    let rules =
        |other: &str| case.what_if(&serde_json::from_str(other).unwrap(), now).unwrap().rules();
    let pix = r#""payment":[{"method":"pix","pct":"-5"}]"#;
    let centro = |more: &str| {
        format!(
            r#""freight":[{{"bairro":"Centro","base":"30","per_kg":"0","included_kg":"0"{more}}}]"#
        )
    };

    assert_eq!(rules(&format!("{{{pix},{}}}", centro(""))), []);
    // A tier changes what Pix takes off, and not the term.
    let tier = r#""tiers":[{"scope":"store","min_qty":"1","pct":"10"}]"#;
    assert_eq!(rules(&format!("{{{tier},{pix},{}}}", centro(""))), []);

    let changed = rules(&format!("{{{}}}", centro(r#","free_above":"50.00""#)));
    let [RuleChange::Payment { before, after }, RuleChange::Freight { before: paid, after: free }] =
        changed.as_slice()
    else {
        panic!("{changed:?}")
    };
    assert_eq!(before.term.unwrap().pct.to_string(), "-5");
    assert_eq!((before.adjustment.to_string().as_str(), after.term), ("-5.00", None));
    assert_eq!([paid.fee, free.fee].map(|fee| fee.unwrap().to_string()), ["30.00", "0.00"]);
    assert!(matches!(&free.from, FreightSource::Rule(rule) if rule.free_above.is_some()));

    let changed = rules(&format!("{{{pix}}}"));
    let [RuleChange::Freight { after, .. }] = changed.as_slice() else { panic!("{changed:?}") };
    assert_eq!((&after.from, after.fee), (&FreightSource::NoRule, None));
    let written = serde_json::to_string(&changed).unwrap();
    assert_eq!(serde_json::from_str::<Vec<RuleChange>>(&written).unwrap(), changed);
}

#[test]
fn other_reasons_are_another_decision() {
    let asks = |rules: &str| format!(r#""rules":{{{rules}}}"#);
    let margin = asks(r#""min_margin_pct":"90","allow_unknown_cost":true"#);
    let value = asks(r#""max_auto_total":"1.00","allow_unknown_cost":true"#);
    let none = asks(r#""allow_unknown_cost":true"#);
    let line_margin = asks(r#""min_line_margin_pct":"90","allow_unknown_cost":true"#);
    for (before, after, expected) in [
        (&value, &line_margin, DecisionChange::OtherReasons),
        (
            &value,
            &asks(r#""max_auto_total":"2.00","allow_unknown_cost":true"#),
            DecisionChange::Same,
        ),
        (&value, &none, DecisionChange::NowAuto),
        (&none, &value, DecisionChange::NowAsks),
        (&none, &none, DecisionChange::Same),
        // The cost of B is not known, and so no margin is too low.
        (&none, &margin, DecisionChange::Same),
    ] {
        let change = change(before, &format!("{{{after}}}"));
        assert_eq!(change.decision(), expected, "{before} {after}");
        let summary = Summary::of([change].iter());
        assert_eq!(summary.other_reasons, usize::from(expected == DecisionChange::OtherReasons));
    }
}
