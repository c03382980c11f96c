//! Text as it is compared: lower case, without accents, single spaces.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Zero-width characters, direction marks, variation selectors, soft hyphens.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// The text without what cannot be seen.
pub(crate) fn visible(text: &str) -> String {
    text.chars().filter(|character| !is_invisible(*character)).collect()
}

/// The text in lower case, without accents, words apart by one space and
/// anything else than letters and digits taken as a space.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)) {
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
        assert_eq!(plain("Vi\u{200b}la \u{202e}Nova"), "vila nova");
    }
}
