//! Texts of another archive taken into this one: all of them, or what is left of them.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rawi::Reader;
use rawi_input::{Place, Problem, Record};
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};
use sha2::{Digest as _, Sha256};

use crate::stored::Stored;
use crate::{Archive, ArchiveError, Given, Input, InputKind, Mode, Tally, Told};

/// How many texts are taken at a time.
const PAGE: usize = 256;

impl Archive {
    /// Takes everything of another archive into this one: each text is read anew, what is
    /// here already stays what it is. Decisions about entities and corrections are taken
    /// over; one about somebody or a text that isn't here is told.
    ///
    /// # Errors
    ///
    /// If there is no other archive, if it is this one, or if this one cannot be written.
    pub fn merge(
        &mut self,
        other: &Path,
        reader: &Reader,
        threads: usize,
        stop: &AtomicBool,
        mut tell: impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let path = other;
        let other = Archive::open(path, Mode::Read)?;
        let id: String = other.property("id")?.unwrap_or_default();
        if self.property("id")?.as_ref() == Some(&id) {
            return Err(ArchiveError::Asked(
                "an archive cannot be merged with itself, nor with a copy of it".into(),
            ));
        }
        let trouble = Trouble::default();
        let texts = Texts::of(other, trouble.clone());
        let input = Input {
            given: given(&id),
            open: Box::new(move || Box::new(texts)),
        };
        let tally = self.ingest(reader, threads, vec![input], stop, &mut tell)?;
        if let Some(e) = trouble.take() {
            return Err(e);
        }
        if !stop.load(Ordering::Relaxed) {
            let other = Archive::open(path, Mode::Read)?;
            let mut left = self.adopt(&other.db)?;
            left.extend(self.adopt_corrections(&other.db)?);
            for problem in left {
                let place = Place::file(path.display().to_string());
                tell(Told::Remark(&Problem::new(place, problem)));
            }
        }
        Ok(tally)
    }

    /// Saves what is left of a damaged archive into a new one: every text that can still
    /// be had, from the front and from the back, and whose hash is right. Gives what was
    /// saved, and how many stretches of the file could not be read.
    ///
    /// # Errors
    ///
    /// If the new one exists already or cannot be written, or if nothing can be had.
    pub fn salvage(
        from: &Path,
        to: &Path,
        reader: &Reader,
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<(Tally, u64), ArchiveError> {
        if to.exists() {
            return Err(ArchiveError::Asked(format!(
                "{}: there is a file of this name; nothing is replaced",
                to.display()
            )));
        }
        if !from.exists() {
            return Err(ArchiveError::Missing(from.to_owned()));
        }
        let db = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        // A file that is too short is refused as a whole otherwise.
        db.pragma_update(None, "writable_schema", true)?;
        let (left, lost) = Left::of(db)?;
        let mut archive = Archive::open(to, Mode::Create)?;
        let input = Input {
            given: given(&from.display().to_string()),
            open: Box::new(move || Box::new(left)),
        };
        let tally = archive.ingest(reader, threads, vec![input], stop, |_| {})?;
        Ok((tally, lost))
    }
}

/// How the ledger knows another archive.
fn given(id: &str) -> Given {
    Given {
        place: format!("archive {id}"),
        kind: InputKind::Archive,
        size: None,
        modified: None,
    }
}

/// What went wrong on the thread that hands out texts.
#[derive(Clone, Default)]
struct Trouble(Arc<Mutex<Option<ArchiveError>>>);

impl Trouble {
    fn put(&self, e: ArchiveError) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(e);
    }

    fn take(&self) -> Option<ArchiveError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The texts of an archive as records.
struct Texts {
    archive: Archive,
    last: i64,
    page: VecDeque<Stored>,
    trouble: Trouble,
}

impl Texts {
    fn of(archive: Archive, trouble: Trouble) -> Self {
        Self {
            archive,
            last: -1,
            page: VecDeque::new(),
            trouble,
        }
    }
}

impl Iterator for Texts {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.page.is_empty() {
            match Stored::behind(&self.archive.db, self.last, PAGE, "TRUE", &[]) {
                Ok(page) => self.page = page.into(),
                Err(e) => {
                    self.trouble.put(e);
                    return None;
                }
            }
        }
        let stored = self.page.pop_front()?;
        self.last = stored.id;
        let captured = captured(&self.archive.db, stored.id);
        match captured.map(|captured| record(stored, captured)) {
            Ok(record) => Some(record),
            Err(e) => {
                self.trouble.put(e);
                None
            }
        }
    }
}

