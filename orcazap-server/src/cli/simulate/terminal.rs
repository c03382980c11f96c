//! The conversation on a terminal. Messages are given one by one, as they arrive, and
//! the timer of the burst has them read.

use std::io::{BufRead, Read, Write};

use orcazap_core::conversation::{Answer, StepError, Timer};
use orcazap_core::order::Buyer;
use orcazap_core::pricing::explain_to_store;
use orcazap_core::{Effect, Event, Language, Say};
use orcazap_whatsapp::send::Message;
use orcazap_whatsapp::wording::{OutgoingMessage, Wording, render};

use super::command::{Command, HELP};
use super::session::{Happened, Session, person, span};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 64 * 1024;

pub(super) fn run(
    mut session: Session<'_>,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    writeln!(output, "{} · /help mostra os comandos", session.store.name)?;
    let mut line = String::new();
    loop {
        write!(output, "{}> ", session.now.format("%d/%m %H:%M"))?;
        output.flush()?;
        line.clear();
        if Read::take(&mut *input, MAX_LINE).read_line(&mut line)? == 0 {
            return Ok(());
        }
        if line.trim().is_empty() {
            continue;
        }
        let revision =
            session.conversation.state.offer().map_or(0, |offer| offer.quote_ref.revision);
        match Command::parse(line.trim(), revision) {
            Ok(Command::Quit) => return Ok(()),
            Ok(command) => carry_out(command, &mut session, output)?,
            Err(error) => writeln!(output, "  ! {error}")?,
        }
    }
}

fn carry_out(
    command: Command<'_>,
    session: &mut Session<'_>,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    match command {
        Command::Hear(burst) => {
            let done = session.hear(burst);
            show(output, session, done)?;
        }
        Command::Act(act) => {
            let done = session.give(Event::act(session.by, act)).map(|done| vec![done]);
            show(output, session, done)?;
        }
        Command::As(role) => session.by = person(role),
        Command::Customer(customer) => {
            let customer = customer.map(str::to_owned);
            buys(session, |buyer| Buyer { customer, ..buyer });
        }
        Command::Group(group) => {
            let group = group.map(str::to_owned);
            buys(session, |buyer| Buyer { group, ..buyer });
        }
        Command::Clock(text) => match span(text) {
            Some(time) => {
                let rung = session.wait(time);
                show(output, session, Ok(rung))?;
            }
            None => writeln!(output, "  ! /clock +3h, +90m, +2d")?,
        },
        Command::Explain => match session.conversation.state.offer() {
            Some(offer) => {
                let trace = offer.quote.trace();
                writeln!(output, "{}", explain_to_store(&trace, Language::Portuguese))?;
            }
            None => writeln!(output, "  ! ainda não há orçamento")?,
        },
        Command::State => {
            writeln!(output, "{}", serde_json::to_string_pretty(&session.conversation)?)?;
        }
        Command::Help => writeln!(output, "{HELP}")?,
        Command::Quit => {}
    }
    Ok(())
}

/// Changes who buys.
fn buys(session: &mut Session<'_>, change: impl FnOnce(Buyer) -> Buyer) {
    let buyer = change(session.conversation.buyer.take().unwrap_or_default());
    session.conversation.buyer = (buyer != Buyer::default()).then_some(buyer);
}

/// Shows what events led to, or why one was refused.
fn show(
    output: &mut impl Write,
    session: &Session<'_>,
    done: Result<Vec<Happened>, StepError>,
) -> anyhow::Result<()> {
    match done {
        Ok(done) => done.into_iter().try_for_each(|one| show_one(output, session, one)),
        Err(error) => Ok(writeln!(output, "  ! {:#}", anyhow::Error::from(error))?),
    }
}

/// Shows what an event led to: what is said as the customer sees it, the rest in
/// one line each.
fn show_one(output: &mut impl Write, session: &Session<'_>, done: Happened) -> anyhow::Result<()> {
    // That a burst is over is no news to whoever typed it.
    if let Some(timer) = done.timer.filter(|timer| *timer != Timer::Settle) {
        writeln!(output, "  ⏰ {}", timer.code())?;
    }
    if done.opened {
        writeln!(output, "  · nova conversa")?;
    }
    for effect in done.effects {
        match effect {
            Effect::Say { say, answers } => speak(output, session, &say, &answers)?,
            Effect::OpenApproval { quote_ref, reasons } => {
                let codes: Vec<_> = reasons.iter().map(orcazap_core::Reason::code).collect();
                writeln!(output, "  · {quote_ref} aguarda aprovação: {}", codes.join(", "))?;
            }
            Effect::PlaceOrder { quote_ref, .. } => writeln!(output, "  · pedido {quote_ref}")?,
            Effect::HandOver { .. } => writeln!(output, "  · um atendente é chamado")?,
            Effect::RemindApproval { quote_ref } => {
                writeln!(output, "  · {quote_ref} ainda aguarda aprovação")?;
            }
            Effect::OptOut => writeln!(output, "  · contato descadastrado")?,
            Effect::OptIn => writeln!(output, "  · contato recadastrado")?,
            Effect::OpenNext { .. }
            | Effect::RecordQuote { .. }
            | Effect::CloseApproval { .. }
            | Effect::SetTimer { .. }
            | Effect::CancelTimer { .. } => {}
        }
    }
    Ok(())
}

/// Says something as the customer sees it, with what can be pressed below.
fn speak(
    output: &mut impl Write,
    session: &Session<'_>,
    say: &Say,
    answers: &[Answer],
) -> anyhow::Result<()> {
    let wording = Wording::new(&session.store.name);
    for OutgoingMessage { message, .. } in render(say, answers, &wording, session.now) {
        for line in message.words().lines() {
            writeln!(output, "  │ {line}")?;
        }
        for (id, title) in choices(&message) {
            writeln!(output, "  │ [{title}]  /press {id}")?;
        }
    }
    Ok(())
}

/// What can be pressed: id and label of each.
fn choices(message: &Message) -> Vec<(&str, &str)> {
    match message {
        Message::Buttons(buttons) => {
            buttons.buttons().iter().map(|button| (button.id(), button.title())).collect()
        }
        Message::List(list) => {
            let rows = list.sections().iter().flat_map(|section| section.rows());
            rows.map(|row| (row.id(), row.title())).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::conversation::QuoteNumber;

    use super::super::store::example;
    use super::*;

    #[test]
    fn a_conversation_is_held_on_the_terminal() {
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let store = example();
        let session = Session::new(&store, QuoteNumber(1), now);
        let typed = "\
/help
/explain
200 sacos de cimento, vou retirar, pago no pix
/explain
/as attendant
/edit price CIM-CP2-50 30
/as owner
/approve
/clock +1h
/nonsense
/press accept:1:2
/state
/quit
never read";
        let mut output = Vec::new();
        run(session, &mut typed.as_bytes(), &mut output).unwrap();
        let shown = String::from_utf8(output).unwrap();
        for part in [
            "Casa do Construtor",
            "ainda não há orçamento",
            "1/1 aguarda aprovação: high_value",
            "Total: ",
            "1/2 aguarda aprovação: ",
            "/press accept:1:2",
            "10/03 10:00> ",
            "comando desconhecido",
            "· pedido 1/2",
            r#""state": "won""#,
        ] {
            assert!(shown.contains(part), "no {part:?} in\n{shown}");
        }
        assert!(!shown.contains("never read"));
    }
}
