//! The file itself: made, opened, and what it says about itself.

use std::cell::Cell;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, TransactionBehavior};

use crate::memory::{Memory, State, Tables, watch_number};
use crate::schema::{self, APPLICATION};
use crate::{ArchiveError, FORMAT};

/// Bytes of a page of a new file.
const PAGE: u32 = 8192;

/// How large the write-ahead log stays once it has been copied, in bytes.
const JOURNAL: i64 = 64 << 20;

/// How much of the file is kept in memory, in KiB.
const CACHE: i64 = 64 << 10;

/// How many articles are written in one transaction, if nobody says otherwise.
const BATCH: usize = 1000;

/// How long to wait for somebody else's short transaction.
const PATIENCE: Duration = Duration::from_secs(10);

/// An archive that is open.
#[derive(Debug)]
pub struct Archive {
    pub(crate) db: Connection,
    path: PathBuf,
    /// How many articles are written in one transaction.
    pub(crate) batch: usize,
    /// The number of its connection.
    pub(crate) watch: u64,
    /// What it knows by itself.
    pub(crate) own: Tables,
    /// What it shares with others.
    pub(crate) shared: Option<Arc<Memory>>,
    /// The state that it is held at, in terms of what is shared.
    pub(crate) held: Cell<Option<State>>,
}

/// How an archive is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// For asking; nothing is written.
    Read,
    /// For writing; the file must be there.
    Write,
    /// For writing; made if it is not there.
    Create,
}

impl Archive {
    /// Opens the archive at a path. An earlier format is brought up to date when it is
    /// opened for writing, and refused otherwise.
    ///
    /// # Errors
    ///
    /// If there is none, if the file is something else, or written by a later version,
    /// or may not be read or written.
    pub fn open(path: impl Into<PathBuf>, mode: Mode) -> Result<Self, ArchiveError> {
        let path = path.into();
        if path.is_dir() {
            return Err(ArchiveError::Foreign(path));
        }
        if mode != Mode::Create && !path.exists() {
            return Err(ArchiveError::Missing(path));
        }
        let connected = connect(&path, mode).and_then(|db| Ok((is_foreign(&db)?, db)));
        let connected = match connected {
            Err(ArchiveError::Database(e)) if mode == Mode::Read && cannot_open(&e) => {
                connect_unchanging(&path).and_then(|db| Ok((is_foreign(&db)?, db)))
            }
            connected => connected,
        };
        let mut db = match connected {
            Ok((false, db)) => db,
            Ok((true, _)) | Err(ArchiveError::Foreign(_)) => {
                return Err(ArchiveError::Foreign(path));
            }
            Err(e) => return Err(e),
        };
        let found = schema::format(&db)?;
        if found > FORMAT {
            return Err(ArchiveError::Newer {
                found,
                known: FORMAT,
            });
        }
        if mode == Mode::Read {
            if found == 0 {
                return Err(ArchiveError::Foreign(path));
            }
            if found < FORMAT {
                return Err(ArchiveError::Invalid(format!(
                    "{}: the archive has the earlier format {found}; `rawi compact` brings it up to date",
                    path.display()
                )));
            }
        } else {
            if found == 0 {
                db.pragma_update(None, "page_size", PAGE)?;
                db.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
            }
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "journal_size_limit", JOURNAL)?;
            schema::migrate(&mut db)?;
        }
        let archive = Self {
            db,
            path,
            batch: BATCH,
            watch: watch_number(),
            own: Tables::default(),
            shared: None,
            held: Cell::new(None),
        };
        if mode != Mode::Read {
            archive.name_it()?;
        }
        Ok(archive)
    }

    /// Writes so many articles in one transaction, at least one. Many are faster; what an
    /// interruption costs is read again.
    #[must_use]
    pub fn with_batch(mut self, articles: usize) -> Self {
        self.batch = articles.max(1);
        self
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database, for whoever wants to look into its tables; `schema/` says what
    /// stands in them.
    pub fn database(&self) -> &Connection {
        &self.db
    }

    /// Changes the archive: all that `change` does, or nothing.
    pub(crate) fn change<T>(
        &mut self,
        change: impl FnOnce(&Connection) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let under_way = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change(&under_way)?;
        under_way.commit()?;
        Ok(changed)
    }

    /// A property that the archive keeps about itself.
    pub(crate) fn property<T: rusqlite::types::FromSql>(
        &self,
        name: &str,
    ) -> Result<Option<T>, ArchiveError> {
        let mut find = self
            .db
            .prepare_cached("SELECT value FROM property WHERE name = ?1")?;
        Ok(find.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Gives a new archive its name and its day of birth.
    fn name_it(&self) -> Result<(), ArchiveError> {
        if self.property::<String>("id")?.is_some() {
            return Ok(());
        }
        self.db.execute_batch(
            "BEGIN IMMEDIATE;
             INSERT OR IGNORE INTO property VALUES ('id', lower(hex(randomblob(16))));
             INSERT OR IGNORE INTO property VALUES ('made', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'));
             COMMIT;",
        )?;
        Ok(())
    }
}

fn connect(path: &Path, mode: Mode) -> Result<Connection, ArchiveError> {
    let writable = OpenOptions::new().write(true).open(path).is_ok();
    let access = match mode {
        // Whoever may write puts the log away when it is closed; nothing else is written.
        Mode::Read if !writable => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Read | Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    // The library would open a file for reading only without a word.
    if mode != Mode::Read && path.exists() && !writable {
        return Err(ArchiveError::ReadOnly);
    }
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).map_err(|e| {
        if cannot_open(&e) && mode != Mode::Read {
            ArchiveError::ReadOnly
        } else {
            e.into()
        }
    })?;
    prepare(db)
}

fn cannot_open(e: &rusqlite::Error) -> bool {
    e.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen)
}

/// Opens a file in a folder where nothing may be written, so that there can be no log
/// beside it: nobody can change it while it is read.
fn connect_unchanging(path: &Path) -> Result<Connection, ArchiveError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|m| m.len() > 0) {
        return Err(ArchiveError::Invalid(format!(
            "{}: part of the archive still stands in its log, and the folder may not be written: copy both files elsewhere",
            path.display()
        )));
    }
    let mut url = String::from("file:");
    for byte in std::path::absolute(path)?.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                url.push(char::from(*byte));
            }
            byte => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    prepare(Connection::open_with_flags(url, flags)?)
}

fn prepare(db: Connection) -> Result<Connection, ArchiveError> {
    db.busy_timeout(PATIENCE)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -CACHE)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.set_prepared_statement_cache_capacity(128);
    // Otherwise every new value of a parameter has its statement prepared anew, to look
    // whether another plan would be better for it.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(db)
}

/// Whether the file is a database of something else, or none at all.
fn is_foreign(db: &Connection) -> Result<bool, ArchiveError> {
    let id = db.pragma_query_value(None, "application_id", |row| row.get::<_, u32>(0));
    match id {
        Ok(APPLICATION) => Ok(false),
        Ok(_) => {
            let objects = "SELECT count(*) FROM sqlite_schema";
            Ok(db.query_row(objects, [], |row| row.get::<_, i64>(0))? > 0)
        }
        Err(e) => Err(e.into()),
    }
}
