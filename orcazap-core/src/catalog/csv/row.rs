//! One line of the file on its way to a product.

use std::fmt;

use ::csv::StringRecord;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{LineError, number};
use crate::catalog::{Pack, Product, Sku, Stock, TextRule, Volume, Weight};
use crate::money::UnitPrice;
use crate::quantity::{Quantity, Unit};

pub(super) const COLUMNS: [&str; 16] = [
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
    "stock",
    "max_auto_qty",
    "substitutes",
    "volume_m3",
    "cost_date",
];
const REQUIRED: usize = 5;

/// Where each of [`COLUMNS`] stands in the file.
pub(super) struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    pub(super) fn find(header: &StringRecord) -> Result<Self, String> {
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

    /// Whether the file says anything about what a column holds.
    pub(super) fn has(&self, column: &str) -> bool {
        self.place(column).is_some()
    }
}

/// One line on its way to a product; collects what is wrong with it.
pub(super) struct Row<'a> {
    pub(super) columns: &'a Columns,
    pub(super) record: &'a StringRecord,
    pub(super) line: u64,
    pub(super) errors: &'a mut Vec<LineError>,
}

impl Row<'_> {
    /// The line's code, which is known even when the rest of the line is wrong.
    pub(super) fn sku(&mut self) -> Option<Sku> {
        self.required("sku").and_then(|text| self.checked("sku", text.parse()))
    }

    /// The product of a code, or `None` when any column is wrong; all of them are
    /// named. What the file has no column for is as `known`.
    pub(super) fn product(&mut self, sku: Option<Sku>, known: Option<&Product>) -> Option<Product> {
        let before = self.errors.len();
        let name = self.words("name", Product::MAX_NAME);
        let category = self.words("category", Product::MAX_CATEGORY);
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
        let stock = self.optional("stock", |row, text| row.count("stock", text));
        let most = self.optional("max_auto_qty", |row, text| row.count("max_auto_qty", text));
        let substitutes = self.substitutes(sku.as_ref());
        let volume = self.optional("volume_m3", |row, text| {
            let volume = row.decimal("volume_m3", text)?;
            row.checked("volume_m3", Volume::new(volume))
        });
        let cost_date = self.optional("cost_date", |row, text| row.date("cost_date", text));
        if self.errors.len() > before {
            return None;
        }
        let (sku, name, unit, price) = (sku?, name?, unit?, price?);
        let mut product = match known {
            Some(known) => Product { sku, name, unit, price, ..known.clone() },
            None => Product::new(sku, name, unit, price),
        };
        product.category = category?;
        self.take("cost", &mut product.cost, cost);
        self.take("weight_kg", &mut product.weight, weight.unwrap_or_default());
        self.take("pack_qty", &mut product.pack, pack);
        self.take("step", &mut product.step, step.unwrap_or(Quantity::ONE));
        self.take("aliases", &mut product.aliases, aliases);
        let stock = stock.map_or(Stock::Untracked, Stock::Available);
        self.take("stock", &mut product.stock, stock);
        self.take("max_auto_qty", &mut product.max_auto_qty, most);
        self.take("substitutes", &mut product.substitutes, substitutes);
        self.take("volume_m3", &mut product.volume, volume.unwrap_or_default());
        self.take("cost_date", &mut product.cost_date, cost_date);
        Some(product)
    }

    /// What a column says, where the file has it.
    fn take<T>(&self, column: &str, slot: &mut T, said: T) {
        if self.columns.has(column) {
            *slot = said;
        }
    }

    fn text(&self, column: &'static str) -> &str {
        self.columns.place(column).and_then(|place| self.record.get(place)).unwrap_or_default()
    }

    pub(super) fn fault(&mut self, column: &'static str, reason: impl Into<String>) {
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

    fn words(&mut self, column: &'static str, max: usize) -> Option<String> {
        let text = self.required(column)?;
        self.checked(column, TextRule::check(&text, max)).map(|()| text)
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

    /// A quantity that may be none.
    fn count(&mut self, column: &'static str, text: &str) -> Option<Quantity> {
        let value = self.decimal(column, text)?;
        self.checked(column, Quantity::new(value))
    }

    fn date(&mut self, column: &'static str, text: &str) -> Option<NaiveDate> {
        let read = |form| NaiveDate::parse_from_str(text, form).ok();
        let date = read("%Y-%m-%d").or_else(|| read("%d/%m/%Y"));
        if date.is_none() {
            let found: String = text.chars().take(40).collect();
            let expected = "expected a day such as 2026-11-26 or 26/11/2026";
            self.fault(column, format!("{expected}, found {found:?}"));
        }
        date
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
        let aliases = self.list("aliases");
        let checked =
            aliases.iter().try_for_each(|alias| TextRule::check(alias, Product::MAX_NAME));
        self.checked("aliases", checked);
        aliases
    }

    /// The substitutes of a product; whether the file has them is known at its end.
    fn substitutes(&mut self, of: Option<&Sku>) -> Vec<Sku> {
        let codes = self.list("substitutes").into_iter().map(|code| code.parse());
        let codes: Option<Vec<Sku>> = self.checked("substitutes", codes.collect());
        let codes = codes.unwrap_or_default();
        if let Some(sku) = of.filter(|sku| codes.contains(sku)) {
            self.fault("substitutes", format!("{sku} can't stand in for itself"));
        }
        codes
    }

    /// The parts of a column between `;`, not too many of them.
    fn list(&mut self, column: &'static str) -> Vec<String> {
        let parts = self.text(column).split(';').map(str::trim).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.map(str::to_owned).collect();
        if parts.len() > Product::MAX_OTHERS {
            let (max, found) = (Product::MAX_OTHERS, parts.len());
            self.fault(column, format!("has at most {max} {column}, found {found}"));
        }
        parts
    }
}
