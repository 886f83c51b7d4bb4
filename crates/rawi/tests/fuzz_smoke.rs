//! The fuzz targets on random texts: a few hundred each time the tests run, as many as
//! an hour holds with `fuzz/run 60`.

#[path = "../../../fuzz/src/stages.rs"]
mod stages;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Random numbers that are the same on every machine (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 32) as u8).collect()
    }
}

/// How many texts are enough for a test among others.
const FEW: u64 = 60;

type Stage = (&'static str, fn(&str));

/// Every stage, the whole reading last.
const STAGES: [Stage; 7] = [
    ("layout", stages::layout),
    ("tags", stages::tags),
    ("names", stages::names),
    ("times", stages::times),
    ("speech", stages::speech),
    ("events", stages::events),
    ("reading", stages::reading),
];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn every_stage_holds_on_random_texts() {
    let seed = number("RAWI_FUZZ_SEED").unwrap_or(1);
    let time = number("RAWI_FUZZ_SECONDS").map(Duration::from_secs);
    let began = Instant::now();
    let mut count = 0;
    let more = |count: u64| time.map_or(count < FEW, |time| began.elapsed() < time);
    while more(count) {
        let mut random = Random(seed.wrapping_add(count));
        // Mostly short texts, where a fault is easy to see, now and then a long one.
        let length = 2 + random.next() % if count % 16 == 0 { 1200 } else { 120 };
        let text = stages::text(&random.bytes(length as usize));
        for (name, stage) in STAGES {
            let held = catch_unwind(AssertUnwindSafe(|| stage(&text))).is_ok();
            assert!(
                held,
                "{name} failed for seed {}: {text:?}",
                seed.wrapping_add(count)
            );
        }
        count += 1;
    }
    println!("{count} texts from seed {seed} on");
}
