//! Pairing quotation marks.
//!
//! News mixes every kind of mark, turns them around, nests straight ones,
//! forgets to close them and uses them as bullets. So no mark is believed for
//! its shape alone: each says how well it would open and how well it would
//! close ([`mark`]), and of all the ways to read a text's marks together the
//! cheapest is taken ([`story`]). An odd mark then costs a little wherever it
//! stands and spoils nothing after it.

mod mark;
mod story;

use std::ops::Range;

use crate::layout::Words;
use crate::{Quote, Span, sentence};

use mark::Mark;
use story::{Act, Step};

/// How many paragraph breaks a quotation may run over.
const LONGEST_RUN: usize = 6;
/// How many tokens a quotation may hold that nobody closes.
const LONGEST_UNCLOSED: usize = 400;

/// Pairs the marks of texts. It keeps its buffers from one text to the next.
#[derive(Clone, Default, Debug)]
pub(crate) struct Pairing {
    steps: Vec<Step>,
    acts: Vec<Act>,
    story: story::Story,
}

/// A mark that has opened and waits for its partner.
struct Open {
    token: usize,
    /// The paragraphs that it runs on into, with the token of the mark that
    /// repeats it at their head.
    run: Vec<(usize, Option<usize>)>,
}

/// A stretch that is to become a quote.
struct Stretch {
    quote: Quote,
    /// The `open` of the stretch that it goes on from.
    after: Option<u32>,
}

impl Pairing {
    /// Fills `out` with the quotes of a text, in the order of their opening
    /// marks.
    pub(crate) fn pair(
        &mut self,
        words: Words<'_>,
        paragraphs: &[Range<u32>],
        out: &mut Vec<Quote>,
    ) {
        out.clear();
        self.steps.clear();
        let mut last = 0;
        for (p, paragraph) in paragraphs.iter().enumerate() {
            let tokens = paragraph.start as usize..paragraph.end as usize;
            for i in tokens.clone() {
                if let Some(mark) = Mark::read(words, i, tokens.clone()) {
                    if p > last {
                        self.steps.push(Step::Break(p - last));
                        last = p;
                    }
                    self.steps.push(Step::Mark(mark));
                }
            }
        }
        if self.steps.is_empty() {
            return;
        }
        self.story.tell(&self.steps, &mut self.acts);
        let mut telling = Telling {
            words,
            paragraphs,
            closed: Vec::new(),
            unclosed: Vec::new(),
        };
        telling.retell(&self.steps, &self.acts);
        telling.finish(out);
    }
}

/// Turns the story into stretches.
struct Telling<'a> {
    words: Words<'a>,
    paragraphs: &'a [Range<u32>],
    closed: Vec<Stretch>,
    unclosed: Vec<Open>,
}

