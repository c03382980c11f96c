//! Stage 4, too, misspelt words: a word that nobody knows is read as the one that it
//! is an odd way to write (`mangera`, `presizo`, `quize`, `vermeio`), and words that
//! nothing parts are parted (`sacosde`, `ummetro`, `vintecinco`).
//!
//! Only a word that neither the catalogue nor the vocabulary has is read so, and only as
//! a single word that is near: one that sounds the same, or has a letter less or two
//! swapped. A letter that is another makes a word of a product only where the words or
//! the number beside it belong to that product (`arame farbado`). What is less near is
//! left to the look-up of the asks, which wants all their words to fit.

use super::foreign::beside;
use super::number::Spelled;
use super::roles::Role;
use super::spelling::{FAR, slip};
use super::token::Kind;
use super::verbs;
use super::view::{Meant, Message};
use super::words::{is_vowel, stem};
use crate::catalog::Catalog;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, share_a_product};
use crate::catalog::table::Key;

/// The longest word that is looked for: what is longer is no slip of anything.
const LONGEST: usize = 24;

/// So short a word is taken only for what sounds like all of it, or lacks a vowel.
const SHORT: usize = 4;

/// Reads the misspelt words of a message as the words they are.
pub(crate) fn read<'m>(message: &mut Message<'m>, catalog: &'m Catalog) {
    part(message, catalog);
    for at in 0..message.tokens.len() {
        let word = match is_strange(message, at, catalog) {
            true => meant(message, at, catalog),
            false => other_goods(message, at, catalog),
        };
        if let Some(word) = word {
            message.respell(at, word);
        }
    }
}

/// Whether a token is a word of plain letters of which nothing is known.
fn is_strange(message: &Message<'_>, at: usize, catalog: &Catalog) -> bool {
    let word = message.word(at);
    message.kind(at) == Some(Kind::Word)
        && message.is_unheard_of(at)
        && !is_of_a_place(message, at)
        && (3..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        // What somebody did is no goods: `jogou`.
        && !word.ends_with("ou")
        && !is_known(word, catalog)
}

/// `jd america`, `jardim das rosas`, `rua marechal`: names of places are no slips.
fn is_of_a_place(message: &Message<'_>, at: usize) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back).is_some_and(|before| {
            [Role::BeginsBairro, Role::Street].iter().any(|role| message.plays(before, *role))
                || message.word(before) == "bairro"
        })
    })
}

/// Whether a word is known as it stands: to the vocabulary, the catalogue or the patterns.
fn is_known(word: &str, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let has = |key| vocabulary.find(key).is_some() || index.find_key(key).is_some();
    let own = Key::new(word);
    has(own)
        || has(Key::new(&stem(word)))
        || verbs::begins_with(own)
        || vocabulary.intents().have(own)
}

/// The word that a strange one is an odd way to write.
fn meant<'m>(message: &Message<'_>, at: usize, catalog: &'m Catalog) -> Option<Meant<'m>> {
    let word = message.word(at);
    if word.len() >= 4
        && is_counted(message, at)
        && let Some(unit) = catalog.vocabulary().misspelt_unit(word)
    {
        return Some(Meant::Word(unit));
    }
    let (forms, longer) = (forms(word), longer_forms(word));
    let whole = forms.iter().chain(&longer).find_map(|form| written(form, catalog));
    whole.or_else(|| slipped(word, catalog)).or_else(|| {
        std::iter::once(word)
            .chain(forms.iter().map(String::as_str))
            .filter_map(|form| sounding(message, at, form, catalog))
            .min_by_key(|(far, _)| *far)
            .map(|(_, meant)| meant)
    })
}

