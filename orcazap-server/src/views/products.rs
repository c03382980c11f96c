//! The catalogue as a list, and one product's supply.

use serde::Serialize;

use super::View;
use super::fields::Field;

/// A page of products.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) count: String,
    pub(crate) query: String,
    pub(crate) rows: Vec<Row>,
    /// What looks like a mistake in the price book.
    pub(crate) warnings: Vec<String>,
    /// Whether who looks at it may change a product, and the prices' rules.
    pub(crate) may_change: bool,
    pub(crate) next: Option<String>,
}

/// One product.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) aliases: String,
    pub(crate) category: String,
    pub(crate) unit: &'static str,
    pub(crate) price: String,
    pub(crate) cost: String,
    pub(crate) margin: String,
    pub(crate) stock: String,
    pub(crate) out_of_stock: bool,
    /// Where it is changed.
    pub(crate) edit: String,
}

/// The form of one product's supply.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Edit {
    pub(crate) sku: String,
    pub(crate) name: String,
    /// What it costs, and by what it is sold.
    pub(crate) price: String,
    /// The substitutes as they are now, by name.
    pub(crate) substitutes: Vec<String>,
    pub(crate) fields: Vec<Field>,
    /// Whether something in the form is wrong.
    pub(crate) wrong: bool,
}

impl View for Edit {
    const TEMPLATE: &'static str = "pages/products/edit.html";
}

impl View for List {
    const TEMPLATE: &'static str = "pages/products/list.html";
}

#[cfg(test)]
impl List {
    pub(super) fn samples() -> Vec<Self> {
        let row = Row {
            sku: "CIM-CP2-50".to_owned(),
            name: "Cimento CP II 50kg".to_owned(),
            aliases: "cimento, cp2".to_owned(),
            category: "Cimento".to_owned(),
            unit: "saco",
            price: "R$ 39,90".to_owned(),
            cost: "R$ 34,31".to_owned(),
            margin: "14,01 %".to_owned(),
            stock: "0".to_owned(),
            out_of_stock: true,
            edit: "/produtos/mudar?sku=CIM-CP2-50".to_owned(),
        };
        let full = Self {
            count: "1.234".to_owned(),
            query: String::new(),
            rows: vec![row],
            warnings: vec!["frete até 10 km custa menos que o frete até 5 km".to_owned()],
            may_change: true,
            next: Some("/produtos?depois=50".to_owned()),
        };
        let none = Self {
            query: "xyz".to_owned(),
            rows: Vec::new(),
            warnings: Vec::new(),
            may_change: false,
            next: None,
            ..full.clone()
        };
        vec![full, none]
    }
}

#[cfg(test)]
impl Edit {
    pub(super) fn samples() -> Vec<Self> {
        let fields = Field::samples();
        let plain = Self {
            sku: "CIM-CP2-50".to_owned(),
            name: "Cimento CP II 50kg".to_owned(),
            price: "R$ 39,90 por saco".to_owned(),
            substitutes: vec!["Cimento CP III 50kg (CIM-CP3-50)".to_owned()],
            fields,
            wrong: false,
        };
        vec![Self { wrong: true, substitutes: Vec::new(), ..plain.clone() }, plain]
    }
}
