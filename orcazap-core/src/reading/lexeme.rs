//! Stage 13, lexemes: what each token means for the goods asked for, with this
//! catalogue in view. A word that a product has is a term before it is anything
//! else, but function words and courtesy never are.

use super::homograph;
use super::number::{Num, Size, Spelled};
use super::numeral::{Numeral, numeral};
use super::roles::Role;
use super::token::Kind;
use super::verbs::{Verb, verb};
use super::view::Message;
use super::vocabulary::{Measure, Word};
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fits, is_name, share_a_product};
use crate::catalog::terms::{is_grade, joined, poles, size_unit};

/// What a stretch of tokens means.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// A number; `um` and `uma` may be articles.
    Number { value: Num, article: bool },
    /// `18x27`.
    Size(Size),
    /// A unit, or a word that is one beside being part of product names.
    Measure(Measure, Needle),
    /// The unit of a size, right behind its number.
    SizeUnit(&'static str),
    /// A word of product names.
    Term(Needle),
    /// A word that is neither known nor noise; perhaps a misspelt term.
    Foreign(Needle),
    /// Joins or parts asks: comma, colon, `e`, `+`.
    Joint,
    /// `ou`.
    Or,
    /// `de` and its like.
    Of,
    /// `para`: what follows says what it is for.
    For,
    /// `com`.
    With,
    /// `cada`.
    Each,
    /// `metade`.
    Half,
    /// An opening parenthesis.
    Open,
    /// Ends an ask: a line's end, a full stop, what another stage took.
    Stop,
    /// What follows is taken out, put in, replaced or corrected.
    Verb(Verb),
    /// Anything else.
    Noise,
}

/// A meaning and its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Lexeme {
    pub(crate) what: What,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// It stands for other words than were said: another name of the goods.
    pub(crate) renamed: bool,
}

/// Gives each token of a message a meaning.
pub(crate) fn lexemes(message: &Message<'_>, catalog: &Catalog) -> Vec<Lexeme> {
    let mut lexemes = Vec::with_capacity(message.tokens.len());
    let mut at = 0;
    while at < message.tokens.len() {
        if let Some((needles, to)) = other_name(message, at, catalog) {
            let term = |needle| Lexeme { what: What::Term(needle), from: at, to, renamed: true };
            let terms = needles.into_iter().map(term);
            lexemes.extend(terms);
            at = to;
            continue;
        }
        if let Some((ends, to)) = range(message, at) {
            // The quantity is one of two, as in `8 ou 10`.
            let meant = |what: What| Lexeme { what, from: at, to, renamed: false };
            let number = |value: Num| meant(What::Number { value, article: false });
            lexemes.extend([number(ends.0), meant(What::Or), number(ends.1)]);
            at = to;
            continue;
        }
        if message.is_mark(at, &['\'', '`']) {
            at += 1;
            continue;
        }
        let (what, to) = lexeme(message, at, catalog);
        // A mark before everything, such as an emoji, joins nothing.
        if !(lexemes.is_empty() && matches!(what, What::Joint)) {
            lexemes.push(Lexeme { what, from: at, to: to.max(at + 1), renamed: false });
        }
        at = to.max(at + 1);
    }
    super::prices::drop_written(&mut lexemes, message, catalog);
    lexemes
}

/// `de 8 a 10 sacos`, `entre 8 e 10`, `10..20 sacos`: the two ends of a range.
fn range(message: &Message<'_>, at: usize) -> Option<((Num, Num), usize)> {
    let led = matches!(message.word(at), "de" | "entre");
    let begin = at + usize::from(led);
    let first = numeral_of(message, begin)?;
    let dots = (first.end..first.end + 2).all(|token| message.is_mark(token, &['.']));
    let behind = match (message.word(at), message.word(first.end)) {
        ("de", "a" | "ate") | ("entre", "e" | "a") => first.end + 1,
        _ if dots && !led => first.end + 2,
        _ => return None,
    };
    let second = numeral_of(message, behind)?;
    let counts = message.word(at) == "entre" || message.kind(second.end) == Some(Kind::Word);
    (first.value < second.value && counts).then_some(((first.value, second.value), second.end))
}

