//! One article into the archive: everything of it, in the transaction that is open.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ArchiveError;
use crate::document::outlet_key;
use crate::entities::Linker;
use crate::index::{self, DAY, Entry};
use crate::prepare::{Dating, Prepared, Read};
use crate::rows::{self, EventRow, Ids, StatementPlace, StatementRow};

/// The time of writing, as SQL.
const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";

/// What became of an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kept {
    /// A document of its own.
    New,
    /// Another version of a document.
    Version,
    /// The archive has this wording already.
    Known,
}

/// Where an article comes from in the ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Origin {
    pub input: i64,
    pub record: u64,
}

/// Writes articles. What it remembers of the archive holds as long as nobody else writes;
/// it forgets everything when somebody did.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// The state of the file when something was last remembered of it.
    seen: Option<i64>,
    counters: BTreeMap<&'static str, i64>,
    engines: HashMap<String, i64>,
    outlets: HashMap<String, i64>,
    linker: Linker,
}

impl Writer {
    /// Does `work` in one transaction, all of it or nothing.
    pub fn together<T>(
        &mut self,
        db: &Connection,
        work: impl FnOnce(&mut Self) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.begin(db).and_then(|()| work(self)).and_then(|done| {
            self.finish(db)?;
            db.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            // The database may have done so itself; nothing is lost either way.
            let _ = db.execute_batch("ROLLBACK");
            *self = Self::default();
        }
        done
    }

    fn begin(&mut self, db: &Connection) -> Result<(), ArchiveError> {
        let state = db.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if self.seen != Some(state) {
            *self = Self {
                seen: Some(state),
                ..Self::default()
            };
        }
        Ok(())
    }

    /// Keeps an article; gives its version's id and what became of it.
    pub fn write(
        &mut self,
        db: &Connection,
        origin: Origin,
        prepared: &Prepared,
    ) -> Result<(i64, Kept), ArchiveError> {
        let outlet = self.outlet(db, prepared.article.outlet.as_deref())?;
        let found = prepared.keys.find(db, &prepared.article.text)?;
        let document = match found {
            Some(document) => document,
            None => {
                db.prepare_cached("INSERT INTO document (outlet_id) VALUES (?1)")?
                    .execute([outlet])?;
                db.last_insert_rowid()
            }
        };
        prepared.keys.keep(db, document)?;
        let (version, kept) = match (same_wording(db, document, prepared)?, found) {
            (Some(version), _) => (version, Kept::Known),
            (None, Some(_)) => (self.version(db, document, outlet, prepared)?, Kept::Version),
            (None, None) => (self.version(db, document, outlet, prepared)?, Kept::New),
        };
        db.prepare_cached(&format!(
            "INSERT INTO capture (version_id, input_id, record, address, taken, noted)
             VALUES (?1, ?2, ?3, ?4, ?5, {NOW})"
        ))?
        .execute(params![
            version,
            origin.input,
            origin.record as i64,
            prepared.about.url,
            prepared.about.fetched,
        ])?;
        Ok((version, kept))
    }

    /// A new version of a document, which becomes the current one.
    fn version(
        &mut self,
        db: &Connection,
        document: i64,
        outlet: Option<i64>,
        prepared: &Prepared,
    ) -> Result<i64, ArchiveError> {
        let before: Option<i64> = db
            .prepare_cached("SELECT current_id FROM document WHERE id = ?1")?
            .query_row([document], |row| row.get(0))?;
        if let Some(before) = before {
            index::remove(db, before)?;
        }
        let id = self.next(db, "version", &prepared.dated)?;
        let (article, about, dated) = (&prepared.article, &prepared.about, &prepared.dated);
        db.prepare_cached(
            "INSERT INTO version (id, document_id, number, given_id, title, text, sha256, title_sha256,
               published, published_from, published_doubt, author, language, address)
             VALUES (?1, ?2, 1 + (SELECT count(*) FROM version WHERE document_id = ?2),
               ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            id,
            document,
            article.id,
            article.title,
            article.text,
            prepared.sha256,
            prepared.title_sha256,
            dated.date,
            dated.from,
            dated.doubt,
            about.author,
            about.language,
            about.canonical.as_ref().or(about.url.as_ref()),
        ])?;
        db.prepare_cached("UPDATE document SET current_id = ?2 WHERE id = ?1")?
            .execute([document, id])?;
        prepared.traits.keep(db, id, outlet)?;
        if let Ok(read) = &prepared.read {
            self.reading(db, (document, id), outlet, dated, read, &Earlier::new())?;
        }
        Ok(id)
    }

    /// Puts another reading in the place of what was read in a version, if anything was.
    /// Statements that stand where one stood before keep its id.
    pub fn replace(
        &mut self,
        db: &Connection,
        version: i64,
        outlet: Option<i64>,
        dated: &Dating,
        read: &Read,
    ) -> Result<(), ArchiveError> {
        let earlier = earlier(db, version)?;
        index::remove(db, version)?;
        for table in ["statement", "event", "appearance", "reading"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE version_id = ?1"))?
                .execute([version])?;
        }
        let (document, current): (i64, bool) = db
            .prepare_cached(
                "SELECT d.id, d.current_id = v.id FROM version v JOIN document d ON d.id = v.document_id
                 WHERE v.id = ?1",
            )?
            .query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.reading(db, (document, version), outlet, dated, read, &earlier)?;
        if !current {
            index::remove(db, version)?;
        }
        Ok(())
    }

