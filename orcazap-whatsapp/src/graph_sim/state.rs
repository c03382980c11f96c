//! What the stand-in remembers.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use orcazap_core::contact::ContactKey;
use secrecy::SecretString;
use serde_json::Value;
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::fault::Fault;
use super::handle::{GraphSimConfig, SimNumber, SimTemplate};
use super::manage::Managed;
use super::media::File;
use super::status::StatusPlan;
use super::templates::Submissions;
use crate::ids::{MediaId, MessageId, PhoneNumberId};
use crate::limits::Rate;
use crate::webhook::DeliveryStatus;

/// A message that a business sent and the stand-in took.
#[derive(Debug, Clone, PartialEq)]
pub struct SimSent {
    /// The id it was given.
    pub id: MessageId,
    /// The number it was sent from.
    pub from: PhoneNumberId,
    /// The customer it was sent to: the phone number as WhatsApp knows it, or
    /// the user id.
    pub to: ContactKey,
    /// Its kind: `text`, `interactive`, `template`, …
    pub kind: String,
    /// The body of the call as it came.
    pub json: Value,
    /// When it was taken.
    pub at: DateTime<Utc>,
}

impl SimSent {
    /// The words a customer reads: of a text, of what stands above buttons or a
    /// list, or of a caption; empty when there are none.
    #[must_use]
    pub fn words(&self) -> &str {
        let paths = ["/text/body", "/interactive/body/text", "/image/caption", "/document/caption"];
        let find = |path: &&str| self.json.pointer(path).and_then(Value::as_str);
        paths.iter().find_map(find).unwrap_or_default()
    }

    /// The ids and titles of its buttons, or of the rows of its list.
    #[must_use]
    pub fn choices(&self) -> Vec<(String, String)> {
        let list =
            |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
        let action = self.json.pointer("/interactive/action");
        let buttons = list(action.and_then(|action| action.get("buttons")));
        let sections = list(action.and_then(|action| action.get("sections")));
        let rows = sections.iter().flat_map(|section| list(section.get("rows")));
        let text = |value: &Value, name| value.get(name)?.as_str().map(str::to_owned);
        buttons
            .iter()
            .filter_map(|button| button.get("reply").cloned())
            .chain(rows)
            .filter_map(|entry| Some((text(&entry, "id")?, text(&entry, "title")?)))
            .collect()
    }
}

/// Something that happened at the stand-in.
#[derive(Debug, Clone, PartialEq)]
pub enum SimEvent {
    /// A business sent a message, and it was taken.
    Sent(Box<SimSent>),
    /// A business marked a customer's message as read.
    Read {
        /// Which message.
        message_id: MessageId,
        /// Who wrote it.
        customer: ContactKey,
        /// Whether "typing…" is shown.
        typing: bool,
    },
    /// A message got further, or failed.
    Status {
        /// Which message.
        message_id: MessageId,
        /// How far it got.
        status: DeliveryStatus,
    },
    /// A call was refused.
    Refused {
        /// The platform's code.
        code: i64,
        /// What was wrong.
        details: String,
    },
}

/// The stand-in: what is fixed, and what changes behind a lock.
#[derive(Debug)]
pub(super) struct Sim {
    pub(super) config: GraphSimConfig,
    pub(super) http: reqwest::Client,
    pub(super) events: broadcast::Sender<SimEvent>,
    pub(super) stop: CancellationToken,
    address: SocketAddr,
    state: Mutex<State>,
}

/// What changes.
#[derive(Debug)]
pub(super) struct State {
    pub(super) numbers: BTreeMap<PhoneNumberId, SimNumber>,
    pub(super) templates: Vec<SimTemplate>,
    pub(super) webhook: Option<Url>,
    pub(super) app_secret: SecretString,
    pub(super) statuses: StatusPlan,
    pub(super) faults: VecDeque<Fault>,
    pub(super) sent: Vec<SimSent>,
    pub(super) unreachable: Vec<ContactKey>,
    pub(super) managed: Managed,
    pub(super) submissions: Submissions,
    files: BTreeMap<MediaId, File>,
    /// Who wrote which message to which number.
    inbound: BTreeMap<MessageId, (PhoneNumberId, ContactKey)>,
    /// Customers by each of their names.
    known: BTreeMap<String, ContactKey>,
    /// When each customer last wrote to each number.
    windows: BTreeMap<(PhoneNumberId, String), DateTime<Utc>>,
    /// When all that a number has sent is paid for, and all to one customer.
    number_paid: BTreeMap<PhoneNumberId, DateTime<Utc>>,
    pair_paid: BTreeMap<(PhoneNumberId, String), DateTime<Utc>>,
    /// How far the stand-in's clock is ahead.
    ahead: TimeDelta,
    ids: u32,
}

const WINDOW: TimeDelta = TimeDelta::hours(24);

/// The most messages remembered either way; the oldest are forgotten first.
const MAX_MESSAGES: usize = 200_000;

/// The most files kept; the oldest are forgotten first.
const MAX_FILES: usize = 200;

