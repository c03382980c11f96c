//! What may be sent to a customer now; what it costs is in [`cost`](crate::cost).
//!
//! | when | what may be sent |
//! | --- | --- |
//! | within 24 h of the customer's last message or call | anything |
//! | else | approved templates only; anything else ends in code 131047 |
//!
//! A free entry point makes messages free, but opens no window.

use chrono::{DateTime, TimeDelta, Utc};

use crate::send::Message;

/// How long a customer's message keeps the window open.
const OPEN: TimeDelta = TimeDelta::hours(24);

/// A send in the last moment may be judged late.
const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// The customer service window of one customer and one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Anything may be sent.
    Open {
        /// Until when; two minutes less than the platform's 24 hours.
        until: DateTime<Utc>,
    },
    /// Only approved templates may be sent.
    Closed,
}

impl Window {
    /// The window after a customer's last message, by the `timestamp` of its
    /// webhook; closed when they never wrote.
    ///
    /// ```
    /// use orcazap_whatsapp::window::Window;
    /// let wrote = "2026-11-25T15:00:00Z".parse()?;
    /// assert_eq!(Window::at(Some(wrote), "2026-11-26T14:59:00Z".parse()?), Window::Closed);
    /// assert!(Window::at(Some(wrote), "2026-11-26T14:57:00Z".parse()?).is_open());
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    #[must_use]
    pub fn at(last_inbound: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        // A clock that runs ahead opens no window beyond its day.
        let until = last_inbound.and_then(|at| at.min(now).checked_add_signed(OPEN - MARGIN));
        match until {
            Some(until) if now < until => Self::Open { until },
            _ => Self::Closed,
        }
    }

    /// Whether anything may be sent.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// Whether this message may be sent now.
    #[must_use]
    pub fn takes(self, message: &Message) -> bool {
        self.is_open() || message.fits_closed_window()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::send::{Template, Text};

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn outside_the_window_only_templates_go_out() {
        let now = time("2026-11-26T15:00:00Z");
        let text = Message::Text(Text::new("oi").unwrap());
        let template = Message::Template(Template::new("x", "pt_BR", Vec::new()).unwrap());
        let open = Window::at(Some(time("2026-11-26T14:00:00Z")), now);
        assert!(open.takes(&text) && open.takes(&template));
        let closed = Window::at(None, now);
        assert!(!closed.takes(&text) && closed.takes(&template));
    }

    #[test]
    fn a_message_from_the_future_opens_no_longer_window() {
        let now = time("2026-11-26T15:00:00Z");
        let Window::Open { until } = Window::at(Some(time("2027-01-01T00:00:00Z")), now) else {
            panic!()
        };
        assert_eq!(until, time("2026-11-27T14:58:00Z"));
    }
}
