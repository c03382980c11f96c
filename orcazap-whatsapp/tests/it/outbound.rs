//! Messages out over real HTTP, and the customers' side.

use bytes::Bytes;
use orcazap_core::contact::ContactKey;
use orcazap_core::conversation::Content;
use orcazap_whatsapp::client::{Claim, FileError, Typing};
use orcazap_whatsapp::graph_sim::{Customer, CustomerMessage, SimEvent};
use orcazap_whatsapp::send::{Parameter, Template};
use orcazap_whatsapp::webhook::{InboundMessage, MessageKind, Update};
use orcazap_whatsapp::{Advice, Message, Request};
use serde_json::json;

use crate::kinds::{FILE, buttons, every_kind};
use crate::store::{Store, phone, text, token};

async fn first_message(store: &Store) -> InboundMessage {
    match store.inbox.wait(1).await.remove(0) {
        Update::Message(message) => *message,
        other => panic!("expected a message, found {other:?}"),
    }
}

#[tokio::test]
async fn every_kind_of_message_is_taken_and_answered_with_an_id() {
    let store = Store::greeted().await;
    store.sim.keep_file(FILE.parse().unwrap(), "image/png", Bytes::from_static(b"file"));
    // The stand-in has no templates but those that it was given.
    for message in every_kind().into_iter().filter(|m| !matches!(m, Message::Template(_))) {
        let sent = store.send(message.clone()).await.unwrap();
        assert_eq!(sent.wa_id.as_deref(), Some("551187654321"));
        let taken = store.sim.sent().pop().unwrap();
        assert_eq!(taken.id, sent.message_id);
        assert!(message.words().contains(taken.words()), "{:?}", taken.json);
        assert_eq!(taken.json["to"], "+551187654321");
    }
    let choices = store.sim.sent()[1].choices();
    assert_eq!(choices[0], ("accept:1042:1".to_owned(), "Fechar pedido".to_owned()));
    assert_eq!(store.sim.sent()[3].choices()[0].1, "CP II 50kg");
}

#[test]
fn every_kind_of_message_is_written_as_the_platform_reads_it() {
    let bodies: Vec<String> = every_kind()
        .into_iter()
        .map(|message| {
            let request = Request::new(phone("551187654321").into(), message);
            let mut body = request.to_graph();
            for common in ["messaging_product", "recipient_type", "to"] {
                body.as_object_mut().unwrap().remove(common).unwrap();
            }
            // Another crate of the build may ask serde_json to keep insertion order.
            body.sort_all_objects();
            body.to_string()
        })
        .collect();
    insta::assert_snapshot!(bodies.join("\n"));
}

#[tokio::test]
async fn a_template_goes_out_without_a_word_of_the_customer() {
    let store = Store::open().await;
    let parameter = Parameter::flattened("Ana\nSouza");
    let template = Template::new("orcamento_pronto", "pt_BR", vec![parameter]).unwrap();
    let sent = store.send(Message::Template(template)).await.unwrap();
    assert_eq!(sent.status.as_deref(), Some("accepted"));
    let body = &store.sim.sent()[0].json["template"]["components"][0];
    assert_eq!(body["parameters"][0]["text"], "Ana Souza");
}

#[tokio::test]
async fn who_hides_their_number_is_written_to_by_user_id() {
    let store = Store::open().await;
    let key = ContactKey::new(None, Some("BR.1502576394655843".parse().unwrap())).unwrap();
    let customer = Customer { key: key.clone(), name: "Ana".into() };
    let oi = CustomerMessage::Text("oi".into());
    store.sim.customer_sends(&store.number, &customer, oi).await.unwrap();
    let message = first_message(&store).await;
    assert_eq!(message.customer.contact.as_ref(), Some(&key));
    let sent = store.send_to(key.clone(), text("Olá")).await.unwrap();
    assert_eq!(sent.wa_id, None);
    let taken = store.sim.sent().pop().unwrap();
    assert_eq!(taken.to, key);
    assert_eq!(taken.json["recipient"], "BR.1502576394655843");
    assert!(taken.json.get("to").is_none());
}

#[tokio::test]
async fn a_ninth_digit_more_or_less_reaches_the_same_person() {
    let store = Store::greeted().await;
    let dialled = phone("5511987654321").into();
    let sent = store.send_to(dialled, text("Olá")).await.unwrap();
    assert_eq!(sent.wa_id.as_deref(), Some("551187654321"), "as WhatsApp knows it");
}

