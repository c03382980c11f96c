//! What is said to a conversation that is closed: after the sale, after a no, days later,
//! or after the contact wanted no more messages.

use super::stage::{check, check_in, store};

#[test]
fn a_later_state_listens() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: xpto abc
    say unclear 7/1
    = negotiating
customer: xpto abc
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: xpto abc
    say unclear 7/1
    = negotiating
customer: bom dia
    say quote 7/1 380.00 (again)
    = quoted
customer: xpto abc
    say unclear 7/1
    = negotiating
customer: bom dia
    say quote 7/1 380.00 (again)
    = quoted
customer: xpto abc
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
    check(
        "
customer: 80 sacos de cimento, vou retirar, pago no pix
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: e mais 2 metros de areia
    record 7/2 3268.00
    unqueue 7/1: superseded
    queue 7/2: high_value
    say under_review: 2 items, 0 unknown
    = awaiting_approval
customer: e aí?
    say still_under_review
    = awaiting_approval
customer: alguma novidade?
    needs a person: question
    remind 7/2
    = awaiting_approval
",
    );
}

#[test]
fn who_wants_no_messages_hears_one_more_and_may_return() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: parem de me mandar mensagem
    say opted_out
    opt out
    = lost
customer: bom dia
    = lost
customer: quero falar com um atendente
    needs a person: asked
    = lost
reply: Oi!
    ! the contact wants no messages
    = lost
customer: não quero voltar a receber mensagens
    = lost
customer: quero voltar a receber mensagens
    opt in
    open next
    say welcome
    = new
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted
",
    );
}

#[test]
fn words_after_the_sale_reach_a_person_and_a_new_order_is_a_new_one() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
customer: chegou quebrado
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over
",
    );
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
customer: cancela o pedido
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over
",
    );
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
customer: obrigada / quero também 2 metros de areia
    open next
    say ask 2 ARE, where?, payment?
    = capturing
",
    );
}

#[test]
fn the_next_day_goes_on_where_the_draft_went_quiet() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
+25h
    ⏰ idle_draft
    = lost
customer: vou retirar, pago no pix
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted
",
    );
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
+25h
    ⏰ idle_draft
    = lost
customer: quero 3 metros de areia
    open next
    say ask 3 ARE, where?, payment?
    = capturing
",
    );
}

#[test]
fn a_late_yes_in_words_is_quoted_at_todays_prices() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
+49h
    ⏰ follow_up
    say follow_up 7/1
    ⏰ quote_expires
    = lost
customer: fechado
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
fn when_it_arrives_is_for_a_person_once_the_order_is_placed() {
    let mut store = store();
    let words = vec!["que horas".into()];
    let fact = orcazap_core::conversation::Fact { words, answer: "Das 7h às 18h.".into() };
    store.policy.facts = vec![fact];
    check_in(
        &store,
        "
customer: 10 sacos de cimento, entrega no bairro Centro, pago no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
customer: que horas chega?
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over
",
    );
}

#[test]
fn more_with_what_was_just_bought_goes_the_same_way() {
    let bought = "
customer: 10 sacos de cimento, entrega no bairro Centro, pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
";
    // The quote says where to and how it is paid, and asks for the yes.
    check(&format!(
        "{bought}customer: e mais 100 tijolos de 8 furos
    open next
    record 8/1 134.50
    say quote 8/1 134.50 (first)
    = quoted
customer: sim
    place 8/1
    say accepted 8/1 134.50, pix, when?
    = won
"
    ));
    check(&format!(
        "{bought}customer: na quinta
    place 7/1
    say accepted 7/1 410.00, pix, 2026-03-12
    = won
customer: quero mais 100 tijolos de 8 furos
    open next
    record 8/1 134.50
    say quote 8/1 134.50 (first)
    = quoted
customer: sim
    place 8/1
    say accepted 8/1 134.50, pix, 2026-03-12
    = won
"
    ));
    check(&format!(
        "{bought}customer: e mais 100 tijolos de 8 furos, retiro aí
    open next
    record 8/1 104.50
    say quote 8/1 104.50 (first)
    = quoted
"
    ));
}

#[test]
fn another_order_says_its_own_terms() {
    let bought = "
customer: 10 sacos de cimento, vou retirar, pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
";
    let asks = "
    open next
    say ask 2 ARE, where?, payment?
    = capturing
";
    check(&format!("{bought}customer: quero 2 metros de areia{asks}"));
    // More words than goods: about what was bought.
    for words in
        ["e mais 5", "chega mais tarde na rua das Flores 10", "veio mais quebrado que inteiro"]
    {
        check(&format!(
            "{bought}customer: {words}
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over
"
        ));
    }
    check(&format!("{bought}+25h\n    = won\ncustomer: quero mais 2 metros de areia{asks}"));
}
