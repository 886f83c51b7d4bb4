//! What people accepted and corrected, in the form in which readings are measured.
//!
//! Only a version that somebody looked at as a whole says what is *not* there, so only
//! such versions are given. Statements and events are the people's; the words by which
//! somebody is mentioned and the times are the engine's, because nobody judged them.

use std::collections::BTreeMap;

use rawi::reading::{Form, Status, Value};
use rusqlite::params;
use serde::Serialize;

use super::judged::{Judged, judgments};
use super::value::Source;
use super::{EventValue, Finding, Part, Somebody, Stretch};
use crate::export::Item;
use crate::{Archive, ArchiveError};

/// An article as people say it is to be read.
#[derive(Clone, Debug, Serialize)]
pub struct Gold {
    id: String,
    statements: Vec<GoldStatement>,
    events: Vec<GoldEvent>,
    entities: Vec<GoldEntity>,
    times: Vec<GoldTime>,
}

/// The article that goes with it.
#[derive(Clone, Debug, Serialize)]
pub struct GoldArticle {
    /// As in the gold.
    pub id: String,
    /// Who published it.
    pub source: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The text.
    pub text: String,
}

/// What was given, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub struct GoldTally {
    /// Articles that somebody looked at as a whole.
    pub whole: u64,
    /// Articles of which only some of the statements or events were judged: not given.
    pub partly: u64,
}

#[derive(Clone, Debug, Serialize)]
struct GoldStatement {
    form: Form,
    content: Vec<String>,
    cue: Option<String>,
    source: Option<String>,
    speaker: Option<String>,
    addressee: Vec<String>,
    channel: Option<String>,
    #[serde(rename = "in")]
    within: Option<usize>,
}

#[derive(Clone, Debug, Serialize)]
struct GoldEvent {
    #[serde(rename = "type")]
    kind: String,
    trigger: String,
    actors: Vec<String>,
    recipients: Vec<String>,
    status: Status,
    claimed_by: Option<String>,
    date: Option<String>,
    place: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct GoldEntity {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    mentions: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
struct GoldTime {
    text: String,
    value: Option<String>,
}

impl Archive {
    /// Hands out every version that somebody looked at as a whole, in order of versions,
    /// with its article.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, or what `each` gives.
    pub fn gold(
        &self,
        mut each: impl FnMut(&Gold, &GoldArticle) -> Result<(), ArchiveError>,
    ) -> Result<GoldTally, ArchiveError> {
        let state = self.db.unchecked_transaction()?;
        let mut all = self.db.prepare(
            "SELECT DISTINCT version_id FROM correction
             WHERE undone_by IS NULL AND what ->> 'kind' <> 'undo' ORDER BY version_id",
        )?;
        let versions: Vec<i64> = all
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let mut tally = GoldTally::default();
        // A text that several versions of a document have counts once, under the first.
        let mut given: BTreeMap<(i64, String), ()> = BTreeMap::new();
        let mut names: BTreeMap<String, ()> = BTreeMap::new();
        for version in versions {
            let Some(item) = Item::load(&self.db, version)? else {
                continue;
            };
            let text = (item.document, item.reading.text_sha256.clone());
            if given.insert(text, ()).is_some() {
                continue;
            }
            let judgments = judgments(&self.db, &item)?;
            if judgments.reviewed.is_none() {
                tally.partly += 1;
                continue;
            }
            tally.whole += 1;
            let id = item.article.id.clone();
            let id = match names.insert(id.clone(), ()) {
                None => id,
                // Another article of this id: the number of the version tells them apart.
                Some(()) => format!("{id}#{version}"),
            };
            let gold = gold(&id, &item, judgments.all);
            let date: Option<String> = self
                .db
                .prepare_cached("SELECT published FROM version WHERE id = ?1")?
                .query_row(params![version], |row| row.get(0))?;
            let article = GoldArticle {
                id,
                source: item.article.outlet,
                date,
                title: item.article.title,
                text: item.article.text,
            };
            each(&gold, &article)?;
        }
        state.finish()?;
        Ok(tally)
    }
}

fn gold(id: &str, item: &Item, all: Vec<Judged>) -> Gold {
    let mut said = Vec::new();
    let mut done: Vec<EventValue> = Vec::new();
    for judged in all {
        // What an engine reads since and nobody judged: whoever looked at all did not find
        // it there.
        if judged.by.is_none() || judged.spot.part != Part::Text {
            continue;
        }
        match judged.holds {
            Some(Finding::Statement(s)) => said.push(s),
            Some(Finding::Event(e)) => done.push(e),
            None => {}
        }
    }
    let first = |s: &super::StatementValue| {
        let content = s.content.first().map_or(0, |p| p.start);
        s.cue.as_ref().map_or(content, |c| c.start.min(content))
    };
    said.sort_by_key(|s| (first(s), s.content.first().map_or(0, |p| p.start)));
    done.sort_by_key(|e| e.trigger.start);
    // The article's own text, which every item has.
    let mut cast = Cast {
        text: &item.article.text,
        source: Source::all(item).next(),
        item,
        all: Vec::new(),
    };
    let contents: Vec<Vec<Stretch>> = said.iter().map(|s| s.content.clone()).collect();
    let mut statements = Vec::new();
    for (at, s) in said.into_iter().enumerate() {
        let words = |stretch: &Option<Stretch>| stretch.as_ref().map(|s| s.text.clone());
        let source = words(&s.source);
        let named = |one: &Somebody, cast: &mut Cast<'_>| cast.name(one, source.as_deref());
        statements.push(GoldStatement {
            form: s.form,
            content: s.content.iter().map(|p| p.text.clone()).collect(),
            cue: words(&s.cue),
            speaker: s.speaker.as_ref().and_then(|one| named(one, &mut cast)),
            addressee: s
                .addressee
                .iter()
                .filter_map(|one| cast.name(one, None))
                .collect(),
            source,
            channel: s.channel.map(|c| c.at.text),
            within: outer(&contents, at),
        });
    }
    let mut events = Vec::new();
    for e in done {
        let people = |all: &[Somebody], cast: &mut Cast<'_>| -> Vec<String> {
            all.iter().filter_map(|one| cast.name(one, None)).collect()
        };
        let (actors, recipients) = (
            people(&e.actors, &mut cast),
            people(&e.recipients, &mut cast),
        );
        events.push(GoldEvent {
            kind: e.kind,
            trigger: e.trigger.text,
            actors,
            recipients,
            status: e.status,
            claimed_by: e.claimed_by.as_ref().and_then(|one| cast.name(one, None)),
            date: e.date,
            place: e.place.map(|place| place.name),
        });
    }
    Gold {
        id: id.to_owned(),
        statements,
        events,
        entities: cast.all,
        times: times(item),
    }
}

/// The smallest statement in whose content another one stands.
fn outer(contents: &[Vec<Stretch>], at: usize) -> Option<usize> {
    let size = |content: &[Stretch]| content.iter().map(|p| p.end - p.start).sum::<u32>();
    let inner = &contents[at];
    let inside = |outer: &[Stretch]| {
        inner.iter().all(|p| {
            let mut pieces = outer.iter();
            pieces.any(|o| o.start <= p.start && p.end <= o.end)
        })
    };
    let all = contents.iter().enumerate();
    let around = all.filter(|(_, outer)| size(outer) > size(inner) && inside(outer));
    around
        .min_by_key(|(_, outer)| size(outer))
        .map(|(at, _)| at)
}

fn times(item: &Item) -> Vec<GoldTime> {
    let all = item.reading.times.iter();
    all.map(|time| GoldTime {
        text: time.text.to_string(),
        value: time.value.map(|value: Value| value.to_string()),
    })
    .collect()
}

/// Everybody who takes part, as they are met.
struct Cast<'a> {
    text: &'a str,
    source: Option<Source<'a>>,
    item: &'a Item,
    all: Vec<GoldEntity>,
}

