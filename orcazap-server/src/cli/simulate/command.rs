//! What is typed on the terminal: the customer's words, or a command that starts with
//! a slash.

use std::str::FromStr;

use orcazap_core::authority::Role;
use orcazap_core::catalog::Sku;
use orcazap_core::conversation::{Act, CloseReason, Content, Edit, MediaKind, Reply};
use orcazap_core::place::Point;

pub(super) const HELP: &str = "\
Escreva como cliente. Várias mensagens de uma vez: bom dia / 10 sacos de cimento
Do cliente:
  /press ID             aperta um botão (o ID aparece ao lado dele)
  /photo [LEGENDA]      manda uma foto     /voice  manda um áudio
  /location LAT LON     manda a localização
  /customer CÓDIGO      quem compra, para as listas de preço; em branco: ninguém
  /group GRUPO          o grupo de quem compra; em branco: nenhum
Da loja:
  /as PAPEL             quem age: owner, manager ou attendant
  /approve              aprova o orçamento em análise
  /reject TEXTO         recusa, com uma palavra ao cliente
  /edit MUDANÇA; …      muda o orçamento e envia: quantity SKU 12; price SKU 38,50;
                        discount SKU 5; add SKU 2; freight 20; pickup; drop PALAVRAS;
                        rule em vez do valor volta ao da regra
  /takeover  /giveback  /reply TEXTO  /place  /close
Do simulador:
  /clock +3h            adianta o relógio (s, m, h, d)
  /explain              de onde vem cada valor do orçamento
  /state                o estado da conversa, em JSON
  /quit                 sai";

