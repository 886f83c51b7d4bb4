//! Every id of a reading, where it is given and wherever something refers to it.

use crate::reading::{Entity, Event, Statement};

/// What an id names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Named {
    Statement,
    Event,
    Entity,
}

/// Hands every id of the three lists to `each`.
pub(crate) fn change(
    statements: &mut [Statement],
    events: &mut [Event],
    entities: &mut [Entity],
    mut each: impl FnMut(Named, &mut String),
) {
    for s in statements {
        each(Named::Statement, &mut s.id);
        s.within
            .iter_mut()
            .for_each(|id| each(Named::Statement, id));
        let speaker = s.speaker.iter_mut().map(|x| &mut x.entity);
        speaker
            .chain(s.addressee.iter_mut().map(|x| &mut x.entity))
            .chain(&mut s.via)
            .for_each(|id| each(Named::Entity, id));
    }
    for e in events {
        each(Named::Event, &mut e.id);
        e.statement
            .iter_mut()
            .for_each(|id| each(Named::Statement, id));
        let sides = e.actors.iter_mut().chain(&mut e.recipients);
        sides
            .chain(&mut e.claimed_by)
            .chain(&mut e.place)
            .for_each(|x| each(Named::Entity, &mut x.entity));
    }
    for e in entities {
        each(Named::Entity, &mut e.id);
    }
}
