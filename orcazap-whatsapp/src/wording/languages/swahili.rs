//! Swahili. The number follows what it counts, and a product stands apart from it, so
//! that no word has to agree with the class of a name from the catalogue. Examples of
//! orders stay in Portuguese, the language that orders are read in.

use chrono::{Datelike, NaiveDate};
use orcazap_core::Tone;
use orcazap_core::order::PaymentMethod;
use orcazap_core::quantity::Unit;

use crate::wording::text::Text;
use crate::wording::tongue::Tongue;
use crate::wording::variable::Variable;

pub(in crate::wording) struct Swahili;

impl Tongue for Swahili {
    fn text(&self, text: Text, tone: Tone) -> &'static str {
        let by = |informal, formal| match tone {
            Tone::Informal => informal,
            Tone::Formal => formal,
        };
        match text {
            Text::Welcome => by(
                "Habari! 👋 Mimi ni msaidizi wa mtandaoni wa *{duka}*.\n\
                 Nitumie orodha ya vifaa unavyohitaji pamoja na idadi, nami nitakupa bei \
                 papo hapo. Kama unajua tayari, niambie pia mtaa au CEP ya mahali pa \
                 kuletewa na utalipaje.\n\n\
                 Kwa mfano: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
                "Habari. Huyu ni msaidizi wa mtandaoni wa *{duka}*.\n\
                 Tafadhali tuma orodha ya vifaa unavyohitaji pamoja na idadi, nasi \
                 tutakuandalia nukuu ya bei mara moja. Ikiwezekana, taja pia mtaa au CEP ya \
                 mahali pa kuletewa na njia ya malipo.\n\n\
                 Kwa mfano: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
            ),

            Text::Ask => by(
                "Nimeandika:\n{bidhaa}\n\nMalipo: {malipo}\nMahali: {mahali}\nSiku uliyoomba: {lini}\n\n\
                 {sijapata}\n\n{maswali}",
                "Tumeandika:\n{bidhaa}\n\nMalipo: {malipo}\nMahali: {mahali}\nSiku uliyoomba: {lini}\n\n\
                 {sijapata}\n\n{maswali}",
            ),
            Text::AskSeveral => by(
                "Ili nikamilishe bei yako, niambie:\n{maswali}",
                "Ili tukamilishe nukuu yako, tafadhali tujulishe:\n{maswali}",
            ),
            Text::AskMore => by(
                "Kama orodha imekamilika, jibu tu nilichouliza hapo juu.",
                "Kama orodha imekamilika, tafadhali jibu tulichouliza hapo juu.",
            ),
            Text::PriceOf => "• {kifaa}: {bei}",
            Text::InStock => "Zipo dukani:\n{bidhaa}",
            Text::OutOfStock => "Hazipo kwa sasa:\n{bidhaa}",
            Text::OpenHours => "Saa zetu za kazi:\n{bidhaa}",
            Text::OpenFrom => "{jina_la_siku}: {saa} hadi {kufunga}",
            Text::OpenUntil => "{jina_la_siku}: hadi {kufunga}",
            Text::ClosedOn => "Siku hiyo hatufungui: {lini}.",
            Text::Payments => "Njia za malipo:\n{bidhaa}",
            Text::PaymentOff => "• {njia}: punguzo la {asilimia}",
            Text::PaymentOn => "• {njia}: nyongeza ya {asilimia}",
            Text::FreightTo => "Usafirishaji hadi {mahali}: {kiasi}.",
            Text::FreightToFrom => {
                "Usafirishaji hadi {mahali}: kuanzia {kiasi}, kulingana na mzigo."
            }
            Text::FreightToFree => "Usafirishaji hadi {mahali}: bure.",
            Text::FreightFreeAbove => "Ni bure kwa ununuzi wa kuanzia {kiasi}.",
            Text::FreightWhere => by(
                "Tunasafirisha, na bei inategemea mahali. CEP au mtaa wako ni upi?",
                "Tunasafirisha, na bei inategemea mahali. Tafadhali tuambie CEP au mtaa.",
            ),
            Text::AskLeft => "Baada ya hapo itabaki: {maswali}.",
            Text::OpenItems => "vifaa",
            Text::OpenChoice => "{ombi} ipi",
            Text::OpenQuantity => "kiasi cha {kifaa}",
            Text::OpenPlace => "mahali pa kupeleka au kama utachukua dukani",
            Text::OpenPayment => "njia ya malipo",
            Text::AskItems => by(
                "Unahitaji vifaa gani, na kila kimoja kiasi gani?",
                "Unahitaji vifaa gani, na kwa kiasi gani kila kimoja?",
            ),
            Text::AskWhich => "{ombi}, aina ipi: {chaguo}?",
            Text::AskWhichOf => "{ombi}, aina ipi?\n{chaguo}",
            Text::AskWhichOfMany => by(
                "{ombi}, aina ipi? Nina aina {idadi}, kama hizi. Niambie chapa, kipimo au rangi:\n\
                 {chaguo}",
                "{ombi}, aina ipi? Tuna aina {idadi}, kama hizi. Tafadhali taja chapa, kipimo au \
                 rangi:\n\
                 {chaguo}",
            ),
            Text::AskQuantity => "{kifaa}: {ngapi}? ({bei})",
            Text::AskPlace => by(
                "Tukuletee wapi? Niambie CEP au mtaa. Au utachukua dukani?",
                "Tafadhali taja CEP au mtaa wa kuletewa. Au utachukua dukani?",
            ),
            Text::AskPlaceInWords => by(
                "Nimepata mahali ulipo! Niambie CEP au mtaa, ili nihesabu gharama ya usafiri.",
                "Tumepokea mahali ulipo. Tafadhali taja CEP au mtaa, ili tuhesabu gharama ya \
                 usafiri.",
            ),
            Text::AskPayment => by("Utalipaje: {chaguo}?", "Utalipa kwa njia gani: {chaguo}?"),
            Text::NotFoundLine => by("Sijapata: {ombi}", "Hatujapata: {ombi}"),
            Text::PickShort => "Ipi kati ya hizi?",
            Text::PayShort => by("Utalipaje?", "Utalipa kwa njia gani?"),
            Text::PickupShort => "Utachukua dukani?",

            Text::Quote => {
                "{kichwa}\n\n\
                 {bidhaa}\n\n\
                 Jumla ndogo: {jumla_ndogo}\n\
                 {marekebisho}\n\
                 {usafiri}\n\
                 {jumla}\n\n\
                 Malipo: {malipo}\n\
                 Mahali: {mahali}\n\
                 Siku uliyoomba: {lini}\n\
                 Inatumika hadi {hadi}\n\n\
                 {kilichobaki}"
            }
            Text::TitleFirst => "*Nukuu ya bei {nukuu}*",
            Text::TitleRevised => "*Nukuu ya bei {nukuu}*\nyenye mabadiliko",
            Text::TitleRenewed => "*Nukuu ya bei {nukuu}*\nkwa bei za leo",
            Text::TitleAgain => by(
                "Hii hapa tena:\n*Nukuu ya bei {nukuu}*",
                "Kama ulivyoomba, tena:\n*Nukuu ya bei {nukuu}*",
            ),
            Text::QuoteSummary => "Bidhaa {idadi} · {jumla} · {usafiri} · inatumika hadi {hadi}",
            Text::Item => "• {kifaa}\n   {bei}: {kiasi}",
            Text::ItemAlone => "• {kifaa}\n   {kiasi}",
            Text::ItemDiscounted => "• {kifaa}\n   {bei} (−{asilimia}): {kiasi}",
            Text::Discount => "Punguzo, {njia} ({asilimia}): {kiasi}",
            Text::Surcharge => "Nyongeza, {njia} ({asilimia}): {kiasi}",
            Text::FreightPaid => "Usafiri: {kiasi}",
            Text::FreightFree => "Usafiri: bure",
            Text::FreightOpen => "Usafiri: tutakubaliana",
            Text::FreightPickup => "Kuchukua dukani, bila usafiri",
            Text::TotalLine => "*Jumla: {kiasi}*",
            Text::TotalOpen => "*Jumla: {kiasi}* (bila usafiri)",
            Text::LeftOpen => "Haijawekwa, kwa sababu kuna aina zaidi ya moja: {ombi}",
            Text::QuoteShort => by(
                "Nukuu ya bei {nukuu}: *{kiasi}*. Niweke oda?",
                "Nukuu ya bei {nukuu}: *{kiasi}*. Je, tuthibitishe oda?",
            ),

            Text::Accepted => by(
                "Oda *{nukuu}* imethibitishwa, asante sana! ✅\n\
                 Jumla: *{kiasi}*\n\
                 Malipo: {malipo}\n\
                 {upokeaji}\n\n\
                 Mhudumu atakuandikia kuhusu hatua zinazofuata.",
                "Oda *{nukuu}* imethibitishwa. Tunashukuru kwa kutuchagua.\n\
                 Jumla: *{kiasi}*\n\
                 Malipo: {malipo}\n\
                 {upokeaji}\n\n\
                 Mhudumu wetu atawasiliana nawe kuhusu hatua zinazofuata.",
            ),
            Text::DeliveryOn => "Kuletewa kunakotakiwa: {lini}, itathibitishwa",
            Text::DeliveryOpen => "Kuletewa: tutakubaliana",
            Text::DeliveryAsk => by(
                "Kufikishwa: ungependa siku gani?",
                "Kufikishwa: tafadhali taja siku unayopendelea.",
            ),
            Text::PickupOn => "Kuchukua dukani: {lini}",
            Text::PickupOpen => "Kuchukua dukani",
            Text::WhatToChange => by(
                "Ungependa kubadilisha nini kwenye nukuu {nukuu}? Andika tu kwa njia yako: \
                 “tira a areia”, “15 sacos de cimento”, “entrega na sexta”.",
                "Ungependa kubadilisha nini kwenye nukuu {nukuu}? Kwa mfano: “tira a areia”, \
                 “15 sacos de cimento”, “entrega na sexta”.",
            ),
            Text::Unclear => by(
                "Sijaelewa vizuri. Unataka kukubali nukuu {nukuu}, kubadilisha kitu, au \
                 kuongea na mhudumu?",
                "Samahani, hatujaelewa vizuri. Je, ungependa kukubali nukuu {nukuu}, \
                 kubadilisha kitu, au kuongea na mhudumu?",
            ),
            Text::FollowUp => by(
                "Habari! Una swali lolote kuhusu nukuu {nukuu}, ya *{kiasi}*? Inatumika hadi \
                 {hadi}.",
                "Habari. Je, una swali lolote kuhusu nukuu {nukuu}, ya *{kiasi}*? Inatumika \
                 hadi {hadi}.",
            ),
            Text::Expired => by(
                "Muda wa nukuu {nukuu} umeisha. Mhudumu ataangalia bei za leo, nami \
                 nitakutumia mpya hapa hapa.",
                "Muda wa nukuu {nukuu} umeisha. Mhudumu wetu ataangalia bei za leo, nasi \
                 tutakutumia nukuu mpya hapa.",
            ),
            Text::Declined => by(
                "Sawa, asante kwa kutuuliza. Ukihitaji chochote, tuandikie tu.",
                "Asante kwa kutuuliza. Tupo tayari kukuhudumia wakati wowote.",
            ),
            Text::Cancelled => by(
                "Oda imeghairiwa. Ukihitaji chochote, tuandikie tu.",
                "Oda yako imeghairiwa. Tupo tayari kukuhudumia wakati wowote.",
            ),
            Text::OptedOut => by(
                "Sawa, hutapokea tena ujumbe kutoka {duka}. Ukibadilisha mawazo, jibu \
                 {kurudi}.",
                "Imethibitishwa: hutapokea tena ujumbe kutoka {duka}. Ili uanze kupokea \
                 tena, jibu {kurudi}.",
            ),

            Text::UnderReview => by(
                "Nimeandika oda yako:\n\
                 {bidhaa}\n\nMalipo: {malipo}\nMahali: {mahali}\nSiku uliyoomba: {lini}\n\n\
                 {sijapata}\n\n\
                 Mhudumu ataihakiki, kisha nitakutumia bei hapa hapa.",
                "Tumeandika oda yako:\n\
                 {bidhaa}\n\nMalipo: {malipo}\nMahali: {mahali}\nSiku uliyoomba: {lini}\n\n\
                 {sijapata}\n\n\
                 Mhudumu wetu ataihakiki, kisha tutakutumia nukuu ya bei hapa.",
            ),
            Text::StillUnderReview => by(
                "Nimeandika: {lini}.\n\nMhudumu anahakiki bei yako. Ikiwa tayari tu, nitakutumia hapa.",
                "Tumeandika: {lini}.\n\nNukuu yako inahakikiwa na mhudumu. Tutakutumia mara itakapokuwa tayari.",
            ),
            Text::BelowMinimum => "Kiwango cha chini cha oda ni {jumla}: zimebaki {kiasi}.",
            Text::Swap => by(
                "{kifaa}: hakitoshi kwa sasa. Badala yake kinafaa {chaguo}.",
                "{kifaa}: hakipatikani kwa kiasi hicho. Badala yake kinafaa {chaguo}.",
            ),
            Text::SwapWhich => by("Ungependa ipi badala yake?", "Ungependelea ipi badala yake?"),
            Text::SwapHow => by(
                "Ukitaka kubadilisha, chagua hapa chini au niandikie. Bila wewe kusema, sibadilishi kitu.",
                "Kubadilisha, tafadhali chagua hapa chini au tuandikie. Hakuna kitakachobadilishwa \
                 bila ombi lako.",
            ),
            Text::AnswerByPerson => {
                by("Swali lako nimempa mhudumu.", "Swali lako limepelekwa kwa mhudumu.")
            }
            Text::HandedOverAsked | Text::HandedOverTaken => by(
                "Sawa! Mhudumu ataongea nawe hapa sasa hivi.",
                "Sawa. Mhudumu wetu ataongea nawe hapa hivi punde.",
            ),
            Text::HandedOverQuestion => by(
                "Swali zuri! Namwita mhudumu akujibu hapa.",
                "Swali lako limepelekwa kwa mhudumu, ambaye atakujibu hapa.",
            ),
            Text::HandedOverNotUnderstood => by(
                "Samahani, sijaelewa. Mhudumu ataendelea nawe hapa.",
                "Samahani, hatujaelewa. Mhudumu wetu ataendelea nawe hapa.",
            ),
            Text::HandedOverMedia => by(
                "Nimepokea, asante! Mhudumu ataangalia ulichotuma na kukujibu hapa.",
                "Tumepokea, asante. Mhudumu wetu ataangalia ulichotuma na kukujibu hapa.",
            ),
            Text::HandedOverAfterSale => by(
                "Nimepokea! Mhudumu ataangalia oda yako na kukujibu hapa.",
                "Tumepokea. Mhudumu wetu ataangalia oda yako na kukujibu hapa.",
            ),
            Text::HandedOverRejected => by(
                "Mhudumu atakuandikia hapa kuhusu nukuu yako.",
                "Mhudumu wetu atakuandikia hapa kuhusu nukuu yako.",
            ),
            Text::HandedOverCannotPrice => by(
                "Oda hii inahitaji mhudumu. Atakuandikia hapa sasa hivi.",
                "Oda hii inahitaji mhudumu, ambaye atakuandikia hapa hivi punde.",
            ),
            Text::HandedOverUndelivered => {
                by("Mhudumu atakuandikia hapa.", "Mhudumu wetu atakuandikia hapa.")
            }

            Text::ButtonAccept => "Weka oda",
            Text::ButtonChange => "Badilisha kitu",
            Text::ButtonHuman => "Ongea na mhudumu",
            Text::ButtonPickup => "Nitachukua dukani",
            Text::ButtonOptions => "Ona chaguo",
            Text::HeadingPayment => "Malipo",
            Text::HeadingQuote => "Nukuu ya bei",

            Text::SoMany => "{kifaa}, {wingi}",
            Text::SoManyPieces => "{wingi} × {kifaa}",
            Text::PriceEach => "{kiasi} {kila}",
            Text::InInstallments => "{njia}, awamu {idadi}",
            Text::InDays => "{njia}, siku {idadi}",
            Text::PlaceCep => "CEP {cep}",
            Text::PlaceBoth => "{mtaa}, CEP {cep}",
            Text::PlaceOnMap => "mahali kwenye ramani",
            Text::Today => "leo, {siku}",
            Text::Tomorrow => "kesho, {siku}",
            Text::OnDay => "{jina_la_siku}, {siku}",
            Text::Between => "kati ya {siku} na {siku_ya_mwisho}",
            Text::FromDay => "kuanzia {siku}",
            Text::ByDay => "kufikia {siku}",
            Text::Asap => "haraka iwezekanavyo",
            Text::Morning => "asubuhi",
            Text::Afternoon => "mchana",
            Text::DayAndPeriod => "{siku}, {kipindi}",
            Text::AtTime => "{siku}, {saa}",
            Text::Either => "{chaguo} au {mwisho}",
            Text::AndMore => "{ombi}, na zaidi {idadi}",
        }
    }

    fn variable(&self, variable: Variable) -> &'static str {
        match variable {
            Variable::Store => "duka",
            Variable::Quote => "nukuu",
            Variable::Items => "bidhaa",
            Variable::NotFound => "sijapata",
            Variable::Questions => "maswali",
            Variable::Asked => "ombi",
            Variable::Options => "chaguo",
            Variable::Count => "idadi",
            Variable::Product => "kifaa",
            Variable::Price => "bei",
            Variable::HowMany => "ngapi",
            Variable::Unit => "kipimo",
            Variable::Title => "kichwa",
            Variable::Adjustment => "marekebisho",
            Variable::Freight => "usafiri",
            Variable::Total => "jumla",
            Variable::Until => "hadi",
            Variable::LeftOut => "kilichobaki",
            Variable::Subtotal => "jumla_ndogo",
            Variable::Payment => "malipo",
            Variable::Place => "mahali",
            Variable::When => "lini",
            Variable::Sum => "kiasi",
            Variable::Percent => "asilimia",
            Variable::Method => "njia",
            Variable::Delivery => "upokeaji",
            Variable::Return => "kurudi",
            Variable::Amount => "wingi",
            Variable::Each => "kila",
            Variable::Cep => "cep",
            Variable::Bairro => "mtaa",
            Variable::Day => "siku",
            Variable::Weekday => "jina_la_siku",
            Variable::LastDay => "siku_ya_mwisho",
            Variable::Period => "kipindi",
            Variable::Time => "saa",
            Variable::Closing => "kufunga",
            Variable::Last => "mwisho",
        }
    }

    fn method(&self, method: PaymentMethod) -> &'static str {
        match method {
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Cash => "taslimu",
            PaymentMethod::CreditCard => "kadi ya mkopo",
            PaymentMethod::DebitCard => "kadi ya benki",
            PaymentMethod::Boleto => "boleto",
            PaymentMethod::Transfer => "uhamisho wa benki",
            PaymentMethod::StoreCredit => "mkopo wa duka",
        }
    }

    fn each(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece => "kila moja",
            Unit::Bag => "kwa mfuko",
            Unit::CubicMeter => "kwa m³",
            Unit::SquareMeter => "kwa m²",
            Unit::Meter => "kwa mita",
            Unit::Kilogram => "kwa kg",
            Unit::Liter => "kwa lita",
            Unit::Bar => "kwa upau",
            Unit::Can => "kwa kopo",
            Unit::Gallon => "kwa galoni",
            Unit::Bucket => "kwa ndoo",
            Unit::Roll => "kwa roli",
            Unit::Box => "kwa boksi",
            Unit::Pack => "kwa pakiti",
            Unit::Pair => "kwa jozi",
            Unit::Set => "kwa seti",
            Unit::Part => "kwa kipande",
            Unit::Thousand => "kwa elfu",
            Unit::Plate => "kwa bamba",
            Unit::Sheet => "kwa karatasi",
        }
    }

    fn how_many(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece | Unit::Part => "vipande vingapi",
            Unit::Bag => "mifuko mingapi",
            Unit::CubicMeter => "m³ ngapi",
            Unit::SquareMeter => "m² ngapi",
            Unit::Meter => "mita ngapi",
            Unit::Kilogram => "kg ngapi",
            Unit::Liter => "lita ngapi",
            Unit::Bar => "pau ngapi",
            Unit::Can => "makopo mangapi",
            Unit::Gallon => "galoni ngapi",
            Unit::Bucket => "ndoo ngapi",
            Unit::Roll => "roli ngapi",
            Unit::Box => "maboksi mangapi",
            Unit::Pack => "pakiti ngapi",
            Unit::Pair => "jozi ngapi",
            Unit::Set => "seti ngapi",
            Unit::Thousand => "elfu ngapi",
            Unit::Plate => "mabamba mangapi",
            Unit::Sheet => "karatasi ngapi",
        }
    }

    fn date(&self, day: NaiveDate, year: bool) -> String {
        let short = format!("{:02}/{:02}", day.day(), day.month());
        if year { format!("{short}/{}", day.year()) } else { short }
    }

    fn weekdays(&self) -> [&'static str; 7] {
        ["Jumatatu", "Jumanne", "Jumatano", "Alhamisi", "Ijumaa", "Jumamosi", "Jumapili"]
    }

    fn return_word(&self) -> &'static str {
        "RUDI"
    }
}
