//! Rows of two batches of one table side by side.

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array as _, RecordBatch};

/// The names of the columns in which a row of one batch is not as a row of another.
/// Batches of different tables differ in all columns of the first.
pub fn differences(one: &RecordBatch, row: usize, other: &RecordBatch, at: usize) -> Vec<String> {
    let schema = one.schema();
    let same_schema = schema.fields() == other.schema().fields();
    let differs = |(place, column): &(usize, &arrow_array::ArrayRef)| {
        let inside = row < column.len() && at < other.num_rows();
        !(same_schema && inside && *column.slice(row, 1) == *other.column(*place).slice(at, 1))
    };
    let columns = one.columns().iter().enumerate();
    let off = columns.filter(differs);
    off.map(|(place, _)| schema.field(place).name().clone())
        .collect()
}

/// A number in a row; none if the column is not there, holds something else, or nothing.
pub fn number(batch: &RecordBatch, column: &str, row: usize) -> Option<i64> {
    let column = batch
        .column_by_name(column)?
        .as_primitive_opt::<Int64Type>()?;
    (row < column.len() && column.is_valid(row)).then(|| column.value(row))
}
