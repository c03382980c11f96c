//! What the people of a store do: who may give away how much, and what becomes of
//! a conversation in which a person writes.

use super::stage::{check, check_in, store};

/// 20 bags at 40.00, less 5 % for Pix: 760.00 by the rules.
const QUOTED: &str = "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    say quote 7/1 760.00 (first)
    = quoted
";

#[test]
fn within_their_limit_a_person_decides_alone() {
    check(&format!(
        "{QUOTED}
attendant edit: off CIM 5
    record 7/2 722.00, edited
    say quote 7/2 722.00 (revised)
    = quoted
customer: [accept:7:2]
    place 7/2
    say accepted 7/2 722.00, pix, pickup
    = won"
    ));
}

#[test]
fn beyond_it_a_second_person_must_look_and_the_customer_hears_nothing_before() {
    check(&format!(
        "{QUOTED}
attendant edit: off CIM 10
    record 7/2 684.00, edited
    queue 7/2: price_override, second_person
    = awaiting_approval
attendant approve
    ! gives away 76.00 of 760.00, beyond the limit of who changed it
    = awaiting_approval
manager approve
    unqueue 7/2: approved
    say quote 7/2 684.00 (revised)
    = quoted"
    ));
}

#[test]
fn only_who_may_give_it_away_may_approve_it() {
    check(&format!(
        "{QUOTED}
attendant edit: price CIM 30
    record 7/2 570.00, edited
    queue 7/2: low_margin, price_override, second_person
    = awaiting_approval
manager approve
    ! gives away 190.00 of 760.00, beyond the limit of who approves it
    = awaiting_approval
owner approve
    unqueue 7/2: approved
    say quote 7/2 570.00 (revised)
    = quoted"
    ));
}

#[test]
fn another_quantity_does_not_take_a_managers_word_away() {
    check(&format!(
        "{QUOTED}
manager edit: off CIM 10
    record 7/2 684.00, edited
    say quote 7/2 684.00 (revised)
    = quoted
attendant edit: qty CIM 10
    record 7/3 342.00, edited
    say quote 7/3 342.00 (revised)
    = quoted
attendant edit: off CIM 12
    record 7/4 334.40, edited
    queue 7/4: price_override, second_person
    = awaiting_approval"
    ));
}

#[test]
fn a_discount_that_grows_with_the_order_is_looked_at_again() {
    let mut store = store();
    store.rules.allow_price_override = true;
    store.rules.min_margin_pct = None;
    store.policy.limits.attendant.max_amount = "40.00".parse().ok();
    check_in(
        &store,
        &format!(
            "{QUOTED}
attendant edit: off CIM 5
    record 7/2 722.00, edited
    say quote 7/2 722.00 (revised)
    = quoted
customer: são 40 sacos
    record 7/3 1444.00
    queue 7/3: second_person
    say under_review: 1 items, 0 unknown
    = awaiting_approval
owner approve
    unqueue 7/3: approved
    say quote 7/3 1444.00 (revised)
    = quoted
customer: são 45 sacos
    record 7/4 1624.50
    say quote 7/4 1624.50 (revised)
    = quoted"
        ),
    );
}

#[test]
fn who_writes_to_the_customer_has_the_conversation() {
    check(&format!(
        "{QUOTED}
reply: consigo 740 à vista, fechamos?
    say person: consigo 740 à vista, fechamos?
    = handed_over
customer: fechado
    = handed_over
edit: price CIM 38.95
    record 7/2 740.05, edited
    say quote 7/2 740.05 (revised)
    = quoted"
    ));
}

#[test]
fn words_on_the_stores_own_phone_silence_the_assistant() {
    check(&format!(
        "{QUOTED}
echo
    = handed_over
customer: pode ser amanhã?
    = handed_over
echo
    = handed_over
give back
    = quoted"
    ));
}

#[test]
fn a_talk_that_nobody_goes_on_with_is_the_assistants_again() {
    check(
        "
customer: 10 sacos de cimento
    say ask 10 CIM, where?, payment?
    = capturing
echo
    = handed_over
+20h
    = handed_over
customer: ok
    = handed_over
+23h
    = handed_over
+1h
    ⏰ talk_over
    = lost
customer: bom dia
    open next
    say welcome
    = new",
    );
    // A quote that stands goes on where it was.
    check(&format!(
        "{QUOTED}
echo
    = handed_over
+24h
    ⏰ talk_over
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 760.00, pix, pickup
    = won"
    ));
}

#[test]
fn who_waits_for_a_person_is_not_dropped_by_the_clock() {
    check(
        "
customer: quero falar com um atendente
    needs a person: asked
    say handed_over: asked
    = handed_over
+90h
    = handed_over",
    );
}

#[test]
fn an_answer_to_a_persons_words_after_the_sale_is_left_to_them() {
    let won = format!(
        "{QUOTED}
customer: fechado
    place 7/1
    say accepted 7/1 760.00, pix, pickup
    = won
echo
    = won"
    );
    check(&format!(
        "{won}
customer: pode deixar separado na portaria
    open next
    = handed_over"
    ));
    check(&format!(
        "{won}
customer: quero mais 5 sacos de cimento
    open next
    record 8/1 190.00
    say quote 8/1 190.00 (first)
    = quoted"
    ));
    check(&format!(
        "{won}
+30h
    = won
customer: chegou tudo quebrado
    open next
    needs a person: after_sale
    say handed_over: after_sale
    = handed_over"
    ));
}

#[test]
fn a_day_said_while_the_quote_waits_is_confirmed_and_kept() {
    check(
        "
customer: 60 sacos de cimento, vou retirar, pix
    record 7/1 2280.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: e aí?
    say still_under_review
    = awaiting_approval
customer: pode ser para sexta
    remind 7/1
    say still_under_review, noted 2026-03-13
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 2280.00 (first)
    = quoted
customer: fechado
    place 7/1
    say accepted 7/1 2280.00, pix, 2026-03-13, pickup
    = won",
    );
}

#[test]
fn what_was_asked_while_a_person_had_it_is_picked_up_when_it_is_given_back() {
    check(
        "
customer: 10 sacos de cimento, vou retirar, pago no pix
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
take over
    = handed_over
customer: aceita cartão?
    = handed_over
customer: vcs emitem nota fiscal?
    = handed_over
customer: obrigado
    = handed_over
give back
    needs a person: question
    say payments: credit_card 0 + answer by a person
    = quoted
",
    );
    // What a person has written since is the answer.
    check(
        "
customer: quero falar com um atendente
    needs a person: asked
    say handed_over: asked
    = handed_over
customer: aceita cartão?
    = handed_over
reply: Aceitamos sim!
    say person: Aceitamos sim!
    = handed_over
customer: 10 sacos de cimento, tem desconto no pix?
    = handed_over
give back
    say payments: pix -5 + ask 10 CIM, where?, payment?
    = capturing
",
    );
}
