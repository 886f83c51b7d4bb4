//! Lays out arbitrary text: nothing may panic, and what comes out must hold
//! together.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| rawi_fuzz::layout(text));
