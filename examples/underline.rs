//! Reads messages from standard input, a line each, against a CSV catalogue, and
//! underlines what was understood: products green, questions yellow, what the
//! store does not have red, place, payment and delivery blue.
//!
//! `cargo run -p orcazap-examples --example underline -- catalog.csv < messages.txt`
//!
//! The catalogue's columns are those of [`orcazap_core::catalog::csv`]; a line of it
//! that is wrong is named on standard error, and nothing is read.

#![expect(clippy::print_stdout, reason = "the underlined text is what this program is for")]

use std::error::Error;
use std::io::BufRead;
use std::process::ExitCode;

use orcazap_core::catalog::{csv, distinguish};
use orcazap_core::reading::Span;
use orcazap_core::{Catalog, Product, Reading, read};

const GREEN: &str = "\x1b[4;32m";
const YELLOW: &str = "\x1b[4;33m";
const RED: &str = "\x1b[4;31m";
const BLUE: &str = "\x1b[4;34m";
const PLAIN: &str = "\x1b[0m";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the catalogue, a CSV file")?;
    let products = csv::parse(&std::fs::read(&path)?).map_err(|wrong| {
        wrong.iter().map(|line| format!("{path}: {line}\n")).collect::<String>()
    })?;
    let catalog = Catalog::new(products)?;
    let now = chrono::Local::now().fixed_offset();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let reading = read(&line, &catalog, now);
        println!("{}", underlined(&line, &reading));
        for item in &reading.items {
            let name = catalog.get(&item.sku).map_or("", |product| &product.name);
            let qty = item.qty.map_or("?".to_owned(), |qty| qty.to_string());
            println!("    {qty} × {name} ({} %)", item.evidence.confidence.as_percent());
        }
        for open in &reading.ambiguous {
            let products: Vec<&Product> =
                open.ask.skus.iter().filter_map(|sku| catalog.get(sku)).collect();
            let choices = distinguish(&products).join(" / ");
            println!("    {}: {choices}?", open.ask.text);
        }
    }
    Ok(())
}

/// The line with every finding in its colour.
fn underlined(line: &str, reading: &Reading) -> String {
    let items = reading.items.iter().map(|found| (found.evidence.span, GREEN));
    let open = reading.ambiguous.iter().map(|found| (found.evidence.span, YELLOW));
    let unknown = reading.unknown.iter().map(|found| (found.evidence.span, RED));
    let slots = reading.evidence.iter().map(|found| (found.span, BLUE));
    let mut spans: Vec<(Span, &str)> = items.chain(open).chain(unknown).chain(slots).collect();
    spans.sort_by_key(|(span, _)| (span.start, span.end));
    let mut out = String::new();
    let mut at = 0;
    for (span, color) in spans.into_iter().filter(|(span, _)| span.start < span.end) {
        if span.start < at {
            continue;
        }
        out.push_str(line.get(at..span.start).unwrap_or_default());
        out.push_str(color);
        out.push_str(line.get(span.start..span.end).unwrap_or_default());
        out.push_str(PLAIN);
        at = span.end;
    }
    out.push_str(line.get(at..).unwrap_or_default());
    out
}
