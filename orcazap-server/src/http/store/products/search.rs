//! Finding products by what a person types: a code, or words of the name.

use orcazap_core::{Catalog, Product};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The longest search.
const MAX_CHARS: usize = 100;
/// How many products are named where several fit.
const NAMED: usize = 4;

/// The words of a search.
#[derive(Debug)]
pub(in crate::http::store) struct Wanted(Vec<String>);

impl Wanted {
    pub(in crate::http::store) fn new(text: &str) -> Self {
        Self(folded(text).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether every word is in a text; no words are in every text.
    pub(in crate::http::store) fn is_in(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().all(|word| text.contains(word.as_str()))
    }

    /// Whether every word is in a product's code, name or other names.
    pub(in crate::http::store) fn fits(&self, product: &Product) -> bool {
        let mut words = product.name.clone();
        for more in product.aliases.iter().map(String::as_str).chain([product.sku.as_str()]) {
            words.push(' ');
            words.push_str(more);
        }
        self.is_in(&words)
    }
}

/// The products that a search finds, in their own order: all when nothing is searched.
pub(in crate::http::store) fn matching<'a>(
    products: &'a [Product],
    query: &str,
) -> impl Iterator<Item = &'a Product> {
    let query: String = query.trim().chars().take(MAX_CHARS).collect();
    let wanted = Wanted::new(&query);
    products.iter().filter(move |product| wanted.fits(product))
}

/// The one product that a person means: by its code in any case, else by words that fit
/// no other.
///
/// # Errors
///
/// What to type instead, in words.
pub(in crate::http::store) fn find<'a>(
    catalog: &'a Catalog,
    text: &str,
) -> Result<&'a Product, String> {
    let code = text.trim();
    if code.is_empty() {
        return Err("Escreva o código do produto.".to_owned());
    }
    let shown: String = code.chars().take(60).collect();
    let products = catalog.products();
    let exact = code.parse().ok().and_then(|sku| catalog.get(&sku));
    let in_any_case = || {
        let code = code.to_lowercase();
        products.iter().find(|product| product.sku.as_str().to_lowercase() == code)
    };
    if let Some(product) = exact.or_else(in_any_case) {
        return Ok(product);
    }
    let mut fitting = matching(products, code);
    let first: Vec<&Product> = fitting.by_ref().take(NAMED).collect();
    match first.as_slice() {
        [] => Err(format!("Nenhum produto tem o código ou o nome “{shown}”.")),
        [one] => Ok(one),
        several => {
            let named: Vec<String> =
                several.iter().map(|one| format!("{} ({})", one.sku, one.name)).collect();
            let more = if fitting.next().is_some() { " e outros" } else { "" };
            let named = named.join(", ");
            Err(format!("Mais de um produto serve: {named}{more}. Escreva o código."))
        }
    }
}

/// In lower case and without accents.
fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|character| !is_combining_mark(*character));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use orcazap_core::Unit;

    use super::*;

    fn catalog() -> Catalog {
        let product = |sku: &str, name: &str| {
            Product::new(sku.parse().unwrap(), name, Unit::CubicMeter, "1".parse().unwrap())
        };
        let products = vec![
            product("ARE-MED", "Areia Média"),
            product("ARE-FINA", "Areia Fina"),
            product("BRI", "Brita"),
        ];
        Catalog::new(products).unwrap()
    }

    #[test]
    fn a_search_knows_neither_case_nor_accents_nor_order() {
        assert_eq!(folded("AREIA Média"), "areia media");
        assert_eq!(folded("ÇÃO"), "cao");
    }

    #[test]
    fn a_product_is_named_by_its_code_or_by_words_of_no_other() {
        let catalog = catalog();
        let found = |text: &str| find(&catalog, text).map(|product| product.sku.to_string());
        assert_eq!(found("bri"), Ok("BRI".to_owned()));
        assert_eq!(found(" media AREIA "), Ok("ARE-MED".to_owned()));
        assert!(found("areia").unwrap_err().contains("ARE-MED (Areia Média), ARE-FINA"));
        assert!(found("cal").unwrap_err().contains("“cal”"));
        assert!(found(" ").is_err());
    }
}
