//! A text that may ask something: what it asks about is found out once, when it is wanted.

use std::cell::OnceCell;

use crate::catalog::Catalog;
use crate::reading::{Topic, topics};

/// A text, and what it asks about of what stores have rules for.
pub(super) struct Asked<'a> {
    pub(super) words: &'a str,
    catalog: &'a Catalog,
    topics: OnceCell<Vec<Topic>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(words: &'a str, catalog: &'a Catalog) -> Self {
        Self { words, catalog, topics: OnceCell::new() }
    }

    /// Whether it asks about something.
    pub(super) fn is_about(&self, topic: Topic) -> bool {
        self.topics.get_or_init(|| topics(self.words, self.catalog)).contains(&topic)
    }

    /// Whether it has a question mark.
    pub(super) fn is_marked(&self) -> bool {
        self.words.contains('?')
    }
}
