//! Messages of every kind that can be sent.

use orcazap_core::Money;
use orcazap_core::conversation::MediaKind;
use orcazap_whatsapp::Message;
use orcazap_whatsapp::send::{
    Address, Argument, Button, Buttons, Card, Cards, Carousel, CatalogButton, ContactCard,
    ContactRequest, Expiry, Fee, FileSource, Flow, FlowAction, FlowKey, Header, HeaderFile, Item,
    Limited, LinkButton, List, LocationRequest, MediaFile, Order, OrderDetails, OrderState,
    OrderStatus, Organization, Parameter, PayRequest, Payment, PaymentState, Pin, PixKeyKind,
    Place, Product, ProductChoice, ProductList, ProductSection, Reaction, ReferenceId, Row,
    Section, Template, TemplateButton, TemplateCard, TemplateHeader, VariableName, WebAddress,
};
use serde_json::json;
use url::Url;

use crate::store::{phone, text};

pub(crate) fn id<const MAX: usize>(text: &str) -> Limited<MAX> {
    Limited::new("id", text).unwrap()
}

pub(crate) fn page() -> Url {
    "https://loja.example/orcamento.pdf".parse().unwrap()
}

pub(crate) fn file(kind: MediaKind) -> MediaFile {
    MediaFile::new(kind, FileSource::Id(FILE.parse().unwrap())).unwrap()
}

pub(crate) fn picture(kind: MediaKind) -> HeaderFile {
    HeaderFile::new(file(kind)).unwrap()
}

pub(crate) fn button(id: &str, title: &str) -> Button {
    Button::new(id, title).unwrap()
}

pub(crate) fn buttons() -> Buttons {
    let buttons = vec![button("accept:1042:1", "Fechar pedido"), button("human:1042", "Atendente")];
    Buttons::new("Posso fechar?", buttons).unwrap()
}

pub(crate) fn list() -> List {
    let row = Row::new("pick:1042:CIM-CP2-50", "CP II 50kg").unwrap();
    let row = row.with_description("Cimento CP II-E-32 50kg").unwrap();
    List::new("Qual cimento?", "Ver opções", vec![Section::untitled(vec![row])]).unwrap()
}

