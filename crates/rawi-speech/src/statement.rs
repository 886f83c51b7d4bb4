//! What this stage hands on: statements in spans and entity ids.

use rawi_names::EntityId;
use rawi_text::{Few, Span};
use std::borrow::Cow;

use crate::templates::{Boundary, FrameKind};
pub use rawi_words::reporting::{Act, ChannelKind};

/// How a statement stands in the text.
/// Their numbers are values of features: models store them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    /// The source's own words: in quotation marks or after a colon.
    Quote = 0,
    /// A clause with `أن`/`إن`, or one attributed by `بحسب` and its like.
    Clause = 1,
    /// A noun phrase that carries the message: `نفى التهم`.
    Nominal = 2,
}

/// A channel as the text names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Its noun phrase, without the preposition.
    pub span: Span,
    /// What kind of channel it is.
    pub kind: ChannelKind,
    /// The platform it names.
    pub platform: Option<&'static str>,
}

/// How the speaker was found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SpeakerHow {
    /// The source names the speaker.
    Named,
    /// A title or description points to the speaker.
    Title,
    /// The verb hides its subject.
    NullSubject,
    /// A pronoun (`قوله`) points to the speaker.
    Pronoun,
    /// The quotation goes on from the statement before.
    CarriedOver,
}

/// The resolved speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Speaker {
    /// Who.
    pub entity: EntityId,
    /// How that was found.
    pub how: SpeakerHow,
}

/// The words that report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cue {
    /// Their characters, attached `و`/`ف` included.
    pub span: Span,
    /// The lexicon's lemma.
    pub lemma: &'static str,
}

/// Why the statement reads as it does, for whoever asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// The frame that fired.
    pub frame: FrameKind,
    /// What ended the content.
    pub boundary: Boundary,
    /// How the speaker was chosen, with the candidates that lost; empty unless
    /// [asked for](crate::Worker::explain).
    pub speaker: Cow<'static, str>,
}

/// One reported statement.
#[derive(Clone, PartialEq, Debug)]
pub struct Statement {
    /// Quote, clause or nominal.
    pub form: Form,
    /// The act that the cue tells.
    pub act: Act,
    /// What was said, in one or more pieces in text order; never empty.
    pub content: Few<Span>,
    /// The reporting words; none for a quotation that just goes on.
    pub cue: Option<Cue>,
    /// The noun phrase of the source in this sentence.
    pub source: Option<Span>,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// To whom.
    pub addressee: Few<EntityId>,
    /// Through what.
    pub channel: Option<Channel>,
    /// Who handed it on, outermost first.
    pub via: Few<EntityId>,
    /// Index of the statement in whose content this one stands.
    pub within: Option<usize>,
    /// 0 to 1.
    pub confidence: f32,
    /// The explanation.
    pub why: Why,
}
