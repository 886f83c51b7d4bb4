//! What this stage hands on: events in spans and entity ids.

use rawi_names::EntityId;
use rawi_text::{Few, Span};
use rawi_time::value::Value;
use rawi_words::events::{EventType, Slots, Status};

/// Why an event reads as it does, for whoever asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Why {
    /// The table and line of the row that fired.
    pub(crate) row: (&'static str, usize),
    /// The trigger as the table writes it.
    pub trigger: &'static str,
    /// The places of the frame that were filled for the actor and for the recipient, and
    /// whether a pronoun or a hidden subject stands for them.
    pub(crate) filled: [(Slots, bool); 2],
    /// What decided the status.
    pub status: &'static str,
}

impl Why {
    /// The table and line of the row that fired: `assault.tsv:12`.
    pub fn row(&self) -> String {
        format!("{}:{}", self.row.0, self.row.1)
    }

    /// Which places of the frame were filled: `A=subj R=obj`.
    pub fn frame(&self) -> String {
        let roles = ["A", "R"].into_iter().zip(self.filled);
        let filled = roles.filter_map(|(role, (slots, hidden))| {
            let names = slots.names().collect::<Vec<_>>().join("|");
            let filled = match (names.is_empty(), hidden) {
                (false, _) => names,
                (true, true) => "pronoun".to_owned(),
                (true, false) => return None,
            };
            Some(format!("{role}={filled}"))
        });
        filled.collect::<Vec<_>>().join(" ")
    }
}

/// One event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// How, in the manual's terms.
    pub mode: Option<&'static str>,
    /// What it is about, in the manual's terms.
    pub contexts: Few<&'static str>,
    /// The word that says so, where the article first does.
    pub trigger: Span,
    /// Further triggers that tell the same event.
    pub mentions: Few<Span>,
    /// Who did it; all sides of a symmetric event.
    pub actors: Few<EntityId>,
    /// To whom.
    pub recipients: Few<EntityId>,
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
    /// The explanation.
    pub why: Why,
}
