//! A message that opens a form (a Flow).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::interactive::{Frame, Header, body, footer, header};
use super::limited::{LimitError, Limited};
use crate::json::put;

/// A text with a button that opens a form (`interactive`, `flow`): a body of up
/// to 1,024 characters, a button of up to 30, a header of any kind, and a footer
/// of up to 60 characters. The platform advises against emoji on the button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    #[serde(flatten)]
    frame: Frame,
    flow: FlowKey,
    button: Limited<30>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<Limited<256>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<FlowAction>,
    /// Whether the form is still a draft (`mode`), for the store's own trials.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
}

/// Which form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKey {
    /// By its id (`flow_id`).
    Id(Limited<128>),
    /// By its name (`flow_name`).
    Name(Limited<200>),
}

/// What pressing the button does (`flow_action`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowAction {
    /// Shows a screen (`navigate`), filled with data when there is any.
    Navigate {
        /// The screen's id.
        screen: Limited<128>,
        /// What it is filled with.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        data: Map<String, Value>,
    },
    /// Asks the form's own server for the first screen (`data_exchange`).
    DataExchange,
}

body!(Flow);
header!(Flow);
footer!(Flow);

impl Flow {
    /// The version of the message's form that the platform takes.
    const MESSAGE_VERSION: &str = "3";

    /// A message that opens a form.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the body has more than 1,024 characters or the button
    /// more than 30, or either is blank.
    pub fn new(
        body: impl Into<String>,
        button: impl Into<String>,
        flow: FlowKey,
    ) -> Result<Self, LimitError> {
        Ok(Self {
            frame: Frame::new(body)?,
            flow,
            button: Limited::new("flow_cta", button)?,
            token: None,
            action: None,
            draft: false,
        })
    }

    /// The same with a token that comes back in the answer (`flow_token`), of up
    /// to 256 characters; the platform puts `unused` where there is none.
    ///
    /// # Errors
    ///
    /// [`LimitError`], when it is blank or too long.
    pub fn with_token(self, token: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self { token: Some(Limited::new("flow_token", token)?), ..self })
    }

    /// The same with what pressing the button does.
    #[must_use]
    pub fn with_action(self, action: FlowAction) -> Self {
        Self { action: Some(action), ..self }
    }

    pub(super) fn to_graph(&self) -> Value {
        let mut parameters = json!({
            "flow_message_version": Self::MESSAGE_VERSION,
            "flow_cta": self.button,
        });
        let (name, key) = match &self.flow {
            FlowKey::Id(id) => ("flow_id", id.as_str()),
            FlowKey::Name(name) => ("flow_name", name.as_str()),
        };
        put(&mut parameters, name, key);
        if let Some(token) = &self.token {
            put(&mut parameters, "flow_token", token.as_str());
        }
        if self.draft {
            put(&mut parameters, "mode", "draft");
        }
        match &self.action {
            Some(FlowAction::Navigate { screen, data }) => {
                let mut payload = json!({ "screen": screen });
                if !data.is_empty() {
                    put(&mut payload, "data", Value::Object(data.clone()));
                }
                put(&mut parameters, "flow_action", "navigate");
                put(&mut parameters, "flow_action_payload", payload);
            }
            Some(FlowAction::DataExchange) => put(&mut parameters, "flow_action", "data_exchange"),
            None => {}
        }
        self.frame.to_graph("flow", json!({ "name": "flow", "parameters": parameters }))
    }
}
