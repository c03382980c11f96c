//! Verbs that edit an order: what follows is taken out, replaced, or has another number.

use super::{Ask, Edit, Reader};
use crate::catalog::index::Reach;
use crate::catalog::matcher::Needle;
use crate::reading::lexeme::{Verb, What};

impl Reader<'_> {
    /// `muda a tomada pra 20a`: what stands is replaced by another of its kind.
    pub(super) fn purpose(&mut self, at: usize) {
        if !self.altering || self.open.needles.is_empty() {
            return;
        }
        let replaced = match self.what(at + 1) {
            Some(What::Number { value, article: false }) => {
                let unit = match self.what(at + 2) {
                    Some(What::SizeUnit(unit)) => Some(*unit),
                    _ => None,
                };
                let counted = matches!(self.what(at + 2), Some(What::Measure(..)));
                !counted && self.family_has(&Needle::number(*value, unit, self.catalog.index()))
                    || unit.is_some()
                        && self
                            .fits(&Needle::number(*value, unit, self.catalog.index()), Reach::Kin)
            }
            Some(What::Term(_) | What::Size(_)) => true,
            _ => false,
        };
        if replaced {
            self.edit = Edit::Remove;
            self.close();
            self.edit = Edit::Ask;
            self.altering = false;
        } else {
            self.to_amount = true;
        }
    }

    pub(super) fn verb(&mut self, verb: Verb, at: usize) -> usize {
        match verb {
            Verb::Remove => {
                self.close();
                self.edit = Edit::Remove;
            }
            Verb::Put => {
                self.close();
                self.wants = true;
                self.edit = Edit::Ask;
            }
            Verb::Replace => {
                if self.open.has_words() && matches!(self.what(at + 1), Some(What::Verb(Verb::By)))
                {
                    // `A troca por B`
                    self.edit = Edit::Remove;
                    self.close();
                    self.edit = Edit::Ask;
                    self.replacing = true;
                    return at + 2;
                }
                self.close();
                self.edit = Edit::Remove;
                self.swapping = true;
                if matches!(self.what(at + 1), Some(What::Verb(Verb::By))) {
                    let whole = self.lexemes.get(at).map_or((0, 0), |verb| (verb.from, verb.to));
                    self.done.push(Ask {
                        edit: Edit::Remove,
                        implied: true,
                        whole,
                        ..Ask::default()
                    });
                }
            }
            Verb::By => {
                if self.swapping {
                    self.close();
                    self.edit = Edit::Ask;
                    self.swapping = false;
                    self.replacing = true;
                }
            }
            Verb::Alter => {
                self.close();
                self.edit = Edit::Ask;
                self.altering = true;
                self.replaces = true;
            }
            Verb::InsteadOf => return self.instead_of(at),
            Verb::AndNot => return self.and_not(at),
            Verb::NotNeeded => {
                if self.open.has_words() {
                    self.open = Ask::default();
                } else if self.done.last().is_some_and(Ask::has_words) {
                    self.done.pop();
                }
            }
            Verb::More => {
                if self.open.has_words() {
                    self.close();
                }
                self.joint = true;
                self.more = true;
            }
            Verb::Correct => {
                if self.open.has_words() {
                    self.close();
                }
                if !matches!(self.what(at + 1), None | Some(What::Stop)) {
                    self.open.amount = None;
                }
                self.correct = true;
                self.replaces = true;
            }
            Verb::Price => self.price = true,
            Verb::Have => self.have = true,
        }
        at + 1
    }

    /// `em vez de 10`: the number is no more; `em vez de cal`: the words are.
    pub(super) fn instead_of(&mut self, at: usize) -> usize {
        let bare = matches!(self.what(at + 1), Some(What::Number { .. }))
            && !self.begins_ask(at + 2)
            && (self.open.has_words() || self.done.last().is_some_and(Ask::has_words));
        let corrected = matches!(self.what(at + 1), Some(What::Number { .. }))
            && matches!(self.what(at + 2), Some(What::Noise))
            && matches!(self.what(at + 3), Some(What::Number { .. }));
        if bare || corrected {
            // `em vez de 10 são 15 telhas`
            return at + 2;
        }
        if self.open.has_words() {
            // `põe B em vez de A`
            self.close();
            self.edit = Edit::Remove;
        } else {
            self.outdated = true;
        }
        at + 1
    }

    /// `e não 20`, `e não de areia fina`.
    pub(super) fn and_not(&mut self, at: usize) -> usize {
        if matches!(self.what(at + 1), Some(What::Number { .. })) && !self.begins_ask(at + 2) {
            return at + 2;
        }
        self.close();
        self.edit = Edit::Remove;
        at + 1
    }
}
