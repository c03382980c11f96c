//! What was understood, and all that is missing, in one message.

use orcazap_core::conversation::{AskChoice, AskFor, AskPlace, Choice, Reply, SaidItem};
use orcazap_core::order::PaymentMethod;

use super::brazil::{each, either, how_many, method, method_label, so_many, unit_price};
use super::fit::{Group, Press, with_buttons, with_choices, words};
use super::plain;
use crate::send::{List, Message};

/// The ways of paying that are named when the store's price book names none.
const USUAL: [PaymentMethod; 3] =
    [PaymentMethod::Pix, PaymentMethod::Cash, PaymentMethod::CreditCard];

pub(super) fn messages(ask: &AskFor) -> Vec<Message> {
    let text = text(ask);
    if !ask.choices.is_empty() {
        return with_choices(&text, "Qual deles?", "Ver opções", &groups(ask));
    }
    // A press answers one question; with several open, words answer them all.
    if ask.payment && ask.place.is_none() && ask.quantities.is_empty() && !ask.no_items {
        let pay = |method: &PaymentMethod| {
            let reply = Reply::Pay { number: ask.number, method: *method };
            Press::new(reply, method_label(*method))
        };
        let presses = methods(ask).iter().map(pay).collect();
        let group = Group { heading: "Pagamento".to_owned(), presses };
        return with_choices(&text, "Como vai pagar?", "Ver opções", &[group]);
    }
    if ask.place.is_some() && !ask.no_items {
        let pickup = Press::new(Reply::Pickup(ask.number), "Retirar na loja");
        return with_buttons(&text, "Prefere retirar na loja?", &[pickup]);
    }
    words(&text)
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

fn pick(choice: &Choice) -> Press {
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

fn text(ask: &AskFor) -> String {
    let mut paragraphs = Vec::new();
    if !ask.items.is_empty() {
        paragraphs.push(format!("Anotei:\n{}", list(&ask.items)));
    }
    if !ask.unknown.is_empty() {
        paragraphs.push(format!("Não encontrei: {}", plain::all_quoted(&ask.unknown)));
    }
    paragraphs.push(match questions(ask).as_slice() {
        [] => "Me diga o que mais você precisa.".to_owned(),
        [one] => one.clone(),
        several => {
            let rows = several.iter().enumerate();
            let rows: Vec<String> = rows.map(|(n, text)| format!("{}. {text}", n + 1)).collect();
            format!("Para fazer o orçamento, me diga:\n{}", rows.join("\n"))
        }
    });
    paragraphs.join("\n\n")
}

/// What was understood, a line each.
pub(super) fn list(items: &[SaidItem]) -> String {
    items.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn item(item: &SaidItem) -> String {
    let name = plain::name(&item.name);
    match item.qty {
        Some(qty) => format!("• {}", so_many(qty, item.unit, &name)),
        None => format!("• {name}"),
    }
}

fn questions(ask: &AskFor) -> Vec<String> {
    let mut questions = Vec::new();
    if ask.no_items {
        questions.push("Quais materiais você precisa, e quanto de cada?".to_owned());
    }
    questions.extend(ask.choices.iter().map(which));
    for item in &ask.quantities {
        // Whoever asked only for the price has it with the question.
        let price = format!("{} {}", unit_price(item.price), each(item.unit));
        let name = plain::name(&item.name);
        questions.push(format!("{} de {name}? ({price})", how_many(item.unit)));
    }
    match ask.place {
        Some(AskPlace::Where) => {
            questions.push("Qual o CEP ou bairro da entrega? Ou prefere retirar?".to_owned());
        }
        Some(AskPlace::InWords) => questions.push(
            "Recebi sua localização. Qual o CEP ou o bairro, para eu calcular o frete?".to_owned(),
        ),
        None => {}
    }
    if ask.payment {
        let names: Vec<String> = methods(ask).iter().map(|way| method(*way).to_owned()).collect();
        questions.push(format!("Como vai pagar: {}?", either(&names)));
    }
    questions
}

/// Which of several products: in one line when there are two, a line each when
/// there are more, and a few of them as examples when there are many.
fn which(ask: &AskChoice) -> String {
    let what = plain::quoted(&ask.text);
    let names: Vec<String> = ask.choices.iter().map(|one| plain::name(&one.item.name)).collect();
    let few: Vec<String> = names.iter().take(5).map(|name| format!("   - {name}")).collect();
    match names.len() {
        0..=2 => format!("Qual {what}: {}?", either(&names)),
        3..=10 => {
            let all: Vec<String> = names.iter().map(|name| format!("   - {name}")).collect();
            format!("Qual {what}?\n{}", all.join("\n"))
        }
        many => format!(
            "Qual {what}? Tenho {many} tipos, como estes; me diga a marca, a medida ou a cor:\n{}",
            few.join("\n")
        ),
    }
}
