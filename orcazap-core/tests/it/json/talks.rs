//! Conversations in every state, with everything that they can hold.

use std::collections::BTreeSet;

use orcazap_core::approval::{HandPrice, OffStep, Shortage, StaleCost};
use orcazap_core::authority::{Concession, Limit};
use orcazap_core::conversation::{
    Asked, Content, Edited, HandOverReason, Held, Inbound, LostReason, MediaKind, Offer, Question,
    QuoteNumber, QuoteRef, Reply, State, Timer,
};
use orcazap_core::pricing::Revised;
use orcazap_core::{Conversation, PaymentMethod, Reason, Sku};

use super::samples::{
    ambiguous, buyer, draft, every, manager, of, order, overrides, payment, place, point, quotes,
    tuesday,
};

fn quote_ref() -> QuoteRef {
    QuoteRef { number: QuoteNumber(7), revision: 2 }
}

pub(super) fn offers() -> Vec<Offer> {
    let offer =
        |quote| Offer { quote_ref: quote_ref(), quote: Box::new(quote), order: Box::new(order()) };
    quotes().into_iter().take(2).map(offer).collect()
}

pub(super) fn offer() -> Offer {
    offers().remove(0)
}

/// A revision by hand in which everything differs.
pub(super) fn edited() -> Edited {
    let sku: Sku = of("CIM");
    let changes = every!(Revised {
        Added { sku: sku.clone(), qty: of("20") },
        Removed { sku: sku.clone(), qty: of("20") },
        Quantity { sku: sku.clone(), before: of("20"), after: of("25") },
        Price { sku: sku.clone(), before: of("40"), after: of("38.5"), by_hand: true },
        Discount { sku: sku.clone(), before: None, after: Some(of("5")) },
        PriceList { sku: sku.clone(), before: None, after: Some("Obras".into()) },
        Tier { sku: sku.clone(), before: None, after: Some(of("2.5")) },
        Freight { before: None, after: Some(of("25")) },
        Place { before: None, after: place() },
        Payment { before: None, after: Some(payment()) },
        Delivery { before: None, after: order().delivery },
        Settled { text: "betoneira".into() },
    });
    Edited { by: manager(), from: 1, changes }
}

/// Every reason why a person must look, with all that it carries.
pub(super) fn reasons() -> Vec<Reason> {
    let sku: Sku = of("CIM");
    let hand = HandPrice {
        sku: sku.clone(),
        list: Some(of("40")),
        price: of("35"),
        discount: Some(of("5")),
    };
    every!(Reason {
        UnknownItem { texts: vec!["betoneira".into()] },
        AmbiguousItem { texts: vec!["tijolos".into()] },
        LowMargin { min: of("10"), found: Some(of("7.25")) },
        LowLineMargin { min: of("5"), lines: vec![(sku.clone(), Some(of("2.5")))] },
        HighValue { max: of("2000"), found: of("2100") },
        NoFreightRule { place: place() },
        CreditSale { payment: Some(payment()), total: Some(of("2100")) },
        OutOfStock { short: vec![Shortage {
            sku: sku.clone(),
            asked: of("400"),
            available: of("300"),
            substitutes: vec![of("CIM-40")],
        }] },
        BelowMinimum { min: of("50"), found: of("40") },
        LargeQuantity { lines: vec![(sku.clone(), of("200"), of("400"))] },
        OffStep { lines: vec![OffStep {
            sku: sku.clone(),
            asked: Some(of("1.5")),
            step: Some(of("1")),
        }] },
        AssistedReading,
        PriceOverride { lines: vec![hand], freight: Some(of("25")) },
        StaleCost {
            lines: vec![StaleCost { sku: sku.clone(), age_days: Some(40) }],
            max_days: Some(30),
        },
        Rehearsal,
        SecondPerson {
            by: Some(manager()),
            limit: Limit { max_pct: Some(of("15")), max_amount: Some(of("500")) },
            found: Concession { by_rules: of("2100"), amount: of("600") },
        },
    })
}

