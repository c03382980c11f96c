//! Twilio over HTTP: send a message, find or make its content object.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::content::Content;
use super::outgoing::{Outgoing, fit, outgoing};
use super::sender::{AccountSid, Sender};
use crate::client::{ClientConfig, ClientError, Sent, answer, http_client};
use crate::error::{Certainty, SendError};
use crate::ids::{MessageId, PhoneNumberId};
use crate::send::{Message, Request};
use crate::transport::{Sending, Transport};

/// How many pages of an account's content objects are looked through for one.
const MAX_PAGES: usize = 20;

/// Where Twilio is.
#[derive(Debug, Clone)]
pub struct TwilioConfig {
    /// Messages: `https://api.twilio.com`, or a stand-in's.
    pub api: Url,
    /// Content objects: `https://content.twilio.com`, or a stand-in's.
    pub content: Url,
    /// Where statuses are told: this server's public address for them. Callback
    /// data is put into its query as `callback`, for Twilio carries none itself.
    pub status_callback: Url,
}

impl TwilioConfig {
    /// Twilio's own addresses, and this server's for statuses.
    #[must_use]
    pub fn new(status_callback: Url) -> Self {
        #[expect(clippy::expect_used, reason = "constants that a test parses")]
        let url = |text: &str| text.parse().expect("an address");
        Self {
            api: url("https://api.twilio.com"),
            content: url("https://content.twilio.com"),
            status_callback,
        }
    }
}

type ContentKey = (AccountSid, String, String);

/// A client of Twilio's WhatsApp. Cheap to clone; clones share their connections
/// and what they know of content objects.
///
/// It makes a call once and follows no redirect with the account's secret, like
/// [`crate::Client`]. The number's secret is the account's auth token, or the
/// primary and the secondary one by a comma while it is rotated.
#[derive(Debug, Clone)]
pub struct Client {
    pub(super) http: reqwest::Client,
    pub(super) config: TwilioConfig,
    usual: ClientConfig,
    /// The ids of content objects, by account, name and language.
    known: Arc<Mutex<HashMap<ContentKey, String>>>,
}

impl Client {
    /// A client with these settings; time-outs are those of [`ClientConfig::new`].
    ///
    /// # Errors
    ///
    /// [`ClientError`], when an address can't be called.
    pub fn new(config: TwilioConfig) -> Result<Self, ClientError> {
        for url in [&config.api, &config.content] {
            if url.cannot_be_a_base() || !matches!(url.scheme(), "http" | "https") {
                return Err(ClientError::BaseUrl { found: url.clone() });
            }
        }
        let usual = ClientConfig::new(config.api.clone());
        let http = http_client(&usual)?;
        Ok(Self { http, config, usual, known: Arc::default() })
    }

    /// Sends a message (`POST /2010-04-01/Accounts/{account}/Messages.json`). One
    /// with buttons or a list, and a template, need a content object first, which
    /// is looked up in the account, made when it is not there, and remembered.
    ///
    /// # Errors
    ///
    /// [`SendError`], which knows whether to try again and whether the message may
    /// have gone out. A kind that Twilio does not send is [`SendError::Build`].
    pub async fn send_from(
        &self,
        from: &Sender,
        secret: &SecretString,
        request: &Request,
    ) -> Result<Sent, SendError> {
        let mut form = vec![("To", to(request)), ("From", from.address())];
        form.push(("StatusCallback", self.callback(request)));
        match outgoing(request).map_err(|error| SendError::Build(error.into()))? {
            Outgoing::Plain(parameters) => form.extend(parameters),
            Outgoing::Content(content) => {
                form.push((
                    "ContentSid",
                    self.content_sid(from.account(), secret, &content).await?,
                ));
                if !content.values.is_empty() {
                    form.push(("ContentVariables", content.variables()));
                }
            }
        }
        let path = ["2010-04-01", "Accounts", from.account().as_str(), "Messages.json"];
        let call = self.call(Method::POST, &self.config.api, &path, from.account(), secret);
        let (http_status, sent) = answer(call.form(&form)).await?;
        let text = |name: &str| sent.get(name).and_then(Value::as_str).map(str::to_owned);
        match text("sid").and_then(|sid| sid.parse::<MessageId>().ok()) {
            Some(message_id) => Ok(Sent { message_id, wa_id: None, status: text("status") }),
            None => Err(SendError::Unknown { http_status, retry_after: None }),
        }
    }

