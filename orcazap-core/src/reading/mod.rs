//! From what a customer typed to a [`Reading`].
//!
//! ```
//! use orcazap_core::{Catalog, Product, Unit, read};
//!
//! let mut cement = Product::new("CIM".parse()?, "Cimento CP II 50kg", Unit::Bag, "39.90".parse()?);
//! cement.aliases = vec!["cimento".into()];
//! let catalog = Catalog::new(vec![cement])?;
//! let now = "2026-03-10T09:00:00-03:00".parse()?;
//!
//! let message = "bom dia, 10 sacos de simento pra amanhã";
//! let reading = read(message, &catalog, now);
//! let item = &reading.items[0];
//! assert_eq!(item.qty, Some("10".parse()?));
//! let span = item.evidence.span;
//! assert_eq!(&message[span.start..span.end], "10 sacos de simento");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How a message is read
//!
//! Each stage is a file or a folder, runs in this order, and sees what the ones before
//! it left: a token that one has taken is nothing to the next.
//!
//! | | stage | file | decides |
//! | --- | --- | --- | --- |
//! | 1 | folding | `fold` | lower case, no accents, every byte knows its origin |
//! | 2 | tokens | `token`, `number` | words, numbers, fractions, sizes |
//! | 3 | vocabulary | `vocabulary`, `roles`, `words`, `spelling` | units, synonyms, size systems, parts that words play; word endings, sounds, misspelt words |
//! | 4 | foreign and misspelt words | `foreign`, `respelt` | Spanish and English words are read as ours, and so is shorthand (`qro`); so are words that nobody knows and that are one letter or a sound from one that we do (`mangera`), and glued ones are parted (`sacosde`) |
//! | 5 | intent signals | `pattern`, `intent`, `assent` | which phrases of `intents.txt` occur |
//! | 6 | tables, named figures | `tables`, `figures` | headings and row numbers of a pasted table; links, and numbers behind a label |
//! | 7 | place | `place` | CEP, address, pickup, neighbourhood |
//! | 8 | figures | `figures` | money, telephone numbers and the like |
//! | 9 | prices | `prices` | money without a sign of it: `faz a 35`, `35 o saco` |
//! | 10 | payment | `payment` | method, instalments, days |
//! | 11 | delivery | `delivery`, `dates`, `calendar` | a day, a span, a part of the day, urgency |
//! | 12 | leftovers | `figures`, `past`, `person` | a number right behind what was taken counts no goods; what was bought before, and the customer's name, are none |
//! | 13 | lexemes | `lexeme`, `numeral`, `homograph`, `verbs` | what each token means with this catalogue in view |
//! | 14 | asks | `asks` | the words of one product with its quantity |
//! | 15 | completion | `complete`, `corrected`, `described`, `restated` | asks that lean on each other are completed; what the same message takes back is put right; what is said of several at once, or anew of goods in the order |
//! | 16 | products | `items`, `resolve`, `catalog::matcher` | which products fit, how many sale units that is |
//! | 17 | conversation | `context`, `choices`, `extremes`, `numbered` | bare answers to what was asked, and numbered ones; which of several by its place or size is looked for before the delivery, so that its words are no date |
//! | 18 | changes | `changes` | what a number comes to in the open order: `tira 5`, `dobra`, `deixa só` |
//! | 19 | intent | `intent` | what the message is for, from its signals and findings |
//!
//! Folding knows no language, tokens only the `por` of `18 por 27` and the slash of `p/`;
//! vocabulary knows no store, and only from the lexemes on is the catalogue asked (before,
//! it only says which words are its own). Three rules of the house hold throughout: a
//! product is an item only when it is the only one that fits; the catalogue decides whether
//! a number is a size;
//! and a quantity is never invented: a number counts goods only when language says so, and
//! one of a date, a term, a price, a label or an address, or right behind one, never does.
//!
//! ```
//! # use orcazap_core::{Catalog, Product, Unit, read};
//! # let piece = |sku: &str, name: &str| {
//! #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
//! # };
//! // A store whose system cuts names short, and that has no other names for them.
//! let catalog = Catalog::new(vec![
//!     piece("1", "DISJ DIN MONO 20A"),
//!     piece("2", "DISJ DIN BIP 40A"),
//!     piece("3", "DISJ DIN BIP 50A"),
//! ])?;
//! let now = "2026-03-10T09:00:00-03:00".parse()?;
//!
//! // 20 and 40 are sizes, 6 and 1 are quantities, and the family carries over.
//! let reading = read("6 disjuntor mono de 20 e 1 bipolar 40", &catalog, now);
//! let items: Vec<_> =
//!     reading.items.iter().map(|item| format!("{} {}", item.sku, item.qty.unwrap())).collect();
//! assert_eq!(items, ["1 6", "2 1"]);
//!
//! // Two fit: that is a question to the customer, and no guess.
//! let reading = read("3 disjuntores bipolares", &catalog, now);
//! assert!(reading.items.is_empty());
//! assert_eq!(reading.ambiguous[0].ask.skus.len(), 2);
//!
//! // A size, a kind or a brand that the store lacks is unknown, never the nearest.
//! let reading = read("1 disjuntor bipolar 70, 2 disjuntor mono de vidro", &catalog, now);
//! assert!(reading.items.is_empty() && reading.ambiguous.is_empty());
//! assert_eq!(reading.unknown.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How far a word may reach
//!
//! A customer's word is looked for in four steps, and a farther one is taken only
//! when all the words of an ask together fit nothing at a nearer one:
//!
//! 1. the word itself, whatever its plural, gender, accents or usual spelling
//!    (`[same]` of the vocabulary);
//! 2. another name of the thing (`[kin]`), the same size in another system
//!    (`[sizes]`), or as custom calls it (`chuveiro 110` of 127 volts);
//! 3. a word that the store's names cut short (`POL` of `polido`, `TRN` of
//!    `torneira`), learnt from the catalogue;
//! 4. a word it misspells (`simento`, `dobradissa`), of the catalogue or the trade.
//!
//! A word that reaches nothing is passed over when it is courtesy (`[noise]`) or
//! says where goods are used (`[use]`); right behind the goods it is a kind that
//! the store lacks, and makes the ask unknown.
//!
//! # What to extend, and where
//!
//! * Other names of one product: its [`aliases`](crate::Product::aliases). They
//!   always win over general knowledge, and are the everyday way in which a store's
//!   own words reach the reader: they come with the catalogue, by its file or page.
//! * A word, synonym, abbreviation, unit or colour that many products share, a way to
//!   pay, a label, a number in words: `vocabulary.txt`, or for one store [`Vocabulary::extended_by`] and
//!   [`Catalog::with_vocabulary`]; `orcazap read --vocabulary` tries such a text out.
//! * A way to say yes, no, stop: `intents.txt`, or for one store the section
//!   `[intents]` of its vocabulary; a way to take out, replace or count anew what was
//!   ordered: `verbs.txt`.
//! * What a number beside goods means: `asks/numbers`, `asks/amounts`, `asks/counted`,
//!   `asks/sizes`; how asks lean on each other: `complete`; what an ask takes back: `corrected`. A rule there says nothing of any one product.
//!
//! ```
//! # use orcazap_core::{Catalog, Product, Unit, read, reading::Vocabulary};
//! # let pebble = Product::new("SEI".parse()?, "Seixo Rolado", Unit::CubicMeter, "90".parse()?);
//! // Where customers say `cascudo` for pebbles.
//! let own = Vocabulary::parse("[kin]\ncascudo = seixo\n")?;
//! let vocabulary = Vocabulary::standard().extended_by(&own);
//! let catalog = Catalog::with_vocabulary(vec![pebble], vocabulary)?;
//! let reading = read("2 m de cascudo", &catalog, "2026-03-10T09:00:00-03:00".parse()?);
//! assert_eq!(reading.items[0].sku.as_str(), "SEI");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Bounds
//!
//! Of a message [`MAX_BYTES`] are read, and [`Reading::truncated`] says when there
//! was more. Time and memory grow with the message in proportion; nothing in a message
//! makes reading fail.
//!
//! What a word that names thousands of products costs does not depend on how many: the
//! first hundred are looked at, and [`Ambiguous::more`](crate::order::Ambiguous::more) says when there are more. That
//! words have no product in common is found out by going through the catalogue 2,048
//! products at a time, a few nanoseconds each. `cargo bench -p orcazap-benches --bench
//! reading` measures both ends.

