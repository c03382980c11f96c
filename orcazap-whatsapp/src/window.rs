//! What may be sent to a customer now, and what it costs the store.
//!
//! | when | what may be sent |
//! | --- | --- |
//! | within 24 h of the customer's last message or call | anything |
//! | else | approved templates only; anything else ends in code 131047 |
//!
//! Since October 2026 what is sent within the window is charged too: free-form
//! messages at the market's utility rate after 1,000 free ones a number and
//! month. Within 72 h of a free entry point (an advertisement's button, answered
//! within 24 h) nothing is charged. Charging happens on delivery.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

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

/// What the platform charges a message as (`pricing.category`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Anything that is no template, within the window.
    Service,
    /// A template about the customer's own order.
    Utility,
    /// Any other template, and one that mixes.
    Marketing,
    /// A template with a one-time password.
    Authentication,
}

/// A price list of one market: what one delivered message costs, in `currency`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateCard {
    /// The first day it holds.
    pub from: NaiveDate,
    /// The currency of the account, `USD`, `BRL`.
    pub currency: String,
    /// A free-form message within the window.
    pub service: Decimal,
    /// How many of those are free, a number and month.
    pub free_service: u32,
    /// A utility template.
    pub utility: Decimal,
    /// The same within the window.
    pub utility_in_window: Decimal,
    /// A marketing template.
    pub marketing: Decimal,
    /// An authentication template.
    pub authentication: Decimal,
}

/// The lists of Brazil in US dollars as far as they are known: until and since
/// 1 October 2026. Rates change on the first of a quarter; a store's own lists
/// take their place.
#[must_use]
pub fn brazil() -> Vec<RateCard> {
    let rate = |ten_thousandths| Decimal::new(ten_thousandths, 4);
    let before = RateCard {
        from: NaiveDate::MIN,
        currency: "USD".to_owned(),
        service: Decimal::ZERO,
        free_service: 0,
        utility: rate(68),
        utility_in_window: Decimal::ZERO,
        marketing: rate(625),
        authentication: rate(68),
    };
    let october = RateCard {
        from: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or(NaiveDate::MAX),
        service: rate(68),
        free_service: 1000,
        utility_in_window: rate(68),
        ..before.clone()
    };
    vec![before, october]
}

/// What is known when a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The window of the customer.
    pub window: Window,
    /// Whether a free entry point is open (`pricing.type` of a status said
    /// `free_entry_point` less than 72 hours ago).
    pub free_entry_point: bool,
    /// How many service messages the number has had delivered this month.
    pub service_this_month: u32,
}

/// What a message would cost on this day, in the list's currency: the list with
/// the latest `from` that is not after it decides. `None` without such a list,
/// and for a free-form message outside the window, which can't be sent.
#[must_use]
pub fn cost(
    category: Category,
    situation: Situation,
    cards: &[RateCard],
    today: NaiveDate,
) -> Option<Decimal> {
    let card = cards.iter().filter(|card| card.from <= today).max_by_key(|card| card.from)?;
    let open = situation.window.is_open();
    if category == Category::Service && !open {
        return None;
    }
    if situation.free_entry_point {
        return Some(Decimal::ZERO);
    }
    Some(match category {
        Category::Service if situation.service_this_month < card.free_service => Decimal::ZERO,
        Category::Service => card.service,
        Category::Utility if open => card.utility_in_window,
        Category::Utility => card.utility,
        Category::Marketing => card.marketing,
        Category::Authentication => card.authentication,
    })
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

    #[track_caller]
    fn check(category: Category, open: bool, sent: u32, day: &str, expected: Option<&str>) {
        let until = time("2027-01-01T00:00:00Z");
        let window = if open { Window::Open { until } } else { Window::Closed };
        let situation = Situation { window, free_entry_point: false, service_this_month: sent };
        let found = cost(category, situation, &brazil(), day.parse().unwrap());
        assert_eq!(found.map(|cost| cost.to_string()).as_deref(), expected, "{category:?} {day}");
        let free = Situation { free_entry_point: true, ..situation };
        let found = cost(category, free, &brazil(), day.parse().unwrap());
        assert_eq!(found, expected.map(|_| Decimal::ZERO));
    }

    #[test]
    fn what_is_free_and_what_is_not_changed_in_october() {
        check(Category::Service, true, 5000, "2026-09-30", Some("0"));
        check(Category::Service, true, 999, "2026-10-01", Some("0"));
        check(Category::Service, true, 1000, "2026-10-01", Some("0.0068"));
        check(Category::Service, false, 0, "2026-10-01", None);
        check(Category::Utility, true, 0, "2026-09-30", Some("0"));
        check(Category::Utility, true, 0, "2026-10-01", Some("0.0068"));
        check(Category::Utility, false, 0, "2026-09-30", Some("0.0068"));
        check(Category::Marketing, true, 0, "2026-11-26", Some("0.0625"));
    }
}
