//! A catalogue from a CSV file: all of its products, or every line that is
//! wrong with its number, column and reason. Nothing is half read.
//!
//! The file is UTF-8 (a byte-order mark is passed over), UTF-16 with its mark,
//! or else windows-1252, as old spreadsheets write it; columns are apart by `,`
//! or `;`, whichever the header has more of; quoting is RFC 4180's.
//!
//! | column | | meaning |
//! | --- | --- | --- |
//! | `sku` | required | the store's code, unique |
//! | `name` | required | the name on the shelf |
//! | `category` | required | one of the store's categories |
//! | `unit` | required | code of the sale unit: `un`, `saco`, `m3`, … |
//! | `price` | required | list price of one sale unit, more than zero |
//! | `cost` | | cost of one sale unit; empty: not known |
//! | `weight_kg` | | weight of one sale unit; empty: 0 |
//! | `pack_qty`, `pack_unit` | both or none | what one sale unit contains |
//! | `step` | | smallest step it is sold in; empty: 1 |
//! | `aliases` | | other names customers use, apart by `;` |
//!
//! Numbers have a point or a comma as the decimal mark, and may part thousands
//! by the other; what could be either (`1,234`) is refused.

//!
//! ```
//! use orcazap_core::{Catalog, catalog::csv};
//!
//! let file = "SKU;Name;Category;Unit;Price\nCIM-50;Cimento CP II 50 kg;Básico;saco;39,90\n";
//! let catalog = Catalog::new(csv::parse(file.as_bytes()).map_err(|wrong| wrong[0].clone())?)?;
//! assert_eq!(catalog.products()[0].price, "39.90".parse()?);
//!
//! let wrong = csv::parse(file.replace("saco", "balaio").as_bytes()).unwrap_err();
//! assert!(wrong[0].to_string().starts_with("line 2, unit: expected a unit such as un, saco, m3"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod number;
mod row;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use ::csv::{ReaderBuilder, Trim};

use super::{Catalog, Product, Sku};
use row::{Columns, Row};
use text::{Lines, decode, delimiter};

/// The largest file read: 32 MiB.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Once so many faults are found, a file is read no further.
pub const MAX_ERRORS: usize = 1000;

/// What is wrong with one line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// The number of the line in the file, from 1; of the first line of a
    /// product that spans several.
    pub line: u64,
    /// The column, when it is one that is wrong.
    pub column: Option<&'static str>,
    /// What was expected and what was found.
    pub reason: String,
}

