//! What people see: minijinja templates over plain structs.
//!
//! Each template has a struct that holds every text it shows, already in pt-BR
//! and formatted ([`format`], [`words`]); a template decides nothing but the
//! layout. Names are strict: a template that asks for what its struct does not
//! hold is an error, and a test renders every template with every sample.

pub(crate) mod approvals;
pub(crate) mod assets;
pub(crate) mod changes;
pub(crate) mod conversations;
pub(crate) mod costs;
pub(crate) mod emphasis;
pub(crate) mod error;
pub(crate) mod fields;
pub(crate) mod figures;
pub(crate) mod format;
pub(crate) mod frame;
pub(crate) mod home;
pub(crate) mod hours;
pub(crate) mod login;
pub(crate) mod news;
pub(crate) mod notices;
pub(crate) mod phone;
pub(crate) mod prices;
pub(crate) mod products;
pub(crate) mod quotes;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod texts;
pub(crate) mod words;

use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;
use thiserror::Error;

use frame::Frame;

#[derive(RustEmbed)]
#[folder = "views"]
struct Templates;

/// Why something could not be shown: a fault of ours, never of a person.
#[derive(Debug, Error)]
#[error("template {template} does not render")]
pub struct ViewError {
    template: String,
    #[source]
    source: minijinja::Error,
}

/// What one template shows.
pub(crate) trait View: Serialize {
    /// The template's file, below `views/`.
    const TEMPLATE: &'static str;
    /// The name the template knows it by.
    const NAME: &'static str = "page";
}

/// Every template, read once.
#[derive(Debug, Clone)]
pub(crate) struct Views(Arc<Environment<'static>>);

impl Views {
    /// Reads the templates.
    ///
    /// # Errors
    ///
    /// A [`ViewError`] that names the template which does not parse.
    pub(crate) fn new() -> Result<Self, ViewError> {
        let mut env = Environment::new();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.add_function("asset", |path: &str| assets::href(path));
        for name in Templates::iter() {
            let Some(file) = Templates::get(&name) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            env.add_template_owned(name.to_string(), text)
                .map_err(|source| ViewError { template: name.to_string(), source })?;
        }
        Ok(Self(Arc::new(env)))
    }

    /// A page or a part of one as a store's person sees it.
    pub(crate) fn framed<V: View>(&self, frame: &Frame, view: &V) -> Result<String, ViewError> {
        let values: [(&str, Value); 2] =
            [("frame", Serde(frame).into()), (V::NAME, Serde(view).into())];
        self.render(V::TEMPLATE, Value::from_pairs(values))
    }

    /// A page that needs nobody to be logged in.
    pub(crate) fn bare<V: View>(&self, view: &V) -> Result<String, ViewError> {
        self.render(V::TEMPLATE, context! { page => Serde(view) })
    }

    fn render(&self, name: &str, values: Value) -> Result<String, ViewError> {
        let template = self.0.get_template(name);
        let html = template.and_then(|template| template.render(values));
        html.map_err(|source| ViewError { template: name.to_owned(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_framed<V: View>(samples: &[V]) {
        let views = Views::new().unwrap();
        for sample in samples {
            for frame in Frame::samples() {
                let html = views.framed(&frame, sample).unwrap();
                assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
            }
        }
    }

    #[track_caller]
    fn check_bare<V: View>(samples: &[V]) {
        let views = Views::new().unwrap();
        for sample in samples {
            let html = views.bare(sample).unwrap();
            assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
        }
    }

    #[test]
    fn every_template_renders_every_sample_without_an_undefined_name() {
        check_framed(&home::Home::samples());
        check_framed(&approvals::Queue::samples());
        check_framed(&approvals::Card::samples());
        check_framed(&approvals::Done::samples());
        check_framed(&approvals::Suggestions::samples());
        check_framed(&conversations::List::samples());
        check_framed(&conversations::Show::samples());
        check_framed(&costs::Show::samples());
        check_framed(&notices::List::samples());
        check_framed(&quotes::List::samples());
        check_framed(&quotes::Show::samples());
        check_framed(&prices::List::samples());
        check_framed(&prices::Edit::samples());
        check_framed(&products::List::samples());
        check_framed(&products::Edit::samples());
        check_framed(&settings::Settings::samples());
        check_framed(&hours::Hours::samples());
        check_framed(&texts::List::samples());
        check_framed(&texts::Edit::samples());
        check_framed(&texts::Preview::samples());
        check_bare(&login::Login::samples());
        check_bare(&error::Problem::samples());
        check_bare(&start::Start::samples());
        check_bare(&phone::Phone::samples());
    }

    #[test]
    fn what_a_customer_writes_is_shown_and_never_taken_for_markup() {
        let views = Views::new().unwrap();
        let mut show = conversations::Show::samples().remove(0);
        show.customer = "\"><script>alert(1)</script>".to_owned();
        let html = views.framed(&Frame::samples().remove(0), &show).unwrap();
        assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;"), "{html}");
    }
}
