//! What a person changes in a quote: reviewed from nothing, and sent when nothing is
//! left that they have not seen.

use orcazap_core::conversation::Act;
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Effect, PriceBook};
use serde_json::{Value, json};

use super::stage::{Play, Store, check, check_in, edits, store};

/// 20 bags at 40.00, less 5 % for Pix: 760.00.
const QUOTED: &str = "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    say quote 7/1 760.00 (first)
    = quoted
";

/// The same with something that the store does not have.
const WAITS: &str = "
customer: 20 sacos de cimento e 1 betoneira, vou retirar, pix
    record 7/1 760.00
    queue 7/1: unknown_item
    say under_review: 1 items, 1 unknown
    = awaiting_approval
";

#[test]
fn an_edit_does_not_walk_around_the_review() {
    // Above R$ 2,000.00 somebody must look: who typed a zero too many does so too.
    check(&format!(
        "{QUOTED}
attendant edit: qty CIM 100000
    record 7/2 3800000.00, edited
    queue 7/2: high_value
    = awaiting_approval
attendant approve: 1
    ! acted on revision 1, but revision 2 stands
    = awaiting_approval
attendant approve
    unqueue 7/2: approved
    say quote 7/2 3800000.00 (revised)
    = quoted"
    ));
    check(&format!(
        "{WAITS}
attendant edit: qty CIM 100000
    record 7/2 3800000.00, edited
    unqueue 7/1: superseded
    queue 7/2: high_value, unknown_item
    = awaiting_approval
attendant edit: qty CIM 100
    record 7/3 3800.00, edited
    unqueue 7/2: edited
    say quote 7/3 3800.00 (first)
    = quoted"
    ));
}

#[test]
fn what_was_set_by_hand_is_taken_back_to_the_rules() {
    check(
        "
customer: 20 sacos de cimento, entrega no bairro Centro, pix
    record 7/1 840.00
    say quote 7/1 840.00 (first)
    = quoted
edit: off CIM 3, price CIM 39.00, freight 20.00
    record 7/2 738.77, edited
    say quote 7/2 738.77 (revised)
    = quoted
edit: off CIM rule
    record 7/3 761.00, edited
    say quote 7/3 761.00 (revised)
    = quoted
edit: price CIM rule, freight rule
    record 7/4 840.00, edited
    say quote 7/4 840.00 (revised)
    = quoted
edit: off ARE rule
    ! the quote has no line of ARE
    = quoted",
    );
}

#[test]
fn what_was_seen_is_covered_and_what_is_worse_is_looked_at_again() {
    check(&format!(
        "{WAITS}
attendant edit: qty CIM 10
    record 7/2 380.00, edited
    unqueue 7/1: edited
    say quote 7/2 380.00 (first)
    = quoted"
    ));
    check(
        "
customer: 60 sacos de cimento, vou retirar, pix
    record 7/1 2280.00
    queue 7/1: high_value
    say under_review: 1 items, 0 unknown
    = awaiting_approval
attendant edit: qty CIM 61
    record 7/2 2318.00, edited
    unqueue 7/1: superseded
    queue 7/2: high_value
    = awaiting_approval
attendant edit: qty CIM 59
    record 7/3 2242.00, edited
    unqueue 7/2: edited
    say quote 7/3 2242.00 (first)
    = quoted
attendant edit: qty CIM 60
    record 7/4 2280.00, edited
    queue 7/4: high_value
    = awaiting_approval",
    );
}

#[test]
fn another_place_payment_or_day_is_reviewed_too() {
    check(&format!(
        "{QUOTED}
attendant edit: to Longe
    record 7/2 760.00, edited
    queue 7/2: no_freight_rule
    = awaiting_approval
attendant edit: to Centro
    record 7/3 840.00, edited
    unqueue 7/2: edited
    say quote 7/3 840.00 (revised)
    = quoted
attendant edit: pay boleto 30
    record 7/4 880.00, edited
    queue 7/4: credit_sale
    = awaiting_approval
attendant edit: pay boleto 28
    record 7/5 880.00, edited
    unqueue 7/4: edited
    say quote 7/5 880.00 (revised)
    = quoted
attendant edit: pay cash, pickup, day 2026-03-13
    record 7/6 760.00, edited
    say quote 7/6 760.00 (revised)
    = quoted
customer: fechado
    place 7/6
    say accepted 7/6 760.00, cash, 2026-03-13, pickup
    = won"
    ));
}

