//! Templates: the platform's rules, how they read, and their life at the stand-in.

use orcazap_core::conversation::MediaKind;
use orcazap_whatsapp::send::{Argument, Pin, Template, TemplateButton, TemplateHeader};
use orcazap_whatsapp::templates::{
    ButtonDefinition, Definition, HeaderDefinition, Mismatch, RuleError, TemplateCategory, ready,
};
use orcazap_whatsapp::webhook::{News, Update};
use orcazap_whatsapp::{Advice, Message};
use serde_json::json;

use crate::kinds::{named, picture, value};
use crate::schema::{TEMPLATE, assert_valid};
use crate::store::{ACCOUNT, Store, token};

/// A template with names, a header with a variable, and two buttons.
fn definition() -> Definition {
    serde_json::from_value(json!({
        "name": "orcamento_pronto", "language": "pt_BR", "category": "utility",
        "ttl_seconds": 3600,
        "header": { "text": "Orçamento {{numero}}" },
        "body": "Olá, {{nome}}! Seu orçamento ficou em {{total}} e vale por dois dias.",
        "footer": "Depósito Souza",
        "buttons": [
            { "type": "quick_reply", "text": "Ver orçamento" },
            { "type": "url", "text": "Abrir", "url": "https://loja.example/q/{{1}}",
              "example": "https://loja.example/q/1042" },
        ],
        "examples": { "numero": "1042", "nome": "Ana", "total": "R$ 1.234,56" },
    }))
    .unwrap()
}

fn message() -> Template {
    let body = vec![named("nome", "Ana"), named("total", "R$ 1.234,56")];
    Template::named("orcamento_pronto", "pt_BR", body)
        .unwrap()
        .with_header(TemplateHeader::Text(Argument::from(named("numero", "1042"))))
        .with_button(1, TemplateButton::url_suffix("1042").unwrap())
        .unwrap()
}

