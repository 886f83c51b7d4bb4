//! What is wrong with a query, and what would be right, in English.

use std::fmt;

use super::fault::{DEEPEST, FARTHEST, Fault, MOST};
use super::field::Takes;
use super::{Field, Query, words};

/// Why a text is no query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryError {
    /// Where it went wrong, in code points from 1; 0 if it has no place in the text.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

impl QueryError {
    pub(crate) fn new(column: usize, fault: Fault) -> Self {
        Self { column, fault }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column > 0 {
            write!(f, "column {}: ", self.column)?;
        }
        write!(f, "{}: {}", self.fault.problem(), self.fault.hint())
    }
}

impl std::error::Error for QueryError {}

impl Fault {
    /// What is wrong.
    pub fn problem(&self) -> String {
        let plain = match self {
            Fault::TooLong => return format!("longer than {} bytes", Query::LONGEST),
            Fault::TooDeep => return format!("nested deeper than {DEEPEST}"),
            Fault::TooMany => return format!("more than {MOST} words and conditions"),
            Fault::ClosesNothing(sign) => return format!("`{sign}` closes nothing"),
            Fault::OpensNothing(sign) => return format!("`{sign}` opens nothing"),
            Fault::QuoteOpen { open, .. } => return format!("`{open}` is never closed"),
            Fault::NoLetter(text) => return format!("`{text}` holds no letter and no digit"),
            Fault::NoWord(text) => return format!("`{text}` holds no word"),
            Fault::NoField(text) | Fault::FieldMisspelled { text, .. } => {
                return format!("there is no field `{text}:`");
            }
            Fault::ListOpen(text) => return format!("the list of `{text}:` is never closed"),
            Fault::ListUnparted(text) => return format!("the values of `{text}:` are not parted"),
            Fault::NoValue(field) => return format!("`{}:` has no value", field.name()),
            Fault::NeverNone(field) => return format!("`{}:` has no value `none`", field.name()),
            Fault::NoNumber(text) => return format!("`{text}` names no entity"),
            Fault::NoName(_, text) => return format!("`{text}` is no name"),
            Fault::Unknown(field, text) | Fault::Misspelled { field, text, .. } => {
                let article = match field {
                    Field::Act | Field::Event => "an",
                    _ => "a",
                };
                return format!("`{text}` is not {article} {}", field.name());
            }
            Fault::NoDate { text, why, .. } => return format!("`{text}` is no date: {why}"),
            Fault::NothingAbout(text) => return format!("nothing stands behind `{text}`"),
            Fault::WordsOnly(field) => {
                return format!(
                    "sentences are searched for words alone, not by `{}:`",
                    field.name()
                );
            }
            Fault::LacksEntity(id) => return format!("the archive has no entity #{id}"),
            Fault::EmptyBracket => "nothing stands before `)`",
            Fault::EmptyGroup => "a group is empty",
            Fault::NothingBeforeOr => "nothing stands before OR",
            Fault::NothingBehindOr => "nothing stands behind OR",
            Fault::AndJoinsNothing => "AND joins nothing",
            Fault::NothingExcluded => "nothing is excluded",
            Fault::NothingExact => "nothing stands behind `=`",
            Fault::BracketOpen => "`(` is never closed",
            Fault::Backslash => "`\\` stands before neither `\"` nor `\\`",
            Fault::NoDistance => "no number of words stands behind `~`",
            Fault::DistanceOfOne => "one word has no distance",
            Fault::DistanceOfExact => "an exact spelling has no distance",
            Fault::Asterisk => "`*` stands for nothing",
        };
        plain.to_owned()
    }

    /// What would be right.
    pub fn hint(&self) -> String {
        let plain = match self {
            Fault::QuoteOpen { close, .. } => return format!("close it with `{close}`"),
            Fault::NoDistance => {
                return format!(
                    "write how many words may stand between, from 1 to {FARTHEST}: \"…\"~5"
                );
            }
            Fault::NoField(_) => {
                return format!(
                    "there is {}; put it in \"quotes\" to look for it as words",
                    Field::ALL.map(Field::name).join(", ")
                );
            }
            Fault::FieldMisspelled { near, .. } => return format!("did you mean {near}:?"),
            Fault::NoValue(field)
            | Fault::NeverNone(field)
            | Fault::NoName(field, _)
            | Fault::Unknown(field, _)
            | Fault::NoDate { field, .. } => return values(*field),
            Fault::Misspelled { field, near, .. } => {
                return format!("did you mean {near}? {}", values(*field));
            }
            Fault::TooLong | Fault::TooMany => "ask for less at once",
            Fault::TooDeep => "take some brackets away",
            Fault::ClosesNothing(_) => "take it away, or open a bracket before it",
            Fault::OpensNothing(_) => "take it away, or put what it belongs to in \"quotes\"",
            Fault::EmptyBracket => "write what is looked for, or take the bracket away",
            Fault::EmptyGroup => "write what is looked for",
            Fault::NothingBeforeOr | Fault::NothingBehindOr => {
                "write what else it may be on both sides of it"
            }
            Fault::AndJoinsNothing => {
                "write something on both sides of it, or leave it out: all words must match anyway"
            }
            Fault::NothingExcluded => {
                "write `-` directly before a word, a phrase, a field or a bracket"
            }
            Fault::NothingExact => "write the exact spelling directly behind it: =\"الميناء\"",
            Fault::BracketOpen => "close it with `)`",
            Fault::Backslash => "write `\\\\` for a backslash",
            Fault::DistanceOfOne => "write two or more words in the quotes before `~`",
            Fault::DistanceOfExact => "take away `=` or `~`",
            Fault::Asterisk => "leave it out: a word is found in all its forms",
            Fault::NoLetter(_) | Fault::NoWord(_) => "only words and numbers can be found",
            Fault::ListOpen(_) | Fault::ListUnparted(_) => {
                "put commas between values, quotes around those of several words, and `)` behind the last"
            }
            Fault::NoNumber(_) => "write the number of an entity behind #, like #12",
            Fault::WordsOnly(_) => "write words; everything else has a condition of its own",
            Fault::NothingAbout(_) => "write what it was said about",
            Fault::LacksEntity(_) => "`--facets` and `rawi entity list` tell their numbers",
        };
        plain.to_owned()
    }
}

/// What may be written behind a field.
fn values(field: Field) -> String {
    let plain = match field.takes() {
        Takes::Known => return format!("there is {}", words::known(field.name()).join(", ")),
        Takes::Entity => "write a name, in quotes if of several words, or #NUMBER",
        Takes::Name => "write a name, in quotes if of several words",
        Takes::Time => "write 2026, 2026-03 or 2026-03-12",
        Takes::TimeOrNone => "write 2026, 2026-03 or 2026-03-12, or none",
    };
    plain.to_owned()
}
