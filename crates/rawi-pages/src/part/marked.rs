//! Marks in running text. A mark within a word would break the joining of its letters, so
//! every mark takes whole words; what is marked exactly is told elsewhere, by offsets.

use std::ops::Range;

/// What a stretch of a text is, as marks lie over each other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Kind {
    /// It belongs to the statement; else it stands around it.
    pub ink: bool,
    /// It is the word that reports.
    pub cue: bool,
    /// It was searched for.
    pub found: bool,
}

/// A stretch of a text with what it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// The characters; nothing where something was left out.
    pub text: String,
    /// What they are.
    pub kind: Kind,
    /// Whether something was left out here.
    pub gap: bool,
}

/// Ranges of one text, in code points, that are marked in it.
#[derive(Clone, Default, Debug)]
pub struct Marks {
    /// What belongs to the statement.
    pub ink: Vec<Range<u32>>,
    /// The words that report it.
    pub cue: Option<Range<u32>>,
    /// What was searched for.
    pub found: Vec<Range<u32>>,
}

/// Whether a character is a part of a word: a letter, a digit, or what is written on or
/// between letters and must not be cut from them.
fn in_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, 'ـ' | '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
            | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{8ca}'..='\u{8ff}'
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Whether the text may be cut before a place without cutting a word.
fn is_border(text: &[char], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|b| text.get(b)), text.get(at)) {
        (Some(before), Some(after)) => !(in_word(*before) && in_word(*after)),
        _ => true,
    }
}

/// A range of a text made to take the words whole that it begins or ends in.
pub fn whole(text: &[char], range: Range<usize>) -> Range<usize> {
    let mut start = range.start.min(text.len());
    let mut end = range.end.clamp(start, text.len());
    if start == end {
        return start..end;
    }
    while !is_border(text, start) {
        start -= 1;
    }
    while !is_border(text, end) {
        end += 1;
    }
    start..end
}

/// The same with the signs around that no blank parts from it: quotation marks, a full stop.
pub fn with_signs(text: &[char], range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = whole(text, range);
    let sign = |c: &char| !in_word(*c) && !c.is_whitespace();
    let opens = |c: &char| sign(c) && !matches!(c, '،' | '.' | '؛' | '؟' | '!' | ',' | ';' | ':');
    while start > 0 && opens(&text[start - 1]) {
        start -= 1;
    }
    while text.get(end).is_some_and(sign) {
        end += 1;
    }
    // A sign may join what follows it: `(أ)ب`.
    whole(text, start..end)
}

/// A text as segments. `start` is the code point of the whole text that it begins at; marks
/// count from there too. `shown` are the ranges that are kept, in order; the rest is left
/// out, and gaps say so.
pub fn segments(text: &[char], start: u32, marks: &Marks, shown: &[Range<usize>]) -> Vec<Segment> {
    let local = |range: &Range<u32>| {
        let at = |point: u32| point.saturating_sub(start) as usize;
        whole(text, at(range.start)..at(range.end))
    };
    let mut kinds = vec![Kind::default(); text.len()];
    for range in &marks.ink {
        let range = with_signs(text, local(range));
        kinds[range].iter_mut().for_each(|kind| kind.ink = true);
    }
    if let Some(cue) = &marks.cue {
        kinds[local(cue)]
            .iter_mut()
            .for_each(|kind| kind.cue = true);
    }
    for range in &marks.found {
        kinds[local(range)]
            .iter_mut()
            .for_each(|kind| kind.found = true);
    }
    let gap = || Segment {
        text: String::new(),
        kind: Kind::default(),
        gap: true,
    };
    let mut all: Vec<Segment> = Vec::new();
    let mut at = 0;
    for range in shown {
        if range.start > at {
            all.push(gap());
        }
        for i in range.clone() {
            match all.last_mut() {
                Some(last) if !last.gap && last.kind == kinds[i] => last.text.push(text[i]),
                _ => all.push(Segment {
                    text: text[i].to_string(),
                    kind: kinds[i],
                    gap: false,
                }),
            }
        }
        at = range.end;
    }
    if at < text.len() {
        all.push(gap());
    }
    all
}

/// Which parts of a text are shown where all of it would be too long: about a line on either
/// side of a statement, the beginning of a long one, and where searched words stand.
pub fn shown(text: &[char], statement: Range<usize>, found: &[Range<usize>]) -> Vec<Range<usize>> {
    /// About a line.
    const LINE: usize = 90;
    /// What is kept of a statement.
    const BODY: usize = 620;
    /// Less than this is not worth a gap.
    const LEAST: usize = 40;
    let window = |range: Range<usize>, around: usize| {
        let start = range.start.saturating_sub(around);
        let end = (range.end + around).min(text.len());
        let start = if start < LEAST {
            0
        } else {
            blank_before(text, start, range.start)
        };
        let end = if text.len() - end < LEAST {
            text.len()
        } else {
            blank_behind(text, end, range.end)
        };
        start..end
    };
    let end = match statement.len() > BODY + LINE {
        true => statement.start + BODY,
        false => statement.end,
    };
    let around = if end < statement.end { 0 } else { LINE };
    let head = window(statement.start..statement.start, LINE);
    let body = window(statement.start..end, around);
    let mut ranges = vec![head.start..body.end];
    // The first places that are not seen yet.
    for place in found.iter().filter(|f| f.end > body.end).take(3) {
        let next = window(place.clone(), LINE);
        match ranges.last_mut() {
            Some(last) if next.start <= last.end + LEAST => last.end = last.end.max(next.end),
            _ => ranges.push(next),
        }
    }
    ranges
}

