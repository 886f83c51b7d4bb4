//! The text as it came, and where its characters are.

use crate::{BytePos, CharPos, CharSpan, Span, TextError};

/// Bytes between two entries of the code-point index.
const BLOCK: usize = 256;

/// An article's text exactly as given. It never changes; everything that rawi
/// reports is a [`Span`] of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    text: Box<str>,
    /// Code points before byte `i * BLOCK`, counting those that start there.
    index: Vec<u32>,
}
