//! What holds for any input, as plain functions: the fuzz targets call them, and
//! a test replays the seeds on the stable compiler.
//!
//! `cargo fuzz run --sanitizer none read fuzz/seeds/read -- -max_total_time=600`

use std::sync::OnceLock;

use orcazap_core::catalog::Pack;
use orcazap_core::conversation::{Policy, QuoteNumber};
use orcazap_core::pricing::PriceBookData;
use orcazap_core::reading::Evidence;
use orcazap_core::{
    Catalog, Conversation, Draft, Event, PriceBook, Product, Rules, Shop, Unit, step as decide,
};

/// A small store with what is hard to tell apart.
fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let goods = [
            (
                "CIM-50",
                "Cimento CP II-E-32 50kg",
                Unit::Bag,
                Some(("50", Unit::Kilogram)),
                "cimento",
            ),
            ("CIM-25", "Cimento CP II-E-32 25kg", Unit::Bag, Some(("25", Unit::Kilogram)), ""),
            ("ARE-F", "Areia Fina", Unit::CubicMeter, None, "areia"),
            ("ARE-M", "Areia Média", Unit::CubicMeter, None, "areia"),
            (
                "TIJ-8",
                "Tijolo 8 Furos 9x19x19",
                Unit::Thousand,
                Some(("1000", Unit::Piece)),
                "tijolo",
            ),
            ("TB-25", "TB PVC SOLD 25MM 6M", Unit::Bar, Some(("6", Unit::Meter)), "cano 25"),
            (
                "FER-10",
                "Vergalhão CA-50 10,0mm (3/8\") barra 12m",
                Unit::Bar,
                Some(("12", Unit::Meter)),
                "ferro 10",
            ),
            ("CAB-PT", "Cabo Flexível 2,5mm² Preto por metro", Unit::Meter, None, "fio 2,5 preto"),
            (
                "CAB-PT-R",
                "Cabo Flexível 2,5mm² Preto rolo 100m",
                Unit::Roll,
                Some(("100", Unit::Meter)),
                "fio 2,5 preto",
            ),
            (
                "PIS",
                "Piso 45x45 Bege cx 2,25m²",
                Unit::Box,
                Some(("2.25", Unit::SquareMeter)),
                "piso",
            ),
            (
                "DOB",
                "Dobradiça 3.1/2\" cartela 3un",
                Unit::Set,
                Some(("3", Unit::Piece)),
                "dobradica",
            ),
        ];
        let product =
            |(sku, name, unit, pack, alias): (&str, &str, Unit, Option<(&str, Unit)>, &str)| {
                let mut product =
                    Product::new(sku.parse().unwrap(), name, unit, "9.90".parse().unwrap());
                product.pack = pack.map(|(qty, unit)| Pack { qty: qty.parse().unwrap(), unit });
                product.aliases = vec![alias.to_owned()];
                product
            };
        Catalog::new(goods.into_iter().map(product).collect()).unwrap()
    })
}

/// Any text has one reading; its spans lie on character borders within it, a
/// choice has at least two products, and quantities are within bounds.
pub fn read(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let reading = orcazap_core::read(&text, catalog(), now);
    assert_eq!(reading, orcazap_core::read(&text, catalog(), now), "read twice, read alike");
    let within = |evidence: &Evidence| {
        assert!(text.get(evidence.span.start..evidence.span.end).is_some(), "{:?}", evidence.span);
    };
    for item in &reading.items {
        within(&item.evidence);
        assert!(catalog().get(&item.sku).is_some());
    }
    for found in &reading.ambiguous {
        within(&found.evidence);
        assert!(found.ask.skus.len() > 1);
    }
    reading.unknown.iter().for_each(|found| within(&found.evidence));
    let mut draft = Draft::default();
    draft.apply(&reading, catalog());
    draft.apply(&reading, catalog());
    let orders = draft.to_order().is_some();
    assert_eq!(orders, draft.missing().is_empty());
}

/// Any messages, a line each, lead from state to state without a panic, the same
/// way each time, and with at most one thing said to each.
pub fn step(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (first, second) = (talk(&text), talk(&text));
    assert_eq!(first, second, "stepped twice, stepped alike");
}

fn talk(text: &str) -> Conversation {
    let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
    let book = PriceBook::new(PriceBookData::default()).unwrap();
    let (rules, policy) = (Rules::default(), Policy::default());
    let shop = Shop { catalog: catalog(), book: &book, rules: &rules, policy: &policy };
    let mut talk = Conversation::new(QuoteNumber(1));
    for line in text.lines().take(12) {
        if let Ok(done) = decide(&talk, Event::text(line, now), &shop, now) {
            talk = done.conversation;
        }
    }
    talk
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[track_caller]
    fn replay(target: &str, check: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
        let seeds: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|seed| seed.unwrap().path()).collect();
        assert!(!seeds.is_empty());
        seeds.iter().for_each(|seed| check(&std::fs::read(seed).unwrap()));
    }

    #[test]
    fn every_seed_of_read_is_read() {
        replay("read", super::read);
    }

    #[test]
    fn every_seed_of_step_is_stepped_through() {
        replay("step", super::step);
    }
}
