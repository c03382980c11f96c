//! A yes, a no, and what comes after either: the day, a change of mind, a person who had
//! the conversation meanwhile.

use orcazap_core::conversation::Policy;

use super::stage::{Play, check, check_in, store};

/// A quote for delivery, with no day.
const DELIVERED: &str = "
customer: 10 sacos de cimento, entrega no Centro, pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
";

/// A quote for pickup.
const COLLECTED: &str = "
customer: 10 sacos de cimento, vou retirar, pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
";

#[test]
fn a_yes_without_a_day_places_the_order_and_asks_the_day_once() {
    check(&format!(
        "{DELIVERED}
customer: fechado
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
customer: pode ser quinta de manhã
    place 7/1
    say accepted 7/1 410.00, pix, 2026-03-12
    = won
customer: obrigado
    = won
customer: melhor na sexta
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over"
    ));
}

#[test]
fn whoever_says_no_day_is_not_asked_again() {
    check(&format!(
        "{DELIVERED}
customer: 👍
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
customer: ok
    = won
customer: quanto ficou mesmo?
    say accepted 7/1 410.00, pix
    = won"
    ));
}

#[test]
fn a_day_on_which_the_store_is_closed_is_said_so_and_another_is_taken() {
    let mut store = store();
    let mut book = store.book.data().clone();
    book.open.closed = vec!["2026-03-12".parse().unwrap()];
    store.book = orcazap_core::PriceBook::new(book).unwrap();
    check_in(
        &store,
        &format!(
            "{DELIVERED}
customer: fechado
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
customer: quinta
    say closed on 2026-03-12
    = won
customer: então sexta
    place 7/1
    say accepted 7/1 410.00, pix, 2026-03-13
    = won"
        ),
    );
}

#[test]
fn a_store_may_agree_on_the_day_itself() {
    let mut store = store();
    store.policy = Policy { ask_day: false, ..Policy::default() };
    check_in(
        &store,
        &format!(
            "{DELIVERED}
customer: fechado
    place 7/1
    say accepted 7/1 410.00, pix
    = won"
        ),
    );
}

#[test]
fn a_yes_that_brings_the_day_is_not_asked_for_it() {
    check(&format!(
        "{DELIVERED}
customer: fechado, entrega amanhã
    place 7/1
    say accepted 7/1 410.00, pix, 2026-03-11
    = won"
    ));
}

#[test]
fn what_it_came_to_and_whether_it_stands_show_the_quote() {
    for words in [
        "quanto ficou no total?",
        "deu quanto?",
        "qual o valor total",
        "total?",
        "ainda ta valendo?",
        "ainda está de pé?",
        "vale até quando?",
        "não recebi o orçamento",
    ] {
        check(&format!(
            "{COLLECTED}
customer: {words}
    say quote 7/1 380.00 (again)
    = quoted"
        ));
    }
    check(&format!(
        "{COLLECTED}
+50h
    ⏰ follow_up
    say follow_up 7/1
    ⏰ quote_expires
    = lost
customer: ainda ta valendo?
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted"
    ));
}

#[test]
fn a_yes_beside_a_question_about_other_goods_is_a_sale_and_an_answer() {
    check(&format!(
        "{COLLECTED}
customer: fechado, vocês têm betoneira?
    needs a person: question
    place 7/1
    say answer by a person + accepted 7/1 380.00, pix, pickup
    = won"
    ));
    check(&format!(
        "{COLLECTED}
customer: pode fechar. quanto tá o tijolo de 8 furos?
    place 7/1
    say prices: TIJ-8F 1.1 + accepted 7/1 380.00, pix, pickup
    = won"
    ));
}

#[test]
fn a_yes_beside_a_question_about_the_quote_itself_is_none() {
    for words in ["fechado, o cimento é novo?", "fechado, e com 30 sacos?", "fechado?"] {
        let store = store();
        let mut play = Play::new(&store);
        play.line("customer: 10 sacos de cimento, vou retirar, pix");
        play.line(&format!("customer: {words}"));
        assert!(!play.conversation.state.is_closed(), "{words}: {}", play.written);
    }
}

#[test]
fn goods_beside_a_yes_are_quoted_before_they_are_sold() {
    check(&format!(
        "{COLLECTED}
customer: fechado, e manda mais 500 tijolos de 8 furos
    record 7/2 902.50
    say quote 7/2 902.50 (revised)
    = quoted"
    ));
}

