//! A text with marks over it, cut so that a page can show it: marks nest and cross, run over
//! paragraphs and begin inside words; what comes of it are whole words in proper nesting.

use std::cmp::Reverse;
use std::ops::Range;

/// What a mark stands for. Of marks over the same words the first stands outside.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Layer {
    /// What somebody said.
    Statement,
    /// The word that reports it.
    Cue,
    /// The word that names an event.
    Event,
    /// A time.
    Time,
}

/// A stretch of the text to be marked, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// What it stands for.
    pub layer: Layer,
    /// Where.
    pub bytes: Range<usize>,
}

/// How a mark begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begin {
    /// It has not stood before.
    First,
    /// It goes on from the paragraph before.
    GoesOn,
    /// It was cut because another one crosses it.
    Cut,
}

/// A piece of a paragraph. Numbers are those of the marks as they were given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'t> {
    /// Characters.
    Text(&'t str),
    /// From here on a mark stands.
    Open(usize, Begin),
    /// A mark ends; whether for good.
    Close(usize, bool),
    /// A mark that cannot be shown over its words, as too many stand there, begins here.
    Point(usize),
}

/// What stands between two line breaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Paragraph<'t> {
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
    /// Its pieces in order; whatever is opened in it is closed in it.
    pub pieces: Vec<Piece<'t>>,
}

/// So many statements are shown over the same words.
const LEVELS: usize = 3;

const BREAKS: [char; 7] = [
    '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// The paragraphs of a text with its marks. It takes time in proportion to the text and the
/// marks, whatever they are: marks outside of the text are left out, of marks of one layer
/// that overlap (but statements) only the first is kept.
pub(super) fn paragraphs<'t>(text: &'t str, marks: &[Mark]) -> Vec<Paragraph<'t>> {
    let borders = borders(text);
    let mut whole: Vec<(usize, Range<usize>)> = marks
        .iter()
        .enumerate()
        .filter_map(|(n, mark)| Some((n, widened(text, &borders, &mark.bytes)?)))
        .collect();
    whole.sort_by_key(|(n, bytes)| (bytes.start, Reverse(bytes.end), marks[*n].layer, *n));
    let mut behind = [0; 4];
    whole.retain(|(n, bytes)| {
        let layer = marks[*n].layer;
        if layer == Layer::Statement {
            return true;
        }
        let end = &mut behind[layer as usize];
        let free = bytes.start >= *end;
        if free {
            *end = bytes.end;
        }
        free
    });
    Writer::new(text, marks, &whole).write()
}

/// Marks in the order in which they are opened, and where each ends.
struct Writer<'t, 'm> {
    text: &'t str,
    marks: &'m [Mark],
    whole: &'m [(usize, Range<usize>)],
    /// Those that stand here: places in `whole`, the outermost first.
    active: Vec<usize>,
    /// Those that are open in this paragraph.
    open: Vec<usize>,
    /// The beginning of the paragraph in which each stood last.
    stood: Vec<Option<usize>>,
    paragraphs: Vec<Paragraph<'t>>,
    pieces: Vec<Piece<'t>>,
    /// Where the paragraph begins.
    from: usize,
}

impl<'t, 'm> Writer<'t, 'm> {
    fn new(text: &'t str, marks: &'m [Mark], whole: &'m [(usize, Range<usize>)]) -> Self {
        Self {
            text,
            marks,
            whole,
            active: Vec::new(),
            open: Vec::new(),
            stood: vec![None; whole.len()],
            paragraphs: Vec::new(),
            pieces: Vec::new(),
            from: 0,
        }
    }

