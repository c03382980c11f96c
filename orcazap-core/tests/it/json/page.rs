//! `docs/json.md`: an example of each value that is kept or sent.

use std::collections::BTreeMap;

use orcazap_core::conversation::{
    Act, Answer, AskChoice, AskFor, AskPlace, Choice, CloseReason, Content, Edit, HandOverReason,
    Inbound, Open, Question, QuoteNumber, QuoteRef, Reply, SaidItem, State, Terms, Timer,
};
use orcazap_core::place::Bairro;
use orcazap_core::pricing::{Case, CaseQuote, CaseRules, Change, Revised, Summary, Warning};
use orcazap_core::{
    Conversation, Decision, Effect, Event, PaymentMethod, Place, Product, Say, Step,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::samples::{self, of, tuesday};
use super::{talks, written};

const INTRODUCTION: &str = "\
# JSON

What the crate keeps and sends, as it stands in JSON. Decimals are texts, times carry
their offset, days are `YYYY-MM-DD`, codes are in `snake_case`. A field that is `null`
may be left out when it is read, and one that is not known is ignored; what an earlier
release wrote still loads. Amounts are in reais, with two decimal places. Every example
is printed from a value by a test, which reads it back, and fails when this page and the
code differ; it then says where it has put the page as it should be.
";

const CASE: &str = r#"{
  "id": "1",
  "store": {
    "items": [
      {
        "sku": "CIM",
        "name": "Cimento CP II 50 kg",
        "category": "Cimento",
        "unit": "saco",
        "unit_price": "40",
        "unit_cost": "30.5",
        "cost_date": "2026-03-01",
        "weight_kg": "50",
        "volume_m3": "0.035",
        "step": "1",
        "stock": "100",
        "max_auto_qty": "200",
        "substitutes": []
      }
    ],
    "freight": [{"bairro": "Centro", "base": "30", "per_kg": "0", "included_kg": "0"}],
    "rules": {"min_margin_pct": "20"}
  },
  "order": {
    "items": [{"sku": "CIM", "qty": "20"}],
    "unknown": 1,
    "ambiguous": 0,
    "assisted": false,
    "payment": {"method": "pix"},
    "place": {"bairro": "centro"},
    "buyer": {"group": "Construtoras"}
  }
}"#;

/// Two discounts of which the higher gives less, and what Pix takes off.
const OTHER_RULES: &str = r#"{
    "tiers": [{"scope": "item", "key": "CIM", "min_qty": "10", "pct": "5"},
              {"scope": "item", "key": "CIM", "min_qty": "50", "pct": "2.5"}],
    "payment": [{"method": "pix", "pct": "-3"}],
    "freight": [{"bairro": "Centro", "base": "30", "per_kg": "0", "included_kg": "0"}]}"#;

#[test]
fn the_page_shows_what_is_written_and_every_example_loads() {
    let today = page();
    if include_str!("../../../docs/json.md") != today {
        let path = written("json.md".as_ref(), &today);
        let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md");
        panic!("docs/json.md drifted from the code:\ncp {} {kept}", path.display());
    }
}

fn page() -> String {
    let mut page = Page(INTRODUCTION.to_owned());
    page.store();
    page.orders();
    page.quotes();
    page.comparisons();
    page.conversations();
    page.0
}

struct Page(String);

impl Page {
    /// A heading, what the value means, and examples of it.
    fn show<T: Serialize + DeserializeOwned + PartialEq>(
        &mut self,
        name: &str,
        meaning: &str,
        examples: &[T],
    ) {
        self.0 += &format!("\n## `{name}`\n\n{meaning}\n");
        for example in examples {
            let text = serde_json::to_string_pretty(example).unwrap();
            for text in [&text, &of_another_release(example)] {
                assert!(serde_json::from_str::<T>(text).unwrap() == *example, "{name}: {text}");
            }
            self.0 += &format!("\n```json\n{text}\n```\n");
        }
    }

    fn store(&mut self) {
        self.show(
            "Product",
            "One product of a catalogue: `price` and `cost` in reais, `weight` in kilograms and\n\
             `volume` in cubic metres, each of one sale unit (`unit`). `sku`, `name`, `category`,\n\
             `unit`, `price` and `step` are always there.",
            &[samples::product()],
        );
        self.show(
            "PriceBookData",
            "The rules a store prices by, before `PriceBook::new` checks them: volume tiers, ways\n\
             of paying, freight, fixed prices of exact quantities, price lists, and how long\n\
             quotes stand. The `pct` of a tier is taken off, that of a way of paying is added.\n\
             A freight rule is for a `bairro`, for `cep_from` to `cep_to`, or for all within\n\
             `up_to_km` of `origin`.",
            &[samples::price_book()],
        );
        self.show(
            "Rules",
            "When a person must look before a quote goes out. A threshold that is `null` is\n\
             switched off; what is left out is as in `Rules::default()`.",
            &[samples::rules()],
        );
        self.show(
            "Policy",
            "How the assistant behaves: what it answers by itself, when it waits, follows up and\n\
             gives up, and what each role may give away alone. What is left out is as in\n\
             `Policy::default()`.",
            &[samples::policy()],
        );
    }

