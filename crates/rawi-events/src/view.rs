//! Everything that the rules look at, in one place: the article's tokens with
//! what the stages below found, and a few questions that many rules ask.

use std::collections::HashMap;

use rawi_morph::{Agreement, Clitics, Gender, Number};
use rawi_names::phrase::Reader;
use rawi_names::{Roles, Tags, Word, Words, plays};
use rawi_speech::Statement;
use rawi_text::{Layout, SourceText, Span, TokenKind};
use rawi_time::TimeMention;

use crate::frame::Slots;
use crate::lexicon::{self, Takes};

/// The pronouns of the third person that are attached to a word, longest first.
pub(crate) const PRONOUNS: [(&str, Agreement); 5] = [
    ("هما", Agreement::third(None, Some(Number::Dual))),
    ("هم", Agreement::third(None, Some(Number::Plural))),
    (
        "هن",
        Agreement::third(Some(Gender::Feminine), Some(Number::Plural)),
    ),
    ("ها", Agreement::third(Some(Gender::Feminine), None)),
    (
        "ه",
        Agreement::third(Some(Gender::Masculine), Some(Number::Singular)),
    ),
];

/// What the stages below found in one article.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    /// Its text.
    pub source: &'a SourceText,
    /// Its tokens, sentences and paragraphs.
    pub layout: &'a Layout,
    /// Its words, with times and reporting verbs marked.
    pub words: &'a Words,
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
    /// For each token the index of its sentence.
    pub(crate) sentence_of: &'a [u32],
    /// The token that first names each country, by its ISO code.
    pub(crate) countries: &'a HashMap<&'static str, usize>,
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

    /// Whether token `i`, as it stands, plays one of the roles.
    pub(crate) fn plays(&self, i: usize, roles: Roles) -> bool {
        self.article.words.plays(self.article.layout, i, roles)
    }

    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.article.layout.word(i)
    }

    /// Whether the stem of token `i` plays one of the roles.
    pub(crate) fn stem_plays(&self, i: usize, roles: Roles) -> bool {
        self.article.words.stem_plays(self.article.layout, i, roles)
    }

    /// Whether the stem of token `i` begins with a word that plays one of the roles.
    pub(crate) fn stem_begins(&self, i: usize, roles: Roles) -> bool {
        let stem = self.stem(i);
        let mut ends = stem.char_indices().map(|(at, c)| at + c.len_utf8());
        ends.any(|end| plays(&stem[..end], roles))
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
        let mut cuts = Clitics::readings(self.word(i)).filter(|c| !c.article && !c.future);
        cuts.any(|cut| {
            plays(
                cut.stem,
                Roles::COMPLEMENTIZER | Roles::THAT_NOT | Roles::THAT_I,
            )
        })
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
        let (preposition, conjoined) = lexicon::preposition(self.word(i))?;
        let fits = !preposition.name || conjoined || self.is(i, Tags::PREPOSITION);
        (fits && preposition.takes != Takes::Attached).then_some(preposition.slot)
    }

    /// The place of a pronoun on a preposition: `عليه`, `معهم`; with what the
    /// pronoun agrees with.
    pub(crate) fn pronominal(&self, i: usize) -> Option<(Slots, Agreement)> {
        let word = self.word(i);
        let (base, agreement) = PRONOUNS
            .iter()
            .find_map(|(p, agreement)| Some((word.strip_suffix(p)?, *agreement)))?;
        let (preposition, _) = lexicon::preposition(base)?;
        (preposition.takes != Takes::Phrase).then_some((preposition.slot, agreement))
    }

    /// What the pronoun on word `i` agrees with, if it can be one.
    pub(crate) fn pronoun(&self, i: usize) -> Option<Agreement> {
        let word = self.word(i);
        let mut pronouns = PRONOUNS.iter();
        let found = pronouns.find(|(pronoun, _)| word.ends_with(pronoun));
        found.map(|&(_, agreement)| agreement)
    }

    /// Whether the pronoun on word `i` can stand for whom `subject` agrees with.
    pub(crate) fn points_to(&self, i: usize, subject: Agreement) -> bool {
        let subject = Agreement::third(subject.gender, subject.number);
        self.pronoun(i).is_some_and(|p| p.fits(subject))
    }

    /// The place that an attached preposition makes.
    pub(crate) fn attached(&self, i: usize) -> Option<Slots> {
        lexicon::attached(self.info(i).preposition?)
    }

    /// If the agent of a passive is led in at `i` (`على يد`, `من قبل`), where its
    /// noun phrase begins.
    pub(crate) fn agent(&self, i: usize) -> Option<usize> {
        let words = lexicon::phrase_words(lexicon::AGENTS, |k| self.word_at(i + k))?;
        (i + words < self.len()).then_some(i + words)
    }

    /// The word at `i`, if the article goes so far.
    pub(crate) fn word_at(&self, i: usize) -> Option<&'a str> {
        (i < self.len()).then(|| self.word(i))
    }

    /// Whether a verb of light meaning or a known one stands at `i`.
    pub(crate) fn is_light(&self, i: usize) -> bool {
        lexicon::light_verb(self.word(i)).is_some()
            && !self.info(i).article
            && !self.is(i, Tags::TITLE | Tags::BODY | Tags::PREPOSITION)
    }
}
