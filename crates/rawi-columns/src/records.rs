//! The rows of each table.

use std::collections::HashMap;
use std::convert::Infallible;

use rawi::reading::{Entity, Event, Id, Mention, Statement, TimeMention};
use rawi::{Article, Certainty, ENGINE, Reading};

use crate::Table;
use crate::batches::{Archived, Beside};
use crate::cell::{Cell, Person, Row};
use crate::schema::{Column, Kind};
use crate::when::When;

/// An article and what was read in it.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    pub article: &'a Article,
    pub reading: &'a Reading<'a>,
    pub beside: Beside<'a>,
}

/// The text or the headline.
struct Part<'a> {
    name: &'static str,
    sha256: &'a str,
    statements: &'a [Statement<'a>],
    events: &'a [Event<'a>],
    entities: &'a [Entity<'a>],
    times: &'a [TimeMention<'a>],
    names: HashMap<Id, &'a str>,
}

impl<'a> Record<'a> {
    /// Hands out its rows of a table, the headline's first.
    pub fn rows<E>(
        &self,
        table: Table,
        mut each: impl FnMut(Row<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        match table {
            Table::Articles => {
                each(self.row(self.itself(), Some("text"), &self.reading.text_sha256))
            }
            Table::Readings => each(self.row(self.whole(), None, &self.reading.text_sha256)),
            table => self.parts().iter().try_for_each(|part| {
                self.own(table, part, |own| {
                    each(self.row(own, Some(part.name), part.sha256))
                })
            }),
        }
    }

    /// The values that are of no other table, row by row.
    fn own<E>(
        &self,
        table: Table,
        part: &Part<'a>,
        mut each: impl FnMut(Row<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        match table {
            Table::Articles | Table::Readings => Ok(()),
            Table::Statements => part
                .statements
                .iter()
                .try_for_each(|s| each(self.statement(s, part))),
            Table::Events => part.events.iter().try_for_each(|e| each(self.event(e))),
            Table::Entities => part.entities.iter().try_for_each(|e| each(self.entity(e))),
            Table::Mentions => part
                .entities
                .iter()
                .try_for_each(|e| e.mentions.iter().try_for_each(|m| each(self.mention(e, m)))),
            Table::Times => part.times.iter().try_for_each(|t| each(time(t))),
        }
    }

    /// Everything that was read, as lists.
    fn whole(&self) -> Row<'a> {
        let parts = self.parts();
        let rows = |table| {
            let mut all = Vec::new();
            for part in &parts {
                let Ok(()) = self.own(table, part, |mut row| {
                    row.push(Cell::text(part.name));
                    all.push(row);
                    Ok::<(), Infallible>(())
                });
            }
            Cell::Rows(all)
        };
        let Beside {
            extracted, remarks, ..
        } = self.beside;
        let headline = self.reading.headline.as_ref();
        vec![
            rows(Table::Statements),
            rows(Table::Events),
            rows(Table::Entities),
            rows(Table::Mentions),
            rows(Table::Times),
            Cell::count(self.article.text.chars().count()),
            Cell::maybe(headline, |h| Cell::text(&h.text_sha256)),
            Cell::maybe(extracted.then_some(&*self.article.text), Cell::text),
            Cell::Texts(remarks.iter().map(String::as_str).collect()),
            Cell::None,
        ]
    }

    fn parts(&self) -> Vec<Part<'a>> {
        let names = |all: &'a [Entity<'a>]| all.iter().map(|e| (e.id, &*e.name)).collect();
        let reading = self.reading;
        let headline = reading.headline.as_ref().map(|h| Part {
            name: "headline",
            sha256: &h.text_sha256,
            statements: &h.statements,
            events: &h.events,
            entities: &h.entities,
            times: &h.times,
            names: names(&h.entities),
        });
        let text = Part {
            name: "text",
            sha256: &reading.text_sha256,
            statements: &reading.statements,
            events: &reading.events,
            entities: &reading.entities,
            times: &reading.times,
            names: names(&reading.entities),
        };
        headline.into_iter().chain([text]).collect()
    }

    /// A whole row: what all tables begin with, its own, and what proves it.
    fn row(&self, own: Row<'a>, part: Option<&'static str>, sha256: &'a str) -> Row<'a> {
        let Self {
            article,
            reading,
            beside: Beside { archived, .. },
        } = *self;
        let mut row = vec![
            Cell::text(&reading.id),
            Cell::maybe(reading.outlet.as_deref(), Cell::text),
            Cell::maybe(article.title.as_deref(), Cell::text),
            Cell::maybe(reading.published, Cell::Day),
            Cell::maybe(reading.published_from.as_ref(), Cell::code),
        ];
        row.extend(own);
        row.extend(part.map(Cell::text));
        row.extend([
            Cell::text(sha256),
            Cell::text(&reading.engine),
            Cell::maybe(archived, |a| Cell::Number(a.document)),
            Cell::maybe(archived, |a| Cell::Number(a.version)),
            Cell::maybe(archived.and_then(|a| a.story), Cell::Number),
            Cell::maybe(archived.and_then(|a| a.address), Cell::text),
        ]);
        row
    }

    fn itself(&self) -> Row<'a> {
        let reading = self.reading;
        let headline = reading.headline.as_ref();
        let both = |text: usize, title: Option<usize>| Cell::count(text + title.unwrap_or(0));
        vec![
            Cell::text(&self.article.text),
            Cell::count(self.article.text.chars().count()),
            Cell::maybe(headline, |h| Cell::text(&h.text_sha256)),
            Cell::Count(reading.schema),
            both(
                reading.statements.len(),
                headline.map(|h| h.statements.len()),
            ),
            both(reading.events.len(), headline.map(|h| h.events.len())),
            both(reading.entities.len(), headline.map(|h| h.entities.len())),
            both(reading.times.len(), headline.map(|h| h.times.len())),
        ]
    }

    fn statement(&self, s: &'a Statement<'a>, part: &Part<'a>) -> Row<'a> {
        let (speaker, source) = (s.speaker.as_ref(), s.source.as_ref());
        let (cue, channel) = (s.cue.as_ref(), s.channel.as_ref());
        let via = s.via.iter().map(|id| Person {
            entity: id.to_string(),
            name: part.names.get(id).copied().unwrap_or_default(),
            code: None,
        });
        vec![
            Cell::shown(s.id),
            Cell::maybe(s.within, Cell::shown),
            Cell::code(&s.form),
            Cell::code(&s.act),
            Cell::maybe(speaker, |x| Cell::text(&x.name)),
            Cell::maybe(speaker, |x| Cell::shown(x.entity)),
            Cell::maybe(speaker, |x| Cell::code(&x.how)),
            Cell::maybe(source, |x| Cell::text(&x.text)),
            Cell::maybe(source, |x| Cell::Count(x.start)),
            Cell::maybe(source, |x| Cell::Count(x.end)),
            Cell::maybe(cue, |x| Cell::text(&x.text)),
            Cell::maybe(cue, |x| Cell::text(&x.lemma)),
            Cell::maybe(cue, |x| Cell::Count(x.start)),
            Cell::maybe(cue, |x| Cell::Count(x.end)),
            Cell::Text(s.text()),
            Cell::Count(s.start()),
            Cell::Count(s.end()),
            Cell::Pieces(&s.content),
            Cell::people(&s.addressee),
            Cell::maybe(channel, |x| Cell::text(&x.text)),
            Cell::maybe(channel, |x| Cell::Count(x.start)),
            Cell::maybe(channel, |x| Cell::Count(x.end)),
            Cell::maybe(channel, |x| Cell::code(&x.kind)),
            Cell::maybe(channel.and_then(|x| x.platform.as_deref()), Cell::text),
            Cell::People(via.collect()),
            Cell::maybe(s.said_on, Cell::Day),
            Cell::Real(s.confidence),
            Cell::code(&Certainty::of(s.confidence)),
            self.number(|a| a.statements.get(&s.id)),
        ]
    }

    fn event(&self, e: &'a Event<'a>) -> Row<'a> {
        let when = When::of(e);
        let (claimed, place) = (e.claimed_by.as_ref(), e.place.as_ref());
        vec![
            Cell::shown(e.id),
            Cell::text(e.kind.name()),
            Cell::maybe(e.mode.as_deref(), Cell::text),
            Cell::Texts(e.context.iter().map(|c| &**c).collect()),
            Cell::Count(e.kind.quad().number().into()),
            Cell::code(&e.status),
            Cell::text(&e.trigger.text),
            Cell::Count(e.trigger.start),
            Cell::Count(e.trigger.end),
            Cell::Pieces(&e.mentions),
            Cell::people(&e.actors),
            Cell::people(&e.recipients),
            Cell::maybe(claimed, |p| Cell::text(&p.name)),
            Cell::maybe(claimed, |p| Cell::shown(p.entity)),
            Cell::maybe(e.statement, Cell::shown),
            Cell::maybe(e.date, Cell::shown),
            Cell::maybe(when, |w| Cell::Day(w.begin)),
            Cell::maybe(when, |w| Cell::Day(w.end)),
            Cell::maybe(when, |w| Cell::text(w.precision)),
            Cell::maybe(place, |p| Cell::text(&p.name)),
            Cell::maybe(place, |p| Cell::shown(p.entity)),
            Cell::Real(e.score),
            Cell::Real(e.confidence),
            Cell::code(&Certainty::of(e.confidence)),
            self.number(|a| a.events.get(&e.id)),
        ]
    }

    fn entity(&self, e: &'a Entity<'a>) -> Row<'a> {
        vec![
            Cell::shown(e.id),
            Cell::text(&e.name),
            Cell::maybe(e.name_en.as_deref(), Cell::text),
            Cell::code(&e.kind),
            Cell::maybe(e.link.as_deref(), Cell::text),
            Cell::maybe(e.country.as_deref(), Cell::text),
            Cell::maybe(e.sector.as_deref(), Cell::text),
            Cell::Texts(e.titles.iter().map(|t| &**t).collect()),
            Cell::Flag(e.participant),
            Cell::count(e.mentions.len()),
            Cell::maybe(e.same_as, Cell::shown),
            self.number(|a| a.entities.get(&e.id)),
        ]
    }

    fn mention(&self, e: &'a Entity<'a>, m: &'a Mention<'a>) -> Row<'a> {
        vec![
            Cell::shown(e.id),
            Cell::text(&e.name),
            Cell::code(&e.kind),
            Cell::code(&m.kind),
            Cell::text(&m.text),
            Cell::Count(m.start),
            Cell::Count(m.end),
            self.number(|a| a.entities.get(&e.id)),
        ]
    }

    /// A number that an archive has given.
    fn number<'m>(&self, find: impl FnOnce(&'a Archived<'a>) -> Option<&'m i64>) -> Cell<'a> {
        Cell::maybe(self.beside.archived.and_then(find), |n| Cell::Number(*n))
    }
}

fn time<'a>(t: &'a TimeMention<'a>) -> Row<'a> {
    let when = t.value.and_then(When::of_value);
    vec![
        Cell::text(&t.text),
        Cell::Count(t.start),
        Cell::Count(t.end),
        Cell::code(&t.kind),
        Cell::maybe(t.value, Cell::shown),
        Cell::maybe(when, |w| Cell::Day(w.begin)),
        Cell::maybe(when, |w| Cell::Day(w.end)),
        Cell::maybe(when, |w| Cell::text(w.precision)),
    ]
}

/// The row of an article that could not be read.
pub(crate) fn unread<'a>(article: &'a str, error: &'a str, remarks: &'a [String]) -> Row<'a> {
    let known = |(name, kind, _): Column| match (name, kind) {
        ("article", _) => Cell::text(article),
        ("engine", _) => Cell::text(ENGINE),
        ("error", _) => Cell::text(error),
        ("remarks", _) => Cell::Texts(remarks.iter().map(String::as_str).collect()),
        (_, Kind::Rows(_)) => Cell::Rows(Vec::new()),
        _ => Cell::None,
    };
    Table::Readings.columns().map(known).collect()
}
