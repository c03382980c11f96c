//! Sweeping up: what time alone makes superfluous.

use super::Found;
use crate::app::App;

/// How many stores are looked at in one go.
const PAGE: u16 = 100;

/// Removes ended log-ins of every store.
///
/// # Errors
///
/// When the database fails.
pub async fn sweep(app: &App) -> anyhow::Result<Found> {
    let now = app.clock.now();
    let (mut after, mut removed) = (String::new(), 0);
    loop {
        let tenants = app.store.list_tenants(&after, PAGE).await?;
        let Some(last) = tenants.last() else { break };
        after.clone_from(&last.slug);
        for tenant in tenants {
            let mut tx = app.store.tenant(tenant.id).await?;
            removed += tx.delete_ended_sessions(now).await?;
            tx.commit().await?;
        }
    }
    if removed == 0 {
        return Ok(Found::Nothing);
    }
    tracing::info!(sessions.removed = removed, "swept up");
    Ok(Found::Work)
}
