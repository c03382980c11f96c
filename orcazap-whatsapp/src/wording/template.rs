//! Texts with variables: `Pedido {orcamento} confirmado`.
//!
//! There are no conditions and no loops. What a condition would be for is done by
//! one rule: a line whose variables are all empty is left out, and so is a
//! paragraph. So `Pagamento: {pagamento}` is there when the payment is known.

use orcazap_core::Language;
use unicode_properties::UnicodeEmoji as _;

use super::tongue;
use super::variable::Variable;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A variable that the language knows.
    Variable(Variable),
    /// A name in braces that it does not know.
    Unknown(&'a str),
    /// A brace without its other one.
    Brace,
}

/// Takes a text apart.
pub(super) fn parts(source: &str, language: Language) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['{', '}']) {
        let (words, tail) = rest.split_at(at);
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        let inner = tail.strip_prefix('{').and_then(|inner| inner.split_once(['{', '}']));
        match inner {
            Some((name, after)) if tail.as_bytes().get(name.len() + 1) == Some(&b'}') => {
                let known = tongue::variable(language, name.trim());
                parts.push(known.map_or(Part::Unknown(name), Part::Variable));
                rest = after;
            }
            _ => {
                parts.push(Part::Brace);
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest));
    }
    parts
}

/// Fills a text: what is empty takes its line or paragraph along, unless nothing
/// would be left.
pub(super) fn fill(source: &str, language: Language, values: &[(Variable, &str)]) -> String {
    let paragraphs = source.split("\n\n").filter_map(|paragraph| {
        let lines: Vec<Filled> =
            paragraph.split('\n').map(|line| filled(line, language, values)).collect();
        let variables = lines.iter().any(|line| line.variables);
        let some = lines.iter().any(|line| line.some);
        if variables && !some {
            return None;
        }
        let kept = lines.into_iter().filter(|line| line.some || !line.variables);
        let kept: Vec<String> = kept.map(|line| line.text).collect();
        Some(kept.join("\n"))
    });
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    if text.trim().is_empty() { filled(source, language, values).text } else { text }
}

/// A line with its values.
struct Filled {
    text: String,
    /// Whether it has variables.
    variables: bool,
    /// Whether one of them has a value.
    some: bool,
}

fn filled(line: &str, language: Language, values: &[(Variable, &str)]) -> Filled {
    let mut out = Filled { text: String::new(), variables: false, some: false };
    for part in parts(line, language) {
        match part {
            Part::Words(words) => out.text.push_str(words),
            Part::Variable(wanted) => {
                let value = values.iter().find(|(variable, _)| *variable == wanted);
                let value = value.map_or("", |(_, value)| value);
                out.variables = true;
                out.some |= !value.is_empty();
                out.text.push_str(value);
            }
            Part::Unknown(name) => out.text.push_str(name),
            Part::Brace => {}
        }
    }
    out
}

/// A text without its emoji and the spaces that stood around them.
pub(super) fn without_emoji(source: &str) -> String {
    let lines = source.split('\n').map(|line| {
        if !line.chars().any(is_emoji) {
            return line.to_owned();
        }
        let mut out = String::with_capacity(line.len());
        for c in line.chars().filter(|c| !is_emoji(*c)) {
            if c != ' ' || !out.ends_with(' ') {
                out.push(c);
            }
        }
        let indent = line.len() - line.trim_start().len();
        let bare = if indent == 0 { out.trim() } else { out.trim_end() };
        bare.to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a character is an emoji, or joins or colors one. Signs that have been
/// letters for longer, like `©`, are not.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{200d}' | '\u{20e3}')
        || (!c.is_ascii() && !matches!(c, '©' | '®' | '™') && c.is_emoji_char())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(source: &str, values: &[(Variable, &str)]) -> String {
        fill(source, Language::Portuguese, values)
    }

    #[test]
    fn a_line_or_paragraph_without_a_value_is_left_out() {
        let source = "Pedido {orcamento}\nPagamento: {pagamento}\n\nFalta:\n{itens}\n\nAté já";
        let quote = (Variable::Quote, "7/1");
        assert_eq!(filled(source, &[quote]), "Pedido 7/1\n\nAté já");
        let all = [quote, (Variable::Payment, "Pix"), (Variable::Items, "a\nb")];
        assert_eq!(filled(source, &all), "Pedido 7/1\nPagamento: Pix\n\nFalta:\na\nb\n\nAté já");
    }

    #[test]
    fn a_text_never_vanishes_whole() {
        assert_eq!(filled("Oi, aqui é {loja}", &[]), "Oi, aqui é ");
    }

    #[test]
    fn values_are_never_read_for_variables() {
        assert_eq!(filled("{produto}", &[(Variable::Product, "{total} {")]), "{total} {");
    }

    #[test]
    fn braces_that_name_nothing_are_found() {
        let parts = |source| parts(source, Language::Portuguese);
        assert_eq!(parts("a{b}c"), [Part::Words("a"), Part::Unknown("b"), Part::Words("c")]);
        assert_eq!(parts("{ total }"), [Part::Variable(Variable::Total)]);
        assert_eq!(parts("é{"), [Part::Words("é"), Part::Brace]);
        assert_eq!(parts("}x"), [Part::Brace, Part::Words("x")]);
        let twice = [Part::Brace, Part::Words("total"), Part::Brace, Part::Words("total}")];
        assert_eq!(parts("{total{total}").len(), twice.len() - 1);
    }

    #[test]
    fn emoji_go_with_the_space_before_them() {
        assert_eq!(without_emoji("Pronto! ✅\n• 3 × 4 m² © 😀 fim"), "Pronto!\n• 3 × 4 m² © fim");
        assert_eq!(without_emoji("👍🏽 Certo"), "Certo");
        assert_eq!(without_emoji("👩‍🔧"), "");
    }
}
