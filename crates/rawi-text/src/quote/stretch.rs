//! From the story of the marks to quotes: where the unclosed ones end, and one
//! stretch for each paragraph of those that run on.

use std::ops::Range;

use super::LONGEST_RUN;
use super::story::{Act, Step};
use crate::layout::Words;
use crate::{BytePos, Quote, Span, sentence};

/// How many tokens a quotation may hold that nobody closes.
const LONGEST_UNCLOSED: usize = 400;

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

/// The quotes of a text in the making.
pub(super) struct Stretches<'a> {
    words: Words<'a>,
    paragraphs: &'a [Range<u32>],
    closed: Vec<Stretch>,
    unclosed: Vec<Open>,
}

impl<'a> Stretches<'a> {
    pub(super) fn new(words: Words<'a>, paragraphs: &'a [Range<u32>]) -> Self {
        Self {
            words,
            paragraphs,
            closed: Vec::new(),
            unclosed: Vec::new(),
        }
    }

    /// Opens and closes as the story has it.
    pub(super) fn follow(&mut self, steps: &[Step], acts: &[Act]) {
        let mut stack: Vec<Open> = Vec::new();
        let mut paragraph = 0;
        for (step, act) in steps.iter().zip(acts) {
            let token = match step {
                Step::Mark(mark) => mark.token,
                Step::Break(_) => 0,
            };
            match act {
                Act::Ignore | Act::Open | Act::Carry => {}
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
                Act::Drop => self.unclosed.append(&mut stack),
            }
            if matches!(act, Act::Open | Act::Renew) {
                let run = Vec::new();
                stack.push(Open { token, run });
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

    /// Closes at a token what is open.
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
    pub(super) fn finish(mut self, out: &mut Vec<Quote>) {
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
    let mut ends: Vec<BytePos> = Vec::new();
    for quote in out {
        while ends.last().is_some_and(|&end| end <= quote.content.start) {
            ends.pop();
        }
        quote.depth = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        ends.push(quote.content.end);
    }
}
