//! How a store prices: tiers, payment terms, freight rules, price points and price
//! lists, each a table of rows in the order they were given.

use orcazap_core::catalog::{Volume, Weight};
use orcazap_core::order::PaymentMethod;
use orcazap_core::place::{Distance, Point};
use orcazap_core::pricing::{
    FreightArea, FreightRule, OpenDays, PaymentTerm, PriceBookData, PriceList, PricePoint, Tier,
    TierScope,
};
use orcazap_core::{Money, Percent, Quantity, UnitPrice};
use rust_decimal::Decimal;

use crate::error::{RowAt, StoreError};
use crate::json::to_json;
use crate::store::TenantTx;

impl TenantTx {
    /// The store's price book; its version is the shop's.
    ///
    /// # Errors
    ///
    /// [`StoreError::Row`] when a rule cannot be read.
    pub async fn price_book(&mut self) -> Result<PriceBookData, StoreError> {
        Ok(PriceBookData {
            version: self.shop_version().await?,
            tiers: self.list_tiers().await?,
            payment: self.list_payment_terms().await?,
            freight: self.list_freight_rules().await?,
            origin: self.origin().await?,
            points: self.list_price_points().await?,
            lists: self.list_price_lists().await?,
            validity_hours: self.settings().await?.quote_validity_hours,
            open: self.open_days().await?,
        })
    }

    /// The store's price book, which nobody else changes until this transaction ends:
    /// what is changed in it and put back overwrites nothing unseen.
    ///
    /// # Errors
    ///
    /// As [`price_book`](Self::price_book).
    pub async fn lock_price_book(&mut self) -> Result<PriceBookData, StoreError> {
        let tenant = self.id();
        // Every change of the shop raises the version in this row, and waits for it here.
        sqlx::query!("SELECT shop_version FROM settings WHERE tenant_id = $1 FOR UPDATE", tenant)
            .fetch_optional(self.db())
            .await?;
        self.price_book().await
    }

