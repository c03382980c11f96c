//! The command line as an operator meets it: what is done, and what is said when
//! something is missing or wrong.

use std::io::Write;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

use orcazap_core::Product;
use orcazap_core::catalog::{Stock, csv};
use orcazap_whatsapp::graph_sim::Fault;

use crate::database;
use crate::house::{House, KEYS, customer};

const HEADER: &str = "sku,name,category,unit,price,cost,weight_kg,pack_qty,pack_unit,step,aliases";

/// Runs `orcazap` with these settings and nothing else in its environment.
fn orcazap(arguments: &[&str], settings: &[(&str, &str)], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_orcazap"))
        .args(arguments)
        .env_clear()
        .envs(settings.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A command that refuses its settings does not wait for its input, and one
        // that answers as it reads waits for its answers to be taken.
        scope.spawn(move || stdin.write_all(input.as_bytes()).ok());
        child.wait_with_output().unwrap()
    })
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refuses(output: &Output, expected: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for part in expected {
        assert!(said.contains(part), "expected {part:?} in {said}");
    }
}

#[test]
fn serve_without_settings_says_all_that_is_missing_and_that_there_is_a_demo() {
    let missing = ["DATABASE_URL", "SECRET_KEYS", "WHATSAPP_APP_SECRET", "orcazap demo"];
    refuses(&orcazap(&["serve"], &[], ""), &missing);
    refuses(&orcazap(&["migrate"], &[("DATABASE_URL", "mysql://x")], ""), &["postgres://"]);
}

