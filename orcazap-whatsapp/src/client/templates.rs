//! Templates at the platform: submitted, listed, edited, deleted.

use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Client, answer};
use crate::error::SendError;
use crate::ids::{AccountId, TemplateId};
use crate::templates::Definition;

/// The most templates of one page.
const PAGE: usize = 100;

/// The most pages read: an account has at most 6,000 templates.
const MAX_PAGES: usize = 100;

/// What the platform answers to a template that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submitted {
    /// Its id.
    pub id: TemplateId,
    /// `PENDING` mostly, `APPROVED` or `REJECTED` at times at once.
    pub status: String,
    /// The category that the platform put it in, which may be another one than
    /// was asked for.
    pub category: Option<String>,
}

/// A template as the platform lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedTemplate {
    /// Its id.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// Its language, `pt_BR`.
    pub language: String,
    /// `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, `IN_APPEAL`,
    /// `LIMIT_EXCEEDED`, `PENDING_DELETION`, `DELETED`, `ARCHIVED`, or what is new.
    pub status: String,
    /// `UTILITY`, `MARKETING`, `AUTHENTICATION`, or what is new.
    pub category: String,
    /// `GREEN`, `YELLOW`, `RED`, `UNKNOWN`, when it is told.
    pub quality: Option<String>,
    /// Why it was rejected.
    pub rejected_reason: Option<String>,
    /// Its components as the platform wrote them.
    pub components: Value,
    /// The same as a type, when it can be read.
    pub definition: Option<Definition>,
}

/// A page of templates.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplatePage {
    /// The templates.
    pub templates: Vec<ListedTemplate>,
    /// Where the next page begins; none behind the last.
    pub after: Option<String>,
}

impl Client {
    /// Submits a template for review (`POST /<account id>/message_templates`). An
    /// account may submit 100 in an hour.
    ///
    /// # Errors
    ///
    /// [`SendError`]; the platform's words about a rule that is broken stand in
    /// [`GraphError::user_message`](crate::GraphError::user_message).
    pub async fn create_template(
        &self,
        account: &AccountId,
        token: &SecretString,
        definition: &Definition,
    ) -> Result<Submitted, SendError> {
        let path = [account.as_str(), "message_templates"];
        let call = self.call(Method::POST, &path, token).json(&definition.to_graph());
        let (http_status, found) = answer(call).await?;
        let text = |name: &str| Some(found.get(name)?.as_str()?.to_owned());
        let id = id_of(&found).ok_or(SendError::Unknown { http_status, retry_after: None })?;
        let status = text("status").unwrap_or_else(|| "PENDING".to_owned());
        Ok(Submitted { id, status, category: text("category") })
    }

    /// A page of the account's templates (`GET /<account id>/message_templates`),
    /// from the beginning or from behind a page's [`after`](TemplatePage::after).
    ///
    /// # Errors
    ///
    /// [`SendError`]. A cursor that is no longer good has code 131059.
    pub async fn template_page(
        &self,
        account: &AccountId,
        token: &SecretString,
        after: Option<&str>,
    ) -> Result<TemplatePage, SendError> {
        const FIELDS: &str =
            "id,name,language,status,category,quality_score,rejected_reason,components";
        let path = [account.as_str(), "message_templates"];
        let mut call = self.call(Method::GET, &path, token);
        call = call.query(&[("fields", FIELDS), ("limit", &PAGE.to_string())]);
        if let Some(after) = after {
            call = call.query(&[("after", after)]);
        }
        let (_, found) = answer(call).await?;
        let data = found.get("data").and_then(Value::as_array);
        let templates = data.into_iter().flatten().filter_map(listed).collect();
        // The last page has a cursor too, but no address of a next one.
        let more = found.pointer("/paging/next").is_some();
        let after = found.pointer("/paging/cursors/after").and_then(Value::as_str);
        Ok(TemplatePage { templates, after: after.filter(|_| more).map(str::to_owned) })
    }

    /// All templates of an account, page by page.
    ///
    /// # Errors
    ///
    /// [`SendError`] of the first page that can't be had.
    pub async fn templates(
        &self,
        account: &AccountId,
        token: &SecretString,
    ) -> Result<Vec<ListedTemplate>, SendError> {
        let mut all = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let page = self.template_page(account, token, after.as_deref()).await?;
            all.extend(page.templates);
            after = page.after;
            if after.is_none() {
                break;
            }
        }
        Ok(all)
    }

    /// Changes a template's components (`POST /<template id>`); it is reviewed
    /// again. Only approved, rejected and paused ones can be changed, an approved
    /// one once a day and ten times in 30 days.
    ///
    /// # Errors
    ///
    /// [`SendError`], as for a new one.
    pub async fn edit_template(
        &self,
        id: &TemplateId,
        token: &SecretString,
        definition: &Definition,
    ) -> Result<(), SendError> {
        let body = json!({ "components": definition.components() });
        answer(self.call(Method::POST, &[id.as_str()], token).json(&body)).await.map(|_| ())
    }

    /// Deletes a template in every language, or the one of an id. Its name is
    /// blocked for 30 days. What was sent of it is still delivered.
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn delete_template(
        &self,
        account: &AccountId,
        token: &SecretString,
        name: &str,
        id: Option<&TemplateId>,
    ) -> Result<(), SendError> {
        let path = [account.as_str(), "message_templates"];
        let mut call = self.call(Method::DELETE, &path, token).query(&[("name", name)]);
        if let Some(id) = id {
            call = call.query(&[("hsm_id", id.as_str())]);
        }
        answer(call).await.map(|_| ())
    }

    /// Lets a template that was paused go out again (`POST /<template id>/unpause`).
    ///
    /// # Errors
    ///
    /// [`SendError`].
    pub async fn unpause_template(
        &self,
        id: &TemplateId,
        token: &SecretString,
    ) -> Result<(), SendError> {
        answer(self.call(Method::POST, &[id.as_str(), "unpause"], token)).await.map(|_| ())
    }
}

/// An id that comes as a text or as a number.
fn id_of(value: &Value) -> Option<TemplateId> {
    let id = value.get("id")?;
    let number = id.as_u64().map(|id| id.to_string());
    id.as_str().map(str::to_owned).or(number)?.parse().ok()
}

fn listed(value: &Value) -> Option<ListedTemplate> {
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    let quality = value.pointer("/quality_score/score").and_then(Value::as_str);
    Some(ListedTemplate {
        id: id_of(value)?,
        name: text("name")?,
        language: text("language")?,
        status: text("status")?,
        category: text("category").unwrap_or_default(),
        quality: quality.map(str::to_owned),
        rejected_reason: text("rejected_reason").filter(|reason| reason != "NONE"),
        components: value.get("components").cloned().unwrap_or_default(),
        definition: Definition::from_graph(value),
    })
}