mod asks;
mod assent;
mod calendar;
mod changes;
mod choices;
mod complete;
mod confidence;
mod context;
mod corrected;
mod dates;
mod delivery;
mod described;
mod dialogue;
mod extremes;
mod figures;
mod findings;
pub(crate) mod fold;
mod foreign;
mod heard;
mod homograph;
mod intent;
mod items;
mod lexeme;
pub(crate) mod number;
mod numbered;
mod numeral;
mod past;
mod pattern;
mod payment;
mod person;
mod place;
mod prices;
mod resolve;
mod respelt;
mod restated;
mod roles;
mod sale;
pub(crate) mod spelling;
mod tables;
pub(crate) mod token;
mod verbs;
mod view;
pub(crate) mod vocabulary;
pub(crate) mod words;

pub(crate) use context::fits_words;
pub use dialogue::{Dialogue, Outcome};
pub use findings::{
    AmbiguousAsk, Confidence, Evidence, Intent, Item, Reading, SlotEvidence, Span, UnknownAsk,
};
pub use fold::MAX_BYTES;
pub(crate) use intent::Topic;
pub(crate) use roles::Role;
pub(crate) use sale::rounded;
pub use sale::sale_quantity;
pub use vocabulary::{Vocabulary, VocabularyError};

use chrono::{DateTime, FixedOffset, NaiveDate};

