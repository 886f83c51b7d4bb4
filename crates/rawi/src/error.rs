//! Why an article cannot be read.

use std::fmt;

use rawi_model::PackError;
use rawi_text::TextError;

/// Why an article cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// Its text is not one.
    Text(TextError),
    /// Its date of publication is not an ISO date.
    PublishedDate(String),
    /// A model of this build cannot be opened.
    Model(PackError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Text(e) => e.fmt(f),
            Error::Model(e) => write!(f, "this build's model is broken: {e}"),
            Error::PublishedDate(date) => {
                write!(
                    f,
                    "date of publication {date:?} is not a date like 2025-02-12"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Text(e) => Some(e),
            Error::Model(e) => Some(e),
            Error::PublishedDate(_) => None,
        }
    }
}

impl From<PackError> for Error {
    fn from(e: PackError) -> Self {
        Error::Model(e)
    }
}

impl From<TextError> for Error {
    fn from(e: TextError) -> Self {
        Error::Text(e)
    }
}
