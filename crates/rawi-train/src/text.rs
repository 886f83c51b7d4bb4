//! An article's text, addressed by code points.

use anyhow::{Context, Result};

/// Where a string is said to stand that does not stand in the text.
///
/// An annotation may be wrong. The reference scorer goes on counting from here
/// (and from here backwards, as Python's negative indices do); doing likewise
/// keeps figures comparable.
pub(crate) const ABSENT: i64 = -1;

/// A text with its code points at hand. Positions are 0-based code points.
#[derive(Debug)]
pub(crate) struct Text {
    bytes: String,
    chars: Vec<char>,
    /// The byte at which each code point begins, and the length of the text.
    starts: Vec<usize>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at);
        Text {
            bytes: text.to_owned(),
            chars: text.chars().collect(),
            starts: starts.chain([text.len()]).collect(),
        }
    }

    /// The text as it was given.
    pub(crate) fn as_str(&self) -> &str {
        &self.bytes
    }

    /// How many code points it has.
    pub(crate) fn len(&self) -> i64 {
        length(self.chars.len())
    }

    /// Where `piece` first stands at or after `from`, or [`ABSENT`]. A negative
    /// `from` counts from the end.
    pub(crate) fn find(&self, piece: &str, from: i64) -> i64 {
        let from = if from < 0 {
            (from + length(self.chars.len())).max(0)
        } else {
            from
        };
        let Some(&first) = usize::try_from(from)
            .ok()
            .and_then(|at| self.starts.get(at))
        else {
            return ABSENT;
        };
        match self.bytes[first..].find(piece) {
            Some(at) => length(self.starts.partition_point(|&start| start < first + at)),
            None => ABSENT,
        }
    }

    /// Where `piece` stands: at or after `from` if it does, else anywhere.
    pub(crate) fn locate(&self, piece: &str, from: i64) -> i64 {
        match self.find(piece, from) {
            ABSENT => self.find(piece, 0),
            at => at,
        }
    }

    /// The position before `piece` and the one behind it, as [`Text::locate`].
    pub(crate) fn span_of(&self, piece: &str, from: i64) -> (i64, i64) {
        let start = self.locate(piece, from);
        (start, start + length(piece.chars().count()))
    }

    /// The positions in `spans` that hold something visible, sorted.
    ///
    /// # Errors
    ///
    /// If a span reaches over the end of the text.
    pub(crate) fn cells(&self, spans: &[(i64, i64)]) -> Result<Vec<i64>> {
        let mut cells = Vec::new();
        for &(start, end) in spans {
            for at in start..end {
                let c = self
                    .char_at(at)
                    .with_context(|| format!("{start}..{end} reaches out of the text"))?;
                if !is_space(c) {
                    cells.push(at);
                }
            }
        }
        cells.sort_unstable();
        cells.dedup();
        Ok(cells)
    }

    /// The text between two positions, if it reaches so far.
    pub(crate) fn piece(&self, start: i64, end: i64) -> Option<String> {
        let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
        Some(self.chars.get(start..end)?.iter().collect())
    }

    /// The byte at which a position is; the end of the text for one behind it.
    pub(crate) fn byte(&self, at: i64) -> usize {
        let at = usize::try_from(at).unwrap_or(0);
        self.starts[at.min(self.chars.len())]
    }

    /// The code point at a position; a negative one counts from the end.
    pub(crate) fn char_at(&self, at: i64) -> Option<char> {
        let at = if at < 0 {
            at + length(self.chars.len())
        } else {
            at
        };
        self.chars.get(usize::try_from(at).ok()?).copied()
    }

    /// Up to `reach` code points on either side of a position, line breaks
    /// shown as spaces.
    pub(crate) fn around(&self, at: i64, reach: usize) -> (String, String) {
        let at = usize::try_from(at).unwrap_or(0).min(self.chars.len());
        let line = |chars: &[char]| -> String {
            let shown = chars.iter().map(|&c| if is_space(c) { ' ' } else { c });
            shown.collect()
        };
        let (before, after) = self.chars.split_at(at);
        (
            line(&before[before.len().saturating_sub(reach)..]),
            line(&after[..reach.min(after.len())]),
        )
    }
}

/// A length as a position. No text in memory is longer than `i64` counts.
pub(crate) fn length(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// White space in the reference scorer's sense: with the four information
/// separators.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_code_points() {
        let text = Text::new("قال: «لا» ثم قال");
        assert_eq!(text.find("قال", 0), 0);
        assert_eq!(text.find("قال", 1), 13);
        assert_eq!(text.find("قال", 14), ABSENT);
        assert_eq!(text.find("قال", -3), 13);
        assert_eq!(text.find("قال", 99), ABSENT);
        assert_eq!(text.find("", 16), 16);
        assert_eq!(text.find("", 17), ABSENT);
        assert_eq!(text.span_of("«لا»", 0), (5, 9));
    }

    #[test]
    fn what_does_not_follow_is_looked_for_from_the_beginning() {
        let text = Text::new("نفى ثم أكد");
        assert_eq!(text.locate("نفى", 4), 0);
        assert_eq!(text.locate("رفض", 4), ABSENT);
        assert_eq!(text.span_of("رفض", 0), (-1, 2));
    }

    #[test]
    fn cells_leave_out_spaces_and_count_an_overlap_once() -> Result<()> {
        let text = Text::new("أ ب\nج");
        assert_eq!(text.cells(&[(0, 3), (2, 5)])?, [0, 2, 4]);
        assert_eq!(text.cells(&[(-1, 1)])?, [-1, 0]);
        assert_eq!(text.cells(&[(4, 2)])?, [0i64; 0]);
        assert!(text.cells(&[(3, 6)]).is_err());
        assert!(text.cells(&[(-9, 0)]).is_err());
        Ok(())
    }

    #[test]
    fn contexts_stop_at_the_ends_of_the_text() {
        let text = Text::new("أكد\nذلك");
        assert_eq!(text.around(3, 2), ("كد".to_owned(), " ذ".to_owned()));
        assert_eq!(text.around(0, 9), (String::new(), "أكد ذلك".to_owned()));
        assert_eq!(text.around(-1, 1), (String::new(), "أ".to_owned()));
    }
}
