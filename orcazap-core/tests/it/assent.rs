//! What closes a sale: a plain yes and nothing less.

use orcazap_core::reading::{Context, Intent, Reading, read_in_context};
use orcazap_core::{Catalog, Draft};

use crate::corpus;

/// The order that a quote was sent for, and what its customer says to it.
fn answer(text: &str) -> (Draft, Reading) {
    static CATALOG: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
    let catalog = CATALOG.get_or_init(|| corpus::catalog("catalog.csv"));
    let now = "2026-11-24T09:00:00-03:00".parse().unwrap();
    let mut draft = Draft::default();
    draft.apply(&orcazap_core::read("10 cimento cp2, retiro, pix", catalog, now), catalog);
    assert!(draft.missing().is_empty());
    let context = Context { draft: Some(&draft), ..Context::default() };
    let reading = read_in_context(text, catalog, context, now);
    (draft, reading)
}

#[test]
fn a_plain_yes_accepts_what_was_offered() {
    for text in [
        "sim",
        "ok",
        "fechado",
        "Fechado!",
        "fechou",
        "então fechou",
        "show, fechou",
        "beleza, fechado",
        "tá fechado",
        "negócio fechado",
        "pode fechar",
        "pode fechar o pedido",
        "pode fechar sim",
        "vou fechar",
        "quero fechar",
        "bora fechar",
        "vamos fechar",
        "pode mandar",
        "pode mandar sim",
        "pode mandar hoje",
        "pode mandar amanhã",
        "pode mandar amanhã cedo",
        "pode separar",
        "confirmo",
        "confirmado",
        "confirma",
        "pode confirmar",
        "pode confirmar o pedido",
        "aprovado",
        "aceito",
        "aceito o orçamento",
        "isso",
        "isso mesmo",
        "isso aí",
        "é isso aí",
        "é isso mesmo",
        "manda",
        "manda bala",
        "manda ver",
        "vou querer",
        "vou querer sim",
        "quero sim",
        "demorou",
        "bora",
        "partiu",
        "perfeito",
        "combinado",
        "de acordo",
        "tá ótimo",
        "tá certo, pode mandar",
        "tudo certo, pode fechar",
        "ok pode mandar",
        "sim, pode mandar",
        "beleza pode mandar",
        "gostei, pode fechar",
        "fechado! que horas abrem?",
        "fechado, que horas vocês abrem?",
        "pode mandar. vocês entregam no sábado?",
        "fechado, no pix",
        "pode fechar no cartão em 3x",
        "fechado, entrega amanhã de manhã",
        "pode fechar, obrigado",
        "fechado, um abraço",
        "são 10 sacos mesmo, confirma",
        "10 sacos mesmo, pode fechar",
        "👍",
        "👍👍",
        "✅",
        "sim, 10 sacos, pode fechar",
        "Pode gerar o pedido",
        "eu aceito",
    ] {
        let (mut draft, reading) = answer(text);
        assert_eq!(reading.intent, Intent::Accept, "{text}");
        let offered = draft.clone();
        draft.apply(&reading, &corpus::catalog("catalog.csv"));
        assert_eq!(draft.items, offered.items, "{text}");
    }
}