impl Sim {
    pub(super) fn new(
        config: GraphSimConfig,
        http: reqwest::Client,
        stop: CancellationToken,
        address: SocketAddr,
    ) -> Self {
        let numbers = config.numbers.iter().map(|number| (number.id.clone(), number.clone()));
        let state = State {
            numbers: numbers.collect(),
            templates: config.templates.clone(),
            webhook: None,
            app_secret: config.app_secret.clone(),
            statuses: config.statuses,
            faults: VecDeque::new(),
            sent: Vec::new(),
            unreachable: Vec::new(),
            files: BTreeMap::new(),
            managed: Managed::default(),
            submissions: Submissions::default(),
            inbound: BTreeMap::new(),
            known: BTreeMap::new(),
            windows: BTreeMap::new(),
            number_paid: BTreeMap::new(),
            pair_paid: BTreeMap::new(),
            ahead: TimeDelta::zero(),
            ids: 0,
        };
        let events = broadcast::channel(1024).0;
        Self { config, http, events, stop, address, state: Mutex::new(state) }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[expect(clippy::expect_used, reason = "an address and a port make a URL")]
    pub(super) fn base_url(&self) -> Url {
        format!("http://{}", self.address).parse().expect("a URL")
    }

    pub(super) fn tell(&self, event: SimEvent) {
        // Nobody has to listen.
        let _ = self.events.send(event);
    }
}

impl State {
    /// The time here.
    pub(super) fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }

    /// Puts the clock forward.
    pub(super) fn advance(&mut self, by: TimeDelta) {
        self.ahead = self.ahead.checked_add(&by).unwrap_or(self.ahead);
    }

    /// A number that was never given before, not by an earlier run either, and
    /// is larger than all before it.
    fn next(&mut self) -> String {
        self.ids = self.ids.wrapping_add(1);
        format!("{:016}{:05}", Utc::now().timestamp_micros(), self.ids % 100_000)
    }

    pub(super) fn new_message_id(&mut self) -> MessageId {
        #[expect(clippy::expect_used, reason = "letters, digits and signs, under 1,024 of them")]
        format!("wamid.HBgNNTUxMTk4{}AA==", self.next()).parse().expect("an id")
    }

    pub(super) fn new_media_id(&mut self) -> MediaId {
        #[expect(clippy::expect_used, reason = "digits, under 256 of them")]
        self.next().parse().expect("an id")
    }

    /// Notes that a customer wrote so long ago: their window opens anew for the
    /// rest of the time.
    pub(super) fn heard(
        &mut self,
        id: MessageId,
        number: &PhoneNumberId,
        from: &ContactKey,
        ago: Duration,
    ) {
        self.inbound.insert(id, (number.clone(), from.clone()));
        if self.inbound.len() > MAX_MESSAGES {
            self.inbound.pop_first();
        }
        let at = TimeDelta::from_std(ago).ok().and_then(|ago| self.now().checked_sub_signed(ago));
        for name in names(from) {
            if let Some(at) = at {
                self.windows.insert((number.clone(), name.clone()), at);
            }
            self.known.insert(name, from.clone());
        }
    }

    /// Who wrote a message to a number.
    pub(super) fn author(&self, id: &MessageId, number: &PhoneNumberId) -> Option<ContactKey> {
        let (to, from) = self.inbound.get(id)?;
        (to == number).then(|| from.clone())
    }

    /// Notes that a message was taken.
    pub(super) fn took(&mut self, sent: SimSent) {
        self.sent.push(sent);
        if self.sent.len() > MAX_MESSAGES {
            self.sent.drain(..MAX_MESSAGES / 2);
        }
    }

    /// Approves a template.
    pub(super) fn add_template(&mut self, new: SimTemplate) {
        self.templates.retain(|one| (&one.name, &one.language) != (&new.name, &new.language));
        self.templates.push(new);
    }

    /// A file that has not expired.
    pub(super) fn file(&self, id: &MediaId) -> Option<&File> {
        self.files.get(id).filter(|file| self.now() < file.until)
    }

    /// Removes a file; whether there was one.
    pub(super) fn remove_file(&mut self, id: &MediaId) -> bool {
        self.files.remove(id).is_some()
    }

    /// Keeps a file; ids sort by age.
    pub(super) fn keep(&mut self, id: MediaId, file: File) {
        self.files.insert(id, file);
        if self.files.len() > MAX_FILES {
            self.files.pop_first();
        }
    }

    pub(super) fn close_window(&mut self, number: &PhoneNumberId, customer: &ContactKey) {
        for name in names(customer) {
            self.windows.remove(&(number.clone(), name));
        }
    }

    pub(super) fn window_is_open(&self, number: &PhoneNumberId, customer: &ContactKey) -> bool {
        names(customer)
            .filter_map(|name| self.windows.get(&(number.clone(), name)))
            .any(|at| self.now() - *at < WINDOW)
    }

    pub(super) fn is_unreachable(&self, customer: &ContactKey) -> bool {
        names(customer)
            .any(|name| self.unreachable.iter().any(|one| names(one).any(|other| other == name)))
    }

    /// The customer behind a phone number: the number as WhatsApp knows it, which
    /// may lack the ninth digit that was dialled, or the other way round.
    pub(super) fn known(&self, key: ContactKey) -> ContactKey {
        let known = names(&key).find_map(|name| self.known.get(&name));
        known.cloned().unwrap_or(key)
    }

    /// The limit that one more message would pass, if one.
    pub(super) fn too_fast(&mut self, from: &PhoneNumberId, to: &ContactKey) -> Option<i64> {
        let now = self.now();
        let pair = (from.clone(), names(to).next().unwrap_or_default());
        let Ok(paid) = Rate::PAIR.take(self.pair_paid.get(&pair).copied(), now) else {
            return Some(131_056);
        };
        let Ok(number) = Rate::NUMBER.take(self.number_paid.get(from).copied(), now) else {
            return Some(130_429);
        };
        self.pair_paid.insert(pair, paid);
        self.number_paid.insert(from.clone(), number);
        None
    }
}

/// The names of one person: the phone number, its ninth digit put back, and the
/// user id.
fn names(key: &ContactKey) -> impl Iterator<Item = String> {
    let phone = key.phone().map(|phone| phone.with_ninth_digit().digits().to_owned());
    let user_id = key.user_id().map(|id| id.as_str().to_owned());
    phone.into_iter().chain(user_id)
}
