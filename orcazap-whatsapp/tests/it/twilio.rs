//! Twilio as a transport, against its stand-in over HTTP.

use chrono::{DateTime, Utc};
use orcazap_core::ContactKey;
use orcazap_core::conversation::Content;
use orcazap_whatsapp::error::{Advice, Certainty};
use orcazap_whatsapp::send::{
    Button, Buttons, CallbackData, LinkButton, List, Parameter, Reaction, Row, Section, Template,
    Text,
};
use orcazap_whatsapp::twilio::sim::TwilioSim;
use orcazap_whatsapp::twilio::{Client, Form, Sender, parse, sender};
use orcazap_whatsapp::webhook::{DeliveryStatus, MessageKind, Update};
use orcazap_whatsapp::{Message, Request, SendError, Transport};
use secrecy::SecretString;
use serde_json::json;

const SENDER: &str = "twilio-AC0123456789abcdef0123456789abcdef-5511940028922";
const CALLBACK: &str = "https://api.loja.example/webhooks/twilio";

fn our_sender() -> Sender {
    SENDER.parse().unwrap()
}

fn customer() -> ContactKey {
    ContactKey::new(Some("5511900000001".parse().unwrap()), None).unwrap()
}

fn request(message: Message) -> Request {
    let data = CallbackData::new("callback data", "entrega 7/1").unwrap();
    Request::new(customer(), message).with_callback_data(data)
}

struct Stage {
    sim: TwilioSim,
    client: Client,
    token: SecretString,
}

impl Stage {
    async fn open() -> Self {
        let token: SecretString = "token-inventado".into();
        let sim = TwilioSim::start(our_sender(), token.clone()).await.unwrap();
        let client = Client::new(sim.config(CALLBACK.parse().unwrap())).unwrap();
        Self { sim, client, token }
    }

    async fn send(&self, message: Message) -> Result<String, SendError> {
        let id = our_sender().number_id();
        let sent = self.client.send(&id, &self.token, &request(message)).await?;
        Ok(sent.message_id.to_string())
    }
}

fn buttons(first: &str) -> Message {
    let button = |id: &str, title: &str| Button::new(id, title).unwrap();
    let all = vec![button("ok:1001:1", first), button("no:1001:1", "Mudar algo")];
    Message::Buttons(Buttons::new("Fecha o pedido?", all).unwrap())
}

#[tokio::test]
async fn words_go_out_with_the_address_for_their_statuses() {
    let stage = Stage::open().await;
    let sid = stage.send(Message::Text(Text::new("Olá, João!").unwrap())).await.unwrap();
    let sent = stage.sim.sent().pop().unwrap();
    assert_eq!((sent.sid.as_str(), sent.to.as_str()), (sid.as_str(), "whatsapp:+5511900000001"));
    assert_eq!(sent.body, "Olá, João!");
    let callback = sent.status_callback.unwrap();
    let data = callback.query_pairs().find(|(name, _)| name == "callback").unwrap().1.into_owned();
    assert_eq!(data, "entrega 7/1");
}

#[tokio::test]
async fn buttons_and_lists_use_one_content_object_a_shape() {
    let stage = Stage::open().await;
    stage.send(buttons("Aceitar")).await.unwrap();
    stage.send(buttons("Fechar")).await.unwrap();
    assert_eq!(stage.sim.contents(), 1);
    let sent = stage.sim.sent().pop().unwrap();
    assert_eq!(sent.body, "Fecha o pedido?");
    assert_eq!(sent.choices[0], ("ok:1001:1".to_owned(), "Fechar".to_owned()));

    let row = |id: &str| Row::new(id, format!("Tijolo {id}")).unwrap();
    let rows = vec![row("6"), row("8").with_description("8 furos, 9x19x19").unwrap()];
    let list = List::new("Qual tijolo?", "Escolher", vec![Section::untitled(rows)]).unwrap();
    stage.send(Message::List(list)).await.unwrap();
    assert_eq!(stage.sim.contents(), 2);
    assert_eq!(stage.sim.sent().pop().unwrap().choices.len(), 2);

    // Another process finds what this one made.
    let again = Client::new(stage.sim.config(CALLBACK.parse().unwrap())).unwrap();
    let number = our_sender().number_id();
    again.send(&number, &stage.token, &request(buttons("Sim"))).await.unwrap();
    assert_eq!(stage.sim.contents(), 2);
}

