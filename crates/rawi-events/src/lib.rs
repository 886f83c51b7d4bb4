//! Political events of Arabic news in the terms of PLOVER 2.0.
//!
//! So far this stage reads the events that a statement *is*: a demand on
//! somebody, an accusation against somebody, a threat to somebody. They need no
//! knowledge beyond what the speech stage found (act, speaker, addressee), and
//! they are reported only when both sides are known. Events that the text
//! narrates (meetings, attacks, arrests) are not read yet.
//!
//! ```
//! use rawi_events::EventType;
//! use rawi_speech::Act;
//!
//! assert_eq!(EventType::of_act(Act::Demand), Some(EventType::Request));
//! assert_eq!(EventType::of_act(Act::Assert), None);
//! ```

use rawi_names::{Cast, EntityId, Kind};
use rawi_speech::{Act, Statement};
use rawi_text::Span;

/// The PLOVER types that this stage can find.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EventType {
    /// A demand, call or appeal.
    Request,
    /// An accusation or condemnation of somebody.
    Accuse,
    /// A threat or warning to somebody.
    Threaten,
}

impl EventType {
    /// The event that a reporting act is, once somebody is its target.
    pub fn of_act(act: Act) -> Option<EventType> {
        match act {
            Act::Demand => Some(EventType::Request),
            Act::Accuse => Some(EventType::Accuse),
            Act::Threaten => Some(EventType::Threaten),
            _ => None,
        }
    }

    /// The type's name in the manual.
    pub fn name(self) -> &'static str {
        match self {
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Threaten => "THREATEN",
        }
    }
}

/// One event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// What happened.
    pub kind: EventType,
    /// The word that says so.
    pub trigger: Span,
    /// Who did it.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub recipients: Vec<EntityId>,
    /// Index of the statement that alone vouches for the event; none if the
    /// article asserts it.
    pub statement: Option<usize>,
    /// Who claims it, if the article does not.
    pub claimed_by: Option<EntityId>,
    /// 0 to 1.
    pub confidence: f32,
}

/// The events that the statements of an article are, in their order.
pub fn read(statements: &[Statement], cast: &Cast) -> Vec<Event> {
    statements
        .iter()
        .filter_map(|s| of_statement(s, statements, cast))
        .collect()
}

fn of_statement(statement: &Statement, all: &[Statement], cast: &Cast) -> Option<Event> {
    let kind = EventType::of_act(statement.act)?;
    let actor = statement.speaker?.entity;
    let recipients: Vec<EntityId> = statement
        .addressee
        .iter()
        .copied()
        .filter(|&id| id != actor && political(cast, id))
        .collect();
    if recipients.is_empty() || !political(cast, actor) {
        return None;
    }
    let outer = statement.within;
    Some(Event {
        kind,
        trigger: statement.cue?.span,
        actors: vec![actor],
        recipients,
        statement: outer,
        claimed_by: outer.and_then(|o| all[o].speaker).map(|s| s.entity),
        confidence: statement.confidence * 0.8,
    })
}

/// Whether an entity can be a side of a political event: anybody but the press
/// and things that the tables do not know.
fn political(cast: &Cast, id: EntityId) -> bool {
    !matches!(cast.get(id).kind, Kind::Outlet | Kind::Other)
}
