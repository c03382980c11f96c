//! The products of a store, kept in catalogue order.

use std::fmt::Display;

use chrono::NaiveDate;
use orcazap_core::catalog::{Catalog, Pack, Product, SkuError, Stock, Volume, Weight};
use orcazap_core::{Quantity, Sku, UnitPrice};
use rust_decimal::Decimal;

use crate::error::{RowAt, StoreError};
use crate::store::TenantTx;

/// How many products are written with one statement.
const BATCH: usize = 1_000;

/// What an import does with products that are in the store and not in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// They stay, behind those of the list.
    Keep,
    /// They go.
    Remove,
}

/// What a store says of a product beside its price: how much there is, what serves in
/// its place, and how much of it goes out unseen or on one truck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supply {
    /// How many sale units there are.
    pub stock: Stock,
    /// The most sale units of it that a quote may hold and still go out unseen.
    pub max_auto_qty: Option<Quantity>,
    /// Products that serve in its place, best first.
    pub substitutes: Vec<Sku>,
    /// The room that one sale unit takes on the truck.
    pub volume: Volume,
}

struct ProductRow {
    sku: String,
    name: String,
    category: String,
    unit: String,
    price: Decimal,
    cost: Option<Decimal>,
    cost_date: Option<NaiveDate>,
    weight_kg: Decimal,
    volume_m3: Decimal,
    pack_qty: Option<Decimal>,
    pack_unit: Option<String>,
    step: Decimal,
    aliases: Vec<String>,
    stock: Option<Decimal>,
    max_auto_qty: Option<Decimal>,
    substitutes: Vec<String>,
}

impl TryFrom<ProductRow> for Product {
    type Error = StoreError;

    fn try_from(row: ProductRow) -> Result<Self, StoreError> {
        let sku: &(dyn Display + Sync) = &row.sku;
        let at = RowAt { table: "products", row: sku };
        let pack = match (row.pack_qty, row.pack_unit.as_deref()) {
            (Some(qty), Some(unit)) => Some(Pack {
                qty: at.read("pack_qty", Quantity::new(qty))?,
                unit: at.parse("pack_unit", unit)?,
            }),
            _ => None,
        };
        let cost = row.cost.map(|cost| at.read("cost", UnitPrice::new(cost))).transpose()?;
        let stock = match row.stock {
            Some(stock) => Stock::Available(at.read("stock", Quantity::new(stock))?),
            None => Stock::Untracked,
        };
        let max_auto_qty = row.max_auto_qty.map(Quantity::new).transpose();
        let substitutes = row.substitutes.into_iter().map(Sku::try_from).collect();
        let substitutes: Result<Vec<Sku>, SkuError> = substitutes;
        Ok(Self {
            sku: at.parse("sku", &row.sku)?,
            unit: at.parse("unit", &row.unit)?,
            price: at.read("price", UnitPrice::new(row.price))?,
            cost,
            cost_date: row.cost_date,
            weight: at.read("weight_kg", Weight::new(row.weight_kg))?,
            volume: at.read("volume_m3", Volume::new(row.volume_m3))?,
            pack,
            step: at.read("step", Quantity::new(row.step))?,
            stock,
            max_auto_qty: at.read("max_auto_qty", max_auto_qty)?,
            substitutes: at.read("substitutes", substitutes)?,
            name: row.name,
            category: row.category,
            aliases: row.aliases,
        })
    }
}

impl TenantTx {
    /// Every product, in catalogue order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when a row cannot be read as a product.
    pub async fn list_products(&mut self) -> Result<Vec<Product>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query_as!(
            ProductRow,
            "SELECT sku, name, category, unit, price, cost, cost_date, weight_kg, volume_m3,
                pack_qty, pack_unit, step, aliases, stock, max_auto_qty, substitutes
             FROM products
             WHERE tenant_id = $1
             ORDER BY position, sku",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter().map(Product::try_from).collect()
    }

    /// Takes in a list of products, in the order of the list: new ones are added,
    /// known ones (by their code) become what the list says. All or, with the
    /// transaction dropped, nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooMany`] beyond [`Catalog::MAX_PRODUCTS`];
    /// [`StoreError::Refused`] when a product breaks a rule of the schema (a name
    /// longer than 300 characters, more than 100 aliases).
    pub async fn import_products(
        &mut self,
        products: &[Product],
        others: Others,
    ) -> Result<(), StoreError> {
        let max = Catalog::MAX_PRODUCTS;
        if products.len() > max {
            return Err(StoreError::TooMany { what: "products", max, found: products.len() });
        }
        let tenant = self.id();
        match others {
            Others::Remove => {
                sqlx::query!("DELETE FROM products WHERE tenant_id = $1", tenant)
                    .execute(self.db())
                    .await?;
            }
            Others::Keep => {
                let shift = i32::try_from(products.len()).unwrap_or(i32::MAX);
                sqlx::query!(
                    "UPDATE products SET position = position + $2 WHERE tenant_id = $1",
                    tenant,
                    shift
                )
                .execute(self.db())
                .await?;
            }
        }
        for (batch, chunk) in products.chunks(BATCH).enumerate() {
            self.upsert_products(chunk, batch * BATCH).await?;
        }
        self.bump_shop_version().await
    }