/// The only word that is a strange one with two letters swapped back (`tleha`, `frero`), or
/// with a vowel put in (`blco`, `caxa`).
fn slipped<'m>(word: &str, catalog: &'m Catalog) -> Option<Meant<'m>> {
    const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
    let letters: Vec<char> = word.chars().collect();
    let swaps = (0..word.len() - 1).map(|at| {
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        swapped.into_iter().collect()
    });
    let swaps = swaps.filter(|_| word.len() > SHORT);
    let vowels = (1..word.len()).flat_map(|at| {
        let (before, behind) = word.split_at(at);
        VOWELS.map(|vowel| format!("{before}{vowel}{behind}"))
    });
    let vowels = vowels.filter(|_| word.len() >= SHORT);
    let found = swaps.chain(vowels).filter_map(|form: String| written(&form, catalog));
    let mut found = found.filter(|meant| word.len() > SHORT || matches!(meant, Meant::Name(_)));
    let only = found.next()?;
    found.all(|other| other == only).then_some(only)
}

/// Goods that this store has not, where others are meant that sound the same and go with the
/// words beside them: `ripa pinos` of a store with laths of pine.
fn other_goods<'m>(message: &Message<'_>, at: usize, catalog: &'m Catalog) -> Option<Meant<'m>> {
    let index = catalog.index();
    let lacking = message.is_good(at) && index.find(message.canonical(at)).is_none();
    let (far, terms) = lacking.then(|| index.misspelt(message.stem(at)))?;
    match terms.as_slice() {
        [only] if far < FAR => {
            let name = index.text(*only);
            is_backed(message, at, name, catalog).then_some(Meant::Name(name))
        }
        _ => None,
    }
}

/// The word that a form of a strange one is exactly.
fn written<'m>(form: &str, catalog: &'m Catalog) -> Option<Meant<'m>> {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let own = stem(form);
    let trade = || vocabulary.trade_word(&own);
    let term = || index.find(&own).filter(|_| own.len() > 3).map(|term| index.text(term));
    let said = vocabulary.word_of_part(form).map(Meant::Word);
    said.or_else(|| trade().or_else(term).map(Meant::Name))
}

/// Other spellings of a word, as it is said or as it was meant: `galao` for `galaum`,
/// `manguera` for `mangera`, `rolo` for `rollo`, `massa` for `masa`, `te` for `teh`.
fn forms(word: &str) -> Vec<String> {
    const ENDINGS: [(&str, &str); 13] = [
        ("aum", "ao"),
        ("am", "ao"),
        ("an", "a"),
        ("u", "o"),
        ("us", "os"),
        ("im", "inho"),
        ("in", "inho"),
        ("inhu", "inho"),
        ("ero", "eiro"),
        ("era", "eira"),
        ("ah", "a"),
        ("oh", "o"),
        ("eh", "e"),
    ];
    const PARTS: [(&str, &str); 5] =
        [("ge", "gue"), ("gi", "gui"), ("oua", "oa"), ("asa", "assa"), ("rro", "ro")];
    let mut forms = vec![without_doubles(word)];
    for (ending, whole) in ENDINGS {
        forms.extend(word.strip_suffix(ending).map(|root| format!("{root}{whole}")));
    }
    let parts = PARTS.into_iter().filter(|(part, _)| word.contains(part));
    forms.extend(parts.map(|(part, whole)| word.replacen(part, whole, 1)));
    forms.extend(with_lh(word));
    forms.retain(|form| form != word);
    forms
}

/// A word with the letter that its end may lack: `isopor` for `isopo`, `corte` for `cort`.
fn longer_forms(word: &str) -> Vec<String> {
    let more = |letters: &[char]| letters.iter().map(|letter| format!("{word}{letter}")).collect();
    match word.as_bytes() {
        [.., b'a' | b'e' | b'i' | b'o'] if word.len() >= 5 => more(&['r']),
        [.., last] if word.len() >= 4 && !is_vowel(*last) => more(&['e', 'o', 'a']),
        _ => Vec::new(),
    }
}

