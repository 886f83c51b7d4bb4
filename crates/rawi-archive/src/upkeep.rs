//! What keeps an archive in order: numbers about it, copies of it, and room that is
//! given back.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use serde::Serialize;

use crate::entities;
use crate::index::{Entry, INDEXES};
use crate::prepare::Terms;
use crate::stored::Stored;
use crate::terms::Analyzer;
use crate::{Archive, ArchiveError, FORMAT, Mode, pack};

/// Pages of an index that one step of merging may write: a larger one would keep the
/// write lock for seconds and swell the log.
const MERGE: i64 = 64;

/// Free pages given back to the system in one step.
const GIVE_BACK: u32 = 256;

/// Pages that one step of a copy takes.
const COPY: i32 = 512;

/// Numbers about an archive.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Info {
    /// What names the archive, in hexadecimal.
    pub id: String,
    /// When it was made, in RFC 3339.
    pub made: String,
    /// Its format.
    pub format: u32,
    /// Size of the file in bytes, its log included.
    pub bytes: u64,
    /// Of these, bytes that hold nothing any more.
    pub free_bytes: u64,
    /// Bytes of all texts.
    pub text_bytes: u64,
    /// Articles of one outlet.
    pub documents: u64,
    /// Wordings of these.
    pub versions: u64,
    /// Occasions on which they were met.
    pub captures: u64,
    /// Stories: copies and near copies count as one.
    pub stories: u64,
    /// Outlets.
    pub outlets: u64,
    /// Statements of all versions.
    pub statements: u64,
    /// Events of all versions.
    pub events: u64,
    /// Entities.
    pub entities: u64,
    /// The first and the last day of publication, `YYYY-MM-DD`.
    pub days: Option<(String, String)>,
    /// Documents without a date.
    pub dateless: u64,
    /// Engines with the number of readings that each has made, by name.
    pub engines: Vec<(String, u64)>,
    /// Inputs by their state.
    pub inputs: Vec<(String, u64)>,
    /// Records that failed and were not mended, by stage.
    pub failures: Vec<(String, u64)>,
    /// Records that were passed over on purpose, by reason.
    pub skipped: Vec<(String, u64)>,
}

