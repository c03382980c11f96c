//! What customers ask: answered by the store's own words, its prices, its stock and its
//! opening days, or left to a person.

use orcazap_core::conversation::Fact;

use super::stage::{check, check_in, store};

#[test]
fn a_question_or_a_wish_for_a_person_is_handed_over() {
    check(
        "
customer: que horas vocês abrem?
    needs a person: question
    say handed_over: question
    = handed_over
customer: 10 sacos de cimento, retiro aí, no pix
    = handed_over
give back
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
",
    );
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: quero falar com um atendente
    needs a person: asked
    say handed_over: asked
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
customer: vocês entregam aos domingos?
    needs a person: question
    say still_under_review
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 3040.00 (first)
    = quoted
",
    );
}

#[test]
fn what_the_store_has_answered_beforehand_needs_no_person() {
    let mut store = store();
    let words = vec!["que horas".into(), "aberto".into()];
    let answer = "Abrimos de segunda a sábado, das 7h às 18h.".into();
    store.policy.facts = vec![Fact { words, answer }];
    check_in(
        &store,
        "
customer: que horas vocês abrem?
    say answer: Abrimos de segunda a sábado, das 7h às 18h.
    = new
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: que horas vocês fecham?
    say answer: Abrimos de segunda a sábado, das 7h às 18h.
    = capturing
customer: retiro aí, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: vocês dão desconto?
    needs a person: question
    say handed_over: question
    = handed_over
",
    );
}

/// A store that has said beforehand when it opens.
fn informed() -> super::stage::Store {
    let mut store = store();
    let words = vec!["que horas".into(), "cartão".into()];
    store.policy.facts = vec![Fact { words, answer: "Das 7h às 18h.".into() }];
    store
}

#[test]
fn a_yes_beside_a_question_is_a_yes_and_the_question_is_answered() {
    check_in(
        &informed(),
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado! que horas vocês abrem?
    place 7/1
    say answer: Das 7h às 18h. + accepted 7/1 380.00, pix, pickup
    = won
",
    );
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: fechado, que horas vocês abrem?
    needs a person: question
    place 7/1
    say answer by a person + accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_question_in_the_words_of_a_yes_is_none() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: vocês ficam fechado no almoço?
    needs a person: question
    say handed_over: question
    = handed_over
",
    );
}

#[test]
fn an_order_beside_a_question_is_taken_and_the_question_is_answered() {
    check_in(
        &informed(),
        "
customer: que horas vocês abrem? quero 10 sacos de cimento
    say answer: Das 7h às 18h. + ask 10 CIM, where?, payment?
    = capturing
customer: vou retirar, pago no cartão
    record 7/1 400.00
    say quote 7/1 400.00 (first)
    = quoted
customer: ok, fechado / vocês aceitam cartão?
    place 7/1
    say answer: Das 7h às 18h. + accepted 7/1 400.00, credit_card, pickup
    = won
",
    );
    check_in(
        &informed(),
        "
customer: ok. que horas vocês abrem?
    say answer: Das 7h às 18h.
    = new
",
    );
}

