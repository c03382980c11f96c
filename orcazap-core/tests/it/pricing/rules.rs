//! Which rules are refused, which are merely suspicious, and what an order can't
//! be priced by.

use chrono::DateTime;
use orcazap_core::pricing::{Case, PriceBookData, Warning, explain_warning};
use orcazap_core::{Catalog, Language, PriceBook, Product};

fn book(json: &str) -> Result<PriceBook, String> {
    let data: PriceBookData = serde_json::from_str(json).map_err(|error| error.to_string())?;
    PriceBook::new(data).map_err(|error| error.to_string())
}

#[track_caller]
fn check_refused(json: &str, expected: &str) {
    assert_eq!(book(json).map(drop).unwrap_err(), expected, "{json}");
}

#[test]
fn rules_that_are_wrong_in_themselves_are_named() {
    for (json, expected) in [
        (
            r#"{"tiers":[{"scope":"store","key":null,"min_qty":"10","pct":"100.01"}]}"#,
            "tier 1 (the store from 10 on) takes off 100.01 %: give 0 to 100",
        ),
        (
            r#"{"tiers":[{"scope":"item","key":"CIM","min_qty":"10","pct":"-1"}]}"#,
            "tier 1 (product CIM from 10 on) takes off -1 %: give 0 to 100",
        ),
        (
            r#"{"payment":[{"method":"boleto","pct":"101"}]}"#,
            "payment term 1 (boleto) adds 101 %: give -100 to 100",
        ),
        (
            r#"{"payment":[{"method":"credit_card","installments":0,"pct":"1"}]}"#,
            "payment term 1 (credit_card in 0) is for no instalments: give 1 or more, or leave them out",
        ),
        (
            r#"{"payment":[{"method":"pix","installments":2,"pct":"1"}]}"#,
            "payment term 1 (pix in 2) has instalments: leave them out, only credit cards are paid in them",
        ),
        (
            r#"{"freight":[{"cep_from":"39559999","cep_to":"39550000","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rule 1 (CEP 39559-999 to 39550-000) runs backwards: put the lower CEP first",
        ),
        (
            r#"{"freight":[{"bairro":"Sé","base":"1","per_kg":"0","included_kg":"0","free_above":"-0.01"}]}"#,
            "freight rule 1 (bairro Sé) is free above -0.01: give 0.00 or more, or leave it out",
        ),
        (
            r#"{"freight":[{"bairro":"Sé","base":"1","per_kg":"0","included_kg":"0","truck_kg":"0"}]}"#,
            "freight rule 1 (bairro Sé) has a truck that carries 0: give more, or leave it out",
        ),
        (
            r#"{"freight":[{"bairro":"...","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rule 1 has a bairro without letters and digits, ...: give its name",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0","price":"1.00"}]}"#,
            "price point 1 (ARE) is for 0 of it: give more than 0",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0.5","price":"-1.00"}]}"#,
            "price point 1 (0.5 of ARE) costs -1.00: give 0.00 or more",
        ),
        (
            r#"{"origin":{"lat":"0","lon":"0"},"freight":[{"up_to_km":"0","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rule 1 reaches up to 0 km: give more than 0",
        ),
        (
            r#"{"freight":[{"up_to_km":"7.5","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rule 1 (points up to 7.5 km away) needs the store's own position: give origin",
        ),
        (r#"{"validity_hours":0}"#, "quotes stand for 0 hours (validity_hours): give 1 to 8784"),
        (
            r#"{"open":{"week":[{"day":"Mon","opens":"18:00:00","closes":"08:00:00"}]}}"#,
            "Mon opens at 18:00:00 and closes at 08:00:00: give an earlier opening, or a later closing",
        ),
        (
            r#"{"open":{"week":[{"day":"Mon","opens":"08:00:00","closes":"08:00:00"}]}}"#,
            "Mon opens at 08:00:00 and closes at 08:00:00: give an earlier opening, or a later closing",
        ),
        (
            r#"{"open":{"week":[{"day":"Thu","opens":"07:00:00","closes":"18:00:00"}],
                "half":[{"date":"2026-12-24","closes":"07:00:00"}]}}"#,
            "2026-12-24 closes at 07:00:00, and opens at 07:00:00: close later, or put it among the closed days",
        ),
    ] {
        check_refused(json, expected);
    }
}

