//! What a message means to the assistant: the one place where the platform's
//! kinds become the core's [`Content`].

use orcazap_core::catalog::Sku;
use orcazap_core::conversation::{Content, MediaKind, QuoteRef, Reply};
use orcazap_core::place::Point;
use orcazap_core::quantity::Quantity;

use super::kind::{Location, MessageKind, OrderLine};
use super::update::InboundMessage;
use crate::ids::MessageId;

impl InboundMessage {
    /// The message that this one refers to: what a reaction is about, or what is
    /// quoted. Look it up to know which quote it carried.
    #[must_use]
    pub fn refers_to(&self) -> Option<&MessageId> {
        match &self.kind {
            MessageKind::Reaction { message_id, .. } => message_id.as_ref(),
            _ => self.context.as_ref()?.message_id.as_ref(),
        }
    }

    /// What the assistant is given of the message; `None` for what asks for no
    /// answer (deletions, changes of number, permissions, talk in a group: who
    /// writes there does not write to the store alone).
    ///
    /// `refers_to` is the quote that the message of
    /// [`refers_to`](Self::refers_to) carried, if it carried one. The id of a
    /// button or row is read as a [`Reply`]; one that is none (set by other
    /// software, or by a template) counts as its label typed. An edited message
    /// is given as what it holds now.
    #[must_use]
    pub fn to_content(&self, refers_to: Option<QuoteRef>) -> Option<Content> {
        content(&self.kind, refers_to).filter(|_| self.group_id.is_none())
    }
}

fn content(kind: &MessageKind, refers_to: Option<QuoteRef>) -> Option<Content> {
    Some(match kind {
        MessageKind::Text { body } => Content::Text(body.clone()),
        MessageKind::TemplateButton { payload, text } => reply(payload, text),
        MessageKind::ButtonReply { id, title } | MessageKind::ListReply { id, title, .. } => {
            reply(id, title)
        }
        MessageKind::Media(media) => {
            Content::Media { kind: media.kind, caption: media.caption.clone() }
        }
        MessageKind::Contacts(_) => Content::Media { kind: MediaKind::Contacts, caption: None },
        MessageKind::Location(location) => {
            Content::Location { label: label(location), point: point(location) }
        }
        MessageKind::Order { text, items, .. } => order(text.as_deref(), items),
        MessageKind::Reaction { emoji, .. } => {
            Content::Reaction { emoji: emoji.clone().unwrap_or_default(), quote_ref: refers_to }
        }
        MessageKind::Edit { kind, .. } => return content(kind, refers_to),
        MessageKind::Welcome => Content::Text(String::new()),
        MessageKind::FormReply { .. }
        | MessageKind::Unsupported { .. }
        | MessageKind::Unknown { .. } => Content::Unsupported,
        MessageKind::CallPermission { .. }
        | MessageKind::PaymentMethod { .. }
        | MessageKind::System(_)
        | MessageKind::Placeholder
        | MessageKind::Revoke { .. } => return None,
    })
}

fn reply(id: &str, title: &str) -> Content {
    match id.parse::<Reply>() {
        Ok(reply) => Content::Reply(reply),
        Err(_) if title.is_empty() => Content::Text(id.to_owned()),
        Err(_) => Content::Text(title.to_owned()),
    }
}

fn label(location: &Location) -> Option<String> {
    match (&location.name, &location.address) {
        (Some(name), Some(address)) => Some(format!("{name}, {address}")),
        (Some(label), None) | (None, Some(label)) => Some(label.clone()),
        (None, None) => None,
    }
}

/// Where it is; coordinates that are none are no reason to lose the label.
fn point(location: &Location) -> Option<Point> {
    Point::new(location.latitude?, location.longitude?).ok()
}

/// A cart of which one product or quantity can't be read is not half an order:
/// a person must look at it.
fn order(text: Option<&str>, items: &[OrderLine]) -> Content {
    let line = |line: &OrderLine| -> Option<(Sku, Quantity)> {
        let quantity = Quantity::new(line.quantity?).ok().filter(|qty| !qty.is_zero())?;
        Some((line.product.parse().ok()?, quantity))
    };
    match items.iter().map(line).collect::<Option<Vec<_>>>() {
        Some(lines) if !lines.is_empty() => Content::CatalogOrder(lines),
        Some(_) if text.is_some() => Content::Text(text.unwrap_or_default().to_owned()),
        _ => Content::Unsupported,
    }
}

#[cfg(test)]
mod tests {
    use orcazap_core::conversation::QuoteNumber;

    use super::*;

    #[track_caller]
    fn check(kind: MessageKind, expected: Option<Content>) {
        assert_eq!(content(&kind, None), expected, "{kind:?}");
    }

    #[test]
    fn a_button_of_ours_is_a_reply_and_any_other_is_its_label() {
        let press = |id: &str, title: &str| MessageKind::ButtonReply {
            id: id.to_owned(),
            title: title.to_owned(),
        };
        let accept = "accept:7:2".parse().unwrap();
        check(press("accept:7:2", "Fechar pedido"), Some(Content::Reply(accept)));
        check(press("menu_1", "Ver preços"), Some(Content::Text("Ver preços".into())));
        check(press("menu_1", ""), Some(Content::Text("menu_1".into())));
    }

    #[test]
    fn a_position_keeps_its_label_when_its_coordinates_are_none() {
        let at = |latitude: Option<&str>, longitude: Option<&str>| {
            MessageKind::Location(Location {
                latitude: latitude.map(|degrees| degrees.parse().unwrap()),
                longitude: longitude.map(|degrees| degrees.parse().unwrap()),
                name: Some("Obra".into()),
                ..Location::default()
            })
        };
        let expected = |point| Some(Content::Location { label: Some("Obra".into()), point });
        let point = Point::new("-23.561414".parse().unwrap(), "-46.655881".parse().unwrap());
        check(at(Some("-23.5614140001"), Some("-46.655881")), expected(point.ok()));
        check(at(Some("-23.56"), None), expected(None));
        check(at(Some("-93"), Some("0")), expected(None));
    }

    #[test]
    fn a_cart_is_taken_whole_or_left_to_a_person() {
        let line = |product: &str, quantity: Option<i64>| OrderLine {
            product: product.into(),
            quantity: quantity.map(Into::into),
            item_price: None,
            currency: None,
        };
        let cart = |items| MessageKind::Order { catalog_id: None, text: None, items };
        check(
            cart(vec![line("CIM-50", Some(10))]),
            Some(Content::CatalogOrder(vec![("CIM-50".parse().unwrap(), "10".parse().unwrap())])),
        );
        for bad in [line("CIM-50", None), line("CIM-50", Some(0)), line("CIM-50", Some(-1))] {
            check(cart(vec![line("CAL", Some(1)), bad]), Some(Content::Unsupported));
        }
    }

    #[test]
    fn a_reaction_names_the_quote_it_is_about_and_a_deletion_asks_for_nothing() {
        let quote_ref = QuoteRef { number: QuoteNumber(7), revision: 2 };
        let thumb = MessageKind::Reaction { message_id: None, emoji: Some("👍".into()) };
        assert_eq!(
            content(&thumb, Some(quote_ref)),
            Some(Content::Reaction { emoji: "👍".into(), quote_ref: Some(quote_ref) })
        );
        check(MessageKind::Revoke { original_id: None }, None);
    }
}
