//! How much somebody says, where, and from when to when.

use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::decide::list;
use super::group::{candidate, group, root};
use crate::{Archive, ArchiveError};

/// The article of a first or last statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Occasion {
    /// The statement.
    pub statement: i64,
    /// Its id in the reading.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^h?s[1-9][0-9]*$")))]
    pub local: String,
    /// The wording of the article in which it stands.
    pub version: i64,
    /// The day of the article, or its month.
    pub published: String,
}

/// How much somebody says in current articles.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sayings {
    /// How many statements.
    pub statements: u64,
    /// In how many articles.
    pub articles: u64,
    /// Of how many outlets.
    pub outlets: u64,
    /// The first with a day that isn't in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Occasion>,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Occasion>,
}

impl Archive {
    /// Who stands for an entity: itself, or the one that it was merged into. None if the
    /// archive has no such entity.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn standing_for(&self, id: i64) -> Result<Option<i64>, ArchiveError> {
        let root = root(&self.db, id)?;
        Ok(candidate(&self.db, root)?.map(|c| c.id))
    }

    /// How much an entity's group says.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn sayings(&self, id: i64) -> Result<Sayings, ArchiveError> {
        let db = &self.db;
        let all = list(&group(db, id)?);
        let mut find = db.prepare_cached(
            "SELECT count(*), count(DISTINCT s.version_id), count(DISTINCT d.outlet_id)
             FROM statement s JOIN version v ON v.id = s.version_id
             JOIN document d ON d.id = v.document_id AND d.current_id = v.id
             WHERE s.speaker_id IN (SELECT value FROM json_each(?1))",
        )?;
        let number = |n: i64| n.unsigned_abs();
        let mut sayings = find.query_row([&all], |row| {
            Ok(Sayings {
                statements: number(row.get(0)?),
                articles: number(row.get(1)?),
                outlets: number(row.get(2)?),
                first: None,
                last: None,
            })
        })?;
        sayings.first = occasion(db, &all, "ASC")?;
        sayings.last = occasion(db, &all, "DESC")?;
        Ok(sayings)
    }
}

fn occasion(db: &Connection, all: &str, order: &str) -> Result<Option<Occasion>, ArchiveError> {
    let mut find = db.prepare_cached(&format!(
        "SELECT s.id, s.local, s.version_id, v.published
         FROM statement s JOIN version v ON v.id = s.version_id
         JOIN document d ON d.id = v.document_id AND d.current_id = v.id
         WHERE s.speaker_id IN (SELECT value FROM json_each(?1)) AND s.id >= 1 << 32
           AND v.published IS NOT NULL AND v.published_doubt IS NULL
         ORDER BY s.id {order} LIMIT 1"
    ))?;
    let found = find.query_row([all], |row| {
        Ok(Occasion {
            statement: row.get(0)?,
            local: row.get(1)?,
            version: row.get(2)?,
            published: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}