/// A number that no stage has taken.
fn numeral_of(message: &Message<'_>, at: usize) -> Option<Numeral> {
    if message.is_taken(at) { None } else { numeral(message, at) }
}

/// Words that the catalogue knows by another name (`privada`, `tijolo baiano`),
/// when together they fit nothing: the needles of the other name.
fn other_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<(Vec<Needle>, usize)> {
    matches!(message.kind(at)?, Kind::Word).then_some(())?;
    let passed = message.is_taken(at) || message.is_noise(at) && !message.is_verb(at);
    let entry = message.of_stem(at);
    if passed || !entry.has_other_names() {
        return None;
    }
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    // What a word by itself is called is found by it.
    let known = || index.find(message.canonical(at)).is_some();
    if !entry.begins_name && known() {
        return None;
    }
    let (phrase, ends) = phrase(message, at);
    let needle = |word: &str| match Num::parse(word) {
        Some(number) if word.starts_with(|c: char| c.is_ascii_digit()) => {
            Needle::number(number, None, index)
        }
        _ => Needle::word(vocabulary.canonical(word), index, vocabulary),
    };
    for (length, end) in ends.into_iter().rev() {
        let said = phrase.get(..length)?;
        let kin = vocabulary.kin(said);
        if kin.is_empty() {
            continue;
        }
        if !said.contains(' ') && known() {
            return None;
        }
        let said: Vec<Needle> = said.split(' ').map(needle).collect();
        let as_said = said.iter().all(Needle::is_exact);
        if as_said && (is_name(&said, index) || any_holds(&said, index, Reach::Exact)) {
            return None;
        }
        let names = |words: &Vec<Word>| -> Vec<Needle> {
            words.iter().map(|word| needle(vocabulary.text(*word))).collect()
        };
        let other = kin.iter().map(names);
        if let Some(found) = other.into_iter().find(|other| fits(other, index, Reach::Short)) {
            return Some((found, end));
        }
    }
    None
}

/// The stems of up to three words and numbers from a token, with a space between, and
/// for each how long the phrase is with it and the token behind it.
fn phrase(message: &Message<'_>, at: usize) -> (String, Vec<(usize, usize)>) {
    let mut phrase = String::new();
    let mut ends = Vec::with_capacity(3);
    let mut token = at;
    while ends.len() < 3 && token < at + 6 && !message.is_taken(token) {
        match message.kind(token) {
            Some(Kind::Word)
                if !ends.is_empty()
                    && super::words::is_little(message.word(token))
                    && !matches!(message.word(token), "e" | "ou" | "um" | "uma") =>
            {
                token += 1;
                continue;
            }
            Some(Kind::Word) => {
                phrase.push_str(if ends.is_empty() { "" } else { " " });
                phrase.push_str(message.stem(token));
            }
            Some(Kind::Number(number)) if !ends.is_empty() => {
                phrase.push(' ');
                number.write_key(&mut phrase);
            }
            _ => break,
        }
        token += 1;
        ends.push((phrase.len(), token));
    }
    (phrase, ends)
}

fn lexeme(message: &Message<'_>, at: usize, catalog: &Catalog) -> (What, usize) {
    if message.is_taken(at) {
        return (What::Stop, at + 1);
    }
    if let Some(end) = code(message, at) {
        return (What::Noise, end);
    }
    match message.kind(at) {
        None | Some(Kind::Break) => (What::Stop, at + 1),
        Some(Kind::Mark(mark)) => (marked(message, mark, at), at + 1),
        Some(Kind::Size(size)) => (What::Size(size), at + 1 + usize::from(is_measure(message, at))),
        Some(Kind::Number(_)) if let Some(found) = pole_word(message, at, catalog) => found,
        Some(Kind::Number(value)) if is_rating(message, at, catalog) => {
            (What::Size(Size::single(value)), at + 2)
        }
        Some(Kind::Number(_)) => number(message, at).unwrap_or((What::Noise, at + 1)),
        Some(Kind::Word) => word(message, at, catalog),
    }
}

