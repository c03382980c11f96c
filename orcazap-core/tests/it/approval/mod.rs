//! Which quotes a person must look at: every combination of reasons, and what they
//! carry and say.

mod thresholds;

use chrono::DateTime;
use orcazap_core::catalog::Stock;
use orcazap_core::order::{Ambiguous, OrderItem, PaymentMethod, Unknown};
use orcazap_core::pricing::{Overrides, PriceBookData};
use orcazap_core::{
    Catalog, Decision, Language, Order, Payment, Place, PriceBook, Product, Quote, Reason, Rules,
    Unit, quote, review,
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
        let item = OrderItem::new(product.sku.clone(), "2".parse().unwrap());
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
                more: false,
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

    /// Why a person must look, with all figures.
    fn reasons(&self) -> serde_json::Value {
        let decision = review(&self.quote(), &self.order, &self.rules);
        serde_json::to_value(decision.reasons()).unwrap()
    }

    fn codes(&self) -> Vec<&'static str> {
        let decision = review(&self.quote(), &self.order, &self.rules);
        assert_eq!(decision == Decision::Auto, decision.reasons().is_empty());
        decision.reasons().iter().map(Reason::code).collect()
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
fn the_lines_of_one_product_count_together_for_its_largest_quantity() {
    check(
        |s| {
            s.product.max_auto_qty = "3".parse().ok();
            s.order.items.push(s.order.items[0].clone());
        },
        &["large_quantity"],
    );
}

#[test]
fn all_that_a_person_set_is_named_with_what_the_store_asks() {
    let mut setting = Setting::new();
    setting.overrides.discounts.insert(setting.product.sku.clone(), "5".parse().unwrap());
    setting.overrides.freight = "30".parse().ok();
    let line = serde_json::json!({"sku": "A", "list": "10", "price": "10", "discount": "5"});
    assert_eq!(
        setting.reasons(),
        serde_json::json!([{"code": "price_override", "lines": [line], "freight": "30.00"}])
    );
}

#[test]
fn a_cost_that_is_not_known_has_no_age() {
    let mut setting = Setting::new();
    setting.product.cost = None;
    let line = serde_json::json!({"sku": "A", "age_days": null});
    assert_eq!(setting.reasons(), serde_json::json!([{"code": "stale_cost", "lines": [line]}]));
}

#[test]
fn reasons_saved_by_earlier_versions_load() {
    for (saved, now) in [
        (r#"{"code":"credit_sale"}"#, r#"{"code":"credit_sale"}"#),
        (r#"{"code":"no_freight_rule"}"#, r#"{"code":"no_freight_rule"}"#),
        (r#"{"code":"price_override"}"#, r#"{"code":"price_override"}"#),
        (
            r#"{"code":"off_step","skus":["A","B"]}"#,
            r#"{"code":"off_step","lines":[{"sku":"A"},{"sku":"B"}]}"#,
        ),
        (
            r#"{"code":"off_step","skus":["A"],"steps":["2.5"]}"#,
            r#"{"code":"off_step","lines":[{"sku":"A","step":"2.5"}]}"#,
        ),
        (
            r#"{"code":"stale_cost","skus":["A"]}"#,
            r#"{"code":"stale_cost","lines":[{"sku":"A","age_days":null}]}"#,
        ),
        (
            r#"{"code":"stale_cost","skus":["A","B"],"ages":[40,null],"max_days":30}"#,
            r#"{"code":"stale_cost","lines":[{"sku":"A","age_days":40},{"sku":"B","age_days":null}],"max_days":30}"#,
        ),
    ] {
        let reason: Reason = serde_json::from_str(saved).unwrap();
        assert_eq!(serde_json::to_string(&reason).unwrap(), now);
        assert_eq!(serde_json::from_str::<Reason>(now).unwrap(), reason);
    }
}

/// The fields of a reason, and those of its lines: of what stands at `lines` or
/// `short`.
fn fields_of(json: &serde_json::Value) -> Vec<String> {
    let mut fields = Vec::new();
    for (field, value) in json.as_object().unwrap() {
        fields.push(field.clone());
        if ["lines", "short"].contains(&field.as_str()) {
            let lines = value.as_array().unwrap().iter().filter(|line| line.is_object());
            fields.extend(lines.flat_map(fields_of));
        }
    }
    fields
}

/// Every reason, with all that it can carry.
fn whole_reasons() -> Vec<Reason> {
    let mut setting = Setting::new();
    CODES.iter().for_each(|code| setting.provoke(code));
    setting.order.place = None;
    setting.overrides.discounts.insert(setting.product.sku.clone(), "5".parse().unwrap());
    setting.overrides.freight = "0".parse().ok();
    let mut reasons = review(&setting.quote(), &setting.order, &setting.rules).reasons().to_vec();
    // With a freight by hand no rule is missing.
    reasons.push(Reason::NoFreightRule { place: Some(Place::Pickup) });
    let second = r#"{"code":"second_person","by":null,"limit":{"max_pct":"5"},
        "found":{"by_rules":"10.00","amount":"1.00"}}"#;
    reasons.push(serde_json::from_str(second).unwrap());
    reasons.sort_by_key(Reason::code);
    reasons
}

#[test]
fn the_page_of_reasons_lists_each_of_them_with_what_it_carries() {
    let page = include_str!("../../../docs/approval.md");
    let rows = page.lines().filter(|row| row.starts_with("| `"));
    let named = |cell: &str| {
        let mut fields: Vec<String> =
            cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        fields.sort_unstable();
        fields
    };
    let listed: Vec<(String, Vec<String>)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            (cells[1].trim_matches('`').to_owned(), named(cells[3]))
        })
        .collect();
    let expected: Vec<(String, Vec<String>)> = whole_reasons()
        .iter()
        .map(|reason| {
            let json = serde_json::to_value(reason).unwrap();
            let mut fields = fields_of(&json);
            fields.retain(|field| field != "code");
            fields.sort_unstable();
            fields.dedup();
            (reason.code().to_owned(), fields)
        })
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn every_reason_is_told_with_its_figures_in_two_languages() {
    let told = |language| {
        let name = |sku: &orcazap_core::Sku| format!("<{sku}>");
        let lines = whole_reasons().into_iter().map(|reason| {
            let told = reason.explain(language, name);
            assert_eq!(told.title, reason.title(language));
            format!("{}: {}", told.title, told.detail)
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(Language::Portuguese), @r"
    Mais de um produto serve: O cliente pediu “tijolo”.
    Leitura assistida: O pedido veio de áudio ou imagem. Confira com a mensagem original.
    Abaixo do pedido mínimo: Os produtos somam R$ 17,10; o mínimo é R$ 50,00.
    Venda a prazo: Crediário: R$ 17,10. Confira o crédito do cliente.
    Valor acima do limite automático: O total é R$ 17,10; sozinho sai até R$ 5,00.
    Quantidade fora do comum: <A>: pedido 2, sozinho sai até 1.
    Item com margem abaixo do mínimo: <A> tem 29,82%; o mínimo por item é 95%.
    Margem abaixo do mínimo: Este orçamento tem 29,82%; o mínimo da loja é 95%.
    Sem regra de frete para o local: Retirada na loja. Informe o frete ao editar, ou cadastre uma regra para esta região.
    Quantidade fora do múltiplo de venda: <A>: pedido 2, vende-se em múltiplos de 1,5.
    Estoque insuficiente: <A>: pedido 2, há 1.
    Preço alterado à mão: <A>: R$ 9,00 em vez de R$ 10,00, menos 5%; frete combinado de R$ 0,00.
    Loja em ensaio: Durante o ensaio, todo orçamento passa por uma pessoa.
    Precisa de uma segunda pessoa: São R$ 1,00 (10%) abaixo da tabela.
    Custo desconhecido ou antigo: <A>: custo de 9 dias atrás; o limite é de 8 dias.
    Item não encontrado no catálogo: O cliente pediu “piscina”.
    ");
    insta::assert_snapshot!(told(Language::English), @r"
    Several products fit: The customer asked for “tijolo”.
    Assisted reading: The order came as sound or image. Compare it with the message.
    Below the minimum order: The goods come to R$17.10; the minimum is R$50.00.
    Sale on credit: Store credit: R$17.10. Check the customer's credit.
    Total above the automatic limit: The total is R$17.10; up to R$5.00 goes out by itself.
    Unusual quantity: <A>: asked for 2, alone goes up to 1.
    Item with a margin below the minimum: <A> has 29.82%; the minimum of an item is 95%.
    Margin below the minimum: This quote has 29.82%; the store's minimum is 95%.
    No freight rule for the place: Pickup at the store. Set the freight when editing, or add a rule for this region.
    Quantity between two steps of sale: <A>: asked for 2, sold in multiples of 1.5.
    Not enough in stock: <A>: asked for 2, there are 1.
    Price set by hand: <A>: R$9.00 instead of R$10.00, less 5%; agreed freight of R$0.00.
    Rehearsal: While the store rehearses, a person looks at every quote.
    Needs a second person: This is R$1.00 (10%) below the list.
    Cost unknown or out of date: <A>: cost of 9 days ago; the limit is 8 days.
    Item not in the catalog: The customer asked for “piscina”.
    ");
}
