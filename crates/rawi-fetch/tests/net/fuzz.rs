//! The fuzz targets for what servers send on random documents: `fuzz/run`.

#[path = "../../../../fuzz/src/network.rs"]
mod network;
#[path = "../../../../fuzz/src/random.rs"]
mod random;

const TARGETS: [random::Target; 3] = [
    ("feed", network::feed),
    ("sitemap", network::sitemap),
    ("outline", network::outline),
];

/// How many documents are enough for a test among others.
const FEW: u64 = 1000;

#[test]
fn fuzz_what_servers_send() {
    random::run(FEW, network::document, &TARGETS);
}