#[test]
fn a_database_that_is_down_is_named_and_the_command_fails() {
    let settings = [("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none"), ("SECRET_KEYS", KEYS)];
    let output = orcazap(&["tenant", "create", "loja", "--name", "Loja"], &settings, "");
    refuses(&output, &["the database does not answer at DATABASE_URL"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_the_schema_sends_the_operator_to_migrate() {
    let somewhere = database::fresh().await;
    let name = format!("bare_{}", uuid::Uuid::new_v4().simple());
    database::execute(&somewhere, &format!("CREATE DATABASE {name}")).await;
    let (_, url) = database::beside(&somewhere, &name);
    let settings = [("DATABASE_URL", url.as_str()), ("SECRET_KEYS", KEYS)];
    let create = ["tenant", "create", "loja", "--name", "Loja"];
    refuses(&orcazap(&create, &settings, ""), &["run `orcazap migrate` first"]);
    succeeds(&orcazap(&["migrate"], &settings, ""));
    succeeds(&orcazap(&["migrate"], &settings, ""));
    assert!(succeeds(&orcazap(&create, &settings, "")).contains("created the store loja"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_set_up_from_the_command_line() {
    let url = database::fresh().await;
    let settings = [
        ("DATABASE_URL", url.as_str()),
        ("SECRET_KEYS", KEYS),
        ("WHATSAPP_API_TOKEN", "EAAG-invented"),
    ];
    let run = |arguments: &[&str], input: &str| orcazap(arguments, &settings, input);
    succeeds(&run(&["tenant", "create", "loja", "--name", "Depósito da Vila"], ""));
    let again = run(&["tenant", "create", "loja", "--name", "Outra"], "");
    refuses(&again, &["slug is taken: \"loja\""]);
    refuses(&run(&["tenant", "create", "api", "--name", "X"], ""), &["choose another slug"]);

    let user = ["user", "create", "--tenant", "loja", "--email", "Ana@loja.example"];
    let user = [&user[..], &["--name", "Ana", "--role", "owner"]].concat();
    refuses(&run(&user, "curta\n"), &["at least 8 characters"]);
    assert!(succeeds(&run(&user, "telha colonial\n")).contains("ana@loja.example"));
    refuses(&run(&user, "telha colonial\n"), &["email is taken"]);

    let number = ["channel", "add", "--tenant", "loja", "--number", "1065", "--name", "Balcão"];
    assert!(!succeeds(&run(&number, "")).contains("can't send"));
    refuses(&run(&["catalog", "import", "--tenant", "outra", "Cargo.toml"], ""), &["Cargo.toml"]);
    assert_eq!(database::number(&url, "SELECT count(*) FROM channels").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_is_taken_out_as_files_and_its_day_replayed_by_other_rules() {
    let house = House::open().await;
    let ana = customer(1);
    house.says(&ana, "10 sacos de cimento, vou retirar, pago no pix").await;
    house.settle().await;
    let settings = [("DATABASE_URL", house.url.as_str()), ("SECRET_KEYS", KEYS)];
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("loja");
    let path = |name: &str| into.join(name).to_str().unwrap().to_owned();
    let today = chrono::Utc::now().with_timezone(&chrono_tz::America::Sao_Paulo).date_naive();
    let export = ["tenant", "export", "loja", into.to_str().unwrap(), "--day", &today.to_string()];
    let said = succeeds(&orcazap(&export, &settings, ""));
    assert!(said.contains("and 1 turns of "), "{said}");
    refuses(&orcazap(&export, &settings, ""), &["catalog.csv can't be written"]);

    let turns = std::fs::read_to_string(path("turns.jsonl")).unwrap();
    let phone = ana.key.phone().unwrap().digits();
    assert!(turns.contains("10 sacos de cimento") && !turns.contains(phone), "{turns}");
    let mode = std::fs::metadata(path("turns.jsonl")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "for its owner alone");

    let rules = std::fs::read_to_string(path("store.toml")).unwrap();
    let others = rules.replace("rehearsal = false", "rehearsal = true");
    assert_ne!(others, rules);
    std::fs::write(path("other.toml"), others).unwrap();
    let (store, other) = (path("store.toml"), path("other.toml"));
    let replay = |other: &str| {
        succeeds(&orcazap(&["simulate", "--store", &store, "--replay", other], &[], &turns))
    };
    assert!(replay(&store).ends_with("\"changed\":0}\n"));
    let changed = replay(&other);
    assert!(changed.contains(r#""reasons":["rehearsal"]"#), "{changed}");
    assert!(changed.ends_with("{\"turns\":1,\"conversations\":1,\"changed\":1}\n"), "{changed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_number_sends_again_and_what_is_stuck_is_tried_again() {
    let house = House::open().await;
    let ana = customer(1);
    let settings = [("DATABASE_URL", house.url.as_str()), ("SECRET_KEYS", KEYS)];
    let run = |arguments: &[&str]| orcazap(arguments, &settings, "");
    house.sim.fail_next(1, Fault::Graph { http_status: 400, code: 131_026 });
    house.says(&ana, "bom dia").await;
    house.settle().await;

    let listed = succeeds(&run(&["stuck", "list", "--tenant", "loja"]));
    assert!(listed.contains(" failed: 131026"), "{listed}");
    assert_eq!(succeeds(&run(&["stuck", "list", "--tenant", "vizinha"])), "");
    let (id, _) = listed.split_once(' ').unwrap();
    let retry = |tenant| run(&["stuck", "retry", "--tenant", tenant, id]);
    refuses(&retry("vizinha"), &["nothing stuck has the id"]);
    succeeds(&retry("loja"));
    refuses(&retry("loja"), &["nothing stuck has the id"]);

    let mut tx = house.app.store.tenant(house.ours.tenant.id).await.unwrap();
    let channel = tx.list_channels().await.unwrap().remove(0);
    tx.pause_channel(channel.id, "190: token").await.unwrap();
    tx.commit().await.unwrap();
    let sent = house.sent_to(&ana).len();
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), sent, "a paused number is silent");
    let resume = |tenant| run(&["channel", "resume", "--tenant", tenant, "--number", "1001"]);
    refuses(&resume("vizinha"), &["vizinha has no number 1001"]);
    assert!(succeeds(&resume("loja")).contains("sends again"));
    house.settle().await;
    assert_eq!(house.sent_to(&ana).len(), sent + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_catalogue_with_broken_lines_names_them_all_and_changes_nothing() {
    let url = database::fresh().await;
    let settings = [("DATABASE_URL", url.as_str()), ("SECRET_KEYS", KEYS)];
    succeeds(&orcazap(&["tenant", "create", "loja", "--name", "Loja"], &settings, ""));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalogo.csv");
    let import = ["catalog", "import", "--tenant", "loja", file.to_str().unwrap()];

    let good = "A,Areia média,Básico,m3,129.90,90,1400,,,0.5,areia\n";
    std::fs::write(&file, format!("{HEADER}\n{good}")).unwrap();
    assert!(succeeds(&orcazap(&import, &settings, "")).contains("loja sells 1 products"));

    let bad = "B,Brita,Básico,m3,caro,,,,,,\nC,,Básico,m3,1,,,,,,\n";
    std::fs::write(&file, format!("{HEADER}\n{good}{bad}{good}")).unwrap();
    refuses(
        &orcazap(&import, &settings, ""),
        &[
            "nothing is taken from",
            "line 3, price: expected a number such as 12.50, found \"caro\"",
            "line 4, name: is empty",
            "line 5, sku: A stands on line 2 already",
        ],
    );
    assert_eq!(database::number(&url, "SELECT count(*) FROM products").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_says_of_stock_reaches_the_store_and_outlives_a_file_of_prices() {
    let house = House::open().await;
    let settings = [("DATABASE_URL", house.url.as_str()), ("SECRET_KEYS", KEYS)];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalogo.csv");
    let import = ["catalog", "import", "--tenant", "loja", file.to_str().unwrap()];
    let take = |text: String| {
        std::fs::write(&file, text).unwrap();
        orcazap(&import, &settings, "")
    };

    let columns = "stock,max_auto_qty,substitutes,volume_m3,cost_date";
    let lines = "A,Areia média,Básico,m3,129.90,90,1400,,,0.5,areia,\"2,5\",10,B,1,2026-11-20\n\
        B,Areia fina,Básico,m3,119.90,80,1400,,,0.5,,0,,,,\n";
    succeeds(&take(format!("{HEADER},{columns}\n{lines}")));
    let mut catalog = house.catalog().await;
    assert_eq!(catalog.products(), csv::parse(&std::fs::read(&file).unwrap()).unwrap());
    let area = catalog.get(&"A".parse().unwrap()).unwrap().clone();
    assert_eq!(area.stock, Stock::Available("2.5".parse().unwrap()));
    assert_eq!(area.max_auto_qty, "10".parse().ok());
    assert_eq!(area.volume, "1".parse().unwrap());
    assert_eq!(area.cost_date, "2026-11-20".parse().ok());

    let prices = "sku,name,category,unit,price\nA,Areia média,Básico,m3,135\n\
        B,Areia fina,Básico,m3,125\n";
    succeeds(&take(prices.to_owned()));
    catalog = house.catalog().await;
    let price = "135".parse().unwrap();
    assert_eq!(catalog.get(&area.sku), Some(&Product { price, ..area }));

    let stranger = lines.replace(",B,1,", ",Z,1,");
    refuses(
        &take(format!("{HEADER},{columns}\n{stranger}")),
        &["line 2, substitutes: expected codes of products of this file, found Z"],
    );
}

#[test]
fn read_answers_each_line_in_order_and_names_a_line_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("catalogo.csv");
    std::fs::write(
        &file,
        format!("{HEADER}\nA,Areia média,Básico,m3,129.90,90,1400,,,0.5,areia\n"),
    )
    .unwrap();
    let catalog = file.to_str().unwrap();
    let line = |id: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"now\":\"2026-03-17T08:42:00-03:00\",\"text\":\"{text}\"}}\n")
    };
    let input = format!("{}\n{}", line("a", "2 m de areia média"), line("b", "bom dia"));
    let said = succeeds(&orcazap(&["read", "--catalog", catalog], &[], &input));
    let answers: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(answers.iter().all(|answer| answer.get("labels").is_none()));
    assert!(answers.iter().all(|answer| answer["reading"]["place"] == serde_json::json!({})));

    let dialogue = r#"{"id":"d","turns":[{"now":"2026-03-17T08:42:00-03:00","text":"bom dia"}]}"#;
    let said = succeeds(&orcazap(&["read", "--catalog", catalog, "--dialogues"], &[], dialogue));
    assert!(said.contains(r#""outcome":"incomplete""#), "{said}");

    refuses(&orcazap(&["read", "--catalog", catalog], &[], "\n{\n"), &["line 2"]);

    // More than is shared out to the cores at once comes out in the order it came
    // in, with no bar in a pipe; what stands around a broken line still comes out.
    let many: String = (0..10_000).map(|id| line(&id.to_string(), "oi")).collect();
    let broken = format!("{many}{{\n{}", line("10000", "oi"));
    let output = orcazap(&["read", "--catalog", catalog], &[], &broken);
    let said = String::from_utf8_lossy(&output.stdout);
    let ids = said.lines().map(|line| line.split('"').nth(3).unwrap().parse::<u32>().unwrap());
    assert!(ids.eq(0..=10_000), "{}", said.lines().count());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("10001 lines"), "{errors}");
    refuses(&output, &["line 10001", "1 line is not read"]);
    refuses(&orcazap(&["read", "--catalog", "none.csv"], &[], ""), &["none.csv can't be read"]);
}

#[test]
fn read_takes_a_stores_own_words_and_names_the_line_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let catalog = file(
        "catalogo.csv",
        &format!("{HEADER}\nSEI,Seixo rolado,Básico,m3,129.90,90,1400,,,0.5,\n"),
    );
    let words = file("palavras.txt", "[kin]\ncascudo = seixo\n[intents]\naccept: ^ bora fechá $\n");
    let line = |text: &str| {
        format!("{{\"id\":\"a\",\"now\":\"2026-03-17T08:42:00-03:00\",\"text\":\"{text}\"}}\n")
    };
    let input = format!("{}{}", line("2 m de cascudo"), line("bora fecha"));
    let arguments = ["read", "--catalog", &catalog, "--vocabulary", &words];
    let said = succeeds(&orcazap(&arguments, &[], &input));
    let found =
        |said: &str| (said.contains(r#""sku":"SEI""#), said.contains(r#""intent":"accept""#));
    assert_eq!(found(&said), (true, true), "{said}");
    let said = succeeds(&orcazap(&arguments[..3], &[], &input));
    assert_eq!(found(&said), (false, false), "{said}");

    let broken = file("erradas.txt", "[kin]\ncascudo\n");
    let arguments = ["read", "--catalog", &catalog, "--vocabulary", &broken];
    refuses(&orcazap(&arguments, &[], ""), &["erradas.txt", "line 2: expected phrase = phrase"]);
}

#[test]
fn more_turns_at_once_than_the_database_has_connections_for_are_refused() {
    let output = orcazap(&["worker", "--turns", "9"], &[], "");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("at most 8 turns are taken at once"), "{said}");
    refuses(&orcazap(&["worker", "--turns", "8"], &[], ""), &["DATABASE_URL"]);
}
