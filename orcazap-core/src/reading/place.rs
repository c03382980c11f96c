//! Stage 8, place: the CEP, the neighbourhood, or pickup.
//!
//! A neighbourhood is what follows `bairro`, what follows `entrega no …`, or a
//! name that begins as neighbourhoods do (`Jardim`, `Vila`, `Parque`). Streets,
//! numbers and landmarks are taken out of the way and have no field.

use super::dates::written_date;
use super::token::Kind;
use super::view::Message;
use crate::order::Missing;
use crate::place::{Bairro, Cep, Place};

/// Reads the place and takes its words.
pub(crate) fn read(message: &mut Message<'_>) -> Option<Place> {
    let cep = cep(message);
    take_streets(message);
    let pickup = pickup(message);
    let wants_delivery = (0..message.tokens.len()).any(|at| is_delivery_word(message.word(at)));
    let bairro = bairro(message);
    let either = pickup.is_some()
        && (0..message.tokens.len()).any(|at| {
            message.word(at) == "ou"
                && pickup.is_some_and(|(from, to)| at + 4 >= from && at <= to + 4)
        });
    if let Some((from, to)) = pickup {
        message.take(from, to);
    }
    if either && (wants_delivery || cep.is_some() || bairro.is_some()) {
        return None;
    }
    if pickup.is_some() && cep.is_none() && bairro.is_none() {
        return Some(Place::Pickup);
    }
    Place::address(cep, bairro, None)
}

