//! Parses texts like news.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::trees(&rawi_fuzz::text(bytes)));
