//! Articles from files, folders and standard input, in the forms that news comes
//! in: plain text, JSON, tables, pages, alone or in
//! WARC files; packed with gzip or not, in UTF-8 or in
//! what was used before it.
//!
//! With the feature `parquet`, tables in Parquet are read too, and with `arrow` (which is part
//! of it) those in memory (`Rows`).
//!
//! [`Inputs`] says what is to be read and how; its [`records`](Inputs::records)
//! are articles, remarks on what could not be used of them, and records that are
//! none, each with its place. Whatever is wrong with one costs no other, and no
//! more of an input is in memory than one record.
//!
//! ```no_run
//! use rawi_input::{Inputs, Record};
//!
//! for record in Inputs::new(["news.jsonl.gz".into()]).records() {
//!     match record {
//!         Record::Article { article, .. } => println!("{}", article.id),
//!         Record::Remark(said) | Record::Failed(said) => eprintln!("{said}"),
//!     }
//! }
//! ```

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod about;
mod address;
mod budget;
mod capture;
#[cfg(feature = "arrow")]
mod columns;
mod dates;
mod desk;
mod draft;
mod encoding;
pub mod fault;
mod fields;
mod files;
mod gzip;
mod handed;
mod html;
mod inputs;
mod json;
mod language;
mod moment;
#[cfg(feature = "parquet")]
mod parquet;
mod peek;
pub mod pool;
mod problem;
mod remarks;
#[cfg(feature = "arrow")]
mod rows;
mod sniff;
mod table;
mod text;
mod walk;
mod warc;

use std::io;

pub use about::{About, DateOrigin, Dated};
pub use budget::{Budget, Hold};
pub use capture::Capture;
pub use encoding::decoded;
pub use fields::{FieldError, Fields, Role};
pub use files::{File, Files, Named};
pub use gzip::{is_packed, unpacked};
pub use handed::Handed;
pub use inputs::{Format, Inputs, Record, Records};
pub use language::Language;
#[cfg(feature = "parquet")]
pub use parquet::row_groups;
pub use problem::{Place, Problem};
#[cfg(feature = "arrow")]
pub use rows::{Row, Rows};

/// The longest record, in bytes: the library's limit for one article.
const LONGEST: usize = 16 << 20;

/// What is said of a record that is longer.
fn too_long() -> String {
    format!(
        "longer than {} MiB, too long for one article",
        LONGEST >> 20
    )
}

/// An I/O error in words that say what to do.
fn explain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied".into(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("broken gzip data ({e}): get the file again")
        }
        _ => e.to_string(),
    }
}