#[tokio::test]
async fn a_template_is_the_content_object_of_its_name() {
    let stage = Stage::open().await;
    let template = |name: &str| {
        let values = vec![Parameter::new("João").unwrap(), Parameter::new("1001").unwrap()];
        Message::Template(Template::new(name, "pt_BR", values).unwrap())
    };
    stage.sim.add_content(
        "orcamento_pronto",
        "pt_BR",
        json!({ "twilio/text": { "body": "Olá, {{1}}! O orçamento {{2}} está pronto." } }),
    );
    stage.send(template("orcamento_pronto")).await.unwrap();
    let body = stage.sim.sent().pop().unwrap().body;
    assert_eq!(body, "Olá, João! O orçamento 1001 está pronto.");
    let error = stage.send(template("outro")).await.unwrap_err();
    assert_eq!((error.advice(), error.certainty()), (Advice::FixRequest, Certainty::NotSent));
}

#[tokio::test]
async fn long_words_are_split_before_they_are_queued() {
    let stage = Stage::open().await;
    let text = "12 × Cimento CP II 50 kg a R$ 39,90\n".repeat(100);
    let long = Message::Text(Text::new(text.clone()).unwrap());
    let error = stage.send(long.clone()).await.unwrap_err();
    assert_eq!((error.code(), error.advice()), (Some(21_617), Advice::FixRequest));
    let parts = stage.client.fit(long);
    assert!(parts.len() > 2);
    for part in &parts {
        stage.send(part.clone()).await.unwrap();
    }
    let said: Vec<String> = stage.sim.sent().into_iter().map(|sent| sent.body).collect();
    assert_eq!(said.join("\n"), text.trim());

    let rows = vec![Row::new("a", "Sim").unwrap(), Row::new("b", "Não").unwrap()];
    let list = List::new("x ".repeat(1500), "Escolher", vec![Section::untitled(rows)]).unwrap();
    let parts = stage.client.fit(Message::List(list));
    assert!(matches!(parts.last(), Some(Message::List(list)) if list.body() == "Escolher"));
    for part in parts {
        stage.send(part).await.unwrap();
    }
}

#[tokio::test]
async fn what_twilio_has_no_form_of_goes_as_words_or_is_refused_before_it_leaves() {
    let stage = Stage::open().await;
    let link = LinkButton::new("Seu pedido", "Abrir", "https://loja.example/p/1".parse().unwrap());
    stage.send(Message::Link(link.unwrap())).await.unwrap();
    let body = stage.sim.sent().pop().unwrap().body;
    assert_eq!(body, "Seu pedido\n\nAbrir: https://loja.example/p/1");
    let reaction = Reaction::new("wamid.x".parse().unwrap(), "👍").unwrap();
    let error = stage.send(Message::Reaction(reaction)).await.unwrap_err();
    assert_eq!((error.advice(), error.certainty()), (Advice::FixRequest, Certainty::NotSent));
    assert_eq!(stage.sim.sent().len(), 1);
}

#[tokio::test]
async fn a_wrong_token_pauses_the_channel_and_a_lost_look_up_has_sent_nothing() {
    let stage = Stage::open().await;
    let number = our_sender().number_id();
    let text = request(Message::Text(Text::new("oi").unwrap()));
    let error = stage.client.send(&number, &"outro".into(), &text).await.unwrap_err();
    assert_eq!((error.code(), error.advice()), (Some(20_003), Advice::PauseChannel));
    // While the token is rotated the channel holds both; the first one calls.
    stage.client.send(&number, &"token-inventado,antigo".into(), &text).await.unwrap();

    let config = stage.sim.config(CALLBACK.parse().unwrap());
    let client = Client::new(config).unwrap();
    drop(stage.sim);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let error = client.send(&number, &stage.token, &request(buttons("Sim"))).await.unwrap_err();
    assert_eq!(error.certainty(), Certainty::NotSent);
}

