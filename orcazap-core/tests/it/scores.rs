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
