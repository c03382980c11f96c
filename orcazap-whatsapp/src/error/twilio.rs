//! Twilio's error codes, which share no number with Meta's.

use super::Advice::{FixRequest, GiveUp, PauseChannel};
use super::codes::{Code, SOON, retry};

/// The code's row; `None` for a code that the list does not have.
#[rustfmt::skip]
pub(super) fn code(code: i64) -> Option<Code> {
    let (advice, sentence) = match code {
        20003 => (PauseChannel, "A Twilio não aceitou o token da conta. Confira o Auth Token e cadastre-o no canal."),
        20404 | 21606 | 63007 => (PauseChannel, "A Twilio não reconhece este número da loja. Confira o número e a conta cadastrados no canal."),
        20429 | 63018 => (retry(5), "O número enviou mensagens rápido demais. O envio é tentado de novo em instantes."),
        20500 | 20503 => (SOON, "A Twilio está fora do ar por alguns instantes. O envio é tentado de novo."),
        63020 | 63040 | 63041 => (PauseChannel, "A Meta ainda não liberou este número na Twilio. Veja o aviso no console da Twilio."),
        21211 | 63003 | 63024 => (GiveUp, "O WhatsApp não encontrou o cliente: o número não tem WhatsApp ou mudou. Ligue para o cliente."),
        21610 | 63033 => (GiveUp, "O cliente bloqueou a loja ou pediu para não receber mensagens."),
        63016 => (GiveUp, "Passaram 24 horas desde a última mensagem do cliente. Use um modelo aprovado ou espere ele escrever."),
        63032 => (GiveUp, "O cliente está num teste da Meta e não recebe esta mensagem de marketing."),
        63049 => (GiveUp, "A Meta limitou as mensagens de marketing para este cliente. Espere pelo menos um dia."),
        63005 | 63013 | 63021 | 21617 | 21656 => (FixRequest, "O WhatsApp recusou o conteúdo da mensagem. Avise o suporte."),
        63019 => (FixRequest, "O WhatsApp não conseguiu usar o arquivo enviado. Confira o formato e o tamanho."),
        _ => return None,
    };
    Some(Code { advice, sentence })
}