#[test]
fn every_ready_template_obeys_the_rules_and_reads_well() {
    let all = ready();
    let mut texts = Vec::new();
    for ready in &all {
        let definition = &ready.definition;
        definition.check().unwrap_or_else(|error| panic!("{}: {error}", definition.name));
        assert_valid(&TEMPLATE, &definition.to_graph());
        assert_eq!(definition.language, "pt_BR");
        assert!(
            definition.ttl_seconds.is_some(),
            "{}: news that is late does harm",
            definition.name
        );
        let read = Definition::from_graph(&definition.to_graph()).unwrap();
        assert_eq!(&read, definition, "read back as it was written");
        let preview = definition.preview_of_examples().unwrap();
        texts.push(format!("# {}\n# {}\n{preview}", definition.name, ready.purpose));
    }
    let bodies: std::collections::BTreeSet<_> =
        all.iter().map(|ready| (&ready.definition.body, &ready.definition.footer)).collect();
    assert_eq!(bodies.len(), all.len(), "the platform refuses the same words twice");
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_definition_is_the_platforms_json_both_ways() {
    let definition = definition();
    definition.check().unwrap();
    let graph = definition.to_graph();
    assert_valid(&TEMPLATE, &graph);
    assert_eq!(graph["parameter_format"], "NAMED");
    assert_eq!(Definition::from_graph(&graph).unwrap(), definition);
    let numbered = Definition {
        header: Some(HeaderDefinition::Location),
        body: "Olá, {{1}}! Seu pedido ficou em {{2}} hoje.".into(),
        buttons: vec![
            ButtonDefinition::CopyCode { example: "PIX10".into() },
            ButtonDefinition::PhoneNumber {
                text: "Ligar".into(),
                phone_number: "+551132345678".into(),
            },
            ButtonDefinition::Flow { text: "Obra".into(), flow_id: "1".into() },
        ],
        examples: [("1", "Ana"), ("2", "R$ 5")].map(|(k, v)| (k.into(), v.into())).into(),
        ..definition
    };
    numbered.check().unwrap();
    let graph = numbered.to_graph();
    assert_valid(&TEMPLATE, &graph);
    assert_eq!(graph["components"][1]["example"]["body_text"], json!([["Ana", "R$ 5"]]));
    assert_eq!(Definition::from_graph(&graph).unwrap(), numbered);
}

#[test]
fn what_is_new_in_a_template_is_kept() {
    let graph = json!({
        "name": "novo", "language": "pt_BR", "category": "MARKETING", "id": "1",
        "components": [
            { "type": "header", "format": "HOLOGRAM" },
            { "type": "body", "text": "Olá" },
            { "type": "carousel", "cards": [] },
            { "type": "buttons", "buttons": [{ "type": "TELEPATHY", "text": "Pense" }] },
        ],
    });
    let definition = Definition::from_graph(&graph).unwrap();
    assert_eq!(definition.others.len(), 2);
    assert_eq!(definition.buttons[0].label(), "Pense");
    assert_eq!(Definition::from_graph(&json!({ "name": "x", "components": [] })), None);
}

#[track_caller]
fn breaks(change: impl FnOnce(&mut Definition)) -> RuleError {
    let error = with(change).check().unwrap_err();
    assert!(!error.to_string().is_empty());
    error
}

#[test]
fn every_rule_of_the_platform_is_checked_before_a_template_is_submitted() {
    use RuleError::{Empty, Form, TooFewWords, TooLong, TooMany, Variable};
    let problem = |error| match error {
        Variable { problem, .. } => problem,
        other => panic!("{other}"),
    };
    let url = |url: &str, example: Option<&str>| ButtonDefinition::Url {
        text: "Abrir".into(),
        url: url.into(),
        example: example.map(str::to_owned),
    };
    let reply = |text: &str| ButtonDefinition::QuickReply { text: text.into() };
    assert!(matches!(breaks(|d| d.name = "Olá".into()), Form { what: "name", .. }));
    assert!(matches!(breaks(|d| d.name = "a".repeat(513)), TooLong { max: 512, found: 513, .. }));
    assert!(matches!(
        breaks(|d| d.body = "a".repeat(1025)),
        TooLong { what: "body", found: 1025, .. }
    ));
    assert!(matches!(breaks(|d| d.body = " ".into()), Empty { what: "body" }));
    assert!(matches!(breaks(|d| d.footer = Some("a".repeat(61))), TooLong { what: "footer", .. }));
    assert!(problem(breaks(|d| d.footer = Some("{{nome}} oi".into()))).contains("footer"));
    let long = HeaderDefinition::Text("a".repeat(61));
    assert!(matches!(breaks(|d| d.header = Some(long)), TooLong { what: "header", .. }));
    let bold = HeaderDefinition::Text("*Oi*".into());
    assert!(matches!(breaks(|d| d.header = Some(bold)), Form { what: "header", .. }));
    let two = HeaderDefinition::Text("{{nome}} e {{total}}".into());
    assert!(matches!(breaks(|d| d.header = Some(two)), TooMany { max: 1, found: 2, .. }));
    let file = HeaderDefinition::Image { handle: String::new() };
    assert!(matches!(breaks(|d| d.header = Some(file)), Empty { .. }));
    for body in ["{{nome}} olá você aí hoje cedo", "olá você aí hoje cedo {{nome}}"] {
        assert!(problem(breaks(|d| d.body = body.into())).contains("beginning or the end"));
    }
    assert!(
        problem(breaks(|d| d.body = "oi {{nome}}{{total}} a b c d e".into())).contains("behind")
    );
    assert!(problem(breaks(|d| d.body = "oi {{Nome}} a b c d".into())).contains("a-z"));
    assert!(problem(breaks(|d| d.body = "oi {{outro}} a b c d".into())).contains("no example"));
    let numbers = |body: &'static str| {
        breaks(|d| {
            d.body = body.into();
            d.examples = ["1", "2", "3"].map(|n| (n.to_owned(), "x".to_owned())).into();
            d.header = None;
        })
    };
    assert!(problem(numbers("oi {{1}} a b c {{3}} d e f")).contains("order"));
    assert!(
        problem(breaks(|d| {
            d.body = "oi {{nome}} a b c {{2}} d e f".into();
            d.examples.insert("2".into(), "x".into());
        }))
        .contains("beside")
    );
    assert!(matches!(
        breaks(|d| d.body = "oi {{nome}} e {{total}} já".into()),
        TooFewWords { variables: 2, min: 5, found: 3 }
    ));
    assert!(matches!(breaks(|d| d.buttons = vec![reply("a"); 11]), TooMany { max: 10, .. }));
    assert!(matches!(
        breaks(|d| d.buttons = vec![url("https://a", None); 3]),
        TooMany { max: 2, .. }
    ));
    assert!(matches!(
        breaks(|d| d.buttons = vec![reply(&"a".repeat(26))]),
        TooLong { max: 25, .. }
    ));
    assert!(
        problem(breaks(|d| d.buttons = vec![url("https://a/{{1}}/b", Some("x"))])).contains("end")
    );
    assert!(
        problem(breaks(|d| d.buttons = vec![url("https://a/{{1}}", None)])).contains("example")
    );
    let long = format!("https://a/{}", "b".repeat(1991));
    assert!(matches!(breaks(|d| d.buttons = vec![url(&long, None)]), TooLong { max: 2000, .. }));
    let code = ButtonDefinition::CopyCode { example: "a".repeat(21) };
    assert!(matches!(breaks(|d| d.buttons = vec![code]), TooLong { max: 20, .. }));
    let mixed = vec![reply("a"), url("https://a", None), reply("b")];
    assert!(matches!(breaks(|d| d.buttons = mixed), Form { what: "quick replies", .. }));
    assert!(matches!(breaks(|d| d.ttl_seconds = Some(43_201)), Form { what: "ttl_seconds", .. }));
    assert!(matches!(
        breaks(|d| d.category = TemplateCategory::Marketing),
        Form { what: "ttl_seconds", .. }
    ));
}

