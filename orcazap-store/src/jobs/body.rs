//! What a message holds, sealed in its row whichever way it goes: the words and
//! the platform's JSON, in which phone numbers and addresses stand.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{RowAt, StoreError};
use crate::secrets::Spot;
use crate::store::TenantTx;

/// The longest words kept, in characters.
const MAX_TEXT: usize = 4096;

#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    pub(crate) raw: Value,
}

/// Which way a message goes, and so in which table it stands.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    In,
    Out,
}

impl Way {
    fn table(self) -> &'static str {
        match self {
            Self::In => "inbound_messages",
            Self::Out => "outbound_messages",
        }
    }

    fn column(self) -> &'static str {
        match self {
            Self::In => "inbound_messages.body",
            Self::Out => "outbound_messages.body",
        }
    }
}

impl TenantTx {
    pub(crate) fn seal_body(
        &self,
        way: Way,
        row: Uuid,
        text: Option<String>,
        raw: Value,
    ) -> Result<Vec<u8>, StoreError> {
        let text = text.map(|text| text.chars().take(MAX_TEXT).collect());
        let spot = Spot { tenant: self.id(), column: way.column(), row };
        Ok(self.keys().seal(&spot, &serde_json::to_vec(&Body { text, raw })?)?)
    }

    pub(crate) fn open_body(&self, way: Way, row: Uuid, sealed: &[u8]) -> Result<Body, StoreError> {
        let spot = Spot { tenant: self.id(), column: way.column(), row };
        let body = self.keys().open(&spot, sealed)?;
        RowAt { table: way.table(), row: &row }.read("body", serde_json::from_slice(&body))
    }
}
