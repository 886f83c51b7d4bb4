//! Texts that the archive has, read once more.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use rawi::Reader;
use rawi_input::{Place, Problem, fault, pool};
use rusqlite::ToSql;

use crate::document::outlet_key;
use crate::ingest::{Input, Order, Part};
use crate::ledger::{self, Stage};
use crate::prepare::{Dating, Preparer, Read};
use crate::stored::Stored;
use crate::write::Writer;
use crate::{Archive, ArchiveError, Mode, Tally, Told};

/// How many texts are taken at a time: no query stays open while they are read.
const PAGE: usize = 256;

/// Which texts are read once more.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Which {
    /// Only those that could not be read.
    pub failed: bool,
    /// Only those whose reading an engine before this version made, `0.2.0`.
    pub older_than: Option<String>,
    /// Only those of this outlet.
    pub outlet: Option<String>,
}

/// What was read once more, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Reread {
    /// Readings that took the place of others.
    pub read: u64,
    /// Texts that could not be read.
    pub failed: u64,
}

/// A text with what was read in it, or why nothing was.
type Again = (Stored, Result<(Dating, Read), String>);

impl Archive {
    /// Reads texts of the archive once more, each reading in the place of the one before.
    /// Statements that stand where they stood keep their ids. `progress` gets how many are
    /// done, and of how many.
    ///
    /// # Errors
    ///
    /// If a version is none, if there is no such outlet, or if the archive cannot be
    /// written.
    pub fn reread(
        &mut self,
        reader: &Reader,
        threads: usize,
        which: &Which,
        stop: &AtomicBool,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Reread, ArchiveError> {
        let engines = self.engines_before(which.older_than.as_deref())?;
        let outlet = which.outlet.as_deref().map(outlet_key);
        if let (Some(folded), Some(name)) = (&outlet, &which.outlet) {
            let known = "SELECT count(*) FROM outlet WHERE folded = ?1";
            let known: i64 = self.db.query_row(known, [folded], |row| row.get(0))?;
            if known == 0 {
                let problem = format!("{name}: the archive has no outlet of this name");
                return Err(ArchiveError::Asked(problem));
            }
        }
        let condition = "(?3 IS NULL OR o.folded = ?3) AND (NOT ?4 OR r.version_id IS NULL)
             AND (?5 IS NULL OR r.version_id IS NULL
               OR r.engine_id IN (SELECT value FROM json_each(?5)))";
        let parameters: [&(dyn ToSql + Sync); 3] = [&outlet, &which.failed, &engines];
        let count = format!(
            "SELECT count(*) FROM version v JOIN document d ON d.id = v.document_id
             LEFT JOIN outlet o ON o.id = d.outlet_id LEFT JOIN reading r ON r.version_id = v.id
             WHERE ?1 = ?2 AND {condition}"
        );
        let all: i64 = self.db.query_row(
            &count,
            rusqlite::params![0, 0, outlet, which.failed, engines],
            |row| row.get(0),
        )?;
        let mut done = Reread::default();
        let mut writer = Writer::default();
        let mut waiting: Vec<Again> = Vec::new();
        drop(Preparer::new(reader.worker())?);
        let texts = Archive::open(self.path(), Mode::Read)?;
        // What the thread that hands out texts has to say at its end.
        let mut trouble = None;
        let failed = &mut trouble;
        let (db, batch) = (&self.db, self.batch);
        let mut write = |waiting: &mut Vec<Again>, done: &mut Reread| -> Result<(), ArchiveError> {
            let written = writer.together(db, |writer| put(db, writer, waiting, done));
            waiting.clear();
            written
        };
        pool::run(
            threads,
            move |give| {
                let parameters: Vec<&dyn ToSql> =
                    parameters.iter().map(|p| *p as &dyn ToSql).collect();
                let mut last = -1;
                loop {
                    let page = match Stored::behind(&texts.db, last, PAGE, condition, &parameters) {
                        Ok(page) => page,
                        Err(e) => {
                            *failed = Some(e);
                            return;
                        }
                    };
                    let Some(end) = page.last() else {
                        return;
                    };
                    last = end.id;
                    for stored in page {
                        let weight = stored.article.text.len() as u64;
                        if stop.load(Ordering::Relaxed) || !give(stored, weight) {
                            return;
                        }
                    }
                }
            },
            || {
                let mut preparer = Preparer::new(reader.worker());
                move |stored: Stored| {
                    let read = fault::guarded(|| match &mut preparer {
                        Ok(preparer) => preparer.again(&stored.article, &stored.about),
                        Err(e) => Err(e.to_string()),
                    });
                    if read.is_err() {
                        preparer = Preparer::new(reader.worker());
                    }
                    (stored, read.and_then(|r| r))
                }
            },
            |one| {
                waiting.push(one);
                if waiting.len() >= batch {
                    write(&mut waiting, &mut done)?;
                    progress(done.read + done.failed, all as u64);
                }
                Ok::<(), ArchiveError>(())
            },
        )?;
        if let Some(e) = trouble {
            return Err(e);
        }
        write(&mut waiting, &mut done)?;
        progress(done.read + done.failed, all as u64);
        self.tidy()?;
        Ok(done)
    }

    /// Tries the records that failed once more. `inputs` are those of the ledger's
    /// failures that can be opened; everything else about them is left as it is.
    ///
    /// # Errors
    ///
    /// As [`Archive::ingest`].
    pub fn retry<'a>(
        &mut self,
        reader: &Reader,
        threads: usize,
        inputs: Vec<Input<'a>>,
        stop: &AtomicBool,
        tell: impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let mut again = Vec::new();
        for input in inputs {
            let Some((id, records)) = self.failed_in(&input.given.place)? else {
                continue;
            };
            again.push(Order {
                id,
                part: Part::Only(records),
                input,
            });
        }
        self.carry_out(reader, threads, again, Tally::default(), stop, tell)
    }

