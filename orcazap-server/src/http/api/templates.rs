//! What a webhook tells of a store's templates, kept with them: a template that was
//! paused must not be sent.

use axum::http::StatusCode;
use orcazap_store::TemplateNews;
use orcazap_whatsapp::AccountId;
use orcazap_whatsapp::webhook::{News, Template, Update};

use crate::app::App;

/// News of one template.
pub(super) struct Told {
    /// The account that has it.
    pub(super) account: AccountId,
    name: String,
    language: String,
    news: TemplateNews,
}

/// The news of templates among what a webhook brought.
pub(super) fn told(updates: &[Update]) -> Vec<Told> {
    updates.iter().filter_map(one).collect()
}

fn one(update: &Update) -> Option<Told> {
    let Update::Notice(notice) = update else { return None };
    let account = notice.origin.account_id.clone()?;
    let mut news = TemplateNews::default();
    let template: &Template = match &notice.news {
        News::TemplateStatus { template, event, reason, detail, category } => {
            news.status = Some(status(event));
            news.reason = detail.clone().or_else(|| reason.clone());
            news.category.clone_from(category);
            template
        }
        News::TemplateQuality { template, score, .. } => {
            news.quality = Some(score.clone());
            template
        }
        // A change that is only announced has not happened.
        News::TemplateCategory(change) if !change.announced => {
            news.category = Some(change.to.clone());
            &change.template
        }
        _ => return None,
    };
    news.platform_id.clone_from(&template.id);
    // Some of the platform's own samples write `pt-BR`.
    let language = template.language.as_deref()?.replace('-', "_");
    Some(Told { account, name: template.name.clone(), language, news })
}

/// The status that an event leads to; a warning changes none.
fn status(event: &str) -> String {
    match event {
        "REINSTATED" | "FLAGGED" => "APPROVED",
        "LOCKED" => "DISABLED",
        other => other,
    }
    .to_owned()
}

/// Keeps the news: 200, or a status that asks for the webhook again.
pub(super) async fn apply(app: &App, all: &[Told]) -> StatusCode {
    for Told { account, name, language, news } in all {
        let now = app.clock.now();
        let applied = app.store.apply_template_news(account.as_str(), name, language, news, now);
        match applied.await {
            Ok(changed) => tracing::info!(template.name = name, changed, "news of a template"),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "news of a template could not be kept and will come again");
                return StatusCode::SERVICE_UNAVAILABLE;
            }
        }
    }
    StatusCode::OK
}
