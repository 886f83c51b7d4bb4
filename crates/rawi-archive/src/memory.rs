//! What is found out once of a state of the archive, for all who ask it.

use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction};

use crate::entities::Directory;
use crate::events::Table;
use crate::search::Columns;
use crate::{Archive, ArchiveError, Mode};

/// A state of an archive: as long as it is the same, nobody has written.
///
/// Two are the same only if the same connection has looked, so of archives that are opened
/// by themselves states can't be compared; of those that share a [`Memory`] they can, within
/// [`Archive::at_once`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// Who has looked.
    watch: u64,
    /// What it saw: a number that is another one after each change by others.
    changes: i64,
    /// How many rows it has changed itself.
    own: u64,
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.watch, self.changes, self.own)
    }
}

impl State {
    /// What a connection sees; `watch` is its number.
    pub(crate) fn seen(db: &Connection, watch: u64) -> Result<Self, ArchiveError> {
        let mut look = db.prepare_cached("PRAGMA data_version")?;
        Ok(Self {
            watch,
            changes: look.query_row([], |row| row.get(0))?,
            own: db.total_changes(),
        })
    }
}

/// The next number of a connection.
pub(crate) fn watch_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Something that is found out once for a state, and forgotten with it.
#[derive(Debug)]
pub struct Kept<T>(Mutex<Option<(State, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Kept<T> {
    /// What is known of a state.
    pub fn known(&self, state: State) -> Option<Arc<T>> {
        let kept = self.locked();
        let of_it = kept.as_ref().filter(|(of, _)| *of == state);
        of_it.map(|(_, what)| Arc::clone(what))
    }

    /// The same, found out if it isn't known. Whoever asks meanwhile waits: it takes no
    /// longer than finding out as well, and costs nothing.
    ///
    /// # Errors
    ///
    /// What `find_out` gives.
    pub fn get<E>(
        &self,
        state: State,
        find_out: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let mut kept = self.locked();
        if let Some((_, what)) = kept.as_ref().filter(|(of, _)| *of == state) {
            return Ok(Arc::clone(what));
        }
        // Both would take up memory.
        *kept = None;
        let what = Arc::new(find_out()?);
        *kept = Some((state, Arc::clone(&what)));
        Ok(what)
    }

    fn locked(&self) -> MutexGuard<'_, Option<(State, Arc<T>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is known of an archive's rows, some tens of bytes each: each table from the first
/// question on that needs it.
#[derive(Default, Debug)]
pub(crate) struct Tables {
    pub columns: Kept<Columns>,
    pub directory: Kept<Directory>,
    pub events: Kept<Table>,
}

/// What several threads that ask the same file share, each with an [`Archive`] of its own:
/// see [`Archive::sharing`].
#[derive(Debug)]
pub struct Memory {
    /// A connection that nothing else uses: what it sees counts for all.
    watch: Mutex<Archive>,
    pub(crate) tables: Tables,
}

impl Memory {
    /// A memory of the archive at a path.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub fn of(path: &Path) -> Result<Arc<Self>, ArchiveError> {
        Ok(Arc::new(Self {
            watch: Mutex::new(Archive::open(path, Mode::Read)?),
            tables: Tables::default(),
        }))
    }

    /// The state that the archive is in now.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn state(&self) -> Result<State, ArchiveError> {
        let watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.state()
    }
}

impl Archive {
    /// Shares what is found out with others that ask the same file. Of the file each of them
    /// keeps less in memory then, as all of them together keep much.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn sharing(mut self, memory: &Arc<Memory>) -> Result<Self, ArchiveError> {
        /// How much of the file, in KiB.
        const CACHE: i64 = 16 << 10;
        self.db.pragma_update(None, "cache_size", -CACHE)?;
        self.shared = Some(Arc::clone(memory));
        Ok(self)
    }

    /// The state that it is in: another one once anybody has written.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn state(&self) -> Result<State, ArchiveError> {
        match self.held.get() {
            Some(state) => Ok(state),
            None => State::seen(&self.db, self.watch),
        }
    }

    /// What is known of its rows: what is shared, if it is held at a state.
    pub(crate) fn tables(&self) -> &Tables {
        let shared = self.shared.as_deref().filter(|_| self.held.get().is_some());
        shared.map_or(&self.own, |memory| &memory.tables)
    }

    /// Calls `ask` over one state of the archive, whoever writes it meanwhile: what it counts
    /// and what it lists agree, and what others found out of this state is known.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, and what `ask` gives.
    pub fn at_once<T, E: From<ArchiveError>>(
        &self,
        ask: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        /// Lets go, whatever happens meanwhile.
        struct Held<'a>(&'a Cell<Option<State>>);
        impl Drop for Held<'_> {
            fn drop(&mut self) {
                self.0.set(None);
            }
        }
        let (begun, state) = self.hold()?;
        self.held.set(state);
        let held = Held(&self.held);
        let answer = ask()?;
        drop(held);
        begun.finish().map_err(ArchiveError::from)?;
        Ok(answer)
    }

    /// Begins to read, and tells of which state if that can be shared.
    fn hold(&self) -> Result<(Transaction<'_>, Option<State>), ArchiveError> {
        /// Who writes would have to do so between two steps again and again.
        const TRIES: usize = 3;
        let begin = || -> Result<Transaction<'_>, ArchiveError> {
            let begun = self.db.unchecked_transaction()?;
            // Only looking makes it hold a state.
            State::seen(&self.db, self.watch)?;
            Ok(begun)
        };
        if let Some(memory) = &self.shared {
            for _ in 0..TRIES {
                let before = memory.state()?;
                let begun = begin()?;
                // Nobody wrote in between, so what is held here is what was seen there.
                if memory.state()? == before {
                    return Ok((begun, Some(before)));
                }
                begun.finish()?;
            }
        }
        Ok((begin()?, None))
    }

    /// Loads what large questions need, so that the first of them needn't wait. It takes
    /// about a second a million statements.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn get_ready(&self) -> Result<(), ArchiveError> {
        let (state, db) = (self.state()?, &self.db);
        let tables = self.tables();
        tables.columns.get(state, || Columns::all(db))?;
        tables.directory.get(state, || Directory::load(db))?;
        tables.events.get(state, || Table::load(db))?;
        Ok(())
    }
}
