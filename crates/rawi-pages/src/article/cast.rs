//! Who speaks in an article, in the order in which they do.

use std::collections::HashMap;

use rawi::Reading;
use rawi::reading::{Entity, EntityType, Event, Headline, Id, Statement, TimeMention};
use rawi_archive::Whole;

/// So many speakers have a color and a line of their own; then they come again.
const LOOKS: usize = 8;

/// What is read of one text: of the article itself or of its title.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub headline: bool,
    pub text: &'a str,
    pub statements: &'a [Statement<'a>],
    pub events: &'a [Event<'a>],
    pub entities: &'a [Entity<'a>],
    pub times: &'a [TimeMention<'a>],
}

impl<'a> Part<'a> {
    /// The title, if it says something, and the text.
    pub fn all(reading: &'a Reading<'a>, text: &'a str, title: Option<&'a str>) -> Vec<Self> {
        let headline = reading.headline.as_ref().zip(title);
        let headline = headline.map(|(headline, title)| Part::of_title(headline, title));
        let text = Part::of_text(reading, text);
        headline.into_iter().chain([text]).collect()
    }

    fn of_text(reading: &'a Reading<'a>, text: &'a str) -> Self {
        Part {
            headline: false,
            text,
            statements: &reading.statements,
            events: &reading.events,
            entities: &reading.entities,
            times: &reading.times,
        }
    }

    fn of_title(headline: &'a Headline<'a>, title: &'a str) -> Self {
        Part {
            headline: true,
            text: title,
            statements: &headline.statements,
            events: &headline.events,
            entities: &headline.entities,
            times: &headline.times,
        }
    }
}

/// Somebody who speaks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Voice {
    /// Whose turn it was to speak first, from 0.
    pub place: usize,
    /// The fullest name in the article; none if nobody is told.
    pub name: Option<String>,
    pub name_en: Option<String>,
    /// The number in the archive, where it is known.
    pub who: Option<i64>,
    /// Whether the article gives no name.
    pub unnamed: bool,
    /// The first title that the article gives.
    pub title: Option<String>,
    /// Whether others tell all that is said.
    pub told_by_others: bool,
    pub statements: usize,
    /// Where the first statement stands.
    pub first: String,
}

impl Voice {
    /// The class that gives color and line.
    pub fn class(&self) -> String {
        format!("sp{}", self.place % LOOKS + 1)
    }
}

/// Everybody who speaks, and everybody who is mentioned.
pub(super) struct Cast<'a> {
    pub voices: Vec<Voice>,
    of: HashMap<Id, usize>,
    nobody: Option<usize>,
    entities: HashMap<Id, &'a Entity<'a>>,
    known: Option<&'a Whole>,
}

impl<'a> Cast<'a> {
    /// The cast of the text and, behind it, of the title.
    pub fn of(parts: &[Part<'a>], known: Option<&'a Whole>) -> Self {
        let entities = parts.iter().flat_map(|part| part.entities);
        let mut cast = Cast {
            voices: Vec::new(),
            of: HashMap::new(),
            nobody: None,
            entities: entities.map(|e| (e.id, e)).collect(),
            known,
        };
        let (title, text): (Vec<&Part<'a>>, _) = parts.iter().partition(|part| part.headline);
        for part in text.into_iter().chain(title) {
            for statement in part.statements {
                let place = cast.enter(statement);
                let voice = &mut cast.voices[place];
                voice.statements += 1;
                voice.told_by_others &= statement.within.is_some();
            }
        }
        cast
    }

    /// Who says a statement.
    pub fn voice(&self, statement: &Statement<'_>) -> Option<&Voice> {
        let place = match &statement.speaker {
            Some(speaker) => self.of.get(&self.whom(speaker.entity)).copied(),
            None => self.nobody,
        };
        self.voices.get(place?)
    }

    /// The entity of an id; of a title's entity the text's, if it is one of the text's.
    pub fn entity(&self, id: Id) -> Option<&'a Entity<'a>> {
        self.entities.get(&self.whom(id)).copied()
    }

    /// The number in the archive.
    pub fn number(&self, id: Id) -> Option<i64> {
        Some(self.known?.cast.get(&id)?.id)
    }

    fn whom(&self, id: Id) -> Id {
        let entity = self.entities.get(&id);
        entity.and_then(|e| e.same_as).unwrap_or(id)
    }

    fn enter(&mut self, statement: &Statement<'_>) -> usize {
        let whom = statement.speaker.as_ref().map(|s| self.whom(s.entity));
        let known = match whom {
            Some(whom) => self.of.get(&whom).copied(),
            None => self.nobody,
        };
        if let Some(place) = known {
            return place;
        }
        let place = self.voices.len();
        let entity = whom.and_then(|id| self.entities.get(&id));
        let speaker = statement.speaker.as_ref();
        self.voices.push(Voice {
            place,
            name: speaker.map(|s| s.name.to_string()),
            name_en: entity.and_then(|e| e.name_en.as_ref().map(ToString::to_string)),
            who: speaker.and_then(|s| self.number(s.entity)),
            unnamed: entity.is_none_or(|e| e.kind == EntityType::Anon),
            title: entity.and_then(|e| e.titles.first().map(ToString::to_string)),
            told_by_others: true,
            statements: 0,
            first: statement.id.to_string(),
        });
        match whom {
            Some(whom) => {
                self.of.insert(whom, place);
            }
            None => self.nobody = Some(place),
        }
        place
    }
}