/// `CP II-E-32`: a letter between dashes and the number behind it are part of a grade, and
/// neither a joint nor a number. Gives the token behind them.
fn code(message: &Message<'_>, at: usize) -> Option<usize> {
    let glued = |token: usize| message.tokens.get(token).is_some_and(|token| token.glued);
    let dash = |token: usize| message.is_mark(token, &['-']) && glued(token);
    let letter = message.word(at).len() == 1 && at > 0 && dash(at - 1) && dash(at + 1);
    let number = matches!(message.kind(at + 2), Some(Kind::Number(_))) && glued(at + 2);
    (letter && glued(at) && number).then_some(at + 3)
}

/// `18mmx50m`: whether the last side of a size that stands at a token has its measure
/// behind it, as the first has.
fn is_measure(message: &Message<'_>, at: usize) -> bool {
    let glued = message.tokens.get(at + 1).is_some_and(|next| next.glued);
    glued && message.word(at).contains('m') && matches!(message.word(at + 1), "m" | "cm" | "mm")
}

/// `3000k`, `60hz`: whether letters that mean nothing else are glued to a number.
fn is_rating(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let unit = at + 1;
    let glued = message.tokens.get(unit).is_some_and(|token| token.glued);
    glued
        && message.kind(unit) == Some(Kind::Word)
        && message.word(unit).len() <= 2
        && message.word(unit) != "x"
        && !message.is_taken(unit)
        && !message.is_unit(unit)
        && !message.is_noise(unit)
        && !message.is_good(unit)
        && function_word(message, unit).is_none()
        && catalog.index().find(message.canonical(unit)).is_none()
}

