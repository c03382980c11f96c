//! The table of texts: each with its code, where it is said, how long it may
//! get, and the variables that may and must stand in it.

use serde::{Deserialize, Serialize};

use super::variable::Variable;

/// When a text is said. A store's page lists its texts by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// Somebody says hello.
    Greeting,
    /// Something of an order is missing.
    Asking,
    /// The quote.
    Quote,
    /// After the quote: taken, changed, turned down, forgotten.
    AfterQuote,
    /// A person looks or takes over.
    HandOver,
    /// What can be pressed.
    Buttons,
    /// Ways of paying, days and the like, as they stand in other texts.
    Words,
}

impl Situation {
    /// Every situation, in the order of a conversation.
    pub const ALL: &'static [Self] = &[
        Self::Greeting,
        Self::Asking,
        Self::Quote,
        Self::AfterQuote,
        Self::HandOver,
        Self::Buttons,
        Self::Words,
    ];
}

/// How long a text may get once its variables are filled, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// A whole message that is split where it must be: its own words are bounded
    /// as a body's are, the order's lines are not counted.
    Message,
    /// A message with buttons or a list: 1,024, so that it stays one message.
    Body,
    /// The label of a button, on one line: 20.
    Button,
    /// The heading over the entries of a list, on one line: 24.
    Heading,
    /// A part of other texts: 300.
    Part,
}

impl Limit {
    /// The most characters.
    #[must_use]
    pub fn max(self) -> usize {
        match self {
            Self::Message | Self::Body => 1024,
            Self::Button => 20,
            Self::Heading => 24,
            Self::Part => 300,
        }
    }

    /// Whether the text has to stay on one line.
    #[must_use]
    pub fn one_line(self) -> bool {
        matches!(self, Self::Button | Self::Heading)
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident $code:literal: $situation:ident, $limit:ident,
        must [$($must:ident)*] may [$($may:ident)*];)*) => {
        /// One text of the assistant. A language words each of them, and a store
        /// may word it otherwise.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Text {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Text {
            /// Every text, in the order of a conversation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// When it is said.
            #[must_use]
            pub fn situation(self) -> Situation {
                match self { $(Self::$name => Situation::$situation,)* }
            }

            /// How long it may get.
            #[must_use]
            pub fn limit(self) -> Limit {
                match self { $(Self::$name => Limit::$limit,)* }
            }

            /// The variables that have to stand in it, because the customer would
            /// miss a figure or a fact without.
            #[must_use]
            pub fn required(self) -> &'static [Variable] {
                match self { $(Self::$name => &[$(Variable::$must),*],)* }
            }

            /// All variables that may stand in it, the required ones first.
            #[must_use]
            pub fn variables(self) -> &'static [Variable] {
                match self { $(Self::$name => &[$(Variable::$must,)* $(Variable::$may,)*],)* }
            }
        }
    };
}

