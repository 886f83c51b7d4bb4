//! The fuzz targets for pages on random ones: `fuzz/run`.

#[path = "../../../../fuzz/src/pages.rs"]
mod pages;
#[path = "../../../../fuzz/src/random.rs"]
mod random;

const TARGETS: [random::Target; 2] = [("page", pages::page), ("container", pages::container)];

/// How many are enough for a test among others.
const FEW: u64 = 1000;

#[test]
fn fuzz_pages() {
    random::run(FEW, pages::pieces, &TARGETS);
}
