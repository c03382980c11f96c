//! What stands around a lexeme: whether goods are named from here on, whether a
//! unit is a word of a name, whether a word only says what the goods are for.

use super::Reader;
use crate::catalog::index::Reach;
use crate::catalog::matcher::{Needle, any_holds, fitting, is_name};
use crate::quantity::Unit;
use crate::reading::complete::joined;
use crate::reading::lexeme::{Lexeme, What};
use crate::reading::roles::Role;
use crate::reading::vocabulary::{Fact, Measure};

impl Reader<'_> {
    /// Whether goods are named from here: past a unit and `de`.
    pub(super) fn begins_ask(&self, at: usize) -> bool {
        let mut at = at;
        if matches!(self.what(at), Some(What::SizeUnit(_))) {
            return false;
        }
        if self.names_by_size(at) {
            return true;
        }
        if let Some(What::Measure(_, needle)) = self.what(at) {
            if needle.is_head(self.catalog.index(), Reach::Exact)
                && !matches!(self.what(at + 1), Some(What::Of | What::Term(_)))
            {
                // A bucket is a product, too; but a unit behind its number counts.
                return false;
            }
            at += 1;
        }
        if matches!(self.what(at), Some(What::Of)) {
            at += 1;
            if matches!(self.what(at + 1), Some(What::Measure(Measure::Unit(Unit::Meter), _)))
                && (self.ends(at + 2) || matches!(self.what(at + 2), Some(What::Each)))
            {
                // `8 peças de 4 m`, `8 peças de 4 m cada`: how long each is.
                return false;
            }
            return matches!(
                self.what(at),
                Some(
                    What::Term(_)
                        | What::Foreign(_)
                        | What::Number { .. }
                        | What::Size(_)
                        | What::Measure(..)
                )
            );
        }
        match self.what(at) {
            Some(What::Term(_) | What::Foreign(_)) => true,
            Some(What::Measure(_, needle)) => needle.is_head(self.catalog.index(), Reach::Exact),
            _ => false,
        }
    }

    /// `8 caixa 4x4 4`: whether a unit word is the goods that its size and number follow.
    pub(super) fn names_by_size(&self, at: usize) -> bool {
        let (Some(What::Measure(_, unit)), Some(What::Size(size))) =
            (self.what(at), self.what(at + 1))
        else {
            return false;
        };
        let named = [unit.clone(), Needle::size(size, self.catalog.index())];
        matches!(self.what(at + 2), Some(What::Number { .. }))
            && unit.is_head(self.catalog.index(), Reach::Exact)
            && any_holds(&named, self.catalog.index(), Reach::Exact)
    }

    /// Whether nothing more is said of goods from here, courtesy aside.
    pub(super) fn ends(&self, at: usize) -> bool {
        let mut at = at;
        while matches!(self.what(at), Some(What::Noise)) {
            at += 1;
        }
        matches!(self.what(at), None | Some(What::Stop | What::Joint | What::Verb(_) | What::For))
    }

    /// `de cada` behind a number.
    pub(super) fn shares_each(&self, at: usize) -> bool {
        let of = usize::from(matches!(self.what(at), Some(What::Of)));
        matches!(self.what(at + of), Some(What::Each))
    }

    /// Whether a unit word starts a product's name: `caixa sifonada`.
    pub(super) fn begins_product(&self, at: usize) -> bool {
        let Some(What::Measure(_, unit)) = self.what(at) else { return false };
        let next = at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Of)));
        match self.what(next) {
            Some(What::Term(term)) => any_holds([unit, term], self.catalog.index(), Reach::Exact),
            _ => false,
        }
    }

    /// Whether the unit and the word behind it are a name, or the word is none.
    pub(super) fn is_named_by(&self, at: usize) -> bool {
        let Some(What::Measure(_, unit)) = self.what(at) else { return false };
        let next = at + 1 + usize::from(matches!(self.what(at + 1), Some(What::Of)));
        let Some(What::Term(term)) = self.what(next) else { return false };
        let index = self.catalog.index();
        let both = [unit.clone(), term.clone()];
        let whole = is_name(&both, index);
        let alone = is_name(std::slice::from_ref(term), index);
        // `caixa d'água` of a store that has `água raz`, too.
        let is_kind = |product: &u32| {
            index.kinds(*product).iter().any(|kind| unit.is_also(*kind, Reach::Exact))
        };
        whole && !alone
            || unit.is_head(index, Reach::Exact)
                && (!term.is_head(index, Reach::Exact)
                    || fitting(&both, index, Reach::Exact).0.iter().any(is_kind))
    }

    /// Whether a word only says what the goods are for.
    pub(super) fn is_use(&self, at: usize) -> bool {
        let own = |at: usize| matches!(self.word(at), "meu" | "minha" | "meus" | "minhas");
        let purpose = (1..=2).any(|back| {
            at.checked_sub(back).is_some_and(|before| matches!(self.what(before), Some(What::For)))
        });
        let place = at > 0 && {
            // `no meu box`
            let owned = usize::from(own(at - 1));
            let before = at.checked_sub(1 + owned).map_or("", |before| self.word(before));
            matches!(before, "no" | "na" | "nos" | "nas" | "num" | "numa" | "pra" | "para" | "pro")
        };
        let direct = at > 0
            && matches!(
                self.what(at - 1),
                Some(What::Term(_) | What::Number { .. } | What::Size(_))
            );
        purpose || place || !direct && self.is_use_word(at)
    }

    /// Whether a word says where goods are used, and does not name a kind of them
    /// with the word before: `torneira de jardim`.
    pub(super) fn is_use_word(&self, at: usize) -> bool {
        let vocabulary = self.catalog.vocabulary();
        let of = usize::from(self.is_behind_of(at));
        let token = |at: usize| self.lexemes.get(at).map_or(usize::MAX, |lexeme| lexeme.from);
        let (own, before) = (token(at), at.checked_sub(1 + of).map_or(usize::MAX, token));
        self.message.of_stem(own).is(Fact::Use)
            && !vocabulary.has_kin(self.message.stem(before), self.message.stem(own))
    }

    /// `carrinho 1,`: a unit word that is goods here, with nothing behind its number.
    pub(super) fn counts_the_unit(&self, at: usize, unit: &Needle) -> bool {
        // `balde: 3`
        let mark = self.lexemes.get(at + 1).map_or(0, |lexeme| lexeme.from);
        let number = at + 1 + usize::from(self.message.is_mark(mark, &[':', '-']));
        let counted = matches!(self.what(number), Some(What::Number { article: false, .. }));
        let ends = matches!(self.what(number + 1), None | Some(What::Stop | What::Joint));
        counted && ends && unit.is_head(self.catalog.index(), Reach::Exact)
    }

    /// Whether a word only says which house is meant: `na casa do portão azul`,
    /// `em frente à caixa d'água`, `muro branco` where the wall says nothing of goods.
    pub(super) fn names_a_place(&self, at: usize, needle: &Needle) -> bool {
        const HOUSES: [&str; 12] = [
            "casa",
            "predio",
            "sobrado",
            "galpao",
            "frente",
            "lado",
            "esquina",
            "portaria",
            "perto",
            "proximo",
            "atras",
            "referencia",
        ];
        let of = usize::from(self.is_behind_of(at));
        let behind = at.checked_sub(1 + of);
        let head = !needle.is(Fact::Color) && needle.is_head(self.catalog.index(), Reach::Misspelt);
        if self.passed.is_some() && self.passed == behind && !head {
            return true;
        }
        let token = |back: usize| {
            self.lexemes
                .get(at)
                .and_then(|lexeme| lexeme.from.checked_sub(back))
                .map_or("", |token| self.message.word(token))
        };
        if self.is_worked_on(at) {
            return true;
        }
        let used = self.is_use_word(at) && self.open.needles.is_empty();
        if matches!(token(1), "na" | "no" | "nas" | "nos")
            && (used || self.open.is_blank() && !head)
        {
            // `nos fundos`, `vi na internet`
            return true;
        }
        // `tô atrás de telha`
        let seeks = token(2) == "atras"
            && matches!(token(3), "to" | "tou" | "estou" | "estava" | "tava" | "ando" | "estamos");
        matches!(token(1), "do" | "da" | "ao" | "a" | "de" | "o" | "dos" | "das")
            && HOUSES.contains(&token(2))
            && !seeks
            && self.open.amount.is_none()
    }

    /// `pintar a grade`, `a pintura do portão`, `pra cobrir a lenha`: what the work is done to
    /// is no goods.
    fn is_worked_on(&self, at: usize) -> bool {
        let token = self.lexemes.get(at).map_or(0, |lexeme| lexeme.from);
        let article = |word: &str| {
            matches!(
                word,
                "o" | "a"
                    | "os"
                    | "as"
                    | "um"
                    | "uma"
                    | "meu"
                    | "minha"
                    | "meus"
                    | "do"
                    | "da"
                    | "dos"
                    | "das"
            )
        };
        let articles = (1..=2).take_while(|back| {
            token.checked_sub(*back).is_some_and(|before| article(self.message.word(before)))
        });
        let articles = articles.count();
        // `o rapaz que coloca o piso`
        let does = |before: usize| {
            matches!(
                self.message.word(before),
                "coloca" | "instala" | "assenta" | "pinta" | "monta" | "faz"
            ) && matches!(self.message.word(before.wrapping_sub(1)), "que" | "q")
        };
        articles > 0
            && token
                .checked_sub(articles + 1)
                .is_some_and(|before| self.message.plays(before, Role::Working) || does(before))
    }

    /// Whether `de` stands right before a lexeme; that of `preciso de 2` says nothing.
    pub(super) fn is_behind_of(&self, at: usize) -> bool {
        at > 0 && matches!(self.what(at - 1), Some(What::Of)) && !self.is_needed(at)
    }

    /// Whether `preciso` or `preciso de` stands right before a lexeme.
    pub(super) fn is_needed(&self, at: usize) -> bool {
        let of = usize::from(at > 0 && matches!(self.what(at - 1), Some(What::Of)));
        at.checked_sub(1 + of).is_some_and(|verb| self.word(verb).starts_with("precis"))
    }

    /// `fechadura externa 1, de banheiro 2`: a word of use that is another kind of
    /// the same goods, with its own number.
    pub(super) fn is_next_kind(&self, at: usize, needle: &Needle) -> bool {
        matches!(self.what(at + 1), Some(What::Number { article: false, .. }))
            && joined(&self.open.needles, std::slice::from_ref(needle), self.catalog).is_some()
    }

    /// Whether a word of the open ask's parts stands there: `degraus`, `teclas`; the `fio`
    /// of a store that sells wires is none.
    pub(super) fn counts_parts(&self, at: usize) -> bool {
        match self.what(at) {
            Some(What::Term(word) | What::Foreign(word)) => {
                let plural = self.word(at).ends_with('s');
                let sized = matches!(self.what(at + 1), Some(What::Number { .. } | What::Size(_)));
                word.is(Fact::Counted)
                    && (plural && !sized || !word.is_a_kind(self.catalog.index(), Reach::Kin))
            }
            _ => false,
        }
    }

    /// `os 2 sacos`: the number is all that there are.
    pub(super) fn is_definite(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.lexemes.get(before));
        // `disjuntor 10 A 2`
        let before = before.filter(|lexeme| !matches!(lexeme.what, What::SizeUnit(_)));
        let word = before.map_or("", |lexeme| self.message.word(lexeme.from));
        matches!(
            word,
            "o" | "a"
                | "os"
                | "as"
                | "esses"
                | "essas"
                | "aqueles"
                | "aquelas"
                | "meus"
                | "minhas"
                | "todos"
                | "todas"
        )
    }

    /// `1 item`, `2 dos itens`: it counts lines of the order, and no goods; gives
    /// the lexeme behind.
    pub(super) fn counts_lines(&self, at: usize) -> Option<usize> {
        let of = usize::from(matches!(self.what(at + 1), Some(What::Of)));
        let lexeme = self.lexemes.get(at + 1 + of)?;
        let word = self.message.word(lexeme.from);
        matches!(word, "item" | "itens" | "produto" | "produtos" | "coisa" | "coisas")
            .then_some(at + 2 + of)
    }

    /// Whether `para` stands right before a word.
    pub(super) fn is_purpose(&self, at: usize) -> bool {
        at > 0 && matches!(self.what(at - 1), Some(What::For))
    }

    /// Whether a word stands right behind what the open ask says, with no more
    /// than `de` between, and not among the words of use.
    pub(super) fn describes(&self, at: usize) -> bool {
        let Some(lexeme) = self.lexemes.get(at) else { return false };
        let word = self.message.word(lexeme.from);
        let little = |before: &Lexeme| match before.what {
            What::Of | What::With => true,
            // `nível a laser`
            What::Noise => self.message.word(before.from) == "a",
            _ => false,
        };
        let of = at > 0 && self.lexemes.get(at - 1).is_some_and(little);
        let before =
            at.checked_sub(1 + usize::from(of)).and_then(|before| self.lexemes.get(before));
        // `pá de bico que o servente quebrou`: what was passed over describes nothing.
        let before =
            before.filter(|before| before.to <= self.open.whole.1).map(|before| &before.what);
        // `vaso com caixa acoplada`
        let equipped = at >= 2
            && matches!(self.what(at - 1), Some(What::Measure(..)))
            && matches!(self.what(at - 2), Some(What::With));
        let touches = equipped
            || matches!(
                before,
                Some(
                    What::Term(_)
                        | What::Foreign(_)
                        | What::Size(_)
                        | What::SizeUnit(_)
                        | What::Number { .. }
                )
            );
        touches && word.len() > 2 && !self.is_use_word(at)
    }

    /// Whether goods are named from here, little words and their unit aside.
    pub(super) fn goods_follow(&self, at: usize) -> bool {
        let little = |at: &usize| {
            matches!(self.what(*at), Some(What::Of | What::Measure(..)))
                || matches!(
                    self.word(*at),
                    "o" | "a" | "os" | "as" | "esse" | "essa" | "mais" | "mesmo" | "com"
                )
        };
        let next = at + (at..at + 4).take_while(little).count();
        let names = |at: usize| {
            matches!(self.what(at), Some(What::Measure(_, word))
                if word.is_head(self.catalog.index(), Reach::Exact))
        };
        match self.what(next) {
            Some(What::Term(_) | What::Size(_)) => true,
            // `tudo menos os carrinhos`
            None | Some(What::Stop | What::Joint) => next > at && names(next - 1),
            Some(What::Foreign(needle)) => needle.is_head(self.catalog.index(), Reach::Misspelt),
            _ => false,
        }
    }

    /// Whether the open ask ends right before a verb, its helpers aside.
    pub(super) fn stands_before(&self, at: usize) -> bool {
        let helper = |at: &usize| {
            let people = self.word(*at) == "a" && self.word(at + 1) == "gente";
            people
                || matches!(
                    self.word(*at),
                    "eu" | "ja"
                        | "ai"
                        | "nos"
                        | "pode"
                        | "podem"
                        | "vc"
                        | "vcs"
                        | "voce"
                        | "gente"
                        | "se"
                        | "por"
                        | "favor"
                        | "pela"
                        | "entao"
                        | "agora"
                        | "nem"
                )
        };
        let helpers = (0..at).rev().take(3).take_while(helper).count();
        let before = at.checked_sub(helpers + 1).and_then(|before| self.lexemes.get(before));
        before.is_some_and(|before| before.to == self.open.whole.1)
    }

    /// Whether a clause ends here, words of courtesy aside.
    pub(super) fn clause_ends(&self, at: usize) -> bool {
        let courtesy = |at: &usize| {
            matches!(
                self.word(*at),
                "por"
                    | "favor"
                    | "pf"
                    | "pfv"
                    | "pff"
                    | "ta"
                    | "ok"
                    | "entao"
                    | "viu"
                    | "mesmo"
                    | "tambem"
                    | "tbm"
                    | "tb"
                    | "obrigado"
                    | "obrigada"
                    | "ai"
                    | "aqui"
                    | "em"
                    | "casa"
                    | "agora"
                    | "ja"
                    | "nao"
                    | "no"
                    | "pedido"
                    | "ela"
                    | "ele"
                    | "elas"
                    | "eles"
                    | "isso"
            ) || matches!(self.what(*at), Some(What::Noise))
                && matches!(self.word(*at), "do" | "da")
        };
        let next = at + (at..at + 4).take_while(courtesy).count();
        match self.what(next) {
            None | Some(What::Stop) => true,
            Some(What::Joint) => !matches!(self.word(next), ":" | "nem"),
            // `areia não precisa que já tem`
            _ => matches!(self.word(next), "que" | "q" | "pq" | "porque" | "pois"),
        }
    }

    /// The lexemes of a sentence from one on, this many at most.
    pub(super) fn sentence(&self, at: usize, most: usize) -> impl Iterator<Item = usize> {
        let inside = |at: &usize| !matches!(self.what(*at), None | Some(What::Stop));
        (at..at + most).take_while(inside)
    }

    /// The word of a lexeme, empty beyond the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.lexemes.get(at).map_or("", |lexeme| self.message.word(lexeme.from))
    }
}
