//! What changed between two wordings of an article, word by word.

/// A stretch of both texts, or of one of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stretch<'t> {
    /// It stands in both.
    Same(&'t str),
    /// It stands in the earlier one only.
    Gone(&'t str),
    /// It stands in the later one only.
    New(&'t str),
    /// Much that stands in both is left out.
    Gap,
}

/// Texts that differ in more words than this are told as one change.
const MOST: usize = 800;

/// So many words that stand in both are shown before and behind a change.
const AROUND: usize = 12;

/// What changed from an earlier text to a later one, with a few words around. Blanks are
/// no change. It takes time in proportion to the texts and to what changed, up to a bound.
pub(super) fn compare<'t>(earlier: &'t str, later: &'t str) -> Vec<Stretch<'t>> {
    let (a, b) = (words(earlier), words(later));
    let same = |(x, y): &(&Word<'t>, &Word<'t>)| x.word == y.word;
    let head = a.iter().zip(&b).take_while(same).count();
    let (rest_a, rest_b) = (&a[head..], &b[head..]);
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev());
    let tail = tail.take_while(same).count();
    let (middle_a, middle_b) = (
        &rest_a[..rest_a.len() - tail],
        &rest_b[..rest_b.len() - tail],
    );
    let kept = matches(middle_a, middle_b);
    let mut edits: Vec<(usize, usize)> = (0..head).map(|n| (n, n)).collect();
    edits.extend(kept.into_iter().map(|(x, y)| (x + head, y + head)));
    edits.extend((0..tail).map(|n| (a.len() - tail + n, b.len() - tail + n)));
    let mut out = Vec::new();
    let (mut x, mut y, mut from) = (0, 0, 0);
    // Runs of pairs that follow each other, with what lies between them.
    while from <= edits.len() {
        let (next_x, next_y) = edits.get(from).copied().unwrap_or((a.len(), b.len()));
        if next_x > x {
            out.push(Stretch::Gone(text(earlier, &a[x..next_x])));
        }
        if next_y > y {
            out.push(Stretch::New(text(later, &b[y..next_y])));
        }
        let mut to = from;
        while edits.get(to) == Some(&(next_x + (to - from), next_y + (to - from))) {
            to += 1;
        }
        if to > from {
            let run = &b[next_y..next_y + (to - from)];
            let (first, last) = (next_x == 0 && next_y == 0, to == edits.len());
            let last = last && next_x + run.len() == a.len() && next_y + run.len() == b.len();
            shorten(later, run, first, last, &mut out);
        }
        (x, y) = (next_x + (to - from), next_y + (to - from));
        from = to.max(from + 1);
    }
    out
}

/// A run that stands in both, without its middle if it is long.
fn shorten<'t>(
    text: &'t str,
    run: &[Word<'t>],
    first: bool,
    last: bool,
    out: &mut Vec<Stretch<'t>>,
) {
    let keep_head = if first { 0 } else { AROUND };
    let keep_tail = if last { 0 } else { AROUND };
    if run.len() <= keep_head + keep_tail + 1 {
        out.push(Stretch::Same(self::text(text, run)));
        return;
    }
    if keep_head > 0 {
        out.push(Stretch::Same(self::text(text, &run[..keep_head])));
    }
    out.push(Stretch::Gap);
    if keep_tail > 0 {
        out.push(Stretch::Same(self::text(
            text,
            &run[run.len() - keep_tail..],
        )));
    }
}

/// A word and where it ends, with the blanks behind it.
struct Word<'t> {
    word: &'t str,
    start: usize,
    end: usize,
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut at = 0;
    let pieces = text.split_inclusive(char::is_whitespace).map(|piece| {
        let start = at;
        at += piece.len();
        Word {
            word: piece.trim(),
            start,
            end: at,
        }
    });
    pieces.filter(|w| !w.word.is_empty()).collect()
}

fn text<'t>(text: &'t str, words: &[Word<'_>]) -> &'t str {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => &text[first.start..last.end],
        _ => "",
    }
}

