//! Orders for building material in Brazilian Portuguese: read out of free text,
//! priced, reviewed, and talked through to a sale.
//!
//! ```
//! use orcazap_core::pricing::{Overrides, PriceBookData, explain};
//! use orcazap_core::*;
//!
//! let now = "2026-03-10T09:00:00-03:00".parse()?;
//! let mut cement =
//!     Product::new("CIM-50".parse()?, "Cimento CP II 50 kg", Unit::Bag, "39.90".parse()?);
//! cement.aliases = vec!["cimento".into()];
//! cement.cost = Some("34.00".parse()?);
//! let catalog = Catalog::new(vec![cement])?;
//! let book = PriceBook::new(PriceBookData::default())?;
//!
//! let reading = read("quero 10 sacos de cimento, vou retirar, pago no pix", &catalog, now);
//! let mut draft = Draft::default();
//! draft.apply(&reading, &catalog);
//! let order = draft.to_order().ok_or("something is missing")?;
//! let offer = quote(&order, &Overrides::default(), &catalog, &book, now)?;
//! assert_eq!(offer.total().to_string(), "399.00");
//! assert_eq!(review(&offer, &order, &Rules::default()), Decision::Auto);
//! println!("{}", explain(&offer.trace(), Language::Portuguese));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Or a conversation does all of it, message by message:
//!
//! ```
//! # use orcazap_core::pricing::PriceBookData;
//! use orcazap_core::conversation::{Policy, QuoteNumber};
//! use orcazap_core::*;
//! # let now = "2026-03-10T09:00:00-03:00".parse()?;
//! # let product =
//! #     Product::new("CIM-50".parse()?, "Cimento CP II 50 kg", Unit::Bag, "39.90".parse()?);
//! # let (aliases, cost) = (vec!["cimento".into()], Some("34.00".parse()?));
//! # let catalog = Catalog::new(vec![Product { aliases, cost, ..product }])?;
//! # let book = PriceBook::new(PriceBookData::default())?;
//! # let rules = Rules::default();
//!
//! let policy = Policy::default();
//! let shop = Shop { catalog: &catalog, book: &book, rules: &rules, policy: &policy };
//! let mut talk = Conversation::new(QuoteNumber(1));
//! for words in ["10 sacos de cimento", "vou retirar, pago no pix", "fechado"] {
//!     talk = step(&talk, Event::text(words, now), &shop, now)?.conversation;
//! }
//! assert_eq!(talk.state.code(), "won");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//!
//! | to | use |
//! | --- | --- |
//! | understand a message | [`read`], and [`reading`] for messages within a conversation |
//! | hold what a store sells | [`Catalog`], of [`Product`]s; from a CSV file by `catalog::csv`, behind the feature `csv` |
//! | collect an order over several messages | [`Draft`] |
//! | price an order | [`quote`], by a [`PriceBook`]; [`pricing`] has the rules and the trace |
//! | decide whether a person must look | [`review`], by [`Rules`]; [`approval`] has the reasons |
//! | hold a conversation | [`step`]; [`conversation`] has states, events and effects |
//! | say amounts, places and phones right | [`Money`], [`Quantity`], [`Cep`], [`Phone`] |
//!
//! # What it promises
//!
//! * **Pure.** No I/O, no clock, no randomness, no threads, no `async`, no
//!   `unsafe`. `now` and numbers come in as arguments, what should happen goes out
//!   as [`Effect`] values.
//! * **Deterministic.** The same arguments give the same result, on every machine
//!   and in every release that does not say otherwise in its changes.
//! * **Total.** No input panics; what is refused is an error. Reading never fails: it
//!   says what it understood and what it did not, in time linear in the text.
//! * **Exact.** Money and quantities are decimals; no float is near them, and all
//!   rounding is done in [`money`], half away from zero.
//! * **Never wrong, rather ask.** A product is chosen only when the words leave no
//!   other; what is doubtful comes back as a question.
//! * **Data that lasts.** All that is kept or sent serialises with `serde`, both ways;
//!   decimals are texts. [`json`] shows each value by an example, and fixtures hold it:
//!   what an earlier release saved still loads. Errors, indexes such
//!   as [`Catalog`] and [`PriceBook`] (their [`Product`]s and
//!   [`PriceBookData`](pricing::PriceBookData) do), words made for a screen and what
//!   borrows do not; a [`Case`](pricing::Case) is only read, and its
//!   [`CaseQuote`](pricing::CaseQuote) only written.
//! * **Semantic versioning.** Codes such as `low_margin` are part of the interface, as
//!   types and functions are. Enums are complete on purpose where passing one over would
//!   lose a message, a duty or a secret: [`Event`], [`Effect`], [`Say`], [`Reason`],
//!   [`State`](conversation::State), [`Revised`](pricing::Revised) and what is in them;
//!   one more is a new major release. Errors, [`Warning`](pricing::Warning) and
//!   [`TraceStep`](pricing::TraceStep), which come with their own words, are
//!   `#[non_exhaustive]`.
//! * **Rust 1.95** or newer (its MSRV). Raising that is a minor release, never a patch.
//!
//! # Features
//!
//! | feature | what it adds | on by default |
//! | --- | --- | --- |
//! | `csv` | catalogues from CSV files and back, as bytes: `catalog::csv` | no |
//!
//! Nothing else hides behind a feature: `serde` is part of every type.
//!
//! # What it does not do
//!
//! It sends nothing, stores nothing and knows no WhatsApp: the words of a message
//! are made from a [`Say`] by whoever sends it. It charges nothing and reserves no
//! stock. It knows building material as sold in Brazil, in reais and Portuguese,
//! and is no general parser of shopping lists. No language model is in it.

pub mod approval;
pub mod authority;
pub mod catalog;
pub mod contact;
pub mod conversation;
pub mod language;
pub mod money;
pub mod order;
pub mod place;
pub mod pricing;
pub mod quantity;
pub mod reading;
mod text;

// The page `docs/json.md`, so that the documentation has it too.
#[cfg(doc)]
#[doc = include_str!("../docs/json.md")]
pub mod json {}

pub use approval::{Decision, Reason, Rules, review};
pub use catalog::{Catalog, Product, Sku};
pub use contact::{ContactKey, Phone};
pub use conversation::{Conversation, Effect, Event, Say, Shop, Step, step};
pub use language::{Language, Tone};
pub use money::{Money, Percent, UnitPrice};
pub use order::{Draft, Order, Payment, PaymentMethod};
pub use place::{Bairro, Cep, CepRange, Place};
pub use pricing::{PriceBook, Quote, quote};
pub use quantity::{Quantity, Unit};
pub use reading::{Reading, read};

/// The examples of the README are tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
