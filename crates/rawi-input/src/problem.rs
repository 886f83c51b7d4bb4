//! What is wrong with an input, and where.

use std::error::Error;
use std::fmt;

/// Where in the input something stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The file as it was named, or `stdin`.
    pub file: String,
    /// Number of the record in its file, from 1; none if the file is one article.
    pub record: Option<u64>,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Offset in bytes, from 0, in the file as it is after unpacking and
    /// conversion to UTF-8.
    pub byte: Option<u64>,
}

impl Place {
    /// A whole file.
    pub fn file(name: impl Into<String>) -> Self {
        Place {
            file: name.into(),
            ..Place::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        let mut separator = ": ";
        match (self.record, self.line) {
            (Some(record), Some(line)) => {
                write!(f, ":{line}")?;
                if record != line {
                    write!(f, ": record {record}")?;
                    separator = ", ";
                }
            }
            (Some(record), None) => {
                write!(f, ": record {record}")?;
                separator = ", ";
            }
            (None, Some(line)) => {
                write!(f, ": line {line}")?;
                separator = ", ";
            }
            (None, None) => {}
        }
        if let Some(byte) = self.byte {
            write!(f, "{separator}byte {byte}")?;
        }
        Ok(())
    }
}

/// Something to tell about the input, with its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is the matter, and what to do.
    pub text: String,
    /// The id of the article that it is about, where one is known.
    pub id: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Problem {
            place,
            text: text.into(),
            id: None,
        }
    }

    /// About the article of an id.
    #[must_use]
    pub(crate) fn with_id(mut self, id: String) -> Self {
        self.id = Some(id);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.text)
    }
}

impl Error for Problem {}