#[test]
fn whoever_changes_their_mind_again_has_the_order_back() {
    for words in ["mudei de ideia", "pensando bem, quero sim", "pode fechar", "vou querer"] {
        check(&format!(
            "{COLLECTED}
customer: cancela o pedido
    say cancelled
    = lost
customer: {words}
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted"
        ));
    }
    check(&format!(
        "{COLLECTED}
customer: tá caro, não quero
    say declined
    = lost
customer: pensando bem vou querer
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted"
    ));
}

#[test]
fn an_ok_to_a_goodbye_and_a_change_of_mind_days_later_open_nothing() {
    check(&format!(
        "{COLLECTED}
customer: cancela o pedido
    say cancelled
    = lost
customer: ok
    = lost
customer: 👍
    = lost
+30h
    = lost
customer: pode fechar
    = lost"
    ));
}

#[test]
fn a_yes_while_a_person_has_it_counts_when_it_is_given_back() {
    check(&format!(
        "{COLLECTED}
take over
    = handed_over
customer: pode fechar
    = handed_over
give back
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won"
    ));
    check(&format!(
        "{COLLECTED}
take over
    = handed_over
customer: [accept:7:1]
    = handed_over
give back
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won"
    ));
}

#[test]
fn a_yes_that_was_taken_back_or_is_a_persons_is_not_taken() {
    check(&format!(
        "{COLLECTED}
take over
    = handed_over
customer: pode fechar
    = handed_over
customer: não quero mais
    = handed_over
give back
    = quoted"
    ));
    check(&format!(
        "{COLLECTED}
reply: faço por 350, fechado?
    say person: faço por 350, fechado?
    = handed_over
customer: fechado
    = handed_over
give back
    = quoted"
    ));
    check(&format!(
        "{COLLECTED}
customer: quero falar com um atendente
    needs a person: asked
    say handed_over: asked
    = handed_over
customer: ok
    = handed_over
give back
    = quoted"
    ));
}

#[test]
fn a_yes_that_brings_a_day_confirms_the_day() {
    check(
        "
customer: 10 sacos de cimento, entrega no bairro Centro, pago no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: fechado, entrega amanhã
    place 7/1
    say accepted 7/1 410.00, pix, 2026-03-11
    = won
",
    );
}

#[test]
fn a_yes_that_changes_the_price_is_quoted_first() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no cartão
    record 7/1 400.00
    say quote 7/1 400.00 (first)
    = quoted
customer: fechado, mas pago no pix
    record 7/2 380.00
    say quote 7/2 380.00 (revised)
    = quoted
customer: ok, fechado
    place 7/2
    say accepted 7/2 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn turning_the_price_down_closes_it() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: não quero, achei caro
    say declined
    = lost
customer: obrigado
    = lost
customer: quero 5 sacos de cimento
    open next
    say ask 5 CIM, where?, payment?
    = capturing
",
    );
}

#[test]
fn calling_it_off_closes_it_from_any_state() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: cancela o pedido
    say cancelled
    = lost
",
    );
    check(
        "
customer: 80 sacos de cimento, vou retirar, pago no pix
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: pode cancelar
    unqueue 7/1: superseded
    say cancelled
    = lost
",
    );
}

#[test]
fn whoever_asks_at_home_first_is_left_in_peace() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: vou ver com meu marido
    = quoted
",
    );
}

#[test]
fn whether_a_price_still_stands_is_answered_by_the_quote() {
    check(
        "
customer: 10 sacos de cimento, vou retirar hoje, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: ainda vale esse preço?
    say quote 7/1 380.00 (again)
    = quoted
+72h
    ⏰ follow_up
    say follow_up 7/1
    ⏰ quote_expires
    = lost
customer: ainda vale aquele preço?
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted
customer: fechado
    place 8/1
    say accepted 8/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_yes_with_another_number_is_quoted_anew() {
    for words in [
        "fechado mas manda 25",
        "Fechado, mas manda 25 sacos",
        "pode fechar, mas com 25",
        "fechado só que manda 25",
        "fechado, porém 25 sacos",
    ] {
        check(&format!(
            "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    say quote 7/1 760.00 (first)
    = quoted
customer: {words}
    record 7/2 950.00
    say quote 7/2 950.00 (revised)
    = quoted
customer: fechado
    place 7/2
    say accepted 7/2 950.00, pix, pickup
    = won
"
        ));
    }
}

#[test]
fn a_yes_with_another_price_is_for_a_person() {
    for words in ["fechado mas por 700", "fechado mas tem desconto?"] {
        check(&format!(
            "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    say quote 7/1 760.00 (first)
    = quoted
customer: {words}
    needs a person: question
    say handed_over: question
    = handed_over
"
        ));
    }
}