/// `vermelho` for `vermeio`, `telha` for `teia`: with the sound that many leave out.
fn with_lh(word: &str) -> Option<String> {
    let at = word.as_bytes().array_windows().position(|[before, middle, behind]| {
        is_vowel(*before) && *middle == b'i' && matches!(behind, b'a' | b'o')
    })?;
    let (before, behind) = word.split_at_checked(at + 1)?;
    Some(format!("{before}lh{}", behind.strip_prefix('i')?))
}

/// A word without letters said twice and more: `rolo` of `rollo`, `ferro` of `ferrro`.
fn without_doubles(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    for letter in word.chars() {
        let twice = single.ends_with(letter);
        let pair = matches!(letter, 'r' | 's')
            && !single.strip_suffix(letter).is_some_and(|rest| rest.ends_with(letter));
        if !twice || pair {
            single.push(letter);
        }
    }
    single
}

/// The only word that a strange one sounds like, or is by a slip, and how far that is.
fn sounding<'m>(
    message: &Message<'_>,
    at: usize,
    form: &str,
    catalog: &'m Catalog,
) -> Option<(usize, Meant<'m>)> {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let own = stem(form);
    let (far_part, parts) = vocabulary.misspelt_part(form);
    let (far_term, terms) = index.misspelt(&own);
    let (far_trade, trade) = vocabulary.misspelt(&own);
    let far = far_part.min(far_term).min(far_trade);
    if far == usize::MAX {
        return None;
    }
    let near = |there: usize| there == far;
    let terms = terms.into_iter().map(|term| index.text(term)).filter(|_| near(far_term));
    let trade = trade.into_iter().filter(|_| near(far_trade));
    let names = terms.chain(trade).map(|name| vocabulary.canonical(name));
    let names = names
        .filter(|name| {
            let sounds =
                far < FAR && (own.len() > SHORT || form.bytes().next_back().is_some_and(is_vowel));
            sounds
                || far >= FAR && form.len() > SHORT && slip(&own, name)
                || is_backed(message, at, name, catalog)
        })
        .map(Meant::Name);
    let parts = parts.into_iter().filter(|part| near(far_part) && (far < FAR || slip(form, part)));
    let mut all: Vec<Meant<'m>> = names.chain(parts.map(Meant::Word)).collect();
    all.sort_unstable();
    all.dedup();
    let long = |meant: &Meant<'_>| match meant {
        Meant::Word(part) if far >= FAR => {
            // `quize`; a word that counts nothing is as short as many others.
            let counts = vocabulary.entry(part).spelled.is_some();
            form.len() > SHORT + usize::from(!counts)
        }
        Meant::Word(_) | Meant::Name(_) => true,
    };
    match all.as_slice() {
        [only] if long(only) => Some((far, *only)),
        _ => None,
    }
}

/// Whether a word beside a strange one, or the number, belongs to products with the word
/// that it may be: `arame farbado`, `trenna de 5`.
fn is_backed(message: &Message<'_>, at: usize, name: &str, catalog: &Catalog) -> bool {
    let (index, vocabulary) = (catalog.index(), catalog.vocabulary());
    let Some(own) = index.find(name) else { return false };
    let shares = |step| {
        let other =
            beside(message, at, step).and_then(|other| index.find(message.canonical(other)));
        other.is_some_and(|other| other != own && share_a_product(own, other, index))
    };
    let of = usize::from(message.word(at + 1) == "de");
    let sized = || match message.kind(at + 1 + of) {
        Some(Kind::Number(number)) => {
            let needles =
                [Needle::word(name, index, vocabulary), Needle::number(number, None, index)];
            any_holds(&needles, index, Reach::Exact)
        }
        _ => false,
    };
    message.word(at).len() >= 5 && (shares(-1) || shares(1) || sized())
}

/// Whether a number stands right before a token.
fn is_counted(message: &Message<'_>, at: usize) -> bool {
    let number = |before: usize| {
        message.spelled(before).is_some()
            || message.tokens.get(before).is_some_and(|token| token.number().is_some())
    };
    at.checked_sub(1).is_some_and(number)
}

