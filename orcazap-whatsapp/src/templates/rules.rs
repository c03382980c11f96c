//! The platform's rules for a template, before it is submitted.

use thiserror::Error;

use super::definition::{ButtonDefinition, Definition, HeaderDefinition, TemplateCategory};
use super::variables::{Piece, Variables, pieces};

/// A rule of the platform that a template breaks: it would be refused, at once
/// or by the review.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RuleError {
    /// A part is empty.
    #[error("{what} must not be empty")]
    Empty {
        /// Which part.
        what: &'static str,
    },
    /// A part is too long.
    #[error("{what} has at most {max} characters, found {found}")]
    TooLong {
        /// Which part.
        what: &'static str,
        /// The most characters.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// There are too many of something.
    #[error("{what} are at most {max}, found {found}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The most.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A part has a form that the platform refuses.
    #[error("{what} must be {expected}, found {found:?}")]
    Form {
        /// Which part.
        what: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// A variable stands where none may, or has no example.
    #[error("the variable {{{{{name}}}}} {problem}")]
    Variable {
        /// Its name or number.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// There are too few words around the variables (`2388293`).
    #[error("{variables} variables need {min} words of their own around them, found {found}")]
    TooFewWords {
        /// How many variables there are.
        variables: usize,
        /// The fewest words.
        min: usize,
        /// How many there are.
        found: usize,
    },
}

fn length(what: &'static str, text: &str, max: usize) -> Result<(), RuleError> {
    if text.trim().is_empty() {
        return Err(RuleError::Empty { what });
    }
    let found = text.chars().count();
    if found > max { Err(RuleError::TooLong { what, max, found }) } else { Ok(()) }
}

fn form(what: &'static str, expected: &'static str, found: &str) -> RuleError {
    RuleError::Form { what, expected, found: found.chars().take(80).collect() }
}

fn variable(name: &str, problem: &'static str) -> RuleError {
    RuleError::Variable { name: name.to_owned(), problem }
}

fn plain(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

impl Definition {
    /// Checks the platform's rules.
    ///
    /// # Errors
    ///
    /// [`RuleError`], the first rule that is broken.
    pub fn check(&self) -> Result<(), RuleError> {
        length("name", &self.name, 512)?;
        if !plain(&self.name) {
            return Err(form("name", "lower-case letters, digits and underscores", &self.name));
        }
        length("language", &self.language, 16)?;
        self.check_header()?;
        self.check_body()?;
        if let Some(footer) = &self.footer {
            length("footer", footer, 60)?;
            if let Some(name) = Variables::of(footer).names().first() {
                return Err(variable(name, "stands in the footer, where none may"));
            }
        }
        self.check_buttons()?;
        self.check_ttl()
    }

    fn check_header(&self) -> Result<(), RuleError> {
        let handle = match &self.header {
            Some(HeaderDefinition::Text(text)) => {
                length("header", text, 60)?;
                if text.contains(['*', '_', '~', '`']) && Variables::of(text).names().is_empty() {
                    return Err(form("header", "without formatting", text));
                }
                let names = Variables::of(text);
                if names.names().len() > 1 {
                    let found = names.names().len();
                    return Err(RuleError::TooMany {
                        what: "variables of the header",
                        max: 1,
                        found,
                    });
                }
                return names.names().iter().try_for_each(|name| self.check_variable(name));
            }
            Some(
                HeaderDefinition::Image { handle }
                | HeaderDefinition::Video { handle }
                | HeaderDefinition::Document { handle },
            ) => handle,
            Some(HeaderDefinition::Location) | None => return Ok(()),
        };
        if handle.is_empty() {
            return Err(RuleError::Empty { what: "the header's example (header_handle)" });
        }
        Ok(())
    }

    fn check_body(&self) -> Result<(), RuleError> {
        length("body", &self.body, 1024)?;
        let found = pieces(self.body.trim());
        for end in [found.first(), found.last()] {
            if let Some(Piece::Variable(name)) = end {
                return Err(variable(name, "stands at the beginning or the end of the body"));
            }
        }
        for pair in found.windows(2) {
            if let [Piece::Variable(_), Piece::Variable(name)] = pair {
                return Err(variable(name, "stands right behind another one"));
            }
        }
        let variables = self.variables();
        for (place, name) in variables.names().iter().enumerate() {
            self.check_variable(name)?;
            let number = name.parse::<usize>().ok();
            if number.is_some() == variables.are_named() {
                return Err(variable(name, "is a number beside names"));
            }
            if number.is_some_and(|number| number != place + 1) {
                return Err(variable(name, "is out of its order: 1, 2, 3 …"));
            }
        }
        self.check_words(&found, variables.names().len())
    }

    fn check_words(&self, found: &[Piece<'_>], variables: usize) -> Result<(), RuleError> {
        if variables == 0 {
            return Ok(());
        }
        let word = |word: &&str| word.chars().any(char::is_alphanumeric);
        let words = |piece: &Piece<'_>| match piece {
            Piece::Words(text) => text.split_whitespace().filter(word).count(),
            Piece::Variable(_) => 0,
        };
        let (min, found) = (2 * variables + 1, found.iter().map(words).sum());
        if found < min {
            return Err(RuleError::TooFewWords { variables, min, found });
        }
        Ok(())
    }

    fn check_variable(&self, name: &str) -> Result<(), RuleError> {
        if name.is_empty() || !plain(name) {
            return Err(variable(name, "has a name of other than a-z, 0-9 and _"));
        }
        match self.examples.get(name) {
            Some(example) if !example.trim().is_empty() => Ok(()),
            _ => Err(variable(name, "has no example")),
        }
    }

    fn check_buttons(&self) -> Result<(), RuleError> {
        type Is = fn(&ButtonDefinition) -> bool;
        let kinds: [(&'static str, usize, Is); 9] = [
            ("buttons", 10, |_| true),
            ("url buttons", 2, |one| matches!(one, ButtonDefinition::Url { .. })),
            ("phone buttons", 1, |one| matches!(one, ButtonDefinition::PhoneNumber { .. })),
            ("copy code buttons", 1, |one| matches!(one, ButtonDefinition::CopyCode { .. })),
            ("flow buttons", 1, |one| matches!(one, ButtonDefinition::Flow { .. })),
            ("catalog buttons", 1, |one| matches!(one, ButtonDefinition::Catalog { .. })),
            ("mpm buttons", 1, |one| matches!(one, ButtonDefinition::Mpm { .. })),
            ("order buttons", 1, |one| matches!(one, ButtonDefinition::OrderDetails { .. })),
            ("otp buttons", 1, |one| matches!(one, ButtonDefinition::Otp { .. })),
        ];
        for (what, max, is) in kinds {
            let found = self.buttons.iter().filter(|button| is(button)).count();
            if found > max {
                return Err(RuleError::TooMany { what, max, found });
            }
        }
        self.buttons.iter().try_for_each(check_button)?;
        let reply =
            |button: &&ButtonDefinition| matches!(button, ButtonDefinition::QuickReply { .. });
        let changes = self.buttons.windows(2).filter(|pair| match pair {
            [one, two] => reply(&one) != reply(&two),
            _ => false,
        });
        if changes.count() > 1 {
            return Err(form("quick replies", "in one group", "mixed among other buttons"));
        }
        Ok(())
    }

    fn check_ttl(&self) -> Result<(), RuleError> {
        let (min, max) = match self.category {
            TemplateCategory::Authentication => (30, 900),
            TemplateCategory::Utility => (30, 43_200),
            TemplateCategory::Marketing => (43_200, 2_592_000),
        };
        match self.ttl_seconds {
            Some(seconds) if !(min..=max).contains(&seconds) => {
                let expected = match self.category {
                    TemplateCategory::Authentication => "30 to 900 seconds",
                    TemplateCategory::Utility => "30 to 43200 seconds",
                    TemplateCategory::Marketing => "43200 to 2592000 seconds",
                };
                Err(form("ttl_seconds", expected, &seconds.to_string()))
            }
            _ => Ok(()),
        }
    }
}

fn check_button(button: &ButtonDefinition) -> Result<(), RuleError> {
    match button {
        ButtonDefinition::Url { url, example, .. } => {
            length("url", url, 2000)?;
            let names = Variables::of(url);
            match names.names() {
                [] => {}
                [one] => {
                    if !url.ends_with("}}") {
                        return Err(variable(one, "stands not at the end of the address"));
                    }
                    if example.as_deref().unwrap_or_default().is_empty() {
                        return Err(variable(one, "has no example"));
                    }
                }
                more => {
                    let found = more.len();
                    return Err(RuleError::TooMany {
                        what: "variables of an address",
                        max: 1,
                        found,
                    });
                }
            }
        }
        ButtonDefinition::PhoneNumber { phone_number, .. } => {
            length("phone_number", phone_number, 20)?;
        }
        ButtonDefinition::CopyCode { example } => return length("copy code", example, 20),
        // The platform labels these itself.
        ButtonDefinition::Otp { .. } | ButtonDefinition::Other { .. } => return Ok(()),
        _ => {}
    }
    length("button", button.label(), 25)
}
