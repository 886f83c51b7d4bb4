//! All that an archive has of one entity.

use std::collections::{BTreeMap, HashSet};

use rusqlite::Connection;
use serde::Serialize;

use super::decide::list;
use super::group::{candidate, group, root};
use super::key::{Class, folded};
use super::list::{Listed, told};
use super::reroute::entities;
use super::said::{Sayings, Voice, day};
use crate::index::DAY;
use crate::stored::Stored;
use crate::{Archive, ArchiveError, pack};

/// How many of each kind are told.
pub(super) const TOLD: usize = 20;

/// How many readings are looked at in one query.
const PAGE: usize = 256;

/// A name with the number of articles that have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NameCount {
    /// As it was first written.
    pub name: String,
    /// The type as which it was met.
    #[serde(rename = "type")]
    pub kind: String,
    /// Current versions that use it.
    pub articles: u64,
}

/// A title or description.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TitleCount {
    /// As it was first written.
    pub title: String,
    /// Current versions that use it.
    pub articles: u64,
    /// The day of the first of these, `YYYY-MM-DD`.
    pub first: Option<String>,
    /// The day of the last.
    pub last: Option<String>,
}

/// Something with a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counted {
    /// The number of the entity that it is, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// What.
    pub name: String,
    /// How many statements.
    pub statements: u64,
}

/// What an archive has of one entity and those merged into it, from current versions.
/// Of each list the twenty most frequent; months are all there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Portrait {
    /// As in a list.
    #[serde(flatten)]
    pub listed: Listed,
    /// Whom it was told apart from.
    pub split_from: Option<i64>,
    /// How much it says, where, from when to when.
    pub said: Sayings,
    /// The names by which it is met.
    pub names: Vec<NameCount>,
    /// Its titles and descriptions; of people and of those without a name.
    pub titles: Vec<TitleCount>,
    /// If not all of its articles were read for them: how many, the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub titles_of: Option<u64>,
    /// What it says by month, `YYYY-MM`, in order; `none` without a date.
    pub months: Vec<Counted>,
    /// To whom.
    pub addressees: Vec<Counted>,
    /// Through which kinds of channel.
    pub channels: Vec<Counted>,
    /// Who hands it on.
    pub via: Vec<Counted>,
    /// Which acts.
    pub acts: Vec<Counted>,
    /// In which outlets.
    pub outlets: Vec<Counted>,
}

/// Where a group stands under a name.
struct Met {
    folded: String,
    kind: String,
    name: String,
    version: i64,
    local: String,
}

impl Archive {
    /// All that the archive has of an entity's group.
    ///
    /// # Errors
    ///
    /// If there is no such entity, or the file cannot be read.
    pub fn portrait(&self, id: i64) -> Result<Portrait, ArchiveError> {
        self.portrait_within(id, usize::MAX)
    }

