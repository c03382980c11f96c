//! What a store says of one product beside its price: how much there is, what serves
//! in its place, how much goes out unseen, and the room it takes on the truck.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use orcazap_core::catalog::{Stock, Volume};
use orcazap_core::{Catalog, Product, Quantity, Sku};
use orcazap_store::{Actor, NewAudit, Supply};
use serde::Deserialize;
use serde_json::json;

use super::search;
use crate::http::desk::{Desk, Signed};
use crate::http::problem::PageError;
use crate::views::fields::Field;
use crate::views::format;
use crate::views::frame::Section;
use crate::views::products::Edit;
use crate::views::words;

const NOT_A_NUMBER: &str = "Escreva um número, como 120 ou 7,5, ou deixe em branco.";

/// Where a product is changed.
pub(super) fn path(sku: &Sku) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("/produtos/mudar?{}", query.append_pair("sku", sku.as_str()).finish())
}

/// Which product.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Which {
    sku: String,
}

/// The form, as it was typed.
#[derive(Debug, Deserialize)]
pub(in crate::http::store) struct Fields {
    sku: String,
    #[serde(default)]
    stock: String,
    #[serde(default)]
    max_auto_qty: String,
    #[serde(default)]
    volume: String,
    #[serde(default)]
    substitutes: String,
}

/// The page.
pub(in crate::http::store) async fn show(
    desk: Desk,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Prices)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let product = find(&shop.catalog, &which.sku)?;
    let page = page(&shop.catalog, product, &Fields::of(product), Faults::default());
    desk.show(Section::Products, &page).await
}

/// The form is sent.
pub(in crate::http::store) async fn save(
    Signed(desk, fields): Signed<Fields>,
) -> Result<Response, PageError> {
    let desk = desk.in_section(Section::Prices)?;
    let shop = desk.app.shops.get(desk.tenant.id).await?;
    let product = find(&shop.catalog, &fields.sku)?;
    let supply = match read(&shop.catalog, product, &fields) {
        Ok(supply) => supply,
        Err(faults) => {
            let page = page(&shop.catalog, product, &fields, faults);
            let shown = desk.show(Section::Products, &page).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
        }
    };
    let mut tx = desk.tx().await?;
    tx.update_supply(&product.sku, &supply).await?;
    let entry = NewAudit {
        actor: Actor::Person(desk.staff.id),
        action: "product_changed".to_owned(),
        conversation: None,
        detail: json!({
            "sku": product.sku,
            "stock": supply.stock,
            "max_auto_qty": supply.max_auto_qty,
            "substitutes": supply.substitutes,
            "volume_m3": supply.volume,
        }),
        request_id: desk.request_id.clone(),
    };
    tx.insert_audit(&entry, desk.now).await?;
    tx.commit().await?;
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let to = format!("/produtos?{}", query.append_pair("q", product.sku.as_str()).finish());
    Ok(Redirect::to(&to).into_response())
}

fn find<'a>(catalog: &'a Catalog, sku: &str) -> Result<&'a Product, PageError> {
    sku.parse().ok().and_then(|sku| catalog.get(&sku)).ok_or(PageError::NotFound)
}

/// What is wrong with the form, by field.
#[derive(Debug, Default)]
struct Faults {
    stock: Option<String>,
    max_auto_qty: Option<String>,
    volume: Option<String>,
    substitutes: Option<String>,
}

fn read(catalog: &Catalog, product: &Product, fields: &Fields) -> Result<Supply, Faults> {
    let stock = number(&fields.stock, Quantity::new);
    let most = number(&fields.max_auto_qty, Quantity::new);
    let volume = number(&fields.volume, Volume::new);
    let substitutes = substitutes(catalog, product, &fields.substitutes);
    match (stock, most, volume, substitutes) {
        (Ok(stock), Ok(max_auto_qty), Ok(volume), Ok(substitutes)) => Ok(Supply {
            stock: stock.map_or(Stock::Untracked, Stock::Available),
            max_auto_qty,
            substitutes,
            volume: volume.unwrap_or_default(),
        }),
        (stock, most, volume, substitutes) => Err(Faults {
            stock: stock.err(),
            max_auto_qty: most.err(),
            volume: volume.err(),
            substitutes: substitutes.err(),
        }),
    }
}

