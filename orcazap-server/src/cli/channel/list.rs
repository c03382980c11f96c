//! `orcazap channel list`: a store's numbers in a table.

use orcazap_store::{ChannelStatus, Store, Tenant};

use crate::cli::table::table;

pub(super) async fn run(store: &Store, tenant: &Tenant) -> anyhow::Result<()> {
    let mut tx = store.tenant(tenant.id).await?;
    let channels = tx.list_channels().await?;
    let mut rows = Vec::new();
    for channel in channels {
        let account = tx.find_account(channel.id).await?;
        let status = match channel.status {
            ChannelStatus::Active => "ativo".to_owned(),
            ChannelStatus::Paused { reason } => format!("pausado: {reason}"),
        };
        let token = if channel.has_access_token { "sim" } else { "não" };
        rows.push([
            channel.phone_number_id,
            channel.display_name,
            account.unwrap_or_else(|| "—".to_owned()),
            token.to_owned(),
            status,
        ]);
    }
    if rows.is_empty() {
        crate::cli::say("Nenhum número. Cadastre um com `orcazap channel add`.");
        return Ok(());
    }
    crate::cli::say(&table(["NÚMERO (ID)", "NOME", "CONTA (WABA)", "TOKEN", "SITUAÇÃO"], &rows));
    Ok(())
}
