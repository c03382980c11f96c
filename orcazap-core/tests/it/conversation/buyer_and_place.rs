//! Who buys and where it goes decide the prices of a conversation.

use orcazap_core::conversation::QuoteNumber;
use orcazap_core::order::Buyer;
use orcazap_core::pricing::PriceBookData;
use orcazap_core::{Conversation, Event, PriceBook, step};

use super::stage::{Play, Store, check, check_in, store, tuesday};

/// The store, with more rules on top of its own.
fn with(change: impl FnOnce(&mut PriceBookData)) -> Store {
    let store = store();
    let mut book = store.book.data().clone();
    change(&mut book);
    Store { book: PriceBook::new(book).unwrap(), ..store }
}

/// It delivers up to 3 km around the Sé, and up to 10 km for more.
fn by_distance() -> Store {
    with(|book| {
        book.origin = serde_json::from_str(r#"{"lat": "-23.550394", "lon": "-46.633947"}"#).ok();
        let bands = r#"[{"up_to_km": "10", "base": "50", "per_kg": "0", "included_kg": "0"},
                        {"up_to_km": "3", "base": "20", "per_kg": "0", "included_kg": "0"}]"#;
        book.freight.extend(serde_json::from_str::<Vec<_>>(bands).unwrap());
    })
}

#[test]
fn a_position_on_the_map_is_a_place_where_freight_goes_by_distance() {
    check_in(
        &by_distance(),
        "
customer: [cart] CIM 10 / [pay:7:pix] / [pin] -23.561414 -46.655881
    record 7/1 400.00
    say quote 7/1 400.00 (first)
    = quoted
customer: [pin] -23.627 -46.656
    record 7/2 430.00
    say quote 7/2 430.00 (revised)
    = quoted
customer: [pin] -23.627 -46.656
    say quote 7/2 430.00 (again)
    = quoted
",
    );
}

#[test]
fn a_position_that_no_band_reaches_is_for_a_person() {
    check_in(
        &by_distance(),
        "
customer: [cart] CIM 10 / [pay:7:pix] / [pin] -22.906847 -43.172897
    record 7/1 380.00
    queue 7/1: no_freight_rule
    say under_review: 1 items, 0 unknown
    = awaiting_approval
",
    );
}

#[test]
fn a_position_is_a_question_where_the_store_has_no_bands() {
    check(
        "
customer: [cart] CIM 10 / [pay:7:pix] / [pin] -23.561414 -46.655881
    say ask 10 CIM, where in words?
    = capturing
",
    );
}

#[test]
fn a_group_has_its_own_prices_from_the_first_quote_to_the_next_order() {
    let store = with(|book| {
        let list = r#"[{"name": "Construtoras", "for": "group", "key": "construtora",
                        "prices": {"CIM": "36"}}]"#;
        book.lists = serde_json::from_str(list).unwrap();
    });
    let builder = Buyer { group: Some("construtora".to_owned()), ..Buyer::default() };
    let mut play = Play::new(&store);
    play.conversation.buyer = Some(builder.clone());
    play.line("customer: [cart] CIM 10 / [pickup:7] / [pay:7:pix]");
    play.line("edit: qty CIM 20");
    play.line("customer: 👍");
    play.line("customer: [cart] CIM 10 / retiro na loja, no pix");
    for total in ["record 7/1 342.00", "record 7/2 684.00", "record 8/1 342.00"] {
        assert!(play.written.contains(total), "{total} in\n{}", play.written);
    }
    assert_eq!(play.conversation.buyer, Some(builder));
}

#[test]
fn who_joins_a_group_after_a_quote_accepts_what_was_sent() {
    let store = with(|book| {
        let list = r#"[{"name": "Construtoras", "for": "group", "key": "construtora",
                        "prices": {"CIM": "36"}}]"#;
        book.lists = serde_json::from_str(list).unwrap();
    });
    let mut talk = Conversation::new(QuoteNumber(7));
    let say = |talk: &Conversation, words: &str| {
        step(talk, Event::text(words, tuesday()), &store.shop(), tuesday()).unwrap().conversation
    };
    talk = say(&talk, "10 sacos de cimento, retiro na loja, no pix");
    talk.buyer = Some(Buyer { group: Some("construtora".to_owned()), ..Buyer::default() });
    talk = say(&talk, "fechado");
    assert_eq!(talk.state.code(), "won");
    let offer = talk.state.offer().unwrap();
    assert_eq!(offer.quote.total().to_string(), "380.00");
}
