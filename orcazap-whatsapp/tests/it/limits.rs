//! Every limit of every kind: at the limit a message is built and the schema takes
//! it; one beyond, neither does.

use orcazap_core::conversation::MediaKind;
use orcazap_whatsapp::send::{
    Button, Buttons, Card, Cards, Carousel, CatalogButton, ContactCard, ContactRequest, Expiry,
    Fee, FileSource, Flow, FlowKey, Header, Item, LimitError, LinkButton, List, LocationRequest,
    MediaFile, Order, OrderDetails, OrderState, OrderStatus, Parameter, PayRequest, Payment, Pin,
    PixKeyKind, Place, Product, ProductList, ProductSection, Reaction, ReferenceId, Row, Section,
    Template, TemplateButton, TemplateCard, Text, VariableName, WebAddress,
};
use orcazap_whatsapp::{Message, Request};
use proptest::prelude::*;
use serde_json::Value;

use crate::kinds::{
    button, buttons, card, every_kind, file, id, list, money, named, page, pay_request, picture,
    section, value,
};
use crate::schema::{MESSAGE, assert_valid};
use crate::store::phone;

type Built = Result<Message, LimitError>;

fn json(message: &Message) -> Value {
    Request::new(phone("551187654321").into(), message.clone()).to_graph()
}

/// A part of a message that is a text, and how long it may be.
struct Length {
    max: usize,
    at: &'static str,
    build: fn(String) -> Built,
}

/// A part of a message that is a list, and how many entries it may have.
struct Count {
    min: usize,
    max: usize,
    at: &'static str,
    build: fn(usize) -> Built,
}

fn body(text: String) -> Built {
    Buttons::new(text, vec![button("a", "Sim")]).map(Message::Buttons)
}

fn order_with(change: impl FnOnce(&mut Order) -> Result<(), LimitError>) -> Built {
    let mut order = Order::new(vec![Item::new(id("A"), "Areia", money("1"), 1)?]);
    change(&mut order)?;
    pay(ReferenceId::new("reference_id", "r")?, order, Payment::link(page())?)
}

fn pay(name: ReferenceId, order: Order, way: Payment) -> Built {
    let request = PayRequest::new(name, order, vec![way])?;
    OrderDetails::new("Pague aqui", request).map(Box::new).map(Message::OrderDetails)
}

fn pix(code: &str, name: &str, key: &str) -> Built {
    let order = Order::new(vec![Item::new(id("A"), "Areia", money("1"), 1)?]);
    let way = Payment::pix(code, name, PixKeyKind::Evp, key)?;
    pay(ReferenceId::new("reference_id", "r")?, order, way)
}

fn status(change: impl FnOnce(OrderStatus) -> Result<OrderStatus, LimitError>) -> Built {
    let name = ReferenceId::new("reference_id", "r")?;
    change(OrderStatus::new("Saiu", name, OrderState::Shipped)?).map(Message::OrderStatus)
}

fn pin(change: impl FnOnce(Pin) -> Result<Pin, LimitError>) -> Built {
    change(Pin::new(1.into(), 1.into())?).map(Message::Location)
}

fn contact(change: impl FnOnce(ContactCard) -> Result<ContactCard, LimitError>) -> Built {
    Ok(Message::Contacts { cards: Cards::new(vec![change(ContactCard::named("Ana")?)?])? })
}

fn template(change: impl FnOnce(Template) -> Result<Template, LimitError>) -> Built {
    change(Template::new("ola", "pt_BR", Vec::new())?).map(Message::Template)
}

fn flow(button: &str) -> Result<Flow, LimitError> {
    Flow::new("Conte da obra", button, FlowKey::Id(id("1")))
}

/// An address of so many characters.
fn address(length: usize) -> url::Url {
    let start = "https://loja.example/";
    format!("{start}{}", "a".repeat(length.saturating_sub(start.len()))).parse().unwrap()
}

