#![doc = "placeholder"]
mod error;
mod fold;
mod layout;
mod offset;
mod quote;
mod sentence;
mod source;
mod token;

pub use error::TextError;
pub use fold::{Folded, fold};
pub use layout::{Layout, Quote, Token, TokenKind};
pub use offset::{BytePos, CharPos, CharSpan, Span};
pub use source::SourceText;
