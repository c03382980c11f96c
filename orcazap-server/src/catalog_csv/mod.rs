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

mod number;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};
use orcazap_core::catalog::{Catalog, Pack, Product, Sku, Weight};
use orcazap_core::money::UnitPrice;
use orcazap_core::{Quantity, Unit};
use rust_decimal::Decimal;

/// The largest file read: 32 MiB.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// The longest name, category and alias, in characters.
const MAX_CHARS: usize = 200;
/// The most aliases of one product.
const MAX_ALIASES: usize = 60;

const COLUMNS: [&str; 11] = [
    "sku",
    "name",
    "category",
    "unit",
    "price",
    "cost",
    "weight_kg",
    "pack_qty",
    "pack_unit",
    "step",
    "aliases",
];
const REQUIRED: usize = 5;

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
/// Every wrong line, in the order of the file; never an empty list. A file
/// without a usable header has one error, on line 1.
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
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| whole(error.to_string()))?;
    let columns = Columns::find(header).map_err(whole)?;

    let mut products = Vec::new();
    let mut errors = Vec::new();
    let mut first_lines: HashMap<Sku, u64> = HashMap::new();
    let mut lines = Lines { rest: &text, read: 0, line: 1 };
    for record in reader.records() {
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

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark: char| header.matches(mark).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// Numbers lines by where a record begins. The reader's own count is that of
/// the blank lines it passed over before the record.
struct Lines<'a> {
    rest: &'a str,
    read: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a record; records are asked for in the order of the file.
    fn number_at(&mut self, position: Option<&csv::Position>) -> u64 {
        let byte = position.and_then(|position| usize::try_from(position.byte()).ok());
        let ahead = byte.unwrap_or(self.read).saturating_sub(self.read);
        let blank = self.rest.get(ahead..).unwrap_or_default();
        let ahead = ahead + blank.len() - blank.trim_start_matches(['\r', '\n']).len();
        if let Some((passed, rest)) = self.rest.split_at_checked(ahead) {
            self.line += passed.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
            self.rest = rest;
            self.read += ahead;
        }
        self.line
    }
}

/// Where each of [`COLUMNS`] stands in the file.
struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    fn find(header: &StringRecord) -> Result<Self, String> {
        let mut places = [None; COLUMNS.len()];
        for (place, title) in header.iter().enumerate() {
            let title = title.to_ascii_lowercase();
            let known = COLUMNS.iter().zip(&mut places).find(|(name, _)| **name == title);
            match known {
                Some((_, slot @ None)) => *slot = Some(place),
                Some((name, Some(_))) => return Err(format!("column {name} stands twice")),
                None => {
                    let title: String = title.chars().take(40).collect();
                    return Err(format!(
                        "unknown column {title:?}; the columns are {}",
                        COLUMNS.join(", ")
                    ));
                }
            }
        }
        let missing: Vec<_> = COLUMNS
            .iter()
            .zip(&places)
            .take(REQUIRED)
            .filter_map(|(name, place)| place.is_none().then_some(*name))
            .collect();
        if missing.is_empty() {
            Ok(Self(places))
        } else {
            Err(format!("the header lacks {}", missing.join(", ")))
        }
    }

    fn place(&self, column: &str) -> Option<usize> {
        let index = COLUMNS.iter().position(|name| *name == column)?;
        self.0.get(index).copied().flatten()
    }
}

/// One line on its way to a product; collects what is wrong with it.
struct Row<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    line: u64,
    errors: &'a mut Vec<LineError>,
}

