//! `orcazap user create`: a person who may log in to a store.

use std::io::{BufRead, IsTerminal, Read, Write};

use anyhow::Context;
use chrono::Utc;
use clap::Subcommand;
use orcazap_core::authority::Role;
use orcazap_store::NewStaff;
use secrecy::SecretString;

use crate::config::{Database, Source};
use crate::password;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a person; the password is the first line of standard input.
    Create {
        /// The store.
        #[arg(long, value_name = "SLUG")]
        tenant: String,
        /// The e-mail address to log in with.
        #[arg(long)]
        email: String,
        /// The name that colleagues read.
        #[arg(long)]
        name: String,
        /// `owner`, `manager` or `attendant`.
        #[arg(long, default_value = "attendant")]
        role: Role,
    },
}

pub(super) fn run(command: &Command, source: &Source<'_>) -> anyhow::Result<()> {
    let Command::Create { tenant, email, name, role } = command;
    let looks_like_mail =
        email.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty());
    anyhow::ensure!(looks_like_mail, "expected an e-mail address, found {email:?}");
    let database = Database::read(source)?;
    let password = ask_password()?;
    super::runtime()?.block_on(async {
        let store = super::connect(&database).await?;
        let tenant = super::find_tenant(&store, tenant).await?;
        let new = NewStaff {
            email: email.clone(),
            name: name.clone(),
            role: *role,
            password_hash: password::hash(password).await?.into(),
        };
        let mut tx = store.tenant(tenant.id).await?;
        let staff = tx.insert_staff(new, Utc::now()).await?;
        tx.commit().await?;
        super::say(&format!("created {} of {} ({})", staff.email, tenant.slug, staff.role));
        Ok(())
    })
}

/// The first line of standard input. On a terminal it is asked for; what is
/// typed is seen there, so a pipe is the better way: `pass show … | orcazap user create …`.
fn ask_password() -> anyhow::Result<SecretString> {
    let input = std::io::stdin();
    if input.is_terminal() {
        let mut error = std::io::stderr();
        write!(error, "password (it will be seen): ")?;
        error.flush()?;
    }
    let mut line = String::new();
    let limit = u64::try_from(password::MAX_BYTES)? + 2;
    input.lock().take(limit).read_line(&mut line).context("the password can't be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).into())
}
