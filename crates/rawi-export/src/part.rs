//! The parts of an article that a reading is of, its headline and its text, as
//! people and tables are told them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rawi::Reading;
use rawi::reading::{
    Entity, EntityType, Event, EventType, Headline, Id, Participant, Statement, Status, TimeMention,
};

/// What one part of an article says.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// Which part it is.
    pub kind: Kind,
    /// Who said what in it.
    pub statements: &'a [Statement<'a>],
    /// What happened in it.
    pub events: &'a [Event<'a>],
    /// Whom it names.
    pub entities: &'a [Entity<'a>],
    /// Its time expressions.
    pub times: &'a [TimeMention<'a>],
}

impl<'a> Part<'a> {
    /// The name of an entity.
    pub fn name_of(&self, id: Id) -> Option<&'a str> {
        let entity = self.entities.iter().find(|e| e.id == id);
        entity.map(|e| &*e.name)
    }

    /// The title of a person whose name doesn't tell it: the first by which the article
    /// calls somebody named.
    pub fn title_of(&self, id: Id) -> Option<&'a str> {
        let entity = self.entities.iter().find(|e| e.id == id)?;
        let named = entity.kind == EntityType::Per;
        entity.titles.first().filter(|_| named).map(|t| &**t)
    }
}

/// Which part it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The title.
    Headline,
    /// The text.
    Text,
}

impl Kind {
    /// Its name in tables and records.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Headline => "headline",
            Kind::Text => "text",
        }
    }
}

/// A headline in the terms of its text.
#[derive(Debug)]
pub struct Told<'a> {
    headline: Headline<'a>,
    /// Its events that the text does not tell.
    new: Vec<Event<'a>>,
}

impl<'a> Told<'a> {
    /// The headline of a reading; whoever stands in the text too has the id and
    /// the name that he has there.
    pub fn of(reading: &Reading<'a>) -> Option<Self> {
        let mut headline = reading.headline.clone()?;
        lead(&mut headline, &reading.entities);
        let told: HashSet<Sides> = reading.events.iter().map(sides).collect();
        let events = headline.events.iter();
        let new = events.filter(|e| !told.contains(&sides(e))).cloned();
        let new = new.collect();
        Some(Self { headline, new })
    }

    /// All that the headline says.
    pub fn whole(&self) -> Part<'_> {
        Part {
            kind: Kind::Headline,
            statements: &self.headline.statements,
            events: &self.headline.events,
            entities: &self.headline.entities,
            times: &self.headline.times,
        }
    }

    /// The same without the events that the text tells again.
    pub fn without_repeats(&self) -> Part<'_> {
        Part {
            events: &self.new,
            ..self.whole()
        }
    }
}

/// The text of an article.
pub fn text<'a>(reading: &'a Reading<'a>) -> Part<'a> {
    Part {
        kind: Kind::Text,
        statements: &reading.statements,
        events: &reading.events,
        entities: &reading.entities,
        times: &reading.times,
    }
}

/// Headline and text, so that no event is told twice.
pub fn parts<'a>(headline: Option<&'a Told<'a>>, reading: &'a Reading<'a>) -> Vec<Part<'a>> {
    let headline = headline.map(Told::without_repeats);
    headline.into_iter().chain([text(reading)]).collect()
}

/// Leads the headline's entities to those of the text.
fn lead<'a>(headline: &mut Headline<'a>, text: &[Entity<'a>]) {
    let text: HashMap<Id, &Cow<'a, str>> = text.iter().map(|e| (e.id, &e.name)).collect();
    let mut same: HashMap<Id, (Id, &Cow<'a, str>)> = HashMap::new();
    for entity in &mut headline.entities {
        let found = entity.same_as.and_then(|id| Some((id, *text.get(&id)?)));
        if let Some((id, name)) = found {
            same.insert(std::mem::replace(&mut entity.id, id), (id, name));
            entity.name = name.clone();
        }
    }
    let change = |id: &mut Id, name: Option<&mut Cow<'a, str>>| {
        if let Some(&(to, called)) = same.get(id) {
            *id = to;
            name.into_iter().for_each(|name| *name = called.clone());
        }
    };
    let participant = |p: &mut Participant<'a>| change(&mut p.entity, Some(&mut p.name));
    for s in &mut headline.statements {
        if let Some(x) = &mut s.speaker {
            change(&mut x.entity, Some(&mut x.name));
        }
        s.addressee.iter_mut().for_each(participant);
        s.via.iter_mut().for_each(|id| change(id, None));
    }
    for e in &mut headline.events {
        let all = e.actors.iter_mut().chain(&mut e.recipients);
        let all = all.chain(&mut e.claimed_by).chain(&mut e.place);
        all.for_each(participant);
    }
}

/// Type, actors and recipients of an event, and whether it is denied.
type Sides = (EventType, Vec<Id>, Vec<Id>, bool);

fn sides(event: &Event<'_>) -> Sides {
    (
        event.kind,
        ids(&event.actors),
        ids(&event.recipients),
        event.status == Status::Negated,
    )
}

fn ids(who: &[Participant<'_>]) -> Vec<Id> {
    let mut ids: Vec<Id> = who.iter().map(|p| p.entity).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading<'static> {
        let text =
            "اعتقلت شرطة بغداد ثلاثة محتجين أمس. وقال وزير النقل سالم البدري إن الطريق مفتوح.";
        let article = rawi::Article::new("a", text)
            .with_title("شرطة بغداد تعتقل ثلاثة محتجين")
            .with_published("2025-03-10");
        rawi::Reader::new()
            .unwrap()
            .read(&article)
            .unwrap()
            .into_owned()
    }

    #[test]
    fn only_the_same_event_is_told_once() {
        type Change = fn(&mut Event<'_>);
        let table: [(Change, usize); 5] = [
            (|_| {}, 0),
            (|e| e.status = Status::Historical, 0),
            (|e| e.status = Status::Negated, 1),
            (|e| e.kind = EventType::Assault, 1),
            (|e| e.recipients.clear(), 1),
        ];
        for (i, (change, new)) in table.into_iter().enumerate() {
            let mut reading = reading();
            assert_eq!(reading.events.len(), 1);
            change(&mut reading.events[0]);
            let told = Told::of(&reading).unwrap();
            assert_eq!(told.whole().events.len(), 1, "{i}");
            assert_eq!(told.without_repeats().events.len(), new, "{i}");
        }
    }

    #[test]
    fn who_stands_in_the_text_too_has_its_name_and_id() {
        let mut reading = reading();
        let actor = reading.events[0].actors[0].entity;
        for entity in reading.entities.iter_mut().filter(|e| e.id == actor) {
            entity.name = "الشرطة في بغداد".into();
        }
        let told = Told::of(&reading).unwrap();
        let who = &told.whole().events[0].actors[0];
        assert_eq!((who.entity, &*who.name), (actor, "الشرطة في بغداد"));
        for entity in &mut reading.headline.as_mut().unwrap().entities {
            entity.same_as = None;
        }
        let told = Told::of(&reading).unwrap();
        let who = &told.whole().events[0].actors[0];
        assert_eq!(
            (who.entity.to_string().as_str(), &*who.name),
            ("he1", "شرطة بغداد")
        );
    }
}
