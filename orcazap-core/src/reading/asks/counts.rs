//! Words that say how many of what stands: more, fewer, the double, a half, only so many.

use super::{Ask, Counts, Edit, Reader, Whole};
use crate::reading::lexeme::What;
use crate::reading::number::Num;

impl Reader<'_> {
    /// `3 a menos`, `2 sacos a mais`
    pub(super) fn count_behind(&mut self, counts: Counts) {
        if self.open.amount.is_some() {
            self.open.counts = counts;
        }
    }

    /// `menos 5 sacos`, `cimento menos 5`; behind `tudo` what follows is left out.
    pub(super) fn fewer(&mut self, at: usize) {
        if !matches!(self.what(at + 1), Some(What::Number { .. })) {
            if self.drops_all() || at > 0 && self.word(at - 1) == "tudo" {
                self.except(at);
            }
            return;
        }
        let behind =
            self.open.has_words() && self.open.amount.is_none() && !self.begins_ask(at + 2);
        if !behind {
            self.close();
        }
        self.joint = !behind;
        self.next.counts = Counts::Less;
    }

    /// `cancela tudo menos o cimento` keeps it; `manda tudo menos a areia` does not.
    pub(super) fn except(&mut self, at: usize) {
        if !self.goods_follow(at + 1) {
            return;
        }
        if self.drops_all() {
            self.begin_edit(Edit::Ask);
            self.clause.only = true;
        } else {
            self.begin_edit(Edit::Unneeded);
        }
    }

    fn drops_all(&self) -> bool {
        self.whole.is_some_and(|(whole, _)| whole == Whole::Cleared)
    }

    /// `dobra o cimento`, `o dobro de areia`, `o cimento dobra`, `dobra tudo`.
    pub(super) fn times(&mut self, at: usize, factor: i64) {
        let factor = Counts::Times(Num::whole(factor));
        if self.open.has_words() && self.clause_ends(at + 1) && self.stands_before(at) {
            self.open.counts = factor;
            self.close();
            return;
        }
        let ahead = |word: &&str| {
            matches!(*word, "a" | "as" | "o" | "os" | "quantidade" | "de" | "do" | "da")
        };
        let skipped = (at + 1..at + 5).take_while(|at| ahead(&self.word(*at))).count();
        if self.goods_follow(at + 1 + skipped) {
            self.begin_edit(Edit::Ask);
            self.next.counts = factor;
        } else if matches!(self.word(at + 1 + skipped), "tudo" | "pedido" | "quantidades" | "lista")
        {
            self.close();
            self.set_whole(Whole::Counted(factor), at, at + 1);
        } else if self.clause_ends(at + 1 + skipped) {
            self.close();
            let whole = self.lexemes.get(at).map_or((0, 0), |verb| (verb.from, verb.to));
            self.done.push(Ask { counts: factor, whole, ..Ask::default() });
        }
    }

    /// `metade do cimento`; behind goods, `o cimento pela metade`, it is theirs.
    pub(super) fn half(&mut self, at: usize) {
        let theirs =
            self.open.has_words() && self.open.amount.is_none() && self.clause_ends(at + 1);
        if theirs {
            self.open.half = true;
        }
        self.close();
        self.open.half = !theirs;
        self.joint = false;
    }

    /// `só 5 de cimento` is its number; `deixa só o cimento` drops all else.
    pub(super) fn only(&mut self, at: usize) {
        let with = usize::from(matches!(self.what(at + 1), Some(What::With)));
        let next = at + 1 + with;
        let counted = matches!(self.what(next), Some(What::Number { .. } | What::Half));
        if !counted && !self.goods_follow(next) {
            return;
        }
        if at > 0 && matches!(self.what(at - 1), Some(What::Joint | What::Stop)) {
            // `não quero mais cimento, só areia`
            self.begin_edit(Edit::Ask);
        } else if self.open.amount.is_some() || !counted {
            self.close();
        }
        let leaves = at > 0
            && matches!(
                self.word(at - 1),
                "deixa"
                    | "deixe"
                    | "deixar"
                    | "fica"
                    | "fico"
                    | "ficar"
                    | "mantem"
                    | "manter"
                    | "mantenha"
                    | "agora"
                    | "entao"
                    | "ser"
                    | "quero"
            );
        self.clause.only = counted || leaves || self.only_goods_follow(next);
    }

    /// Whether a sentence names goods from here on, and says nothing more of them.
    fn only_goods_follow(&self, at: usize) -> bool {
        let rest = self.lexemes.get(at..).unwrap_or_default();
        self.whole.is_none()
            && rest.iter().all(|lexeme| match lexeme.what {
                What::Verb(_) | What::For | What::Half => false,
                What::Stop => !self.message.is_taken(lexeme.from),
                What::Noise => self.message.word(lexeme.from) != "que",
                _ => true,
            })
    }
}
