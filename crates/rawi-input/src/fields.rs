//! Which field of a record is what of an article.

use std::error::Error;
use std::fmt;

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// What a field can be of an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// What names it.
    Id,
    /// Its text.
    Text,
    /// Its text as HTML.
    Html,
    /// Its headline.
    Title,
    /// Its day of publication.
    Published,
    /// Who published it.
    Outlet,
    /// Where it stood; names an article that has no id.
    Url,
    /// Who wrote it.
    Author,
    /// The language it is in.
    Language,
    /// When it was captured.
    Fetched,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 10] = [
        Role::Id,
        Role::Text,
        Role::Html,
        Role::Title,
        Role::Published,
        Role::Outlet,
        Role::Url,
        Role::Author,
        Role::Language,
        Role::Fetched,
    ];

    /// The name by which callers know it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Id => "id",
            Role::Text => "text",
            Role::Html => "html",
            Role::Title => "title",
            Role::Published => "published",
            Role::Outlet => "outlet",
            Role::Url => "url",
            Role::Author => "author",
            Role::Language => "language",
            Role::Fetched => "fetched",
        }
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self, Role::Text | Role::Html)
    }
}

/// A mapping of fields that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError(String);

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for FieldError {}

/// The names by which fields are known. By default those of
/// `lexicon/input_fields.tsv`; the caller's come before them.
#[derive(Clone, Default, Debug)]
pub struct Fields {
    given: Vec<(Role, String)>,
}

impl Fields {
    /// Takes a mapping such as `text=body`: the field `body` is the text. Once
    /// a field is named for a role, no other is looked for.
    ///
    /// # Errors
    ///
    /// If it has no `=`, its left side is none of the names of [`Role`], or its
    /// right side is empty.
    pub fn map(&mut self, mapping: &str) -> Result<(), FieldError> {
        let Some((role, field)) = mapping.split_once('=') else {
            return Err(FieldError(format!(
                "`{mapping}` is no mapping; write it like text=body"
            )));
        };
        let (role, field) = (role.trim(), field.trim());
        let Some(role) = Role::ALL.into_iter().find(|r| r.name() == role) else {
            let roles = Role::ALL.map(Role::name).join(", ");
            return Err(FieldError(format!("`{role}` is none of {roles}")));
        };
        if field.is_empty() {
            return Err(FieldError(format!("`{mapping}` names no field")));
        }
        self.given.push((role, field.to_owned()));
        Ok(())
    }

    /// Where among the names of a record's fields those of a role stand, the best first.
    ///
    /// ```
    /// use rawi_input::{Fields, Role};
    ///
    /// let fields = Fields::default();
    /// assert_eq!(fields.places(Role::Text, &["id", "Body", "text"]), [2, 1]);
    /// ```
    pub fn places(&self, role: Role, names: &[&str]) -> Vec<usize> {
        self.find(role, &names.iter().copied().collect()).collect()
    }

    /// Which columns have a role, the best first.
    pub(crate) fn find<'a>(
        &'a self,
        role: Role,
        columns: &'a Columns,
    ) -> impl Iterator<Item = usize> + 'a {
        let given = self.given.iter().filter(move |(r, _)| *r == role);
        let any = given.clone().next().is_some();
        let given = given.filter_map(|(_, name)| {
            let exact = columns.names.iter().position(|c| c.trim() == name);
            exact.or_else(|| columns.position(&fold(name)))
        });
        let known = NAMES
            .iter()
            .filter(move |(name, _)| !any && *name == role.name())
            .flat_map(|(_, names)| *names)
            .filter_map(|name| columns.position(name));
        given.chain(known)
    }
}

/// The names of the fields of a record, or of the columns of a table.
#[derive(Default, Debug)]
pub(crate) struct Columns {
    names: Vec<String>,
    folded: Vec<String>,
}

impl Columns {
    pub fn push(&mut self, name: String) {
        self.folded.push(fold(&name));
        self.names.push(name);
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// The names, for messages.
    pub fn list(&self) -> String {
        const SHOWN: usize = 12;
        let shown: Vec<&str> = self.names.iter().take(SHOWN).map(|n| n.trim()).collect();
        let more = if self.len() > SHOWN { ", …" } else { "" };
        format!("{}{more}", shown.join(", "))
    }

    /// Where a name stands, as it is written.
    pub fn position_of(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    fn position(&self, folded: &str) -> Option<usize> {
        self.folded.iter().position(|c| c == folded)
    }
}

impl<S: Into<String>> FromIterator<S> for Columns {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut columns = Columns::default();
        names.into_iter().for_each(|n| columns.push(n.into()));
        columns
    }
}

/// A name without what names are written differently by: case, spaces, marks.
fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields() {
        let columns = Columns::from_iter(["ID", "News Body", "عنوان_الخبر", "Pub-Date", "x"]);
        let fields = Fields::default();
        let found = Role::ALL.map(|r| fields.find(r, &columns).next());
        let none = None;
        assert_eq!(
            found,
            [
                Some(0),
                Some(1),
                none,
                Some(2),
                Some(3),
                none,
                none,
                none,
                none,
                none
            ]
        );
    }

    #[test]
    fn what_the_caller_names_is_the_only_one() {
        let mut fields = Fields::default();
        fields.map("text=x").unwrap();
        let first = |names: &[&str]| {
            let columns = names.iter().copied().collect();
            fields.find(Role::Text, &columns).next()
        };
        assert_eq!(first(&["text", "x"]), Some(1));
        assert_eq!(first(&["text"]), None);
        let mut fields = Fields::default();
        for wrong in ["x", "body=text", "text="] {
            assert!(fields.map(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_role_of_the_table_is_one_of_ours() {
        assert_eq!(NAMES.len(), Role::ALL.len());
        for (name, names) in NAMES {
            assert!(Role::ALL.iter().any(|r| r.name() == *name), "{name}");
            assert!(names.iter().all(|n| fold(n) == *n && !n.is_empty()));
        }
    }
}
