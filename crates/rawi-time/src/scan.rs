//! Finding time expressions: a hand-written matcher over tokens.
//!
//! Every spelling is looked up once. Then each token that may begin an expression is
//! tried by the parsers below, the longest kinds first; a parser that fails
//! costs a few comparisons and leaves nothing behind.

mod clock;
mod date;
mod guard;
mod length;
mod moment;
mod period;
mod range;

pub(crate) use date::HIJRI_YEARS;

use std::cell::Cell;
use std::ops::Range;

use rawi_text::proclitic::{self, AND};
use rawi_text::{Layout, SourceText, Span, TokenKind};

use crate::expr::{Expr, Moment};
use crate::lexicon::{Phrase, Sense, Vocabulary, Word, may_begin};
use crate::number::{self, Piece, read_cardinal, read_ordinal};

/// Alef with madda: the month `آب` has it, a father (`أب`) hasn't.
const MADDA: char = 'آ';

/// The ending of a noun that is counted, or says when.
const ACCUSATIVE: char = 'ا';

/// A token as the parsers see it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item {
    /// An Arabic word, with what the tables say about it.
    Word(Word),
    /// A whole number in digits, with how many digits.
    Digits(u64, usize),
    /// Three numbers with dots between them, of which one has four digits.
    Dotted([u64; 3]),
    /// A mark or a word in another script.
    Other,
}

/// An expression and the tokens it takes.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub tokens: Range<usize>,
    pub expr: Expr,
    /// Whether `حتى` or `إلى` stands before it.
    pub until: bool,
    /// Whether `و` or `ف` is attached to its first word.
    joined: bool,
}

impl Found {
    /// Where the expression stands: from its first word without an attached
    /// `و` or `ف`, which joins it to something and says nothing of a time.
    pub fn span(&self, layout: &Layout) -> Span {
        let whole = layout.cover(self.tokens.clone());
        if !self.joined {
            return whole;
        }
        let first = self.tokens.start;
        let letter = layout.word(first).chars().next();
        let rest = layout.span_behind(first, letter.map_or(0, char::len_utf8));
        Span {
            start: rest.start,
            ..whole
        }
    }
}

/// What a parser returns: what it read, and the token after it.
type Parsed<T> = Option<(T, usize)>;

/// The tokens of a text as the parsers see them. Kept from one text to the next.
#[derive(Clone, Default, Debug)]
pub(crate) struct Items {
    /// By token.
    items: Vec<Item>,
    /// The phrases of all tokens, token by token.
    phrases: Vec<Phrase>,
    /// Where those of each token end.
    phrases_end: Vec<u32>,
}

impl Items {
    /// Takes a text in, forgetting the one before.
    fn fill(&mut self, layout: &Layout, words: &Vocabulary) {
        let tokens = layout.tokens().iter().enumerate();
        self.items.clear();
        self.items.extend(tokens.map(|(i, token)| match token.kind {
            TokenKind::Word | TokenKind::Latin => Item::Word(words[layout.spelling(i)]),
            TokenKind::Number => match number::digits(layout.word(i)) {
                Some(n) => Item::Digits(n, layout.word(i).len()),
                None => dotted(layout.word(i)).map_or(Item::Other, Item::Dotted),
            },
            _ => Item::Other,
        }));
        self.phrases.clear();
        self.phrases_end.clear();
        for paragraph in layout.paragraphs() {
            let end = paragraph.end as usize;
            for at in paragraph.start as usize..end {
                if let Item::Word(word) = self.items[at] {
                    let next = |k| match self.items[..end].get(at + k) {
                        Some(Item::Word(word)) => Some(*word),
                        _ => None,
                    };
                    Phrase::each(&word, next, &mut self.phrases);
                }
                self.phrases_end.push(self.phrases.len() as u32);
            }
        }
    }

    /// The phrases that begin at a token, the longest first.
    fn phrases(&self, at: usize) -> &[Phrase] {
        let end = |at: usize| self.phrases_end.get(at).map_or(0, |&end| end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.phrases.get(start..end(at)).unwrap_or_default()
    }
}

/// A text under the parsers.
pub(crate) struct Scanner<'a> {
    source: &'a SourceText,
    layout: &'a Layout,
    items: &'a [Item],
    all: &'a Items,
    /// The end of the paragraph under the parsers; nothing runs over it.
    limit: usize,
    /// The moment that was read last, and where: a range that turns out to be none has
    /// read the moment that stands there.
    last: Cell<Option<(usize, Parsed<Moment>)>>,
}

impl<'a> Scanner<'a> {
    /// A scanner of a text whose spellings are in `words`.
    pub fn new(
        source: &'a SourceText,
        layout: &'a Layout,
        words: &Vocabulary,
        items: &'a mut Items,
    ) -> Self {
        items.fill(layout, words);
        let all = &*items;
        Self {
            source,
            layout,
            items: &all.items,
            all,
            limit: 0,
            last: Cell::new(None),
        }
    }

    /// All expressions of the text, in order; they never overlap.
    pub fn run(mut self, mut take: impl FnMut(Found)) {
        for paragraph in self.layout.paragraphs() {
            let mut at = paragraph.start as usize;
            self.limit = paragraph.end as usize;
            self.last.set(None);
            while at < self.limit {
                match self.expression(at) {
                    Some((expr, end)) if end > at => {
                        let tokens = at..end;
                        if !self.is_guarded(&expr, &tokens) {
                            let until = at > 0 && self.is(at - 1, Sense::To).is_some();
                            let joined = self.word(at).is_some_and(|w| w.conj);
                            take(Found {
                                tokens,
                                expr,
                                until,
                                joined,
                            });
                        }
                        at = end;
                    }
                    _ => at += 1,
                }
            }
        }
    }

