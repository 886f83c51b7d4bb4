//! Whoever wants to harm a server, its readers or its archive.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

mod archive;
mod content;
mod house;
mod origin;
mod questions;
mod wire;
