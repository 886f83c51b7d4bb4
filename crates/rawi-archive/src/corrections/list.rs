//! Corrections listed, the newest first.

use rusqlite::{OptionalExtension as _, params};
use serde::Serialize;

use super::record::{self, About, Correction, Part};
use crate::{Archive, ArchiveError};

/// Which corrections are listed.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct WhichCorrections {
    /// Only those that nobody undid, and no undoings.
    pub standing: bool,
    /// Only those of a version's document.
    pub version: Option<i64>,
    /// Only those behind this one, as a page before gave it.
    pub cursor: Option<i64>,
    /// How many at most.
    pub limit: usize,
}

/// Some corrections, and where it goes on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CorrectionPage {
    /// The corrections, the newest first.
    pub corrections: Vec<Correction>,
    /// The cursor of the next page, if there is one.
    pub next: Option<i64>,
}

impl Archive {
    /// Lists corrections, the newest first.
    ///
    /// # Errors
    ///
    /// If one is not as it must be.
    pub fn corrections(&self, which: &WhichCorrections) -> Result<CorrectionPage, ArchiveError> {
        let most = which.limit as i64 + 1;
        let mut corrections = record::read(
            &self.db,
            "JOIN version v ON v.id = c.version_id
             WHERE (?1 IS NULL OR c.id < ?1)
               AND (?2 IS NULL OR v.document_id = (SELECT document_id FROM version WHERE id = ?2))
               AND (NOT ?3 OR (c.undone_by IS NULL AND c.what ->> 'kind' <> 'undo'))
             ORDER BY c.id DESC LIMIT ?4",
            &[&which.cursor, &which.version, &which.standing, &most],
        )?;
        let more = corrections.len() > which.limit;
        corrections.truncate(which.limit);
        let next = corrections.last().filter(|_| more).map(|c| c.id);
        Ok(CorrectionPage { corrections, next })
    }

    /// All that was ever said of a version's text and title, the earliest first.
    ///
    /// # Errors
    ///
    /// If a correction is not as it must be.
    pub fn corrections_of(&self, version: i64) -> Result<Vec<Correction>, ArchiveError> {
        super::judged::of_version(&self.db, version)
    }

    /// One correction.
    ///
    /// # Errors
    ///
    /// If there is none of this number.
    pub fn correction_numbered(&self, number: i64) -> Result<Correction, ArchiveError> {
        record::one(&self.db, number)
    }

    /// The current version of the article that inputs name so.
    ///
    /// # Errors
    ///
    /// If there is none, or there are several.
    pub fn current_version(&self, given_id: &str) -> Result<i64, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT DISTINCT d.current_id FROM version v JOIN document d ON d.id = v.document_id
             WHERE v.given_id = ?1 ORDER BY 1",
        )?;
        let rows = find.query_map([given_id], |row| row.get(0))?;
        let all: Vec<i64> = rows.collect::<Result<_, _>>()?;
        match all[..] {
            [one] => Ok(one),
            [] => Err(ArchiveError::Asked(format!(
                "{given_id}: the archive has no article of this id"
            ))),
            _ => Err(ArchiveError::Asked(format!(
                "{given_id}: {} articles of the archive have this id",
                all.len()
            ))),
        }
    }

    /// How inputs name the article of a version.
    ///
    /// # Errors
    ///
    /// If there is no such version.
    pub fn given_id(&self, version: i64) -> Result<String, ArchiveError> {
        let mut find = self
            .db
            .prepare_cached("SELECT given_id FROM version WHERE id = ?1")?;
        let found = find.query_row([version], |row| row.get(0)).optional()?;
        found.ok_or_else(|| ArchiveError::Asked(format!("the archive has no version {version}")))
    }

    /// The id in the reading of what a correction is about, if it is read where it was.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn corrected_local(&self, one: &Correction) -> Result<Option<String>, ArchiveError> {
        if one.spot.about == About::Article {
            return Ok(None);
        }
        let headline = one.spot.part == Part::Headline;
        let sql = format!(
            "SELECT local FROM {} WHERE version_id = ?1 AND starts = ?2 AND ends = ?3
               AND (local LIKE 'h%') = ?4 ORDER BY id LIMIT 1",
            one.spot.about.name()
        );
        let given = params![one.version, one.spot.starts, one.spot.ends, headline];
        let mut find = self.db.prepare_cached(&sql)?;
        Ok(find.query_row(given, |row| row.get(0)).optional()?)
    }
}
