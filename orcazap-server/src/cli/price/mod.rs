//! `orcazap price`: JSON lines of cases in (`{"id", "store", "order"}`), one
//! quote a line out, in the order of the lines that came in.
//!
//! | | out |
//! | --- | --- |
//! | | `{"id", "quote": {…}}` |
//! | with `--against other.json` | `{"id", "before": {…}, "after": {…}, "difference", "lines", "rules", "decision"}`, and `{"summary": {…}}` at the end; at a terminal the same as a table, in the owner's Portuguese |
//!
//! A line that can't be priced is named on standard error with its number and
//! the reason; the others are priced all the same, and the command fails at the
//! end. So is one with a field that is not known in `store` or `order` (`teirs`): a rule
//! that is not read must not be missed in silence. Beside those two a case may hold what
//! it likes, notes for example. What is wrong is named as a person counts, from 1, and by
//! its code: `order item 2 (CIM): qty`. A byte order mark before the first line is passed
//! over, and so is what says nothing beside what decides: an address beside `"pickup":
//! true`, instalments beside a way of paying that has none.
//!
//! `other.json` holds price book and rules as a case's `store` does, at least one of them:
//! no rules at all are `{"tiers": []}`. What looks like a mistake in it is said first, in
//! Portuguese too. What depends on the day (lists with dates, the age of a cost) is as of
//! `--now`.

mod known;
mod table;

use std::io::{BufRead, BufWriter, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, FixedOffset};
use orcazap_core::pricing::{
    Case, CaseQuote, CaseRules, Change, DecisionChange, LineChange, RuleChange, Summary,
    explain_warning,
};
use orcazap_core::{Language, Money};
use serde::Serialize;

use known::{known, without_mark};

/// The longest line read, in bytes.
const MAX_LINE: u64 = 4 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Price every order by these rules too, and compare: a JSON file with
    /// `tiers`, `payment`, `freight` and `rules` as in a case's `store`.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Compare as JSON lines at a terminal too, as it is done in a pipe.
    #[arg(long, requires = "against")]
    json: bool,
    /// When the orders are priced (2026-03-10T09:00:00-03:00); now by default.
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<FixedOffset>>,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Table,
    Json,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    quote: CaseQuote<'a>,
}

#[derive(Serialize)]
struct Comparison<'a> {
    id: &'a str,
    before: CaseQuote<'a>,
    after: CaseQuote<'a>,
    difference: Money,
    lines: Vec<LineChange>,
    rules: Vec<RuleChange>,
    decision: DecisionChange,
}

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let against = args.against.as_deref().map(rules).transpose()?;
    let table = std::io::stdout().is_terminal() && !args.json;
    let style = if table { Style::Table } else { Style::Json };
    let against = against.as_ref().map(|rules| (rules, style));
    let mut output = BufWriter::new(std::io::stdout().lock());
    let now = args.now.unwrap_or_else(|| chrono::Local::now().fixed_offset());
    let report = |number, error| eprintln!("line {number}: {error:#}");
    let bad = price(&mut std::io::stdin().lock(), against, now, &mut output, report)?;
    if bad > 0 {
        bail!("{bad} of the lines could not be priced");
    }
    Ok(())
}

fn rules(path: &Path) -> anyhow::Result<CaseRules> {
    let text = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let rules = other_rules(without_mark(&text))
        .with_context(|| format!("{} holds no rules", path.display()))?;
    let book =
        rules.price_book().with_context(|| format!("{} holds no price book", path.display()))?;
    rules.rules().with_context(|| format!("{} holds no approval rules", path.display()))?;
    for warning in book.warnings() {
        eprintln!("aviso: {}", explain_warning(&warning, Language::Portuguese));
    }
    Ok(rules)
}

/// Reads rules, of which there is at least one kind.
fn other_rules(json: &[u8]) -> anyhow::Result<CaseRules> {
    // The products are those of the store that orders are priced for.
    let rules = known(json, |path| path.to_string().trim_end_matches(".?") != "items")?;
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(json)?;
    ensure!(
        fields.keys().any(|field| field != "items"),
        "expected tiers, payment, freight, points, lists, validity_hours, open or rules, found \
         none of them; for no rules at all give {{\"tiers\": []}}"
    );
    Ok(rules)
}

