//! Everything that the rules look at, in one place: the article's tokens with
//! what the stages below found, and a few questions that many rules ask.

use rawi_morph::Agreement;
use rawi_names::phrase::Reader;
use rawi_names::{Cast, EntityId, Roles, Tags, Word, Words};
use rawi_speech::Statement;
use rawi_syntax::Trees;
use rawi_text::{Facts, Layout, SourceText, Span, TokenKind};
use rawi_time::TimeMention;
use rawi_words::events::{LightVerb, Slots, Takes, attached};
use rawi_words::{Facet, LexId, lexicon};

use crate::facts::WordFacts;

/// What the stages below found in one article.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    /// Its text.
    pub source: &'a SourceText,
    /// Its tokens, sentences and paragraphs.
    pub layout: &'a Layout,
    /// Its words, with times and reporting verbs marked.
    pub words: &'a Words,
    /// Which word governs which.
    pub trees: &'a Trees,
    /// Its statements.
    pub statements: &'a [Statement],
    /// Its time expressions.
    pub times: &'a [TimeMention],
    /// The day of publication, if known.
    pub published: Option<rawi_time::Date>,
}

/// One article as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) article: Article<'a>,
    /// Whom it mentions.
    pub(crate) cast: &'a Cast,
    /// What is known of its spellings.
    pub(crate) facts: &'a Facts<WordFacts>,
    /// For each token the index of its sentence.
    pub(crate) sentence_of: &'a [u32],
    /// The entity of each country that the article names, by its ISO code.
    pub(crate) countries: &'a [(&'static str, EntityId)],
}

impl<'a> View<'a> {
    pub(crate) fn reader(&self) -> Reader<'a> {
        Reader {
            source: self.article.source,
            layout: self.article.layout,
            words: self.article.words,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.article.layout.tokens().len()
    }