/// Parts the words of a message that nothing parts.
fn part(message: &mut Message<'_>, catalog: &Catalog) {
    let mut cuts = Vec::new();
    for at in 0..message.tokens.len() {
        if !is_strange(message, at, catalog) || message.word(at).len() < 5 {
            continue;
        }
        let before = if is_counted(message, at) { Part::Number } else { Part::Nothing };
        let number = message.tokens.get(at + 1).filter(|next| next.glued);
        let coded = number.is_some_and(|next| next.number().is_some());
        if let Some(ends) = parts(message.word(at), before, coded, catalog) {
            cuts.extend(ends.into_iter().map(|end| (at, end)));
        }
    }
    if !cuts.is_empty() {
        message.part(&cuts);
    }
}

/// What a part of a glued word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It begins the word, behind no number.
    Nothing,
    /// `um`, `uma`.
    Article,
    /// A number, in words or before the word.
    Number,
    /// `e` between numbers.
    And,
    /// `em`.
    In,
    /// A unit.
    Unit,
    /// `de` and its like.
    Of,
    /// Goods of the trade.
    Good,
    /// `cp` before its number.
    Grade,
}

impl Part {
    /// What a piece of a word may be.
    fn of(piece: &str, coded: bool, catalog: &Catalog) -> Option<Self> {
        let (own, vocabulary) = (stem(piece), catalog.vocabulary());
        Some(match (piece, vocabulary.entry(piece).spelled) {
            ("um" | "uma", _) => Self::Article,
            ("de" | "do" | "da", _) => Self::Of,
            ("em" | "en", _) => Self::In,
            ("e", _) => Self::And,
            ("cp" | "ac", _) if coded => Self::Grade,
            (_, Some(number)) if number != Spelled::Half => Self::Number,
            _ if piece.len() < 4 => return None,
            _ if vocabulary.measure(&own).is_some() => Self::Unit,
            _ if vocabulary.is_good(&own) => Self::Good,
            _ => return None,
        })
    }

    /// Whether one part may stand behind another in a word that nothing parts.
    fn follows(self, before: Self) -> bool {
        match before {
            Self::Nothing => !matches!(self, Self::And | Self::Grade),
            Self::Article | Self::In => self == Self::Unit,
            Self::Number => {
                matches!(self, Self::Number | Self::And | Self::Unit | Self::Good | Self::Of)
            }
            Self::And => self == Self::Number,
            Self::Unit => matches!(self, Self::Of | Self::Good),
            Self::Of => self == Self::Good,
            Self::Good => self == Self::Grade,
            Self::Grade => false,
        }
    }

    /// Whether a word may end with it.
    fn ends(self) -> bool {
        !matches!(self, Self::Nothing | Self::Article | Self::And | Self::In)
    }
}

/// Where a word parts into others, behind what stands before it: `sacos|de|cimento`,
/// `vinte|cinco`, `um|metro`. None for a word that is one.
fn parts(word: &str, first: Part, coded: bool, catalog: &Catalog) -> Option<Vec<usize>> {
    /// Of so many parts a word consists at most.
    const MOST: usize = 4;
    let mut open: Vec<(usize, Part, Vec<usize>)> = vec![(0, first, Vec::new())];
    while let Some((start, before, cuts)) = open.pop() {
        for end in start + 1..=word.len() {
            let last = end == word.len();
            let Some(piece) = word.get(start..end) else { continue };
            let Some(part) = Part::of(piece, coded && last, catalog) else { continue };
            // `sacode` is two words only behind a number.
            let loose = part == Part::Of && last && first != Part::Number;
            if !part.follows(before) || loose {
                continue;
            }
            let mut cuts = cuts.clone();
            match last {
                true if part.ends() && !cuts.is_empty() => return Some(cuts),
                false if cuts.len() + 1 < MOST => {
                    cuts.push(end);
                    open.push((end, part, cuts));
                }
                _ => {}
            }
        }
    }
    None
}
