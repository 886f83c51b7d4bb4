//! An archive for assistants: who said what, with evidence, by the Model Context
//! Protocol.
//!
//! [`run`] serves one archive over standard input and output until the input ends;
//! [`Server`] is the same for any other way to carry messages. The tools only read. What
//! they answer is bounded, and words of articles are marked as quoted material.
//! `docs/mcp.md` shows each tool with a question and its answer.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod bounds;
mod desk;
mod plain;
mod pool;
mod prompts;
mod resources;
mod server;
mod stdio;
mod tools;

pub use pool::StartError;
pub use server::Server;
pub use stdio::{ServeError, run};