    fn write(mut self) -> Vec<Paragraph<'t>> {
        let mut ends: Vec<usize> = self.whole.iter().map(|(_, bytes)| bytes.end).collect();
        ends.sort_unstable();
        let (mut next, mut ended) = (0, 0);
        let mut at = 0;
        loop {
            let start = self.whole.get(next).map(|(_, bytes)| bytes.start);
            let border = [start, ends.get(ended).copied()]
                .into_iter()
                .flatten()
                .min();
            self.stretch(at, border.unwrap_or(self.text.len()));
            let Some(border) = border else { break };
            at = border;
            while ends.get(ended) == Some(&at) {
                ended += 1;
            }
            let whole = self.whole;
            self.active.retain(|m| whole[*m].1.end > at);
            while self.whole.get(next).is_some_and(|(_, b)| b.start == at) {
                self.begin(next);
                next += 1;
            }
        }
        self.end_paragraph(self.text.len(), self.text.len());
        self.paragraphs
    }

    /// A mark begins here.
    fn begin(&mut self, m: usize) {
        let number = self.whole[m].0;
        let statement = |m: &usize| self.marks[self.whole[*m].0].layer == Layer::Statement;
        let deep = self.active.iter().filter(|m| statement(m)).count() >= LEVELS;
        if statement(&m) && deep {
            self.spans();
            self.pieces.push(Piece::Point(number));
        } else {
            self.active.push(m);
        }
    }

    /// Characters under the same marks throughout.
    fn stretch(&mut self, from: usize, to: usize) {
        let mut from = from;
        while let Some(length) = self.text[from..to].find(BREAKS) {
            let end = from + length;
            self.characters(from, end);
            let after = end + self.text[end..].chars().next().map_or(0, char::len_utf8);
            self.end_paragraph(end, after);
            from = after;
        }
        self.characters(from, to);
    }

    fn characters(&mut self, from: usize, to: usize) {
        if from < to {
            self.spans();
            self.pieces.push(Piece::Text(&self.text[from..to]));
        }
    }

    /// Closes and opens until exactly those that stand here are open.
    fn spans(&mut self) {
        let pairs = self.open.iter().zip(&self.active);
        let same = pairs.take_while(|(a, b)| a == b).count();
        self.close(same);
        for m in &self.active[same..] {
            let how = match self.stood[*m].replace(self.from) {
                None => Begin::First,
                Some(from) if from == self.from => Begin::Cut,
                Some(_) => Begin::GoesOn,
            };
            self.pieces.push(Piece::Open(self.whole[*m].0, how));
            self.open.push(*m);
        }
    }

    fn close(&mut self, keep: usize) {
        while self.open.len() > keep
            && let Some(m) = self.open.pop()
        {
            let last = !self.active.contains(&m);
            self.pieces.push(Piece::Close(self.whole[m].0, last));
        }
    }

    /// Ends the paragraph at a place; the next one begins at another. What holds nothing but
    /// blanks is none.
    fn end_paragraph(&mut self, end: usize, next: usize) {
        self.close(0);
        let bytes = self.from..end;
        self.from = next;
        let pieces = std::mem::take(&mut self.pieces);
        let points = pieces.iter().any(|p| matches!(p, Piece::Point(_)));
        if points || !self.text[bytes.clone()].trim().is_empty() {
            self.paragraphs.push(Paragraph { bytes, pieces });
        }
    }
}

/// The whole words that a stretch of a text touches, in bytes; the stretch itself if it is
/// none of the text's, or blank.
pub(super) fn whole_words(text: &str, bytes: Range<usize>) -> Range<usize> {
    widened(text, &borders(text), &bytes).unwrap_or(bytes)
}

/// Where a mark may begin or end without cutting a word, in order: the first place and the
/// last one are among them.
fn borders(text: &str) -> Vec<usize> {
    let mut borders = vec![0];
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| !clings(c) && (parts(b) || parts(c))) {
            borders.push(at);
        }
        before = Some(c);
    }
    borders.push(text.len());
    borders
}

/// The whole words that a stretch touches, without blanks around; none if it is none of the
/// text's or holds nothing but blanks.
fn widened(text: &str, borders: &[usize], bytes: &Range<usize>) -> Option<Range<usize>> {
    let inside = text.get(bytes.clone())?;
    let start = bytes.start + (inside.len() - inside.trim_start().len());
    let end = bytes.start + inside.trim_end().len();
    if start >= end {
        return None;
    }
    let first = borders.partition_point(|b| *b <= start).checked_sub(1)?;
    let last = borders.partition_point(|b| *b < end);
    Some(*borders.get(first)?..*borders.get(last)?)
}

