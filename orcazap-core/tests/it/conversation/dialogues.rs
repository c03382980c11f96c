//! Scripted conversations, each with all that must follow from every line.
//! These go by buttons and carts; `words.rs` has those that are typed.

use super::stage::check;

#[test]
fn an_order_that_lacks_something_is_kept_and_completed_by_the_next_message() {
    check(
        "
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
customer: [pickup:7]
    say ask 10 CIM, payment?
    = capturing
customer: [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: [accept:7:1]
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_burst_is_answered_once() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
",
    );
}

#[test]
fn the_same_question_is_never_put_a_third_time() {
    check(
        "
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
customer: [accept:6:1]
    say ask 10 CIM, where?, payment?
    = capturing
customer: [accept:6:1]
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
give back
    say ask 10 CIM, where?, payment?
    = capturing
",
    );
}

#[test]
fn who_orders_piece_by_piece_is_neither_cut_off_nor_nagged() {
    check(
        "
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
customer: [cart] ARE 1
    say ask 10 CIM, 1 ARE
    = capturing
customer: [cart] TIJ-8F 500
    say ask 10 CIM, 1 ARE, 500 TIJ-8F
    = capturing
customer: [cart] TIJ-8F 600
    say ask 10 CIM, 1 ARE, 600 TIJ-8F
    = capturing
customer: [cart] ARE 2
    say ask 10 CIM, 2 ARE, 600 TIJ-8F
    = capturing
customer: [cart] ARE 1
    say ask 10 CIM, 1 ARE, 600 TIJ-8F
    = capturing
customer: [cart] TIJ-8F 500
    say ask 10 CIM, 1 ARE, 500 TIJ-8F
    = capturing
customer: [pickup:7]
    say ask 10 CIM, 1 ARE, 500 TIJ-8F, payment?
    = capturing
customer: [pay:7:pix]
    record 7/1 1016.50
    say quote 7/1 1016.50 (first)
    = quoted
",
    );
}

#[test]
fn a_large_order_waits_for_a_person_who_sends_it() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: [pay:7:pix]
    say still_under_review
    = awaiting_approval
customer: [pay:7:pix]
    remind 7/1
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 3040.00 (first)
    = quoted
customer: [thumb] 7/1
    place 7/1
    say accepted 7/1 3040.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_thin_margin_reaches_the_queue_from_a_sent_quote_too() {
    check(
        "
customer: [cart] CIM 1 / [pickup:7] / [pay:7:pix]
    record 7/1 38.00
    say quote 7/1 38.00 (first)
    = quoted
customer: [cart] ROSA 50
    record 7/2 988.00
    queue 7/2: low_margin
    say under_review: 2 items, 0 unknown
    = awaiting_approval
approve
    unqueue 7/2: approved
    say quote 7/2 988.00 (revised)
    = quoted
customer: [accept:7:1]
    say quote 7/2 988.00 (again)
    = quoted
customer: [accept:7:2]
    place 7/2
    say accepted 7/2 988.00, pix, pickup
    = won
",
    );
}

#[test]
fn an_order_changed_while_it_waits_waits_anew() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: [cart] CIM 90
    record 7/2 3420.00
    unqueue 7/1: superseded
    queue 7/2: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
approve: 1
    ! acted on revision 1, but revision 2 stands
    = awaiting_approval
customer: [cart] CIM 2
    record 7/3 76.00
    unqueue 7/2: superseded
    say quote 7/3 76.00 (first)
    = quoted
",
    );
}

#[test]
fn an_edited_quote_is_priced_anew_and_sent() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
edit: qty CIM 70, price CIM 39.90, add ARE 1
    record 7/2 2767.35, edited
    unqueue 7/1: edited
    say quote 7/2 2767.35 (first)
    = quoted
customer: [accept:7:1]
    say quote 7/2 2767.35 (again)
    = quoted
customer: [accept:7:2]
    place 7/2
    say accepted 7/2 2767.35, pix, pickup
    = won
",
    );
}

