//! Words as WhatsApp shows them: what stands between `*` is bold.

use serde::Serialize;

/// Words, bold or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) bold: bool,
}

/// Words with what stands between `*` in bold, as WhatsApp shows it: on one line,
/// and with nothing blank beside the marks.
pub(crate) fn spans(words: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut put = |text: &str, bold| {
        if !text.is_empty() {
            spans.push(Span { text: text.to_owned(), bold });
        }
    };
    let mut rest = words;
    while let Some((before, inner, after)) = bold(rest) {
        put(before, false);
        put(inner, true);
        rest = after;
    }
    put(rest, false);
    spans
}

fn bold(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('*').find_map(|(at, _)| {
        let (before, tail) = text.split_at_checked(at)?;
        let (inner, after) = tail.strip_prefix('*')?.split_once('*')?;
        let fits = !inner.is_empty() && !inner.contains('\n') && inner.trim() == inner;
        fits.then_some((before, inner, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[(&str, bool)]) {
        let found = spans(words);
        let found: Vec<_> = found.iter().map(|span| (span.text.as_str(), span.bold)).collect();
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn what_stands_between_stars_is_bold() {
        check("*Total: R$ 5* (sem)", &[("Total: R$ 5", true), (" (sem)", false)]);
        check("a *b* c *d*", &[("a ", false), ("b", true), (" c ", false), ("d", true)]);
        check("2 * 3 * 4", &[("2 * 3 * 4", false)]);
        check("*a\nb* é", &[("*a\nb* é", false)]);
        check("**", &[("**", false)]);
    }
}
