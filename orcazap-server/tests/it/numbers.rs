//! Numbers and templates from the command line, against the stand-in.

use std::process::{Command, Output};

use orcazap_whatsapp::graph_sim::{SimNumberState, SimToken};

use crate::house::{House, KEYS};

/// A house, and the command line pointed at it.
struct Desk {
    house: House,
}

impl Desk {
    async fn open() -> Self {
        Self { house: House::open().await }
    }

    fn run_with(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        let graph = self.house.sim.base_url();
        Command::new(env!("CARGO_BIN_EXE_orcazap"))
            .args(arguments)
            .env_clear()
            .env("DATABASE_URL", &self.house.url)
            .env("SECRET_KEYS", KEYS)
            .env("GRAPH_API_URL", graph.as_str())
            .envs(more.iter().copied())
            .output()
            .unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, &[])
    }

    /// Connects our store's number, as an operator does first.
    fn connect(&self) {
        let connect = ["channel", "connect", "--tenant", "loja", "--account", "2001"];
        succeeds(&self.run_with(&connect, &[("WHATSAPP_PIN", "123456")]));
    }

    fn set(&self, change: impl FnOnce(&mut SimNumberState)) {
        let mut state = SimNumberState::default();
        change(&mut state);
        self.house.sim.set_number_state(&self.house.ours.number, state);
    }
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Both what is said and what is complained about, of a command that fails.
#[track_caller]
fn fails(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    let said = String::from_utf8(all).unwrap();
    assert!(!said.contains("token-da-loja"), "{said}");
    said
}