#[test]
fn edits_that_make_no_sense_change_nothing() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
edit: qty ARE 1
    ! the quote has no line of ARE
    = awaiting_approval
edit: qty CIM 0
    ! the edits leave no line
    = awaiting_approval
edit: add NADA 1
    ! the edited order can't be priced
    = awaiting_approval
edit: freight -1.00
    ! the edited order can't be priced
    = awaiting_approval
approve
    unqueue 7/1: approved
    say quote 7/1 3040.00 (first)
    = quoted
",
    );
}

#[test]
fn a_rejected_quote_leaves_the_word_to_the_person() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
reject: Só temos 50 sacos hoje, serve?
    unqueue 7/1: rejected
    say person: Só temos 50 sacos hoje, serve?
    = handed_over
customer: [cart] CIM 50
    = handed_over
edit: qty CIM 50
    record 7/2 1900.00, edited
    say quote 7/2 1900.00 (first)
    = quoted
customer: [accept:7:2]
    place 7/2
    say accepted 7/2 1900.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_late_yes_finds_the_quote_expired() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
+22h
    = quoted
+1h
    ⏰ follow_up
    say follow_up 7/1
    = quoted
+25h
    ⏰ quote_expires
    = lost
customer: [accept:7:1]
    open next
    record 8/1 380.00
    say quote 8/1 380.00 (first)
    = quoted
",
    );
}

#[test]
fn a_stale_button_shows_the_quote_that_stands() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: [cart] CIM 12
    record 7/2 456.00
    say quote 7/2 456.00 (revised)
    = quoted
customer: [accept:7:1]
    say quote 7/2 456.00 (again)
    = quoted
customer: [accept:6:2]
    say quote 7/2 456.00 (again)
    = quoted
customer: [accept:7:2]
    place 7/2
    say accepted 7/2 456.00, pix, pickup
    = won
customer: [accept:7:2]
    say accepted 7/2 456.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_person_takes_over_and_gives_back() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
take over
    = handed_over
customer: [cart] CIM 20
    = handed_over
reply: Oi, aqui é a Ana.
    say person: Oi, aqui é a Ana.
    = handed_over
give back
    record 7/2 760.00
    say quote 7/2 760.00 (revised)
    = quoted
take over
    = handed_over
give back
    = quoted
",
    );
}

#[test]
fn a_waiting_quote_survives_a_person_taking_over() {
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
customer: [human:7]
    needs a person: asked
    say handed_over: asked
    = handed_over
give back
    = awaiting_approval
take over
    = handed_over
approve
    unqueue 7/1: approved
    say quote 7/1 3040.00 (first)
    = quoted
",
    );
}

#[test]
fn a_photo_is_for_a_person_and_a_sticker_for_nobody() {
    check(
        "
customer: [sticker]
    say welcome
    = new
customer: [photo]
    needs a person: media
    say handed_over: media
    = handed_over
customer: [voice]
    = handed_over
",
    );
}

#[test]
fn a_position_on_the_map_asks_for_the_place_in_words() {
    check(
        "
customer: [cart] CIM 10 / [map]
    say ask 10 CIM, where in words?, payment?
    = capturing
customer: [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: [map]
    = quoted
",
    );
}

#[test]
fn a_quote_that_never_arrived_is_for_a_person() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
delivered: 1
    = quoted
undelivered: 9
    ! acted on revision 9, but revision 1 stands
    = quoted
undelivered: 1
    needs a person: undelivered
    = handed_over
place
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
",
    );
}

#[test]
fn a_silent_draft_is_closed_and_a_forgotten_approval_is_reminded() {
    check(
        "
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
+24h
    ⏰ idle_draft
    = lost
",
    );
    check(
        "
customer: [cart] CIM 80 / [pickup:7] / [pay:7:pix]
    record 7/1 3040.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
+24h
    ⏰ approval_overdue
    remind 7/1
    ⏰ window_closes
    remind 7/1
    = awaiting_approval
",
    );
}