    fn orders(&mut self) {
        self.show(
            "Reading",
            "What one message says: of each finding the bytes of the message it was read from\n\
             (`span`) and how sure it is in percent. Place, payment and delivery are `{}` when\n\
             not said.",
            &[samples::reading()],
        );
        self.show(
            "Draft",
            "An order as several messages collect it. A `qty` that is `null` is still to be said;\n\
             `ambiguous` and `unknown` are in the customer's words.",
            &[samples::draft()],
        );
        self.show(
            "Order",
            "An order that can be priced: every `qty` is there, in sale units. `place` is\n\
             `{\"pickup\": true}` or what is known of an address: `cep`, `bairro`, `point`.\n\
             `delivery` has a `date`, `asap`, or `from` and `to`, whichever was said, and\n\
             `period`, `\"morning\"` or `\"afternoon\"`; this example shows them all.",
            &[samples::order()],
        );
    }

    fn quotes(&mut self) {
        let quote = talks::offer().quote;
        self.show(
            "Quote",
            "A priced order, with the rule behind each figure as it was on that day. Its figures\n\
             are worked out again when it is read, and one that does not follow from the others\n\
             is refused.",
            std::slice::from_ref(&*quote),
        );
        self.show(
            "Trace",
            "Why a quote comes to what it does: a step for each figure, with what went in, the\n\
             rule, and the `result`. It is laid out from the quote and need not be kept.",
            &[quote.trace()],
        );
        let mut reasons = talks::reasons();
        reasons.truncate(3);
        self.show(
            "Decision",
            "Whether a quote goes out by itself, and if not, why; `approval.md` beside this page\n\
             lists the reasons with their fields.",
            &[Decision::Auto, Decision::Ask(reasons)],
        );
    }

    fn comparisons(&mut self) {
        let case: Case = serde_json::from_str(CASE).unwrap();
        let outcome = case.price(tuesday()).unwrap();
        let figures = serde_json::to_string_pretty(&CaseQuote::new(&outcome)).unwrap();
        self.0 += &format!(
            "\n## `Case`\n\n\
             A store and an order in one value, as `orcazap price` reads it. `store` has `items`,\n\
             the fields of `PriceBookData`, and `rules`; of asks that were not understood only\n\
             the number is given (`unknown`, `ambiguous`). It is only read, and the command\n\
             refuses a field of the two that is not known.\n\
             \n```json\n{CASE}\n```\n\
             \n## `CaseQuote`\n\n\
             The figures of a case, and the codes of the reasons why a person must look. It is\n\
             only written.\n\
             \n```json\n{figures}\n```\n"
        );
        let other: CaseRules = serde_json::from_str(OTHER_RULES).unwrap();
        let change = case.what_if(&other, tuesday()).unwrap();
        self.show(
            "LineChange",
            "What other rules make of a line: its net and its margin before and after, and the\n\
             rules that made the difference. A `Change` holds the order's quote and decision by\n\
             both, as `before` and `after`.",
            &change.lines(),
        );
        self.show(
            "RuleChange",
            "Another payment term or freight rule of the order as a whole.",
            &change.rules(),
        );
        let summary = Summary::of([&change].into_iter());
        self.show("Summary", "Many changes in sum.", &[summary]);
        let Change { before, after } = &change;
        let mut revised: Vec<Revised> = after.quote.revised_from(&before.quote);
        revised.push(Revised::Quantity { sku: of("CIM"), before: of("20"), after: of("25") });
        self.show("Revised", "What differs from one revision of a quote to the next.", &revised);
        let warnings: Vec<Warning> = other.price_book().unwrap().warnings();
        self.show(
            "Warning",
            "What is allowed in a price book but looks like a mistake.",
            &warnings,
        );
    }

