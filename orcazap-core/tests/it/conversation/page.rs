//! The page that shows the table.

#[test]
fn the_kept_page_shows_the_table_that_decides() {
    let kept = include_str!("../../../docs/conversation.md");
    assert!(
        kept == orcazap_core::conversation::transitions(),
        "docs/conversation.md drifted from the table; print it again with \
         cargo run -p orcazap-examples --example transitions"
    );
}
