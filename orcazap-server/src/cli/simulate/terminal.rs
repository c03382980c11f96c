//! The conversation on a terminal: what is typed is the customer's, what starts
//! with a slash is a command.

use std::io::{BufRead, Read, Write};

use orcazap_core::conversation::{Act, Answer, CloseReason, Reply};
use orcazap_core::pricing::explain;
use orcazap_core::{Effect, Event, Language, Say};
use orcazap_whatsapp::send::Message;
use orcazap_whatsapp::wording::{OutgoingMessage, Wording, render};

use super::session::{Happened, PERSON, Session, span};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 64 * 1024;

const HELP: &str = "\
Escreva como cliente. Comandos:
  /press ID        aperta um botão (o ID aparece ao lado dele)
  /approve         aprova o orçamento em análise
  /reject TEXTO    recusa, com uma palavra ao cliente
  /takeover  /giveback  /reply TEXTO  /place  /close
  /clock +3h       adianta o relógio (s, m, h, d)
  /explain         de onde vem cada valor do orçamento
  /state           o estado da conversa, em JSON
  /quit            sai";

/// What a line asks for.
enum Line<'a> {
    Give(Event),
    Clock(&'a str),
    Explain,
    State,
    Help,
    Quit,
    Unknown,
}

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
        match parse(line.trim(), &session) {
            None => {}
            Some(Line::Quit) => return Ok(()),
            Some(Line::Give(event)) => match session.give(event) {
                Ok(done) => show(output, &session, done)?,
                Err(error) => writeln!(output, "  ! {error}")?,
            },
            Some(Line::Clock(text)) => match span(text) {
                Some(time) => {
                    for rung in session.wait(time) {
                        show(output, &session, rung)?;
                    }
                }
                None => writeln!(output, "  ! /clock +3h, +90m, +2d")?,
            },
            Some(Line::Explain) => match session.conversation.state.offer() {
                Some(offer) => {
                    let text = explain(&offer.quote.trace(), Language::Portuguese);
                    writeln!(output, "{text}")?;
                }
                None => writeln!(output, "  ! ainda não há orçamento")?,
            },
            Some(Line::State) => {
                writeln!(output, "{}", serde_json::to_string_pretty(&session.conversation)?)?;
            }
            Some(Line::Help) => writeln!(output, "{HELP}")?,
            Some(Line::Unknown) => writeln!(output, "  ! comando desconhecido; /help")?,
        }
    }
}

/// Reads a line; `None` when it is blank.
fn parse<'a>(line: &'a str, session: &Session<'_>) -> Option<Line<'a>> {
    let now = session.now;
    let Some(command) = line.strip_prefix('/') else {
        return (!line.is_empty()).then(|| Line::Give(Event::text(line, now)));
    };
    let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
    let rest = rest.trim();
    let revision = session.conversation.state.offer().map_or(0, |offer| offer.quote_ref.revision);
    let act = |act| Line::Give(Event::act(PERSON, act));
    Some(match name {
        "press" => match rest.parse::<Reply>() {
            Ok(reply) => Line::Give(Event::reply(reply, now)),
            Err(_) => Line::Unknown,
        },
        "approve" => act(Act::Approve { revision }),
        "reject" => act(Act::Reject { revision, message: rest.to_owned() }),
        "takeover" => act(Act::TakeOver),
        "giveback" => act(Act::GiveBack),
        "reply" => act(Act::Reply { text: rest.to_owned() }),
        "place" => act(Act::PlaceOrder { revision }),
        "close" => act(Act::Close { reason: CloseReason::ClosedByPerson }),
        "clock" => Line::Clock(rest),
        "explain" => Line::Explain,
        "state" => Line::State,
        "help" => Line::Help,
        "quit" => Line::Quit,
        _ => Line::Unknown,
    })
}

/// Shows what an event led to: what is said as the customer sees it, the rest in
/// one line each.
fn show(output: &mut impl Write, session: &Session<'_>, done: Happened) -> anyhow::Result<()> {
    if let Some(timer) = done.timer {
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
/approve
/clock +1h
/nonsense
/press accept:1:1
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
            "/press accept:1:1",
            "10/03 10:00> ",
            "comando desconhecido",
            "· pedido 1/1",
            r#""state": "won""#,
        ] {
            assert!(shown.contains(part), "no {part:?} in\n{shown}");
        }
        assert!(!shown.contains("never read"));
    }
}
