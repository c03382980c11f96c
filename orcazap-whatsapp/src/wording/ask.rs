//! What was understood, and all that is missing, in one message.

use chrono::{DateTime, FixedOffset};
use orcazap_core::conversation::{
    AskChoice, AskFor, AskPlace, Choice, Open, Reply, SaidItem, Terms,
};
use orcazap_core::order::PaymentMethod;

use super::fit::{Group, Press, Presses, Speech};
use super::plain;
use super::speaker::Speaker;
use super::text::Text;
use super::variable::Variable;
use crate::send::List;

/// The ways of paying that are named when the store's price book names none.
const USUAL: [PaymentMethod; 3] =
    [PaymentMethod::Pix, PaymentMethod::Cash, PaymentMethod::CreditCard];

/// How many of many products are named as examples.
const EXAMPLES: usize = 5;

pub(super) fn speech(speaker: Speaker<'_>, ask: &AskFor, now: DateTime<FixedOffset>) -> Speech {
    Speech { text: text(speaker, ask, now), presses: presses(speaker, ask) }
}

fn presses(speaker: Speaker<'_>, ask: &AskFor) -> Presses {
    let open = speaker.say(Text::ButtonOptions, &[]);
    if !ask.choices.is_empty() {
        let short = speaker.say(Text::PickShort, &[]);
        return Presses::Choices { short, open, groups: groups(ask) };
    }
    // A press answers one question; with several open, words answer them all.
    if ask.payment && ask.place.is_none() && ask.quantities.is_empty() && !ask.no_items {
        let pay = |method: &PaymentMethod| {
            let reply = Reply::Pay { number: ask.number, method: *method };
            Press::new(reply, &speaker.method_label(*method))
        };
        let presses = methods(ask).iter().map(pay).collect();
        let group = Group { heading: speaker.say(Text::HeadingPayment, &[]), presses };
        let short = speaker.say(Text::PayShort, &[]);
        return Presses::Choices { short, open, groups: vec![group] };
    }
    if ask.place.is_some() && !ask.no_items {
        let label = speaker.say(Text::ButtonPickup, &[]);
        let pickup = Press::new(Reply::Pickup(ask.number), &label);
        let short = speaker.say(Text::PickupShort, &[]);
        return Presses::Buttons { short, buttons: vec![pickup] };
    }
    Presses::None
}

/// What can be picked from a list: the asks, from the first on, whose products
/// fit into it beside those before.
fn groups(ask: &AskFor) -> Vec<Group> {
    let mut room = List::MAX_ROWS;
    let mut groups = Vec::new();
    for choice in &ask.choices {
        let Some(left) = room.checked_sub(choice.choices.len()) else { continue };
        room = left;
        let presses = choice.choices.iter().map(pick).collect();
        groups.push(Group { heading: plain::name(&choice.text), presses });
    }
    groups
}

/// One of several products, to press.
pub(super) fn pick(choice: &Choice) -> Press {
    let whole = plain::name(&choice.item.name);
    let mut label = plain::name(&choice.label);
    if label.is_empty() {
        label.clone_from(&whole);
    }
    Press { id: choice.reply.to_string(), label, whole }
}

fn methods(ask: &AskFor) -> &[PaymentMethod] {
    if ask.methods.is_empty() { &USUAL } else { &ask.methods }
}

fn text(speaker: Speaker<'_>, ask: &AskFor, now: DateTime<FixedOffset>) -> String {
    let asked = questions(speaker, ask);
    let questions = match asked.as_slice() {
        [] => speaker.say(Text::AskMore, &[]),
        [one] => one.clone(),
        several => {
            let rows = several.iter().enumerate();
            let row = |(n, text): (usize, &String)| match ask.choices.len() {
                // The numbers are the choices'.
                1 => format!("• {text}"),
                _ => format!("{}. {text}", n + 1),
            };
            let rows: Vec<String> = rows.map(row).collect();
            speaker.say(Text::AskSeveral, &[(Variable::Questions, &rows.join("\n"))])
        }
    };
    let questions = if ask.later.is_empty() {
        questions
    } else {
        let later = later(speaker, &ask.later);
        let others = speaker.say(Text::AskLeft, &[(Variable::Questions, &later)]);
        format!("{questions}\n{others}")
    };
    let understood = understood(speaker, &ask.items, &ask.unknown, &ask.terms, now);
    let mut values: Vec<_> =
        understood.iter().map(|(variable, value)| (*variable, value.as_str())).collect();
    values.push((Variable::Questions, &questions));
    speaker.say(Text::Ask, &values)
}

/// An order that a person looks at first, with what is known of its terms.
pub(super) fn under_review(
    speaker: Speaker<'_>,
    items: &[SaidItem],
    unknown: &[String],
    terms: &Terms,
    now: DateTime<FixedOffset>,
) -> String {
    let values = understood(speaker, items, unknown, terms, now);
    let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
    speaker.say(Text::UnderReview, &values)
}

