//! Reads texts like pages.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::page(&rawi_fuzz::pieces(bytes)));
