//! Fetching from servers on this machine, most of them hostile or broken.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

mod feeds;
mod fuzz;
mod gathering;
mod hostile;
mod polite;
mod server;
