//! What somebody fills in, and the check that makes a finding of it.

use rawi::Offsets;
use rawi::reading::{Act, ChannelKind, Date, EventType, Form, Status, Value};
use rusqlite::Connection;
use serde::{Deserialize, Deserializer};

use super::locate::locate;
use super::value::{Source, Stretch};
use super::{ChannelValue, EventValue, Finding, Somebody, StatementValue};
use crate::ArchiveError;
use crate::entities::{candidate, root};

/// A stretch of the text: where it stands, or its words, of which the nearest are meant.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// Code points from 0, half-open.
    Span {
        /// First code point.
        start: u32,
        /// One past the last.
        end: u32,
    },
    /// The words as the text has them.
    Words(String),
}

/// Somebody: an entity of the archive, or a name that stands in the text.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Whom {
    /// The number of an entity.
    pub entity: Option<i64>,
    /// A name, without titles.
    pub name: Option<String>,
    /// Where it stands; found by the name if it is left out.
    pub at: Option<Place>,
}

/// A channel.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelDraft {
    /// The noun phrase.
    pub at: Place,
    /// What kind of channel it is.
    pub kind: ChannelKind,
}

/// `None` leaves a value as it is, `Some(None)` takes it away.
pub type Change<T> = Option<Option<T>>;

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Change<T>, D::Error> {
    Option::<T>::deserialize(input).map(Some)
}

/// New values of a statement; what is left out stays as it is.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatementDraft {
    /// What was said, in one or more stretches.
    pub content: Option<Vec<Place>>,
    /// How it stands in the text.
    pub form: Option<Form>,
    /// What is done by saying it.
    pub act: Option<Act>,
    /// The word that reports it.
    #[serde(deserialize_with = "given")]
    pub cue: Change<Place>,
    /// The source as this sentence names it.
    #[serde(deserialize_with = "given")]
    pub source: Change<Place>,
    /// Who says it.
    #[serde(deserialize_with = "given")]
    pub speaker: Change<Whom>,
    /// To whom.
    pub addressee: Option<Vec<Whom>>,
    /// Through what.
    #[serde(deserialize_with = "given")]
    pub channel: Change<ChannelDraft>,
    /// The day on which it was said.
    #[serde(deserialize_with = "given")]
    pub said_on: Change<String>,
}

/// New values of an event; what is left out stays as it is.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventDraft {
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The word that says so.
    pub trigger: Option<Place>,
    /// Who did it.
    pub actors: Option<Vec<Whom>>,
    /// To whom.
    pub recipients: Option<Vec<Whom>>,
    /// Whether it took place.
    pub status: Option<Status>,
    /// Who claims it.
    #[serde(deserialize_with = "given")]
    pub claimed_by: Change<Whom>,
    /// When.
    #[serde(deserialize_with = "given")]
    pub date: Change<String>,
    /// Where.
    #[serde(deserialize_with = "given")]
    pub place: Change<Whom>,
}

/// A problem with a field, for whoever filled it in.
fn wrong<T>(field: &str, problem: impl std::fmt::Display) -> Result<T, ArchiveError> {
    Err(ArchiveError::Asked(format!("{field}: {problem}")))
}

/// What is checked against the text in which something stands.
pub(super) struct Desk<'a> {
    db: &'a Connection,
    source: Source<'a>,
    offsets: Offsets,
    /// Where words are looked for first.
    near: u32,
}

impl<'a> Desk<'a> {
    pub fn new(db: &'a Connection, source: Source<'a>, near: u32) -> Self {
        Self {
            db,
            source,
            offsets: Offsets::of(source.text),
            near,
        }
    }