/// Answers each line by one line; blank ones are passed over. Reports those that
/// can't be priced, and says how many there were.
fn price(
    input: &mut impl BufRead,
    against: Option<(&CaseRules, Style)>,
    now: DateTime<FixedOffset>,
    output: &mut impl Write,
    report: impl Fn(u64, anyhow::Error),
) -> anyhow::Result<u64> {
    let (mut line, mut bad, mut changes) = (Vec::new(), 0, Vec::new());
    if let Some((_, Style::Table)) = against {
        writeln!(output, "{}", table::head())?;
    }
    for number in 1_u64.. {
        line.clear();
        if input.by_ref().take(MAX_LINE + 1).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let answer = if line.len() as u64 > MAX_LINE {
            skip_line(input)?;
            Err(anyhow::anyhow!("a line has at most {MAX_LINE} bytes"))
        } else {
            let line = if number == 1 { without_mark(&line) } else { &line };
            if line.trim_ascii().is_empty() {
                continue;
            }
            match against {
                None => answer(line, now),
                Some((other, style)) => compare(line, other, style, now).map(|(text, change)| {
                    changes.push(change);
                    text
                }),
            }
        };
        match answer {
            Ok(text) => writeln!(output, "{text}")?,
            Err(error) => {
                bad += 1;
                report(number, error);
            }
        }
    }
    if let Some((_, style)) = against {
        let summary = Summary::of(changes.iter());
        match style {
            Style::Table => writeln!(output, "{}", table::sum(&summary))?,
            Style::Json => writeln!(output, "{}", serde_json::json!({ "summary": summary }))?,
        }
    }
    output.flush()?;
    Ok(bad)
}

/// Passes over what is left of a line, without keeping it.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let piece = input.fill_buf()?;
        if piece.is_empty() {
            return Ok(());
        }
        let end = piece.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(piece.len(), |end| end + 1);
        input.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// Reads a case, which may hold what it likes beside its store and its order.
fn case(line: &[u8]) -> anyhow::Result<Case> {
    use serde_ignored::Path;
    known(line, |path| !matches!(path, Path::Map { parent: Path::Root, .. }))
}

fn answer(line: &[u8], now: DateTime<FixedOffset>) -> anyhow::Result<String> {
    let case = case(line)?;
    let outcome = case.price(now)?;
    Ok(serde_json::to_string(&Answer { id: &case.id, quote: CaseQuote::new(&outcome) })?)
}

