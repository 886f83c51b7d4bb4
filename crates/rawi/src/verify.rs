//! Checks that a reading is one of its article: every span, every name, every
//! reference and every value.
//!
//! [`verify`] asks what can be known without reading anew: it re-slices each
//! span, follows each id, and looks each code up in the tables. What only a
//! reader can know (whether a clause is denied, who a pronoun means) it leaves
//! free. [`Reader::confirms`](crate::Reader::confirms) reads the article again and
//! leaves nothing free.

mod article;
mod events;
mod headline;
mod statements;
#[cfg(test)]
mod tests;
mod values;

use std::collections::HashSet;
use std::fmt;

use crate::assemble::hash;
use crate::reading::{Entity, Event, Id, Named, SCHEMA, Statement, TimeMention};
use crate::{Article, Offsets, Reading};

/// The first thing in a reading that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifyError {
    /// Where in the reading: `statements[s3].cue`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl std::error::Error for VerifyError {}

/// What [`verify`] checked, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Verified {
    /// Spans that were sliced again.
    pub spans: usize,
    /// Names that were looked for in their entity and in the text.
    pub names: usize,
    /// Ids that were followed to what they name.
    pub references: usize,
    /// Dates, codes, numbers and words of a closed list that were checked.
    pub values: usize,
}

impl std::ops::AddAssign for Verified {
    fn add_assign(&mut self, other: Self) {
        self.spans += other.spans;
        self.names += other.names;
        self.references += other.references;
        self.values += other.values;
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} spans, {} names, {} references, {} values",
            self.spans, self.names, self.references, self.values
        )
    }
}

/// Checks every piece of a reading against its article and the contract:
///
/// - the text's hash, the schema, and what the article says of itself;
/// - every span is sliced again, and pieces, mentions and lists stand in the
///   order of the text;
/// - every name is that of an entity and stands in the text at one of its
///   mentions;
/// - every id is unique, counted on from one, and resolved; nested statements
///   stand inside the outer ones, which makes circles impossible;
/// - dates exist, codes and types are in the tables, scores are the manual's,
///   confidences lie between 0 and 1.
///
/// # Errors
///
/// The first that is off.
pub fn verify(reading: &Reading<'_>, article: &Article) -> Result<Verified, VerifyError> {
    // Nothing is left out: a new field does not compile until somebody says here
    // how it is checked.
    let Reading {
        id,
        schema,
        published,
        published_from,
        outlet,
        text_sha256,
        engine,
        statements,
        events,
        entities,
        times,
        headline,
    } = reading;
    if *schema != SCHEMA {
        return off("schema", format!("is {schema}, but only {SCHEMA} is known"));
    }
    let sha = hash(&article.text);
    if *text_sha256 != sha {
        return off(
            "text_sha256",
            format!("is {text_sha256}, but the text's hash is {sha}"),
        );
    }
    article::itself(id, outlet.as_deref(), engine, article)?;
    article::published(*published, *published_from, article)?;
    let mut done = Check::all(&article.text, statements, events, entities, times)?;
    if let Some(headline) = headline {
        done += headline::check(headline, article, entities)?;
    }
    Ok(done)
}

/// A reading in the middle of being checked.
struct Check<'a> {
    text: &'a str,
    offsets: Offsets,
    statements: &'a [Statement<'a>],
    entities: &'a [Entity<'a>],
    /// Whoever a statement or event names.
    participants: HashSet<Id>,
    done: Verified,
}

