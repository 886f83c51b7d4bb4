//! When an address was asked last, and when it is to be asked again.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::failure::Why;
use crate::gather::Tally;
use crate::moment;

/// The longest pause after failures.
const LONGEST: u64 = 24 * 3600;

/// What is to be remembered of an address that is asked again and again.
///
/// ```
/// use std::time::Duration;
///
/// use rawi_fetch::{Poll, Why};
///
/// let (every, now) = (Duration::from_secs(900), 1_772_440_200);
/// let mut poll = Poll::default();
/// assert!(poll.is_due(now));
/// poll.failed(&Why::NoHost, every, now);
/// poll.failed(&Why::NoHost, every, now + 900);
/// assert_eq!((poll.failures, poll.next), (2, now + 900 + 1800));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Poll {
    /// Where it is for good, if that is elsewhere.
    pub moved: Option<String>,
    /// Its `ETag` when it was had last and all that it led to was taken.
    pub etag: Option<String>,
    /// Its `Last-Modified` then.
    pub modified: Option<String>,
    /// When it was asked for last, in seconds since 1970.
    pub asked: Option<u64>,
    /// When it is to be asked next, in seconds since 1970; 0 is at once.
    pub next: u64,
    /// How often it failed since it was had last.
    pub failures: u32,
    /// Why it failed last, in words.
    pub failure: Option<String>,
    /// Whether it was not even asked for, since its machine may not be asked: with
    /// other settings it may be due at once.
    pub refused: bool,
}

impl Poll {
    /// The present, in seconds since 1970.
    pub fn now() -> u64 {
        moment::now()
    }

    /// Whether it is to be asked.
    pub fn is_due(&self, now: u64) -> bool {
        self.next <= now
    }

    /// What came of it, once all pages that it led to are dealt with: `tally` says
    /// also what of them may be had later.
    pub fn note(&mut self, tally: &Tally, failure: Option<&Why>, every: Duration, now: u64) {
        match failure {
            // It is as if nobody had asked.
            Some(Why::Stopped) => {}
            Some(why) => self.failed(why, every, now),
            None => self.had(tally, every, now),
        }
    }

    /// It was had. What tells whether it has changed is kept only if all that it
    /// led to was taken: otherwise it is had whole again.
    pub fn had(&mut self, tally: &Tally, every: Duration, now: u64) {
        if !tally.unchanged {
            let done = tally.is_done();
            self.etag = tally.etag.clone().filter(|_| done);
            self.modified = tally.modified.clone().filter(|_| done);
        }
        if let Some(moved) = &tally.moved {
            self.moved = Some(moved.to_string());
        }
        self.asked = Some(now);
        self.next = now + every.as_secs();
        self.failures = 0;
        self.failure = None;
        self.refused = false;
    }

    /// It was not had. It is asked again after twice as long for each time, a day at
    /// most, and not before its server wishes.
    pub fn failed(&mut self, why: &Why, every: Duration, now: u64) {
        let doubled = every.as_secs().saturating_mul(1 << self.failures.min(16));
        let mut wait = doubled.clamp(1, LONGEST.max(every.as_secs()));
        match why {
            Why::Busy(wish) => wait = wait.max(wish.as_secs()),
            Why::Status(410) => wait = wait.max(LONGEST),
            _ => {}
        }
        self.asked = Some(now);
        self.next = now + wait;
        self.failures += 1;
        self.failure = Some(why.to_string());
        self.refused = matches!(why, Why::Private(_));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(900);

    #[test]
    fn pauses_grow_to_a_day() {
        let mut poll = Poll::default();
        let mut waits = Vec::new();
        for _ in 0..40 {
            poll.failed(&Why::Slow("the answer"), EVERY, 1000);
            waits.push(poll.next - 1000);
        }
        assert_eq!(waits[..4], [900, 1800, 3600, 7200]);
        assert_eq!(waits[39], LONGEST);
        let wish = Duration::from_secs(100_000);
        poll.failed(&Why::Busy(wish), EVERY, 1000);
        assert_eq!(poll.next, 101_000);
        poll.had(&Tally::default(), EVERY, 2000);
        assert_eq!((poll.failures, poll.next, poll.failure), (0, 2900, None));
        let mut gone = Poll::default();
        gone.failed(&Why::Status(410), EVERY, 0);
        assert_eq!(gone.next, LONGEST);
    }

    #[test]
    fn what_was_not_taken_is_had_again() {
        let mut poll = Poll::default();
        let mut tally = Tally {
            etag: Some("a".into()),
            ..Tally::default()
        };
        poll.had(&tally, EVERY, 0);
        assert_eq!(poll.etag.as_deref(), Some("a"));
        tally.again = 1;
        tally.etag = Some("b".into());
        poll.had(&tally, EVERY, 0);
        assert_eq!(poll.etag, None);
    }

    #[test]
    fn it_outlives_a_change_of_its_form() {
        let poll: Poll = serde_json::from_str("{\"next\": 7, \"other\": 1}").unwrap();
        assert_eq!(poll.next, 7);
    }
}
