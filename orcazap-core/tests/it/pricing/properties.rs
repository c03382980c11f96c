//! What holds for any order, priced by any sane rules.

use chrono::{DateTime, FixedOffset};
use orcazap_core::order::{OrderItem, PaymentMethod};
use orcazap_core::pricing::{
    FreightArea, FreightRule, Overrides, PaymentTerm, PriceBookData, PricePoint, Tier, TierScope,
    explain, explain_to_store,
};
use orcazap_core::{
    Bairro, Catalog, Money, Order, Payment, Percent, Place, PriceBook, Product, Quantity, Quote,
    Sku, Unit, UnitPrice, quote,
};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

const PRODUCTS: u8 = 5;

/// What an order is priced from.
#[derive(Debug, Clone)]
struct Shop {
    products: Vec<Product>,
    data: PriceBookData,
    overrides: Overrides,
    order: Order,
}

impl Shop {
    fn quote(&self) -> Quote {
        let catalog = Catalog::new(self.products.clone()).unwrap();
        let book = PriceBook::new(self.data.clone()).unwrap();
        quote(&self.order, &self.overrides, &catalog, &book, now()).unwrap()
    }
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-10T09:00:00-03:00").unwrap()
}

fn sku(number: u8) -> Sku {
    format!("P{number}").parse().unwrap()
}

fn decimal(
    mantissas: std::ops::RangeInclusive<i64>,
    places: u32,
) -> impl Strategy<Value = Decimal> {
    mantissas.prop_map(move |mantissa| Decimal::new(mantissa, places))
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![decimal(1..=300, 0), decimal(1..=99_999, 3)]
        .prop_map(|qty| Quantity::new(qty).unwrap())
}

fn price() -> impl Strategy<Value = UnitPrice> {
    prop_oneof![decimal(0..=200_000, 2), decimal(0..=999_999, 4)]
        .prop_map(|price| UnitPrice::new(price).unwrap())
}

fn percent(range: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Percent> {
    decimal(range, 2).prop_map(|pct| Percent::new(pct).unwrap())
}

fn product(number: u8) -> impl Strategy<Value = Product> {
    let category = select(vec!["A", "B"]);
    let weight = decimal(0..=90_000, 3);
    (price(), proptest::option::of(price()), weight, category).prop_map(
        move |(price, cost, weight, category)| Product {
            cost,
            category: category.to_owned(),
            weight: orcazap_core::catalog::Weight::new(weight).unwrap(),
            ..Product::new(sku(number), "x", Unit::Piece, price)
        },
    )
}

fn tiers() -> impl Strategy<Value = Vec<Tier>> {
    let scope = prop_oneof![
        (0..PRODUCTS).prop_map(|number| TierScope::Product(sku(number))),
        select(vec!["A", "B"]).prop_map(|name| TierScope::Category(name.to_owned())),
        Just(TierScope::Store),
    ];
    // A map keeps one tier for each scope and quantity.
    proptest::collection::btree_map((scope, quantity()), percent(0..=10_000), 0..20).prop_map(
        |tiers| {
            tiers.into_iter().map(|((scope, min_qty), pct)| Tier { scope, min_qty, pct }).collect()
        },
    )
}

fn freight() -> impl Strategy<Value = Vec<FreightRule>> {
    let rule = |bairro: &'static str| {
        let free_above = proptest::option::of(decimal(0..=500_000, 2));
        let truck = proptest::option::of(decimal(1..=20_000, 1));
        (price(), price(), decimal(0..=9_000, 0), truck, free_above).prop_map(
            move |(base, per_kg, included, truck, free_above)| FreightRule {
                area: FreightArea::Bairro { bairro: bairro.parse().unwrap() },
                base,
                per_kg,
                included_kg: orcazap_core::catalog::Weight::new(included).unwrap(),
                truck_kg: truck.map(|kg| orcazap_core::catalog::Weight::new(kg).unwrap()),
                truck_m3: None,
                free_above: free_above.map(|amount| Money::rounded(amount).unwrap()),
            },
        )
    };
    (rule("Centro"), rule("Sé")).prop_map(|(centro, se)| vec![centro, se])
}

fn data() -> impl Strategy<Value = PriceBookData> {
    let payment = proptest::option::of(percent(-10_000..=10_000)).prop_map(|pct| {
        let term = |pct| PaymentTerm { method: PaymentMethod::Pix, installments: None, pct };
        pct.map(term).into_iter().collect()
    });
    let point =
        (0..PRODUCTS, quantity(), decimal(0..=99_999, 2)).prop_map(|(number, qty, price)| {
            vec![PricePoint { sku: sku(number), qty, price: Money::rounded(price).unwrap() }]
        });
    (tiers(), payment, freight(), point).prop_map(|(tiers, payment, freight, points)| {
        PriceBookData { tiers, payment, freight, points, ..PriceBookData::default() }
    })
}

