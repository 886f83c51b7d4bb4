//! Many articles on several threads, in their order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How often Python is asked whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);

/// The thread that Python hands signals to, if it is the one that loaded this module.
static MAIN: OnceLock<ThreadId> = OnceLock::new();

/// Notes which thread this is, when the module is loaded.
pub(crate) fn note_main(py: Python<'_>) -> PyResult<()> {
    let modules = py.import("sys")?.getattr("modules")?;
    let main = match modules.call_method1("get", ("threading",))? {
        // Where nobody has imported it there are no other threads.
        none if none.is_none() => true,
        threading => {
            let main = threading.call_method0("main_thread")?;
            main.is(&threading.call_method0("current_thread")?)
        }
    };
    if main {
        MAIN.get_or_init(|| thread::current().id());
    }
    Ok(())
}

/// What signals raise, where Python hands them out. No other thread may ask: it could wait
/// for the interpreter while whoever has it waits for this thread.
fn signals() -> PyResult<()> {
    if MAIN.get() == Some(&thread::current().id()) {
        Python::attach(|py| py.check_signals())
    } else {
        Ok(())
    }
}

/// Works on every item, in the order of the items, without the interpreter. No thread is
/// left when it returns: one works where the call came from, the others beside it. Signals
/// end the work, with what they raise.
///
/// With `until_failed` nothing is begun after the first error, and everything before it
/// is done.
pub(crate) fn each<I, O, E, W>(
    items: Vec<I>,
    threads: usize,
    until_failed: bool,
    worker: impl Fn() -> W + Sync,
) -> PyResult<Vec<Result<O, E>>>
where
    I: Send,
    O: Send,
    E: Send,
    W: FnMut(usize, I) -> Result<O, E>,
{
    let count = items.len();
    let threads = threads.clamp(1, count.max(1));
    let items = Mutex::new(items.into_iter().enumerate());
    let stop = AtomicBool::new(false);
    // What one thread does, with what the thread of the call looks after between items.
    let work = |look: &mut dyn FnMut() -> PyResult<()>| {
        let mut worker = worker();
        let mut done = Vec::with_capacity(count / threads);
        while !stop.load(Ordering::Relaxed) {
            let Some((number, item)) = lock(&items).next() else {
                break;
            };
            let out = worker(number, item);
            if until_failed && out.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            done.push((number, out));
            if let Err(e) = look() {
                stop.store(true, Ordering::Relaxed);
                return Err(e);
            }
        }
        Ok(done)
    };
    let all = thread::scope(|scope| {
        // Where the system gives fewer threads, fewer work.
        let others: Vec<_> = (1..threads)
            .map_while(|_| {
                let spawned = thread::Builder::new().spawn_scoped(scope, || work(&mut || Ok(())));
                spawned.ok()
            })
            .collect();
        let mut last = Instant::now();
        let mut all = vec![work(&mut || {
            if last.elapsed() < LOOK {
                return Ok(());
            }
            last = Instant::now();
            signals()
        })];
        all.extend(others.into_iter().filter_map(|other| other.join().ok()));
        all
    });
    let mut out: Vec<Option<Result<O, E>>> = Vec::new();
    out.resize_with(count, || None);
    for done in all {
        for (number, result) in done? {
            out[number] = Some(result);
        }
    }
    Ok(out.into_iter().map_while(|result| result).collect())
}

/// Locks what no panic leaves half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
