//! Names that begin as somebody has begun to write one.

use std::collections::BTreeMap;

use rusqlite::params;

use super::group::{Candidate, candidate, root};
use super::key::folded;
use crate::{Archive, ArchiveError};

/// How many names are looked at.
const LOOKED_AT: i64 = 400;

impl Archive {
    /// Those who speak whose names begin so, or have a word that does; who says most comes
    /// first.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn speakers_like(&self, begun: &str, most: usize) -> Result<Vec<Candidate>, ArchiveError> {
        let begun = folded(begun);
        if begun.is_empty() {
            return Ok(Vec::new());
        }
        let db = &self.db;
        let mut said: BTreeMap<i64, i64> = BTreeMap::new();
        // Behind every name that begins so; then, as that goes over all names, within.
        let beginning = "SELECT entity_id FROM entity_name
            WHERE folded >= ?1 AND folded < ?1 || char(1114111) LIMIT ?2";
        let within = "SELECT entity_id FROM entity_name
            WHERE instr(folded, ' ' || ?1) > 0 LIMIT ?2";
        let mut count =
            db.prepare_cached("SELECT count(*) FROM statement WHERE speaker_id = ?1")?;
        for sql in [beginning, within] {
            if said.len() >= most {
                break;
            }
            let mut find = db.prepare_cached(sql)?;
            let ids = find.query_map(params![begun, LOOKED_AT], |row| row.get::<_, i64>(0))?;
            for id in ids {
                let id = id?;
                let statements: i64 = count.query_row([id], |row| row.get(0))?;
                if statements > 0 {
                    let group = said.entry(root(db, id)?).or_default();
                    *group = (*group).max(statements);
                }
            }
        }
        let mut all: Vec<(i64, i64)> = said.into_iter().collect();
        all.sort_by_key(|(id, statements)| (-statements, *id));
        let mut found = Vec::new();
        for (id, _) in all.into_iter().take(most) {
            found.extend(candidate(db, id)?);
        }
        Ok(found)
    }
}
