//! A webhook's form: names and values, as they were signed.

use url::form_urlencoded;

/// The largest form taken, in bytes: one message has 4 KiB at most, and its
/// envelope about as much.
pub const MAX_FORM_BYTES: usize = 64 * 1024;

/// The parameters of a form (`application/x-www-form-urlencoded`), in its order.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form(Vec<(String, String)>);

/// Shows how many parameters there are, and nothing of what a customer wrote.
impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("parameters", &self.0.len()).finish()
    }
}

impl Form {
    /// Reads a body. Whatever it holds is a form of some parameters; the signature
    /// tells whether they are Twilio's.
    #[must_use]
    pub fn read(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The first value of a name; `None` when there is none or it is empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// All parameters.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Form {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}
