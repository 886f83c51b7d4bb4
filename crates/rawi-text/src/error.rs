//! What can be wrong with a text.

use std::error::Error;
use std::fmt;

/// Why a text cannot be read. Offsets are bytes, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextError {
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The first byte that does not belong to a character.
        offset: usize,
    },
    /// The text holds a NUL character, which no article does: it is binary, or
    /// text in UTF-16.
    Nul {
        /// Where the first NUL stands.
        offset: usize,
    },
    /// The text is longer than one article can be.
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextError::NotUtf8 { offset } => write!(
                f,
                "invalid UTF-8 at byte {offset}: convert the text to UTF-8 first"
            ),
            TextError::Nul { offset } => write!(
                f,
                "NUL character at byte {offset}: the input is binary or UTF-16, convert it to UTF-8 text"
            ),
            TextError::TooLong { bytes } => write!(
                f,
                "{bytes} bytes are too long for one article (limit {}): split the input",
                crate::SourceText::MAX_BYTES
            ),
        }
    }
}

impl Error for TextError {}
