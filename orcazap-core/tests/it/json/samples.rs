//! Values of all that is kept, whole: every field is named and every variant is there,
//! so that what grows does not compile, or is missing from the newest fixture.

use std::collections::BTreeMap;
use std::mem::discriminant;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use orcazap_core::authority::{Actor, Limit, Limits, PersonId, Role};
use orcazap_core::catalog::{Pack, Stock};
use orcazap_core::conversation::{Fact, Policy};
use orcazap_core::order::{
    Ambiguous, Buyer, Delivery, DraftItem, OrderItem, Period, Rounded, Unknown,
};
use orcazap_core::place::Point;
use orcazap_core::pricing::{
    FreightArea, FreightRule, FreightSource, HalfDay, ListScope, OpenDays, Opening, Overrides,
    PaymentTerm, PriceBookData, PriceList, PricePoint, PriceSource, Tier, TierScope,
};
use orcazap_core::reading::{
    AmbiguousAsk, Confidence, Evidence, Intent, Item, SlotEvidence, Span, UnknownAsk,
};
use orcazap_core::{
    Catalog, Draft, Order, Payment, PaymentMethod, Place, PriceBook, Product, Quote, Reading,
    Rules, Unit, quote,
};

/// One value of every variant; one that is left out does not compile.
macro_rules! every {
    (@any $value:expr) => { _ };
    ($type:ident { $(
        $variant:ident $(($($part:expr),+))? $({ $($field:ident: $value:expr),+ $(,)? })?
    ),+ $(,)? }) => {{
        let all = vec![$($type::$variant $(($($part),+))? $({ $($field: $value),+ })?),+];
        for one in &all {
            match one {
                $($type::$variant $(($(every!(@any $part)),+))? $({ $($field: _),+ })?)|+ => {}
            }
        }
        all
    }};
}

pub(super) use every;

/// Whatever is written as a text.
pub(super) fn of<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// Tuesday 10 March 2026, 9 h in São Paulo.
pub(super) fn tuesday() -> DateTime<FixedOffset> {
    of("2026-03-10T09:00:00-03:00")
}

pub(super) fn manager() -> Actor {
    Actor { id: PersonId(2), role: Role::Manager }
}

pub(super) fn product() -> Product {
    Product {
        sku: of("CIM"),
        name: "Cimento CP II 50 kg".into(),
        category: "Cimento".into(),
        unit: Unit::Bag,
        price: of("40"),
        cost: Some(of("30.5")),
        cost_date: Some(of("2026-03-01")),
        weight: of("50"),
        volume: of("0.035"),
        pack: Some(Pack { qty: of("50"), unit: Unit::Kilogram }),
        step: of("1"),
        aliases: vec!["cimento".into()],
        stock: Stock::Available(of("10")),
        max_auto_qty: Some(of("200")),
        substitutes: vec![of("CIM-40")],
    }
}

pub(super) fn catalog() -> Catalog {
    let product = |sku, name, unit, price| Product::new(of(sku), name, unit, of(price));
    Catalog::new(vec![
        self::product(),
        product("CIM-40", "Cimento CP III 40 kg", Unit::Bag, "35"),
        Product { step: of("0.5"), ..product("ARE", "Areia média", Unit::CubicMeter, "120") },
        product("TIJ-6F", "Tijolo cerâmico 6 furos", Unit::Piece, "0.90"),
        product("TIJ-8F", "Tijolo cerâmico 8 furos", Unit::Piece, "1.10"),
    ])
    .unwrap()
}

