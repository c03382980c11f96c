//! What a language has to bring.

use chrono::NaiveDate;
use orcazap_core::order::PaymentMethod;
use orcazap_core::quantity::Unit;
use orcazap_core::{Language, Tone};

use super::languages::{english, portuguese, spanish, swahili};
use super::text::Text;
use super::variable::Variable;

/// A language: nothing but words. How messages are built of them is the same for
/// all, and lives beside this file.
///
/// Numbers, amounts and the names of units are [`Language`]'s.
pub(super) trait Tongue: Sync {
    /// A text in a tone, with the names of [`variable`](Self::variable) in braces.
    /// A line, or a paragraph, whose variables are all empty is left out.
    fn text(&self, text: Text, tone: Tone) -> &'static str;

    /// A variable's name.
    fn variable(&self, variable: Variable) -> &'static str;

    /// A way of paying, within a sentence. With a capital it is a label too, so
    /// it has at most 24 characters.
    fn method(&self, method: PaymentMethod) -> &'static str;

    /// How a price is for one of a unit: `cada`, `o m³`.
    fn each(&self, unit: Unit) -> &'static str;

    /// How the number of a unit is asked for: `Quantos sacos`.
    fn how_many(&self, unit: Unit) -> &'static str;

    /// A day in figures, with its year or without.
    fn date(&self, day: NaiveDate, year: bool) -> String;

    /// Days of the week from Monday on.
    fn weekdays(&self) -> [&'static str; 7];

    /// The word that brings messages back to a contact who wanted none; the core
    /// has to know it.
    fn return_word(&self) -> &'static str;
}

/// The words of a language.
pub(super) fn of(language: Language) -> &'static dyn Tongue {
    match language {
        Language::Portuguese => &portuguese::Portuguese,
        Language::English => &english::English,
        Language::Spanish => &spanish::Spanish,
        Language::Swahili => &swahili::Swahili,
    }
}

/// The variable of a name.
pub(super) fn variable(language: Language, name: &str) -> Option<Variable> {
    let tongue = of(language);
    Variable::ALL.iter().copied().find(|variable| tongue.variable(*variable) == name)
}
