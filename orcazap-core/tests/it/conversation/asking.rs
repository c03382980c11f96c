//! What is asked while an order is collected: how often, how much at once, and what an
//! answer is taken for.

use super::stage::check;

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
