//! Appearances given to whom they are of, as the decisions say, with all that tells it.

use std::collections::BTreeSet;

use rawi::reading::{Entity, Reading};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::decision::{Splits, Standing};
use super::key::{folded, type_name};
use super::link::{call, name_row};
use crate::index::{self, Entry};
use crate::prepare::Terms;
use crate::rows::{self, EventRow, Ids, StatementRow};
use crate::stored::Stored;
use crate::terms::Analyzer;
use crate::{ArchiveError, pack};

/// To whom the rules give what an entity has: itself, or whom it was told apart from.
pub(super) fn base(db: &Connection, entity: i64) -> Result<i64, ArchiveError> {
    let mut find = db.prepare_cached("SELECT split_from FROM entity WHERE id = ?1")?;
    let mut at = entity;
    // Each is younger than the one that it was told apart from.
    while let Some(from) = find
        .query_row([at], |row| row.get::<_, Option<i64>>(0))
        .optional()?
        .flatten()
        .filter(|from| *from < at)
    {
        at = from;
    }
    Ok(at)
}

/// Looks at every appearance of an entity whether it still is one. Gives the number of
/// versions in which something changed.
pub(super) fn reroute(db: &Connection, entity: i64) -> Result<u64, ArchiveError> {
    let splits = Standing::read(db)?.splits;
    let base = base(db, entity)?;
    let mut versions = BTreeSet::new();
    {
        let mut all = db.prepare_cached(
            "SELECT a.version_id, n.folded, v.document_id FROM entity_name n
             JOIN appearance a ON a.name_id = n.id JOIN version v ON v.id = a.version_id
             WHERE n.entity_id = ?1",
        )?;
        let mut rows = all.query([entity])?;
        while let Some(row) = rows.next()? {
            let folded: String = row.get(1)?;
            if splits.apply(base, &folded, row.get(2)?) != entity {
                versions.insert(row.get::<_, i64>(0)?);
            }
        }
    }
    let mut analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
    let mut changed = 0;
    for version in versions {
        changed += u64::from(retell(db, &mut analyzer, &splits, version)?);
    }
    call(db)?;
    Ok(changed)
}

/// The entities of text and headline.
pub(super) fn entities<'r, 'a>(reading: &'r Reading<'a>) -> impl Iterator<Item = &'r Entity<'a>> {
    let headline = reading.headline.iter().flat_map(|h| &h.entities);
    reading.entities.iter().chain(headline)
}

/// Writes anew who is who in a version; tells whether anything changed.
fn retell(
    db: &Connection,
    analyzer: &mut Analyzer,
    splits: &Splits,
    version: i64,
) -> Result<bool, ArchiveError> {
    let Some(stored) = Stored::behind(db, version - 1, 1, "v.id = ?3", &[&version])?.pop() else {
        return Ok(false);
    };
    let Some(packed) = &stored.packed else {
        return Ok(false);
    };
    let reading = pack::parse(packed, &stored.article.text)?;
    let document: i64 = db
        .prepare_cached("SELECT document_id FROM version WHERE id = ?1")?
        .query_row([version], |row| row.get(0))?;
    let mut ids = Ids::new();
    let mut changed = false;
    for entity in entities(&reading) {
        let local = entity.id.to_string();
        let now: i64 = db
            .prepare_cached(
                "SELECT n.entity_id FROM appearance a JOIN entity_name n ON n.id = a.name_id
                 WHERE a.version_id = ?1 AND a.local = ?2",
            )?
            .query_row(params![version, local], |row| row.get(0))?;
        let name = folded(&entity.name);
        let same = entity.same_as.and_then(|id| ids.get(&id).copied());
        let then = match same {
            Some(id) => id,
            None => splits.apply(base(db, now)?, &name, document),
        };
        ids.insert(entity.id, then);
        if then != now {
            let row = name_row(db, then, type_name(entity.kind), &name, &entity.name)?;
            db.prepare_cached(
                "UPDATE appearance SET name_id = ?3 WHERE version_id = ?1 AND local = ?2",
            )?
            .execute(params![version, local, row])?;
            changed = true;
        }
    }
    if !changed {
        return Ok(false);
    }
    for statement in rows::statements(&reading) {
        if let Some((id, _)) = StatementRow::read(db, version, &statement.id)? {
            StatementRow::of(statement, &ids)?.retell(db, id)?;
        }
    }
    for event in rows::events(&reading) {
        if let Some((id, _)) = EventRow::read(db, version, &event.id)? {
            EventRow::of(event, &ids)?.retell(db, id)?;
        }
    }
    if stored.current {
        index::remove(db, version)?;
        let terms = Terms::of(analyzer, &stored.article, &reading);
        Entry::stored(db, version, stored.outlet_id, &reading, &terms)?.put(db)?;
    }
    Ok(true)
}
