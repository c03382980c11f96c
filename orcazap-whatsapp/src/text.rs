//! Splitting words between messages.

/// Splits a text into parts of at most `max` characters, each as full as a quarter at
/// least: between paragraphs, else before a line that does not belong to the one
/// above, else between lines, else between words, else anywhere. Nothing is left
/// out but the white space around the parts.
pub(crate) fn split(text: &str, max: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while let Some((end, _)) = rest.char_indices().nth(max) {
        let (part, tail) = rest.split_at(best_end(rest, end));
        parts.push(part.trim_end().to_owned());
        rest = tail.trim_start();
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

/// Where the first part of a text ends, `end` at the latest.
fn best_end(text: &str, end: usize) -> usize {
    let room = text.get(..end).unwrap_or_default();
    let full_enough = |at: &usize| *at > room.len() / 4;
    let line_ends = || room.rmatch_indices('\n').map(|(at, _)| at).take_while(full_enough);
    // The price below an item is indented: it stays with its item.
    let belongs = |at: &usize| text.get(at + 1..).is_some_and(|next| next.starts_with(' '));
    let mut apart = line_ends().filter(|at| !belongs(at));
    let paragraph = room.rfind("\n\n").filter(full_enough);
    let end = paragraph.or_else(|| apart.next()).or_else(|| line_ends().next());
    end.or_else(|| room.rfind(' ').filter(full_enough)).unwrap_or(room.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, max: usize, expected: &[&str]) {
        assert_eq!(split(text, max), expected, "{text:?} by {max}");
    }

    #[test]
    fn parts_end_where_a_reader_would_pause() {
        check("aaaa bbbb\n\ncc", 12, &["aaaa bbbb", "cc"]);
        check(
            "• aaaa\n  1\n• bbbb\n  2\n• cccc\n  3",
            20,
            &["• aaaa\n  1", "• bbbb\n  2", "• cccc\n  3"],
        );
        check("ti\n\naaaa\nbbbb\ncccc", 12, &["ti\n\naaaa", "bbbb\ncccc"]);
        check("aaaa bbbb cccc", 10, &["aaaa bbbb", "cccc"]);
        check("aééa", 2, &["aé", "éa"]);
        check("  ", 2, &[""]);
    }
}
