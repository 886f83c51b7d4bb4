//! What was given to be read, how far it was read, and what failed.

use rawi_input::Problem;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::{Archive, ArchiveError};

/// What kind of input it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InputKind {
    /// A file.
    File,
    /// A page of the network.
    Page,
    /// A feed: it is polled again and again.
    Feed,
    /// A list of a site's pages.
    Sitemap,
    /// Standard input, which comes once.
    Stream,
    /// Another archive.
    Archive,
}

impl InputKind {
    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Stream => "stream",
            Self::Archive => "archive",
        }
    }

    /// Whether it only leads to others, and is read again and again.
    fn is_list(self) -> bool {
        matches!(self, Self::Feed | Self::Sitemap)
    }

    /// Whether what it holds is the same as long as its size and time are.
    fn is_lasting(self) -> bool {
        matches!(self, Self::File)
    }
}

/// Where something went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It could not be had from the network.
    Fetch,
    /// The file could not be opened.
    Open,
    /// The record makes no article.
    Parse,
    /// The engine refused the article.
    Read,
}

impl Stage {
    /// Its name in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Open => "open",
            Self::Parse => "parse",
            Self::Read => "read",
        }
    }
}

/// What identifies an input, and tells whether it has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// Its path or address.
    pub place: String,
    /// What kind it is.
    pub kind: InputKind,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: Option<i64>,
}

/// Where an input stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Standing {
    pub id: i64,
    /// Everything in it is dealt with.
    pub done: bool,
    /// How many of its records are dealt with, from the first on.
    pub records: u64,
}

/// Something that failed, for people and programs.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// Its number in the ledger.
    pub id: i64,
    /// The input.
    pub input: String,
    /// Number of the record in the input, from 1.
    pub record: u64,
    /// File, record, line and byte.
    pub place: String,
    /// `fetch`, `open`, `parse` or `read`.
    pub stage: String,
    /// What is the matter, and what to do.
    pub reason: String,
    /// When, in RFC 3339.
    pub at: String,
}

impl Failure {
    /// One of a row: number, input, record, place, stage, reason, time.
    pub(crate) fn of(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: row.get(0)?,
            input: row.get(1)?,
            record: row.get::<_, i64>(2)? as u64,
            place: row.get(3)?,
            stage: row.get(4)?,
            reason: row.get(5)?,
            at: row.get(6)?,
        })
    }
}

/// Enters inputs as waiting, and says where each stands. One that was read and has
/// changed since waits again, from its first record on.
pub(crate) fn register(db: &Connection, given: &Given) -> Result<Standing, ArchiveError> {
    db.prepare_cached(
        "INSERT OR IGNORE INTO input (place, kind, state) VALUES (?1, ?2, 'waiting')",
    )?
    .execute([given.place.as_str(), given.kind.name()])?;
    let mut find = db.prepare_cached(
        "SELECT id, state, records, size, modified, kind FROM input WHERE place = ?1",
    )?;
    let (standing, same, kind) = find.query_row([&given.place], |row| {
        let state: String = row.get(1)?;
        let standing = Standing {
            id: row.get(0)?,
            done: state == "done",
            records: row.get::<_, i64>(2)? as u64,
        };
        let size = row.get::<_, Option<i64>>(3)?.map(|s| s as u64);
        // What could not be opened may be there now.
        let same = state != "failed"
            && size == given.size
            && row.get::<_, Option<i64>>(4)? == given.modified;
        Ok((standing, same, row.get::<_, String>(5)?))
    })?;
    if same && given.kind.is_lasting() && kind == given.kind.name() {
        return Ok(standing);
    }
    db.prepare_cached(
        "UPDATE input SET kind = ?2, state = 'waiting', size = ?3, modified = ?4, records = 0,
           reason = NULL WHERE id = ?1",
    )?
    .execute(params![
        standing.id,
        given.kind.name(),
        given.size.map(|s| s as i64),
        given.modified
    ])?;
    db.prepare_cached("DELETE FROM skipped WHERE input_id = ?1")?
        .execute([standing.id])?;
    if given.kind.is_list() {
        // What fails still says so once more.
        db.prepare_cached(
            "UPDATE failure SET mended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
             WHERE input_id = ?1 AND mended IS NULL",
        )?
        .execute([standing.id])?;
    }
    Ok(Standing {
        done: false,
        records: 0,
        ..standing
    })
}

