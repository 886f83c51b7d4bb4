//! Why an article cannot be read.

use std::fmt;

use rawi_model::PackError;
use rawi_text::TextError;
use rawi_time::DateError;

/// Why an article cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// Its text is not one.
    Text(TextError),
    /// Its date of publication is none.
    PublishedDate {
        /// The date as given.
        date: String,
        /// What is wrong with it.
        why: DateError,
    },
    /// A model of this build cannot be opened.
    Model(PackError),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Text(e) => e.fmt(f),
            Error::Model(e) => write!(f, "this build's model is broken: {e}"),
            Error::PublishedDate { date, why } => {
                write!(f, "date of publication {date:?}: {why}")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Text(e) => Some(e),
            Error::Model(e) => Some(e),
            Error::PublishedDate { why, .. } => Some(why),
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
