//! What went wrong with a call, and the question its caller has: try again,
//! give up, stop the channel, or mend the request?
//!
//! A second question stands beside it, because the platform knows no idempotency
//! key: may the message have gone out all the same? [`Certainty`] answers it.

mod codes;
mod twilio;

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use thiserror::Error;

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Try again: after this time when the platform says one, else at the
    /// caller's own pace, with back-off and jitter.
    Retry {
        /// The least time to wait.
        after: Option<Duration>,
    },
    /// This message will not go out; tell a person.
    GiveUp,
    /// No message goes out on this channel until a person acts; raise an alert.
    PauseChannel,
    /// The request is wrong and stays wrong; tell who builds the software.
    FixRequest,
}

impl Advice {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Retry { .. } => "retry",
            Self::GiveUp => "give_up",
            Self::PauseChannel => "pause_channel",
            Self::FixRequest => "fix_request",
        }
    }

    /// A sentence in Portuguese for the store: what becomes of the message, and
    /// what a person has to do.
    #[must_use]
    pub fn explain(self) -> &'static str {
        match self {
            Self::Retry { .. } => {
                "A mensagem é enviada de novo automaticamente. Não precisa fazer nada."
            }
            Self::GiveUp => {
                "Esta mensagem não será enviada. Fale com o cliente por outro meio, se for preciso."
            }
            Self::PauseChannel => {
                "Nada mais sai por este número. Resolva o problema na Meta e reative o número; o \
                 que ficou esperando é enviado então."
            }
            Self::FixRequest => {
                "A mensagem tem um defeito e enviar de novo não adianta. Avise o suporte."
            }
        }
    }
}

/// Whether a message whose send failed may have gone out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// It has not: the connection failed before the request left, or the
    /// platform refused it.
    NotSent,
    /// Nobody knows: the request left and no usable answer came. Wait for a
    /// status with its callback data before sending it again.
    Uncertain,
}

/// Advice on a code from a send's answer or a status, wherever it came from.
///
/// Codes that are in no list are given up: a person decides.
#[must_use]
pub fn advice(code: i64) -> Advice {
    find(code).map_or(Advice::GiveUp, |code| code.advice)
}

/// A sentence in Portuguese for the store: what a code means and what to do.
#[must_use]
pub fn explain(code: i64) -> &'static str {
    find(code).map_or(
        "O WhatsApp recusou a mensagem por um motivo desconhecido. Fale com o cliente por outro meio.",
        |code| code.sentence,
    )
}

/// A code of Meta's, or of Twilio's.
fn find(code: i64) -> Option<codes::Code> {
    codes::code(code).or_else(|| twilio::code(code))
}

/// The code by which a status says that the 24-hour window is closed: only a
/// template goes out.
pub const WINDOW_CLOSED: i64 = 131_047;

/// An error as the platform words it: `error` of the Graph API's answer, or the
/// whole answer of Twilio.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphError {
    /// The HTTP status it came with; unreliable, decide on the code.
    pub http_status: u16,
    /// What it is.
    pub code: i64,
    /// More exactly what, from older parts of the API (`error_subcode`).
    pub subcode: Option<i64>,
    /// The platform's words, long numbers left out; they change.
    pub message: String,
    /// More about it (`error_data.details`), long numbers left out.
    pub details: Option<String>,
    /// What the platform would show to a person (`error_user_msg`), long numbers
    /// left out; of templates mostly, in the language of the app's owner.
    pub user_message: Option<String>,
    /// Whether the platform says that it will pass (`is_transient`).
    pub transient: bool,
    /// What the platform's support asks for (`fbtrace_id`).
    pub trace_id: Option<String>,
}

