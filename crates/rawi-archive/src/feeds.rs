//! Addresses that are asked again and again, and pages that need not be.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::address::canonical;
use crate::document::key_of_address;
use crate::ledger::{InputKind, Stage};
use crate::{Archive, ArchiveError};

/// How long a page that failed is left alone at first, in seconds; then for twice as
/// long each time.
const FIRST: u64 = 900;

/// How often a page is asked for before it is left alone for good.
const TRIES: u64 = 10;

/// What the archive knows of a page by its address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// Nothing, or it failed and may be tried again.
    Wanted,
    /// It failed, and may be tried again later.
    Later,
    /// It has it, or will never have it.
    Settled,
}

impl Archive {
    /// What is remembered of an address that is polled, in the form in which it was
    /// given to [`Archive::remember_feed`].
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn feed<T: DeserializeOwned>(&self, address: &str) -> Result<Option<T>, ArchiveError> {
        let mut find = self
            .db
            .prepare_cached("SELECT state FROM feed WHERE address = ?1")?;
        let state: Option<String> = find.query_row([address], |row| row.get(0)).optional()?;
        // Of another form it tells nothing: the address is polled as if it were new.
        Ok(state.and_then(|state| serde_json::from_str(&state).ok()))
    }

    /// Remembers where an address that is polled stands.
    ///
    /// # Errors
    ///
    /// If the file cannot be written, or if the state is none that JSON can hold.
    pub fn remember_feed<T: Serialize>(
        &self,
        address: &str,
        state: &T,
    ) -> Result<(), ArchiveError> {
        let state =
            serde_json::to_string(state).map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        self.db
            .prepare_cached("INSERT OR REPLACE INTO feed VALUES (?1, ?2)")?
            .execute([address, &state])?;
        Ok(())
    }

    /// Whether the page at an address is to be asked for. `now` is in seconds since
    /// 1970.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn page(&self, address: &str, now: u64) -> Result<Page, ArchiveError> {
        if let Some(canonical) = canonical(address) {
            let mut find = self
                .db
                .prepare_cached("SELECT 1 FROM document_key WHERE key = ?1")?;
            if find.exists(params![key_of_address(&canonical)])? {
                return Ok(Page::Settled);
            }
        }
        let mut find = self.db.prepare_cached(
            "SELECT i.state, CAST(strftime('%s', i.ended) AS INTEGER),
               (SELECT count(*) FROM failure f WHERE f.input_id = i.id)
             FROM input i WHERE i.place = ?1 AND i.kind = 'page'",
        )?;
        let found = find.query_row([address], |row| {
            let ended = row.get::<_, Option<i64>>(1)?.unwrap_or_default();
            Ok((
                row.get::<_, String>(0)?,
                u64::try_from(ended).unwrap_or_default(),
                row.get::<_, i64>(2)?,
            ))
        });
        Ok(match found.optional()? {
            Some((state, ..)) if state == "done" => Page::Settled,
            Some((state, ended, tries)) if state == "failed" => {
                let tries = u64::try_from(tries).unwrap_or_default().max(1);
                let next = ended + (FIRST << (tries - 1).min(TRIES));
                match (tries >= TRIES, now >= next) {
                    (true, _) => Page::Settled,
                    (false, true) => Page::Wanted,
                    (false, false) => Page::Later,
                }
            }
            _ => Page::Wanted,
        })
    }
}

/// What an input of this kind failed in, if it failed as a whole.
pub(crate) fn stage(db: &Connection, input: i64) -> Result<Stage, ArchiveError> {
    let mut find = db.prepare_cached("SELECT kind FROM input WHERE id = ?1")?;
    let kind: String = find.query_row([input], |row| row.get(0))?;
    let network = [InputKind::Page, InputKind::Feed, InputKind::Sitemap];
    Ok(if network.iter().any(|k| k.name() == kind) {
        Stage::Fetch
    } else {
        Stage::Open
    })
}