/// The pairs of words that stand in both, in order: the longest such list (Myers 1986), or
/// none if there is too much else.
fn matches(a: &[Word<'_>], b: &[Word<'_>]) -> Vec<(usize, usize)> {
    let most = MOST.min(a.len() + b.len());
    let offset = most as isize + 1;
    let at = |k: isize| (k + offset) as usize;
    let mut reach = vec![0usize; 2 * most + 3];
    let mut steps: Vec<Vec<usize>> = Vec::new();
    for d in 0..=most as isize {
        // Only the diagonals that this step reads are needed on the way back.
        steps.push(reach[at(-d - 1)..=at(d + 1)].to_vec());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || (k != d && reach[at(k - 1)] < reach[at(k + 1)]);
            let mut x = if down {
                reach[at(k + 1)]
            } else {
                reach[at(k - 1)] + 1
            };
            let mut y = (x as isize - k) as usize;
            while x < a.len() && y < b.len() && a[x].word == b[y].word {
                (x, y) = (x + 1, y + 1);
            }
            reach[at(k)] = x;
            if x >= a.len() && y >= b.len() {
                return walk_back(a.len(), b.len(), &steps);
            }
        }
    }
    Vec::new()
}

fn walk_back(a: usize, b: usize, steps: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let (mut x, mut y) = (a, b);
    let mut pairs = Vec::new();
    for (d, reach) in steps.iter().enumerate().rev() {
        let d = d as isize;
        let at = |k: isize| reach[(k + d + 1) as usize];
        let k = x as isize - y as isize;
        let down = k == -d || (k != d && at(k - 1) < at(k + 1));
        let before = if down { k + 1 } else { k - 1 };
        let start = match d {
            0 => 0,
            _ => at(before),
        };
        let start_y = (start as isize - before) as usize;
        // The snake behind the step.
        let (from_x, from_y) = match (d, down) {
            (0, _) => (0, 0),
            (_, true) => (start, start_y + 1),
            (_, false) => (start + 1, start_y),
        };
        while x > from_x && y > from_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x, y));
        }
        (x, y) = (start, if d == 0 { 0 } else { start_y });
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(a: &str, b: &str) -> String {
        let show = |s: &Stretch<'_>| match s {
            Stretch::Same(text) => (*text).to_owned(),
            Stretch::Gone(text) => format!("[-{}-] ", text.trim()),
            Stretch::New(text) => format!("[+{}+] ", text.trim()),
            Stretch::Gap => "… ".to_owned(),
        };
        compare(a, b).iter().map(show).collect()
    }

    #[test]
    fn words_that_changed_are_told_with_what_stands_around() {
        assert_eq!(shown("a b c", "a x c"), "a [-b-] [+x+] c");
        assert_eq!(shown("a b", "a b"), "… ");
        assert_eq!(shown("", "a"), "[+a+] ");
        assert_eq!(shown("a  b\nc", "a b c d"), "a b c [+d+] ");
        assert_eq!(shown("", ""), "");
        let long = "و ".repeat(60);
        let told = shown(
            &format!("{long} سبعة {long}"),
            &format!("{long} تسعة {long}"),
        );
        let around = "و ".repeat(AROUND);
        assert_eq!(told, format!("… {around}[-سبعة-] [+تسعة+] {around}… "));
    }

    proptest! {
        #[test]
        fn both_texts_stand_in_what_is_told(
            a in prop::collection::vec("[a-c]", 0..11),
            b in prop::collection::vec("[a-c]", 0..11),
        ) {
            let (a, b) = (a.join(" "), b.join(" "));
            let told = compare(&a, &b);
            let side = |gone: bool| -> String {
                let mut all = Vec::new();
                for stretch in &told {
                    match stretch {
                        Stretch::Same(t) => all.push(t.trim()),
                        Stretch::Gone(t) if gone => all.push(t.trim()),
                        Stretch::New(t) if !gone => all.push(t.trim()),
                        _ => {}
                    }
                }
                all.join(" ")
            };
            if !told.contains(&Stretch::Gap) {
                prop_assert_eq!(side(true), a.clone());
                prop_assert_eq!(side(false), b.clone());
            }
        }
    }

    #[test]
    fn other_texts_are_one_change() {
        let a: String = (0..9000).map(|n| format!("a{n} ")).collect();
        let b: String = (0..9000).map(|n| format!("b{n} ")).collect();
        assert!(matches!(
            compare(&a, &b)[..],
            [Stretch::Gone(_), Stretch::New(_)]
        ));
    }
}
