//! The words of every `Say`, as a customer reads them.

use orcazap_core::conversation::{
    AskChoice, AskFor, AskPlace, Choice, HandOverReason, Occasion, QuoteNumber, Reply, SaidItem,
    Say,
};
use orcazap_core::order::{Delivery, Payment, PaymentMethod};
use orcazap_core::{Money, Unit};
use orcazap_whatsapp::Message;
use orcazap_whatsapp::wording::{Purpose, Wording, render};
use serde_json::json;

use crate::shop::{now, offer, quote_ref};

/// The messages as text: words, then a line for what can be pressed.
fn shown(say: &Say) -> String {
    let messages = render(say, &Wording::new("Depósito Souza"), now());
    let parts: Vec<String> = messages.iter().map(|one| one_shown(&one.message)).collect();
    format!("({})\n{}", messages[0].purpose.code(), parts.join("\n---\n")).replace('\u{a0}', " ")
}

fn one_shown(message: &Message) -> String {
    let presses: Vec<String> = match message {
        Message::Buttons(buttons) => {
            buttons.buttons().iter().map(|b| format!("[{}]", b.title())).collect()
        }
        Message::List(list) => {
            let rows = list.sections().iter().flat_map(|section| section.rows());
            let rows = rows.map(|row| format!("<{}>", row.title()));
            std::iter::once(format!("[{}]", list.button())).chain(rows).collect()
        }
        _ => Vec::new(),
    };
    format!("{}\n{}", message.words(), presses.join(" ")).trim_end().to_owned()
}

fn said(name: &str, unit: Unit, qty: Option<&str>) -> SaidItem {
    let qty = qty.map(|qty| qty.parse().unwrap());
    let (sku, price) = ("X".parse().unwrap(), "58.90".parse().unwrap());
    SaidItem { sku, name: name.to_owned(), unit, price, qty }
}

fn nothing_missing() -> AskFor {
    AskFor {
        number: QuoteNumber(1042),
        items: Vec::new(),
        unknown: Vec::new(),
        choices: Vec::new(),
        quantities: Vec::new(),
        no_items: false,
        place: None,
        payment: false,
        methods: Vec::new(),
    }
}

fn choice(text: &str, options: &[(&str, &str)]) -> AskChoice {
    let option = |(sku, name): &(&str, &str)| Choice {
        reply: Reply::Pick { number: QuoteNumber(1042), sku: sku.parse().unwrap() },
        item: said(name, Unit::Bag, None),
        label: name.trim_start_matches("Cimento ").to_owned(),
    };
    AskChoice { text: text.to_owned(), choices: options.iter().map(option).collect() }
}

fn quote(items: &[&str], rest: serde_json::Value, occasion: Occasion) -> Say {
    Say::Quote { offer: offer(items, rest), occasion }
}

