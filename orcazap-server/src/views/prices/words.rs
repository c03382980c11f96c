//! A store's rules in its own words: what each gives and for what, and why some can't
//! stand together.

use orcazap_core::catalog::Catalog;
use orcazap_core::place::Point;
use orcazap_core::pricing::{
    AdjustedBy, DecisionChange, DeliveredBy, FreightArea, FreightRule, FreightSource, ListScope,
    PaymentTerm, PriceBookError, PriceList, PricePoint, RuleChange, Tier, TierScope,
};
use orcazap_core::{Quantity, Sku, UnitPrice};

use super::Kind;
use crate::views::format;
use crate::views::words::{self, Badge};

/// The words of a section.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionWords {
    pub(crate) title: &'static str,
    pub(crate) sub: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) add: &'static str,
    /// The title of the form of a new rule.
    pub(crate) new: &'static str,
}

/// The words of a kind's section.
pub(crate) fn of(kind: Kind) -> SectionWords {
    match kind {
        Kind::Tiers => SectionWords {
            title: "Descontos por volume",
            sub: "Quem leva mais paga menos. Vale a regra do produto; sem ela, a da categoria; \
                  sem ela, a da loja.",
            icon: "products",
            empty: "Nenhum desconto por volume: toda quantidade sai pelo preço da tabela.",
            add: "Acrescentar desconto",
            new: "Novo desconto por volume",
        },
        Kind::Payment => SectionWords {
            title: "Condições de pagamento",
            sub: "O que cada forma de pagar tira ou acrescenta. Sem regra, o preço não muda.",
            icon: "card",
            empty: "Nenhuma condição: o preço é o mesmo em toda forma de pagamento.",
            add: "Acrescentar condição",
            new: "Nova condição de pagamento",
        },
        Kind::Freight => SectionWords {
            title: "Frete",
            sub: "Quanto custa entregar. Onde nenhuma regra vale, uma pessoa olha o orçamento.",
            icon: "truck",
            empty: "Nenhuma regra de frete: toda entrega espera uma pessoa.",
            add: "Acrescentar frete",
            new: "Nova regra de frete",
        },
        Kind::Origin => SectionWords {
            title: "De onde as entregas saem",
            sub: "O ponto no mapa de que o frete por distância é medido, em linha reta.",
            icon: "home",
            empty: "O lugar da loja não está marcado: o frete por distância precisa dele.",
            add: "Marcar o lugar da loja",
            new: "De onde as entregas saem",
        },
        Kind::Lists => SectionWords {
            title: "Tabelas de preços",
            sub: "Outros preços para um cliente, um grupo ou todos, por algum tempo.",
            icon: "quotes",
            empty: "Nenhuma tabela: todos os clientes têm os preços do catálogo.",
            add: "Acrescentar tabela",
            new: "Nova tabela de preços",
        },
        Kind::Points => SectionWords {
            title: "Preços fixos",
            sub: "O preço de uma quantidade exata, como meio metro de areia.",
            icon: "check",
            empty: "Nenhum preço fixo: meio metro custa metade de um metro.",
            add: "Acrescentar preço fixo",
            new: "Novo preço fixo",
        },
    }
}

fn qty(qty: Quantity) -> String {
    format::number(qty.as_decimal())
}

fn product(sku: &Sku, catalog: &Catalog) -> String {
    match catalog.get(sku) {
        Some(product) => format!("{} ({sku})", product.name),
        None => format!("{sku}, que a loja não vende"),
    }
}

/// A tier: what it gives, and for what.
pub(crate) fn tier(tier: &Tier, catalog: &Catalog) -> (String, String) {
    let pct = format::percent(tier.pct.as_decimal());
    let title = format!("{pct} a partir de {}", qty(tier.min_qty));
    let scope = match &tier.scope {
        TierScope::Product(sku) => product(sku, catalog),
        TierScope::Category(name) => format!("Categoria {name}"),
        TierScope::Store => "Loja toda".to_owned(),
    };
    (title, scope)
}

/// A payment term.
pub(crate) fn term(term: &PaymentTerm) -> (String, String) {
    let payment = term.payment();
    let pct = term.pct.as_decimal();
    let gives = if pct.is_sign_negative() && !pct.is_zero() {
        format!("Desconto de {}", format::percent(pct.abs()))
    } else if pct.is_zero() {
        "Sem desconto nem acréscimo".to_owned()
    } else {
        format!("Acréscimo de {}", format::percent(pct))
    };
    (words::payment(Some(&payment)), gives)
}