impl GraphError {
    /// Reads the body of an answer that is no success.
    pub(crate) fn read(http_status: u16, body: &[u8]) -> Option<Self> {
        let body: Value = serde_json::from_slice(body).ok()?;
        // Twilio's stands alone, with an address where more is said about it.
        let error = body.get("error").or_else(|| body.get("more_info").map(|_| &body))?;
        let text = |value: Option<&Value>| value?.as_str().map(without_numbers);
        Some(Self {
            http_status,
            code: error.get("code")?.as_i64()?,
            subcode: error.get("error_subcode").and_then(Value::as_i64),
            message: text(error.get("message")).unwrap_or_default(),
            details: text(error.pointer("/error_data/details")),
            user_message: text(error.get("error_user_msg")),
            transient: error.get("is_transient").and_then(Value::as_bool).unwrap_or_default(),
            trace_id: text(error.get("fbtrace_id")),
        })
    }

    /// What to do about it: the code decides, then `is_transient` and a 5xx, and
    /// what is known by neither is given up.
    #[must_use]
    pub fn advice(&self) -> Advice {
        // A missing object or right on the number's own id comes as 100 with 33.
        if self.code == 100 && self.subcode == Some(33) {
            return Advice::PauseChannel;
        }
        match find(self.code) {
            Some(code) if !self.transient || matches!(code.advice, Advice::Retry { .. }) => {
                code.advice
            }
            None if !self.transient && self.http_status < 500 => Advice::GiveUp,
            Some(_) | None => Advice::Retry { after: None },
        }
    }
}

impl GraphError {
    /// The row of the table that says most: of templates it is the subcode's.
    fn row(&self) -> Option<codes::Code> {
        self.subcode.and_then(codes::code).or_else(|| codes::code(self.code))
    }

    /// A sentence in Portuguese for the store: what happened and what to do.
    #[must_use]
    pub fn explain(&self) -> &'static str {
        // A missing object or right comes as 100 with 33, as the code 33 does.
        self.row().map_or_else(|| explain(self.code), |row| row.sentence)
    }
}

/// A text of the platform, cut to 500 characters, with every run of seven or
/// more digits left out: it may name a customer's phone number.
fn without_numbers(text: &str) -> String {
    let mut kept = String::new();
    let mut digits = String::new();
    for character in text.chars().take(500).chain([' ']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        kept.push_str(if digits.len() < 7 { &digits } else { "…" });
        digits.clear();
        kept.push(character);
    }
    kept.trim_end().to_owned()
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code {} (http {}): {}", self.code, self.http_status, self.message)?;
        match &self.details {
            Some(details) => write!(f, " ({details})"),
            None => Ok(()),
        }
    }
}