/// A number, or nothing where nothing is typed.
fn number<T, E>(
    text: &str,
    new: impl Fn(rust_decimal::Decimal) -> Result<T, E>,
) -> Result<Option<T>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = format::parse_number(text).and_then(|number| new(number).ok());
    number.map(Some).ok_or_else(|| NOT_A_NUMBER.to_owned())
}

/// The products of the lines, each once.
fn substitutes(catalog: &Catalog, of: &Product, text: &str) -> Result<Vec<Sku>, String> {
    let mut found: Vec<Sku> = Vec::new();
    for line in text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()) {
        let product = search::find(catalog, line)?;
        if product.sku == of.sku {
            return Err("Um produto não serve no lugar dele mesmo.".to_owned());
        }
        if !found.contains(&product.sku) {
            found.push(product.sku.clone());
        }
        if found.len() > Product::MAX_OTHERS {
            return Err(format!("Escreva no máximo {} produtos.", Product::MAX_OTHERS));
        }
    }
    Ok(found)
}

impl Fields {
    /// The form as the product is.
    fn of(product: &Product) -> Self {
        let quantity = |qty: Quantity| format::field(qty.as_decimal());
        let substitutes: Vec<&str> = product.substitutes.iter().map(Sku::as_str).collect();
        Self {
            sku: product.sku.to_string(),
            stock: match product.stock {
                Stock::Available(stock) => quantity(stock),
                Stock::Untracked => String::new(),
            },
            max_auto_qty: product.max_auto_qty.map(quantity).unwrap_or_default(),
            volume: match product.volume {
                Volume::ZERO => String::new(),
                volume => format::field(volume.as_decimal()),
            },
            substitutes: substitutes.join("\n"),
        }
    }
}

fn page(catalog: &Catalog, product: &Product, fields: &Fields, faults: Faults) -> Edit {
    let unit = words::unit(product.unit);
    let named = |sku: &Sku| match catalog.get(sku) {
        Some(product) => format!("{} ({sku})", product.name),
        None => format!("{sku}, que a loja não vende mais"),
    };
    let with = |field: Field, error: Option<String>| Field { error, ..field };
    let wrong = [&faults.stock, &faults.max_auto_qty, &faults.volume, &faults.substitutes]
        .iter()
        .any(|fault| fault.is_some());
    Edit {
        sku: product.sku.to_string(),
        name: product.name.clone(),
        price: format!("{} por {unit}", format::price(product.price)),
        substitutes: product.substitutes.iter().map(named).collect(),
        fields: vec![
            with(
                Field::number("stock", "Quanto há em estoque", &fields.stock)
                    .hint("0: acabou. Em branco: a loja não conta este produto."),
                faults.stock,
            ),
            with(
                Field::number("max_auto_qty", "Máximo sem aprovação", &fields.max_auto_qty)
                    .hint("Acima disso uma pessoa olha o orçamento antes. Em branco: sem máximo."),
                faults.max_auto_qty,
            ),
            with(
                Field::number("volume", "Espaço no caminhão (m³ por unidade)", &fields.volume)
                    .hint("Conta as viagens quando o frete diz quantos m³ cabem."),
                faults.volume,
            ),
            with(
                Field::lines("substitutes", "Servem no lugar", &fields.substitutes, 3).hint(
                    "Um por linha, o melhor primeiro: código ou nome. São oferecidos quando falta; \
                     nunca trocados sem perguntar.",
                ),
                faults.substitutes,
            ),
        ],
        wrong,
    }
}