/// Where a version was first met, at which address, and when it was had.
type Captured = (Place, Option<String>, Option<String>);

fn captured(db: &Connection, version: i64) -> Result<Captured, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT i.place, c.record, c.address, c.taken FROM capture c JOIN input i ON i.id = c.input_id
         WHERE c.version_id = ?1 ORDER BY c.id LIMIT 1",
    )?;
    let found = find.query_row([version], |row| {
        let place = Place {
            record: Some(row.get::<_, i64>(1)? as u64),
            ..Place::file(row.get::<_, String>(0)?)
        };
        Ok((place, row.get(2)?, row.get(3)?))
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// A text as an input would give it.
fn record(stored: Stored, (place, url, fetched): Captured) -> Record {
    let mut about = stored.about;
    about.canonical = about.url.take();
    about.url = url;
    about.fetched = fetched;
    Record::Article {
        bytes: stored.article.text.len() as u64,
        article: stored.article,
        about: Box::new(about),
        place,
    }
}

/// The texts of a damaged archive that can still be had.
struct Left {
    db: Connection,
    ids: VecDeque<i64>,
}

impl Left {
    /// Finds what can be had, and counts the stretches that cannot.
    fn of(db: Connection) -> Result<(Self, u64), ArchiveError> {
        let mut ids = VecDeque::new();
        let mut lost = 0;
        // A reading from either end stops at the damage.
        let front = walk(
            &db,
            "SELECT id FROM version WHERE id > ?1 ORDER BY id LIMIT 1",
            i64::MIN,
            i64::MAX,
        );
        ids.extend(front.0);
        if let Some(e) = front.1 {
            lost += 1;
            let last = ids.back().copied().unwrap_or(i64::MIN);
            let back = "SELECT id FROM version WHERE id < ?1 ORDER BY id DESC LIMIT 1";
            let back = walk(&db, back, i64::MAX, last);
            ids.extend(back.0.into_iter().rev());
            if ids.is_empty() {
                return Err(ArchiveError::Invalid(format!(
                    "no text can be had any more ({e}): take the last backup"
                )));
            }
        }
        Ok((Self { db, ids }, lost))
    }

    fn text(&self, id: i64) -> Result<Option<Record>, ArchiveError> {
        let mut page = Stored::behind(&self.db, id - 1, 1, "v.id = ?3", &[&id])
            .or_else(|_| Stored::alone(&self.db, id))?;
        let Some(stored) = page.pop() else {
            return Ok(None);
        };
        if Sha256::digest(&stored.article.text)[..] != stored.sha256[..] {
            return Err(ArchiveError::Damaged("its hash is another".into()));
        }
        let captured = captured(&self.db, id).unwrap_or_default();
        Ok(Some(record(stored, captured)))
    }
}

/// The ids that a query leads to, one from the other, up to one that is known; and what
/// stopped it.
fn walk(db: &Connection, sql: &str, from: i64, to: i64) -> (Vec<i64>, Option<ArchiveError>) {
    let mut ids = Vec::new();
    let mut at = from;
    let found = (|| -> Result<(), ArchiveError> {
        let mut next = db.prepare(sql)?;
        while let Some(id) = next.query_row([at], |row| row.get(0)).optional()? {
            if id == to {
                break;
            }
            ids.push(id);
            at = id;
        }
        Ok(())
    })();
    (ids, found.err())
}

impl Iterator for Left {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let id = self.ids.pop_front()?;
            match self.text(id) {
                Ok(Some(record)) => return Some(record),
                Ok(None) => {}
                Err(e) => {
                    let place = Place::file(format!("version {id}"));
                    return Some(Record::Failed(Problem::new(place, e.to_string())));
                }
            }
        }
    }
}
