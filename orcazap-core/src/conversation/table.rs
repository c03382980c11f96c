//! The table: what each happening leads to in each state.
//!
//! A [`Happening`] is an event boiled down to what matters for the decision, a
//! [`Stage`] is a state without its data, a [`Move`] is what is done about it.
//! [`row`] is the only place where the three meet; the rest of the module
//! carries moves out. `docs/conversation.md` is printed from here.

use super::event::Act;
use super::state::State;
use super::{StepError, Timer};

/// Declares a fieldless enum whose variants have a stable code, and a meaning
/// that is their documentation.
macro_rules! codes {
    (
        $(#[$meta:meta])* $name:ident {
            $($(#[doc = $doc:literal])* $variant:ident = $code:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $name { $($(#[doc = $doc])* $variant,)+ }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)+];

            pub(crate) const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            pub(crate) const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),*),)+ }
            }
        }
    };
}

codes! {
    /// A state without its data: the columns of the table.
    Stage {
        /// Nothing understood yet.
        New = "new",
        /// An order is being collected; something is missing.
        Capturing = "capturing",
        /// A quote waits for a person.
        AwaitingApproval = "awaiting_approval",
        /// The quote went out; the customer has the word.
        Quoted = "quoted",
        /// The customer answered with something other than yes or no.
        Negotiating = "negotiating",
        /// A person has the conversation; the assistant is silent.
        HandedOver = "handed_over",
        /// Closed with an order.
        Won = "won",
        /// Closed without one.
        Lost = "lost",
    }
}

impl Stage {
    pub(crate) fn of(state: &State) -> Self {
        match state {
            State::New => Self::New,
            State::Capturing => Self::Capturing,
            State::AwaitingApproval { .. } => Self::AwaitingApproval,
            State::Quoted { .. } => Self::Quoted,
            State::Negotiating { .. } => Self::Negotiating,
            State::HandedOver { .. } => Self::HandedOver,
            State::Won { .. } => Self::Won,
            State::Lost { .. } => Self::Lost,
        }
    }
}

codes! {
    /// What happened: the rows of the table. The customer's come first, in the
    /// order of precedence when a burst holds several.
    Happening {
        /// Anything but an order from a contact who wants no messages.
        Hushed = "hushed",
        /// Wants no more messages.
        OptOut = "opt_out",
        /// Wants a person.
        Human = "human",
        /// Words that are probably about the order placed before this one.
        AfterSale = "after_sale",
        /// Words to a person of the store who wrote last, and no order.
        Talk = "talk",
        /// Calls off the order.
        Cancel = "cancel",
        /// Turns down the price or the offer.
        Decline = "decline",
        /// A voice message, photo, document, contact card or unknown kind.
        Media = "media",
        /// An order, a change of one, or its details.
        Order = "order",
        /// The day, and nothing else, of an order that was placed without one.
        Day = "day",
        /// No to what serves in place of something that is short.
        RefusesSwap = "refuses_swap",
        /// Yes to what serves, where several do.
        WhichSwap = "which_swap",
        /// Wants after all what was called off a short while ago.
        Reopens = "reopens",
        /// The button that asks for a change of the quote that stands.
        WantsChange = "wants_change",
        /// A button of something that no longer stands, or words that ask whether a quote
        /// does, or what it came to.
        Stale = "stale",
        /// Yes: the button of the quote that stands, a thumbs-up, or words.
        Accept = "accept",
        /// A question that the store has answered beforehand.
        KnownQuestion = "known_question",
        /// Any other question that is no order.
        Question = "question",
        /// A position on the map without words that name a place.
        Map = "map",
        /// Says hello.
        Greeting = "greeting",
        /// Words that were not understood.
        Unclear = "unclear",
        /// Thanks, laughter, a heart: nothing that needs an answer.
        Courtesy = "courtesy",

        /// A person sends the quote that waits.
        Approve = "approve",
        /// A person changes the quote and sends it.
        EditAndApprove = "edit_and_approve",
        /// A person refuses the quote that waits.
        Reject = "reject",
        /// A person takes the customer's yes.
        PlaceOrder = "place_order",
        /// A person takes the conversation over.
        TakeOver = "take_over",
        /// A person gives it back to the assistant.
        GiveBack = "give_back",
        /// A person writes to the customer.
        Reply = "reply",
        /// A person closes it without an order.
        Close = "close",

        /// Somebody of the store wrote to the customer on the store's own phone.
        WroteElsewhere = "wrote_elsewhere",

        /// A quote reached the customer.
        Delivered = "delivered",
        /// A quote never reached the customer.
        Undelivered = "undelivered",

        /// Nobody has looked at an approval for too long.
        ApprovalOverdue = "approval_overdue",
        /// A quote has had no answer for a while.
        FollowUp = "follow_up",
        /// A quote's validity is over.
        QuoteExpires = "quote_expires",
        /// The 24 h service window is about to close.
        WindowCloses = "window_closes",
        /// An unfinished order has been silent for too long.
        IdleDraft = "idle_draft",
        /// A person has it, and nobody has written for long.
        TalkOver = "talk_over",
        /// Silence after a message that left open what was asked before.
        AskAgain = "ask_again",
        /// A message that may not be the last of its burst.
        Arrived = "arrived",
        /// A burst of messages is over.
        Settle = "settle",
    }
}

