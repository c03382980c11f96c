//! Templates at the stand-in: submitted, reviewed by the test, listed page by
//! page, edited, paused, deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::handle::{GraphSim, SimTemplate};
use super::manage::{MANAGE, authorize_account, change_number, demand, object};
use super::refusal::Refusal;
use super::routes::{authorize, check_version};
use super::state::Sim;
use super::webhook::{WebhookError, post_news};
use crate::ids::AccountId;
use crate::json::put;
use crate::templates::{Definition, RuleError};

/// A template of an account, in whatever state.
#[derive(Debug, Clone)]
struct Submitted {
    id: String,
    account: AccountId,
    definition: Definition,
    status: String,
    quality: String,
}

/// The templates of all accounts.
#[derive(Debug, Default)]
pub(super) struct Submissions {
    all: Vec<Submitted>,
    /// Names that were deleted: blocked for 30 days.
    blocked: BTreeSet<(AccountId, String)>,
    given: u64,
}

impl Submissions {
    fn find(&mut self, name: &str, language: &str) -> Option<&mut Submitted> {
        self.all
            .iter_mut()
            .find(|one| one.definition.name == name && one.definition.language == language)
    }
}

impl GraphSim {
    /// Reviews a template that was submitted: `APPROVED`, `REJECTED`, `PAUSED`,
    /// `DISABLED`, … with a reason or none. It goes out only while it is approved.
    /// The account's webhook is told, when there is one.
    ///
    /// # Errors
    ///
    /// [`WebhookError`], when the webhook was not taken at once. Nothing is told of
    /// a template that was not submitted.
    pub async fn review_template(
        &self,
        name: &str,
        language: &str,
        status: &str,
        reason: Option<&str>,
    ) -> Result<(), WebhookError> {
        let (account, value) = {
            let mut state = self.sim.state();
            let Some(one) = state.submissions.find(name, language) else { return Ok(()) };
            status.clone_into(&mut one.status);
            let one = one.clone();
            state.templates.retain(|known| known.name != name || known.language != language);
            if status == "APPROVED" {
                state.templates.push(SimTemplate {
                    name: name.to_owned(),
                    language: language.to_owned(),
                    parameters: one.definition.variables().names().len(),
                });
            }
            // A number in webhooks, a text everywhere else.
            let id: u64 = one.id.parse().unwrap_or_default();
            let value = json!({
                "event": status,
                "message_template_id": id,
                "message_template_name": name,
                "message_template_language": language,
                "message_template_category": one.definition.category.code(),
                "reason": reason.unwrap_or("NONE"),
            });
            (one.account, value)
        };
        self.news(&account, "message_template_status_update", value).await
    }

    /// Changes a template's quality and tells the account's webhook.
    ///
    /// # Errors
    ///
    /// As for [`review_template`](Self::review_template).
    pub async fn rate_template(
        &self,
        name: &str,
        language: &str,
        quality: &str,
    ) -> Result<(), WebhookError> {
        let (account, value) = {
            let mut state = self.sim.state();
            let Some(one) = state.submissions.find(name, language) else { return Ok(()) };
            let id: u64 = one.id.parse().unwrap_or_default();
            let value = json!({
                "previous_quality_score": one.quality,
                "new_quality_score": quality,
                "message_template_id": id,
                "message_template_name": name,
                "message_template_language": language,
            });
            quality.clone_into(&mut one.quality);
            (one.account.clone(), value)
        };
        self.news(&account, "message_template_quality_update", value).await
    }

    async fn news(
        &self,
        account: &AccountId,
        field: &str,
        value: Value,
    ) -> Result<(), WebhookError> {
        match post_news(&self.sim, account, field, value).await {
            Err(WebhookError::NoTarget) => Ok(()),
            done => done,
        }
    }
}

/// A rule of templates that is broken, as Meta answers it.
fn broken(error: &RuleError) -> Refusal {
    let subcode = match error {
        RuleError::TooLong { .. } => 2_388_040,
        RuleError::TooFewWords { .. } => 2_388_293,
        RuleError::Variable { problem, .. } if problem.contains("beginning") => 2_388_299,
        _ => 2_388_072,
    };
    Refusal { subcode: Some(subcode), ..Refusal::invalid(error.to_string()) }
}

fn read(body: &Value) -> Result<Definition, Refusal> {
    let definition = Definition::from_graph(body)
        .ok_or_else(|| Refusal::invalid("name, language, category or BODY is missing"))?;
    definition.check().map_err(|error| broken(&error))?;
    Ok(definition)
}