/// Why a call failed. Never holds a token or a phone number.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SendError {
    /// The connection could not be made; no byte of the request left.
    #[error("no connection to the platform")]
    Connect(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The request could not be built.
    #[error("the request could not be built")]
    Build(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The connection broke or timed out after the request may have left.
    #[error("the connection broke before an answer came")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The platform refused it.
    #[error("the platform refused it: {error}")]
    Refused {
        /// The platform's error.
        error: Box<GraphError>,
        /// `Retry-After`, when it was told.
        retry_after: Option<Duration>,
    },
    /// The answer was neither a success nor an error of the platform.
    #[error("expected an answer of the platform, found http {http_status}")]
    Unknown {
        /// The HTTP status.
        http_status: u16,
        /// `Retry-After`, when it was told.
        retry_after: Option<Duration>,
    },
}

impl SendError {
    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self {
            Self::Connect(_) | Self::Broken(_) => Advice::Retry { after: None },
            Self::Build(_) => Advice::FixRequest,
            Self::Refused { error, retry_after } => match error.advice() {
                Advice::Retry { after } => Advice::Retry { after: (*retry_after).max(after) },
                other => other,
            },
            Self::Unknown { http_status: 401 | 403, .. } => Advice::PauseChannel,
            Self::Unknown { http_status, retry_after } => {
                let passes = *http_status < 400 || *http_status >= 500 || *http_status == 429;
                if passes { Advice::Retry { after: *retry_after } } else { Advice::GiveUp }
            }
        }
    }

    /// Whether the message may have gone out all the same.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        match self {
            Self::Connect(_) | Self::Build(_) | Self::Refused { .. } => Certainty::NotSent,
            Self::Broken(_) => Certainty::Uncertain,
            // A 4xx was refused at the door, whoever answered.
            Self::Unknown { http_status: 400..=499, .. } => Certainty::NotSent,
            Self::Unknown { .. } => Certainty::Uncertain,
        }
    }

    /// The platform's code, when it gave one.
    #[must_use]
    pub fn code(&self) -> Option<i64> {
        match self {
            Self::Refused { error, .. } => Some(error.code),
            Self::Connect(_) | Self::Build(_) | Self::Broken(_) | Self::Unknown { .. } => None,
        }
    }

    /// A sentence in Portuguese for the store: what happened and what to do.
    #[must_use]
    pub fn explain(&self) -> &'static str {
        match self {
            Self::Refused { error, .. } => error.explain(),
            Self::Build(_) => explain(100),
            Self::Unknown { http_status: 401 | 403, .. } => explain(190),
            Self::Connect(_) | Self::Broken(_) | Self::Unknown { .. } => {
                "Sem conexão com o WhatsApp. O envio é tentado de novo."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(http_status: u16, body: &str, expected: Advice) {
        let error = GraphError::read(http_status, body.as_bytes()).unwrap();
        assert_eq!(error.advice(), expected, "{body}");
    }

    #[test]
    fn the_code_decides_and_not_the_http_status() {
        let soon = Advice::Retry { after: None };
        check(401, r#"{"error":{"code":190,"message":"expired"}}"#, Advice::PauseChannel);
        check(400, r#"{"error":{"code":131009}}"#, Advice::FixRequest);
        check(500, r#"{"error":{"code":131000}}"#, soon);
        check(500, r#"{"error":{"code":131045}}"#, Advice::PauseChannel);
        check(400, r#"{"error":{"code":100,"error_subcode":33}}"#, Advice::PauseChannel);
        check(400, r#"{"error":{"code":131026,"is_transient":true}}"#, soon);
        check(400, r#"{"error":{"code":987654}}"#, Advice::GiveUp);
        check(502, r#"{"error":{"code":987654}}"#, soon);
    }

    #[test]
    fn a_phone_number_in_the_platforms_words_does_not_reach_a_log() {
        let body = r#"{"error":{"code":131030,"message":"(#131030) not allowed",
            "error_data":{"details":"Recipient +5511987654321 is not in the list"}}}"#;
        let words = GraphError::read(400, body.as_bytes()).unwrap().to_string();
        assert!(words.contains("(#131030)") && words.contains("+… is not"), "{words}");
        assert!(!words.contains("98765"), "{words}");
    }

    #[test]
    fn what_is_no_error_of_the_platform_is_not_taken_for_one() {
        for body in ["", "<html>", "{}", r#"{"error":"no"}"#, r#"{"error":{"code":"x"}}"#] {
            assert_eq!(GraphError::read(500, body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_lost_answer_is_uncertain_and_a_refusal_is_not() {
        let unknown = |http_status| SendError::Unknown { http_status, retry_after: None };
        assert_eq!(unknown(502).certainty(), Certainty::Uncertain);
        assert_eq!(unknown(200).certainty(), Certainty::Uncertain);
        assert_eq!(unknown(413).certainty(), Certainty::NotSent);
        assert_eq!(unknown(413).advice(), Advice::GiveUp);
        assert_eq!(unknown(403).advice(), Advice::PauseChannel);
    }

    #[test]
    fn twilios_errors_are_told_by_their_own_codes() {
        let body = |code: i64| {
            format!(r#"{{"code":{code},"message":"x","more_info":"https://x","status":400}}"#)
        };
        check(401, &body(20_003), Advice::PauseChannel);
        check(429, &body(20_429), Advice::Retry { after: Some(Duration::from_secs(5)) });
        check(400, &body(63_016), Advice::GiveUp);
        check(400, &body(21_617), Advice::FixRequest);
        check(503, &body(99_999), Advice::Retry { after: None });
        assert!(explain(63_016).contains("24 horas"), "{}", explain(63_016));
    }
}
