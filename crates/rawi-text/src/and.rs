//! `و` written apart: `قال و أضاف`. It joins just like an attached one, so that it
//! makes one word with the next.

use crate::chars::{is_arabic, is_joiner, is_mark};

/// More spaces than this behind a `و` join nothing.
const SPACES: usize = 3;

/// Where the word begins that a lone `و` before byte `at` belongs to: behind a few
/// spaces, and with more than one letter (`أ و ب` is a list).
pub(crate) fn joined(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.strip_suffix('و')?;
    let attached = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || is_mark(c) || is_joiner(c) || "_#@".contains(c));
    if attached {
        return None;
    }
    let rest = &text[at..];
    let spaces = rest
        .bytes()
        .take(SPACES + 1)
        .take_while(|&b| b == b' ')
        .count();
    let mut letters = rest.get(spaces..)?.chars();
    let word = letters.next().is_some_and(is_letter)
        && letters.find(|&c| !is_mark(c)).is_some_and(is_letter);
    (word && (1..=SPACES).contains(&spaces)).then_some(at + spaces)
}

/// A letter, and no tatweel.
fn is_letter(c: char) -> bool {
    is_arabic(c) && c != 'ـ'
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_lone_and_joins_the_next_word() {
        // `|` stands where the question is asked.
        let table = [
            ("قال و| أضاف", true),
            ("و|  قال", true),
            ("«نعم» و| قال", true),
            ("أ و| ب", false),
            ("و| «نعم»", false),
            ("و| 20", false),
            ("هو| قال", false),
            ("و|قال", false),
            ("و|     قال", false),
            ("و|\nقال", false),
            ("و|", false),
        ];
        for (text, joins) in table {
            let at = text.find('|').unwrap();
            let text = text.replace('|', "");
            assert_eq!(joined(&text, at).is_some(), joins, "{text}");
        }
    }
}