texts! {
    /// Who this is and how to order.
    Welcome "welcome": Greeting, Body, must [] may [Store];

    /// What was understood, what was not, and what is missing.
    Ask "ask": Asking, Message,
        must [Items NotFound Questions] may [Payment Place When Store];
    /// Over several questions.
    AskSeveral "ask_several": Asking, Message, must [Questions] may [];
    /// When nothing is asked, because what was asked before still waits.
    AskMore "ask_more": Asking, Part, must [] may [];
    /// What a product costs, for who asked only that.
    PriceOf "price_of": Asking, Part, must [Product Price] may [];
    /// What is there.
    InStock "in_stock": Asking, Message, must [Items] may [];
    /// What is not there.
    OutOfStock "out_of_stock": Asking, Message, must [Items] may [];
    /// When the store is open, a line each day.
    OpenHours "open_hours": Asking, Message, must [Items] may [Store];
    /// When the store is open on a day.
    OpenFrom "open_from": Asking, Part, must [Weekday Time Closing] may [];
    /// Until when the store is open on a day.
    OpenUntil "open_until": Asking, Part, must [Weekday Closing] may [];
    /// The store is closed on a day.
    ClosedOn "closed_on": Asking, Part, must [When] may [Store];
    /// Ways of paying, a line each.
    Payments "payments": Asking, Message, must [Items] may [Store];
    /// A way of paying that takes something off.
    PaymentOff "payment_off": Asking, Part, must [Method Percent] may [];
    /// A way of paying that adds something.
    PaymentOn "payment_on": Asking, Part, must [Method Percent] may [];
    /// What delivery to a place costs.
    FreightTo "freight_to": Asking, Part, must [Place Sum] may [];
    /// What delivery to a place costs at least.
    FreightToFrom "freight_to_from": Asking, Part, must [Place Sum] may [];
    /// Delivery to a place costs nothing.
    FreightToFree "freight_to_free": Asking, Part, must [Place] may [];
    /// From which sum on delivery is free.
    FreightFreeAbove "freight_free_above": Asking, Part, must [Sum] may [];
    /// Delivery costs what the place decides, which nobody has said.
    FreightWhere "freight_where": Asking, Message, must [] may [Store];
    /// Under the questions, when others will be asked after them.
    AskLeft "ask_left": Asking, Message, must [Questions] may [];
    /// What is open in a word: the products.
    OpenItems "open_items": Asking, Part, must [] may [];
    /// What is open in a word: which of several products.
    OpenChoice "open_choice": Asking, Part, must [Asked] may [];
    /// What is open in a word: how many of a product.
    OpenQuantity "open_quantity": Asking, Part, must [Product] may [];
    /// What is open in a word: where to.
    OpenPlace "open_place": Asking, Part, must [] may [];
    /// What is open in a word: how it is paid.
    OpenPayment "open_payment": Asking, Part, must [] may [];
    /// Which materials, and how much of each?
    AskItems "ask_items": Asking, Part, must [] may [];
    /// Which of two products?
    AskWhich "ask_which": Asking, Message, must [Asked Options] may [];
    /// Which of three to ten products, a line each?
    AskWhichOf "ask_which_of": Asking, Message, must [Asked Options] may [];
    /// Which of many products, some of them as examples?
    AskWhichOfMany "ask_which_of_many": Asking, Message, must [Asked Options] may [Count];
    /// How many of a product? With its price, for who only asked for that.
    AskQuantity "ask_quantity": Asking, Part, must [Product Price] may [HowMany Unit];
    /// Where to, or pickup?
    AskPlace "ask_place": Asking, Part, must [] may [];
    /// A position on the map came: where is that in words?
    AskPlaceInWords "ask_place_in_words": Asking, Part, must [] may [];
    /// How will it be paid?
    AskPayment "ask_payment": Asking, Part, must [Options] may [];
    /// What the store does not have.
    NotFoundLine "not_found": Asking, Message, must [Asked] may [];
    /// Over the choices when the question went before.
    PickShort "pick_short": Asking, Body, must [] may [];
    /// Over the ways of paying when the question went before.
    PayShort "pay_short": Asking, Body, must [] may [];
    /// Over the button for pickup when the question went before.
    PickupShort "pickup_short": Asking, Body, must [] may [];

    /// The whole quote.
    Quote "quote": Quote, Message,
        must [Title Items Adjustment Freight Total Until LeftOut]
        may [Subtotal Payment Place When Store];
    /// The title of a first quote.
    TitleFirst "title_first": Quote, Part, must [Quote] may [];
    /// The title after changes.
    TitleRevised "title_revised": Quote, Part, must [Quote] may [];
    /// The title when the last one had expired.
    TitleRenewed "title_renewed": Quote, Part, must [Quote] may [];
    /// The title of a quote shown again.
    TitleAgain "title_again": Quote, Part, must [Quote] may [];
    /// Under the title of a quote so long that its end is out of sight.
    QuoteSummary "quote_summary": Quote, Part, must [Count Total Freight Until] may [];
    /// An item with its price for each.
    Item "item": Quote, Part, must [Product Price Sum] may [];
    /// An item whose price for each says nothing.
    ItemAlone "item_alone": Quote, Part, must [Product Sum] may [];
    /// An item with a discount.
    ItemDiscounted "item_discounted": Quote, Part, must [Product Price Percent Sum] may [];
    /// A discount of the way of paying.
    Discount "discount": Quote, Part, must [Sum] may [Method Percent];
    /// A surcharge of the way of paying.
    Surcharge "surcharge": Quote, Part, must [Sum] may [Method Percent];
    /// Freight that costs something.
    FreightPaid "freight": Quote, Part, must [Sum] may [];
    /// Freight that costs nothing.
    FreightFree "freight_free": Quote, Part, must [] may [];
    /// Freight that nobody knows yet.
    FreightOpen "freight_open": Quote, Part, must [] may [];
    /// The customer collects.
    FreightPickup "freight_pickup": Quote, Part, must [] may [];
    /// The total.
    TotalLine "total": Quote, Part, must [Sum] may [];
    /// The total while the freight is not known.
    TotalOpen "total_open": Quote, Part, must [Sum] may [];
    /// What is not in the quote, because several products fit.
    LeftOpen "left_open": Quote, Message, must [Asked] may [];
    /// Over the buttons, when the quote is too long to carry them.
    QuoteShort "quote_short": Quote, Body, must [Quote Sum] may [];

    /// The order is placed.
    Accepted "accepted": AfterQuote, Message, must [Quote Sum Delivery] may [Payment Store];
    /// When it comes.
    DeliveryOn "delivery_on": AfterQuote, Part, must [When] may [];
    /// It comes, and nobody said when.
    DeliveryOpen "delivery_open": AfterQuote, Part, must [] may [];
    /// It comes, and the day is asked for.
    DeliveryAsk "delivery_ask": AfterQuote, Part, must [] may [];
    /// When it is collected.
    PickupOn "pickup_on": AfterQuote, Part, must [When] may [];
    /// It is collected, and nobody said when.
    PickupOpen "pickup_open": AfterQuote, Part, must [] may [];
    /// What should change?
    WhatToChange "what_to_change": AfterQuote, Message, must [] may [Quote];
    /// Take it, change it, or talk to a person?
    Unclear "unclear": AfterQuote, Body, must [] may [Quote];
    /// One friendly word about a quote without an answer.
    FollowUp "follow_up": AfterQuote, Body, must [Quote] may [Sum Until Store];
    /// A late yes.
    Expired "expired": AfterQuote, Message, must [Quote] may [];
    /// The customer turned it down.
    Declined "declined": AfterQuote, Message, must [] may [Store];
    /// The customer called the order off.
    Cancelled "cancelled": AfterQuote, Message, must [] may [Store];
    /// No more messages, and how to get them again.
    OptedOut "opted_out": AfterQuote, Message, must [Return] may [Store];

    /// The order is complete, and a person looks first.
    UnderReview "under_review": HandOver, Message,
        must [Items NotFound] may [Payment Place When Store];
    /// The customer asks while a person still looks.
    StillUnderReview "still_under_review": HandOver, Message, must [] may [When];
    /// What an order lacks of the least that the store takes.
    BelowMinimum "below_minimum": HandOver, Part, must [Total Sum] may [];
    /// What is short in an order, and what serves in its place.
    Swap "swap": HandOver, Message, must [Product Options] may [];
    /// Which of several goes in place of what is short?
    SwapWhich "swap_which": HandOver, Body, must [] may [];
    /// How to take what serves; nothing is swapped before.
    SwapHow "swap_how": HandOver, Body, must [] may [];
    /// A question beside a yes: a person answers it.
    AnswerByPerson "answer_by_person": HandOver, Part, must [] may [Store];
    /// The customer asked for a person.
    HandedOverAsked "handed_over_asked": HandOver, Message, must [] may [Store];
    /// A person took over.
    HandedOverTaken "handed_over_taken": HandOver, Message, must [] may [Store];
    /// The customer asked what only a person can answer.
    HandedOverQuestion "handed_over_question": HandOver, Message, must [] may [Store];
    /// Asked twice and not understood.
    HandedOverNotUnderstood "handed_over_not_understood": HandOver, Message, must [] may [Store];
    /// A voice message, photo or document came.
    HandedOverMedia "handed_over_media": HandOver, Message, must [] may [Store];
    /// Words about an order that is placed.
    HandedOverAfterSale "handed_over_after_sale": HandOver, Message, must [] may [Store];
    /// The store did not let the quote go out.
    HandedOverRejected "handed_over_rejected": HandOver, Message, must [] may [Store];
    /// The order can't be priced by itself.
    HandedOverCannotPrice "handed_over_cannot_price": HandOver, Message, must [] may [Store];
    /// The quote did not arrive.
    HandedOverUndelivered "handed_over_undelivered": HandOver, Message, must [] may [Store];

    /// Takes the quote.
    ButtonAccept "button_accept": Buttons, Button, must [] may [];
    /// Asks for a change.
    ButtonChange "button_change": Buttons, Button, must [] may [];
    /// Asks for a person.
    ButtonHuman "button_human": Buttons, Button, must [] may [];
    /// Collects at the store.
    ButtonPickup "button_pickup": Buttons, Button, must [] may [];
    /// Opens a list.
    ButtonOptions "button_options": Buttons, Button, must [] may [];
    /// Over the ways of paying in a list.
    HeadingPayment "heading_payment": Buttons, Heading, must [] may [];
    /// Over what can be done with a quote, in a list that has more.
    HeadingQuote "heading_quote": Buttons, Heading, must [] may [];

    /// So many of a unit of a product.
    SoMany "so_many": Words, Part, must [Amount Product] may [];
    /// So many of a product that is counted by the piece.
    SoManyPieces "so_many_pieces": Words, Part, must [Amount Product] may [];
    /// A price for one of a unit.
    PriceEach "price_each": Words, Part, must [Sum] may [Unit Each];
    /// A way of paying in instalments.
    InInstallments "in_installments": Words, Part, must [Method Count] may [];
    /// A way of paying that is due in some days.
    InDays "in_days": Words, Part, must [Method Count] may [];
    /// A place known by its postal code.
    PlaceCep "place_cep": Words, Part, must [Cep] may [];
    /// A place known by both.
    PlaceBoth "place_both": Words, Part, must [Cep Bairro] may [];
    /// A place known only by where it is on the map.
    PlaceOnMap "place_on_map": Words, Part, must [] may [];
    /// Today.
    Today "today": Words, Part, must [Day] may [];
    /// Tomorrow.
    Tomorrow "tomorrow": Words, Part, must [Day] may [];
    /// Another day, with its name.
    OnDay "on_day": Words, Part, must [Day] may [Weekday];
    /// Any of several days.
    Between "between": Words, Part, must [Day LastDay] may [];
    /// A day or later.
    FromDay "from_day": Words, Part, must [Day] may [];
    /// A day or earlier.
    ByDay "by_day": Words, Part, must [Day] may [];
    /// As soon as possible.
    Asap "asap": Words, Part, must [] may [];
    /// Before noon.
    Morning "morning": Words, Part, must [] may [];
    /// After noon.
    Afternoon "afternoon": Words, Part, must [] may [];
    /// A day, or days, and the part of it.
    DayAndPeriod "day_and_period": Words, Part, must [Day Period] may [];
    /// A day and a time.
    AtTime "at_time": Words, Part, must [Day Time] may [];
    /// The last of several choices after those before.
    Either "either": Words, Part, must [Options Last] may [];
    /// How many more there are than are named.
    AndMore "and_more": Words, Part, must [Asked Count] may [];
}

impl Text {
    /// The text of a [`code`](Self::code).
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|text| text.code() == code)
    }

    /// The labels that stand beside it under one message, and so must differ.
    #[must_use]
    pub fn beside(self) -> &'static [Self] {
        const UNDER_A_QUOTE: &[Text] = &[Text::ButtonAccept, Text::ButtonChange, Text::ButtonHuman];
        if UNDER_A_QUOTE.contains(&self) { UNDER_A_QUOTE } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_read_back() {
        for text in Text::ALL {
            assert_eq!(Text::from_code(text.code()), Some(*text));
            assert_eq!(serde_json::to_value(text).unwrap(), text.code());
        }
    }

    #[test]
    fn every_situation_has_a_text() {
        for situation in Situation::ALL {
            assert!(Text::ALL.iter().any(|text| text.situation() == *situation), "{situation:?}");
        }
    }
}
