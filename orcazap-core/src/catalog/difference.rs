//! What tells a few products apart, in as few words as a button has room for:
//! `6 furos` / `8 furos`, `20 mm` / `25 mm`.
//!
//! The words that all names share say nothing. Of the others the fewest leading
//! ones are taken that make every label different; a number brings the shared
//! word behind it along, because `6` alone means little.

use std::collections::BTreeSet;

use super::Product;

/// A label for each product that no other of them has, in the order given.
///
/// Never empty, always unique; a product whose name holds nothing of its own is
/// labelled by its whole name, and by its code where names are the same.
///
/// ```
/// use orcazap_core::catalog::distinguish;
/// # use orcazap_core::{Catalog, Product};
/// # fn tijolo(sku: &str, name: &str) -> Product {
/// #     Product::new(sku.parse().unwrap(), name, orcazap_core::Unit::Piece, "1".parse().unwrap())
/// # }
/// let six = tijolo("TIJ-6F", "Tijolo Cerâmico 6 Furos 9x14x19");
/// let eight = tijolo("TIJ-8F", "Tijolo Cerâmico 8 Furos 9x19x19");
/// assert_eq!(distinguish(&[&six, &eight]), ["6 furos", "8 furos"]);
/// ```
#[must_use]
pub fn distinguish(products: &[&Product]) -> Vec<String> {
    let names: Vec<Vec<String>> = products.iter().map(|product| words(&product.name)).collect();
    let shared = shared_words(&names);
    let longest = names.iter().map(Vec::len).max().unwrap_or(0);
    let labels = (1..=longest)
        .map(|count| names.iter().map(|name| label(name, &shared, count)).collect::<Vec<_>>())
        .find(|labels| all_different(labels))
        .unwrap_or_else(|| products.iter().map(|product| product.name.trim().to_owned()).collect());
    if all_different(&labels) {
        return labels;
    }
    products.iter().map(|product| product.sku.to_string()).collect()
}

/// The name's words as shown: title case lowered, a unit apart from its number.
fn words(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| shown(word.trim_matches(['(', ')', ',', ';']))).collect()
}

fn shown(word: &str) -> String {
    let lower = word.to_lowercase();
    let digits =
        lower.len() - lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    let (number, unit) = lower.split_at(digits);
    if number.is_empty() {
        let title = word.chars().skip(1).all(|c| !c.is_uppercase());
        return if title { lower } else { word.to_owned() };
    }
    match unit {
        "mm" | "cm" | "m" | "kg" | "g" | "l" | "ml" | "m²" | "mm²" => {
            format!("{number} {}", if unit == "l" { "L" } else { unit })
        }
        _ => word.to_owned(),
    }
}

fn shared_words(names: &[Vec<String>]) -> BTreeSet<String> {
    let mut names = names.iter().map(|name| name.iter().cloned().collect::<BTreeSet<_>>());
    let first = names.next().unwrap_or_default();
    names.fold(first, |shared, name| shared.intersection(&name).cloned().collect())
}

/// The first `count` words that are not shared, and the shared word behind a number.
fn label(name: &[String], shared: &BTreeSet<String>, count: usize) -> String {
    const LITTLE: [&str; 9] = ["de", "do", "da", "com", "para", "em", "e", "por", "x"];
    let own = |word: &&String| !shared.contains(*word) && !LITTLE.contains(&word.as_str());
    let mut taken: Vec<&str> = Vec::new();
    for (position, word) in name.iter().enumerate() {
        if taken.len() >= count {
            break;
        }
        if own(&word) {
            taken.push(word);
            let number = word.chars().all(|c| c.is_ascii_digit() || c == ',');
            if let Some(next) =
                name.get(position + 1).filter(|next| number && shared.contains(*next))
            {
                taken.push(next);
            }
        }
    }
    if taken.is_empty() { name.join(" ") } else { taken.join(" ") }
}

fn all_different(labels: &[String]) -> bool {
    let folded: BTreeSet<String> = labels.iter().map(|label| crate::text::plain(label)).collect();
    folded.len() == labels.len() && labels.iter().all(|label| !label.trim().is_empty())
}