#[rustfmt::skip]
fn lengths() -> Vec<Length> {
    let at = |max, at, build| Length { max, at, build };
    vec![
        at(4096, "/text/body", |t| Text::new(t).map(Message::Text)),
        at(16, "/reaction/emoji", |t| Reaction::new("wamid.A".parse().unwrap(), t).map(Message::Reaction)),
        at(1024, "/image/caption", |t| file(MediaKind::Image).with_caption(t).map(Message::Media)),
        at(1024, "/video/caption", |t| file(MediaKind::Video).with_caption(t).map(Message::Media)),
        at(1024, "/document/caption", |t| file(MediaKind::Document).with_caption(t).map(Message::Media)),
        at(240, "/document/filename", |t| file(MediaKind::Document).with_filename(t).map(Message::Media)),
        at(1000, "/location/name", |t| pin(|pin| pin.with_name(t))),
        at(1000, "/location/address", |t| pin(|pin| pin.with_address(t))),
        at(256, "/contacts/0/name/formatted_name", |t| {
            Ok(Message::Contacts { cards: Cards::new(vec![ContactCard::named(t)?])? })
        }),
        at(254, "/contacts/0/emails/0/email", |t| contact(|card| card.with_email(t, Place::Home))),
        at(1024, "/interactive/body/text", body),
        at(60, "/interactive/footer/text", |t| buttons().with_footer(t).map(Message::Buttons)),
        at(60, "/interactive/header/text", |t| Ok(Message::Buttons(buttons().with_header(Header::text(t)?)))),
        at(256, "/interactive/action/buttons/0/reply/id", |t| {
            Buttons::new("a", vec![Button::new(t, "Sim")?]).map(Message::Buttons)
        }),
        at(20, "/interactive/action/buttons/0/reply/title", |t| {
            Buttons::new("a", vec![Button::new("a", t)?]).map(Message::Buttons)
        }),
        at(4096, "/interactive/body/text", |t| {
            List::new(t, "Ver", vec![Section::untitled(vec![Row::new("a", "A")?])]).map(Message::List)
        }),
        at(20, "/interactive/action/button", |t| {
            List::new("a", t, vec![Section::untitled(vec![Row::new("a", "A")?])]).map(Message::List)
        }),
        at(60, "/interactive/header/text", |t| list().with_header(t).map(Message::List)),
        at(60, "/interactive/footer/text", |t| list().with_footer(t).map(Message::List)),
        at(24, "/interactive/action/sections/0/title", |t| {
            List::new("a", "Ver", vec![Section::new(t, vec![Row::new("a", "A")?])?]).map(Message::List)
        }),
        at(200, "/interactive/action/sections/0/rows/0/id", |t| row(Row::new(t, "A"))),
        at(24, "/interactive/action/sections/0/rows/0/title", |t| row(Row::new("a", t))),
        at(72, "/interactive/action/sections/0/rows/0/description", |t| row(Row::new("a", "A")?.with_description(t))),
        at(20, "/interactive/action/parameters/display_text", |t| LinkButton::new("a", t, page()).map(Message::Link)),
        at(60, "/interactive/footer/text", |t| LinkButton::new("a", "b", page())?.with_footer(t).map(Message::Link)),
        at(1024, "/interactive/body/text", |t| LocationRequest::new(t).map(Message::LocationRequest)),
        at(1024, "/interactive/body/text", |t| ContactRequest::new(t).map(Message::ContactRequest)),
        at(30, "/interactive/action/parameters/flow_cta", |t| flow(&t).map(Message::Flow)),
        at(256, "/interactive/action/parameters/flow_token", |t| flow("Abrir")?.with_token(t).map(Message::Flow)),
        at(60, "/interactive/footer/text", |t| flow("Abrir")?.with_footer(t).map(Message::Flow)),
        at(1024, "/interactive/body/text", |t| Product::new(id("1"), id("A")).with_body(t).map(Message::Product)),
        at(60, "/interactive/footer/text", |t| Product::new(id("1"), id("A")).with_footer(t).map(Message::Product)),
        at(60, "/interactive/header/text", |t| {
            ProductList::new(t, "a", id("1"), vec![section()]).map(Message::ProductList)
        }),
        at(24, "/interactive/action/sections/0/title", |t| {
            let section = ProductSection::new(t, vec![id("A")])?;
            ProductList::new("a", "a", id("1"), vec![section]).map(Message::ProductList)
        }),
        at(1024, "/interactive/body/text", |t| CatalogButton::new(t).map(Message::Catalog)),
        at(60, "/interactive/footer/text", |t| CatalogButton::new("a")?.with_footer(t).map(Message::Catalog)),
        at(1024, "/interactive/body/text", |t| {
            Carousel::of_products(t, id("1"), vec![id("A"), id("B")]).map(Message::Carousel)
        }),
        at(160, "/interactive/action/cards/0/body/text", |t| {
            let card = Card::link(picture(MediaKind::Image), "Ver", page())?.with_body(t)?;
            Carousel::new("a", vec![card.clone(), card]).map(Message::Carousel)
        }),
        at(20, "/interactive/action/cards/0/action/buttons/0/quick_reply/id", |t| reply_card(Button::new(t, "A"))),
        at(20, "/interactive/action/cards/0/action/buttons/0/quick_reply/title", |t| reply_card(Button::new("a", t))),
        at(60, "/interactive/action/parameters/order/items/0/name", |t| {
            order_with(|order| { order.items = vec![Item::new(id("A"), t, money("1"), 1)?]; Ok(()) })
        }),
        at(60, "/interactive/action/parameters/order/shipping/description", |t| {
            order_with(|order| { order.shipping = Some(Fee::new(money("1")).with_description(t)?); Ok(()) })
        }),
        at(120, "/interactive/action/parameters/order/expiration/description", |t| {
            let (at, now) = ("2026-12-31T00:00:00Z".parse().unwrap(), "2026-11-26T00:00:00Z".parse().unwrap());
            order_with(|order| { order.expiration = Some(Expiry::new(at, t, now)?); Ok(()) })
        }),
        at(512, "/interactive/action/parameters/payment_settings/0/pix_dynamic_code/code", |t| pix(&t, "Loja", "a@b")),
        at(60, "/interactive/action/parameters/payment_settings/0/pix_dynamic_code/merchant_name", |t| pix("0", &t, "a@b")),
        at(77, "/interactive/action/parameters/payment_settings/0/pix_dynamic_code/key", |t| pix("0", "Loja", &t)),
        at(1024, "/interactive/body/text", |t| OrderDetails::new(t, pay_request()).map(Box::new).map(Message::OrderDetails)),
        at(60, "/interactive/footer/text", |t| {
            OrderDetails::new("a", pay_request())?.with_footer(t).map(Box::new).map(Message::OrderDetails)
        }),
        at(120, "/interactive/action/parameters/order/description", |t| status(|status| status.with_description(t))),
        at(60, "/interactive/footer/text", |t| status(|status| status.with_footer(t))),
        at(1024, "/template/components/0/parameters/0/text", |t| {
            Template::new("ola", "pt_BR", vec![Parameter::new(t)?]).map(Message::Template)
        }),
        at(256, "/template/components/0/parameters/0/payload", |t| template(|it| it.with_button(0, TemplateButton::quick_reply(t)?))),
        at(20, "/template/components/0/parameters/0/coupon_code", |t| template(|it| it.with_button(0, TemplateButton::copy_code(t)?))),
    ]
}