#[test]
fn a_freight_by_hand_goes_with_the_place_it_was_for() {
    check(
        "
customer: 20 sacos de cimento, entrega no Centro, dinheiro
    record 7/1 840.00
    say quote 7/1 840.00 (first)
    = quoted
attendant edit: freight 60.00
    record 7/2 820.00, edited
    say quote 7/2 820.00 (revised)
    = quoted
attendant edit: pickup
    record 7/3 760.00, edited
    say quote 7/3 760.00 (revised)
    = quoted
attendant edit: to Centro, freight 20.00
    record 7/4 780.00, edited
    queue 7/4: price_override, second_person
    = awaiting_approval",
    );
}

#[test]
fn what_was_not_understood_can_be_settled_or_dropped_and_does_not_come_back() {
    check(&format!(
        "{WAITS}
attendant edit: drop betoneira
    record 7/2 760.00, edited
    unqueue 7/1: edited
    say quote 7/2 760.00 (first)
    = quoted
customer: são 25 sacos
    record 7/3 950.00
    say quote 7/3 950.00 (revised)
    = quoted"
    ));
    check(&format!(
        "{WAITS}
attendant edit: betoneira is ARE 2
    record 7/2 988.00, edited
    unqueue 7/1: edited
    say quote 7/2 988.00 (first)
    = quoted
customer: são 25 sacos
    record 7/3 1178.00
    say quote 7/3 1178.00 (revised)
    = quoted"
    ));
    check(&format!(
        "{WAITS}
edit: drop guindaste
    ! nothing open was asked for in these words
    = awaiting_approval"
    ));
}

#[test]
fn who_may_give_it_away_takes_it_on_by_editing() {
    check(&format!(
        "{QUOTED}
attendant edit: off CIM 10
    record 7/2 684.00, edited
    queue 7/2: price_override, second_person
    = awaiting_approval
attendant edit: qty CIM 10
    record 7/3 342.00, edited
    unqueue 7/2: superseded
    queue 7/3: price_override, second_person
    = awaiting_approval
manager edit: qty CIM 15
    record 7/4 513.00, edited
    unqueue 7/3: edited
    say quote 7/4 513.00 (revised)
    = quoted"
    ));
}

#[test]
fn in_a_rehearsal_who_edits_has_looked() {
    let mut store = store();
    store.rules.rehearsal = true;
    check_in(
        &store,
        "
customer: 20 sacos de cimento, vou retirar, pix
    record 7/1 760.00
    queue 7/1: rehearsal
    say under_review: 1 items, 0 unknown
    = awaiting_approval
attendant edit: qty CIM 10
    record 7/2 380.00, edited
    unqueue 7/1: edited
    say quote 7/2 380.00 (first)
    = quoted",
    );
}

#[test]
fn a_day_said_while_the_quote_waits_survives_an_edit() {
    check(&format!(
        "{WAITS}
customer: pode ser para sexta
    say still_under_review, noted 2026-03-13
    = awaiting_approval
edit: qty CIM 10
    record 7/2 380.00, edited
    unqueue 7/1: edited
    say quote 7/2 380.00 (first)
    = quoted
customer: fechado
    place 7/2
    say accepted 7/2 380.00, pix, 2026-03-13, pickup
    = won"
    ));
}

/// What the effect says of an edit of a quote for 20 bags to the Centro.
#[track_caller]
fn check_changes(store: &Store, changes: &str, expected: &Value) {
    let mut play = Play::new(store);
    play.line("customer: 20 sacos de cimento e 1 betoneira, entrega no Centro, dinheiro");
    let act = Act::EditAndApprove { revision: 1, edits: edits(changes) };
    let recorded = play.effects_of(act).into_iter().find_map(|effect| match effect {
        Effect::RecordQuote { edited, .. } => edited,
        _ => None,
    });
    let edited = serde_json::to_value(recorded.unwrap()).unwrap();
    assert_eq!(edited["from"], 1);
    assert_eq!(edited["by"]["role"], "attendant");
    assert_eq!(&edited["changes"], expected, "{changes}");
}

