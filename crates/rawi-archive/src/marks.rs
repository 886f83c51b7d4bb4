//! What rows of the indexes can be filtered by, as tokens of their `marks` column.
//!
//! One function a mark: whoever writes a row and whoever asks for it spell it alike.
//! Tokens are ASCII letters and digits, the first letter says of what kind they are.

use std::fmt::{Display, Write as _};

/// Stands for a kind of channel where there is none.
pub(crate) const NONE: &str = "none";

/// The marks of one row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Marks(String);

impl Marks {
    /// Adds one mark.
    pub fn add(&mut self, mark: &Mark) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{mark}");
    }

    /// The marks as they stand in the column.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One thing that a row can be filtered by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Mark {
    /// Every row has it: what all but something is taken from.
    Every,
    /// Somebody who speaks: an entity's id, 0 if nobody is named. In an article: in any of
    /// its statements.
    Speaker(i64),
    /// Somebody who is spoken to.
    Addressee(i64),
    /// Somebody who hands on what was said.
    Via(i64),
    /// The outlet, 0 if it is not known.
    Outlet(i64),
    /// A month, year and number.
    Month(i32, u8),
    /// No date to go by.
    Dateless,
    /// The act, as the contract names it.
    Act(String),
    /// The day on which it was said is told.
    SaidOn,
    /// The kind of channel, as the contract names it; [`NONE`] if none is told.
    Channel(String),
    /// The form.
    Form(String),
    /// The PLOVER type of an event that the statement tells.
    Event(String),
}

impl Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Mark::Every => f.write_str("x"),
            Mark::SaidOn => f.write_str("d"),
            Mark::Speaker(id) => write!(f, "s{id}"),
            Mark::Addressee(id) => write!(f, "t{id}"),
            Mark::Via(id) => write!(f, "v{id}"),
            Mark::Outlet(id) => write!(f, "o{id}"),
            Mark::Month(year, month) => write!(f, "m{year:04}{month:02}"),
            Mark::Dateless => f.write_str("m0"),
            Mark::Act(name) => write!(f, "a{}", letters(name)),
            Mark::Channel(name) => write!(f, "c{}", letters(name)),
            Mark::Form(name) => write!(f, "f{}", letters(name)),
            Mark::Event(name) => write!(f, "e{}", letters(name)),
        }
    }
}

/// A name without what would cut it in two.
fn letters(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
