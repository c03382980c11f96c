//! Words by which a customer takes back what stands before them in the message: `digo`,
//! `ou melhor`, a `não` between commas. What that comes to is settled in `corrected`.

use super::{Ask, Corrects, Edit, Reader};
use crate::reading::lexeme::What;
use crate::reading::roles::Role;
use crate::reading::verbs::Verb;

impl Reader<'_> {
    /// `digo`, `perdão`: the number that follows takes the place of the last one.
    pub(super) fn correct(&mut self, at: usize) {
        let told = self.clause.replaces || self.open.corrects != Corrects::Nothing;
        if told && !self.open.has_words() {
            // `minto, 11, contei de novo`
            self.close();
        }
        if self.open.has_words() {
            if self.open.amount.is_none() && !self.done.is_empty() {
                // `…, o joelho na verdade são 7`
                self.open.corrects = Corrects::Same;
            }
            if self.open.amount.is_none() && self.clause.edit == Edit::Ask {
                // `dobradiça na verdade são 18`, of what stands in the order
                self.open.restates = self.open.restates.or(Some(self.open.needles.len()));
            }
            self.close();
        }
        self.clause.replaces = true;
        // `12, digo, 15 sacos` takes back its own number only.
        let of_number = self.open.amount.is_some();
        self.clause.corrects = match self.adds(at + 1) {
            _ if self.done.is_empty() || of_number => Corrects::Nothing,
            true => Corrects::Same,
            false => Corrects::Last,
        };
        // `12, digo, 15` says it before.
        let ends = match self.what(at + 1) {
            None | Some(What::Stop) => true,
            Some(What::Joint) => !matches!(self.what(at + 2), Some(What::Number { .. })),
            _ => false,
        };
        let counted = |last: &Ask| last.has_words() && last.amount.is_some();
        if ends && self.open.amount.is_some() && self.done.last().is_some_and(counted) {
            // `…, 60 na verdade` says it behind.
            self.close();
            return;
        }
        if !matches!(self.what(at + 1), None | Some(What::Stop)) {
            self.open.amount = None;
        }
        self.next.correct = true;
    }

    /// `cimento 10 não 15`, `não, 12`, `*12`: a no, or an asterisk at a line's beginning,
    /// before a number with no goods behind it.
    pub(super) fn corrects(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.what(before));
        // `3 joelhos, não, 5`, `3 joelhos não, 5`
        let counted_before = self.open.has_words() && self.open.amount.is_some();
        let begins = matches!(before, None | Some(What::Stop | What::Noise))
            || matches!(before, Some(What::Joint | What::Term(_))) && counted_before;
        let parted = matches!(self.what(at + 1), Some(What::Joint | What::Stop));
        let number = match self.word(at) {
            "nao" | "n" if self.is_taken_back(at) => return true,
            "nao" | "n" if begins && parted => at + 2,
            "nao" | "n" if matches!(before, Some(What::Number { .. } | What::Measure(..))) => {
                // `trena de 8 não, de 5`
                let of = at + 1 + usize::from(parted);
                if matches!(self.what(of), Some(What::Of)) { of + 1 } else { at + 1 }
            }
            // `60 metros, melhor 80`
            "melhor" if matches!(before, Some(What::Joint)) && counted_before => {
                let article = usize::from(matches!(self.word(at + 1), "o" | "a" | "os" | "as"));
                let of = usize::from(matches!(self.what(at + 1 + article), Some(What::Of)));
                if self.names_goods(at + 1 + article + of) && !self.ends(at + 1) {
                    return true;
                }
                at + 1
            }
            "*" if begins && self.is_only_asterisk() => at + 1,
            _ => return false,
        };
        let counted = matches!(self.what(number), Some(What::Number { article: false, .. }));
        let measured = matches!(self.what(number + 1), Some(What::Measure(..)));
        counted && !self.begins_ask(number + 1) && self.ends(number + 1 + usize::from(measured))
    }

    /// Whether no list is written by asterisks.
    fn is_only_asterisk(&self) -> bool {
        let mut found =
            self.lexemes.iter().filter(|lexeme| self.message.is_mark(lexeme.from, &['*']));
        found.nth(1).is_none()
    }

    /// `3 rolos… não, 2 rolos de manta`: a no behind a number that stood for no goods, where
    /// another one does.
    pub(super) fn takes_back(&self, at: usize) -> bool {
        let bare = |last: &Ask| !last.has_words() && last.amount.is_some();
        let begins = matches!(at.checked_sub(1).and_then(|at| self.what(at)), Some(What::Stop));
        begins
            && matches!(self.word(at), "nao" | "n")
            && matches!(self.what(at + 1), Some(What::Joint | What::Stop))
            && matches!(self.what(at + 2), Some(What::Number { article: false, .. }))
            && self.begins_ask(at + 3)
            && self.done.last().is_some_and(bare)
    }

    /// `1 registro de gaveta, não, é de pressão`: whether a no behind a comma is followed by
    /// other goods or another number than were asked for.
    fn is_taken_back(&self, at: usize) -> bool {
        /// As many words may stand between, and exclaim before.
        const FARTHEST: usize = 7;
        let last = if self.open.has_words() { Some(&self.open) } else { self.done.last() };
        let mut before = (0..at).rev().take(FARTHEST);
        let before = before.find(|before| !self.is_exclaimed(*before));
        let begins = before.is_none_or(|before| {
            before + 1 < at && !matches!(self.what(before), Some(What::Of))
                || matches!(self.what(before), Some(What::Joint | What::Stop))
        });
        let little = |next: &usize| {
            let between = matches!(
                self.what(*next),
                Some(What::Noise | What::Joint | What::Of | What::Verb(Verb::Correct | Verb::Put))
            );
            between || *next == at + 1 && matches!(self.what(*next), Some(What::Stop))
        };
        let next = at + 1 + (at + 1..at + FARTHEST).take_while(little).count();
        let parted =
            (at + 1..next).any(|next| matches!(self.what(next), Some(What::Joint | What::Stop)));
        begins
            && parted
            && self.names_goods(next)
            && last.is_some_and(|last| last.has_words() && !last.takes_out())
    }

    /// `ah não`, `ihh, não`, `kkk não`
    fn is_exclaimed(&self, at: usize) -> bool {
        let exclaims = matches!(
            self.word(at).trim_end_matches('h'),
            "a" | "i" | "ai" | "o" | "e" | "eita" | "vixe" | "ops" | "nao" | "n"
        );
        (exclaims || self.word(at).starts_with("kk")) && matches!(self.what(at), Some(What::Noise))
    }

    /// Whether goods or how many are named right here.
    fn names_goods(&self, at: usize) -> bool {
        matches!(
            self.what(at),
            Some(What::Number { .. } | What::Term(_) | What::Size(_) | What::Measure(..))
        )
    }

    /// `opa, e 5 cal`, `ops, faltou a areia`: whether what follows comes on top.
    fn adds(&self, at: usize) -> bool {
        let next = at + usize::from(self.word(at) == ",");
        let and = self.word(next) == "e" && !self.is_copula(next) && self.names_goods(next + 1);
        let says = |at: usize| {
            self.lexemes.get(at).is_some_and(|word| self.message.plays(word.from, Role::OnTop))
        };
        and || self.sentence(at, 16).any(says)
    }

    /// `então`, `no total`, an asterisk before a line: what follows may say again what was said.
    pub(super) fn sums_up(&self, at: usize) -> bool {
        let begins = matches!(at.checked_sub(1).and_then(|at| self.what(at)), Some(What::Stop));
        match self.word(at) {
            "entao" => true,
            "todo" => at > 0 && self.word(at - 1) == "ao",
            "total" => {
                at > 0 && self.word(at - 1) == "no"
                    || matches!(self.what(at + 1), Some(What::Number { .. }))
            }
            "*" => begins && self.is_only_asterisk() && self.begins_ask(at + 2),
            _ => false,
        }
    }

    /// Whether a lexeme is `é`, and no `e`.
    pub(super) fn is_copula(&self, at: usize) -> bool {
        let token = self.lexemes.get(at).map_or(0, |lexeme| lexeme.from);
        self.message.own_words(token, token + 1).to_lowercase() == "é"
    }

    /// `são 14`, `põe 8`, `deu 24`: whether a number is told anew, and not asked about.
    pub(super) fn is_told(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let copula = matches!(
            self.word(before),
            "sao" | "eh" | "era" | "eram" | "deu" | "ficam" | "seria" | "seriam" | "fica" | "da"
        );
        let put = matches!(self.what(before), Some(What::Verb(Verb::Put)))
            // `faz 36 m`, where `faz 36` may be a price
            || self.word(before) == "faz" && matches!(self.what(at + 1), Some(What::Measure(..)));
        (copula || self.is_copula(before) || put) && !self.is_asked(at)
    }
}
