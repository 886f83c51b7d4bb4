//! A statement in the making: token ranges that later steps complete.

use std::ops::Range;

use crate::channel::ChannelAt;
use crate::statement::{Act, Form};

/// What a rule found; content is still open at its end.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) form: Form,
    pub(crate) act: Act,
    /// The cue's tokens.
    pub(crate) cue: Range<usize>,
    pub(crate) lemma: &'static str,
    /// Where the content begins.
    pub(crate) start: usize,
    /// Content that the rule knows whole, in tokens; else it is to be bounded.
    pub(crate) fixed: Vec<Range<usize>>,
    pub(crate) source: Source,
    pub(crate) addressees: Vec<Range<usize>>,
    pub(crate) channel: Option<ChannelAt>,
    /// Agencies and outlets that handed it on.
    pub(crate) via: Vec<Range<usize>>,
    pub(crate) frame: &'static str,
    /// How often the frame was right on the training articles.
    pub(crate) confidence: f32,
    /// Whether the cue opens a clause of its own, so that it ends what another
    /// cue reports.
    pub(crate) cuts: bool,
    pub(crate) boundary: &'static str,
}

/// Where the speaker is to be looked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// A noun phrase.
    Phrase(Range<usize>),
    /// The subject that the verb or participle hides.
    Hidden(rawi_morph::Agreement),
    /// A pronoun: `قوله`.
    Pronoun(rawi_morph::Agreement),
    /// Nobody: the text tells no source.
    Nobody,
}

impl Source {
    pub(crate) fn phrase(&self) -> Option<&Range<usize>> {
        match self {
            Source::Phrase(range) => Some(range),
            _ => None,
        }
    }
}
