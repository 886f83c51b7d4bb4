//! What an archive holds as tables, records and lines that other programs read.
//!
//! The command writes them into files and the server into answers: both have the same
//! rows, and `rawi verify` proves them. [`Out`] takes article after article, in bounded
//! memory.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod form;
pub mod part;
pub mod plover;
pub mod table;

pub use form::{Form, Out, archived, csv, lines, more};
