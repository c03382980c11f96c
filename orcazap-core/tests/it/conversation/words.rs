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
