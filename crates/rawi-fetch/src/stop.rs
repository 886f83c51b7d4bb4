//! A word to stop, heard also by who waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Says to all that hold it, once and for good, that the work is to end.
#[derive(Clone, Default, Debug)]
pub struct Stop(Arc<Shared>);

#[derive(Default, Debug)]
struct Shared {
    said: AtomicBool,
    waiting: Mutex<()>,
    changed: Condvar,
}

impl Stop {
    /// Nobody has said it yet.
    pub fn new() -> Self {
        Stop::default()
    }

    /// Says it.
    pub fn say(&self) {
        self.0.said.store(true, Ordering::SeqCst);
        // Whoever has looked and does not wait yet is waited for.
        drop(
            self.0
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        self.0.changed.notify_all();
    }

    /// Whether it was said.
    pub fn is_said(&self) -> bool {
        self.flag().load(Ordering::SeqCst)
    }

    /// What is true once it was said, for those that only look.
    pub fn flag(&self) -> &AtomicBool {
        &self.0.said
    }

    /// Waits so long, or until it is said; whether it was.
    pub fn wait(&self, time: Duration) -> bool {
        let guard = self
            .0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let quiet = |(): &mut ()| !self.is_said();
        drop(self.0.changed.wait_timeout_while(guard, time, quiet));
        self.is_said()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn who_waits_hears_it() {
        let stop = Stop::new();
        assert!(!stop.wait(Duration::from_millis(1)));
        let other = stop.clone();
        let begun = Instant::now();
        let waiting = std::thread::spawn(move || other.wait(Duration::from_secs(60)));
        stop.say();
        assert!(waiting.join().unwrap() && stop.is_said());
        assert!(begun.elapsed() < Duration::from_secs(30));
    }
}
