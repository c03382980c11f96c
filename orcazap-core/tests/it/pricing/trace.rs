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
      desconto por volume (a partir de 10 por item da categoria BASICO): 5% de R$ 1.200,00 = R$ 60,00
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
      volume discount (from 10 per item of the category BASICO): 5% of R$1,200.00 = R$60.00
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
    Margem: não se aplica
    ");
    let said = explain(&trace, Language::English);
    let expected =
        "Valid until 2026-03-10 18:00: 1 hour after 2026-03-10 09:00 and then until closing time";
    assert!(said.contains(expected), "{said}");
    let json = serde_json::to_string(&trace).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace);
}

#[test]
fn it_is_read_back_from_its_json() {
    let by_distance = serde_json::to_string(&trace_by_distance()).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&by_distance).unwrap(), trace_by_distance());
    let json = serde_json::to_string(&trace()).unwrap();
    assert_eq!(serde_json::from_str::<Trace>(&json).unwrap(), trace());
}
