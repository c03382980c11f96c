//! Random edits by people with random limits: what they give away goes out only by
//! somebody who may, and a new quote says who changed what and prices all the rest.

use std::collections::BTreeMap;

use orcazap_core::authority::{Actor, Concession, Limit, Refusal, Role};
use orcazap_core::conversation::{Act, Edit, Edited, Offer, QuoteNumber, State, StepError};
use orcazap_core::money::Percent;
use orcazap_core::pricing::{Overrides, Revised};
use orcazap_core::{Conversation, Effect, Event, Money, Reason, Say, Sku, UnitPrice, quote, step};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::stage::{Store, person, store, tuesday};

#[derive(Debug, Clone)]
enum What {
    Edit(Vec<Edit>),
    Approve,
}

fn edit() -> impl Strategy<Value = Edit> {
    let sku = || proptest::sample::select(&["CIM", "ARE"][..]).prop_map(|s| s.parse().unwrap());
    let qty = |most: u32| {
        prop_oneof![1 => Just(0), 6 => 1..most].prop_map(|qty| qty.to_string().parse().unwrap())
    };
    let price = (20u32..60).prop_map(|price| price.to_string().parse::<UnitPrice>().unwrap());
    let pct = (0u8..30).prop_map(Percent::whole);
    let freight = (0i64..9_000).prop_map(Money::from_centavos);
    prop_oneof![
        2 => (sku(), qty(45)).prop_map(|(sku, qty)| Edit::Quantity { sku, qty }),
        2 => (sku(), qty(5)).prop_map(|(sku, qty)| Edit::Add { sku, qty }),
        2 => (sku(), proptest::option::weighted(0.8, price))
            .prop_map(|(sku, unit_price)| Edit::Price { sku, unit_price }),
        3 => (sku(), proptest::option::weighted(0.8, pct))
            .prop_map(|(sku, pct)| Edit::Discount { sku, pct }),
        2 => proptest::option::weighted(0.8, freight).prop_map(|freight| Edit::Freight { freight }),
    ]
}

fn turns() -> impl Strategy<Value = Vec<(Role, What)>> {
    let what = prop_oneof![
        3 => proptest::collection::vec(edit(), 1..4).prop_map(What::Edit),
        2 => Just(What::Approve),
    ];
    proptest::collection::vec((proptest::sample::select(Role::ALL), what), 1..12)
}

fn limit() -> impl Strategy<Value = Limit> {
    let pct = proptest::option::of((0u8..25).prop_map(Percent::whole));
    let amount = proptest::option::of((0i64..20_000).prop_map(Money::from_centavos));
    (pct, amount).prop_map(|(max_pct, max_amount)| Limit { max_pct, max_amount })
}

/// A quote that people change, and on whose word its prices stand.
struct Desk {
    store: Store,
    talk: Conversation,
    word: Option<Actor>,
}

impl Desk {
    fn new(limits: (Limit, Limit)) -> Self {
        let mut store = store();
        (store.policy.limits.manager, store.policy.limits.attendant) = limits;
        let text = "20 sacos de cimento e 2 metros de areia, entrega no bairro Centro, pix";
        let talk = Conversation::new(QuoteNumber(7));
        let done = step(&talk, Event::text(text, tuesday()), &store.shop(), tuesday()).unwrap();
        Self { store, talk: done.conversation, word: None }
    }

    fn turn(&mut self, by: Actor, what: What) {
        let before = self.talk.state.offer().unwrap().clone();
        let revision = before.quote_ref.revision;
        let act = match &what {
            What::Edit(edits) => Act::EditAndApprove { revision, edits: edits.clone() },
            What::Approve => Act::Approve { revision },
        };
        let done = step(&self.talk, Event::act(by, act), &self.store.shop(), tuesday());
        match (what, done) {
            (What::Edit(edits), Ok(done)) => {
                if edits.iter().any(Edit::sets_a_price) {
                    self.word = Some(by);
                }
                self.talk = done.conversation;
                self.has_edited(by, &before, &done.effects);
            }
            (What::Edit(_), Err(error)) => assert!(
                !matches!(error, StepError::NotAllowed(_)),
                "an edit beyond a limit waits, and is not refused: {error}"
            ),
            (What::Approve, done) => {
                let State::AwaitingApproval { reasons, .. } = &self.talk.state else {
                    assert!(matches!(done, Err(StepError::OutOfPlace { .. })));
                    return;
                };
                let needs_another = reasons.iter().any(|r| r.code() == "second_person");
                let found = self.given_away(&before);
                let expected = match (needs_another, self.may(by, found)) {
                    (false, _) | (true, true) => None,
                    (true, false) if self.word == Some(by) => {
                        Some(StepError::NotAllowed(Refusal::NeedsSecondPerson { found }))
                    }
                    (true, false) => Some(StepError::NotAllowed(Refusal::BeyondLimit { found })),
                };
                assert_eq!(done.as_ref().err(), expected.as_ref());
                let Ok(done) = done else { return };
                if needs_another {
                    self.word = Some(by);
                }
                assert_eq!(sent(&done.effects), Some(&before), "what was looked at is sent");
                self.talk = done.conversation;
            }
        }
    }

