//! The platform's error codes: what to do about each, and what to tell a store.

use super::Advice;
use super::Advice::{FixRequest, GiveUp, PauseChannel};

/// One code.
pub(super) struct Code {
    pub(super) advice: Advice,
    /// A sentence for the store: what happened, and what to do.
    pub(super) sentence: &'static str,
}

pub(super) const fn retry(seconds: u64) -> Advice {
    Advice::Retry { after: Some(std::time::Duration::from_secs(seconds)) }
}

/// A retry at the caller's own pace.
pub(super) const SOON: Advice = Advice::Retry { after: None };

/// The code's row; `None` for a code that the platform's list does not have.
#[rustfmt::skip]
pub(super) fn code(code: i64) -> Option<Code> {
    let (advice, sentence) = match code {
        // Authentication and permission: nothing goes out until a person acts.
        0 | 190 => (PauseChannel, "O token de acesso do WhatsApp venceu ou foi revogado. Gere um token novo e cadastre-o no canal."),
        3 | 10 | 200..=299 | 131005 => (PauseChannel, "Falta uma permissão para enviar por este número. Confira as permissões do app na Meta."),
        33 => (PauseChannel, "A Meta não reconhece mais este número. Confira o número cadastrado no canal."),
        // Integrity.
        368 => (PauseChannel, "A Meta bloqueou a conta por violar uma política. Veja o aviso no Gerenciador do WhatsApp."),
        130497 => (PauseChannel, "A conta não pode enviar mensagens para este país."),
        131031 => (PauseChannel, "A Meta bloqueou a conta. Veja o aviso no Gerenciador do WhatsApp."),
        // Throttling.
        4 | 80007 => (retry(600), "Muitas chamadas à Meta em pouco tempo. O envio é tentado de novo em alguns minutos."),
        613 => (retry(600), "Muitas consultas à Meta em pouco tempo. O envio é tentado de novo em alguns minutos."),
        130429 => (retry(5), "O número enviou mensagens rápido demais. O envio é tentado de novo em instantes."),
        131048 => (PauseChannel, "Clientes demais bloquearam ou denunciaram o número. Pare os envios por algumas horas e revise as mensagens."),
        131056 => (retry(6), "Muitas mensagens seguidas para o mesmo cliente. O envio é tentado de novo em instantes."),
        131064 => (PauseChannel, "A Meta reduziu o limite de envios por modelos na categoria errada. Revise os modelos de mensagem."),
        133016 => (PauseChannel, "O número foi registrado vezes demais. Tente de novo em 72 horas."),
        // Sending.
        1 => (SOON, "A Meta teve um erro desconhecido. O envio é tentado de novo."),
        2 | 131016 => (SOON, "O WhatsApp está fora do ar por alguns instantes. O envio é tentado de novo."),
        100 => (FixRequest, "A Meta recusou o conteúdo da mensagem. Avise o suporte."),
        130472 => (GiveUp, "O cliente está num teste da Meta e não recebe esta mensagem de marketing."),
        131000 => (SOON, "A Meta não conseguiu enviar. O envio é tentado de novo."),
        131008 => (FixRequest, "Faltou um dado obrigatório na mensagem. Avise o suporte."),
        131009 => (FixRequest, "Um dado da mensagem passa do limite do WhatsApp. Avise o suporte."),
        131021 => (GiveUp, "O destinatário é o próprio número da loja."),
        131026 => (GiveUp, "O WhatsApp não pôde entregar: o número não tem WhatsApp, está desatualizado ou bloqueou a loja. Ligue para o cliente."),
        131030 => (GiveUp, "O número de teste só envia a destinatários cadastrados na Meta."),
        131037 => (PauseChannel, "A Meta ainda não aprovou o nome de exibição da loja."),
        131042 | 131044 => (PauseChannel, "Há um problema com a forma de pagamento da conta na Meta. Regularize-a para voltar a enviar."),
        131045 => (PauseChannel, "O número não está registrado corretamente. Registre-o de novo."),
        131047 => (GiveUp, "Passaram 24 horas desde a última mensagem do cliente. Use um modelo aprovado ou espere ele escrever."),
        131049 => (GiveUp, "A Meta limitou as mensagens de marketing para este cliente. Espere pelo menos um dia."),
        131050 => (GiveUp, "O cliente não quer mais receber marketing desta loja."),
        131051 => (FixRequest, "O WhatsApp não aceita este tipo de mensagem."),
        131052 => (GiveUp, "Não foi possível baixar o arquivo do cliente. Peça que envie de novo."),
        131053 => (FixRequest, "O WhatsApp não conseguiu usar o arquivo enviado. Confira o formato e o tamanho."),
        131055 => (FixRequest, "O WhatsApp não permite esta operação."),
        131057 => (retry(120), "O número está em manutenção na Meta. O envio é tentado de novo em alguns minutos."),
        131059 => (FixRequest, "A paginação da consulta à Meta venceu."),
        131060 => (GiveUp, "A mensagem só pode ser vista no celular da loja."),
        131062 => (GiveUp, "Esta mensagem precisa do telefone do cliente, que ele não mostra."),
        131063 => (PauseChannel, "O envio de marketing está desligado para esta conta na Meta."),
        137000 => (GiveUp, "A identidade do cliente mudou. Confirme com ele antes de continuar."),
        135000 => (FixRequest, "A Meta recusou os dados da mensagem. Avise o suporte."),
        134011 => (PauseChannel, "A loja precisa aceitar os termos de pagamento do WhatsApp."),
        134100 => (FixRequest, "Este envio só aceita modelos de marketing."),
        134101 => (retry(600), "O modelo ainda está sendo preparado pela Meta. O envio é tentado de novo em dez minutos."),
        134102 => (GiveUp, "O modelo de marketing não está disponível agora."),
        2040 => (GiveUp, "Este cliente não pode receber mensagens de pagamento."),
        2046 => (FixRequest, "O pedido não pode passar para esta situação no WhatsApp."),
        2047 => (GiveUp, "O pedido não pode ser cancelado no WhatsApp: já foi pago ou o pagamento está em andamento."),
        // Templates.
        132000 | 132008 | 132012 | 132018 => (FixRequest, "Os dados não combinam com o modelo de mensagem. Confira as variáveis."),
        132001 => (GiveUp, "O modelo de mensagem não existe ou ainda não foi aprovado neste idioma."),
        132005 => (FixRequest, "O texto do modelo ficou longo demais com os dados."),
        132007 => (GiveUp, "O modelo de mensagem viola uma política da Meta."),
        132015 => (GiveUp, "A Meta pausou o modelo por baixa qualidade. Espere ou use outro."),
        132016 => (GiveUp, "A Meta desativou o modelo de mensagem. Crie outro."),
        132068 => (GiveUp, "O formulário está bloqueado pela Meta."),
        132069 => (retry(3600), "O formulário foi enviado vezes demais na última hora."),
        // Registration.
        133000 | 133006 | 133010 => (PauseChannel, "O número não está registrado na Meta. Registre-o de novo."),
        133004 => (SOON, "O registro da Meta está fora do ar. É tentado de novo."),
        133005 | 133008 | 133009 => (PauseChannel, "O PIN do número está errado ou foi tentado vezes demais."),
        133015 => (retry(300), "O número acabou de ser removido. É tentado de novo em cinco minutos."),
        // Creating templates: these come as the code or as its subcode.
        2_388_040 => (FixRequest, "Um texto do modelo passa do tamanho permitido."),
        2_388_047 => (FixRequest, "O cabeçalho do modelo está em um formato que a Meta não aceita."),
        2_388_072 => (FixRequest, "O texto do modelo está em um formato que a Meta não aceita."),
        2_388_073 => (FixRequest, "O rodapé do modelo está em um formato que a Meta não aceita."),
        2_388_293 => (FixRequest, "O modelo tem variáveis demais para o tamanho do texto. Escreva mais palavras."),
        2_388_299 => (FixRequest, "Uma variável não pode ficar no começo nem no fim do texto do modelo."),
        2_388_019 => (GiveUp, "A conta chegou ao limite de modelos. Apague os que não usa."),
        2_388_023 => (GiveUp, "Um modelo apagado há pouco tinha este nome. Espere 30 dias ou use outro nome."),
        2_388_024 => (GiveUp, "Já existe um modelo com este nome e idioma."),
        // Connecting a number.
        2_593_107 => (GiveUp, "A sincronização com o celular da loja já foi pedida."),
        2_593_108 => (GiveUp, "A sincronização com o celular só pode ser pedida nas primeiras 24 horas."),
        2_593_109 => (GiveUp, "A loja não compartilhou o histórico de conversas."),
        2_388_001 | 2_388_012 | 2_388_091 | 2_388_093 | 2_388_103 | 2_494_100 => (PauseChannel, "A migração do número para esta conta não pôde ser feita. Veja o Gerenciador do WhatsApp."),
        // Others.
        139_000..=139_004 => (FixRequest, "O formulário não pôde ser enviado. Avise o suporte."),
        139_100..=139_102 => (GiveUp, "O contato não pôde ser bloqueado ou desbloqueado."),
        147_001..=147_005 => (GiveUp, "O nome de usuário da loja não está disponível."),
        138_000..=138_018 => (GiveUp, "A ligação pelo WhatsApp não é possível com este cliente."),
        131_020 | 131_041 | 131_201..=131_215 => (GiveUp, "A mensagem ao grupo não pôde ser enviada."),
        139_103 => (SOON, "A lista de bloqueio está ocupada. É tentado de novo."),
        _ => return None,
    };
    Some(Code { advice, sentence })
}