fn compare(
    line: &[u8],
    other: &CaseRules,
    style: Style,
    now: DateTime<FixedOffset>,
) -> anyhow::Result<(String, Change)> {
    let case = case(line)?;
    let change = case.what_if(other, now)?;
    if style == Style::Table {
        return Ok((table::order(&case.id, &change), change));
    }
    let comparison = Comparison {
        id: &case.id,
        before: CaseQuote::new(&change.before),
        after: CaseQuote::new(&change.after),
        difference: change.difference(),
        lines: change.lines(),
        rules: change.rules(),
        decision: change.decision(),
    };
    Ok((serde_json::to_string(&comparison)?, change))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    const GOOD: &str = r#"{"id":"1","store":{"items":[{"sku":"A","unit_price":"10","unit_cost":"6"}]},"order":{"items":[{"sku":"A","qty":"3"}],"place":{"pickup":true}}}"#;

    /// What is printed, and the reports.
    fn run(input: &str, against: Option<(&str, Style)>) -> (Vec<String>, Vec<String>) {
        let rules: Option<CaseRules> = against.map(|(text, _)| serde_json::from_str(text).unwrap());
        let against = rules.as_ref().zip(against.map(|(_, style)| style));
        let reports = RefCell::new(Vec::new());
        let mut output = Vec::new();
        let report = |number, error| reports.borrow_mut().push(format!("{number}: {error:#}"));
        let now = "2026-03-10T09:00:00-03:00".parse().unwrap();
        let bad = price(&mut input.as_bytes(), against, now, &mut output, report).unwrap();
        let reports = reports.into_inner();
        assert_eq!(bad, reports.len() as u64);
        (String::from_utf8(output).unwrap().lines().map(str::to_owned).collect(), reports)
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_are_priced() {
        let unknown = GOOD.replace(r#"{"sku":"A","qty""#, r#"{"sku":"B","qty""#);
        let float = GOOD.replace(r#""unit_price":"10""#, r#""unit_price":10.0"#);
        let long = "x".repeat(5 * 1024 * 1024);
        let input = format!("{GOOD}\n\nnot json\n{unknown}\n{float}\n{long}\n{GOOD}");
        let (printed, reports) = run(&input, None);
        let quote = r#"{"id":"1","quote":{"lines":[{"sku":"A","gross":"30.00","discount":"0.00","net":"30.00"}],"subtotal":"30.00","adjustment":"0.00","freight":"0.00","total":"30.00","margin_pct":"40.00","reasons":[]}}"#;
        assert_eq!(printed, [quote, quote]);
        let found: Vec<&str> = reports.iter().map(|report| &report[..2]).collect();
        assert_eq!(found, ["3:", "4:", "5:", "6:"]);
        assert_eq!(reports[1], "4: the order can't be priced: the catalogue has no product B");
        assert_eq!(reports[3], "6: a line has at most 4194304 bytes");
    }

    #[test]
    fn a_field_that_is_not_known_is_named_by_its_path() {
        let spelled = |from: &str, to: &str| {
            assert!(GOOD.contains(from), "{from}");
            run(&GOOD.replacen(from, to, 1), None).1.concat()
        };
        for (from, to, path) in [
            (r#""items":[{"sku""#, r#""teirs":[],"items":[{"sku""#, "store.teirs"),
            (r#""unit_cost""#, r#""unit_costs""#, "store item 1 (A): unit_costs"),
            (
                r#""store":{"#,
                r#""store":{"freight":[{"bairro":"Se","base":"1","per_kg":"0","included_kg":"0","truck":"9"}],"#,
                "store freight rule 1 (Se): truck",
            ),
            (
                r#""store":{"#,
                r#""store":{"tiers":[{"scope":"store","min_qty":"1","pct":"1","min":"2"}],"#,
                "store tier 1: min",
            ),
            (r#""store":{"#, r#""store":{"rules":{"min_margin":"1"},"#, "store.rules.min_margin"),
            (r#""pickup":true"#, r#""pickup":true,"cpe":"01310100""#, "order.place.cpe"),
            (r#""qty":"3""#, r#""qty":"3","note":"x""#, "order item 1 (A): note"),
        ] {
            let expected = format!("1: {path} is not known: is it spelled as it should be?");
            assert_eq!(spelled(from, to), expected);
        }
        assert_eq!(spelled(r#""id":"1""#, r#""id":"1","notes":{"by":"Ana"},"tags":[1]"#), "");
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        let report = |from: &str, to: &str| {
            assert!(GOOD.contains(from), "{from}");
            let report = run(&GOOD.replacen(from, to, 1), None).1.concat();
            report.split(" at line ").next().unwrap().to_owned()
        };
        assert_eq!(
            report(r#""unit_price":"10""#, r#""unit_price":"-1""#),
            "1: store item 1 (A): unit_price: expected a value from 0 to 10000000, found -1"
        );
        assert_eq!(
            report(r#""qty":"3""#, r#""qty":3"#),
            "1: order item 1 (A): qty: invalid type: integer `3`, expected a string"
        );
        assert_eq!(
            report(
                r#""store":{"#,
                r#""store":{"open":{"week":[{"day":"Mon","closes":"25:00:00"}]},"#
            ),
            "1: store.open day 1 (Mon): closes: input is out of range"
        );
        assert_eq!(
            report(r#"{"id":"1","#, ""),
            "1: invalid type: string \"store\", expected a case: an object with id, store and order"
        );
    }

    #[test]
    fn what_says_nothing_beside_what_decides_is_passed_over() {
        let freight =
            r#""store":{"freight":[{"bairro":"Se","base":"9","per_kg":"0","included_kg":"0"}],"#;
        let pickup = GOOD.replacen(r#""store":{"#, freight, 1).replacen(
            r#""pickup":true"#,
            r#""pickup":true,"bairro":"Se""#,
            1,
        );
        let paid = r#""store":{"payment":[{"method":"pix","pct":"-10"}],"#;
        let pix = r#""order":{"payment":{"method":"pix","installments":3},"#;
        let pix = GOOD.replacen(r#""store":{"#, paid, 1).replacen(r#""order":{"#, pix, 1);
        for (case, total) in [(pickup, r#""total":"30.00""#), (pix, r#""total":"27.00""#)] {
            let (printed, reports) = run(&case, None);
            assert_eq!(reports, [""; 0]);
            assert!(printed[0].contains(total), "{printed:?}");
        }
        // Of an editor that marks UTF-8, before the first line alone.
        let (printed, reports) = run(&format!("\u{feff}{GOOD}\n\u{feff}{GOOD}"), None);
        assert_eq!((printed.len(), reports.len()), (1, 1), "{reports:?}");
    }

    #[test]
    fn rules_to_compare_with_say_at_least_one_thing() {
        for nothing in ["{}", r#"{"items":[]}"#] {
            let error = other_rules(nothing.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("expected tiers, payment, freight, "), "{error}");
            assert!(error.ends_with(r#"for no rules at all give {"tiers": []}"#), "{error}");
        }
        for something in [r#"{"tiers":[]}"#, r#"{"rules":{}}"#, r#"{"validity_hours":24}"#] {
            assert!(other_rules(something.as_bytes()).is_ok(), "{something}");
        }
    }

    #[test]
    fn a_rule_that_is_wrong_is_named_by_its_number() {
        let freight = r#""freight":[{"bairro":"Centro","base":"5","per_kg":"0","included_kg":"0"},{"bairro":"Se","base":"-5","per_kg":"0","included_kg":"0"}]"#;
        let input = GOOD.replacen(r#""store":{"#, &format!(r#""store":{{{freight},"#), 1);
        let (_, reports) = run(&input, None);
        let expected = "1: store.freight: freight rule 2 (bairro Se): base: expected a value from 0 to 10000000, found -5 at line 1 column ";
        assert!(reports[0].starts_with(expected), "{reports:?}");
    }

    #[test]
    fn approval_rules_that_make_no_sense_price_nothing() {
        let rules = r#""store":{"rules":{"min_margin_pct":"500"},"#;
        let (printed, reports) = run(&GOOD.replacen(r#""store":{"#, rules, 1), None);
        assert_eq!(printed, [""; 0]);
        let expected = "1: the store's approval rules make no sense: \
                        min_margin_pct is -100 to 100 %, found 500 %";
        assert_eq!(reports, [expected]);
        let other = r#"{"rules":{"max_auto_total":"-1.00"}}"#;
        let (_, reports) = run(GOOD, Some((other, Style::Json)));
        assert!(reports[0].ends_with("max_auto_total is 0.00 or more, found -1.00"), "{reports:?}");
    }

    #[test]
    fn a_list_with_dates_holds_as_of_the_given_day() {
        let list = |until: &str| {
            format!(
                r#""store":{{"lists":[{{"name":"Oferta","for":"everyone","until":"{until}","prices":{{"A":"5"}}}}],"#
            )
        };
        let net =
            |until: &str| run(&GOOD.replacen(r#""store":{"#, &list(until), 1), None).0.concat();
        assert!(net("2026-03-10").contains(r#""total":"15.00""#));
        assert!(net("2026-03-09").contains(r#""total":"30.00""#));
    }

    #[test]
    fn other_rules_are_compared_line_by_line_and_in_sum() {
        let other = r#"{"tiers":[{"scope":"store","key":null,"min_qty":"3","pct":"10"}],"rules":{"min_margin_pct":"35"}}"#;
        let (printed, reports) = run(&format!("{GOOD}\n{GOOD}"), Some((other, Style::Json)));
        assert_eq!(reports, [""; 0]);
        let change: serde_json::Value = serde_json::from_str(&printed[0]).unwrap();
        assert_eq!(change["difference"], "-3.00");
        let line = serde_json::json!({
            "sku": "A", "before": "30.00", "after": "27.00",
            "margin_pct_before": "40.00", "margin_pct_after": "33.33",
            "rules": [{
                "rule": "discount",
                "before": {"tier": null, "hand_discount": null},
                "after": {
                    "tier": {"scope": "store", "min_qty": "3", "pct": "10"},
                    "hand_discount": null,
                },
            }],
        });
        assert_eq!(change["lines"][0], line);
        assert_eq!(change["decision"], "now_asks");
        let summary: serde_json::Value = serde_json::from_str(&printed[2]).unwrap();
        assert_eq!(summary["summary"]["total_after"], "54.00");
        assert_eq!(summary["summary"]["margin_pct_before"], "40.00");
        assert_eq!(summary["summary"]["now_asks"], 2);
    }

    #[test]
    fn at_a_terminal_a_comparison_is_a_table() {
        let other = r#"{"tiers":[{"scope":"store","min_qty":"3","pct":"10"}],"rules":{"min_margin_pct":"35"}}"#;
        let same = GOOD
            .replace(r#""qty":"3""#, r#""qty":"1""#)
            .replace(r#""id":"1""#, r#""id":"\u001b[2J pequeno""#);
        let (printed, reports) = run(&format!("{GOOD}\n{same}"), Some((other, Style::Table)));
        assert_eq!(reports, [""; 0]);
        let expected = [
            "pedido                       antes          depois      diferença            margem  decisão",
            "1                         R$ 30,00        R$ 27,00       -R$ 3,00      40% → 33,33%  passa a esperar aprovação",
            "  A                       R$ 30,00        R$ 27,00       -R$ 3,00      40% → 33,33%  sem desconto → 10% a partir de 3 (loja toda)",
            "?[2J pequeno              R$ 10,00        R$ 10,00        R$ 0,00         40% → 40%  igual",
            "soma                      R$ 40,00        R$ 37,00       -R$ 3,00      40% → 35,14%",
            "",
            "pedidos: 2 · mais baratos: 1 · mais caros: 0 · passam a sair sozinhos: 0 · \
             passam a esperar aprovação: 1 · esperam por outro motivo: 0",
        ];
        assert_eq!(printed, expected, "{}", printed.join("\n"));
    }

    #[test]
    fn a_table_names_each_rule_that_changes_as_the_store_does() {
        let priced = GOOD
            .replace(r#""order":{"#, r#""order":{"payment":{"method":"pix"},"#)
            .replace(r#"{"pickup":true}"#, r#"{"bairro":"Sé"}"#);
        let other = r#"{"lists":[{"name":"Obras","for":"everyone","prices":{"A":"1234.5"}}],
            "tiers":[{"scope":"item","key":"A","min_qty":"2.5","pct":"2.5"}],
            "payment":[{"method":"pix","pct":"-3"}],
            "freight":[{"bairro":"Sé","base":"30","per_kg":"0","included_kg":"0"}]}"#;
        let (printed, _) = run(&priced, Some((other, Style::Table)));
        let said = |line: &str| line.split("  ").last().unwrap().to_owned();
        assert_eq!(
            said(&printed[2]),
            "preço do catálogo R$ 30,00 → tabela Obras R$ 3.703,50; \
             sem desconto → 2,5% a partir de 2,5 (deste produto)"
        );
        assert_eq!(said(&printed[3]), "sem condição → Pix (Desconto de 3%)");
        assert_eq!(said(&printed[4]), "sem regra → Bairro Sé (R$ 30,00 por viagem)");
    }
}
