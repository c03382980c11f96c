//! Products back into a file.

use ::csv::Writer;
use rust_decimal::Decimal;

use super::row::COLUMNS;
use crate::catalog::{Product, Stock};

/// A catalogue as a file that [`parse`](super::parse) reads back: UTF-8, apart by `,`,
/// every column there. A `;` inside an alias, where it would end it, becomes a `,`.
///
/// ```
/// use orcazap_core::catalog::csv;
///
/// let file = "SKU;Name;Category;Unit;Price\nCIM-50;Cimento CP II 50 kg;Básico;saco;39,90\n";
/// let products = csv::parse(file.as_bytes()).map_err(|wrong| wrong[0].clone())?;
/// assert_eq!(csv::parse(&csv::write(&products)), Ok(products));
/// # Ok::<(), csv::LineError>(())
/// ```
#[must_use]
pub fn write(products: &[Product]) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    let rows = products.iter().map(row);
    let header = COLUMNS.map(str::to_owned);
    for row in std::iter::once(header).chain(rows) {
        // All rows are of one length and go to memory: neither can fail.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

/// The fields of a product, in the order of [`COLUMNS`].
fn row(product: &Product) -> [String; COLUMNS.len()] {
    let said = |value: Option<Decimal>| value.map(|value| value.normalize().to_string());
    let some = |text: Option<String>| text.unwrap_or_default();
    let stock = match product.stock {
        Stock::Untracked => None,
        Stock::Available(quantity) => Some(quantity.as_decimal()),
    };
    let aliases: Vec<String> =
        product.aliases.iter().map(|alias| alias.replace(';', ",")).collect();
    let substitutes: Vec<&str> = product.substitutes.iter().map(|sku| sku.as_str()).collect();
    [
        product.sku.to_string(),
        product.name.clone(),
        product.category.clone(),
        product.unit.code().to_owned(),
        product.price.to_string(),
        some(product.cost.map(|cost| cost.to_string())),
        some(said(Some(product.weight.as_decimal()))),
        some(said(product.pack.map(|pack| pack.qty.as_decimal()))),
        some(product.pack.map(|pack| pack.unit.code().to_owned())),
        some(said(Some(product.step.as_decimal()))),
        aliases.join(";"),
        some(said(stock)),
        some(said(product.max_auto_qty.map(|most| most.as_decimal()))),
        substitutes.join(";"),
        some(said(Some(product.volume.as_decimal()))),
        some(product.cost_date.map(|day| day.to_string())),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let file = std::fs::read("tests/corpus/catalog.csv").unwrap();
        let mut products = parse(&file).unwrap();
        let sku = products[1].sku.clone();
        let first = &mut products[0];
        first.stock = Stock::Available("12.5".parse().unwrap());
        first.max_auto_qty = "200".parse().ok();
        first.substitutes = vec![sku];
        first.volume = "0.035".parse().unwrap();
        first.cost_date = "2026-11-26".parse().ok();
        first.name = "Cimento \"forte\", 50 kg".to_owned();
        first.aliases = vec!["um; dois".to_owned(), "três".to_owned()];
        let read = parse(&write(&products)).unwrap();
        assert_eq!(read[0].aliases, ["um, dois", "três"]);
        products[0].aliases.clone_from(&read[0].aliases);
        assert_eq!(read, products);
    }

    #[test]
    fn no_products_are_a_header_alone() {
        assert_eq!(write(&[]), format!("{}\n", COLUMNS.join(",")).into_bytes());
    }
}
