//! Content objects: how Twilio sends buttons and lists.
//!
//! Twilio takes neither in the message itself: they are objects of its Content API
//! that a message names. One object a *shape* is enough (two buttons; a list of
//! five rows of which the third has a description): every word and id in it is a
//! variable that the message fills. Within the 24-hour window these need no approval.

use serde_json::{Map, Value, json};

/// What the names of our objects begin with; the number changes with their form.
const PREFIX: &str = "orcazap_v1_";

/// The most characters of a list's or a button message's body.
pub(super) const MAX_BODY: usize = 1024;

/// A message that needs a content object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    /// The object's name in the account, the same for the same shape.
    pub(super) name: String,
    /// Its language, as the account knows it.
    pub(super) language: String,
    /// What fills its variables, the first being `1`.
    pub(super) values: Vec<String>,
    /// What it is made as when the account has none; `None` for a template, which
    /// a person has to write and have approved.
    pub(super) definition: Option<Value>,
}

impl Content {
    /// Words with reply buttons, each an id and a title.
    pub(super) fn quick_reply(body: &str, buttons: &[(String, String)]) -> Self {
        let mut slots = Slots::default();
        let body = slots.take(body);
        let actions: Vec<Value> = buttons
            .iter()
            .map(|(id, title)| json!({ "id": slots.take(id), "title": slots.take(title) }))
            .collect();
        let types = json!({ "twilio/quick-reply": { "body": body, "actions": actions } });
        slots.content(&format!("quick_reply_{}", buttons.len()), &types)
    }

    /// Words with a list of rows.
    pub(super) fn list_picker(body: &str, button: &str, rows: &[ListRow]) -> Self {
        let mut slots = Slots::default();
        let (body, button) = (slots.take(body), slots.take(button));
        let mut shape = String::from("list_");
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let mut item = json!({ "id": slots.take(&row.id), "item": slots.take(&row.title) });
            shape.push(if row.description.is_some() { 'd' } else { 'r' });
            if let Some(description) = &row.description {
                crate::json::put(&mut item, "description", slots.take(description));
            }
            items.push(item);
        }
        let picker = json!({ "body": body, "button": button, "items": items });
        slots.content(&shape, &json!({ "twilio/list-picker": picker }))
    }

    /// A template, known in the account by its name and language.
    pub(super) fn template(name: &str, language: &str, values: Vec<String>) -> Self {
        let (name, language) = (name.to_owned(), language.to_owned());
        Self { name, language, values, definition: None }
    }

    /// The variables as Twilio takes them: a JSON object in a text.
    pub(super) fn variables(&self) -> String {
        let variables: Map<String, Value> = self
            .values
            .iter()
            .enumerate()
            .map(|(nth, value)| ((nth + 1).to_string(), json!(value)))
            .collect();
        Value::Object(variables).to_string()
    }
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListRow {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
}

/// Values that become variables.
#[derive(Default)]
struct Slots(Vec<String>);

impl Slots {
    /// Keeps a value and gives the variable that stands for it.
    fn take(&mut self, value: &str) -> String {
        self.0.push(value.to_owned());
        format!("{{{{{}}}}}", self.0.len())
    }

    fn content(self, shape: &str, types: &Value) -> Content {
        let name = format!("{PREFIX}{shape}");
        let samples: Map<String, Value> = (1..=self.0.len())
            .map(|nth| (nth.to_string(), json!(format!("texto {nth}"))))
            .collect();
        let definition = json!({
            "friendly_name": name, "language": "pt_BR", "variables": samples, "types": types,
        });
        let language = "pt_BR".to_owned();
        Content { name, language, values: self.0, definition: Some(definition) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_object_serves_every_message_of_a_shape() {
        let buttons = |a: &str, b: &str| {
            [(format!("id:{a}"), a.to_owned()), (format!("id:{b}"), b.to_owned())]
        };
        let first = Content::quick_reply("Fecha?", &buttons("Sim", "Não"));
        let second = Content::quick_reply("Qual?", &buttons("6 furos", "8 furos"));
        assert_eq!((&first.name, &first.definition), (&second.name, &second.definition));
        assert_eq!(
            first.variables(),
            r#"{"1":"Fecha?","2":"id:Sim","3":"Sim","4":"id:Não","5":"Não"}"#
        );
        let types = &first.definition.unwrap()["types"]["twilio/quick-reply"];
        assert_eq!(types["body"], "{{1}}");
        assert_eq!(types["actions"][1], json!({ "id": "{{4}}", "title": "{{5}}" }));
    }

    #[test]
    fn a_list_is_of_another_shape_where_its_descriptions_stand_elsewhere() {
        let row = |title: &str, description: Option<&str>| ListRow {
            id: title.to_owned(),
            title: title.to_owned(),
            description: description.map(str::to_owned),
        };
        let list = |rows: &[ListRow]| Content::list_picker("Qual?", "Escolher", rows);
        let one = list(&[row("CP II", Some("50 kg")), row("CP III", None)]);
        let other = list(&[row("CP II", None), row("CP III", Some("40 kg"))]);
        assert_eq!((one.name.as_str(), one.values.len()), ("orcazap_v1_list_dr", 7));
        assert_eq!(other.name, "orcazap_v1_list_rd");
    }
}
