//! What can be asked of events.

use rawi::reading::{Date, EventType, Status};
use serde::Serialize;

use crate::ArchiveError;
use crate::query::Query;
use crate::search::Searcher;

/// Somebody in a question.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    /// By number, with all that are merged with it.
    Entity(i64),
    /// By name: those who are called so, or else those whose names have all its words.
    Name(String),
    /// Everybody of a country, by its ISO 3166 code of three letters.
    Country(String),
    /// The article does not say.
    Nobody,
}

/// Who says that it happened.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Claim {
    /// The article itself.
    Article,
    /// Some speaker, and not the article.
    Anybody,
    /// This one.
    By(Who),
}

/// Which events are meant: those to which every condition that is set applies. Of a list
/// of values any will do; an empty list is no condition.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct EventFilter {
    /// Who did it; in two-sided events whoever takes part.
    pub actor: Vec<Who>,
    /// To whom; in two-sided events whoever takes part.
    pub recipient: Vec<Who>,
    /// Each of these takes part, on any side.
    pub with: Vec<Who>,
    /// One did it to the other, or they did it to one another.
    pub between: Option<(Who, Who)>,
    /// Of which type.
    pub types: Vec<EventType>,
    /// Of which mode of PLOVER.
    pub modes: Vec<String>,
    /// Whether it took place.
    pub statuses: Vec<Status>,
    /// Who claims it.
    pub claimed: Option<Claim>,
    /// Who published it; `None` in the list: an outlet that is not known.
    pub outlets: Vec<Option<String>>,
    /// Where.
    pub place: Vec<Who>,
    /// From this day on.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
    /// Whether a day is known.
    pub dated: Option<bool>,
    /// What the sentence says that tells it: words of the query language, in any of
    /// their forms, without fields.
    pub words: Option<Query>,
    /// Whether events of copies of an article are told once: the oldest stands for them.
    pub fold: bool,
}

/// What a condition does to the others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventCondition {
    /// The name of the field.
    pub condition: &'static str,
    /// How many events there are with this condition alone.
    pub alone: u64,
    /// How many the others mean without it.
    pub without: u64,
}

/// Moves one condition from a filter to another.
type Move = fn(&mut EventFilter, &mut EventFilter);

/// The conditions, by name.
const CONDITIONS: [(&str, Move); 12] = {
    use std::mem::swap;
    [
        ("actor", |a, b| swap(&mut a.actor, &mut b.actor)),
        ("recipient", |a, b| swap(&mut a.recipient, &mut b.recipient)),
        ("with", |a, b| swap(&mut a.with, &mut b.with)),
        ("between", |a, b| swap(&mut a.between, &mut b.between)),
        ("type", |a, b| swap(&mut a.types, &mut b.types)),
        ("mode", |a, b| swap(&mut a.modes, &mut b.modes)),
        ("status", |a, b| swap(&mut a.statuses, &mut b.statuses)),
        ("claimed", |a, b| swap(&mut a.claimed, &mut b.claimed)),
        ("outlet", |a, b| swap(&mut a.outlets, &mut b.outlets)),
        ("place", |a, b| swap(&mut a.place, &mut b.place)),
        ("day", |a, b| {
            swap(&mut a.since, &mut b.since);
            swap(&mut a.until, &mut b.until);
            swap(&mut a.dated, &mut b.dated);
        }),
        ("words", |a, b| swap(&mut a.words, &mut b.words)),
    ]
};

impl Searcher<'_> {
    /// Of a filter that means no event: for each of its conditions how many events it
    /// means alone, and how many the others mean without it.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn events_emptied_by(
        &mut self,
        filter: &EventFilter,
    ) -> Result<Vec<EventCondition>, ArchiveError> {
        let mut conditions = Vec::new();
        for (condition, change) in CONDITIONS {
            let mut without = filter.clone();
            let mut alone = EventFilter {
                fold: filter.fold,
                ..EventFilter::default()
            };
            change(&mut without, &mut alone);
            if without == *filter {
                continue;
            }
            conditions.push(EventCondition {
                condition,
                alone: self.count_events(&alone)?,
                without: self.count_events(&without)?,
            });
        }
        Ok(conditions)
    }
}
