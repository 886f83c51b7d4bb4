//! Articles from Parquet: an article a row, the columns by the same names as the fields
//! of other records.
//!
//! Rows come in small batches, column by column of one row group: of a file of any
//! length no more than a page of each column is in memory.

use std::fs::File;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use rawi_time::Date;

use crate::desk::Desk;
use crate::draft::Draft;
use crate::fields::{Columns, Fields, Role};
use crate::{LONGEST, fault, too_long};

/// What a file begins with.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// How many rows are held at a time: each may be as long as an article can be.
const ROWS: usize = 64;

/// The largest column of a row group that is opened, in bytes after unpacking.
const LARGEST: i64 = 1 << 30;

const SECONDS: i64 = 86_400;

/// A file that is read row by row.
pub(crate) struct Parquet {
    reader: ParquetRecordBatchReader,
    /// The columns that are read, in the order of the batches.
    columns: Columns,
    batch: Option<RecordBatch>,
    row: usize,
    /// Whether it is read no further.
    ended: bool,
}

impl Parquet {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// If it is damaged, or has no column that is a text.
    pub fn open(file: File, fields: &Fields) -> Result<Self, String> {
        guarded(|| {
            // The types of columns as Parquet has them: texts are texts, however they
            // are packed.
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options);
            let builder = builder.map_err(|e| broken(&e))?;
            let schema = builder.schema().clone();
            let all: Columns = schema.fields().iter().map(|f| f.name().as_str()).collect();
            let usable = |at: &usize| is_read(schema.field(*at).data_type());
            let mut wanted: Vec<usize> = Role::ALL
                .iter()
                .flat_map(|role| fields.find(*role, &all).filter(usable))
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            let columns: Columns = wanted
                .iter()
                .map(|at| schema.field(*at).name().as_str())
                .collect();
            let has = |role| fields.find(role, &columns).next().is_some();
            if !has(Role::Text) && !has(Role::Html) {
                return Err(format!(
                    "no column of text: {}; name it with `--field text=COLUMN`",
                    all.list()
                ));
            }
            for group in builder.metadata().row_groups() {
                if group
                    .columns()
                    .iter()
                    .any(|c| c.uncompressed_size() > LARGEST)
                {
                    return Err("a row group has a column of more than 1 GiB; write the file with smaller row groups".into());
                }
            }
            let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
            let reader = builder.with_projection(mask).with_batch_size(ROWS).build();
            Ok(Parquet {
                reader: reader.map_err(|e| broken(&e))?,
                columns,
                batch: None,
                row: 0,
                ended: false,
            })
        })
    }

    /// Reads the next row; false at the end.
    pub fn step(&mut self, desk: &mut Desk<'_>) -> bool {
        let rows = self.batch.as_ref().map_or(0, RecordBatch::num_rows);
        if self.row < rows {
            desk.next_record();
            let place = desk.place(None, None);
            match self.draft(&desk.options().fields) {
                Ok((draft, bytes)) => desk.article(draft, place, bytes),
                Err(problem) => desk.fail(place, problem),
            }
            self.row += 1;
            return true;
        }
        (self.batch, self.row) = (None, 0);
        let next = if self.ended {
            Ok(None)
        } else {
            guarded(|| self.reader.next().transpose().map_err(|e| broken(&e)))
        };
        match next {
            Ok(Some(batch)) => {
                self.batch = Some(batch);
                true
            }
            Ok(None) => {
                if desk.records() == 0 {
                    desk.fail_file("holds no record");
                }
                false
            }
            Err(problem) => {
                desk.next_record();
                let place = desk.place(None, None);
                desk.fail(place, format!("{problem}; the rows before it were read"));
                self.ended = true;
                false
            }
        }
    }

    fn draft(&self, fields: &Fields) -> Result<(Draft, u64), String> {
        let mut bytes = 0;
        let mut cell = |role| {
            let mut found = fields.find(role, &self.columns);
            let cell = found.find_map(|at| self.cell(at).filter(|c| !c.trim().is_empty()));
            bytes += cell.as_ref().map_or(0, String::len);
            cell
        };
        let draft = Draft::of_cells(&mut cell);
        if bytes > LONGEST {
            return Err(too_long());
        }
        Ok((draft, bytes as u64))
    }

    /// The value of the row at hand in a column, as a text.
    fn cell(&self, column: usize) -> Option<String> {
        let array = self.batch.as_ref()?.columns().get(column)?;
        if array.is_null(self.row) {
            return None;
        }
        text(array, self.row)
    }
}

/// Whether columns of a type can be read.
fn is_read(kind: &DataType) -> bool {
    kind.is_integer()
        || matches!(
            kind,
            DataType::Utf8
                | DataType::LargeUtf8
                | DataType::Utf8View
                | DataType::Binary
                | DataType::LargeBinary
                | DataType::BinaryView
                | DataType::Date32
                | DataType::Date64
                | DataType::Timestamp(_, _)
        )
}

fn text(array: &dyn Array, row: usize) -> Option<String> {
    macro_rules! number {
        ($kind:ty) => {
            Some(array.as_primitive_opt::<$kind>()?.value(row).to_string())
        };
    }
    macro_rules! time {
        ($kind:ty, $unit:expr) => {
            moment(
                array
                    .as_primitive_opt::<$kind>()?
                    .value(row)
                    .div_euclid($unit),
            )
        };
    }
    let utf8 = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string_opt::<i32>()?.value(row).to_owned()),
        DataType::LargeUtf8 => Some(array.as_string_opt::<i64>()?.value(row).to_owned()),
        DataType::Utf8View => Some(array.as_string_view_opt()?.value(row).to_owned()),
        DataType::Binary => utf8(array.as_binary_opt::<i32>()?.value(row)),
        DataType::LargeBinary => utf8(array.as_binary_opt::<i64>()?.value(row)),
        DataType::BinaryView => utf8(array.as_binary_view_opt()?.value(row)),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Date32 => {
            let days = array.as_primitive_opt::<Date32Type>()?.value(row);
            Some(day(i64::from(days))?.to_string())
        }
        DataType::Date64 => {
            let ms = array.as_primitive_opt::<Date64Type>()?.value(row);
            Some(day(ms.div_euclid(SECONDS * 1000))?.to_string())
        }
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => time!(TimestampSecondType, 1),
            TimeUnit::Millisecond => time!(TimestampMillisecondType, 1_000),
            TimeUnit::Microsecond => time!(TimestampMicrosecondType, 1_000_000),
            TimeUnit::Nanosecond => time!(TimestampNanosecondType, 1_000_000_000),
        },
        _ => None,
    }
}

/// The day so many days after the first of 1970.
fn day(days: i64) -> Option<Date> {
    Date::new(1970, 1, 1)?.add_days(i32::try_from(days).ok()?)
}

/// A time in seconds since 1970, in RFC 3339.
fn moment(seconds: i64) -> Option<String> {
    let day = day(seconds.div_euclid(SECONDS))?;
    let rest = seconds.rem_euclid(SECONDS);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    Some(format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}

fn broken(e: &dyn std::fmt::Display) -> String {
    format!("broken Parquet ({e}): get the file again")
}

/// Runs what reads a file that may be damaged in ways that the library did not think of.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    fault::guarded(read).unwrap_or_else(|_| Err(broken(&"damaged inside")))
}