impl Happening {
    pub(crate) const fn of_act(act: &Act) -> Self {
        match act {
            Act::Approve { .. } => Self::Approve,
            Act::EditAndApprove { .. } => Self::EditAndApprove,
            Act::Reject { .. } => Self::Reject,
            Act::PlaceOrder { .. } => Self::PlaceOrder,
            Act::TakeOver => Self::TakeOver,
            Act::GiveBack => Self::GiveBack,
            Act::Reply { .. } => Self::Reply,
            Act::Close { .. } => Self::Close,
        }
    }

    pub(crate) const fn of_timer(timer: Timer) -> Self {
        match timer {
            Timer::ApprovalOverdue => Self::ApprovalOverdue,
            Timer::FollowUp => Self::FollowUp,
            Timer::QuoteExpires => Self::QuoteExpires,
            Timer::WindowCloses => Self::WindowCloses,
            Timer::IdleDraft => Self::IdleDraft,
            Timer::TalkOver => Self::TalkOver,
            Timer::AskAgain => Self::AskAgain,
            Timer::Settle => Self::Settle,
        }
    }
}

codes! {
    /// What is done about it.
    Move {
        /// Out of place: an error, and nothing changes.
        Refuse = "·",
        /// Take it in and say nothing.
        Note = "note",
        /// Take it in, and say once that it came to whoever waits for a person.
        Acknowledge = "acknowledge",
        /// Say who this is and how to order.
        Welcome = "welcome",
        /// Merge; ask for all that is missing, or quote.
        Collect = "collect",
        /// Merge; when something changed, ask, or quote and review from nothing.
        Rework = "rework",
        /// The same, and tell the store that the customer wants a person.
        Alert = "alert",
        /// Leave it to a person, and go on with the order; without goods, hand over.
        PassOn = "pass on",
        /// Say that the quote still waits, once.
        Reassure = "reassure",
        /// Show the quote that stands.
        ShowAgain = "show again",
        /// Say what the store says itself about it.
        Answer = "answer",
        /// Ask which of several goes in place of what is short.
        AskSwap = "ask swap",
        /// Note the day of the order that is placed, and confirm it.
        SetDay = "set day",
        /// The next conversation starts from the same order.
        Reopen = "reopen",
        /// Ask what should change.
        AskChange = "ask change",
        /// Ask whether it is a yes, a change, or for a person.
        Clarify = "clarify",
        /// Place the order; a late yes is quoted at today's prices.
        Accept = "accept",
        /// Say again that the order is placed.
        ConfirmAgain = "confirm again",
        /// Close: the customer called it off.
        Cancel = "cancel",
        /// Close: the customer turned it down.
        Decline = "decline",
        /// Give the conversation to a person.
        HandOver = "hand over",
        /// Close, confirm once, and be silent from now on.
        OptOut = "opt out",
        /// The messages belong to the contact's next conversation.
        OpenNext = "open next",
        /// The same, unless the customer has just said no.
        AfterLoss = "open next?",
        /// A late yes: the next conversation starts from the same order.
        Renew = "renew",
        /// Send the quote that waits.
        Approve = "send",
        /// Change the quote and send it.
        Edit = "edit, send",
        /// Refuse the quote that waits.
        Reject = "reject",
        /// Place the order in the customer's name.
        Place = "place",
        /// A person has it from now on.
        TakeOver = "take over",
        /// The assistant goes on.
        Resume = "resume",
        /// A person's words to the customer; an open conversation is theirs then.
        Speak = "speak",
        /// A person is talking with the customer; nothing is said.
        LeaveThem = "leave them",
        /// Close without an order.
        Close = "close",
        /// A person must see to a quote that never arrived.
        Undelivered = "hand over if current",
        /// Remind the store of the approval.
        Remind = "remind",
        /// One friendly word inside the window.
        FollowUp = "follow up",
        /// Close: the quote is over its time.
        Expire = "expire",
        /// Close: silent for too long.
        GoIdle = "go idle",
        /// The assistant has it again: a quote that stands goes on, else it is closed.
        Release = "release",
        /// Ask what is still open, or give it to a person when it was asked twice.
        AskAgain = "ask again",
        /// Hold it until the burst is over.
        Wait = "wait",
        /// Read what waits as one burst: the customer's rows decide.
        Read = "read",
    }
}

