//! What can be wrong with an archive, and what to do about it.

use std::fmt;
use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why something could not be done with an archive.
#[derive(Debug)]
#[non_exhaustive]
pub enum ArchiveError {
    /// There is no such file.
    Missing(PathBuf),
    /// The file is no archive.
    Foreign(PathBuf),
    /// The file was written by a later version of the program.
    Newer {
        /// Its format.
        found: u32,
        /// The latest format that this program knows.
        known: u32,
    },
    /// Another process is writing the archive.
    Busy,
    /// The answer took longer than it may, and was given up.
    Late,
    /// The disk is full; nothing of what was written last is kept.
    Full,
    /// The file, or the folder around it, may not be written.
    ReadOnly,
    /// The file is damaged.
    Damaged(String),
    /// Something in the archive is not as it must be.
    Invalid(String),
    /// Something was asked for that is not there, or is said in a way that has no
    /// meaning.
    Asked(String),
    /// A query that the archive cannot answer.
    Query(crate::query::QueryError),
    /// A file beside the archive could not be read or written.
    Io(std::io::Error),
    /// Anything else that the database says.
    Database(rusqlite::Error),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(
                f,
                "{}: no such archive; `rawi ingest` makes one",
                path.display()
            ),
            Self::Foreign(path) => {
                write!(f, "{}: not an archive of rawi", path.display())
            }
            Self::Newer { found, known } => write!(
                f,
                "the archive has format {found}, and this rawi knows formats up to {known}: use a newer rawi"
            ),
            Self::Busy => f.write_str(
                "another process is writing the archive; wait until it is done, or stop it",
            ),
            Self::Late => f.write_str("the answer took too long, and was given up"),
            Self::Full => f.write_str(
                "the disk is full: free some of it, also to read an archive; what was written before is kept, and the same command goes on from there",
            ),
            Self::ReadOnly => {
                f.write_str("the archive may not be written; mind the rights of the file and of its folder")
            }
            Self::Damaged(what) => write!(
                f,
                "the archive is damaged ({what}); `rawi backup --salvage` saves what is left of it"
            ),
            Self::Invalid(what) | Self::Asked(what) => f.write_str(what),
            Self::Query(e) => e.fmt(f),
            Self::Io(e) => e.fmt(f),
            Self::Database(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for ArchiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Query(e) => Some(e),
            Self::Io(e) => Some(e),
            Self::Database(e) => Some(e),
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(e: rusqlite::Error) -> Self {
        /// The index of the log could not be made larger: nothing else is said of a full disk
        /// where an archive is opened.
        const NO_ROOM: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
        if e.sqlite_error().is_some_and(|e| e.extended_code == NO_ROOM) {
            return Self::Full;
        }
        match e.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::OperationInterrupted) => Self::Late,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(e.to_string()),
            Some(ErrorCode::NotADatabase) => Self::Foreign(PathBuf::new()),
            _ => Self::Database(e),
        }
    }
}

impl From<crate::query::QueryError> for ArchiveError {
    fn from(e: crate::query::QueryError) -> Self {
        Self::Query(e)
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(e: std::io::Error) -> Self {
        match e.kind() {
            std::io::ErrorKind::StorageFull => Self::Full,
            _ => Self::Io(e),
        }
    }
}
