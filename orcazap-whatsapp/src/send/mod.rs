//! Messages out: each kind is built within the platform's limits, or not at all.
//!
//! A [`Message`] serialises, so that it can wait in an outbox; it is checked
//! again when it is read back. A [`Request`] adds whom it goes to.
//!
//! Lengths are counted in characters (Unicode scalar values: an accent is one, a
//! family of emoji is several), as the platform documents; the label of a link
//! on a card is the one that is counted in bytes. Left out are the kinds that a
//! store in Brazil can't send (`address_message` is for India only) and those of
//! the calling API.

mod buttons;
mod cards;
mod carousel;
mod flow;
mod interactive;
mod limited;
mod link;
mod list;
mod location;
mod media;
mod order;
mod products;
mod reaction;
mod request;
mod template;
mod text;

use orcazap_core::contact::ContactKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use buttons::{Button, Buttons};
pub use cards::{Address, Cards, ContactCard, Organization, Place};
pub use carousel::{Card, Carousel};
pub use flow::{Flow, FlowAction, FlowKey};
pub use interactive::{Header, HeaderFile};
pub use limited::{LimitError, Limited, Named};
pub use link::{LinkButton, WebAddress};
pub use list::{List, Row, Section};
pub use location::Pin;
pub use media::{FileSource, MediaFile};
pub use order::{
    Expiry, Fee, Item, Order, OrderDetails, OrderState, OrderStatus, PayRequest, Payment,
    PaymentState, PixKeyKind, ReferenceId,
};
pub use products::{CatalogButton, CatalogId, Product, ProductList, ProductSection, RetailerId};
pub use reaction::Reaction;
pub use request::{ContactRequest, LocationRequest};
pub use template::{
    Argument, Parameter, ProductChoice, Template, TemplateButton, TemplateCard, TemplateHeader,
    VariableName,
};
pub use text::Text;

use crate::ids::MessageId;
use crate::json::put;

/// What is sent, without whom to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Message {
    /// Words (`text`).
    Text(Text),
    /// Words with one to three reply buttons (`interactive`, `button`).
    Buttons(Buttons),
    /// Words with a list (`interactive`, `list`).
    List(List),
    /// Words with a button that opens an address (`interactive`, `cta_url`).
    Link(LinkButton),
    /// A question for a position on the map (`interactive`,
    /// `location_request_message`).
    LocationRequest(LocationRequest),
    /// A question for the customer's phone number (`interactive`,
    /// `request_contact_info`).
    ContactRequest(ContactRequest),
    /// Words with a button that opens a form (`interactive`, `flow`).
    Flow(Flow),
    /// One product of the catalogue (`interactive`, `product`).
    Product(Product),
    /// Several products of the catalogue (`interactive`, `product_list`).
    ProductList(ProductList),
    /// Words with a button to the whole catalogue (`interactive`,
    /// `catalog_message`).
    Catalog(CatalogButton),
    /// Cards side by side (`interactive`, `carousel`).
    Carousel(Carousel),
    /// An order to pay in the chat (`interactive`, `order_details`).
    OrderDetails(Box<OrderDetails>),
    /// News of such an order (`interactive`, `order_status`).
    OrderStatus(OrderStatus),
    /// A photo, video, document, sound or sticker.
    Media(MediaFile),
    /// A position on the map (`location`).
    Location(Pin),
    /// Contact cards (`contacts`).
    Contacts {
        /// The cards.
        cards: Cards,
    },
    /// A reaction to a message (`reaction`).
    Reaction(Reaction),
    /// An approved template (`template`); the only kind outside the window.
    Template(Template),
}

impl Message {
    /// Whether it may be sent outside the 24-hour window.
    #[must_use]
    pub fn fits_closed_window(&self) -> bool {
        matches!(self, Self::Template(_))
    }

