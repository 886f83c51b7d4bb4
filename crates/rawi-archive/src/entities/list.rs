//! Entities in a list.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde::Serialize;

use super::decide::list;
use super::group::group;
use super::key::{are_several, folded};
use crate::{Archive, ArchiveError};

/// The order of a list of entities.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum EntitySort {
    /// Who says most first.
    #[default]
    Statements,
    /// By name.
    Name,
    /// By number: who was met first comes first.
    Number,
}

/// Which entities are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WhichEntities {
    /// Only of this type, as the contract of readings has it: `PER`.
    pub kind: Option<String>,
    /// Only those one of whose names has all words of this, each begun by one.
    pub like: Option<String>,
    /// In which order.
    pub sort: EntitySort,
    /// How many at most.
    pub limit: usize,
}

/// An entity with those that are merged into it. Counts are of current versions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listed {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its Wikidata id.
    pub link: Option<String>,
    /// Its country, ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Whether the name alone doesn't tell who is meant, so that different articles may
    /// mean different ones.
    pub several: bool,
    /// What it says.
    pub statements: u64,
    /// Articles in which it stands.
    pub articles: u64,
    /// Those that are merged into it.
    pub merged: Vec<i64>,
}

impl Archive {
    /// Entities of the archive, each group once. Entities of which nothing is left in
    /// current versions are left out.
    ///
    /// # Errors
    ///
    /// If the type is none, or the file cannot be read.
    pub fn entities(&self, which: &WhichEntities) -> Result<Vec<Listed>, ArchiveError> {
        Ok(self.entities_behind(which, 0)?.0)
    }

    /// The same list behind a place in it, from where a page before has ended; gives the
    /// place where this one ends too, if there may be more.
    ///
    /// # Errors
    ///
    /// As [`entities`](Self::entities).
    pub fn entities_behind(
        &self,
        which: &WhichEntities,
        place: usize,
    ) -> Result<(Vec<Listed>, Option<usize>), ArchiveError> {
        if let Some(kind) = &which.kind
            && !super::hold::TYPES.contains(&&**kind)
        {
            return Err(ArchiveError::Asked(format!(
                "{kind} is no type of entity: there is {}",
                super::hold::TYPES.join(", ")
            )));
        }
        let db = &self.db;
        let said = said(db)?;
        let words = which.like.as_deref().map(folded).unwrap_or_default();
        let words: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
        let mut find = db.prepare_cached(
            "SELECT DISTINCT r.id, coalesce(r.renamed, r.name)
             FROM entity e JOIN entity r ON r.id = coalesce(e.merged_into, e.id)
             WHERE (?1 IS NULL OR r.type = ?1)
               AND (json_array_length(?2) = 0 OR EXISTS (
                 SELECT 1 FROM entity_name n WHERE n.entity_id = e.id AND NOT EXISTS (
                   SELECT 1 FROM json_each(?2) w
                   WHERE instr(' ' || n.folded, ' ' || w.value) = 0)))
             ORDER BY r.id",
        )?;
        let rows = find.query_map(params![which.kind, list(&words)], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut all: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
        let of = |id: &i64| said.get(id).copied().unwrap_or_default();
        match which.sort {
            EntitySort::Statements => {
                all.sort_by_cached_key(|(id, _)| (std::cmp::Reverse(of(id)), *id));
            }
            EntitySort::Name => all.sort_by_cached_key(|(id, name)| (folded(name), *id)),
            EntitySort::Number => {}
        }
        let mut out = Vec::new();
        for (at, (id, _)) in all.iter().enumerate().skip(place) {
            if out.len() == which.limit {
                return Ok((out, Some(at)));
            }
            let one = listed(db, *id, of(id))?;
            if one.articles > 0 {
                out.push(one);
            }
        }
        Ok((out, None))
    }
}

/// One entity as it is listed.
pub(super) fn listed(db: &Connection, id: i64, statements: u64) -> Result<Listed, ArchiveError> {
    let articles = db
        .prepare_cached(
            "SELECT count(DISTINCT a.version_id) FROM entity_name n
             JOIN appearance a ON a.name_id = n.id JOIN version v ON v.id = a.version_id
             JOIN document d ON d.id = v.document_id AND d.current_id = v.id
             WHERE n.entity_id IN (SELECT value FROM json_each(?1))",
        )?
        .query_row([list(&group(db, id)?)], |row| row.get::<_, i64>(0))?;
    told(db, id, statements, articles as u64)
}

/// The same where it is known how many articles there are.
pub(super) fn told(
    db: &Connection,
    id: i64,
    statements: u64,
    articles: u64,
) -> Result<Listed, ArchiveError> {
    let all = group(db, id)?;
    let mut find = db.prepare_cached(
        "SELECT coalesce(renamed, name), type, link, country, name FROM entity WHERE id = ?1",
    )?;
    let (mut listed, name) = find.query_row([id], |row| {
        let listed = Listed {
            id,
            name: row.get(0)?,
            kind: row.get(1)?,
            link: row.get(2)?,
            country: row.get(3)?,
            several: false,
            statements,
            articles,
            merged: all.iter().copied().filter(|one| *one != id).collect(),
        };
        Ok((listed, row.get::<_, String>(4)?))
    })?;
    let (link, country) = (listed.link.as_deref(), listed.country.as_deref());
    listed.several = are_several(link, &listed.kind, &folded(&name), country);
    Ok(listed)
}

/// How many statements of current versions each group says.
fn said(db: &Connection) -> Result<BTreeMap<i64, u64>, ArchiveError> {
    let mut all = BTreeMap::new();
    // Earlier versions are few: theirs are taken away from all.
    for (sql, sign) in [
        (
            "SELECT coalesce(e.merged_into, e.id), s.n FROM (
               SELECT speaker_id, count(*) AS n FROM statement
               WHERE speaker_id IS NOT NULL GROUP BY speaker_id) s
             JOIN entity e ON e.id = s.speaker_id",
            1,
        ),
        (
            "SELECT coalesce(e.merged_into, e.id), 1 FROM version v
             JOIN document d ON d.id = v.document_id AND d.current_id <> v.id
             JOIN statement s ON s.version_id = v.id JOIN entity e ON e.id = s.speaker_id",
            -1,
        ),
    ] {
        let mut find = db.prepare_cached(sql)?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            *all.entry(row.get::<_, i64>(0)?).or_insert(0_i64) += sign * row.get::<_, i64>(1)?;
        }
    }
    Ok(all
        .into_iter()
        .map(|(id, n)| (id, n.max(0) as u64))
        .collect())
}
