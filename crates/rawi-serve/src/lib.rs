//! The pages of an archive and its API over HTTP.
//!
//! ```text
//! connection ─ listen.rs (how many, how slow) ─ guard.rs (host, headers, sizes, pace) ─ routes ─┬─ pages.rs ─ rawi-pages
//!                                                              └─ api/
//!                 desks.rs: threads that ask the archive ──────┘
//! ```
//!
//! Blocking work (the archive, the engine) is done by a fixed number of threads with a desk
//! each; what waits for them is bounded, and what takes too long is given up. Whoever may
//! write signs in with a token (`access.rs`).

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod access;
// A problem is some 200 bytes, and is made once for a request that is refused.
#[allow(clippy::result_large_err)]
mod api;
mod correct;
mod desks;
mod dress;
mod files;
mod guard;
mod listen;
mod meter;
mod options;
mod pages;
mod screens;
mod server;
mod shelf;
mod sign_in;

pub use access::new_token;
pub use options::Options;

pub use server::{ServeError, Server, routes};
