//! Entities that somebody decided to be one, and whom a name means.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;

use super::key::folded;
use crate::{Archive, ArchiveError};

/// Somebody of the archive whom a name may mean.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// The entity's number, as `speaker:#12` takes it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its type, as the contract of readings has it.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The entity that stands for an entity's group.
pub(crate) fn root(db: &Connection, id: i64) -> Result<i64, ArchiveError> {
    let mut find = db.prepare_cached("SELECT merged_into FROM entity WHERE id = ?1")?;
    let into: Option<i64> = find.query_row([id], |row| row.get(0)).optional()?.flatten();
    Ok(into.unwrap_or(id))
}

/// All entities of the group in which an entity is, in order of numbers; itself alone if
/// nobody merged it.
pub(crate) fn group(db: &Connection, id: i64) -> Result<Vec<i64>, ArchiveError> {
    // `merged_into` leads to the root at once.
    let root = root(db, id)?;
    let mut find =
        db.prepare_cached("SELECT id FROM entity WHERE id = ?1 OR merged_into = ?1 ORDER BY id")?;
    let rows = find.query_map([root], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What somebody is called in the archive as a whole.
pub(crate) fn candidate(db: &Connection, id: i64) -> Result<Option<Candidate>, ArchiveError> {
    let mut find =
        db.prepare_cached("SELECT id, coalesce(renamed, name), type FROM entity WHERE id = ?1")?;
    let found = find.query_row([id], |row| {
        Ok(Candidate {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// The groups whose members, or who by decision, have just this name, or else names with
/// all its words; by number, `most` at most.
fn named(archive: &Archive, name: &str, most: usize) -> Result<Vec<i64>, ArchiveError> {
    let db = &archive.db;
    let whole = folded(name);
    let mut exact = db.prepare_cached(
        "SELECT DISTINCT coalesce(e.merged_into, e.id) FROM entity_name n
         JOIN entity e ON e.id = n.entity_id WHERE n.folded = ?1
           AND EXISTS (SELECT 1 FROM appearance a WHERE a.name_id = n.id)
         UNION SELECT coalesce(merged_into, id) FROM entity WHERE renamed = ?2
         ORDER BY 1 LIMIT ?3",
    )?;
    let rows = exact.query_map(params![whole, name, most as i64], |row| row.get(0))?;
    let found: Vec<i64> = rows.collect::<Result<_, _>>()?;
    if !found.is_empty() || whole.is_empty() {
        return Ok(found);
    }
    let words: Vec<&str> = whole.split(' ').collect();
    let mut met =
        db.prepare_cached("SELECT EXISTS (SELECT 1 FROM appearance WHERE name_id = ?1)")?;
    let mut found = BTreeSet::new();
    for (name, entity) in archive.names_with(&words)? {
        if met.query_row([name], |row| row.get(0))? {
            found.insert(root(db, entity)?);
        }
    }
    Ok(found.into_iter().take(most).collect())
}

impl Archive {
    /// Who stands for an entity: itself, or the one that it was merged into. None if the
    /// archive has no such entity.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn standing_for(&self, id: i64) -> Result<Option<i64>, ArchiveError> {
        let root = root(&self.db, id)?;
        Ok(candidate(&self.db, root)?.map(|c| c.id))
    }

    /// Whom a number (`12`, `#12`) or a name means. A number means just this entity, also
    /// one that is merged into another; a name those who are called so, or else those whose
    /// names have all its words, twenty at most.
    ///
    /// # Errors
    ///
    /// If nobody is meant.
    pub fn entities_named(&self, text: &str) -> Result<Vec<Candidate>, ArchiveError> {
        const MOST: usize = 20;
        let db = &self.db;
        let number = text.strip_prefix('#').unwrap_or(text);
        let found = match number.parse::<i64>() {
            Ok(id) => candidate(db, id)?.into_iter().collect(),
            Err(_) => {
                let mut all = Vec::new();
                for id in named(self, text, MOST)? {
                    all.extend(candidate(db, id)?);
                }
                all
            }
        };
        if found.is_empty() {
            let problem = format!("{text}: the archive has nobody of this name or number");
            return Err(ArchiveError::Asked(problem));
        }
        Ok(found)
    }

    /// The one whom a number or a name means: of several who have the name the one that is
    /// called so.
    ///
    /// # Errors
    ///
    /// If nobody is meant, or several may be: with their numbers.
    pub fn entity_named(&self, text: &str) -> Result<i64, ArchiveError> {
        let all = self.entities_named(text)?;
        let name = folded(text);
        let mut called = all.iter().filter(|c| folded(&c.name) == name);
        match (&all[..], called.next(), called.next()) {
            ([one], ..) | (_, Some(one), None) => Ok(one.id),
            _ => {
                let list: Vec<String> = all
                    .iter()
                    .map(|c| format!("#{} {} ({})", c.id, c.name, c.kind))
                    .collect();
                Err(ArchiveError::Asked(format!(
                    "{text}: may be {}; name one by its number",
                    list.join(", ")
                )))
            }
        }
    }
}
