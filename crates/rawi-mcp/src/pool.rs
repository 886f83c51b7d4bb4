//! The threads that look into the archive. The protocol runs on a thread of its own, so
//! that a long search holds up nothing but itself; whoever cancels it interrupts it in
//! the database.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rawi_archive::{Archive, ArchiveError, Mode};
use tokio::sync::oneshot;

use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;

/// So many questions are answered at once.
const THREADS: usize = 2;

/// Why no answers can be given at all.
#[derive(Debug)]
pub enum StartError {
    /// The archive cannot be opened.
    Archive(ArchiveError),
    /// The system gives no more threads.
    Thread(std::io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Archive(e) => e.fmt(f),
            Self::Thread(e) => write!(f, "cannot start a thread: {e}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Archive(e) => Some(e),
            Self::Thread(e) => Some(e),
        }
    }
}

type Work = Box<dyn FnOnce(Result<&mut Desk<'_>, Problem>) + Send>;

struct Job {
    work: Work,
    ticket: Ticket,
}

/// Where a job stands, for whoever may want to end it.
#[derive(Clone, Default)]
struct Ticket(Arc<Mutex<Stage>>);

#[derive(Default)]
enum Stage {
    #[default]
    Waiting,
    /// Calling this interrupts the database.
    Running(Arc<dyn Fn() + Send + Sync>),
    Over,
}

impl Ticket {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        // A stage is whole at any time.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the job up, unless it was cancelled meanwhile.
    fn begin(&self, interrupt: &Arc<dyn Fn() + Send + Sync>) -> bool {
        let mut stage = self.stage();
        let waits = matches!(*stage, Stage::Waiting);
        if waits {
            *stage = Stage::Running(Arc::clone(interrupt));
        }
        waits
    }

    fn end(&self) {
        *self.stage() = Stage::Over;
    }

    fn cancel(&self) {
        let mut stage = self.stage();
        // Under the lock, so that it cannot meet the job behind this one.
        if let Stage::Running(interrupt) = &*stage {
            interrupt();
        }
        *stage = Stage::Over;
    }
}

/// Ends a job that nobody waits for any more.
struct Guard(Ticket);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Threads with an archive each.
pub struct Pool {
    jobs: SyncSender<Job>,
}

impl Pool {
    /// Opens the archive and starts the threads; they end with the pool.
    pub fn start(archive: &Path) -> Result<Self, StartError> {
        let (jobs, waiting) = sync_channel(bounds::WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..THREADS {
            let archive = Archive::open(archive, Mode::Read).map_err(StartError::Archive)?;
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name("rawi-mcp".to_owned())
                .spawn(move || answer(&archive, &waiting))
                .map_err(StartError::Thread)?;
        }
        Ok(Self { jobs })
    }

    /// Does something at a desk. Who drops the future interrupts it.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (answer, answered) = oneshot::channel();
        let ticket = Ticket::default();
        let job = Job {
            work: Box::new(move |desk| {
                // Whoever asked may have gone.
                let _ = answer.send(desk.and_then(work));
            }),
            ticket: ticket.clone(),
        };
        self.jobs.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => Problem::new(
                format!("{} questions are waiting already", bounds::WAITING),
                "ask fewer at once, and this one again in a moment",
            ),
            TrySendError::Disconnected(_) => fault(),
        })?;
        let _guard = Guard(ticket);
        match tokio::time::timeout(bounds::PATIENCE, answered).await {
            Ok(answer) => answer.unwrap_or_else(|_| Err(fault())),
            Err(_) => Err(Problem::new(
                format!("it took more than {} seconds", bounds::PATIENCE.as_secs()),
                "ask for less: a shorter period, one speaker, rarer words",
            )),
        }
    }
}

fn fault() -> Problem {
    Problem::new(
        "a fault of rawi's own while answering",
        "ask in another way; the place of the fault stands on the server's standard error",
    )
}

/// Answers until the pool is gone.
fn answer(archive: &Archive, waiting: &Mutex<Receiver<Job>>) {
    let handle = archive.database().get_interrupt_handle();
    let interrupt: Arc<dyn Fn() + Send + Sync> = Arc::new(move || handle.interrupt());
    let next = || {
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.recv().ok()
    };
    // After a fault a new desk: the old one may be in any state.
    loop {
        let mut desk = Desk::new(archive);
        loop {
            let Some(job) = next() else {
                return;
            };
            if !job.ticket.begin(&interrupt) {
                continue;
            }
            let desk = match &mut desk {
                Ok(desk) => Ok(desk),
                Err(problem) => Err(Problem::new(problem.text(), "start rawi again")),
            };
            let done = catch_unwind(AssertUnwindSafe(|| (job.work)(desk)));
            job.ticket.end();
            if done.is_err() {
                break;
            }
        }
    }
}