#[test]
fn an_edit_says_who_changed_what() {
    let store = store();
    for (changes, expected) in [
        (
            "qty CIM 25",
            json!([
                {"revised": "quantity", "sku": "CIM", "before": "20", "after": "25"},
                {"revised": "freight", "before": "80.00", "after": "105.00"},
            ]),
        ),
        (
            "price CIM 39.90, off CIM 1",
            json!([
                {"revised": "price", "sku": "CIM", "before": "40", "after": "39.9", "by_hand": true},
                {"revised": "discount", "sku": "CIM", "before": null, "after": "1"},
            ]),
        ),
        (
            "add ROSA 1, qty CIM 0",
            json!([
                {"revised": "removed", "sku": "CIM", "qty": "20"},
                {"revised": "added", "sku": "ROSA", "qty": "1"},
                {"revised": "freight", "before": "80.00", "after": "30.00"},
            ]),
        ),
        ("freight 79.00", json!([{"revised": "freight", "before": "80.00", "after": "79.00"}])),
        (
            "pickup, pay pix, day 2026-03-13, drop betoneira",
            json!([
                {"revised": "freight", "before": "80.00", "after": "0.00"},
                {"revised": "place", "before": {"bairro": "Centro"}, "after": {"pickup": true}},
                {"revised": "payment", "before": {"method": "cash"}, "after": {"method": "pix"}},
                {"revised": "delivery", "before": null, "after": {"date": "2026-03-13"}},
                {"revised": "settled", "text": "betoneira"},
            ]),
        ),
    ] {
        check_changes(&store, changes, &expected);
    }
}

#[test]
fn an_edit_of_nothing_is_refused() {
    check(&format!(
        "{QUOTED}
attendant edit:
    ! there is nothing to change
    = quoted
"
    ));
}

#[test]
fn edits_that_change_nothing_make_no_revision() {
    check(&format!(
        "{QUOTED}
attendant edit: qty CIM 20, pickup, pay pix, no day, price CIM rule, freight rule
    ! there is nothing to change
    = quoted
attendant edit: add CIM 5, qty CIM 20
    ! there is nothing to change
    = quoted
attendant edit: add CIM 0
    ! there is nothing to change
    = quoted
attendant edit: price CIM 40.00
    record 7/2 760.00, edited
    say quote 7/2 760.00 (revised)
    = quoted
attendant edit: price CIM 40
    ! there is nothing to change
    = quoted"
    ));
}

#[test]
fn the_same_at_other_prices_or_after_its_time_is_a_new_revision() {
    let (store, mut dearer) = (store(), store());
    dearer.book = PriceBook::new(PriceBookData { version: 2, ..PriceBookData::default() }).unwrap();
    let mut play = Play::new(&store);
    play.line("customer: 20 sacos de cimento, vou retirar, pix");
    let mut play = play.in_store(&dearer);
    play.written.clear();
    play.line("attendant edit: qty CIM 20");
    let expected = "attendant edit: qty CIM 20
    record 7/2 800.00, edited
    say quote 7/2 800.00 (revised)
    = quoted";
    assert_eq!(play.written.trim_end(), expected);
    check(&format!(
        "{WAITS}
attendant edit: qty CIM 20
    ! there is nothing to change
    = awaiting_approval
+100h
    ⏰ approval_overdue
    remind 7/1
    ⏰ window_closes
    remind 7/1
    = awaiting_approval
attendant edit: qty CIM 20
    record 7/2 760.00, edited
    unqueue 7/1: edited
    say quote 7/2 760.00 (first)
    = quoted"
    ));
}

#[test]
fn more_on_top_than_any_quantity_is_refused() {
    check(&format!(
        "{QUOTED}
attendant edit: add CIM 9999981
    ! 9999981 on top of 20 of CIM is more than 10000000
    = quoted"
    ));
    check(&format!(
        "{WAITS}
attendant edit: betoneira is CIM 10000000
    ! 10000000 on top of 20 of CIM is more than 10000000
    = awaiting_approval"
    ));
}
