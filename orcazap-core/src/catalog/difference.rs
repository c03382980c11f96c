//! What tells a few products apart, in as few words as a button has room for:
//! `6 furos` / `8 furos`, `20 mm` / `25 mm`.
//!
//! A name is cut into parts that mean something by themselves: a number with its
//! unit or the word behind it, a grade (`AC II`), a word. A product's label is
//! the fewest of its parts that no other of the products has together; of as
//! few, the ones with a number come first, then the ones that stand first.

use std::collections::BTreeSet;

use super::Product;
use crate::text::plain;

/// The characters a button has room for.
const ROOM: usize = 20;

/// A label for each product that no other of them has, in the order given.
///
/// Never empty, always unique, and 20 characters at most. Where names hold
/// nothing that fits, the label is the product's code, else its place in the
/// order (`opção 2`).
///
/// ```
/// use orcazap_core::catalog::distinguish;
/// # use orcazap_core::{Catalog, Product};
/// # fn tijolo(sku: &str, name: &str) -> Product {
/// #     Product::new(sku.parse().unwrap(), name, orcazap_core::Unit::Piece, "1".parse().unwrap())
/// # }
/// let six = tijolo("TIJ-6F", "Tijolo Cerâmico 6 Furos 9x14x19");
/// let eight = tijolo("TIJ-8F", "Tijolo Cerâmico 8 Furos 9x19x19");
/// let solid = tijolo("TIJ-M", "Tijolo Maciço");
/// assert_eq!(distinguish(&[&six, &eight, &solid]), ["6 furos", "8 furos", "maciço"]);
/// ```
#[must_use]
pub fn distinguish(products: &[&Product]) -> Vec<String> {
    let names: Vec<Vec<Part>> = products.iter().map(|product| parts(&product.name)).collect();
    let own = products.iter().enumerate().map(|(at, product)| {
        own_parts(at, &names).or_else(|| Some(product.name.trim().to_owned()).filter(|n| fits(n)))
    });
    if let Some(labels) = own.collect::<Option<Vec<_>>>().filter(|labels| all_different(labels)) {
        return labels;
    }
    let codes: Vec<String> = products.iter().map(|product| product.sku.to_string()).collect();
    if codes.iter().all(|code| fits(code)) && all_different(&codes) {
        return codes;
    }
    (1..=products.len()).map(|place| format!("opção {place}")).collect()
}

/// A part of a name that means something by itself.
#[derive(Debug, Clone)]
struct Part {
    shown: String,
    /// How it compares.
    key: String,
    /// It holds a number or says a grade.
    numbered: bool,
}

/// Cuts a name into its parts.
fn parts(name: &str) -> Vec<Part> {
    let words: Vec<&str> = name
        .split_whitespace()
        .map(|word| word.trim_matches(['(', ')', ',', ';']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let next = words.get(at + 1).copied().unwrap_or_default();
        at += 1;
        let (shown, numbered) = if is_number(word) && is_word(next) {
            at += 1;
            (format!("{word} {}", unit_or_word(next)), true)
        } else if is_grade(word, next) {
            at += 1;
            (format!("{word} {next}"), true)
        } else if is_little(word) {
            continue;
        } else {
            (shown(word), word.contains(|c: char| c.is_ascii_digit()))
        };
        let key = plain(&shown);
        if !key.is_empty() {
            parts.push(Part { shown, key, numbered });
        }
    }
    parts
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'))
}

fn is_word(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_alphabetic) && !is_little(word)
        || matches!(word, "m" | "l" | "L" | "g" | "W" | "A" | "V")
}

/// `AC II`, `CP III`: letters whose number is Roman.
fn is_grade(word: &str, next: &str) -> bool {
    let roman = !next.is_empty() && next.chars().all(|c| matches!(c, 'I' | 'V'));
    roman && word.len() <= 3 && word.chars().all(char::is_alphabetic)
}

fn is_little(word: &str) -> bool {
    const LITTLE: [&str; 10] = ["de", "do", "da", "com", "para", "em", "e", "por", "x", "-"];
    LITTLE.contains(&word.to_lowercase().as_str())
}

/// A word as shown: title case lowered, a unit apart from its number.
fn shown(word: &str) -> String {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let (number, unit) = word.split_at(word.len() - digits.len());
    if number.is_empty() {
        let title = word.chars().skip(1).all(|c| !c.is_uppercase());
        return if title { word.to_lowercase() } else { word.to_owned() };
    }
    match unit.to_lowercase().as_str() {
        "mm" | "cm" | "m" | "kg" | "g" | "l" | "ml" | "m²" | "mm²" | "m2" | "mm2" | "w" | "a"
        | "v" => format!("{number} {}", unit_or_word(unit)),
        _ => word.to_owned(),
    }
}

