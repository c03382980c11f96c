//! The phone of the demo: a page that looks like WhatsApp and types to the real
//! webhook.
//!
//! It stands on the customer's side of the Graph API's stand-in: what is typed
//! becomes a signed webhook, and what the server sends through the Cloud API
//! comes back as bubbles. Nothing here reaches into a store's data, but for what
//! an earlier run left there ([`recall`]).

mod chat;
mod people;
mod recall;
mod send;

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Html;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use axum::{Json, Router};
use chrono_tz::Tz;
use futures_util::{Stream, StreamExt as _};
use orcazap_whatsapp::graph_sim::SimEvent;
use serde::Deserialize;
use tokio_stream::wrappers::BroadcastStream;

use crate::app::App;
use crate::demo::Demo;
use crate::http::problem::PageError;
use crate::views;
use chat::{Bubble, Chat};
use people::{People, Person};

/// The time zone of the clock on the phone.
const CLOCK: Tz = chrono_tz::America::Sao_Paulo;

/// The customers who write from the phone, and what they wrote.
#[derive(Debug, Default)]
pub(super) struct Phone {
    people: Mutex<People>,
    chat: Mutex<Chat>,
}

impl Phone {
    fn people(&self) -> MutexGuard<'_, People> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn chat(&self) -> MutexGuard<'_, Chat> {
        self.chat.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/phone", get(page))
        .route("/phone/customers", get(customers).post(new_customer))
        .route("/phone/messages", get(messages).post(send::send))
        .route("/phone/events", get(events))
}

/// What a handler of the phone needs; in earnest there is no phone, and its pages
/// are not found.
struct OfDemo {
    demo: Arc<Demo>,
    phone: Arc<Phone>,
    app: App,
}

impl FromRequestParts<App> for OfDemo {
    type Rejection = StatusCode;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, StatusCode> {
        let demo = app.demo.clone().ok_or(StatusCode::NOT_FOUND)?;
        Ok(Self { demo, phone: Arc::clone(&app.web.phone), app: app.clone() })
    }
}

impl OfDemo {
    fn person(&self, id: &str) -> Result<Person, StatusCode> {
        self.phone.people().find(id).ok_or(StatusCode::NOT_FOUND)
    }
}

async fn page(OfDemo { demo, app, .. }: OfDemo) -> Result<Html<String>, PageError> {
    let dashboard = app.config.http.base_domain.url(demo.slug, "/");
    let view = views::phone::Phone::new(&demo.store_name, dashboard);
    Ok(Html(app.web.views.bare(&view)?))
}

async fn customers(OfDemo { phone, .. }: OfDemo) -> Json<Vec<Person>> {
    Json(phone.people().all())
}

/// One with whom the store has no conversation: also what an earlier run left
/// unread may have begun one by now.
async fn new_customer(OfDemo { demo, phone, app }: OfDemo) -> Result<Json<Person>, StatusCode> {
    phone.recall_people(&app.store, &demo).await.map_err(|error| {
        tracing::error!(%error, "the phone can't tell which numbers are known");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    phone.people().add().map(Json).ok_or(StatusCode::TOO_MANY_REQUESTS)
}

/// Whose conversation is meant.
#[derive(Debug, Deserialize)]
struct Of {
    customer: String,
}

async fn messages(of_demo: OfDemo, Query(of): Query<Of>) -> Result<Json<Vec<Bubble>>, StatusCode> {
    let person = of_demo.person(&of.customer)?;
    let sent = of_demo.demo.sim.sent();
    Ok(Json(of_demo.phone.chat().bubbles(&person, &sent, CLOCK)))
}

/// Says `change` whenever something happened in a customer's conversation; the
/// page then asks for the bubbles.
async fn events(
    of_demo: OfDemo,
    Query(of): Query<Of>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let person = of_demo.person(&of.customer)?;
    let OfDemo { demo, phone, app } = of_demo;
    let concerns = move |event| {
        let concerned = match event {
            Ok(SimEvent::Sent(sent)) => person.is(&sent.to),
            Ok(SimEvent::Read { message_id, customer, .. }) => {
                phone.chat().read(&message_id);
                person.is(&customer)
            }
            Ok(SimEvent::Status { .. } | SimEvent::Refused { .. }) => false,
            // Some were missed: what there is now is asked for.
            Err(_) => true,
        };
        async move { concerned.then(|| Ok(Event::default().event("change").data("1"))) }
    };
    let happened = BroadcastStream::new(demo.sim.subscribe());
    let stream = happened.filter_map(concerns).take_until(app.shutdown.cancelled_owned());
    Ok(Sse::new(stream).keep_alive(KeepAlive::default()))
}
