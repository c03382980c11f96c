//! Every rule a store prices by, a section a kind.

use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

use super::rule::Rule;
use crate::http::desk::Desk;
use crate::http::problem::PageError;
use crate::http::store::products::search::Wanted;
use crate::shops::OpenShop;
use crate::views::format;
use crate::views::frame::Section;
use crate::views::prices::{self as view, Kind, List, Row, words};

/// How many rules of a kind are on the page; the search finds the others.
const ROWS: usize = 50;
/// The longest search.
const MAX_CHARS: usize = 100;

/// The part of the address that says which, and whether the page is shown after a change.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    #[serde(default)]
    q: String,
    #[serde(default)]
    salvo: Option<String>,
}

/// The page.
pub(in crate::http::store) async fn list(
    desk: Desk,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Prices)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let query: String = which.q.trim().chars().take(MAX_CHARS).collect();
    let wanted = Wanted::new(&query);
    let page = List {
        saved: which.salvo.is_some(),
        version: format::number(shop.book.data().version),
        query,
        warnings: super::warnings(&shop.book, &shop.catalog),
        sections: Kind::ALL.iter().map(|kind| section(*kind, &shop, &wanted)).collect(),
    };
    desk.show(Section::Prices, &page).await
}

fn section(kind: Kind, shop: &OpenShop, wanted: &Wanted) -> view::Section {
    let rules = kind.rules(shop.book.data());
    let count = rules.len();
    let row = |rule: &Rule| {
        let (title, detail) = rule_words(rule, shop);
        Row { title, detail, edit: format!("/precos/{}?regra={}", kind.code(), rule.key()) }
    };
    let fitting =
        rules.iter().map(row).filter(|row| wanted.is_in(&format!("{} {}", row.title, row.detail)));
    let mut rows: Vec<Row> = fitting.take(ROWS + 1).collect();
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let words = words::of(kind);
    view::Section {
        code: kind.code(),
        title: words.title,
        sub: words.sub,
        icon: words.icon,
        count: format::number(count),
        empty: if count == 0 { words.empty } else { "Nenhuma regra com estas palavras." },
        // There is one place that the trucks start from.
        add: (kind != Kind::Origin || count == 0).then_some(words.add),
        more,
        rows,
    }
}

/// A rule in words: what it gives, and for what.
pub(super) fn rule_words(rule: &Rule, shop: &OpenShop) -> (String, String) {
    let catalog = &shop.catalog;
    match rule {
        Rule::Tier(tier) => words::tier(tier, catalog),
        Rule::Payment(term) => words::term(term),
        Rule::Freight(rule) => words::freight(rule),
        Rule::Origin(point) => words::origin(*point),
        Rule::List(list) => words::list(list),
        Rule::Point(point) => words::point(point, catalog),
    }
}