impl Telling<'_> {
    fn retell(&mut self, steps: &[Step], acts: &[Act]) {
        let mut stack: Vec<Open> = Vec::new();
        let mut paragraph = 0;
        for (step, act) in steps.iter().zip(acts) {
            let token = match step {
                Step::Mark(mark) => mark.token,
                Step::Break(_) => 0,
            };
            match act {
                Act::Ignore => {}
                Act::Open => {}
                Act::Renew => self.unclosed.extend(stack.pop()),
                Act::Close => self.close(stack.pop(), token),
                Act::CloseOuter => {
                    self.unclosed.extend(stack.pop());
                    self.close(stack.pop(), token);
                }
                Act::Repeat => {
                    if let Some(head) = stack.last_mut().and_then(|open| open.run.last_mut()) {
                        head.1 = Some(token);
                    }
                }
                Act::Carry => {}
                Act::Drop => self.unclosed.append(&mut stack),
            }
            if matches!(act, Act::Open | Act::Renew) {
                stack.push(Open {
                    token,
                    run: Vec::new(),
                });
            }
            if let Step::Break(count) = step {
                if let Some(open) = stack.last_mut() {
                    let next = paragraph + 1..=paragraph + count;
                    open.run.extend(next.map(|p| (p, None)));
                }
                paragraph += count;
            }
        }
        self.unclosed.append(&mut stack);
    }

    fn close(&mut self, open: Option<Open>, token: usize) {
        let Some(open) = open else { return };
        if open.run.len() > LONGEST_RUN {
            self.unclosed.push(open);
            return;
        }
        let (head, after) = self.run(&open);
        self.push(head, token, true, after);
    }

    /// Adds the stretches of a quote that runs on, but for the last; gives the
    /// token before the last one and the `open` that it goes on from.
    fn run(&mut self, open: &Open) -> (usize, Option<u32>) {
        let mut from = open.token;
        let mut after = None;
        for &(p, mark) in &open.run {
            let start = self.paragraphs[p].start as usize;
            if self.push(from, start, false, after) {
                after = Some(from as u32);
            }
            from = mark.unwrap_or(start - 1);
        }
        (from, after)
    }

    /// Adds the stretch between two tokens unless nothing stands there; false
    /// in that case.
    fn push(&mut self, open: usize, end: usize, closes: bool, after: Option<u32>) -> bool {
        let inside = open + 1..end;
        if inside.is_empty() {
            return false;
        }
        let quote = Quote {
            open: open as u32,
            close: closes.then_some(end as u32),
            content: self.cover(inside),
            depth: 0,
            continues: None,
        };
        self.closed.push(Stretch { quote, after });
        true
    }

    fn cover(&self, range: Range<usize>) -> Span {
        let tokens = &self.words.tokens[range];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Ends the quotes that nobody closes, links the stretches and counts how
    /// deep they stand.
    fn finish(mut self, out: &mut Vec<Quote>) {
        self.closed.sort_unstable_by_key(|s| s.quote.open);
        let pairs: Vec<Quote> = self.closed.iter().map(|s| s.quote).collect();
        for open in std::mem::take(&mut self.unclosed) {
            let first = self.paragraph_of(open.token);
            let at_head = self.paragraphs[first].start as usize == open.token;
            let repeated = open.run.iter().any(|(_, mark)| mark.is_some());
            let after = self.words.tokens.get(open.token + 1);
            // One mark at the head of every line is a bullet.
            if at_head && (repeated || after.is_none_or(|t| t.spaced)) {
                continue;
            }
            let (from, after, last) = match open.run.last() {
                Some(&(last, _)) if open.run.len() <= LONGEST_RUN => {
                    let (from, after) = self.run(&open);
                    (from, after, last)
                }
                _ => (open.token, None, first),
            };
            let end = self.first_stop(from, last, &pairs);
            self.push(from, end, false, after);
        }
        self.closed.sort_unstable_by_key(|s| s.quote.open);
        self.closed.dedup_by_key(|s| s.quote.open);
        out.extend(self.closed.iter().map(|s| s.quote));
        for (i, stretch) in self.closed.iter().enumerate() {
            out[i].continues = stretch
                .after
                .and_then(|after| out.binary_search_by_key(&after, |q| q.open).ok())
                .map(|k| k as u32);
        }
        nest(out);
    }

    /// The index of the paragraph that a token stands in.
    fn paragraph_of(&self, token: usize) -> usize {
        self.paragraphs.partition_point(|p| p.end as usize <= token)
    }

    /// One past the token where an unclosed quote ends: with its sentence, with
    /// the quote around it or with paragraph `p`, which it stands in.
    fn first_stop(&self, open: usize, p: usize, pairs: &[Quote]) -> usize {
        let end = self.paragraphs[p].end as usize;
        let limit = end.min(open + 1 + LONGEST_UNCLOSED);
        let mut next = pairs.partition_point(|q| q.open as usize <= open);
        let around = pairs[..next]
            .iter()
            .rev()
            .take(LONGEST_UNCLOSED)
            .filter_map(|q| q.close.map(|c| c as usize))
            .find(|&close| close > open);
        let limit = around.map_or(limit, |close| close.min(limit));
        let mut i = open + 1;
        while i < limit {
            while pairs.get(next).is_some_and(|q| (q.open as usize) < i) {
                next += 1;
            }
            if let Some(close) = pairs
                .get(next)
                .filter(|q| q.open as usize == i)
                .and_then(|q| q.close)
            {
                i = (close as usize + 1).min(limit);
                continue;
            }
            if sentence::ends_at(self.words, open + 1, i, end) {
                return i + 1;
            }
            i += 1;
        }
        limit
    }
}

