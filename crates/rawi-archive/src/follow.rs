//! Queries that somebody follows: what they match that was not there before.
//!
//! News is what came into the archive since it was last told, whatever day it is of: an
//! article of last year that arrives today is news, and an article that is read anew is
//! none. Of a later version only those statements are told that the versions before, as
//! far as they had been told, did not have. What stands in no current version any more is
//! not told.
//!
//! [`Archive::news`] tells and changes nothing; [`Archive::told`] remembers, once the
//! output has reached its place. Whoever is interrupted in between tells it again.

use std::collections::BTreeSet;

use rawi_text::fold;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::export::Item;
use crate::query::Query;
use crate::search::{Scope, Searcher};
use crate::{Archive, ArchiveError};

/// The longest name, in bytes.
const LONGEST: usize = 200;

/// A query that somebody follows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Follow {
    /// Its name.
    pub name: String,
    /// The query, as it was written.
    pub query: String,
    /// When it was added, in RFC 3339.
    pub made: String,
    /// Up to which arrival of the archive its news were told.
    #[serde(skip)]
    pub seen: i64,
    /// When news were last told.
    pub ran: Option<String>,
}

/// What [`Archive::news`] has told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct News {
    /// How many statements.
    pub statements: u64,
    /// The arrival up to which they go; [`Archive::told`] takes it.
    pub until: i64,
}

impl Archive {
    /// The queries that are followed, by name.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn follows(&self) -> Result<Vec<Follow>, ArchiveError> {
        let mut all = self
            .db
            .prepare("SELECT name, query, made, seen, ran FROM follow ORDER BY name")?;
        let rows = all.query_map([], follow)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The query that is followed under a name.
    ///
    /// # Errors
    ///
    /// If there is none of this name.
    pub fn followed(&self, name: &str) -> Result<Follow, ArchiveError> {
        let mut find = self
            .db
            .prepare("SELECT name, query, made, seen, ran FROM follow WHERE name = ?1")?;
        let found = find.query_row([name], follow).optional()?;
        found.ok_or_else(|| {
            ArchiveError::Asked(format!(
                "nothing is followed under the name {name:?}; `rawi follow list` tells the names"
            ))
        })
    }

    /// Follows a query: from now on, or with all that is there already.
    ///
    /// # Errors
    ///
    /// If it is no query, asks for an entity that the archive doesn't have, or the name is
    /// taken.
    pub fn follow(&mut self, name: &str, query: &str, all: bool) -> Result<(), ArchiveError> {
        let asked = |what: String| Err(ArchiveError::Asked(what));
        if name.trim().is_empty() || name.len() > LONGEST || name.chars().any(char::is_control) {
            return asked(format!(
                "{name:?} is no name: write one line of up to {LONGEST} bytes"
            ));
        }
        let parsed = Query::parse(query).map_err(ArchiveError::Query)?;
        Searcher::new(self)?.understand(&parsed)?;
        let added = self.db.execute(
            "INSERT INTO follow (name, query, made, seen)
             SELECT ?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
               CASE WHEN ?3 THEN 0 ELSE (SELECT coalesce(max(number), 0) FROM arrival) END
             WHERE NOT EXISTS (SELECT 1 FROM follow WHERE name = ?1)",
            params![name, query, all],
        )?;
        match added {
            0 => asked(format!(
                "another query is followed under the name {name:?}; `rawi follow remove` ends that"
            )),
            _ => Ok(()),
        }
    }

    /// Follows a query no longer.
    ///
    /// # Errors
    ///
    /// If there is none of this name.
    pub fn unfollow(&mut self, name: &str) -> Result<(), ArchiveError> {
        self.followed(name)?;
        self.db
            .execute("DELETE FROM follow WHERE name = ?1", [name])?;
        Ok(())
    }