/// Notes how many records of an input are dealt with.
pub(crate) fn advance(db: &Connection, input: i64, records: u64) -> Result<(), ArchiveError> {
    db.prepare_cached(
        "UPDATE input SET records = ?2, state = 'reading',
           begun = coalesce(begun, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) WHERE id = ?1",
    )?
    .execute(params![input, records as i64])?;
    Ok(())
}

/// Notes that an input is at its end, or that it could not be read at all.
pub(crate) fn end(db: &Connection, input: i64, failed: Option<&str>) -> Result<(), ArchiveError> {
    let state = if failed.is_some() { "failed" } else { "done" };
    db.prepare_cached(
        "UPDATE input SET state = ?2, reason = ?3,
           begun = coalesce(begun, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
           ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ?1",
    )?
    .execute(params![input, state, failed])?;
    Ok(())
}

/// Notes a failure. The same one, met again, is noted once.
pub(crate) fn fail(
    db: &Connection,
    input: i64,
    record: u64,
    stage: Stage,
    problem: &Problem,
    version: Option<i64>,
) -> Result<(), ArchiveError> {
    let place = problem.place.to_string();
    // A feed is read every quarter of an hour, and says the same each time.
    let again = db
        .prepare_cached(
            "UPDATE failure SET mended = NULL, at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
             WHERE input_id = ?1 AND place = ?2 AND stage = ?3 AND reason = ?4
               AND (SELECT kind FROM input WHERE id = ?1) IN ('feed', 'sitemap')",
        )?
        .execute(params![input, place, stage.name(), problem.text])?;
    if again > 0 {
        return Ok(());
    }
    mend(db, input, record)?;
    db.prepare_cached(
        "INSERT INTO failure (input_id, record, place, stage, reason, version_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
    )?
    .execute(params![
        input,
        record as i64,
        place,
        stage.name(),
        problem.text,
        version
    ])?;
    Ok(())
}

/// Notes that what failed before no longer does.
pub(crate) fn mend(db: &Connection, input: i64, record: u64) -> Result<(), ArchiveError> {
    // Nearly every record has nothing to mend, and an update of any number of rows makes the
    // indexes write out what they hold in memory: asked first, they are left alone.
    let open = "SELECT TRUE FROM failure WHERE input_id = ?1 AND record = ?2 AND mended IS NULL";
    if !db
        .prepare_cached(open)?
        .exists(params![input, record as i64])?
    {
        return Ok(());
    }
    db.prepare_cached(
        "UPDATE failure SET mended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
         WHERE input_id = ?1 AND record = ?2 AND mended IS NULL",
    )?
    .execute(params![input, record as i64])?;
    Ok(())
}

/// Counts a record that was passed over on purpose.
pub(crate) fn skip(db: &Connection, input: i64, reason: &str) -> Result<(), ArchiveError> {
    db.prepare_cached(
        "INSERT INTO skipped VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET records = records + 1",
    )?
    .execute(params![input, reason])?;
    Ok(())
}

impl Archive {
    /// Everything that failed and was not mended, in the order in which it did.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn failures(&self) -> Result<Vec<Failure>, ArchiveError> {
        let mut all = self.db.prepare_cached(
            "SELECT f.id, i.place, f.record, f.place, f.stage, f.reason, f.at
             FROM failure f JOIN input i ON i.id = f.input_id WHERE f.mended IS NULL ORDER BY f.id",
        )?;
        Ok(all.query_map([], Failure::of)?.collect::<Result<_, _>>()?)
    }
}

/// The records of an input that failed and were not mended, by number.
pub(crate) fn failed_records(db: &Connection, input: i64) -> Result<Vec<u64>, ArchiveError> {
    let mut all = db.prepare_cached(
        "SELECT DISTINCT record FROM failure
         WHERE input_id = ?1 AND mended IS NULL ORDER BY record",
    )?;
    let rows = all.query_map([input], |row| Ok(row.get::<_, i64>(0)? as u64))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The input at a place, if the ledger has it.
pub(crate) fn input_at(db: &Connection, place: &str) -> Result<Option<i64>, ArchiveError> {
    let mut find = db.prepare_cached("SELECT id FROM input WHERE place = ?1")?;
    Ok(find.query_row([place], |row| row.get(0)).optional()?)
}
