//! Offsets and spans: bytes inside the house, code points at its borders.

use std::fmt;
use std::ops::Range;

/// A position in a text, in bytes of its UTF-8 form, counted from 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BytePos(pub u32);

/// A position in a text, in Unicode code points, counted from 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CharPos(pub u32);

impl BytePos {
    /// The position as an index into a byte slice.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CharPos {
    /// The position as a count.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of bytes of a [`SourceText`](crate::SourceText), the one
/// span type that all stages share.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: BytePos,
    /// One past the last byte.
    pub end: BytePos,
}

impl Span {
    /// The span from byte `start` up to byte `end`.
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "a span runs forwards: {start}..{end}");
        Self {
            start: BytePos(start),
            end: BytePos(end),
        }
    }

    /// The span as a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start.index()..self.end.index()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.index() - self.start.index()
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start.0, self.end.0)
    }
}

/// A half-open range of code points, as readings print it.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CharSpan {
    /// First code point.
    pub start: CharPos,
    /// One past the last code point.
    pub end: CharPos,
}