const CHECK: [&str; 4] = ["channel", "check", "--tenant", "loja"];

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_connected_and_then_nothing_is_wrong_with_it() {
    let desk = Desk::open().await;
    let said = fails(&desk.run(&CHECK));
    assert!(said.contains("a conta (WABA) do número não é conhecida aqui"), "{said}");
    let connect = ["channel", "connect", "--tenant", "loja"];
    assert!(fails(&desk.run(&connect)).contains("name it with --account"));
    desk.connect();
    assert!(desk.house.sim.is_subscribed(&"2001".parse().unwrap()));
    desk.connect();
    let said = succeeds(&desk.run(&CHECK));
    assert!(said.contains("Tudo certo."), "{said}");
    assert!(said.contains("pode iniciar conversa com 2.000 clientes por dia"), "{said}");
    let listed = succeeds(&desk.run(&["channel", "list", "--tenant", "loja"]));
    let row = listed.lines().nth(1).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["1001", "Balcão", "2001", "sim", "ativo"]
    );
    let wrong_pin = [&connect[..], &["--account", "2001"]].concat();
    let said = fails(&desk.run_with(&wrong_pin, &[("WHATSAPP_PIN", "654321")]));
    assert!(said.contains("PIN"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_with_an_app_of_its_own_has_its_webhooks_sent_to_its_own_address() {
    let desk = Desk::open().await;
    desk.connect();
    let secret = ["channel", "secret", "--tenant", "loja"];
    assert!(fails(&desk.run(&secret)).contains("WHATSAPP_CHANNEL_APP_SECRET"));
    let connect = ["channel", "connect", "--tenant", "loja", "--callback"];
    let local = ("BASE_DOMAIN", "localhost:8080");
    assert!(fails(&desk.run_with(&connect, &[local])).contains("WHATSAPP_VERIFY_TOKEN"));
    let own = [
        ("WHATSAPP_CHANNEL_APP_SECRET", "segredo-da-loja"),
        ("WHATSAPP_CHANNEL_VERIFY_TOKEN", "palavra-da-loja"),
    ];
    let said = succeeds(&desk.run_with(&secret, &own));
    assert!(!said.contains("segredo-da-loja") && !said.contains("palavra-da-loja"), "{said}");
    let plain = "SELECT count(*) FROM channels
                 WHERE position('segredo-da-loja'::bytea IN app_secrets) > 0";
    assert_eq!(desk.house.number(plain).await, 0, "it is sealed");
    let domain = ("BASE_DOMAIN", "orcazap.example");
    succeeds(&desk.run_with(&connect, &[domain]));
    let said = succeeds(&desk.run_with(&CHECK, &[domain]));
    let address = "https://api.orcazap.example/webhooks/whatsapp";
    assert!(said.contains(&format!("webhooks vão para {address}/1001")), "{said}");

    succeeds(&desk.run(&[&secret[..], &["--remove"]].concat()));
    let said = fails(&desk.run_with(&CHECK, &[domain]));
    assert!(said.contains(&format!("para {address}/1001, e não para {address}\n")), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_a_number_is_named_with_how_to_mend_it() {
    let desk = Desk::open().await;
    desk.connect();
    let sees = |expected: &[&str]| {
        let said = fails(&desk.run(&CHECK));
        for part in expected {
            assert!(said.contains(part), "expected {part:?} in {said}");
        }
    };
    desk.set(|state| state.status = "PENDING".into());
    sees(&["não está conectado: PENDING", "WHATSAPP_PIN", "1 problema a resolver"]);
    desk.set(|state| state.verification = "NOT_VERIFIED".into());
    sees(&["o número não foi verificado", "SMS"]);
    desk.set(|state| state.name_status = "DECLINED".into());
    sees(&["não aprovou o nome de exibição"]);
    desk.set(|state| state.quality = "RED".into());
    sees(&["qualidade vermelha"]);
    desk.set(|state| state.platform = "ON_PREMISE".into());
    sees(&["não está na Cloud API"]);
    desk.set(|state| {
        state.blocked = Some((141_006, "There is an error with your payment method".into()))
    });
    sees(&["o número não pode enviar: 141006", "Gerenciador do WhatsApp"]);
    desk.set(|state| {
        state.quality = "YELLOW".into();
        state.name_status = "PENDING_REVIEW".into();
    });
    let said = succeeds(&desk.run(&CHECK));
    assert!(said.contains("nota  qualidade amarela") && said.contains("em análise"), "{said}");

    let token = |token: SimToken| desk.house.sim.set_token("token-da-loja", token);
    token(SimToken { valid: false, ..SimToken::default() });
    sees(&["não é válido ou foi revogado", "WHATSAPP_API_TOKEN", "(190)"]);
    token(SimToken { valid: true, expires_at: 1_700_000_000, ..SimToken::default() });
    sees(&["o token de acesso venceu em 14/11/2023"]);
    let soon = chrono::Utc::now().timestamp() + 3600;
    token(SimToken { expires_at: soon, ..SimToken::default() });
    sees(&["o token de acesso vence em"]);
    token(SimToken { scopes: vec!["whatsapp_business_management".into()], ..SimToken::default() });
    sees(&["falta ao token a permissão whatsapp_business_messaging"]);
    token(SimToken { scopes: Vec::new(), ..SimToken::default() });
    sees(&["o número não pôde ser consultado (10)"]);
    token(SimToken::default());

    let domain = [("BASE_DOMAIN", "orcazap.example")];
    let said = fails(&desk.run_with(&CHECK, &domain));
    assert!(said.contains("e não para https://api.orcazap.example/webhooks/whatsapp"), "{said}");
    let account = "2001".parse().unwrap();
    let client = &desk.house.app.transports.graph;
    client.unsubscribe(&account, &"token-da-loja".into()).await.unwrap();
    sees(&["nenhum app está inscrito na conta", "orcazap channel connect"]);

    let mut tx = desk.house.app.store.tenant(desk.house.ours.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0);
    tx.pause_channel(channel.id, "368: política").await.unwrap();
    tx.commit().await.unwrap();
    sees(&["envios pausados: 368: política", "channel resume", "2 problemas a resolver"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ready_templates_are_submitted_once_and_kept_as_the_platform_tells_of_them() {
    let desk = Desk::open().await;
    let submit = ["template", "submit", "--tenant", "loja"];
    assert!(fails(&desk.run(&submit)).contains("--account"));
    let one = [&submit[..], &["--account", "2001", "--name", "orcamento_pronto"]].concat();
    let said = succeeds(&desk.run(&one));
    assert!(said.contains("orcamento_pronto: enviado: em análise"), "{said}");
    let said = succeeds(&desk.run(&submit));
    assert!(said.contains("orcamento_pronto: já existe: em análise"), "{said}");
    assert_eq!(said.matches("enviado").count(), 5, "{said}");
    assert_eq!(desk.house.number("SELECT count(*) FROM templates").await, 6);
    let none = [&submit[..], &["--name", "nenhum"]].concat();
    assert!(fails(&desk.run(&none)).contains("não há modelo pronto com o nome nenhum"));

    let sim = &desk.house.sim;
    sim.review_template("orcamento_pronto", "pt_BR", "APPROVED", None).await.unwrap();
    sim.review_template("entrega_hoje", "pt_BR", "REJECTED", Some("INVALID_FORMAT")).await.unwrap();
    let state = |name| format!("SELECT status FROM templates WHERE name = '{name}'");
    assert_eq!(desk.house.text(&state("orcamento_pronto")).await, "APPROVED", "told by webhook");
    assert_eq!(desk.house.text(&state("entrega_hoje")).await, "REJECTED");
    sim.rate_template("orcamento_pronto", "pt_BR", "YELLOW").await.unwrap();
    let listed = succeeds(&desk.run(&["template", "list", "--tenant", "loja"]));
    let row = listed.lines().find(|line| line.starts_with("orcamento_pronto")).unwrap();
    let row: Vec<_> = row.split_whitespace().collect();
    assert_eq!(row, ["orcamento_pronto", "pt_BR", "utilidade", "aprovado", "amarela"]);
    assert_eq!(desk.house.seen_by(desk.house.theirs.tenant.id, "templates").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_shown_as_a_customer_reads_it() {
    let desk = Desk::open().await;
    let preview = ["template", "preview", "--tenant", "loja"];
    let all = succeeds(&desk.run(&preview));
    assert_eq!(all.matches("── ").count(), 6, "{all}");
    let one = succeeds(&desk.run(&[&preview[..], &["orcamento_pronto"]].concat()));
    assert!(
        one.contains("Olá, Ana! O orçamento 1042") && one.contains("[ Ver orçamento ]"),
        "{one}"
    );
    let none = fails(&desk.run(&[&preview[..], &["nenhum"]].concat()));
    assert!(none.contains("não há modelo com o nome nenhum"), "{none}");
}