impl Move {
    /// The states a move can lead to from a state, itself included.
    pub(crate) fn leads_to(self, from: Stage) -> Vec<Stage> {
        use Stage::{AwaitingApproval, Capturing, HandedOver, Lost, Negotiating, New, Quoted, Won};
        let asked = match from {
            Quoted | Negotiating => Negotiating,
            New | Capturing | AwaitingApproval | HandedOver | Won | Lost => Capturing,
        };
        let mut stages = match self {
            Self::Refuse
            | Self::Note
            | Self::Acknowledge
            | Self::Reassure
            | Self::ConfirmAgain
            | Self::OpenNext
            | Self::AfterLoss
            | Self::Renew
            | Self::Reopen
            | Self::AskSwap
            | Self::SetDay
            | Self::Remind
            | Self::FollowUp
            | Self::Wait
            | Self::Read => vec![from],
            Self::Speak | Self::LeaveThem if matches!(from, Won | Lost) => vec![from],
            Self::Speak | Self::LeaveThem => vec![HandedOver],
            Self::Release => vec![AwaitingApproval, Quoted, Lost],
            Self::Answer if from == New => vec![New, Capturing],
            Self::Answer => vec![from],
            Self::Welcome => vec![from, HandedOver],
            Self::PassOn => vec![from, AwaitingApproval, Quoted, HandedOver],
            Self::Collect => vec![asked, AwaitingApproval, Quoted, HandedOver],
            Self::Rework | Self::Alert => vec![from, asked, AwaitingApproval, Quoted, HandedOver],
            Self::ShowAgain => vec![asked, AwaitingApproval, Quoted, HandedOver],
            Self::AskChange | Self::Clarify => vec![Negotiating, HandedOver],
            Self::Accept => vec![asked, Won, AwaitingApproval, Quoted, HandedOver],
            Self::Cancel | Self::Decline | Self::Close | Self::Expire | Self::GoIdle => vec![Lost],
            Self::OptOut if matches!(from, Won | Lost) => vec![from],
            Self::OptOut => vec![Lost],
            Self::HandOver | Self::Reject | Self::TakeOver => vec![HandedOver],
            Self::Undelivered | Self::AskAgain => vec![from, HandedOver],
            Self::Approve => vec![from, AwaitingApproval, Quoted],
            Self::Edit => vec![AwaitingApproval, Quoted],
            Self::Place => vec![Won],
            Self::Resume => {
                vec![New, Capturing, AwaitingApproval, Quoted, Negotiating, HandedOver, Won]
            }
        };
        stages.sort_unstable();
        stages.dedup();
        stages
    }
}