/// `2p`, `2p+t`, when goods here have poles; sockets have them unsaid.
fn pole_word(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<(What, usize)> {
    let (word, taken) = poles(&message.tokens, at, message.folded)?;
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let needle = Needle::word(vocabulary.canonical(&word), index, vocabulary);
    match needle.is_exact() {
        true => Some((What::Term(needle), at + taken)),
        false => word.ends_with('t').then_some((What::Noise, at + taken)),
    }
}

fn marked(message: &Message<'_>, mark: char, at: usize) -> What {
    match mark {
        ',' | ':' | '+' | '&' | '/' | '=' => What::Joint,
        '(' => What::Open,
        '.' | ';' | '?' | '!' => What::Stop,
        '"' if at > 0 && message.tokens.get(at - 1).is_some_and(|t| t.number().is_some()) => {
            What::SizeUnit("pol")
        }
        _ if !mark.is_ascii() && mark.is_alphanumeric() => What::Noise,
        _ if !mark.is_ascii() && mark != 'º' && mark != '°' => What::Joint,
        _ => What::Noise,
    }
}

fn word(message: &Message<'_>, at: usize, catalog: &Catalog) -> (What, usize) {
    let text = message.word(at);
    let index = catalog.index();
    let vocabulary = catalog.vocabulary();
    if let Some((name, _, taken)) = joined(&message.tokens, at, message.folded)
        && (index.find(&name).is_some() || is_grade(text))
    {
        // A grade that no product has is no quantity: `cimento cp3`.
        return (What::Term(Needle::word(&name, index, vocabulary)), at + taken);
    }
    if message.spelled(at) == Some(Spelled::Half)
        && let Some(found) = half_of_a_name(message, at, catalog)
    {
        return found;
    }
    if let Some(number) = number(message, at) {
        return number;
    }
    let another = matches!(text, "outro" | "outra")
        && at > 0
        && message.word(at - 1) == "e"
        && message.word(at + 1) == "de"
        && is_number(message.kind(at + 2));
    if another {
        // `1 rolo conduíte 20 e outro de 25`
        return (What::Number { value: Num::whole(1), article: true }, at + 1);
    }
    if text == "x" && (glued_to_number(message, at)) {
        return (What::Noise, at + 1);
    }
    if homograph::names_goods(message, at, catalog) {
        let needle = Needle::word(message.canonical(at), index, vocabulary);
        return (What::Term(needle), at + 1);
    }
    if let Some(found) = function_word(message, at) {
        return found;
    }
    if message.is_verb(at) {
        return (What::Noise, at + 1);
    }
    let glued_number = at > 0
        && message
            .tokens
            .get(at - 1)
            .is_some_and(|token| token.number().is_some() && !message.is_taken(at - 1));
    let glued = message.tokens.get(at).is_some_and(|token| token.glued);
    if glued_number
        && let Some(unit) = size_unit(text, glued, vocabulary).filter(|unit| is_only_size(unit))
    {
        let squared = matches!(unit, "mm")
            && message
                .tokens
                .get(at + 1)
                .is_some_and(|t| t.glued && t.number() == Some(Num::whole(2)));
        return (What::SizeUnit(unit), at + 1 + usize::from(squared));
    }
    if glued_number && glued && text == "t" && message.word(at + 1) != "de" {
        // `interruptor 2t`, of a store whose names count so.
        let keys = Needle::word(vocabulary.canonical("tecl"), index, vocabulary);
        if keys.is_exact() {
            return (What::Term(keys), at + 1);
        }
    }
    if let Some((measure, to)) = measure_words(message, at, catalog) {
        let needle = Needle::word(message.canonical(at), index, vocabulary);
        return (What::Measure(measure, needle), to);
    }
    let (own, canonical) = (message.stem(at), message.canonical(at));
    let known = index.find(canonical).is_some() || index.find(own).is_some();
    if text.len() == 1 && !known {
        return (What::Noise, at + 1);
    }
    let named = || {
        homograph::is_within_a_name(message, at, catalog)
            || homograph::names_a_container(message, at, catalog)
    };
    if known && message.is_noise(at) && named() {
        return (What::Term(Needle::word(canonical, index, vocabulary)), at + 1);
    }
    if message.is_noise(at) || (!known && message.plays(at, Role::Paying)) {
        return (What::Noise, at + 1);
    }
    let goods = || {
        homograph::is_part_of_a_name(message, at, catalog)
            || homograph::is_counted_name(message, at, catalog)
    };
    if message.is_vague(at) && !goods() {
        let needle = Needle::word(canonical, index, vocabulary);
        let another = homograph::is_another_kind(message, at, catalog);
        return (if another { What::Foreign(needle) } else { What::Noise }, at + 1);
    }
    let needle = Needle::said(own, index, vocabulary);
    // The catalogue has the trade's word cut short: `LAMP`.
    let abbreviated = vocabulary.is_word(canonical) && needle.nearest() == Reach::Short;
    if known || abbreviated {
        (What::Term(needle), at + 1)
    } else {
        (What::Foreign(needle), at + 1)
    }
}

/// `meio-fio`, `meia cana`: a half that is part of a name here, with the word behind it.
fn half_of_a_name(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<(What, usize)> {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let next = at + 1 + usize::from(message.is_mark(at + 1, &['-']));
    (message.kind(next) == Some(Kind::Word)).then_some(())?;
    let own = message.canonical(at);
    let name = index.find(message.canonical(next))?;
    share_a_product(index.find(own)?, name, index)
        .then(|| (What::Term(Needle::word(own, index, vocabulary)), at + 1))
}

/// `x10`, `10 x`: a sign of times.
fn glued_to_number(message: &Message<'_>, at: usize) -> bool {
    let number =
        |token: usize| message.tokens.get(token).is_some_and(|token| token.number().is_some());
    number(at + 1) || (at > 0 && number(at - 1))
}

fn is_number(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Number(_) | Kind::Size(_)))
}

/// Units that never count goods by themselves.
fn is_only_size(unit: &str) -> bool {
    matches!(unit, "mm" | "cm" | "pol" | "w" | "a" | "v" | "k" | "furos")
}

