//! An assistant asks: each tool, resources and prompts, and what goes wrong.

#![allow(clippy::unwrap_used)]

mod house;
mod offered;
mod tools;
mod wire;
