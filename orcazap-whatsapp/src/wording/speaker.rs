//! A store's voice: its own texts or ours, and figures, days and ways of paying
//! as they are said in its language.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Timelike, Weekday};
use orcazap_core::Language;
use orcazap_core::money::{Money, Percent, UnitPrice};
use orcazap_core::order::{Delivery, Payment, PaymentMethod, Period};
use orcazap_core::place::Place;
use orcazap_core::quantity::{Quantity, Unit};
use rust_decimal::Decimal;

use super::text::Text;
use super::tongue::{self, Tongue};
use super::variable::Variable;
use super::{Wording, plain, template};

/// Who says something, and when.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    wording: &'a Wording,
    tongue: &'static dyn Tongue,
}

impl<'a> Speaker<'a> {
    pub(super) fn new(wording: &'a Wording) -> Self {
        Self { wording, tongue: tongue::of(wording.language) }
    }

    fn language(self) -> Language {
        self.wording.language
    }

    /// A text with its values. The store's name may stand in any.
    pub(super) fn say(self, text: Text, values: &[(Variable, &str)]) -> String {
        let store = plain::name(&self.wording.store);
        let mut all = vec![(Variable::Store, store.as_str())];
        all.extend_from_slice(values);
        let template = self.wording.text(text);
        if self.wording.emoji {
            template::fill(template, self.language(), &all)
        } else {
            template::fill(&template::without_emoji(template), self.language(), &all)
        }
    }

