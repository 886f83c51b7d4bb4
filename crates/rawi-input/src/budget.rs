//! How much may be under way between who reads and who works.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A number of bytes that many can hold parts of. Who asks for more than is left
/// waits until others let go.
#[derive(Clone, Debug)]
pub struct Budget(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limit: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default, Debug)]
struct State {
    held: u64,
    closed: bool,
}

impl Budget {
    /// A budget of so many bytes.
    pub fn new(limit: u64) -> Self {
        Budget(Arc::new(Shared {
            limit: limit.max(1),
            state: Mutex::default(),
            changed: Condvar::new(),
        }))
    }

    /// Waits until so many bytes are free and holds them. What is larger than
    /// the whole budget waits until nobody holds anything. `None` once the
    /// budget is closed.
    pub fn hold(&self, bytes: u64) -> Option<Hold> {
        let bytes = bytes.min(self.0.limit);
        let free = |state: &mut State| !state.closed && state.held + bytes > self.0.limit;
        let waited = self.0.changed.wait_while(self.0.lock(), free);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return None;
        }
        state.held += bytes;
        Some(Hold {
            budget: self.clone(),
            bytes,
        })
    }

    /// Lets nobody hold anything any more, and whoever waits know.
    pub fn close(&self) {
        self.0.lock().closed = true;
        self.0.changed.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Each change of the state is one assignment: a panic leaves it whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A part of a budget, free again when it is dropped.
#[derive(Debug)]
pub struct Hold {
    budget: Budget,
    bytes: u64,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.budget.0.lock().held -= self.bytes;
        self.budget.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn who_asks_for_more_waits() {
        let budget = Budget::new(10);
        let first = budget.hold(8).unwrap();
        let waiting = {
            let budget = budget.clone();
            thread::spawn(move || budget.hold(100).map(|h| h.bytes))
        };
        let small = budget.hold(2).unwrap();
        drop((first, small));
        assert_eq!(waiting.join().unwrap(), Some(10));
        assert_eq!(budget.0.lock().held, 0);
    }

    #[test]
    fn a_closed_budget_lets_nobody_wait() {
        let budget = Budget::new(1);
        let held = budget.hold(1).unwrap();
        let waiting = {
            let budget = budget.clone();
            thread::spawn(move || budget.hold(1).is_none())
        };
        budget.close();
        assert!(waiting.join().unwrap());
        drop(held);
        assert!(budget.hold(1).is_none());
    }
}