fn row(row: Result<Row, LimitError>) -> Built {
    List::new("a", "Ver", vec![Section::untitled(vec![row?])]).map(Message::List)
}

fn reply_card(button: Result<Button, LimitError>) -> Built {
    let card = Card::replies(picture(MediaKind::Image), vec![button?])?;
    Carousel::new("a", vec![card.clone(), card]).map(Message::Carousel)
}

/// Names that are not texts of any characters: the longest one, and one beyond.
#[rustfmt::skip]
fn names() -> Vec<Length> {
    let at = |max, at, build| Length { max, at, build };
    vec![
        at(60, "/interactive/action/parameters/reference_id", |t| {
            status(|_| OrderStatus::new("Saiu", ReferenceId::new("reference_id", t)?, OrderState::Shipped))
        }),
        at(512, "/template/name", |t| Template::new(t, "pt_BR", Vec::new()).map(Message::Template)),
        at(100, "/template/components/0/parameters/0/parameter_name", |t| {
            Template::named("ola", "pt_BR", vec![(VariableName::new(t)?, value("Ana"))]).map(Message::Template)
        }),
        at(2000, "/interactive/action/parameters/url", |t| LinkButton::new("a", "b", address(t.len())).map(Message::Link)),
        at(2000, "/contacts/0/urls/0/url", |t| contact(|card| card.with_url(WebAddress::new(address(t.len()))?, Place::Work))),
        at(20, "/interactive/action/cards/0/action/parameters/display_text", |t| {
            let card = Card::link(picture(MediaKind::Image), t, page())?;
            Carousel::new("a", vec![card.clone(), card]).map(Message::Carousel)
        }),
    ]
}