pub(super) fn price_book() -> PriceBookData {
    let scopes = every!(TierScope {
        Product(of("CIM")),
        Category("Cimento".into()),
        Store,
    });
    let lists = every!(ListScope {
        Customer("1207".into()),
        Group("Construtoras".into()),
        Everyone,
    });
    let areas = every!(FreightArea {
        Bairro { bairro: of("Centro") },
        Ceps { cep_from: of("01000-000"), cep_to: of("01999-999") },
        Distance { up_to_km: of("7.5") },
    });
    let sku = |scope: &ListScope| match scope {
        ListScope::Everyone => of("TIJ-8F"),
        ListScope::Customer(_) | ListScope::Group(_) => of("TIJ-6F"),
    };
    PriceBookData {
        version: 7,
        tiers: scopes
            .into_iter()
            .map(|scope| Tier { scope, min_qty: of("10"), pct: of("2.5") })
            .collect(),
        payment: vec![
            PaymentTerm { method: PaymentMethod::Pix, installments: None, pct: of("-3") },
            PaymentTerm { method: PaymentMethod::CreditCard, installments: Some(10), pct: of("8") },
        ],
        freight: areas
            .into_iter()
            .map(|area| FreightRule {
                area,
                base: of("30"),
                per_kg: of("0.1"),
                included_kg: of("500"),
                truck_kg: Some(of("4000")),
                truck_m3: Some(of("6")),
                free_above: Some(of("5000")),
            })
            .collect(),
        origin: Some(point()),
        points: vec![PricePoint { sku: of("ARE"), qty: of("0.5"), price: of("70") }],
        lists: lists
            .into_iter()
            .map(|scope| PriceList {
                name: format!("Tabela {}", scope.key().unwrap_or("geral")),
                prices: BTreeMap::from([(sku(&scope), of("0.85"))]),
                scope,
                from: Some(of("2026-01-01")),
                until: Some(of("2026-12-31")),
            })
            .collect(),
        validity_hours: 48,
        open: OpenDays {
            week: vec![Opening {
                day: chrono::Weekday::Mon,
                opens: Some(of("07:00:00")),
                closes: of("18:00:00"),
            }],
            closed: vec![of("2026-12-25")],
            half: vec![HalfDay { date: of("2026-12-24"), closes: of("12:00:00") }],
        },
    }
}

pub(super) fn point() -> Point {
    Point::new(of("-23.550394"), of("-46.633947")).unwrap()
}

pub(super) fn rules() -> Rules {
    Rules {
        min_margin_pct: Some(of("10")),
        min_line_margin_pct: Some(of("5")),
        max_auto_total: Some(of("2000")),
        min_order: Some(of("50")),
        max_cost_age_days: Some(30),
        allow_unknown_cost: false,
        allow_no_freight_rule: false,
        allow_credit_sale: false,
        allow_out_of_stock: false,
        allow_large_quantity: false,
        allow_off_step: true,
        allow_price_override: false,
        allow_assisted_reading: false,
        rehearsal: true,
    }
}

pub(super) fn policy() -> Policy {
    let limit = |max_pct, max_amount| Limit {
        max_pct: Some(of(max_pct)),
        max_amount: Some(of(max_amount)),
    };
    Policy {
        facts: vec![Fact {
            words: vec!["que horas".into(), "aberto".into()],
            answer: "Abrimos de segunda a sábado, das 7h às 18h.".into(),
        }],
        settle_seconds: 4,
        read_marks: true,
        ask_day: true,
        ask_again_minutes: Some(10),
        approval_overdue_minutes: 30,
        follow_up_hours: Some(20),
        awake_hours: [8, 20],
        idle_hours: 24,
        talk_hours: Some(24),
        limits: Limits { manager: limit("15", "500"), attendant: limit("5", "100") },
    }
}

pub(super) fn ambiguous() -> Ambiguous {
    Ambiguous {
        text: "tijolos".into(),
        qty: Some(of("1.5")),
        unit: Some(Unit::Thousand),
        skus: vec![of("TIJ-6F"), of("TIJ-8F")],
        more: true,
    }
}

fn unknown() -> Unknown {
    Unknown { text: "betoneira".into(), qty: Some(of("1")) }
}

pub(super) fn place() -> Option<Place> {
    Place::address(Some(of("01310-100")), Some(of("Bela Vista")), Some(point()))
}

pub(super) fn payment() -> Payment {
    Payment::by_card_in(10.try_into().unwrap()).due_in(30)
}

pub(super) fn delivery() -> Delivery {
    Delivery {
        date: Some(of("2026-03-11")),
        asap: true,
        from: Some(of("2026-03-11")),
        to: Some(of("2026-03-13")),
        period: Some(Period::Morning),
    }
}

pub(super) fn buyer() -> Buyer {
    Buyer { customer: Some("1207".into()), group: Some("Construtoras".into()) }
}

/// 4.6 of what is sold by one.
fn rounded() -> Rounded {
    Rounded { asked: of("4.6"), unit: Some(Unit::Thousand), into: of("5") }
}

