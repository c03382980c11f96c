//! What is done behind the webhooks: turns of conversations, deliveries, files that
//! customers sent, and sweeping up.
//!
//! Each kind has one step, which does one thing and says whether there was any;
//! tests step until nothing is left. [`run`] does the same, sleeping until it is
//! woken or its slow poll comes round.

mod deliveries;
mod files;
mod gate;
mod nudge;
mod read_mark;
mod sweep;
mod turns;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio_util::task::TaskTracker;

pub use deliveries::deliver_one;
pub use files::fetch_one;
pub use sweep::sweep;
pub use turns::turn_one;

use crate::app::App;

/// How long a worker sleeps when nothing wakes it: other processes, settled
/// bursts and timers are found by this.
const POLL: Duration = Duration::from_millis(500);
/// How long a worker rests after the database failed it.
const REST: Duration = Duration::from_secs(2);
/// How often ended log-ins and the like are swept up.
const SWEEP: Duration = Duration::from_secs(600);

/// Whether a step found something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// It did something; there may be more.
    Work,
    /// There is nothing to do now.
    Nothing,
}

/// How many workers of each kind run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hands {
    /// Turns of conversations; each may hold a database connection.
    pub turns: usize,
    /// Messages on their way; most of their time is the network's.
    pub deliveries: usize,
}

impl Default for Hands {
    fn default() -> Self {
        Self { turns: 4, deliveries: 8 }
    }
}

/// Works until `app.shutdown` is cancelled, then ends after what is in hand.
pub async fn run(app: App, hands: Hands) {
    let tracker = TaskTracker::new();
    for _ in 0..hands.turns {
        let app = app.clone();
        tracker.spawn(async move {
            let woken = || app.store.turns_ready().notified();
            work(&app, "turns", || turn_one(&app), woken).await;
        });
    }
    for _ in 0..hands.deliveries {
        let app = app.clone();
        tracker.spawn(async move {
            let woken = || app.store.deliveries_ready().notified();
            work(&app, "deliveries", || deliver_one(&app), woken).await;
        });
    }
    // One is enough: a file may be large, and nobody waits for it at the counter.
    {
        let app = app.clone();
        tracker.spawn(async move {
            let woken = || app.store.media_ready().notified();
            work(&app, "files", || fetch_one(&app), woken).await;
        });
    }
    tracker.spawn(async move {
        loop {
            guarded("sweep", sweep(&app)).await;
            tokio::select! {
                () = app.shutdown.cancelled() => break,
                () = tokio::time::sleep(SWEEP) => {}
            }
        }
    });
    tracker.close();
    tracker.wait().await;
}

/// Steps while there is work, and sleeps when there is none.
async fn work<S, W>(app: &App, what: &'static str, step: impl Fn() -> S, woken: impl Fn() -> W)
where
    S: Future<Output = anyhow::Result<Found>>,
    W: Future<Output = ()>,
{
    while !app.shutdown.is_cancelled() {
        let pause = match guarded(what, step()).await {
            Some(Found::Work) => continue,
            Some(Found::Nothing) => POLL,
            None => REST,
        };
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            () = woken() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// A step's outcome; `None` when it failed or panicked, which is logged and ends
/// nothing but that step.
async fn guarded(
    what: &'static str,
    step: impl Future<Output = anyhow::Result<Found>>,
) -> Option<Found> {
    match AssertUnwindSafe(step).catch_unwind().await {
        Ok(Ok(found)) => Some(found),
        Ok(Err(error)) => {
            tracing::error!(worker = what, error = format!("{error:#}"), "a step failed");
            None
        }
        Err(_panic) => {
            tracing::error!(worker = what, "a step panicked");
            None
        }
    }
}