#[rustfmt::skip]
fn counts() -> Vec<Count> {
    let at = |min, max, at, build| Count { min, max, at, build };
    vec![
        at(1, 5, "/contacts", |n| Ok(Message::Contacts { cards: Cards::new(vec![card(); n])? })),
        at(1, 3, "/interactive/action/buttons", |n| {
            Buttons::new("a", numbered(n, |t| button(t, t))).map(Message::Buttons)
        }),
        at(1, 10, "/interactive/action/sections", |n| {
            let section = |t: &str| Section::new(t, vec![Row::new(t, t).unwrap()]).unwrap();
            List::new("a", "Ver", numbered(n, section)).map(Message::List)
        }),
        at(1, 10, "/interactive/action/sections/0/rows", |n| {
            let rows = numbered(n, |t| Row::new(t, t).unwrap());
            List::new("a", "Ver", vec![Section::untitled(rows)]).map(Message::List)
        }),
        at(1, 10, "/interactive/action/sections", |n| {
            let section = |t: &str| ProductSection::new(t, vec![id(t)]).unwrap();
            ProductList::new("a", "a", id("1"), numbered(n, section)).map(Message::ProductList)
        }),
        at(1, 30, "/interactive/action/sections/0/product_items", |n| {
            let section = ProductSection::new("a", numbered(n, id))?;
            ProductList::new("a", "a", id("1"), vec![section]).map(Message::ProductList)
        }),
        at(2, 10, "/interactive/action/cards", |n| {
            Carousel::of_products("a", id("1"), numbered(n, id)).map(Message::Carousel)
        }),
        at(2, 10, "/interactive/action/cards", |n| {
            let card = Card::link(picture(MediaKind::Video), "Ver", page())?;
            Carousel::new("a", vec![card; n]).map(Message::Carousel)
        }),
        at(1, 3, "/interactive/action/cards/0/action/buttons", |n| {
            let card = Card::replies(picture(MediaKind::Image), numbered(n, |t| button(t, t)))?;
            Carousel::new("a", vec![card.clone(), card]).map(Message::Carousel)
        }),
        at(1, 999, "/interactive/action/parameters/order/items", |n| {
            order_with(|order| {
                order.items = numbered(n, |t| Item::new(id(t), t, money("1"), 1).unwrap());
                Ok(())
            })
        }),
        at(1, 32, "/template/components/0/parameters", |n| {
            Template::new("ola", "pt_BR", numbered(n, value)).map(Message::Template)
        }),
        at(2, 10, "/template/components/0/cards", |n| {
            let card = TemplateCard::new(picture(MediaKind::Image))?;
            template(|it| it.with_cards(vec![card; n]))
        }),
    ]
}

fn numbered<T>(count: usize, one: impl Fn(&str) -> T) -> Vec<T> {
    (0..count).map(|n| one(&format!("n{n}"))).collect()
}

/// Texts that are counted in characters: plain, accented, and of emoji.
fn texts() -> [&'static str; 3] {
    ["a", "ç", "🧱"]
}

#[test]
fn every_kind_fits_the_schema_and_is_read_back_as_it_was() {
    for message in every_kind() {
        assert_valid(&MESSAGE, &json(&message));
        let stored = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&stored).unwrap(), message, "{stored}");
    }
}

#[track_caller]
fn check_length(length: &Length, letter: &str) {
    let (max, at) = (length.max, length.at);
    let longest = (length.build)(letter.repeat(max)).unwrap_or_else(|e| panic!("{at}: {e}"));
    let mut json = json(&longest);
    assert_valid(&MESSAGE, &json);
    let part = json.pointer_mut(at).unwrap_or_else(|| panic!("{at} is not there"));
    let beyond = format!("{}{letter}", part.as_str().unwrap());
    assert_eq!(beyond.chars().count(), max + 1, "{at}");
    *part = beyond.into();
    assert!(!MESSAGE.is_valid(&json), "{at}: the schema takes {} characters", max + 1);
    let error = (length.build)(letter.repeat(max + 1)).unwrap_err();
    let limit = match &error {
        LimitError::TooLong { max, found, .. } | LimitError::TooLarge { max, found, .. } => {
            (*max, *found)
        }
        other => panic!("{at}: {other}"),
    };
    assert_eq!(limit, (max, max + 1), "{at}: {error}");
}