/// What is said of JSON that holds no rules, without where it stands in the text.
#[track_caller]
fn check_unread(json: &str, expected: &str) {
    let error = book(json).map(drop).unwrap_err();
    assert_eq!(error.split(" at line ").next().unwrap(), expected, "{json}");
}

#[test]
fn a_field_that_can_not_be_read_is_named_with_its_rule() {
    check_unread(
        r#"{"origin":{"lat":"90.1","lon":"0"}}"#,
        "a latitude is -90 to 90 degrees, found 90.1",
    );
    let rest = r#""per_kg":"0","included_kg":"0"}"#;
    let good = format!(r#"{{"bairro":"Centro","base":"1",{rest}"#);
    for (rule, expected) in [
        (
            r#"{"bairro":"Sé","base":"-1","#,
            "(bairro Sé): base: expected a value from 0 to 10000000, found -1",
        ),
        (
            r#"{"bairro":"Sé","base":1.5,"#,
            "(bairro Sé): base: expected a text such as \"12.50\", found a number with a point",
        ),
        (r#"{"bairro":"Sé","#, "(bairro Sé): base is missing"),
        (
            r#"{"base":"1","#,
            "(): a freight rule has either bairro, or both cep_from and cep_to, or up_to_km",
        ),
        (
            r#"{"bairro":"Sé","up_to_km":"5","base":"1","#,
            "(bairro Sé, up_to_km 5): a freight rule has either bairro, or both cep_from and cep_to, or up_to_km",
        ),
        (
            r#"{"cep_from":"0100000","cep_to":"01000999","base":"1","#,
            "(cep_from 0100000, cep_to 01000999): cep_from: a CEP has 8 digits, found 7",
        ),
        (
            r#"{"up_to_km":"20101","base":"1","#,
            "(up_to_km 20101): up_to_km: expected a value from 0 to 20100, found 20101",
        ),
    ] {
        let json = format!(r#"{{"freight":[{good},{rule}{rest}]}}"#);
        check_unread(&json, &format!("freight rule 2 {expected}"));
    }
    for (json, expected) in [
        (
            r#"{"tiers":[{"scope":"item","key":"CIM","min_qty":"-1","pct":"5"}]}"#,
            "tier 1 (scope item, key CIM, min_qty -1): min_qty: expected a value from 0 to 10000000, found -1",
        ),
        (
            r#"{"tiers":[{"scope":"shop","min_qty":"1","pct":"5"}]}"#,
            "tier 1 (scope shop, min_qty 1): scope: expected item, category or store",
        ),
        (
            r#"{"payment":[{"method":"pix","pct":"1"},{"method":"pixx","pct":"1"}]}"#,
            "payment term 2 (method pixx): method: expected a payment method such as pix, boleto, credit_card, found \"pixx\"",
        ),
        (
            r#"{"payment":[{"method":"credit_card","installments":300,"pct":"1"}]}"#,
            "payment term 1 (method credit_card, installments 300): installments: expected a whole number from 0 to 255, found 300",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0.5","price":"1.005"}]}"#,
            "price point 1 (sku ARE, qty 0.5): price: expected at most 2 decimal places, found 1.005",
        ),
        (
            r#"{"lists":[{"name":"Obras","for":"everyone","prices":{"CIM":"1","CAL":"-1"}}]}"#,
            "price list 1 (name Obras, for everyone): price of CAL: expected a value from 0 to 10000000, found -1",
        ),
    ] {
        check_unread(json, expected);
    }
}

#[test]
fn more_rules_than_there_may_be_are_counted_by_kind() {
    let tier = |number: usize| orcazap_core::pricing::Tier {
        scope: orcazap_core::pricing::TierScope::Category(number.to_string()),
        min_qty: "1".parse().unwrap(),
        pct: "1".parse().unwrap(),
    };
    let tiers = (0..=PriceBook::MAX_RULES).map(tier).collect();
    let error = PriceBook::new(PriceBookData { tiers, ..PriceBookData::default() }).unwrap_err();
    assert_eq!(error.to_string(), "there are 10001 tiers: keep 10000 at most");
}

/// A boleto with days is a sale on credit; 0 days are days that were said.
#[test]
fn a_boleto_with_days_is_a_sale_on_credit_be_they_none() {
    let reasons = |days: &str| {
        let json = format!(
            r#"{{"id":"1","store":{{"items":[{{"sku":"A","unit_price":"10","unit_cost":"6"}}]}},
            "order":{{"items":[{{"sku":"A","qty":"1"}}],"place":{{"pickup":true}},
            "payment":{{"method":"boleto","days":{days}}}}}}}"#
        );
        let case: Case = serde_json::from_str(&json).unwrap();
        let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
        let outcome = case.price(now).unwrap();
        outcome.decision.reasons().iter().map(|reason| reason.code()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(reasons("null"), "");
    assert_eq!(reasons("0"), "credit_sale");
    assert_eq!(reasons("30"), "credit_sale");
}

#[test]
fn rules_that_tie_are_named() {
    for (json, expected) in [
        (
            r#"{"tiers":[{"scope":"category","key":"A","min_qty":"10","pct":"5"},{"scope":"category","key":"A","min_qty":"10.0","pct":"6"}]}"#,
            "tiers 1 and 2 begin at one quantity (category A from 10 on): keep one of them",
        ),
        (
            r#"{"payment":[{"method":"credit_card","pct":"1"},{"method":"credit_card","installments":1,"pct":"2"}]}"#,
            "payment terms 1 and 2 are for one way of paying (credit_card in 1): keep one of them",
        ),
        (
            r#"{"payment":[{"method":"boleto","pct":"3"},{"method":"pix","pct":"1"},{"method":"pix","pct":"2"}]}"#,
            "payment terms 2 and 3 are for one way of paying (pix): keep one of them",
        ),
        (
            r#"{"freight":[{"bairro":"São João","base":"1","per_kg":"0","included_kg":"0"},{"bairro":"SAO JOAO","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rules 1 and 2 are for one bairro, SAO JOAO: keep one of them",
        ),
        (
            r#"{"freight":[{"cep_from":"01000000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"},{"cep_from":"01000999","cep_to":"01001998","base":"1","per_kg":"0","included_kg":"0"}]}"#,
            "freight rules 1 and 2 overlap and are equally wide (CEP 01000-000 to 01000-999 and CEP 01000-999 to 01001-998): make one narrower",
        ),
        (
            r#"{"origin":{"lat":"0","lon":"0"},"freight":[{"up_to_km":"7.5","base":"1","per_kg":"0","included_kg":"0"},{"up_to_km":"7.500","base":"2","per_kg":"0","included_kg":"0"}]}"#,
            "freight rules 1 and 2 both reach up to 7.5 km: keep one of them",
        ),
        (
            r#"{"points":[{"sku":"ARE","qty":"0.5","price":"1"},{"sku":"ARE","qty":"0.50","price":"2"}]}"#,
            "price points 1 and 2 are both for 0.5 of ARE: keep one of them",
        ),
    ] {
        check_refused(json, expected);
    }
}

#[test]
fn a_product_that_stands_twice_in_a_list_is_refused_and_not_the_last_of_them_taken() {
    let prices = |prices: &str| {
        let json =
            format!(r#"{{"lists":[{{"name":"Obras","for":"everyone","prices":{prices}}}]}}"#);
        serde_json::from_str::<PriceBookData>(&json).map_err(|error| error.to_string())
    };
    let error = prices(r#"{"CIM":"1","ARE":"2","CIM":"1"}"#).unwrap_err();
    let expected = "price list 1 (name Obras, for everyone): price of CIM: \
                    stands twice: keep one of them at line 1 column ";
    assert!(error.starts_with(expected), "{error}");
    assert_eq!(prices(r#"{"CIM":"1","ARE":"2"}"#).unwrap().lists[0].prices.len(), 2);
}

#[test]
fn one_quantity_may_have_a_tier_in_every_scope() {
    let json = r#"{"tiers":[{"scope":"item","key":"A","min_qty":"1","pct":"5"},
        {"scope":"category","key":"A","min_qty":"1","pct":"6"},
        {"scope":"store","key":null,"min_qty":"1","pct":"7"}]}"#;
    assert!(book(json).is_ok());
}

#[test]
fn what_is_null_counts_as_not_said() {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [{"sku": "A", "category": null, "unit_price": "10", "unit_cost": "6"}],
            "tiers": [{"scope": "store", "min_qty": "1", "pct": "10"}],
            "payment": [{"method": "pix", "installments": null, "pct": "-5"}],
            "freight": [{"bairro": "Sé", "cep_from": null, "base": "7", "per_kg": "0",
                         "included_kg": "0", "truck_kg": null, "free_above": null}],
            "rules": {"max_auto_total": null}},
          "order": {"items": [{"sku": "A", "qty": "1"}], "place": {"cep": null, "bairro": "se"},
                    "payment": {"method": "pix", "installments": null, "days": null}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    assert_eq!(case.price(now).unwrap().quote.total().to_string(), "15.55");
}

#[test]
fn a_tier_that_gives_less_and_a_range_that_is_covered_are_warned_of() {
    let book = book(
        r#"{"tiers":[{"scope":"store","key":null,"min_qty":"50","pct":"4"},{"scope":"store","key":null,"min_qty":"10","pct":"5"}],
        "freight":[
        {"cep_from":"01000000","cep_to":"01000999","base":"1","per_kg":"0","included_kg":"0"},
        {"cep_from":"01000000","cep_to":"01000499","base":"2","per_kg":"0","included_kg":"0"},
        {"cep_from":"01000500","cep_to":"01000999","base":"3","per_kg":"0","included_kg":"0"}]}"#,
    )
    .unwrap();
    let warnings = serde_json::to_value(book.warnings()).unwrap();
    assert_eq!(warnings.as_array().unwrap().len(), 2, "{warnings}");
    assert_eq!(warnings[0]["warning"], "higher_tier_gives_less");
    assert_eq!(warnings[0]["higher"]["min_qty"], "50");
    assert_eq!(warnings[1]["warning"], "freight_never_matches");
    assert_eq!(warnings[1]["area"]["cep_to"], "01000999");
}

#[test]
fn what_is_suspicious_is_said_in_both_languages() {
    let book = book(
        r#"{"origin":{"lat":"0","lon":"0"},
        "tiers":[{"scope":"store","min_qty":"50","pct":"4"},{"scope":"store","min_qty":"10","pct":"5"},
            {"scope":"item","key":"SUMIU","min_qty":"1","pct":"2.5"},
            {"scope":"category","key":"Tintas","min_qty":"1","pct":"3"}],
        "freight":[{"up_to_km":"10","base":"15","per_kg":"0","included_kg":"0"},
            {"up_to_km":"5","base":"20","per_kg":"0","included_kg":"0"},
            {"cep_from":"01000000","cep_to":"01000001","base":"1","per_kg":"0","included_kg":"0"},
            {"cep_from":"01000000","cep_to":"01000000","base":"1","per_kg":"0","included_kg":"0"},
            {"cep_from":"01000001","cep_to":"01000001","base":"1","per_kg":"0","included_kg":"0"}],
        "points":[{"sku":"SUMIU","qty":"1","price":"9.00"}],
        "lists":[{"name":"Atacado","for":"everyone","prices":{"CIM":"29.9","SUMIU":"1"}}]}"#,
    )
    .unwrap();
    let cement = Product {
        category: "Cimento".to_owned(),
        cost: "30".parse().ok(),
        ..Product::new(
            "CIM".parse().unwrap(),
            "Cimento",
            orcazap_core::Unit::Bag,
            "40".parse().unwrap(),
        )
    };
    let catalog = Catalog::new(vec![cement]).unwrap();
    let said = |language| {
        let warnings = book.warnings_for(&catalog);
        let said: Vec<_> =
            warnings.iter().map(|warning| explain_warning(warning, language)).collect();
        said.join("\n")
    };
    insta::assert_snapshot!(said(Language::Portuguese), @r"
    desconto de 4% a partir de 50 (loja toda) tira menos que o desconto de 5% a partir de 10 (loja toda)
    frete para o CEP 01000-000 a 01000-001 nunca vale: faixas mais estreitas cobrem todos os seus CEPs
    frete até 10 km custa menos que o frete até 5 km
    preço fixo de 1 de SUMIU nunca vale: a tabela Atacado vale para todos e vem antes dele
    desconto de 2,5% a partir de 1 (produto SUMIU) nunca vale: a loja não vende nada disso
    desconto de 3% a partir de 1 (categoria Tintas) nunca vale: a loja não vende nada disso
    preço fixo de SUMIU nunca vale: a loja não vende este produto
    tabela Atacado, CIM: R$ 29,90 é menos que o custo de R$ 30,00
    tabela Atacado, SUMIU: a loja não vende este produto
    ");
    insta::assert_snapshot!(said(Language::English), @r"
    discount of 4% from 50 on (the store) takes off less than a discount of 5% from 10 on (the store)
    freight to CEP 01000-000 to 01000-001 never holds: narrower ones cover all its CEPs
    freight to points up to 10 km away costs less than freight to points up to 5 km away
    fixed price of 1 of SUMIU never holds: the price list Atacado holds for everyone and comes before it
    discount of 2.5% from 1 on (product SUMIU) never holds: the store sells nothing of it
    discount of 3% from 1 on (category Tintas) never holds: the store sells nothing of it
    fixed price of SUMIU never holds: the store does not sell this product
    price list Atacado, CIM: R$29.90 is less than the cost of R$30.00
    price list Atacado, SUMIU: the store does not sell this product
    ");
}

/// What is suspicious of rules, in Portuguese and in English, in a store that sells sand
/// by the half cubic metre, cement and lime.
#[track_caller]
fn check_warnings(rules: &str, portuguese: &[&str], english: &[&str]) {
    let product = |sku: &str, category: &str, cost: &str, step: &str| Product {
        category: category.to_owned(),
        cost: cost.parse().ok(),
        step: step.parse().unwrap(),
        ..Product::new(sku.parse().unwrap(), sku, orcazap_core::Unit::Bag, "100".parse().unwrap())
    };
    let cement = Product {
        substitutes: ["CAL", "CIM", "SUMIU"].map(|sku| sku.parse().unwrap()).to_vec(),
        ..product("CIM", "Cimento", "30", "1")
    };
    let products =
        vec![product("ARE", "Areia", "80", "0.5"), cement, product("CAL", "Cimento", "10", "1")];
    let catalog = Catalog::new(products).unwrap();
    let book = book(rules).unwrap();
    for (language, expected) in [(Language::Portuguese, portuguese), (Language::English, english)] {
        let warnings = book.warnings_for(&catalog);
        let mut said: Vec<_> =
            warnings.iter().map(|warning| explain_warning(warning, language)).collect();
        // Of the cement's substitutes it is warned in every store.
        let substitutes = said.split_off(said.len() - 2);
        assert_eq!(said, expected);
        let expected = match language {
            Language::Portuguese => [
                "CIM: o produto não substitui a si mesmo",
                "CIM: a loja não vende o substituto SUMIU",
            ],
            _ => [
                "CIM: a product is no substitute of itself",
                "CIM: the store does not sell its substitute SUMIU",
            ],
        };
        assert_eq!(substitutes, expected);
        let json = serde_json::to_value(&warnings).unwrap();
        assert_eq!(serde_json::from_value::<Vec<Warning>>(json).unwrap(), warnings);
    }
}

#[test]
fn a_fixed_price_that_is_never_or_hardly_asked_for_is_warned_of() {
    check_warnings(
        r#"{"points":[{"sku":"ARE","qty":"0.3","price":"30.00"},
            {"sku":"ARE","qty":"0.5","price":"39.99"},{"sku":"CIM","qty":"2","price":"60.00"}],
        "lists":[{"name":"Geral","for":"everyone","prices":{"CIM":"90"}},
            {"name":"Maio","for":"everyone","from":"2026-05-01","prices":{"ARE":"90"}},
            {"name":"Obras","for":"group","key":"Obras","prices":{}}]}"#,
        &[
            "preço fixo de 2 de CIM nunca vale: a tabela Geral vale para todos e vem antes dele",
            "tabela Obras não tem nenhum preço",
            "preço fixo de 0,3 de ARE não vale para o que o cliente pede: \
             o produto é vendido em múltiplos de 0,5",
            "preço fixo de 0,5 de ARE: R$ 39,99 é menos que o custo de R$ 40,00",
        ],
        &[
            "fixed price of 2 of CIM never holds: \
             the price list Geral holds for everyone and comes before it",
            "price list Obras has no prices",
            "fixed price of 0.3 of ARE does not hold for what customers ask for: \
             the product is sold in multiples of 0.5",
            "fixed price of 0.5 of ARE: R$39.99 is less than the cost of R$40.00",
        ],
    );
}

#[test]
fn a_tier_that_narrower_ones_hide_at_every_quantity_is_warned_of() {
    let tiers = |store: &str, category: &str| {
        format!(
            r#"{{"tiers":[{{"scope":"store","min_qty":"{store}","pct":"2"}},
            {{"scope":"category","key":"Cimento","min_qty":"{category}","pct":"3"}},
            {{"scope":"item","key":"CIM","min_qty":"10","pct":"4"}},
            {{"scope":"item","key":"CAL","min_qty":"20","pct":"4"}},
            {{"scope":"item","key":"ARE","min_qty":"5","pct":"4"}}]}}"#
        )
    };
    let (store_pt, store_en) = (
        "desconto de 2% a partir de 15 (loja toda) nunca vale: \
         todo produto já tem um desconto mais específico",
        "discount of 2% from 15 on (the store) never holds: \
         every product has a more specific discount by then",
    );
    check_warnings(
        &tiers("15", "20"),
        &["desconto de 3% a partir de 20 (categoria Cimento) nunca vale: \
           todo produto já tem um desconto mais específico"],
        &["discount of 3% from 20 on (category Cimento) never holds: \
           every product has a more specific discount by then"],
    );
    // Lime has one of its own from 20 on only, but one of its category from 15 on.
    check_warnings(&tiers("15", "15"), &[store_pt], &[store_en]);
    check_warnings(&tiers("14", "15"), &[], &[]);
    // Sand has none that is narrower.
    check_warnings(
        &tiers("15", "15").replace("\"ARE\"", "\"CIM\"").replace("\"5\"", "\"50\""),
        &[],
        &[],
    );
}

