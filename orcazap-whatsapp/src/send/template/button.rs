//! What a template's buttons need when it is sent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::value::Parameter;
use crate::json::put;
use crate::send::limited::{LimitError, Limited, count};
use crate::send::order::PayRequest;
use crate::send::products::{ProductSection, RetailerId, check_sections};

/// What one button of a template needs. A button that needs nothing (a phone
/// number, an address without a variable, a quick reply whose words are enough)
/// is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateButton {
    /// What comes back when a quick reply is pressed (`quick_reply`): up to 256
    /// characters.
    QuickReply(Limited<256>),
    /// What is put at the end of an address (`url`).
    UrlSuffix(Parameter),
    /// The code that is copied (`copy_code`): up to 20 characters.
    CopyCode(Limited<20>),
    /// A one-time password (`url` with the code): up to 15 characters. The body's
    /// only variable has the same code.
    Otp(Limited<15>),
    /// A form (`flow`): its token, and data for its first screen.
    Flow {
        /// What comes back in the answer; the platform puts `unused` where there
        /// is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<Limited<256>>,
        /// What the first screen is filled with.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        data: Map<String, Value>,
    },
    /// The whole catalogue (`catalog`), with the picture of a product.
    Catalog {
        /// The product whose picture is shown.
        thumbnail: RetailerId,
    },
    /// Several products (`mpm`): 1 to 10 sections, 1 to 30 products in all.
    Products(ProductChoice),
    /// An order to pay (`order_details`).
    OrderDetails(Box<PayRequest>),
}

impl TemplateButton {
    /// What comes back when a quick reply is pressed.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 256 characters.
    pub fn quick_reply(payload: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::QuickReply(Limited::new("template payload", payload)?))
    }

    /// What is put at the end of an address.
    ///
    /// # Errors
    ///
    /// [`LimitError`], as for any [`Parameter`].
    pub fn url_suffix(suffix: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::UrlSuffix(Parameter::new(suffix)?))
    }

    /// The code that is copied.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 20 characters.
    pub fn copy_code(code: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::CopyCode(Limited::new("coupon_code", code)?))
    }

    /// A one-time password.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when it is blank or longer than 15 characters.
    pub fn otp(code: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::Otp(Limited::new("one-time password", code)?))
    }

    pub(super) fn to_graph(&self, index: usize) -> Value {
        let text = |text: &str| json!({ "type": "text", "text": text });
        let action = |action: Value| json!({ "type": "action", "action": action });
        let (kind, parameter) = match self {
            Self::QuickReply(payload) => {
                ("quick_reply", json!({ "type": "payload", "payload": payload }))
            }
            Self::UrlSuffix(suffix) => ("url", text(suffix.as_str())),
            Self::Otp(code) => ("url", text(code.as_str())),
            Self::CopyCode(code) => {
                ("copy_code", json!({ "type": "coupon_code", "coupon_code": code }))
            }
            Self::Flow { token, data } => {
                let mut flow = json!({});
                if let Some(token) = token {
                    put(&mut flow, "flow_token", token.as_str());
                }
                if !data.is_empty() {
                    put(&mut flow, "flow_action_data", Value::Object(data.clone()));
                }
                ("flow", action(flow))
            }
            Self::Catalog { thumbnail } => {
                ("catalog", action(json!({ "thumbnail_product_retailer_id": thumbnail })))
            }
            Self::Products(ProductChoice { thumbnail, sections }) => {
                let sections: Vec<Value> = sections.iter().map(ProductSection::to_graph).collect();
                let choice =
                    json!({ "thumbnail_product_retailer_id": thumbnail, "sections": sections });
                ("mpm", action(choice))
            }
            Self::OrderDetails(request) => {
                ("order_details", action(json!({ "order_details": request.to_graph() })))
            }
        };
        json!({
            "type": "button", "sub_type": kind, "index": index.to_string(),
            "parameters": [parameter],
        })
    }
}

/// The products of a template's button, and the one whose picture is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ChoiceParts")]
pub struct ProductChoice {
    thumbnail: RetailerId,
    sections: Vec<ProductSection>,
}

impl ProductChoice {
    /// Products under headings.
    ///
    /// # Errors
    ///
    /// [`LimitError::Count`] beyond ten sections or 30 products, and without any.
    pub fn new(thumbnail: RetailerId, sections: Vec<ProductSection>) -> Result<Self, LimitError> {
        check_sections(&sections)?;
        Ok(Self { thumbnail, sections })
    }
}

#[derive(Deserialize)]
struct ChoiceParts {
    thumbnail: RetailerId,
    sections: Vec<ProductSection>,
}

impl TryFrom<ChoiceParts> for ProductChoice {
    type Error = LimitError;

    fn try_from(parts: ChoiceParts) -> Result<Self, LimitError> {
        Self::new(parts.thumbnail, parts.sections)
    }
}

/// A button and its place among all buttons of the template, from 0.
pub(super) type Placed = (usize, TemplateButton);

/// Refuses a place beyond the tenth button and two buttons in one place.
pub(super) fn check_places(buttons: &[Placed]) -> Result<(), LimitError> {
    count("template buttons", 0, 10, buttons.len())?;
    let mut seen = std::collections::BTreeSet::new();
    for (index, _) in buttons {
        if *index > 9 {
            return Err(LimitError::form("button index", "from 0 to 9", &index.to_string()));
        }
        if !seen.insert(index) {
            return Err(LimitError::Repeated { what: "button indexes", found: index.to_string() });
        }
    }
    Ok(())
}
