//! Spanish, as around Brazil. Examples of orders stay in Portuguese, the language that
//! orders are read in.

use chrono::{Datelike, NaiveDate};
use orcazap_core::Tone;
use orcazap_core::order::PaymentMethod;
use orcazap_core::quantity::Unit;

use crate::wording::text::Text;
use crate::wording::tongue::Tongue;
use crate::wording::variable::Variable;

pub(in crate::wording) struct Spanish;

impl Tongue for Spanish {
    fn text(&self, text: Text, tone: Tone) -> &'static str {
        let by = |informal, formal| match tone {
            Tone::Informal => informal,
            Tone::Formal => formal,
        };
        match text {
            Text::Welcome => by(
                "¡Hola! 👋 Soy el asistente virtual de *{tienda}*.\n\
                 Mándame tu lista de materiales con las cantidades y te hago el presupuesto \
                 al momento. Si ya lo sabes, dime también el barrio o el código postal (CEP) \
                 de la entrega y cómo vas a pagar.\n\n\
                 Por ejemplo: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
                "Buen día. Este es el asistente virtual de *{tienda}*.\n\
                 Por favor, envíe su lista de materiales con las cantidades y le haremos el \
                 presupuesto al momento. Si es posible, indique también el barrio o el \
                 código postal (CEP) de la entrega y la forma de pago.\n\n\
                 Por ejemplo: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
            ),

            Text::Ask => by(
                "Anotado:\n{items}\n\nPago: {pago}\nEntrega: {lugar}\nFecha pedida: {cuando}\n\n\
                 {no_encontre}\n\n{preguntas}",
                "Hemos anotado:\n{items}\n\nPago: {pago}\nEntrega: {lugar}\nFecha pedida: {cuando}\n\n\
                 {no_encontre}\n\n{preguntas}",
            ),
            Text::AskSeveral => by(
                "Para terminar el presupuesto, dime:\n{preguntas}",
                "Para completar el presupuesto, por favor indique:\n{preguntas}",
            ),
            Text::AskMore => by(
                "Si la lista está completa, solo responde lo que pregunté arriba.",
                "Si la lista está completa, por favor responda lo que preguntamos arriba.",
            ),
            Text::PriceOf => "• {producto}: {precio}",
            Text::InStock => "Tenemos en stock:\n{items}",
            Text::OutOfStock => "Sin stock por ahora:\n{items}",
            Text::OpenHours => "Nuestro horario:\n{items}",
            Text::OpenFrom => "{dia_de_la_semana}: de {hora} a {cierre}",
            Text::OpenUntil => "{dia_de_la_semana}: hasta las {cierre}",
            Text::ClosedOn => "Ese día no abrimos: {cuando}.",
            Text::Payments => "Formas de pago:\n{items}",
            Text::PaymentOff => "• {forma}: {tasa} de descuento",
            Text::PaymentOn => "• {forma}: {tasa} de recargo",
            Text::FreightTo => "Envío a {lugar}: {valor}.",
            Text::FreightToFrom => "Envío a {lugar}: desde {valor}, según la carga.",
            Text::FreightToFree => "Envío a {lugar}: gratis.",
            Text::FreightFreeAbove => "Es gratis en compras desde {valor}.",
            Text::FreightWhere => by(
                "Hacemos envíos, y el precio depende del lugar. ¿Cuál es tu CEP o tu barrio?",
                "Hacemos envíos, y el precio depende del lugar. ¿Cuál es su CEP o su barrio?",
            ),
            Text::AskLeft => "Después todavía falta: {preguntas}.",
            Text::OpenItems => "los materiales",
            Text::OpenChoice => "cuál {pedido}",
            Text::OpenQuantity => "la cantidad de {producto}",
            Text::OpenPlace => "el lugar de entrega o si lo retira en la tienda",
            Text::OpenPayment => "la forma de pago",
            Text::AskItems => by(
                "¿Qué materiales necesitas, y cuánto de cada uno?",
                "¿Qué materiales necesita, y en qué cantidades?",
            ),
            Text::AskWhich => "¿Cuál {pedido}: {opciones}?",
            Text::AskWhichOf => "¿Cuál {pedido}?\n{opciones}",
            Text::AskWhichOfMany => by(
                "¿Cuál {pedido}? Tengo {numero} tipos, como estos. Dime la marca, la medida \
                 o el color:\n\
                 {opciones}",
                "¿Cuál {pedido}? Hay {numero} tipos, como estos. Por favor, indique la \
                 marca, la medida o el color:\n\
                 {opciones}",
            ),
            Text::AskQuantity => "¿{cuantos} de {producto}? ({precio})",
            Text::AskPlace => by(
                "¿Cuál es el CEP o el barrio de la entrega? ¿O prefieres retirar en la \
                 tienda?",
                "¿Cuál es el CEP o el barrio de la entrega? ¿O prefiere retirar en la tienda?",
            ),
            Text::AskPlaceInWords => by(
                "¡Recibí tu ubicación! ¿Cuál es el CEP o el barrio, para calcular el envío?",
                "Hemos recibido su ubicación. ¿Cuál es el CEP o el barrio, para calcular el \
                 envío?",
            ),
            Text::AskPayment => {
                by("¿Cómo vas a pagar: {opciones}?", "¿Cuál será la forma de pago: {opciones}?")
            }
            Text::NotFoundLine => by("No encontré: {pedido}", "No encontramos: {pedido}"),
            Text::PickShort => "¿Cuál de ellos?",
            Text::PayShort => by("¿Cómo vas a pagar?", "¿Cuál será la forma de pago?"),
            Text::PickupShort => {
                by("¿Prefieres retirar en la tienda?", "¿Prefiere retirar en la tienda?")
            }

            Text::Quote => {
                "{titulo}\n\n\
                 {items}\n\n\
                 Subtotal: {subtotal}\n\
                 {ajuste}\n\
                 {envio}\n\
                 {total}\n\n\
                 Pago: {pago}\n\
                 Entrega: {lugar}\n\
                 Fecha pedida: {cuando}\n\
                 Válido hasta {validez}\n\n\
                 {quedo_fuera}"
            }
            Text::TitleFirst => "*Presupuesto {presupuesto}*",
            Text::TitleRevised => "*Presupuesto {presupuesto}*\ncon los cambios",
            Text::TitleRenewed => "*Presupuesto {presupuesto}*\ncon los precios de hoy",
            Text::TitleAgain => by(
                "Aquí está otra vez:\n*Presupuesto {presupuesto}*",
                "Como lo solicitó, nuevamente:\n*Presupuesto {presupuesto}*",
            ),
            Text::QuoteSummary => "{numero} productos · {total} · {envio} · válido hasta {validez}",
            Text::Item => "• {producto}\n   {precio}: {valor}",
            Text::ItemAlone => "• {producto}\n   {valor}",
            Text::ItemDiscounted => "• {producto}\n   {precio} (−{tasa}): {valor}",
            Text::Discount => "Descuento {forma} ({tasa}): {valor}",
            Text::Surcharge => "Recargo {forma} ({tasa}): {valor}",
            Text::FreightPaid => "Envío: {valor}",
            Text::FreightFree => "Envío: gratis",
            Text::FreightOpen => "Envío: a convenir",
            Text::FreightPickup => "Retiro en la tienda, sin envío",
            Text::TotalLine => "*Total: {valor}*",
            Text::TotalOpen => "*Total: {valor}* (sin el envío)",
            Text::LeftOpen => "Quedó fuera, porque hay más de un tipo: {pedido}",
            Text::QuoteShort => by(
                "Presupuesto {presupuesto}: *{valor}*. ¿Cerramos el pedido?",
                "Presupuesto {presupuesto}: *{valor}*. ¿Confirmamos el pedido?",
            ),

            Text::Accepted => by(
                "Pedido *{presupuesto}* confirmado, ¡gracias! ✅\n\
                 Total: *{valor}*\n\
                 Pago: {pago}\n\
                 {entrega}\n\n\
                 Alguien de la tienda te escribirá sobre los próximos pasos.",
                "Pedido *{presupuesto}* confirmado. Gracias por su preferencia.\n\
                 Total: *{valor}*\n\
                 Pago: {pago}\n\
                 {entrega}\n\n\
                 Una persona de la tienda le escribirá sobre los próximos pasos.",
            ),
            Text::DeliveryOn => "Entrega pedida para: {cuando}, por confirmar",
            Text::DeliveryOpen => "Entrega: a convenir",
            Text::DeliveryAsk => by(
                "Entrega: ¿para qué día la quieres?",
                "Entrega: por favor, indique el día deseado.",
            ),
            Text::PickupOn => "Retiro en la tienda: {cuando}",
            Text::PickupOpen => "Retiro en la tienda",
            Text::WhatToChange => by(
                "¿Qué quieres cambiar en el presupuesto {presupuesto}? Escríbelo a tu \
                 manera: “tira a areia”, “15 sacos de cimento”, “entrega na sexta”.",
                "¿Qué desea cambiar en el presupuesto {presupuesto}? Por ejemplo: “tira a \
                 areia”, “15 sacos de cimento”, “entrega na sexta”.",
            ),
            Text::Unclear => by(
                "No entendí bien. ¿Quieres cerrar el presupuesto {presupuesto}, cambiar algo \
                 o hablar con una persona?",
                "Disculpe, no quedó claro. ¿Desea confirmar el presupuesto {presupuesto}, \
                 cambiar algo o hablar con una persona?",
            ),
            Text::FollowUp => by(
                "¡Hola! ¿Te quedó alguna duda sobre el presupuesto {presupuesto}, de \
                 *{valor}*? Vale hasta {validez}.",
                "Buen día. ¿Le quedó alguna duda sobre el presupuesto {presupuesto}, de \
                 *{valor}*? Es válido hasta {validez}.",
            ),
            Text::Expired => by(
                "El presupuesto {presupuesto} ya venció. Alguien de la tienda va a revisar \
                 los precios de hoy, y te mando el nuevo por aquí.",
                "El presupuesto {presupuesto} ya venció. Una persona de la tienda revisará \
                 los precios de hoy, y le enviaremos el nuevo por aquí.",
            ),
            Text::Declined => by(
                "Está bien, gracias por consultarnos. Cuando necesites algo, escríbenos.",
                "Gracias por consultarnos. Quedamos a su disposición.",
            ),
            Text::Cancelled => by(
                "Pedido cancelado. Cuando necesites algo, escríbenos.",
                "Pedido cancelado. Quedamos a su disposición.",
            ),
            Text::OptedOut => by(
                "Listo, no vas a recibir más mensajes de {tienda}. Si cambias de idea, \
                 responde {volver}.",
                "Confirmado: no recibirá más mensajes de {tienda}. Para volver a recibirlos, \
                 responda {volver}.",
            ),

            Text::UnderReview => by(
                "Anoté tu pedido:\n\
                 {items}\n\nPago: {pago}\nEntrega: {lugar}\nFecha pedida: {cuando}\n\n\
                 {no_encontre}\n\n\
                 Alguien de la tienda lo va a revisar, y te mando el presupuesto por aquí.",
                "Hemos anotado su pedido:\n\
                 {items}\n\nPago: {pago}\nEntrega: {lugar}\nFecha pedida: {cuando}\n\n\
                 {no_encontre}\n\n\
                 Una persona de la tienda lo revisará, y le enviaremos el presupuesto por \
                 aquí.",
            ),
            Text::StillUnderReview => by(
                "Anotado: {cuando}.\n\nTu presupuesto está en revisión. Apenas lo aprueben, te lo mando por aquí.",
                "Anotado: {cuando}.\n\nSu presupuesto está en revisión. Se lo enviaremos por aquí en cuanto esté \
                 aprobado.",
            ),
            Text::BelowMinimum => "El pedido mínimo es de {total}: faltan {valor}.",
            Text::Swap => by(
                "{producto}: no hay tanta cantidad. En su lugar sirve {opciones}.",
                "{producto}: no disponible en esa cantidad. En su lugar sirve {opciones}.",
            ),
            Text::SwapWhich => by("¿Cuál quieres en su lugar?", "¿Cuál desea en su lugar?"),
            Text::SwapHow => by(
                "Para cambiar, elige abajo o escríbeme. Si no lo pides, no cambio nada.",
                "Para cambiar, elija abajo o escríbanos. No se cambiará nada sin su pedido.",
            ),
            Text::AnswerByPerson => by(
                "Ya le pasé tu pregunta a una persona del equipo.",
                "Su pregunta fue enviada a una persona de nuestro equipo.",
            ),
            Text::HandedOverAsked | Text::HandedOverTaken => by(
                "¡Claro! Enseguida te atiende una persona por aquí.",
                "Con gusto. Enseguida le atenderá una persona por aquí.",
            ),
            Text::HandedOverQuestion => by(
                "¡Buena pregunta! Voy a llamar a alguien que te responda por aquí.",
                "Hemos pasado su pregunta a una persona, que le responderá por aquí.",
            ),
            Text::HandedOverNotUnderstood => by(
                "Perdona, no logré entender. Una persona va a seguir contigo por aquí.",
                "Disculpe, no logramos entender. Una persona continuará con usted por aquí.",
            ),
            Text::HandedOverMedia => by(
                "¡Recibido, gracias! Alguien va a ver lo que mandaste y te responde por aquí.",
                "Recibido, gracias. Una persona verá lo que envió y le responderá por aquí.",
            ),
            Text::HandedOverAfterSale => by(
                "¡Recibido! Alguien va a ver tu pedido y te responde por aquí.",
                "Recibido. Una persona verá su pedido y le responderá por aquí.",
            ),
            Text::HandedOverRejected => by(
                "Una persona te va a escribir por aquí sobre tu presupuesto.",
                "Una persona le escribirá por aquí sobre su presupuesto.",
            ),
            Text::HandedOverCannotPrice => by(
                "Este pedido lo tiene que ver una persona. Enseguida te escribe por aquí.",
                "Este pedido debe verlo una persona, que enseguida le escribirá por aquí.",
            ),
            Text::HandedOverUndelivered => {
                by("Una persona te va a escribir por aquí.", "Una persona le escribirá por aquí.")
            }

            Text::ButtonAccept => "Cerrar el pedido",
            Text::ButtonChange => "Cambiar algo",
            Text::ButtonHuman => "Hablar con alguien",
            Text::ButtonPickup => "Retirar en tienda",
            Text::ButtonOptions => "Ver opciones",
            Text::HeadingPayment => "Pago",
            Text::HeadingQuote => "Presupuesto",

            Text::SoMany => "{cantidad} de {producto}",
            Text::SoManyPieces => "{cantidad} × {producto}",
            Text::PriceEach => "{valor} {cada}",
            Text::InInstallments => "{forma} en {numero} cuotas",
            Text::InDays => "{forma} a {numero} días",
            Text::PlaceCep => "CEP {cep}",
            Text::PlaceBoth => "{barrio}, CEP {cep}",
            Text::PlaceOnMap => "lugar marcado en el mapa",
            Text::Today => "hoy, {dia}",
            Text::Tomorrow => "mañana, {dia}",
            Text::OnDay => "{dia_de_la_semana}, {dia}",
            Text::Between => "entre el {dia} y el {ultimo_dia}",
            Text::FromDay => "a partir del {dia}",
            Text::ByDay => "hasta el {dia}",
            Text::Asap => "lo antes posible",
            Text::Morning => "por la mañana",
            Text::Afternoon => "por la tarde",
            Text::DayAndPeriod => "{dia}, {periodo}",
            Text::AtTime => "{dia}, {hora}",
            Text::Either => "{opciones} o {ultima}",
            Text::AndMore => "{pedido}, y {numero} más",
        }
    }

    fn variable(&self, variable: Variable) -> &'static str {
        match variable {
            Variable::Store => "tienda",
            Variable::Quote => "presupuesto",
            Variable::Items => "items",
            Variable::NotFound => "no_encontre",
            Variable::Questions => "preguntas",
            Variable::Asked => "pedido",
            Variable::Options => "opciones",
            Variable::Count => "numero",
            Variable::Product => "producto",
            Variable::Price => "precio",
            Variable::HowMany => "cuantos",
            Variable::Unit => "unidad",
            Variable::Title => "titulo",
            Variable::Adjustment => "ajuste",
            Variable::Freight => "envio",
            Variable::Total => "total",
            Variable::Until => "validez",
            Variable::LeftOut => "quedo_fuera",
            Variable::Subtotal => "subtotal",
            Variable::Payment => "pago",
            Variable::Place => "lugar",
            Variable::When => "cuando",
            Variable::Sum => "valor",
            Variable::Percent => "tasa",
            Variable::Method => "forma",
            Variable::Delivery => "entrega",
            Variable::Return => "volver",
            Variable::Amount => "cantidad",
            Variable::Each => "cada",
            Variable::Cep => "cep",
            Variable::Bairro => "barrio",
            Variable::Day => "dia",
            Variable::Weekday => "dia_de_la_semana",
            Variable::LastDay => "ultimo_dia",
            Variable::Period => "periodo",
            Variable::Time => "hora",
            Variable::Closing => "cierre",
            Variable::Last => "ultima",
        }
    }

    fn method(&self, method: PaymentMethod) -> &'static str {
        match method {
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Cash => "efectivo",
            PaymentMethod::CreditCard => "tarjeta de crédito",
            PaymentMethod::DebitCard => "tarjeta de débito",
            PaymentMethod::Boleto => "boleto",
            PaymentMethod::Transfer => "transferencia",
            PaymentMethod::StoreCredit => "crédito de la tienda",
        }
    }

    fn each(&self, unit: Unit) -> &'static str {
        match unit {
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
            | Unit::Sheet => "c/u",
            Unit::CubicMeter => "el m³",
            Unit::SquareMeter => "el m²",
            Unit::Meter => "el metro",
            Unit::Kilogram => "el kg",
            Unit::Liter => "el litro",
            Unit::Thousand => "el millar",
        }
    }

    fn how_many(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece => "Cuántas unidades",
            Unit::Bag => "Cuántas bolsas",
            Unit::CubicMeter => "Cuántos m³",
            Unit::SquareMeter => "Cuántos m²",
            Unit::Meter => "Cuántos metros",
            Unit::Kilogram => "Cuántos kg",
            Unit::Liter => "Cuántos litros",
            Unit::Bar => "Cuántas barras",
            Unit::Can => "Cuántas latas",
            Unit::Gallon => "Cuántos galones",
            Unit::Bucket => "Cuántos baldes",
            Unit::Roll => "Cuántos rollos",
            Unit::Box => "Cuántas cajas",
            Unit::Pack => "Cuántos paquetes",
            Unit::Pair => "Cuántos pares",
            Unit::Set => "Cuántos juegos",
            Unit::Part => "Cuántas piezas",
            Unit::Thousand => "Cuántos millares",
            Unit::Plate => "Cuántas chapas",
            Unit::Sheet => "Cuántas hojas",
        }
    }

    fn date(&self, day: NaiveDate, year: bool) -> String {
        let short = format!("{:02}/{:02}", day.day(), day.month());
        if year { format!("{short}/{}", day.year()) } else { short }
    }

    fn weekdays(&self) -> [&'static str; 7] {
        ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
    }

    fn return_word(&self) -> &'static str {
        "VOLVER"
    }
}
