//! The characters of an Arabic article: offsets, the folded view, tokens,
//! sentences, paragraphs, paired quotation marks and page furniture.
//!
//! [`SourceText`] holds the text exactly as it came and is never changed. A
//! [`Layout`] is what can be known of it from its characters alone; a worker
//! owns one and refills it article after article. Inside rawi a position is a
//! byte ([`Span`]); at every border it is a code point ([`CharSpan`]).
//!
//! ```
//! use rawi_text::{Layout, SourceText};
//!
//! let source = SourceText::new("وصل الوفد.وقال: «نحن متفائلون»")?;
//! let mut layout = Layout::new();
//! layout.analyze(&source);
//!
//! assert_eq!(layout.sentences().len(), 2);
//! let quote = &layout.quotes()[0];
//! assert_eq!(source.slice(quote.content), Some("نحن متفائلون"));
//! assert_eq!(source.chars_of(quote.content).start.0, 17);
//! assert_eq!(layout.word(3), "وقال");
//! # Ok::<(), rawi_text::TextError>(())
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used))] // A test that fails may panic.

mod and;
mod chars;
mod error;
mod few;
mod fold;
mod furniture;
mod layout;
mod offset;
pub mod proclitic;
mod quote;
pub mod safe;
mod sentence;
mod source;
mod spellings;
mod token;
mod tokens;

pub use error::TextError;
pub use few::Few;
pub use fold::{Folded, fold};
pub use furniture::{Furniture, FurnitureKind};
pub use layout::{Layout, Quote, Token, TokenKind};
pub use offset::{BytePos, CharPos, CharSpan, Span};
pub use quote::closes_quotation;
pub use source::SourceText;
pub use spellings::{Facts, SpellingId, Spellings};
pub use tokens::Tokens;
