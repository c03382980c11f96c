//! What holds for every message, whatever it says.

use orcazap_core::reading::{Context, read_in_context};
use orcazap_core::{Catalog, Draft, Quantity, Reading, read};
use proptest::prelude::*;

use crate::corpus;

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

/// The same products, the last first.
fn reversed() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG
        .get_or_init(|| Catalog::new(catalog().products().iter().rev().cloned().collect()).unwrap())
}

fn reading(text: &str) -> Reading {
    read(text, catalog(), "2026-03-10T09:00:00-03:00".parse().unwrap())
}

/// The products that were understood, without where they stand.
fn meaning(text: &str) -> Vec<String> {
    let found = reading(text);
    let items = found.items.iter().map(|item| format!("{} {:?}", item.sku, item.qty));
    let asks = found.ambiguous.iter().map(|f| format!("{:?} {:?}", f.ask.skus, f.ask.qty));
    let mut all: Vec<String> = items.chain(asks).collect();
    all.sort();
    all
}

/// What an order is after these messages.
#[track_caller]
fn check_order(messages: &[&str], items: &[(&str, &str)]) {
    let mut draft = Draft::default();
    for text in messages {
        let context = Context { draft: Some(&draft), ..Context::default() };
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let reading = read_in_context(text, catalog(), context, now);
        draft.apply(&reading, catalog());
    }
    let found: Vec<_> = draft
        .items
        .iter()
        .map(|item| (item.sku.to_string(), item.qty.unwrap().as_decimal().to_string()))
        .collect();
    let found: Vec<_> = found.iter().map(|(sku, qty)| (sku.as_str(), qty.as_str())).collect();
    assert_eq!(found, items, "{messages:?}");
}

#[test]
fn more_of_a_product_comes_on_top_in_a_change_too() {
    let first = "10 sacos de cimento CP II 50kg e 2 m³ de areia média";
    check_order(&[first, "tira a areia e põe mais 5 cimento"], &[("CIM-CP2-50", "15")]);
    check_order(&[first, "tira a areia e põe 5 cimento"], &[("CIM-CP2-50", "5")]);
}

#[test]
fn without_something_takes_it_out() {
    check_order(&["2 m³ de areia média", "sem a areia"], &[]);
}

/// Lines that each ask for one thing.
const LINES: [&str; 8] = [
    "10 sacos de cimento",
    "2 metros de areia média",
    "500 tijolos",
    "4 joelho esgoto 100",
    "3 kg de prego 18x27",
    "2 rolos de cabo 2,5 preto",
    "1 caixa d'água de 500 litros",
    "12 barras de ferro 3/8",
];

/// Names of the catalogue that say no number.
fn silent_names() -> Vec<String> {
    let numbers = ["um", "uma", "dois", "duas", "meia", "meio", "cento", "mil", "milheiro", "par"];
    let names = catalog().products().iter().flat_map(|product| &product.aliases);
    let silent = names.filter(|name| {
        !name.contains(|c: char| c.is_numeric())
            && !name.split([' ', '-']).any(|w| numbers.contains(&w))
    });
    silent.cloned().collect()
}

/// What is hard to see, between words that are easy to.
fn hidden() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(vec![
        "\u{200b}", "\u{200d}", "\u{202e}", "\u{feff}", "\u{301}", "\u{fe0f}", "１０", "½", "²",
        "🧱", "ß", "İ", "ﬁ", "\0", "\r", "\u{85}", " ", "10", "saco", "cimento", "tubo 100",
    ]);
    prop::collection::vec(mark, 0..24).prop_map(|marks| marks.concat())
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("10"),
        Just("2,5"),
        Just("cimento"),
        Just("areia"),
        Just("de"),
        Just("saco"),
        Just("e"),
        Just("tubo"),
        Just("100"),
        Just("tira"),
        Just("troca"),
        Just("por"),
        Just("ou"),
        Just("mil"),
        Just("1/2"),
        Just("3x"),
        Just("cartão"),
        Just("amanhã"),
        Just("\n"),
        Just(","),
        Just("18x27"),
        Just("metade"),
        Just("cada"),
        Just("cep"),
        Just("01310-100"),
        Just("bairro"),
        Just("(")
    ];
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

/// Texts of every kind.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,200}",
        any::<String>(),
        prop::collection::vec(any::<u8>(), 0..200)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        words(),
        hidden(),
    ]
}

