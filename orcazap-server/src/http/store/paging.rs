//! Lists page by page: a link holds the cursor where the page before it ended.

use std::str::FromStr;

use orcazap_store::{Cursor, Page};
use serde::Deserialize;

use crate::http::problem::PageError;
use crate::views::quotes::Pager;

/// How many entries are on a page.
pub(super) const ENTRIES: u16 = 30;

/// The part of an address that says which page.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Before {
    antes: Option<String>,
}

impl Before {
    /// The cursor; a page whose cursor we did not make is not there.
    pub(super) fn cursor(&self) -> Result<Option<Cursor>, PageError> {
        let cursor = self.antes.as_deref().map(Cursor::from_str).transpose();
        cursor.map_err(|_| PageError::NotFound)
    }

    /// The links around a page of the list at `path`, which may have a query.
    pub(super) fn pager<T>(&self, path: &str, page: &Page<T>) -> Pager {
        let join = if path.contains('?') { '&' } else { '?' };
        Pager {
            first: self.antes.as_ref().map(|_| path.to_owned()),
            next: page.next.map(|cursor| format!("{path}{join}antes={cursor}")),
        }
    }
}

/// An id in a path; one that is malformed is as absent as one that is unknown.
pub(super) fn id<T: FromStr>(text: &str) -> Result<T, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}