    /// Calls `each` with what is new for a query, in the order of an export; of each item
    /// only the statements that are new are left.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, the query has no meaning any more, or what `each`
    /// gives.
    pub fn news(
        &self,
        follow: &Follow,
        mut each: impl FnMut(&Item) -> Result<(), ArchiveError>,
    ) -> Result<News, ArchiveError> {
        let query = Query::parse(&follow.query).map_err(ArchiveError::Query)?;
        let state = self.db.unchecked_transaction()?;
        let last = "SELECT coalesce(max(number), 0) FROM arrival";
        let mut news = News {
            statements: 0,
            until: self.db.query_row(last, [], |row| row.get(0))?,
        };
        if news.until <= follow.seen {
            return Ok(news);
        }
        let is_new = |statement: i64| -> Result<bool, ArchiveError> {
            let mut find = self.db.prepare_cached(
                "SELECT a.number > ?2 FROM statement s JOIN arrival a ON a.version_id = s.version_id
                 WHERE s.id = ?1",
            )?;
            let found = find.query_row(params![statement, follow.seen], |row| row.get(0));
            Ok(found.optional()? == Some(true))
        };
        self.export_some(&query, Scope::Statements, is_new, |item| {
            let mut item = item.clone();
            let before = self.said_before(&item, follow.seen)?;
            if !before.is_empty() {
                let new = item.said().filter(|s| !before.contains(&key(&item, s)));
                let new = new.map(|s| s.statement.id).collect();
                item.keep(&new);
            }
            let statements = item.said().count();
            if statements == 0 {
                return Ok(());
            }
            news.statements += statements as u64;
            each(&item)
        })?;
        state.finish()?;
        Ok(news)
    }

    /// Remembers that the news of a query were told up to an arrival.
    ///
    /// # Errors
    ///
    /// If the archive cannot be written, or somebody else told them meanwhile.
    pub fn told(&mut self, follow: &Follow, until: i64) -> Result<(), ArchiveError> {
        let changed = self.db.execute(
            "UPDATE follow SET seen = ?3, ran = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
             WHERE name = ?1 AND seen = ?2",
            params![follow.name, follow.seen, until],
        )?;
        match changed {
            0 => Err(ArchiveError::Asked(format!(
                "another run has told the news of {:?} at the same time, or it was removed",
                follow.name
            ))),
            _ => Ok(()),
        }
    }

    /// When a version was first met, in RFC 3339.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn noted(&self, version: i64) -> Result<Option<String>, ArchiveError> {
        let mut find = self
            .db
            .prepare_cached("SELECT min(noted) FROM capture WHERE version_id = ?1")?;
        Ok(find.query_row([version], |row| row.get(0))?)
    }

    /// What the other versions of an article that had arrived by then say.
    fn said_before(&self, item: &Item, seen: i64) -> Result<BTreeSet<Key>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT v.id FROM version v JOIN arrival a ON a.version_id = v.id
             WHERE v.document_id = ?1 AND v.id <> ?2 AND a.number <= ?3 ORDER BY v.id",
        )?;
        let rows = find.query_map(params![item.document, item.version, seen], |row| row.get(0))?;
        let versions: Vec<i64> = rows.collect::<Result<_, _>>()?;
        let mut keys = BTreeSet::new();
        for version in versions {
            if let Some(earlier) = self.item(version)? {
                keys.extend(earlier.said().map(|s| key(&earlier, &s)));
            }
        }
        Ok(keys)
    }
}

/// What two statements have in common that are the same: the words and the speaker.
type Key = (String, Option<i64>);

fn key(item: &Item, said: &crate::export::Said<'_>) -> Key {
    let words = fold(&said.statement.text());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let speaker = said.statement.speaker.as_ref();
    (
        words,
        speaker.and_then(|s| item.entities.get(&s.entity).copied()),
    )
}

fn follow(row: &Row<'_>) -> Result<Follow, rusqlite::Error> {
    Ok(Follow {
        name: row.get(0)?,
        query: row.get(1)?,
        made: row.get(2)?,
        seen: row.get(3)?,
        ran: row.get(4)?,
    })
}