pub(super) async fn create(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    demand(&sim, &headers, MANAGE)?;
    let definition = read(&object(&body)?)?;
    let mut state = sim.state();
    let submissions = &mut state.submissions;
    if submissions.blocked.contains(&(account.clone(), definition.name.clone())) {
        let details = "The name of a deleted template is blocked for 30 days";
        return Err(Refusal { subcode: Some(2_388_023), ..Refusal::invalid(details) });
    }
    if submissions.find(&definition.name, &definition.language).is_some() {
        let details = "There is already content in this language for this template";
        return Err(Refusal { subcode: Some(2_388_024), ..Refusal::invalid(details) });
    }
    submissions.given += 1;
    let id = format!("{}", 1_689_556_908_129_000 + submissions.given);
    let answer = json!({
        "id": id, "status": "PENDING", "category": definition.category.code(),
    });
    let (status, quality) = ("PENDING".to_owned(), "UNKNOWN".to_owned());
    submissions.all.push(Submitted { id, account, definition, status, quality });
    Ok(Json(answer).into_response())
}

pub(super) async fn list(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    demand(&sim, &headers, MANAGE)?;
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let start = match query.get("after") {
        None => 0,
        Some(_) => number("after").ok_or_else(|| Refusal::new(400, 131_059, "Invalid cursor"))?,
    };
    let limit = number("limit").unwrap_or(25).clamp(1, 100);
    let state = sim.state();
    let own: Vec<&Submitted> =
        state.submissions.all.iter().filter(|one| one.account == account).collect();
    let data: Vec<Value> = own.iter().skip(start).take(limit).map(|one| listed(one)).collect();
    let end = start + data.len();
    let mut paging =
        json!({ "cursors": { "before": start.to_string(), "after": end.to_string() } });
    if end < own.len() {
        put(&mut paging, "next", format!("{}next?after={end}", sim.base_url()));
    }
    Ok(Json(json!({ "data": data, "paging": paging })).into_response())
}

fn listed(one: &Submitted) -> Value {
    let mut json = one.definition.to_graph();
    put(&mut json, "id", one.id.as_str());
    put(&mut json, "status", one.status.as_str());
    put(&mut json, "quality_score", json!({ "score": one.quality }));
    json
}

pub(super) async fn delete(
    State(sim): State<Arc<Sim>>,
    Path((version, account)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    let account = authorize_account(&sim, &headers, &account)?;
    demand(&sim, &headers, MANAGE)?;
    let name = query.get("name").ok_or_else(|| Refusal::invalid("name is missing"))?;
    let id = query.get("hsm_id");
    let mut state = sim.state();
    let goes = |one: &Submitted| {
        one.account == account && one.definition.name == *name && id.is_none_or(|id| one.id == *id)
    };
    let before = state.submissions.all.len();
    let gone: Vec<Submitted> =
        state.submissions.all.iter().filter(|one| goes(one)).cloned().collect();
    state.submissions.all.retain(|one| !goes(one));
    if state.submissions.all.len() == before {
        return Err(Refusal::invalid("no such template"));
    }
    for one in gone {
        state.templates.retain(|known| {
            known.name != one.definition.name || known.language != one.definition.language
        });
        state.submissions.blocked.insert((account.clone(), one.definition.name));
    }
    Ok(Json(json!({ "success": true })).into_response())
}

/// `POST /<node>`: a template is edited, or a number changed.
pub(super) async fn change(
    State(sim): State<Arc<Sim>>,
    Path((version, node)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    authorize(&sim, &headers, None)?;
    let body = object(&body)?;
    let known = sim.state().submissions.all.iter().find(|one| one.id == node).cloned();
    let Some(known) = known else { return change_number(&sim, &headers, &node, &body) };
    authorize_account(&sim, &headers, known.account.as_str())?;
    demand(&sim, &headers, MANAGE)?;
    if !matches!(known.status.as_str(), "APPROVED" | "REJECTED" | "PAUSED") {
        return Err(Refusal::invalid("only approved, rejected and paused templates can be edited"));
    }
    let mut edited = known.definition.to_graph();
    for name in ["components", "category", "message_send_ttl_seconds"] {
        if let Some(value) = body.get(name) {
            put(&mut edited, name, value.clone());
        }
    }
    let edited = read(&edited)?;
    if known.status == "APPROVED" && edited.category != known.definition.category {
        return Err(Refusal::invalid("the category of an approved template can't be edited"));
    }
    let mut state = sim.state();
    state.templates.retain(|one| one.name != edited.name || one.language != edited.language);
    if let Some(one) = state.submissions.all.iter_mut().find(|one| one.id == node) {
        one.definition = edited;
        "PENDING".clone_into(&mut one.status);
    }
    Ok(Json(json!({ "success": true })).into_response())
}

pub(super) async fn unpause(
    State(sim): State<Arc<Sim>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&version)?;
    authorize(&sim, &headers, None)?;
    demand(&sim, &headers, MANAGE)?;
    let mut state = sim.state();
    let paused =
        state.submissions.all.iter_mut().find(|one| one.id == id && one.status == "PAUSED");
    let Some(one) = paused else { return Err(Refusal::invalid("no such paused template")) };
    "APPROVED".clone_into(&mut one.status);
    let template = SimTemplate {
        name: one.definition.name.clone(),
        language: one.definition.language.clone(),
        parameters: one.definition.variables().names().len(),
    };
    state.templates.push(template);
    Ok(Json(json!({ "success": true })).into_response())
}
