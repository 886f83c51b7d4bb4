//! Which files inputs come to, for whoever keeps account of each.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::explain;
use crate::problem::{Place, Problem};
use crate::sniff;
use crate::walk::{self, Next, Walk};

/// A file that is to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Where it lies, as it was named; `-` is standard input.
    pub path: PathBuf,
    /// Its path as seen from the current folder, without detours: the same however it is
    /// named.
    pub id: String,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// When it was last changed, in nanoseconds since 1970 in UTC.
    pub modified: Option<i64>,
}

/// What named files and folders come to.
#[derive(Debug)]
pub enum Named {
    /// A file.
    File(File),
    /// Something to tell: files of a folder that are of no kind that is read.
    Remark(Problem),
    /// What cannot be read.
    Failed(Problem),
}

/// The files of inputs, in order.
#[derive(Debug)]
pub struct Files {
    walk: Walk,
}

impl Files {
    pub(crate) fn of(walk: Walk) -> Self {
        Self { walk }
    }
}

impl Iterator for Files {
    type Item = Named;

    fn next(&mut self) -> Option<Named> {
        loop {
            return Some(match self.walk.next()? {
                Next::StandardInput => Named::File(File {
                    path: PathBuf::from("-"),
                    id: "stdin".into(),
                    size: None,
                    modified: None,
                }),
                Next::File(path) => Named::File(file(path)),
                Next::Passed(_, 0) => continue,
                Next::Passed(folder, passed) => Named::Remark(self::passed(&folder, passed)),
                Next::Nothing(folder) => Named::Failed(nothing(&folder)),
                Next::Failed(path, e) => {
                    let place = Place::file(path.display().to_string());
                    Named::Failed(Problem::new(place, explain(&e)))
                }
            });
        }
    }
}

fn file(path: PathBuf) -> File {
    let meta = fs::metadata(&path).ok();
    let modified = meta.as_ref().and_then(|m| m.modified().ok());
    let since = modified.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    File {
        id: walk::name(&path).id,
        size: meta.as_ref().filter(|m| m.is_file()).map(fs::Metadata::len),
        modified: since.and_then(|d| i64::try_from(d.as_nanos()).ok()),
        path,
    }
}

/// That files of a folder were passed over.
pub(crate) fn passed(folder: &Path, passed: u64) -> Problem {
    let files = if passed == 1 { "file is" } else { "files are" };
    let text = format!(
        "{passed} {files} of no kind that is read ({})",
        sniff::KNOWN.join(", ")
    );
    Problem::new(Place::file(folder.display().to_string()), text)
}

/// That a folder has nothing to read.
pub(crate) fn nothing(folder: &Path) -> Problem {
    let text = format!(
        "is a folder without any file that is read ({}, also with .gz)",
        sniff::KNOWN.join(", ")
    );
    Problem::new(Place::file(folder.display().to_string()), text)
}
