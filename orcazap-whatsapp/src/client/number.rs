//! A number and its account: what the platform tells of them, and how they are
//! connected.

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use super::{Client, answer};
use crate::error::SendError;
use crate::ids::{AccountId, PhoneNumberId};
use crate::json::put;
use crate::send::{LimitError, Limited};

/// What the platform tells of a number. Texts of its enums are kept as they came;
/// what is not told is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberDetails {
    /// As people write it (`display_phone_number`).
    pub display: Option<String>,
    /// The name that customers see (`verified_name`).
    pub verified_name: Option<String>,
    /// `APPROVED`, `PENDING_REVIEW`, `DECLINED`, … (`name_status`).
    pub name_status: Option<String>,
    /// `VERIFIED`, `NOT_VERIFIED`, `EXPIRED` (`code_verification_status`).
    pub verification: Option<String>,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN` (`quality_rating`).
    pub quality: Option<String>,
    /// `CONNECTED`, `PENDING`, `BANNED`, … (`status`).
    pub status: Option<String>,
    /// `CLOUD_API`, `ON_PREMISE`, `NOT_APPLICABLE` (`platform_type`).
    pub platform: Option<String>,
    /// `STANDARD`, `HIGH` (`throughput.level`).
    pub throughput: Option<String>,
    /// `TIER_250`, `TIER_2K`, … (`whatsapp_business_manager_messaging_limit`): how
    /// many customers may be written to first in a day.
    pub messaging_limit: Option<String>,
    /// `SANDBOX`, `LIVE` (`account_mode`).
    pub mode: Option<String>,
    /// Whether the store keeps using the number in the phone app (`is_on_biz_app`).
    pub on_phone_app: bool,
    /// Where the platform sends this number's webhooks (`webhook_configuration`):
    /// the number's own address, else its account's, else the app's.
    pub callback: Option<String>,
    /// Whether it can send, and what is in the way (`health_status`).
    pub health: Vec<Health>,
}

/// Whether a part of the way (`PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`) lets
/// messages go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Which part.
    pub entity: String,
    /// `AVAILABLE`, `LIMITED`, `BLOCKED`.
    pub can_send: String,
    /// What is in the way, in the platform's words, with its code and what it
    /// proposes to do.
    pub problems: Vec<String>,
}

/// An app that gets the webhooks of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The app's id.
    pub app_id: String,
    /// The app's name.
    pub app_name: Option<String>,
    /// Where its webhooks go in the place of the app's own address.
    pub callback: Option<String>,
}

/// What is known of a token (`debug_token`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenDetails {
    /// Whether it is good.
    pub valid: bool,
    /// The app it belongs to.
    pub app_id: Option<String>,
    /// When it ends, in seconds since 1970; never, when it is `None`.
    pub expires_at: Option<i64>,
    /// What it may do: `whatsapp_business_messaging`, …
    pub scopes: Vec<String>,
}

/// Where webhooks go in the place of the app's own address
/// (`override_callback_uri`), up to 200 characters, and what the platform says
/// there when it asks whether the address is right (`verify_token`).
#[derive(Debug, Clone)]
pub struct Callback {
    url: Url,
    verify_token: SecretString,
}

impl Callback {
    /// The most characters of an address.
    pub const MAX_CHARS: usize = 200;

    /// An address and its verify token.
    ///
    /// # Errors
    ///
    /// [`LimitError`] for an address of more than 200 characters, or one that is
    /// not https; on this machine http will do.
    pub fn new(url: Url, verify_token: SecretString) -> Result<Self, LimitError> {
        let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !local {
            let found = url.as_str().chars().take(80).collect();
            let (what, expected) = ("override_callback_uri", "an https address");
            return Err(LimitError::Form { what, expected, found });
        }
        Limited::<{ Self::MAX_CHARS }>::new("override_callback_uri", url.as_str())?;
        Ok(Self { url, verify_token })
    }
}

/// The six digits of two-step verification. They reach no log.
#[derive(Debug, Clone)]
pub struct Pin(SecretString);

impl Pin {
    /// Checks a pin.
    ///
    /// # Errors
    ///
    /// [`LimitError::Form`], when it is not six digits; it does not repeat them.
    pub fn new(digits: &str) -> Result<Self, LimitError> {
        if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Ok(Self(digits.into()));
        }
        let found = "something else".to_owned();
        Err(LimitError::Form { what: "pin", expected: "six digits", found })
    }
}

/// What customers see of a store (`whatsapp_business_profile`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BusinessProfile {
    /// A line below the name, up to 139 characters.
    pub about: Option<Limited<139>>,
    /// Its address, up to 256 characters.
    pub address: Option<Limited<256>>,
    /// What it does, up to 512 characters.
    pub description: Option<Limited<512>>,
    /// Its address of electronic mail, up to 128 characters.
    pub email: Option<Limited<128>>,
    /// Up to two pages, of up to 256 characters each.
    pub websites: Vec<Limited<256>>,
    /// Its trade, in the platform's code: `RETAIL`.
    pub vertical: Option<Limited<64>>,
}

impl Client {
    /// Looks a number up.
    ///
    /// # Errors
    ///
    /// [`SendError`]; advice `PauseChannel` means that token, right or number
    /// is wrong.
    pub async fn number(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
    ) -> Result<NumberDetails, SendError> {
        const FIELDS: &str = "id,display_phone_number,verified_name,name_status,\
            code_verification_status,quality_rating,status,platform_type,throughput,\
            whatsapp_business_manager_messaging_limit,account_mode,is_on_biz_app,\
            webhook_configuration,health_status";
        let call = self.call(Method::GET, &[number.as_str()], token).query(&[("fields", FIELDS)]);
        let (_, found) = answer(call).await?;
        let text = |path: &str| found.pointer(path).and_then(Value::as_str).map(str::to_owned);
        let callback = ["phone_number", "whatsapp_business_account", "application"]
            .iter()
            .find_map(|level| text(&format!("/webhook_configuration/{level}")))
            .filter(|url| !url.is_empty());
        let entities = found.pointer("/health_status/entities").and_then(Value::as_array);
        Ok(NumberDetails {
            display: text("/display_phone_number"),
            verified_name: text("/verified_name"),
            name_status: text("/name_status"),
            verification: text("/code_verification_status"),
            quality: text("/quality_rating"),
            status: text("/status"),
            platform: text("/platform_type"),
            throughput: text("/throughput/level"),
            messaging_limit: text("/whatsapp_business_manager_messaging_limit"),
            mode: text("/account_mode"),
            on_phone_app: found.get("is_on_biz_app").and_then(Value::as_bool).unwrap_or_default(),
            callback,
            health: entities.into_iter().flatten().map(health).collect(),
        })
    }

    /// The apps that get the webhooks of an account (`GET /<account id>/subscribed_apps`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn subscriptions(
        &self,
        account: &AccountId,
        token: &SecretString,
    ) -> Result<Vec<Subscription>, SendError> {
        let path = [account.as_str(), "subscribed_apps"];
        let (_, found) = answer(self.call(Method::GET, &path, token)).await?;
        let apps = found.get("data").and_then(Value::as_array);
        Ok(apps.into_iter().flatten().filter_map(subscription).collect())
    }

    /// Subscribes the token's app to the webhooks of an account, at the app's
    /// address or another one (`POST /<account id>/subscribed_apps`). Without this
    /// call nothing ever comes in.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn subscribe(
        &self,
        account: &AccountId,
        token: &SecretString,
        callback: Option<&Callback>,
    ) -> Result<(), SendError> {
        let path = [account.as_str(), "subscribed_apps"];
        let mut call = self.call(Method::POST, &path, token);
        if let Some(callback) = callback {
            call = call.json(&callback.to_graph());
        }
        answer(call).await.map(|_| ())
    }

    /// Takes the token's app off an account (`DELETE /<account id>/subscribed_apps`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn unsubscribe(
        &self,
        account: &AccountId,
        token: &SecretString,
    ) -> Result<(), SendError> {
        let path = [account.as_str(), "subscribed_apps"];
        answer(self.call(Method::DELETE, &path, token)).await.map(|_| ())
    }

    /// Gives one number's webhooks an address of their own, or takes it away
    /// (`webhook_configuration`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn set_callback(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
        callback: Option<&Callback>,
    ) -> Result<(), SendError> {
        let none = || json!({ "override_callback_uri": "" });
        let configuration = callback.map_or_else(none, Callback::to_graph);
        self.change(&[number.as_str()], token, &json!({ "webhook_configuration": configuration }))
            .await
    }

    /// Connects a number to the Cloud API (`POST /<number id>/register`) with the
    /// pin of two-step verification. Ten times in 72 hours, then code 133016.
    ///
    /// # Errors
    ///
    /// [`SendError`]; a wrong pin has code 133005.
    pub async fn register(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
        pin: &Pin,
    ) -> Result<(), SendError> {
        let body = json!({ "messaging_product": "whatsapp", "pin": pin.0.expose_secret() });
        self.change(&[number.as_str(), "register"], token, &body).await
    }

    /// Disconnects a number (`POST /<number id>/deregister`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn deregister(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
    ) -> Result<(), SendError> {
        self.change(&[number.as_str(), "deregister"], token, &json!({})).await
    }

    /// Sets the pin of two-step verification (`POST /<number id>`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn set_pin(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
        pin: &Pin,
    ) -> Result<(), SendError> {
        self.change(&[number.as_str()], token, &json!({ "pin": pin.0.expose_secret() })).await
    }

    /// What customers see of the store.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn business_profile(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
    ) -> Result<BusinessProfile, SendError> {
        const FIELDS: &str = "about,address,description,email,websites,vertical";
        let path = [number.as_str(), "whatsapp_business_profile"];
        let call = self.call(Method::GET, &path, token).query(&[("fields", FIELDS)]);
        let (_, found) = answer(call).await?;
        let profile = found.pointer("/data/0").cloned().unwrap_or_default();
        Ok(BusinessProfile {
            about: part(&profile, "about"),
            address: part(&profile, "address"),
            description: part(&profile, "description"),
            email: part(&profile, "email"),
            websites: profile
                .get("websites")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(|page| Limited::new("websites", page.as_str()?).ok())
                .collect(),
            vertical: part(&profile, "vertical"),
        })
    }

    /// Changes what customers see of the store; what is `None` stays as it is.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn set_business_profile(
        &self,
        number: &PhoneNumberId,
        token: &SecretString,
        profile: &BusinessProfile,
    ) -> Result<(), SendError> {
        let mut body = json!({ "messaging_product": "whatsapp" });
        let texts = [
            ("about", profile.about.as_ref().map(Limited::as_str)),
            ("address", profile.address.as_ref().map(Limited::as_str)),
            ("description", profile.description.as_ref().map(Limited::as_str)),
            ("email", profile.email.as_ref().map(Limited::as_str)),
            ("vertical", profile.vertical.as_ref().map(Limited::as_str)),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                put(&mut body, name, text);
            }
        }
        if !profile.websites.is_empty() {
            put(&mut body, "websites", json!(profile.websites));
        }
        self.change(&[number.as_str(), "whatsapp_business_profile"], token, &body).await
    }

    /// What is known of a token (`GET /debug_token`); a token may ask about itself.
    ///
    /// # Errors
    ///
    /// [`SendError`]; code 190 when the token can't even ask.
    pub async fn token_details(&self, token: &SecretString) -> Result<TokenDetails, SendError> {
        let call = self.call(Method::GET, &["debug_token"], token);
        let (_, found) = answer(call.query(&[("input_token", token.expose_secret())])).await?;
        let data = found.get("data").cloned().unwrap_or_default();
        let scopes = data.get("scopes").and_then(Value::as_array);
        let scope = |scope: &Value| scope.as_str().map(str::to_owned);
        Ok(TokenDetails {
            valid: data.get("is_valid").and_then(Value::as_bool).unwrap_or_default(),
            app_id: data.get("app_id").and_then(Value::as_str).map(str::to_owned),
            // Zero means that it never ends.
            expires_at: data.get("expires_at").and_then(Value::as_i64).filter(|at| *at != 0),
            scopes: scopes.into_iter().flatten().filter_map(scope).collect(),
        })
    }

    async fn change(
        &self,
        path: &[&str],
        token: &SecretString,
        body: &Value,
    ) -> Result<(), SendError> {
        answer(self.call(Method::POST, path, token).json(body)).await.map(|_| ())
    }
}

impl Callback {
    fn to_graph(&self) -> Value {
        json!({
            "override_callback_uri": self.url,
            "verify_token": self.verify_token.expose_secret(),
        })
    }
}

fn part<const MAX: usize>(profile: &Value, name: &'static str) -> Option<Limited<MAX>> {
    Limited::new(name, profile.get(name)?.as_str()?).ok()
}

fn subscription(value: &Value) -> Option<Subscription> {
    let text = |path: &str| value.pointer(path).and_then(Value::as_str).map(str::to_owned);
    Some(Subscription {
        app_id: text("/whatsapp_business_api_data/id")?,
        app_name: text("/whatsapp_business_api_data/name"),
        callback: text("/override_callback_uri"),
    })
}

fn health(value: &Value) -> Health {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let problem = |error: &Value| {
        let code = error.get("error_code").and_then(Value::as_i64).unwrap_or_default();
        let words = [text(error, "error_description"), text(error, "possible_solution")];
        format!("{code}: {}", words.join(" ").trim())
    };
    let errors = value.get("errors").and_then(Value::as_array);
    Health {
        entity: text(value, "entity_type"),
        can_send: text(value, "can_send_message"),
        problems: errors.into_iter().flatten().map(problem).collect(),
    }
}