#[test]
fn a_text_may_have_as_many_characters_as_the_platform_says_and_not_one_more() {
    for length in lengths() {
        for letter in texts() {
            check_length(&length, letter);
        }
        assert!(
            matches!(
                (length.build)(" \n".into()),
                Err(LimitError::Empty { .. } | LimitError::Form { .. })
            ),
            "{}",
            length.at
        );
    }
    for length in names() {
        check_length(&length, "a");
    }
}

#[test]
fn a_list_may_have_as_many_entries_as_the_platform_says_and_not_one_more_or_less() {
    for Count { min, max, at, build } in counts() {
        for count in [min, max] {
            assert_valid(&MESSAGE, &json(&build(count).unwrap()));
        }
        let mut more = json(&build(max).unwrap());
        let entries = more.pointer_mut(at).and_then(Value::as_array_mut).unwrap();
        assert_eq!(entries.len(), max, "{at}");
        let mut another = entries[0].clone();
        make_different(&mut another);
        entries.push(another);
        assert!(!MESSAGE.is_valid(&more), "{at}: the schema takes {}", max + 1);
        let mut fewer = json(&build(min).unwrap());
        fewer.pointer_mut(at).and_then(Value::as_array_mut).unwrap().pop();
        assert!(!MESSAGE.is_valid(&fewer), "{at}: the schema takes {}", min - 1);
        for wrong in [min - 1, max + 1] {
            let beyond = build(wrong);
            // A template without values or cards is one that has no variables.
            if wrong == 0 && at.starts_with("/template") {
                continue;
            }
            let error = beyond.unwrap_err();
            assert!(
                matches!(error, LimitError::Count { found, .. } if found == wrong),
                "{at}: {error}"
            );
            assert!(error.to_string().contains(&wrong.to_string()), "{error}");
        }
    }
}

/// Gives an entry another id, so that it is refused for its number alone.
fn make_different(entry: &mut Value) {
    match entry {
        Value::Object(fields) => {
            for name in ["id", "title", "payload", "retailer_id", "product_retailer_id"] {
                if let Some(Value::String(text)) = fields.get_mut(name) {
                    text.push('x');
                }
            }
            fields.values_mut().for_each(make_different);
        }
        Value::Array(entries) => entries.iter_mut().for_each(make_different),
        _ => {}
    }
}

