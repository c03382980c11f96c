//! How well the corpora are read, against floors that only go up.

use crate::corpus;

#[test]
fn dump() {
    for (catalog, file, out) in
        [("catalog.csv", "messages.jsonl", "m"), ("catalog.csv", "dialogues.jsonl", "d")]
    {
        let catalog = corpus::catalog(catalog);
        let lines: Vec<String> = corpus::lines(file)
            .iter()
            .map(|line| {
                serde_json::json!({"id": line.id, "reading": corpus::read(line, &catalog)})
                    .to_string()
            })
            .collect();
        std::fs::write(std::env::temp_dir().join(format!("read-{out}.jsonl")), lines.join("\n"))
            .unwrap();
    }
}

#[test]
fn one() {
    let Ok(text) = std::env::var("ONE") else { return };
    let catalog = corpus::catalog("catalog.csv");
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    println!(
        "{}",
        serde_json::to_string_pretty(&orcazap_core::read(&text, &catalog, now)).unwrap()
    );
}