#[test]
fn a_price_alone_is_told_and_nothing_is_asked() {
    check(
        "
customer: quanto tá o cimento?
    say prices: CIM 40
    = capturing
customer: quanto tá o tijolo?
    say prices: TIJ-6F 0.9, TIJ-8F 1.1
    = capturing
customer: quero 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
",
    );
    check(
        "
customer: quanto custa o cimento?
    say prices: CIM 40
    = capturing
customer: quero 10, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: quanto tá a areia?
    say prices: ARE 120
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

/// A store that is open from Monday to Saturday and keeps count of its sand.
fn open_on_weekdays() -> super::stage::Store {
    let mut store = store();
    let days = [("Mon", 18), ("Tue", 18), ("Wed", 18), ("Thu", 18), ("Fri", 18), ("Sat", 12)];
    let week = days.map(|(day, closes)| {
        serde_json::json!({"day": day, "opens": "07:00:00", "closes": format!("{closes}:00:00")})
    });
    let mut data = store.book.data().clone();
    data.open.week = serde_json::from_value(serde_json::Value::from(week.to_vec())).unwrap();
    store.book = orcazap_core::PriceBook::new(data).unwrap();
    let mut products = store.catalog.products().to_vec();
    for product in products.iter_mut().filter(|product| product.sku.as_str() == "ARE") {
        product.stock = orcazap_core::catalog::Stock::Available("5".parse().unwrap());
    }
    store.catalog = orcazap_core::Catalog::new(products).unwrap();
    store
}

#[test]
fn opening_hours_and_closed_days_are_answered_from_the_opening_days() {
    check_in(
        &open_on_weekdays(),
        "
customer: que horas vocês abrem?
    say open on 6 days
    = new
customer: vocês abrem no sábado?
    say open on 2026-03-14 until 12:00:00
    = new
customer: 10 sacos de cimento, entrega no bairro Centro, pago no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: entrega no domingo?
    say closed on 2026-03-15
    = quoted
customer: vocês ficam fechado no domingo?
    say closed on 2026-03-15
    = quoted
customer: tem areia em estoque?
    say in stock: [ARE], not: []
    = quoted
customer: vcs têm areia?
    say in stock: [ARE], not: []
    = quoted
customer: fechado, entrega na segunda. abrem que horas?
    place 7/1
    say open on 6 days + accepted 7/1 410.00, pix, 2026-03-16
    = won
",
    );
}

#[test]
fn a_question_that_nothing_answers_is_for_a_person_and_the_order_goes_on() {
    check_in(
        &informed(),
        "
customer: 10 sacos de cimento, vou retirar, pago no pix. vcs emitem nota fiscal?
    needs a person: question
    record 7/1 380.00
    say answer by a person + quote 7/1 380.00 (first)
    = quoted
customer: muda pra 12 sacos. que horas vocês abrem?
    record 7/2 456.00
    say answer: Das 7h às 18h. + quote 7/2 456.00 (revised)
    = quoted
",
    );
    // What it comes to and whether it is brought the quote says itself.
    check(
        "
customer: 10 sacos de cimento, entrega no bairro Centro, pix. quanto fica? vocês entregam?
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
",
    );
}

#[test]
fn a_question_after_a_price_asks_the_price() {
    check(
        "
customer: quanto tá o cimento?
    say prices: CIM 40
    = capturing
customer: e o tijolo?
    say prices: TIJ-6F 0.9, TIJ-8F 1.1
    = capturing
",
    );
}

#[test]
fn ways_of_paying_are_answered_from_the_payment_terms() {
    check(
        "
customer: aceita cartão?
    say payments: credit_card 0
    = new
customer: quais as formas de pagamento?
    say payments: pix -5, credit_card 0, cash -5
    = new
customer: tem desconto no pix?
    say payments: pix -5
    = new
customer: 10 sacos de cimento, retiro aí
    say ask 10 CIM, payment?
    = capturing
customer: em quantas vezes?
    say payments: credit_card 0
    = capturing
customer: dividem no cartão?
    say payments: credit_card 0
    = capturing
customer: no pix então
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: parcelam em 3x?
    say payments: credit_card 0
    = quoted
customer: fechado. aceita pix?
    place 7/1
    say payments: pix -5 + accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_way_of_paying_without_a_term_and_when_it_is_paid_are_for_a_person() {
    for question in ["aceita boleto?", "aceita cheque?", "posso pagar na entrega?", "dão desconto?"]
    {
        check(&format!(
            "
customer: {question}
    needs a person: question
    say handed_over: question
    = handed_over
"
        ));
    }
}

#[test]
fn freight_is_answered_from_the_rule_of_the_place() {
    check(
        "
customer: qual o frete pro centro?
    say freight to Centro: from 30.00
    = capturing
customer: 10 sacos de cimento no pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: quanto é o frete?
    say freight to Centro: 30.00
    = quoted
",
    );
    // Where the place is asked for, it is the answer to that, too.
    check(
        "
customer: 10 sacos de cimento, pago no pix
    say ask 10 CIM, where?
    = capturing
customer: entregam no Centro?
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
customer: e qual o frete pro bairro Lagoa?
    needs a person: question
    say handed_over: question
    = handed_over
",
    );
}

#[test]
fn freight_without_a_place_asks_for_it() {
    check(
        "
customer: o frete é quanto?
    say freight by place
    = new
customer: centro
    say freight to Centro: from 30.00 + ask what?, payment?
    = capturing
",
    );
    check(
        "
customer: vocês entregam aqui no Jardim das Flores?
    needs a person: question
    say answer by a person + ask what?, payment?
    = capturing
",
    );
}

#[test]
fn a_place_or_a_term_that_the_store_has_no_rule_for_is_for_a_person() {
    let mut store = store();
    store.book = orcazap_core::PriceBook::new(Default::default()).unwrap();
    for question in ["qual o frete pro centro?", "aceita cartão?", "entregam no sábado?"] {
        check_in(
            &store,
            &format!(
                "
customer: {question}
    needs a person: question
    say handed_over: question
    = handed_over
"
            ),
        );
    }
}

#[test]
fn days_of_delivery_are_the_days_on_which_the_store_is_open() {
    check_in(
        &open_on_weekdays(),
        "
customer: entregam no sábado?
    say open on 2026-03-14 until 12:00:00
    = new
customer: vocês entregam no domingo?
    say closed on 2026-03-15
    = new
",
    );
}

#[test]
fn of_two_questions_the_one_that_nothing_answers_is_for_a_person() {
    check(
        "
customer: aceita pix? vcs emitem nota fiscal?
    needs a person: question
    say payments: pix -5 + answer by a person
    = new
",
    );
}

#[test]
fn whether_goods_are_sold_that_nobody_counts_is_answered_with_their_price() {
    check(
        "
customer: vcs têm areia?
    say prices: ARE 120
    = capturing
customer: quero 2, retiro aí, no pix
    record 7/1 228.00
    say quote 7/1 228.00 (first)
    = quoted
",
    );
}

#[test]
fn a_way_of_paying_that_is_only_asked_about_is_not_noted() {
    check(
        "
customer: 10 sacos de cimento, retiro aí
    say ask 10 CIM, payment?
    = capturing
customer: tem juros no cartão?
    say payments: credit_card 0
    = capturing
customer: pago no cartão
    record 7/1 400.00
    say quote 7/1 400.00 (first)
    = quoted
customer: cadê meu orçamento
    say quote 7/1 400.00 (again)
    = quoted
customer: tá muito caro
    say declined
    = lost
customer: tem desconto no pix?
    open next
    say payments: pix -5
    = capturing
customer: então pago no pix
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted
",
    );
}

#[test]
fn a_sentence_that_asks_two_things_is_answered_twice() {
    check(
        "
customer: qual o frete pro centro e aceita cartão?
    say payments: credit_card 0 + freight to Centro: from 30.00
    = capturing
",
    );
}

#[test]
fn a_question_while_an_order_is_collected_does_not_hold_it_up() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: entregam domingo?
    needs a person: question
    say answer by a person
    = capturing
customer: no Centro, pix
    record 7/1 410.00
    say quote 7/1 410.00 (first)
    = quoted
",
    );
    // What was asked before is asked once more, as after thanks.
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: entregam domingo?
    needs a person: question
    say answer by a person
    = capturing
+11m
    ⏰ ask_again
    say ask 10 CIM, where?, payment?
    = capturing
",
    );
    // Nothing else can go on.
    check(
        "
customer: entregam domingo?
    needs a person: question
    say handed_over: question
    = handed_over
",
    );
}
