//! Messages that show products of the store's catalogue at the platform.
//!
//! A customer puts at most 99 of a product into the platform's cart: for
//! building materials these messages show, and a quote counts.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interactive::{Frame, Header, body, footer};
use super::limited::{LimitError, Limited, count};
use crate::json::put;

/// A catalogue's id at the platform (`catalog_id`), up to 128 characters.
pub type CatalogId = Limited<128>;

/// A product's code within a catalogue (`product_retailer_id`), up to 256
/// characters; the platform tells no limit.
pub type RetailerId = Limited<256>;

/// One product (`interactive`, `product`), with words below it or without, of
/// up to 1,024 characters, and a footer of up to 60. It has no header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    catalog_id: CatalogId,
    product: RetailerId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Limited<1024>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    footer: Option<Limited<60>>,
}

impl Product {
    /// A product without words.
    #[must_use]
    pub fn new(catalog_id: CatalogId, product: RetailerId) -> Self {
        Self { catalog_id, product, body: None, footer: None }
    }

    /// The same with words below it.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when they are blank or longer than 1,024 characters.
    pub fn with_body(self, body: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { body: Some(Limited::new("interactive.body", body)?), ..self })
    }

    /// The same with a footer.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 60 characters.
    pub fn with_footer(self, footer: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { footer: Some(Limited::new("interactive.footer", footer)?), ..self })
    }

    /// The words below it.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.body.as_ref().map(Limited::as_str)
    }

    pub(super) fn to_graph(&self) -> Value {
        let mut graph = json!({
            "type": "product",
            "action": { "catalog_id": self.catalog_id, "product_retailer_id": self.product },
        });
        if let Some(body) = &self.body {
            put(&mut graph, "body", json!({ "text": body }));
        }
        if let Some(footer) = &self.footer {
            put(&mut graph, "footer", json!({ "text": footer }));
        }
        graph
    }
}

/// Products under a heading of up to 24 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductSection {
    title: Limited<24>,
    products: Vec<RetailerId>,
}

impl ProductSection {
    /// Products under a heading.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the heading is blank or longer than 24 characters.
    pub fn new(title: impl Into<String>, products: Vec<RetailerId>) -> Result<Self, LimitError> {
        Ok(Self { title: Limited::new("section.title", title)?, products })
    }

    pub(super) fn to_graph(&self) -> Value {
        let item = |id: &RetailerId| json!({ "product_retailer_id": id });
        let items: Vec<Value> = self.products.iter().map(item).collect();
        json!({ "title": self.title, "product_items": items })
    }
}

/// Checks the sections of a list of products: 1 to 10, with 1 to 30 products in
/// all of them and one at least in each.
pub(super) fn check_sections(sections: &[ProductSection]) -> Result<(), LimitError> {
    count("sections", 1, 10, sections.len())?;
    for section in sections {
        count("products of a section", 1, ProductList::MAX_PRODUCTS, section.products.len())?;
    }
    let products = sections.iter().map(|section| section.products.len()).sum();
    count("products", 1, ProductList::MAX_PRODUCTS, products)
}

/// Several products (`interactive`, `product_list`): a header of text, of up to
/// 60 characters, a body of up to 1,024, a footer of up to 60, 1 to 10 sections
/// and in all of them 1 to 30 products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProductListParts")]
pub struct ProductList {
    #[serde(flatten)]
    frame: Frame,
    catalog_id: CatalogId,
    sections: Vec<ProductSection>,
}

body!(ProductList);
footer!(ProductList);

impl ProductList {
    /// The most products, all sections together.
    pub const MAX_PRODUCTS: usize = 30;

    /// A message from its parts.
    ///
    /// # Errors
    ///
    /// [`LimitError`] naming the limit that is passed.
    pub fn new(
        header: impl Into<String>,
        body: impl Into<String>,
        catalog_id: CatalogId,
        sections: Vec<ProductSection>,
    ) -> Result<Self, LimitError> {
        let frame = Frame::new(body)?.with_header(Header::text(header)?);
        Self::from_parts(ProductListParts { frame, catalog_id, sections })
    }

    fn from_parts(parts: ProductListParts) -> Result<Self, LimitError> {
        let ProductListParts { frame, catalog_id, sections } = parts;
        if frame.header.is_none() {
            return Err(LimitError::Empty { what: "header.text" });
        }
        frame.text_header_only()?;
        check_sections(&sections)?;
        Ok(Self { frame, catalog_id, sections })
    }

    pub(super) fn to_graph(&self) -> Value {
        let sections: Vec<Value> = self.sections.iter().map(ProductSection::to_graph).collect();
        let action = json!({ "catalog_id": self.catalog_id, "sections": sections });
        self.frame.to_graph("product_list", action)
    }
}

#[derive(Deserialize)]
struct ProductListParts {
    #[serde(flatten)]
    frame: Frame,
    catalog_id: CatalogId,
    sections: Vec<ProductSection>,
}

impl TryFrom<ProductListParts> for ProductList {
    type Error = LimitError;

    fn try_from(parts: ProductListParts) -> Result<Self, LimitError> {
        Self::from_parts(parts)
    }
}

/// A button to the whole catalogue (`interactive`, `catalog_message`): a body of
/// up to 1,024 characters, a footer of up to 60, and the product whose picture is
/// shown, the first when none is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CatalogParts")]
pub struct CatalogButton {
    #[serde(flatten)]
    frame: Frame,
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail: Option<RetailerId>,
}

body!(CatalogButton);
footer!(CatalogButton);

impl CatalogButton {
    /// A message in these words.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when they are blank or longer than 1,024 characters.
    pub fn new(body: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { frame: Frame::new(body)?, thumbnail: None })
    }

    /// The same with the picture of this product.
    #[must_use]
    pub fn with_thumbnail(self, product: RetailerId) -> Self {
        Self { thumbnail: Some(product), ..self }
    }

    pub(super) fn to_graph(&self) -> Value {
        let mut action = json!({ "name": "catalog_message" });
        if let Some(product) = &self.thumbnail {
            put(&mut action, "parameters", json!({ "thumbnail_product_retailer_id": product }));
        }
        self.frame.to_graph("catalog_message", action)
    }
}

#[derive(Deserialize)]
struct CatalogParts {
    #[serde(flatten)]
    frame: Frame,
    #[serde(default)]
    thumbnail: Option<RetailerId>,
}

impl TryFrom<CatalogParts> for CatalogButton {
    type Error = LimitError;

    fn try_from(parts: CatalogParts) -> Result<Self, LimitError> {
        parts.frame.no_header()?;
        Ok(Self { frame: parts.frame, thumbnail: parts.thumbnail })
    }
}
