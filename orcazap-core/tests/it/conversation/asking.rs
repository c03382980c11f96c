//! What is asked while an order is collected: how often, how much at once, and what an
//! answer is taken for.

use super::stage::{Play, check, store};

#[test]
fn details_do_not_put_a_question_a_third_time() {
    check(
        "
customer: 20 xpto
    say ask no xpto, what?
    = capturing
customer: pix
    say ask no xpto, what?
    = capturing
customer: vou retirar
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
customer: dinheiro
    = handed_over
",
    );
}

#[test]
fn answers_in_any_order_leave_a_worn_question_unsaid_until_silence_calls_a_person() {
    check(
        "
customer: cimento e 2 m de areia
    say ask 2 ARE, how many CIM?, where?, payment?
    = capturing
customer: pix
    say ask 2 ARE, how many CIM?
    = capturing
customer: vou retirar
    say ask 2 ARE
    = capturing
customer: 20 sacos
    record 7/1 988.00
    say quote 7/1 988.00 (first)
    = quoted
",
    );
    check(
        "
customer: cimento e 2 m de areia
    say ask 2 ARE, how many CIM?, where?, payment?
    = capturing
customer: pix
    say ask 2 ARE, how many CIM?
    = capturing
customer: vou retirar
    say ask 2 ARE
    = capturing
customer: na verdade dinheiro
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
    check(
        "
customer: cimento e 2 m de areia
    say ask 2 ARE, how many CIM?, where?, payment?
    = capturing
customer: pix
    say ask 2 ARE, how many CIM?
    = capturing
customer: vou retirar
    say ask 2 ARE
    = capturing
+1h
    ⏰ ask_again
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
}

#[test]
fn what_delivery_costs_asks_where_to_and_is_counted_so() {
    check(
        "
customer: quanto é o frete?
    say freight by place
    = new
customer: qual o valor do frete?
    say freight by place
    = new
customer: e o frete, quanto fica?
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
}

#[test]
fn ok_to_a_question_only_says_that_it_was_heard() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: ok
    = capturing
customer: 👍
    = capturing
+20m
    ⏰ ask_again
    say ask 10 CIM, where?, payment?
    = capturing
customer: retiro
    say ask 10 CIM
    = capturing
customer: pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: ok
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn ok_while_a_person_looks_needs_no_answer() {
    check(
        "
customer: 60 sacos de cimento, retiro, pix
    record 7/1 2280.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: ok
    = awaiting_approval
customer: 👍
    = awaiting_approval
customer: sim
    say still_under_review
    = awaiting_approval
",
    );
}

#[test]
fn a_short_no_to_a_question_about_one_product_takes_only_that_out() {
    check(
        "
customer: 10 sacos de cimento e 500 tijolos, vou retirar, pix
    say ask 10 CIM, tijolos: 6 furos or 8 furos?
    = capturing
customer: deixa pra lá
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: e areia
    say ask 10 CIM, how many ARE?
    = negotiating
customer: não
    say quote 7/1 380.00 (again)
    = quoted
",
    );
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: deixa pra lá
    say declined
    = lost
",
    );
}

#[test]
fn a_position_on_the_map_asks_for_its_words_and_nothing_else() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: [map]
    say ask 10 CIM, where in words?
    = capturing
customer: no Centro
    say ask 10 CIM, payment?
    = capturing
",
    );
}

#[test]
fn voltar_from_who_never_left_is_no_place() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
customer: voltar
    say ask 10 CIM, where?, payment?
    = capturing
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
