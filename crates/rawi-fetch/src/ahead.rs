//! Many pages of many hosts: had at the same time, given in order.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::failure::{Failure, Why};
use crate::fetched::Page;
use crate::fetcher::Fetcher;
use crate::gather::Wanted;

/// How many pages may be had before they are taken, and bytes of them.
const PAGES: usize = 128;
const BYTES: usize = 32 << 20;

/// Asks for pages ahead of whoever takes them one after another. Of one host there is
/// one request at a time, so that as many threads as there are hosts are of use.
///
/// Pages should come in an order in which hosts take turns ([`Ahead::in_turns`]): what
/// a slow host holds up is then only itself.
#[derive(Debug)]
pub struct Ahead {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    /// By host: what is to be asked for, in order. One that is asked is not here.
    waiting: BTreeMap<String, VecDeque<(usize, Wanted)>>,
    had: HashMap<usize, Result<Page, Failure>>,
    bytes: usize,
    /// How many were taken.
    taken: usize,
    /// How many are not had yet.
    open: usize,
    closed: bool,
}

impl Ahead {
    /// Pages to be asked for, numbered from 0.
    pub fn new(pages: Vec<Wanted>) -> Self {
        let open = pages.len();
        let mut waiting: BTreeMap<_, VecDeque<_>> = BTreeMap::new();
        for (number, page) in pages.into_iter().enumerate() {
            let host = page.address.host().to_owned();
            waiting.entry(host).or_default().push_back((number, page));
        }
        Ahead {
            state: Mutex::new(State {
                waiting,
                had: HashMap::new(),
                bytes: 0,
                taken: 0,
                open,
                closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Things in an order in which hosts take turns, each with its own in their order.
    pub fn in_turns<T>(things: Vec<T>, host: impl Fn(&T) -> &str) -> Vec<T> {
        let mut turns: HashMap<String, usize> = HashMap::new();
        let mut numbered: Vec<(usize, T)> = Vec::with_capacity(things.len());
        for thing in things {
            let turn = turns.entry(host(&thing).to_owned()).or_default();
            numbered.push((*turn, thing));
            *turn += 1;
        }
        numbered.sort_by_key(|(turn, _)| *turn);
        numbered.into_iter().map(|(_, thing)| thing).collect()
    }

    /// Asks for pages until all are had or nobody wants them. For a thread of its own.
    pub fn work(&self, fetcher: &Fetcher) {
        while let Some((host, number, page)) = self.next() {
            let had = fetcher.page(page);
            let mut state = self.lock();
            state.bytes += had.as_ref().map_or(0, |page| page.fetched.body.len());
            state.had.insert(number, had);
            state.open -= 1;
            if let Some((host, queue)) = host {
                state.waiting.insert(host, queue);
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    /// The next page to ask for, and what else is to be asked of its host.
    #[expect(clippy::type_complexity, reason = "it is taken apart at once")]
    fn next(&self) -> Option<(Option<(String, VecDeque<(usize, Wanted)>)>, usize, Wanted)> {
        let mut state = self.lock();
        loop {
            if state.closed || state.open == 0 {
                return None;
            }
            let first =
                |queue: &VecDeque<(usize, Wanted)>| queue.front().map(|(number, _)| *number);
            let heads = state
                .waiting
                .iter()
                .filter_map(|(host, queue)| Some((first(queue)?, host)));
            let lowest = heads.min().map(|(number, host)| (number, host.clone()));
            if let Some((number, host)) = lowest {
                // What is taken next may always be asked for.
                let room = number < state.taken + PAGES && state.bytes < BYTES;
                if (room || number == state.taken)
                    && let Some(mut queue) = state.waiting.remove(&host)
                    && let Some((number, page)) = queue.pop_front()
                {
                    let rest = (!queue.is_empty()).then_some((host, queue));
                    return Some((rest, number, page));
                }
            }
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The page of this number, once it is had. Pages are taken in order, each once.
    ///
    /// # Errors
    ///
    /// If it could not be had, and why.
    pub fn take(&self, number: usize) -> Result<Page, Failure> {
        let mut state = self.lock();
        // What was passed over is wanted by nobody.
        state.taken = state.taken.max(number);
        self.changed.notify_all();
        loop {
            if let Some(had) = state.had.remove(&number) {
                state.taken = number + 1;
                state.bytes -= had.as_ref().map_or(0, |page| page.fetched.body.len());
                drop(state);
                self.changed.notify_all();
                return had;
            }
            if state.closed {
                return Err(Failure {
                    asked: String::new(),
                    why: Why::Stopped,
                });
            }
            let waited = self.changed.wait(state);
            state = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Lets everybody know that nobody wants more.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// Whether nobody wants more.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Each change of the state is whole before anything can break.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns() {
        let order = Ahead::in_turns(vec!["a1", "a2", "a3", "b1", "b2", "c1"], |t| &t[..1]);
        assert_eq!(order, ["a1", "b1", "c1", "a2", "b2", "a3"]);
    }
}