    /// The word that brings messages back.
    pub(super) fn return_word(self) -> &'static str {
        self.tongue.return_word()
    }

    /// An amount: `R$ 1.234,50`, `−R$ 12,00`. The space does not break, so that no
    /// line ends with `R$`.
    pub(super) fn money(self, amount: Money) -> String {
        unbroken(&self.language().money(amount))
    }

    /// A price for one of a unit: `R$ 39,90 cada`.
    pub(super) fn price_each(self, price: UnitPrice, unit: Unit) -> String {
        let price = unbroken(&self.language().price(price));
        let [one, _] = self.language().unit(unit);
        let each = self.tongue.each(unit);
        let values =
            [(Variable::Sum, price.as_str()), (Variable::Each, each), (Variable::Unit, one)];
        self.say(Text::PriceEach, &values)
    }

    /// A rate without its sign: `5%`, `2,5%`.
    pub(super) fn percent(self, rate: Percent) -> String {
        format!("{}%", self.language().number(rate.as_decimal().abs()))
    }

    /// How many there are.
    pub(super) fn count(self, count: usize) -> String {
        self.language().number(Decimal::from(count))
    }

    /// How the number of a unit is asked for.
    pub(super) fn how_many(self, unit: Unit) -> &'static str {
        self.tongue.how_many(unit)
    }

    /// A unit's name for several.
    pub(super) fn units(self, unit: Unit) -> &'static str {
        let [_, several] = self.language().unit(unit);
        several
    }

    /// So much of a measure: `18 m²`.
    pub(super) fn quantity(self, qty: Quantity, unit: Unit) -> String {
        self.language().quantity(qty.as_decimal(), unit)
    }

    /// So many of a product: `500 × Tijolo`, `10 sacos de Cimento`.
    pub(super) fn so_many(self, qty: Quantity, unit: Unit, name: &str) -> String {
        let qty = qty.as_decimal();
        let (text, amount) = match unit {
            Unit::Piece => (Text::SoManyPieces, self.language().number(qty)),
            _ => (Text::SoMany, self.language().quantity(qty, unit)),
        };
        self.say(text, &[(Variable::Amount, &amount), (Variable::Product, name)])
    }

    /// A way of paying, within a sentence.
    pub(super) fn method(self, method: PaymentMethod) -> &'static str {
        self.tongue.method(method)
    }

    /// A way of paying by itself.
    pub(super) fn method_label(self, method: PaymentMethod) -> String {
        plain::capitalized(self.tongue.method(method))
    }

    /// A payment: `Pix`, `cartão de crédito em 3x`, `boleto para 30 dias`.
    pub(super) fn payment(self, payment: Payment) -> String {
        let method = self.method(payment.method());
        let (text, count) = match (payment.installments(), payment.days()) {
            (Some(times), _) if times > 1 => (Text::InInstallments, times.to_string()),
            (_, Some(days)) if days > 0 => (Text::InDays, days.to_string()),
            _ => return method.to_owned(),
        };
        self.say(text, &[(Variable::Method, method), (Variable::Count, &count)])
    }

    /// Where a delivery goes: `Centro`, `CEP 01310-100`, `local marcado no mapa`;
    /// nothing for pickup.
    pub(super) fn destination(self, place: &Place) -> Option<String> {
        let address = place.as_address()?;
        let bairro = address.bairro().map(|bairro| plain::titled(&plain::name(bairro.as_str())));
        let cep = address.cep().map(|cep| cep.to_string());
        Some(match (bairro, cep) {
            (Some(bairro), Some(cep)) => {
                self.say(Text::PlaceBoth, &[(Variable::Cep, &cep), (Variable::Bairro, &bairro)])
            }
            (Some(bairro), None) => bairro,
            (None, Some(cep)) => self.say(Text::PlaceCep, &[(Variable::Cep, &cep)]),
            (None, None) => self.say(Text::PlaceOnMap, &[]),
        })
    }

    /// When something comes: `hoje, 26/11, à tarde`, `o quanto antes`,
    /// `entre 27/11 e 29/11`; nothing when nothing was said.
    pub(super) fn delivery(self, delivery: Delivery, now: DateTime<FixedOffset>) -> Option<String> {
        let today = now.date_naive();
        let short = |day: NaiveDate| self.tongue.date(day, day.year() != today.year());
        let on = |text, day| self.say(text, &[(Variable::Day, &short(day))]);
        let day = match (delivery.date, delivery.from, delivery.to) {
            (Some(day), _, _) => Some(self.named_day(day, today)),
            (None, Some(from), Some(to)) if from != to => {
                let (from, to) = (short(from), short(to));
                let values = [(Variable::Day, from.as_str()), (Variable::LastDay, &to)];
                Some(self.say(Text::Between, &values))
            }
            (None, Some(from), _) => Some(on(Text::FromDay, from)),
            (None, None, Some(to)) => Some(on(Text::ByDay, to)),
            (None, None, None) => delivery.asap.then(|| self.say(Text::Asap, &[])),
        };
        let period = delivery.period.map(|period| match period {
            Period::Morning => self.say(Text::Morning, &[]),
            Period::Afternoon => self.say(Text::Afternoon, &[]),
        });
        match (day, period) {
            (Some(day), Some(period)) => {
                let values = [(Variable::Day, day.as_str()), (Variable::Period, &period)];
                Some(self.say(Text::DayAndPeriod, &values))
            }
            (day, period) => day.or(period),
        }
    }

    /// A day with its name: `hoje, 26/11`, `amanhã, 27/11`, `sexta-feira, 27/11`.
    fn named_day(self, day: NaiveDate, today: NaiveDate) -> String {
        let text = if day == today {
            Text::Today
        } else if Some(day) == today.checked_add_days(Days::new(1)) {
            Text::Tomorrow
        } else {
            Text::OnDay
        };
        let date = self.tongue.date(day, day.year() != today.year());
        self.say(text, &[(Variable::Day, &date), (Variable::Weekday, self.weekday(day.weekday()))])
    }

    /// The name of a day of the week.
    pub(super) fn weekday(self, day: Weekday) -> &'a str {
        let [mon, tue, wed, thu, fri, sat, sun] = self.tongue.weekdays();
        match day {
            Weekday::Mon => mon,
            Weekday::Tue => tue,
            Weekday::Wed => wed,
            Weekday::Thu => thu,
            Weekday::Fri => fri,
            Weekday::Sat => sat,
            Weekday::Sun => sun,
        }
    }

    /// Until when an offer stands: `28/11/2026 às 10:15`, or `28/11/2026` when it
    /// stands until the end of the day.
    pub(super) fn until(self, instant: DateTime<FixedOffset>) -> String {
        let day = self.tongue.date(instant.date_naive(), true);
        if (instant.hour(), instant.minute()) == (23, 59) {
            return day;
        }
        let time = format!("{:02}:{:02}", instant.hour(), instant.minute());
        self.say(Text::AtTime, &[(Variable::Day, &day), (Variable::Time, &time)])
    }

    /// Texts one after another: `a, b ou c`.
    pub(super) fn either(self, texts: &[String]) -> String {
        match texts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                let options = first.join(", ");
                self.say(Text::Either, &[(Variable::Options, &options), (Variable::Last, last)])
            }
        }
    }

    /// Several of a customer's words: `“a”, “b”`; beyond ten only how many more.
    pub(super) fn all_quoted(self, texts: &[String]) -> String {
        let named: Vec<String> =
            texts.iter().take(plain::MAX_NAMED).map(|text| plain::quoted(text)).collect();
        let named = named.join(", ");
        match texts.len().checked_sub(plain::MAX_NAMED) {
            None | Some(0) => named,
            Some(more) => {
                let values =
                    [(Variable::Asked, named.as_str()), (Variable::Count, &self.count(more))];
                self.say(Text::AndMore, &values)
            }
        }
    }
}

