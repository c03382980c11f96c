//! Misspelt words: which of many known words one may be, by how they sound.

use super::words::{is_vowel, sound};
use crate::catalog::table::short_hash;

/// How known words sound, each with up to one letter left out, so that a word one
/// letter off is found without comparing it with them all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sounds {
    /// The short hash of a sound and the number of a word; sorted.
    hashes: Vec<(u32, u32)>,
}

/// The shortest word that is looked for.
const SHORTEST: usize = 4;

/// What sounds the same is nearer than this.
pub(crate) const FAR: usize = 8;

/// Whether a word is another by a slip of the hand that leaves all other letters as they
/// are: one is missing (`gordra`), or two stand in each other's place (`torneria`).
pub(crate) fn slip(word: &str, meant: &str) -> bool {
    let (own, meant) = (word.as_bytes(), meant.as_bytes());
    let at = own.iter().zip(meant).take_while(|(own, meant)| own == meant).count();
    if meant.len() == own.len() + 1 {
        return own.get(at..) == meant.get(at + 1..);
    }
    own.len() == meant.len()
        && at + 2 <= own.len()
        && own.get(at) == meant.get(at + 1)
        && own.get(at + 1) == meant.get(at)
        && own.get(at + 2..) == meant.get(at + 2..)
}

impl Sounds {
    /// Learns words by their numbers. Words with anything but plain letters are passed over.
    pub(crate) fn new<'w>(words: impl Iterator<Item = (u32, &'w str)>) -> Self {
        let mut hashes = Vec::new();
        let mut without = String::new();
        for (number, word) in words.filter(|(_, word)| is_plain(word)) {
            each_sound(word, |spoken| push_hashes(spoken, number, &mut without, &mut hashes));
            // Without the vowel behind it an `m` sounds as an `n` does: `tomda`.
            for at in (1..word.len().saturating_sub(1)).filter(|at| follows_m(word, *at)) {
                without.clear();
                without.push_str(word.get(..at).unwrap_or_default());
                without.push_str(word.get(at + 1..).unwrap_or_default());
                hashes.push((short_hash(&sound(&without)), number));
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes.shrink_to_fit();
        Self { hashes }
    }

    /// The words nearest to a misspelt one, all at the same distance, with that
    /// distance; none when all are too far.
    pub(crate) fn nearest<'w>(
        &self,
        word: &str,
        known: impl Fn(u32) -> &'w str,
    ) -> (usize, Vec<u32>) {
        /// Words that share a hash and are compared at most.
        const MOST: usize = 32;
        if !is_plain(word) {
            return (usize::MAX, Vec::new());
        }
        let mut near: Vec<(usize, u32)> = Vec::new();
        let (mut asked, mut alike, mut without) = (Vec::new(), Vec::new(), String::new());
        each_sound(word, |spoken| {
            asked.clear();
            alike.clear();
            push_hashes(spoken, 0, &mut without, &mut asked);
            for (hash, _) in &asked {
                let start = self.hashes.partition_point(|(known, _)| known < hash);
                let here = self.hashes.get(start..).unwrap_or_default().iter();
                let here = here.take_while(|(known, _)| known == hash).take(MOST);
                alike.extend(here.map(|(_, number)| *number));
            }
            // Words that sound alike share many hashes.
            alike.sort_unstable();
            alike.dedup();
            let distances =
                alike.iter().map(|number| (distance(known(*number), word, spoken), *number));
            near.extend(distances.filter_map(|(distance, number)| Some((distance?, number))));
        });
        near.sort_unstable();
        near.dedup();
        let best = near.first().map_or(usize::MAX, |(distance, _)| *distance);
        let nearest = near.into_iter().take_while(|(distance, _)| *distance == best);
        (best, nearest.map(|(_, number)| number).collect())
    }

    /// The bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<(u32, u32)>() * self.hashes.capacity()
    }
}

