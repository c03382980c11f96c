//! The trace of a quote in words, and as data.

use chrono::DateTime;
use orcazap_core::Language;
use orcazap_core::pricing::{Case, Trace, explain, explain_to_store};

/// Two truckloads to a bairro, a volume discount and a surcharge.
fn trace() -> Trace {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [
                {"sku": "CIM", "name": "Cimento CP II 50 kg", "unit": "saco", "category": "BASICO",
                 "unit_price": "40", "unit_cost": "30", "weight_kg": "50"},
                {"sku": "ARE", "name": "Areia média", "unit": "m3", "unit_price": "120",
                 "unit_cost": "80", "weight_kg": "1500"}],
            "tiers": [{"scope": "category", "key": "BASICO", "min_qty": "10", "pct": "5"}],
            "points": [{"sku": "ARE", "qty": "0.5", "price": "70"}],
            "payment": [{"method": "credit_card", "installments": 3, "pct": "2.5"}],
            "freight": [{"bairro": "Vila Operária", "base": "45", "per_kg": "0.05",
                         "included_kg": "1000", "truck_kg": "1000"}]},
          "order": {
            "items": [{"sku": "CIM", "qty": "30"}, {"sku": "ARE", "qty": "0.5"}],
            "payment": {"method": "credit_card", "installments": 3},
            "place": {"bairro": "vila operaria"}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    case.price(now).unwrap().quote.trace()
}

#[test]
fn an_attendant_can_read_it_to_a_customer() {
    let customers = trace().for_customer();
    assert_eq!(
        explain_to_store(&customers, Language::Portuguese),
        explain(&trace(), Language::Portuguese)
    );
    insta::assert_snapshot!(explain(&trace(), Language::Portuguese), @r"
    Cimento CP II 50 kg: 30 sacos × R$ 40,00 = R$ 1.200,00
      desconto por volume (a partir de 10 de um mesmo item da categoria BASICO): 5% de R$ 1.200,00 = R$ 60,00
      com o desconto: R$ 1.200,00 - R$ 60,00 = R$ 1.140,00
    Areia média: 0,5 m³ pelo preço fixo de R$ 70,00
    Soma dos itens: R$ 1.140,00 + R$ 70,00 = R$ 1.210,00
    Cartão de crédito em 3x: acréscimo de 2,5% sobre R$ 1.210,00 = R$ 30,25
    Frete para o bairro Vila Operária: R$ 45,00 × 3 viagens (carga de 2.250 kg, 1.000 kg por viagem) + 1.250 kg × R$ 0,05 (acima de 1.000 kg) = R$ 197,50
    Total: R$ 1.210,00 + R$ 30,25 + R$ 197,50 = R$ 1.437,75
    Válido até 12/03/2026 09:00: 48 horas depois de 10/03/2026 09:00
    ");
}

#[test]
fn the_store_sees_cost_and_margin_too() {
    insta::assert_snapshot!(explain_to_store(&trace(), Language::English), @r"
    Cimento CP II 50 kg: 30 bags × R$40.00 = R$1,200.00
      volume discount (from 10 of one item of the category BASICO): 5% of R$1,200.00 = R$60.00
      with the discount: R$1,200.00 - R$60.00 = R$1,140.00
    Areia média: 0.5 m³ at the fixed price of R$70.00
    Sum of the items: R$1,140.00 + R$70.00 = R$1,210.00
    Credit card in 3x: surcharge of 2.5% on R$1,210.00 = R$30.25
    Freight to the neighborhood Vila Operária: R$45.00 × 3 trips (load of 2,250 kg, 1,000 kg a trip) + 1,250 kg × R$0.05 (above 1,000 kg) = R$197.50
    Total: R$1,210.00 + R$30.25 + R$197.50 = R$1,437.75
    Valid until 2026-03-12 09:00: 48 hours after 2026-03-10 09:00
    Cost of Cimento CP II 50 kg: 30 bags × R$30.00 = R$900.00
    Cost of Areia média: 0.5 m³ × R$80.00 = R$40.00
    Cost: R$900.00 + R$40.00 = R$940.00
    Margin: (R$1,240.25 - R$940.00) ÷ R$1,240.25 = 24.21%
    ");
}

/// The same to a point on the map, some 2.5 km from the store.
fn trace_by_distance() -> Trace {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [{"sku": "CIM", "unit_price": "40"}],
            "origin": {"lat": "-23.550394", "lon": "-46.633947"},
            "freight": [{"up_to_km": "3", "base": "25", "per_kg": "0", "included_kg": "0"},
                        {"up_to_km": "2.549", "base": "20", "per_kg": "0", "included_kg": "0"}]},
          "order": {"items": [{"sku": "CIM", "qty": "1"}],
                    "place": {"point": {"lat": "-23.561414", "lon": "-46.655881"}}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    case.price(now).unwrap().quote.trace()
}

#[test]
fn freight_by_distance_says_how_far_it_is() {
    let said = |language| {
        let text = explain(&trace_by_distance(), language);
        text.lines().find(|line| line.starts_with("Fr")).unwrap().to_owned()
    };
    assert_eq!(
        said(Language::Portuguese),
        "Frete até 3 km daqui (2,55 km em linha reta): R$ 25,00"
    );
    assert_eq!(
        said(Language::English),
        "Freight up to 3 km away (2.55 km as the crow flies): R$25.00"
    );
}

#[test]
fn a_quote_that_stands_until_closing_time_says_so() {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [{"sku": "CIM", "unit_price": "40"}],
            "lists": [{"name": "Obras", "for": "everyone", "prices": {"CIM": "36.5"}}],
            "validity_hours": 1,
            "open": {"week": [{"day": "Tue", "closes": "18:00:00"}]}},
          "order": {"items": [{"sku": "CIM", "qty": "1"}], "place": {"pickup": true}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    let trace = case.price(now).unwrap().quote.trace();
    insta::assert_snapshot!(explain_to_store(&trace, Language::Portuguese), @r"
    CIM: 1 unidade × R$ 36,50 (tabela Obras) = R$ 36,50
    Soma dos itens: R$ 36,50
    Retirada na loja: sem frete
    Total: R$ 36,50
    Válido até 10/03/2026 18:00: 1 hora depois de 10/03/2026 09:00 e então até a loja fechar
    Custo: não informado em 1 item
    Margem: falta saber o custo
    ");
    let said = explain(&trace, Language::English);
    let expected =
        "Valid until 2026-03-10 18:00: 1 hour after 2026-03-10 09:00 and then until closing time";
    assert!(said.contains(expected), "{said}");
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace);
}

/// How the first line is explained of an order for so many.
#[track_caller]
fn check_line(product: &str, item: &str, [portuguese, english]: [&str; 2]) {
    let case = format!(
        r#"{{"id": "1", "store": {{"items": [{product}]}},
            "order": {{"items": [{item}], "place": {{"pickup": true}}}}}}"#
    );
    let case: Case = serde_json::from_str(&case).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    let trace = case.price(now).unwrap().quote.trace();
    for (language, expected) in [(Language::Portuguese, portuguese), (Language::English, english)] {
        assert_eq!(explain(&trace, language).lines().next().unwrap(), expected);
    }
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace);
}

