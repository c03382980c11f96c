//! What a store's people call the assistant's texts and their variables.

use orcazap_core::{Language, Tone};
use orcazap_whatsapp::wording::{MAX_SOURCE, Situation, Text, TextFault, Variable, variable_name};

/// When texts are said.
pub(crate) fn situation(situation: Situation) -> &'static str {
    match situation {
        Situation::Greeting => "Primeiro contato",
        Situation::Asking => "Perguntas do pedido",
        Situation::Quote => "Orçamento",
        Situation::AfterQuote => "Depois do orçamento",
        Situation::HandOver => "Com o atendente",
        Situation::Buttons => "Botões e listas",
        Situation::Words => "Palavras e datas",
    }
}

/// A language.
pub(crate) fn language(language: Language) -> &'static str {
    match language {
        Language::Portuguese => "Português",
        Language::English => "Inglês",
        Language::Spanish => "Espanhol",
        Language::Swahili => "Suaíli",
    }
}

/// A tone.
pub(crate) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Informal => "Informal, como no balcão",
        Tone::Formal => "Formal",
    }
}

/// What a text is for.
pub(crate) fn text(text: Text) -> &'static str {
    match text {
        Text::Welcome => "Boas-vindas",
        Text::Ask => "Mensagem com o que falta",
        Text::AskSeveral => "Antes de várias perguntas",
        Text::AskMore => "Quando o que já foi perguntado espera",
        Text::PriceOf => "Preço, para quem só pergunta",
        Text::InStock => "Tem em estoque",
        Text::OutOfStock => "Em falta",
        Text::OpenHours => "Horário da loja",
        Text::OpenFrom => "Horário de um dia",
        Text::OpenUntil => "Até que horas abre num dia",
        Text::ClosedOn => "Dia em que não abre",
        Text::Payments => "Formas de pagamento, para quem pergunta",
        Text::PaymentOff => "Forma de pagamento com desconto",
        Text::PaymentOn => "Forma de pagamento com acréscimo",
        Text::FreightTo => "Frete, para quem só pergunta",
        Text::FreightToFrom => "Frete que depende da carga",
        Text::FreightToFree => "Frete grátis, para quem pergunta",
        Text::FreightFreeAbove => "A partir de quanto o frete é grátis",
        Text::FreightWhere => "Frete sem saber o lugar",
        Text::AskLeft => "O que fica para depois",
        Text::OpenItems => "O que falta: materiais",
        Text::OpenChoice => "O que falta: qual dos produtos",
        Text::OpenQuantity => "O que falta: quantidade",
        Text::OpenPlace => "O que falta: local",
        Text::OpenPayment => "O que falta: pagamento",
        Text::AskItems => "Quais materiais",
        Text::AskWhich => "Qual de dois produtos",
        Text::AskWhichOf => "Qual de alguns produtos",
        Text::AskWhichOfMany => "Qual de muitos produtos",
        Text::AskQuantity => "Quanto de um produto",
        Text::AskPlace => "Entrega ou retirada",
        Text::AskPlaceInWords => "Depois de uma localização",
        Text::AskPayment => "Forma de pagamento",
        Text::NotFoundLine => "O que não foi encontrado",
        Text::PickShort => "Sobre a lista de produtos",
        Text::PayShort => "Sobre a lista de pagamentos",
        Text::PickupShort => "Sobre o botão de retirada",
        Text::Quote => "Orçamento inteiro",
        Text::TitleFirst => "Título: primeiro orçamento",
        Text::TitleRevised => "Título: com mudanças",
        Text::TitleRenewed => "Título: preços atualizados",
        Text::TitleAgain => "Título: mostrado de novo",
        Text::QuoteSummary => "Resumo de orçamento longo",
        Text::Item => "Item",
        Text::ItemAlone => "Item com um preço só",
        Text::ItemDiscounted => "Item com desconto",
        Text::Discount => "Desconto do pagamento",
        Text::Surcharge => "Acréscimo do pagamento",
        Text::FreightPaid => "Frete",
        Text::FreightFree => "Frete grátis",
        Text::FreightOpen => "Frete a combinar",
        Text::FreightPickup => "Retirada na loja",
        Text::TotalLine => "Total",
        Text::TotalOpen => "Total sem o frete",
        Text::LeftOpen => "O que ficou de fora",
        Text::QuoteShort => "Resumo sobre os botões",
        Text::Accepted => "Pedido confirmado",
        Text::DeliveryOn => "Entrega com dia",
        Text::DeliveryOpen => "Entrega a combinar",
        Text::DeliveryAsk => "Pergunta pelo dia da entrega",
        Text::PickupOn => "Retirada com dia",
        Text::PickupOpen => "Retirada sem dia",
        Text::WhatToChange => "O que mudar",
        Text::Unclear => "Resposta não entendida",
        Text::FollowUp => "Lembrete do orçamento",
        Text::Expired => "Orçamento vencido",
        Text::Declined => "Cliente não quis",
        Text::Cancelled => "Pedido cancelado",
        Text::OptedOut => "Descadastro",
        Text::UnderReview => "Pedido em conferência",
        Text::StillUnderReview => "Ainda em conferência",
        Text::BelowMinimum => "Abaixo do pedido mínimo",
        Text::Swap => "O que serve no lugar do que falta",
        Text::SwapWhich => "Qual dos que servem",
        Text::SwapHow => "Como trocar pelo que serve",
        Text::AnswerByPerson => "Pergunta junto com o sim",
        Text::HandedOverAsked => "Cliente pediu atendente",
        Text::HandedOverTaken => "Atendente assumiu",
        Text::HandedOverQuestion => "Pergunta para o atendente",
        Text::HandedOverNotUnderstood => "Não foi possível entender",
        Text::HandedOverMedia => "Áudio, foto ou documento",
        Text::HandedOverAfterSale => "Sobre um pedido já fechado",
        Text::HandedOverRejected => "Orçamento não liberado",
        Text::HandedOverCannotPrice => "Pedido sem preço automático",
        Text::HandedOverUndelivered => "Orçamento não entregue",
        Text::ButtonAccept => "Botão: fechar",
        Text::ButtonChange => "Botão: mudar",
        Text::ButtonHuman => "Botão: atendente",
        Text::ButtonPickup => "Botão: retirar",
        Text::ButtonOptions => "Botão: abrir a lista",
        Text::HeadingPayment => "Título da lista de pagamentos",
        Text::HeadingQuote => "Título do orçamento na lista",
        Text::SoMany => "Quantidade de um produto",
        Text::SoManyPieces => "Quantidade em unidades",
        Text::PriceEach => "Preço por unidade",
        Text::InInstallments => "Pagamento parcelado",
        Text::InDays => "Pagamento a prazo",
        Text::PlaceCep => "Local: CEP",
        Text::PlaceBoth => "Local: bairro e CEP",
        Text::PlaceOnMap => "Local: ponto no mapa",
        Text::Today => "Hoje",
        Text::Tomorrow => "Amanhã",
        Text::OnDay => "Outro dia",
        Text::Between => "Entre dois dias",
        Text::FromDay => "A partir de um dia",
        Text::ByDay => "Até um dia",
        Text::Asap => "O quanto antes",
        Text::Morning => "De manhã",
        Text::Afternoon => "À tarde",
        Text::DayAndPeriod => "Dia e período",
        Text::AtTime => "Dia e hora",
        Text::Either => "Última de várias opções",
        Text::AndMore => "E mais alguns",
    }
}

