//! Pickup: words that say the customer collects.

use crate::reading::heard::Range;
use crate::reading::view::Message;

/// Words that say the customer collects.
pub(super) fn pickup(message: &Message<'_>) -> Option<Range> {
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