/// Whether every span lies within a text, on character borders.
fn spans_lie_within(text: &str, found: &Reading) -> bool {
    let spans = found
        .items
        .iter()
        .map(|item| item.evidence)
        .chain(found.ambiguous.iter().map(|f| f.evidence))
        .chain(found.unknown.iter().map(|f| f.evidence))
        .chain(found.evidence.iter());
    spans.map(|evidence| evidence.span).all(|span| text.get(span.start..span.end).is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_and_its_spans_lie_within_it(text in texts()) {
        let found = reading(&text);
        prop_assert!(spans_lie_within(&text, &found), "{:?}", found);
        prop_assert_eq!(&found, &reading(&text));
    }

    #[test]
    fn any_text_is_read_within_any_conversation(before in words(), text in texts()) {
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let mut draft = Draft::default();
        draft.apply(&reading(&before), catalog());
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        let found = read_in_context(&text, catalog(), context, now);
        prop_assert!(spans_lie_within(&text, &found), "{:?}", found);
        prop_assert_eq!(&found, &read_in_context(&text, catalog(), context, now));
        draft.apply(&found, catalog());
        prop_assert!(draft.items.iter().all(|item| catalog().get(&item.sku).is_some()));
    }

    #[test]
    fn an_ambiguous_ask_has_a_choice_best_first_and_then_in_catalogue_order(text in words()) {
        let skus = |found: Reading| found.ambiguous.into_iter().map(|found| found.ask.skus);
        let backwards = skus(read(&text, reversed(), "2026-03-10T09:00:00-03:00".parse().unwrap()));
        for (choice, other) in skus(reading(&text)).zip(backwards) {
            prop_assert!(choice.len() > 1);
            let place = |sku| catalog().products().iter().position(|product| &product.sku == sku);
            for (at, one) in choice.iter().enumerate() {
                for behind in choice.iter().skip(at + 1) {
                    let here = other.iter().position(|sku| sku == one);
                    let there = other.iter().position(|sku| sku == behind);
                    // Whoever stands before the other whichever way the catalogue is turned
                    // fits better; else the catalogue decides.
                    prop_assert!(here.is_none() || there.is_none() || here < there || place(one) < place(behind));
                }
            }
        }
    }

    #[test]
    fn independent_lines_are_read_together_as_each_alone(
        lines in prop::sample::subsequence(LINES.to_vec(), 1..=LINES.len()).prop_shuffle()
    ) {
        let mut alone: Vec<String> = lines.iter().flat_map(|line| meaning(line)).collect();
        alone.sort();
        prop_assert_eq!(alone.len(), lines.len());
        prop_assert_eq!(meaning(&lines.join("\n")), alone);
    }

    #[test]
    fn a_quantity_is_never_invented(names in prop::collection::vec(
        prop::sample::select(silent_names()), 1..6,
    )) {
        for text in [names.join(", "), names.join("\n"), format!("tem {}?", names.join(" e "))] {
            let found = reading(&text);
            prop_assert!(found.items.iter().all(|item| item.qty.is_none()), "{text}: {found:?}");
            prop_assert!(found.ambiguous.iter().all(|found| found.ask.qty.is_none()), "{text}");
            prop_assert!(found.unknown.iter().all(|found| found.ask.qty.is_none()), "{text}");
        }
    }

    #[test]
    fn the_quantity_that_is_said_is_the_one_that_is_read(count in 1_u32..5000) {
        for (text, sku) in [
            (format!("{count} sacos de cimento"), "CIM-CP2-50"),
            (format!("me vê {count} blocos estruturais de 14"), "BLE-14"),
            (format!("disjuntor mono 20: {count} un"), "DJM-20"),
        ] {
            let expected = vec![format!("{sku} {:?}", Some(Quantity::new(count.into()).unwrap()))];
            prop_assert_eq!(meaning(&text), expected, "{}", text);
        }
    }
}

/// The words of place, payment and delivery, in that order; empty when not said.
#[track_caller]
fn check_evidence(text: &str, expected: [&str; 3]) {
    let found = reading(text).evidence;
    let words = [found.place, found.payment, found.delivery]
        .map(|said| said.map_or("", |said| &text[said.span.start..said.span.end]));
    assert_eq!(words, expected, "{text}");
}

#[test]
fn place_payment_and_delivery_say_where_they_were_read() {
    check_evidence(
        "10 cimento, entrega sexta de manhã no bairro Água Verde, cartão em 3x",
        ["Água Verde", "cartão em 3x", "sexta de manhã"],
    );
    check_evidence("cep 13040-500, boleto 30/60", ["cep 13040-500", "boleto 30/60", ""]);
    check_evidence("retiro na loja amanhã", ["retiro na loja", "", "amanhã"]);
    check_evidence("pago no pix. 10 cimento. é urgente", ["", "pix", "urgente"]);
    check_evidence("cartão, 10 sacos de cimento e 5 de cal, em 3x", ["", "cartão", ""]);
    check_evidence("10 cimento", ["", "", ""]);
    check_evidence("aceitam cartão? entregam em Itapevi?", ["", "", ""]);
}

#[test]
fn a_guess_at_a_place_is_less_sure_than_a_name() {
    let sure = |text: &str| reading(text).evidence.place.unwrap().confidence;
    assert!(sure("bairro Jardim América") > sure("entrega no Jardim América"));
    assert!(sure("cep 13040500") > sure("entrega no 13040500"));
}

#[test]
fn figures_that_are_no_quantities_fool_nobody() {
    for text in [
        "meu cpf é 123.456.789-09",
        "me chama no (11) 99999-0000",
        "cnpj 12.345.678/0001-95",
        "na outra loja tá R$ 39,90",
        "https://exemplo.com.br/produto/123",
    ] {
        let found = reading(text);
        assert!(found.items.is_empty() && found.ambiguous.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn kilobytes_of_nonsense_are_read_up_to_the_limit() {
    let text = "10 tijolo ou 3 xyz, ".repeat(4000);
    let found = reading(&text);
    let last = found.unknown.iter().map(|f| f.evidence.span.end).max().unwrap_or(0);
    assert!(last <= orcazap_core::reading::MAX_BYTES);
}

#[test]
fn what_a_catalogue_is_found_by_takes_no_more_than_600_bytes_a_product() {
    let files = std::fs::read_dir(corpus::folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    for name in names.filter(|name| name.ends_with("catalog.csv")) {
        let catalog = corpus::catalog(&name);
        let each = catalog.index_bytes() / catalog.products().len();
        println!("{each} {name}");
        assert!(each <= 600, "{name}: {each}");
    }
}

/// What one message alone says at a store: items, then what is in question or unknown.
fn said_at(store: &str, text: &str) -> String {
    let catalog = corpus::catalog(&format!("{store}catalog.csv"));
    let found = read(text, &catalog, "2026-03-10T09:00:00-03:00".parse().unwrap());
    let shown = |qty: Option<Quantity>| qty.map_or("?".to_owned(), |qty| qty.to_string());
    let items = found.items.iter().map(|item| format!("{}={}", item.sku, shown(item.qty)));
    let open = found.ambiguous.iter().map(|f| format!("{}={}?", f.ask.text, shown(f.ask.qty)));
    let unknown = found.unknown.iter().map(|f| format!("{}={}!", f.ask.text, shown(f.ask.qty)));
    items.chain(open).chain(unknown).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_number_is_no_size_of_goods_that_only_share_a_name() {
    assert_eq!(said_at("", "cimento 20, cal 10"), "CIM-CP2-50=20 CAL-HID-20=10");
    assert_eq!(said_at("", "argamassa 10"), "argamassa=10?");
    assert_eq!(said_at("", "tubo esgoto 100"), "TUE-100=?");
}

#[test]
fn goods_are_not_measured_in_what_they_do_not_have() {
    // The store has paint for floors, and boxes of ceramics.
    assert_eq!(said_at("unseen-b-", "30 m2 de piso"), "piso=30!");
    // Beyond doubt cement; how much is asked.
    assert_eq!(said_at("", "20 m2 de cimento"), "CIM-CP2-50=?");
    // Metres of what only comes in rolls are rolls.
    assert_eq!(said_at("unseen-b-", "100 m cabo 2,5 preto"), "EL1382=1");
}

#[test]
fn a_size_alone_behind_its_count_is_of_the_goods_before() {
    for (text, expected) in [
        ("2 caixa d'água 500 e 1 2000", "CXA-500=2 CXA-2000=1"),
        ("1 caixa dagua 1000 e 2 500 e 1 310", "CXA-1000=1 CXA-500=2 CXA-310=1"),
        ("3 tubo esgoto 100 e 2 75", "TUE-100=3 TUE-75=2"),
        ("1 milheiro de tijolo 8 furos e 1 de 6 furos", "TIJ-8F=1000 TIJ-6F=1000"),
        ("troca 1/2 m de areia fina por 1/2 m de brita 1", "ARE-FINA=0 BRI-1=0.5"),
    ] {
        assert_eq!(said_at("", text), expected, "{text}");
    }
}

#[test]
fn a_number_in_a_question_is_the_size_that_is_asked_for() {
    assert_eq!(said_at("unseen-t-", "cabo 16 tem?"), "cabo 16=?!");
    assert_eq!(said_at("unseen-t-", "tem tubo de cobre 22 aí?"), "tubo de cobre 22=?!");
    assert_eq!(said_at("", "tem disjuntor 20 10?"), "DJM-20=10");
}

#[test]
fn names_that_a_system_cuts_short_are_found_by_whole_words() {
    for (store, text, expected) in [
        ("unseen-j-", "1 disjuntor bifasico 50", "015131=1"),
        ("unseen-j-", "3 interruptor simples de 1 tecla", "015158=3"),
        ("unseen-j-", "tomda 20 amper 2 und", "015150=2"),
        ("unseen-w-", "rejunte cinza 10 e preto 2", "RJF-CZ1=10 RJF-PT1=2"),
        ("unseen-w-", "1 fita veda rosca 50m", "VR50=1"),
        ("unseen-t-", "2 tb esg 100, 3 joe esg 90 50", "TE100=2 JE50=3"),
    ] {
        assert_eq!(said_at(store, text), expected, "{text}");
    }
    // `tb` is `também` beside other goods.
    assert_eq!(said_at("", "cimento 5 tb 3 cal"), "CIM-CP2-50=5 CAL-HID-20=3");
}

#[test]
fn what_a_name_only_mentions_is_not_what_is_asked_for() {
    assert_eq!(said_at("unseen-u-", "tem tubo de 75?"), "tubo de 75=?!");
    assert_eq!(said_at("unseen-i-", "tanque de louça"), "tanque de louça=?!");
    assert_eq!(said_at("unseen-t-", "terra preta 10 sacos"), "terra preta=10!");
}

#[test]
fn a_name_typed_whole_is_never_another_product() {
    for store in ["erp-", "unseen-o-", "unseen-r-", "unseen-t-", "unseen-u-", "unseen-y-"] {
        let catalog = corpus::catalog(&format!("{store}catalog.csv"));
        for product in catalog.products() {
            let text = format!("3 {}", product.name);
            let found = read(&text, &catalog, "2026-03-10T09:00:00-03:00".parse().unwrap());
            let other = found.items.iter().find(|item| item.sku != product.sku);
            assert_eq!(other, None, "{store} {text}");
        }
    }
}

#[test]
fn a_number_goes_with_what_it_counts() {
    for (store, text, expected) in [
        ("", "3 Cimento CP II-E-32 25kg", "CIM-CP2-25=3"),
        ("", "3 Brita 0 Pedrisco", "BRI-0=3"),
        ("", "1 cimento 50 kg de prego 17x27", "CIM-CP2-50=1 PRE-17X27=50"),
        ("", "6 barra de ferro 3/8 entrega amanhã", "FER-100=6"),
        ("", "10 cimento em 1 entrega", "CIM-CP2-50=10"),
        ("", "2 cimento, o caminhao entra na rua", "CIM-CP2-50=2"),
        ("unseen-x-", "um martelo e uma marreta", "MARTEL=1 MARRET=1"),
        ("unseen-x-", "1 milheiro de tijolo maciço", "TIJMAC=1"),
        ("unseen-w-", "cimento e cal hidratada 20 de cada", "CP2-50=20 CALH-20=20"),
        ("unseen-w-", "72 litros de tinta acrilica branco neve em lata", "T18BC=4"),
        ("unseen-w-", "fio 2,5 100 m vermelho e 200 preto", "F25VM=1 F25PT=2"),
        ("unseen-z-", "4 conduite 25 rolo e 20 caixa 4x2", "ELR25=4 CX42=20"),
        ("unseen-j-", "cabo 6 preto 25 metros e azul 25", "015093=25 015091=25"),
        ("unseen-j-", "1 lata tinta acrilica palha fosca e 1 galao da mesma", "016026=1 016034=1"),
    ] {
        assert_eq!(said_at(store, text), expected, "{text}");
    }
}

#[test]
fn a_kind_that_the_store_lacks_is_not_its_nearest() {
    assert_eq!(said_at("unseen-c-", "1 torneira de jardim"), "torneira de jardim=1!");
    assert_eq!(said_at("unseen-c-", "1 torneira jardim"), "torneira jardim=1!");
}

fn one_product(name: &str) -> Catalog {
    let (sku, price) = ("ONLY".parse().unwrap(), "20".parse().unwrap());
    Catalog::new(vec![orcazap_core::Product::new(sku, name, orcazap_core::Unit::Piece, price)])
        .unwrap()
}

#[test]
fn a_slotted_screwdriver_is_no_philips() {
    let found = read(
        "2 chave de fenda 1/4",
        &one_product("Chave Philips 1/4"),
        "2026-03-10T09:00:00-03:00".parse().unwrap(),
    );
    assert!(found.items.is_empty() && found.ambiguous.is_empty(), "{found:?}");
}

#[test]
fn another_name_is_less_sure_than_the_stores_own() {
    let catalog = one_product("Adesivo PVA 1kg");
    let sure = |text: &str| {
        let found = read(text, &catalog, "2026-03-10T09:00:00-03:00".parse().unwrap());
        found.items[0].evidence.confidence
    };
    assert!(sure("1 cola branca") < sure("1 adesivo pva"));
}