impl Row<'_> {
    /// The product, or `None` when any column is wrong; all of them are named.
    fn product(&mut self) -> Option<Product> {
        let before = self.errors.len();
        let sku = self.required("sku").and_then(|text| self.checked("sku", text.parse()));
        let name = self.words("name");
        let category = self.words("category");
        let unit = self.required("unit").and_then(|text| self.unit("unit", &text));
        let price = self.required("price").and_then(|text| self.decimal("price", &text));
        let price = price.and_then(|price| self.price(price));
        let cost = self.optional("cost", |row, text| {
            let cost = row.decimal("cost", text)?;
            row.checked("cost", UnitPrice::new(cost))
        });
        let weight = self.optional("weight_kg", |row, text| {
            let weight = row.decimal("weight_kg", text)?;
            row.checked("weight_kg", Weight::new(weight))
        });
        let pack = self.pack();
        let step = self.optional("step", |row, text| row.quantity("step", text));
        let aliases = self.aliases();
        if self.errors.len() > before {
            return None;
        }
        Some(Product {
            category: category?,
            cost,
            weight: weight.unwrap_or_default(),
            pack,
            step: step.unwrap_or(Quantity::ONE),
            aliases,
            ..Product::new(sku?, name?, unit?, price?)
        })
    }

    fn text(&self, column: &'static str) -> &str {
        self.columns.place(column).and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    fn fault(&mut self, column: &'static str, reason: impl Into<String>) {
        let reason = reason.into();
        self.errors.push(LineError { line: self.line, column: Some(column), reason });
    }

    fn checked<T, E: fmt::Display>(
        &mut self,
        column: &'static str,
        result: Result<T, E>,
    ) -> Option<T> {
        result.map_err(|error| self.fault(column, error.to_string())).ok()
    }

    fn required(&mut self, column: &'static str) -> Option<String> {
        let text = self.text(column).to_owned();
        if text.is_empty() {
            self.fault(column, "is empty");
            return None;
        }
        Some(text)
    }

    fn optional<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&mut Self, &str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(column).to_owned();
        if text.is_empty() { None } else { read(self, &text) }
    }

    fn words(&mut self, column: &'static str) -> Option<String> {
        let text = self.required(column)?;
        let result = check_words(&text);
        self.checked(column, result).map(|()| text)
    }

    fn unit(&mut self, column: &'static str, text: &str) -> Option<Unit> {
        self.checked(column, text.to_ascii_lowercase().parse())
    }

    fn decimal(&mut self, column: &'static str, text: &str) -> Option<Decimal> {
        self.checked(column, number::parse(text))
    }

    fn price(&mut self, price: Decimal) -> Option<UnitPrice> {
        if price.is_zero() {
            self.fault("price", "expected more than zero");
            return None;
        }
        self.checked("price", UnitPrice::new(price))
    }

    fn quantity(&mut self, column: &'static str, text: &str) -> Option<Quantity> {
        let value = self.decimal(column, text)?;
        if value.is_zero() {
            self.fault(column, "expected more than zero");
            return None;
        }
        self.checked(column, Quantity::new(value))
    }

    fn pack(&mut self) -> Option<Pack> {
        let unit = self.optional("pack_unit", |row, text| row.unit("pack_unit", text));
        let qty = self.optional("pack_qty", |row, text| row.quantity("pack_qty", text));
        match (self.text("pack_qty").is_empty(), self.text("pack_unit").is_empty()) {
            (true, false) => self.fault("pack_qty", "is empty although pack_unit is not"),
            (false, true) => self.fault("pack_unit", "is empty although pack_qty is not"),
            (true, true) | (false, false) => {}
        }
        Some(Pack { qty: qty?, unit: unit? })
    }

    fn aliases(&mut self) -> Vec<String> {
        let text = self.text("aliases").to_owned();
        let aliases: Vec<String> = text
            .split(';')
            .map(str::trim)
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect();
        if aliases.len() > MAX_ALIASES {
            self.fault("aliases", format!("at most {MAX_ALIASES}, found {}", aliases.len()));
        }
        if let Some(Err(error)) = aliases.iter().map(|a| check_words(a)).find(Result::is_err) {
            self.fault("aliases", error);
        }
        aliases
    }
}

fn check_words(text: &str) -> Result<(), String> {
    let length = text.chars().count();
    if length > MAX_CHARS {
        return Err(format!("at most {MAX_CHARS} characters, found {length}"));
    }
    if text.chars().any(|character| character.is_control()) {
        return Err("holds a control character".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn noise_is_refused_and_never_panics() {
        let noise: Vec<u8> =
            (0..4096_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        assert!(parse(&noise).is_err());
        assert!(parse(&vec![b'"'; 10_000]).is_err());
        assert!(parse(&vec![b'a'; MAX_BYTES + 1]).is_err());
    }
}
