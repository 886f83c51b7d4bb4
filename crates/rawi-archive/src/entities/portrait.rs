//! All that an archive has of one entity.

use std::collections::BTreeMap;

use rawi_time::Date;
use rusqlite::{Connection, params};
use serde::Serialize;

use super::decide::list;
use super::group::{candidate, group, root};
use super::key::{Class, folded};
use super::list::{Listed, listed};
use super::reroute::entities;
use crate::index::DAY;
use crate::stored::Stored;
use crate::{Archive, ArchiveError, pack};

/// How many of each kind are told.
const TOLD: usize = 20;

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

/// The statements of a group in current versions.
const SAID: &str = "FROM statement s JOIN version v ON v.id = s.version_id
    JOIN document d ON d.id = v.document_id AND d.current_id = v.id";
const BY: &str = "s.speaker_id IN (SELECT value FROM json_each(?1))";

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
    pub fn portrait_within(&self, id: i64, articles: usize) -> Result<Portrait, ArchiveError> {
        let db = &self.db;
        if candidate(db, id)?.is_none() {
            let problem = format!("the archive has no entity #{id}");
            return Err(ArchiveError::Asked(problem));
        }
        let id = root(db, id)?;
        let members = group(db, id)?;
        let all = list(&members);
        let by = |what: &str, join: &str| counted(db, &all, what, join);
        let months = db
            .prepare_cached(&format!(
                "SELECT s.id >> {DAY}, count(*) {SAID} WHERE {BY} GROUP BY 1"
            ))?
            .query_map([&all], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(i64, i64)>, _>>()?;
        let statements = months.iter().map(|(_, n)| *n as u64).sum();
        let mut by_month: BTreeMap<String, u64> = BTreeMap::new();
        for (day, n) in months {
            let month = self::day(day).map_or("none".to_owned(), |d| d[..7].to_owned());
            *by_month.entry(month).or_default() += n as u64;
        }
        let listed = listed(db, id, statements)?;
        let has_titles = matches!(Class::of(&listed.kind), Class::Person | Class::Unnamed);
        let (titles, titles_of) = match has_titles {
            true => titles(db, &all, articles)?,
            false => (Vec::new(), None),
        };
        let entity = "coalesce(o.renamed, o.name), coalesce(o.merged_into, o.id)";
        let side = |role: &str| {
            format!(
                "JOIN statement_side x ON x.statement_id = s.id AND x.role = '{role}'
                 JOIN entity m ON m.id = x.entity_id
                 JOIN entity o ON o.id = coalesce(m.merged_into, m.id)"
            )
        };
        Ok(Portrait {
            split_from: db
                .prepare_cached("SELECT split_from FROM entity WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?,
            names: names(db, &all)?,
            titles,
            titles_of,
            months: by_month
                .into_iter()
                .map(|(name, statements)| Counted {
                    id: None,
                    name,
                    statements,
                })
                .collect(),
            addressees: by(entity, &side("addressee"))?,
            channels: by("coalesce(s.channel, 'none'), NULL", "")?,
            via: by(entity, &side("via"))?,
            acts: by("s.act, NULL", "")?,
            outlets: by("o.name, NULL", "JOIN outlet o ON o.id = d.outlet_id")?,
            listed,
        })
    }
}

/// The day of an id, `YYYY-MM-DD`, from its high part.
fn day(day: i64) -> Option<String> {
    let day = i32::try_from(day).ok().filter(|day| *day > 0)?;
    Some(Date::from_unix_day(day)?.to_string())
}

/// Values of statements, the most frequent first.
fn counted(
    db: &Connection,
    all: &str,
    what: &str,
    join: &str,
) -> Result<Vec<Counted>, ArchiveError> {
    let sql = format!(
        "SELECT {what}, count(*) {SAID} {join} WHERE {BY} GROUP BY 1, 2
         ORDER BY 3 DESC, 2, 1 LIMIT {TOLD}"
    );
    let mut find = db.prepare_cached(&sql)?;
    let rows = find.query_map([all], |row| {
        Ok(Counted {
            name: row.get(0)?,
            id: row.get(1)?,
            statements: row.get::<_, i64>(2)? as u64,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn names(db: &Connection, all: &str) -> Result<Vec<NameCount>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT coalesce(n.name, n.folded), n.type, count(DISTINCT v.id) FROM entity_name n
         JOIN appearance a ON a.name_id = n.id JOIN version v ON v.id = a.version_id
         JOIN document d ON d.id = v.document_id AND d.current_id = v.id
         WHERE n.entity_id IN (SELECT value FROM json_each(?1))
         GROUP BY n.folded, n.type ORDER BY 3 DESC, 1, 2 LIMIT ?2",
    )?;
    let rows = find.query_map(params![all, TOLD as i64], |row| {
        Ok(NameCount {
            name: row.get(0)?,
            kind: row.get(1)?,
            articles: row.get::<_, i64>(2)? as u64,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The titles in the readings of a group. They stand nowhere else: kept apart they would
/// take more room than everything else of the entities, and reading them takes a second
/// for somebody who stands in five thousand articles. So of more than `most` the newest are
/// read, and it is said how many.
fn titles(
    db: &Connection,
    all: &str,
    most: usize,
) -> Result<(Vec<TitleCount>, Option<u64>), ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT DISTINCT a.version_id, a.local FROM entity_name n
         JOIN appearance a ON a.name_id = n.id
         WHERE n.entity_id IN (SELECT value FROM json_each(?1))",
    )?;
    let mut stand: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    let mut rows = find.query([all])?;
    while let Some(row) = rows.next()? {
        stand.entry(row.get(0)?).or_default().push(row.get(1)?);
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
            let here = entities(&reading).filter(|e| locals.contains(&e.id.to_string()));
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
