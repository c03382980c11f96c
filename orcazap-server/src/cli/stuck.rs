//! `orcazap stuck`: what waits for a person. Messages of customers that could not
//! be worked on, and messages to customers that did not go out.

use anyhow::Context as _;
use chrono::Utc;
use clap::Subcommand;
use orcazap_store::{DeadLetterId, MAX_PAGE, MessageId, StoreError, TenantTx};
use uuid::Uuid;

use crate::config::{Database, Source};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List what is stuck in a store, the newest first: 200 of each kind at most.
    List {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
    },
    /// Try one of them again.
    Retry {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// Its id, as the list shows it.
        id: Uuid,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let database = Database::read(source)?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let (Command::List { tenant } | Command::Retry { tenant, .. }) = command;
        let tenant = super::find_tenant(&store, tenant).await?;
        let mut tx = store.tenant(tenant.id).await?;
        match command {
            Command::List { .. } => list(&mut tx).await,
            Command::Retry { id, .. } => {
                retry(&mut tx, *id).await?;
                tx.commit().await?;
                super::say("it is tried again");
                Ok(())
            }
        }
    })
}

async fn list(tx: &mut TenantTx) -> anyhow::Result<()> {
    for letter in tx.list_dead_letters(None, MAX_PAGE).await?.items {
        let (id, at, messages) = (letter.id, letter.at.to_rfc3339(), letter.messages);
        super::say(&format!("{id}  {at}  {messages} messages not read: {}", letter.error));
    }
    for unsent in tx.list_unsent(None, MAX_PAGE).await?.items {
        let (id, at, kind, state) = (unsent.id, unsent.at.to_rfc3339(), unsent.kind, unsent.state);
        let error = unsent.error.unwrap_or_default();
        super::say(&format!("{id}  {at}  {kind} {state}: {error}"));
    }
    Ok(())
}

/// An id is of one kind or the other.
async fn retry(tx: &mut TenantTx, id: Uuid) -> anyhow::Result<()> {
    let now = Utc::now();
    match tx.retry_dead_letter(DeadLetterId::from(id), now).await {
        Err(StoreError::Missing { .. }) => tx
            .send_again(MessageId::from(id), now)
            .await
            .with_context(|| format!("nothing stuck has the id {id}")),
        done => Ok(done?),
    }
}