impl Archive {
    /// Numbers about the archive.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn info(&self) -> Result<Info, ArchiveError> {
        let db = &self.db;
        let number = |sql: &str| -> Result<u64, rusqlite::Error> {
            Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
        };
        let pairs = |sql: &str| -> Result<Vec<(String, u64)>, rusqlite::Error> {
            let mut all = db.prepare(sql)?;
            let rows = all.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
            rows.collect()
        };
        let page: u64 = number("PRAGMA page_size")?;
        let size = |suffix: &str| {
            let mut name = self.path().as_os_str().to_owned();
            name.push(suffix);
            fs::metadata(name).map_or(0, |m| m.len())
        };
        let days = db.query_row(
            "SELECT min(v.published), max(v.published) FROM document d
             JOIN version v ON v.id = d.current_id WHERE v.published_doubt IS NULL",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(Info {
            id: self.property("id")?.unwrap_or_default(),
            made: self.property("made")?.unwrap_or_default(),
            format: FORMAT,
            bytes: size("") + size("-wal"),
            free_bytes: page * number("PRAGMA freelist_count")?,
            text_bytes: number("SELECT coalesce(sum(octet_length(text)), 0) FROM version")?,
            documents: number("SELECT count(*) FROM document")?,
            versions: number("SELECT count(*) FROM version")?,
            captures: number("SELECT count(*) FROM capture")?,
            stories: number("SELECT count(DISTINCT story_id) FROM version")?,
            outlets: number("SELECT count(*) FROM outlet")?,
            statements: number("SELECT count(*) FROM statement")?,
            events: number("SELECT count(*) FROM event")?,
            entities: number("SELECT count(*) FROM entity")?,
            days: match days {
                (Some(first), Some(last)) => Some((first, last)),
                _ => None,
            },
            dateless: number(
                "SELECT count(*) FROM document d JOIN version v ON v.id = d.current_id
                 WHERE v.id < 1 << 32",
            )?,
            engines: pairs(
                "SELECT e.name, count(*) FROM reading r JOIN engine e ON e.id = r.engine_id
                 GROUP BY e.name ORDER BY e.name",
            )?,
            inputs: pairs("SELECT state, count(*) FROM input GROUP BY state ORDER BY state")?,
            failures: pairs(
                "SELECT stage, count(*) FROM failure WHERE mended IS NULL GROUP BY stage ORDER BY stage",
            )?,
            skipped: pairs(
                "SELECT reason, sum(records) FROM skipped GROUP BY reason ORDER BY reason",
            )?,
        })
    }

    /// Copies the archive while others read and write it. The copy appears at its path
    /// when it is whole; nothing is replaced. `progress` gets pages that are left and all.
    ///
    /// # Errors
    ///
    /// If something is at the path already, or cannot be written there.
    pub fn backup(
        &self,
        to: &Path,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<(), ArchiveError> {
        if to.exists() {
            return Err(ArchiveError::Asked(format!(
                "{}: there is a file of this name; nothing is replaced",
                to.display()
            )));
        }
        let mut part = to.as_os_str().to_owned();
        part.push(".rawi-partial");
        let part = PathBuf::from(part);
        // What an interrupted copy left.
        remove(&part)?;
        let mut copy = Connection::open(&part)?;
        let copied = Backup::new(&self.db, &mut copy).and_then(|backup| {
            loop {
                let step = backup.step(COPY)?;
                let at = backup.progress();
                progress(at.remaining.max(0) as u64, at.pagecount.max(0) as u64);
                match step {
                    StepResult::Done => return Ok(()),
                    StepResult::More => {}
                    // Somebody writes: wait for the end of the transaction.
                    _ => std::thread::sleep(Duration::from_millis(20)),
                }
            }
        });
        let closed = copied.and_then(|()| {
            copy.pragma_update(None, "journal_mode", "DELETE")?;
            copy.close().map_err(|(_, e)| e)
        });
        if let Err(e) = closed {
            remove(&part)?;
            return Err(e.into());
        }
        fs::File::open(&part)?.sync_all()?;
        fs::rename(&part, to)?;
        // A copy that cannot be opened is none.
        Archive::open(to, Mode::Read).map(drop)
    }

    /// Merges the parts of the indexes and gives free room back to the system, in small
    /// steps, so that others can write in between. `progress` gets the number of steps.
    ///
    /// # Errors
    ///
    /// If the archive cannot be written.
    pub fn compact(&mut self, mut progress: impl FnMut(u64)) -> Result<(), ArchiveError> {
        let mut steps = 0;
        for index in INDEXES {
            // The first step with a negative number takes all parts of the index into one;
            // later ones go on with it.
            let mut pages = -MERGE;
            loop {
                let before = self.db.total_changes();
                let merge = format!("INSERT INTO {index} ({index}, rank) VALUES ('merge', ?1)");
                self.db.execute(&merge, [pages])?;
                steps += 1;
                progress(steps);
                pages = MERGE;
                // The library's own sign that there was nothing to do.
                if self.db.total_changes() - before < 2 {
                    break;
                }
            }
        }
        loop {
            let free = "PRAGMA freelist_count";
            let before: i64 = self.db.query_row(free, [], |row| row.get(0))?;
            if before == 0 {
                break;
            }
            self.db
                .execute_batch(&format!("PRAGMA incremental_vacuum({GIVE_BACK})"))?;
            steps += 1;
            progress(steps);
            let after: i64 = self.db.query_row(free, [], |row| row.get(0))?;
            if after >= before {
                break;
            }
        }
        self.db.execute_batch("PRAGMA optimize")?;
        self.checkpoint()
    }

    /// Makes the indexes anew from the texts and their readings, all or nothing. `progress`
    /// gets how many versions are looked at, and how many there are.
    ///
    /// # Errors
    ///
    /// If a reading is damaged, or the archive cannot be written.
    pub fn rebuild_index(
        &mut self,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<(), ArchiveError> {
        const PAGE: usize = 256;
        let mut analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        let count = "SELECT count(*) FROM version";
        let all: i64 = self.db.query_row(count, [], |row| row.get(0))?;
        let change = self.db.transaction()?;
        for index in INDEXES {
            change.execute_batch(&format!(
                "INSERT INTO {index} ({index}) VALUES ('delete-all')"
            ))?;
        }
        let (mut last, mut done) = (-1, 0);
        loop {
            let page = Stored::behind(&change, last, PAGE, "TRUE", &[])?;
            let Some(end) = page.last() else { break };
            last = end.id;
            for stored in page.iter().filter(|s| s.current) {
                let Some(packed) = &stored.packed else {
                    continue;
                };
                let reading = pack::parse(packed, &stored.article.text)?;
                let terms = Terms::of(&mut analyzer, &stored.article, &reading);
                Entry::stored(&change, stored.id, stored.outlet_id, &reading, &terms)?
                    .put(&change)?;
            }
            done += page.len() as u64;
            progress(done, all as u64);
        }
        change.commit()?;
        Ok(())
    }

    /// What there is time for after writing: parts of the indexes merged, the log copied
    /// into the file.
    pub(crate) fn tidy(&mut self) -> Result<(), ArchiveError> {
        self.change(entities::call)?;
        for index in INDEXES {
            let merge = format!("INSERT INTO {index} ({index}, rank) VALUES ('merge', {MERGE})");
            self.db.execute_batch(&merge)?;
        }
        self.db.execute_batch("PRAGMA optimize")?;
        self.checkpoint()
    }

    /// Copies the log into the file, as far as nobody reads an earlier state.
    fn checkpoint(&self) -> Result<(), ArchiveError> {
        let busy: i64 = self
            .db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        // Whoever still reads hinders it, and the next one will do it.
        let _ = busy;
        Ok(())
    }
}

fn remove(path: &Path) -> Result<(), ArchiveError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
        _ => Ok(()),
    }
}
