//! Foreign words within our own: names from a catalogue, words of a customer.
//!
//! WhatsApp reads `*`, `_`, `~` and `` ` `` as bold, italic and the like; a name
//! that has them would change the look of all that follows it.

/// The most words of a customer that are quoted, in characters.
const MAX_QUOTED: usize = 60;

/// The most things that are named one by one.
const MAX_NAMED: usize = 10;

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

/// Several of a customer's words: `“a”, “b”`; beyond ten only how many more.
pub(super) fn all_quoted(texts: &[String]) -> String {
    let mut parts: Vec<String> = texts.iter().take(MAX_NAMED).map(|text| quoted(text)).collect();
    if texts.len() > MAX_NAMED {
        parts.push(format!("e mais {}", texts.len() - MAX_NAMED));
    }
    parts.join(", ")
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
}
