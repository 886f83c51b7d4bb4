//! Readings as Arrow columns, one table a kind of record, and as Parquet files.
//!
//! Seven tables have one stable schema, which `docs/columns.md` describes: [`Table`] gives
//! it. [`Batches`] takes articles with their readings one by one and gives record batches
//! of a bounded size; [`ParquetWriter`] puts them into a file.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod batches;
mod cell;
mod column;
mod compare;
mod ddl;
#[cfg(feature = "parquet")]
mod parquet_file;
mod records;
mod schema;
mod when;

pub use arrow_array::RecordBatch;
pub use arrow_schema::{ArrowError, SchemaRef};
pub use batches::{Archived, Batches, Beside};
pub use compare::{differences, number};
pub use ddl::spark_ddl;
#[cfg(feature = "parquet")]
pub use parquet_file::{
    ENGINES, FileError, ParquetWriter, SCHEMA_VERSION, TABLE, read_parquet, told,
};
pub use schema::{Table, VERSION};
pub use when::When;

#[cfg(all(test, feature = "parquet"))]
mod tests;
