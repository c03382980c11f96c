//! What a message costs the store: pure functions over a dated price list.
//!
//! Charged is what was delivered, by category and by the customer's market
//! (Brazil is one of its own). Since 1 October 2026:
//!
//! | message | price |
//! | --- | --- |
//! | free-form ("service"), which only goes out within the window | the market's utility rate, after 1,000 free ones a number and month |
//! | utility template, within the window or not | the utility rate |
//! | marketing, authentication template | its rate, always |
//! | anything within 72 h of a free entry point (an advertisement answered within 24 h) | nothing |
//!
//! Until then service messages, and utility templates within the window, were free.
//! [`PriceList::cost`] says it before a message goes out, [`PriceList::bill`] after:
//! from what the platform reported (`statuses[].pricing`) of those delivered.

mod list;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rust_decimal::Decimal;
use thiserror::Error;

pub use list::{PriceList, PriceListError, Rates};

use crate::window::Window;

/// How long a free entry point stays open, from the store's answer on.
const FREE_ENTRY_POINT: TimeDelta = TimeDelta::hours(72);
/// How soon a store must answer for one to open.
const ANSWER_WITHIN: TimeDelta = TimeDelta::hours(24);

/// What the platform charges a message as (`pricing.category`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Category {
    /// Every category.
    pub const ALL: &'static [Self] =
        &[Self::Service, Self::Utility, Self::Marketing, Self::Authentication];

    /// The platform's name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Utility => "utility",
            Self::Marketing => "marketing",
            Self::Authentication => "authentication",
        }
    }

    /// The category of a platform's name, in whatever case; `marketing_lite` is
    /// charged as marketing.
    ///
    /// # Errors
    ///
    /// [`CostError::UnknownCategory`] for one that the price lists do not have,
    /// such as `authentication_international` or `general_purpose_ai`.
    pub fn from_code(code: &str) -> Result<Self, CostError> {
        let lower = code.to_ascii_lowercase();
        if lower == "marketing_lite" {
            return Ok(Self::Marketing);
        }
        let found = Self::ALL.iter().copied().find(|category| category.code() == lower);
        found.ok_or_else(|| CostError::UnknownCategory { category: code.to_owned() })
    }
}

/// Why a cost is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CostError {
    /// No list holds on this day.
    #[error("no price list holds on {day}")]
    UnknownDate {
        /// The day.
        day: NaiveDate,
    },
    /// The lists do not have this category.
    #[error("no price is known of the category {category:?}")]
    UnknownCategory {
        /// The platform's name of it.
        category: String,
    },
    /// It is free-form and the window is closed: it can't be sent at all.
    #[error("a free-form message can't be sent outside the window")]
    WindowClosed,
    /// An amount beyond what can be counted.
    #[error("the amount is too large")]
    TooLarge,
}

/// What something costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// In the currency of the list, with all its places.
    pub amount: Decimal,
    /// The list's currency: `USD`, `BRL`.
    pub currency: String,
    /// The same in reais, with all its places, at the list's rate.
    pub reais: Decimal,
}

/// What is known when a message is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// The window of the customer.
    pub window: Window,
    /// Whether a free entry point is open.
    pub free_entry_point: bool,
    /// How many service messages the number has had delivered this month.
    pub service_this_month: u32,
}

/// Whether a free entry point is open, `referred` being when the customer came
/// by an advertisement and `answered` when the store answered: within 24 hours,
/// and then for 72. It is a hint until a status says `free_entry_point`: a
/// customer at a computer opens none.
#[must_use]
pub fn free_entry_point(
    referred: DateTime<Utc>,
    answered: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    let in_time = answered >= referred && answered - referred <= ANSWER_WITHIN;
    in_time && now >= answered && now - answered < FREE_ENTRY_POINT
}

/// Messages of one number that were delivered in one month, alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// `pricing.category`, or what it was taken for.
    pub category: String,
    /// `pricing.type`: `regular`, `free_customer_service`, `free_entry_point`.
    pub kind: String,
    /// How many.
    pub messages: u32,
    /// How many of them were within the month's free service messages.
    pub in_allowance: u32,
}

/// What alike messages came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billed {
    /// What they were charged as.
    pub category: Category,
    /// How many were delivered.
    pub messages: u32,
    /// How many of them were charged.
    pub charged: u32,
    /// What those cost.
    pub cost: Cost,
}

