//! Scripted conversations in the customer's own words.

use super::stage::{Play, check, check_in, store};

#[test]
fn the_first_message_is_read_and_not_answered_with_a_form() {
    check(
        "
customer: bom dia, quero 10 sacos de cimento e 2 metros de areia, vou retirar, pago no pix
    record 7/1 608.00
    say quote 7/1 608.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 608.00, pix, pickup
    = won
customer: obrigado!
    = won
",
    );
}

#[test]
fn a_greeting_is_welcomed_and_the_order_follows() {
    check(
        "
customer: bom dia
    say welcome
    = new
customer: tudo bem?
    = new
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: entrega no bairro Centro, pago no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: 👍
    place 7/1
    say accepted 7/1 410.00, pix, when?
    = won
",
    );
}

#[test]
fn what_was_just_asked_is_what_a_short_answer_means() {
    check(
        "
customer: quero 500 tijolos e cimento, retiro aí
    say ask tijolos: 6 furos or 8 furos?, how many CIM?, payment?
    = capturing
customer: o de 8 furos
    say ask 500 TIJ-8F, how many CIM?
    = capturing
customer: 10 sacos de cimento
    say ask 10 CIM, 500 TIJ-8F, payment?
    = capturing
customer: pix
    record 7/1 902.50
    say quote 7/1 902.50 (first)
    = quoted
",
    );
}

#[test]
fn a_product_that_fits_several_is_asked_and_never_picked() {
    check(
        "
customer: 500 tijolos, retiro aí, pago no pix
    say ask tijolos: 6 furos or 8 furos?
    = capturing
customer: [pick:7:TIJ-8F]
    record 7/1 522.50
    say quote 7/1 522.50 (first)
    = quoted
",
    );
}

#[test]
fn weight_reaches_freight_and_payment_reaches_the_total() {
    check(
        "
customer: 20 sacos de cimento, entrega no bairro Centro, pago no pix
    record 7/1 840.00
    say quote 7/1 840.00 (first)
    = quoted
customer: pode ser no cartão?
    record 7/2 880.00
    say quote 7/2 880.00 (revised)
    = quoted
customer: fechado
    place 7/2
    say accepted 7/2 880.00, credit_card, when?
    = won
",
    );
}

#[test]
fn an_unknown_product_reaches_the_queue_and_a_known_place_without_a_rule_too() {
    check(
        "
customer: 10 sacos de cimento e 1 betoneira, retiro aí, pago no pix
    record 7/1 380.00
    queue 7/1: unknown_item
    say under_review: 1 items, 1 unknown
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
    check(
        "
customer: 10 sacos de cimento, entrega no bairro Jardim América, pago no pix
    record 7/1 380.00
    queue 7/1: no_freight_rule
    say under_review: 1 items, 0 unknown
    = awaiting_approval
edit: freight 45.00
    record 7/2 425.00, edited
    unqueue 7/1: edited
    say quote 7/2 425.00 (first)
    = quoted
customer: pode fechar
    place 7/2
    say accepted 7/2 425.00, pix, when?
    = won
",
    );
}

#[test]
fn where_and_how_to_pay_wait_while_nothing_that_the_store_has_is_asked_for() {
    check(
        "
customer: Vocês têm betoneira?
    say ask no betoneira, what?
    = capturing
customer: e 10 sacos de cimento?
    say ask 10 CIM, no betoneira, where?, payment?
    = capturing
",
    );
}

#[test]
fn a_change_after_the_quote_is_quoted_again() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: na verdade são 15 sacos de cimento
    record 7/2 570.00
    say quote 7/2 570.00 (revised)
    = quoted
customer: mais 2 metros de areia
    record 7/3 798.00
    say quote 7/3 798.00 (revised)
    = quoted
customer: tira a areia
    record 7/4 570.00
    say quote 7/4 570.00 (revised)
    = quoted
customer: [accept:7:1]
    say quote 7/4 570.00 (again)
    = quoted
customer: fechado
    place 7/4
    say accepted 7/4 570.00, pix, pickup
    = won
",
    );
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
fn what_is_sent_again_is_not_put_on_top() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pix / 10 Sacos de Cimento, vou retirar, pix!
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: 10 sacos de cimento, vou retirar, pix
    say quote 7/1 380.00 (again)
    = quoted
customer: mais 2 sacos de cimento
    record 7/2 456.00
    say quote 7/2 456.00 (revised)
    = quoted
customer: mais 2 sacos de cimento
    record 7/3 532.00
    say quote 7/3 532.00 (revised)
    = quoted
customer: tira o cimento, quero 1 rolo de lã
    record 7/4 19.00
    queue 7/4: low_margin
    say under_review: 1 items, 0 unknown
    = awaiting_approval
",
    );
    // What no longer stands is asked for again, and what stands counts once.
    check(
        "
customer: 10 sacos de cimento e 1 m de areia
    say ask 10 CIM, 1 ARE, where?, payment?
    = capturing
customer: tira o cimento
    say ask 1 ARE
    = capturing
customer: 10 sacos de cimento e 1 m de areia
    say ask 1 ARE, 10 CIM
    = capturing
",
    );
}

