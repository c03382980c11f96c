//! `orcazap template`: what a store may say outside the 24-hour window.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chrono::Utc;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use orcazap_store::{Store, StoredTemplate, Tenant};
use orcazap_whatsapp::client::{Client, ListedTemplate};
use orcazap_whatsapp::error::Advice;
use orcazap_whatsapp::templates::{Definition, Ready, ready};
use orcazap_whatsapp::{AccountId, PhoneNumberId};
use secrecy::SecretString;

use super::number::{Number, client};
use super::say;
use super::table::table;
use crate::config::{Database, Source};

/// Which store, and which of its accounts.
#[derive(Debug, clap::Args)]
pub(super) struct Whose {
    /// The store.
    #[arg(long, value_name = "SLUG")]
    tenant: String,
    /// One of its numbers; its only number without it.
    #[arg(long, value_name = "ID")]
    number: Option<PhoneNumberId>,
    /// The platform's id of the number's account (WABA); kept for the next time.
    #[arg(long, value_name = "ID")]
    account: Option<AccountId>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Submit the ready templates for review, those that the account has not.
    Submit {
        #[command(flatten)]
        whose: Whose,
        /// Only this one.
        #[arg(long)]
        name: Option<String>,
    },
    /// List the account's templates, and keep what the platform tells of them.
    List {
        #[command(flatten)]
        whose: Whose,
    },
    /// Show how a template reads, with its examples: a ready one, or one that the
    /// store has.
    Preview {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// Its name; every ready template without it.
        name: Option<String>,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        match command {
            Command::Submit { whose, name } => {
                let account = Account::find(whose, &store, source).await?;
                account.submit(name.as_deref(), &store).await
            }
            Command::List { whose } => {
                let account = Account::find(whose, &store, source).await?;
                let listed = account.sync(&store).await?;
                say(&shown(&listed));
                Ok(())
            }
            Command::Preview { tenant, name } => {
                let tenant = super::find_tenant(&store, tenant).await?;
                preview(&store, &tenant, name.as_deref()).await
            }
        }
    })
}

/// An account with the right to its templates.
struct Account {
    tenant: Tenant,
    id: AccountId,
    token: SecretString,
    client: Client,
}

impl Account {
    async fn find(whose: &Whose, store: &Store, source: &Source<'_>) -> anyhow::Result<Self> {
        let tenant = super::find_tenant(store, &whose.tenant).await?;
        let number = Number::find(store, &tenant, whose.number.as_ref()).await?;
        let token = number.needs_token()?.clone();
        let id = number.needs_account(store, &tenant, whose.account.as_ref()).await?;
        Ok(Self { tenant, id, token, client: client(source)? })
    }

    /// The account's templates at the platform, kept as it tells of them.
    async fn sync(&self, store: &Store) -> anyhow::Result<Vec<ListedTemplate>> {
        let listed = self.client.templates(&self.id, &self.token).await;
        let listed = listed.map_err(|error| {
            let said = error.explain();
            anyhow::Error::from(error).context(said)
        })?;
        let now = Utc::now();
        let kept: Vec<StoredTemplate> = listed
            .iter()
            .map(|template| StoredTemplate {
                account_id: self.id.to_string(),
                name: template.name.clone(),
                language: template.language.clone(),
                platform_id: Some(template.id.to_string()),
                category: template.category.clone(),
                status: template.status.clone(),
                quality: template.quality.clone(),
                reason: template.rejected_reason.clone(),
                components: template.components.clone(),
                updated_at: now,
            })
            .collect();
        let mut tx = store.tenant(self.tenant.id).await?;
        tx.sync_templates(self.id.as_str(), &kept).await?;
        tx.commit().await?;
        Ok(listed)
    }

    async fn submit(&self, name: Option<&str>, store: &Store) -> anyhow::Result<()> {
        let mut wanted = ready();
        if let Some(name) = name {
            wanted.retain(|ready| ready.definition.name == name);
            anyhow::ensure!(!wanted.is_empty(), "não há modelo pronto com o nome {name}");
        }
        let there: BTreeMap<(String, String), String> = self
            .sync(store)
            .await?
            .into_iter()
            .map(|one| ((one.name, one.language), one.status))
            .collect();
        let bar = ProgressBar::new(u64::try_from(wanted.len()).unwrap_or_default());
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let mut refused = 0;
        for Ready { definition, .. } in &wanted {
            bar.set_message(definition.name.clone());
            let key = (definition.name.clone(), definition.language.clone());
            let said = match there.get(&key) {
                Some(status) => format!("já existe: {}", words(status)),
                None => match self.create(definition).await? {
                    Ok(status) => format!("enviado: {}", words(&status)),
                    Err(why) => {
                        refused += 1;
                        format!("recusado: {why}")
                    }
                },
            };
            bar.suspend(|| say(&format!("{}: {said}", definition.name)));
            bar.inc(1);
        }
        bar.finish_and_clear();
        self.sync(store).await?;
        anyhow::ensure!(refused == 0, "{refused} modelos recusados");
        say("A Meta costuma responder em minutos. Acompanhe com `orcazap template list`.");
        Ok(())
    }

