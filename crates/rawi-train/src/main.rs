//! Training and scoring.

fn main() {}
