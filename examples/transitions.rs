//! Prints the conversation's transition table and diagram, as kept in
//! `orcazap-core/docs/conversation.md`.
//!
//! `cargo run -p orcazap-examples --example transitions`

#![expect(clippy::print_stdout, reason = "the page is what this program is for")]

fn main() {
    print!("{}", orcazap_core::conversation::transitions());
}