impl PriceList {
    /// What a message would cost if it were sent on this day and delivered.
    ///
    /// # Errors
    ///
    /// [`CostError::UnknownDate`] before the first list, and
    /// [`CostError::WindowClosed`] for a free-form message that can't be sent.
    ///
    /// ```
    /// use orcazap_whatsapp::cost::{Category, PriceList, Situation};
    /// use orcazap_whatsapp::window::Window;
    /// let situation = Situation {
    ///     window: Window::Closed,
    ///     free_entry_point: false,
    ///     service_this_month: 0,
    /// };
    /// let day = "2026-11-26".parse()?;
    /// let cost = PriceList::brazil().cost(Category::Marketing, situation, day)?;
    /// assert_eq!((cost.amount.to_string().as_str(), cost.currency.as_str()), ("0.0625", "USD"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cost(
        &self,
        category: Category,
        situation: Situation,
        day: NaiveDate,
    ) -> Result<Cost, CostError> {
        let rates = self.rates(day)?;
        let open = situation.window.is_open();
        if category == Category::Service && !open {
            return Err(CostError::WindowClosed);
        }
        let spared =
            category == Category::Service && situation.service_this_month < rates.free_service;
        if situation.free_entry_point || spared {
            return rates.times(Decimal::ZERO, 0);
        }
        let rate = match category {
            Category::Service => rates.service_in_window,
            Category::Utility if open => rates.utility_in_window,
            Category::Utility => rates.utility,
            Category::Marketing => rates.marketing,
            Category::Authentication => rates.authentication,
        };
        rates.times(rate, 1)
    }

    /// What messages that were delivered in the month of `day` came to.
    ///
    /// # Errors
    ///
    /// [`CostError::UnknownDate`], [`CostError::UnknownCategory`], and
    /// [`CostError::TooLarge`].
    pub fn bill(&self, delivered: &Delivered, day: NaiveDate) -> Result<Billed, CostError> {
        let rates = self.rates(day)?;
        let category = Category::from_code(&delivered.category)?;
        let charged = if delivered.kind.starts_with("free") {
            0
        } else {
            delivered.messages.saturating_sub(delivered.in_allowance)
        };
        let rate = match category {
            Category::Service => rates.service_in_window,
            // What was free within the window said so in its type.
            Category::Utility => rates.utility,
            Category::Marketing => rates.marketing,
            Category::Authentication => rates.authentication,
        };
        let cost = rates.times(rate, charged)?;
        Ok(Billed { category, messages: delivered.messages, charged, cost })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(
        category: Category,
        open: bool,
        sent: u32,
        day: &str,
        expected: Result<&str, CostError>,
    ) {
        let until = time("2027-01-01T00:00:00Z");
        let window = if open { Window::Open { until } } else { Window::Closed };
        let situation = Situation { window, free_entry_point: false, service_this_month: sent };
        let day = day.parse().unwrap();
        let list = PriceList::brazil();
        let found = list.cost(category, situation, day).map(|cost| cost.amount);
        let expected = expected.map(|text| text.parse::<Decimal>().unwrap());
        assert_eq!(found, expected, "{category:?} {day}");
        let free = Situation { free_entry_point: true, ..situation };
        let found = list.cost(category, free, day).map(|cost| cost.amount);
        assert_eq!(found, expected.map(|_| Decimal::ZERO));
    }

    #[test]
    fn what_is_free_and_what_is_not_changed_in_october() {
        check(Category::Service, true, 5000, "2026-09-30", Ok("0"));
        check(Category::Service, true, 999, "2026-10-01", Ok("0"));
        check(Category::Service, true, 1000, "2026-10-01", Ok("0.0068"));
        check(Category::Service, false, 0, "2026-10-01", Err(CostError::WindowClosed));
        check(Category::Utility, true, 0, "2026-09-30", Ok("0"));
        check(Category::Utility, true, 0, "2026-10-01", Ok("0.0068"));
        check(Category::Utility, false, 0, "2026-09-30", Ok("0.0068"));
        check(Category::Marketing, true, 0, "2026-11-26", Ok("0.0625"));
        check(Category::Authentication, false, 0, "2026-11-26", Ok("0.0068"));
    }

    #[test]
    fn a_day_before_the_first_list_and_a_category_of_tomorrow_are_errors() {
        let day = "2025-06-30".parse().unwrap();
        check(Category::Utility, false, 0, "2025-06-30", Err(CostError::UnknownDate { day }));
        for category in ["general_purpose_ai", "authentication-international", ""] {
            let expected = CostError::UnknownCategory { category: category.to_owned() };
            assert_eq!(Category::from_code(category), Err(expected));
        }
        assert_eq!(Category::from_code("MARKETING_LITE"), Ok(Category::Marketing));
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Ok(*category));
        }
    }

    #[track_caller]
    fn check_bill(category: &str, kind: &str, counts: (u32, u32), expected: (u32, &str, &str)) {
        let (messages, in_allowance) = counts;
        let delivered = Delivered {
            category: category.to_owned(),
            kind: kind.to_owned(),
            messages,
            in_allowance,
        };
        let billed = PriceList::brazil().bill(&delivered, "2026-11-01".parse().unwrap()).unwrap();
        let (charged, amount, reais) = expected;
        assert_eq!(billed.charged, charged);
        assert_eq!(billed.cost.amount, amount.parse().unwrap());
        assert_eq!(billed.cost.reais, reais.parse().unwrap());
    }

    #[test]
    fn a_month_is_billed_as_it_was_reported() {
        check_bill("service", "regular", (1200, 1000), (200, "1.36", "7.344"));
        check_bill("service", "free_customer_service", (40, 0), (0, "0", "0"));
        check_bill("marketing", "regular", (8, 0), (8, "0.5", "2.7"));
        check_bill("marketing", "free_entry_point", (8, 0), (0, "0", "0"));
        check_bill("utility", "regular", (10, 0), (10, "0.068", "0.3672"));
    }

    #[test]
    fn a_free_entry_point_opens_with_an_answer_in_time_and_lasts_three_days() {
        let came = time("2026-11-20T12:00:00Z");
        let open = |answered: &str, now: &str| free_entry_point(came, time(answered), time(now));
        assert!(open("2026-11-21T12:00:00Z", "2026-11-24T11:59:59Z"));
        assert!(!open("2026-11-21T12:00:00Z", "2026-11-24T12:00:00Z"));
        assert!(!open("2026-11-21T12:00:01Z", "2026-11-21T13:00:00Z"));
        assert!(!open("2026-11-19T12:00:00Z", "2026-11-20T13:00:00Z"));
    }
}
