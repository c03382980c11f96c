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
    let catalog = corpus::catalog(&std::env::var("CAT").unwrap_or("catalog.csv".into()));
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let mut draft = orcazap_core::Draft::default();
    for turn in text.split('|') {
        let asked = draft.missing();
        let context = orcazap_core::reading::Context { draft: Some(&draft), asked: &asked };
        let reading = orcazap_core::reading::read_in_context(turn, &catalog, context, now);
        draft.apply(&reading, &catalog);
        println!("{turn}\n   {}", serde_json::to_string(&reading).unwrap());
    }
}
