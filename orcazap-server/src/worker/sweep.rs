//! Sweeping up: what time alone makes superfluous.

use chrono::TimeDelta;

use super::Found;
use crate::app::App;

/// How long a report on a message that nobody knows is kept: the answer to the
/// call that sent it comes within minutes, or not at all.
const ORPHANS: TimeDelta = TimeDelta::days(1);
/// How many stores are looked at in one go.
const PAGE: u16 = 100;

/// Removes ended log-ins of every store, and reports on messages that it did
/// not send; marks what waits for paused numbers.
///
/// # Errors
///
/// When the database fails.
pub async fn sweep(app: &App) -> anyhow::Result<Found> {
    let now = app.clock.now();
    let (mut after, mut sessions, mut orphans) = (String::new(), 0, 0);
    loop {
        let tenants = app.store.list_tenants(&after, PAGE).await?;
        let Some(last) = tenants.last() else { break };
        after.clone_from(&last.slug);
        for tenant in tenants {
            let mut tx = app.store.tenant(tenant.id).await?;
            sessions += tx.delete_ended_sessions(now).await?;
            orphans += tx.delete_orphan_statuses(now - ORPHANS).await?;
            tx.park_deliveries().await?;
            tx.commit().await?;
        }
    }
    if sessions + orphans == 0 {
        return Ok(Found::Nothing);
    }
    tracing::info!(sessions.removed = sessions, orphans.removed = orphans, "swept up");
    Ok(Found::Work)
}