#[test]
fn a_day_that_closes_no_earlier_is_warned_of() {
    // 24 and 31 December 2026 are Thursdays, the 26th is a Saturday.
    check_warnings(
        r#"{"open":{"week":[{"day":"Thu","closes":"18:00:00"}],"closed":["2026-12-31"],
            "half":[{"date":"2026-12-24","closes":"12:00:00"},{"date":"2026-12-24","closes":"13:00:00"},
            {"date":"2026-12-26","closes":"12:00:00"},{"date":"2026-12-31","closes":"12:00:00"},
            {"date":"2027-01-07","closes":"18:00:00"}]}}"#,
        &[
            "fechar mais cedo em 24/12/2026 nunca vale: a loja já fecha às 12:00",
            "fechar mais cedo em 26/12/2026 nunca vale: a loja não abre nesse dia, ou não informou o horário",
            "fechar mais cedo em 31/12/2026 nunca vale: a loja não abre nesse dia, ou não informou o horário",
            "fechar mais cedo em 07/01/2027 nunca vale: a loja já fecha às 18:00",
        ],
        &[
            "closing earlier on 2026-12-24 never holds: the store closes at 12:00 anyway",
            "closing earlier on 2026-12-26 never holds: the store does not open that day, or has not said when",
            "closing earlier on 2026-12-31 never holds: the store does not open that day, or has not said when",
            "closing earlier on 2027-01-07 never holds: the store closes at 18:00 anyway",
        ],
    );
}