/// A freight rule.
pub(crate) fn freight(rule: &FreightRule) -> (String, String) {
    let kg = |weight: orcazap_core::catalog::Weight| format::number(weight.as_decimal());
    let mut parts = vec![format!("{} por viagem", format::price(rule.base))];
    if rule.per_kg != UnitPrice::ZERO {
        let per_kg = format::price(rule.per_kg);
        parts.push(format!("mais {per_kg} por kg acima de {} kg", kg(rule.included_kg)));
    }
    let truck_kg = rule.truck_kg.map(|truck| format!("{} kg", kg(truck)));
    let truck_m3 = rule.truck_m3.map(|truck| format!("{} m³", format::number(truck.as_decimal())));
    let truck: Vec<String> = [truck_kg, truck_m3].into_iter().flatten().collect();
    if !truck.is_empty() {
        parts.push(format!("o caminhão leva {}", truck.join(" e ")));
    }
    if let Some(free) = rule.free_above {
        parts.push(format!("grátis a partir de {}", format::brl(free)));
    }
    (area(&rule.area), parts.join(" · "))
}

fn area(area: &FreightArea) -> String {
    match area {
        FreightArea::Bairro { bairro } => format!("Bairro {bairro}"),
        FreightArea::Ceps { cep_from, cep_to } => format!("CEP {cep_from} a {cep_to}"),
        FreightArea::Distance { up_to_km } => {
            format!("Até {} km da loja", format::number(up_to_km.as_decimal()))
        }
    }
}

/// The payment term of an order.
pub(crate) fn paid(by: &AdjustedBy) -> String {
    by.term.as_ref().map_or("sem condição".to_owned(), |by| whole(term(by)))
}

/// What an order's freight comes from.
pub(crate) fn carried(by: &DeliveredBy) -> String {
    match &by.from {
        FreightSource::Rule(rule) => whole(freight(rule)),
        FreightSource::Pickup => "retirada".to_owned(),
        FreightSource::Hand => "combinado".to_owned(),
        FreightSource::NoRule => "sem regra".to_owned(),
    }
}

fn whole((title, detail): (String, String)) -> String {
    format!("{title} ({detail})")
}

/// A rule of a whole order that another stands in place of; `None` for one of a line.
pub(crate) fn changed(change: &RuleChange) -> Option<String> {
    match change {
        RuleChange::Payment { before, after } => {
            Some(format!("Pagamento: {} → {}", paid(before), paid(after)))
        }
        RuleChange::Freight { before, after } if before.from == after.from => {
            let fee = |by: &DeliveredBy| by.fee.map_or("a combinar".to_owned(), format::brl);
            Some(format!("Frete: {} → {}", fee(before), fee(after)))
        }
        RuleChange::Freight { before, after } => {
            Some(format!("Frete: {} → {}", carried(before), carried(after)))
        }
        RuleChange::Price { .. } | RuleChange::Discount { .. } => None,
    }
}

/// Where deliveries start.
pub(crate) fn origin(point: Point) -> (String, String) {
    let title = format!("{}, {}", point.lat(), point.lon());
    (title, "Latitude e longitude da loja".to_owned())
}

/// A price list.
pub(crate) fn list(list: &PriceList) -> (String, String) {
    let mut parts = vec![match &list.scope {
        ListScope::Customer(key) => format!("Cliente {key}"),
        ListScope::Group(key) => format!("Grupo {key}"),
        ListScope::Everyone => "Todos os clientes".to_owned(),
    }];
    parts.push(match list.prices.len() {
        1 => "1 preço".to_owned(),
        prices => format!("{} preços", format::number(prices)),
    });
    match (list.from, list.until) {
        (None, None) => {}
        (Some(from), None) => parts.push(format!("desde {}", format::date(from))),
        (None, Some(until)) => parts.push(format!("até {}", format::date(until))),
        (Some(from), Some(until)) => {
            parts.push(format!("de {} a {}", format::date(from), format::date(until)));
        }
    }
    (list.name.clone(), parts.join(" · "))
}

/// A price point.
pub(crate) fn point(point: &PricePoint, catalog: &Catalog) -> (String, String) {
    let amount = match catalog.get(&point.sku) {
        Some(product) => format::amount(point.qty, product.unit),
        None => qty(point.qty),
    };
    (format!("{amount} por {}", format::brl(point.price)), product(&point.sku, catalog))
}

/// How a decision changes, where it does.
pub(crate) fn decision(change: DecisionChange) -> Option<Badge> {
    match change {
        DecisionChange::Same => None,
        DecisionChange::NowAuto => Some(Badge::good("passa a sair sozinho")),
        DecisionChange::OtherReasons => Some(Badge::info("espera aprovação por outro motivo")),
        DecisionChange::NowAsks => Some(Badge::warn("passa a esperar aprovação")),
    }
}

