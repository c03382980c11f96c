//! What Meta refuses about products, orders and payments in Brazil.

use serde_json::Value;

use super::Checked;
use super::parts::{array, bounded, count, inner, optional, required, string};
use crate::graph_sim::refusal::Refusal;

pub(super) fn product(action: &Value) -> Checked {
    required(action, "catalog_id", "action.catalog_id")?;
    required(action, "product_retailer_id", "action.product_retailer_id").map(|_| ())
}

pub(super) fn product_list(action: &Value) -> Checked {
    required(action, "catalog_id", "action.catalog_id")?;
    let sections = array(action, "sections", "action.sections")?;
    count(sections.len(), "action.sections", 1, 10)?;
    let mut products = 0;
    for section in sections {
        if sections.len() > 1 || section.get("title").is_some() {
            bounded(section, "title", "section.title", 24)?;
        }
        let items = array(section, "product_items", "section.product_items")?;
        for item in items {
            required(item, "product_retailer_id", "product_retailer_id")?;
        }
        products += items.len();
    }
    count(products, "products", 1, 30)
}

/// A request to pay: the sums must add up, to the centavo.
pub(super) fn order_details(action: &Value) -> Checked {
    expected(action, "name", &["review_and_pay"])?;
    let parameters = inner(action, "parameters", "action.parameters")?;
    reference(parameters)?;
    expected(parameters, "type", &["digital-goods", "physical-goods"])?;
    expected(parameters, "payment_type", &["br"])?;
    expected(parameters, "currency", &["BRL"])?;
    payments(parameters)?;
    let order = inner(parameters, "order", "order")?;
    expected(order, "status", &["pending"])?;
    let items = array(order, "items", "order.items")?;
    count(items.len(), "order.items", 1, 999)?;
    let mut sum = 0_i64;
    for item in items {
        sum = sum.saturating_add(item_total(item)?);
    }
    let subtotal = amount(order, "subtotal")?;
    let mut total = subtotal.saturating_add(amount(order, "tax")?);
    if order.get("shipping").is_some() {
        total = total.saturating_add(amount(order, "shipping")?);
    }
    if order.get("discount").is_some() {
        total = total.saturating_sub(amount(order, "discount")?);
    }
    if sum != subtotal || total != amount(parameters, "total_amount")? {
        return Err(Refusal::limit("the amounts of the order do not add up"));
    }
    Ok(())
}

fn payments(parameters: &Value) -> Checked {
    let settings = array(parameters, "payment_settings", "payment_settings")?;
    count(settings.len(), "payment_settings", 1, 4)?;
    for setting in settings {
        let kind = required(setting, "type", "payment_settings.type")?;
        let object = inner(setting, kind, kind)?;
        let fields: &[&str] = match kind {
            "pix_dynamic_code" => &["code", "merchant_name", "key", "key_type"],
            "payment_link" => &["uri"],
            "boleto" => &["digitable_line"],
            "offsite_card_pay" => &["last_four_digits", "credential_id"],
            other => return Err(Refusal::invalid(format!("unknown payment setting {other:?}"))),
        };
        for field in fields {
            required(object, field, field)?;
        }
    }
    Ok(())
}

fn item_total(item: &Value) -> Result<i64, Refusal> {
    required(item, "retailer_id", "item.retailer_id")?;
    bounded(item, "name", "item.name", 60)?;
    let quantity = item.get("quantity").and_then(Value::as_i64).filter(|quantity| *quantity >= 1);
    let quantity = quantity.ok_or_else(|| Refusal::limit("item.quantity is an integer from 1"))?;
    let sale = item.get("sale_amount").is_some();
    let amount = amount(item, if sale { "sale_amount" } else { "amount" })?;
    Ok(amount.saturating_mul(quantity))
}

/// The value of an amount, in hundredths.
fn amount(object: &Value, name: &str) -> Result<i64, Refusal> {
    let amount = inner(object, name, name)?;
    if amount.get("offset").and_then(Value::as_i64) != Some(100) {
        return Err(Refusal::limit(format!("{name}.offset must be 100")));
    }
    let value = amount.get("value").and_then(Value::as_i64).filter(|value| *value >= 0);
    value.ok_or_else(|| Refusal::limit(format!("{name}.value must be an integer from 0")))
}

pub(super) fn order_status(action: &Value) -> Checked {
    expected(action, "name", &["review_order"])?;
    let parameters = inner(action, "parameters", "action.parameters")?;
    reference(parameters)?;
    let order = inner(parameters, "order", "order")?;
    let statuses =
        ["pending", "processing", "partially-shipped", "shipped", "completed", "canceled"];
    expected(order, "status", &statuses)?;
    optional(order, "description", "order.description", 120)
}

fn reference(parameters: &Value) -> Checked {
    bounded(parameters, "reference_id", "reference_id", 60)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if string(parameters, "reference_id").is_some_and(|text| text.chars().all(plain)) {
        return Ok(());
    }
    Err(Refusal::limit("reference_id has letters, digits, '_', '.' and '-'"))
}

fn expected(object: &Value, name: &str, values: &[&str]) -> Checked {
    let found = required(object, name, name)?;
    if values.contains(&found) {
        return Ok(());
    }
    Err(Refusal::limit(format!("{name} must be one of {values:?}")))
}