/// Every kind of message, each as it waits for the rest of its burst.
fn messages() -> Vec<Inbound> {
    let mut contents = every!(Content {
        Text("20 sacos de cimento".into()),
        Reply(Reply::Pickup(QuoteNumber(7))),
        Reaction { emoji: "👍".into(), quote_ref: Some(quote_ref()) },
        Location { label: Some("Obra".into()), point: Some(point()) },
        Media { kind: MediaKind::Audio, caption: Some("segue".into()) },
        CatalogOrder(vec![(of("CIM"), of("20"))]),
        Unsupported,
    });
    let kinds = every!(MediaKind { Audio, Image, Video, Document, Sticker, Contacts });
    contents.extend(kinds.into_iter().skip(1).map(|kind| Content::Media { kind, caption: None }));
    let (number, quote) = (QuoteNumber(7), quote_ref());
    let replies = every!(Reply {
        Accept(quote),
        Change(quote),
        Human(number),
        Pick { number: number, sku: of("TIJ-6F") },
        Pickup(number),
        Pay { number: number, method: PaymentMethod::Pix },
        Swap { number: number, out: of("CIM"), into: of("A:B") },
    });
    contents.extend(replies.into_iter().map(Content::Reply));
    contents.into_iter().map(|content| Inbound { at: tuesday(), content }).collect()
}

/// Every question, put as often as it may be.
pub(super) fn questions() -> Vec<Asked> {
    let questions = every!(Question {
        Items,
        Choice { ask: ambiguous() },
        Quantity { sku: of("ARE") },
        Place,
        Payment,
        Swap { sku: of("ARE") },
        Change { revision: 2 },
        Meaning { revision: 2 },
    });
    questions.into_iter().map(|question| Asked { question, times: 2 }).collect()
}

/// A conversation in which everything that can be known is known.
fn whole(state: State) -> Conversation {
    Conversation {
        number: QuoteNumber(7),
        state,
        draft: draft(),
        overrides: overrides(),
        overridden_by: Some(manager()),
        revision: 2,
        asked: questions(),
        waiting: messages(),
        unanswered: messages().into_iter().take(1).collect(),
        looked_at: vec![of("ARE")],
        refused: vec![of("ARE")],
        shown: Some(2),
        heard: vec![2_166_136_261],
        followed_up: Some(2),
        timers: Timer::ALL.iter().map(|timer| (*timer, tuesday())).collect(),
        last_inbound: Some(tuesday()),
        person_wrote: Some(tuesday()),
        follows: Some(QuoteRef { number: QuoteNumber(6), revision: 1 }),
        buyer: Some(buyer()),
        opted_out: true,
    }
}

/// Conversations in every state, one of them whole: handed over for every reason, with
/// a quote in every way it can be there, and lost for every reason.
pub(super) fn conversations() -> Vec<Conversation> {
    let hand_overs = every!(HandOverReason {
        Asked,
        TakenOver,
        Talking,
        Question,
        NotUnderstood,
        Media,
        AfterSale,
        Rejected,
        CannotPrice,
        Undelivered,
    });
    let held = every!(Held {
        Waiting { offer: offer(), reasons: reasons() },
        Sent { offer: offer() },
        Rejected { offer: offer() },
    });
    let lost = every!(LostReason {
        Declined { words: "achei caro".into() },
        Cancelled,
        Expired,
        Idle,
        OptedOut,
        ClosedByPerson,
    });
    let mut states = every!(State {
        New,
        Capturing,
        AwaitingApproval { offer: offer(), reasons: reasons(), reassured: true },
        Quoted { offer: offer() },
        Negotiating { offer: offer() },
        HandedOver { reason: HandOverReason::Asked, held: None },
        Won { offer: offer() },
        Lost { reason: LostReason::Expired, offer: Some(offer()) },
    });
    let codes: BTreeSet<_> = states.iter().map(State::code).collect();
    assert_eq!(codes.len(), states.len(), "each state once");
    let given = |reason| State::HandedOver { reason, held: None };
    states.extend(hand_overs.into_iter().map(given));
    let given = |held| State::HandedOver { reason: HandOverReason::TakenOver, held: Some(held) };
    states.extend(held.into_iter().map(given));
    states.extend(lost.into_iter().map(|reason| State::Lost { reason, offer: None }));
    let bare = |state| Conversation { state, ..Conversation::new(QuoteNumber(7)) };
    let mut conversations: Vec<_> = states.into_iter().map(bare).collect();
    conversations.push(whole(State::Quoted { offer: offers().remove(1) }));
    conversations
}
