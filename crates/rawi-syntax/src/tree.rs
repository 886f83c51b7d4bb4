//! The dependency trees of one article.

use std::ops::Range;

use rawi_morph::Tagged;
use rawi_names::{Mentions, Tags, Words};
use rawi_text::Layout;
use rawi_words::{Facet, lexicon};

use crate::Label;
use crate::atoms::Atoms;
use crate::parser::Parser;
use crate::state::{NONE, State};

/// The trees of one article: for every token of a parsed sentence its head and what it is
/// to it. A worker owns one and refills it.
#[derive(Clone, Default, Debug)]
pub struct Trees {
    /// By token: the token of its head plus one; 0 for none.
    heads: Vec<u32>,
    labels: Vec<Label>,
    parsed: Vec<bool>,
    atoms: Atoms,
    state: State,
}

/// Which sentences are parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Those with a word that may report or tell an event: in others nobody asks.
    Telling,
    /// All.
    All,
}

/// Whether a word is cut so that it is a form of a trigger or of a verb that lends one its
/// subject, or is marked as one that reports.
fn is_predicate(layout: &Layout, words: &Words, i: usize) -> bool {
    let word = words.get(i);
    let told = || {
        let keys = words.keys(layout, i);
        let key = [keys.stem(word.prefix()), keys.bare(word.prefix())];
        key.into_iter().any(|key| {
            let facets = [Facet::Trigger, Facet::LightVerb];
            facets.into_iter().any(|facet| lexicon().has(key, facet))
        })
    };
    word.is(Tags::REPORT) || told()
}

impl Trees {
    /// Parses sentences of an article, forgetting the article before.
    pub fn fill(
        &mut self,
        parser: &Parser<'_>,
        layout: &Layout,
        tagged: &Tagged,
        words: &Words,
        mentions: &Mentions,
        wanted: Wanted,
    ) {
        let count = layout.tokens().len();
        self.heads.clear();
        self.heads.resize(count, 0);
        self.labels.clear();
        self.labels.resize(count, Label::Root);
        self.parsed.clear();
        self.parsed.resize(count, false);
        for sentence in layout.sentences() {
            let sentence = sentence.start as usize..sentence.end as usize;
            let tells = || sentence.clone().any(|i| is_predicate(layout, words, i));
            if wanted == Wanted::Telling && !tells() {
                continue;
            }
            self.atoms.fill(layout, tagged, words, mentions, sentence);
            parser.parse(&self.atoms, &mut self.state);
            let found = self.state.heads().iter().zip(self.state.labels());
            for (&token, (&head, &label)) in self.atoms.tokens().iter().zip(found) {
                let token = token as usize;
                self.parsed[token] = true;
                self.labels[token] = label;
                if head != NONE {
                    self.heads[token] = self.atoms.tokens()[head as usize] + 1;
                }
            }
        }
    }

    /// Whether a token is a word of a sentence that was parsed.
    pub fn is_parsed(&self, token: usize) -> bool {
        self.parsed.get(token).copied().unwrap_or_default()
    }

    /// The head of a token; none for the head of a sentence, for marks and for what was
    /// not parsed.
    #[inline]
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.heads.get(token)?.checked_sub(1)?;
        Some(head as usize)
    }

    /// What a token is to its head; [`Label::Root`] where it has none.
    #[inline]
    pub fn label(&self, token: usize) -> Label {
        self.labels.get(token).copied().unwrap_or_default()
    }

    /// The tokens from one on upward, each the head of the one before, itself first.
    pub fn upward(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |&t| self.head(t))
    }

    /// The word of a phrase that the rest of it depends on: the first whose head lies
    /// outside.
    pub fn head_of(&self, phrase: Range<usize>) -> Option<usize> {
        phrase
            .clone()
            .find(|&t| self.is_parsed(t) && self.head(t).is_none_or(|head| !phrase.contains(&head)))
    }
}
