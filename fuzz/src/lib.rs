//! What must hold for any input: one plain function a fuzz target.
//!
//! `cargo fuzz run --sanitizer none read corpus/read seeds/read -- -dict=dictionaries/read.dict`
//! runs one; `cargo test` in this folder replays the kept seeds, and every input that
//! ever failed, on the stable compiler. A dictionary holds the words that a target's
//! inputs are made of, so that the fuzzer need not stumble over them letter by letter.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset, TimeDelta};
use orcazap_core::authority::{Actor, PersonId, Role};
use orcazap_core::catalog::{Stock, csv as catalog_csv};
use orcazap_core::conversation::{
    Act, CloseReason, Content, Inbound, MediaKind, Policy, QuoteNumber, Timer, advance,
};
use orcazap_core::pricing::{Case, PriceBookData};
use orcazap_core::reading::{Context, Span, Vocabulary, read_in_context};
use orcazap_core::{
    Catalog, Conversation, Draft, Effect, Event, PriceBook, Product, Reading, Rules, Shop, Sku,
    read,
};

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-10T14:05:00-03:00").expect("a constant")
}

/// A catalogue of the corpora.
fn corpus(file: &[u8]) -> Catalog {
    let products = catalog_csv::parse(file).expect("the corpora are well formed");
    Catalog::new(products).expect("and make catalogues")
}

/// The shared catalogue.
fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| corpus(include_bytes!("../../orcazap-core/tests/corpus/catalog.csv")))
}

/// The catalogue of a store whose names are cut short and that has few aliases.
fn abbreviated() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG
        .get_or_init(|| corpus(include_bytes!("../../orcazap-core/tests/corpus/erp-catalog.csv")))
}

/// Any text gives the same reading each time, alone and within a conversation, with
/// spans on character borders, products of the catalogue, and at least two of them where
/// it is unsure; and a draft takes it in whatever it is.
pub fn read_text(text: &str) {
    for catalog in [catalog(), abbreviated()] {
        let reading = read(text, catalog, now());
        assert_eq!(reading, read(text, catalog, now()), "the same text is read the same");
        holds(text, &reading, catalog);
        let mut draft = Draft::default();
        draft.apply(&reading, catalog);
        let asked = draft.missing();
        let context = Context { draft: Some(&draft), asked: &asked, closed: &[] };
        let again = read_in_context(text, catalog, context, now());
        holds(text, &again, catalog);
        draft.apply(&again, catalog);
        if let Some(order) = draft.to_order() {
            assert!(order.items.iter().all(|item| !item.qty.is_zero()));
        }
    }
}

/// What holds of every reading.
fn holds(text: &str, reading: &Reading, catalog: &Catalog) {
    let fits = |span: Span| assert!(text.get(span.start..span.end).is_some(), "{span:?}");
    for item in &reading.items {
        fits(item.evidence.span);
        assert!(catalog.get(&item.sku).is_some());
    }
    for ambiguous in &reading.ambiguous {
        fits(ambiguous.evidence.span);
        let skus = &ambiguous.ask.skus;
        assert!((2..=100).contains(&skus.len()), "{} choices", skus.len());
        assert!(!ambiguous.ask.more || skus.len() == 100);
        assert!(skus.iter().all(|sku| catalog.get(sku).is_some()));
    }
    for unknown in &reading.unknown {
        fits(unknown.evidence.span);
    }
    reading.evidence.iter().for_each(|evidence| fits(evidence.span));
}

/// The target `read`: bytes as a message.
pub fn read_bytes(data: &[u8]) {
    read_text(&String::from_utf8_lossy(data));
}