/// What a line asks for.
#[derive(Debug, PartialEq)]
pub(super) enum Command<'a> {
    /// The customer wrote, sent or pressed something: one burst.
    Hear(Vec<Content>),
    /// A person of the store does something.
    Act(Act),
    /// Another person of the store acts from now on.
    As(Role),
    /// The customer's number in the store's price lists, or nobody's.
    Customer(Option<&'a str>),
    /// The customer's group.
    Group(Option<&'a str>),
    Clock(&'a str),
    Explain,
    State,
    Help,
    Quit,
}

impl<'a> Command<'a> {
    /// Reads a line that is not blank. Acts name the revision that stands.
    ///
    /// # Errors
    ///
    /// What to type instead, for whoever sits at the terminal.
    pub(super) fn parse(line: &'a str, revision: u32) -> Result<Self, String> {
        let Some(command) = line.strip_prefix('/') else {
            let burst = line.split(" / ").map(|text| Content::Text(text.trim().to_owned()));
            return Ok(Self::Hear(burst.collect()));
        };
        let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
        let rest = rest.trim();
        let said = Some(rest).filter(|rest| !rest.is_empty());
        let media =
            |kind| Self::Hear(vec![Content::Media { kind, caption: said.map(str::to_owned) }]);
        Ok(match name {
            "press" => Self::Hear(vec![Content::Reply(of::<Reply>(rest, "/press ID")?)]),
            "photo" => media(MediaKind::Image),
            "voice" => media(MediaKind::Audio),
            "location" => Self::Hear(vec![location(rest)?]),
            "customer" => Self::Customer(said),
            "group" => Self::Group(said),
            "as" => Self::As(of(rest, "/as owner, /as manager ou /as attendant")?),
            "approve" => Self::Act(Act::Approve { revision }),
            "reject" => Self::Act(Act::Reject { revision, message: rest.to_owned() }),
            "edit" => Self::Act(Act::EditAndApprove { revision, edits: edits(rest)? }),
            "takeover" => Self::Act(Act::TakeOver),
            "giveback" => Self::Act(Act::GiveBack),
            "reply" => Self::Act(Act::Reply { text: rest.to_owned() }),
            "place" => Self::Act(Act::PlaceOrder { revision }),
            "close" => Self::Act(Act::Close { reason: CloseReason::ClosedByPerson }),
            "clock" => Self::Clock(rest),
            "explain" => Self::Explain,
            "state" => Self::State,
            "help" => Self::Help,
            "quit" => Self::Quit,
            _ => return Err("comando desconhecido; /help".to_owned()),
        })
    }
}

/// Reads a figure as it is typed here: `38,50` as well as `38.50`.
fn of<T: FromStr>(text: &str, instead: &str) -> Result<T, String> {
    text.replace(',', ".").parse().map_err(|_| format!("escreva {instead}"))
}

fn location(rest: &str) -> Result<Content, String> {
    const INSTEAD: &str = "/location -23.56 -46.65";
    let (lat, lon) = rest.split_once(' ').ok_or_else(|| format!("escreva {INSTEAD}"))?;
    let point = Point::new(of(lat, INSTEAD)?, of(lon.trim(), INSTEAD)?);
    let point = point.map_err(|error| error.to_string())?;
    Ok(Content::Location { label: None, point: Some(point) })
}

/// Changes of a quote, parted by semicolons.
fn edits(text: &str) -> Result<Vec<Edit>, String> {
    let edits = text.split(';').map(str::trim).filter(|one| !one.is_empty());
    let edits: Vec<Edit> = edits.map(edit).collect::<Result<_, _>>()?;
    if edits.is_empty() {
        return Err("escreva o que muda: /edit quantity SKU 12".to_owned());
    }
    Ok(edits)
}

fn edit(text: &str) -> Result<Edit, String> {
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    let rest = rest.trim();
    let sku_and = |instead: &str| {
        let (sku, figure) = rest.rsplit_once(' ').ok_or_else(|| format!("escreva {instead}"))?;
        Ok::<_, String>((of_sku(sku.trim())?, figure))
    };
    Ok(match name {
        "quantity" => {
            let (sku, qty) = sku_and("quantity SKU 12")?;
            Edit::Quantity { sku, qty: of(qty, "quantity SKU 12")? }
        }
        "price" => {
            let (sku, price) = sku_and("price SKU 38,50")?;
            Edit::Price { sku, unit_price: by_hand(price, "price SKU 38,50")? }
        }
        "discount" => {
            let (sku, pct) = sku_and("discount SKU 5")?;
            Edit::Discount { sku, pct: by_hand(pct, "discount SKU 5")? }
        }
        "add" => {
            let (sku, qty) = sku_and("add SKU 2")?;
            Edit::Add { sku, qty: of(qty, "add SKU 2")? }
        }
        "freight" => Edit::Freight { freight: by_hand(rest, "freight 20")? },
        "pickup" => Edit::Place { place: orcazap_core::Place::Pickup },
        "drop" => Edit::Drop { text: rest.to_owned() },
        _ => {
            return Err(
                "mudanças: quantity, price, discount, add, freight, pickup, drop".to_owned()
            );
        }
    })
}

/// A figure set by hand, or the rules' again.
fn by_hand<T: FromStr>(text: &str, instead: &str) -> Result<Option<T>, String> {
    if text == "rule" { Ok(None) } else { of(text, instead).map(Some) }
}

fn of_sku(text: &str) -> Result<Sku, String> {
    text.parse().map_err(|_| format!("{text:?} não é um código de produto"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_starts_with_a_slash_is_a_command_and_the_rest_is_a_burst() {
        let texts = ["bom dia", "10 sacos, 1/2 saco"].map(|text| Content::Text(text.to_owned()));
        assert_eq!(
            Command::parse("bom dia / 10 sacos, 1/2 saco", 0),
            Ok(Command::Hear(texts.to_vec()))
        );
        assert_eq!(Command::parse("/as attendant", 0), Ok(Command::As(Role::Attendant)));
        assert_eq!(Command::parse("/group pedreiros", 0), Ok(Command::Group(Some("pedreiros"))));
        assert_eq!(Command::parse("/group", 0), Ok(Command::Group(None)));
    }

    #[test]
    fn a_quote_is_changed_by_several_edits() {
        let sku: Sku = "CIM".parse().unwrap();
        let expected = vec![
            Edit::Price { sku: sku.clone(), unit_price: "38.50".parse().ok() },
            Edit::Quantity { sku, qty: "12".parse().unwrap() },
            Edit::Freight { freight: "20".parse().ok() },
            Edit::Discount { sku: "CAL".parse().unwrap(), pct: None },
        ];
        assert_eq!(
            Command::parse(
                "/edit price CIM 38,50; quantity CIM 12; freight 20; discount CAL rule",
                2
            ),
            Ok(Command::Act(Act::EditAndApprove { revision: 2, edits: expected }))
        );
    }

    #[test]
    fn what_is_mistyped_is_answered_by_what_to_type() {
        for (typed, part) in [
            ("/nonsense", "/help"),
            ("/edit", "/edit quantity SKU 12"),
            ("/edit price CIM", "price SKU 38,50"),
            ("/edit paint CIM 2", "quantity, price, discount"),
            ("/location here", "/location -23.56 -46.65"),
            ("/location 99 0", "90"),
            ("/as king", "/as owner"),
            ("/press nothing", "/press ID"),
        ] {
            let error = Command::parse(typed, 1).unwrap_err();
            assert!(error.contains(part), "{typed}: {error}");
        }
    }
}
