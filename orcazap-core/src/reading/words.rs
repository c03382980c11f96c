//! Words as they are compared: singular, without the ending that marks gender,
//! and as they sound, for spelling mistakes.

use std::borrow::Cow;

/// The word without plural and gender: `tijolos` and `tijolo` are one, so are
/// `branca` and `branco`. For comparing only; it need not be a word.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    match singular(word) {
        Cow::Borrowed(one) => Cow::Borrowed(without_gender(one)),
        Cow::Owned(mut one) => {
            one.truncate(without_gender(&one).len());
            Cow::Owned(one)
        }
    }
}

fn without_gender(word: &str) -> &str {
    let gendered =
        word.len() >= 5 && word.is_ascii() && word.ends_with(['a', 'o']) && !word.ends_with("ao");
    match word.get(..word.len().saturating_sub(1)) {
        Some(stem) if gendered && !KEPT.contains(&word) => stem,
        _ => word,
    }
}

/// Nouns that keep their ending: without it they would be another word (`barra`
/// and `barro`) or what another is cut short to (`PORC` of a tile, `SOLD` of a pipe).
const KEPT: [&str; 7] = ["banheira", "barro", "barra", "porca", "porta", "resina", "solda"];

fn singular(word: &str) -> Cow<'_, str> {
    const ENDINGS: [(&str, &str); 9] = [
        ("oes", "ao"),
        ("aes", "ao"),
        ("ais", "al"),
        ("eis", "el"),
        ("ois", "ol"),
        ("uis", "ul"),
        ("zes", "z"),
        ("ns", "m"),
        ("is", "il"),
    ];
    let Some(one) = word.strip_suffix('s').filter(|one| one.len() >= 2 && one.is_ascii()) else {
        return Cow::Borrowed(word);
    };
    if word.len() > 4 {
        for (plural, ending) in ENDINGS {
            if let Some(root) = word.strip_suffix(plural) {
                return Cow::Owned(format!("{root}{ending}"));
            }
        }
        if let [.., vowel, b'r', b'e', b's'] = word.as_bytes()
            && is_vowel(*vowel)
        {
            return Cow::Borrowed(word.strip_suffix("es").unwrap_or(word));
        }
    }
    let voiced = one.bytes().last().is_some_and(is_vowel);
    Cow::Borrowed(if voiced { one } else { word })
}

pub(crate) fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether a term has no vowel, but as its last letter: `rgt`, `rjte`.
pub(crate) fn is_skeleton(term: &str) -> bool {
    let consonants = |text: &str| text.bytes().all(|c| c.is_ascii_lowercase() && !is_vowel(c));
    consonants(term) || term.len() > 3 && consonants(without_last_vowel(term))
}

/// A word without a vowel at its end.
pub(crate) fn without_last_vowel(term: &str) -> &str {
    term.strip_suffix(['a', 'e', 'i', 'o', 'u']).unwrap_or(term)
}

/// Words that carry no meaning between the words of a name.
pub(crate) fn is_little(word: &str) -> bool {
    matches!(
        word,
        "de" | "do"
            | "da"
            | "dos"
            | "das"
            | "d"
            | "e"
            | "em"
            | "no"
            | "na"
            | "nos"
            | "nas"
            | "o"
            | "a"
            | "os"
            | "as"
            | "para"
            | "pra"
            | "pro"
            | "p"
            | "com"
            | "c"
            | "ao"
            | "por"
            | "pr"
            | "um"
            | "uma"
            | "que"
            | "n"
            | "num"
            | "nº"
    )
}

/// The word as it sounds, for finding what a misspelt word means: `simento` and
/// `cimento` sound the same, so do `inxada` and `enxada`.
pub(crate) fn sound(word: &str) -> String {
    let bytes = word.as_bytes();
    let mut sound = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let next = bytes.get(at + 1).copied();
        let (letter, taken) = match (byte, next) {
            (b'l', Some(b'h')) => {
                // `malia` is `malha`.
                if !sound.ends_with('l') {
                    sound.push('l');
                }
                ('i', 2)
            }
            (b'c' | b's', Some(b'h')) => ('x', 2),
            (b'p', Some(b'h')) => ('f', 2),
            (b'q' | b'g', Some(b'u'))
                if bytes.get(at + 2).is_some_and(|b| matches!(b, b'e' | b'i')) =>
            {
                (if byte == b'q' { 'k' } else { 'g' }, 2)
            }
            (b'c', Some(b'e' | b'i' | b'y')) | (b's' | b'z', _) => ('s', 1),
            (b'c' | b'k' | b'q', _) => ('k', 1),
            (b'g', Some(b'e' | b'i')) | (b'j', _) => ('j', 1),
            (b'h', _) => {
                at += 1;
                continue;
            }
            (b'y', _) | (b'e', _) | (b'i', _) => ('i', 1),
            (b'o', _) | (b'u', _) => ('u', 1),
            (b'w', _) => ('v', 1),
            (b'm', Some(follow)) if !is_vowel(follow) && follow != b'n' => ('n', 1),
            _ => (char::from(byte), 1),
        };
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
        at += taken;
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plural_and_gender_do_not_matter() {
        for (many, one) in [
            ("tijolos", "tijolo"),
            ("galoes", "galao"),
            ("azuis", "azul"),
            ("brancas", "branco"),
            ("disjuntores", "disjuntor"),
            ("pas", "pa"),
            ("paineis", "painel"),
            ("vernizes", "verniz"),
            ("paredes", "parede"),
            ("jardins", "jardim"),
        ] {
            assert_eq!(stem(many), stem(one), "{many}");
        }
        assert_ne!(stem("barra"), stem("barro"));
        assert_ne!(stem("portao"), stem("porta"));
        assert_eq!((&*stem("porcas"), &*stem("porc")), ("porca", "porc"));
        assert_eq!(stem("dps"), "dps");
    }

    #[test]
    fn misspelt_words_sound_right() {
        for (wrong, right) in [
            ("simento", "cimento"),
            ("cimemto", "cimento"),
            ("inxada", "enxada"),
            ("pinsel", "pincel"),
            ("arreia", "areia"),
            ("britta", "brita"),
            ("emgate", "engate"),
            ("recosido", "recozido"),
            ("cifao", "sifao"),
            ("fotocelola", "fotocelula"),
        ] {
            assert_eq!(sound(wrong), sound(right), "{wrong}");
        }
    }
}
