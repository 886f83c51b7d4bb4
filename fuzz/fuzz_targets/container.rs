//! Reads texts like containers of pages.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::container(&rawi_fuzz::pieces(bytes)));
