//! Offsets of a reading in the units of other programs.

use std::ops::Range;

/// The places of a text's code points in bytes and in UTF-16, for slicing with the
/// offsets of a reading where strings aren't counted in code points: bytes in Rust,
/// C and Go, UTF-16 units in JavaScript, Java and C#.
///
/// ```
/// use rawi::Offsets;
///
/// let text = "🙂 قال نعم";
/// let offsets = Offsets::of(text);
/// assert_eq!(&text[offsets.bytes(2..5).unwrap()], "قال");
/// assert_eq!(offsets.utf16(2..5), Some(3..6));
/// assert_eq!(offsets.bytes(2..99), None);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets {
    /// The byte and the UTF-16 unit at which each code point begins, and the end.
    starts: Vec<(usize, usize)>,
}

impl Offsets {
    /// The places of a text. Takes time and memory in proportion to its length.
    pub fn of(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 2 + 1);
        let mut utf16 = 0;
        for (byte, c) in text.char_indices() {
            starts.push((byte, utf16));
            utf16 += c.len_utf16();
        }
        starts.push((text.len(), utf16));
        Self { starts }
    }

    /// The bytes of a range of code points, half-open and counted from 0; none if it
    /// reaches out of the text or runs backwards.
    pub fn bytes(&self, points: Range<u32>) -> Option<Range<usize>> {
        let (start, end) = self.ends(points)?;
        Some(start.0..end.0)
    }

    /// The UTF-16 units of a range of code points, half-open and counted from 0; none
    /// if it reaches out of the text or runs backwards.
    pub fn utf16(&self, points: Range<u32>) -> Option<Range<usize>> {
        let (start, end) = self.ends(points)?;
        Some(start.1..end.1)
    }

    fn ends(&self, points: Range<u32>) -> Option<((usize, usize), (usize, usize))> {
        let at = |p: u32| self.starts.get(p as usize).copied();
        (points.start <= points.end)
            .then(|| Some((at(points.start)?, at(points.end)?)))
            .flatten()
    }
}