    /// The statement that a draft makes of another one, or by itself.
    pub fn statement(
        &self,
        draft: &StatementDraft,
        base: Option<&StatementValue>,
    ) -> Result<Finding, ArchiveError> {
        let content = match (&draft.content, base) {
            (Some(places), _) => self.content(places)?,
            (None, Some(base)) => base.content.clone(),
            (None, None) => return wrong("content", "a statement needs its words"),
        };
        Ok(Finding::Statement(StatementValue {
            content,
            form: must("form", draft.form, base.map(|b| b.form))?,
            act: must("act", draft.act, base.map(|b| b.act))?,
            cue: self.change("cue", &draft.cue, base.and_then(|b| b.cue.clone()))?,
            source: self.change("source", &draft.source, base.and_then(|b| b.source.clone()))?,
            speaker: self.whom(
                "speaker",
                &draft.speaker,
                base.and_then(|b| b.speaker.clone()),
            )?,
            addressee: self.people("addressee", &draft.addressee, base.map(|b| &b.addressee))?,
            channel: match &draft.channel {
                None => base.and_then(|b| b.channel.clone()),
                Some(None) => None,
                Some(Some(channel)) => Some(ChannelValue {
                    at: self.stretch("channel", &channel.at)?,
                    kind: channel.kind,
                }),
            },
            said_on: match &draft.said_on {
                None => base.and_then(|b| b.said_on.clone()),
                Some(None) => None,
                Some(Some(day)) => match Date::parse(day.trim()) {
                    Some(day) => Some(day.to_string()),
                    None => return wrong("said_on", format!("{day:?} is no day like 2026-03-12")),
                },
            },
        }))
    }

    /// The event that a draft makes of another one, or by itself.
    pub fn event(
        &self,
        draft: &EventDraft,
        base: Option<&EventValue>,
    ) -> Result<Finding, ArchiveError> {
        let kind: String = must("type", draft.kind.clone(), base.map(|b| b.kind.clone()))?;
        let kind = kind.trim().to_uppercase();
        if !EventType::ALL.iter().any(|t| t.name() == kind) {
            let all: Vec<&str> = EventType::ALL.iter().map(|t| t.name()).collect();
            return wrong("type", format!("{kind:?} is none of {}", all.join(", ")));
        }
        let trigger = match (&draft.trigger, base) {
            (Some(place), _) => self.stretch("trigger", place)?,
            (None, Some(base)) => base.trigger.clone(),
            (None, None) => return wrong("trigger", "an event needs the word that tells it"),
        };
        let event = EventValue {
            kind,
            trigger,
            actors: self.people("actors", &draft.actors, base.map(|b| &b.actors))?,
            recipients: self.people(
                "recipients",
                &draft.recipients,
                base.map(|b| &b.recipients),
            )?,
            status: must("status", draft.status, base.map(|b| b.status))?,
            claimed_by: self.whom(
                "claimed_by",
                &draft.claimed_by,
                base.and_then(|b| b.claimed_by.clone()),
            )?,
            date: match &draft.date {
                None => base.and_then(|b| b.date.clone()),
                Some(None) => None,
                Some(Some(date)) => Some(stretch_of_time(date.trim())?),
            },
            place: self.whom("place", &draft.place, base.and_then(|b| b.place.clone()))?,
        };
        if event.actors.is_empty() && event.recipients.is_empty() {
            return wrong(
                "actors",
                "an event has somebody who does it or to whom it is done",
            );
        }
        Ok(Finding::Event(event))
    }

    fn content(&self, places: &[Place]) -> Result<Vec<Stretch>, ArchiveError> {
        let mut out: Vec<Stretch> = Vec::new();
        for place in places {
            let stretch = self.stretch("content", place)?;
            if out.last().is_some_and(|last| stretch.start < last.end) {
                return wrong(
                    "content",
                    "its stretches must follow one another in the text",
                );
            }
            out.push(stretch);
        }
        match out.is_empty() {
            true => wrong("content", "a statement needs its words"),
            false => Ok(out),
        }
    }

    fn stretch(&self, field: &str, place: &Place) -> Result<Stretch, ArchiveError> {
        let range = match place {
            Place::Span { start, end } => *start..*end,
            Place::Words(words) => match locate(self.source.text, words, self.near) {
                Some(range) => range,
                None => return wrong(field, format!("the text doesn't have {words:?}")),
            },
        };
        let (start, end) = (range.start, range.end);
        let text = match self.offsets.bytes(range).filter(|b| !b.is_empty()) {
            Some(bytes) => &self.source.text[bytes],
            None => return wrong(field, format!("{start}..{end} is no stretch of the text")),
        };
        if text.trim() != text {
            return wrong(field, format!("{start}..{end} begins or ends with a blank"));
        }
        Ok(Stretch::new(start, end, text))
    }

