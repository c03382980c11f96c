//! The variables of a text: `{{1}}` or `{{nome}}`.

/// The variables of a text, in the order of their first use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variables<'a> {
    names: Vec<&'a str>,
}

/// A part of a text with variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Variable(&'a str),
}

/// A text in pieces. Braces that hold no variable are words.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Variable(name.trim()));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

impl<'a> Variables<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut names: Vec<&str> = Vec::new();
        for piece in pieces(text) {
            if let Piece::Variable(name) = piece
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        Self { names }
    }

    /// Their names or numbers.
    #[must_use]
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// Whether they have names and not numbers (`parameter_format` `NAMED`).
    #[must_use]
    pub fn are_named(&self) -> bool {
        self.names.iter().any(|name| name.parse::<u32>().is_err())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_and_variables() {
        assert_eq!(
            pieces("Olá, {{ nome }}: {{total}}."),
            [
                Piece::Words("Olá, "),
                Piece::Variable("nome"),
                Piece::Words(": "),
                Piece::Variable("total"),
                Piece::Words("."),
            ]
        );
        assert_eq!(pieces("a {{ b"), [Piece::Words("a {{ b")]);
        assert_eq!(pieces(""), []);
        assert_eq!(Variables::of("{{1}} {{2}} {{1}}").names(), ["1", "2"]);
    }
}