/// Whether words end at a character.
fn parts(c: char) -> bool {
    c.is_whitespace()
        || c.is_ascii_punctuation()
        || matches!(c,
            '«' | '»' | '،' | '؛' | '؟' | '٪' | '٫' | '٬' | '٭' | '۔' | '﴾' | '﴿' | '·' | '×' | '÷'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}')
}

/// Whether a character stands on the one before or has no look of its own.
fn clings(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{61c}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8ff}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
        || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(layer: Layer, bytes: Range<usize>) -> Mark {
        Mark { layer, bytes }
    }

    /// Paragraphs as a line each: `[0 ` opens, `]` closes for good, `)` for now, `+` goes on.
    fn shown(text: &str, marks: &[Mark]) -> Vec<String> {
        let show = |piece: &Piece<'_>| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Open(n, Begin::First) => format!("[{n} "),
            Piece::Open(n, Begin::GoesOn) => format!("[+{n} "),
            Piece::Open(n, Begin::Cut) => format!("({n} "),
            Piece::Close(_, true) => "]".to_owned(),
            Piece::Close(_, false) => ")".to_owned(),
            Piece::Point(n) => format!("<{n}>"),
        };
        paragraphs(text, marks)
            .iter()
            .map(|p| p.pieces.iter().map(show).collect())
            .collect()
    }

    #[test]
    fn marks_take_whole_words_nest_cross_and_go_on() {
        use Layer::{Cue, Event, Statement};
        let at = |text: &str, part: &str| {
            let start = text.find(part).unwrap();
            start..start + part.len()
        };
        let text = "وقال بأنه «قادم».";
        let said = mark(Statement, at(text, "أنه «قادم"));
        let cue = mark(Cue, at(text, "قال"));
        assert_eq!(
            shown(text, &[said, cue]),
            ["[1 وقال] [0 بأنه «قادم]»."],
            "inside words"
        );
        let ab = "a b c d";
        let nested = [mark(Statement, 0..7), mark(Statement, 2..5)];
        assert_eq!(shown(ab, &nested), ["[0 a [1 b c] d]"]);
        let crossing = [mark(Statement, 0..5), mark(Statement, 2..7)];
        assert_eq!(shown(ab, &crossing), ["[0 a [1 b c)](1  d]"]);
        let lines = "a b\n\n \u{2028}c d\r\n";
        let over = [mark(Statement, 2..lines.find('d').unwrap())];
        assert_eq!(shown(lines, &over), ["a [0 b)", "[+0 c] d"]);
        let deep: Vec<Mark> = (0..5).map(|n| mark(Statement, 0..7 - n)).collect();
        assert_eq!(shown(ab, &deep), ["[0 [1 [2 <3><4>a b c]] d]"]);
        let same = [mark(Event, 0..3), mark(Event, 2..5), mark(Event, 0..3)];
        assert_eq!(shown(ab, &same), ["[0 a b] c d"]);
        for odd in [9..12, 3..3, 1..2] {
            assert_eq!(shown(ab, &[mark(Statement, odd)]), [ab]);
        }
        assert!(shown(" \n", &[mark(Statement, 0..2)]).is_empty());
    }

    fn texts() -> impl Strategy<Value = String> {
        let chars = prop::sample::select(
            "ابتوقعل\u{64e}\u{651}\u{640}\u{200c}\u{200b}\u{202e}\u{ad}\u{301} a1<&«»\"،.:-  \n\r\u{2028}"
                .chars()
                .collect::<Vec<_>>(),
        );
        prop::collection::vec(chars, 0..60).prop_map(String::from_iter)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(800))]

        #[test]
        fn pieces_are_the_text_and_nest(
            text in texts(),
            stretches in prop::collection::vec((0usize..4, 0usize..160, 0usize..90), 0..14),
        ) {
            let layers = [Layer::Statement, Layer::Cue, Layer::Event, Layer::Time];
            let marks: Vec<Mark> = stretches
                .iter()
                .map(|(layer, start, length)| mark(layers[*layer], *start..start + length))
                .collect();
            let paragraphs = paragraphs(&text, &marks);
            let mut at = 0;
            let mut first = vec![0; marks.len()];
            let mut last = vec![0; marks.len()];
            let mut count = 0;
            for paragraph in &paragraphs {
                // What lies between paragraphs is blank.
                prop_assert!(text[at..paragraph.bytes.start].trim().is_empty());
                prop_assert!(!text[paragraph.bytes.clone()].contains(BREAKS));
                at = paragraph.bytes.start;
                let mut open = Vec::new();
                for piece in &paragraph.pieces {
                    count += 1;
                    let (before, after) = text.split_at(at);
                    let inside = before.chars().next_back().zip(after.chars().next());
                    let cuts = inside.is_some_and(|(b, a)| {
                        !BREAKS.contains(&b) && (clings(a) || !parts(b) && !parts(a))
                    });
                    match piece {
                        Piece::Text(part) => {
                            prop_assert!(after.starts_with(part));
                            at += part.len();
                        }
                        Piece::Open(n, how) => {
                            prop_assert!(!cuts, "{:?} at {}", text, at);
                            open.push(*n);
                            first[*n] += usize::from(*how == Begin::First);
                        }
                        Piece::Close(n, whole) => {
                            prop_assert!(!cuts, "{:?} at {}", text, at);
                            prop_assert_eq!(open.pop(), Some(*n));
                            last[*n] += usize::from(*whole);
                        }
                        Piece::Point(n) => {
                            prop_assert!(!cuts);
                            (first[*n], last[*n]) = (first[*n] + 1, last[*n] + 1);
                        }
                    }
                    let statements = open.iter().filter(|n| marks[**n].layer == Layer::Statement);
                    prop_assert!(statements.count() <= LEVELS);
                }
                prop_assert!(open.is_empty());
                prop_assert_eq!(at, paragraph.bytes.end);
            }
            prop_assert!(text[at..].trim().is_empty());
            prop_assert!(count <= 16 * (marks.len() + text.len() + 1));
            for (n, mark) in marks.iter().enumerate() {
                let words = text.get(mark.bytes.clone()).is_some_and(|t| !t.trim().is_empty());
                let once = usize::from(words);
                if mark.layer == Layer::Statement {
                    prop_assert_eq!((first[n], last[n]), (once, once), "{} of {:?}", n, text);
                } else {
                    prop_assert!(first[n] <= once && first[n] == last[n]);
                }
            }
        }
    }

    #[test]
    fn long_texts_take_no_longer_than_they_are() {
        let text = "كلمة ".repeat(100_000);
        let words = 100_000;
        let length = "كلمة ".len();
        // Statements that overlap all the time, and one word in three of each other layer.
        let marks: Vec<Mark> = (0..words)
            .map(|n| {
                let layer = [Layer::Statement, Layer::Cue, Layer::Time][n % 3];
                let reach = if layer == Layer::Statement { 50 } else { 1 };
                mark(layer, n * length..(n + reach).min(words) * length)
            })
            .collect();
        let paragraphs = paragraphs(&text, &marks);
        assert_eq!(paragraphs.len(), 1);
        assert!(paragraphs[0].pieces.len() < words * 8);
        let one_word = "ك".repeat(1 << 20);
        let marks: Vec<Mark> = (0..3000)
            .map(|n| mark(Layer::Statement, n * 2..n * 2 + 2))
            .collect();
        let pieces = super::paragraphs(&one_word, &marks).remove(0).pieces;
        assert_eq!(pieces.len(), 2 * LEVELS + 3000 - LEVELS + 1);
    }
}
