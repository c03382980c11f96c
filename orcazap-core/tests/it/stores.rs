//! General rules of reading, each on a small store with naming habits of its own.
//!
//! A case is a message and what is understood: items as `SKU qty`, choices as
//! `SKU|SKU qty`, and `?` before what is unknown.

use orcazap_core::catalog::Pack;
use orcazap_core::reading::{Context, read_in_context};
use orcazap_core::{Catalog, Product, Reading, Unit, read};

/// Name, sale unit, and what it contains.
pub(crate) type Row = (&'static str, Unit, Option<(&'static str, Unit)>);

/// A store with upper-case names, cut short and without aliases.
const ERP: &[Row] = &[
    ("CIMENTO VOTORAN CP II 50KG", Unit::Bag, Some(("50", Unit::Kilogram))),
    ("ARG COLANTE AC II EXT 20KG", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("AREIA MEDIA M3", Unit::CubicMeter, None),
    ("AREIA MEDIA SC 20KG", Unit::Bag, Some(("20", Unit::Kilogram))),
    ("TB SOLD 25MM 6M", Unit::Bar, Some(("6", Unit::Meter))),
    ("TB ESG DN100 6M", Unit::Bar, Some(("6", Unit::Meter))),
    ("JOELHO 90 ESG DN100", Unit::Piece, None),
    ("JOELHO 45 ESG DN100", Unit::Piece, None),
    ("JOELHO 90 LR 25MM X 1/2 AZ", Unit::Piece, None),
    ("BUCHA RED SOLD 32X25MM", Unit::Piece, None),
    ("TE SOLD 25MM", Unit::Piece, None),
    ("REG GAV C50 3/4 CROM", Unit::Piece, None),
    ("VEDA ROSCA 18MMX10M", Unit::Piece, None),
    ("VEDA ROSCA 18MMX50M", Unit::Piece, None),
    ("CHUV ELET 220V 5500W", Unit::Piece, None),
    ("CHUV ELET 127V 5500W", Unit::Piece, None),
    ("DISJ DIN 1P 20A", Unit::Piece, None),
    ("DISJ DIN 2P 20A", Unit::Piece, None),
    ("DISJ DIN 2P 40A", Unit::Piece, None),
    ("QDR EMB 12/16 DISJ", Unit::Piece, None),
    ("TOM 2P+T 10A C/ PLACA", Unit::Piece, None),
    ("CABO FLEX 10,0MM PTO RL 100M", Unit::Roll, Some(("100", Unit::Meter))),
    ("CABO FLEX 10,0MM AZ RL 100M", Unit::Roll, Some(("100", Unit::Meter))),
    ("PORC 60X60 POL BCO CX 1,44M2", Unit::Box, Some(("1.44", Unit::SquareMeter))),
    ("PORC 60X60 ACET CZ CX 1,44M2", Unit::Box, Some(("1.44", Unit::SquareMeter))),
    ("DOBR 3.1/2 CROM CARTELA C/3", Unit::Piece, Some(("3", Unit::Piece))),
    ("DOBR 3 ZINC", Unit::Piece, None),
    ("PORTAO BASC 2,40X2,20", Unit::Piece, None),
    ("PORTA LISA 0,80X2,10", Unit::Piece, None),
    ("BOTA PVC 41", Unit::Pair, None),
    ("EXTENSAO 10M", Unit::Piece, None),
    ("VIGA PEROBA 6X12", Unit::Meter, None),
    ("GUIA 70MM 3M", Unit::Bar, Some(("3", Unit::Meter))),
    ("MONTANTE 70MM 3M", Unit::Bar, Some(("3", Unit::Meter))),
    ("ESM SINT PTO 3,6L", Unit::Gallon, Some(("3.6", Unit::Liter))),
    ("ESM SINT PTO 0,9L", Unit::Piece, Some(("0.9", Unit::Liter))),
    ("IMPERM ACRIL 18KG", Unit::Bucket, Some(("18", Unit::Kilogram))),
    ("IMPERM ACRIL 3,6KG", Unit::Gallon, Some(("3.6", Unit::Kilogram))),
    ("FECH EXT CROM", Unit::Piece, None),
    ("FECH WC CROM", Unit::Piece, None),
    ("GUIA MEIO-FIO CONCRETO", Unit::Piece, None),
    ("CARRINHO MAO 60L", Unit::Piece, None),
    ("ESCADA ALUM 5 DEGRAUS", Unit::Piece, None),
];

/// A store that names the brand or the size first.
const BRANDS: &[Row] = &[
    ("Soprano Disjuntor Bifásico 32A", Unit::Piece, None),
    ("Soprano Disjuntor Bifásico 50A", Unit::Piece, None),
    ("Soprano Disjuntor Monofásico 20A", Unit::Piece, None),
    ("Elgin Lâmpada Bulbo LED 12W", Unit::Piece, None),
    ("Elgin Lâmpada Bulbo LED 20W", Unit::Piece, None),
    ("25mm Tê Soldável Krona", Unit::Piece, None),
    ("25mm Tubo Marrom Soldável 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("50mm Tubo Marrom Soldável 6m", Unit::Bar, Some(("6", Unit::Meter))),
    ("Soprano DR Tetrapolar 63A", Unit::Piece, None),
    ("Itambé Cimento CP II 50kg", Unit::Bag, Some(("50", Unit::Kilogram))),
];

/// A store with few sizes of what is made in many.
const FEW_SIZES: &[Row] = &[
    ("Joelho 90 Esgoto 100mm", Unit::Piece, None),
    ("Joelho 90 Esgoto 50mm", Unit::Piece, None),
    ("Curva 90 Soldável 25mm", Unit::Piece, None),
    ("Quadro Embutir 12 Disjuntores", Unit::Piece, None),
    ("Quadro Embutir 6 Disjuntores", Unit::Piece, None),
    ("Disjuntor DIN 20A", Unit::Piece, None),
    ("Dobradiça Aço 3.1/2", Unit::Piece, None),
];

/// A store that calls one thing by two abbreviations, and goods by what others are sold in.
const MIXED: &[Row] = &[
    ("FECH INT CROM ALIANCA", Unit::Piece, None),
    ("FECHAD EXT INOX STAM", Unit::Piece, None),
    ("CAIXA DAGUA 500L FORTLEV", Unit::Piece, None),
    ("AGUA RAZ 0,9L", Unit::Piece, None),
    ("FLANGE 25MM CAIXA DAGUA", Unit::Piece, None),
    ("FIO FLEX 2,5MM AZUL", Unit::Meter, None),
    ("FIO FLEX 2,5MM PRETO", Unit::Meter, None),
    ("LIXA MASSA 120", Unit::Sheet, None),
    ("RIPA MASSARANDUBA", Unit::Meter, None),
    ("TIJOLO 8 FUROS", Unit::Piece, None),
    ("ARGAM. AC2 20KG QUARTZOLIT", Unit::Bag, Some(("20", Unit::Kilogram))),
];

pub(crate) fn store(rows: &[Row]) -> Catalog {
    let product = |(at, (name, unit, pack)): (usize, &Row)| {
        let mut product =
            Product::new(format!("{at}").parse().unwrap(), *name, *unit, "1".parse().unwrap());
        product.pack = pack.map(|(qty, unit)| Pack { qty: qty.parse().unwrap(), unit });
        product
    };
    Catalog::new(rows.iter().enumerate().map(product).collect()).unwrap()
}

fn reading(text: &str, catalog: &Catalog) -> Reading {
    read(text, catalog, "2026-03-10T09:00:00-03:00".parse().unwrap())
}

/// What was understood: names in place of codes, so that a case can be read.
fn understood(reading: &Reading, catalog: &Catalog) -> Vec<String> {
    let name = |sku| catalog.get(sku).unwrap().name.clone();
    let qty = |qty: Option<orcazap_core::Quantity>| qty.map_or("?".into(), |qty| qty.to_string());
    let items = reading.items.iter().map(|item| format!("{} = {}", name(&item.sku), qty(item.qty)));
    let asks = reading.ambiguous.iter().map(|found| {
        let names: Vec<String> = found.ask.skus.iter().map(name).collect();
        format!("{} = {}", names.join(" | "), qty(found.ask.qty))
    });
    let unknown = reading.unknown.iter().map(|u| format!("? {} = {}", u.ask.text, qty(u.ask.qty)));
    items.chain(asks).chain(unknown).collect()
}

/// Fails with every case that is read otherwise than expected.
#[track_caller]
pub(crate) fn check(rows: &[Row], cases: &[(&str, &[&str])]) {
    let catalog = store(rows);
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, understood(&reading(text, &catalog), &catalog), expected))
        .filter(|(_, found, expected)| found != *expected)
        .map(|(text, found, expected)| {
            format!("{text}\n  found    {found:?}\n  expected {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_cut_short_are_learnt_from_the_names() {
    check(
        ERP,
        &[
            ("30m2 de porcelanato 60x60 polido", &["PORC 60X60 POL BCO CX 1,44M2 = 21"]),
            ("porcelanato acetinado 60x60", &["PORC 60X60 ACET CZ CX 1,44M2 = ?"]),
            ("2 registro de gaveta 3/4", &["REG GAV C50 3/4 CROM = 2"]),
            ("fechadura de banheiro 1", &["FECH WC CROM = 1"]),
            ("portão", &["PORTAO BASC 2,40X2,20 = ?"]),
        ],
    );
}

#[test]
fn misspelt_words_are_words_of_the_trade_before_they_are_nothing() {
    check(
        ERP,
        &[
            ("2 dobradissa 3", &["DOBR 3 ZINC = 2"]),
            ("dobradisa 3 1/2 2 cartelas", &["DOBR 3.1/2 CROM CARTELA C/3 = 2"]),
            ("2 xuveiro 220", &["CHUV ELET 220V 5500W = 2"]),
        ],
    );
}

#[test]
fn a_kind_or_brand_that_nothing_here_has_is_never_the_nearest_product() {
    check(
        ERP,
        &[
            ("10 sacos de cimento itambé", &["? cimento itambé = 10"]),
            ("porta de vidro", &["? porta de vidro = ?"]),
            ("bota 42", &["? bota 42 = ?"]),
            ("extensão 5m", &["? extensão = 5"]),
            ("disjuntor 70", &["? disjuntor 70 = ?"]),
            ("2 furadeira", &["? furadeira = 2"]),
            ("cola de madeira", &["? cola de madeira = ?"]),
            ("registro de gaveta 1 1/2", &["? registro de gaveta 1 1/2 = ?"]),
            ("te de redução", &["? te de redução = ?"]),
            ("escada 7 degraus", &["? escada 7 degraus = ?"]),
            ("viga a laser", &["? viga a laser = ?"]),
        ],
    );
}

#[test]
fn a_size_or_an_angle_that_nothing_here_has_is_never_a_quantity() {
    check(
        FEW_SIZES,
        &[
            ("joelho 45 de 100", &["? joelho 45 de 100 = ?"]),
            ("4 joelhos 45 de 100", &["? joelhos 45 de 100 = 4"]),
            ("joelho 45 de 100 4", &["? joelho 45 de 100 = 4"]),
            ("curva 45 de 25", &["? curva 45 de 25 = ?"]),
            ("joelho 90 de 100", &["Joelho 90 Esgoto 100mm = ?"]),
            ("joelho de 100 45", &["Joelho 90 Esgoto 100mm = 45"]),
            ("joelho 30 de 100", &["Joelho 90 Esgoto 100mm = 30"]),
            ("quadro 24 disjuntores", &["? quadro 24 disjuntores = ?"]),
            ("2 quadros 24 disjuntores", &["? quadros 24 disjuntores = 2"]),
            ("quadro de 24 disjuntores", &["? quadro de 24 disjuntores = ?"]),
            ("quadro 12 disjuntores", &["Quadro Embutir 12 Disjuntores = ?"]),
            ("dobradiça 4", &["? dobradiça 4 = ?"]),
            ("dobradiça 6", &["Dobradiça Aço 3.1/2 = 6"]),
            ("4 dobradiças", &["Dobradiça Aço 3.1/2 = 4"]),
            ("dobradiça 3 1/2 4", &["Dobradiça Aço 3.1/2 = 4"]),
        ],
    );
}

#[test]
fn of_several_products_those_named_as_said_stand_first() {
    check(
        &[
            ("Tubo Cotovelo Esgoto", Unit::Piece, None),
            ("Cano Cotovelo Esgoto", Unit::Piece, None),
            ("Tubo Joelho Esgoto", Unit::Piece, None),
        ],
        &[
            (
                "2 cano joelho esgoto",
                &["Cano Cotovelo Esgoto | Tubo Joelho Esgoto | Tubo Cotovelo Esgoto = 2"],
            ),
            ("2 cotovelo esgoto", &["Tubo Cotovelo Esgoto | Cano Cotovelo Esgoto = 2"]),
        ],
    );
}

#[test]
fn a_price_found_too_high_declines_but_haggling_asks() {
    use orcazap_core::reading::Intent;
    let catalog = store(ERP);
    for (text, intent) in [
        ("tá caro", Intent::Decline),
        ("ta caro demais", Intent::Decline),
        ("Tá caro!", Intent::Decline),
        ("ta caro, não quero", Intent::Decline),
        ("achei caro", Intent::Decline),
        ("poxa, ficou salgado hein", Intent::Decline),
        ("muito caro", Intent::Decline),
        ("tá muito caro", Intent::Decline),
        ("tá caro, faz um desconto?", Intent::Question),
        ("tem desconto? tá caro", Intent::Question),
        ("tá cara, pode fechar", Intent::Accept),
    ] {
        assert_eq!(reading(text, &catalog).intent, intent, "{text}");
    }
}

#[test]
fn sizes_measured_apart_are_found_by_each_side() {
    check(
        ERP,
        &[
            ("2 veda rosca de 50m", &["VEDA ROSCA 18MMX50M = 2"]),
            ("fita veda rosca 10m 3", &["VEDA ROSCA 18MMX10M = 3"]),
            ("joelho lr 25 1/2 6", &["JOELHO 90 LR 25MM X 1/2 AZ = 6"]),
            ("2 joelho 90 100", &["JOELHO 90 ESG DN100 = 2"]),
            ("tubo esgoto 100 2", &["TB ESG DN100 6M = 2"]),
            ("quadro p/ 16 disjuntores - 1", &["QDR EMB 12/16 DISJ = 1"]),
            ("impermeabilizante acrílico balde 18kg", &["IMPERM ACRIL 18KG = ?"]),
        ],
    );
}

#[test]
fn customs_of_measure_are_known() {
    check(
        ERP,
        &[
            ("chuveiro 110", &["CHUV ELET 127V 5500W = ?"]),
            ("1 disjuntor bipolar 40", &["DISJ DIN 2P 40A = 1"]),
            (
                "2 disjuntores monopolar 20 e 1 bipolar 40",
                &["DISJ DIN 1P 20A = 2", "DISJ DIN 2P 40A = 1"],
            ),
            ("4 tomada 2p+t 10a", &["TOM 2P+T 10A C/ PLACA = 4"]),
            (
                "esmalte preto 1 galão e 2 de 900ml",
                &["ESM SINT PTO 3,6L = 1", "ESM SINT PTO 0,9L = 2"],
            ),
        ],
    );
}

#[test]
fn quantities_find_their_goods() {
    check(
        ERP,
        &[
            ("cabo 10 1 rolo", &["CABO FLEX 10,0MM PTO RL 100M | CABO FLEX 10,0MM AZ RL 100M = 1"]),
            ("viga 6x12 5 peças de 4m", &["VIGA PEROBA 6X12 = 20"]),
            ("guia 70 e montante 70 10 de cada", &["GUIA 70MM 3M = 10", "MONTANTE 70MM 3M = 10"]),
            ("Areia média;6;m3", &["AREIA MEDIA M3 = 6"]),
            ("me vê 12, digo, 15 sacos de ac2", &["ARG COLANTE AC II EXT 20KG = 15"]),
            ("20 meio-fio", &["GUIA MEIO-FIO CONCRETO = 20"]),
            ("carrinho 1, te soldavel 25 4un", &["CARRINHO MAO 60L = 1", "TE SOLD 25MM = 4"]),
            ("fechadura externa 1, de banheiro 2", &["FECH EXT CROM = 1", "FECH WC CROM = 2"]),
        ],
    );
}

#[test]
fn behind_a_brand_or_a_size_stands_what_the_thing_is() {
    check(
        BRANDS,
        &[
            (
                "6 lampada 12w e 4 de 20w",
                &["Elgin Lâmpada Bulbo LED 12W = 6", "Elgin Lâmpada Bulbo LED 20W = 4"],
            ),
            (
                "disjuntor bifasico 50 2, monofasico 20 6",
                &["Soprano Disjuntor Bifásico 50A = 2", "Soprano Disjuntor Monofásico 20A = 6"],
            ),
            (
                "troca o disjuntor bifasico 32 pelo de 50",
                &["Soprano Disjuntor Bifásico 32A = 0", "Soprano Disjuntor Bifásico 50A = ?"],
            ),
            (
                "2 tubo 25 e 1 de 50",
                &["25mm Tubo Marrom Soldável 6m = 2", "50mm Tubo Marrom Soldável 6m = 1"],
            ),
            // Three pieces are no sum of the two that stand beside them.
            (
                "3 lampada 12w, 1 de 20w e 2 tubo 50",
                &[
                    "Elgin Lâmpada Bulbo LED 12W = 3",
                    "Elgin Lâmpada Bulbo LED 20W = 1",
                    "50mm Tubo Marrom Soldável 6m = 2",
                ],
            ),
            ("dr 1, te 25 4", &["Soprano DR Tetrapolar 63A = 1", "25mm Tê Soldável Krona = 4"]),
        ],
    );
}

#[test]
fn the_price_of_goods_is_asked_whatever_another_shop_charges() {
    use orcazap_core::reading::Intent;
    let catalog = store(ERP);
    let intent = |text: &str| reading(text, &catalog).intent;
    assert_eq!(intent("o cimento é quanto? no outro depósito tá 36"), Intent::Order);
    assert_eq!(intent("no outro depósito o cimento tá 36, vcs cobrem?"), Intent::Question);
}

#[test]
fn days_around_a_holiday_and_the_ends_of_months_are_spans() {
    let catalog = store(ERP);
    let closed = ["2026-04-03".parse().unwrap()];
    let context = Context { closed: &closed, ..Context::default() };
    let when = |text: &str| {
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        read_in_context(text, &catalog, context, now).delivery.unwrap_or_default()
    };
    let day = |text: &str| Some(text.parse().unwrap());
    let before = when("entrega antes do feriado");
    assert_eq!((before.from, before.to), (day("2026-03-10"), day("2026-04-02")));
    assert_eq!(when("pode entregar depois do feriado").date, day("2026-04-04"));
    let end = when("entrega no fim do mês");
    assert_eq!((end.from, end.to), (day("2026-03-25"), day("2026-03-31")));
    let until = when("entrega até o fim do mês");
    assert_eq!((until.from, until.to), (day("2026-03-10"), day("2026-03-31")));
}

#[test]
fn a_reading_says_when_text_was_left_unread() {
    let catalog = store(ERP);
    let long = "10 sacos de cimento\n".repeat(2_000);
    assert!(reading(&long, &catalog).truncated);
    assert!(!reading("10 sacos de cimento", &catalog).truncated);
}

#[test]
fn goods_are_told_from_units_parts_and_sizes_around_them() {
    check(
        MIXED,
        &[
            ("1 fechadura externa", &["FECHAD EXT INOX STAM = 1"]),
            ("1 fechadura", &["FECH INT CROM ALIANCA | FECHAD EXT INOX STAM = 1"]),
            ("caixa dagua 500", &["CAIXA DAGUA 500L FORTLEV = ?"]),
            ("10 lixa 120 e 40 fio azul", &["LIXA MASSA 120 = 10", "FIO FLEX 2,5MM AZUL = 40"]),
            (
                "100 m de fio 2,5 azul 50 preto",
                &["FIO FLEX 2,5MM AZUL = 100", "FIO FLEX 2,5MM PRETO = 50"],
            ),
            ("uma dúzia de ripa de 3 m", &["RIPA MASSARANDUBA = 36"]),
            ("ripa de 3 m, 12 peças", &["RIPA MASSARANDUBA = 36"]),
            ("ripa 36 metros, 12 peças", &["RIPA MASSARANDUBA = 36"]),
            ("meio cento de tijolo", &["TIJOLO 8 FUROS = 50"]),
            ("argamasa 5 sacos", &["ARGAM. AC2 20KG QUARTZOLIT = 5"]),
            (
                "xpto 10 sacos e argamassa ac2 5 sacos",
                &["ARGAM. AC2 20KG QUARTZOLIT = 5", "? xpto = 10"],
            ),
            ("tijolo 100 dia 15", &["TIJOLO 8 FUROS = 100"]),
            ("faz um orçamento de tijolo 100", &["TIJOLO 8 FUROS = 100"]),
            ("pra pintura do portão 2 lixa", &["LIXA MASSA 120 = 2"]),
            ("3 carrinho de mão", &["? carrinho de mão = 3"]),
            ("2 ou 3 carrinho de mão", &["? carrinho de mão = ?"]),
        ],
    );
}
