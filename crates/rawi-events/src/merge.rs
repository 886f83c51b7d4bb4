//! One record for an event that an article tells more than once.

use rawi_names::EntityId;

use crate::event::{Event, Status};
use crate::ontology::{EventType, Quad};

/// Gathers events that are one: the same type, sides that do not contradict each
/// other, and no other date. The first telling is the record; what later ones
/// know more is added.
pub(crate) fn merge(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        match out.iter_mut().find(|e| same(e, &event)) {
            Some(first) => join(first, event),
            None => out.push(event),
        }
    }
    out
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
    first.date = first.date.take().or(later.date);
    first.place = first.place.or(later.place);
    first.mode = first.mode.or(later.mode);
    first.confidence = first.confidence.max(later.confidence);
}
