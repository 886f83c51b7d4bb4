//! Random bytes for tests that run the fuzz targets without their toolchain.

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

/// A target, by name.
pub type Target = (&'static str, fn(&str));

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Gives texts that `make` makes of random bytes to every target: `few` of them, or as
/// many as the seconds of `RAWI_FUZZ_SECONDS` hold, from the seed `RAWI_FUZZ_SEED` on.
///
/// # Panics
///
/// If a target does, with its name and the seed.
pub fn run(few: u64, make: impl Fn(&[u8]) -> String, targets: &[Target]) {
    let seed = number("RAWI_FUZZ_SEED").unwrap_or(1);
    let time = number("RAWI_FUZZ_SECONDS").map(Duration::from_secs);
    let began = Instant::now();
    let mut count = 0;
    let more = |count: u64| time.map_or(count < few, |time| began.elapsed() < time);
    while more(count) {
        let mut random = Random(seed.wrapping_add(count));
        // Mostly short texts, where a fault is easy to see, now and then a long one.
        let length = 2 + random.next() % if count % 16 == 0 { 1200 } else { 120 };
        let text = make(&random.bytes(length as usize));
        for (name, target) in targets {
            let held = catch_unwind(AssertUnwindSafe(|| target(&text))).is_ok();
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
