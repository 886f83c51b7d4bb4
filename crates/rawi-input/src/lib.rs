//! Articles from files and standard input, in the forms that news comes in.
//!
//! [`Inputs`] names what is to be read and how; it hands over [`Record`]s one
//! after another: articles, remarks on what could not be used of them, and
//! records that are none. Whatever is wrong with one costs no other.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod inputs;
mod json;
mod problem;

pub use inputs::{Format, Inputs, Record};
pub use json::day;
pub use problem::{Place, Problem};
