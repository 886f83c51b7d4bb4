//! The API over an archive of the samples, from request to answer.

#![allow(clippy::unwrap_used, missing_docs)]

mod answers;
mod export;
mod house;
mod manners;
mod page;
mod problems;