#[test]
fn a_quantity_that_was_rounded_up_says_from_what() {
    let tile = r#"{"sku": "PIS", "name": "Piso", "unit": "cx", "unit_price": "50", "step": "1"}"#;
    check_line(
        tile,
        r#"{"sku": "PIS", "qty": "9", "rounded": {"asked": "19", "unit": "m2", "into": "9"}}"#,
        [
            "Piso: 9 caixas (pedido: 19 m²; vendido de 1 em 1 caixa) × R$ 50,00 = R$ 450,00",
            "Piso: 9 boxes (asked for 19 m²; sold in steps of 1 box) × R$50.00 = R$450.00",
        ],
    );
    let sand =
        r#"{"sku": "ARE", "name": "Areia", "unit": "m3", "unit_price": "120", "step": "0.5"}"#;
    check_line(
        sand,
        r#"{"sku": "ARE", "qty": "3.5", "rounded": {"asked": "3.3", "into": "3.5"}}"#,
        [
            "Areia: 3,5 m³ (pedido: 3,3 m³; vendido de 0,5 em 0,5 m³) × R$ 120,00 = R$ 420,00",
            "Areia: 3.5 m³ (asked for 3.3 m³; sold in steps of 0.5 m³) × R$120.00 = R$420.00",
        ],
    );
    // Said of another quantity it says nothing.
    check_line(
        sand,
        r#"{"sku": "ARE", "qty": "4", "rounded": {"asked": "3.3", "into": "3.5"}}"#,
        ["Areia: 4 m³ × R$ 120,00 = R$ 480,00", "Areia: 4 m³ × R$120.00 = R$480.00"],
    );
}

