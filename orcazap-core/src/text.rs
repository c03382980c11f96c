//! Text as it is compared: lower case, without accents, single spaces.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, without accents, words apart by one space and
/// anything else than letters and digits taken as a space.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if character.is_alphanumeric() {
            out.extend(character.to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn case_accents_and_marks_do_not_matter() {
        assert_eq!(plain("  Ipê-Amarelo,  São João! "), "ipe amarelo sao joao");
        assert_eq!(plain("🙂"), "");
    }
}