/// The target `step`: each line is an event; the first letter says which. Any
/// history keeps the conversation serialisable, says at most one thing an event,
/// and says nothing to a contact who wants no messages.
pub fn step_bytes(data: &[u8]) {
    static BOOK: OnceLock<PriceBook> = OnceLock::new();
    let book = BOOK.get_or_init(|| PriceBook::new(PriceBookData::default()).expect("no rules"));
    let (rules, policy) = (Rules::default(), Policy::default());
    let shop = Shop { catalog: catalog(), book, rules: &rules, policy: &policy };
    let mut now = now();
    let mut talk = Conversation::new(QuoteNumber(1));
    for line in String::from_utf8_lossy(data).lines().take(24) {
        now += TimeDelta::minutes(7);
        let next = || QuoteNumber(talk.number.0.wrapping_add(1));
        let Ok(steps) = advance(&talk, event(line, now), &shop, now, next) else { continue };
        for done in steps {
            let said = |effect: &&Effect| matches!(effect, Effect::Say { .. });
            let said = done.effects.iter().filter(said).count();
            assert!(said <= 1, "at most one message an event");
            assert!(said == 0 || !talk.opted_out || !done.conversation.opted_out);
            let json = serde_json::to_string(&done.conversation).expect("conversations serialise");
            let back: Conversation = serde_json::from_str(&json).expect("and load again");
            assert_eq!(back, done.conversation);
            talk = done.conversation;
        }
    }
}

fn event(line: &str, now: DateTime<FixedOffset>) -> Event {
    let by = Actor { id: PersonId(7), role: Role::Attendant };
    let (kind, rest) = line.split_at_checked(1).unwrap_or(("", line));
    let revision = rest.trim().parse().unwrap_or(1);
    match kind {
        "!" => Event::Timer {
            timer: Timer::ALL[usize::try_from(revision).unwrap_or(0) % Timer::ALL.len()],
        },
        "A" => Event::Act { by, act: Act::Approve { revision } },
        "R" => Event::Act { by, act: Act::Reject { revision, message: rest.to_owned() } },
        "T" => Event::Act { by, act: Act::TakeOver },
        "G" => Event::Act { by, act: Act::GiveBack },
        "E" => Event::WroteElsewhere { at: now },
        "C" => Event::Act { by, act: Act::Close { reason: CloseReason::ClosedByPerson } },
        "D" => Event::QuoteDelivery { revision, delivered: rest.len() % 2 == 0 },
        "M" => {
            let caption = Some(rest.to_owned());
            let content = Content::Media { kind: MediaKind::Image, caption };
            Event::Inbound { messages: vec![Inbound { at: now, content }] }
        }
        "B" => match rest.parse() {
            Ok(reply) => Event::reply(reply, now),
            Err(_) => Event::text(rest, now),
        },
        _ => Event::text(line, now),
    }
}

/// The target `price`: bytes as a case in JSON. What can be priced adds up, and
/// comes out the same twice and read back.
pub fn price_bytes(data: &[u8]) {
    let Ok(case) = serde_json::from_slice::<Case>(data) else { return };
    let Ok(outcome) = case.price(now()) else { return };
    let quote = &outcome.quote;
    let net: i128 = quote.lines().iter().map(|line| line.net.centavos()).sum();
    assert_eq!(net, quote.subtotal().centavos());
    let freight = quote.freight().map_or(0, |freight| freight.centavos());
    let sum = quote.subtotal().centavos() + quote.adjustment().centavos() + freight;
    assert_eq!(sum, quote.total().centavos());
    let again = case.price(now()).expect("it was priced a moment ago");
    assert_eq!(*quote, again.quote);
    let json = serde_json::to_string(quote).expect("quotes serialise");
    assert_eq!(serde_json::from_str::<orcazap_core::Quote>(&json).expect("and load"), *quote);
}

