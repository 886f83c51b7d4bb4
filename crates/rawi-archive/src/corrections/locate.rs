//! Words that somebody copied out of a text, found in it again.

use std::ops::Range;

/// Where a text has these words, whatever white space is between them: of several places
/// the one that begins nearest to a code point. Code points from 0, half-open.
pub fn locate(text: &str, words: &str, near: u32) -> Option<Range<u32>> {
    let chars: Vec<char> = text.chars().collect();
    let words: Vec<Vec<char>> = words
        .split_whitespace()
        .map(|w| w.chars().collect())
        .collect();
    let first = words.first()?.first()?;
    let starts = (0..chars.len()).filter(|at| chars[*at] == *first);
    let found = starts.filter_map(|at| Some(at..behind(&chars, at, &words)?));
    let near = near as usize;
    let nearest = found.min_by_key(|range| range.start.abs_diff(near))?;
    Some(u32::try_from(nearest.start).ok()?..u32::try_from(nearest.end).ok()?)
}

/// The place behind the words, if they stand at one.
fn behind(chars: &[char], start: usize, words: &[Vec<char>]) -> Option<usize> {
    let mut at = start;
    for (n, word) in words.iter().enumerate() {
        if n > 0 {
            let blanks = chars[at..].iter().take_while(|c| c.is_whitespace()).count();
            if blanks == 0 {
                return None;
            }
            at += blanks;
        }
        if !chars[at..].starts_with(word) {
            return None;
        }
        at += word.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_nearest_to_a_place() {
        let text = "قال نعم، ثم قال\n نعم.";
        assert_eq!(locate(text, "قال نعم", 0), Some(0..7));
        assert_eq!(locate(text, " قال  نعم ", 20), Some(12..20));
        assert_eq!(locate(text, "نعم ثم", 0), None);
        assert_eq!(locate(text, "  ", 0), None);
    }

    #[test]
    fn a_name_is_found_behind_an_attached_letter() {
        assert_eq!(locate("وسالم البدري", "سالم البدري", 0), Some(1..12));
    }
}