use fold::Folded;
use heard::Range;
use intent::Beside;
use view::{Message, View};

use crate::catalog::Catalog;
use crate::order::{Draft, Missing, PaymentMethod};
use crate::place::Place;

/// What the reader may know besides the message: the order so far, and what
/// the customer was just asked.
///
/// ```
/// # use orcazap_core::{Catalog, Product, Unit, read};
/// # let product = |sku: &str, name: &str| {
/// #     Product::new(sku.parse().unwrap(), name, Unit::Piece, "1".parse().unwrap())
/// # };
/// # let catalog = Catalog::new(vec![
/// #     product("T6", "Tijolo 6 furos"),
/// #     product("T8", "Tijolo 8 furos"),
/// # ])?;
/// # let now = "2026-03-10T09:00:00-03:00".parse()?;
/// use orcazap_core::Draft;
/// use orcazap_core::reading::{Context, read_in_context};
/// let mut draft = Draft::default();
/// draft.apply(&read("500 tijolos", &catalog, now), &catalog);
/// // In answer to which brick was meant, its kind is enough.
/// let context = Context { draft: Some(&draft), ..Context::default() };
/// let answer = read_in_context("o de 8 furos", &catalog, context, now);
/// assert_eq!(answer.items[0].sku.as_str(), "T8");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The open order, so that a bare word can mean a product of it.
    pub draft: Option<&'a Draft>,
    /// What was just asked, in the order it was put.
    pub asked: &'a [Missing],
    /// The days on which the store is closed: its holidays, for `antes do feriado`.
    pub closed: &'a [NaiveDate],
}

/// Reads a message that stands alone.
///
/// Total and deterministic: any text gives a reading, in time linear in its length.
#[must_use]
pub fn read(text: &str, catalog: &Catalog, now: DateTime<FixedOffset>) -> Reading {
    read_in_context(text, catalog, Context::default(), now)
}

/// The day that a text names, as `amanhã` or `dia 25` in a question about it.
pub(crate) fn day_named(
    text: &str,
    catalog: &Catalog,
    today: NaiveDate,
    closed: &[NaiveDate],
) -> Option<NaiveDate> {
    let folded = Folded::new(text);
    let message = Message::new(text, &folded, catalog.vocabulary());
    let calendar = calendar::Calendar { today, closed };
    let dates = dates::Dates { message: &message, calendar };
    (0..message.tokens.len()).find_map(|at| dates.read(at)).and_then(|(_, when)| when.date)
}

/// What a text asks about of what stores have rules for.
pub(crate) fn topics(text: &str, catalog: &Catalog) -> Vec<Topic> {
    let folded = Folded::new(text);
    let mut message = Message::new(text, &folded, catalog.vocabulary());
    foreign::translate(&mut message, catalog);
    respelt::read(&mut message, catalog);
    intent::topics(&View::new(&message), catalog.vocabulary().intents())
}

