//! The ways to pay that an order offers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::send::limited::{LimitError, Limited};
use crate::send::link::WebAddress;

/// What a Pix key is (`key_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PixKeyKind {
    /// A person's tax number.
    Cpf,
    /// A company's tax number; it may hold letters since 2026.
    Cnpj,
    /// An address of electronic mail.
    Email,
    /// A phone number with its country code.
    Phone,
    /// A random key.
    Evp,
}

/// A way to pay (`payment_settings[]`). Several may be offered together; the
/// fourth, `offsite_card_pay`, is for stores that the platform invites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// A dynamic Pix (`pix_dynamic_code`): the "copia e cola" that the store's
    /// bank made for this order. Only dynamic ones are documented.
    PixDynamicCode {
        /// The BR Code, up to 512 characters.
        code: Limited<512>,
        /// Who is paid, as the customer reads it.
        merchant_name: Limited<60>,
        /// The receiver's Pix key.
        key: Limited<77>,
        /// What kind of key it is.
        key_type: PixKeyKind,
    },
    /// A page to pay on (`payment_link`).
    PaymentLink {
        /// The page.
        uri: WebAddress,
    },
    /// A bank slip (`boleto`).
    Boleto {
        /// The line of digits that is typed in.
        digitable_line: Limited<60>,
    },
}

impl Payment {
    /// A dynamic Pix.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when a part is blank, the code has more than 512
    /// characters, the name more than 60 or the key more than 77.
    pub fn pix(
        code: impl Into<String>,
        merchant_name: impl Into<String>,
        key_type: PixKeyKind,
        key: impl Into<String>,
    ) -> Result<Self, LimitError> {
        Ok(Self::PixDynamicCode {
            code: Limited::new("pix_dynamic_code.code", code)?,
            merchant_name: Limited::new("pix_dynamic_code.merchant_name", merchant_name)?,
            key: Limited::new("pix_dynamic_code.key", key)?,
            key_type,
        })
    }

    /// A page to pay on.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the address is neither http nor https, or longer than
    /// 2,000 characters.
    pub fn link(uri: Url) -> Result<Self, LimitError> {
        Ok(Self::PaymentLink { uri: WebAddress::new(uri)? })
    }

    /// A bank slip.
    ///
    /// # Errors
    ///
    /// [`LimitError`] when the line is blank or longer than 60 characters.
    pub fn boleto(line: impl Into<String>) -> Result<Self, LimitError> {
        Ok(Self::Boleto { digitable_line: Limited::new("boleto.digitable_line", line)? })
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::PixDynamicCode { .. } => "pix_dynamic_code",
            Self::PaymentLink { .. } => "payment_link",
            Self::Boleto { .. } => "boleto",
        }
    }

    pub(super) fn to_graph(&self) -> Value {
        let object = match self {
            Self::PixDynamicCode { code, merchant_name, key, key_type } => json!({
                "code": code, "merchant_name": merchant_name, "key": key, "key_type": key_type,
            }),
            Self::PaymentLink { uri } => json!({ "uri": uri }),
            Self::Boleto { digitable_line } => json!({ "digitable_line": digitable_line }),
        };
        json!({ "type": self.code(), self.code(): object })
    }
}