#[test]
fn the_schema_refuses_what_the_rules_refuse() {
    let text = |n: usize| "a".repeat(n);
    let label = |n| ButtonDefinition::QuickReply { text: text(n) };
    let url = |url: String| ButtonDefinition::Url { text: text(1), url, example: None };
    let code = |n| ButtonDefinition::CopyCode { example: text(n) };
    let pairs: Vec<(Definition, Definition)> = vec![
        (with(|d| d.name = text(512)), with(|d| d.name = text(513))),
        (with(|d| d.body = text(1024)), with(|d| d.body = text(1025))),
        (with(|d| d.footer = Some(text(60))), with(|d| d.footer = Some(text(61)))),
        (with(|d| d.header = header(60)), with(|d| d.header = header(61))),
        (with(|d| d.buttons = vec![label(25)]), with(|d| d.buttons = vec![label(26)])),
        (with(|d| d.buttons = vec![label(1); 10]), with(|d| d.buttons = vec![label(1); 11])),
        (with(|d| d.buttons = vec![code(20)]), with(|d| d.buttons = vec![code(21)])),
        (
            with(|d| d.buttons = vec![url("https://a".into()); 2]),
            with(|d| d.buttons = vec![url("https://a".into()); 3]),
        ),
        (
            with(|d| d.buttons = vec![url(format!("https://a/{}", text(1990)))]),
            with(|d| d.buttons = vec![url(format!("https://a/{}", text(1991)))]),
        ),
        (with(|d| d.ttl_seconds = Some(43_200)), with(|d| d.ttl_seconds = Some(43_201))),
    ];
    for (at_the_limit, beyond) in pairs {
        at_the_limit.check().unwrap();
        assert_valid(&TEMPLATE, &at_the_limit.to_graph());
        let error = beyond.check().unwrap_err();
        assert!(!TEMPLATE.is_valid(&beyond.to_graph()), "the schema takes it: {error}");
    }
}

