//! The store of the demonstration: invented, with a whole catalogue, tiers,
//! payment terms, freight, and rules that let some orders through and hold others.

use anyhow::{Context, anyhow};
use chrono::{DateTime, Utc};
use orcazap_core::Rules;
use orcazap_core::authority::Role;
use orcazap_core::catalog::csv;
use orcazap_core::conversation::Policy;
use orcazap_core::pricing::PriceBookData;
use orcazap_store::{NewChannel, NewStaff, Others, Settings, Store, Tenant, TenantTx};
use orcazap_whatsapp::PhoneNumberId;
use secrecy::SecretString;
use serde::Deserialize;

use crate::password;

const CATALOG: &[u8] = include_bytes!("../../assets/demo/catalog.csv");
const STORE: &str = include_str!("../../assets/demo/store.toml");

/// The slug of the store.
pub const SLUG: &str = "loja";
/// Who logs in.
pub(super) const EMAIL: &str = "dona@loja.example";
/// With what.
pub(super) const PASSWORD: &str = "demonstracao";

#[derive(Deserialize)]
struct StoreFile {
    name: String,
    book: PriceBookData,
    rules: Rules,
    policy: Policy,
}

/// Makes the store unless it is there, and gives its number the token of this
/// run.
pub(super) async fn plant(
    store: &Store,
    number: &PhoneNumberId,
    token: &SecretString,
    now: DateTime<Utc>,
) -> anyhow::Result<Tenant> {
    let tenant = match store.find_tenant(SLUG).await? {
        Some(tenant) => tenant,
        None => store.create_tenant(SLUG, &file()?.name, now).await?,
    };
    let mut tx = store.tenant(tenant.id).await?;
    let channels = tx.list_channels().await?;
    match channels.iter().find(|channel| channel.phone_number_id == number.as_str()) {
        Some(channel) => tx.update_access_token(channel.id, token).await?,
        // The number comes last with the rest: a store without it was not finished.
        None => fill(&mut tx, number, token, now).await?,
    }
    tx.commit().await?;
    Ok(tenant)
}

fn file() -> anyhow::Result<StoreFile> {
    toml::from_str(STORE).context("the demonstration's store.toml")
}

async fn fill(
    tx: &mut TenantTx,
    number: &PhoneNumberId,
    token: &SecretString,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let file = file()?;
    let products = csv::parse(CATALOG).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        anyhow!("the demonstration's catalogue: {first}")
    })?;
    tx.import_products(&products, Others::Remove).await?;
    tx.replace_price_book(&file.book).await?;
    tx.update_rules(&file.rules).await?;
    let settings = tx.settings().await?;
    tx.update_settings(&Settings { policy: file.policy, ..settings }).await?;
    let hash = password::hash(PASSWORD.into()).await?;
    let staff = NewStaff {
        email: EMAIL.to_owned(),
        name: "Dona Marta".to_owned(),
        role: Role::Owner,
        password_hash: hash.into(),
    };
    tx.insert_staff(staff, now).await?;
    let channel = NewChannel {
        phone_number_id: number.to_string(),
        display_name: "Balcão".to_owned(),
        access_token: Some(token.clone()),
    };
    tx.insert_channel(channel, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use orcazap_core::{Catalog, PriceBook};

    use super::*;

    #[test]
    fn the_store_of_the_demonstration_is_whole() {
        let file = file().unwrap();
        let products = csv::parse(CATALOG).unwrap();
        assert!(products.len() >= 300, "{}", products.len());
        let categories: Vec<_> = products.iter().map(|p| p.category.clone()).collect();
        for tier in &file.book.tiers {
            match &tier.scope {
                orcazap_core::pricing::TierScope::Category(category) => {
                    assert!(categories.contains(category), "{category}");
                }
                orcazap_core::pricing::TierScope::Product(sku) => {
                    assert!(products.iter().any(|p| p.sku == *sku), "{sku}");
                }
                orcazap_core::pricing::TierScope::Store => {}
            }
        }
        Catalog::new(products).unwrap();
        PriceBook::new(file.book).unwrap();
        assert!(file.rules.max_auto_total.is_some() && !file.rules.rehearsal);
        file.policy.check().unwrap();
        assert!(file.policy.facts.iter().any(|fact| fact.answers("que horas vocês abrem?")));
    }
}
