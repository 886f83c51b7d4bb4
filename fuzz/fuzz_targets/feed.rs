//! Reads documents like feeds.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::feed(&rawi_fuzz::document(bytes)));