    /// The id of a content object. Whatever goes wrong here, the message has not
    /// gone out.
    async fn content_sid(
        &self,
        account: &AccountSid,
        secret: &SecretString,
        content: &Content,
    ) -> Result<String, SendError> {
        let key = (account.clone(), content.name.clone(), content.language.clone());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(sid) = known {
            return Ok(sid);
        }
        let found = self.find_content(account, secret, content).await.map_err(not_sent)?;
        let sid = match (found, &content.definition) {
            (Some(sid), _) => sid,
            (None, Some(definition)) => {
                let path = ["v1", "Content"];
                let call = self.call(Method::POST, &self.config.content, &path, account, secret);
                let (http_status, made) = answer(call.json(definition)).await.map_err(not_sent)?;
                let sid = made.get("sid").and_then(Value::as_str).map(str::to_owned);
                let lost = SendError::Unknown { http_status, retry_after: None };
                sid.ok_or_else(|| not_sent(lost))?
            }
            (None, None) => {
                let name = &content.name;
                let missing = format!("the account has no content object {name} in {}", key.2);
                return Err(SendError::Build(missing.into()));
            }
        };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, sid.clone());
        Ok(sid)
    }

    async fn find_content(
        &self,
        account: &AccountSid,
        secret: &SecretString,
        content: &Content,
    ) -> Result<Option<String>, SendError> {
        let mut page = self.config.content.clone();
        extend(&mut page, &["v1", "Content"]);
        page.set_query(Some("PageSize=100"));
        for _ in 0..MAX_PAGES {
            let call = self.authorised(self.http.get(page.clone()), account, secret);
            let (_, answer) = answer(call).await?;
            let text = |object: &Value, name: &str| {
                object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            let contents = answer.get("contents").and_then(Value::as_array);
            let found = contents.into_iter().flatten().find(|found| {
                text(found, "friendly_name") == content.name
                    && text(found, "language") == content.language
            });
            if let Some(found) = found {
                return Ok(Some(text(found, "sid")).filter(|sid| !sid.is_empty()));
            }
            let next = answer.pointer("/meta/next_page_url").and_then(Value::as_str);
            match next.and_then(|next| next.parse::<Url>().ok()) {
                // Credentials go to no other host, whatever the answer says.
                Some(next) if next.origin() == self.config.content.origin() => page = next,
                _ => break,
            }
        }
        Ok(None)
    }

    /// The address for a message's statuses, with its callback data.
    fn callback(&self, request: &Request) -> String {
        let mut url = self.config.status_callback.clone();
        if let Some(data) = &request.callback_data {
            url.query_pairs_mut().append_pair("callback", data.as_str());
        }
        url.into()
    }

    fn call(
        &self,
        method: Method,
        base: &Url,
        path: &[&str],
        account: &AccountSid,
        secret: &SecretString,
    ) -> RequestBuilder {
        let mut url = base.clone();
        extend(&mut url, path);
        self.authorised(self.http.request(method, url), account, secret)
    }

    pub(super) fn authorised(
        &self,
        call: RequestBuilder,
        account: &AccountSid,
        secret: &SecretString,
    ) -> RequestBuilder {
        let primary = secret.expose_secret().split(',').next().unwrap_or_default().trim();
        call.basic_auth(account.as_str(), Some(primary)).timeout(self.usual.timeout)
    }
}

impl Transport for Client {
    fn send<'a>(
        &'a self,
        from: &'a PhoneNumberId,
        secret: &'a SecretString,
        request: &'a Request,
    ) -> Sending<'a> {
        Box::pin(async move {
            match Sender::of(from) {
                Some(sender) => self.send_from(&sender, secret, request).await,
                None => Err(SendError::Build("the number is not at Twilio".into())),
            }
        })
    }

    fn fit(&self, message: Message) -> Vec<Message> {
        fit(message)
    }
}

fn extend(url: &mut Url, path: &[&str]) {
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
}

/// The phone number when it is known, exactly as it came in, else the user id.
fn to(request: &Request) -> String {
    match (request.to.phone(), request.to.user_id()) {
        (Some(phone), _) => format!("whatsapp:+{}", phone.digits()),
        (None, Some(user)) => format!("whatsapp:{}", user.as_str()),
        (None, None) => String::new(),
    }
}

/// An error of a call before the message's own: whatever became of that call, the
/// message has not gone out.
fn not_sent(error: SendError) -> SendError {
    match error.certainty() {
        Certainty::NotSent => error,
        Certainty::Uncertain => SendError::Connect(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_addresses_are_addresses() {
        let config = TwilioConfig::new("https://api.loja.example/webhooks/twilio".parse().unwrap());
        let client = Client::new(config).unwrap();
        let to = "5511900000001"
            .parse()
            .map(|phone| orcazap_core::ContactKey::new(Some(phone), None).unwrap());
        let text = Message::Text(crate::send::Text::new("oi").unwrap());
        let data = crate::send::CallbackData::new("callback data", "a b&c").unwrap();
        let request = Request::new(to.unwrap(), text).with_callback_data(data);
        let callback = client.callback(&request);
        assert_eq!(callback, "https://api.loja.example/webhooks/twilio?callback=a+b%26c");
    }
}
