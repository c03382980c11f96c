//! A [`Reason`] in words, good enough for who must decide.

use rust_decimal::Decimal;

use super::reason::{HandPrice, OffStep, Reason, StaleCost};
use crate::authority::{Actor, Concession, Limit};
use crate::catalog::Sku;
use crate::language::Language;
use crate::money::{Money, Percent};
use crate::order::Payment;
use crate::place::Place;
use crate::quantity::Quantity;

/// A reason in words: what it is, and the figures that caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// What it is called, without a full stop.
    pub title: &'static str,
    /// The figures, in sentences.
    pub detail: String,
}

impl Reason {
    /// What the reason is called, without a full stop. In Portuguese, or else in
    /// English.
    ///
    /// ```
    /// use orcazap_core::{Language, Reason};
    ///
    /// assert_eq!(Reason::Rehearsal.title(Language::Portuguese), "Loja em ensaio");
    /// assert_eq!(Reason::Rehearsal.title(Language::English), "Rehearsal");
    /// ```
    #[must_use]
    pub fn title(&self, language: Language) -> &'static str {
        let pick = |portuguese, english| language.pick(portuguese, english);
        match self {
            Self::UnknownItem { .. } => {
                pick("Item não encontrado no catálogo", "Item not in the catalog")
            }
            Self::AmbiguousItem { .. } => pick("Mais de um produto serve", "Several products fit"),
            Self::LowMargin { .. } => pick("Margem abaixo do mínimo", "Margin below the minimum"),
            Self::LowLineMargin { .. } => {
                pick("Item com margem abaixo do mínimo", "Item with a margin below the minimum")
            }
            Self::HighValue { .. } => {
                pick("Valor acima do limite automático", "Total above the automatic limit")
            }
            Self::NoFreightRule { .. } => {
                pick("Sem regra de frete para o local", "No freight rule for the place")
            }
            Self::CreditSale { .. } => pick("Venda a prazo", "Sale on credit"),
            Self::OutOfStock { .. } => pick("Estoque insuficiente", "Not enough in stock"),
            Self::BelowMinimum { .. } => pick("Abaixo do pedido mínimo", "Below the minimum order"),
            Self::LargeQuantity { .. } => pick("Quantidade fora do comum", "Unusual quantity"),
            Self::OffStep { .. } => {
                pick("Quantidade fora do múltiplo de venda", "Quantity between two steps of sale")
            }
            Self::AssistedReading => pick("Leitura assistida", "Assisted reading"),
            Self::PriceOverride { .. } => pick("Preço alterado à mão", "Price set by hand"),
            Self::StaleCost { .. } => {
                pick("Custo desconhecido ou antigo", "Cost unknown or out of date")
            }
            Self::Rehearsal => pick("Loja em ensaio", "Rehearsal"),
            Self::SecondPerson { .. } => {
                pick("Precisa de uma segunda pessoa", "Needs a second person")
            }
        }
    }

    /// The reason in words; `name` gives a product's name. In Portuguese, or else in
    /// English with the language's own figures.
    ///
    /// ```
    /// use orcazap_core::{Language, Money, Reason};
    ///
    /// let money = Money::from_centavos;
    /// let reason = Reason::HighValue { max: money(500_000), found: money(812_345) };
    /// let told = reason.explain(Language::English, |sku| sku.to_string());
    /// assert_eq!(told.title, "Total above the automatic limit");
    /// assert_eq!(told.detail, "The total is R$8,123.45; up to R$5,000.00 goes out by itself.");
    /// ```
    #[must_use]
    pub fn explain(&self, language: Language, name: impl Fn(&Sku) -> String) -> Explained {
        let words = Words { language, name };
        let pick = |portuguese: &str, english: &str| language.pick(portuguese, english).to_owned();
        let detail = match self {
            Self::UnknownItem { texts } | Self::AmbiguousItem { texts } => words.asked_for(texts),
            Self::LowMargin { min, found } => words.low_margin(*min, *found),
            Self::LowLineMargin { min, lines } => words.low_line_margin(*min, lines),
            Self::HighValue { max, found } => {
                let (max, found) = (language.money(*max), language.money(*found));
                language.pick(
                    format!("O total é {found}; sozinho sai até {max}."),
                    format!("The total is {found}; up to {max} goes out by itself."),
                )
            }
            Self::NoFreightRule { place } => words.no_freight_rule(place.as_ref()),
            Self::CreditSale { payment, total } => words.credit_sale(*payment, *total),
            Self::OutOfStock { short } => words.each(short, |words, product| {
                let limit = ["há", "there are"];
                let told = words.asked_of(&product.sku, product.asked, limit, product.available);
                told + &words.in_its_place(&product.substitutes)
            }),
            Self::BelowMinimum { min, found } => {
                let (min, found) = (language.money(*min), language.money(*found));
                language.pick(
                    format!("Os produtos somam {found}; o mínimo é {min}."),
                    format!("The goods come to {found}; the minimum is {min}."),
                )
            }
            Self::LargeQuantity { lines } => words.each(lines, |words, (sku, max, asked)| {
                words.asked_of(sku, *asked, ["sozinho sai até", "alone goes up to"], *max)
            }),
            Self::OffStep { lines } => words.each(lines, Words::off_step),
            Self::AssistedReading => pick(
                "O pedido veio de áudio ou imagem. Confira com a mensagem original.",
                "The order came as sound or image. Compare it with the message.",
            ),
            Self::PriceOverride { lines, freight } => words.price_override(lines, *freight),
            Self::StaleCost { lines, max_days } => words.stale_cost(lines, *max_days),
            Self::Rehearsal => pick(
                "Durante o ensaio, todo orçamento passa por uma pessoa.",
                "While the store rehearses, a person looks at every quote.",
            ),
            Self::SecondPerson { by, limit, found } => words.second_person(*by, limit, *found),
        };
        Explained { title: self.title(language), detail }
    }
}

