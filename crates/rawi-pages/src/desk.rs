//! What a page may ask: an archive, what searches it, and the engine.

use std::sync::Arc;

use rawi::{Reader, Worker};
use rawi_archive::query::Query;
use rawi_archive::search::{Scope, Searcher};
use rawi_archive::{Archive, ArchiveError, Facts, Info, Kept};

use crate::problem::Problem;
use crate::search::{Summaries, Summary};

/// What desks over one archive note for one another.
#[derive(Default, Debug)]
pub struct Board {
    facts: Kept<Facts>,
    info: Kept<Info>,
    pub(crate) summaries: Summaries,
}

/// What a page may ask. One a thread; pages write nothing.
pub struct Desk<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// What searches it.
    pub searcher: Searcher<'a>,
    /// What reads texts.
    pub worker: Worker,
    /// What was found out last.
    pub(crate) board: Arc<Board>,
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
            board: Arc::default(),
        })
    }

    /// The same desk with what others note, whose archives share a memory with this one.
    #[must_use]
    pub fn at(mut self, board: &Arc<Board>) -> Self {
        self.board = Arc::clone(board);
        self
    }

    /// What the head of every page says of the archive.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn facts(&mut self) -> Result<Facts, Problem> {
        let state = self.archive.state()?;
        let facts = self.board.facts.get(state, || self.archive.facts())?;
        Ok(Facts::clone(&facts))
    }

    /// What the archive holds: counting all of it takes a while.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn info(&mut self) -> Result<Arc<Info>, Problem> {
        let state = self.archive.state()?;
        Ok(self.board.info.get(state, || self.archive.info())?)
    }

    /// Finds out what the first page and large questions need, so that nobody waits for it.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn get_ready(&mut self) -> Result<(), Problem> {
        let archive = self.archive;
        archive.at_once(|| {
            archive.get_ready()?;
            self.facts()?;
            Summary::of(self, &Query::default(), Scope::Statements).map(drop)
        })
    }
}