    /// Replaces the store's price book as a whole. The caller checks first that
    /// it is one, by building it; its `version` is given by the store.
    ///
    /// # Errors
    ///
    /// [`StoreError::Book`] when there are more rules of a kind than a price book may have,
    /// [`StoreError::Refused`] when a row breaks a rule of the schema.
    pub async fn replace_price_book(&mut self, book: &PriceBookData) -> Result<(), StoreError> {
        book.check_counts().map_err(Box::new)?;
        self.replace_tiers(&book.tiers).await?;
        self.replace_payment_terms(&book.payment).await?;
        self.replace_freight_rules(&book.freight).await?;
        self.replace_price_points(&book.points).await?;
        self.replace_price_lists(&book.lists).await?;
        let (tenant, hours) = (self.id(), i32::try_from(book.validity_hours).unwrap_or(i32::MAX));
        let open = to_json(&book.open)?;
        sqlx::query!(
            "UPDATE settings
             SET quote_validity_hours = $2, open_days = $3, origin_lat = $4, origin_lon = $5
             WHERE tenant_id = $1",
            tenant,
            hours,
            open,
            book.origin.map(Point::lat),
            book.origin.map(Point::lon)
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        self.bump_shop_version().await
    }

    async fn list_tiers(&mut self) -> Result<Vec<Tier>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT position, scope, key, min_qty, pct FROM tiers WHERE tenant_id = $1 ORDER BY position",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "tiers", row: &row.position };
                let scope = match (row.scope.as_str(), row.key) {
                    ("item", Some(key)) => TierScope::Product(at.parse("key", &key)?),
                    ("category", Some(key)) => TierScope::Category(key),
                    ("store", None) => TierScope::Store,
                    (scope, _) => return Err(at.error("scope", format!("found {scope:?}"))),
                };
                Ok(Tier {
                    scope,
                    min_qty: at.read("min_qty", Quantity::new(row.min_qty))?,
                    pct: at.read("pct", Percent::new(row.pct))?,
                })
            })
            .collect()
    }

    async fn replace_tiers(&mut self, tiers: &[Tier]) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!("DELETE FROM tiers WHERE tenant_id = $1", tenant).execute(self.db()).await?;
        let scopes: Vec<String> =
            tiers.iter().map(|tier| scope_code(&tier.scope).to_owned()).collect();
        let keys: Vec<Option<String>> = tiers.iter().map(|tier| scope_key(&tier.scope)).collect();
        let min: Vec<Decimal> = tiers.iter().map(|tier| tier.min_qty.as_decimal()).collect();
        let pct: Vec<Decimal> = tiers.iter().map(|tier| tier.pct.as_decimal()).collect();
        sqlx::query!(
            "INSERT INTO tiers (tenant_id, position, scope, key, min_qty, pct)
             SELECT $1, n.position::integer, n.scope, n.key, n.min_qty, n.pct
             FROM UNNEST($2::text[], $3::text[], $4::numeric[], $5::numeric[])
                WITH ORDINALITY AS n (scope, key, min_qty, pct, position)",
            tenant,
            &scopes,
            &keys as &[Option<String>],
            &min,
            &pct
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    async fn list_payment_terms(&mut self) -> Result<Vec<PaymentTerm>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT position, method, installments, pct
             FROM payment_terms
             WHERE tenant_id = $1
             ORDER BY position",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "payment_terms", row: &row.position };
                let installments = row.installments.map(u8::try_from).transpose();
                let method = PaymentMethod::ALL.iter().find(|m| m.code() == row.method);
                Ok(PaymentTerm {
                    method: *method
                        .ok_or_else(|| at.error("method", format!("found {:?}", row.method)))?,
                    installments: at.read("installments", installments)?,
                    pct: at.read("pct", Percent::new(row.pct))?,
                })
            })
            .collect()
    }

    async fn replace_payment_terms(&mut self, terms: &[PaymentTerm]) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!("DELETE FROM payment_terms WHERE tenant_id = $1", tenant)
            .execute(self.db())
            .await?;
        let methods: Vec<String> = terms.iter().map(|term| term.method.code().to_owned()).collect();
        let installments: Vec<Option<i16>> =
            terms.iter().map(|term| term.installments.map(i16::from)).collect();
        let pct: Vec<Decimal> = terms.iter().map(|term| term.pct.as_decimal()).collect();
        sqlx::query!(
            "INSERT INTO payment_terms (tenant_id, position, method, installments, pct)
             SELECT $1, n.position::integer, n.method, n.installments, n.pct
             FROM UNNEST($2::text[], $3::smallint[], $4::numeric[])
                WITH ORDINALITY AS n (method, installments, pct, position)",
            tenant,
            &methods,
            &installments as &[Option<i16>],
            &pct
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    async fn list_freight_rules(&mut self) -> Result<Vec<FreightRule>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT position, bairro, cep_from, cep_to, up_to_km, base, per_kg, included_kg, truck_kg,
                truck_m3, free_above
             FROM freight_rules
             WHERE tenant_id = $1
             ORDER BY position",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "freight_rules", row: &row.position };
                let area = match (row.bairro, row.cep_from, row.cep_to, row.up_to_km) {
                    (Some(bairro), None, None, None) => {
                        FreightArea::Bairro { bairro: at.parse("bairro", &bairro)? }
                    }
                    (None, Some(from), Some(to), None) => FreightArea::Ceps {
                        cep_from: at.parse("cep_from", &from)?,
                        cep_to: at.parse("cep_to", &to)?,
                    },
                    (None, None, None, Some(km)) => {
                        FreightArea::Distance { up_to_km: at.read("up_to_km", Distance::new(km))? }
                    }
                    _ => {
                        let expected = "expected a bairro, a range of CEPs or a distance";
                        return Err(at.error("bairro", expected));
                    }
                };
                let truck = row.truck_kg.map(Weight::new).transpose();
                let volume = row.truck_m3.map(Volume::new).transpose();
                let free = row.free_above.map(Money::rounded).transpose();
                Ok(FreightRule {
                    area,
                    base: at.read("base", UnitPrice::new(row.base))?,
                    per_kg: at.read("per_kg", UnitPrice::new(row.per_kg))?,
                    included_kg: at.read("included_kg", Weight::new(row.included_kg))?,
                    truck_kg: at.read("truck_kg", truck)?,
                    truck_m3: at.read("truck_m3", volume)?,
                    free_above: at.read("free_above", free)?,
                })
            })
            .collect()
    }

    async fn replace_freight_rules(&mut self, rules: &[FreightRule]) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!("DELETE FROM freight_rules WHERE tenant_id = $1", tenant)
            .execute(self.db())
            .await?;
        let mut areas = Areas::default();
        rules.iter().for_each(|rule| areas.push(&rule.area));
        let number = |of: fn(&FreightRule) -> Decimal| rules.iter().map(of).collect::<Vec<_>>();
        let maybe =
            |of: fn(&FreightRule) -> Option<Decimal>| rules.iter().map(of).collect::<Vec<_>>();
        sqlx::query!(
            "INSERT INTO freight_rules (
                tenant_id, position, bairro, cep_from, cep_to, up_to_km, base, per_kg, included_kg,
                truck_kg, truck_m3, free_above
             )
             SELECT $1, n.position::integer, n.bairro, n.cep_from, n.cep_to, n.up_to_km, n.base,
                n.per_kg, n.included_kg, n.truck_kg, n.truck_m3, n.free_above
             FROM UNNEST(
                $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[],
                $8::numeric[], $9::numeric[], $10::numeric[], $11::numeric[]
             ) WITH ORDINALITY AS n (
                bairro, cep_from, cep_to, up_to_km, base, per_kg, included_kg, truck_kg, truck_m3,
                free_above, position
             )",
            tenant,
            &areas.bairros as &[Option<String>],
            &areas.from as &[Option<String>],
            &areas.to as &[Option<String>],
            &areas.up_to as &[Option<Decimal>],
            &number(|rule| rule.base.as_decimal()),
            &number(|rule| rule.per_kg.as_decimal()),
            &number(|rule| rule.included_kg.as_decimal()),
            &maybe(|rule| rule.truck_kg.map(Weight::as_decimal)) as &[Option<Decimal>],
            &maybe(|rule| rule.truck_m3.map(Volume::as_decimal)) as &[Option<Decimal>],
            &maybe(|rule| rule.free_above.map(Money::as_decimal)) as &[Option<Decimal>],
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    async fn list_price_points(&mut self) -> Result<Vec<PricePoint>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT position, sku, qty, price FROM price_points WHERE tenant_id = $1 ORDER BY position",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| {
                let at = RowAt { table: "price_points", row: &row.position };
                Ok(PricePoint {
                    sku: at.parse("sku", &row.sku)?,
                    qty: at.read("qty", Quantity::new(row.qty))?,
                    price: at.read("price", Money::rounded(row.price))?,
                })
            })
            .collect()
    }

    async fn replace_price_points(&mut self, points: &[PricePoint]) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!("DELETE FROM price_points WHERE tenant_id = $1", tenant)
            .execute(self.db())
            .await?;
        let skus: Vec<String> = points.iter().map(|point| point.sku.to_string()).collect();
        let quantities: Vec<Decimal> = points.iter().map(|point| point.qty.as_decimal()).collect();
        let prices: Vec<Decimal> = points.iter().map(|point| point.price.as_decimal()).collect();
        sqlx::query!(
            "INSERT INTO price_points (tenant_id, position, sku, qty, price)
             SELECT $1, n.position::integer, n.sku, n.qty, n.price
             FROM UNNEST($2::text[], $3::numeric[], $4::numeric[])
                WITH ORDINALITY AS n (sku, qty, price, position)",
            tenant,
            &skus,
            &quantities,
            &prices
        )
        .execute(self.db())
        .await
        .map_err(StoreError::refused)?;
        Ok(())
    }

    async fn list_price_lists(&mut self) -> Result<Vec<PriceList>, StoreError> {
        let tenant = self.id();
        let rows = sqlx::query!(
            "SELECT position, data FROM price_lists WHERE tenant_id = $1 ORDER BY position",
            tenant
        )
        .fetch_all(self.db())
        .await?;
        rows.into_iter()
            .map(|row| RowAt { table: "price_lists", row: &row.position }.json("data", row.data))
            .collect()
    }

    async fn replace_price_lists(&mut self, lists: &[PriceList]) -> Result<(), StoreError> {
        let tenant = self.id();
        sqlx::query!("DELETE FROM price_lists WHERE tenant_id = $1", tenant)
            .execute(self.db())
            .await?;
        let data = lists.iter().map(to_json).collect::<Result<Vec<_>, _>>()?;
        sqlx::query!(
            "INSERT INTO price_lists (tenant_id, position, data)
             SELECT $1, n.position::integer, n.data
             FROM UNNEST($2::jsonb[]) WITH ORDINALITY AS n (data, position)",
            tenant,
            &data
        )
        .execute(self.db())
        .await?;
        Ok(())
    }

    async fn origin(&mut self) -> Result<Option<Point>, StoreError> {
        let tenant = self.id();
        let row = sqlx::query!(
            "SELECT origin_lat, origin_lon FROM settings WHERE tenant_id = $1",
            tenant
        )
        .fetch_optional(self.db())
        .await?
        .ok_or(StoreError::Missing { what: "store" })?;
        let point = row.origin_lat.zip(row.origin_lon).map(|(lat, lon)| Point::new(lat, lon));
        RowAt { table: "settings", row: &tenant }.read("origin_lat", point.transpose())
    }

    async fn open_days(&mut self) -> Result<OpenDays, StoreError> {
        let tenant = self.id();
        let data =
            sqlx::query_scalar!("SELECT open_days FROM settings WHERE tenant_id = $1", tenant)
                .fetch_optional(self.db())
                .await?
                .ok_or(StoreError::Missing { what: "store" })?;
        RowAt { table: "settings", row: &tenant }.json("open_days", data)
    }
}

