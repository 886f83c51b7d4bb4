#![no_main]

use libfuzzer_sys::fuzz_target;
use rawi_archive::query::Query;

// A query is read or refused, never with a panic; printed and read again it is the same.
fuzz_target!(|text: &str| {
    if let Ok(query) = Query::parse(text) {
        assert_eq!(Query::parse(&query.to_string()), Ok(query));
    }
});
