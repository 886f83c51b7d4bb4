//! The news agency that an article is credited to: named as its outlet or author, in its
//! dateline (`باريس - رويترز:`, `دبي (وام) -`) or behind its last words (`(أ.ف.ب)`).
//!
//! An agency that somebody merely spoke to (`قال لوكالة رويترز`) gets no credit.

use std::collections::HashMap;
use std::sync::LazyLock;

use rawi_text::fold;

include!(concat!(env!("OUT_DIR"), "/agencies.rs"));

/// How much of a text can be a dateline, in characters.
const HEAD: usize = 140;
/// How much of its end can be a credit, in characters.
const TAIL: usize = 60;

/// The usual name of each agency by its spellings.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    AGENCIES
        .iter()
        .map(|(form, name)| (key(form), *name))
        .collect()
});

/// The agency of an article, by its usual name. Credited to several, it is the first's.
pub(crate) fn agency(
    outlet: Option<&str>,
    author: Option<&str>,
    text: &str,
) -> Option<&'static str> {
    let by_name = |name: Option<&str>| NAMES.get(&key(name?)).copied();
    by_name(outlet)
        .or_else(|| by_name(author))
        .or_else(|| in_head(text))
        .or_else(|| in_tail(text))
}

/// A stretch of text between two marks.
struct Part<'t> {
    text: &'t str,
    before: Option<char>,
    /// What stands behind it, blanks left out, and what behind that.
    after: Option<char>,
    next: Option<char>,
}

fn in_head(text: &str) -> Option<&'static str> {
    let end = text
        .char_indices()
        .nth(HEAD)
        .map_or(text.len(), |(at, _)| at);
    let leads =
        |c: Option<char>| matches!(c, Some('-' | '–' | '—' | 'ـ' | ':' | '/' | '\n' | '\r'));
    parts(&text[..end]).into_iter().find_map(|part| {
        let name = *NAMES.get(&key(part.text))?;
        let bracketed = part.before == Some('(') && part.after == Some(')');
        let set_off = match bracketed {
            true => leads(part.next),
            false => leads(part.after) && (part.before.is_none() || leads(part.before)),
        };
        set_off.then_some(name)
    })
}

fn in_tail(text: &str) -> Option<&'static str> {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let from = text.char_indices().rev().nth(TAIL).map_or(0, |(at, _)| at);
    let tail = &text[from..];
    let open = match tail.chars().next_back()? {
        ')' => '(',
        '»' => '«',
        '-' => '-',
        // A name alone in the last line.
        _ => return NAMES.get(&key(tail.rsplit('\n').next()?)).copied(),
    };
    let inside = &tail[..tail.len() - tail.chars().next_back()?.len_utf8()];
    let (before, inside) = inside.rsplit_once(open)?;
    // What stands in brackets behind the last sentence, not inside it.
    let ends = |c: char| matches!(c, '.' | '»' | '"' | '”' | '!' | '؟' | '\n' | '…' | '-');
    let apart = before.trim_end_matches(' ').ends_with(ends) || before.ends_with('\n');
    let mut names = parts(inside).into_iter();
    let first = names.find_map(|part| NAMES.get(&key(part.text)).copied())?;
    apart.then_some(first)
}

/// The stretches between marks. A point between initials is none.
fn parts(text: &str) -> Vec<Part<'_>> {
    let is_mark = |at: usize, c: char| match c {
        '.' => text[..at]
            .chars()
            .rev()
            .nth(1)
            .is_some_and(char::is_alphanumeric),
        '\n' | '\r' => true,
        _ => {
            !c.is_alphanumeric()
                && !c.is_whitespace()
                && !fold(c.encode_utf8(&mut [0; 4])).is_empty()
        }
    };
    let mut parts = Vec::new();
    let mut add = |range: std::ops::Range<usize>| {
        let part = text[range.clone()].trim_matches(' ');
        if part.is_empty() {
            return;
        }
        let mut behind = text[range.end..]
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}'));
        parts.push(Part {
            text: part,
            before: text[..range.start]
                .chars()
                .rev()
                .find(|c| !matches!(c, ' ' | '\u{a0}')),
            after: behind.next(),
            next: behind.next(),
        });
    };
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_mark(at, c) {
            add(start..at);
            start = at + c.len_utf8();
        }
    }
    add(start..text.len());
    parts
}

/// A name as it is compared: folded, its initials apart.
fn key(name: &str) -> String {
    let folded = fold(name).replace(['.', '"', '«', '»', '*'], " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn who_gets_the_credit() {
        let table = [
            (
                "باريس - رويترز: وصل الوفد أمس إلى سهل الغار.",
                Some("رويترز"),
            ),
            ("دبي (وام) - وصل الوفد أمس.", Some("وام")),
            ("أ ف ب- سهل الغار: أفاد شهود", Some("فرانس برس")),
            (
                "عنوان\nلندن - د ب أ - فاز الفريق",
                Some("وكالة الأنباء الألمانية"),
            ),
            ("وصل الوفد أمس. (أ.ف.ب)", Some("فرانس برس")),
            ("وصل الوفد أمس . (رويترز، د ب أ)\n", Some("رويترز")),
            ("وصل الوفد أمس.\n«رويترز»", Some("رويترز")),
            ("وصل الوفد أمس.\nرويترز", Some("رويترز")),
            ("قال مسؤول لوكالة رويترز: وصل الوفد", None),
            ("قالت وكالة الأنباء السعودية (واس) أمس إن الوفد وصل", None),
            ("نقلت عنه «رويترز»، أمس، قوله", None),
            ("وصل الوفد وفق ما ذكرت (رويترز)", None),
            ("وصل الوفد بحسب رويترز.", None),
            ("وصل الوفد.", None),
            ("", None),
            ("()", None),
        ];
        for (text, wanted) in table {
            assert_eq!(agency(None, None, text), wanted, "{text}");
        }
        assert_eq!(agency(Some("رويترز"), None, ""), Some("رويترز"));
        assert_eq!(
            agency(Some("النهار الجديد"), Some("أ.ف.ب"), ""),
            Some("فرانس برس")
        );
        assert_eq!(agency(Some("النهار الجديد"), Some("سالم البدري"), ""), None);
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in "(رويترز|أ\\.ف\\.ب|[()«»\\-.:/\\n ]|\\PC){0,40}") {
            agency(Some(&text), Some(&text), &text);
        }
    }
}
