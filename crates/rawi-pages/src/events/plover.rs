//! Events as PLOVER records: those that `rawi export` writes, with the same ids.

use std::collections::HashMap;

use rawi::reading::Id;
use rawi_archive::events::EventHit;
use rawi_archive::{Archive, ArchiveError};
use rawi_export::plover;

/// Finds the records of events; those of one article mostly follow one another.
pub(super) struct Records<'a> {
    archive: &'a Archive,
    /// The wording of an article that was looked into last, and the records of its events.
    version: i64,
    known: HashMap<Id, String>,
}

impl<'a> Records<'a> {
    pub fn of(archive: &'a Archive) -> Self {
        Self {
            archive,
            version: 0,
            known: HashMap::new(),
        }
    }

    /// The record of an event.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn record(&mut self, hit: &EventHit) -> Result<&str, ArchiveError> {
        let version = hit.article.version;
        if version != self.version {
            let item = self.archive.item(version)?;
            self.known = item.map_or_else(HashMap::new, |item| plover::by_event(&item.reading));
            self.version = version;
        }
        let id = hit.event.id;
        let record = self.known.get(&id).map(String::as_str);
        record.ok_or_else(|| {
            ArchiveError::Invalid(format!("the reading of {version} has no event {id}"))
        })
    }
}