    /// The status of a template that was taken, or why it was not. What concerns
    /// all of them ends the command.
    async fn create(&self, definition: &Definition) -> anyhow::Result<Result<String, String>> {
        let error = match self.client.create_template(&self.id, &self.token, definition).await {
            Ok(submitted) => return Ok(Ok(submitted.status)),
            Err(error) => error,
        };
        let said = error.explain();
        match error.advice() {
            Advice::GiveUp | Advice::FixRequest => {
                let more = match &error {
                    orcazap_whatsapp::SendError::Refused { error, .. } => {
                        error.user_message.clone().or_else(|| error.details.clone())
                    }
                    _ => None,
                };
                Ok(Err(more.map_or_else(|| said.to_owned(), |more| format!("{said} ({more})"))))
            }
            Advice::Retry { .. } | Advice::PauseChannel => Err(error).context(said),
        }
    }
}

/// A status in plain words.
fn words(status: &str) -> &str {
    match status {
        "APPROVED" => "aprovado",
        "PENDING" => "em análise",
        "REJECTED" => "rejeitado",
        "PAUSED" => "pausado pela Meta",
        "DISABLED" => "desativado pela Meta",
        "IN_APPEAL" => "em recurso",
        "LIMIT_EXCEEDED" => "acima do limite de modelos",
        "PENDING_DELETION" | "DELETED" => "apagado",
        "ARCHIVED" => "arquivado",
        other => other,
    }
}

fn shown(listed: &[ListedTemplate]) -> String {
    if listed.is_empty() {
        return "Nenhum modelo. Envie os prontos com `orcazap template submit`.".to_owned();
    }
    let mut rows: Vec<[String; 6]> = listed
        .iter()
        .map(|one| {
            [
                one.name.clone(),
                one.language.clone(),
                category(&one.category).to_owned(),
                words(&one.status).to_owned(),
                quality(one.quality.as_deref()).to_owned(),
                one.rejected_reason.clone().unwrap_or_default(),
            ]
        })
        .collect();
    rows.sort();
    table(["NOME", "IDIOMA", "CATEGORIA", "SITUAÇÃO", "QUALIDADE", "MOTIVO"], &rows)
}

fn category(code: &str) -> &str {
    match code {
        "UTILITY" => "utilidade",
        "MARKETING" => "marketing",
        "AUTHENTICATION" => "autenticação",
        other => other,
    }
}

fn quality(code: Option<&str>) -> &str {
    match code {
        Some("GREEN") => "verde",
        Some("YELLOW") => "amarela",
        Some("RED") => "vermelha",
        Some("UNKNOWN") | None => "—",
        Some(other) => other,
    }
}

async fn preview(store: &Store, tenant: &Tenant, name: Option<&str>) -> anyhow::Result<()> {
    let mut wanted = ready();
    wanted.retain(|ready| name.is_none_or(|name| name == ready.definition.name));
    for Ready { purpose, definition } in &wanted {
        say(&format!("── {} ──\n{purpose}\n", definition.name));
        say(&definition.preview_of_examples()?.to_string());
    }
    let (Some(name), true) = (name, wanted.is_empty()) else { return Ok(()) };
    let mut tx = store.tenant(tenant.id).await?;
    let mut kept = tx.list_templates().await?;
    kept.retain(|template| template.name == name);
    anyhow::ensure!(!kept.is_empty(), "não há modelo com o nome {name}");
    for template in kept {
        let graph = serde_json::json!({
            "name": template.name, "language": template.language, "category": template.category,
            "components": template.components,
        });
        let definition = Definition::from_graph(&graph).context("o modelo não pôde ser lido")?;
        say(&format!("── {} ({}) ──\n", template.name, template.language));
        say(&definition.preview_of_examples()?.to_string());
    }
    Ok(())
}
