//! Readings as Arrow columns, one table a kind of record, and as Parquet files.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]