    /// What was read in a document's version of which nothing is kept yet.
    fn reading(
        &mut self,
        db: &Connection,
        (document, version): (i64, i64),
        outlet: Option<i64>,
        dated: &Dating,
        read: &Read,
        earlier: &Earlier,
    ) -> Result<(), ArchiveError> {
        let engine = self.engine(db, &read.reading.engine)?;
        db.prepare_cached(&format!(
            "INSERT INTO reading (version_id, engine_id, made, json) VALUES (?1, ?2, {NOW}, ?3)"
        ))?
        .execute(params![version, engine, read.packed])?;
        db.prepare_cached("INSERT OR IGNORE INTO arrival (version_id) VALUES (?1)")?
            .execute([version])?;
        let ids = self.entities(db, (document, version), read)?;
        let mut entry = Entry {
            version,
            outlet,
            terms: &read.terms,
            statements: Vec::new(),
            events: Vec::new(),
        };
        for event in rows::events(&read.reading) {
            let row = EventRow::of(event, &ids)?;
            row.write(db, self.next(db, "event", dated)?, version)?;
            entry.events.push((event.statement, row));
        }
        for statement in rows::statements(&read.reading) {
            let row = StatementRow::of(statement, &ids)?;
            let id = match earlier.get(&row.place()) {
                Some(id) => *id,
                None => self.next(db, "statement", dated)?,
            };
            row.write(db, id, version)?;
            entry.statements.push((id, statement.id, row));
        }
        entry.put(db)
    }

    /// The entities of a reading with their ids in the archive; the headline's that are
    /// the text's have the same.
    fn entities(
        &mut self,
        db: &Connection,
        (document, version): (i64, i64),
        read: &Read,
    ) -> Result<Ids, ArchiveError> {
        let mut ids = Ids::new();
        let mut keep = db.prepare_cached("INSERT INTO appearance VALUES (?1, ?2, ?3)")?;
        let headline = read.reading.headline.iter();
        let all = read.reading.entities.iter();
        for entity in all.chain(headline.flat_map(|h| &h.entities)) {
            let same = entity.same_as.and_then(|id| ids.get(&id).copied());
            let id = match same {
                Some(id) => id,
                None => self.linker.link(db, document, entity)?,
            };
            let name = self.linker.name(db, id, entity)?;
            keep.execute(params![version, entity.id.to_string(), name])?;
            ids.insert(entity.id, id);
        }
        Ok(ids)
    }

    /// The next id of a kind on a day.
    fn next(
        &mut self,
        db: &Connection,
        kind: &'static str,
        dated: &Dating,
    ) -> Result<i64, ArchiveError> {
        let last = match self.counters.get(kind) {
            Some(last) => *last,
            None => db
                .prepare_cached("SELECT value FROM property WHERE name = ?1")?
                .query_row([format!("last {kind}")], |row| row.get(0))
                .optional()?
                .unwrap_or(0),
        };
        let next = last + 1;
        if next >= 1 << DAY {
            return Err(ArchiveError::Invalid(format!(
                "the archive is full: it has four thousand million {kind}s"
            )));
        }
        self.counters.insert(kind, next);
        Ok(dated.rank() << DAY | next)
    }

    /// Keeps how far ids are given.
    fn finish(&mut self, db: &Connection) -> Result<(), ArchiveError> {
        let mut keep = db.prepare_cached("INSERT OR REPLACE INTO property VALUES (?1, ?2)")?;
        for (kind, last) in &self.counters {
            keep.execute(params![format!("last {kind}"), last])?;
        }
        Ok(())
    }

    fn engine(&mut self, db: &Connection, name: &str) -> Result<i64, ArchiveError> {
        if let Some(id) = self.engines.get(name) {
            return Ok(*id);
        }
        db.execute("INSERT OR IGNORE INTO engine (name) VALUES (?1)", [name])?;
        let id = db.query_row("SELECT id FROM engine WHERE name = ?1", [name], |row| {
            row.get(0)
        })?;
        self.engines.insert(name.to_owned(), id);
        Ok(id)
    }

    fn outlet(&mut self, db: &Connection, name: Option<&str>) -> Result<Option<i64>, ArchiveError> {
        let Some(name) = name.map(str::trim).filter(|n| !n.is_empty()) else {
            return Ok(None);
        };
        let folded = outlet_key(name);
        if let Some(id) = self.outlets.get(&folded) {
            return Ok(Some(*id));
        }
        let insert = "INSERT OR IGNORE INTO outlet (name, folded) VALUES (?1, ?2)";
        db.execute(insert, [name, &folded])?;
        let find = "SELECT id FROM outlet WHERE folded = ?1";
        let id = db.query_row(find, [&folded], |row| row.get(0))?;
        self.outlets.insert(folded, id);
        Ok(Some(id))
    }
}

/// The ids of the statements that a version has had, by their places.
type Earlier = BTreeMap<StatementPlace, i64>;

fn earlier(db: &Connection, version: i64) -> Result<Earlier, ArchiveError> {
    let mut all =
        db.prepare_cached("SELECT id, local, starts, ends FROM statement WHERE version_id = ?1")?;
    let rows = all.query_map([version], |row| {
        let local: String = row.get(1)?;
        let place = (local.starts_with('h'), row.get(2)?, row.get(3)?);
        Ok((place, row.get(0)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The version of a document with this title and text.
fn same_wording(
    db: &Connection,
    document: i64,
    prepared: &Prepared,
) -> Result<Option<i64>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT id FROM version WHERE document_id = ?1 AND sha256 = ?2 AND title_sha256 IS ?3
         ORDER BY number DESC LIMIT 1",
    )?;
    let wording = params![document, prepared.sha256, prepared.title_sha256];
    Ok(find.query_row(wording, |row| row.get(0)).optional()?)
}