    /// What this stage knows of the spelling of token `i`.
    pub(crate) fn facts(&self, i: usize) -> &'a WordFacts {
        &self.facts[self.article.layout.spelling(i)]
    }

    /// The bytes of the folded word `i` in front of its stem.
    pub(crate) fn prefix(&self, i: usize) -> usize {
        self.info(i).prefix()
    }

    /// The key that token `i`, as it stands, is.
    pub(crate) fn key(&self, i: usize) -> LexId {
        self.article.words.keys(self.article.layout, i).whole()
    }

    /// The key that the stem of token `i` is.
    pub(crate) fn stem_key(&self, i: usize) -> LexId {
        self.article.words.stem_key(self.article.layout, i)
    }

    /// The longest key with a facet that begins at token `i` and ends before `limit`,
    /// and how many tokens it has.
    pub(crate) fn longest(&self, i: usize, limit: usize, facet: Facet) -> Option<(LexId, usize)> {
        let key = |k: usize| if k < limit { self.key(k) } else { LexId::NONE };
        lexicon().longest(key(i), facet, |words| key(i + words))
    }

    /// Whether token `i`, as it stands, plays one of the roles.
    pub(crate) fn plays(&self, i: usize, roles: Roles) -> bool {
        self.article.words.plays(self.article.layout, i, roles)
    }

    /// The folded word.
    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.article.layout.word(i)
    }

    /// Whether the stem of token `i` plays one of the roles.
    pub(crate) fn stem_plays(&self, i: usize, roles: Roles) -> bool {
        self.article.words.stem_plays(self.article.layout, i, roles)
    }

    /// The folded stem: no proclitics, no article.
    pub(crate) fn stem(&self, i: usize) -> &'a str {
        self.article.words.stem(self.article.layout, i)
    }

    pub(crate) fn info(&self, i: usize) -> &'a Word {
        self.article.words.get(i)
    }

    pub(crate) fn is(&self, i: usize, tags: Tags) -> bool {
        self.info(i).is(tags)
    }

    pub(crate) fn span(&self, i: usize) -> Span {
        self.article.layout.tokens()[i].span
    }

    pub(crate) fn raw(&self, i: usize) -> &'a str {
        self.article.source.slice(self.span(i)).unwrap_or_default()
    }

    pub(crate) fn kind(&self, i: usize) -> TokenKind {
        self.article.layout.tokens()[i].kind
    }

    pub(crate) fn is_word(&self, i: usize) -> bool {
        matches!(self.kind(i), TokenKind::Word | TokenKind::Latin)
    }

    pub(crate) fn is_comma(&self, i: usize) -> bool {
        matches!(self.word(i), "،" | "," | "؛" | ";")
    }

    /// Whether the token ends a clause by punctuation.
    pub(crate) fn is_stop(&self, i: usize) -> bool {
        self.article.layout.is_stop(i) || matches!(self.word(i), ":" | "؛")
    }

    pub(crate) fn sentence(&self, i: usize) -> std::ops::Range<usize> {
        let sentence = &self.article.layout.sentences()[self.sentence_of[i] as usize];
        sentence.start as usize..sentence.end as usize
    }

    /// Whether the token is a mark of a quotation of more than three words.
    pub(crate) fn is_long_quote(&self, i: usize) -> bool {
        let layout = self.article.layout;
        let quotes = layout.quote_opening(i).into_iter();
        let mut quotes = quotes.chain(layout.quote_closing(i));
        quotes.any(|q| {
            let quote = &layout.quotes()[q];
            let inside = layout.tokens().iter().skip(quote.open as usize + 1);
            inside
                .take_while(|t| t.span.end <= quote.content.end)
                .filter(|t| t.kind == TokenKind::Word)
                .nth(3)
                .is_some()
        })
    }

    /// Whether the token is `أن`/`إن`, with or without a pronoun or `ب`.
    pub(crate) fn is_that(&self, i: usize) -> bool {
        self.facts(i).that
    }

    /// Whether an `أن` or `إن` carries a pronoun: `أنه`, `إنها`.
    pub(crate) fn has_pronoun(&self, i: usize) -> bool {
        self.word(i).chars().count() > 2 && self.pronoun(i).is_some()
    }

    /// Whether the token is a finite verb as far as the tables below know them.
    pub(crate) fn is_verb(&self, i: usize) -> bool {
        let word = self.info(i);
        word.is(Tags::VERB | Tags::AUXILIARY)
            && !word.article
            && !word.is(Tags::TITLE | Tags::BODY | Tags::GIVEN | Tags::GROUP)
    }

    /// Whether a clause cannot reach over the token, seen from either side.
    pub(crate) fn is_border(&self, i: usize) -> bool {
        if !self.is_word(i) {
            return self.is_comma(i)
                || self.is_stop(i)
                || self.word(i).chars().all(|c| matches!(c, '-' | '–' | '—'))
                || self.is_long_quote(i);
        }
        let conjunction = self.is(i, Tags::PARTICLE)
            && self.preposition(i).is_none()
            && !self.is(i, Tags::TITLE | Tags::BODY | Tags::NAME_PART)
            && !self.plays(i, Roles::INNER | Roles::QUANTIFIER);
        self.is_that(i) || conjunction
    }

    /// The place that a word makes as a preposition of its own.
    pub(crate) fn preposition(&self, i: usize) -> Option<Slots> {
        let (preposition, conjoined) = self.facts(i).preposition?;
        let fits = !preposition.name || conjoined || self.is(i, Tags::PREPOSITION);
        (fits && preposition.takes != Takes::Attached).then_some(preposition.slot)
    }

    /// The place of a pronoun on a preposition: `عليه`, `معهم`; with what the
    /// pronoun agrees with.
    pub(crate) fn pronominal(&self, i: usize) -> Option<(Slots, Agreement)> {
        self.facts(i).pronominal
    }

    /// What the pronoun on word `i` agrees with, if it can be one.
    pub(crate) fn pronoun(&self, i: usize) -> Option<Agreement> {
        self.facts(i).pronoun
    }

    /// Whether the pronoun on word `i` can stand for whom `subject` agrees with.
    pub(crate) fn points_to(&self, i: usize, subject: Agreement) -> bool {
        let subject = Agreement::third(subject.gender, subject.number);
        self.pronoun(i).is_some_and(|p| p.fits(subject))
    }

    /// The place that an attached preposition makes.
    pub(crate) fn attached(&self, i: usize) -> Option<Slots> {
        attached(self.info(i).preposition?)
    }

    /// If the agent of a passive is led in at `i` (`على يد`, `من قبل`), where its
    /// noun phrase begins.
    pub(crate) fn agent(&self, i: usize) -> Option<usize> {
        let (key, words) = self.longest(i, self.len(), Facet::Preposition)?;
        let leads = lexicon().preposition(key)?.slot == Slots::AGENT;
        (leads && i + words < self.len()).then_some(i + words)
    }

    /// The word at `i`, if the article goes so far.
    pub(crate) fn word_at(&self, i: usize) -> Option<&'a str> {
        (i < self.len()).then(|| self.word(i))
    }

    /// What the helping verb at `i` says, if one stands there.
    pub(crate) fn light(&self, i: usize) -> Option<LightVerb> {
        let noun = self.info(i).article || self.is(i, Tags::TITLE | Tags::BODY | Tags::PREPOSITION);
        self.facts(i).light.filter(|_| !noun)
    }

    /// Whether a helping verb stands at `i`.
    pub(crate) fn is_light(&self, i: usize) -> bool {
        self.light(i).is_some()
    }
}