/// The sentences of one language.
struct Words<N> {
    language: Language,
    name: N,
}

impl<N: Fn(&Sku) -> String> Words<N> {
    fn pick(&self, portuguese: &'static str, english: &'static str) -> &'static str {
        self.language.pick(portuguese, english)
    }

    /// A sentence with a part for each line.
    fn each<T>(&self, lines: &[T], of: impl Fn(&Self, &T) -> String) -> String {
        let parts: Vec<String> = lines.iter().map(|line| of(self, line)).collect();
        format!("{}.", parts.join("; "))
    }

    fn asked_for(&self, texts: &[String]) -> String {
        let texts: Vec<String> = texts.iter().map(|text| format!("“{text}”")).collect();
        format!("{} {}.", self.pick("O cliente pediu", "The customer asked for"), texts.join(", "))
    }

    /// A margin; goods given away have none that could be divided out.
    fn margin(&self, found: Option<Decimal>) -> String {
        let negative = || self.pick("margem negativa", "a negative margin").to_owned();
        found.map_or_else(negative, |found| self.language.percent(found))
    }

    fn low_margin(&self, min: Percent, found: Option<Decimal>) -> String {
        let (min, found) = (self.language.percent(min.as_decimal()), self.margin(found));
        self.language.pick(
            format!("Este orçamento tem {found}; o mínimo da loja é {min}."),
            format!("This quote has {found}; the store's minimum is {min}."),
        )
    }

    fn low_line_margin(&self, min: Percent, lines: &[(Sku, Option<Decimal>)]) -> String {
        let has = self.pick("tem", "has");
        let of = |(sku, found): &(Sku, Option<Decimal>)| {
            format!("{} {has} {}", (self.name)(sku), self.margin(*found))
        };
        let found: Vec<String> = lines.iter().map(of).collect();
        let (found, min) = (found.join("; "), self.language.percent(min.as_decimal()));
        format!("{found}; {} {min}.", self.pick("o mínimo por item é", "the minimum of an item is"))
    }

    fn no_freight_rule(&self, place: Option<&Place>) -> String {
        let place = place.map(|place| format!("{}. ", self.language.place(place)));
        let advice = self.pick(
            "Informe o frete ao editar, ou cadastre uma regra para esta região.",
            "Set the freight when editing, or add a rule for this region.",
        );
        format!("{}{advice}", place.unwrap_or_default())
    }

    fn credit_sale(&self, payment: Option<Payment>, total: Option<Money>) -> String {
        let later =
            || self.pick("O cliente quer pagar depois", "The customer pays later").to_owned();
        let how = payment.map_or_else(later, |payment| self.language.payment(payment));
        let total = total.map(|total| format!(": {}", self.language.money(total)));
        let advice = self.pick("Confira o crédito do cliente.", "Check the customer's credit.");
        format!("{how}{}. {advice}", total.unwrap_or_default())
    }

    /// `Cimento: pedido 30, há 12,5`.
    fn asked_of(
        &self,
        sku: &Sku,
        asked: Quantity,
        [portuguese, english]: [&'static str; 2],
        limit: Quantity,
    ) -> String {
        let number = |qty: Quantity| self.language.number(qty.as_decimal());
        let (name, label) = ((self.name)(sku), self.pick("pedido", "asked for"));
        let than = self.pick(portuguese, english);
        format!("{name}: {label} {}, {than} {}", number(asked), number(limit))
    }

    /// ` (no lugar serve Cal)`, or nothing.
    fn in_its_place(&self, substitutes: &[Sku]) -> String {
        if substitutes.is_empty() {
            return String::new();
        }
        let names: Vec<String> = substitutes.iter().map(&self.name).collect();
        let names = names.join(self.pick(" ou ", " or "));
        format!(" ({} {names})", self.pick("no lugar serve", "in its place serves"))
    }

    fn off_step(&self, line: &OffStep) -> String {
        let number = |qty: Quantity| self.language.number(qty.as_decimal());
        let asked = line
            .asked
            .map(|asked| format!("{} {}", self.pick("pedido", "asked for"), number(asked)));
        let step = line.step.map(|step| {
            let label = self.pick("vende-se em múltiplos de", "sold in multiples of");
            format!("{label} {}", number(step))
        });
        let parts: Vec<String> = asked.into_iter().chain(step).collect();
        let name = (self.name)(&line.sku);
        if parts.is_empty() { name } else { format!("{name}: {}", parts.join(", ")) }
    }

    fn price_override(&self, lines: &[HandPrice], freight: Option<Money>) -> String {
        let freight = freight.map(|freight| {
            let label = self.pick("frete combinado de", "agreed freight of");
            format!("{label} {}", self.language.money(freight))
        });
        let lines = lines.iter().map(|line| self.hand_price(line));
        let parts: Vec<String> = lines.chain(freight).collect();
        if parts.is_empty() {
            let unsaid = "Alguém mudou um preço ou o frete.";
            return self.pick(unsaid, "Somebody set a price or the freight.").to_owned();
        }
        format!("{}.", parts.join("; "))
    }

    /// `Cimento: R$ 38,00 em vez de R$ 40,00, menos 5%`.
    fn hand_price(&self, line: &HandPrice) -> String {
        let price = self.language.price(line.price);
        let list = line.list.filter(|list| *list != line.price).map(|list| {
            format!(" {} {}", self.pick("em vez de", "instead of"), self.language.price(list))
        });
        let off = line.discount.map(|pct| {
            format!(", {} {}", self.pick("menos", "less"), self.language.percent(pct.as_decimal()))
        });
        let (list, off) = (list.unwrap_or_default(), off.unwrap_or_default());
        format!("{}: {price}{list}{off}", (self.name)(&line.sku))
    }

    fn stale_cost(&self, lines: &[StaleCost], max_days: Option<u16>) -> String {
        let of = |line: &StaleCost| {
            let name = (self.name)(&line.sku);
            let Some(age) = line.age_days else {
                let unknown = "custo ou data do custo sem informar";
                return format!("{name}: {}", self.pick(unknown, "cost or its day not known"));
            };
            let age = self.language.days(age);
            self.language
                .pick(format!("{name}: custo de {age} atrás"), format!("{name}: cost of {age} ago"))
        };
        let found: Vec<String> = lines.iter().map(of).collect();
        let max = max_days.map(|max| {
            let label = self.pick("o limite é de", "the limit is");
            format!("; {label} {}", self.language.days(max.into()))
        });
        format!("{}{}.", found.join("; "), max.unwrap_or_default())
    }

    fn second_person(&self, by: Option<Actor>, limit: &Limit, found: Concession) -> String {
        let pct = found.pct().map(|pct| format!(" ({})", self.language.percent(pct)));
        let (amount, pct) = (self.language.money(found.amount), pct.unwrap_or_default());
        let given = self.language.pick(
            format!("São {amount}{pct} abaixo da tabela"),
            format!("This is {amount}{pct} below the list"),
        );
        let Some(by) = by else { return format!("{given}.") };
        let (role, limit) = (self.language.role(by.role), self.language.limit(limit));
        self.language.pick(
            format!("{given}; {role} decide sozinho até {limit}."),
            format!("{given}; the {role} decides alone up to {limit}."),
        )
    }
}