/// What was understood of an order, and what was not.
fn understood(
    speaker: Speaker<'_>,
    items: &[SaidItem],
    unknown: &[String],
    terms: &Terms,
    now: DateTime<FixedOffset>,
) -> [(Variable, String); 5] {
    let place = terms.place.as_ref().and_then(|place| speaker.destination(place));
    let payment = terms.payment.map(|way| speaker.payment(way));
    let when = terms.delivery.and_then(|when| speaker.delivery(when, now));
    [
        (Variable::Items, list(speaker, items)),
        (Variable::NotFound, not_found(speaker, unknown)),
        (Variable::Place, place.unwrap_or_default()),
        (Variable::Payment, payment.unwrap_or_default()),
        (Variable::When, when.unwrap_or_default()),
    ]
}

/// What was understood, a line each.
fn list(speaker: Speaker<'_>, items: &[SaidItem]) -> String {
    let item = |item: &SaidItem| {
        let name = plain::name(&item.name);
        let what = item.qty.map(|qty| speaker.so_many(qty, item.unit, &name));
        format!("• {}", what.unwrap_or(name))
    };
    items.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn not_found(speaker: Speaker<'_>, unknown: &[String]) -> String {
    if unknown.is_empty() {
        return String::new();
    }
    speaker.say(Text::NotFoundLine, &[(Variable::Asked, &speaker.all_quoted(unknown))])
}

fn questions(speaker: Speaker<'_>, ask: &AskFor) -> Vec<String> {
    let mut questions = Vec::new();
    if ask.no_items {
        questions.push(speaker.say(Text::AskItems, &[]));
    }
    let alone = ask.choices.len() == 1;
    questions.extend(ask.choices.iter().map(|choice| which(speaker, choice, alone)));
    questions.extend(ask.quantities.iter().map(|item| quantity(speaker, item)));
    questions.extend(ask.place.map(|place| match place {
        AskPlace::Where => speaker.say(Text::AskPlace, &[]),
        AskPlace::InWords => speaker.say(Text::AskPlaceInWords, &[]),
    }));
    if ask.payment {
        let names: Vec<String> =
            methods(ask).iter().map(|way| speaker.method(*way).to_owned()).collect();
        let options = speaker.either(&names);
        questions.push(speaker.say(Text::AskPayment, &[(Variable::Options, &options)]));
    }
    questions
}

/// What else is open, in a word each: of many only how many more.
fn later(speaker: Speaker<'_>, open: &[Open]) -> String {
    let name = |open: &Open| match open {
        Open::Items => speaker.say(Text::OpenItems, &[]),
        Open::Choice { text } => {
            speaker.say(Text::OpenChoice, &[(Variable::Asked, &plain::quoted(text))])
        }
        Open::Quantity { item } => {
            speaker.say(Text::OpenQuantity, &[(Variable::Product, &plain::name(&item.name))])
        }
        Open::Place => speaker.say(Text::OpenPlace, &[]),
        Open::Payment => speaker.say(Text::OpenPayment, &[]),
    };
    let names: Vec<String> = open.iter().take(EXAMPLES).map(name).collect();
    let names = names.join("; ");
    match open.len().checked_sub(EXAMPLES) {
        None | Some(0) => names,
        Some(more) => {
            let more = speaker.count(more);
            speaker.say(Text::AndMore, &[(Variable::Asked, &names), (Variable::Count, &more)])
        }
    }
}

/// How many of a product. Whoever asked only for the price has it with the question.
fn quantity(speaker: Speaker<'_>, item: &SaidItem) -> String {
    let values = [
        (Variable::HowMany, speaker.how_many(item.unit)),
        (Variable::Unit, speaker.units(item.unit)),
        (Variable::Product, &plain::name(&item.name)),
        (Variable::Price, &speaker.price_each(item.price, item.unit)),
    ];
    speaker.say(Text::AskQuantity, &values)
}

/// Which of several products: in one line when there are two, a line each when
/// there are more, and a few of them as examples when there are many. Where it is the only such
/// question the lines have numbers, which a customer may answer with.
fn which(speaker: Speaker<'_>, ask: &AskChoice, alone: bool) -> String {
    let names: Vec<String> = ask.choices.iter().map(|one| plain::name(&one.item.name)).collect();
    let rows = |count: usize| {
        let row = |(n, name): (usize, &String)| match alone {
            true => format!("   {}. {name}", n + 1),
            false => format!("   - {name}"),
        };
        let rows: Vec<String> = names.iter().take(count).enumerate().map(row).collect();
        rows.join("\n")
    };
    let (text, options) = match names.len() {
        0..=2 => (Text::AskWhich, speaker.either(&names)),
        3..=10 => (Text::AskWhichOf, rows(names.len())),
        _ => (Text::AskWhichOfMany, rows(EXAMPLES)),
    };
    let values = [
        (Variable::Asked, plain::quoted(&ask.text)),
        (Variable::Count, speaker.count(names.len())),
        (Variable::Options, options),
    ];
    let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
    speaker.say(text, &values)
}
