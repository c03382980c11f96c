//! The words of every `Say`, as a customer reads them.

use std::collections::BTreeSet;

use orcazap_core::conversation::{Answer, AskFor, Occasion, QuoteNumber, Reply, Say};
use orcazap_core::{Language, Tone};
use orcazap_whatsapp::Message;
use orcazap_whatsapp::wording::{
    BadText, Limit, OutgoingMessage, Purpose, Text, TextFault, Variable, Wording, default_text,
    render, variable_name,
};
use proptest::prelude::*;
use serde_json::json;

use crate::says::{KINDS, choice, every_say, kind, nothing_missing, quote, swap, under_review};
use crate::shop::{long_offer, now};

/// The messages as text: words, then a line for what can be pressed.
fn shown(say: &Say, wording: &Wording) -> String {
    let messages = render(say, &[], wording, now());
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

fn store() -> Wording {
    Wording::new("Depósito Souza")
}

fn every_wording() -> impl Iterator<Item = Wording> {
    let tones = |language: &'static Language| {
        Tone::ALL.iter().map(|tone| {
            let mut wording = store().in_language(*language);
            wording.tone = *tone;
            wording
        })
    };
    Language::ALL.iter().flat_map(tones)
}

#[test]
fn every_say_is_worded_in_every_language_and_tone() {
    let says = every_say();
    let found: BTreeSet<&str> = says.iter().map(|(_, say)| kind(say)).collect();
    assert_eq!(found, KINDS.iter().copied().collect(), "each kind has to be said in `says.rs`");
    for wording in every_wording() {
        let all = says.iter().map(|(what, say)| {
            let head = format!("{} {what}", say.code());
            format!("## {} {}", head.trim_end(), shown(say, &wording))
        });
        let all = all.collect::<Vec<_>>().join("\n\n");
        insta::assert_snapshot!(
            format!("{}_{}", wording.language.code(), wording.tone.code()),
            all
        );
    }
}

#[test]
fn no_say_leaves_a_brace_or_a_hole() {
    for wording in every_wording() {
        for (what, say) in every_say() {
            let shown = shown(&say, &wording);
            let said = format!("{} {what} in {:?}: {shown}", say.code(), wording.language);
            assert!(!shown.contains(['{', '}']), "{said}");
            assert!(!shown.contains("\n\n\n") && !shown.contains(": \n"), "{said}");
        }
    }
}

#[test]
fn the_lines_of_an_ordinary_quote_fit_a_narrow_phone() {
    let rest = json!({
        "place": { "bairro": "Centro" },
        "payment": { "method": "pix" },
        "delivery": { "date": "2026-11-27" },
    });
    for wording in every_wording() {
        let say = quote(&["500 TIJ-8F", "10 CIM-CP2-50"], rest.clone(), Occasion::First);
        for line in shown(&say, &wording).lines().filter(|line| !line.contains(['[', '(', '•'])) {
            assert!(line.chars().count() <= 34, "{line:?} in {:?}", wording.language);
        }
    }
}

#[test]
fn our_own_texts_pass_the_checks_that_a_stores_have_to() {
    for (wording, text) in every_wording()
        .flat_map(|wording| Text::ALL.iter().map(move |text| (wording.clone(), *text)))
    {
        let (language, tone) = (wording.language, wording.tone);
        let ours = default_text(text, language, tone);
        let taken = wording.clone().set_text(language, text, ours);
        assert_eq!(taken, Ok(()), "{text:?} in {language:?}, {tone:?}: {ours:?}");
    }
}

#[test]
fn the_names_of_variables_are_told_apart_and_can_be_typed() {
    for language in Language::ALL {
        let names: BTreeSet<&str> =
            Variable::ALL.iter().map(|one| variable_name(*one, *language)).collect();
        assert_eq!(names.len(), Variable::ALL.len(), "{language:?}");
        let typed = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(names.iter().all(typed), "{names:?}");
    }
}

#[test]
fn the_word_that_brings_messages_back_is_one_the_core_knows() {
    let words = Language::ALL.iter().map(|language| {
        let wording = store().in_language(*language);
        let said = shown(&Say::OptedOut, &wording);
        said.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned()
    });
    assert_eq!(words.collect::<Vec<_>>(), ["VOLTAR", "START", "VOLVER", "RUDI"]);
}

#[test]
fn a_store_may_do_without_emoji() {
    for mut wording in every_wording() {
        wording.emoji = false;
        for (_, say) in every_say() {
            if !matches!(say, Say::Answer { .. } | Say::Person { .. }) {
                let shown = shown(&say, &wording);
                assert!(!shown.contains(['👋', '✅', '😀']), "{shown}");
            }
        }
    }
    let mut wording = store();
    wording.emoji = false;
    wording.set_text(Language::Portuguese, Text::Declined, "Valeu! 😀 Até").unwrap();
    assert!(shown(&Say::Declined, &wording).ends_with("Valeu! Até"));
    let person = Say::Person { text: "Oi 😀".into() };
    assert!(shown(&person, &wording).ends_with("Oi 😀"), "a person's words stay as they are");
}