#[test]
fn what_gives_everything_away_or_turns_prices_around_is_warned_of() {
    check_warnings(
        r#"{"tiers":[{"scope":"store","min_qty":"10","pct":"100"}],
        "payment":[{"method":"pix","pct":"-100"},{"method":"credit_card","installments":10,"pct":"2"},
            {"method":"credit_card","pct":"0"},{"method":"credit_card","installments":3,"pct":"4"}],
        "freight":[{"bairro":"Sé","base":"10","per_kg":"0","included_kg":"0","free_above":"0.00"},
            {"bairro":"Centro","base":"0","per_kg":"0","included_kg":"0","free_above":"0.00"}]}"#,
        &[
            "desconto de 100% a partir de 10 (loja toda) dá o produto de graça",
            "Pix: o desconto de 100% dá o pedido de graça",
            "Cartão de crédito em 10x custa menos que Cartão de crédito em 3x",
            "frete para o bairro Sé nunca é cobrado: é grátis em pedidos a partir de R$ 0,00",
        ],
        &[
            "discount of 100% from 10 on (the store) gives the goods away",
            "Pix: the discount of 100% gives the order away",
            "Credit card in 10x costs less than Credit card in 3x",
            "freight to bairro Sé is never charged: it is free for orders from R$0.00",
        ],
    );
}