/// The columns of freight rules' areas.
#[derive(Default)]
struct Areas {
    bairros: Vec<Option<String>>,
    from: Vec<Option<String>>,
    to: Vec<Option<String>>,
    up_to: Vec<Option<Decimal>>,
}

impl Areas {
    fn push(&mut self, area: &FreightArea) {
        let (bairro, from, to, up_to) = match area {
            FreightArea::Bairro { bairro } => (Some(bairro.to_string()), None, None, None),
            FreightArea::Ceps { cep_from, cep_to } => {
                (None, Some(cep_from.digits()), Some(cep_to.digits()), None)
            }
            FreightArea::Distance { up_to_km } => (None, None, None, Some(up_to_km.as_decimal())),
        };
        self.bairros.push(bairro);
        self.from.push(from);
        self.to.push(to);
        self.up_to.push(up_to);
    }
}

fn scope_code(scope: &TierScope) -> &'static str {
    match scope {
        TierScope::Product(_) => "item",
        TierScope::Category(_) => "category",
        TierScope::Store => "store",
    }
}

fn scope_key(scope: &TierScope) -> Option<String> {
    match scope {
        TierScope::Product(sku) => Some(sku.to_string()),
        TierScope::Category(category) => Some(category.clone()),
        TierScope::Store => None,
    }
}
