//! Foreign words within our own: names from a catalogue, words of a customer.
//!
//! WhatsApp reads `*`, `_`, `~` and `` ` `` as bold, italic and the like; a name
//! that has them would change the look of all that follows it.

/// The most words of a customer that are quoted, in characters.
const MAX_QUOTED: usize = 60;

/// The most things that are named one by one.
pub(super) const MAX_NAMED: usize = 10;

/// A name on one line without marks that WhatsApp reads.
pub(super) fn name(text: &str) -> String {
    let visible = |c: char| match c {
        '*' => '×',
        '_' | '~' => '-',
        '`' => '\'',
        other => other,
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(visible).filter(|c| !c.is_control()).collect()
}

/// A customer's words in quotation marks: `“massa corrida”`.
pub(super) fn quoted(text: &str) -> String {
    let plain = name(text).replace(['“', '”', '"'], "");
    let short: String = plain.chars().take(MAX_QUOTED).collect();
    let more = if plain.chars().count() > MAX_QUOTED { "…" } else { "" };
    format!("“{short}{more}”")
}

/// A text with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_whatsapp_reads_are_written_otherwise() {
        assert_eq!(name("Tijolo 9*19*19 _novo_\n~x~"), "Tijolo 9×19×19 -novo- -x-");
        assert_eq!(quoted("  o \"bom\"  "), "“o bom”");
        assert_eq!(quoted(&"x".repeat(61)), format!("“{}…”", "x".repeat(60)));
    }

    #[test]
    fn a_label_begins_with_a_capital() {
        assert_eq!(capitalized("à vista"), "À vista");
        assert_eq!(capitalized(""), "");
    }
}
