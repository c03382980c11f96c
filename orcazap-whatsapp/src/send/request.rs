//! Messages that ask the customer for something their phone knows.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::interactive::{Frame, body};
use super::limited::LimitError;

/// Asks for a position with a button that opens the map (`interactive`,
/// `location_request_message`): a body of up to 1,024 characters. The answer is
/// a location whose context is this message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Frame")]
pub struct LocationRequest {
    #[serde(flatten)]
    frame: Frame,
}

/// Asks for the customer's phone number, when only their user id is known
/// (`interactive`, `request_contact_info`): a body of up to 1,024 characters.
/// The answer is a contact card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Frame")]
pub struct ContactRequest {
    #[serde(flatten)]
    frame: Frame,
}

body!(LocationRequest);
body!(ContactRequest);

/// A question whose action is only a name.
macro_rules! question {
    ($kind:ident, $code:literal, $action:literal) => {
        impl $kind {
            /// A request in these words.
            ///
            /// # Errors
            ///
            /// [`LimitError`], when they are blank or longer than 1,024 characters.
            pub fn new(body: impl Into<String>) -> Result<Self, LimitError> {
                Ok(Self { frame: Frame::new(body)? })
            }

            pub(super) fn to_graph(&self) -> Value {
                self.frame.to_graph($code, json!({ "name": $action }))
            }
        }

        impl TryFrom<Frame> for $kind {
            type Error = LimitError;

            fn try_from(frame: Frame) -> Result<Self, LimitError> {
                frame.words_only()?;
                Ok(Self { frame })
            }
        }
    };
}

question!(LocationRequest, "location_request_message", "send_location");
question!(ContactRequest, "request_contact_info", "request_contact_info");
