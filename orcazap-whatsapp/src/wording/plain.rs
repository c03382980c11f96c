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

/// A name of a place as it is written: capitals where it has none or nothing else, but
/// for the little words between.
pub(super) fn titled(name: &str) -> String {
    const LITTLE: [&str; 7] = ["a", "da", "das", "de", "do", "dos", "e"];
    if name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let lower = name.to_lowercase();
    let words = lower.split(' ').enumerate().map(|(place, word)| match word {
        word if place > 0 && LITTLE.contains(&word) => word.to_owned(),
        word => capitalized(word),
    });
    words.collect::<Vec<_>>().join(" ")
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
    fn a_place_is_written_with_its_capitals() {
        assert_eq!(titled("jardim das flores"), "Jardim das Flores");
        assert_eq!(titled("VILA NOVA"), "Vila Nova");
        assert_eq!(titled("Parque D'Ouro"), "Parque D'Ouro");
        assert_eq!(titled("centro"), "Centro");
    }

    #[test]
    fn a_label_begins_with_a_capital() {
        assert_eq!(capitalized("à vista"), "À vista");
        assert_eq!(capitalized(""), "");
    }
}
