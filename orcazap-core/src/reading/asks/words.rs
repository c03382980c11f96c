//! Units, words of names, and words that no name has.

use super::sizes::size_measure;
use super::{Amount, Ask, Counts, Course, Edit, Reader};
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fits, fitting};
use crate::reading::complete::joined;
use crate::reading::lexeme::What;
use crate::reading::number::Num;
use crate::reading::roles::Role;
use crate::reading::verbs::Verb;
use crate::reading::vocabulary::{Fact, Measure};

impl Reader<'_> {
    pub(super) fn measure(&mut self, at: usize, measure: Measure, needle: Needle) -> usize {
        if !self.open.has_words() && self.names_a_place(at, &needle) {
            self.passed = Some(at);
            return at + 1;
        }
        if matches!(at.checked_sub(1).and_then(|before| self.what(before)), Some(What::For))
            && self.is_use_word(at)
        {
            // `é pro quarto do menino`
            self.passed = Some(at);
            return at + 1;
        }
        if self.open.foreign && self.joint {
            self.close();
        }
        if self.open.foreign {
            return at + 1;
        }
        if self.open.amount.is_none() && self.open.container.is_none() {
            let (value, next) = self.with_half(Num::whole(1), at);
            if next > at + 1 {
                // `quilo e meio de prego`
                self.open.amount = Some(Amount::of(value, measure, needle));
                self.extend_whole(at);
                return next;
            }
        }
        if self.open.needles.is_empty() {
            let (unit_said, dozens) = match &self.open.amount {
                Some(Amount { measure: Some(Measure::Pieces(pieces)), .. }) => {
                    (true, Some(*pieces))
                }
                Some(amount) => (amount.measure.is_some(), None),
                None => (false, None),
            };
            if let (Some(pieces), Some(amount)) = (dozens, &mut self.open.amount) {
                // `meia dúzia de sacos`
                amount.value = amount.value.times(Num::whole(pieces));
                (amount.measure, amount.unit_word) = (Some(measure), Some(needle));
                return at + 1;
            }
            let named = self.begins_product(at) && self.is_named_by(at)
                || self.counts_the_unit(at, &needle);
            if unit_said || named {
                // `caixa sifonada`: the unit is a word of the name.
                if needle.is_exact() {
                    self.push(at, needle);
                }
                return at + 1;
            }
            self.extend_whole(at);
            self.open.container = Some((measure, needle));
            return at + 1;
        }
        let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
        if amount_behind && self.is_next_product(at) {
            // `tomada 8 caixa 4x4 4`
            self.close();
            return self.measure(at, measure, needle);
        }
        if self.is_sized_word(at, &needle) {
            self.push(at, needle);
            return at + 1;
        }
        if let Some(What::Number { value, article }) = self.what(at + 1)
            && self.open.amount.is_none()
            && !self.joint
            && !self.is_measured_size(at + 1)
        {
            let (value, article) = (*value, *article);
            let next = self.amount(at + 1, value, article);
            if let Some(amount) = &mut self.open.amount
                && amount.measure.is_none()
            {
                amount.measure = Some(measure);
                amount.unit_word = Some(needle);
            }
            return next;
        }
        let head = needle.is_head(self.catalog.index(), Reach::Exact);
        let of = matches!(self.what(at + 1), Some(What::Of | What::Term(_)));
        if head
            && of
            && (self.joint || !self.fits(&needle, Reach::Exact))
            && self.begins_product(at)
        {
            self.close();
            return self.measure(at, measure, needle);
        }
        if !self.joint && self.fits(&needle, Reach::Exact) && self.open.container.is_none() {
            self.open.container = Some((measure, needle));
            self.open.unit_named = true;
            self.extend_words(at);
        } else if self.joint && self.open.has_words() {
            self.close();
            return self.measure(at, measure, needle);
        } else if self.open.container.is_none() {
            self.open.container = Some((measure, needle));
        }
        at + 1
    }

    /// Passes a word that is no goods; the article before it counts nothing.
    fn pass(&mut self, at: usize) {
        let article = |amount: &Amount| amount.article && amount.measure.is_none();
        if self.open.needles.is_empty() && self.open.amount.as_ref().is_some_and(article) {
            self.open = Ask::default();
        }
        self.passed = Some(at);
    }

    /// `joelho latão 20`: whether a word that is also a unit belongs to the goods before it,
    /// as the number behind it does.
    fn is_sized_word(&self, at: usize, needle: &Needle) -> bool {
        let Some(What::Number { value, article: false }) = self.what(at + 1) else { return false };
        let size = self.size_needle(*value, None);
        let whole = self.open.needles.iter().chain([needle, &size]);
        !self.joint
            && !needle.is_head(self.catalog.index(), Reach::Exact)
            && any_holds(whole, self.catalog.index(), Reach::Kin)
    }

    pub(super) fn term(&mut self, at: usize, needle: Needle) {
        let index = self.catalog.index();
        if self.names_a_place(at, &needle) {
            self.pass(at);
            return;
        }
        if self.open.foreign {
            let head = needle.is_head(index, Reach::Exact);
            let of = at > 0 && matches!(self.what(at - 1), Some(What::Of | What::For));
            let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
            let parted = self.joint || amount_behind;
            // `tinta turquesa 1 galão, fosca palha 1 galão`
            let next = self.joint && amount_behind && !needle.is(Fact::Color);
            if (head && parted || next) && !of {
                self.close();
                self.push(at, needle);
            } else {
                self.extend_words(at);
            }
            return;
        }
        let and = (1..=3).any(|back| at >= back && self.word(at - back) == "e");
        if self.joint
            && self.tells_why()
            && (and || self.next.was.is_some() || self.is_use_word(at))
        {
            // `manda 6, e o azul pode tirar`
            self.close();
        }
        if self.counts_rooms(at, &needle) {
            self.next.counts = Counts::Plain;
            self.open = Ask::default();
            self.passed = Some(at);
            return;
        }
        if self.open.needles.is_empty() {
            if self.counts_the_last(at)
                || self.is_work(at)
                || self.is_for_a_part(at)
                || self.tells(at)
            {
                self.passed = Some(at);
                return;
            }
            self.begin(at, needle);
            return;
        }
        if self.is_worked_upon(at) {
            self.passed = Some(at);
            return;
        }
        if self.is_next_sized(at, &needle) {
            self.close();
            self.begin(at, needle);
            return;
        }
        let head = needle.is_head(index, Reach::Exact);
        let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
        let fits = self.fits(&needle, Reach::Short);
        // `preto azul e verde` are three colours.
        let colors = needle.is(Fact::Color)
            && self.open.needles.last().is_some_and(|last| last.is(Fact::Color))
            && !self.fits(&needle, Reach::Exact);
        if colors && !self.joint {
            self.close();
            self.begin(at, needle);
            return;
        }
        let parted = self.joint || amount_behind;
        let token = self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        if amount_behind
            && !self.joint
            && self.ends(at + 1)
            && matches!(self.what(at - 1), Some(What::Number { .. }))
            && self.message.plays(token, Role::Packing)
        {
            // `silicone 3 tubos`
            self.extend_whole(at);
            return;
        }
        if head && amount_behind && !self.joint && self.is_another_use() {
            // `o pedreiro disse 8 ou 10 ac3`
            self.open.needles.clear();
            self.push(at, needle);
            return;
        }
        if self.joint && self.open.needles.contains(&needle) {
            // `fosca palha, fosca gelo`: what was said is said of another.
            self.close();
            self.begin(at, needle);
        } else if fits && !(head && parted) {
            self.push(at, needle);
        } else if !parted && self.is_purpose(at) {
            // `argamassa pra porcelanato` chooses none of several, but is not any one;
            // `dobradiça pras portas` is for doors that stand already.
            let use_word =
                needle.is(Fact::Use) || matches!(self.word(at - 1), "pro" | "pros" | "pras");
            self.open.misfit |=
                !use_word && fitting(&self.open.needles, index, Reach::Kin).0.len() == 1;
        } else if head && !parted && self.is_behind_of(at) && self.is_packed() {
            // `2 tubos de silicone`
            self.open.needles.clear();
            self.push(at, needle);
        } else if head && !parted && self.is_behind_of(at) {
            // `porta de vidro`: a kind of door, and no glass.
            self.open.misfit = true;
            self.extend_words(at);
        } else if head
            || parted
                && (!self.is_use(at)
                    || self.is_next_kind(at, &needle)
                    || self.is_another_use()
                    || self.is_another_one(at))
        {
            self.close();
            self.begin(at, needle);
        } else if !self.is_use(at) {
            self.open.misfit = true;
            self.extend_words(at);
        } else if parted {
            self.passed = Some(at);
        }
    }

    /// `cimento 3 sacos pro piso da varanda`: whether goods behind `pro` stand in a part of the
    /// house already, and nothing counts them.
    fn is_worked_upon(&self, at: usize) -> bool {
        self.is_purpose(at)
            && self.open.amount.is_some()
            && matches!(self.word(at + 1), "do" | "da" | "dos" | "das")
            && self.is_use_word(at + 2)
            && self.ends(at + 3)
    }

    /// `joelho 3 de 100 e 2 de 50, cano 100 4`: whether goods with a size of their own follow
    /// one that is a size of the goods before.
    fn is_next_sized(&self, at: usize, needle: &Needle) -> bool {
        let sizes = self.open.needles.iter().all(|needle| needle.numeric);
        let counted = self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_none());
        let sized = matches!(self.what(at + 1), Some(What::Number { .. } | What::Size(_)));
        let goes_on = |last: &Ask| {
            last.has_size() && joined(&last.needles, &self.open.needles, self.catalog).is_some()
        };
        sizes
            && counted
            && sized
            && needle.is_head(self.catalog.index(), Reach::Exact)
            && self.done.last().is_some_and(goes_on)
    }

    /// `sifão, acento, torneira`: whether a word stands alone between commas in a list.
    fn is_listed(&self, at: usize) -> bool {
        let comma = |at: usize| matches!(self.what(at), Some(What::Joint)) && self.word(at) == ",";
        at > 0 && comma(at - 1) && comma(at + 1) && !self.done.is_empty()
    }

    /// `tem ducha? quero 2, pro banheiro`: whether a word behind a comma says what is for, of
    /// goods that wait for the number before it.
    fn counts_the_last(&self, at: usize) -> bool {
        at > 1
            && matches!(self.what(at - 1), Some(What::For))
            && matches!(self.what(at - 2), Some(What::Joint))
            && self.open.amount.is_some()
            && self.is_use_word(at)
            && self.done.last().is_some_and(|last| last.has_words() && last.lacks_amount())
    }

    /// `os 2 banheiros`, `a obra tem 3 banheiros`: rooms are counted, and no goods for them.
    fn counts_rooms(&self, at: usize, room: &Needle) -> bool {
        let counted = self.open.needles.is_empty()
            && self.open.amount.as_ref().is_some_and(|amount| amount.measure.is_none())
            && self.lexemes.get(at).is_some_and(|word| self.message.plays(word.from, Role::Room));
        let before = at.checked_sub(2).map_or("", |before| self.word(before));

        let kind = |last: &Ask| {
            let all = last.needles.iter().chain([room]);
            last.has_words() && fits(all, self.catalog.index(), Reach::Kin)
        };
        counted
            && matches!(
                before,
                "os" | "as" | "sao" | "tem" | "temos" | "tenho" | "nos" | "dos" | "pros" | "meus"
            )
            && !self.done.last().is_some_and(kind)
    }

    /// `o pedreiro disse que precisa de 15`: whether a word names who says so.
    fn tells(&self, at: usize) -> bool {
        self.open.is_blank()
            && at > 0
            && matches!(self.word(at - 1), "o" | "meu")
            && self.is_use_word(at)
            && matches!(self.what(at + 1), Some(What::Noise))
            && !matches!(self.word(at + 1), "e" | "eh" | "nao")
    }

    /// `preciso, para as vigas, de 48 m de ferro`: whether a word between commas says what
    /// goods are for.
    fn is_for_a_part(&self, at: usize) -> bool {
        at > 1
            && matches!(self.word(at - 1), "o" | "a" | "os" | "as" | "meu" | "minha")
            && matches!(self.what(at - 2), Some(What::For))
            && matches!(self.what(at + 1), Some(What::Joint))
            && self.open.is_blank()
            && !(self.clause.price || self.clause.have)
            && self.clause.course == Course::Plain
    }

    /// `quero pra pintura do portão 2 galões`: whether a word names the work, before its goods.
    fn is_work(&self, at: usize) -> bool {
        let purpose = at > 0 && matches!(self.what(at - 1), Some(What::For));
        self.open.is_blank()
            && self.lexemes.get(at).is_some_and(|word| self.message.plays(word.from, Role::Working))
            && (purpose || matches!(self.what(at + 1), Some(What::Of)))
            && !self.ends(at + 1)
    }

    /// Whether the open ask is nothing but what goods come in.
    fn is_packed(&self) -> bool {
        self.open.needles.len() == 1 && self.message.plays(self.open.words.0, Role::Packing)
    }

    /// `interna e externa`: the open ask is a use, and so is what follows.
    fn is_another_use(&self) -> bool {
        self.open.needles.iter().all(|needle| needle.is(Fact::Use))
    }

    /// `a de jardim e a de cozinha`: an article and `de` make another one of what they say.
    pub(super) fn is_another_one(&self, at: usize) -> bool {
        let token = self.lexemes.get(at).map_or(0, |lexeme| lexeme.from);
        let before = |back: usize| token.checked_sub(back).map_or("", |at| self.message.word(at));
        before(1) == "de" && matches!(before(2), "o" | "a" | "os" | "as" | "um" | "uma")
    }

    /// Begins an ask with a word of names.
    fn begin(&mut self, at: usize, needle: Needle) {
        let index = self.catalog.index();
        let known_good = needle.is(Fact::Good);
        let qualified = matches!(self.what(at + 1), Some(What::Foreign(next)) if !next.is_head(index, Reach::Misspelt));
        if known_good
            && qualified
            && !needle.is_head(index, Reach::Exact)
            && self.open.container.is_none()
        {
            // Known goods, but the catalogue has the word only beside others.
            self.open.foreign = true;
            self.extend_words(at);
        } else {
            self.push(at, needle);
        }
    }

    /// `xpto 10 sacos` beside other goods, which they would be added to.
    fn is_counted_beside_others(&self, at: usize) -> bool {
        /// As many lexemes are looked at for other goods.
        const FARTHEST: usize = 16;
        let counted = matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && matches!(self.what(at + 2), Some(What::Measure(measure, _))
                if size_measure(*measure).is_none())
            && self.ends(at + 3)
            && !self.is_half(at + 3);
        let mut behind = self.lexemes.iter().skip(at + 4).take(FARTHEST);
        counted
            && (!self.done.is_empty() || behind.any(|lexeme| matches!(lexeme.what, What::Term(_))))
    }

    /// `…, joeuho esgoto 6 de 100`: whether a word that nobody knows begins an ask behind a comma,
    /// whose numbers are none of the goods before.
    fn is_numbered_of_its_own(&self, at: usize, needle: &Needle) -> bool {
        let index = self.catalog.index();
        let kind = |next: &usize| matches!(self.what(*next), Some(What::Term(kind)) if !kind.is_head(index, Reach::Exact));
        let kinds = (at + 1..at + 3).take_while(kind).count();
        self.joint
            && !self.open.needles.is_empty()
            && needle.is_foreign()
            && kinds > 0
            && self.word(at).len() > 3
            && at > 0
            && self.word(at - 1) == ","
            && !self.is_use(at)
            && matches!(self.what(at + 1 + kinds), Some(What::Number { article: false, .. }))
    }

    pub(super) fn foreign(&mut self, at: usize, needle: Needle) {
        /// So many letters of a word are hardly the beginning of another by chance.
        const WHOLE: usize = 7;
        let index = self.catalog.index();
        if self.counts_rooms(at, &needle) {
            self.open = Ask::default();
            self.passed = Some(at);
            return;
        }
        if self.names_a_place(at, &needle) {
            self.pass(at);
            return;
        }
        if self.word(at).ends_with("ou") && self.open.needles.is_empty() && !self.open.foreign {
            // `a carreta passou na cerca`: what somebody did is no goods.
            self.open.container = None;
            self.passed = Some(at);
            return;
        }
        let word = self.lexemes.get(at).map_or("", |lexeme| self.message.canonical(lexeme.from));
        let known = self.catalog.vocabulary().entry(word);
        let good = known.is(Fact::Good) && needle.nearest() > Reach::Kin;
        let color = known.is(Fact::Color);
        if self.joint && self.tells_why() {
            // `…, é 300, comi um zero`
            self.close();
        }
        if self.open.foreign {
            let of = at > 0 && !matches!(self.what(at - 1), Some(What::Joint));
            if of && !self.joint {
                self.extend_words(at);
                return;
            }
            self.close();
        }
        if self.is_numbered_of_its_own(at, &needle) {
            self.close();
            self.open.foreign = true;
            self.extend_words(at);
            return;
        }
        if !self.open.needles.is_empty() {
            let amount_behind = self.open.amount.is_some() && self.open.whole.1 > self.open.words.1;
            let head = needle.is_head(index, Reach::Misspelt);
            let parted = self.joint || amount_behind;
            if self.fits(&needle, Reach::Misspelt) && !(head && parted) {
                self.push(at, needle);
                return;
            }
            if self.is_use(at) && !good {
                if parted {
                    self.passed = Some(at);
                }
                return;
            }
            if color && !parted {
                self.open.misfit = true;
                self.extend_words(at);
                return;
            }
            if good && !parted && self.is_behind_of(at) {
                self.open.misfit = true;
                self.extend_words(at);
                return;
            }
            if head || good {
                self.close();
            } else {
                if !parted && self.describes(at) {
                    // A kind that nothing here is: never the nearest that is.
                    self.open.misfit = true;
                    self.extend_words(at);
                }
                return;
            }
        }
        let counted = self.open.amount.is_some() || self.open.container.is_some();
        let counts_on = (at + 1..at + 5)
            .map_while(|next| {
                self.what(next).filter(|what| !matches!(what, What::Joint | What::Stop))
            })
            .any(|what| matches!(what, What::Number { .. } | What::Measure(..) | What::Size(_)));
        let wanted =
            counted || counts_on || self.clause.price || self.clause.have || self.clause.wants;
        // `argamasa` is nearly whole.
        let whole = word.len() >= WHOLE || needle.nearest() != Reach::Short;
        let sure = wanted && (counted || whole)
            || needle.nearest() == Reach::Kin
            || needle.nearest() == Reach::Misspelt && self.is_listed(at);
        if needle.is_head(index, Reach::Misspelt) && !good && sure {
            self.push(at, needle);
            return;
        }
        let sold = self.clause.have && self.word(at.wrapping_sub(1)).starts_with("vend");
        if self.is_use(at) && !sold {
            return;
        }
        let last = matches!(self.what(at + 1), None | Some(What::Stop));
        let direct = at > 0
            && (matches!(self.what(at - 1), Some(What::Of | What::Verb(Verb::Have)))
                || matches!(self.what(at - 1), Some(What::Number { .. })));
        let asked = (self.clause.price && direct) || (self.clause.have && direct && last);
        // `deixa sem o fusível`: it may stand in the order, although it is not known.
        let dropped = at > 0
            && match self.clause.edit {
                Edit::Remove => {
                    matches!(self.what(at - 1), Some(What::Verb(_)))
                        || matches!(self.word(at - 1), "o" | "a" | "os" | "as")
                }
                Edit::Unneeded => last,
                Edit::Ask | Edit::Leave | Edit::Keep => false,
            };
        let unnamed = (asked || dropped) && needle.is_foreign() && !color;
        // `terra preta 10 sacos`, of a store that has other black things.
        let described = counts_on
            && !color
            && matches!(self.what(at + 1), Some(What::Term(next)) if !next.is_head(index, Reach::Exact));
        let counted_behind = !color && self.is_counted_beside_others(at);
        if counted || good || unnamed || described || counted_behind {
            self.open.foreign = true;
            self.extend_words(at);
        }
    }
}