/// The first place from `from` on that begins a word, at most `keep`.
fn blank_before(text: &[char], from: usize, keep: usize) -> usize {
    let blank = (from..keep).find(|i| *i == 0 || text[*i - 1].is_whitespace());
    blank.unwrap_or_else(|| whole(text, keep..(keep + 1).min(text.len())).start)
}

/// The last place up to `to` that ends a word, at least `keep`.
fn blank_behind(text: &[char], to: usize, keep: usize) -> usize {
    let blank = (keep..=to)
        .rev()
        .find(|i| text.get(*i).is_none_or(|c| c.is_whitespace()));
    blank.unwrap_or_else(|| whole(text, keep.saturating_sub(1)..keep).end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(text: &str, marks: &Marks) -> String {
        let chars: Vec<char> = text.chars().collect();
        let all = segments(&chars, 0, marks, &[0..chars.len()]);
        let one = |s: &Segment| {
            let kind = s.kind;
            let of = |is: bool, c: &'static str| if is { c } else { "" };
            let open = [of(kind.ink, "I"), of(kind.cue, "C"), of(kind.found, "F")].concat();
            match open.is_empty() {
                true => s.text.clone(),
                false => format!("{open}[{}]", s.text),
            }
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn marks_take_whole_words_and_their_signs() {
        let text = "ثم وقال: «لن يُغلقَ الميناء». غدا";
        let at = |word: &str, skip: usize| {
            let byte = text.find(word).unwrap();
            let start = text[..byte].chars().count() as u32;
            start + skip as u32..start + word.chars().count() as u32
        };
        let marks = Marks {
            ink: vec![at("وقال", 1).start..at("الميناء", 0).end],
            cue: Some(at("وقال", 1)),
            found: vec![at("الميناء", 2)],
        };
        assert_eq!(
            show(text, &marks),
            "ثم IC[وقال]I[: «لن يُغلقَ ]IF[الميناء]I[».] غدا"
        );
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let text: Vec<char> = "كلمة ".repeat(600).trim_end().chars().collect();
        let ranges = shown(&text, 500..2500, &[2000..2004]);
        assert_eq!(ranges.len(), 2, "{ranges:?}");
        for range in &ranges {
            assert!(is_border(&text, range.start) && is_border(&text, range.end));
        }
        assert!(ranges[0].contains(&500) && ranges[1].contains(&2002));
        assert_eq!(shown(&text[..120], 20..100, &[]), [0..120]);
    }

    proptest! {
        #[test]
        fn no_word_is_split_and_nothing_is_lost(
            text in "([ابتة]|َ|ـ|\u{200f}|[ «».,]|[a-z1]|\\PC){0,60}",
            places in proptest::collection::vec((0u32..70, 0u32..70), 0..6),
        ) {
            let chars: Vec<char> = text.chars().collect();
            let range = |p: &(u32, u32)| p.0.min(p.1)..p.0.max(p.1);
            let marks = Marks {
                ink: places.iter().take(2).map(range).collect(),
                cue: places.get(2).map(range),
                found: places.iter().skip(3).map(range).collect(),
            };
            let all = segments(&chars, 0, &marks, &[0..chars.len()]);
            let joined: String = all.iter().map(|s| &*s.text).collect();
            prop_assert_eq!(&joined, &text);
            let mut at = 0;
            for segment in &all {
                prop_assert!(is_border(&chars, at), "{:?} at {at}", all);
                at += segment.text.chars().count();
            }
        }

        #[test]
        fn what_is_shown_is_in_order_and_whole(
            words in proptest::collection::vec("[ابتثجحخ]{1,9}", 1..400),
            statement in (0usize..2000, 0usize..2000),
            found in proptest::collection::vec((0usize..2000, 1usize..12), 0..5),
        ) {
            let text: Vec<char> = words.join(" ").chars().collect();
            let clamp = |n: usize| n.min(text.len());
            let statement = clamp(statement.0.min(statement.1))..clamp(statement.0.max(statement.1));
            let mut found: Vec<_> = found.iter().map(|(at, len)| clamp(*at)..clamp(at + len)).collect();
            found.sort_by_key(|f| f.start);
            let ranges = shown(&text, statement.clone(), &found);
            let mut end = 0;
            for range in &ranges {
                prop_assert!(range.start >= end && range.start <= range.end && range.end <= text.len());
                prop_assert!(is_border(&text, range.start) && is_border(&text, range.end), "{:?}", ranges);
                end = range.end;
            }
            prop_assert!(ranges[0].start <= statement.start);
        }
    }
}
