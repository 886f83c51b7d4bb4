//! What can be wrong with a pack.

use std::fmt;

/// Why a model cannot be opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PackError {
    /// The bytes do not begin as a pack does.
    NotAPack,
    /// A pack of another format version.
    Version(u32),
    /// A model that was trained with other feature templates than the program has.
    Templates {
        /// Those of the model.
        found: u32,
        /// Those of the program.
        wanted: u32,
    },
    /// The bytes end before what the tables promise.
    Truncated(String),
    /// The pack has no such section.
    Missing(String),
    /// The checksum of the contents is not the one that was stored.
    Damaged,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackError::NotAPack => f.write_str("this is no model pack"),
            PackError::Version(v) => {
                write!(f, "model pack of format {v}, which this build cannot read")
            }
            PackError::Templates { found, wanted } => write!(
                f,
                "model of templates {found}, where this build has {wanted}: train it anew"
            ),
            PackError::Truncated(what) => write!(f, "model pack ends inside {what}"),
            PackError::Missing(name) => write!(f, "model pack has no section `{name}`"),
            PackError::Damaged => f.write_str("model pack does not match its checksum"),
        }
    }
}

impl std::error::Error for PackError {}
