//! What is short, and what serves in its place: words under a quote or an order that a
//! person looks at, and something to press for each.

use orcazap_core::conversation::Swap;

use super::ask::pick;
use super::fit::{Group, Press, Presses, Speech};
use super::plain;
use super::speaker::Speaker;
use super::text::Text;
use super::variable::Variable;
use crate::send::List;

/// An order that a person looks at, with what can be swapped in it.
pub(super) fn under_review(speaker: Speaker<'_>, text: String, swaps: &[Swap]) -> Speech {
    if swaps.is_empty() {
        return Speech::words(text);
    }
    offered(speaker, text, speaker.say(Text::SwapHow, &[]), Vec::new(), swaps)
}

/// Which of several goes in place of what is short.
pub(super) fn which(speaker: Speaker<'_>, swaps: &[Swap]) -> Speech {
    let short = speaker.say(Text::SwapWhich, &[]);
    let text = [lines(speaker, swaps), short.clone()].join("\n\n");
    pressed(speaker, text, short, Vec::new(), swaps)
}

/// A quote with its buttons, which go into one list with what can be swapped.
pub(super) fn quote(
    speaker: Speaker<'_>,
    text: String,
    short: String,
    buttons: Vec<Press>,
    swaps: &[Swap],
) -> Speech {
    if swaps.is_empty() {
        return Speech::with_buttons(text, short, buttons);
    }
    let heading = speaker.say(Text::HeadingQuote, &[]);
    offered(speaker, text, short, vec![Group { heading, presses: buttons }], swaps)
}

fn offered(
    speaker: Speaker<'_>,
    text: String,
    short: String,
    groups: Vec<Group>,
    swaps: &[Swap],
) -> Speech {
    let paragraphs = [text, lines(speaker, swaps), speaker.say(Text::SwapHow, &[])];
    pressed(speaker, paragraphs.join("\n\n"), short, groups, swaps)
}

/// A text with a list of what can be swapped, below what else can be pressed.
fn pressed(
    speaker: Speaker<'_>,
    text: String,
    short: String,
    mut groups: Vec<Group>,
    swaps: &[Swap],
) -> Speech {
    let open = speaker.say(Text::ButtonOptions, &[]);
    let taken: usize = groups.iter().map(|group| group.presses.len()).sum();
    let mut room = List::MAX_ROWS.saturating_sub(taken);
    // What does not fit into the list is in the words, and can be said.
    for swap in swaps {
        let Some(left) = room.checked_sub(swap.choices.len()) else { continue };
        room = left;
        let presses = swap.choices.iter().map(pick).collect();
        groups.push(Group { heading: plain::name(&swap.out.name), presses });
    }
    Speech { text, presses: Presses::Choices { short, open, groups } }
}

/// A line for each product that is short.
pub(super) fn lines(speaker: Speaker<'_>, swaps: &[Swap]) -> String {
    let line = |swap: &Swap| {
        let names: Vec<String> =
            swap.choices.iter().map(|choice| plain::name(&choice.item.name)).collect();
        let values = [
            (Variable::Product, plain::name(&swap.out.name)),
            (Variable::Options, speaker.either(&names)),
        ];
        let values = values.each_ref().map(|(variable, value)| (*variable, value.as_str()));
        speaker.say(Text::Swap, &values)
    };
    swaps.iter().map(line).collect::<Vec<_>>().join("\n")
}
