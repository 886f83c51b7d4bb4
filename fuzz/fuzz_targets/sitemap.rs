//! Reads documents like sitemaps.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| rawi_fuzz::sitemap(&rawi_fuzz::document(bytes)));