    /// The same in less time: titles are taken from so many of the newest articles at most.
    ///
    /// # Errors
    ///
    /// As [`portrait`](Self::portrait).
    pub fn portrait_within(&self, id: i64, most: usize) -> Result<Portrait, ArchiveError> {
        let db = &self.db;
        if candidate(db, id)?.is_none() {
            let problem = format!("the archive has no entity #{id}");
            return Err(ArchiveError::Asked(problem));
        }
        let id = root(db, id)?;
        let members = group(db, id)?;
        let all = list(&members);
        let voice = Voice::of(db, &all)?;
        let said = voice.sayings(db)?;
        let met = met(db, &all)?;
        let articles: HashSet<i64> = met.iter().map(|m| m.version).collect();
        let listed = told(db, id, said.statements, articles.len() as u64)?;
        let has_titles = matches!(Class::of(&listed.kind), Class::Person | Class::Unnamed);
        let (titles, titles_of) = match has_titles {
            true => titles(db, &met, most)?,
            false => (Vec::new(), None),
        };
        Ok(Portrait {
            split_from: db
                .prepare_cached("SELECT split_from FROM entity WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?,
            said,
            names: names(met),
            titles,
            titles_of,
            months: voice.months(),
            addressees: voice.sides(db, &all, "addressee")?,
            channels: voice.channels(),
            via: voice.sides(db, &all, "via")?,
            acts: voice.acts(),
            outlets: voice.outlets(db)?,
            listed,
        })
    }
}

/// Where a group stands in current versions.
fn met(db: &Connection, all: &str) -> Result<Vec<Met>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT n.folded, n.type, coalesce(n.name, n.folded), a.version_id, a.local
         FROM entity_name n JOIN appearance a ON a.name_id = n.id
         JOIN version v ON v.id = a.version_id
         JOIN document d ON d.id = v.document_id AND d.current_id = v.id
         WHERE n.entity_id IN (SELECT value FROM json_each(?1))",
    )?;
    let rows = find.query_map([all], |row| {
        Ok(Met {
            folded: row.get(0)?,
            kind: row.get(1)?,
            name: row.get(2)?,
            version: row.get(3)?,
            local: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The most frequent names.
fn names(met: Vec<Met>) -> Vec<NameCount> {
    let mut all: BTreeMap<(String, String), (String, HashSet<i64>)> = BTreeMap::new();
    for one in met {
        let name = all.entry((one.folded, one.kind));
        let (_, articles) = name.or_insert((one.name, HashSet::new()));
        articles.insert(one.version);
    }
    let mut names: Vec<NameCount> = all
        .into_iter()
        .map(|((_, kind), (name, articles))| NameCount {
            name,
            kind,
            articles: articles.len() as u64,
        })
        .collect();
    names.sort_by(|a, b| (b.articles, &a.name, &a.kind).cmp(&(a.articles, &b.name, &b.kind)));
    names.truncate(TOLD);
    names
}

/// The titles in the readings of a group. They stand nowhere else: kept apart they would
/// take more room than everything else of the entities, and reading them takes a second
/// for somebody who stands in five thousand articles. So of more than `most` the newest are
/// read, and it is said how many.
fn titles(
    db: &Connection,
    met: &[Met],
    most: usize,
) -> Result<(Vec<TitleCount>, Option<u64>), ArchiveError> {
    let mut stand: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for one in met {
        stand.entry(one.version).or_default().push(&one.local);
    }
    let versions: Vec<i64> = stand.keys().copied().collect();
    let passed_over = versions.len().saturating_sub(most);
    let versions = &versions[passed_over..];
    let mut found: BTreeMap<String, TitleCount> = BTreeMap::new();
    for page in versions.chunks(PAGE) {
        let ids = list(page);
        let condition = "d.current_id = v.id AND v.id IN (SELECT value FROM json_each(?3))";
        for stored in Stored::behind(db, -1, PAGE, condition, &[&ids])? {
            let Some(packed) = &stored.packed else {
                continue;
            };
            let reading = pack::parse(packed, &stored.article.text)?;
            let locals = &stand[&stored.id];
            let here = entities(&reading).filter(|e| locals.contains(&&*e.id.to_string()));
            let mut titles: BTreeMap<String, &str> = BTreeMap::new();
            for title in here.flat_map(|e| &e.titles) {
                titles.entry(folded(title)).or_insert(title);
            }
            let day = day(stored.id >> DAY);
            for (key, title) in titles {
                let one = found.entry(key).or_insert_with(|| TitleCount {
                    title: title.to_owned(),
                    articles: 0,
                    first: None,
                    last: None,
                });
                one.articles += 1;
                // Versions come in order of days.
                if one.first.is_none() {
                    one.first.clone_from(&day);
                }
                if day.is_some() {
                    one.last.clone_from(&day);
                }
            }
        }
    }
    let mut titles: Vec<TitleCount> = found.into_values().collect();
    titles.sort_by(|a, b| (b.articles, &a.first, &a.title).cmp(&(a.articles, &b.first, &b.title)));
    titles.truncate(TOLD);
    Ok((titles, (passed_over > 0).then_some(most as u64)))
}