fn unit_or_word(unit: &str) -> String {
    match unit.to_lowercase().as_str() {
        "l" => "L".to_owned(),
        "w" => "W".to_owned(),
        "a" => "A".to_owned(),
        "v" => "V".to_owned(),
        "m2" => "m²".to_owned(),
        "mm2" => "mm²".to_owned(),
        lower => lower.to_owned(),
    }
}

/// The fewest parts of one name that no other name has together.
fn own_parts(at: usize, names: &[Vec<Part>]) -> Option<String> {
    /// More parts than a button has room for.
    const MOST: usize = 12;
    let name = names.get(at)?;
    let keys: Vec<BTreeSet<&str>> = names
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, name)| name.iter().map(|part| part.key.as_str()).collect())
        .collect();
    let common = |part: &&Part| keys.iter().all(|keys| keys.contains(part.key.as_str()));
    let own: Vec<&Part> = name.iter().filter(|part| !common(part)).take(MOST).collect();
    let label = |chosen: &[&Part]| {
        let tells =
            keys.iter().all(|keys| chosen.iter().any(|part| !keys.contains(part.key.as_str())));
        let shown: Vec<&str> = chosen.iter().map(|part| part.shown.as_str()).collect();
        Some(shown.join(" ")).filter(|label| tells && fits(label))
    };
    let singles = own.iter().filter(|part| part.numbered);
    let singles = singles.chain(own.iter().filter(|part| !part.numbered));
    let pairs = own
        .iter()
        .enumerate()
        .flat_map(|(first, part)| own.iter().skip(first + 1).map(move |second| [*part, *second]));
    let triples = own.windows(3);
    singles
        .filter_map(|part| label(&[part]))
        .chain(pairs.filter_map(|pair| label(&pair)))
        .chain(triples.filter_map(label))
        .next()
}

fn fits(label: &str) -> bool {
    !label.trim().is_empty() && label.chars().count() <= ROOM
}

fn all_different(labels: &[String]) -> bool {
    let folded: BTreeSet<String> = labels.iter().map(|label| plain(label)).collect();
    folded.len() == labels.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(names: &[&str]) -> Vec<String> {
        let products: Vec<Product> = names
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let sku = format!("P-{at}").parse().unwrap();
                Product::new(sku, *name, crate::Unit::Piece, "1".parse().unwrap())
            })
            .collect();
        distinguish(&products.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_number_is_shown_with_the_word_or_unit_behind_it() {
        let bricks =
            ["Tijolo Cerâmico 6 Furos 9x14x19", "Tijolo Cerâmico 8 Furos", "Tijolo Maciço"];
        assert_eq!(labels(&bricks), ["6 furos", "8 furos", "maciço"]);
        assert_eq!(labels(&["Tubo Soldável 20mm 6m", "Tubo Soldável 25mm 6m"]), ["20 mm", "25 mm"]);
        assert_eq!(labels(&["DISJ DIN MONO 16A", "DISJ DIN BIP 32A"]), ["16 A", "32 A"]);
        assert_eq!(labels(&["Argamassa AC I 20kg", "Argamassa AC II 20kg"]), ["AC I", "AC II"]);
    }

    #[test]
    fn words_tell_apart_what_numbers_do_not() {
        let cables = ["Cabo 2,5mm Preto", "Cabo 2,5mm Azul", "Cabo 4mm Azul"];
        assert_eq!(labels(&cables), ["preto", "2,5 mm azul", "4 mm"]);
    }

    #[test]
    fn labels_are_short_unique_and_never_empty_whatever_the_names_are() {
        let long = "Impermeabilizantesuperconcentrado";
        for names in [
            vec!["Areia", "Areia"],
            vec!["Areia", "Areia Fina"],
            vec![long, "Impermeabilizantesuperconcentradoplus"],
            vec!["()", "-", ""],
            vec!["Tinta A B C D", "Tinta B C D A", "Tinta A B", "Tinta C D"],
        ] {
            let labels = labels(&names);
            assert_eq!(labels.len(), names.len());
            assert!(all_different(&labels) && labels.iter().all(|label| fits(label)), "{labels:?}");
        }
    }
}