/// A CEP in any of its spellings; the last one said.
fn cep(message: &mut Message<'_>) -> Option<Cep> {
    let mut found = None;
    let mut at = 0;
    while at < message.tokens.len() {
        let named = message.word(at) == "cep";
        let skipped = (at + 1..at + 4)
            .take_while(|t| {
                named
                    && (matches!(
                        message.word(*t),
                        "e" | "eh" | "do" | "da" | "numero" | "aqui" | "meu"
                    ) || message.is_mark(*t, &[':', '-', '.']))
            })
            .count();
        let start = if named { at + 1 + skipped } else { at };
        match cep_at(message, start, named) {
            Some((end, cep)) => {
                found = Some(cep);
                message.take(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn cep_at(message: &Message<'_>, at: usize, named: bool) -> Option<(usize, Cep)> {
    if message.is_taken(at) || written_date(message, at).is_some_and(|(_, date)| date.has_year()) {
        return None;
    }
    let number = |token: usize| matches!(message.kind(token), Some(Kind::Number(_)));
    let glued = |token: usize| message.tokens.get(token).is_some_and(|t| t.glued);
    number(at).then_some(())?;
    let digits = |token: usize| message.word(token).bytes().filter(u8::is_ascii_digit).count();
    let dash = message.is_mark(at + 1, &['-']);
    let ends = if dash && number(at + 2) {
        let tight = glued(at + 1) && glued(at + 2);
        ((digits(at), digits(at + 2)) == (5, 3) && (tight || named)).then_some(at + 3)
    } else if digits(at) == 8 {
        let counted = glued(at + 1) && matches!(message.kind(at + 1), Some(Kind::Word));
        (!counted).then_some(at + 1)
    } else if (digits(at), digits(at + 1)) == (5, 3) && number(at + 1) {
        let clear = named
            || !matches!(message.kind(at + 2), Some(Kind::Word)) && at + 2 >= message.tokens.len();
        clear.then_some(at + 2)
    } else {
        None
    }?;
    let text: String =
        (at..ends).flat_map(|t| message.word(t).chars()).filter(char::is_ascii_digit).collect();
    text.parse().ok().map(|cep| (ends, cep))
}

/// Streets and what belongs to them: taken, not kept.
fn take_streets(message: &mut Message<'_>) {
    let mut at = 0;
    while at < message.tokens.len() {
        let street = matches!(
            message.word(at),
            "rua"
                | "avenida"
                | "av"
                | "travessa"
                | "alameda"
                | "rodovia"
                | "estrada"
                | "condominio"
                | "edificio"
                | "predio"
                | "sitio"
                | "chacara"
                | "fazenda"
                | "logradouro"
        );
        let place_like = street && !message.is_taken(at) && begins_name(message, at + 1);
        if !place_like {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < message.tokens.len() && !ends_street(message, end) {
            end += 1;
        }
        message.take(at, end);
        at = end;
    }
}

fn begins_name(message: &Message<'_>, at: usize) -> bool {
    let at = at + usize::from(message.is_mark(at, &['.']));
    matches!(message.kind(at), Some(Kind::Word | Kind::Number(_)))
        && !matches!(message.word(at), "aqui" | "e" | "que")
}

fn ends_street(message: &Message<'_>, at: usize) -> bool {
    message.is_taken(at)
        || matches!(message.kind(at), Some(Kind::Break))
        || message.is_mark(at, &[',', ';', '?', '!'])
        || (message.is_mark(at, &['.'])
            && !message.is_mark(at - 1, &['n'])
            && message.word(at - 1) != "av")
        || matches!(
            message.word(at),
            "bairro"
                | "cep"
                | "pago"
                | "pagamento"
                | "quero"
                | "preciso"
                | "jardim"
                | "jd"
                | "vila"
                | "vl"
                | "parque"
                | "setor"
        )
}

type Range = (usize, usize);

/// Words that say the customer collects.
fn pickup(message: &Message<'_>) -> Option<Range> {
    let word = |token: usize| message.word(token);
    let mut found = None;
    for at in 0..message.tokens.len() {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| message.word(token));
        let wanted = matches!(
            before(1),
            "vou"
                | "vamos"
                | "vo"
                | "posso"
                | "quero"
                | "irei"
                | "pra"
                | "para"
                | "ir"
                | "eu"
                | "vai"
                | "vem"
                | "manda"
                | "mandar"
                | "mando"
                | "a"
                | "e"
        );
        let length = match word(at) {
            "retiro" | "retirada" | "retiramos" => Some(1),
            "retirar" | "buscar" | "retira" if wanted && !is_object(message, at + 1) => Some(1),
            "busco" | "buscamos" => Some(1),
            "retirar" | "buscar" if before(1).is_empty() || at == 0 => Some(1),
            "passo" | "passar" | "passamos"
                if matches!(word(at + 1), "ai" | "la" | "na" | "aki") =>
            {
                Some(2)
            }
            "pego" | "pegar" | "pegamos"
                if matches!(
                    word(at + 1),
                    "ai" | "la" | "na" | "aki" | "hoje" | "amanha" | "no"
                ) =>
            {
                Some(1)
            }
            _ => None,
        };
        if let Some(length) = length {
            let mut end = at + length;
            while matches!(
                word(end),
                "ai" | "na"
                    | "loja"
                    | "pra"
                    | "pegar"
                    | "buscar"
                    | "aki"
                    | "la"
                    | "no"
                    | "balcao"
                    | "local"
                    | "retirar"
                    | "deposito"
                    | "mesmo"
                    | "msm"
            ) && (word(end) != "na" || word(end + 1) == "loja")
                && (word(end) != "no" || matches!(word(end + 1), "balcao" | "local" | "deposito"))
            {
                end += 1;
            }
            found = Some((at, end));
        }
    }
    found
}

/// Behind `retira`, what makes it a removal from the order and no pickup.
fn is_object(message: &Message<'_>, at: usize) -> bool {
    matches!(message.word(at), "o" | "a" | "os" | "as" | "so" | "tambem")
}

/// Whether a verb of sending stands right before: `manda pro Centro`.
fn is_sent(message: &Message<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        matches!(
            message.word(before),
            "manda" | "mandar" | "mande" | "entrega" | "entregar" | "leva" | "levar" | "envia"
        )
    })
}

fn is_delivery_word(word: &str) -> bool {
    matches!(
        word,
        "entrega"
            | "entregar"
            | "entregue"
            | "entregam"
            | "entreguem"
            | "entregas"
            | "obra"
            | "endereco"
            | "moro"
            | "enviar"
            | "frete"
            | "levar"
    )
}

/// The neighbourhood; the last one said.
fn bairro(message: &mut Message<'_>) -> Option<Bairro> {
    let mut found: Option<Range> = None;
    let mut explicit = false;
    let mut at = 0;
    while at < message.tokens.len() {
        if message.is_taken(at) {
            at += 1;
            continue;
        }
        let said = match message.word(at) {
            "bairro" | "bairo" | "barrio" | "bairr" => {
                let from = (at + 1..at + 4)
                    .find(|t| {
                        !matches!(
                            message.word(*t),
                            "e" | "eh" | "do" | "da" | "de" | "o" | "no" | "na" | "aqui"
                        ) && !message.is_mark(*t, &[':'])
                    })
                    .unwrap_or(at + 1);
                name(message, from, Trust::Named).map(|end| (from, end, true))
            }
            "no" | "na" | "em" | "pro" | "pra" | "do" | "para" => {
                let trust = if follows_delivery(message, at) { Trust::Said } else { Trust::Looks };
                let trust = match message.word(at) {
                    "no" | "na" if stands_capital(message, at + 1) => Trust::Said,
                    "pro" | "pra" | "para"
                        if is_sent(message, at) && stands_capital(message, at + 1) =>
                    {
                        Trust::Said
                    }
                    "no" | "na" => trust,
                    _ => Trust::Looks,
                };
                name(message, at + 1, trust).map(|end| (at + 1, end, false))
            }
            _ if begins_segment(message, at) || follows_delivery(message, at) => {
                name(message, at, Trust::Looks).map(|end| (at, end, false))
            }
            _ => None,
        };
        match said {
            Some((from, end, named)) => {
                if named || !explicit {
                    found = Some((from, end));
                    explicit = named;
                }
                message.take(at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    let (from, end) = found?;
    message.own_words(from, end).parse().ok()
}

/// How much reason there is to take words for a neighbourhood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The customer said `bairro`.
    Named,
    /// It follows a word of delivery.
    Said,
    /// Only when it begins as names of neighbourhoods do.
    Looks,
}

fn follows_delivery(message: &Message<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at)
        .rev()
        .take_while(|t| {
            !matches!(message.kind(*t), Some(Kind::Break)) && !message.is_mark(*t, &[';', '?'])
        })
        .any(|t| {
            is_delivery_word(message.word(t))
                || (matches!(message.word(t), "e" | "eh") && t + 1 == at)
        })
}

/// Where a name that starts at a token ends; `None` when it is none.
fn name(message: &Message<'_>, at: usize, trust: Trust) -> Option<usize> {
    let first = message.word(at);
    let looks = begins_like_a_bairro(first) && !message.is_taken(at);
    let alone = matches!(first, "centro") || looks;
    let proper = is_capital(message, at);
    let accepted = match trust {
        Trust::Named => true,
        Trust::Said => (looks || proper || alone) && !is_no_name(first),
        Trust::Looks => {
            looks && (alone || proper) && (first == "centro" || is_name_word(message, at + 1))
        }
    };
    if !accepted
        || !matches!(message.kind(at), Some(Kind::Word))
        || message.is_taken(at)
        || is_no_name(first)
    {
        return None;
    }
    let mut end = at + 1;
    let capital = proper && message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase);
    while end < message.tokens.len() && end < at + 6 {
        let joins = matches!(message.word(end), "de" | "da" | "do" | "das" | "dos" | "e")
            && is_name_word(message, end + 1);
        let goes_on = is_name_word(message, end)
            && (first != "centro")
            && (!capital
                || is_capital(message, end)
                || matches!(message.kind(end), Some(Kind::Number(_))));
        if joins && (!capital || is_capital(message, end + 1)) {
            end += 2;
        } else if goes_on {
            end += 1;
        } else {
            break;
        }
    }
    Some(end)
}

/// A neighbourhood that is all a message says, beside what other stages took:
/// `Pedra Branca, caderneta`.
pub(crate) fn standing_alone(message: &mut Message<'_>, asked: &[Missing]) -> Option<Place> {
    let free = |at: &usize| {
        !message.is_taken(*at)
            && matches!(message.kind(*at), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)))
    };
    let mut rest: Vec<usize> = (0..message.tokens.len()).filter(free).collect();
    while rest.first().is_some_and(|at| {
        matches!(message.word(*at), "no" | "na" | "em" | "e" | "eh" | "aqui" | "pro" | "bairro")
    }) {
        rest.remove(0);
    }
    let (first, last) = (*rest.first()?, *rest.last()?);
    let compact = last + 1 - first == rest.len() && rest.len() <= 4;
    let capital = rest
        .iter()
        .all(|at| is_capital(message, *at) || super::words::is_little(message.word(*at)));
    let small = message.own_words(first, last + 1).chars().any(char::is_lowercase);
    let elsewhere = message.taken.iter().any(|taken| *taken);
    let expected = asked.contains(&Missing::Place) && (elsewhere || rest.len() > 1);
    let noise = rest
        .iter()
        .any(|at| is_no_name(message.word(*at)) && !super::words::is_little(message.word(*at)));
    let said = compact && capital && small && !noise && expected && message.word(first).len() > 3;
    said.then_some(())?;
    let bairro: Bairro = message.own_words(first, last + 1).parse().ok()?;
    message.take(first, last + 1);
    Some(Place::from(bairro))
}

/// Whether a capital name of one word stands at the end of its sentence, in a
/// message that is not all in capitals.
fn stands_capital(message: &Message<'_>, at: usize) -> bool {
    let ends = !matches!(message.kind(at + 1), Some(Kind::Word | Kind::Number(_) | Kind::Size(_)));
    let small = message.own_words(at, at + 1).chars().skip(1).any(char::is_lowercase);
    ends && small && is_capital(message, at) && message.word(at).len() > 4
}

fn is_name_word(message: &Message<'_>, at: usize) -> bool {
    let roman_or_number = matches!(message.kind(at), Some(Kind::Number(number)) if number.as_whole().is_some_and(|n| n < 20))
        && !matches!(message.kind(at + 1), Some(Kind::Word));
    let word = matches!(message.kind(at), Some(Kind::Word)) && !is_no_name(message.word(at));
    !message.is_taken(at) && (word || (roman_or_number && at + 1 == message.tokens.len()))
}

fn is_capital(message: &Message<'_>, at: usize) -> bool {
    message.own_words(at, at + 1).chars().next().is_some_and(char::is_uppercase)
}

fn begins_segment(message: &Message<'_>, at: usize) -> bool {
    match at.checked_sub(1) {
        None => true,
        Some(before) => {
            message.is_taken(before)
                || matches!(message.kind(before), Some(Kind::Break))
                || matches!(message.kind(before), Some(Kind::Mark(mark)) if mark != '-' && mark != '"')
        }
    }
}

fn begins_like_a_bairro(word: &str) -> bool {
    matches!(
        word,
        "jardim"
            | "jd"
            | "jdm"
            | "jrd"
            | "vila"
            | "vl"
            | "parque"
            | "pq"
            | "pque"
            | "centro"
            | "setor"
            | "alto"
            | "recanto"
            | "nova"
            | "nosso"
            | "santa"
            | "santo"
            | "sao"
            | "sta"
            | "sto"
            | "morada"
            | "residencial"
            | "conjunto"
            | "cohab"
            | "loteamento"
            | "distrito"
            | "chacaras"
            | "bosque"
            | "portal"
            | "cidade"
            | "colina"
            | "colinas"
            | "bela"
            | "boa"
            | "vale"
            | "nucleo"
            | "granja"
            | "planalto"
            | "novo"
    )
}

/// Words that end a name or never begin one.
fn is_no_name(word: &str) -> bool {
    matches!(
        word,
        "bairro"
            | "pago"
            | "pagar"
            | "pagamento"
            | "pagando"
            | "pix"
            | "cartao"
            | "boleto"
            | "dinheiro"
            | "amanha"
            | "hoje"
            | "hj"
            | "cep"
            | "entrega"
            | "entregar"
            | "rua"
            | "av"
            | "avenida"
            | "preciso"
            | "quero"
            | "loja"
            | "obra"
            | "local"
            | "casa"
            | "fim"
            | "final"
            | "mesmo"
            | "dia"
            | "tarde"
            | "noite"
            | "manha"
            | "segunda"
            | "terca"
            | "quarta"
            | "quinta"
            | "sexta"
            | "sabado"
            | "domingo"
            | "semana"
            | "mes"
            | "por"
            | "favor"
            | "pfv"
            | "com"
            | "no"
            | "na"
            | "em"
            | "pra"
            | "para"
            | "ate"
            | "se"
            | "que"
            | "o"
            | "a"
            | "os"
            | "as"
            | "e"
            | "credito"
            | "debito"
            | "fiado"
            | "mim"
            | "aqui"
            | "ai"
            | "la"
            | "endereco"
            | "hora"
            | "lugar"
            | "outro"
            | "outra"
            | "total"
            | "valor"
            | "urgente"
            | "obrigado"
            | "minha"
            | "meu"
            | "vou"
            | "tem"
            | "um"
            | "uma"
            | "verdade"
            | "vdd"
            | "vez"
            | "caso"
            | "estoque"
            | "deposito"
            | "predio"
            | "caderneta"
            | "voces"
            | "vcs"
            | "onde"
            | "quando"
            | "ou"
            | "retiro"
            | "de"
            | "do"
            | "da"
            | "proximo"
            | "proxima"
            | "ainda"
            | "possivel"
            | "ok"
            | "blz"
            | "valeu"
            | "depois"
            | "cedo"
            | "nos"
            | "nas"
            | "mais"
            | "tudo"
            | "isso"
            | "nao"
    )
}
