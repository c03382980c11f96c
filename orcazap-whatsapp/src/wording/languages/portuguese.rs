//! Brazilian Portuguese.

use chrono::{Datelike, NaiveDate};
use orcazap_core::Tone;
use orcazap_core::order::PaymentMethod;
use orcazap_core::quantity::Unit;

use crate::wording::text::Text;
use crate::wording::tongue::Tongue;
use crate::wording::variable::Variable;

pub(in crate::wording) struct Portuguese;

impl Tongue for Portuguese {
    fn text(&self, text: Text, tone: Tone) -> &'static str {
        let by = |informal, formal| match tone {
            Tone::Informal => informal,
            Tone::Formal => formal,
        };
        match text {
            Text::Welcome => by(
                "Oi! 👋 Sou o assistente virtual de *{loja}*.\n\
                 Mande sua lista de materiais com as quantidades que eu faço o orçamento na \
                 hora. Se já souber, diga também o bairro ou CEP da entrega e como vai pagar.\n\n\
                 Por exemplo: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
                "Olá! Este é o atendimento virtual de *{loja}*.\n\
                 Por favor, envie a lista de materiais com as quantidades, e o orçamento será \
                 feito na hora. Se possível, informe também o bairro ou CEP da entrega e a forma \
                 de pagamento.\n\n\
                 Por exemplo: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
            ),

            Text::Ask => by(
                "Anotei:\n{itens}\n\nPagamento: {pagamento}\nEntrega: {local}\nDia pedido: {quando}\n\n\
                 {nao_encontrei}\n\n{perguntas}",
                "Itens anotados:\n{itens}\n\nPagamento: {pagamento}\nEntrega: {local}\nDia pedido: {quando}\n\n\
                 {nao_encontrei}\n\n{perguntas}",
            ),
            Text::AskSeveral => by(
                "Para fazer o orçamento, me diga:\n{perguntas}",
                "Para concluir o orçamento, por favor informe:\n{perguntas}",
            ),
            Text::AskMore => by(
                "Se a lista já está completa, é só responder o que perguntei acima.",
                "Se a lista está completa, por favor responda o que perguntamos acima.",
            ),
            Text::PriceOf => "• {produto}: {preco}",
            Text::InStock => "Temos em estoque:\n{itens}",
            Text::OutOfStock => "Em falta no momento:\n{itens}",
            Text::OpenHours => "Nosso horário:\n{itens}",
            Text::OpenFrom => "{dia_da_semana}: das {hora} às {fechamento}",
            Text::OpenUntil => "{dia_da_semana}: até as {fechamento}",
            Text::ClosedOn => "Nesse dia não abrimos: {quando}.",
            Text::Payments => "Formas de pagamento:\n{itens}",
            Text::PaymentOff => "• {forma}: {taxa} de desconto",
            Text::PaymentOn => "• {forma}: {taxa} de acréscimo",
            Text::FreightTo => "Frete para {local}: {valor}.",
            Text::FreightToFrom => "Frete para {local}: a partir de {valor}, conforme a carga.",
            Text::FreightToFree => "Frete para {local}: grátis.",
            Text::FreightFreeAbove => "É grátis em compras a partir de {valor}.",
            Text::FreightWhere => by(
                "A gente entrega, e o frete depende do lugar. Qual o CEP ou o bairro?",
                "Fazemos entregas, e o frete depende do local. Qual é o CEP ou o bairro?",
            ),
            Text::AskLeft => "Depois ainda falta: {perguntas}.",
            Text::OpenItems => "os materiais",
            Text::OpenChoice => "qual {pedido}",
            Text::OpenQuantity => "a quantidade de {produto}",
            Text::OpenPlace => "o local da entrega ou se retira na loja",
            Text::OpenPayment => "a forma de pagamento",
            Text::AskItems => by(
                "Quais materiais você precisa, e quanto de cada um?",
                "Quais materiais deseja, e em que quantidades?",
            ),
            Text::AskWhich => "Qual {pedido}: {opcoes}?",
            Text::AskWhichOf => "Qual {pedido}?\n{opcoes}",
            Text::AskWhichOfMany => by(
                "Qual {pedido}? Tenho {numero} tipos, como estes. Me diga a marca, a medida ou a \
                 cor:\n{opcoes}",
                "Qual {pedido}? Há {numero} tipos, como estes. Por favor, informe a marca, a \
                 medida ou a cor:\n{opcoes}",
            ),
            Text::AskQuantity => "{quantos} de {produto}? ({preco})",
            Text::AskPlace => by(
                "Qual o CEP ou o bairro da entrega? Ou prefere retirar na loja?",
                "Qual é o CEP ou o bairro da entrega, ou prefere retirar na loja?",
            ),
            Text::AskPlaceInWords => by(
                "Recebi sua localização! Qual o CEP ou o bairro, para eu calcular o frete?",
                "Sua localização foi recebida. Qual é o CEP ou o bairro, para o cálculo do frete?",
            ),
            Text::AskPayment => {
                by("Como vai pagar: {opcoes}?", "Qual será a forma de pagamento: {opcoes}?")
            }
            Text::NotFoundLine => "Não encontrei: {pedido}",
            Text::PickShort => "Qual deles?",
            Text::PayShort => by("Como vai pagar?", "Qual será a forma de pagamento?"),
            Text::PickupShort => "Prefere retirar na loja?",

            Text::Quote => {
                "{titulo}\n\n\
                 {itens}\n\n\
                 Subtotal: {subtotal}\n\
                 {ajuste}\n\
                 {frete}\n\
                 {total}\n\n\
                 Pagamento: {pagamento}\n\
                 Entrega: {local}\n\
                 Dia pedido: {quando}\n\
                 Válido até {validade}\n\n\
                 {ficou_de_fora}"
            }
            Text::TitleFirst => "*Orçamento {orcamento}*",
            Text::TitleRevised => "*Orçamento {orcamento}*\ncom as mudanças",
            Text::TitleRenewed => "*Orçamento {orcamento}*\ncom os preços de hoje",
            Text::TitleAgain => by(
                "Aqui está de novo:\n*Orçamento {orcamento}*",
                "Conforme solicitado, novamente:\n*Orçamento {orcamento}*",
            ),
            Text::QuoteSummary => "{numero} itens · {total} · {frete} · válido até {validade}",
            Text::Item => "• {produto}\n   {preco}: {valor}",
            Text::ItemAlone => "• {produto}\n   {valor}",
            Text::ItemDiscounted => "• {produto}\n   {preco} (−{taxa}): {valor}",
            Text::Discount => "Desconto {forma} ({taxa}): {valor}",
            Text::Surcharge => "Acréscimo {forma} ({taxa}): {valor}",
            Text::FreightPaid => "Frete: {valor}",
            Text::FreightFree => "Frete: grátis",
            Text::FreightOpen => "Frete: a combinar",
            Text::FreightPickup => "Retirada na loja, sem frete",
            Text::TotalLine => "*Total: {valor}*",
            Text::TotalOpen => "*Total: {valor}* (sem o frete)",
            Text::LeftOpen => "Ficou de fora, por ter mais de um tipo: {pedido}",
            Text::QuoteShort => by(
                "Orçamento {orcamento}: *{valor}*. Posso fechar?",
                "Orçamento {orcamento}: *{valor}*. Podemos confirmar o pedido?",
            ),

            Text::Accepted => by(
                "Pedido *{orcamento}* confirmado, obrigado! ✅\n\
                 Total: *{valor}*\n\
                 Pagamento: {pagamento}\n\
                 {entrega}\n\n\
                 Um atendente fala com você sobre os próximos passos.",
                "Pedido *{orcamento}* confirmado. Agradecemos a preferência.\n\
                 Total: *{valor}*\n\
                 Pagamento: {pagamento}\n\
                 {entrega}\n\n\
                 Um atendente entrará em contato sobre os próximos passos.",
            ),
            Text::DeliveryOn => "Entrega pedida para: {quando}, a confirmar",
            Text::DeliveryOpen => "Entrega: a combinar",
            Text::DeliveryAsk => by(
                "Entrega: para que dia você quer?",
                "Entrega: por favor, informe o dia desejado.",
            ),
            Text::PickupOn => "Retirada na loja: {quando}",
            Text::PickupOpen => "Retirada na loja",
            Text::WhatToChange => by(
                "O que você quer mudar no orçamento {orcamento}? Pode escrever do seu jeito: \
                 “tira a areia”, “15 sacos de cimento”, “entrega na sexta”.",
                "O que deseja alterar no orçamento {orcamento}? Por exemplo: “tire a areia”, \
                 “15 sacos de cimento”, “entrega na sexta”.",
            ),
            Text::Unclear => by(
                "Não entendi bem. Quer fechar o orçamento {orcamento}, mudar alguma coisa ou \
                 falar com um atendente?",
                "Desculpe, não ficou claro. Deseja confirmar o orçamento {orcamento}, alterar \
                 algum item ou falar com um atendente?",
            ),
            Text::FollowUp => by(
                "Oi! Ficou alguma dúvida sobre o orçamento {orcamento}, de *{valor}*? Ele vale \
                 até {validade}.",
                "Olá! Restou alguma dúvida sobre o orçamento {orcamento}, de *{valor}*? Ele é \
                 válido até {validade}.",
            ),
            Text::Expired => by(
                "O orçamento {orcamento} passou da validade. Um atendente vai conferir os preços \
                 de hoje, e eu já mando o novo por aqui.",
                "O orçamento {orcamento} passou da validade. Um atendente conferirá os preços de \
                 hoje, e o novo orçamento será enviado por aqui.",
            ),
            Text::Declined => by(
                "Tudo bem, obrigado por consultar a gente. Quando precisar, é só chamar.",
                "Agradecemos a consulta. Permanecemos à disposição.",
            ),
            Text::Cancelled => by(
                "Pedido cancelado. Quando precisar, é só chamar.",
                "Pedido cancelado. Permanecemos à disposição.",
            ),
            Text::OptedOut => by(
                "Pronto, você não vai mais receber mensagens de {loja}. Se mudar de ideia, \
                 responda {voltar}.",
                "Confirmado: não haverá mais mensagens de {loja}. Para voltar a recebê-las, \
                 responda {voltar}.",
            ),

            Text::UnderReview => by(
                "Anotei seu pedido:\n{itens}\n\nPagamento: {pagamento}\nEntrega: {local}\nDia pedido: {quando}\n\n{nao_encontrei}\n\n\
                 Um atendente vai conferir, e eu já mando o orçamento por aqui.",
                "Pedido anotado:\n{itens}\n\nPagamento: {pagamento}\nEntrega: {local}\nDia pedido: {quando}\n\n{nao_encontrei}\n\n\
                 Um atendente fará a conferência, e o orçamento será enviado por aqui.",
            ),
            Text::StillUnderReview => by(
                "Anotado: {quando}.\n\nSeu orçamento está com um atendente. Assim que ele liberar, eu mando aqui.",
                "Anotado: {quando}.\n\nO orçamento está em conferência com um atendente e será enviado assim que \
                 liberado.",
            ),
            Text::BelowMinimum => "O pedido mínimo é de {total}: faltam {valor}.",
            Text::Swap => by(
                "{produto}: em falta nessa quantidade. No lugar serve {opcoes}.",
                "{produto}: indisponível nessa quantidade. Em seu lugar serve {opcoes}.",
            ),
            Text::SwapWhich => by("Qual você quer no lugar?", "Qual deseja no lugar?"),
            Text::SwapHow => by(
                "Para trocar, escolha abaixo ou me escreva. Sem você pedir, não troco nada.",
                "Para trocar, escolha abaixo ou escreva. Nada será trocado sem o seu pedido.",
            ),
            Text::AnswerByPerson => by(
                "A sua pergunta já passei para um atendente.",
                "A sua pergunta foi encaminhada a um atendente.",
            ),
            Text::HandedOverAsked | Text::HandedOverTaken => by(
                "Certo! Um atendente já vai falar com você por aqui.",
                "Certo. Um atendente falará com você em instantes por aqui.",
            ),
            Text::HandedOverQuestion => by(
                "Entendi. Vou chamar um atendente, que responde por aqui.",
                "Sua pergunta foi encaminhada a um atendente, que responderá por aqui.",
            ),
            Text::HandedOverNotUnderstood => by(
                "Desculpe, não consegui entender. Um atendente vai continuar com você por aqui.",
                "Desculpe, não foi possível entender. Um atendente continuará por aqui.",
            ),
            Text::HandedOverMedia => by(
                "Recebi, obrigado! Um atendente vai ver o que você mandou e responde por aqui.",
                "Recebido, obrigado. Um atendente verá o que foi enviado e responderá por aqui.",
            ),
            Text::HandedOverAfterSale => by(
                "Recebi! Um atendente vai ver seu pedido e responde por aqui.",
                "Recebido. Um atendente verificará o seu pedido e responderá por aqui.",
            ),
            Text::HandedOverRejected => by(
                "Um atendente vai falar com você por aqui sobre o seu orçamento.",
                "Um atendente falará com você por aqui sobre o seu orçamento.",
            ),
            Text::HandedOverCannotPrice => by(
                "Este pedido precisa de um atendente. Ele já fala com você por aqui.",
                "Este pedido requer um atendente, que falará com você por aqui.",
            ),
            Text::HandedOverUndelivered => by(
                "Um atendente vai falar com você por aqui.",
                "Um atendente falará com você por aqui.",
            ),

            Text::ButtonAccept => "Fechar pedido",
            Text::ButtonChange => "Mudar algo",
            Text::ButtonHuman => "Falar com atendente",
            Text::ButtonPickup => "Retirar na loja",
            Text::ButtonOptions => "Ver opções",
            Text::HeadingPayment => "Pagamento",
            Text::HeadingQuote => "Orçamento",

            Text::SoMany => "{quantidade} de {produto}",
            Text::SoManyPieces => "{quantidade} × {produto}",
            Text::PriceEach => "{valor} {cada}",
            Text::InInstallments => "{forma} em {numero}x",
            Text::InDays => "{forma} para {numero} dias",
            Text::PlaceCep => "CEP {cep}",
            Text::PlaceBoth => "{bairro}, CEP {cep}",
            Text::PlaceOnMap => "local marcado no mapa",
            Text::Today => "hoje, {dia}",
            Text::Tomorrow => "amanhã, {dia}",
            Text::OnDay => "{dia_da_semana}, {dia}",
            Text::Between => "entre {dia} e {ultimo_dia}",
            Text::FromDay => "a partir de {dia}",
            Text::ByDay => "até {dia}",
            Text::Asap => "o quanto antes",
            Text::Morning => "de manhã",
            Text::Afternoon => "à tarde",
            Text::DayAndPeriod => "{dia}, {periodo}",
            Text::AtTime => "{dia} às {hora}",
            Text::Either => "{opcoes} ou {ultima}",
            Text::AndMore => "{pedido}, e mais {numero}",
        }
    }

    fn variable(&self, variable: Variable) -> &'static str {
        match variable {
            Variable::Store => "loja",
            Variable::Quote => "orcamento",
            Variable::Items => "itens",
            Variable::NotFound => "nao_encontrei",
            Variable::Questions => "perguntas",
            Variable::Asked => "pedido",
            Variable::Options => "opcoes",
            Variable::Count => "numero",
            Variable::Product => "produto",
            Variable::Price => "preco",
            Variable::HowMany => "quantos",
            Variable::Unit => "unidade",
            Variable::Title => "titulo",
            Variable::Adjustment => "ajuste",
            Variable::Freight => "frete",
            Variable::Total => "total",
            Variable::Until => "validade",
            Variable::LeftOut => "ficou_de_fora",
            Variable::Subtotal => "subtotal",
            Variable::Payment => "pagamento",
            Variable::Place => "local",
            Variable::When => "quando",
            Variable::Sum => "valor",
            Variable::Percent => "taxa",
            Variable::Method => "forma",
            Variable::Delivery => "entrega",
            Variable::Return => "voltar",
            Variable::Amount => "quantidade",
            Variable::Each => "cada",
            Variable::Cep => "cep",
            Variable::Bairro => "bairro",
            Variable::Day => "dia",
            Variable::Weekday => "dia_da_semana",
            Variable::LastDay => "ultimo_dia",
            Variable::Period => "periodo",
            Variable::Time => "hora",
            Variable::Closing => "fechamento",
            Variable::Last => "ultima",
        }
    }

    fn method(&self, method: PaymentMethod) -> &'static str {
        match method {
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Cash => "dinheiro",
            PaymentMethod::CreditCard => "cartão de crédito",
            PaymentMethod::DebitCard => "cartão de débito",
            PaymentMethod::Boleto => "boleto",
            PaymentMethod::Transfer => "transferência",
            PaymentMethod::StoreCredit => "crediário",
        }
    }

    fn each(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::CubicMeter => "o m³",
            Unit::SquareMeter => "o m²",
            Unit::Meter => "o metro",
            Unit::Kilogram => "o kg",
            Unit::Liter => "o litro",
            Unit::Thousand => "o milheiro",
            Unit::Piece
            | Unit::Bag
            | Unit::Bar
            | Unit::Can
            | Unit::Gallon
            | Unit::Bucket
            | Unit::Roll
            | Unit::Box
            | Unit::Pack
            | Unit::Pair
            | Unit::Set
            | Unit::Part
            | Unit::Plate
            | Unit::Sheet => "cada",
        }
    }

    fn how_many(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece => "Quantas unidades",
            Unit::Bag => "Quantos sacos",
            Unit::CubicMeter => "Quantos m³",
            Unit::SquareMeter => "Quantos m²",
            Unit::Meter => "Quantos metros",
            Unit::Kilogram => "Quantos kg",
            Unit::Liter => "Quantos litros",
            Unit::Bar => "Quantas barras",
            Unit::Can => "Quantas latas",
            Unit::Gallon => "Quantos galões",
            Unit::Bucket => "Quantos baldes",
            Unit::Roll => "Quantos rolos",
            Unit::Box => "Quantas caixas",
            Unit::Pack => "Quantos pacotes",
            Unit::Pair => "Quantos pares",
            Unit::Set => "Quantos jogos",
            Unit::Part => "Quantas peças",
            Unit::Thousand => "Quantos milheiros",
            Unit::Plate => "Quantas chapas",
            Unit::Sheet => "Quantas folhas",
        }
    }

    fn date(&self, day: NaiveDate, year: bool) -> String {
        let short = format!("{:02}/{:02}", day.day(), day.month());
        if year { format!("{short}/{}", day.year()) } else { short }
    }

    fn weekdays(&self) -> [&'static str; 7] {
        [
            "segunda-feira",
            "terça-feira",
            "quarta-feira",
            "quinta-feira",
            "sexta-feira",
            "sábado",
            "domingo",
        ]
    }

    fn return_word(&self) -> &'static str {
        "VOLTAR"
    }
}