#[test]
fn a_greeting_is_answered_with_how_to_order() {
    insta::assert_snapshot!(shown(&Say::Welcome { number: QuoteNumber(1042) }), @r"
    (courtesy)
    Olá! Sou o assistente virtual de Depósito Souza. Mande sua lista de materiais, com as quantidades, e eu faço o orçamento na hora. Se já souber, diga também o bairro ou CEP da entrega e como vai pagar.

    Por exemplo: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.
    [Falar com atendente]
    ");
}

#[test]
fn a_quote_shows_every_figure_that_makes_its_total() {
    let rest = json!({
        "place": { "bairro": "Centro" },
        "payment": { "method": "pix" },
        "delivery": { "date": "2026-11-27", "period": "morning" },
        "unknown": [{ "text": "massa corrida *azul*", "qty": null }],
    });
    let items = ["500 TIJ-8F", "10 CIM-CP2-50", "2.5 ARE-MED", "1000 PAR-35"];
    insta::assert_snapshot!(shown(&quote(&items, rest, Occasion::First)), @r"
    (quote)
    *Orçamento 1042/1*

    • 500 × Tijolo Baiano 8 Furos 9×19×29
       R$ 0,95 cada, menos 5%: R$ 451,25
    • 10 sacos de Cimento CP II-E-32 50kg
       R$ 39,90 cada: R$ 399,00
    • 2,5 m³ de Areia Média Lavada
       R$ 145,00 o m³: R$ 362,50
    • 1.000 × Parafuso 3,5x25
       R$ 0,0345 cada: R$ 34,50

    Subtotal: R$ 1.247,25
    Desconto Pix 5%: −R$ 62,36
    Frete (Centro): R$ 80,00
    *Total: R$ 1.264,89*

    Pagamento: Pix
    Entrega: amanhã, 27/11, de manhã
    Válido até 28/11/2026 às 15:00

    Não encontrei: “massa corrida ×azul×”
    [Fechar pedido] [Mudar algo] [Falar com atendente]
    ");
}

#[test]
fn a_quote_says_what_instalments_cost_and_that_freight_is_still_open() {
    let rest = json!({
        "place": { "cep": "99010000" },
        "payment": { "method": "credit_card", "installments": 3 },
    });
    insta::assert_snapshot!(shown(&quote(&["1 CIM-CP2-50"], rest, Occasion::Revised)), @r"
    (quote)
    *Orçamento 1042/1*, com as mudanças

    • 1 saco de Cimento CP II-E-32 50kg
       R$ 39,90

    Subtotal: R$ 39,90
    Acréscimo cartão de crédito em 3x 4,5%: R$ 1,80
    Frete (CEP 99010-000): a combinar
    *Total: R$ 41,70* (sem o frete)

    Pagamento: cartão de crédito em 3x
    Válido até 28/11/2026 às 15:00
    [Fechar pedido] [Mudar algo] [Falar com atendente]
    ");
}

#[test]
fn a_quote_for_pickup_has_no_freight() {
    let rest = json!({ "place": { "pickup": true }, "payment": { "method": "cash" } });
    insta::assert_snapshot!(shown(&quote(&["2 CIM-CP2-50"], rest, Occasion::Renewed)), @r"
    (quote)
    *Orçamento 1042/1*, com os preços de hoje

    • 2 sacos de Cimento CP II-E-32 50kg
       R$ 39,90 cada: R$ 79,80

    Retirada na loja, sem frete
    *Total: R$ 79,80*

    Pagamento: dinheiro
    Válido até 28/11/2026 às 15:00
    [Fechar pedido] [Mudar algo] [Falar com atendente]
    ");
}

#[test]
fn a_quote_with_free_freight_says_so() {
    let rest =
        json!({ "place": { "bairro": "centro" }, "payment": { "method": "boleto", "days": 30 } });
    insta::assert_snapshot!(shown(&quote(&["200 CIM-CP2-50"], rest, Occasion::Again)), @r"
    (quote)
    Aqui está de novo o *orçamento 1042/1*

    • 200 sacos de Cimento CP II-E-32 50kg
       R$ 39,90 cada: R$ 7.980,00

    Frete (centro): grátis
    *Total: R$ 7.980,00*

    Pagamento: boleto para 30 dias
    Válido até 28/11/2026 às 15:00
    [Fechar pedido] [Mudar algo] [Falar com atendente]
    ");
}

#[test]
fn a_long_quote_goes_before_its_buttons_and_is_whole() {
    let rest = json!({ "place": { "pickup": true }, "payment": { "method": "pix" } });
    let items = vec!["10 CIM-CP2-50"; 120];
    let messages =
        render(&quote(&items, rest, Occasion::First), &Wording::new("Depósito Souza"), now());
    let words: Vec<&str> = messages.iter().map(|one| one.message.words()).collect();
    assert_eq!(words.concat().matches("10 sacos de Cimento").count(), 120);
    assert!(matches!(messages.last().unwrap().message, Message::Buttons(_)));
    assert!(messages.iter().rev().skip(1).all(|one| matches!(one.message, Message::Text(_))));
    assert!(messages.iter().all(|one| one.purpose == Purpose::Quote));
    insta::assert_snapshot!(words.last().unwrap().replace('\u{a0}', " "), @"Orçamento 1042/1: *R$ 45.486,00*. Posso fechar?");
}

#[test]
fn all_that_is_missing_is_asked_at_once() {
    let ask = AskFor {
        items: vec![
            said("Tijolo Baiano 8 Furos", Unit::Piece, Some("500")),
            said("Areia Média Lavada", Unit::CubicMeter, Some("0.5")),
        ],
        unknown: vec!["massa corrida".into(), "telha".into()],
        quantities: vec![said("Vergalhão 10mm", Unit::Bar, None)],
        place: Some(AskPlace::Where),
        payment: true,
        methods: vec![PaymentMethod::Pix, PaymentMethod::CreditCard],
        ..nothing_missing()
    };
    insta::assert_snapshot!(shown(&Say::Ask { ask }), @r"
    (question)
    Anotei:
    • 500 × Tijolo Baiano 8 Furos
    • 0,5 m³ de Areia Média Lavada

    Não encontrei: “massa corrida”, “telha”

    Para fazer o orçamento, me diga:
    1. Quantas barras de Vergalhão 10mm? (R$ 58,90 cada)
    2. Qual o CEP ou bairro da entrega? Ou prefere retirar?
    3. Como vai pagar: Pix ou cartão de crédito?
    [Retirar na loja]
    ");
}

#[test]
fn a_choice_of_few_is_buttons() {
    let options = [("A", "Cimento CP II 50kg"), ("B", "Cimento CP III 50kg")];
    let ask = AskFor { choices: vec![choice("cimento", &options)], ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask }), @r"
    (question)
    Qual “cimento”: Cimento CP II 50kg ou Cimento CP III 50kg?
    [CP II 50kg] [CP III 50kg]
    ");
}

#[test]
fn choices_of_many_are_a_list() {
    let options = [
        ("A", "Cimento CP II-E-32 saco de 50kg"),
        ("B", "Cimento CP III-40 RS saco de 50kg"),
        ("C", "Cimento CP IV-32 Pozolânico saco de 50kg"),
        ("D", "Cimento CP V-ARI 40kg"),
    ];
    let more = [("E", "Cal de Pintura"), ("F", "Cal Hidratada")];
    let ask = AskFor {
        choices: vec![choice("cimento", &options), choice("cal", &more)],
        payment: true,
        ..nothing_missing()
    };
    insta::assert_snapshot!(shown(&Say::Ask { ask }), @r"
    (question)
    Para fazer o orçamento, me diga:
    1. Qual “cimento”?
       - Cimento CP II-E-32 saco de 50kg
       - Cimento CP III-40 RS saco de 50kg
       - Cimento CP IV-32 Pozolânico saco de 50kg
       - Cimento CP V-ARI 40kg
    2. Qual “cal”: Cal de Pintura ou Cal Hidratada?
    3. Como vai pagar: Pix, dinheiro ou cartão de crédito?
    [Ver opções] <CP II-E-32 saco de 50kg> <CP III-40 RS saco de…> <CP IV-32 Pozolânico…> <CP V-ARI 40kg> <Cal de Pintura> <Cal Hidratada>
    ");
}

#[test]
fn a_choice_among_many_is_asked_with_examples() {
    let names: Vec<String> = (1..=14).map(|n| format!("Tinta Acrílica {n}")).collect();
    let options: Vec<(&str, &str)> = names.iter().map(|name| ("T", name.as_str())).collect();
    let few = [("A", "Cal de Pintura"), ("B", "Cal Hidratada"), ("C", "Cal Virgem")];
    let choices = vec![choice("tinta", &options), choice("cal", &few)];
    let ask = AskFor { choices, ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask }), @r"
    (question)
    Para fazer o orçamento, me diga:
    1. Qual “tinta”? Tenho 14 tipos, como estes; me diga a marca, a medida ou a cor:
       - Tinta Acrílica 1
       - Tinta Acrílica 2
       - Tinta Acrílica 3
       - Tinta Acrílica 4
       - Tinta Acrílica 5
    2. Qual “cal”?
       - Cal de Pintura
       - Cal Hidratada
       - Cal Virgem
    [Cal de Pintura] [Cal Hidratada] [Cal Virgem]
    ");
}

#[test]
fn a_single_question_is_a_single_sentence() {
    let items = vec![said("Cimento CP II 50kg", Unit::Bag, Some("10"))];
    let place = AskFor { items, place: Some(AskPlace::Where), ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask: place }), @r"
    (question)
    Anotei:
    • 10 sacos de Cimento CP II 50kg

    Qual o CEP ou bairro da entrega? Ou prefere retirar?
    [Retirar na loja]
    ");
    let words = AskFor { place: Some(AskPlace::InWords), ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask: words }), @r"
    (question)
    Recebi sua localização. Qual o CEP ou o bairro, para eu calcular o frete?
    [Retirar na loja]
    ");
    let methods = PaymentMethod::ALL.to_vec();
    let payment = AskFor { payment: true, methods, ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask: payment }), @r"
    (question)
    Como vai pagar: Pix, dinheiro, cartão de crédito, cartão de débito, boleto, transferência ou crediário?
    [Ver opções] <Pix> <Dinheiro> <Cartão de crédito> <Cartão de débito> <Boleto> <Transferência> <Crediário>
    ");
    let nothing = AskFor { no_items: true, place: Some(AskPlace::Where), ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask: nothing }), @r"
    (question)
    Para fazer o orçamento, me diga:
    1. Quais materiais você precisa, e quanto de cada?
    2. Qual o CEP ou bairro da entrega? Ou prefere retirar?
    ");
}

#[test]
fn an_order_under_review_says_what_was_understood() {
    let say = Say::UnderReview {
        items: vec![said("Cimento CP II 50kg", Unit::Bag, Some("1"))],
        unknown: vec!["telha".into()],
        place: None,
        payment: Some(Payment::by(PaymentMethod::Pix)),
        delivery: None,
    };
    insta::assert_snapshot!(shown(&say), @r"
    (hand_over)
    Anotei seu pedido:
    • 1 saco de Cimento CP II 50kg

    Pagamento: Pix

    Não encontrei: “telha”

    Um atendente vai conferir, e eu já mando o orçamento por aqui.
    ");
}

#[test]
fn an_accepted_quote_is_confirmed_with_its_terms() {
    let accepted = |delivery, pickup| Say::Accepted {
        quote_ref: quote_ref(),
        total: Money::from_centavos(123_450),
        payment: Some(Payment::by(PaymentMethod::Pix)),
        delivery,
        pickup,
    };
    let asap = Delivery { asap: true, ..Delivery::default() };
    insta::assert_snapshot!(shown(&accepted(Some(asap), false)), @r"
    (courtesy)
    Pedido *1042/1* confirmado, obrigado! ✅
    Total: *R$ 1.234,50*
    Pagamento: Pix
    Entrega: o quanto antes

    Um atendente fala com você sobre os próximos passos.
    ");
    insta::assert_snapshot!(shown(&accepted(None, true)), @r"
    (courtesy)
    Pedido *1042/1* confirmado, obrigado! ✅
    Total: *R$ 1.234,50*
    Pagamento: Pix
    Retirada na loja

    Um atendente fala com você sobre os próximos passos.
    ");
}

#[test]
fn everything_else_is_said_shortly_and_kindly() {
    let quote_ref = quote_ref();
    let mut says = vec![
        Say::StillUnderReview { noted: None },
        Say::Expired { quote_ref },
        Say::WhatToChange { quote_ref },
        Say::Unclear { quote_ref },
        Say::Declined,
        Say::Cancelled,
        Say::FollowUp {
            quote_ref,
            total: Money::from_centavos(99_990),
            valid_until: "2026-11-28T23:59:59-03:00".parse().unwrap(),
        },
        Say::Person { text: "Bom dia! *Consigo* por R$ 30.".into() },
        Say::OptedOut,
    ];
    let reasons = [
        HandOverReason::Asked,
        HandOverReason::TakenOver,
        HandOverReason::Talking,
        HandOverReason::Question,
        HandOverReason::NotUnderstood,
        HandOverReason::Media,
        HandOverReason::AfterSale,
        HandOverReason::Rejected,
        HandOverReason::CannotPrice,
        HandOverReason::Undelivered,
    ];
    says.extend(reasons.map(|reason| Say::HandedOver { reason }));
    let all: Vec<String> =
        says.iter().map(|say| format!("{} {}", say.code(), shown(say))).collect();
    insta::assert_snapshot!(all.join("\n\n"), @r"
    still_under_review (courtesy)
    Seu orçamento está com um atendente. Assim que ele liberar, eu mando aqui.

    expired (hand_over)
    O orçamento 1042/1 passou da validade. Um atendente vai conferir os preços de hoje, e eu já mando o novo por aqui.

    what_to_change (question)
    O que você quer mudar no orçamento 1042/1? Pode escrever do seu jeito: “tira a areia”, “15 sacos de cimento”, “entrega na sexta”.

    unclear (question)
    Não entendi bem. Quer fechar o orçamento 1042/1, mudar alguma coisa ou falar com um atendente?
    [Fechar pedido] [Mudar algo] [Falar com atendente]

    declined (courtesy)
    Tudo bem, obrigado por consultar a gente. Quando precisar, é só chamar.

    cancelled (courtesy)
    Pedido cancelado. Quando precisar, é só chamar.

    follow_up (courtesy)
    Oi! Ficou alguma dúvida sobre o orçamento 1042/1, de *R$ 999,90*? Ele vale até 28/11/2026.
    [Fechar pedido] [Mudar algo] [Falar com atendente]

    person (person)
    Bom dia! *Consigo* por R$ 30.

    opted_out (courtesy)
    Pronto, você não vai mais receber mensagens de Depósito Souza. Se mudar de ideia, responda VOLTAR.

    handed_over (hand_over)
    Certo! Um atendente já vai falar com você por aqui.

    handed_over (hand_over)
    Certo! Um atendente já vai falar com você por aqui.

    handed_over (hand_over)
    Certo! Um atendente já vai falar com você por aqui.

    handed_over (hand_over)
    Boa pergunta! Vou chamar um atendente, que responde por aqui.

    handed_over (hand_over)
    Desculpe, não consegui entender. Um atendente vai continuar com você por aqui.

    handed_over (hand_over)
    Recebi, obrigado! Um atendente vai ver o que você mandou e responde por aqui.

    handed_over (hand_over)
    Recebi! Um atendente vai ver seu pedido e responde por aqui.

    handed_over (hand_over)
    Um atendente vai falar com você por aqui sobre o seu orçamento.

    handed_over (hand_over)
    Este pedido precisa de um atendente. Ele já fala com você por aqui.

    handed_over (hand_over)
    Um atendente vai falar com você por aqui.
    ");
}

#[test]
fn what_waits_in_an_outbox_is_read_back_as_it_was() {
    let ask = AskFor { payment: true, ..nothing_missing() };
    for say in [Say::Welcome { number: QuoteNumber(1) }, Say::Ask { ask }, Say::Declined] {
        for message in render(&say, &Wording::new("Loja"), now()) {
            let json = serde_json::to_string(&message).unwrap();
            assert_eq!(
                serde_json::from_str::<orcazap_whatsapp::wording::OutgoingMessage>(&json).unwrap(),
                message
            );
        }
    }
}