    fn change(
        &self,
        field: &str,
        change: &Change<Place>,
        base: Option<Stretch>,
    ) -> Result<Option<Stretch>, ArchiveError> {
        match change {
            None => Ok(base),
            Some(None) => Ok(None),
            Some(Some(place)) => self.stretch(field, place).map(Some),
        }
    }

    fn whom(
        &self,
        field: &str,
        change: &Change<Whom>,
        base: Option<Somebody>,
    ) -> Result<Option<Somebody>, ArchiveError> {
        match change {
            None => Ok(base),
            Some(None) => Ok(None),
            Some(Some(whom)) => self.somebody(field, whom).map(Some),
        }
    }

    fn people(
        &self,
        field: &str,
        draft: &Option<Vec<Whom>>,
        base: Option<&Vec<Somebody>>,
    ) -> Result<Vec<Somebody>, ArchiveError> {
        match draft {
            None => Ok(base.cloned().unwrap_or_default()),
            Some(all) => all.iter().map(|one| self.somebody(field, one)).collect(),
        }
    }

    /// Somebody by number or by name. Whoever has a number need not be named in the text.
    fn somebody(&self, field: &str, whom: &Whom) -> Result<Somebody, ArchiveError> {
        let at = whom.at.as_ref();
        let at = at.map(|at| self.stretch(field, at)).transpose()?;
        if let Some(number) = whom.entity {
            let number = root(self.db, number)?;
            let Some(found) = candidate(self.db, number)? else {
                return wrong(field, format!("the archive has no entity #{number}"));
            };
            let here = self.source.entity(number);
            let read = here.as_ref().and_then(|h| h.at.clone());
            return Ok(Somebody {
                name: here.map_or(found.name, |h| h.name),
                at: at.or(read),
                entity: Some(number),
            });
        }
        let name = whom.name.as_deref().map(one_blank);
        let name = name.filter(|n| !n.is_empty());
        let at = match (at, &name) {
            (Some(at), _) => at,
            (None, Some(name)) => self.stretch(field, &Place::Words(name.clone()))?,
            (None, None) => return wrong(field, "a number or a name says who is meant"),
        };
        // Whoever is mentioned just there goes by the fullest name that the article has.
        if let Some(known) = self.source.mentioned(&at)
            && name
                .as_ref()
                .is_none_or(|name| one_blank(&at.text) == *name)
        {
            return Ok(known);
        }
        let words = one_blank(&at.text);
        let name = name.unwrap_or_else(|| words.clone());
        // Behind `ل` the article has lost its alef.
        let rest = name.strip_prefix('ا').filter(|rest| rest.starts_with('ل'));
        if !words.contains(&name) && !rest.is_some_and(|rest| words.contains(rest)) {
            return wrong(field, format!("{name:?} does not stand in {words:?}"));
        }
        Ok(Somebody {
            name,
            at: Some(at),
            entity: None,
        })
    }
}

fn must<T>(field: &str, given: Option<T>, base: Option<T>) -> Result<T, ArchiveError> {
    match given.or(base) {
        Some(value) => Ok(value),
        None => wrong(field, "it must be said"),
    }
}

/// A day, a longer stretch of the calendar, or a range of them.
fn stretch_of_time(text: &str) -> Result<String, ArchiveError> {
    let value = Value::parse(text);
    let days = value.map(|v| (v.first_day(), v.last_day()));
    match (value, days) {
        (Some(value), Some((Some(first), last))) if last.is_none_or(|last| first <= last) => {
            Ok(value.to_string())
        }
        _ => wrong(
            "date",
            format!("{text:?} is no date like 2026-03-12 or 2026-03"),
        ),
    }
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
