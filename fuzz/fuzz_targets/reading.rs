//! Reads texts like news and verifies the reading.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::reading(&rawi_fuzz::text(bytes)));
