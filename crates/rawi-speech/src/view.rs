//! Everything that the rules look at, in one place: the article's tokens with
//! what the stages below found, and a few questions that many rules ask.

use std::ops::Range;

use rawi_names::phrase::{Extent, Kind, Reader};
use rawi_names::{NameType, Roles, Tags, Word, Words};
use rawi_syntax::Trees;
use rawi_text::proclitic::{AND, CONJUNCTIONS, IN};
use rawi_text::{Facts, Layout, Quote, SourceText, Span, TokenKind};
use rawi_words::reporting::{Link, Need, Parts};
use rawi_words::{Facet, LexId, lexicon};

use crate::spelled::{Mark, Spelled};

/// Nobody asks for more words of a quote.
const MANY: usize = 16;

/// One article as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) source: &'a SourceText,
    pub(crate) layout: &'a Layout,
    pub(crate) words: &'a Words,
    /// Which word governs which; empty before names are known.
    pub(crate) trees: &'a Trees,
    pub(crate) spelled: &'a Facts<Spelled>,
    /// For each token the index of its sentence.
    pub(crate) sentence_of: &'a [u32],
    /// For each token the innermost quote that it stands in, marks excluded.
    pub(crate) quote_of: &'a [Option<u32>],
    /// Whether the text is a headline.
    pub(crate) headline: bool,
}

impl<'a> View<'a> {
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader {
            source: self.source,
            layout: self.layout,
            words: self.words,
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.layout.tokens().len()
    }