/// The place that a text names, in a question about it too.
pub(crate) fn place_named(text: &str, catalog: &Catalog) -> Option<Place> {
    let folded = Folded::new(text);
    let mut message = Message::new(text, &folded, catalog.vocabulary());
    place::read(&mut message, &[], catalog).map(|heard| heard.value)
}

/// The ways of paying that a text names, in a question about them too.
pub(crate) fn methods_named(text: &str, catalog: &Catalog) -> Vec<PaymentMethod> {
    let folded = Folded::new(text);
    payment::named(&Message::new(text, &folded, catalog.vocabulary()))
}

/// Reads a message within a conversation: answers to what was just asked, and
/// words that mean a product of the open order, are understood as such.
#[must_use]
pub fn read_in_context(
    text: &str,
    catalog: &Catalog,
    context: Context<'_>,
    now: DateTime<FixedOffset>,
) -> Reading {
    if let Some(answers) = numbered::read(text, catalog, context, now) {
        return answers;
    }
    let folded = Folded::new(text);
    let mut message = Message::new(text, &folded, catalog.vocabulary());
    foreign::translate(&mut message, catalog);
    respelt::read(&mut message, catalog);
    let mut signals = intent::signals(&View::new(&message), catalog.vocabulary().intents());
    tables::take(&mut message);
    figures::take_named(&mut message);
    let place = place::read(&mut message, context.asked, catalog);
    let sums = figures::take(&mut message);
    let prices = prices::take(&mut message);
    let payment = payment::read(&mut message, context.asked);
    let calendar = calendar::Calendar { today: now.date_naive(), closed: context.closed };
    let ordinal = choices::ordinal(&message, context.asked);
    ordinal.iter().for_each(|chosen| message.take(chosen.tokens.0, chosen.tokens.1));
    let delivery = delivery::read(&mut message, calendar);
    figures::take_leftovers(&mut message, context.asked);
    let chosen = ordinal.or_else(|| {
        let draft = context.draft?;
        let chosen = choices::all(&message, draft)
            .or_else(|| extremes::extreme(&message, draft, catalog))?;
        message.take(chosen.tokens.0, chosen.tokens.1);
        Some(chosen)
    });
    past::take(&mut message);
    person::take(&mut message, catalog);
    let greets = view::is_only_greeting(&message);
    let place = match place {
        None if !greets => place::standing_alone(&mut message, context.asked),
        place => place,
    };
    let lexemes = lexeme::lexemes(&message, catalog);
    let answers = context.draft.is_some_and(|draft| !draft.ambiguous.is_empty());
    let mut asked = asks::asks(&message, &lexemes, catalog);
    asked.asks = complete::complete(asked.asks, answers, catalog);
    // `se eu levar 20 cimento tem desconto?` changes nothing.
    let restated = context
        .draft
        .filter(|_| !signals.asks_besides())
        .is_some_and(|draft| restated::settle(&mut asked.asks, draft, &message, catalog));
    let nothing = |draft: &Draft| draft.items.is_empty() && draft.ambiguous.is_empty();
    let afresh = context.draft.is_none_or(nothing);
    if afresh
        && (asked.order_afresh() || asked.asks.iter().any(|ask| ask.corrected))
        && !asked.asks.iter().any(asks::Ask::edits)
    {
        // `6 joelhos, errei, são 8`: what is changed was not ordered before.
        signals.forget(Intent::Change);
    }
    let edits = restated || signals.has(Intent::Change) || asked.asks.iter().any(asks::Ask::edits);
    if signals.has(Intent::Human) {
        // `falar com um vendedor`: one is the person.
        let one = |ask: &asks::Ask| !ask.has_words() && !ask.is_counted();
        asked.asks.pop_if(|last| one(last));
    }
    let mut goods = items::decide(&asked.asks, context, edits, &message, catalog);
    let number = goods.loose.iter().any(asks::Ask::is_counted);
    let haggles = goods.loose.iter().any(|ask| restated::is_a_price(ask, &message));
    let alone = goods.is_empty()
        && !(sums || prices || haggles || signals.has(Intent::Question))
        && context.draft.is_some_and(|draft| goods.is_another_number(draft, catalog));
    let corrects = goods.loose.iter().any(|ask| ask.replaces && ask.is_counted());
    // `fechado, manda 12`: another quantity than was offered.
    let edits = edits
        || corrects
        || if signals.has(Intent::Accept) { signals.assent.plain && number } else { alone };
    let meant = if edits { Intent::Change } else { Intent::Order };
    context::settle(&mut goods, context, chosen, meant, &message, catalog);
    let place = place.or_else(|| context::place_answer(&mut goods, context.asked, &message));
    let details = place.is_some() || payment.is_some() || delivery.is_some();
    let changes = changes::settle(&mut goods, &asked, context.draft, &message, catalog);
    let repeats = context.draft.is_some_and(|draft| goods.repeat(draft));
    if repeats && signals.assent.certain {
        goods.items.clear();
    }
    let goods_said = !goods.is_empty();
    let findings = intent::Findings {
        goods: goods_said,
        counted_beside: asked
            .asks
            .iter()
            .any(|ask| ask.is_counted() && signals.is_beside_the_question(ask.whole)),
        changes: changes
            || asked.asks.iter().any(asks::Ask::denies_old)
            || goods.takes_out()
            || number && goods_said && edits,
        refused: asked.refused,
        number: number && !repeats,
        repeats,
        money: sums || prices,
        details,
        asks: text.contains('?'),
        greets,
        sign: view::sign(&message),
    };
    let intent = intent::decide(signals, findings);
    if let (Intent::Change, Some(draft)) = (intent, context.draft) {
        changes::top_up(&mut goods, draft);
    }
    let evidence = SlotEvidence {
        place: place.as_ref().map(|heard| heard.evidence(&message)),
        payment: payment.as_ref().map(|heard| heard.evidence(&message)),
        delivery: delivery.as_ref().map(|heard| heard.evidence(&message)),
    };
    let said = Slots {
        place: place.as_ref().map(|heard| heard.tokens),
        payment: payment.as_ref().map(|heard| heard.tokens),
        delivery: delivery.as_ref().map(|heard| heard.tokens),
    };
    let mut reading = Reading {
        intent,
        items: goods.items,
        ambiguous: goods.ambiguous,
        unknown: goods.unknown,
        place: place.map(|heard| heard.value),
        payment: payment.map(|heard| heard.value),
        delivery: delivery.map(|heard| heard.value),
        evidence,
        truncated: text.len() > MAX_BYTES,
    };
    match intent {
        Intent::OptOut | Intent::Cancel | Intent::Decline => {
            (reading.items, reading.ambiguous, reading.unknown) = Default::default();
        }
        Intent::Human | Intent::Accept => {
            reading.unknown.clear();
            reading.items.retain(|item| item.qty.is_some());
            reading.ambiguous.retain(|found| found.ask.qty.is_some());
        }
        _ => {}
    }
    if intent == Intent::Question {
        reading = told_beside(reading, &said, &message, catalog);
    }
    reading
}

