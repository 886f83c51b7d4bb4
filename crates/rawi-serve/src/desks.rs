//! Threads that ask the archive, and what waits for them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rawi::Reader;
use rawi_archive::{Archive, ArchiveError, Memory, Mode, State};
use rawi_pages::{Board, Desk, Problem};
use tokio::sync::oneshot;

/// Requests that wait for a desk, by thread.
const WAITING: usize = 32;

/// Something to be done at a desk. It is given until when it has time.
type Job = Box<dyn FnOnce(&mut Desk<'_>) + Send>;

struct Waiting {
    until: Instant,
    job: Job,
}

/// The threads that ask an archive. Whoever asks waits without blocking; too many are
/// refused at once, and an answer that takes too long is given up.
pub struct Desks {
    jobs: mpsc::SyncSender<Waiting>,
    waiting: Arc<AtomicUsize>,
    patience: Duration,
    archive: PathBuf,
    memory: Arc<Memory>,
    writing: Arc<tokio::sync::Mutex<()>>,
}

/// What a thread needs to begin.
#[derive(Clone)]
struct Start {
    archive: PathBuf,
    reader: Arc<Reader>,
    memory: Arc<Memory>,
    board: Arc<Board>,
    jobs: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    waiting: Arc<AtomicUsize>,
}

impl Desks {
    /// Begins so many threads over the archive at a path.
    ///
    /// # Errors
    ///
    /// If the archive cannot be opened, or a thread cannot be begun.
    pub fn begin(
        archive: PathBuf,
        threads: usize,
        patience: Duration,
    ) -> Result<(Self, Vec<JoinHandle<()>>), ArchiveError> {
        // What is wrong with the file is told before anybody asks.
        let memory = Memory::of(&archive)?;
        let reader = Reader::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        let threads = threads.max(1);
        let (jobs, taken) = mpsc::sync_channel(threads * WAITING);
        let waiting = Arc::new(AtomicUsize::new(0));
        let start = Start {
            archive: archive.clone(),
            reader: Arc::new(reader),
            memory: Arc::clone(&memory),
            board: Arc::default(),
            jobs: Arc::new(Mutex::new(taken)),
            waiting: Arc::clone(&waiting),
        };
        let begun = (0..threads).map(|n| {
            let start = start.clone();
            std::thread::Builder::new()
                .name(format!("desk {n}"))
                .spawn(move || start.work())
        });
        let begun = begun.collect::<Result<_, _>>().map_err(ArchiveError::Io)?;
        let desks = Self {
            jobs,
            waiting,
            patience,
            archive,
            memory,
            writing: Arc::default(),
        };
        Ok((desks, begun))
    }

    /// Loads what large questions need, so that nobody has to wait for it.
    pub async fn get_ready(&self) {
        /// More than the largest archive takes.
        const LONG: Duration = Duration::from_secs(600);
        if let Err(e) = self.ask_within(LONG, |desk| desk.get_ready()).await {
            // Whoever asks is told the same.
            tracing::warn!(error = %e, "nothing could be got ready");
        }
    }

    /// The state that the archive is in now.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn state(&self) -> Result<State, ArchiveError> {
        self.memory.state()
    }

    /// How many requests wait or are answered now.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Asks at a desk.
    ///
    /// # Errors
    ///
    /// [`Problem::Busy`] if too many wait or it took too long, and what `ask` gives.
    pub async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Desk<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.ask_within(self.patience, ask).await
    }

    /// The same with another patience: exports may take long.
    ///
    /// # Errors
    ///
    /// As [`ask`](Self::ask).
    pub async fn ask_within<T: Send + 'static>(
        &self,
        patience: Duration,
        ask: impl FnOnce(&mut Desk<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let until = Instant::now() + patience;
        let job: Job = Box::new(move |desk| {
            // Whoever asked may have gone meanwhile: then nobody wants to know.
            if !answer.is_closed() {
                let _ = answer.send(ask(desk));
            }
        });
        self.waiting.fetch_add(1, Ordering::Relaxed);
        if self.jobs.try_send(Waiting { until, job }).is_err() {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(Problem::Busy);
        }
        match tokio::time::timeout(patience, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Problem::Fault("a page ended without an answer".to_owned())),
            Err(_) => Err(Problem::Busy),
        }
    }

    /// Writes the archive: one at a time, with a connection of its own.
    ///
    /// # Errors
    ///
    /// If the archive cannot be written, and what `write` gives.
    pub async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&mut Archive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.writing).lock_owned().await;
        let path = self.archive.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let mut archive = Archive::open(&path, Mode::Write)?;
            write(&mut archive)
        });
        done.await
            .unwrap_or_else(|e| Err(Problem::Fault(e.to_string())))
    }
}

impl Start {
    /// Works until nobody can ask any more. A desk at which something failed beyond repair
    /// is given up for a new one.
    fn work(self) {
        let until = Arc::new(AtomicU64::new(u64::MAX));
        let begun = Instant::now();
        loop {
            match self.sit_down(begun, &until) {
                Ok(true) => tracing::error!("a desk is set up anew"),
                Ok(false) => return,
                Err(e) => {
                    // The file may be moved or damaged while we run: who asks is told so.
                    tracing::error!(error = %e, "the archive cannot be opened");
                    let Some(refused) = self.next() else { return };
                    drop(refused);
                    self.waiting.fetch_sub(1, Ordering::Relaxed);
                }
            }
        }
    }

    /// Whether a new desk is needed; if not, nobody asks any more.
    fn sit_down(&self, begun: Instant, until: &Arc<AtomicU64>) -> Result<bool, ArchiveError> {
        let mut archive = Archive::open(&self.archive, Mode::Read)?.sharing(&self.memory)?;
        let limit = Arc::clone(until);
        archive.give_up_when(move || {
            begun.elapsed().as_millis() as u64 > limit.load(Ordering::Relaxed)
        })?;
        let mut desk = Desk::new(&archive, &self.reader)?.at(&self.board);
        while let Some(Waiting { until: end, job }) = self.next() {
            // Nobody waits any more for what lay too long.
            let late = end <= Instant::now();
            let done = match late {
                true => Ok(()),
                false => {
                    let end = end.saturating_duration_since(begun).as_millis() as u64;
                    until.store(end, Ordering::Relaxed);
                    catch_unwind(AssertUnwindSafe(|| job(&mut desk)))
                }
            };
            until.store(u64::MAX, Ordering::Relaxed);
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            if done.is_err() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn next(&self) -> Option<Waiting> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.recv().ok()
    }
}
