//! The text as it came, and where its characters are.

use crate::{BytePos, CharPos, CharSpan, Span, TextError};

/// Bytes between two entries of the code-point index.
const BLOCK: usize = 256;

/// An article's text exactly as given. It never changes; everything that rawi
/// reports is a [`Span`] of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    text: Box<str>,
    /// Code points that start before byte `i * BLOCK`.
    index: Vec<u32>,
}

impl SourceText {
    /// The longest text that counts as one article, in bytes.
    pub const MAX_BYTES: usize = 16 << 20;

    /// Takes a text as it is.
    ///
    /// # Errors
    ///
    /// If it holds a NUL or is longer than [`MAX_BYTES`](Self::MAX_BYTES).
    pub fn new(text: impl Into<String>) -> Result<Self, TextError> {
        let text = text.into();
        if text.len() > Self::MAX_BYTES {
            return Err(TextError::TooLong { bytes: text.len() });
        }
        if let Some(offset) = text.bytes().position(|b| b == 0) {
            return Err(TextError::Nul { offset });
        }
        let mut index = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut chars = 0;
        for (i, byte) in text.bytes().enumerate() {
            if i % BLOCK == 0 {
                index.push(chars);
            }
            chars += u32::from(starts_char(byte));
        }
        Ok(Self {
            text: text.into_boxed_str(),
            index,
        })
    }

    /// Takes bytes that should be UTF-8.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if the bytes are not UTF-8.
    pub fn from_utf8(bytes: Vec<u8>) -> Result<Self, TextError> {
        let text = String::from_utf8(bytes).map_err(|e| TextError::NotUtf8 {
            offset: e.utf8_error().valid_up_to(),
        })?;
        Self::new(text)
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The characters of a span; `None` if it ends outside the text or cuts a
    /// character.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.text.get(span.range())
    }

    /// A byte span in code points. Ends outside the text count as its end, and
    /// a cut inside a character as the character's end.
    pub fn chars_of(&self, span: Span) -> CharSpan {
        CharSpan {
            start: self.char_at(span.start),
            end: self.char_at(span.end),
        }
    }

    /// A span of code points in bytes; `None` if it ends outside the text or
    /// runs backwards.
    pub fn bytes_of(&self, span: CharSpan) -> Option<Span> {
        let (start, end) = (self.byte_at(span.start)?, self.byte_at(span.end)?);
        (start <= end).then_some(Span { start, end })
    }

    /// Length in code points.
    pub fn len_chars(&self) -> usize {
        self.char_at(BytePos(u32::MAX)).index()
    }

    fn char_at(&self, byte: BytePos) -> CharPos {
        let byte = byte.index().min(self.text.len());
        let block = (byte / BLOCK).min(self.index.len().saturating_sub(1));
        let Some(&before) = self.index.get(block) else {
            return CharPos(0);
        };
        let rest = &self.text.as_bytes()[block * BLOCK..byte];
        let inside = rest.iter().filter(|b| starts_char(**b)).count();
        CharPos(before + u32::try_from(inside).unwrap_or(u32::MAX))
    }

    fn byte_at(&self, position: CharPos) -> Option<BytePos> {
        let block = self
            .index
            .partition_point(|&before| before <= position.0)
            .saturating_sub(1);
        let mut left = position.0 - self.index.get(block).copied().unwrap_or(0);
        for (i, byte) in self.text.bytes().enumerate().skip(block * BLOCK) {
            if starts_char(byte) {
                if left == 0 {
                    return Some(BytePos(u32::try_from(i).ok()?));
                }
                left -= 1;
            }
        }
        (left == 0).then(|| BytePos(u32::try_from(self.text.len()).unwrap_or(u32::MAX)))
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bad_input_is_told_where() {
        assert_eq!(
            SourceText::from_utf8(vec![b'a', 0xD9, b'x']),
            Err(TextError::NotUtf8 { offset: 1 })
        );
        assert_eq!(SourceText::new("نص\0"), Err(TextError::Nul { offset: 4 }));
        let long = "ا".repeat(SourceText::MAX_BYTES / 2 + 1);
        assert!(matches!(
            SourceText::new(long),
            Err(TextError::TooLong { .. })
        ));
    }

    #[test]
    fn empty_text_has_one_position() {
        let text = SourceText::new("").unwrap();
        assert_eq!(text.len_chars(), 0);
        assert_eq!(text.bytes_of(CharSpan::default()), Some(Span::default()));
    }

    proptest! {
        #[test]
        fn both_counts_agree_with_counting(text in "[ا-ي a-z🙂é]{0,700}", a in 0usize..800, b in 0usize..800) {
            let source = SourceText::new(text.clone()).unwrap();
            let chars: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            prop_assert_eq!(source.len_chars(), chars.len() - 1);
            let (a, b) = (a.min(chars.len() - 1), b.min(chars.len() - 1));
            let (a, b) = (a.min(b), a.max(b));
            let span = Span::new(chars[a] as u32, chars[b] as u32);
            let counted = CharSpan { start: CharPos(a as u32), end: CharPos(b as u32) };
            prop_assert_eq!(source.chars_of(span), counted);
            prop_assert_eq!(source.bytes_of(counted), Some(span));
        }
    }
}