/// Prices one order line of a product that costs and weighs as given.
fn price(product: &str, qty: &str, freight: &str) -> Result<String, String> {
    let case: Case = serde_json::from_str(&format!(
        r#"{{"id":"1","store":{{"items":[{{"sku":"A",{product}}}],"freight":[{freight}]}},
        "order":{{"items":[{{"sku":"A","qty":"{qty}"}}],"place":{{"bairro":"Sé"}}}}}}"#
    ))
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    case.price(now).map(|outcome| outcome.quote.total().to_string()).map_err(|error| {
        std::error::Error::source(&error).map_or(error.to_string(), ToString::to_string)
    })
}

#[test]
fn an_amount_that_does_not_fit_is_an_error_and_never_held_at_the_limit() {
    let freight =
        r#"{"bairro":"Sé","base":"10000000","per_kg":"0","included_kg":"0","truck_kg":"0.000001"}"#;
    let huge = r#""unit_price":"1","weight_kg":"10000000""#;
    assert_eq!(
        price(huge, "10000000", freight).unwrap_err(),
        "the freight is larger than any amount"
    );
    assert_eq!(price(r#""unit_price":"10000000""#, "10000000", "").unwrap(), "100000000000000.00");
}

#[test]
fn none_of_a_product_can_not_be_priced() {
    let error = price(r#""unit_price":"1""#, "0", "").unwrap_err();
    assert_eq!(error, "a line asks for more than 0, found 0 of A");
}

#[test]
fn bulky_goods_take_more_trips_than_their_weight_does() {
    let freight = r#"{"bairro":"Sé","base":"50","per_kg":"0","included_kg":"0","truck_kg":"1000","truck_m3":"6"}"#;
    let foam = r#""unit_price":"0","weight_kg":"10","volume_m3":"1""#;
    for (qty, total) in [("6", "50.00"), ("6.001", "100.00"), ("18", "150.00")] {
        assert_eq!(price(foam, qty, freight).unwrap(), total, "{qty}");
    }
    let steel = r#""unit_price":"0","weight_kg":"500","volume_m3":"0.1""#;
    assert_eq!(price(steel, "5", freight).unwrap(), "150.00");
}