#[test]
fn a_store_says_it_in_its_own_words() {
    let mut wording = store();
    let portuguese = Language::Portuguese;
    let own = "Aqui é da *{loja}*!\r\nPedido: {itens}{nao_encontrei}{perguntas}";
    wording.set_text(portuguese, Text::Ask, own).unwrap();
    wording.set_text(portuguese, Text::ButtonAccept, "Quero!").unwrap();
    let ask = Say::Ask { ask: AskFor { no_items: true, ..nothing_missing() } };
    insta::assert_snapshot!(shown(&ask, &wording), @r"
    (question)
    Aqui é da *Depósito Souza*!
    Pedido: Quais materiais você precisa, e quanto de cada um?
    ");
    let quote_ref = crate::shop::quote_ref();
    assert!(shown(&Say::Unclear { quote_ref }, &wording).contains("[Quero!] [Mudar algo]"));
    let english = wording.in_language(Language::English);
    assert!(shown(&ask, &english).contains("Which materials"), "each language has its own texts");
    wording.restore_text(portuguese, Text::Ask).unwrap();
    assert!(shown(&ask, &wording).starts_with("(question)\nQuais"));
}

#[test]
fn labels_under_one_message_differ() {
    let (portuguese, mut wording) = (Language::Portuguese, store());
    let same = |text: Text| vec![TextFault::SameAs { other: text }];
    let taken = wording.set_text(portuguese, Text::ButtonAccept, "Mudar algo 🙂");
    assert_eq!(taken, Err(same(Text::ButtonChange)));
    wording.set_text(portuguese, Text::ButtonChange, "Trocar").unwrap();
    wording.set_text(portuguese, Text::ButtonAccept, "Mudar algo").unwrap();
    let back = wording.restore_text(portuguese, Text::ButtonChange);
    assert_eq!(back, Err(TextFault::SameAs { other: Text::ButtonAccept }));
}

#[test]
fn a_stored_text_that_breaks_a_rule_falls_back_to_ours_and_is_told() {
    let mut wording = store();
    let portuguese = Language::Portuguese;
    let stored = [
        (Text::ButtonAccept, "Mudar algo"),
        (Text::ButtonChange, "Trocar"),
        (Text::TotalLine, "Total {preço_velho}"),
        (Text::Declined, "Valeu!"),
    ];
    let stored = stored.map(|(text, source)| (portuguese, text, source.to_owned()));
    let bad = wording.load(stored);
    assert_eq!(
        bad,
        [BadText {
            language: portuguese,
            text: Text::TotalLine,
            source: "Total {preço_velho}".to_owned(),
            faults: vec![
                TextFault::UnknownVariable { found: "preço_velho".to_owned() },
                TextFault::Missing { variable: Variable::Sum },
            ],
        }],
        "labels are compared when all are there"
    );
    assert_eq!(wording.text(Text::TotalLine), "*Total: {valor}*");
    assert_eq!(wording.text(Text::Declined), "Valeu!");
    let twins = [Text::ButtonAccept, Text::ButtonHuman];
    let bad = store().load(twins.map(|text| (portuguese, text, "Sim".to_owned())));
    assert_eq!(bad.len(), 1, "one of two that read the same can stay");
}

#[test]
fn a_choice_of_few_is_buttons() {
    let options = [("A", "Cimento CP II 50kg"), ("B", "Cimento CP III 50kg")];
    let ask = AskFor { choices: vec![choice("cimento", &options)], ..nothing_missing() };
    insta::assert_snapshot!(shown(&Say::Ask { ask }, &store()), @r"
    (question)
    Qual “cimento”: Cimento CP II 50kg ou Cimento CP III 50kg?
    [CP II 50kg] [CP III 50kg]
    ");
}

#[test]
fn a_long_quote_goes_before_its_buttons() {
    let rest = json!({ "place": { "pickup": true }, "payment": { "method": "pix" } });
    let items = vec!["10 CIM-CP2-50"; 120];
    let messages = render(&quote(&items, rest, Occasion::First), &[], &store(), now());
    let words: Vec<&str> = messages.iter().map(|one| one.message.words()).collect();
    assert!(matches!(messages.last().unwrap().message, Message::Buttons(_)));
    assert!(messages.iter().rev().skip(1).all(|one| matches!(one.message, Message::Text(_))));
    assert!(messages.iter().all(|one| one.purpose == Purpose::Quote));
    insta::assert_snapshot!(words.last().unwrap().replace('\u{a0}', " "), @"Orçamento 1042/1: *R$ 45.486,00*. Posso fechar?");
}

#[test]
fn what_waits_in_an_outbox_is_read_back_as_it_was() {
    let ask = AskFor { payment: true, ..nothing_missing() };
    for say in [Say::Welcome { number: QuoteNumber(1) }, Say::Ask { ask }, Say::Declined] {
        for message in render(&say, &[], &store(), now()) {
            let json = serde_json::to_string(&message).unwrap();
            assert_eq!(serde_json::from_str::<OutgoingMessage>(&json).unwrap(), message);
        }
    }
}

/// A product's name: words with accents, signs and emoji.
fn product_name() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Cimento",
        "Cerâmico",
        "Pozolânico",
        "50kg",
        "9x19x19",
        "👷🏽‍♂️",
        "ção",
        "1/2\"",
        "Ø",
        "é",
        "10mm",
    ]);
    prop::collection::vec(words, 1..24).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_quote_is_never_cut(
        names in prop::collection::vec(product_name(), 1..300),
        language in prop::sample::select(Language::ALL),
    ) {
        // Each name with its place, so that none is found in place of another.
        let names: Vec<String> =
            names.iter().enumerate().map(|(at, name)| format!("{name} n{at}.")).collect();
        let wording = store().in_language(language);
        let offer = long_offer(&names);
        let total = language.money(offer.quote.total());
        let say = Say::Quote { offer, occasion: Occasion::First, swaps: Vec::new(), packed: Vec::new() };
        let messages = render(&say, &[], &wording, now());
        let words: Vec<String> =
            messages.iter().map(|one| one.message.words().replace('\u{a0}', " ")).collect();
        for words in &words {
            prop_assert!(words.chars().count() <= 4096);
        }
        let all = words.join("\n");
        let mut rest = all.as_str();
        for name in &names {
            let found = rest.find(name.as_str());
            prop_assert!(found.is_some(), "{name:?} did not arrive");
            rest = &rest[found.unwrap()..];
        }
        prop_assert!(rest.contains(&total), "the total {total} did not arrive");
        prop_assert!(matches!(messages.last().unwrap().message, Message::Buttons(_)));
        for part in words.iter().skip(1) {
            prop_assert!(!part.starts_with(char::is_lowercase), "split within a line: {part:.60}");
            prop_assert!(!part.starts_with("R$"), "split between an item and its price: {part:.60}");
        }
        if let [whole, rest @ ..] = words.as_slice() && rest.len() > 1 {
            prop_assert!(whole.chars().count() > 256, "a part is sent nearly empty");
        }
    }

    #[test]
    fn a_text_that_was_taken_is_said_and_one_that_was_not_changes_nothing(
        text in prop::sample::select(Text::ALL),
        pieces in prop::collection::vec(piece(), 0..8),
    ) {
        let (portuguese, mut wording) = (Language::Portuguese, store());
        let source = pieces.concat();
        match wording.set_text(portuguese, text, &source) {
            Ok(()) => {
                prop_assert_eq!(wording.text(text), source.trim());
                let max = text.limit().max();
                prop_assert!(text.limit() == Limit::Message || wording.text(text).chars().count() <= max + 60);
                for (_, say) in every_say() {
                    prop_assert!(!render(&say, &[], &wording, now()).is_empty());
                }
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert_eq!(&wording, &store());
            }
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    let variable = prop::sample::select(Variable::ALL)
        .prop_map(|one| format!("{{{}}}", variable_name(one, Language::Portuguese)));
    prop_oneof![variable, "[ a-zé*\n{}😀]{0,12}", Just("<script>".to_owned())]
}

#[test]
fn an_answer_stands_before_what_else_is_said_in_the_same_message() {
    let say = Say::Unclear { quote_ref: crate::shop::quote_ref() };
    let hours = Answer::Fact { text: "Abrimos às 7h30.".into() };
    let messages = render(&say, &[hours, Answer::ByPerson], &store(), now());
    assert_eq!(messages.len(), 1);
    let words = messages[0].message.words();
    assert!(words.starts_with("Abrimos às 7h30.\n\nA sua pergunta já passei"), "{words}");
    assert!(words.contains("Não entendi bem."), "{words}");
}

#[test]
fn what_serves_is_named_whole_and_pressed_as_far_as_the_platform_goes() {
    let others = [("B", "Cimento CP III 50kg"), ("C:1", "Cimento CP V 40kg"), ("D", "Cal 20kg")];
    for wording in every_wording() {
        let names: Vec<String> = (1..=30).map(|n| format!("Cimento tipo {n}")).collect();
        let swaps = names.iter().map(|name| swap(name, &others)).collect();
        let messages = render(&under_review(swaps), &[], &wording, now());
        assert_eq!(messages.len(), 1, "{:?}", wording.language);
        let message = &messages[0].message;
        assert!(names.iter().all(|name| message.words().contains(name.as_str())));
        let Message::List(list) = message else { panic!("{message:?}") };
        let rows: Vec<_> = list.sections().iter().flat_map(|section| section.rows()).collect();
        assert_eq!(rows.len(), 9, "three products with three each");
        for (row, (into, name)) in rows.iter().zip(others.iter().cycle()) {
            let Ok(Reply::Swap { into: found, .. }) = row.id().parse() else { panic!("{row:?}") };
            assert_eq!(found.as_str(), *into);
            assert!(name.ends_with(row.title()), "{row:?}");
        }
    }
}