    /// The ids, as JSON, of the engines before a version.
    fn engines_before(&self, version: Option<&str>) -> Result<Option<String>, ArchiveError> {
        let Some(version) = version else {
            return Ok(None);
        };
        let Some(limit) = numbers(version) else {
            return Err(ArchiveError::Asked(format!(
                "{version} is no version of the engine: write it like {}",
                env!("CARGO_PKG_VERSION")
            )));
        };
        let mut all = self.db.prepare("SELECT id, name FROM engine ORDER BY id")?;
        let rows = all.query_map([], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut before = Vec::new();
        for row in rows {
            let (id, name) = row?;
            let made_by = name.split_whitespace().nth(1).and_then(numbers);
            if made_by.is_none_or(|v| v < limit) {
                before.push(id);
            }
        }
        Ok(Some(format!("{before:?}")))
    }

    /// The input at a place with its records that failed.
    fn failed_in(&self, place: &str) -> Result<Option<(i64, BTreeSet<u64>)>, ArchiveError> {
        let Some(input) = ledger::input_at(&self.db, place)? else {
            return Ok(None);
        };
        let records: BTreeSet<u64> = ledger::failed_records(&self.db, input)?
            .into_iter()
            .collect();
        Ok((!records.is_empty()).then_some((input, records)))
    }
}

/// Writes readings.
fn put(
    db: &rusqlite::Connection,
    writer: &mut Writer,
    all: &[Again],
    done: &mut Reread,
) -> Result<(), ArchiveError> {
    for (stored, read) in all {
        match read {
            Ok((dated, read)) => {
                writer.replace(db, stored.id, stored.outlet_id, dated, read)?;
                db.prepare_cached(
                    "UPDATE failure SET mended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
                     WHERE version_id = ?1 AND mended IS NULL",
                )?
                .execute([stored.id])?;
                done.read += 1;
            }
            // The earlier reading, if there is one, stays.
            Err(why) => {
                let origin = "SELECT input_id, record FROM capture WHERE version_id = ?1 ORDER BY id LIMIT 1";
                let (input, record) = db
                    .prepare_cached(origin)?
                    .query_row([stored.id], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
                let problem = Problem::new(Place::file(stored.article.id.as_str()), why.as_str());
                ledger::fail(
                    db,
                    input,
                    record as u64,
                    Stage::Read,
                    &problem,
                    Some(stored.id),
                )?;
                done.failed += 1;
            }
        }
    }
    Ok(())
}

/// The numbers of a version, `0.12.1`.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}