pub(crate) fn card() -> ContactCard {
    let address = Address {
        street: Some(id("Rua A, 10")),
        city: Some(id("São Paulo")),
        country_code: Some(id("BR")),
        ..Address::default()
    };
    let work = Organization { company: Some(id("Depósito Souza")), ..Organization::default() };
    ContactCard::new("João do Balcão", phone("5511912345678"))
        .and_then(|card| card.with_phone(phone("551132345678"), Place::Home, false))
        .and_then(|card| card.with_email("joao@loja.example", Place::Work))
        .and_then(|card| card.with_address(address, Place::Work))
        .and_then(|card| card.with_url(WebAddress::new(page())?, Place::Work))
        .unwrap()
        .with_organization(work)
        .with_birthday("1990-12-31".parse().unwrap())
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

/// Two bags at R$ 39,90 and a load of sand, with freight and a discount.
pub(crate) fn order() -> Order {
    let cement = Item::new(id("CIM-CP2-50"), "Cimento CP II 50kg", money("39.90"), 2).unwrap();
    let sand = Item::new(id("ARE-MED"), "Areia média 2,5 m³", money("362.50"), 1).unwrap();
    let expiry = ("2026-11-28T18:00:00Z".parse().unwrap(), "2026-11-26T18:00:00Z".parse().unwrap());
    let mut order = Order::new(vec![cement.with_sale(money("38.00")).unwrap(), sand]);
    order.shipping = Some(Fee::new(money("80.00")).with_description("Frete").unwrap());
    order.discount = Some(Fee::new(money("21.93")));
    order.catalog_id = Some(id("194836987003835"));
    order.expiration = Some(Expiry::new(expiry.0, "O preço vale até 28/11", expiry.1).unwrap());
    order
}

pub(crate) fn pay_request() -> PayRequest {
    let pix = Payment::pix("000201…6304ABCD", "Depósito Souza", PixKeyKind::Email, "a@b").unwrap();
    let ways = vec![pix, Payment::link(page()).unwrap(), Payment::boleto("0339 9").unwrap()];
    let name = ReferenceId::new("reference_id", "orc-1042.1").unwrap();
    PayRequest::new(name, order(), ways).unwrap()
}

pub(crate) fn section() -> ProductSection {
    ProductSection::new("Cimentos", vec![id("CIM-CP2-50"), id("CIM-CP3-50")]).unwrap()
}

pub(crate) fn carousel() -> Carousel {
    let card = |label: &str| {
        let card = Card::link(picture(MediaKind::Image), label, page()).unwrap();
        card.with_body("Tijolo\nda semana").unwrap()
    };
    Carousel::new("Ofertas", vec![card("Ver"), card("Abrir")]).unwrap()
}

pub(crate) fn value(text: &str) -> Parameter {
    Parameter::new(text).unwrap()
}

pub(crate) fn named(name: &str, text: &str) -> (VariableName, Parameter) {
    (VariableName::new(name).unwrap(), value(text))
}

/// The id of every file that is sent.
pub(crate) const FILE: &str = "1003383421387256";

fn templates() -> Vec<Template> {
    let plain = || Template::new("orcamento_pronto", "pt_BR", vec![value("Ana")]).unwrap();
    let none = || Template::new("ola", "pt_BR", Vec::new()).unwrap();
    let pdf = TemplateHeader::File(picture(MediaKind::Document));
    let place = Pin::new("-23.5".parse().unwrap(), "-46.6".parse().unwrap()).unwrap();
    let flow = TemplateButton::Flow {
        token: Some(id("q-1042")),
        data: json!({ "name": "Ana" }).as_object().unwrap().clone(),
    };
    let choice = ProductChoice::new(id("CIM-CP2-50"), vec![section()]).unwrap();
    let card = || {
        let card = TemplateCard::new(picture(MediaKind::Video)).unwrap();
        let card = card.with_body(vec![Argument::from(value("Ana"))]).unwrap();
        card.with_button(0, TemplateButton::quick_reply("card:1").unwrap()).unwrap()
    };
    let with = |index, button| none().with_button(index, button).unwrap();
    vec![
        plain().with_header(pdf).with_payloads(vec!["q:1042".into()]).unwrap(),
        Template::named("ola_nome", "pt_BR", vec![named("nome", "Ana"), named("total", "R$ 5")])
            .unwrap()
            .with_header(TemplateHeader::Text(Argument::from(named("numero", "1042")))),
        plain().with_header(TemplateHeader::Location(place)),
        with(1, TemplateButton::url_suffix("q/1042").unwrap()),
        with(0, TemplateButton::copy_code("PIX10").unwrap()),
        Template::new("codigo", "pt_BR", vec![value("123456")])
            .unwrap()
            .with_button(0, TemplateButton::otp("123456").unwrap())
            .unwrap(),
        with(0, flow),
        with(0, TemplateButton::Catalog { thumbnail: id("CIM-CP2-50") }),
        with(0, TemplateButton::Products(choice)),
        with(0, TemplateButton::OrderDetails(Box::new(pay_request()))),
        none().with_cards(vec![card(), card()]).unwrap(),
        none().with_offer_end("2026-11-28T18:00:00Z".parse().unwrap()),
    ]
}

/// One message at least of every kind, with everything that it may have.
pub(crate) fn every_kind() -> Vec<Message> {
    let document = MediaFile::new(MediaKind::Document, FileSource::Link(page())).unwrap();
    let document = document.with_filename("orçamento.pdf").unwrap();
    let image = file(MediaKind::Image).with_caption("a fachada").unwrap();
    let pin = Pin::new("-23.561684".parse().unwrap(), "-46.655981".parse().unwrap()).unwrap();
    let pin = pin.with_name("Depósito Souza").unwrap().with_address("Rua A, 10").unwrap();
    let replies = vec![button("a", "Quero"), button("b", "Não")];
    let reply_card = Card::replies(picture(MediaKind::Video), replies).unwrap();
    let products = vec![id("CIM-CP2-50"), id("CIM-CP3-50")];
    let data = json!({ "cep": "01310-100" }).as_object().unwrap().clone();
    let flow = |key| Flow::new("Conte da obra", "Abrir", key).unwrap();
    let details = OrderDetails::new("Seu pedido", pay_request().digital()).unwrap();
    let name = ReferenceId::new("reference_id", "orc-1042.1").unwrap();
    let status = OrderStatus::new("Saiu para entrega", name, OrderState::PartiallyShipped).unwrap();
    let paid_at = "2026-11-26T18:00:00Z".parse().unwrap();
    let photo = Header::File(picture(MediaKind::Image));
    let mut all = vec![
        text("Olá"),
        Message::Buttons(buttons()),
        Message::Buttons(buttons().with_header(photo).with_footer("Depósito Souza").unwrap()),
        Message::List(list()),
        Message::List(list().with_header("Cimentos").unwrap().with_footer("por saco").unwrap()),
        Message::Link(
            LinkButton::new("Veja no site", "Abrir", page())
                .unwrap()
                .with_header(Header::text("Orçamento 1042").unwrap()),
        ),
        Message::LocationRequest(LocationRequest::new("Onde fica a obra?").unwrap()),
        Message::ContactRequest(ContactRequest::new("Qual o seu telefone?").unwrap()),
        Message::Flow(
            flow(FlowKey::Id(id("1")))
                .with_token("q-1042")
                .unwrap()
                .with_action(FlowAction::Navigate { screen: id("OBRA"), data })
                .with_header(Header::File(picture(MediaKind::Document))),
        ),
        Message::Flow(flow(FlowKey::Name(id("obra"))).with_action(FlowAction::DataExchange)),
        Message::Product(Product::new(id("194836987003835"), id("CIM-CP2-50"))),
        Message::Product(
            Product::new(id("194836987003835"), id("CIM-CP2-50"))
                .with_body("Este?")
                .and_then(|product| product.with_footer("por saco"))
                .unwrap(),
        ),
        Message::ProductList(
            ProductList::new("Cimentos", "Temos:", id("194836987003835"), vec![section()]).unwrap(),
        ),
        Message::Catalog(
            CatalogButton::new("Nosso catálogo").unwrap().with_thumbnail(id("CIM-CP2-50")),
        ),
        Message::Carousel(carousel()),
        Message::Carousel(Carousel::new("Ofertas", vec![reply_card.clone(), reply_card]).unwrap()),
        Message::Carousel(Carousel::of_products("Cimentos", id("1"), products).unwrap()),
        Message::OrderDetails(Box::new(details.with_image(picture(MediaKind::Image)).unwrap())),
        Message::OrderStatus(
            status
                .with_description("Chega hoje")
                .unwrap()
                .with_payment(PaymentState::Captured, paid_at),
        ),
        Message::Media(image),
        Message::Media(document.with_caption("seu orçamento").unwrap()),
        Message::Media(file(MediaKind::Audio)),
        Message::Media(file(MediaKind::Audio).as_voice().unwrap()),
        Message::Media(file(MediaKind::Video)),
        Message::Media(file(MediaKind::Sticker)),
        Message::Location(pin),
        Message::Contacts { cards: Cards::new(vec![card()]).unwrap() },
        Message::Reaction(Reaction::new("wamid.A==".parse().unwrap(), "👍").unwrap()),
        Message::Reaction(Reaction::taken_back("wamid.A==".parse().unwrap())),
    ];
    all.extend(templates().into_iter().map(Message::Template));
    all
}
