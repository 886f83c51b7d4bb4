//! Archives from end to end, on files.

#![allow(clippy::unwrap_used, missing_docs)]

mod damage;
mod documents;
mod entities;
mod house;
mod ledger;
mod search;