    fn expression(&self, at: usize) -> Parsed<Expr> {
        match self.items[at] {
            Item::Word(word) if word.may_begin || self.phrase_begins(at) => {}
            Item::Digits(..) | Item::Dotted(_) => {}
            _ => return None,
        }
        self.every(at)
            .or_else(|| self.range(at))
            .or_else(|| self.shift(at))
            .or_else(|| self.stretch(at))
            .or_else(|| {
                let (moment, end) = self.moment(at)?;
                Some((Expr::Moment(moment), end))
            })
            .or_else(|| self.length(at))
    }

    /// Whether a phrase at `at` may begin an expression.
    fn phrase_begins(&self, at: usize) -> bool {
        let mut phrases = self.all.phrases(at).iter();
        phrases.any(|phrase| may_begin(phrase.senses))
    }

    fn item(&self, at: usize) -> Option<Item> {
        (at < self.limit).then(|| self.items[at])
    }

    /// Whether the word at `at` is spelled with a madda, which folding loses.
    fn has_madda(&self, at: usize) -> bool {
        let word = self.layout.tokens().get(at).map(|token| token.span);
        word.and_then(|span| self.source.slice(span))
            .is_some_and(|word| word.contains(MADDA))
    }

    /// The folded word at `at`, inside the paragraph.
    fn text(&self, at: usize) -> &'a str {
        if at < self.limit {
            self.layout.word(at)
        } else {
            ""
        }
    }

    fn word(&self, at: usize) -> Option<Word> {
        match self.item(at)? {
            Item::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The first meaning at `at` that `pick` takes, phrases before words.
    fn sense<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Parsed<T> {
        let word = self.word(at)?;
        self.all
            .phrases(at)
            .iter()
            .find_map(|p| Some((p.senses.iter().find_map(|&s| pick(s))?, at + p.len)))
            .or_else(|| Some((word.sense(pick)?, at + 1)))
    }

    /// The token after `at` when `at` means `sense`.
    fn is(&self, at: usize, sense: Sense) -> Option<usize> {
        self.sense(at, |s| (s == sense).then_some(()))
            .map(|(_, end)| end)
    }

    /// The same where nothing is attached to the word.
    fn is_plain(&self, at: usize, sense: Sense) -> Option<usize> {
        self.is(at, sense)
            .filter(|_| self.word(at).is_some_and(|word| word.is_bare()))
    }

    /// The token after a `من` at `at`, or `at` itself.
    fn skip_of(&self, at: usize) -> usize {
        self.is_plain(at, Sense::Of).unwrap_or(at)
    }

    /// The token after `من` or `في`, which lead a year or month.
    fn of_or_within(&self, at: usize) -> Option<usize> {
        self.is_plain(at, Sense::Of)
            .or_else(|| self.is_plain(at, Sense::Within))
    }

    /// The token after a `sense` at `at`, or `at` itself.
    fn skip(&self, at: usize, sense: Sense) -> usize {
        self.is(at, sense).unwrap_or(at)
    }

    /// Whether the token at `at` is one of these marks.
    fn mark(&self, at: usize, marks: &[&str]) -> bool {
        matches!(self.item(at), Some(Item::Other)) && marks.contains(&self.text(at))
    }

    /// A number in plain digits from `low` to `high`.
    fn digits(&self, at: usize, low: u64, high: u64) -> Parsed<u64> {
        match self.item(at)? {
            Item::Digits(n, _) if (low..=high).contains(&n) => Some((n, at + 1)),
            _ => None,
        }
    }

    fn piece(&self, at: usize) -> Option<Piece> {
        match self.item(at)? {
            Item::Digits(n, _) => Some(Piece::of_digits(n)),
            Item::Word(_) if self.is_and(at) => Some(Piece::and()),
            Item::Word(word) => Piece::of_word(&word),
            Item::Dotted(_) | Item::Other => None,
        }
    }

    /// A cardinal in words or digits.
    fn cardinal(&self, at: usize) -> Parsed<u64> {
        let reading = read_cardinal(|i| self.piece(at + i))?;
        Some((reading.value, at + reading.len))
    }

    /// An ordinal in words.
    fn ordinal(&self, at: usize) -> Parsed<u64> {
        let reading = read_ordinal(|i| self.piece(at + i))?;
        Some((reading.value, at + reading.len))
    }

    /// Whether `و` stands at `at` on its own, or is attached to the word there.
    fn and(&self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        if self.is_and(at) {
            return Some(at + 1);
        }
        word.conj.then_some(at)
    }

    /// Whether a clitic written apart (`الـ24`, `و2018`, `بـ`) stands at `at`.
    fn is_clitic(&self, at: usize) -> bool {
        proclitic::stands_alone(self.text(at))
    }

    /// Whether `و` stands at `at` on its own.
    fn is_and(&self, at: usize) -> bool {
        self.text(at).strip_prefix(AND) == Some("")
    }
}

/// The numbers of `07.05.2024` or `2024.04.09`; none of `10.12.3`.
fn dotted(word: &str) -> Option<[u64; 3]> {
    let mut parts = word.split('.');
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let lengths = (a.len(), b.len(), c.len());
    let date = matches!(lengths, (4, 1..=2, 1..=2) | (1..=2, 1..=2, 4));
    if !date || parts.next().is_some() {
        return None;
    }
    Some([number::digits(a)?, number::digits(b)?, number::digits(c)?])
}