pub(super) fn order() -> Order {
    let item = |sku, qty| OrderItem::new(of(sku), of(qty));
    Order {
        items: vec![
            item("CIM", "20"),
            item("ARE", "0.5"),
            OrderItem { rounded: Some(rounded()), ..item("TIJ-6F", "5") },
            item("TIJ-8F", "8"),
        ],
        place: place(),
        payment: Some(payment()),
        delivery: Some(delivery()),
        ambiguous: vec![ambiguous()],
        unknown: vec![unknown()],
        assisted: true,
        buyer: Some(buyer()),
    }
}

pub(super) fn draft() -> Draft {
    Draft {
        items: vec![
            DraftItem::new(of("CIM"), Some(of("20"))),
            DraftItem::new(of("ARE"), None),
            DraftItem { rounded: Some(rounded()), ..DraftItem::new(of("TIJ-6F"), Some(of("5"))) },
        ],
        ambiguous: vec![ambiguous()],
        unknown: vec![unknown()],
        place: place(),
        payment: Some(payment()),
        delivery: Some(delivery()),
        assisted: true,
    }
}

/// What `20 sacos de cimento, 500 tijolos e 1 betoneira, entrega amanhã no 01310-100, pago
/// no pix` says.
pub(super) fn reading() -> Reading {
    let at =
        |start, end| Evidence { span: Span { start, end }, confidence: Confidence::percent(95) };
    let bricks = Ambiguous {
        text: "tijolos".into(),
        qty: Some(of("500")),
        unit: None,
        skus: vec![of("TIJ-6F"), of("TIJ-8F")],
        more: false,
    };
    Reading {
        intent: Intent::Order,
        items: vec![Item {
            sku: of("CIM"),
            qty: Some(of("20")),
            rounded: None,
            evidence: at(0, 19),
        }],
        ambiguous: vec![AmbiguousAsk { ask: bricks, evidence: at(21, 32) }],
        unknown: vec![UnknownAsk { ask: unknown(), evidence: at(35, 46) }],
        place: Place::address(Some(of("01310-100")), None, None),
        payment: Some(Payment::by(PaymentMethod::Pix)),
        delivery: Some(Delivery { date: Some(of("2026-03-11")), ..Delivery::default() }),
        evidence: SlotEvidence {
            place: Some(at(67, 76)),
            payment: Some(at(86, 89)),
            delivery: Some(at(56, 63)),
        },
        truncated: false,
    }
}

pub(super) fn overrides() -> Overrides {
    Overrides {
        prices: BTreeMap::from([(of("ARE"), of("110"))]),
        discounts: BTreeMap::from([(of("CIM"), of("5"))]),
        freight: Some(of("25")),
    }
}

/// Quotes in which every figure comes from wherever it can come from.
pub(super) fn quotes() -> Vec<Quote> {
    let (catalog, book) = (catalog(), PriceBook::new(price_book()).unwrap());
    let price = |order: Order, overrides: &Overrides| {
        quote(&order, overrides, &catalog, &book, tuesday()).unwrap()
    };
    let rules = Overrides::default();
    let far = |place| Order { place, buyer: None, payment: None, ..order() };
    let quotes = vec![
        price(order(), &rules),
        price(order(), &overrides()),
        price(Order { place: Place::address(None, None, Some(point())), ..order() }, &rules),
        price(far(Some(Place::Pickup)), &rules),
        price(far(Place::address(Some(of("99999-999")), None, None)), &rules),
    ];
    let freights = quotes.iter().map(|quote| discriminant(quote.freight_from()));
    let freights: Vec<_> = freights.collect();
    let rule = price_book().freight.remove(0);
    for freight in every!(FreightSource { Pickup, Rule(rule.into()), Hand, NoRule }) {
        assert!(freights.contains(&discriminant(&freight)), "no quote with {freight:?}");
    }
    let lines = quotes.iter().flat_map(Quote::lines);
    let prices: Vec<_> = lines.map(|line| discriminant(&line.price_from)).collect();
    for price in every!(PriceSource {
        List,
        PriceList("Obras".into()),
        Point,
        Hand { list_price: None },
    }) {
        assert!(prices.contains(&discriminant(&price)), "no line with {price:?}");
    }
    quotes
}