fn order() -> impl Strategy<Value = Order> {
    let item = (0..PRODUCTS, quantity()).prop_map(|(number, qty)| OrderItem::new(sku(number), qty));
    let place = select(vec![
        None,
        Some(Place::Pickup),
        Some(Place::from("centro".parse::<Bairro>().unwrap())),
        Some(Place::from("Lapa".parse::<Bairro>().unwrap())),
    ]);
    let payment = select(vec![None, Some(Payment::by(PaymentMethod::Pix))]);
    (proptest::collection::vec(item, 0..12), place, payment)
        .prop_map(|(items, place, payment)| Order { items, place, payment, ..Order::default() })
}

fn overrides() -> impl Strategy<Value = Overrides> {
    let prices = proptest::collection::btree_map((0..PRODUCTS).prop_map(sku), price(), 0..2);
    let discounts =
        proptest::collection::btree_map((0..PRODUCTS).prop_map(sku), percent(0..=10_000), 0..2);
    let freight = proptest::option::weighted(0.2, decimal(0..=99_999, 2));
    (prices, discounts, freight).prop_map(|(prices, discounts, freight)| Overrides {
        prices,
        discounts,
        freight: freight.map(|freight| Money::rounded(freight).unwrap()),
    })
}

fn shop() -> impl Strategy<Value = Shop> {
    let products: Vec<_> = (0..PRODUCTS).map(product).collect();
    (products, data(), overrides(), order()).prop_map(|(products, data, overrides, order)| Shop {
        products,
        data,
        overrides,
        order,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn figures_are_the_sum_of_their_parts(shop in shop()) {
        let quote = shop.quote();
        let net = |line: &orcazap_core::pricing::Line| line.gross - line.discount;
        prop_assert!(quote.lines().iter().all(|line| line.net == net(line)));
        prop_assert_eq!(quote.subtotal(), quote.lines().iter().map(|line| line.net).sum());
        let freight = quote.freight().unwrap_or(Money::ZERO);
        prop_assert_eq!(quote.total(), quote.subtotal() + quote.adjustment() + freight);
        let costs: Option<Money> = quote.lines().iter().map(|line| line.cost).sum();
        prop_assert_eq!(quote.cost(), costs);
    }

    #[test]
    fn nothing_is_negative(shop in shop()) {
        let quote = shop.quote();
        for line in quote.lines() {
            prop_assert!(!line.discount.is_negative() && !line.net.is_negative());
        }
        prop_assert!(!quote.subtotal().is_negative() && !quote.due().is_negative());
        prop_assert!(!quote.freight().unwrap_or(Money::ZERO).is_negative());
        prop_assert!(!quote.total().is_negative());
    }

    #[test]
    fn the_order_of_the_lines_changes_no_total(shop in shop(), by in 0_usize..12) {
        let quote = shop.quote();
        let mut turned = shop;
        let length = turned.order.items.len().max(1);
        turned.order.items.rotate_left(by % length);
        let other = turned.quote();
        let figures = |quote: &Quote| {
            (quote.total(), quote.adjustment(), quote.freight(), quote.cost(), quote.margin_pct())
        };
        prop_assert_eq!(figures(&quote), figures(&other));
    }

    #[test]
    fn more_of_a_product_never_costs_less_within_a_tier(shop in shop(), more in quantity()) {
        let quote = shop.quote();
        let mut larger = shop;
        for item in &mut larger.order.items {
            item.qty = item.qty.checked_add(more).unwrap();
        }
        let rule = |line: &orcazap_core::pricing::Line| (line.price_from.clone(), line.discount_from.clone());
        for (less, more) in quote.lines().iter().zip(larger.quote().lines()) {
            prop_assert!(rule(less) != rule(more) || less.net <= more.net);
        }
    }

    #[test]
    fn a_discount_never_raises_a_price(shop in shop()) {
        let quote = shop.quote();
        let mut plain = shop;
        plain.data.tiers.clear();
        for (with, without) in quote.lines().iter().zip(plain.quote().lines()) {
            prop_assert!(with.net <= without.net);
        }
    }

    #[test]
    fn the_same_order_gives_the_same_quote(shop in shop()) {
        prop_assert_eq!(shop.quote(), shop.quote());
    }

    #[test]
    fn a_quote_is_read_back_from_its_json_unless_a_figure_was_changed(shop in shop()) {
        let quote = shop.quote();
        let mut json = serde_json::to_value(&quote).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Quote>(json.clone()).unwrap(), &quote);
        for figure in ["subtotal", "adjustment", "freight", "total", "cost", "margin_pct"] {
            let right = json[figure].take();
            json[figure] = "123456789.01".into();
            prop_assert!(serde_json::from_value::<Quote>(json.clone()).is_err(), "{}", figure);
            json[figure] = right;
        }
    }

    #[test]
    fn every_figure_is_in_the_trace_in_both_languages(shop in shop()) {
        let quote = shop.quote();
        let trace = quote.trace();
        for language in [orcazap_core::Language::Portuguese, orcazap_core::Language::English] {
            let text = explain_to_store(&trace, language);
            prop_assert_eq!(text.lines().count(), trace.steps.len());
            prop_assert!(text.contains(&language.money(quote.total())));
            let said = explain(&trace, language);
            let open = trace.steps.iter().filter(|step| !step.is_confidential()).count();
            prop_assert_eq!(said.lines().count(), open);
            prop_assert!(text.starts_with(&said));
        }
    }
}