impl<'a> Check<'a> {
    /// Checks what was read in a text.
    fn all(
        text: &'a str,
        statements: &'a [Statement<'a>],
        events: &'a [Event<'a>],
        entities: &'a [Entity<'a>],
        times: &'a [TimeMention<'a>],
    ) -> Result<Verified, VerifyError> {
        let ids = statements.iter().map(|s| s.id);
        numbered("statements", Named::Statement, ids)?;
        numbered("entities", Named::Entity, entities.iter().map(|e| e.id))?;
        numbered("events", Named::Event, events.iter().map(|e| e.id))?;
        let mut check = Self {
            text,
            offsets: Offsets::of(text),
            statements,
            entities,
            participants: participants(statements, events),
            done: Verified::default(),
        };
        check.entities(entities)?;
        check.statements(statements)?;
        check.events(events)?;
        check.times(times)?;
        Ok(check.done)
    }

    /// That the text has these characters at this place.
    fn span(&mut self, field: &str, start: u32, end: u32, text: &str) -> Result<(), VerifyError> {
        self.done.spans += 1;
        let found = match self.offsets.bytes(start..end).filter(|r| !r.is_empty()) {
            Some(range) => &self.text[range],
            None => return off(field, format!("{start}..{end} is no stretch of the text")),
        };
        if found == text {
            Ok(())
        } else {
            off(
                field,
                format!("{start}..{end} should be {text:?}, but the text has {found:?}"),
            )
        }
    }

    /// The entity of an id.
    fn entity(&mut self, field: &str, id: Id) -> Result<&'a Entity<'a>, VerifyError> {
        self.done.references += 1;
        match self.entities.get(place(id)).filter(|e| e.id == id) {
            Some(entity) => Ok(entity),
            None => off(field, format!("refers to {id}, which is not there")),
        }
    }

    /// The statement of an id.
    fn statement(&mut self, field: &str, id: Id) -> Result<&'a Statement<'a>, VerifyError> {
        self.done.references += 1;
        match self.statements.get(place(id)).filter(|s| s.id == id) {
            Some(statement) => Ok(statement),
            None => off(field, format!("refers to {id}, which is not there")),
        }
    }

    /// That an id leads to an entity of this name.
    fn named(&mut self, field: &str, id: Id, name: &str) -> Result<&'a Entity<'a>, VerifyError> {
        let entity = self.entity(field, id)?;
        self.done.names += 1;
        if entity.name == name {
            Ok(entity)
        } else {
            off(
                field,
                format!("is called {name:?}, but {id} is {:?}", entity.name),
            )
        }
    }

    /// A value of which the caller knows whether it holds.
    fn value(&mut self, field: &str, holds: bool, problem: String) -> Result<(), VerifyError> {
        self.done.values += 1;
        if holds { Ok(()) } else { off(field, problem) }
    }

    fn confidence(&mut self, field: &str, x: f64) -> Result<(), VerifyError> {
        let holds = (0.0..=1.0).contains(&x);
        self.value(field, holds, format!("is {x}, but lies between 0 and 1"))
    }
}

/// Whoever some statements and events name.
fn participants(statements: &[Statement<'_>], events: &[Event<'_>]) -> HashSet<Id> {
    let said = statements.iter().flat_map(|s| {
        let hearers = s.addressee.iter().map(|p| p.entity);
        let all = s.speaker.iter().map(|x| x.entity).chain(hearers);
        all.chain(s.via.iter().copied())
    });
    let done = events.iter().flat_map(|e| {
        let sides = e.actors.iter().chain(&e.recipients);
        let all = sides.chain(&e.claimed_by).chain(&e.place);
        all.map(|p| p.entity)
    });
    said.chain(done).collect()
}

fn off<T>(field: &str, problem: String) -> Result<T, VerifyError> {
    Err(VerifyError {
        field: field.to_owned(),
        problem,
    })
}

/// Where an id stands in its list, if the list is [`numbered`].
fn place(id: Id) -> usize {
    (id.number() as usize).wrapping_sub(1)
}

/// That ids are counted from one on, so that none is missing or there twice.
fn numbered(list: &str, names: Named, ids: impl Iterator<Item = Id>) -> Result<(), VerifyError> {
    for (i, id) in ids.enumerate() {
        let expected = Id::at(names, i);
        if id != expected {
            return off(list, format!("id {id} stands where {expected} should"));
        }
    }
    Ok(())
}

/// That places stand in the order of the text.
fn in_order(list: &str, places: impl Iterator<Item = u32>) -> Result<(), VerifyError> {
    let mut last = 0;
    for (i, at) in places.enumerate() {
        if at < last {
            return off(
                list,
                format!(
                    "number {} stands before the one in front of it in the text",
                    i + 1
                ),
            );
        }
        last = at;
    }
    Ok(())
}
