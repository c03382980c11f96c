//! Whether a store's own text can stand in place of ours: looked at when it is
//! saved, so that nothing is left to go wrong when a customer waits.

use std::collections::BTreeSet;

use orcazap_core::Language;
use thiserror::Error;

use super::template::{Part, parts, without_emoji};
use super::text::Text;
use super::variable::Variable;

/// The longest text that is looked at, in characters, variables as they are written.
pub const MAX_SOURCE: usize = 1500;

/// What is wrong with a store's own text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextFault {
    /// Nothing is left when blanks and emoji are taken out.
    #[error("a text has words")]
    Blank,
    /// It is too long to be looked at.
    #[error("a text is written in at most {MAX_SOURCE} characters, found {found}")]
    TooLongToRead {
        /// How many characters it has.
        found: usize,
    },
    /// It would be too long once its variables are filled.
    #[error("expected at most {max} characters with the longest values, found {found}")]
    TooLong {
        /// The most.
        max: usize,
        /// How many there would be.
        found: usize,
    },
    /// A character that controls instead of being read.
    #[error("expected letters and signs, found the control character {found:?}")]
    Control {
        /// Which.
        found: char,
    },
    /// A label goes over more than one line.
    #[error("a label is on one line")]
    NotOneLine,
    /// A brace without its other one.
    #[error("a brace has no other one")]
    Brace,
    /// A name in braces that may not stand in this text.
    #[error("expected a variable of this text, found {found:?}")]
    UnknownVariable {
        /// The name as it was written, cut to 40 characters.
        found: String,
    },
    /// A variable stands in it more than once.
    #[error("{variable:?} stands more than once")]
    Repeated {
        /// Which.
        variable: Variable,
    },
    /// A variable that has to stand in it does not.
    #[error("{variable:?} is missing")]
    Missing {
        /// Which.
        variable: Variable,
    },
    /// Another label under the same message reads the same.
    #[error("reads like {other:?}, under the same message")]
    SameAs {
        /// Which.
        other: Text,
    },
}

/// A text as it is kept: its line ends as ours, no blanks around it.
pub(super) fn tidy(source: &str) -> String {
    source.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// All that is wrong with a [tidy](tidy) text by itself; empty when it can be used.
pub(super) fn faults(text: Text, language: Language, source: &str) -> Vec<TextFault> {
    let found = source.chars().count();
    if found > MAX_SOURCE {
        return vec![TextFault::TooLongToRead { found }];
    }
    let mut faults = Vec::new();
    if without_emoji(source).trim().is_empty() {
        faults.push(TextFault::Blank);
    }
    faults.extend(source.chars().find(|c| controls(*c)).map(|found| TextFault::Control { found }));
    if text.limit().one_line() && source.contains('\n') {
        faults.push(TextFault::NotOneLine);
    }
    let mut seen = BTreeSet::new();
    let mut length = 0;
    for part in parts(source, language) {
        match part {
            Part::Words(words) => length += words.chars().count(),
            Part::Variable(variable) if !text.variables().contains(&variable) => {
                faults.push(unknown(super::tongue::of(language).variable(variable)));
            }
            Part::Variable(variable) => {
                length += variable.reckoned();
                if !seen.insert(variable) {
                    faults.push(TextFault::Repeated { variable });
                }
            }
            Part::Unknown(name) => faults.push(unknown(name)),
            Part::Brace => faults.push(TextFault::Brace),
        }
    }
    let missing = text.required().iter().filter(|variable| !seen.contains(variable));
    faults.extend(missing.map(|variable| TextFault::Missing { variable: *variable }));
    let max = text.limit().max();
    if length > max {
        faults.push(TextFault::TooLong { max, found: length });
    }
    faults.dedup();
    faults
}

fn unknown(name: &str) -> TextFault {
    TextFault::UnknownVariable { found: name.chars().take(40).collect() }
}

/// Whether a character changes how others are shown, or can't be shown at all.
/// The joiners of emoji are fine.
fn controls(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: Text, source: &str, expected: &[TextFault]) {
        assert_eq!(faults(text, Language::Portuguese, &tidy(source)), expected, "{source:?}");
    }

    #[test]
    fn a_text_that_can_be_used_has_no_fault() {
        check(Text::Welcome, "Oi! Aqui é a {loja}. 😀\r\nMande sua lista.", &[]);
        check(Text::ButtonAccept, "Quero fechar", &[]);
        check(Text::TotalLine, "Fica em *{valor}*", &[]);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        check(
            Text::OptedOut,
            "Tchau {nome}, {loja} {loja} {",
            &[
                unknown("nome"),
                TextFault::Repeated { variable: Variable::Store },
                TextFault::Brace,
                TextFault::Missing { variable: Variable::Return },
            ],
        );
    }

    #[test]
    fn a_variable_of_another_text_is_unknown_in_this() {
        check(Text::Declined, "Era {total}", &[unknown("total")]);
    }

    #[test]
    fn labels_are_short_and_on_one_line() {
        check(Text::ButtonChange, "a\nb", &[TextFault::NotOneLine]);
        check(Text::ButtonChange, &"é".repeat(20), &[]);
        check(Text::ButtonChange, &"é".repeat(21), &[TextFault::TooLong { max: 20, found: 21 }]);
        check(Text::HeadingPayment, &"x".repeat(25), &[TextFault::TooLong { max: 24, found: 25 }]);
    }

    #[test]
    fn length_is_reckoned_with_the_longest_values() {
        let source = format!("{{loja}}{}", "x".repeat(1024 - 120));
        check(Text::Welcome, &source, &[]);
        let source = format!("{source}x");
        check(Text::Welcome, &source, &[TextFault::TooLong { max: 1024, found: 1025 }]);
        let endless = "x".repeat(MAX_SOURCE + 1);
        let found = MAX_SOURCE + 1;
        check(Text::Welcome, &endless, &[TextFault::TooLongToRead { found }]);
    }

    #[test]
    fn what_can_not_be_read_is_refused() {
        for found in ['\0', '\u{1b}', '\t', '\u{202e}', '\u{2066}', '\u{feff}'] {
            check(Text::Declined, &format!("a{found}b"), &[TextFault::Control { found }]);
        }
        for blank in ["", " \n ", "👍", " ✅\n🙂"] {
            check(Text::Declined, blank, &[TextFault::Blank]);
        }
        check(Text::Declined, "Família 👨‍👩‍👧", &[]);
    }
}