/// Counts how deep each quote stands; they are in the order of their opening.
fn nest(out: &mut [Quote]) {
    let mut ends: Vec<crate::BytePos> = Vec::new();
    for quote in out {
        while ends.last().is_some_and(|&end| end <= quote.content.start) {
            ends.pop();
        }
        quote.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(quote.content.end);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Layout, SourceText};

    /// Quotes as `+` (goes on), depth, `~` (unclosed), content.
    fn quotes(text: &str) -> Vec<String> {
        let source = SourceText::new(text).unwrap();
        let mut layout = Layout::new();
        layout.analyze(&source);
        layout
            .quotes()
            .iter()
            .map(|q| {
                let open = if q.close.is_some() { "" } else { "~" };
                let chained = if q.continues.is_some() { "+" } else { "" };
                let content = source.slice(q.content).unwrap();
                format!("{chained}{}{open}{content}", q.depth)
            })
            .collect()
    }

    fn check(table: &[(&str, &[&str])]) {
        for (text, wanted) in table {
            assert_eq!(quotes(text), *wanted, "{text}");
        }
    }

    #[test]
    fn pairs_of_all_kinds() {
        check(&[
            ("قال: «نعم».", &["0نعم"]),
            ("قال \"نعم\" ثم صمت", &["0نعم"]),
            ("وصفه بـ\"الخطأ الكبير\" أمس", &["0الخطأ الكبير"]),
            ("قال “نعم” و”لا“", &["0نعم", "0لا"]),
            ("قال „نعم“ فقط", &["0نعم"]),
            ("قال «نعم\" فقط", &["0نعم"]),
            ("قال \" نعم \" و\" لا \" فقط", &["0نعم", "0لا"]),
            ("قال &quot;نعم&quot; أمس", &["0نعم"]),
            ("حزب #187;الواحة#171; الجديد", &["0الواحة"]),
            ("قال ''نعم'' أمس", &["0نعم"]),
            (
                "برنامج 'ضفاف الخير' و‘باب النهر’ معا",
                &["0ضفاف الخير", "0باب النهر"],
            ),
            ("قال \"\"نعم\"\" أمس", &["0نعم"]),
            ("طائرتا \"صقر 1\" و“صقر 2″ معا", &["0صقر 1", "0صقر 2"]),
        ]);
    }

    #[test]
    fn marks_turned_around_and_leaning_wrong() {
        check(&[
            (
                "أسهم «البناء» و»الغزل» و»النقل»",
                &["0البناء", "0الغزل", "0النقل"],
            ),
            ("كلمة »الثقافة« اليوم", &["0الثقافة"]),
            ("صباح أمس « الأحد « هنا", &["0الأحد"]),
            ("وأضاف المدرب\" سنلعب بقوة\".", &["0سنلعب بقوة"]),
            ("سماها \"خلطة وشلل \"على حد قوله", &["0خلطة وشلل"]),
            ("قال:\"نعم\"وسكت", &["0نعم"]),
        ]);
    }

    #[test]
    fn nested() {
        check(&[
            (
                "قال \"إذا لم يصل \"كل منهم\" سنبدأ\".",
                &["0إذا لم يصل \"كل منهم\" سنبدأ", "1كل منهم"],
            ),
            (
                "قال «رأيت \"النور\" هناك»",
                &["0رأيت \"النور\" هناك", "1النور"],
            ),
            ("قال «رأيت «النور» هناك»", &["0رأيت «النور» هناك", "1النور"]),
            (
                "قال «رأيت \"النور هناك» ثم \"عاد\"",
                &["0رأيت \"النور هناك", "1~النور هناك", "0عاد"],
            ),
        ]);
    }

    #[test]
    fn marks_without_a_partner() {
        check(&[
            ("شاشة 55\" جديدة", &[]),
            ("انتهى» الأمر", &[]),
            ("« أولا\n« ثانيا\n« ثالثا", &[]),
            ("\" خبر أول\nوقال: «نعم»", &["0نعم"]),
            ("قال \"\" ثم", &[]),
            ("قال: «لن نعود\nوفي سياق آخر وصل الوفد", &["0~لن نعود"]),
            ("قال: «لن نعود. وأضاف: «سنبقى».", &["0~لن نعود.", "0سنبقى"]),
            (
                "أكد أن \"الأمر صعب. ثم ذكر \"النهر\" و\"الجبل\" فقط.",
                &["0~الأمر صعب.", "0النهر", "0الجبل"],
            ),
            ("قال \"نعم\".\nثم خرج\" هو.\nوقال \"لا\"", &["0نعم", "0لا"]),
        ]);
    }

    #[test]
    fn over_paragraphs() {
        check(&[
            (
                "قال: «بدأ الأمر.\n«ثم انتهى» وسكت",
                &["0~بدأ الأمر.", "+0ثم انتهى"],
            ),
            (
                "قال: \"بدأ الأمر.\n\"ثم طال.\n\"ثم انتهى\" وسكت",
                &["0~بدأ الأمر.", "+0~ثم طال.", "+0ثم انتهى"],
            ),
            (
                "قال: «بدأ الأمر.\nثم انتهى» وسكت",
                &["0~بدأ الأمر.", "+0ثم انتهى"],
            ),
            ("قال: «\nبدأ الأمر» وسكت", &["0بدأ الأمر"]),
        ]);
        let long = format!("قال: «بدأ.\n{}«ثم انتهى»", "«ثم طال.\n".repeat(9));
        assert!(
            quotes(&long).iter().all(|q| !q.starts_with('+')),
            "{:?}",
            quotes(&long)
        );
    }

    #[test]
    fn many_marks_take_linear_time() {
        for piece in ["\" ", "« ", "«\n", "«ا", "ا\"", "\"ا «ب “ج 'د ", "» «"] {
            let source = SourceText::new(piece.repeat(15_000)).unwrap();
            Layout::new().analyze(&source);
        }
    }
}
