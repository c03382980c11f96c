//! Splitting words between messages.

/// Splits a text between paragraphs, else between lines, else between words,
/// else anywhere, into parts of at most `max` characters. Nothing is left out but
/// the white space around the parts.
pub(crate) fn split(text: &str, max: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while let Some((end, _)) = rest.char_indices().nth(max) {
        let room = rest.get(..end).unwrap_or_default();
        let at = ["\n\n", "\n", " "].iter().find_map(|mark| room.rfind(mark).filter(|at| *at > 0));
        let (part, tail) = rest.split_at(at.unwrap_or(end));
        parts.push(part.trim_end().to_owned());
        rest = tail.trim_start();
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}
