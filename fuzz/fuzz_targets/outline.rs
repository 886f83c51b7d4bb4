//! Reads documents like lists of addresses.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::outline(&rawi_fuzz::document(bytes)));