#[test]
fn acts_that_do_not_fit_are_refused() {
    check(
        "
approve
    ! approve does not fit a conversation that is new
    = new
give back
    ! give_back does not fit a conversation that is new
    = new
delivered: 1
    ! delivered does not fit a conversation that is new
    = new
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
approve
    ! approve does not fit a conversation that is capturing
    = capturing
place
    ! place_order does not fit a conversation that is capturing
    = capturing
close
    = lost
take over
    ! take_over does not fit a conversation that is lost
    = lost
reply: ainda estou aqui
    say person: ainda estou aqui
    = lost
",
    );
}

#[test]
fn what_nobody_asked_for_is_noted_and_the_question_is_put_once_more() {
    check(
        "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    say quote 7/1 760.00 (first)
    = quoted
customer: e põe 500 tijolos
    say ask 20 CIM, tijolos: 6 furos or 8 furos?
    = negotiating
customer: entrega no Centro
    say ask 20 CIM, tijolos: 6 furos or 8 furos?
    = negotiating
customer: pode ser amanhã de manhã
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
}

#[test]
fn who_falls_silent_with_something_missing_is_asked_once_more() {
    check(
        "
customer: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
customer: [cart] ARE 1
    say ask 10 CIM, 1 ARE
    = capturing
+1h
    ⏰ ask_again
    say ask 10 CIM, 1 ARE, where?, payment?
    = capturing
customer: [cart] ARE 2
    say ask 10 CIM, 2 ARE
    = capturing
customer: [pickup:7]
    say ask 10 CIM, 2 ARE
    = capturing
+23h
    ⏰ ask_again
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
}

#[test]
fn what_should_change_is_asked_twice_and_then_by_a_person() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
customer: [change:7:1]
    say what_to_change 7/1
    = negotiating
customer: [change:7:1]
    say what_to_change 7/1
    = negotiating
customer: [change:7:1]
    needs a person: not_understood
    say handed_over: not_understood
    = handed_over
",
    );
}

#[test]
fn a_quote_is_followed_up_once() {
    check(
        "
customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
+23h
    ⏰ follow_up
    say follow_up 7/1
    = quoted
customer: bom dia
    say quote 7/1 380.00 (again)
    = quoted
+24h
    = quoted
",
    );
}

#[test]
fn messages_that_arrive_one_by_one_are_one_burst() {
    check(
        "
arrives: [cart] CIM 10
    = new
+3s
    = new
arrives: [pickup:7]
    = new
+3s
    = new
arrives: [pay:7:pix]
    = new
+4s
    ⏰ settle
    record 7/1 380.00
    say quote 7/1 380.00 (first)
    = quoted
arrives: obrigado
    = quoted
customer: [accept:7:1]
    place 7/1
    say accepted 7/1 380.00, pix, pickup
    = won
arrives: oi
    = won
arrives: quero 5 sacos de cimento
    = won
+4s
    ⏰ settle
    open next
    say ask 5 CIM, where?, payment?
    = capturing
",
    );
}

#[test]
fn messages_that_wait_survive_whatever_a_person_does() {
    check(
        "
arrives: [cart] CIM 10
    = new
take over
    = handed_over
arrives: [pickup:7]
    = handed_over
give back
    = new
+4s
    ⏰ settle
    say ask 10 CIM, payment?
    = capturing
arrives: [pay:7:pix]
    = capturing
close
    = lost
+4s
    ⏰ settle
    open next
    needs a person: question
    say handed_over: question
    = handed_over
",
    );
}

#[test]
fn without_a_settling_time_a_message_is_read_at_once_and_no_burst_grows_for_ever() {
    let mut store = super::stage::store();
    store.policy.settle_seconds = 0;
    super::stage::check_in(
        &store,
        "
arrives: [cart] CIM 10
    say ask 10 CIM, where?, payment?
    = capturing
",
    );
    let waits = "arrives: obrigado\n    = new\n".repeat(29);
    check(&format!("{waits}arrives: obrigado\n    say welcome\n    = new\n"));
}
