//! The fuzz targets on random texts: a few hundred each time the tests run, as many as
//! an hour holds with `fuzz/run 60`.

#[path = "../../../fuzz/src/random.rs"]
mod random;
#[path = "../../../fuzz/src/stages.rs"]
mod stages;

/// Every stage, the whole reading last.
const STAGES: [random::Target; 8] = [
    ("layout", stages::layout),
    ("tags", stages::tags),
    ("names", stages::names),
    ("times", stages::times),
    ("trees", stages::trees),
    ("speech", stages::speech),
    ("events", stages::events),
    ("reading", stages::reading),
];

/// How many texts are enough for a test among others.
const FEW: u64 = 60;

#[test]
fn every_stage_holds_on_random_texts() {
    random::run(FEW, stages::text, &STAGES);
}
