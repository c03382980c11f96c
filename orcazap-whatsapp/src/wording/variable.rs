//! What can stand in a text for what is only known when it is said.

/// A variable of a text. In a text its name stands in braces, in the language of
/// the text: `{total}`, `{loja}`, `{store}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The store's name.
    Store,
    /// The quote's number and revision: `1042/1`.
    Quote,
    /// The items, a line each.
    Items,
    /// The sentence that names what was not found; nothing when all was.
    NotFound,
    /// All that is asked.
    Questions,
    /// The customer's own words, in quotation marks.
    Asked,
    /// What there is to choose from.
    Options,
    /// A count.
    Count,
    /// A product's name.
    Product,
    /// A price for each: `R$ 39,90 cada`.
    Price,
    /// The question for a number of a unit: `Quantos sacos`.
    HowMany,
    /// A unit's name: `saco`.
    Unit,
    /// The quote's title.
    Title,
    /// The line of a discount or surcharge; nothing without one.
    Adjustment,
    /// The line of the freight.
    Freight,
    /// The line of the total.
    Total,
    /// Until when the quote stands.
    Until,
    /// What is not in the quote, and why; nothing when all is in it.
    LeftOut,
    /// The sum of the items, when it differs from the total; else nothing.
    Subtotal,
    /// How it is paid; nothing while nobody said.
    Payment,
    /// Where it goes; nothing for pickup.
    Place,
    /// When it comes; nothing while nobody said.
    When,
    /// An amount.
    Sum,
    /// A rate: `5%`.
    Percent,
    /// A way of paying, within a sentence.
    Method,
    /// The line of delivery or pickup.
    Delivery,
    /// The word that brings messages back.
    Return,
    /// So many of a unit: `10 sacos`.
    Amount,
    /// For one of a unit: `cada`, `o m³`.
    Each,
    /// A postal code: `01310-100`.
    Cep,
    /// A neighbourhood.
    Bairro,
    /// A day.
    Day,
    /// A day's name.
    Weekday,
    /// The last day of several.
    LastDay,
    /// A part of a day.
    Period,
    /// A time: `10:15`.
    Time,
    /// A time at which something ends: `18:00`.
    Closing,
    /// The last of several choices.
    Last,
}

impl Variable {
    /// Every variable.
    pub const ALL: &'static [Self] = &[
        Self::Store,
        Self::Quote,
        Self::Items,
        Self::NotFound,
        Self::Questions,
        Self::Asked,
        Self::Options,
        Self::Count,
        Self::Product,
        Self::Price,
        Self::HowMany,
        Self::Unit,
        Self::Title,
        Self::Adjustment,
        Self::Freight,
        Self::Total,
        Self::Until,
        Self::LeftOut,
        Self::Subtotal,
        Self::Payment,
        Self::Place,
        Self::When,
        Self::Sum,
        Self::Percent,
        Self::Method,
        Self::Delivery,
        Self::Return,
        Self::Amount,
        Self::Each,
        Self::Cep,
        Self::Bairro,
        Self::Day,
        Self::Weekday,
        Self::LastDay,
        Self::Period,
        Self::Time,
        Self::Closing,
        Self::Last,
    ];

    /// The most characters its value is reckoned with when a text is checked;
    /// nothing for what is made of an order's lines, which is split, not bounded.
    pub(super) fn reckoned(self) -> usize {
        match self {
            Self::Items
            | Self::NotFound
            | Self::Questions
            | Self::Asked
            | Self::Options
            | Self::Product
            | Self::Title
            | Self::Adjustment
            | Self::Freight
            | Self::Total
            | Self::LeftOut
            | Self::Delivery
            | Self::Place
            | Self::When
            | Self::Bairro
            | Self::Last => 0,
            // The longest name a store can have.
            Self::Store => 120,
            // 4294967295/4294967295
            Self::Quote => 21,
            // R$ 999.999.999,99
            Self::Sum | Self::Subtotal => 18,
            Self::Payment => 40,
            Self::Until | Self::Price | Self::HowMany => 32,
            Self::Count
            | Self::Unit
            | Self::Percent
            | Self::Method
            | Self::Return
            | Self::Amount
            | Self::Each
            | Self::Cep
            | Self::Day
            | Self::Weekday
            | Self::LastDay
            | Self::Period
            | Self::Time
            | Self::Closing => 20,
        }
    }
}
