//! What somebody says in current articles, gone through once: how much, where, from when to
//! when, by month, act and channel, to whom and through whom.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rawi_time::Date;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::group::{candidate, root};
use super::portrait::{Counted, TOLD};
use crate::ArchiveError;
use crate::index::DAY;

/// The article of a first or last statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Occasion {
    /// The statement.
    pub statement: i64,
    /// Its id in the reading.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^h?s[1-9][0-9]*$")))]
    pub local: String,
    /// The wording of the article in which it stands.
    pub version: i64,
    /// The day of the article, or its month.
    pub published: String,
}

/// How much somebody says in current articles.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sayings {
    /// How many statements.
    pub statements: u64,
    /// In how many articles.
    pub articles: u64,
    /// Of how many outlets.
    pub outlets: u64,
    /// The first with a day that isn't in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Occasion>,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Occasion>,
}

/// A statement.
struct Said {
    id: i64,
    version: i64,
    outlet: Option<i64>,
    act: String,
    channel: Option<String>,
}

/// The statements of a group.
pub(super) struct Voice {
    said: Vec<Said>,
}

impl Voice {
    /// All statements of a group, given as a list in JSON, in order of days.
    pub fn of(db: &Connection, all: &str) -> Result<Self, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT s.id, s.version_id, d.outlet_id, s.act, s.channel
             FROM statement s JOIN version v ON v.id = s.version_id
             JOIN document d ON d.id = v.document_id AND d.current_id = v.id
             WHERE s.speaker_id IN (SELECT value FROM json_each(?1))",
        )?;
        let rows = find.query_map([all], |row| {
            Ok(Said {
                id: row.get(0)?,
                version: row.get(1)?,
                outlet: row.get(2)?,
                act: row.get(3)?,
                channel: row.get(4)?,
            })
        })?;
        let mut said: Vec<Said> = rows.collect::<Result<_, _>>()?;
        said.sort_unstable_by_key(|s| s.id);
        Ok(Self { said })
    }

    /// How much, where, from when to when.
    pub fn sayings(&self, db: &Connection) -> Result<Sayings, ArchiveError> {
        let articles: HashSet<i64> = self.said.iter().map(|s| s.version).collect();
        let outlets: HashSet<i64> = self.said.iter().filter_map(|s| s.outlet).collect();
        Ok(Sayings {
            statements: self.said.len() as u64,
            articles: articles.len() as u64,
            outlets: outlets.len() as u64,
            first: occasion(db, self.said.iter())?,
            last: occasion(db, self.said.iter().rev())?,
        })
    }

    /// By month, `YYYY-MM`, in order; `none` without a date.
    pub fn months(&self) -> Vec<Counted> {
        let mut months: BTreeMap<String, u64> = BTreeMap::new();
        for said in &self.said {
            let month = day(said.id >> DAY).map_or("none".to_owned(), |d| d[..7].to_owned());
            *months.entry(month).or_default() += 1;
        }
        let counted = |(name, statements)| Counted {
            id: None,
            name,
            statements,
        };
        months.into_iter().map(counted).collect()
    }

    /// By act.
    pub fn acts(&self) -> Vec<Counted> {
        most(self.said.iter().map(|s| &*s.act))
    }

    /// By kind of channel; `none` where none is named.
    pub fn channels(&self) -> Vec<Counted> {
        most(
            self.said
                .iter()
                .map(|s| s.channel.as_deref().unwrap_or("none")),
        )
    }

    /// By outlet.
    pub fn outlets(&self, db: &Connection) -> Result<Vec<Counted>, ArchiveError> {
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        for outlet in self.said.iter().filter_map(|s| s.outlet) {
            *counts.entry(outlet).or_default() += 1;
        }
        let mut find = db.prepare_cached("SELECT name FROM outlet WHERE id = ?1")?;
        let mut all = Vec::with_capacity(counts.len());
        for (outlet, statements) in counts {
            all.push(Counted {
                id: None,
                name: find.query_row([outlet], |row| row.get(0))?,
                statements,
            });
        }
        Ok(ranked(all))
    }

    /// To whom (`addressee`), or through whom (`via`).
    pub fn sides(
        &self,
        db: &Connection,
        all: &str,
        role: &str,
    ) -> Result<Vec<Counted>, ArchiveError> {
        let current: HashSet<i64> = self.said.iter().map(|s| s.id).collect();
        let mut find = db.prepare_cached(
            "SELECT x.statement_id, x.entity_id FROM statement s
             JOIN statement_side x ON x.statement_id = s.id AND x.role = ?2
             WHERE s.speaker_id IN (SELECT value FROM json_each(?1))",
        )?;
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        let mut roots: HashMap<i64, i64> = HashMap::new();
        let mut rows = find.query([all, role])?;
        while let Some(row) = rows.next()? {
            let (statement, entity): (i64, i64) = (row.get(0)?, row.get(1)?);
            if !current.contains(&statement) {
                continue;
            }
            let of = match roots.get(&entity) {
                Some(of) => *of,
                None => {
                    let of = root(db, entity)?;
                    roots.insert(entity, of);
                    of
                }
            };
            *counts.entry(of).or_default() += 1;
        }
        let mut counts: Vec<(i64, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(id, n)| (u64::MAX - n, *id));
        counts.truncate(TOLD);
        let mut named = Vec::with_capacity(counts.len());
        for (id, statements) in counts {
            named.extend(candidate(db, id)?.map(|who| Counted {
                id: Some(id),
                name: who.name,
                statements,
            }));
        }
        Ok(named)
    }
}

/// The day of the high part of an id, `YYYY-MM-DD`.
pub(super) fn day(day: i64) -> Option<String> {
    let day = i32::try_from(day).ok().filter(|day| *day > 0)?;
    Some(Date::from_unix_day(day)?.to_string())
}

/// How often each value is there, the most frequent first.
fn most<'v>(values: impl Iterator<Item = &'v str>) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let counted = |(name, statements): (&str, u64)| Counted {
        id: None,
        name: name.to_owned(),
        statements,
    };
    ranked(counts.into_iter().map(counted).collect())
}

fn ranked(mut all: Vec<Counted>) -> Vec<Counted> {
    all.sort_by(|a, b| (b.statements, &a.name).cmp(&(a.statements, &b.name)));
    all.truncate(TOLD);
    all
}

/// The first statement whose article has a day that isn't in doubt.
fn occasion<'s>(
    db: &Connection,
    said: impl Iterator<Item = &'s Said>,
) -> Result<Option<Occasion>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT s.local, v.published FROM statement s JOIN version v ON v.id = s.version_id
         WHERE s.id = ?1 AND v.published IS NOT NULL AND v.published_doubt IS NULL",
    )?;
    // An article is looked up once.
    let mut seen = BTreeSet::new();
    for said in said.filter(|s| s.id >> DAY > 0) {
        if !seen.insert(said.version) {
            continue;
        }
        let found = find.query_row([said.id], |row| {
            Ok(Occasion {
                statement: said.id,
                local: row.get(0)?,
                version: said.version,
                published: row.get(1)?,
            })
        });
        if let Some(found) = found.optional()? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