/// What a happening leads to, one move for each stage in the order of
/// [`Stage::ALL`].
#[rustfmt::skip]
pub(crate) const fn row(happening: Happening) -> [Move; 8] {
    use Move::{
        Accept, Acknowledge, AfterLoss, Alert, Answer, Approve, AskAgain, AskChange, AskSwap, Cancel, Clarify, Close, Collect,
        ConfirmAgain, Decline, Edit, Expire, FollowUp, GoIdle, HandOver, LeaveThem, Note,
        OpenNext, OptOut, PassOn, Place, Read, Reassure, Reject, Release, Remind, Renew, Reopen, Resume, Rework,
        SetDay, ShowAgain, Speak, TakeOver, Undelivered, Wait, Welcome,
    };
    const NO: Move = Move::Refuse;
    match happening {
        // The customer:               New       Capturing AwaitingApproval Quoted     Negotiating  HandedOver Won           Lost
        Happening::Hushed          => [Note,     Note,     Note,            Note,      Note,        Note,      Note,         Note],
        Happening::OptOut          => [OptOut,   OptOut,   OptOut,          OptOut,    OptOut,      OptOut,    OptOut,       OptOut],
        Happening::Human           => [HandOver, HandOver, HandOver,        HandOver,  HandOver,    Note,      OpenNext,     OpenNext],
        Happening::AfterSale       => [HandOver, NO,       NO,              NO,        NO,          NO,        NO,           NO],
        Happening::Talk            => [LeaveThem, NO,      NO,              NO,        NO,          NO,        NO,           NO],
        Happening::Cancel          => [Cancel,   Cancel,   Cancel,          Cancel,    Cancel,      Note,      OpenNext,     Note],
        Happening::Decline         => [Decline,  Decline,  Decline,         Decline,   Decline,     Note,      OpenNext,     Note],
        Happening::Media           => [HandOver, HandOver, Alert,           HandOver,  HandOver,    Acknowledge, OpenNext,   OpenNext],
        Happening::Order           => [Collect,  Collect,  Rework,          Rework,    Rework,      Note,      OpenNext,     OpenNext],
        Happening::Day             => [NO,       NO,       NO,              NO,        NO,          NO,        SetDay,       NO],
        Happening::RefusesSwap     => [NO,       NO,       Reassure,        ShowAgain, ShowAgain,   NO,        NO,           NO],
        Happening::WhichSwap       => [NO,       NO,       AskSwap,         NO,        NO,          NO,        NO,           NO],
        Happening::Reopens         => [NO,       NO,       NO,              NO,        NO,          NO,        NO,           Reopen],
        Happening::WantsChange     => [NO,       NO,       Reassure,        AskChange, AskChange,   Note,      OpenNext,     Renew],
        Happening::Stale           => [HandOver, Collect,  Reassure,        ShowAgain, ShowAgain,   Note,      ConfirmAgain, Renew],
        Happening::Accept          => [Welcome,  Collect,  Rework,          Accept,    Accept,      Note,      Note,         Renew],
        Happening::KnownQuestion   => [Answer,   Answer,   Answer,          Answer,    Answer,      Note,      OpenNext,     OpenNext],
        Happening::Question        => [HandOver, PassOn,   Alert,           HandOver,  HandOver,    Note,      OpenNext,     OpenNext],
        Happening::Map             => [Collect,  Collect,  Note,            Note,      Note,        Note,      Note,         OpenNext],
        Happening::Greeting        => [Welcome,  Collect,  Reassure,        ShowAgain, ShowAgain,   Note,      OpenNext,     OpenNext],
        Happening::Unclear         => [Welcome,  Collect,  Reassure,        Clarify,   HandOver,    Note,      OpenNext,     AfterLoss],
        Happening::Courtesy        => [Welcome,  Note,     Note,            Note,      Note,        Note,      Note,         Note],
        // A person of the store:
        Happening::Approve         => [NO,       NO,       Approve,         NO,        NO,          Approve,   NO,           NO],
        Happening::EditAndApprove  => [NO,       NO,       Edit,            Edit,      Edit,        Edit,      NO,           NO],
        Happening::Reject          => [NO,       NO,       Reject,          NO,        NO,          Reject,    NO,           NO],
        Happening::PlaceOrder      => [NO,       NO,       NO,              Place,     Place,       Place,     NO,           NO],
        Happening::TakeOver        => [TakeOver, TakeOver, TakeOver,        TakeOver,  TakeOver,    NO,        NO,           NO],
        Happening::GiveBack        => [NO,       NO,       NO,              NO,        NO,          Resume,    NO,           NO],
        Happening::Reply           => [Speak,    Speak,    Speak,           Speak,     Speak,       Speak,     Speak,        Speak],
        Happening::Close           => [Close,    Close,    Close,           Close,     Close,       Close,     NO,           NO],
        Happening::WroteElsewhere  => [LeaveThem, LeaveThem, LeaveThem,     LeaveThem, LeaveThem,   LeaveThem, LeaveThem,    LeaveThem],
        // What became of a quote that was sent:
        Happening::Delivered       => [NO,       Note,     Note,            Note,      Note,        Note,      Note,         Note],
        Happening::Undelivered     => [NO,       Note,     Note,            Undelivered, Undelivered, Note,    Note,         Note],
        // The clock:
        Happening::ApprovalOverdue => [NO,       NO,       Remind,          NO,        NO,          NO,        NO,           NO],
        Happening::FollowUp        => [NO,       NO,       NO,              FollowUp,  NO,          NO,        NO,           NO],
        Happening::QuoteExpires    => [NO,       NO,       NO,              Expire,    Expire,      NO,        NO,           NO],
        Happening::WindowCloses    => [NO,       NO,       Remind,          NO,        NO,          NO,        NO,           NO],
        Happening::IdleDraft       => [NO,       GoIdle,   NO,              NO,        NO,          NO,        NO,           NO],
        Happening::TalkOver        => [NO,       NO,       NO,              NO,        NO,          Release,   NO,           NO],
        Happening::AskAgain        => [NO,       AskAgain, NO,              NO,        AskAgain,    NO,        NO,           NO],
        // A burst, message by message:
        Happening::Arrived         => [Wait,     Wait,     Wait,            Wait,      Wait,        Wait,      Wait,         Wait],
        Happening::Settle          => [Read,     Read,     Read,            Read,      Read,        Read,      Read,         Read],
    }
}

/// What is done about a happening in a state.
///
/// # Errors
///
/// [`StepError::OutOfPlace`] where the table has no move.
pub(crate) fn decide(state: &State, happening: Happening) -> Result<Move, StepError> {
    let stage = Stage::of(state);
    let column = Stage::ALL.iter().position(|column| *column == stage);
    match column.and_then(|column| row(happening).get(column).copied()) {
        None | Some(Move::Refuse) => {
            Err(StepError::OutOfPlace { event: happening.code(), state: stage.code() })
        }
        Some(found) => Ok(found),
    }
}
