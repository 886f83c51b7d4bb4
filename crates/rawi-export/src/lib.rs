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

/// The name that the contract has for an act, a status and the like.
pub fn name<T: serde::Serialize>(value: &T) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}