#[cfg(test)]
mod tests {
    use rawi_input::{Place, Problem};

    use super::*;
    use crate::Mode;
    use crate::ledger::{self, Given};

    const ADDRESS: &str = "https://nahr.example/news/1";

    fn archive() -> (tempfile::TempDir, Archive) {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::open(folder.path().join("a.rawi"), Mode::Create).unwrap();
        (folder, archive)
    }

    #[test]
    fn feeds_are_remembered() {
        let (_folder, archive) = archive();
        assert_eq!(archive.feed::<u64>(ADDRESS).unwrap(), None);
        archive.remember_feed(ADDRESS, &7u64).unwrap();
        archive.remember_feed(ADDRESS, &8u64).unwrap();
        assert_eq!(archive.feed::<u64>(ADDRESS).unwrap(), Some(8));
        assert_eq!(archive.feed::<String>(ADDRESS).unwrap(), None);
    }

    #[test]
    fn pages_that_fail_are_tried_less_and_less() {
        let (_folder, archive) = archive();
        let now = || {
            let now = "SELECT CAST(strftime('%s', 'now') AS INTEGER)";
            archive
                .db
                .query_row(now, [], |row| row.get::<_, i64>(0))
                .unwrap() as u64
        };
        assert_eq!(archive.page(ADDRESS, now()).unwrap(), Page::Wanted);
        let given = Given {
            place: ADDRESS.into(),
            kind: InputKind::Page,
            size: None,
            modified: None,
        };
        for attempt in 0..TRIES {
            let id = ledger::register(&archive.db, &given).unwrap().id;
            assert_eq!(archive.page(ADDRESS, now()).unwrap(), Page::Wanted);
            let stage = stage(&archive.db, id).unwrap();
            assert_eq!(stage, Stage::Fetch);
            let problem = Problem::new(Place::file(ADDRESS), "no connection");
            ledger::fail(&archive.db, id, 1, stage, &problem, None).unwrap();
            ledger::end(&archive.db, id, Some("no connection")).unwrap();
            let (early, late) = (now() + 800, now() + (FIRST << attempt) + 10);
            let last = attempt + 1 == TRIES;
            let wait = if last { Page::Settled } else { Page::Later };
            assert_eq!(archive.page(ADDRESS, early).unwrap(), wait, "{attempt}");
            let then = if last { Page::Settled } else { Page::Wanted };
            assert_eq!(archive.page(ADDRESS, late).unwrap(), then, "{attempt}");
        }
        let id = ledger::register(&archive.db, &given).unwrap().id;
        ledger::end(&archive.db, id, None).unwrap();
        assert_eq!(archive.page(ADDRESS, now()).unwrap(), Page::Settled);
    }

    #[test]
    fn a_feed_says_what_is_wrong_with_it_once() {
        let (_folder, archive) = archive();
        let given = Given {
            place: "https://nahr.example/rss".into(),
            kind: InputKind::Feed,
            size: None,
            modified: None,
        };
        let poll = |wrong: &[u64]| {
            let id = ledger::register(&archive.db, &given).unwrap().id;
            for record in wrong {
                let place = Place {
                    record: Some(*record),
                    ..Place::file(given.place.clone())
                };
                let problem = Problem::new(place, "has no link");
                ledger::fail(&archive.db, id, *record, Stage::Parse, &problem, None).unwrap();
            }
            ledger::end(&archive.db, id, None).unwrap();
            let all = "SELECT count(*) FROM failure";
            let all: i64 = archive.db.query_row(all, [], |row| row.get(0)).unwrap();
            (archive.failures().unwrap().len(), all)
        };
        assert_eq!(poll(&[3, 7]), (2, 2));
        assert_eq!(poll(&[3, 7]), (2, 2));
        assert_eq!(poll(&[7]), (1, 2));
        assert_eq!(poll(&[]), (0, 2));
        assert_eq!(poll(&[3]), (1, 2));
    }
}