/// The target `csv`: bytes as a catalogue's file. What is taken makes a catalogue
/// and, written out, is taken again the same; what is not has its faults named, in
/// the order of the file, shortly.
pub fn csv_bytes(data: &[u8]) {
    let products = match catalog_csv::parse(data) {
        Ok(products) => products,
        Err(faults) => {
            // The last line read may have a fault in each of its sixteen columns.
            assert!(!faults.is_empty() && faults.len() < catalog_csv::MAX_ERRORS + 17);
            assert!(faults.is_sorted_by_key(|fault| fault.line), "{faults:?}");
            let last = data.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            for fault in faults {
                assert!((1..=last).contains(&fault.line), "{fault} of {last}");
                // Eighty characters of the file, each escaped, and the words around them.
                assert!(fault.reason.len() < 1000, "{fault}");
            }
            return;
        }
    };
    assert!(!products.is_empty());
    let again = catalog_csv::parse(&written(&products)).expect("what was taken is taken again");
    assert_eq!(again, products);
    Catalog::new(products).expect("what was taken makes a catalogue");
}

/// The products as a catalogue's file.
fn written(products: &[Product]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let header = "sku name category unit price cost weight_kg pack_qty pack_unit step aliases \
        stock max_auto_qty substitutes volume_m3 cost_date";
    file.write_record(header.split(' ')).expect("a vector takes everything");
    for product in products {
        let row = [
            product.sku.to_string(),
            product.name.clone(),
            product.category.clone(),
            product.unit.to_string(),
            product.price.to_string(),
            product.cost.map(|cost| cost.to_string()).unwrap_or_default(),
            product.weight.to_string(),
            product.pack.map(|pack| pack.qty.to_string()).unwrap_or_default(),
            product.pack.map(|pack| pack.unit.to_string()).unwrap_or_default(),
            product.step.to_string(),
            product.aliases.join(";"),
            match product.stock {
                Stock::Available(stock) => stock.to_string(),
                Stock::Untracked => String::new(),
            },
            product.max_auto_qty.map(|most| most.to_string()).unwrap_or_default(),
            product.substitutes.iter().map(Sku::as_str).collect::<Vec<_>>().join(";"),
            product.volume.to_string(),
            product.cost_date.map(|day| day.to_string()).unwrap_or_default(),
        ];
        file.write_record(row).expect("every row has the header's columns");
    }
    file.into_inner().expect("a vector takes everything")
}

/// The target `vocabulary`: bytes as a store's own words. What is taken extends what
/// everybody says, and a small catalogue is read with it as with any other; what is
/// not has its line named, shortly.
pub fn vocabulary_bytes(data: &[u8]) {
    static PRODUCTS: OnceLock<Vec<Product>> = OnceLock::new();
    let text = String::from_utf8_lossy(data);
    let own = match Vocabulary::parse(&text) {
        Ok(own) => own,
        Err(error) => {
            assert!(error.to_string().len() < 200 + 10 * Vocabulary::MAX_LINE, "{error}");
            return;
        }
    };
    let products = PRODUCTS.get_or_init(|| catalog().products().iter().take(12).cloned().collect());
    let all = Vocabulary::standard().extended_by(&own);
    let catalog = Catalog::with_vocabulary(products.clone(), all).expect("as before");
    for line in text.lines().take(8) {
        let reading = read(line, &catalog, now());
        holds(line, &reading, &catalog);
        assert_eq!(reading, read(line, &catalog, now()), "the same text is read the same");
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn replay(target: &str, check: fn(&[u8])) {
        let folder = format!("{}/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            check(&std::fs::read(entry.unwrap().path()).unwrap());
            seen += 1;
        }
        assert!(seen > 0, "{target} has seeds");
    }

    #[test]
    fn every_seed_of_read_holds() {
        replay("read", super::read_bytes);
    }

    #[test]
    fn every_seed_of_step_holds() {
        replay("step", super::step_bytes);
    }

    #[test]
    fn every_seed_of_csv_holds() {
        replay("csv", super::csv_bytes);
    }

    #[test]
    fn every_seed_of_price_holds() {
        replay("price", super::price_bytes);
    }

    #[test]
    fn every_seed_of_vocabulary_holds() {
        replay("vocabulary", super::vocabulary_bytes);
    }
}