#[test]
fn a_burst_is_one_reading() {
    check(
        "
customer: oi / 10 sacos de cimento / retiro aí / no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
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
fn a_person_who_has_it_is_not_talked_over() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
take over
    = handed_over
customer: quero 12 sacos
    = handed_over
customer: fechado
    = handed_over
place
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_store_on_trial_sends_nothing_by_itself() {
    let mut store = store();
    store.rules.rehearsal = true;
    check_in(
        &store,
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    queue 7/1: rehearsal
    say under_review: 1 items, 0 unknown
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn an_order_that_cannot_be_priced_any_more_reaches_a_person_and_is_kept() {
    let before = store();
    let mut play = Play::new(&before);
    play.line("customer: 10 sacos de cimento");
    let mut emptied = store();
    emptied.catalog = orcazap_core::Catalog::new(Vec::new()).unwrap();
    let mut play = play.in_store(&emptied);
    play.line("customer: [pickup:7] / [pay:7:pix]");
    assert_eq!(
        play.written,
        "customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: [pickup:7] / [pay:7:pix]
    needs a person: cannot_price
    say handed_over: cannot_price
    = handed_over
"
    );
    assert_eq!(play.conversation.draft.items.len(), 1);
}

#[test]
fn of_many_open_questions_a_few_are_put_at_a_time() {
    let mut store = store();
    let products: Vec<_> = (0..16)
        .flat_map(|kind| {
            ["branco", "preto"].map(|color| {
                let word = char::from(b'a' + kind).to_string().repeat(5);
                let name = format!("M{word} {color}");
                let sku = format!("{word}-{color}").parse().unwrap();
                let price = "10.00".parse().unwrap();
                orcazap_core::Product::new(sku, name, orcazap_core::Unit::Piece, price)
            })
        })
        .collect();
    store.catalog = orcazap_core::Catalog::new(products).unwrap();
    let list: Vec<_> = (0..16)
        .map(|kind| format!("5 m{}", char::from(b'a' + kind).to_string().repeat(5)))
        .collect();
    let mut play = Play::new(&store);
    play.line(&format!("customer: {}", list.join(", ")));
    let said = play.written.lines().nth(1).unwrap();
    assert_eq!(said.matches(" or ").count(), 5, "{said}");
    assert!(said.ends_with("13 left"), "{said}");
}

#[test]
fn a_choice_is_taken_by_its_number() {
    for number in ["2", "a 2", "opção 2", "2."] {
        check(&format!(
            "
customer: 500 tijolos, retiro aí, pago no pix
    say ask tijolos: 6 furos or 8 furos?
    = capturing
customer: {number}
    record 7/1 522.50
    say quote 7/1 522.50 (first)
    = quoted
"
        ));
    }
    check(
        "
customer: 500 tijolos, retiro aí, pago no pix
    say ask tijolos: 6 furos or 8 furos?
    = capturing
customer: 8
    record 7/1 522.50
    say quote 7/1 522.50 (first)
    = quoted
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
fn what_the_store_does_not_have_can_be_left_out() {
    for words in ["sem a betoneira", "tira a betoneira"] {
        check(&format!(
            "
customer: 10 sacos de cimento e 1 betoneira, retiro aí
    say ask 10 CIM, no betoneira, payment?
    = capturing
customer: {words}
    say ask 10 CIM
    = capturing
customer: pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
"
        ));
    }
}

#[test]
fn goods_sold_in_packs_are_quoted_with_what_the_packs_come_to() {
    let mut store = store();
    let mut products = store.catalog.products().to_vec();
    products.push(
        serde_json::from_value(serde_json::json!({
            "sku": "PISO", "name": "Piso cinza 60x60", "category": "Piso", "unit": "cx", "price": "80.00",
            "cost": "50.00", "weight": "30", "step": "1", "aliases": ["piso"],
            "pack": {"qty": "2.25", "unit": "m2"},
        }))
        .unwrap(),
    );
    store.catalog = orcazap_core::Catalog::new(products).unwrap();
    check_in(
        &store,
        "
customer: 19 m2 de piso e 2 sacos de cimento, vou retirar, pago no pix
    record 7/1 760.00
    say quote 7/1 760.00 (first), 20.25 m2
    = quoted
",
    );
}

#[test]
fn an_order_below_the_minimum_is_told_what_it_lacks() {
    let mut store = store();
    store.rules.min_order = "100.00".parse().ok();
    check_in(
        &store,
        "
customer: 2 sacos de cimento, vou retirar, pago no cartão
    record 7/1 80.00
    queue 7/1: below_minimum
    say under_review: 1 items, 0 unknown, 20.00 below the least
    = awaiting_approval
",
    );
}

#[test]
fn a_place_is_written_as_the_store_writes_it() {
    check(
        "
customer: 10 sacos de cimento, entrega no CENTRO, pago no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: qual o frete mesmo?
    say freight to Centro: 30.00
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
fn a_photo_while_waiting_for_a_person_is_acknowledged_once() {
    check(
        "
customer: quero falar com um atendente
    needs a person: asked
    say handed_over: asked
    = handed_over
customer: [photo]
    say handed_over: media
    = handed_over
customer: [voice]
    = handed_over
reply: Já vejo
    say person: Já vejo
    = handed_over
customer: [photo]
    = handed_over
",
    );
}
