//! Archives from end to end, on files.

#![allow(clippy::unwrap_used, missing_docs)]

mod damage;
mod documents;
mod house;
mod ledger;