fn with(change: impl FnOnce(&mut Definition)) -> Definition {
    let mut definition = definition();
    change(&mut definition);
    definition
}

fn header(length: usize) -> Option<HeaderDefinition> {
    Some(HeaderDefinition::Text("a".repeat(length)))
}

#[test]
fn a_message_is_checked_against_its_template_and_previewed() {
    let definition = definition();
    let preview = definition.preview(&message()).unwrap();
    assert_eq!(preview.header.as_deref(), Some("Orçamento 1042"));
    assert_eq!(preview.body, "Olá, Ana! Seu orçamento ficou em R$ 1.234,56 e vale por dois dias.");
    assert_eq!(preview.buttons, ["Ver orçamento", "Abrir"]);

    let wrong = |message: Template| definition.preview(&message).unwrap_err();
    let body = |values| Template::named("orcamento_pronto", "pt_BR", values).unwrap();
    let other = Template::new("outro", "pt_BR", Vec::new()).unwrap();
    assert!(matches!(wrong(other), Mismatch::Another { .. }));
    let header = || TemplateHeader::Text(Argument::from(named("numero", "1042")));
    let short = body(vec![named("nome", "Ana")]).with_header(header());
    assert_eq!(wrong(short), Mismatch::NoValue { name: "total".into() });
    let more = body(vec![named("nome", "Ana"), named("total", "1"), named("cep", "1")]);
    assert_eq!(wrong(more.with_header(header())), Mismatch::NoVariable { found: "cep".into() });
    let numbered = Template::new("orcamento_pronto", "pt_BR", vec![value("Ana")]).unwrap();
    assert!(matches!(wrong(numbered.with_header(header())), Mismatch::NoVariable { .. }));
    let full = || body(vec![named("nome", "Ana"), named("total", "R$ 5")]);
    assert_eq!(wrong(full()), Mismatch::NoValue { name: "numero".into() });
    let pin = Pin::new(1.into(), 1.into()).unwrap();
    let located = full().with_header(TemplateHeader::Location(pin));
    assert_eq!(wrong(located), Mismatch::Header { expected: "a text" });
    let lacking = wrong(full().with_header(header()));
    assert!(matches!(lacking, Mismatch::Button { index: 1, expected: "the end of its address" }));
    let wide = full().with_header(header()).with_button(7, TemplateButton::otp("1").unwrap());
    let wide = wide.and_then(|m| m.with_button(1, TemplateButton::url_suffix("1")?)).unwrap();
    assert!(matches!(wrong(wide), Mismatch::Button { index: 7, .. }));
    let long = body(vec![named("nome", &"a".repeat(1000)), named("total", "1")]);
    let long = long.with_header(header());
    assert!(matches!(wrong(long), Mismatch::TooLong { what: "body", max: 1024, .. }));
}

#[test]
fn a_header_of_a_file_wants_that_kind_of_file() {
    let definition = Definition {
        header: Some(HeaderDefinition::Document { handle: "4::aW".into() }),
        ..definition()
    };
    let with = |kind| message().with_header(TemplateHeader::File(picture(kind)));
    assert!(definition.preview(&with(MediaKind::Document)).is_ok());
    let wrong = definition.preview(&with(MediaKind::Image)).unwrap_err();
    assert_eq!(wrong, Mismatch::Header { expected: "a document" });
}