/// Why rules can't stand together, and what to do about it.
pub(crate) fn error(error: &PriceBookError, catalog: &Catalog) -> String {
    match error {
        PriceBookError::TierPercent { .. } => {
            "Um desconto vai de 0 a 100%. Corrija a porcentagem.".to_owned()
        }
        PriceBookError::TiersTie { tier: twice, .. } => {
            let (_, scope) = tier(twice, catalog);
            let from = qty(twice.min_qty);
            format!(
                "Já há um desconto a partir de {from} para: {scope}. Mude aquele, ou comece este \
                 em outra quantidade."
            )
        }
        PriceBookError::TermPercent { .. } => {
            "Um desconto ou acréscimo vai até 100%. Corrija a porcentagem.".to_owned()
        }
        PriceBookError::NoInstallments { .. } => {
            "O cartão é pago em 1 parcela ou mais. Corrija o número de parcelas.".to_owned()
        }
        PriceBookError::StrayInstallments { .. } => {
            "Só o cartão de crédito tem parcelas. Deixe as parcelas em branco.".to_owned()
        }
        PriceBookError::TermsTie { term: twice, .. } => {
            let (payment, _) = term(twice);
            format!("Já há uma condição para: {payment}. Mude aquela em vez de acrescentar outra.")
        }
        PriceBookError::NamelessBairro { .. } => {
            "O nome do bairro precisa de letras ou números.".to_owned()
        }
        PriceBookError::BairrosTie { bairro, .. } => format!(
            "Já há um frete para o bairro {bairro} (maiúsculas e acentos não contam). Mude aquele."
        ),
        PriceBookError::ReversedCeps { .. } => {
            "A faixa de CEPs está ao contrário: o primeiro CEP vem antes do último.".to_owned()
        }
        PriceBookError::RangesTie { areas: [a, b], .. } => format!(
            "As faixas {} e {} têm o mesmo tamanho e se cruzam: não dá para saber qual vale. \
             Aumente ou diminua uma delas.",
            area(a),
            area(b)
        ),
        PriceBookError::NegativeFreeAbove { .. } => {
            "O frete grátis começa em R$ 0,00 ou mais.".to_owned()
        }
        PriceBookError::NoTruck { .. } => {
            "O caminhão leva mais que nada: corrija, ou deixe em branco.".to_owned()
        }
        PriceBookError::EmptyBand { .. } => "A distância precisa ser maior que 0 km.".to_owned(),
        PriceBookError::NoOrigin { .. } => {
            "O frete por distância precisa do lugar da loja: marque antes em “De onde as entregas \
             saem”. Para tirar o lugar, tire antes os fretes por distância."
                .to_owned()
        }
        PriceBookError::BandsTie { up_to_km, .. } => format!(
            "Já há um frete até {} km. Mude aquele, ou escreva outra distância.",
            format::number(up_to_km.as_decimal())
        ),
        PriceBookError::EmptyPoint { .. } => {
            "A quantidade do preço fixo precisa ser maior que zero.".to_owned()
        }
        PriceBookError::NegativePoint { .. } => "O preço fixo vai de R$ 0,00 em diante.".to_owned(),
        PriceBookError::PointsTie { sku, qty: twice, .. } => format!(
            "Já há um preço fixo para {} de {}. Mude aquele em vez de acrescentar outro.",
            qty(*twice),
            product(sku, catalog)
        ),
        PriceBookError::ListLabel { .. } => {
            "O nome da tabela e o do grupo ou cliente têm de 1 a 120 letras.".to_owned()
        }
        PriceBookError::ReversedList { from, until, .. } => format!(
            "A tabela termina ({}) antes de começar ({}). Corrija os dias.",
            format::date(*until),
            format::date(*from)
        ),
        PriceBookError::ListsTie { names: [a, b], sku, .. } => format!(
            "As tabelas “{a}” e “{b}” dão preço a {} para os mesmos clientes no mesmo dia. Tire o \
             produto de uma delas, ou mude os dias.",
            product(sku, catalog)
        ),
        other => format!("As regras não podem ficar assim ({other}). Corrija e tente de novo."),
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::{Money, PaymentMethod};

    use super::*;

    #[test]
    fn rules_are_told_as_a_store_says_them() {
        let pix = PaymentTerm {
            method: PaymentMethod::Pix,
            installments: None,
            pct: "-3".parse().unwrap(),
        };
        assert_eq!(term(&pix), ("Pix".to_owned(), "Desconto de 3%".to_owned()));
        let card = PaymentTerm {
            method: PaymentMethod::CreditCard,
            installments: Some(10),
            pct: "8.9".parse().unwrap(),
        };
        assert_eq!(term(&card).1, "Acréscimo de 8,9%");
        let rule: FreightRule = serde_json::from_value(serde_json::json!({
            "bairro": "Centro", "base": "25", "per_kg": "0.05", "included_kg": "500",
            "truck_kg": "4000", "truck_m3": "6", "free_above": "1500.00"
        }))
        .unwrap();
        let (area, told) = freight(&rule);
        assert_eq!(area, "Bairro Centro");
        assert!(
            told.contains("por kg acima de 500 kg · o caminhão leva 4.000 kg e 6 m³"),
            "{told}"
        );
        assert!(
            told.ends_with(&format!("a partir de {}", format::brl(Money::from_centavos(150_000))))
        );
    }
}
