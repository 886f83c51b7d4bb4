//! The screens of a person and of a quotation, over the shipped samples.

#![allow(clippy::unwrap_used, missing_docs)]

mod house;
mod quote;
mod who;
