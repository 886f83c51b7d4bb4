//! The state of a page as its address has it: an ordered list of names and values.

use url::form_urlencoded;

/// Names and values behind the `?` of an address. Every link of a page is the present state
/// with something changed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Reads what stands behind the `?`. Blanks around values and empty values are nothing,
    /// as forms send fields that nobody filled in.
    pub fn parse(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.trim().to_owned()));
        Self {
            pairs: pairs.filter(|(_, value)| !value.is_empty()).collect(),
        }
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Where a form or a choice wants to lead back to: a path of this site, and nothing that
    /// a browser takes for another (`//host`, `/\\host`).
    pub fn back(&self) -> Option<&str> {
        self.get("back").filter(|back| {
            let mut chars = back.chars();
            let rooted = chars.next() == Some('/') && !matches!(chars.next(), Some('/' | '\\'));
            rooted && !back.chars().any(char::is_control)
        })
    }

    /// All values of a name.
    pub fn all<'p>(&'p self, name: &str) -> impl Iterator<Item = &'p str> {
        let name = name.to_owned();
        let named = move |(n, v): &'p (String, String)| (*n == name).then_some(&**v);
        self.pairs.iter().filter_map(named)
    }

    /// All names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Whether a name has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|v| v == value)
    }

    /// The same with one value of a name, in the place of all that it had.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut new = self.without(name);
        new.pairs.push((name.to_owned(), value.to_owned()));
        new
    }

    /// The same with one more value of a name.
    #[must_use]
    pub fn and(&self, name: &str, value: &str) -> Self {
        let mut new = self.clone();
        if !new.has(name, value) {
            new.pairs.push((name.to_owned(), value.to_owned()));
        }
        new
    }

    /// The same with one more value of a name, whether it has that already or not.
    #[must_use]
    pub fn push(&self, name: &str, value: &str) -> Self {
        let mut new = self.clone();
        new.pairs.push((name.to_owned(), value.to_owned()));
        new
    }

    /// The same without a name.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let pairs = self.pairs.iter().filter(|(n, _)| n != name);
        Self {
            pairs: pairs.cloned().collect(),
        }
    }

    /// The same without one value of a name.
    #[must_use]
    pub fn without_value(&self, name: &str, value: &str) -> Self {
        let pairs = self.pairs.iter().filter(|(n, v)| n != name || v != value);
        Self {
            pairs: pairs.cloned().collect(),
        }
    }

    /// What stands behind the `?` of an address.
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.extend_pairs(self.pairs());
        out.finish()
    }

    /// A path with these behind it.
    pub fn behind(&self, path: &str) -> String {
        match self.pairs.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", self.query()),
        }
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Params {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(pairs: T) -> Self {
        let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        Self {
            pairs: pairs.into_iter().map(own).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_with_something_changed() {
        let state = Params::parse("who=%D8%B3%D8%A7%D9%84%D9%85&act=deny&act=warn&to=&from=+");
        assert_eq!(state.get("who"), Some("سالم"));
        assert_eq!(state.get("to"), None);
        assert_eq!(state.all("act").collect::<Vec<_>>(), ["deny", "warn"]);
        assert_eq!(
            state.without("who").without_value("act", "deny").query(),
            "act=warn"
        );
        assert_eq!(state.without("who").with("act", "ask").query(), "act=ask");
        assert_eq!(Params::default().behind("/"), "/");
        let again = Params::parse(&state.query());
        assert_eq!(again, state);
    }
}