fn is_plain(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// How far a misspelt word is from a known one; `None` when too far. Sounds are
/// a letter apart at most in longer words, letters one, or two that sound the same.
fn distance(known: &str, word: &str, spoken: &str) -> Option<usize> {
    const FARTHEST: usize = 2;
    let letters = edits(known, word).filter(|letters| *letters <= FARTHEST)?;
    let mut best = None;
    each_sound(known, |sound| {
        let first = spoken.get(..1) == sound.get(..1);
        // The stem of `licha` beside `lixa`, which is too short to lose its last vowel.
        let short = sound.strip_suffix(['a', 'u']) == Some(spoken);
        let vowel = leaves_out_a_vowel(word, known);
        let allowed = usize::from((word.len() > SHORTEST || short || vowel) && first);
        let sounds = match sound == spoken {
            true => Some(0),
            // `tomda` sounds as `tonda`.
            false if vowel => Some(1),
            false => edits(sound, spoken),
        };
        let Some(sounds) = sounds.filter(|sounds| *sounds <= allowed) else { return };
        if letters <= 1 || sounds == 0 || short {
            let far = sounds * FAR + letters;
            best = Some(best.map_or(far, |best: usize| best.min(far)));
        }
    });
    best
}

/// Whether a vowel behind an `m` stands at a place of a word of plain letters.
fn follows_m(word: &str, at: usize) -> bool {
    matches!(word.as_bytes().get(at - 1..=at), Some([b'm', vowel]) if is_vowel(*vowel))
}

/// `tomda` beside `tomada`: whether a word is a known one without one of its vowels.
fn leaves_out_a_vowel(word: &str, known: &str) -> bool {
    fn consonants(word: &str) -> impl Iterator<Item = u8> {
        word.bytes().filter(|letter| !is_vowel(*letter))
    }
    word.len() + 1 == known.len() && consonants(word).eq(consonants(known))
}

/// How many letters are put in, left out, changed or swapped with the next between two
/// words of plain letters; `None` when their lengths say that there are more than two.
fn edits(one: &str, other: &str) -> Option<usize> {
    (one.len().abs_diff(other.len()) <= 2).then(|| strsim::osa_distance(one, other))
}

/// How a word sounds: a `c` without its cedilla may be an `s`, too (`dobradica`).
fn each_sound(word: &str, mut take: impl FnMut(&str)) {
    let hard = sound(word);
    take(&hard);
    let cedilla = word.bytes().skip(1).any(|byte| byte == b'c');
    if cedilla {
        let mut soft = String::with_capacity(word.len());
        let mut letters = word.chars().enumerate().peekable();
        while let Some((at, letter)) = letters.next() {
            let digraph = letters.peek().is_some_and(|(_, next)| *next == 'h');
            soft.push(if letter == 'c' && at > 0 && !digraph { 's' } else { letter });
        }
        let soft = sound(&soft);
        if soft != hard {
            take(&soft);
        }
    }
}

/// The hashes of a sound, whole and with each letter but the first left out.
fn push_hashes(spoken: &str, number: u32, without: &mut String, hashes: &mut Vec<(u32, u32)>) {
    hashes.push((short_hash(spoken), number));
    if spoken.len() >= SHORTEST {
        for at in 1..spoken.len().min(24) {
            without.clear();
            without.push_str(spoken.get(..at).unwrap_or_default());
            without.push_str(spoken.get(at + 1..).unwrap_or_default());
            hashes.push((short_hash(without), number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 8] =
        ["argamassa", "dobradica", "cimento", "torneira", "lampada", "cano", "cabo", "tomad"];

    #[track_caller]
    fn check(misspelt: &str, expected: &[&str]) {
        let sounds = Sounds::new((0_u32..).zip(WORDS));
        let known = |number: u32| WORDS[number as usize];
        let found: Vec<&str> = sounds.nearest(misspelt, known).1.into_iter().map(known).collect();
        assert_eq!(found, expected, "{misspelt}");
    }

    #[test]
    fn a_word_is_found_by_its_sound_or_with_one_letter_off() {
        check("dobradissa", &["dobradica"]);
        check("simento", &["cimento"]);
        check("tornera", &["torneira"]);
        check("lanpada", &["lampada"]);
        check("lampda", &["lampada"]);
        check("argamaca", &["argamassa"]);
        check("tomd", &["tomad"]);
        check("kab", &[]);
        check("kanh", &["cano"]);
    }

    #[test]
    fn short_words_one_letter_apart_are_not_confused() {
        check("cavo", &[]);
        check("c4bo", &[]);
        check("martelo", &[]);
    }
}
