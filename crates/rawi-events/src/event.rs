//! What this stage hands on: events in spans and entity ids.

use rawi_model::Feature;
use rawi_names::EntityId;
use rawi_text::Span;
use rawi_time::value::Value;
use rawi_words::events::{EventType, Status};

/// Why an event reads as it does, for whoever asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// The table and line of the row that fired: `assault.tsv:12`.
    pub row: String,
    /// The trigger as the table writes it.
    pub trigger: &'static str,
    /// Which places of the frame were filled: `A=subj R=obj`.
    pub frame: String,
    /// What decided the status.
    pub status: &'static str,
}

/// One event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// How, in the manual's terms.
    pub mode: Option<&'static str>,
    /// What it is about, in the manual's terms.
    pub contexts: Vec<&'static str>,
    /// The word that says so, where the article first does.
    pub trigger: Span,
    /// Further triggers that tell the same event.
    pub mentions: Vec<Span>,
    /// Who did it; all sides of a symmetric event.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub recipients: Vec<EntityId>,
    /// Whether it took place.
    pub status: Status,
    /// Index of the statement that alone vouches for the event; none if the
    /// article asserts it.
    pub statement: Option<usize>,
    /// Who claims it, if the article does not.
    pub claimed_by: Option<EntityId>,
    /// When: a stretch of the calendar.
    pub date: Option<Value>,
    /// Where.
    pub place: Option<EntityId>,
    /// 0 to 1; what [`crate::Judge`] makes of the evidence.
    pub confidence: f32,
    /// What speaks for and against it, if no judge has weighed it.
    pub evidence: Vec<Feature>,
    /// What that weighs, if one has.
    pub(crate) odds: i32,
    /// The explanation.
    pub why: Why,
}
