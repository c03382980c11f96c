//! Log lines: one a line on standard error, as JSON unless a person is reading.
//!
//! `RUST_LOG` filters them. Fields have dotted names
//! (`request.id`, `job.attempt`) and say their unit; a phone number, a name, a
//! message's text or a token is never among them.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::prelude::*;

/// What is logged when `RUST_LOG` says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What happens, a line a request and a turn.
    Everything,
    /// What a person should look at: the terminal belongs to something else.
    Trouble,
}

/// Starts logging for a whole process. Does nothing when it runs already.
pub(crate) fn init(detail: Detail) {
    let usual = match detail {
        Detail::Everything => "info,sqlx=warn,hyper=warn",
        Detail::Trouble => "warn,sqlx=error",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let registry = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    // Only a second call fails, and then the first one stands.
    let _ = if std::io::stderr().is_terminal() {
        registry.with(lines.compact()).try_init()
    } else {
        registry.with(lines.json().flatten_event(true).with_span_list(false)).try_init()
    };
}
