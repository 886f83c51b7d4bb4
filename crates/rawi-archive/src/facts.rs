//! The few numbers that are told at the head of everything.

use rusqlite::OptionalExtension as _;
use serde::Serialize;

use crate::{Archive, ArchiveError};

/// What an archive is, in a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Facts {
    /// How many articles it has.
    pub articles: u64,
    /// From how many outlets.
    pub outlets: u64,
    /// The day of the oldest with a day that isn't doubtful, `YYYY-MM-DD` or `YYYY-MM`.
    pub since: Option<String>,
    /// When something was taken in last, in RFC 3339.
    pub last: Option<String>,
}

impl Archive {
    /// What this archive is, in a line. It takes no longer the larger the archive is, but
    /// for a count of rows.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn facts(&self) -> Result<Facts, ArchiveError> {
        let db = &self.db;
        let number = |sql: &str| -> Result<u64, rusqlite::Error> {
            Ok(db
                .prepare_cached(sql)?
                .query_row([], |row| row.get::<_, i64>(0))?
                .unsigned_abs())
        };
        let text = |sql: &str| -> Result<Option<String>, rusqlite::Error> {
            let found = db
                .prepare_cached(sql)?
                .query_row([], |row| row.get(0))
                .optional()?;
            Ok(found.flatten())
        };
        Ok(Facts {
            articles: number("SELECT count(*) FROM document")?,
            outlets: number("SELECT count(*) FROM outlet")?,
            since: text(
                "SELECT published FROM version
                 WHERE id >= 1 << 32 AND published_doubt IS NULL ORDER BY id LIMIT 1",
            )?,
            last: text("SELECT noted FROM capture ORDER BY id DESC LIMIT 1")?,
        })
    }

    /// Lets `enough` be asked now and then while the archive is busy with a question: if it
    /// says so, the question ends with an error. For whoever must answer in time.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn give_up_when(
        &mut self,
        enough: impl FnMut() -> bool + Send + 'static,
    ) -> Result<(), ArchiveError> {
        /// Steps of the database between two questions: well below a millisecond.
        const STEPS: i32 = 20_000;
        Ok(self.db.progress_handler(STEPS, Some(enough))?)
    }
}