#[tokio::test]
async fn a_pressed_button_and_a_chosen_row_come_back_as_replies() {
    let store = Store::greeted().await;
    let sent = store.send(Message::Buttons(buttons())).await.unwrap().message_id;
    let (id, title) = ("accept:1042:1".to_owned(), "Fechar pedido".to_owned());
    store.says(CustomerMessage::Button { id, title, context: Some(sent.clone()) }).await;
    let (id, title) = ("pick:1042:CIM-CP2-50".to_owned(), "CP II 50kg".to_owned());
    store.says(CustomerMessage::List { id, title, context: None }).await;
    let updates = store.inbox.wait(5).await;
    let replies: Vec<(String, bool)> = updates
        .iter()
        .filter_map(|update| match update {
            Update::Message(message) => match message.to_content(None) {
                Some(Content::Reply(reply)) => {
                    Some((reply.to_string(), message.refers_to() == Some(&sent)))
                }
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert_eq!(
        replies,
        [("accept:1042:1".to_owned(), true), ("pick:1042:CIM-CP2-50".to_owned(), false)]
    );
}

#[tokio::test]
async fn everything_a_customer_can_send_arrives_signed_and_whole() {
    let store = Store::open().await;
    let bytes = Bytes::from_static(b"%PDF-1.7");
    let reaction = |id: &str| CustomerMessage::Reaction {
        message_id: id.parse().unwrap(),
        emoji: "👍".into(),
    };
    let location = CustomerMessage::Location {
        latitude: "-23.561684".into(),
        longitude: "-46.655981".into(),
        name: Some("Obra".into()),
    };
    let raw = json!({ "type": "hologram", "hologram": {}, "id": "wamid.MINE" });
    let all = vec![
        CustomerMessage::Text("amanhã 10/12 😀 a@b".into()),
        CustomerMessage::Audio(bytes.clone()),
        CustomerMessage::Image { bytes: bytes.clone(), caption: Some("lista".into()) },
        CustomerMessage::Document { bytes, filename: "obra.pdf".into() },
        location,
        reaction("wamid.Q"),
        CustomerMessage::Raw(raw),
    ];
    let ids = store.sim.customer_sends_all(&store.number, &store.ana, all).await.unwrap();
    let kinds: Vec<String> = store
        .inbox
        .wait(7)
        .await
        .iter()
        .map(|update| match update {
            Update::Message(message) => message.kind.code().to_owned(),
            other => panic!("expected a message, found {other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["text", "audio", "image", "document", "location", "reaction", "hologram"]);
    assert_eq!(ids[6].as_str(), "wamid.MINE");
    let MessageKind::Text { body } = first_message(&store).await.kind else { panic!() };
    assert_eq!(body, "amanhã 10/12 😀 a@b");
}

#[tokio::test]
async fn a_read_mark_shows_typing_and_names_who_wrote() {
    let store = Store::open().await;
    let id = store.says(CustomerMessage::Text("oi".into())).await;
    let mut events = store.sim.subscribe();
    store.client.mark_read(&store.number, &token(), &id, Typing::Shown).await.unwrap();
    let expected = SimEvent::Read { message_id: id, customer: store.ana.key.clone(), typing: true };
    assert_eq!(events.recv().await.unwrap(), expected);
    let unknown = "wamid.UNKNOWN".parse().unwrap();
    let refused = store.client.mark_read(&store.number, &token(), &unknown, Typing::Hidden).await;
    assert_eq!(refused.unwrap_err().advice(), Advice::FixRequest);
}

#[tokio::test]
async fn a_file_is_fetched_whole_or_not_at_all() {
    let store = Store::open().await;
    /// The SHA-256 of nothing.
    const OTHER: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let bytes = Bytes::from_static(b"%PDF-1.7 lista da obra");
    store.says(CustomerMessage::Document { bytes: bytes.clone(), filename: "a.pdf".into() }).await;
    let MessageKind::Media(media) = first_message(&store).await.kind else { panic!() };
    let id = media.id.unwrap();
    let info = store.client.file_info(&id, &token()).await.unwrap();
    assert_eq!((info.mime_type.as_str(), info.size), ("application/pdf", 22));
    let up_to = |max_bytes| Claim { max_bytes, sha256: media.sha256.as_deref() };
    let file = store.client.download(&info, &up_to(22), &token()).await.unwrap();
    assert_eq!(file.bytes, bytes);
    let large = store.client.download(&info, &up_to(21), &token()).await.unwrap_err();
    assert!(matches!(large, FileError::TooLarge { max: 21, found: 22 }), "{large}");
    let mut claims_less = info.clone();
    claims_less.size = 1;
    let large = store.client.download(&claims_less, &up_to(21), &token()).await.unwrap_err();
    assert!(matches!(large, FileError::TooLarge { max: 21, .. }), "{large}");
    assert!(store.client.download(&info, &up_to(99), &"other".into()).await.is_err());
    for (sha256, fits) in
        [("rubbish", true), (media.sha256.as_deref().unwrap(), true), (OTHER, false)]
    {
        let claim = Claim { max_bytes: 99, sha256: Some(sha256) };
        let file = store.client.download(&info, &claim, &token()).await;
        assert_eq!(file.is_ok(), fits, "{sha256}");
        assert!(fits || matches!(file, Err(FileError::Hash)));
    }
    let gone = store.client.file_info(&"1".parse().unwrap(), &token()).await.unwrap_err();
    assert_eq!(gone.code(), Some(100));
}
