//! A template as the platform's JSON, both ways.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::definition::{ButtonDefinition, Definition, HeaderDefinition, TemplateCategory};
use super::variables::Variables;
use crate::json::put;

impl Definition {
    /// The body of `POST /<account id>/message_templates`.
    #[must_use]
    pub fn to_graph(&self) -> Value {
        let mut graph = json!({
            "name": self.name,
            "language": self.language,
            "category": self.category.code(),
            "components": self.components(),
        });
        if self.is_named() {
            put(&mut graph, "parameter_format", "NAMED");
        }
        if let Some(seconds) = self.ttl_seconds {
            put(&mut graph, "message_send_ttl_seconds", seconds);
        }
        graph
    }

    fn is_named(&self) -> bool {
        self.variables().are_named()
            || self.header_variable().is_some_and(|name| name.parse::<u32>().is_err())
    }

    /// Its components as the platform takes them (`components`).
    #[must_use]
    pub fn components(&self) -> Value {
        let mut components = Vec::new();
        if let Some(header) = &self.header {
            components.push(self.header_component(header));
        }
        let mut body = json!({ "type": "BODY", "text": self.body });
        if let Some(example) = self.example("body_text", self.variables().names(), true) {
            put(&mut body, "example", example);
        }
        components.push(body);
        if let Some(footer) = &self.footer {
            components.push(json!({ "type": "FOOTER", "text": footer }));
        }
        if !self.buttons.is_empty() {
            let buttons: Vec<Value> = self.buttons.iter().map(button_to_graph).collect();
            components.push(json!({ "type": "BUTTONS", "buttons": buttons }));
        }
        components.extend(self.others.iter().cloned());
        Value::Array(components)
    }

    fn header_component(&self, header: &HeaderDefinition) -> Value {
        let file = |format: &str, handle: &str| {
            let mut component = json!({ "type": "HEADER", "format": format });
            if !handle.is_empty() {
                put(&mut component, "example", json!({ "header_handle": [handle] }));
            }
            component
        };
        match header {
            HeaderDefinition::Text(text) => {
                let mut component = json!({ "type": "HEADER", "format": "TEXT", "text": text });
                let names = Variables::of(text);
                if let Some(example) = self.example("header_text", names.names(), false) {
                    put(&mut component, "example", example);
                }
                component
            }
            HeaderDefinition::Image { handle } => file("IMAGE", handle),
            HeaderDefinition::Video { handle } => file("VIDEO", handle),
            HeaderDefinition::Document { handle } => file("DOCUMENT", handle),
            HeaderDefinition::Location => json!({ "type": "HEADER", "format": "LOCATION" }),
        }
    }

    /// The examples of a component; numbered ones of a body stand in a list of
    /// their own.
    fn example(&self, field: &str, names: &[&str], nested: bool) -> Option<Value> {
        if names.is_empty() {
            return None;
        }
        let example = |name: &&str| self.examples.get(*name).cloned().unwrap_or_default();
        let mut object = json!({});
        if self.is_named() {
            let param = |name: &&str| json!({ "param_name": name, "example": example(name) });
            let params: Vec<Value> = names.iter().map(param).collect();
            put(&mut object, &format!("{field}_named_params"), params);
        } else {
            let values: Vec<Value> = names.iter().map(|name| example(name).into()).collect();
            put(&mut object, field, if nested { json!([values]) } else { json!(values) });
        }
        Some(object)
    }

    /// A template as the platform lists it. `None` without a name, a language, a
    /// body or a category that is known; what else is not known is kept in
    /// [`others`](Self::others).
    #[must_use]
    pub fn from_graph(graph: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| Some(value.get(name)?.as_str()?.to_owned());
        let mut definition = Self {
            name: text(graph, "name")?,
            language: text(graph, "language")?,
            category: TemplateCategory::from_code(&text(graph, "category")?)?,
            ttl_seconds: graph
                .get("message_send_ttl_seconds")
                .and_then(Value::as_u64)
                .and_then(|seconds| seconds.try_into().ok()),
            header: None,
            body: String::new(),
            footer: None,
            buttons: Vec::new(),
            examples: BTreeMap::new(),
            others: Vec::new(),
        };
        let mut body = None;
        for component in graph.get("components")?.as_array()? {
            let kind = text(component, "type").unwrap_or_default().to_ascii_uppercase();
            match kind.as_str() {
                "HEADER" => match header_from_graph(component) {
                    Some(header) => definition.header = Some(header),
                    None => definition.others.push(component.clone()),
                },
                "BODY" => body = text(component, "text"),
                "FOOTER" => definition.footer = text(component, "text"),
                "BUTTONS" => {
                    let buttons = component.get("buttons").and_then(Value::as_array);
                    definition.buttons =
                        buttons.into_iter().flatten().map(button_from_graph).collect();
                }
                _ => definition.others.push(component.clone()),
            }
            definition.read_examples(component);
        }
        definition.body = body?;
        Some(definition)
    }