    /// The words that the customer reads; a template's name in their place, and
    /// nothing where there are none.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text) => text.body(),
            Self::Buttons(buttons) => buttons.body(),
            Self::List(list) => list.body(),
            Self::Link(link) => link.body(),
            Self::LocationRequest(request) => request.body(),
            Self::ContactRequest(request) => request.body(),
            Self::Flow(flow) => flow.body(),
            Self::Product(product) => product.body().unwrap_or_default(),
            Self::ProductList(list) => list.body(),
            Self::Catalog(button) => button.body(),
            Self::Carousel(carousel) => carousel.body(),
            Self::OrderDetails(details) => details.body(),
            Self::OrderStatus(status) => status.body(),
            Self::Media(file) => file.caption().unwrap_or_default(),
            Self::Location(pin) => pin.name().unwrap_or_default(),
            Self::Contacts { .. } => "",
            Self::Reaction(reaction) => reaction.emoji().unwrap_or_default(),
            Self::Template(template) => template.name(),
        }
    }

    /// The platform's `type`, and the object of that name.
    fn to_graph(&self) -> (&'static str, Value) {
        match self {
            Self::Text(text) => ("text", text.to_graph()),
            Self::Buttons(buttons) => ("interactive", buttons.to_graph()),
            Self::List(list) => ("interactive", list.to_graph()),
            Self::Link(link) => ("interactive", link.to_graph()),
            Self::LocationRequest(request) => ("interactive", request.to_graph()),
            Self::ContactRequest(request) => ("interactive", request.to_graph()),
            Self::Flow(flow) => ("interactive", flow.to_graph()),
            Self::Product(product) => ("interactive", product.to_graph()),
            Self::ProductList(list) => ("interactive", list.to_graph()),
            Self::Catalog(button) => ("interactive", button.to_graph()),
            Self::Carousel(carousel) => ("interactive", carousel.to_graph()),
            Self::OrderDetails(details) => ("interactive", details.to_graph()),
            Self::OrderStatus(status) => ("interactive", status.to_graph()),
            Self::Media(file) => (file.code(), file.to_graph()),
            Self::Location(pin) => ("location", pin.to_graph()),
            Self::Contacts { cards } => ("contacts", cards.to_graph()),
            Self::Reaction(reaction) => ("reaction", reaction.to_graph()),
            Self::Template(template) => ("template", template.to_graph()),
        }
    }
}

/// Text that comes back in every status of a message
/// (`biz_opaque_callback_data`): 1 to 512 characters.
pub type CallbackData = Limited<512>;

/// A message and whom it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whom to: by phone number (`to`) exactly as it came in when it is known,
    /// else by business-scoped user id (`recipient`).
    pub to: ContactKey,
    /// What.
    pub message: Message,
    /// The message it answers, shown above it (`context.message_id`).
    pub reply_to: Option<MessageId>,
    /// What comes back in its statuses: the handle when the answer is lost.
    pub callback_data: Option<CallbackData>,
}

impl Request {
    /// A message to a recipient that answers nothing and calls nothing back.
    #[must_use]
    pub fn new(to: ContactKey, message: Message) -> Self {
        Self { to, message, reply_to: None, callback_data: None }
    }

    /// The same with callback data.
    #[must_use]
    pub fn with_callback_data(self, data: CallbackData) -> Self {
        Self { callback_data: Some(data), ..self }
    }

    /// The body of the call, `POST /<version>/<phone number id>/messages`.
    #[must_use]
    pub fn to_graph(&self) -> Value {
        let (kind, object) = self.message.to_graph();
        let mut graph = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "type": kind,
            kind: object,
        });
        if let Some(phone) = self.to.phone() {
            // With its plus sign, or the sender's country code may be put before it.
            put(&mut graph, "to", json!(format!("+{}", phone.digits())));
        } else if let Some(user) = self.to.user_id() {
            put(&mut graph, "recipient", json!(user));
        }
        // A reaction names its message itself.
        let quoted = self.reply_to.as_ref();
        if let Some(id) = quoted.filter(|_| !matches!(self.message, Message::Reaction(_))) {
            put(&mut graph, "context", json!({ "message_id": id }));
        }
        if let Some(data) = &self.callback_data {
            put(&mut graph, "biz_opaque_callback_data", json!(data));
        }
        graph
    }
}
