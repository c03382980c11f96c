//! Verbs that edit an order: what follows, or what stands before them at a
//! clause's end, is taken out, replaced, or has another number.

use super::{Ask, Counts, Course, Edit, Reader, Whole};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fitting};
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::verbs::Verb;

impl Reader<'_> {
    /// Reads a verb; gives the next lexeme to read.
    pub(super) fn verb(&mut self, verb: Verb, at: usize) -> usize {
        match verb {
            Verb::Remove | Verb::Cancel | Verb::NoLonger => return self.remove(verb, at),
            Verb::Without => self.without(at),
            Verb::Leave => self.begin_edit(Edit::Leave),
            Verb::Keep => self.keep(at),
            Verb::Unneeded => return self.unneeded(at),
            Verb::NotThis => return self.not_this(at),
            Verb::AndNot => return self.and_not(at),
            Verb::InsteadOf => return self.instead_of(at),
            Verb::Put if self.is_let_go(at) => self.begin_edit(Edit::Remove),
            Verb::Put if let Some(next) = self.counted_by(at) => return next,
            Verb::Put => {
                if self.open.has_words() && self.stands_before(at) && self.counts_anew(at + 1) {
                    // `tira a areia, e o cimento deixa só 1`
                    self.clause.edit = Edit::Ask;
                }
                self.begin_edit(Edit::Ask);
                self.clause.wants = true;
                self.clause.anew = at > 0 && self.word(at - 1) == "mas";
            }
            Verb::Replace => return self.replace(at),
            Verb::By => self.by(),
            Verb::Alter => return self.alter(at, None),
            Verb::Raise => return self.alter(at, Some(Counts::OnTop)),
            Verb::Lower => return self.alter(at, Some(Counts::Less)),
            Verb::More => {
                let joined = (self.joint || self.clause.replaces) && self.open.amount.is_some();
                if self.open.has_words() || joined {
                    // `32 m² e mais o rodapé`
                    self.close();
                }
                self.joint = true;
                self.next.counts = Counts::OnTop;
            }
            Verb::Fewer => self.fewer(at),
            Verb::Except => self.except(at),
            Verb::Double => self.times(at, 2),
            Verb::Triple => self.times(at, 3),
            Verb::Only => self.only(at),
            Verb::Off => self.count_behind(Counts::Less),
            Verb::OnTop => self.count_behind(Counts::OnTop),
            Verb::Correct => self.correct(at),
            Verb::Price => {
                let listed = self.joint && self.open.amount.is_some() && !self.done.is_empty();
                if listed && self.open.has_words() {
                    // `uma ducha e uma pia, quanto fica em 6x?`: one of each is wanted.
                    self.close();
                }
                self.clause.price = true;
            }
            Verb::Have => self.clause.have = true,
            Verb::Away => self.begin_edit(Edit::Ask),
        }
        at + 1
    }

    /// `joelho 20 quero 8, luva 20 quero 4`, `a cal fica com 3 sacos`, `do rolinho deixa só 2`:
    /// a verb between goods and how many. Gives the lexeme behind the number.
    fn counted_by(&mut self, at: usize) -> Option<usize> {
        let only = matches!(self.what(at + 1), Some(What::Verb(Verb::Only)));
        let number = at + 1 + usize::from(only);
        let counts = self.clause.edit == Edit::Ask
            && self.open.amount.is_none()
            && self.counts_anew(at + 1)
            && (self.open.has_words() || self.open.is_a_container(self.catalog.index()));
        let Some(What::Number { value, article: false }) = self.what(number).filter(|_| counts)
        else {
            return None;
        };
        let value = *value;
        if self.open.needles.is_empty() {
            self.open.name_by_container();
        }
        self.open.restates = Some(self.open.needles.len());
        if only {
            self.open.counts = Counts::Instead;
        }
        Some(self.amount(number, value, false))
    }

    /// `deixa a areia pra lá`: whether what a verb puts in is let go at the clause's end.
    fn is_let_go(&self, at: usize) -> bool {
        /// As many lexemes are looked at.
        const FARTHEST: usize = 16;
        let lets = self.word(at).starts_with("deix");
        let goods = |next: &usize| {
            let parts = matches!(self.what(*next), None | Some(What::Stop | What::Verb(_)));
            !parts && self.word(*next) != ","
        };
        let counted = (at + 1..at + FARTHEST)
            .find(|next| !matches!(self.what(*next), Some(What::Noise)))
            .is_some_and(|first| matches!(self.what(first), Some(What::Number { .. })));
        let end = at + 1 + (at + 1..at + FARTHEST).take_while(goods).count();
        lets && !counted
            && matches!(self.what(end), Some(What::Verb(Verb::Away)))
            && self.clause_ends(end + 1)
    }

    /// Whether a number follows with no goods behind it: `só 1`.
    fn counts_anew(&self, at: usize) -> bool {
        let number = at + usize::from(matches!(self.what(at), Some(What::Verb(Verb::Only))));
        let unit = usize::from(matches!(self.what(number + 1), Some(What::Measure(..))));
        matches!(self.what(number), Some(What::Number { .. })) && self.ends(number + 1 + unit)
    }

    /// What follows is of another kind than what stood before.
    pub(super) fn begin_edit(&mut self, edit: Edit) {
        self.close();
        self.clause.edit = edit;
        self.clause.only = false;
    }

    /// Ends the open ask with an edit that is said behind it: `a areia pode tirar`.
    pub(super) fn close_as(&mut self, edit: Edit) {
        let others = std::mem::replace(&mut self.clause.edit, edit);
        self.close();
        self.clause.edit = others;
    }

    /// `tira a areia`, `a areia pode tirar`, `cancela tudo`, `o resto cancela`.
    fn remove(&mut self, verb: Verb, at: usize) -> usize {
        if let Some((whole, next)) = self.names_all(at + 1) {
            self.begin_edit(Edit::Ask);
            self.set_whole(whole, at, next);
            return next;
        }
        if self.is_denied_behind(at) && !self.clause_ends(at + 1) {
            return at + 1;
        }
        if verb == Verb::NoLonger
            && let Some(next) = self.outdated_number(at + 1)
        {
            return next;
        }
        if verb == Verb::Remove && self.word(at) == "sai" && !self.enters(at + 1) {
            return at + 1;
        }
        if self.clause_ends(at + 1) {
            let named = self.open.has_words() || self.open.is_a_container(self.catalog.index());
            // `já tenho marreta em casa, tira ela`
            let told_of = verb == Verb::Remove && self.open.amount.is_none();
            if named && (told_of || self.stands_before(at)) {
                self.close_as(Edit::Remove);
                return at + 1;
            }
            if let Some(last) = self.done.last_mut().filter(|last| last.edit == Edit::Unneeded) {
                // `o rejunte eu já tenho, pode tirar`
                last.edit = Edit::Remove;
                return at + 1;
            }
            if at > 0 && (1..=2).any(|back| at >= back && self.word(at - back) == "resto") {
                self.set_whole(Whole::Others, at, at + 1);
                return at + 1;
            }
            if verb != Verb::Remove {
                // It is said of the order, and of nothing behind the comma.
                return at + 1;
            }
        }
        self.begin_edit(Edit::Remove);
        at + 1
    }

    /// `sai a brita 1, entra a brita 2`: whether something enters in the same sentence.
    fn enters(&self, at: usize) -> bool {
        self.sentence(at, 24)
            .any(|at| matches!(self.word(at), "entra" | "entram" | "poe" | "bota" | "coloca"))
    }

    fn without(&mut self, at: usize) {
        let behind_goods = at > 0
            && matches!(
                self.what(at - 1),
                Some(
                    What::Term(_)
                        | What::Foreign(_)
                        | What::Size(_)
                        | What::SizeUnit(_)
                        | What::Number { .. }
                        | What::Measure(..)
                )
            );
        let article = matches!(self.word(at + 1), "o" | "a" | "os" | "as");
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        if matches!(
            before,
            "to" | "ta" | "tao" | "tava" | "estou" | "esta" | "estamos" | "fiquei" | "ficou"
        ) {
            // `tô sem cimento`
            return;
        }
        if at == 0 && article {
            self.begin_edit(Edit::Remove);
        } else if !behind_goods && self.goods_follow(at + 1) {
            self.begin_edit(Edit::Unneeded);
        }
    }

    /// `tira a areia, o cimento pode mandar`, `tira a areia e mantém o cimento`.
    fn keep(&mut self, at: usize) {
        let removes = self.clause.edit == Edit::Remove;
        if removes && self.clause_ends(at + 1) && self.stands_before(at) {
            self.close_as(Edit::Keep);
        } else if self.goods_follow(at + 1) && self.word(at).starts_with("mant") {
            self.begin_edit(Edit::Keep);
        }
    }

    /// Whether a verb is denied by the word behind it: `quero não`.
    fn is_denied_behind(&self, at: usize) -> bool {
        let denies = |token| matches!(self.message.word(token), "nao" | "n");
        self.lexemes.get(at).is_some_and(|verb| denies(verb.to - 1) && !denies(verb.from))
    }

    /// `não precisa de areia`, `areia não precisa`, `não quero 10`.
    fn unneeded(&mut self, at: usize) -> usize {
        if self.is_denied_behind(at) && !self.clause_ends(at + 1) {
            return at + 1;
        }
        if let Some(next) = self.outdated_number(at + 1) {
            return next;
        }
        if self.goods_follow(at + 1) {
            self.begin_edit(Edit::Unneeded);
        } else if self.clause_ends(at + 1) && self.stands_before(at) {
            self.close_as(Edit::Unneeded);
        }
        at + 1
    }

    /// `cimento não`, `10 não, 12`: a bare `não` right behind, at a clause's end.
    pub(super) fn refusal(&mut self, at: usize) {
        if self.corrects(at) {
            return self.correct(at);
        }
        if self.takes_back(at) {
            self.done.pop();
            return;
        }
        let asked =
            self.lexemes.get(at + 1).is_some_and(|next| self.message.word(next.from) == "?");
        let refused = matches!(self.word(at), "nao" | "n")
            && self.clause.edit != Edit::Remove
            && !(self.clause.price || self.clause.have || asked)
            && self.clause_ends(at + 1)
            && self.stands_before(at);
        if refused && self.open.has_words() {
            self.close_as(Edit::Unneeded);
        } else if refused && let Some(amount) = self.open.amount.take() {
            self.next.was = Some(amount.value);
            self.open = Ask::default();
        }
    }

    /// Whether `é` stands behind goods that were named as known: `o bloco é`.
    pub(super) fn restates(&self, at: usize) -> bool {
        let token = |at: usize| self.lexemes.get(at).map_or(0, |lexeme| lexeme.from);
        let own = |token: usize| self.message.own_words(token, token + 1).to_lowercase();
        let before = self.open.words.0.checked_sub(1);
        let article = before.map_or("", |token| self.message.word(token));
        // `tábua são 14`
        let begins = before.is_none_or(|token| self.message.word(token).is_empty());
        // `cimento pode ser 15`
        // `a mangueira faz 25`
        let makes = self.word(at) == "faz"
            && matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && self.counts_anew(at + 1);
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        // `a porta tem que ser a de 80`
        let must = matches!(before, "que" | "vai" | "vao" | "deve" | "devem" | "precisa");
        let can_be = self.word(at) == "ser"
            && (must
                || matches!(before, "pode" | "podem")
                    && matches!(self.what(at + 1), Some(What::Number { .. })));
        (can_be || makes || matches!(self.word(at), "e" | "eh" | "sao"))
            && (begins || matches!(article, "o" | "a" | "os" | "as" | "so" | "somente"))
            && self.open.amount.is_none()
            && self.open.restates.is_none()
            && (can_be || makes || matches!(own(token(at)).as_str(), "é" | "eh" | "são" | "sao"))
            && (!self.open.needles.is_empty() || self.open.is_a_container(self.catalog.index()))
    }

    /// `o rodapé é de 7, não de 15`: what it is no more.
    ///
    /// Gives the lexeme behind it.
    pub(super) fn denied_old(&mut self, at: usize) -> Option<usize> {
        let denies = self.open.restates.is_some() && matches!(self.word(at), "nao" | "n");
        let of = usize::from(matches!(self.what(at + 1), Some(What::Of)));
        let old = matches!(
            self.what(at + 1 + of),
            Some(What::Term(_) | What::Size(_) | What::Number { .. })
        );
        if let Some(What::Number { value, .. }) = self.what(at + 1).filter(|_| denies) {
            // `a areia é 5 metros, não 3`
            self.open.was = Some(*value);
        }
        (denies && old).then_some(at + 2 + of)
    }

    /// `era pra ser 20 luvas, não 2`: the number it is no more, where it was put right before.
    pub(super) fn denied_number(&mut self, at: usize) -> Option<usize> {
        let counted = self.open.amount.is_some();
        // `faz 30 metros de fio 4 azul, não 20`, and nothing more.
        let behind = counted
            && self.open.has_words()
            && at > 0
            && matches!(self.what(at - 1), Some(What::Joint))
            && matches!(self.what(at + 1), Some(What::Number { .. }))
            && self.lexemes.len() <= at + 3;
        let denies = matches!(self.word(at), "nao" | "n");
        (denies && (behind || self.clause.replaces && counted)).then_some(())?;
        if behind {
            self.open.restates = self.open.restates.or(Some(self.open.needles.len()));
        }
        self.outdated_number(at + 1)
    }

    /// What follows says what is spoken of anew. A bare number is how many, or a size in
    /// which such goods are made (`a porta é 70`); one that is asked about says nothing
    /// (`o cimento é 35 né?`). Gives the lexeme to read next.
    pub(super) fn restate(&mut self, at: usize) -> usize {
        let number = matches!(self.what(at + 1), Some(What::Number { .. }));
        if number && self.is_asked(at) {
            return at + 2;
        }
        if self.open.needles.is_empty() {
            self.open.name_by_container();
        }
        self.open.restates = Some(self.open.needles.len());
        self.joint = match self.what(at + 1) {
            Some(What::Number { value, .. }) => {
                let needle = self.size_needle(*value, None);
                !(self.kind_is_made_in(*value) && self.fits(&needle, Reach::Kin))
            }
            _ => false,
        };
        at + 1
    }

    /// Whether the sentence from a lexeme on is put as a question: `o cimento é 35 né?`.
    pub(super) fn is_asked(&self, at: usize) -> bool {
        /// As many words are looked at.
        const FARTHEST: usize = 8;
        let asks = |next: usize| matches!(self.word(next), "?" | "ne" | "neh");
        let stops = |next: &usize| !matches!(self.what(*next), None | Some(What::Stop));
        let end = at + (at..at + FARTHEST).take_while(stops).count();
        (at..=end).any(asks)
    }

    /// `não é 10`: the number is no more; `não é cal`: the words are wrong.
    fn not_this(&mut self, at: usize) -> usize {
        if self.next.was.is_some() || self.open.was.is_some() {
            // `não é dez não, é quinze`
            self.clause.replaces = true;
            return at + 1;
        }
        if let Some(next) = self.outdated_number(at + 1) {
            return next;
        }
        if self.goods_follow(at + 1) {
            self.begin_edit(Edit::Unneeded);
            self.clause.denied = true;
        } else if self.open.is_blank() && matches!(self.what(at + 1), Some(What::Number { .. })) {
            // `não são 4 joelhos, são 14`
            self.next.counts = Counts::Instead;
        }
        at + 1
    }

    /// `e não 20`, `e não de areia fina`.
    fn and_not(&mut self, at: usize) -> usize {
        if let Some(next) = self.outdated_number(at + 1) {
            return next;
        }
        self.begin_edit(Edit::Remove);
        at + 1
    }

    /// `em vez de 10`: the number is no more; `em vez de cal`: the words are.
    fn instead_of(&mut self, at: usize) -> usize {
        let corrected = matches!(self.what(at + 1), Some(What::Number { .. }))
            && matches!(self.what(at + 2), Some(What::Noise))
            && matches!(self.what(at + 3), Some(What::Number { .. }));
        if corrected {
            // `em vez de 10 são 15 telhas`
            return at + 2;
        }
        let article = self.lexemes.get(at).is_some_and(|phrase| {
            matches!(self.message.word(phrase.to - 1), "do" | "da" | "dos" | "das")
        });
        if article
            && self.open.has_words()
            && let Some(What::Number { value, .. }) = self.what(at + 1)
            && self.ends(at + 2)
        {
            // `caixa sifonada 150 em vez da 100`
            let needle = self.size_needle(*value, None);
            if !needle.is_foreign() {
                self.open.substitutes |= self.open.amount.is_none();
                self.begin_edit(Edit::Remove);
                return self.size_number(at + 1, needle, false);
            }
        }
        if let Some(next) = self.outdated_number(at + 1) {
            return next;
        }
        if self.open.has_words() {
            // `põe B em vez de A`
            self.open.substitutes |= self.open.amount.is_none();
            self.begin_edit(Edit::Remove);
        } else {
            self.next.outdated = true;
        }
        at + 1
    }

    /// A number with no goods behind it, which no longer holds: what it was of,
    /// unless the message says, is the product that stands at it.
    fn outdated_number(&mut self, at: usize) -> Option<usize> {
        let Some(What::Number { value, .. }) = self.what(at) else { return None };
        let value = *value;
        let counted = matches!(self.what(at + 1), Some(What::Measure(..)));
        let next = at + 1 + usize::from(counted);
        let sized = matches!(self.what(at + 1), Some(What::SizeUnit(_)));
        if sized || self.begins_ask(at + 1) || counted && matches!(self.what(next), Some(What::Of))
        {
            return None;
        }
        if self.open.is_blank() {
            self.next.was = Some(value);
        } else {
            self.open.was = Some(value);
        }
        Some(next)
    }

    /// `troca A por B`, `A troca por B`, `troca por B`.
    fn replace(&mut self, at: usize) -> usize {
        if self.word(at).ends_with('r') && !self.is_exchanged(at + 1) {
            return at + 1;
        }
        let by = matches!(self.what(at + 1), Some(What::Verb(Verb::By)));
        if self.open.has_words() && by {
            self.close_as(Edit::Remove);
            self.clause.edit = Edit::Ask;
            self.clause.course = Course::Replacing;
            return at + 2;
        }
        self.begin_edit(Edit::Remove);
        self.clause.course = Course::Swapping;
        if by {
            let whole = self.lexemes.get(at).map_or((0, 0), |verb| (verb.from, verb.to));
            self.done.push(Ask { edit: Edit::Remove, implied: true, whole, ..Ask::default() });
        }
        at + 1
    }

    /// Whether a sentence says from here on what something is exchanged for.
    fn is_exchanged(&self, at: usize) -> bool {
        self.sentence(at, 24).any(|at| matches!(self.what(at), Some(What::Verb(Verb::By))))
    }

    pub(super) fn by(&mut self) {
        if self.clause.exchanges && self.clause.course == Course::Plain && self.open.has_words() {
            // `troca A por B e C por D`
            self.clause.edit = Edit::Remove;
            self.clause.course = Course::Swapping;
        }
        if self.clause.course != Course::Swapping {
            return;
        }
        self.clause.exchanges = true;
        if let Some(amount) = self.open.amount.take_if(|amount| !amount.definite) {
            if self.open.has_words() {
                // `troca 5 sacos de cimento por cal`: five of what stands.
                self.next.moved = Some(amount.clone());
                self.open.amount = Some(amount);
            } else {
                // `troca 10 por 12`
                self.next.was = Some(amount.value);
                self.open = Ask::default();
            }
        }
        let moved = self.next.moved.take();
        self.close();
        self.next.moved = moved;
        self.clause.edit = Edit::Ask;
        self.clause.course = Course::Replacing;
    }

    /// `muda o cimento pra 20`, `o cimento muda pra 20`, `aumenta 5 sacos`.
    fn alter(&mut self, at: usize, by: Option<Counts>) -> usize {
        let subject = self.open.has_words()
            && matches!(self.what(at + 1), Some(What::For))
            && self.stands_before(at);
        if subject {
            self.clause.edit = Edit::Ask;
        } else {
            self.begin_edit(Edit::Ask);
        }
        self.clause.course = Course::Altering;
        self.clause.replaces = true;
        let mut next = at + 1;
        if let Some(by) = by {
            self.clause.by = by;
            let little = matches!(self.word(next), "em" | "mais" | "menos" | "uns" | "umas");
            let number = next + usize::from(little);
            if matches!(self.what(number), Some(What::Number { .. })) {
                self.next.counts = by;
                next = number;
            }
        }
        self.old_number(next).unwrap_or(next)
    }

    /// `de 10 pra 15` behind a verb that alters: ten is what stands.
    pub(super) fn old_number(&mut self, at: usize) -> Option<usize> {
        let Some(What::Number { value, .. }) = self.what(at + 1) else { return None };
        let value = *value;
        (self.clause.course == Course::Altering).then_some(())?;
        let to = at + 2 + usize::from(matches!(self.what(at + 2), Some(What::Measure(..))));
        // `aumenta o de 8 pra 20`: eight says which.
        let nominal = at > 0 && matches!(self.word(at - 1), "o" | "a" | "os" | "as")
            || self.tells_apart(value);
        let changes = !nominal
            && matches!(self.what(at), Some(What::Of))
            && matches!(self.what(to), Some(What::For))
            && matches!(self.what(to + 1), Some(What::Number { .. }));
        changes.then(|| {
            self.next.was = Some(value);
            to
        })
    }

    /// `o bloco de 15`: whether a number is a size that tells what is spoken of from others.
    fn tells_apart(&self, value: Num) -> bool {
        let needle = Needle::number(value, None, self.catalog.index());
        let (products, reach) = fitting(&self.open.needles, self.catalog.index(), Reach::Kin);
        products.len() > 1
            && any_holds(self.open.needles.iter().chain([&needle]), self.catalog.index(), reach)
    }

    /// `muda a tomada pra 20a`: what stands is replaced by another of its kind.
    pub(super) fn purpose(&mut self, at: usize) {
        if self.clause.course != Course::Altering || self.open.needles.is_empty() {
            return;
        }
        let replaced = match self.what(at + 1) {
            // `aumenta o 5/16 pra 16`
            Some(What::Number { .. }) if self.clause.by != Counts::Plain => false,
            Some(What::Number { value, article: false }) => {
                let unit = match self.what(at + 2) {
                    Some(What::SizeUnit(unit)) => Some(*unit),
                    _ => None,
                };
                let counted = matches!(self.what(at + 2), Some(What::Measure(..)));
                let needle = Needle::number(*value, unit, self.catalog.index());
                !counted && self.next.was.is_none() && self.family_has(&needle)
                    || unit.is_some() && self.fits(&needle, Reach::Kin)
            }
            Some(What::Measure(_, needle)) => needle.is_head(self.catalog.index(), Reach::Exact),
            Some(What::Term(_) | What::Size(_)) => true,
            _ => false,
        };
        if replaced {
            self.close_as(Edit::Remove);
            self.clause.course = Course::Plain;
        } else {
            self.clause.to_amount = true;
        }
    }

    /// What is said of all that stands in the order.
    pub(super) fn set_whole(&mut self, whole: Whole, from: usize, to: usize) {
        let token = |at: usize| self.lexemes.get(at).map(|lexeme| (lexeme.from, lexeme.to));
        let from = token(from).map_or(0, |(from, _)| from);
        let to = to.checked_sub(1).and_then(token).map_or(from, |(_, to)| to);
        self.whole = Some((whole, (from, to)));
    }

    /// `tudo`, `o resto`: what is said of, and the lexeme behind.
    fn names_all(&self, at: usize) -> Option<(Whole, usize)> {
        let (whole, next) = match (self.word(at), self.word(at + 1)) {
            ("tudo", _) => (Whole::Cleared, at + 1),
            ("o", "resto") => (Whole::Others, at + 2),
            _ => return None,
        };
        let described =
            matches!(self.what(next), Some(What::Of | What::Term(_))) || self.word(next) == "que";
        (!described).then_some((whole, next))
    }
}