    /// What must hold of an edit that was taken.
    fn has_edited(&mut self, by: Actor, before: &Offer, effects: &[Effect]) {
        let recorded = effects.iter().find_map(|effect| match effect {
            Effect::RecordQuote { offer, edited: Some(edited) } => Some((offer, edited)),
            _ => None,
        });
        let (offer, Edited { by: who, from, changes }) = recorded.unwrap();
        assert_eq!((*who, *from), (by, before.quote_ref.revision));
        let now = lines(offer);
        assert_eq!(changed(lines(before), &now, changes), now, "{changes:?}");
        let Store { catalog, book, .. } = &self.store;
        let anew = quote(&offer.order, &self.talk.overrides, catalog, book, tuesday()).unwrap();
        assert_eq!(*offer.quote, anew, "priced from the whole order");

        let found = self.given_away(offer);
        let covered = found.amount == Money::ZERO
            || self.word.is_some_and(|word| self.may(word, found))
            || self.may(by, found);
        if !self.word.is_some_and(|word| self.may(word, found)) && self.may(by, found) {
            self.word = Some(by);
        }
        let needs_another = effects.iter().any(|effect| match effect {
            Effect::OpenApproval { reasons, .. } => {
                reasons.iter().any(|reason| matches!(reason, Reason::SecondPerson { .. }))
            }
            _ => false,
        });
        assert_eq!(needs_another, !covered, "{found:?} by {by:?}");
        if let Some(sent) = sent(effects) {
            assert!(covered && sent == offer, "{found:?} went out by {by:?}");
        }
    }

    /// What a quote gives away: what the rules ask, less what is asked, of which freight
    /// counts up to the rules' only.
    fn given_away(&self, offer: &Offer) -> Concession {
        let Store { catalog, book, .. } = &self.store;
        let rules = quote(&offer.order, &Overrides::default(), catalog, book, tuesday()).unwrap();
        let freight = offer.quote.freight().unwrap().min(rules.freight().unwrap());
        let amount = (rules.total() - offer.quote.due() - freight).max(Money::ZERO);
        Concession { by_rules: rules.total(), amount }
    }

    fn may(&self, by: Actor, found: Concession) -> bool {
        let Limit { max_pct, max_amount } = self.store.policy.limits.of(by.role);
        let (amount, whole) = (found.amount.as_decimal(), found.by_rules.as_decimal());
        max_amount.is_none_or(|max| found.amount <= max)
            && max_pct.is_none_or(|max| amount * Decimal::ONE_HUNDRED <= max.as_decimal() * whole)
    }
}

/// The quote that the customer is told.
fn sent(effects: &[Effect]) -> Option<&Offer> {
    effects.iter().find_map(|effect| match effect {
        Effect::Say { say: Say::Quote { offer, .. }, .. } => Some(offer),
        _ => None,
    })
}

/// How many of each product, at which price, and what a person takes off.
type Lines = BTreeMap<Sku, (Decimal, UnitPrice, Option<Percent>)>;

fn lines(offer: &Offer) -> Lines {
    let lines = offer.quote.lines().iter().map(|line| {
        let qty = line.qty.as_decimal();
        (line.product.sku.clone(), (qty, line.unit_price, line.hand_discount()))
    });
    lines.collect()
}

/// The lines after what is said to have changed. Of what came in only the quantity is
/// said.
fn changed(mut lines: Lines, now: &Lines, changes: &[Revised]) -> Lines {
    for change in changes {
        match change {
            Revised::Added { sku, qty } => {
                let (_, price, discount) = now[sku];
                lines.insert(sku.clone(), (*qty, price, discount));
            }
            Revised::Removed { sku, .. } => {
                lines.remove(sku).unwrap();
            }
            Revised::Quantity { sku, after, .. } => lines.get_mut(sku).unwrap().0 = *after,
            Revised::Price { sku, after, .. } => lines.get_mut(sku).unwrap().1 = *after,
            Revised::Discount { sku, after, .. } => lines.get_mut(sku).unwrap().2 = *after,
            Revised::Freight { .. } => {}
            other => panic!("nobody did {other:?}"),
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_given_away_by_who_may_not(
        limits in (limit(), limit()),
        turns in turns(),
    ) {
        let mut desk = Desk::new(limits);
        for (role, what) in turns {
            desk.turn(person(role), what);
        }
    }
}
