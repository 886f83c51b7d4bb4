//! Many articles on several threads, in their order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How often Python is asked whether somebody wants to stop.
const LOOK: Duration = Duration::from_millis(50);

/// Reads every item, in the order of the items. No thread is left when it returns: one
/// works where the call came from, the others beside it. The interpreter is not held
/// meanwhile; signals that reach it end the work, with what they raise.
///
/// With `until_failed` nothing is begun after the first error, and everything before it
/// is done.
pub(crate) fn each<I, O, E, W>(
    py: Python<'_>,
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
    let done = py.detach(|| {
        thread::scope(|scope| {
            // Where the system gives fewer threads, fewer work.
            let others: Vec<_> = (1..threads)
                .map_while(|_| {
                    thread::Builder::new()
                        .spawn_scoped(scope, || work(&mut || Ok(())))
                        .ok()
                })
                .collect();
            let mut last = Instant::now();
            let mut all = vec![work(&mut || {
                if last.elapsed() < LOOK {
                    return Ok(());
                }
                last = Instant::now();
                Python::attach(|py| py.check_signals())
            })];
            for other in others {
                all.extend(other.join().ok());
            }
            all
        })
    });
    let mut out: Vec<Option<Result<O, E>>> = Vec::new();
    out.resize_with(count, || None);
    for (number, result) in done
        .into_iter()
        .collect::<PyResult<Vec<_>>>()?
        .into_iter()
        .flatten()
    {
        out[number] = Some(result);
    }
    Ok(out.into_iter().map_while(|result| result).collect())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
