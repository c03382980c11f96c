//! A server from its first connection to its last: listens, works, and stops
//! without breaking off what it has begun.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::worker::{self, Hands};

/// How long open requests are waited for at the end.
const DRAIN: Duration = Duration::from_secs(20);

/// Serves until `app.shutdown` is cancelled, then waits for open requests.
///
/// # Errors
///
/// When the listener breaks.
pub async fn serve(app: App, listener: TcpListener) -> std::io::Result<()> {
    let stop = app.shutdown.clone();
    let service = crate::http::service(app).into_make_service_with_connect_info::<SocketAddr>();
    let server =
        axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let late = async {
        stop.cancelled().await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        result = server.into_future() => result,
        () = late => {
            tracing::warn!("some requests did not end in time and are broken off");
            Ok(())
        }
    }
}

/// Serves, with workers beside it when there are hands for them, until
/// `app.shutdown` is cancelled; then ends what is in hand and closes the database.
///
/// # Errors
///
/// When the listener breaks; the workers are stopped then.
pub async fn run(app: App, listener: TcpListener, hands: Option<Hands>) -> std::io::Result<()> {
    let workers = hands.map(|hands| tokio::spawn(worker::run(app.clone(), hands)));
    let served = serve(app.clone(), listener).await;
    app.shutdown.cancel();
    if let Some(workers) = workers
        && let Err(error) = workers.await
    {
        tracing::error!(%error, "the workers did not end well");
    }
    app.store.close().await;
    served
}

/// Cancels the token at Ctrl-C or SIGTERM.
///
/// # Errors
///
/// When the process can't listen for signals.
pub fn stop_on_signal(stop: CancellationToken) -> std::io::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
    Ok(())
}
