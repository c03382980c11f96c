//! What Meta refuses about a template message.

use serde_json::Value;

use super::Checked;
use super::parts::{array, inner, length, required, string};
use crate::graph_sim::handle::SimTemplate;
use crate::graph_sim::refusal::Refusal;

pub(super) fn template(object: &Value, templates: &[SimTemplate]) -> Checked {
    let name = required(object, "name", "template.name")?;
    let language = inner(object, "language", "template.language")?;
    let language = required(language, "code", "template.language.code")?;
    let known = templates.iter().find(|one| one.name == name && one.language == language);
    let Some(template) = known else {
        let details = format!("template name ({name}) does not exist in {language}");
        return Err(Refusal::new(404, 132_001, details));
    };
    let components = match object.get("components") {
        None => &[],
        Some(_) => array(object, "components", "template.components")?,
    };
    let body = components
        .iter()
        .find(|c| string(c, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("body")));
    let parameters = match body {
        None => &[],
        Some(body) => array(body, "parameters", "body.parameters")?,
    };
    if parameters.len() != template.parameters {
        let (found, expected) = (parameters.len(), template.parameters);
        let details = format!("body: number of parameters ({found}) does not match ({expected})");
        return Err(Refusal::new(400, 132_000, details));
    }
    parameters.iter().filter(|p| string(p, "type") == Some("text")).try_for_each(|parameter| {
        let text = required(parameter, "text", "parameter.text")?;
        length(text, "parameter.text", 1024)?;
        if text.contains(['\n', '\t']) || text.contains("     ") {
            let details = "Param text cannot have new-line/tab or more than 4 consecutive spaces";
            return Err(Refusal::new(400, 132_012, details));
        }
        Ok(())
    })
}
