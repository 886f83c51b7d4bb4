//! The ledger and the state of the file, told without reading all of it.

use std::fs;

use rusqlite::params;
use serde::Serialize;

use crate::ledger::Failure;
use crate::{Archive, ArchiveError, FORMAT};

/// An input as the ledger has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LedgerRow {
    /// Its number.
    pub id: i64,
    /// A path or an address.
    pub place: String,
    /// `file`, `page`, `feed`, `sitemap`, `stream` or `archive`.
    pub kind: String,
    /// `waiting`, `reading`, `done` or `failed`.
    pub state: String,
    /// How many of its records are dealt with.
    pub records: u64,
    /// Its size in bytes, of a file.
    pub size: Option<u64>,
    /// Why it failed.
    pub reason: Option<String>,
    /// When it was begun, in RFC 3339.
    pub begun: Option<String>,
    /// When it was done.
    pub ended: Option<String>,
    /// How many of its records failed and were not mended.
    pub failed: u64,
    /// How many were passed over on purpose.
    pub skipped: u64,
}

/// Which inputs are listed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct WhichInputs {
    /// Only those in this state; `failures` are those of which anything failed.
    pub state: Option<String>,
    /// Only those before this one, as a page before gave it.
    pub cursor: Option<i64>,
    /// How many at most.
    pub limit: usize,
}

/// Numbers about the file that are had at once, however large it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Health {
    /// Size of the file in bytes, its log included.
    pub bytes: u64,
    /// Of these, bytes that hold nothing any more.
    pub free_bytes: u64,
    /// Its format.
    pub format: u32,
    /// When it was made, in RFC 3339.
    pub made: String,
    /// Engines with the number of readings that each has made, by name.
    pub engines: Vec<(String, u64)>,
    /// Inputs by their state.
    pub inputs: Vec<(String, u64)>,
    /// Records that failed and were not mended, by stage.
    pub failures: Vec<(String, u64)>,
    /// Of these, those whose text is kept, so that it can be read again without the input.
    pub kept: u64,
    /// Records that were passed over on purpose, by reason.
    pub skipped: Vec<(String, u64)>,
    /// What people say that holds.
    pub corrections: u64,
    /// What people decided about entities that holds.
    pub decisions: u64,
}

impl Archive {
    /// How the archive is.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn health(&self) -> Result<Health, ArchiveError> {
        let db = &self.db;
        let number = |sql: &str| -> Result<u64, rusqlite::Error> {
            let found: i64 = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            Ok(found.unsigned_abs())
        };
        let pairs = |sql: &str| -> Result<Vec<(String, u64)>, rusqlite::Error> {
            let mut all = db.prepare_cached(sql)?;
            let rows = all.query_map([], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
            })?;
            rows.collect()
        };
        let size = |suffix: &str| {
            let mut name = self.path().as_os_str().to_owned();
            name.push(suffix);
            fs::metadata(name).map_or(0, |m| m.len())
        };
        Ok(Health {
            bytes: size("") + size("-wal"),
            free_bytes: number("PRAGMA page_size")? * number("PRAGMA freelist_count")?,
            format: FORMAT,
            made: self.property("made")?.unwrap_or_default(),
            engines: pairs(
                "SELECT e.name, (SELECT count(*) FROM reading r WHERE r.engine_id = e.id)
                 FROM engine e ORDER BY e.name",
            )?,
            inputs: pairs("SELECT state, count(*) FROM input GROUP BY state ORDER BY state")?,
            failures: pairs(
                "SELECT stage, count(*) FROM failure WHERE mended IS NULL GROUP BY stage ORDER BY stage",
            )?,
            kept: number(
                "SELECT count(*) FROM failure WHERE mended IS NULL AND version_id IS NOT NULL",
            )?,
            skipped: pairs(
                "SELECT reason, sum(records) FROM skipped GROUP BY reason ORDER BY reason",
            )?,
            corrections: number(
                "SELECT count(*) FROM correction
                 WHERE undone_by IS NULL AND what ->> 'kind' <> 'undo'",
            )?,
            decisions: number(
                "SELECT count(*) FROM decision
                 WHERE undone_by IS NULL AND what ->> 'kind' <> 'undo'",
            )?,
        })
    }

    /// The ledger, the latest input first; and the cursor of what follows.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn ledger(
        &self,
        which: &WhichInputs,
    ) -> Result<(Vec<LedgerRow>, Option<i64>), ArchiveError> {
        let mut all = self.db.prepare_cached(
            "SELECT * FROM (
               SELECT i.id, i.place, i.kind, i.state, i.records, i.size, i.reason, i.begun, i.ended,
                 (SELECT count(*) FROM failure f WHERE f.input_id = i.id AND f.mended IS NULL) AS failed,
                 (SELECT coalesce(sum(s.records), 0) FROM skipped s WHERE s.input_id = i.id)
               FROM input i WHERE (?1 IS NULL OR i.id < ?1)
                 AND (?2 IS NULL OR ?2 = 'failures' OR i.state = ?2))
             WHERE ?2 IS NOT 'failures' OR failed > 0 OR state = 'failed'
             ORDER BY id DESC LIMIT ?3",
        )?;
        let most = which.limit as i64 + 1;
        let count = |number: i64| number.unsigned_abs();
        let rows = all.query_map(params![which.cursor, which.state, most], |row| {
            Ok(LedgerRow {
                id: row.get(0)?,
                place: row.get(1)?,
                kind: row.get(2)?,
                state: row.get(3)?,
                records: count(row.get(4)?),
                size: row.get::<_, Option<i64>>(5)?.map(count),
                reason: row.get(6)?,
                begun: row.get(7)?,
                ended: row.get(8)?,
                failed: count(row.get(9)?),
                skipped: count(row.get(10)?),
            })
        })?;
        let mut rows: Vec<LedgerRow> = rows.collect::<Result<_, _>>()?;
        let more = rows.len() > which.limit;
        rows.truncate(which.limit);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        Ok((rows, next))
    }

    /// The latest failures that were not mended, so many at most.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn latest_failures(&self, limit: usize) -> Result<Vec<Failure>, ArchiveError> {
        let mut all = self.db.prepare_cached(
            "SELECT f.id, i.place, f.record, f.place, f.stage, f.reason, f.at
             FROM failure f JOIN input i ON i.id = f.input_id WHERE f.mended IS NULL
             ORDER BY f.id DESC LIMIT ?1",
        )?;
        let rows = all.query_map([limit as i64], Failure::of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
