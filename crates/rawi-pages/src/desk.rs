//! What a page may ask: an archive, what searches it, and the engine.

use rawi::{Reader, Worker};
use rawi_archive::search::Searcher;
use rawi_archive::{Archive, ArchiveError, Facts};

use crate::problem::Problem;
use crate::search::Summaries;

/// What a page may ask. One a thread; pages write nothing.
pub struct Desk<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// What searches it.
    pub searcher: Searcher<'a>,
    /// What reads texts.
    pub worker: Worker,
    /// What was found out last, and of which state of the archive.
    facts: Option<(i64, Facts)>,
    /// What was counted of the last questions.
    pub(crate) summaries: Summaries,
}

impl<'a> Desk<'a> {
    /// A desk over an archive.
    ///
    /// # Errors
    ///
    /// If the build was given a broken model file.
    pub fn new(archive: &'a Archive, reader: &Reader) -> Result<Self, ArchiveError> {
        Ok(Self {
            archive,
            searcher: Searcher::new(archive)?,
            worker: reader.worker(),
            facts: None,
            summaries: Summaries::default(),
        })
    }

    /// What the head of every page says of the archive.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn facts(&mut self) -> Result<Facts, Problem> {
        let changes = self.archive.changes()?;
        if let Some((of, facts)) = &self.facts
            && *of == changes
        {
            return Ok(facts.clone());
        }
        let facts = self.archive.facts()?;
        self.facts = Some((changes, facts.clone()));
        Ok(facts)
    }
}
