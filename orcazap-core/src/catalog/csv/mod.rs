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
//! | `stock` | | sale units that are there, 0 for none; empty: not counted |
//! | `max_auto_qty` | | the most sale units that a quote holds and still goes out unseen; empty: any |
//! | `substitutes` | | codes of products of this file that serve in its place, best first, apart by `;` |
//! | `volume_m3` | | room that one sale unit takes on the truck, in m³; empty: 0 |
//! | `cost_date` | | the day the cost was confirmed: `2026-11-26` or `26/11/2026`; empty: not known |
//!
//! Numbers have a point or a comma as the decimal mark, and may part thousands
//! by the other; what could be either (`1,234`) is refused. A column that may be
//! empty may also be left out: [`parse_over`] then leaves what is known already.
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
mod write;

use std::collections::BTreeMap;
use std::fmt;

use ::csv::{ReaderBuilder, Trim};

use super::{Catalog, Product, Sku};
use row::{Columns, Row};
use text::{Lines, decode, delimiter};
pub use write::write;

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
    parse_over(bytes, &[])
}

/// Reads a catalogue in place of products that are known already: where the file has
/// no column for something, a known product keeps it. A file of prices alone forgets
/// no stock and no alias; an empty field of a column that is there empties it.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_over(bytes: &[u8], known: &[Product]) -> Result<Vec<Product>, Vec<LineError>> {
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

    let known: BTreeMap<&Sku, &Product> = known.iter().map(|one| (&one.sku, one)).collect();
    let mut products = Vec::new();
    let mut errors = Vec::new();
    let mut first_lines: BTreeMap<Sku, u64> = BTreeMap::new();
    let mut lines = Lines::of(&text);
    let mut whole_file = true;
    for record in reader.records() {
        if errors.len() >= MAX_ERRORS {
            let reason = "the lines behind the last one named are not read".to_owned();
            errors.push(LineError { line: lines.number(), column: None, reason });
            whole_file = false;
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
            whole_file = false;
            break;
        }
        let mut row = Row { columns: &columns, record: &record, line, errors: &mut errors };
        let sku = row.sku();
        let twice = sku.as_ref().and_then(|sku| Some((sku.clone(), *first_lines.get(sku)?)));
        if let Some((sku, first)) = twice {
            row.fault("sku", format!("{sku} stands on line {first} already"));
            continue;
        }
        if let Some(sku) = &sku {
            first_lines.insert(sku.clone(), line);
        }
        let before = sku.as_ref().and_then(|sku| known.get(sku).copied());
        products.extend(row.product(sku, before));
    }
    if products.is_empty() && errors.is_empty() {
        errors = whole("there is no product below the header".to_owned());
    }
    if whole_file {
        settle_substitutes(&columns, &mut products, &first_lines, &mut errors);
    }
    if errors.is_empty() { Ok(products) } else { Err(errors) }
}

/// Names the lines whose substitutes the file does not have; where it has no column
/// of them, those that are gone are let go.
fn settle_substitutes(
    columns: &Columns,
    products: &mut [Product],
    lines: &BTreeMap<Sku, u64>,
    errors: &mut Vec<LineError>,
) {
    for product in products {
        if !columns.has("substitutes") {
            product.substitutes.retain(|sku| lines.contains_key(sku));
            continue;
        }
        let unknown = product.substitutes.iter().find(|sku| !lines.contains_key(sku));
        if let (Some(unknown), Some(line)) = (unknown, lines.get(&product.sku))
            && errors.len() < MAX_ERRORS
        {
            let reason = format!("expected codes of products of this file, found {unknown}");
            errors.push(LineError { line: *line, column: Some("substitutes"), reason });
        }
    }
    errors.sort_by_key(|error| error.line);
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;
    use crate::catalog::Stock;
    use crate::{Quantity, Unit};

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
    fn what_a_store_knows_of_its_stock_is_read() {
        let csv = "sku;name;category;unit;price;stock;max_auto_qty;substitutes;volume_m3;cost_date\n\
             A;Cimento;Básico;saco;39,90;1.250,5;100;B; 0,035;26/11/2026\n\
             B;Cimento CP III;Básico;saco;41;0;;;;2026-11-25\n\
             C;Cal;Básico;saco;9;;;;;\n";
        let products = parse(csv.as_bytes()).unwrap();
        let [a, b, c] = products.as_slice() else { panic!("{products:?}") };
        assert_eq!(a.stock, Stock::Available("1250.5".parse().unwrap()));
        assert_eq!(a.max_auto_qty, "100".parse().ok());
        assert_eq!(a.substitutes, std::slice::from_ref(&b.sku));
        assert_eq!(a.volume, "0.035".parse().unwrap());
        assert_eq!(a.cost_date, "2026-11-26".parse().ok());
        assert_eq!(b.stock, Stock::Available(Quantity::ZERO));
        assert_eq!(b.cost_date, "2026-11-25".parse().ok());
        assert_eq!(*c, Product { category: "Básico".into(), ..a_plain("C", "Cal", "9") });
    }

    fn a_plain(sku: &str, name: &str, price: &str) -> Product {
        Product::new(sku.parse().unwrap(), name, Unit::Bag, price.parse().unwrap())
    }

    #[test]
    fn what_stock_can_not_be_is_refused_on_its_line() {
        let header = "sku,name,category,unit,price,stock,max_auto_qty,substitutes,cost_date\n";
        let lines = "A,Areia,Básico,m3,10,-1,muito,Z;B,26/13/2026\n\
             B,Brita,Básico,m3,10,,,A;B,\n\
             C,Cal,Básico,saco,0,,,,\n\
             D,Cal,Básico,saco,10,,,A;C;E;F,\n";
        assert_eq!(
            faults(&format!("{header}{lines}")),
            [
                "line 2, stock: expected a number such as 12.50, found \"-1\"",
                "line 2, max_auto_qty: expected a number such as 12.50, found \"muito\"",
                "line 2, cost_date: expected a day such as 2026-11-26 or 26/11/2026, \
                 found \"26/13/2026\"",
                "line 3, substitutes: B can't stand in for itself",
                "line 4, price: expected more than zero",
                "line 5, substitutes: expected codes of products of this file, found E",
            ]
        );
    }

    #[test]
    fn a_file_of_prices_forgets_nothing_that_it_has_no_column_for() {
        let all = "sku,name,category,unit,price,cost,aliases,stock,substitutes\n\
             A,Areia,Básico,m3,10,8,areia,5,B;C\n\
             B,Brita,Básico,m3,10,8,,,\nC,Cascalho,Básico,m3,10,8,,,\n";
        let known = parse(all.as_bytes()).unwrap();
        let prices = "sku,name,category,unit,price,aliases\n\
             A,Areia,Básico,m3,12,\nB,Brita,Básico,m3,11,\n";
        let now = parse_over(prices.as_bytes(), &known).unwrap();
        let [a, b] = now.as_slice() else { panic!("{now:?}") };
        assert_eq!((a.price, a.cost), ("12".parse().unwrap(), "8".parse().ok()));
        assert_eq!((a.stock, b.stock), (known[0].stock, Stock::Untracked));
        assert!(a.aliases.is_empty(), "its column is there, and empty");
        assert_eq!(a.substitutes, std::slice::from_ref(&b.sku), "C is sold no longer");
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
        let codes: String = (0..MAX_ERRORS).map(|n| format!("x{n}\n")).collect();
        let told = faults(&format!("{HEADER}{codes}"));
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
