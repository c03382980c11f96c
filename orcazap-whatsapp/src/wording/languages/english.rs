//! English. Examples of orders stay in Portuguese, the language that orders are read in.

use chrono::NaiveDate;
use orcazap_core::Tone;
use orcazap_core::order::PaymentMethod;
use orcazap_core::quantity::Unit;

use crate::wording::text::Text;
use crate::wording::tongue::Tongue;
use crate::wording::variable::Variable;

pub(in crate::wording) struct English;

impl Tongue for English {
    fn text(&self, text: Text, tone: Tone) -> &'static str {
        let by = |informal, formal| match tone {
            Tone::Informal => informal,
            Tone::Formal => formal,
        };
        match text {
            Text::Welcome => by(
                "Hi! 👋 I'm the virtual assistant of *{store}*.\n\
                 Send me your list of materials with the quantities and I'll price it right \
                 away. If you know them already, add the neighborhood or postal code (CEP) \
                 for delivery and how you'll pay.\n\n\
                 For example: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
                "Hello! This is the virtual assistant of *{store}*.\n\
                 Please send your list of materials with the quantities, and a quote will be \
                 prepared right away. If possible, include the neighborhood or postal code \
                 (CEP) for delivery and the method of payment.\n\n\
                 For example: “10 sacos de cimento e 500 tijolos, entrega no Centro, Pix”.",
            ),

            Text::Ask => by(
                "Got it:\n{items}\n\nPayment: {payment}\nDelivery: {place}\nWanted: {when}\n\n\
                 {not_found}\n\n{questions}",
                "Items noted:\n{items}\n\nPayment: {payment}\nDelivery: {place}\nWanted: {when}\n\n\
                 {not_found}\n\n{questions}",
            ),
            Text::AskSeveral => by(
                "To finish your quote, tell me:\n{questions}",
                "To complete your quote, please let us know:\n{questions}",
            ),
            Text::AskMore => by(
                "If the list is complete, just answer what I asked above.",
                "If the list is complete, please answer what we asked above.",
            ),
            Text::PriceOf => "• {product}: {price}",
            Text::InStock => "In stock:\n{items}",
            Text::OutOfStock => "Out of stock right now:\n{items}",
            Text::OpenHours => "Our opening hours:\n{items}",
            Text::OpenFrom => "{weekday}: {time} to {closing}",
            Text::OpenUntil => "{weekday}: until {closing}",
            Text::ClosedOn => "We are closed on that day: {when}.",
            Text::Payments => "Ways to pay:\n{items}",
            Text::PaymentOff => "• {method}: {percent} off",
            Text::PaymentOn => "• {method}: {percent} extra",
            Text::FreightTo => "Delivery to {place}: {sum}.",
            Text::FreightToFrom => "Delivery to {place}: from {sum}, depending on the load.",
            Text::FreightToFree => "Delivery to {place}: free.",
            Text::FreightFreeAbove => "It is free for orders of {sum} or more.",
            Text::FreightWhere => by(
                "We deliver, and the price depends on the place. What's the CEP or the neighborhood?",
                "We deliver, and the price depends on the place. What is the CEP or the neighborhood?",
            ),
            Text::AskLeft => "After that, still to say: {questions}.",
            Text::OpenItems => "the materials",
            Text::OpenChoice => "which {asked}",
            Text::OpenQuantity => "how much of {product}",
            Text::OpenPlace => "where to deliver, or whether you pick it up",
            Text::OpenPayment => "how you will pay",
            Text::AskItems => by(
                "Which materials do you need, and how much of each?",
                "Which materials would you like, and in what quantities?",
            ),
            Text::AskWhich => "Which {asked}: {options}?",
            Text::AskWhichOf => "Which {asked}?\n{options}",
            Text::AskWhichOfMany => by(
                "Which {asked}? I have {count} kinds, like these. Tell me the brand, the \
                 size or the color:\n\
                 {options}",
                "Which {asked}? There are {count} kinds, like these. Please tell us the \
                 brand, the size or the color:\n\
                 {options}",
            ),
            Text::AskQuantity => "{how_many} of {product}? ({price})",
            Text::AskPlace => by(
                "What's the CEP or neighborhood for delivery? Or would you rather pick it up?",
                "What is the CEP or neighborhood for delivery, or do you prefer to pick it \
                 up?",
            ),
            Text::AskPlaceInWords => by(
                "Got your location! What's the CEP or the neighborhood, so I can work out \
                 the freight?",
                "Your location has been received. What is the CEP or the neighborhood, so \
                 that the freight can be calculated?",
            ),
            Text::AskPayment => {
                by("How will you pay: {options}?", "What will be the method of payment: {options}?")
            }
            Text::NotFoundLine => by("I couldn't find: {asked}", "Not found: {asked}"),
            Text::PickShort => "Which one?",
            Text::PayShort => by("How will you pay?", "What will be the method of payment?"),
            Text::PickupShort => {
                by("Would you rather pick it up?", "Do you prefer to pick it up at the store?")
            }

            Text::Quote => {
                "{title}\n\n\
                 {items}\n\n\
                 Subtotal: {subtotal}\n\
                 {adjustment}\n\
                 {freight}\n\
                 {total}\n\n\
                 Payment: {payment}\n\
                 Delivery: {place}\n\
                 Wanted: {when}\n\
                 Valid until {until}\n\n\
                 {left_out}"
            }
            Text::TitleFirst => "*Quote {quote}*",
            Text::TitleRevised => "*Quote {quote}*\nwith the changes",
            Text::TitleRenewed => "*Quote {quote}*\nwith today's prices",
            Text::TitleAgain => by(
                "Here it is again:\n*Quote {quote}*",
                "As requested, once more:\n*Quote {quote}*",
            ),
            Text::QuoteSummary => "{count} items · {total} · {freight} · valid until {until}",
            Text::Item => "• {product}\n   {price}: {sum}",
            Text::ItemAlone => "• {product}\n   {sum}",
            Text::ItemDiscounted => "• {product}\n   {price} (−{percent}): {sum}",
            Text::Discount => "Discount, {method} ({percent}): {sum}",
            Text::Surcharge => "Surcharge, {method} ({percent}): {sum}",
            Text::FreightPaid => "Freight: {sum}",
            Text::FreightFree => "Freight: free",
            Text::FreightOpen => "Freight: to be agreed",
            Text::FreightPickup => "Pickup at the store, no freight",
            Text::TotalLine => "*Total: {sum}*",
            Text::TotalOpen => "*Total: {sum}* (without freight)",
            Text::LeftOpen => "Left out, because there is more than one kind: {asked}",
            Text::QuoteShort => by(
                "Quote {quote}: *{sum}*. Shall I place the order?",
                "Quote {quote}: *{sum}*. May we confirm the order?",
            ),

            Text::Accepted => by(
                "Order *{quote}* confirmed, thank you! ✅\n\
                 Total: *{sum}*\n\
                 Payment: {payment}\n\
                 {delivery}\n\n\
                 Someone from our team will write to you about the next steps.",
                "Order *{quote}* is confirmed. Thank you for your business.\n\
                 Total: *{sum}*\n\
                 Payment: {payment}\n\
                 {delivery}\n\n\
                 A member of our team will contact you about the next steps.",
            ),
            Text::DeliveryOn => "Delivery wanted for: {when}, to be confirmed",
            Text::DeliveryOpen => "Delivery: to be arranged",
            Text::DeliveryAsk => {
                by("Delivery: which day would you like it?", "Delivery: which day do you prefer?")
            }
            Text::PickupOn => "Pickup at the store: {when}",
            Text::PickupOpen => "Pickup at the store",
            Text::WhatToChange => by(
                "What would you like to change in quote {quote}? Just write it your way: \
                 “tira a areia”, “15 sacos de cimento”, “entrega na sexta”.",
                "What should be changed in quote {quote}? For example: “tira a areia”, “15 \
                 sacos de cimento”, “entrega na sexta”.",
            ),
            Text::Unclear => by(
                "I didn't quite get that. Do you want to take quote {quote}, change \
                 something, or talk to a person?",
                "Sorry, that was not clear. Would you like to confirm quote {quote}, change \
                 something, or speak with a person?",
            ),
            Text::FollowUp => by(
                "Hi! Any questions about quote {quote}, for *{sum}*? It's good until {until}.",
                "Hello! Do you have any questions about quote {quote}, for *{sum}*? It is \
                 valid until {until}.",
            ),
            Text::Expired => by(
                "Quote {quote} has expired. Someone will check today's prices, and I'll send \
                 you the new one right here.",
                "Quote {quote} has expired. A member of our team will check today's prices, \
                 and the new quote will be sent here.",
            ),
            Text::Declined => by(
                "No problem, thanks for checking with us. Just write whenever you need \
                 something.",
                "Thank you for your inquiry. We remain at your service.",
            ),
            Text::Cancelled => by(
                "Order canceled. Just write whenever you need something.",
                "Your order has been canceled. We remain at your service.",
            ),
            Text::OptedOut => by(
                "Done, you won't get any more messages from {store}. If you change your \
                 mind, reply {return}.",
                "Confirmed: you will receive no more messages from {store}. To receive them \
                 again, reply {return}.",
            ),

            Text::UnderReview => by(
                "Got your order:\n\
                 {items}\n\nPayment: {payment}\nDelivery: {place}\nWanted: {when}\n\n\
                 {not_found}\n\n\
                 Someone will check it, and I'll send the quote right here.",
                "Order noted:\n\
                 {items}\n\nPayment: {payment}\nDelivery: {place}\nWanted: {when}\n\n\
                 {not_found}\n\n\
                 A member of our team will check it, and the quote will be sent here.",
            ),
            Text::StillUnderReview => by(
                "Noted: {when}.\n\nSomeone is checking your quote. I'll send it here as soon as it's ready.",
                "Noted: {when}.\n\nYour quote is being checked and will be sent as soon as it is approved.",
            ),
            Text::BelowMinimum => "The minimum order is {total}: {sum} to go.",
            Text::Swap => by(
                "{product}: not enough in stock. {options} would do in its place.",
                "{product}: not available in this quantity. {options} can take its place.",
            ),
            Text::SwapWhich => {
                by("Which one would you like instead?", "Which one would you prefer instead?")
            }
            Text::SwapHow => by(
                "To swap, choose below or tell me. I won't swap anything unless you ask.",
                "To swap, please choose below or write to us. Nothing is swapped unless you ask.",
            ),
            Text::AnswerByPerson => by(
                "I've passed your question on to one of our people.",
                "Your question has been passed on to our staff.",
            ),
            Text::HandedOverAsked | Text::HandedOverTaken => by(
                "Sure! Someone will be with you here in a moment.",
                "Certainly. A member of our team will be with you here shortly.",
            ),
            Text::HandedOverQuestion => by(
                "Good question! I'll get someone who can answer it here.",
                "Your question has been passed on to our team, who will answer it here.",
            ),
            Text::HandedOverNotUnderstood => by(
                "Sorry, I couldn't understand that. Someone will carry on with you here.",
                "Sorry, that could not be understood. A member of our team will continue \
                 here.",
            ),
            Text::HandedOverMedia => by(
                "Got it, thanks! Someone will look at what you sent and answer here.",
                "Received, thank you. A member of our team will look at what you sent and \
                 answer here.",
            ),
            Text::HandedOverAfterSale => by(
                "Got it! Someone will look at your order and answer here.",
                "Received. A member of our team will look at your order and answer here.",
            ),
            Text::HandedOverRejected => by(
                "Someone will write to you here about your quote.",
                "A member of our team will write to you here about your quote.",
            ),
            Text::HandedOverCannotPrice => by(
                "This order needs a person. Someone will write to you here in a moment.",
                "This order requires a member of our team, who will write to you here \
                 shortly.",
            ),
            Text::HandedOverUndelivered => by(
                "Someone will write to you here.",
                "A member of our team will write to you here.",
            ),

            Text::ButtonAccept => "Place the order",
            Text::ButtonChange => "Change something",
            Text::ButtonHuman => "Talk to a person",
            Text::ButtonPickup => "Pick up at store",
            Text::ButtonOptions => "See options",
            Text::HeadingPayment => "Payment",
            Text::HeadingQuote => "Quote",

            Text::SoMany => "{amount} of {product}",
            Text::SoManyPieces => "{amount} × {product}",
            Text::PriceEach => "{sum} {each}",
            Text::InInstallments => "{method} in {count}x",
            Text::InDays => "{method} due in {count} days",
            Text::PlaceCep => "CEP {cep}",
            Text::PlaceBoth => "{neighborhood}, CEP {cep}",
            Text::PlaceOnMap => "the place on the map",
            Text::Today => "today, {day}",
            Text::Tomorrow => "tomorrow, {day}",
            Text::OnDay => "{weekday}, {day}",
            Text::Between => "between {day} and {last_day}",
            Text::FromDay => "from {day} on",
            Text::ByDay => "by {day}",
            Text::Asap => "as soon as possible",
            Text::Morning => "in the morning",
            Text::Afternoon => "in the afternoon",
            Text::DayAndPeriod => "{day}, {period}",
            Text::AtTime => "{day}, {time}",
            Text::Either => "{options} or {last}",
            Text::AndMore => "{asked}, and {count} more",
        }
    }

    fn variable(&self, variable: Variable) -> &'static str {
        match variable {
            Variable::Store => "store",
            Variable::Quote => "quote",
            Variable::Items => "items",
            Variable::NotFound => "not_found",
            Variable::Questions => "questions",
            Variable::Asked => "asked",
            Variable::Options => "options",
            Variable::Count => "count",
            Variable::Product => "product",
            Variable::Price => "price",
            Variable::HowMany => "how_many",
            Variable::Unit => "unit",
            Variable::Title => "title",
            Variable::Adjustment => "adjustment",
            Variable::Freight => "freight",
            Variable::Total => "total",
            Variable::Until => "until",
            Variable::LeftOut => "left_out",
            Variable::Subtotal => "subtotal",
            Variable::Payment => "payment",
            Variable::Place => "place",
            Variable::When => "when",
            Variable::Sum => "sum",
            Variable::Percent => "percent",
            Variable::Method => "method",
            Variable::Delivery => "delivery",
            Variable::Return => "return",
            Variable::Amount => "amount",
            Variable::Each => "each",
            Variable::Cep => "cep",
            Variable::Bairro => "neighborhood",
            Variable::Day => "day",
            Variable::Weekday => "weekday",
            Variable::LastDay => "last_day",
            Variable::Period => "period",
            Variable::Time => "time",
            Variable::Closing => "closing",
            Variable::Last => "last",
        }
    }

    fn method(&self, method: PaymentMethod) -> &'static str {
        match method {
            PaymentMethod::Pix => "Pix",
            PaymentMethod::Cash => "cash",
            PaymentMethod::CreditCard => "credit card",
            PaymentMethod::DebitCard => "debit card",
            PaymentMethod::Boleto => "boleto",
            PaymentMethod::Transfer => "bank transfer",
            PaymentMethod::StoreCredit => "store credit",
        }
    }

    fn each(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece
            | Unit::Bag
            | Unit::Bar
            | Unit::Can
            | Unit::Gallon
            | Unit::Bucket
            | Unit::Roll
            | Unit::Box
            | Unit::Pack
            | Unit::Pair
            | Unit::Set
            | Unit::Part
            | Unit::Plate
            | Unit::Sheet => "each",
            Unit::CubicMeter => "per m³",
            Unit::SquareMeter => "per m²",
            Unit::Meter => "per meter",
            Unit::Kilogram => "per kg",
            Unit::Liter => "per liter",
            Unit::Thousand => "per thousand",
        }
    }

    fn how_many(&self, unit: Unit) -> &'static str {
        match unit {
            Unit::Piece => "How many pieces",
            Unit::Bag => "How many bags",
            Unit::CubicMeter => "How many m³",
            Unit::SquareMeter => "How many m²",
            Unit::Meter => "How many meters",
            Unit::Kilogram => "How many kg",
            Unit::Liter => "How many liters",
            Unit::Bar => "How many bars",
            Unit::Can => "How many cans",
            Unit::Gallon => "How many gallons",
            Unit::Bucket => "How many buckets",
            Unit::Roll => "How many rolls",
            Unit::Box => "How many boxes",
            Unit::Pack => "How many packs",
            Unit::Pair => "How many pairs",
            Unit::Set => "How many sets",
            Unit::Part => "How many parts",
            Unit::Thousand => "How many thousands",
            Unit::Plate => "How many plates",
            Unit::Sheet => "How many sheets",
        }
    }

    fn date(&self, day: NaiveDate, year: bool) -> String {
        // The month in letters: 04/05 would be read in two ways.
        day.format(if year { "%-d %b %Y" } else { "%-d %b" }).to_string()
    }

    fn weekdays(&self) -> [&'static str; 7] {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    }

    fn return_word(&self) -> &'static str {
        "START"
    }
}