/// A figure that no line end comes into, with a true minus.
fn unbroken(figure: &str) -> String {
    figure.replace(' ', "\u{a0}").replacen('-', "−", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(say: impl Fn(Speaker<'_>) -> String, expected: [&str; 4]) {
        for (language, expected) in Language::ALL.iter().zip(expected) {
            let wording = Wording::new("Loja").in_language(*language);
            let said = say(Speaker::new(&wording)).replace('\u{a0}', " ");
            assert_eq!(said, expected, "{language:?}");
        }
    }

    #[test]
    fn amounts_are_in_reais_in_every_language() {
        for (centavos, expected) in [
            (0, ["R$ 0,00", "R$0.00", "R$ 0,00", "R$ 0.00"]),
            (123_450, ["R$ 1.234,50", "R$1,234.50", "R$ 1.234,50", "R$ 1,234.50"]),
            (-99_900, ["−R$ 999,00", "−R$999.00", "−R$ 999,00", "−R$ 999.00"]),
        ] {
            check(|speaker| speaker.money(Money::from_centavos(centavos)), expected);
        }
        let wording = Wording::new("Loja");
        let amount = Speaker::new(&wording).money(Money::from_centavos(1));
        assert_eq!(amount, "R$\u{a0}0,01", "the sign is never apart from its figure");
        let (milheiro, metre) = ("950".parse().unwrap(), "0.0345".parse().unwrap());
        check(
            |speaker| speaker.price_each(milheiro, Unit::Thousand),
            [
                "R$ 950,00 o milheiro",
                "R$950.00 per thousand",
                "R$ 950,00 el millar",
                "R$ 950.00 kwa elfu",
            ],
        );
        check(
            |speaker| speaker.price_each(metre, Unit::Piece),
            ["R$ 0,0345 cada", "R$0.0345 each", "R$ 0,0345 c/u", "R$ 0.0345 kila moja"],
        );
    }

    #[test]
    fn quantities_are_said_with_their_unit_in_the_right_number() {
        for (qty, unit, expected) in [
            ("1500", Unit::Piece, ["1.500 × X", "1,500 × X", "1.500 × X", "1,500 × X"]),
            ("1", Unit::Bag, ["1 saco de X", "1 bag of X", "1 bolsa de X", "X, mfuko 1"]),
            (
                "1.5",
                Unit::Bag,
                ["1,5 saco de X", "1.5 bags of X", "1,5 bolsas de X", "X, mifuko 1.5"],
            ),
            ("2", Unit::Can, ["2 latas de X", "2 cans of X", "2 latas de X", "X, makopo 2"]),
            ("2.50", Unit::CubicMeter, ["2,5 m³ de X", "2.5 m³ of X", "2,5 m³ de X", "X, 2.5 m³"]),
            (
                "3",
                Unit::Gallon,
                ["3 galões de X", "3 gallons of X", "3 galones de X", "X, galoni 3"],
            ),
        ] {
            check(|speaker| speaker.so_many(qty.parse().unwrap(), unit, "X"), expected);
        }
    }

    #[test]
    fn days_are_named_as_people_name_them() {
        let now = "2026-11-26T15:00:00-03:00".parse().unwrap();
        let day = |text: &str| Some(text.parse().unwrap());
        let on = |date: &str| Delivery { date: day(date), ..Delivery::default() };
        let span = |from, to| Delivery { from, to, ..Delivery::default() };
        for (said, expected) in [
            (on("2026-11-26"), ["hoje, 26/11", "today, 26 Nov", "hoy, 26/11", "leo, 26/11"]),
            (
                on("2026-11-27"),
                ["amanhã, 27/11", "tomorrow, 27 Nov", "mañana, 27/11", "kesho, 27/11"],
            ),
            (
                on("2026-11-28"),
                ["sábado, 28/11", "Saturday, 28 Nov", "sábado, 28/11", "Jumamosi, 28/11"],
            ),
            (
                on("2027-01-04"),
                [
                    "segunda-feira, 04/01/2027",
                    "Monday, 4 Jan 2027",
                    "lunes, 04/01/2027",
                    "Jumatatu, 04/01/2027",
                ],
            ),
            (
                Delivery { asap: true, ..Delivery::default() },
                [
                    "o quanto antes",
                    "as soon as possible",
                    "lo antes posible",
                    "haraka iwezekanavyo",
                ],
            ),
            (
                span(day("2026-11-27"), day("2026-11-30")),
                [
                    "entre 27/11 e 30/11",
                    "between 27 Nov and 30 Nov",
                    "entre el 27/11 y el 30/11",
                    "kati ya 27/11 na 30/11",
                ],
            ),
            (
                span(day("2026-11-27"), None),
                ["a partir de 27/11", "from 27 Nov on", "a partir del 27/11", "kuanzia 27/11"],
            ),
            (
                span(None, day("2026-11-27")),
                ["até 27/11", "by 27 Nov", "hasta el 27/11", "kufikia 27/11"],
            ),
            (
                Delivery { period: Some(Period::Afternoon), ..on("2026-11-27") },
                [
                    "amanhã, 27/11, à tarde",
                    "tomorrow, 27 Nov, in the afternoon",
                    "mañana, 27/11, por la tarde",
                    "kesho, 27/11, mchana",
                ],
            ),
            (
                Delivery { period: Some(Period::Morning), ..Delivery::default() },
                ["de manhã", "in the morning", "por la mañana", "asubuhi"],
            ),
        ] {
            check(|speaker| speaker.delivery(said, now).unwrap(), expected);
        }
        let wording = Wording::new("Loja");
        assert_eq!(Speaker::new(&wording).delivery(Delivery::default(), now), None);
    }

    #[test]
    fn an_offer_stands_until_an_hour_or_a_whole_day() {
        let at = |text: &str| text.parse::<DateTime<FixedOffset>>().unwrap();
        check(
            |speaker| speaker.until(at("2026-11-28T09:05:00-03:00")),
            ["28/11/2026 às 09:05", "28 Nov 2026, 09:05", "28/11/2026, 09:05", "28/11/2026, 09:05"],
        );
        check(
            |speaker| speaker.until(at("2026-11-28T23:59:59-03:00")),
            ["28/11/2026", "28 Nov 2026", "28/11/2026", "28/11/2026"],
        );
    }

    #[test]
    fn every_way_of_paying_is_a_label_that_fits_a_list() {
        for language in Language::ALL {
            let wording = Wording::new("Loja").in_language(*language);
            for method in PaymentMethod::ALL {
                let label = Speaker::new(&wording).method_label(*method);
                assert!(label.chars().count() <= 24, "{label}");
                assert!(label.starts_with(char::is_uppercase), "{label}");
            }
        }
    }

    #[test]
    fn beyond_ten_only_how_many_more_is_said() {
        let words: Vec<String> = (1..=12).map(|n| n.to_string()).collect();
        check(
            |speaker| {
                let said = speaker.all_quoted(&words);
                said.strip_prefix("“1”, “2”, “3”, “4”, “5”, “6”, “7”, “8”, “9”, “10”")
                    .unwrap()
                    .to_owned()
            },
            [", e mais 2", ", and 2 more", ", y 2 más", ", na zaidi 2"],
        );
    }
}
