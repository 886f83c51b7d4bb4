//! What a text looks like before anybody reads a word of it: tokens,
//! sentences, paragraphs and paired quotation marks.

use std::ops::Range;

use crate::quote::Pairing;
use crate::spellings::{SpellingId, Spellings};
use crate::{Folded, Furniture, SourceText, Span, furniture, sentence, token};

/// What kind of thing a token is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TokenKind {
    /// A word in Arabic letters, with its marks, tatweel and attached clitics.
    Word,
    /// Digits of any script, with decimal or thousands separators inside.
    Number,
    /// A word in Latin letters (or any other script that is not Arabic).
    Latin,
    /// A web or mail address.
    Url,
    /// A social handle or hashtag: `@name`, `#name`.
    Handle,
    /// One punctuation mark, a run of dots (`..`, `...`, `…`) or dashes, or what
    /// stands for a quotation mark (`''`, `&quot;`, `<<`, `((` with its `))`).
    Punct,
    /// Anything else that is visible: currency signs, arrows, emoji, and what
    /// HTML left behind (`<p>`, `&nbsp;`).
    Symbol,
}

/// One token. Tokens never overlap and stand in text order; white space and
/// invisible controls between them belong to none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Its range of [`Folded::as_str`], in bytes of that view.
    pub folded: (u32, u32),
    /// Whether white space stands before it (the first token counts as spaced).
    pub spaced: bool,
}

/// A stretch between two quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    /// Index of the opening mark's token. Where a quote goes on in a paragraph
    /// that has no mark of its own, the token before that paragraph.
    pub open: u32,
    /// Index of the closing mark's token; `None` when the text never closes
    /// it (the quote then ends with its sentence, at the latest with its
    /// paragraph) or closes it in a later paragraph.
    pub close: Option<u32>,
    /// What stands inside, marks and outer white space excluded.
    pub content: Span,
    /// 0 for an outermost quote, 1 for one inside it, and so on.
    pub depth: u8,
    /// For a quote that goes on over a paragraph break: the index of the
    /// stretch that it goes on from.
    pub continues: Option<u32>,
}

/// The layout of one text. A worker owns one and refills it text after text,
/// so that reading many articles allocates like reading one.
#[derive(Clone, Default, Debug)]
pub struct Layout {
    folded: Folded,
    tokens: Vec<Token>,
    spellings: Spellings,
    /// By token.
    spelled: Vec<SpellingId>,
    sentences: Vec<Range<u32>>,
    paragraphs: Vec<Range<u32>>,
    quotes: Vec<Quote>,
    /// The tokens of closing marks with their quotes, sorted.
    closing: Vec<(u32, u32)>,
    furniture: Vec<Furniture>,
    pairing: Pairing,
}

/// The tokens of a text with their folded forms.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) folded: &'a str,
}

impl<'a> Words<'a> {
    /// The folded form of token `i`.
    pub(crate) fn word(self, i: usize) -> &'a str {
        let (a, b) = self.tokens[i].folded;
        &self.folded[a as usize..b as usize]
    }
}

impl Layout {
    /// An empty layout.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills this layout from a text, forgetting the one before.
    pub fn analyze(&mut self, source: &SourceText) {
        let text = source.as_str();
        self.folded.fill(text);
        token::tokenize(text, &self.folded, &mut self.tokens);
        sentence::paragraphs(text, &self.tokens, &mut self.paragraphs);
        let words = Words {
            tokens: &self.tokens,
            folded: self.folded.as_str(),
        };
        self.spellings.tidy();
        self.spelled.clear();
        let spelled = (0..self.tokens.len()).map(|i| self.spellings.meet(words.word(i)));
        self.spelled.extend(spelled);
        self.pairing.pair(words, &self.paragraphs, &mut self.quotes);
        self.closing.clear();
        let quotes = (0..).zip(&self.quotes);
        let closing = quotes.filter_map(|(q, quote)| Some((quote.close?, q)));
        self.closing.extend(closing);
        self.closing.sort_unstable();
        furniture::find(words, &self.paragraphs, &self.quotes, &mut self.furniture);
        sentence::split(
            words,
            &self.paragraphs,
            &self.closing,
            &self.furniture,
            &mut self.sentences,
        );
    }

    /// The folded view of the whole text, with its map back.
    pub fn folded(&self) -> &Folded {
        &self.folded
    }

    /// All tokens, in text order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The distinct spellings of this text's tokens and of texts before.
    pub fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// The number of the folded spelling of token `i`.
    #[inline]
    pub fn spelling(&self, i: usize) -> SpellingId {
        self.spelled[i]
    }

    /// Sentences as ranges of token indices; they tile the tokens.
    pub fn sentences(&self) -> &[Range<u32>] {
        &self.sentences
    }

    /// Paragraphs as ranges of token indices; they tile the tokens, and every
    /// sentence lies inside one.
    pub fn paragraphs(&self) -> &[Range<u32>] {
        &self.paragraphs
    }

    /// Quotes in the order of their opening marks.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// What the site put around the article, in text order.
    pub fn furniture(&self) -> &[Furniture] {
        &self.furniture
    }

    /// The page furniture that token `i` belongs to.
    pub fn furniture_at(&self, i: usize) -> Option<&Furniture> {
        let at = self
            .furniture
            .partition_point(|f| f.tokens.end as usize <= i);
        self.furniture
            .get(at)
            .filter(|f| f.tokens.start as usize <= i)
    }

    /// The index of the quote whose opening mark is token `i`.
    pub fn quote_opening(&self, i: usize) -> Option<usize> {
        let found = self.quotes.binary_search_by_key(&i, |q| q.open as usize);
        found.ok()
    }

    /// The index of the quote whose closing mark is token `i`.
    pub fn quote_closing(&self, i: usize) -> Option<usize> {
        let found = self.closing.binary_search_by_key(&i, |c| c.0 as usize);
        found.ok().map(|at| self.closing[at].1 as usize)
    }

    /// The folded form of token `i`: bare letters, one spelling of alef, ya
    /// and ta marbuta, ASCII digits, no invisible characters.
    pub fn word(&self, i: usize) -> &str {
        let (a, b) = self.tokens[i].folded;
        &self.folded.as_str()[a as usize..b as usize]
    }

    /// The span of token `i` without the first `prefix` bytes of its folded form.
    pub fn span_behind(&self, i: usize, prefix: usize) -> Span {
        let token = self.tokens[i];
        let (from, to) = token.folded;
        let rest = from as usize + prefix..to as usize;
        Span {
            start: self.folded.span(rest).start,
            end: token.span.end,
        }
    }

    /// Whether token `i` is a mark that ends a clause: a stop, a question or
    /// exclamation mark, dots. A full stop inside a sentence is that of an
    /// abbreviation (`د. فلان`) and ends none.
    pub fn is_stop(&self, i: usize) -> bool {
        match self.word(i) {
            "." => {
                let at = self.sentences.partition_point(|s| s.end as usize <= i);
                let last = self.sentences.get(at).map_or(0, |s| s.end as usize);
                let word = |t: &Token| matches!(t.kind, TokenKind::Word | TokenKind::Latin);
                !(i + 1 < last && self.tokens.get(i + 1).is_some_and(word))
            }
            "؟" | "?" | "!" | "…" => true,
            word => word.starts_with(".."),
        }
    }

    /// The span from the start of token `range.start` to the end of the last
    /// token of `range`; empty at 0 for an empty range.
    pub fn cover(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            return Span::default();
        }
        self.tokens[range.start]
            .span
            .cover(self.tokens[range.end - 1].span)
    }
}