    async fn upsert_products(&mut self, chunk: &[Product], first: usize) -> Result<(), StoreError> {
        let tenant = self.id();
        let positions: Vec<i32> =
            (first..).take(chunk.len()).map(|at| i32::try_from(at).unwrap_or(i32::MAX)).collect();
        let text = |of: fn(&Product) -> String| chunk.iter().map(of).collect::<Vec<String>>();
        let number = |of: fn(&Product) -> Decimal| chunk.iter().map(of).collect::<Vec<Decimal>>();
        let maybe = |of: fn(&Product) -> Option<Decimal>| chunk.iter().map(of).collect::<Vec<_>>();
        let cost_dates: Vec<Option<NaiveDate>> = chunk.iter().map(|p| p.cost_date).collect();
        let pack_units: Vec<Option<String>> =
            chunk.iter().map(|p| p.pack.map(|pack| pack.unit.code().to_owned())).collect();
        // An array of arrays must be rectangular, so aliases go as one JSON list a product.
        let aliases: Vec<serde_json::Value> =
            chunk.iter().map(|p| serde_json::Value::from(p.aliases.clone())).collect();
        let substitutes: Vec<serde_json::Value> = chunk
            .iter()
            .map(|p| p.substitutes.iter().map(Sku::as_str).collect::<Vec<_>>().into())
            .collect();
        sqlx::query!(
            r#"INSERT INTO products (
                tenant_id, position, sku, name, category, unit, price, cost, cost_date, weight_kg,
                volume_m3, pack_qty, pack_unit, step, aliases, stock, max_auto_qty, substitutes
             )
             SELECT $1, n.position, n.sku, n.name, n.category, n.unit, n.price, n.cost, n.cost_date,
                n.weight_kg, n.volume_m3, n.pack_qty, n.pack_unit, n.step,
                ARRAY(SELECT jsonb_array_elements_text(n.aliases)), n.stock, n.max_auto_qty,
                ARRAY(SELECT jsonb_array_elements_text(n.substitutes))
             FROM UNNEST(
                $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[],
                $8::numeric[], $9::date[], $10::numeric[], $11::numeric[], $12::numeric[],
                $13::text[], $14::numeric[], $15::jsonb[], $16::numeric[], $17::numeric[],
                $18::jsonb[]
             ) AS n (
                position, sku, name, category, unit, price, cost, cost_date, weight_kg, volume_m3,
                pack_qty, pack_unit, step, aliases, stock, max_auto_qty, substitutes
             )
             ON CONFLICT (tenant_id, sku) DO UPDATE SET
                position = excluded.position, name = excluded.name, category = excluded.category,
                unit = excluded.unit, price = excluded.price, cost = excluded.cost,
                cost_date = excluded.cost_date, weight_kg = excluded.weight_kg,
                volume_m3 = excluded.volume_m3, pack_qty = excluded.pack_qty,
                pack_unit = excluded.pack_unit, step = excluded.step, aliases = excluded.aliases,
                stock = excluded.stock, max_auto_qty = excluded.max_auto_qty,
                substitutes = excluded.substitutes"#,
            tenant,
            &positions,
            &text(|p| p.sku.to_string()),
            &text(|p| p.name.clone()),
            &text(|p| p.category.clone()),
            &text(|p| p.unit.code().to_owned()),
            &number(|p| p.price.as_decimal()),
            &maybe(|p| p.cost.map(UnitPrice::as_decimal)) as &[Option<Decimal>],
            &cost_dates as &[Option<NaiveDate>],
            &number(|p| p.weight.as_decimal()),
            &number(|p| p.volume.as_decimal()),
            &maybe(|p| p.pack.map(|pack| pack.qty.as_decimal())) as &[Option<Decimal>],
            &pack_units as &[Option<String>],
            &number(|p| p.step.as_decimal()),
            &aliases,
            &maybe(|p| match p.stock {
                Stock::Available(stock) => Some(stock.as_decimal()),
                Stock::Untracked => None,
            }) as &[Option<Decimal>],
            &maybe(|p| p.max_auto_qty.map(Quantity::as_decimal)) as &[Option<Decimal>],
            &substitutes,
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    /// Changes the price of one product.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such product.
    pub async fn update_price(&mut self, sku: &Sku, price: UnitPrice) -> Result<(), StoreError> {
        let tenant = self.id();
        let done = sqlx::query!(
            "UPDATE products SET price = $3 WHERE tenant_id = $1 AND sku = $2",
            tenant,
            sku.as_str(),
            price.as_decimal()
        )
        .execute(self.db())
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "product" });
        }
        self.bump_shop_version().await
    }

    /// Changes what a store says of a product beside its price. The caller checks that
    /// the substitutes are products of the store.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] when there is no such product, [`StoreError::Refused`]
    /// when it has more than 100 substitutes.
    pub async fn update_supply(&mut self, sku: &Sku, supply: &Supply) -> Result<(), StoreError> {
        let tenant = self.id();
        let substitutes: Vec<String> = supply.substitutes.iter().map(Sku::to_string).collect();
        let stock = match supply.stock {
            Stock::Available(stock) => Some(stock.as_decimal()),
            Stock::Untracked => None,
        };
        let done = sqlx::query!(
            "UPDATE products
             SET stock = $3, max_auto_qty = $4, substitutes = $5, volume_m3 = $6
             WHERE tenant_id = $1 AND sku = $2",
            tenant,
            sku.as_str(),
            stock,
            supply.max_auto_qty.map(Quantity::as_decimal),
            &substitutes,
            supply.volume.as_decimal()
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        if done.rows_affected() == 0 {
            return Err(StoreError::Missing { what: "product" });
        }
        self.bump_shop_version().await
    }
}