    #[inline]
    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.layout.word(i)
    }

    /// What the spelling of token `i` is.
    #[inline]
    pub(crate) fn spelled(&self, i: usize) -> &'a Spelled {
        &self.spelled[self.layout.spelling(i)]
    }

    /// What kind of punctuation token `i` is.
    #[inline]
    pub(crate) fn mark(&self, i: usize) -> Mark {
        self.spelled(i).mark
    }

    /// The key of token `i` as it stands.
    #[inline]
    pub(crate) fn key(&self, i: usize) -> LexId {
        self.words.keys(self.layout, i).whole()
    }

    /// The key of the stem of token `i`.
    #[inline]
    pub(crate) fn stem_key(&self, i: usize) -> LexId {
        self.words.stem_key(self.layout, i)
    }

    /// The key of what the first letter of token `i` leaves.
    #[inline]
    pub(crate) fn rest_key(&self, i: usize) -> LexId {
        self.words
            .keys(self.layout, i)
            .stem(self.letter(i).map_or(0, char::len_utf8))
    }

    /// The parts of what the first letter of token `i` leaves.
    #[inline]
    pub(crate) fn rest_parts(&self, i: usize) -> Parts {
        lexicon().parts(self.rest_key(i))
    }

    /// The longest key with a facet that begins with the key `first` at token `i`
    /// and goes on before token `end`, and its length in words.
    pub(crate) fn longest(
        &self,
        first: LexId,
        i: usize,
        end: usize,
        facet: Facet,
    ) -> Option<(LexId, usize)> {
        let next = |k: usize| {
            if i + k < end {
                self.key(i + k)
            } else {
                LexId::NONE
            }
        };
        lexicon().longest(first, facet, next)
    }

    #[inline]
    pub(crate) fn info(&self, i: usize) -> &'a Word {
        self.words.get(i)
    }

    #[inline]
    pub(crate) fn is(&self, i: usize, tags: Tags) -> bool {
        self.words.get(i).is(tags)
    }

    #[inline]
    pub(crate) fn is_word(&self, i: usize) -> bool {
        matches!(
            self.layout.tokens()[i].kind,
            TokenKind::Word | TokenKind::Latin
        )
    }

    pub(crate) fn raw(&self, i: usize) -> &'a str {
        self.source
            .slice(self.layout.tokens()[i].span)
            .unwrap_or_default()
    }

    pub(crate) fn span(&self, i: usize) -> Span {
        self.layout.tokens()[i].span
    }

    #[inline]
    pub(crate) fn is_comma(&self, i: usize) -> bool {
        self.mark(i) == Mark::Comma
    }

    pub(crate) fn is_dash(&self, i: usize) -> bool {
        matches!(self.mark(i), Mark::Dash | Mark::LongDash)
    }

    /// One past the last token of the sentence of token `i`.
    pub(crate) fn sentence_end(&self, i: usize) -> usize {
        self.layout.sentences()[self.sentence_of[i] as usize].end as usize
    }

    pub(crate) fn sentence_start(&self, i: usize) -> usize {
        self.layout.sentences()[self.sentence_of[i] as usize].start as usize
    }

    /// The quote whose opening mark is token `i`.
    pub(crate) fn quote_opening(&self, i: usize) -> Option<(usize, &'a Quote)> {
        let at = self.layout.quote_opening(i)?;
        Some((at, &self.layout.quotes()[at]))
    }

    /// The quote whose closing mark is token `i`.
    pub(crate) fn quote_closing(&self, i: usize) -> Option<(usize, &'a Quote)> {
        let at = self.layout.quote_closing(i)?;
        Some((at, &self.layout.quotes()[at]))
    }

    /// One past the last token inside a quote.
    pub(crate) fn quote_end(&self, quote: &Quote) -> usize {
        match quote.close {
            Some(close) => close as usize,
            None => {
                let end = quote.content.end;
                self.layout.tokens().partition_point(|t| t.span.end <= end)
            }
        }
    }

    /// How many words stand inside a quote, counted up to [`MANY`].
    pub(crate) fn quote_words(&self, quote: &Quote) -> usize {
        (quote.open as usize + 1..self.quote_end(quote))
            .filter(|&i| self.is_word(i) || self.layout.tokens()[i].kind == TokenKind::Number)
            .take(MANY)
            .count()
    }

    /// The link that a word makes as a preposition of its own.
    pub(crate) fn preposition(&self, i: usize) -> Option<Link> {
        // But `علي الشامي` is a name, and `ل` and `ب` alone lead what isn't Arabic.
        self.link(i).filter(|&link| match link {
            Link::ALA => !self.is(i, Tags::GIVEN),
            Link::LI | Link::BI => false,
            _ => true,
        })
    }

    /// The link of the preposition that a word is spelled like.
    #[inline]
    pub(crate) fn link(&self, i: usize) -> Option<Link> {
        Some(self.spelled(i).link).filter(|&link| link != Link::NONE)
    }

    /// If token `i` is `أن`/`إن` (with or without a pronoun or `ب`), the link
    /// that leads to it; [`Link::NONE`] if it belongs to the word before it.
    pub(crate) fn complementizer(&self, i: usize) -> Option<Link> {
        // `بان كي مون`: part of a name.
        let info = self.info(i);
        if info.inside || info.entry_words > 1 || info.label == Some(NameType::Person) {
            return None;
        }
        if self.plays_behind(i, IN, self.that(i)) {
            return Some(Link::BI);
        }
        if !self.plays(i, self.that(i)) {
            return None;
        }
        let Some(before) = i.checked_sub(1) else {
            return Some(Link::DIRECT);
        };
        if let Some(link) = self.preposition(before) {
            return Some(link);
        }
        Some(if self.plays(before, Roles::OWN_THAT) {
            Link::NONE
        } else {
            Link::DIRECT
        })
    }

    /// Whether token `i` is `وأن` or `وإن`, with or without a pronoun.
    pub(crate) fn and_that(&self, i: usize) -> bool {
        self.plays_behind(i, AND, self.that(i))
    }

    /// The roles of words for `أن` that token `i` may have.
    fn that(&self, i: usize) -> Roles {
        // `ألا` is `أن لا`; `إلا` is "except".
        if self.raw(i).contains('أ') {
            Roles::COMPLEMENTIZER | Roles::THAT_NOT
        } else {
            Roles::COMPLEMENTIZER
        }
    }

    /// Whether a phrase names a party of a trial, by one of its first two words:
    /// `محامي المتهم`, `هيئة الدفاع`.
    pub(crate) fn pleads(&self, phrase: &Range<usize>) -> bool {
        phrase
            .clone()
            .take(2)
            .any(|i| lexicon().parts(self.stem_key(i)).has(Parts::COURT_PARTY))
    }

    /// The phrase that begins at token `start`, that token at the least.
    pub(crate) fn phrase_at(&self, start: usize, limit: usize) -> Range<usize> {
        let stop = self.reader().extent(start, limit, Extent::Strict);
        start..stop.max(start + 1)
    }

    /// Whether token `i`, as it stands, plays one of the roles.
    #[inline]
    pub(crate) fn plays(&self, i: usize, roles: Roles) -> bool {
        self.words.plays(self.layout, i, roles)
    }

    /// Whether token `i`, or what its conjunction leaves of it, plays one of the
    /// roles.
    pub(crate) fn bare_plays(&self, i: usize, roles: Roles) -> bool {
        let behind = |letter| self.plays_behind(i, letter, roles);
        self.plays(i, roles) || CONJUNCTIONS.into_iter().any(behind)
    }

    /// Whether what follows the letter that token `i` begins with plays one of the
    /// roles.
    #[inline]
    pub(crate) fn plays_behind(&self, i: usize, letter: char, roles: Roles) -> bool {
        self.letter(i) == Some(letter) && lexicon().roles(self.rest_key(i)).any(roles)
    }

    /// The first letter of token `i`.
    #[inline]
    pub(crate) fn letter(&self, i: usize) -> Option<char> {
        self.spelled(i).letter
    }

    /// Whether the stem of token `i` plays one of the roles.
    pub(crate) fn stem_plays(&self, i: usize, roles: Roles) -> bool {
        self.words.stem_plays(self.layout, i, roles)
    }

    /// Whether token `i` points back to what something was said in: `فيه`.
    pub(crate) fn points_back(&self, i: usize) -> bool {
        i < self.len() && self.plays(i, Roles::WITHIN)
    }

    /// Whether token `i`, as it stands or by its stem, is one of the words that a row
    /// needs.
    pub(crate) fn meets(&self, i: usize, need: Need) -> bool {
        let needed = |key| lexicon().needed(key) & need.0 != 0;
        needed(self.key(i)) || needed(self.stem_key(i))
    }

    /// Whether the stem of token `i` names a document or channel.
    pub(crate) fn is_document(&self, i: usize) -> bool {
        self.spelled(i).document(self.info(i).prefix())
    }

    /// Whether the stem of token `i` carries a message by itself.
    pub(crate) fn carries_message(&self, i: usize) -> bool {
        self.spelled(i).carries_message(self.info(i).prefix())
    }

    /// Whether a phrase names a party.
    pub(crate) fn is_party(&self, phrase: &Range<usize>) -> bool {
        self.reader().describe(phrase.clone()).kind != Kind::Other
    }

    /// Whether a phrase names somebody who can speak: a party or a known document.
    pub(crate) fn can_speak(&self, phrase: &Range<usize>) -> bool {
        let phrase = self.reader().describe(phrase.clone());
        phrase.kind != Kind::Other || self.is(phrase.head, Tags::DOCUMENT) && phrase.definite
    }

    /// Whether a preposition leads token `i`, on it or, from token `from` on,
    /// before it.
    pub(crate) fn is_led(&self, i: usize, from: usize) -> bool {
        self.info(i).preposition.is_some()
            || i > from && (self.preposition(i - 1).is_some() || self.is(i - 1, Tags::PREPOSITION))
    }

    /// Whether a quotation opens at token `i` that is longer than a name or title.
    pub(crate) fn opens_long_quote(&self, i: usize) -> bool {
        self.quote_opening(i)
            .is_some_and(|(_, quote)| self.quote_words(quote) > 3)
    }

    /// Whether a message opens at token `i`: a clause, a quotation, what a colon
    /// introduces.
    pub(crate) fn message_at(&self, i: usize) -> bool {
        self.complementizer(i).is_some() || self.mark(i) == Mark::Colon || self.opens_long_quote(i)
    }

    /// Whether the token ends a clause by punctuation.
    pub(crate) fn is_stop(&self, i: usize) -> bool {
        self.layout.is_stop(i)
    }
}
