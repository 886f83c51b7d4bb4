//! Where the listed strings of a cast stand in its article.

use super::names::is_letter;
use crate::gold::Member;
use crate::text::{ABSENT, Text, length};

/// Letters that may stand attached in front of a name.
pub(super) const ATTACHED: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

/// Every occurrence of a listed form of a name, as its span and the index of its
/// member. The longest form wins; a form stands at the borders of words, with up
/// to three attached letters in front that don't belong to it.
pub(crate) fn occurrences(text: &Text, members: &[&Member]) -> Vec<((i64, i64), usize)> {
    let mut all = Vec::new();
    for (at, member) in members.iter().enumerate() {
        for form in member.mentions.iter().flat_map(|m| forms(m)) {
            all.push((form.chars().count(), form, at));
        }
    }
    all.retain(|(size, ..)| *size > 0);
    // The order of equally long ones is that of the reference scorer.
    all.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));

    let mut taken = Vec::new();
    let mut found = Vec::new();
    for (size, form, member) in all {
        let mut start = text.find(&form, 0);
        while start != ABSENT {
            let end = start + length(size);
            if stands_free(text, start, end) && is_free(&taken, start, end) {
                let at = taken.partition_point(|&(from, _)| from < start);
                taken.insert(at, (start, end));
                found.push(((start, end), member));
            }
            start = text.find(&form, start + 1);
        }
    }
    found
}

/// A string as it may stand: behind `ل` the article contracts.
fn forms(string: &str) -> Vec<String> {
    let mut forms = vec![string.to_owned()];
    if let Some(rest) = string.strip_prefix("ال") {
        forms.extend([format!("ل{rest}"), format!("لل{rest}")]);
    }
    forms
}

/// Whether only attached letters stand in front, and no letter behind.
fn stands_free(text: &Text, start: i64, end: i64) -> bool {
    let letter = |at: i64| at >= 0 && text.char_at(at).is_some_and(joins);
    let mut front = start;
    while front > start - 3 && letter(front - 1) {
        front -= 1;
    }
    let attached = |at: i64| text.char_at(at).is_some_and(|c| ATTACHED.contains(&c));
    !letter(front - 1) && (front..start).all(attached) && !letter(end)
}

/// Whether a character is part of a word: a letter or a vowel mark.
fn joins(c: char) -> bool {
    is_letter(c) || matches!(c, '\u{200c}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether a stretch shares nothing with the sorted ones that are taken.
fn is_free(taken: &[(i64, i64)], start: i64, end: i64) -> bool {
    let next = taken.partition_point(|&(from, _)| from < end);
    next == 0 || taken[next - 1].1 <= start
}

/// Whether two spans with one end name the same: what the longer one has more is
/// an attached letter or two, or `ال` behind `ل`.
pub(super) fn differs_by_attached(text: &Text, a: i64, b: i64) -> bool {
    let more = a.min(b)..a.max(b);
    let mut letters = more.clone().map(|at| text.char_at(at));
    (1..=2).contains(&(more.end - more.start))
        && letters.all(|c| c.is_some_and(|c| ATTACHED.contains(&c) || c == 'ا'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(mentions: &[&str]) -> Member {
        Member {
            kind: "ORG".to_owned(),
            name: mentions[0].to_owned(),
            mentions: mentions.iter().map(|&m| m.to_owned()).collect(),
            titles: Vec::new(),
        }
    }

    fn found(text: &str, members: &[&Member]) -> Vec<(String, usize)> {
        let text = Text::new(text);
        let mut found = occurrences(&text, members);
        found.sort_unstable();
        let piece = |((a, b), m): ((i64, i64), usize)| Some((text.piece(a, b)?, m));
        found.into_iter().filter_map(piece).collect()
    }

    #[test]
    fn the_longest_form_wins_and_the_short_one_has_the_rest() {
        let union = member(&["اتحاد غواصي المرجان", "الاتحاد"]);
        let coral = member(&["المرجان", "مرجان"]);
        assert_eq!(
            found(
                "قال اتحاد غواصي المرجان إن المرجان بخير، والاتحاد يرعاه",
                &[&coral, &union]
            ),
            [
                ("اتحاد غواصي المرجان".to_owned(), 1),
                ("المرجان".to_owned(), 0),
                ("الاتحاد".to_owned(), 1),
            ]
        );
    }

    #[test]
    fn attached_letters_are_left_out_and_other_letters_make_another_word() {
        let body = member(&["الهيئة"]);
        let counted = |text| found(text, &[&body]).len();
        assert_eq!(counted("والهيئة وبالهيئة وللهيئة"), 3);
        assert_eq!(counted("وفوبالهيئة مالهيئة الهيئةُ الهيئتان"), 0);
        assert_eq!(
            found("قال للهيئة", &[&body]),
            [("للهيئة".to_owned(), 0)],
            "the article is contracted: the whole of it is the form"
        );
    }

    #[test]
    fn spans_of_one_name_differ_by_what_is_attached() {
        let text = Text::new("قال للهيئة وبالهيئة");
        assert!(differs_by_attached(&text, 4, 5));
        assert!(differs_by_attached(&text, 6, 4));
        assert!(!differs_by_attached(&text, 4, 4));
        assert!(!differs_by_attached(&text, 4, 7));
        assert!(!differs_by_attached(&text, 3, 4));
    }

    #[test]
    fn an_empty_form_stands_nowhere() {
        assert_eq!(found("نص", &[&member(&[""])]), []);
    }
}
