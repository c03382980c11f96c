//! What can be made to go wrong.

use std::time::Duration;

/// A way for a send to fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Refused with an error of the platform.
    Graph {
        /// The HTTP status.
        http_status: u16,
        /// The platform's code.
        code: i64,
    },
    /// Refused with code 130429, HTTP status 429 and `Retry-After`.
    Throttled {
        /// How long to wait, in whole seconds.
        retry_after: Duration,
    },
    /// Not taken, and answered with this HTTP status and a page that is no error
    /// of the platform, as proxies do.
    Http(u16),
    /// Taken, and answered so all the same.
    HttpAfter(u16),
    /// Not taken, and the connection is cut without an answer.
    DropBefore,
    /// Taken, and the connection is cut without an answer.
    DropAfter,
    /// Not taken, and no answer ever comes.
    HangBefore,
    /// Taken, and no answer ever comes.
    HangAfter,
    /// Taken, and the connection is cut in the middle of the answer.
    Truncated,
    /// Taken, and the answer comes so late: statuses are faster.
    Slow(Duration),
    /// Answered with 200 and a message id, and then a status `failed`.
    FailLater {
        /// The platform's code.
        code: i64,
    },
    /// Answered as usual, and no status ever comes.
    StatusesLost,
    /// Answered as usual, and each status comes so late.
    StatusesLate(Duration),
}
