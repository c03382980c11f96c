//! `orcazap tenant export`: a store as files, and a day of its customers' messages.
//!
//! | file | is |
//! | --- | --- |
//! | `catalog.csv` | what it sells |
//! | `store.toml` | how it prices and behaves, as `orcazap simulate --store` reads it |
//! | `turns.jsonl` | what customers wrote on the day, a turn a line, as `simulate --replay` takes them |
//!
//! Messages are grouped as the assistant heard them: those within the store's settling
//! time are one turn. Who buys at the prices of a list does so in the replay, too. Conversations go by their number and not by the customer, but the
//! words are the customers' own: the files are for their owner alone.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use orcazap_core::Event;
use orcazap_core::catalog::csv;
use orcazap_core::conversation::{Content, Inbound};
use orcazap_core::order::Buyer;
use orcazap_store::{HeardMessage, Store, TenantTx};

use super::super::simulate::{StoreFile, Turn};
use crate::heard;
use crate::shops::{OpenShop, Shops};

/// The most messages of a day that are written.
const MAX_MESSAGES: u32 = 100_000;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The store.
    #[arg(value_name = "SLUG")]
    slug: String,
    /// The folder to write to; it is made when it is not there, and no file in it is
    /// written over.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// The day, as the store's clock has it; yesterday by default.
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<NaiveDate>,
}

pub(super) async fn run(store: &Store, args: &Args) -> anyhow::Result<()> {
    let tenant = super::super::find_tenant(store, &args.slug).await?;
    let shop = Shops::new(store.clone()).get(tenant.id).await?;
    let day = args.day.or_else(|| shop.local(Utc::now()).date_naive().pred_opt());
    let day = day.context("there is no such day")?;
    let mut tx = store.tenant(tenant.id).await?;
    let turns = turns(&mut tx, &shop, day).await?;
    let file = StoreFile::new(tenant.name.clone(), &shop);
    fs::create_dir_all(&args.folder)
        .with_context(|| format!("{} can't be made", args.folder.display()))?;
    write(&args.folder.join("catalog.csv"), &csv::write(shop.catalog.products()))?;
    write(&args.folder.join("store.toml"), file.to_toml()?.as_bytes())?;
    let mut lines = Vec::new();
    for turn in &turns {
        serde_json::to_writer(&mut lines, turn)?;
        lines.push(b'\n');
    }
    write(&args.folder.join("turns.jsonl"), &lines)?;
    super::super::say(&format!(
        "wrote {} with {} products, and {} turns of {}",
        args.folder.display(),
        shop.catalog.products().len(),
        turns.len(),
        day.format("%d/%m/%Y")
    ));
    Ok(())
}

/// Makes a file that only its owner reads.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = open.with_context(|| format!("{} can't be written", path.display()))?;
    file.write_all(bytes).with_context(|| format!("{} can't be written", path.display()))
}

/// What customers wrote on a day, in the order in which it was heard.
async fn turns(tx: &mut TenantTx, shop: &OpenShop, day: NaiveDate) -> anyhow::Result<Vec<Turn>> {
    // Where clocks go forward at midnight the day begins an hour later.
    let starts = |day: NaiveDate| {
        let at =
            |hour| day.and_hms_opt(hour, 0, 0)?.and_local_timezone(shop.time_zone()).earliest();
        (0..24).find_map(at).map(|time| time.to_utc())
    };
    let from = starts(day).context("there is no such day")?;
    let until = day.succ_opt().and_then(starts).context("there is no such day")?;
    let messages = tx.list_heard(from, until, MAX_MESSAGES + 1).await?;
    if messages.len() > usize::try_from(MAX_MESSAGES)? {
        bail!("more than {MAX_MESSAGES} messages on that day");
    }
    let settle = TimeDelta::seconds(shop.policy.settle_seconds.into());
    let mut bursts: Vec<Burst> = Vec::new();
    let mut open = BTreeMap::new();
    let mut buyers: HashMap<_, Option<Buyer>> = HashMap::new();
    for message in messages {
        let HeardMessage { number, contact, sent_at, ref raw } = message;
        let read = heard::read(raw);
        let quote_ref = match read.as_ref().and_then(|read| read.refers_to()) {
            Some(id) => tx.find_quote_of_message(contact, id.as_str()).await?,
            None => None,
        };
        let Some(content) = heard::content(read.as_deref(), quote_ref) else { continue };
        let inbound = Inbound { at: shop.local(sent_at), content };
        let last = open.get(&number).and_then(|place: &usize| bursts.get_mut(*place));
        match last.filter(|burst| sent_at - burst.last <= settle) {
            Some(burst) => {
                burst.messages.push(inbound);
                burst.last = sent_at;
            }
            None => {
                open.insert(number, bursts.len());
                let buyer = match buyers.entry(contact) {
                    Entry::Occupied(known) => known.get().clone(),
                    Entry::Vacant(unknown) => {
                        let contact = tx.find_contact(contact).await?;
                        unknown.insert(contact.and_then(|contact| contact.buyer)).clone()
                    }
                };
                let conversation = number.to_string();
                bursts.push(Burst { conversation, buyer, last: sent_at, messages: vec![inbound] });
            }
        }
    }
    Ok(bursts.into_iter().map(|burst| burst.into_turn(shop)).collect())
}

/// What one customer wrote in quick succession.
struct Burst {
    conversation: String,
    buyer: Option<Buyer>,
    last: DateTime<Utc>,
    messages: Vec<Inbound>,
}

impl Burst {
    fn into_turn(self, shop: &OpenShop) -> Turn {
        let Self { conversation, buyer, last, messages } = self;
        let turn = Turn {
            conversation: Some(conversation),
            buyer,
            now: Some(shop.local(last)),
            ..Turn::default()
        };
        match messages.as_slice() {
            [Inbound { content: Content::Text(text), .. }] => {
                Turn { text: Some(text.clone()), ..turn }
            }
            _ => Turn { event: Some(Event::Inbound { messages }), ..turn },
        }
    }
}
