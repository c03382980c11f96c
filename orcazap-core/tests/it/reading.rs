//! What holds for every message, whatever it says.

use orcazap_core::{Catalog, Reading, read};
use proptest::prelude::*;

use crate::corpus;

fn catalog() -> &'static Catalog {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    CATALOG.get_or_init(|| corpus::catalog("catalog.csv"))
}

fn reading(text: &str) -> Reading {
    read(text, catalog(), "2026-03-10T09:00:00-03:00".parse().unwrap())
}

/// What was understood, without where it stands.
fn meaning(text: &str) -> Vec<String> {
    let found = reading(text);
    let items = found.items.iter().map(|item| format!("{} {:?}", item.sku, item.qty));
    let asks = found.ambiguous.iter().map(|f| format!("{:?} {:?}", f.ask.skus, f.ask.qty));
    let mut all: Vec<String> = items.chain(asks).collect();
    all.sort();
    all
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_and_its_spans_lie_within_it(text in prop_oneof![".{0,200}", words()]) {
        let found = reading(&text);
        let spans = found.items.iter().map(|item| item.evidence)
            .chain(found.ambiguous.iter().map(|f| f.evidence))
            .chain(found.unknown.iter().map(|f| f.evidence));
        for evidence in spans {
            prop_assert!(text.get(evidence.span.start..evidence.span.end).is_some());
        }
        prop_assert_eq!(&found, &reading(&text));
    }

    #[test]
    fn an_ambiguous_ask_has_a_choice_in_catalogue_order(text in words()) {
        for found in reading(&text).ambiguous {
            let at = |sku| catalog().products().iter().position(|product| &product.sku == sku);
            let positions: Vec<_> = found.ask.skus.iter().map(at).collect();
            prop_assert!(positions.len() > 1);
            prop_assert!(positions.is_sorted());
        }
    }

    #[test]
    fn the_order_of_independent_lines_does_not_matter(
        lines in Just(LINES.to_vec()).prop_shuffle()
    ) {
        prop_assert_eq!(meaning(&lines.join("\n")), meaning(&LINES.join("\n")));
    }

    #[test]
    fn case_spaces_and_emoji_do_not_matter(line in prop::sample::select(LINES.to_vec())) {
        let expected = meaning(line);
        prop_assert!(!expected.is_empty());
        prop_assert_eq!(meaning(&line.to_uppercase()), expected.clone());
        prop_assert_eq!(meaning(&line.replace(' ', "   ")), expected.clone());
        prop_assert_eq!(meaning(&format!("🙏 {line} 🙏")), expected.clone());
        let bare = line.replace('é', "e").replace('á', "a");
        prop_assert_eq!(meaning(&bare), expected);
    }

    #[test]
    fn quantities_are_never_invented(product in prop::sample::select(vec![
        "cimento", "areia média", "tubo 100", "prego 18x27", "caixa d'água de 500 litros", "ferro 3/8",
    ])) {
        let found = reading(&format!("preciso de {product}"));
        prop_assert!(found.items.iter().all(|item| item.qty.is_none()));
        prop_assert!(found.ambiguous.iter().all(|found| found.ask.qty.is_none()));
    }
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
