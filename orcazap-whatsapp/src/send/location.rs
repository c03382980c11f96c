//! A position on the map.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limited::{LimitError, Limited};
use crate::json::put;

/// A position on the map (`location`), such as the store's, with a name and an
/// address of up to 1,000 characters each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PinParts")]
pub struct Pin {
    latitude: Decimal,
    longitude: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Limited<1000>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Limited<1000>>,
}

impl Pin {
    /// A position in degrees: north from −90 to 90, east from −180 to 180.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`] beyond those.
    pub fn new(latitude: Decimal, longitude: Decimal) -> Result<Self, LimitError> {
        let within = |value: Decimal, max: i64| value.abs() <= Decimal::from(max);
        if !within(latitude, 90) || !within(longitude, 180) {
            let expected = "degrees up to 90 north and 180 east, either way";
            return Err(LimitError::form(
                "location",
                expected,
                &format!("{latitude}, {longitude}"),
            ));
        }
        Ok(Self { latitude, longitude, name: None, address: None })
    }

    /// The same with the name of the place.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when it is blank or too long.
    pub fn with_name(self, name: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { name: Some(Limited::new("location.name", name)?), ..self })
    }

    /// The same with its address.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when it is blank or too long.
    pub fn with_address(self, address: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { address: Some(Limited::new("location.address", address)?), ..self })
    }

    /// The name of the place.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref().map(Limited::as_str)
    }

    /// The form of a message and of a template's header.
    pub(super) fn to_graph(&self) -> Value {
        let (latitude, longitude) = (self.latitude.to_string(), self.longitude.to_string());
        let mut graph = json!({ "latitude": latitude, "longitude": longitude });
        if let Some(name) = &self.name {
            put(&mut graph, "name", name.as_str());
        }
        if let Some(address) = &self.address {
            put(&mut graph, "address", address.as_str());
        }
        graph
    }
}

#[derive(Deserialize)]
struct PinParts {
    latitude: Decimal,
    longitude: Decimal,
    #[serde(default)]
    name: Option<Limited<1000>>,
    #[serde(default)]
    address: Option<Limited<1000>>,
}

impl TryFrom<PinParts> for Pin {
    type Error = LimitError;

    fn try_from(parts: PinParts) -> Result<Self, LimitError> {
        let pin = Self::new(parts.latitude, parts.longitude)?;
        Ok(Self { name: parts.name, address: parts.address, ..pin })
    }
}