#[test]
fn what_depends_on_two_parts_is_refused_too() {
    let form = |built: Built| matches!(built, Err(LimitError::Form { .. }));
    let twice = |built: Built| matches!(built, Err(LimitError::Repeated { .. }));
    let same = |a, b| Buttons::new("a", vec![button(a, b), button("x", "X")]).map(Message::Buttons);
    assert!(twice(same("x", "Y")) && twice(same("y", "X")));
    let rows = vec![Row::new("a", "A").unwrap(), Row::new("a", "B").unwrap()];
    assert!(twice(List::new("a", "Ver", vec![Section::untitled(rows)]).map(Message::List)));
    let one = || Section::untitled(vec![Row::new("a", "A").unwrap()]);
    let untitled =
        List::new("a", "Ver", vec![one(), Section::untitled(vec![Row::new("b", "B").unwrap()])]);
    assert!(matches!(untitled, Err(LimitError::Empty { what: "section.title" })));
    let unlike = vec![
        Card::link(picture(MediaKind::Image), "Ver", page()).unwrap(),
        Card::link(picture(MediaKind::Video), "Ver", page()).unwrap(),
    ];
    assert!(form(Carousel::new("a", unlike).map(Message::Carousel)));
    let lines =
        Card::link(picture(MediaKind::Image), "Ver", page()).unwrap().with_body("a\nb\nc\nd");
    assert!(matches!(lines, Err(LimitError::Form { .. })));
    let accents = Card::link(picture(MediaKind::Image), "Promoção", page());
    assert!(accents.is_ok());
    let accents = Card::link(picture(MediaKind::Image), "Promoções já! ção", page());
    assert!(matches!(accents, Err(LimitError::TooLarge { max: 20, found: 22, .. })), "{accents:?}");
    assert!(matches!(file(MediaKind::Image).as_voice(), Err(LimitError::Form { .. })));
    assert!(matches!(Header::file(file(MediaKind::Audio)), Err(LimitError::Form { .. })));
    let captioned = file(MediaKind::Image).with_caption("a").unwrap();
    assert!(matches!(Header::file(captioned), Err(LimitError::Form { .. })));
    let http = FileSource::Link("http://loja.example/a.webp".parse().unwrap());
    assert!(matches!(MediaFile::new(MediaKind::Sticker, http), Err(LimitError::Form { .. })));
    let named_twice = Template::named("ola", "pt_BR", vec![named("a", "1"), named("a", "2")]);
    assert!(twice(named_twice.map(Message::Template)));
    let place_twice = |it: Template| it.with_button(0, TemplateButton::quick_reply("b")?);
    assert!(twice(template(|it| place_twice(place_twice(it)?))));
    assert!(form(template(|it| it.with_button(10, TemplateButton::quick_reply("b")?))));
    assert!(matches!(ReferenceId::new("reference_id", "orç 1"), Err(LimitError::Form { .. })));
    assert!(matches!(
        TemplateCard::new(picture(MediaKind::Document)),
        Err(LimitError::Form { .. })
    ));
    let mixed = r#"{"type":"template","name":"ola","language":"pt_BR","body":[
        {"name":"a","value":"1"},{"value":"2"}]}"#;
    assert!(serde_json::from_str::<Message>(mixed).is_err());
}

#[test]
fn an_order_adds_up_to_the_centavo_or_can_not_be_built() {
    let request = pay_request();
    // 2 × 38,00 + 362,50 + 80,00 − 21,93
    assert_eq!(request.total(), money("496.57"));
    let graph =
        json(&OrderDetails::new("a", request).map(Box::new).map(Message::OrderDetails).unwrap());
    let parameters = &graph["interactive"]["action"]["parameters"];
    assert_eq!(parameters["order"]["subtotal"]["value"], 43_850);
    assert_eq!(parameters["total_amount"]["value"], 49_657);
    let refused =
        |built: Built| assert!(matches!(built, Err(LimitError::Form { .. })), "{built:?}");
    refused(order_with(|order| {
        order.discount = Some(Fee::new(money("1.01")));
        Ok(())
    }));
    refused(order_with(|order| {
        order.tax = Fee::new(money("-0.01"));
        Ok(())
    }));
    refused(order_with(|order| {
        order.items = vec![Item::new(id("A"), "Areia", money("90000000000000.00"), 2)?];
        Ok(())
    }));
    assert!(Item::new(id("A"), "Areia", money("1"), 0).is_err());
    let now = "2026-11-26T00:00:00Z".parse().unwrap();
    let soon = "2026-11-26T00:04:59Z".parse().unwrap();
    assert!(Expiry::new(soon, "logo", now).is_err());
    assert!(Expiry::new("2026-11-26T00:05:00Z".parse().unwrap(), "logo", now).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the words: what is built fits the schema and is read back, and what
    /// the builder refuses is longer than allowed, blank, or of another form.
    #[test]
    fn words_of_any_kind_are_built_within_the_schema_or_refused(
        text in r"[\PC\n\t]{0,70}",
    ) {
        for Length { max, at, build } in lengths() {
            match build(text.clone()) {
                Ok(message) => {
                    let json = json(&message);
                    assert_valid(&MESSAGE, &json);
                    prop_assert!(json.pointer(at).is_some(), "{}", at);
                    let stored = serde_json::to_string(&message).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Message>(&stored).unwrap(), message);
                }
                Err(LimitError::Empty { .. }) => prop_assert!(text.trim().is_empty()),
                Err(LimitError::TooLong { found, .. }) => {
                    prop_assert_eq!(found, text.chars().count());
                    prop_assert!(found > max);
                }
                Err(_) => prop_assert!(text.contains(['\n', '\t', '\r']) || text.contains("     ")),
            }
        }
    }
}