    fn read_examples(&mut self, component: &Value) {
        let Some(example) = component.get("example").and_then(Value::as_object) else { return };
        for field in ["body_text_named_params", "header_text_named_params"] {
            for param in example.get(field).and_then(Value::as_array).into_iter().flatten() {
                let text = |name| param.get(name).and_then(Value::as_str);
                if let (Some(name), Some(value)) = (text("param_name"), text("example")) {
                    self.examples.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        let numbered = ["/body_text/0", "/header_text"];
        let example = Value::Object(example.clone());
        for path in numbered {
            let values = example.pointer(path).and_then(Value::as_array);
            for (place, value) in values.into_iter().flatten().enumerate() {
                if let Some(value) = value.as_str() {
                    let name = (place + 1).to_string();
                    self.examples.entry(name).or_insert_with(|| value.to_owned());
                }
            }
        }
    }
}

fn header_from_graph(component: &Value) -> Option<HeaderDefinition> {
    let text = |name: &str| component.get(name).and_then(Value::as_str);
    let handle = component.pointer("/example/header_handle/0").and_then(Value::as_str);
    let handle = handle.unwrap_or_default().to_owned();
    Some(match text("format")?.to_ascii_uppercase().as_str() {
        "TEXT" => HeaderDefinition::Text(text("text")?.to_owned()),
        "IMAGE" => HeaderDefinition::Image { handle },
        "VIDEO" => HeaderDefinition::Video { handle },
        "DOCUMENT" => HeaderDefinition::Document { handle },
        "LOCATION" => HeaderDefinition::Location,
        _ => return None,
    })
}

fn button_to_graph(button: &ButtonDefinition) -> Value {
    match button {
        ButtonDefinition::QuickReply { text } => json!({ "type": "QUICK_REPLY", "text": text }),
        ButtonDefinition::Url { text, url, example } => {
            let mut graph = json!({ "type": "URL", "text": text, "url": url });
            if let Some(example) = example {
                put(&mut graph, "example", json!([example]));
            }
            graph
        }
        ButtonDefinition::PhoneNumber { text, phone_number } => {
            json!({ "type": "PHONE_NUMBER", "text": text, "phone_number": phone_number })
        }
        ButtonDefinition::CopyCode { example } => {
            json!({ "type": "COPY_CODE", "example": example })
        }
        ButtonDefinition::Flow { text, flow_id } => {
            json!({ "type": "FLOW", "text": text, "flow_id": flow_id })
        }
        ButtonDefinition::Catalog { text } => json!({ "type": "CATALOG", "text": text }),
        ButtonDefinition::Mpm { text } => json!({ "type": "MPM", "text": text }),
        ButtonDefinition::OrderDetails { text } => json!({ "type": "ORDER_DETAILS", "text": text }),
        ButtonDefinition::Otp { text, otp_type } => {
            json!({ "type": "OTP", "text": text, "otp_type": otp_type.to_ascii_uppercase() })
        }
        ButtonDefinition::Other { raw } => raw.clone(),
    }
}

fn button_from_graph(graph: &Value) -> ButtonDefinition {
    known_button(graph).unwrap_or_else(|| ButtonDefinition::Other { raw: graph.clone() })
}

fn known_button(graph: &Value) -> Option<ButtonDefinition> {
    let fields: &Map<String, Value> = graph.as_object()?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    // An example is a text, or a list of one.
    let example = || {
        let example = fields.get("example")?;
        let first = example.as_array().and_then(|list| list.first()).unwrap_or(example);
        first.as_str().map(str::to_owned)
    };
    let label = text("text").unwrap_or_default();
    Some(match text("type")?.to_ascii_uppercase().as_str() {
        "QUICK_REPLY" => ButtonDefinition::QuickReply { text: label },
        "URL" => ButtonDefinition::Url { text: label, url: text("url")?, example: example() },
        "PHONE_NUMBER" => {
            ButtonDefinition::PhoneNumber { text: label, phone_number: text("phone_number")? }
        }
        "COPY_CODE" => ButtonDefinition::CopyCode { example: example().unwrap_or_default() },
        "FLOW" => {
            let flow_id = fields.get("flow_id")?;
            let number = flow_id.as_u64().map(|id| id.to_string());
            let flow_id = flow_id.as_str().map(str::to_owned).or(number)?;
            ButtonDefinition::Flow { text: label, flow_id }
        }
        "CATALOG" => ButtonDefinition::Catalog { text: label },
        "MPM" => ButtonDefinition::Mpm { text: label },
        "ORDER_DETAILS" => ButtonDefinition::OrderDetails { text: label },
        "OTP" => {
            let otp_type = text("otp_type").unwrap_or_default().to_ascii_lowercase();
            ButtonDefinition::Otp { text: label, otp_type }
        }
        _ => return None,
    })
}