impl std::error::Error for LineError {}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Reads a catalogue.
///
/// # Errors
///
/// Every wrong line, in the order of the file; never an empty list. Behind
/// [`MAX_ERRORS`] faults the rest is not read, and the last one says so. A file
/// without a usable header has one error, on line 1.
///
/// What is given back makes a [`Catalog`]: its products break no
/// [`ProductRule`](super::ProductRule), and no code stands twice.
pub fn parse(bytes: &[u8]) -> Result<Vec<Product>, Vec<LineError>> {
    let whole = |reason: String| vec![LineError { line: 1, column: None, reason }];
    if bytes.len() > MAX_BYTES {
        return Err(whole(format!(
            "a catalogue has at most {MAX_BYTES} bytes, found {}",
            bytes.len()
        )));
    }
    let text = decode(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(&text))
        .has_headers(true)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| whole(error.to_string()))?;
    let columns = Columns::find(header).map_err(whole)?;

    let mut products = Vec::new();
    let mut errors = Vec::new();
    let mut first_lines: BTreeMap<Sku, u64> = BTreeMap::new();
    let mut lines = Lines::of(&text);
    for record in reader.records() {
        if errors.len() >= MAX_ERRORS {
            let reason = "the lines behind the last one named are not read".to_owned();
            errors.push(LineError { line: lines.number(), column: None, reason });
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = lines.number_at(error.position());
                errors.push(LineError { line, column: None, reason: error.to_string() });
                continue;
            }
        };
        let line = lines.number_at(record.position());
        if record.iter().all(str::is_empty) {
            continue;
        }
        if products.len() >= Catalog::MAX_PRODUCTS {
            let reason = format!("a catalogue has at most {} products", Catalog::MAX_PRODUCTS);
            errors.push(LineError { line, column: None, reason });
            break;
        }
        let mut row = Row { columns: &columns, record: &record, line, errors: &mut errors };
        let Some(product) = row.product() else { continue };
        match first_lines.get(&product.sku) {
            Some(first) => {
                let reason = format!("{} stands on line {first} already", product.sku);
                row.fault("sku", reason);
            }
            None => {
                first_lines.insert(product.sku.clone(), line);
                products.push(product);
            }
        }
    }
    if products.is_empty() && errors.is_empty() {
        errors = whole("there is no product below the header".to_owned());
    }
    if errors.is_empty() { Ok(products) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;
    use crate::Unit;

    const HEADER: &str =
        "sku,name,category,unit,price,cost,weight_kg,pack_qty,pack_unit,step,aliases\n";

    fn faults(csv: &str) -> Vec<String> {
        parse(csv.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_line_becomes_a_product() {
        let line = "CIM,\"Cimento, CP II\",Cimento,saco,39.90,34.31,50,50,kg,1,cimento; cp2 ;\n";
        let products = parse(format!("{HEADER}{line}").as_bytes()).unwrap();
        let [product] = products.as_slice() else { panic!("{products:?}") };
        assert_eq!(product.name, "Cimento, CP II");
        assert_eq!(product.unit, Unit::Bag);
        assert_eq!(product.price.to_string(), "39.9");
        assert_eq!(product.pack.unwrap().unit, Unit::Kilogram);
        assert_eq!(product.aliases, ["cimento", "cp2"]);
    }

    #[test]
    fn a_spreadsheet_of_the_nineties_is_read_too() {
        let text = "SKU;Name;Category;Unit;Price\r\nA;Areia média;Básico;m3;129,90\r\n";
        let (old, _, _) = WINDOWS_1252.encode(text);
        let with_mark = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        for bytes in [old.as_ref(), text.as_bytes(), &with_mark] {
            let products = parse(bytes).unwrap();
            let names: Vec<_> = products.iter().map(|p| (p.name.as_str(), p.price)).collect();
            assert_eq!(names, [("Areia média", "129.90".parse().unwrap())]);
        }
    }

    #[test]
    fn every_wrong_line_is_named_with_its_number_column_and_reason() {
        let csv = format!(
            "{HEADER}\
             A,Areia,Básico,m3,10,,,,,,\n\
             B,,Básico,balaio,0,x,,,,,\n\
             \n\
             A,Areia,Básico,m3,10,,,,,,\n\
             E,\"Outra\nareia\",Básico,m3,10,,,,,,\n\
             C,Pedra,Básico,m3,10,,,2,,0,\n\
             D,Curta\n"
        );
        assert_eq!(
            faults(&csv),
            [
                "line 3, name: is empty",
                "line 3, unit: expected a unit such as un, saco, m3, found \"balaio\"",
                "line 3, price: expected more than zero",
                "line 3, cost: expected a number such as 12.50, found \"x\"",
                "line 5, sku: A stands on line 2 already",
                "line 6, name: holds a control character",
                "line 8, pack_unit: is empty although pack_qty is not",
                "line 8, step: expected more than zero",
                "line 9, category: is empty",
                "line 9, unit: is empty",
                "line 9, price: is empty",
            ]
        );
    }

    #[test]
    fn a_header_that_is_not_ours_is_refused_whole() {
        assert_eq!(faults(""), ["line 1: the header lacks sku, name, category, unit, price"]);
        assert_eq!(faults("sku,name\nA,B\n"), ["line 1: the header lacks category, unit, price"]);
        assert!(faults("sku,custo\n")[0].contains("unknown column \"custo\""));
        assert!(faults("sku,sku\n")[0].contains("stands twice"));
        assert_eq!(faults(HEADER), ["line 1: there is no product below the header"]);
    }

    #[test]
    fn a_file_of_faults_is_not_read_to_its_end() {
        let told = faults(&format!("{HEADER}{}", "x\n".repeat(MAX_ERRORS)));
        assert_eq!(told.len(), MAX_ERRORS + 1);
        assert_eq!(
            told.last().unwrap(),
            "line 251: the lines behind the last one named are not read"
        );
    }

    #[test]
    fn what_no_catalogue_takes_is_refused_on_its_line() {
        let (name, category) = ("n".repeat(301), "c".repeat(121));
        let aliases = vec!["a"; 101].join(";");
        assert_eq!(
            faults(&format!("{HEADER}A,{name},{category},un,1,,,,,,\"{aliases}\"\n")),
            [
                "line 2, name: has at most 300 characters, found 301",
                "line 2, category: has at most 120 characters, found 121",
                "line 2, aliases: has at most 100 aliases, found 101",
            ]
        );
    }

    #[test]
    fn noise_is_refused_and_never_panics() {
        let noise: Vec<u8> =
            (0..4096_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        assert!(parse(&noise).is_err());
        assert!(parse(&vec![b'"'; 10_000]).is_err());
        assert!(parse(&vec![b'a'; MAX_BYTES + 1]).is_err());
    }
}