/// What is said of the time of a quote made on the Wednesday before Christmas.
#[track_caller]
fn check_validity(open: &str, portuguese: &str, english: &str) {
    let case = format!(
        r#"{{"id": "1", "store": {{"items": [], "validity_hours": 48, "open": {open}}},
            "order": {{"items": [], "place": {{"pickup": true}}}}}}"#
    );
    let case: Case = serde_json::from_str(&case).unwrap();
    let now = DateTime::parse_from_rfc3339("2026-12-23T09:00:00-03:00").unwrap();
    let trace = case.price(now).unwrap().quote.trace();
    for (language, expected) in [(Language::Portuguese, portuguese), (Language::English, english)] {
        let said = explain(&trace, language);
        assert_eq!(said.lines().last().unwrap(), expected);
    }
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace);
}

#[test]
fn closed_days_that_make_a_quote_stand_longer_are_named() {
    check_validity(
        r#"{"closed": ["2026-12-24", "2026-12-25"]}"#,
        "Válido até 26/12/2026 09:00: 48 horas depois de 23/12/2026 09:00, \
         sem contar o dia fechado (25/12)",
        "Valid until 2026-12-26 09:00: 48 hours after 2026-12-23 09:00, \
         not counting the closed day (2026-12-25)",
    );
    check_validity(
        r#"{"closed": ["2026-12-25"], "week": [{"day": "Fri", "closes": "18:00:00"},
            {"day": "Mon", "closes": "17:00:00"}]}"#,
        "Válido até 28/12/2026 17:00: 48 horas depois de 23/12/2026 09:00 \
         e então até a loja fechar, sem contar os dias fechados (25/12, 26/12, 27/12)",
        "Valid until 2026-12-28 17:00: 48 hours after 2026-12-23 09:00 \
         and then until closing time, \
         not counting the closed days (2026-12-25, 2026-12-26, 2026-12-27)",
    );
    let closed: Vec<String> = (20..=31).map(|day| format!("\"2026-12-{day}\"")).collect();
    check_validity(
        &format!(r#"{{"closed": [{}, "2027-01-01"]}}"#, closed.join(", ")),
        "Válido até 02/01/2027 09:00: 48 horas depois de 23/12/2026 09:00, \
         sem contar 8 dias fechados",
        "Valid until 2027-01-02 09:00: 48 hours after 2026-12-23 09:00, \
         not counting 8 closed days",
    );
}

#[test]
fn a_tier_that_takes_nothing_off_is_said_without_sums() {
    let case: Case = serde_json::from_str(
        r#"{"id": "1", "store": {
            "items": [{"sku": "CIM", "name": "Cimento", "unit": "saco", "unit_price": "40",
                       "unit_cost": "0"}],
            "tiers": [{"scope": "item", "key": "CIM", "min_qty": "20", "pct": "0"},
                      {"scope": "store", "min_qty": "10", "pct": "100"}]},
          "order": {"items": [{"sku": "CIM", "qty": "20"}, {"sku": "CIM", "qty": "10"}],
                    "place": {"pickup": true}}}"#,
    )
    .unwrap();
    let now = DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap();
    let trace = case.price(now).unwrap().quote.trace();
    let said = explain(&trace, Language::Portuguese);
    let lines: Vec<&str> = said.lines().take(5).collect();
    let expected = [
        "Cimento: 20 sacos × R$ 40,00 = R$ 800,00",
        "  sem desconto por volume (a partir de 20 deste produto)",
        "Cimento: 10 sacos × R$ 40,00 = R$ 400,00",
        "  desconto por volume (a partir de 10 de um mesmo item): 100% de R$ 400,00 = R$ 400,00",
        "  com o desconto: R$ 400,00 - R$ 400,00 = R$ 0,00",
    ];
    assert_eq!(lines, expected);
    let said = explain(&trace, Language::English);
    assert!(said.contains("\n  no volume discount (from 20 of this product)\n"), "{said}");
}

#[test]
fn it_is_read_back_from_its_json() {
    let by_distance = serde_json::to_string(&trace_by_distance()).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&by_distance).unwrap(), trace_by_distance());
    let json = serde_json::to_string(&trace()).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace());
}
