//! Archives from end to end, on files.

#![allow(clippy::unwrap_used, missing_docs)]

mod corrections;
mod damage;
mod documents;
mod entities;
mod events;
mod follow;
mod house;
mod ledger;
mod quotes;
mod search;
mod shared;
mod whole;
