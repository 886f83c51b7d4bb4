//! Which files are meant, and how they are called.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::desk::Name;
use crate::sniff::{KNOWN, ending};

/// What comes next of what was named.
pub(crate) enum Next {
    StandardInput,
    File(PathBuf),
    /// A folder that was read, with how many of its files were passed over.
    Passed(PathBuf, u64),
    /// A folder without any file that is read.
    Nothing(PathBuf),
    Failed(PathBuf, io::Error),
}

/// Goes over files and folders in order; the files of a folder come by name,
/// with those of the folders in it.
#[derive(Debug)]
pub(crate) struct Walk {
    named: VecDeque<PathBuf>,
    /// Folders that are being read, with what is left of each, last first.
    open: Vec<Vec<PathBuf>>,
    top: PathBuf,
    files: u64,
    passed: u64,
    leave_out: Option<PathBuf>,
}

impl Walk {
    pub fn new(named: Vec<PathBuf>, leave_out: Option<&Path>) -> Self {
        Walk {
            named: named.into(),
            open: Vec::new(),
            top: PathBuf::new(),
            files: 0,
            passed: 0,
            leave_out: leave_out.and_then(|p| p.canonicalize().ok()),
        }
    }

    fn open(&mut self, folder: &Path) -> io::Result<()> {
        let entries = fs::read_dir(folder)?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry?.path());
        }
        paths.sort_by(|a, b| b.cmp(a));
        self.open.push(paths);
        Ok(())
    }

    /// The next of the folders being read; `None` once they are done.
    fn inside(&mut self) -> Option<Next> {
        loop {
            let Some(path) = self.open.last_mut()?.pop() else {
                self.open.pop();
                if self.open.is_empty() {
                    return Some(self.closed());
                }
                continue;
            };
            if is_hidden(&path) || self.is_left_out(&path) {
                continue;
            }
            // A link to a folder could lead back here.
            let kind = match fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_symlink() => fs::metadata(&path).map(|m| (m.is_file(), false)),
                meta => meta.map(|m| (m.is_file(), m.is_dir())),
            };
            match kind {
                Ok((_, true)) => {
                    if let Err(e) = self.open(&path) {
                        return Some(Next::Failed(path, e));
                    }
                }
                Ok((true, _)) if is_known(&path) => {
                    self.files += 1;
                    return Some(Next::File(path));
                }
                Ok(_) => self.passed += 1,
                Err(e) => return Some(Next::Failed(path, e)),
            }
        }
    }

    fn closed(&mut self) -> Next {
        let (top, passed) = (std::mem::take(&mut self.top), self.passed);
        if self.files == 0 {
            Next::Nothing(top)
        } else {
            Next::Passed(top, passed)
        }
    }

    fn is_left_out(&self, path: &Path) -> bool {
        let Some(left_out) = &self.leave_out else {
            return false;
        };
        path.file_name() == left_out.file_name()
            && path.canonicalize().is_ok_and(|p| p == *left_out)
    }
}

impl Iterator for Walk {
    type Item = Next;

    fn next(&mut self) -> Option<Next> {
        if let Some(next) = self.inside() {
            return Some(next);
        }
        let path = self.named.pop_front()?;
        if path.as_os_str() == "-" {
            return Some(Next::StandardInput);
        }
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => {
                (self.files, self.passed) = (0, 0);
                self.top.clone_from(&path);
                match self.open(&path) {
                    Ok(()) => self.next(),
                    Err(e) => Some(Next::Failed(path, e)),
                }
            }
            Ok(_) => Some(Next::File(path)),
            Err(e) => Some(Next::Failed(path, e)),
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

fn is_known(path: &Path) -> bool {
    ending(&path.to_string_lossy()).is_some_and(|e| KNOWN.contains(&e.as_str()))
}

/// How a file is called. Its id is its path as seen from the current folder,
/// without detours, or the whole path if it lies elsewhere; however the file is
/// named, the id is one.
pub(crate) fn name(path: &Path) -> Name {
    let here = std::env::current_dir().unwrap_or_default();
    let whole = straight(&here.join(path));
    let short = whole.strip_prefix(straight(&here)).unwrap_or(&whole);
    let parts = short.iter().map(|part| part.to_string_lossy());
    let mut id = String::new();
    for part in parts {
        if !id.is_empty() && !id.ends_with('/') {
            id.push('/');
        }
        id.push_str(&part.replace('\\', "/"));
    }
    Name {
        shown: path.display().to_string(),
        id,
    }
}

/// A path without `.` and `..`.
fn straight(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