/// Where a message says place, payment and delivery.
struct Slots {
    place: Option<Range>,
    payment: Option<Range>,
    delivery: Option<Range>,
}

/// What a question tells besides: a CEP, and what stands in words that ask nothing, as the
/// pickup in `retiro aí, até que horas ficam abertos?`.
fn told_beside(
    reading: Reading,
    said: &Slots,
    message: &Message<'_>,
    catalog: &Catalog,
) -> Reading {
    let view = View::new(message);
    let far = |words: Option<Range>, least: Beside| {
        let patterns = catalog.vocabulary().intents();
        words.is_some_and(|words| intent::beside_the_question(&view, patterns, words) >= least)
    };
    let cep = reading.place.as_ref().and_then(Place::cep).map(Place::from);
    let place = reading.place.filter(|_| far(said.place, Beside::Before)).or(cep);
    let payment = reading.payment.filter(|_| far(said.payment, Beside::Before));
    // `cadê minha entrega? era pra hoje cedo`
    let told = place.is_some() && far(said.place, Beside::Elsewhere);
    let delivery = reading.delivery.filter(|_| told && far(said.delivery, Beside::Elsewhere));
    let evidence = SlotEvidence {
        place: reading.evidence.place.filter(|_| place.is_some()),
        payment: reading.evidence.payment.filter(|_| payment.is_some()),
        delivery: reading.evidence.delivery.filter(|_| delivery.is_some()),
    };
    let intent = reading.intent;
    Reading { intent, place, payment, delivery, evidence, ..Reading::empty() }
}
