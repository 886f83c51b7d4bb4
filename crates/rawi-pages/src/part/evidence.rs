//! The lines of an article around something, with what it is about marked.

use rawi::Offsets;
use rawi_archive::corrections::{Finding, Stretch};

use super::marked::whole;

/// How many code points around it are shown at most, to either side.
const AROUND: u32 = 400;

/// A piece of a text, and whether it is what is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The characters.
    pub text: String,
    /// Whether they are marked.
    pub marked: bool,
}

/// The text around a finding, up to the ends of its lines. Marks take whole words: joining
/// breaks elsewhere.
pub fn evidence(text: &str, finding: &Finding) -> Vec<Piece> {
    let stretches: Vec<&Stretch> = match finding {
        Finding::Statement(s) => s.content.iter().collect(),
        Finding::Event(e) => vec![&e.trigger],
    };
    let chars: Vec<char> = text.chars().collect();
    let end = u32::try_from(chars.len()).unwrap_or(u32::MAX);
    let at = |place: u32| chars.get(place as usize).copied();
    let (first, last) = finding.range();
    let mut from = first.min(end);
    let lowest = first.saturating_sub(AROUND);
    while from > lowest && at(from - 1) != Some('\n') {
        from -= 1;
    }
    let mut to = last.min(end);
    let highest = last.saturating_add(AROUND).min(end);
    while to < highest && at(to) != Some('\n') {
        to += 1;
    }
    let mut cuts: Vec<(u32, u32)> = Vec::new();
    for stretch in stretches {
        let range = stretch.start.max(from) as usize..stretch.end.min(to) as usize;
        let range = whole(&chars, range);
        let (start, stop) = (range.start as u32, range.end as u32);
        if start < stop && cuts.last().is_none_or(|(_, end)| *end <= start) {
            cuts.push((start, stop));
        }
    }
    let offsets = Offsets::of(text);
    let mut out = Vec::new();
    let mut push = |range: std::ops::Range<u32>, marked| {
        let bytes = offsets.bytes(range).filter(|b| !b.is_empty());
        if let Some(bytes) = bytes {
            out.push(Piece {
                text: text[bytes].to_owned(),
                marked,
            });
        }
    };
    let mut done = from;
    for (start, stop) in cuts {
        push(done..start, false);
        push(start..stop, true);
        done = stop;
    }
    push(done..to, false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_and_so_are_marked_words() {
        let text = "خبر أول.\nوقال سالم بأنه «جاهز»، وأضاف.\nخبر آخر.";
        let finding = r#"{"of": "statement", "form": "clause", "act": "assert",
            "content": [{"start": 20, "end": 23, "text": "أنه"}]}"#;
        let finding: Finding = serde_json::from_str(finding).unwrap();
        let pieces = evidence(text, &finding);
        let shown: Vec<(&str, bool)> = pieces.iter().map(|p| (&*p.text, p.marked)).collect();
        let expected = [
            ("وقال سالم ", false),
            ("بأنه", true),
            (" «جاهز»، وأضاف.", false),
        ];
        assert_eq!(shown, expected);
        // What a text no longer reaches to is nothing.
        assert_eq!(evidence("", &finding), []);
    }
}
