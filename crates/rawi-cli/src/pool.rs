//! Many articles on many threads, with the output in the order of the input and
//! a bounded number of articles in memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items a thread may be ahead of the output.
const AHEAD: usize = 16;

/// Feeds items to workers and hands their results on in order.
///
/// `feed` runs on a thread of its own and gives items to its argument until that
/// returns false. `worker` makes one worker a thread. `each` gets the results in
/// the order of the items; its first error stops everything. Where the system
/// does not give as many threads, fewer work; without any that is an error.
pub fn run<I, O, W, E>(
    threads: usize,
    feed: impl FnOnce(&mut dyn FnMut(I) -> bool) + Send,
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
    let (item, items) = mpsc::sync_channel::<(u64, I)>(bound);
    let (result, results) = mpsc::sync_channel::<(u64, O)>(bound);
    let items = Mutex::new(items);
    thread::scope(|scope| {
        let thread = thread::Builder::new;
        let feeding = thread().spawn_scoped(scope, move || {
            let mut number = 0;
            feed(&mut |next| {
                let sent = ticket.send(()).is_ok() && item.send((number, next)).is_ok();
                number += 1;
                sent
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
        done
    })
}

fn work<I, O>(
    items: &Mutex<Receiver<(u64, I)>>,
    results: &SyncSender<(u64, O)>,
    mut worker: impl FnMut(I) -> O,
) {
    loop {
        let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, item)) = next else { return };
        if results.send((number, worker(item))).is_err() {
            return;
        }
    }
}

fn in_order<O, E>(
    results: &Receiver<(u64, O)>,
    tickets: &Receiver<()>,
    each: &mut impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, output) in results {
        waiting.insert(number, output);
        while let Some(output) = waiting.remove(&next) {
            each(output)?;
            next += 1;
            // The feed sent one ticket for each item that comes out here.
            let _ = tickets.try_recv();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize) -> Vec<u64> {
        let mut out = Vec::new();
        let done: io::Result<()> = run(
            threads,
            |give| {
                for n in 0..1000u64 {
                    if !give(n) {
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
                while give(n) {
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
}
