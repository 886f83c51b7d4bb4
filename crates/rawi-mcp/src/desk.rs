//! What one thread answers from: the archive, opened for reading, and what looks into it.

use rawi::Worker;
use rawi_archive::Archive;
use rawi_archive::quotes::Checker;
use rawi_archive::search::Searcher;

use crate::answer::Problem;

/// Everything that a tool may use.
pub struct Desk<'a> {
    pub archive: &'a Archive,
    pub searcher: Searcher<'a>,
    pub checker: Checker<'a>,
    pub worker: Worker,
}

impl<'a> Desk<'a> {
    /// A desk at an archive.
    pub fn new(archive: &'a Archive) -> Result<Self, Problem> {
        let broken = |e: rawi::Error| Problem::new(e.to_string(), "this build of rawi is broken");
        Ok(Self {
            archive,
            searcher: Searcher::new(archive)?,
            checker: Checker::new(archive)?,
            worker: rawi::Reader::new().map_err(broken)?.worker(),
        })
    }
}