impl Cast<'_> {
    /// How somebody is called: by a name that the text has, or else by the words that stand
    /// for him; none if the text doesn't let a reader know.
    fn name(&mut self, who: &Somebody, source: Option<&str>) -> Option<String> {
        let at = who.at.as_ref().map(|at| at.text.as_str());
        let mut names = [Some(who.name.as_str()), at, source].into_iter().flatten();
        let name = names.find(|name| stands(self.text, name))?.to_owned();
        if self.all.iter().all(|known| known.name != name) {
            let mut mentions = self
                .source
                .map_or(Vec::new(), |source| source.mentions(who));
            mentions.retain(|words| stands(self.text, words));
            if !mentions.contains(&name) {
                mentions.insert(0, name.clone());
            }
            let all = self.item.reading.entities.iter();
            let kind = all.filter(|e| e.name == who.name).map(|e| e.kind).next();
            self.all.push(GoldEntity {
                name: name.clone(),
                kind: kind.map_or("PER", kind_of),
                mentions,
            });
        }
        Some(name)
    }
}

/// The four types of the annotation; whoever has no name goes as a person.
fn kind_of(kind: rawi::reading::EntityType) -> &'static str {
    use rawi::reading::EntityType;
    match kind {
        EntityType::Org | EntityType::Media | EntityType::Fac => "ORG",
        EntityType::Gpe | EntityType::Loc => "GPE",
        EntityType::Group => "GROUP",
        _ => "PER",
    }
}

/// Whether the text has a name; behind `ل` it has lost the alef of its article.
fn stands(text: &str, name: &str) -> bool {
    let contracted = name.strip_prefix("ال");
    text.contains(name) || contracted.is_some_and(|rest| text.contains(&format!("لل{rest}")))
}
