//! All that can be wrong with a query.

use super::{Field, Query};

/// How deep groups and exclusions may be nested.
pub(super) const DEEPEST: usize = 32;

/// How many words and conditions a query may have.
pub(super) const MOST: usize = 200;

/// The most words that may stand between near ones.
pub(super) const FARTHEST: u32 = 100;

/// What is wrong with a query, as a kind with the values that it is about: programs tell
/// it in English, pages in the language of whoever reads them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It has more than [`Query::LONGEST`] bytes.
    TooLong,
    /// Groups and exclusions are nested too deep.
    TooDeep,
    /// It has too many words and conditions.
    TooMany,
    /// A sign that closes what was never opened.
    ClosesNothing(char),
    /// A sign that opens nothing.
    OpensNothing(char),
    /// Nothing stands before a closing bracket.
    EmptyBracket,
    /// A group or exclusion has nothing in it.
    EmptyGroup,
    /// Nothing stands before `OR`.
    NothingBeforeOr,
    /// Nothing stands behind `OR`.
    NothingBehindOr,
    /// `AND` has nothing on one of its sides.
    AndJoinsNothing,
    /// Nothing stands behind `-`.
    NothingExcluded,
    /// Nothing stands behind `=`.
    NothingExact,
    /// A bracket is never closed.
    BracketOpen,
    /// Quotation marks are never closed.
    QuoteOpen {
        /// The mark that opens.
        open: char,
        /// The mark that would close.
        close: char,
    },
    /// A backslash before anything but a quotation mark or another.
    Backslash,
    /// No number of words stands behind `~`.
    NoDistance,
    /// `~` behind one word.
    DistanceOfOne,
    /// `~` behind an exact spelling.
    DistanceOfExact,
    /// `*`, which stands for nothing.
    Asterisk,
    /// A text without letters and digits.
    NoLetter(String),
    /// A text in which nothing is a word.
    NoWord(String),
    /// A field that there is not.
    NoField(String),
    /// The same, where there is one that is written nearly so.
    FieldMisspelled {
        /// As it is written.
        text: String,
        /// As it may be meant.
        near: &'static str,
    },
    /// A list of values that is never closed; the field as it is written.
    ListOpen(String),
    /// Values of a list with nothing between them.
    ListUnparted(String),
    /// A field without a value.
    NoValue(Field),
    /// `none` of a field that is never without a value.
    NeverNone(Field),
    /// What should be the number of an entity.
    NoNumber(String),
    /// What should be a name.
    NoName(Field, String),
    /// A value that the field does not have.
    Unknown(Field, String),
    /// The same, where it has one that is written nearly so.
    Misspelled {
        /// The field.
        field: Field,
        /// As it is written.
        text: String,
        /// As it may be meant.
        near: &'static str,
    },
    /// What should be a date.
    NoDate {
        /// The field.
        field: Field,
        /// What is written.
        text: String,
        /// Why it is none.
        why: String,
    },
    /// A word of a question with nothing behind it.
    NothingAbout(String),
    /// A field where only words can be looked for.
    WordsOnly(Field),
    /// The archive has no entity of this number.
    LacksEntity(i64),
}

/// A value that a fault is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part<'f> {
    /// What is written in the query, or in place of it.
    Text(&'f str),
    /// A sign.
    Sign(char),
    /// How many.
    Number(u64),
    /// The number of an entity.
    Entity(i64),
    /// A field.
    Field(Field),
    /// The names of all fields.
    Fields,
    /// What may be written behind a field.
    Values(Field),
}

impl Fault {
    /// The values that it is about, by the names that messages have for them.
    pub fn parts(&self) -> Vec<(&'static str, Part<'_>)> {
        match self {
            Fault::TooLong => vec![("most", Part::Number(Query::LONGEST as u64))],
            Fault::TooDeep => vec![("most", Part::Number(DEEPEST as u64))],
            Fault::TooMany => vec![("most", Part::Number(MOST as u64))],
            Fault::NoDistance => vec![("most", Part::Number(FARTHEST.into()))],
            Fault::ClosesNothing(sign) | Fault::OpensNothing(sign) => {
                vec![("sign", Part::Sign(*sign))]
            }
            Fault::QuoteOpen { open, close } => {
                vec![("sign", Part::Sign(*open)), ("close", Part::Sign(*close))]
            }
            Fault::NoLetter(text)
            | Fault::NoWord(text)
            | Fault::NoNumber(text)
            | Fault::ListOpen(text)
            | Fault::ListUnparted(text)
            | Fault::NothingAbout(text) => vec![("text", Part::Text(text))],
            Fault::NoField(text) => vec![("text", Part::Text(text)), ("fields", Part::Fields)],
            Fault::FieldMisspelled { text, near } => {
                vec![("text", Part::Text(text)), ("near", Part::Text(near))]
            }
            Fault::NoValue(field) | Fault::NeverNone(field) => {
                vec![
                    ("field", Part::Field(*field)),
                    ("values", Part::Values(*field)),
                ]
            }
            Fault::NoName(field, text)
            | Fault::Unknown(field, text)
            | Fault::NoDate { field, text, .. } => vec![
                ("text", Part::Text(text)),
                ("field", Part::Field(*field)),
                ("values", Part::Values(*field)),
            ],
            Fault::Misspelled { field, text, near } => vec![
                ("text", Part::Text(text)),
                ("field", Part::Field(*field)),
                ("near", Part::Text(near)),
                ("values", Part::Values(*field)),
            ],
            Fault::WordsOnly(field) => vec![("field", Part::Field(*field))],
            Fault::LacksEntity(id) => vec![("number", Part::Entity(*id))],
            Fault::EmptyBracket
            | Fault::EmptyGroup
            | Fault::NothingBeforeOr
            | Fault::NothingBehindOr
            | Fault::AndJoinsNothing
            | Fault::NothingExcluded
            | Fault::NothingExact
            | Fault::BracketOpen
            | Fault::Backslash
            | Fault::DistanceOfOne
            | Fault::DistanceOfExact
            | Fault::Asterisk => Vec::new(),
        }
    }
}