fn now() -> DateTime<Utc> {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

/// The one update of a form that came to our number.
#[track_caller]
fn read(parameters: &[(&str, &str)]) -> Update {
    let always = [
        ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
        ("MessageSid", "SM0001"),
        ("SmsMessageSid", "SM0001"),
        ("NumMedia", "0"),
        ("ApiVersion", "2010-04-01"),
    ];
    let form: Form = parameters.iter().chain(&always).copied().collect();
    let found = sender(&form).expect("our number");
    assert_eq!(found, our_sender());
    let mut updates = parse(&found, &form, Some("entrega 7/1"), now()).unwrap();
    assert_eq!(updates.len(), 1, "{updates:?}");
    updates.remove(0)
}

const TO: (&str, &str) = ("To", "whatsapp:+5511940028922");
const FROM: (&str, &str) = ("From", "whatsapp:+5511900000001");

#[track_caller]
fn message(parameters: &[(&str, &str)]) -> Box<orcazap_whatsapp::webhook::InboundMessage> {
    let mut all = vec![TO, FROM, ("WaId", "5511900000001"), ("SmsStatus", "received")];
    all.extend_from_slice(parameters);
    match read(&all) {
        Update::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_message_keeps_its_sender_its_number_and_its_words() {
    let text = message(&[("Body", "10 sacos"), ("ProfileName", "João"), ("MessageType", "text")]);
    assert_eq!(text.id.as_str(), "SM0001");
    assert_eq!(text.origin.phone_number_id, Some(our_sender().number_id()));
    assert_eq!(text.customer.contact, Some(customer()));
    assert_eq!(text.customer.name.as_deref(), Some("João"));
    assert_eq!(text.at, Some(now()));
    assert_eq!(text.kind, MessageKind::Text { body: "10 sacos".into() });
    // What is kept is read again by the one parser.
    let kept = format!(r#"{{"messages":[{}]}}"#, text.raw);
    let again = orcazap_whatsapp::webhook::parse(kept.as_bytes()).unwrap();
    assert!(matches!(again.as_slice(), [Update::Message(m)] if m.kind == text.kind));
}

#[test]
fn a_customer_may_have_a_user_id_beside_the_number_or_in_its_place() {
    let both = message(&[("Body", "oi"), ("ExternalUserId", "whatsapp:BR.1502abc")]);
    let key = both.customer.contact.unwrap();
    assert_eq!(key.user_id().unwrap().as_str(), "BR.1502abc");
    assert_eq!(key.phone().unwrap().digits(), "5511900000001");
    let Update::Message(alone) =
        read(&[TO, ("From", "whatsapp:BR.1502abc"), ("Body", "oi"), ("SmsStatus", "received")])
    else {
        panic!()
    };
    let key = alone.customer.contact.unwrap();
    assert_eq!((key.phone(), key.user_id().unwrap().as_str()), (None, "BR.1502abc"));
}

#[test]
fn every_kind_of_message_is_read() {
    let photo = message(&[
        ("NumMedia", "1"),
        ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM1/Media/ME1"),
        ("MediaContentType0", "image/jpeg"),
        ("Body", "tem esse?"),
    ]);
    let MessageKind::Media(media) = photo.kind else { panic!() };
    assert_eq!(media.mime_type.as_deref(), Some("image/jpeg"));
    assert_eq!(media.caption.as_deref(), Some("tem esse?"));
    assert_eq!(media.id, None, "it is fetched by its address");
    assert!(media.url.unwrap().ends_with("/Media/ME1"));

    let pressed = message(&[
        ("MessageType", "button"),
        ("ButtonText", "Fechar"),
        ("ButtonPayload", "ok:1001:1"),
        ("Body", "Fechar"),
    ]);
    let expected = MessageKind::ButtonReply { id: "ok:1001:1".into(), title: "Fechar".into() };
    assert_eq!(pressed.kind, expected);

    let chosen = message(&[("ListId", "a"), ("ListTitle", "6 furos"), ("Body", "6 furos")]);
    assert!(matches!(chosen.kind, MessageKind::ListReply { id, .. } if id == "a"));

    let place = message(&[("Latitude", "-23.55"), ("Longitude", "-46.63"), ("Label", "Obra")]);
    let MessageKind::Location(place) = place.kind else { panic!() };
    assert_eq!(place.latitude.unwrap().to_string(), "-23.55");
    assert_eq!(place.name.as_deref(), Some("Obra"));

    let liked = message(&[
        ("MessageType", "reaction"),
        ("Body", "👍"),
        ("OriginalRepliedMessageSid", "SM0000"),
    ]);
    assert_eq!(liked.refers_to().unwrap().as_str(), "SM0000");
    assert!(matches!(liked.to_content(None), Some(Content::Reaction { .. })));

    let cart = message(&[("MessageType", "order"), ("ChannelMetadata", "{}")]);
    assert!(
        matches!(&cart.kind, MessageKind::Unsupported { of } if of.as_deref() == Some("order"))
    );
    assert!(cart.raw.contains("ChannelMetadata"), "nothing is lost: {}", cart.raw);

    let led = message(&[
        ("Body", "vi o anúncio"),
        ("ReferralSourceUrl", "https://fb.example/1"),
        ("Forwarded", "true"),
    ]);
    assert_eq!(led.referral.unwrap().source_url.as_deref(), Some("https://fb.example/1"));
    assert!(led.context.unwrap().forwarded);
}

#[test]
fn a_status_carries_back_what_its_address_was_given() {
    let parameters = |status: &'static str| {
        [
            ("From", "whatsapp:+5511940028922"),
            ("To", "whatsapp:+5511900000001"),
            ("SmsStatus", status),
            ("MessageStatus", status),
            ("ErrorCode", "63016"),
            ("ChannelStatusMessage", "outside the window"),
        ]
    };
    for (told, expected) in [
        ("sent", DeliveryStatus::Sent),
        ("delivered", DeliveryStatus::Delivered),
        ("read", DeliveryStatus::Read),
        ("undelivered", DeliveryStatus::Failed),
        ("failed", DeliveryStatus::Failed),
    ] {
        let Update::Status(status) = read(&parameters(told)) else { panic!() };
        assert_eq!((status.message_id.as_str(), &status.status), ("SM0001", &expected), "{told}");
        assert_eq!(status.callback_data.as_deref(), Some("entrega 7/1"));
        assert_eq!(
            status.errors.first().map(|e| e.code),
            (told.ends_with("ed") && expected == DeliveryStatus::Failed).then_some(63_016),
            "{told}"
        );
    }
    let form: Form = parameters("sending")
        .into_iter()
        .chain([("AccountSid", "AC0123456789abcdef0123456789abcdef"), ("MessageSid", "SM1")])
        .collect();
    assert_eq!(parse(&our_sender(), &form, None, now()).unwrap(), []);
}

#[test]
fn whatever_a_form_holds_is_no_panic() {
    for body in
        [&b""[..], b"%%%=%zz", b"MessageSid=", b"MessageSid=%00&To=x&MessageStatus=", b"\xff\xfe"]
    {
        let form = Form::read(body);
        assert_eq!(sender(&form), None);
        let _ = parse(&our_sender(), &form, None, now());
    }
    let form: Form =
        [("MessageSid", "SM1"), ("NumMedia", "99999999999999999999")].into_iter().collect();
    assert_eq!(parse(&our_sender(), &form, None, now()).unwrap().len(), 1);
}