#[tokio::test]
async fn a_template_is_submitted_approved_sent_paused_and_deleted() {
    let store = Store::open().await;
    let (client, account, token) = (&store.client, ACCOUNT.parse().unwrap(), token());
    let definition = Definition { name: "novo".into(), ..definition() };
    let submitted = client.create_template(&account, &token, &definition).await.unwrap();
    assert_eq!(
        (submitted.status.as_str(), submitted.category.as_deref()),
        ("PENDING", Some("UTILITY"))
    );

    let again = client.create_template(&account, &token, &definition).await.unwrap_err();
    assert_eq!(again.explain(), "Já existe um modelo com este nome e idioma.");
    let broken = Definition { body: "oi".repeat(600), ..definition.clone() };
    let broken = client.create_template(&account, &token, &broken).await.unwrap_err();
    assert_eq!(broken.advice(), Advice::FixRequest);
    assert!(broken.explain().contains("tamanho"), "{}", broken.explain());

    let body = vec![named("nome", "Ana"), named("total", "R$ 5")];
    let message = || {
        let header = TemplateHeader::Text(Argument::from(named("numero", "1042")));
        let template = Template::named("novo", "pt_BR", body.clone()).unwrap().with_header(header);
        let suffix = TemplateButton::url_suffix("1042").unwrap();
        Message::Template(template.with_button(1, suffix).unwrap())
    };
    assert_eq!(store.send(message()).await.unwrap_err().code(), Some(132_001), "not approved yet");
    store.sim.review_template("novo", "pt_BR", "APPROVED", None).await.unwrap();
    assert!(store.send(message()).await.is_ok());
    let told = store.inbox.wait(1).await.into_iter().find_map(|update| match update {
        Update::Notice(notice) => Some(notice.news),
        _ => None,
    });
    let Some(News::TemplateStatus { template, event, .. }) = told else { panic!("{told:?}") };
    assert_eq!((template.name.as_str(), event.as_str()), ("novo", "APPROVED"));
    assert_eq!(template.id.as_deref(), Some(submitted.id.as_str()));

    let edited = Definition { footer: Some("Outro rodapé".into()), ..definition.clone() };
    client.edit_template(&submitted.id, &token, &edited).await.unwrap();
    let listed = client.templates(&account, &token).await.unwrap().remove(0);
    assert_eq!((listed.status.as_str(), listed.quality.as_deref()), ("PENDING", Some("UNKNOWN")));
    assert_eq!(listed.definition.unwrap().footer.as_deref(), Some("Outro rodapé"));
    let early = client.edit_template(&submitted.id, &token, &edited).await.unwrap_err();
    assert_eq!(early.code(), Some(100), "it is in review");

    store.sim.review_template("novo", "pt_BR", "PAUSED", None).await.unwrap();
    assert!(store.send(message()).await.is_err());
    client.unpause_template(&submitted.id, &token).await.unwrap();
    assert!(store.send(message()).await.is_ok());

    client.delete_template(&account, &token, "novo", None).await.unwrap();
    assert!(client.templates(&account, &token).await.unwrap().is_empty());
    let blocked = client.create_template(&account, &token, &definition).await.unwrap_err();
    assert!(blocked.explain().contains("30 dias"), "{}", blocked.explain());
}

#[tokio::test]
async fn templates_are_listed_page_by_page() {
    let store = Store::open().await;
    let (client, account, token) = (&store.client, ACCOUNT.parse().unwrap(), token());
    for n in 0..101 {
        let definition = Definition { name: format!("t{n}"), ..definition() };
        client.create_template(&account, &token, &definition).await.unwrap();
    }
    let page = client.template_page(&account, &token, None).await.unwrap();
    assert_eq!((page.templates.len(), page.after.as_deref()), (100, Some("100")));
    let last = client.template_page(&account, &token, page.after.as_deref()).await.unwrap();
    assert_eq!((last.templates.len(), last.after), (1, None));
    assert_eq!(client.templates(&account, &token).await.unwrap().len(), 101);
    let stale = client.template_page(&account, &token, Some("stale")).await.unwrap_err();
    assert_eq!(stale.code(), Some(131_059));
}
