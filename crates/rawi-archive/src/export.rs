//! Everything that matches a query handed out article by article, in a stable order and
//! in bounded memory.
//!
//! What is asked is what [`Searcher`] is asked, so that exports have exactly as many rows
//! as a count tells. They are in order of ids: by the day of publication, the oldest first
//! (those without a day before all others), and then in the order of arrival. All of one
//! export is of one state of the archive, whoever writes it meanwhile.

mod annotation;
mod item;
mod line;

use std::collections::BTreeSet;

use rawi::reading::Id;
use rusqlite::{OptionalExtension as _, params};

use crate::query::Query;
use crate::search::{Scope, Searcher};
use crate::{Archive, ArchiveError};

pub use annotation::context;
pub use item::{Item, Said};

impl Archive {
    /// Calls `each` with all that matches a query: of articles with the whole reading, of
    /// statements with the readings of their articles without other statements.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, the query asks for an entity that it doesn't have, or
    /// what `each` gives.
    pub fn export(
        &self,
        query: &Query,
        scope: Scope,
        each: impl FnMut(&Item) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let state = self.db.unchecked_transaction()?;
        self.export_some(query, scope, |_| Ok(true), each)?;
        state.finish()?;
        Ok(())
    }

    /// The same for those ids that `wanted` takes.
    pub(crate) fn export_some(
        &self,
        query: &Query,
        scope: Scope,
        wanted: impl Fn(i64) -> Result<bool, ArchiveError>,
        mut each: impl FnMut(&Item) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let mut searcher = Searcher::new(self)?;
        match scope {
            Scope::Articles => searcher.each_id(query, scope, |version| {
                if !wanted(version)? {
                    return Ok(());
                }
                let item = self.item(version)?;
                item.as_ref().map_or(Ok(()), &mut each)
            })?,
            Scope::Statements => {
                // Statements of one article mostly follow one another.
                let mut run: Option<(i64, BTreeSet<Id>)> = None;
                let mut give = |run: Option<(i64, BTreeSet<Id>)>| {
                    let Some((version, ids)) = run else {
                        return Ok(());
                    };
                    let Some(mut item) = self.item(version)? else {
                        return Ok(());
                    };
                    item.keep(&ids);
                    each(&item)
                };
                searcher.each_id(query, scope, |statement| {
                    if !wanted(statement)? {
                        return Ok(());
                    }
                    let (version, id) = self.statement_place(statement)?;
                    match &mut run {
                        Some((last, ids)) if *last == version => {
                            ids.insert(id);
                        }
                        _ => give(run.replace((version, BTreeSet::from([id]))))?,
                    }
                    Ok(())
                })?;
                give(run)?;
            }
        }
        Ok(())
    }

    /// A wording of an article with what was read in it; none if there is no such
    /// wording, or nothing was read in it.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, or something of it is damaged.
    pub fn item(&self, version: i64) -> Result<Option<Item>, ArchiveError> {
        Item::load(&self.db, version)
    }

    /// The wordings that have a text of this hash (SHA-256, lower-case hexadecimal), by
    /// number.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn versions_of_text(&self, given_id: &str, sha256: &str) -> Result<Vec<i64>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT id FROM version WHERE given_id = ?1 AND lower(hex(sha256)) = ?2 ORDER BY id",
        )?;
        let rows = find.query_map(params![given_id, sha256], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The URI of something in this archive, the same wherever the file lies: `statement`,
    /// `version`, `entity` and the like, and a number. `.invalid` belongs to nobody.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn uri(&self, kind: &str, number: &str) -> Result<String, ArchiveError> {
        let id: String = self.property("id")?.unwrap_or_default();
        let made: String = self.property("made")?.unwrap_or_default();
        let day = made.get(..10).unwrap_or("2026-01-01");
        Ok(format!("tag:{id}.rawi.invalid,{day}:{kind}/{number}"))
    }

    /// The version and the id in it of a statement.
    pub(crate) fn statement_place(&self, statement: i64) -> Result<(i64, Id), ArchiveError> {
        let mut find = self
            .db
            .prepare_cached("SELECT version_id, local FROM statement WHERE id = ?1")?;
        let found = find.query_row([statement], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
        });
        let Some((version, local)) = found.optional()? else {
            return Err(ArchiveError::Invalid(format!(
                "the index has statement {statement}, which is not there; `rawi compact --rebuild-index` makes it anew"
            )));
        };
        let id = local
            .parse()
            .map_err(|e| ArchiveError::Invalid(format!("{local} is no id of a statement: {e}")))?;
        Ok((version, id))
    }
}