    fn conversations(&mut self) {
        let message = |content| Inbound { at: tuesday(), content };
        self.show(
            "Event",
            "Something that happened to a conversation: messages of the customer, an act of a\n\
             person, a delivery report, or a timer that rang.",
            &[
                Event::text("20 sacos de cimento", tuesday()),
                Event::Arrived { message: message(Content::Reply(Reply::Pickup(QuoteNumber(7)))) },
                Event::act(samples::manager(), Act::Approve { revision: 2 }),
                Event::QuoteDelivery { revision: 2, delivered: true },
                Event::Timer { timer: Timer::FollowUp },
            ],
        );
        self.show(
            "Act",
            "What a person of the store does. Acts on a quote name the revision that the person\n\
             saw, so that nobody approves what has changed since.",
            &[
                Act::EditAndApprove {
                    revision: 2,
                    edits: vec![
                        Edit::Quantity { sku: of("CIM"), qty: of("25") },
                        Edit::Discount { sku: of("CIM"), pct: Some(of("5")) },
                        Edit::Freight { freight: None },
                    ],
                },
                Act::Reject { revision: 2, message: "Sem areia esta semana.".into() },
                Act::Close { reason: CloseReason::Cancelled },
            ],
        );
        let quote_ref = QuoteRef { number: QuoteNumber(7), revision: 2 };
        let fact = Answer::Fact { text: "Abrimos das 7h às 18h.".into() };
        let freight = Answer::Freight {
            place: Place::from("Centro".parse::<Bairro>().unwrap()),
            fee: of("30.00"),
            by_load: true,
            free_above: Some(of("3000.00")),
        };
        self.show(
            "Effect",
            "What the caller must do, in the order given. A `say` is one message, with the answers\n\
             to what was asked beside standing first.",
            &[
                Effect::Say {
                    say: Say::Welcome { number: QuoteNumber(7) },
                    answers: vec![fact, freight],
                },
                Effect::PlaceOrder { quote_ref, delivery: Some(samples::delivery()) },
                Effect::SetTimer { timer: Timer::FollowUp, at: tuesday() },
                Effect::HandOver { reason: HandOverReason::Asked },
            ],
        );
        self.show(
            "Say",
            "What is said to the customer, as data: whoever sends it makes the words. What can be\n\
             pressed carries the number of the order.",
            &[
                Say::Ask { ask: ask() },
                Say::Accepted {
                    quote_ref,
                    total: of("1204.60"),
                    payment: samples::order().payment,
                    delivery: None,
                    pickup: false,
                    asks_day: true,
                },
                Say::Unclear { quote_ref },
            ],
        );
        let mut asked = talks::questions();
        asked.retain(|asked| {
            !matches!(
                asked.question,
                Question::Swap { .. } | Question::Change { .. } | Question::Meaning { .. }
            )
        });
        let capturing = Conversation {
            state: State::Capturing,
            draft: samples::draft(),
            asked,
            timers: BTreeMap::from([(Timer::IdleDraft, tuesday())]),
            last_inbound: Some(tuesday()),
            ..Conversation::new(QuoteNumber(7))
        };
        self.show(
            "Conversation",
            "Where a conversation stands (`state`, and beside it what exists in that state, such as\n\
             `offer` and `reasons`), the order so far, what was asked, and the timers that are set.",
            std::slice::from_ref(&capturing),
        );
        self.show(
            "Step",
            "What one event leads to: the conversation as it is from now on, and the effects.",
            &[Step {
                conversation: Conversation::new(QuoteNumber(7)),
                effects: vec![Effect::OptOut],
            }],
        );
    }
}

/// An example as a release writes it that knows of one thing more, and leaves out what
/// is not there.
fn of_another_release(example: &impl Serialize) -> String {
    let mut value = serde_json::to_value(example).unwrap();
    drop_nulls(&mut value);
    value["of_a_later_release"] = Value::Bool(true);
    value.to_string()
}

fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A question after one of two products, how it is paid, and where to.
fn ask() -> AskFor {
    let catalog = samples::catalog();
    let said = |product: &Product, qty| SaidItem {
        sku: product.sku.clone(),
        name: product.name.clone(),
        unit: product.unit,
        price: product.price,
        qty,
    };
    let choice = |sku, label: &str| Choice {
        reply: Reply::Pick { number: QuoteNumber(7), sku: of(sku) },
        item: said(catalog.get(&of(sku)).unwrap(), Some(of("500"))),
        label: label.to_owned(),
    };
    AskFor {
        number: QuoteNumber(7),
        items: vec![said(&samples::product(), Some(of("20")))],
        unknown: vec!["betoneira".into()],
        no_items: false,
        choices: vec![AskChoice {
            text: "tijolos".into(),
            choices: vec![choice("TIJ-6F", "6 furos"), choice("TIJ-8F", "8 furos")],
        }],
        quantities: Vec::new(),
        place: Some(AskPlace::Where),
        payment: true,
        methods: vec![PaymentMethod::Pix, PaymentMethod::CreditCard],
        terms: Terms::default(),
        later: vec![Open::Payment],
    }
}