/// What a variable stands for.
pub(crate) fn variable(variable: Variable) -> &'static str {
    match variable {
        Variable::Store => "nome da loja",
        Variable::Quote => "número e versão do orçamento",
        Variable::Items => "os itens, um por linha",
        Variable::NotFound => "o que não foi encontrado",
        Variable::Questions => "as perguntas",
        Variable::Asked => "o que o cliente escreveu",
        Variable::Options => "as opções",
        Variable::Count => "quantos são",
        Variable::Product => "o produto",
        Variable::Price => "preço por unidade",
        Variable::HowMany => "“Quantos sacos”",
        Variable::Unit => "a unidade",
        Variable::Title => "o título",
        Variable::Adjustment => "desconto ou acréscimo",
        Variable::Freight => "a linha do frete",
        Variable::Total => "a linha do total",
        Variable::Until => "até quando vale",
        Variable::LeftOut => "o que ficou de fora",
        Variable::Subtotal => "soma dos itens",
        Variable::Payment => "forma de pagamento",
        Variable::Place => "local da entrega",
        Variable::When => "quando",
        Variable::Sum => "o valor em reais",
        Variable::Percent => "a porcentagem",
        Variable::Method => "forma de pagamento",
        Variable::Delivery => "entrega ou retirada",
        Variable::Return => "palavra que volta a receber",
        Variable::Amount => "a quantidade",
        Variable::Each => "“cada”, “o m³”",
        Variable::Cep => "o CEP",
        Variable::Bairro => "o bairro",
        Variable::Day => "o dia",
        Variable::Weekday => "dia da semana",
        Variable::LastDay => "o último dia",
        Variable::Period => "manhã ou tarde",
        Variable::Time => "a hora",
        Variable::Closing => "a hora de fechar",
        Variable::Last => "a última opção",
    }
}

/// What is wrong with a text, and what to do.
pub(crate) fn fault(fault: &TextFault, language: Language) -> String {
    let name = |variable: &Variable| format!("{{{}}}", variable_name(*variable, language));
    match fault {
        TextFault::Blank => "Escreva o texto.".to_owned(),
        TextFault::TooLongToRead { found } => {
            format!("O texto tem {found} caracteres; o máximo é {MAX_SOURCE}.")
        }
        TextFault::TooLong { max, found } => format!(
            "Com os valores mais longos o texto chega a {found} caracteres; o WhatsApp aceita {max}."
        ),
        TextFault::Control { .. } => {
            "Há um caractere invisível no texto. Apague e escreva de novo essa parte.".to_owned()
        }
        TextFault::NotOneLine => "Este texto fica em uma linha só.".to_owned(),
        TextFault::Brace => "Há uma chave { ou } sem par.".to_owned(),
        TextFault::UnknownVariable { found } => {
            format!("{{{found}}} não existe neste texto. Use uma das variáveis abaixo.")
        }
        TextFault::Repeated { variable } => {
            format!("{} aparece mais de uma vez; deixe uma só.", name(variable))
        }
        TextFault::Missing { variable } => {
            format!("Falta {}: {}.", name(variable), self::variable(*variable))
        }
        TextFault::SameAs { other } => format!(
            "Fica igual a “{}”, que aparece na mesma mensagem. Escreva diferente.",
            text(*other)
        ),
        _ => "Este texto não pode ser usado.".to_owned(),
    }
}
