//! Why a message is sent.

use orcazap_core::conversation::Say;
use serde::{Deserialize, Serialize};

/// Why a message is sent. It decides what becomes of it when the answer to its
/// send is lost and no status settles whether it went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A quote.
    Quote,
    /// A question; the order does not go on without its answer.
    Question,
    /// A person takes over, or looks first.
    HandOver,
    /// A person's own words.
    Person,
    /// Thanks, a reminder, a confirmation.
    Courtesy,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: &'static [Self] =
        &[Self::Quote, Self::Question, Self::HandOver, Self::Person, Self::Courtesy];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Question => "question",
            Self::HandOver => "hand_over",
            Self::Person => "person",
            Self::Courtesy => "courtesy",
        }
    }

    /// Why something is said.
    #[must_use]
    pub fn of(say: &Say) -> Self {
        match say {
            Say::Quote { .. } => Self::Quote,
            Say::Ask { .. }
            | Say::WhichSwap { .. }
            | Say::WhatToChange { .. }
            | Say::Unclear { .. } => Self::Question,
            Say::UnderReview { .. } | Say::Expired { .. } | Say::HandedOver { .. } => {
                Self::HandOver
            }
            Say::Answer { .. } | Say::Person { .. } => Self::Person,
            Say::Welcome { .. }
            | Say::StillUnderReview { .. }
            | Say::Accepted { .. }
            | Say::Declined
            | Say::Cancelled
            | Say::FollowUp { .. }
            | Say::OptedOut => Self::Courtesy,
        }
    }

    /// Whether the message is sent again when nobody knows if it went out. Two
    /// quotes of one number do less harm than none; two thanks do more.
    #[must_use]
    pub fn sends_again_when_uncertain(self) -> bool {
        match self {
            Self::Quote | Self::Question | Self::HandOver | Self::Person => true,
            Self::Courtesy => false,
        }
    }
}
