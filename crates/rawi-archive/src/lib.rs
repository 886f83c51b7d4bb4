//! Readings kept in one SQLite file that can be asked.
//!
//! An archive holds the texts of articles as they were captured, with their hashes, and
//! what was read in them: nothing in it is ever overwritten. It answers who said what,
//! to whom, through what and when, and how the wording changed.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod fingerprint;
pub mod query;
pub mod terms;
