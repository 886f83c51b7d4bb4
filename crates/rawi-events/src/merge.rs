//! One record for an event that an article tells more than once.

use rawi_names::EntityId;

use crate::event::{Event, Status};
use crate::ontology::{EventType, Quad};

/// An event with what only merging asks about.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) event: Event,
    /// The noun that completes a compound trigger.
    pub(crate) rest: Option<usize>,
    pub(crate) sentence: u32,
    /// The trigger is a definite noun, which points back: `الهجوم`.
    pub(crate) definite: bool,
    /// The trigger tells who was hurt or hit, not what was done.
    pub(crate) casualties: bool,
}

/// Gathers events that are one: the same type, sides that do not contradict each
/// other, and no other date. The first telling is the record; what later ones
/// know more is added.
pub(crate) fn merge(told: Vec<Told>) -> Vec<Event> {
    let mut out: Vec<Told> = Vec::with_capacity(told.len());
    for next in told {
        let attack = next.event.kind == EventType::Assault;
        let incident = out.iter_mut().rev().find(|t| {
            attack
                && t.event.kind == EventType::Assault
                && negated(&t.event) == negated(&next.event)
                && (t.sentence == next.sentence && one_incident(t, &next)
                    || next.event.actors.is_empty()
                        && (next.definite || next.casualties && t.sentence + 3 >= next.sentence))
        });
        if let Some(first) = incident {
            join_incident(first, next);
            continue;
        }
        match out.iter_mut().find(|t| same(&t.event, &next.event)) {
            Some(first) => join(&mut first.event, next.event),
            None => out.push(next),
        }
    }
    out.into_iter().map(|t| t.event).collect()
}

/// Whether two tellings of violence in one sentence are of one incident: nobody
/// else is named as its author.
fn one_incident(a: &Told, b: &Told) -> bool {
    let (x, y) = (&a.event.actors, &b.event.actors);
    x.is_empty() || y.is_empty() || fits(x, y)
}

/// An attack and those whom it hurt are one event.
fn join_incident(first: &mut Told, later: Told) {
    if first.casualties && !later.casualties && !later.event.recipients.is_empty() {
        first.event.recipients.clone_from(&later.event.recipients);
        first.casualties = false;
    }
    let known = !first.event.recipients.is_empty();
    let mut event = later.event;
    if known {
        event.recipients.clear();
    }
    event
        .actors
        .retain(|id| !first.event.recipients.contains(id));
    join(&mut first.event, event);
}

fn same(a: &Event, b: &Event) -> bool {
    if a.kind != b.kind || negated(a) != negated(b) {
        return false;
    }
    let dates = match (&a.date, &b.date) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    };
    let verbal = matches!(
        a.kind.quad(),
        Quad::VerbalConflict | Quad::VerbalCooperation
    ) && a.kind != EventType::Consult;
    if verbal {
        // Two demands of one side are two events, unless worded alike.
        return a.why.row == b.why.row
            && equal(&a.actors, &b.actors)
            && equal(&a.recipients, &b.recipients);
    }
    let shared = a
        .actors
        .iter()
        .chain(&a.recipients)
        .any(|x| b.actors.contains(x) || b.recipients.contains(x));
    dates && shared && fits(&a.actors, &b.actors) && fits(&a.recipients, &b.recipients)
}

fn negated(e: &Event) -> bool {
    e.status == Status::Negated
}

fn equal(a: &[EntityId], b: &[EntityId]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.contains(x))
}

/// Whether one list is part of the other.
fn fits(a: &[EntityId], b: &[EntityId]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().all(|x| long.contains(x))
}

fn join(first: &mut Event, later: Event) {
    first.mentions.push(later.trigger);
    for (mine, new) in [
        (&mut first.actors, later.actors),
        (&mut first.recipients, later.recipients),
    ] {
        for id in new {
            if !mine.contains(&id) {
                mine.push(id);
            }
        }
    }
    // What the article itself tells somewhere needs nobody's claim.
    if later.claimed_by.is_none() && later.status == first.status {
        first.claimed_by = None;
        first.statement = None;
    }
    first.date = first.date.or(later.date);
    first.place = first.place.or(later.place);
    first.mode = first.mode.or(later.mode);
}