/// A unit of one or two words, or letters and a raised digit.
fn measure_words(message: &Message<'_>, at: usize, catalog: &Catalog) -> Option<(Measure, usize)> {
    let vocabulary = catalog.vocabulary();
    let own = message.stem(at);
    let power =
        message.tokens.get(at + 1).filter(|token| token.glued).and_then(|token| token.number());
    if own == "m" || own == "mt" || own == "metr" || own == "metro" {
        let squared = power == Some(Num::whole(2)) && message.word(at + 1) == "2";
        let cubed = power == Some(Num::whole(3)) && message.word(at + 1) == "3";
        if squared || cubed {
            return Some((vocabulary.measure(if squared { "m2" } else { "m3" })?, at + 2));
        }
    }
    if message.of_stem(at).begins_unit
        && let Some(measure) = vocabulary.measure_of_two(own, message.stem(at + 1))
    {
        return Some((measure, at + 2));
    }
    // One letter is a unit only behind its number.
    let behind = at > 0 && message.tokens.get(at - 1).is_some_and(|token| token.number().is_some());
    if own.len() == 1 && !behind {
        return None;
    }
    let misspelt = || {
        let known = catalog.index().find(own).is_some() || vocabulary.is_word(own);
        (behind && !known).then(|| vocabulary.misspelt_measure(message.word(at))).flatten()
    };
    let measure = message.of_stem(at).measure;
    measure
        .or_else(misspelt)
        .filter(|measure| !matches!(measure, Measure::Size("a" | "v" | "w")))
        .map(|measure| {
            let dot = message.is_mark(at + 1, &['.'])
                && own.len() <= 3
                && message.tokens.get(at + 1).is_some_and(|t| t.glued);
            (measure, at + 1 + usize::from(dot && matches!(message.kind(at + 2), Some(Kind::Word))))
        })
}

/// A number from token `at`, in digits or in words; in words also `dezoito por
/// vinte e sete`.
fn number(message: &Message<'_>, at: usize) -> Option<(What, usize)> {
    let Numeral { value, article, end } = numeral(message, at)?;
    if message.kind(at) == Some(Kind::Word)
        && message.spelled(at) != Some(Spelled::Half)
        && message.word(end) == "por"
        && message.kind(end + 1) == Some(Kind::Word)
        && let Some(second) = numeral(message, end + 1).filter(|second| !second.article)
    {
        return Some((What::Size(Size::pair(value, second.value)), second.end));
    }
    Some((What::Number { value, article }, end))
}

/// Words with a part to play between the asks.
fn function_word(message: &Message<'_>, at: usize) -> Option<(What, usize)> {
    let one = |what: What| Some((what, at + 1));
    let before = at.checked_sub(1).map_or("", |before| message.word(before));
    if message.word(at) == "passa" && (before == "me" || is_number(message.kind(at + 1))) {
        // `me passa 10 sacos` asks for them.
        return one(What::Verb(Verb::Put));
    }
    if let Some((verb, to)) = verb(message, at) {
        return Some((verb.map_or(What::Noise, What::Verb), to));
    }
    match message.word(at) {
        "e" | "y" | "i" | "nem" | "mas" | "tambem" | "tbm" | "tb" => one(What::Joint),
        "ou" => one(What::Or),
        // `dá 33 m2`
        "da" if before.is_empty() && is_number(message.kind(at + 1)) => one(What::Noise),
        "de" | "do" | "da" | "dos" | "das" | "d" => one(What::Of),
        "para" | "pra" | "pro" | "pras" | "pros" => one(What::For),
        word @ ("p" | "c") => {
            let slash = usize::from(message.is_mark(at + 1, &['/']));
            let what = if word == "p" { What::For } else { What::With };
            Some((what, at + 1 + slash))
        }
        "com" => one(What::With),
        "cada" | "kada" => one(What::Each),
        "metade" => one(What::Half),
        _ => None,
    }
}
