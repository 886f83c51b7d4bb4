//! Readings kept in one SQLite file that can be asked.
//!
//! An archive holds the texts of articles as they were captured, with their hashes, and
//! what was read in them: nothing in it is ever overwritten. It answers who said what,
//! to whom, through what and when, and how the wording changed.
//!
//! [`Archive::open`] opens or makes one, [`Archive::ingest`] reads inputs into it.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod archive;
pub mod corrections;
mod credit;
mod document;
mod entities;
mod error;
pub mod events;
pub mod export;
mod facts;
mod feeds;
mod follow;
mod health;
mod index;
mod ingest;
mod ledger;
mod marks;
mod memory;
mod merge;
mod name;
mod pack;
mod prepare;
pub mod query;
pub mod quotes;
mod reread;
mod rows;
mod schema;
pub mod search;
mod stored;
mod story;
pub mod terms;
mod upkeep;
mod verify;
mod whole;
mod write;

pub use archive::{Archive, Mode};
pub use entities::{
    Candidate, Carried, Counted, Decision, EntitySort, Line, Listed, NameCount, Occasion, Portrait,
    Sayings, Share, TitleCount, What, WhichEntities,
};
pub use error::ArchiveError;
pub use facts::Facts;
pub use feeds::Page;
pub use follow::{Follow, News};
pub use health::{Health, LedgerRow, WhichInputs};
pub use ingest::{Input, Opened, Tally, Told};
pub use ledger::{Failure, Given, InputKind, Stage};
pub use memory::{Kept, Memory, State};
pub use name::name_of;
pub use reread::{Reread, Which};
pub use schema::FORMAT;
pub use upkeep::Info;
pub use verify::Proof;
pub use whole::{Whole, Wording};