#[test]
fn a_no_a_condition_a_question_or_another_figure_is_no_yes() {
    for text in [
        "não fechado",
        "fechado não",
        "fechado\nnão",
        "fechado, não",
        "não pode fechar",
        "não vou fechar",
        "nem pode mandar",
        "não confirmo",
        "quero fechar só se for 35 o saco",
        "só fecho se for 35",
        "aceito se o frete for grátis",
        "quero fechar mas com desconto",
        "quero fechar, mas acho caro",
        "pode fechar com 5% de desconto?",
        "pode fechar com 5% de desconto",
        "pode fechar se fizer 38",
        "pode fechar desde que entregue hoje",
        "fechado, caso entreguem hoje",
        "fechado por 380?",
        "fechado por 380",
        "fechado a 38 o saco",
        "fechado, R$ 380",
        "pode fechar por 38",
        "tá fechado o preço?",
        "fechado?",
        "Fechado então?",
        "já fechou?",
        "já fechou",
        "fechou?",
        "fechou a loja?",
        "vocês ficam fechado no domingo?",
        "vocês já fecharam?",
        "pode fechar?",
        "posso fechar?",
        "pode mandar?",
        "pode mandar amanhã?",
        "pode mandar hoje? se não nem precisa",
        "pode fechar? me avisa",
        "confirmado?",
        "tá confirmado?",
        "combinado?",
        "fechado, certo?",
        "fechado, né?",
        "ok?",
        "sim?",
        "isso?",
        "tá certo?",
        "tá bom assim?",
        "vou fechar amanhã",
        "amanhã eu fecho",
        "amanhã confirmo",
        "confirmo amanhã",
        "confirmo mais tarde",
        "vou fechar depois",
        "vou fechar semana que vem",
        "beleza, amanhã te confirmo",
        "tá bom, vou ver",
        "tá bom, vou pensar",
        "ok, vou falar com meu marido",
        "acho que vou fechar",
        "talvez eu feche",
        "fechado, manda 12",
        "fechado, mas manda 12",
        "pode fechar 12",
        "confirma 12 sacos",
        "pode mandar 20 sacos",
        "pode fechar com 8",
        "fechado, espera aí",
        "pode fechar. espera, deixa eu ver",
        "fechado se tiver frete grátis",
        "fechado com frete grátis",
        "fecha com desconto",
        "quero fechar, faz um desconto",
        "quero fechar, melhora o preço",
        "quase fechado",
        "confirma o endereço pra mim",
        "confirma pra mim o valor",
        "aceito outra marca",
        "aceita cartão?",
        "👎",
    ] {
        assert_ne!(answer(text).1.intent, Intent::Accept, "{text}");
    }
}

#[test]
fn another_quantity_beside_a_yes_is_a_change_and_never_a_price() {
    let said = |text: &str| {
        let (mut draft, reading) = answer(text);
        draft.apply(&reading, &corpus::catalog("catalog.csv"));
        (reading.intent, draft.items[0].qty.unwrap().to_string())
    };
    for text in ["fechado, manda 12", "pode fechar 12"] {
        assert_eq!(said(text), (Intent::Change, "12".to_owned()), "{text}");
    }
    for text in ["pode fechar se fizer 38", "fechado por 38", "fechado, mas por 38"] {
        assert_eq!(said(text), (Intent::Question, "10".to_owned()), "{text}");
    }
}

#[test]
fn a_day_of_deciding_is_no_day_of_delivery() {
    for text in [
        "vou fechar amanhã",
        "beleza, amanhã te confirmo",
        "amanhã eu fecho",
        "te aviso até sexta",
        "hoje não",
    ] {
        assert_eq!(answer(text).1.delivery, None, "{text}");
    }
    for text in ["pode mandar amanhã", "fechado, entrega amanhã", "pode fechar pra amanhã"] {
        let (_, reading) = answer(text);
        assert_eq!(reading.intent, Intent::Accept, "{text}");
        assert!(reading.delivery.is_some(), "{text}");
    }
}

#[test]
fn who_finds_it_dear_or_has_it_already_declines_and_who_haggles_asks() {
    for text in [
        "achei caro, obrigado",
        "muito caro, deixa",
        "obrigado, já resolvi",
        "pode deixar, não precisa mais",
        "achei mais barato, obrigado",
        "👎",
    ] {
        assert_eq!(answer(text).1.intent, Intent::Decline, "{text}");
    }
    for text in ["tá caro, na concorrência tá 36", "achei caro, consegue melhorar?"] {
        assert_eq!(answer(text).1.intent, Intent::Question, "{text}");
    }
    for text in ["PARE", "parem", "sair"] {
        assert_eq!(answer(text).1.intent, Intent::OptOut, "{text}");
    }
}
