//! The parts of an article that a reading is of, its headline and its text, as
//! people and tables are told them.

use std::collections::{HashMap, HashSet};

use rawi::Reading;
use rawi::reading::{Entity, Event, Headline, Participant, Statement, Status, TimeMention};

/// What one part of an article says.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    pub kind: Kind,
    pub statements: &'a [Statement],
    pub events: &'a [Event],
    pub entities: &'a [Entity],
    pub times: &'a [TimeMention],
}

impl<'a> Part<'a> {
    /// The name of an entity.
    pub fn name_of(&self, id: &str) -> Option<&'a str> {
        let entity = self.entities.iter().find(|e| e.id == id);
        entity.map(|e| e.name.as_str())
    }
}

/// Which part it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Headline,
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
pub struct Told {
    headline: Headline,
    /// Its events that the text does not tell.
    new: Vec<Event>,
}

impl Told {
    /// The headline of a reading; whoever stands in the text too has the id and
    /// the name that he has there.
    pub fn of(reading: &Reading) -> Option<Self> {
        let mut headline = reading.headline.clone()?;
        lead(&mut headline, &reading.entities);
        let told: HashSet<Sides<'_>> = reading.events.iter().map(sides).collect();
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
pub fn text(reading: &Reading) -> Part<'_> {
    Part {
        kind: Kind::Text,
        statements: &reading.statements,
        events: &reading.events,
        entities: &reading.entities,
        times: &reading.times,
    }
}

/// Headline and text, so that no event is told twice.
pub fn parts<'a>(headline: Option<&'a Told>, reading: &'a Reading) -> Vec<Part<'a>> {
    let headline = headline.map(Told::without_repeats);
    headline.into_iter().chain([text(reading)]).collect()
}

/// Leads the headline's entities to those of the text.
fn lead(headline: &mut Headline, text: &[Entity]) {
    let text: HashMap<&str, &str> = text
        .iter()
        .map(|e| (e.id.as_str(), e.name.as_str()))
        .collect();
    let mut same: HashMap<String, (&str, &str)> = HashMap::new();
    for entity in &mut headline.entities {
        let found = entity.same_as.as_deref();
        if let Some((&id, &name)) = found.and_then(|id| text.get_key_value(id)) {
            same.insert(std::mem::replace(&mut entity.id, id.into()), (id, name));
            entity.name = name.into();
        }
    }
    let change = |id: &mut String, name: Option<&mut String>| {
        if let Some(&(to, called)) = same.get(id.as_str()) {
            *id = to.into();
            name.into_iter().for_each(|name| *name = called.into());
        }
    };
    let participant = |p: &mut Participant| change(&mut p.entity, Some(&mut p.name));
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
type Sides<'a> = (&'a str, Vec<&'a str>, Vec<&'a str>, bool);

fn sides(event: &Event) -> Sides<'_> {
    (
        &event.kind,
        ids(&event.actors),
        ids(&event.recipients),
        event.status == Status::Negated,
    )
}

fn ids(who: &[Participant]) -> Vec<&str> {
    let mut ids: Vec<&str> = who.iter().map(|p| p.entity.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading() -> Reading {
        let text =
            "اعتقلت شرطة بغداد ثلاثة محتجين أمس. وقال وزير النقل سالم البدري إن الطريق مفتوح.";
        let article = rawi::Article::new("a", text)
            .with_title("شرطة بغداد تعتقل ثلاثة محتجين")
            .with_published("2025-03-10");
        rawi::Reader::new().unwrap().read(&article).unwrap()
    }

    #[test]
    fn only_the_same_event_is_told_once() {
        type Change = fn(&mut Event);
        let table: [(Change, usize); 5] = [
            (|_| {}, 0),
            (|e| e.status = Status::Historical, 0),
            (|e| e.status = Status::Negated, 1),
            (|e| e.kind = "ASSAULT".into(), 1),
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
        let actor = reading.events[0].actors[0].entity.clone();
        for entity in reading.entities.iter_mut().filter(|e| e.id == actor) {
            entity.name = "الشرطة في بغداد".into();
        }
        let told = Told::of(&reading).unwrap();
        let who = &told.whole().events[0].actors[0];
        assert_eq!(
            (&who.entity, who.name.as_str()),
            (&actor, "الشرطة في بغداد")
        );
        for entity in &mut reading.headline.as_mut().unwrap().entities {
            entity.same_as = None;
        }
        let told = Told::of(&reading).unwrap();
        let who = &told.whole().events[0].actors[0];
        assert_eq!(
            (who.entity.as_str(), who.name.as_str()),
            ("he1", "شرطة بغداد")
        );
    }
}
