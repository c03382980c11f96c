//! The catalogue as a list.

use serde::Serialize;

use super::View;

/// A page of products.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct List {
    pub(crate) count: String,
    pub(crate) query: String,
    pub(crate) rows: Vec<Row>,
    /// What looks like a mistake in the price book.
    pub(crate) warnings: Vec<String>,
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
        };
        let full = Self {
            count: "1.234".to_owned(),
            query: String::new(),
            rows: vec![row],
            warnings: vec!["frete até 10 km custa menos que o frete até 5 km".to_owned()],
            next: Some("/produtos?depois=50".to_owned()),
        };
        let none = Self {
            query: "xyz".to_owned(),
            rows: Vec::new(),
            warnings: Vec::new(),
            next: None,
            ..full.clone()
        };
        vec![full, none]
    }
}
