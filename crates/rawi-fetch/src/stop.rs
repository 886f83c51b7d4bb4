//! A word to stop, heard also by who waits.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Says to all that hold it, once and for good, that the work is to end.
#[derive(Clone, Default, Debug)]
pub struct Stop(Arc<Shared>);

#[derive(Default, Debug)]
struct Shared {
    said: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    /// Nobody has said it yet.
    pub fn new() -> Self {
        Stop::default()
    }

    /// Says it.
    pub fn say(&self) {
        *self.0.said.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.changed.notify_all();
    }

    /// Whether it was said.
    pub fn is_said(&self) -> bool {
        *self.0.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until it is said; whether it was.
    pub fn wait(&self, time: Duration) -> bool {
        let said = self.0.said.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.changed.wait_timeout_while(said, time, |said| !*said);
        *waited.unwrap_or_else(PoisonError::into_inner).0
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
