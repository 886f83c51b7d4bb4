//! One record for an event that an article tells more than once.

use std::collections::HashMap;

use rawi_names::EntityId;
use rawi_text::Few;
use rawi_words::events::{EventType, Quad, Status};

use crate::event::Event;

/// An event with what only merging asks about.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) event: Event,
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
    if told.len() < 2 {
        return told.into_iter().map(|t| t.event).collect();
    }
    let mut out: Vec<Told> = Vec::with_capacity(told.len());
    let mut index = Index::default();
    for next in told {
        if let Some(first) = incident(&out, &index, &next) {
            join_incident(&mut out[first], next);
            index.add(&out[first], first);
            continue;
        }
        match index
            .alike(&next)
            .find(|&i| same(&out[i].event, &next.event))
        {
            Some(first) => {
                join(&mut out[first].event, next.event);
                index.add(&out[first], first);
            }
            None => {
                index.add(&next, out.len());
                out.push(next);
            }
        }
    }
    out.into_iter().map(|t| t.event).collect()
}

/// The last attack that a telling of violence is part of.
fn incident(out: &[Told], index: &Index, next: &Told) -> Option<usize> {
    if next.event.kind != EventType::Assault {
        return None;
    }
    let nobody = next.event.actors.is_empty();
    let attacks = index.attacks[usize::from(negated(&next.event))].iter();
    let mut attacks = attacks.rev().copied();
    if nobody && next.definite {
        return attacks.next();
    }
    let toll = nobody && next.casualties;
    let reach = if toll { TOLL_REACH } else { 0 };
    attacks
        .take_while(|&i| out[i].sentence + reach >= next.sentence)
        .find(|&i| toll || out[i].sentence == next.sentence && one_incident(&out[i], next))
}

/// How many sentences behind an attack those whom it hurt may be told of.
const TOLL_REACH: u32 = 3;

/// Of so many events that have a side in common the last are asked; an article has
/// fewer.
const MOST: usize = 200;

/// The records so far, by what they must share with another telling.
#[derive(Default)]
struct Index {
    /// By type, whether negated, and side: each in order.
    sides: HashMap<(EventType, bool, EntityId), Few<usize, 4>>,
    /// Attacks, and attacks that are denied.
    attacks: [Vec<usize>; 2],
}

impl Index {
    /// Adds a record, or the sides that it has got.
    fn add(&mut self, told: &Told, place: usize) {
        let event = &told.event;
        let negated = negated(event);
        for &id in event.actors.iter().chain(&event.recipients) {
            let list = self.sides.entry((event.kind, negated, id)).or_default();
            let at = list.partition_point(|&k| k < place);
            if list.get(at) != Some(&place) {
                list.insert(at, place);
            }
        }
        let attacks = &mut self.attacks[usize::from(negated)];
        if event.kind == EventType::Assault && attacks.last().is_none_or(|&k| k < place) {
            attacks.push(place);
        }
    }

    /// The records of the same type that share a side with a telling, in order.
    fn alike(&self, told: &Told) -> impl Iterator<Item = usize> + use<> {
        let event = &told.event;
        let sides = event.actors.iter().chain(&event.recipients);
        let lists = sides.filter_map(|&id| self.sides.get(&(event.kind, negated(event), id)));
        let mut out: Few<usize, 8> = lists
            .flat_map(|list| &list[list.len().saturating_sub(MOST)..])
            .copied()
            .collect();
        out.sort_unstable();
        out.dedup();
        out.into_iter()
    }
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
