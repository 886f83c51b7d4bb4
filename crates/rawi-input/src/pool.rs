//! Many articles on many threads, with the output in the order of the input and
//! a bounded number of articles, and of bytes of them, in memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::{Budget, Hold};

/// How many items a thread may be ahead of the output.
const AHEAD: usize = 16;

/// How many bytes of items all threads together may be ahead of the output. To
/// read an article takes many times its size, so one of the longest at a time is
/// enough; of usual ones this is thousands.
const BYTES: u64 = 16 << 20;

/// Feeds items to workers and hands their results on in order.
///
/// `feed` runs on a thread of its own and gives items, each with its size in
/// bytes, to its argument until that returns false. `worker` makes one worker a thread. `each` gets the results in
/// the order of the items; its first error stops everything. Where the system
/// does not give as many threads, fewer work; without any that is an error.
pub fn run<I, O, W, E>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(I, u64) -> bool) + Send,
    worker: impl Fn() -> W + Sync,
    mut each: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E>
where
    I: Send,
    O: Send,
    W: FnMut(I) -> O,
    E: From<io::Error>,
{
    let bound = threads * AHEAD;
    // Tickets bound what is under way between feed and output.
    let (ticket, tickets) = mpsc::sync_channel::<()>(bound);
    let (item, items) = mpsc::sync_channel::<Job<I>>(bound);
    let (result, results) = mpsc::sync_channel::<Job<O>>(bound);
    let items = Mutex::new(items);
    let budget = Budget::new(BYTES);
    thread::scope(|scope| {
        let thread = thread::Builder::new;
        let free = budget.clone();
        let feeding = thread().spawn_scoped(scope, move || {
            let mut number = 0;
            feed(&mut |it, bytes| {
                let Some(hold) = free.hold(bytes) else {
                    return false;
                };
                let job = Job { number, it, hold };
                number += 1;
                ticket.send(()).is_ok() && item.send(job).is_ok()
            });
        });
        let mut working = feeding.map(drop);
        for n in 0..threads {
            let result = result.clone();
            let (items, worker) = (&items, &worker);
            let more = thread().spawn_scoped(scope, move || work(items, &result, worker()));
            match more {
                Ok(_) => {}
                Err(_) if n > 0 => break,
                Err(e) => working = working.and(Err(e)),
            }
        }
        drop(result);
        let done = match working {
            Ok(()) => in_order(&results, &tickets, &mut each),
            Err(e) => {
                let problem = format!("the system gives no threads to work with: {e}");
                Err(io::Error::new(e.kind(), problem).into())
            }
        };
        // Whoever still waits to send must learn that nobody listens.
        drop(results);
        drop(tickets);
        budget.close();
        done
    })
}

/// An item or its result on its way, with its part of the budget.
struct Job<T> {
    number: u64,
    it: T,
    hold: Hold,
}

fn work<I, O>(
    items: &Mutex<Receiver<Job<I>>>,
    results: &SyncSender<Job<O>>,
    mut worker: impl FnMut(I) -> O,
) {
    loop {
        let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { number, it, hold }) = next else {
            return;
        };
        let it = worker(it);
        if results.send(Job { number, it, hold }).is_err() {
            return;
        }
    }
}

fn in_order<O, E>(
    results: &Receiver<Job<O>>,
    tickets: &Receiver<()>,
    each: &mut impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for job in results {
        waiting.insert(job.number, job);
        while let Some(job) = waiting.remove(&next) {
            each(job.it)?;
            next += 1;
            // The feed sent one ticket for each item that comes out here.
            let _ = tickets.try_recv();
            drop(job.hold);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::Duration;

    use super::*;

    fn squares(threads: usize) -> Vec<u64> {
        let mut out = Vec::new();
        let done: io::Result<()> = run(
            threads,
            |give| {
                for n in 0..1000u64 {
                    if !give(n, 1) {
                        return;
                    }
                }
            },
            || |n: u64| n * n,
            |o| {
                out.push(o);
                Ok(())
            },
        );
        done.unwrap();
        out
    }

    #[test]
    fn order_does_not_depend_on_threads() {
        assert_eq!(squares(1), squares(4));
        assert_eq!(squares(3).len(), 1000);
    }

    #[test]
    fn an_error_stops_everything() {
        let mut seen = 0;
        let done = run(
            2,
            |give| {
                let mut n = 0u64;
                while give(n, BYTES / 4) {
                    n += 1;
                }
            },
            || |n: u64| n,
            |_| {
                seen += 1;
                if seen == 10 {
                    Err(io::Error::other("enough"))
                } else {
                    Ok(())
                }
            },
        );
        assert_eq!(done.unwrap_err().to_string(), "enough");
    }

    #[test]
    fn no_more_bytes_are_under_way_than_there_are_to_be() {
        let (under_way, most) = (AtomicI64::new(0), AtomicI64::new(0));
        let done: io::Result<()> = run(
            4,
            |give| {
                for n in 0..40u64 {
                    if !give(n, BYTES / 2) {
                        return;
                    }
                    // It may be out already: the count is never too high, only too low.
                    let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                }
            },
            || {
                |n: u64| {
                    thread::sleep(Duration::from_millis(1));
                    n
                }
            },
            |_| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        );
        done.unwrap();
        assert!(most.load(Ordering::SeqCst) <= 2, "{most:?}");
    }
}
