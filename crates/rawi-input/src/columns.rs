//! Articles from columns: an article a row, the columns by the same names as the fields
//! of other records.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, Schema, TimeUnit};
use rawi_time::Date;

use crate::draft::Draft;
use crate::fields::{Columns, Fields, Role};
use crate::{LONGEST, too_long};

const SECONDS: i64 = 86_400;

/// Which columns of a table are what of an article.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The names of those that are read.
    columns: Columns,
    /// Where they stand in a batch.
    places: Vec<usize>,
}

impl Sheet {
    /// The columns of a table that can be read.
    ///
    /// # Errors
    ///
    /// If none of them is a text.
    pub fn of(schema: &Schema, fields: &Fields) -> Result<Self, String> {
        let all: Columns = schema.fields().iter().map(|f| f.name().as_str()).collect();
        let usable = |at: &usize| is_read(schema.field(*at).data_type());
        let mut places: Vec<usize> = Role::ALL
            .iter()
            .flat_map(|role| fields.find(*role, &all).filter(usable))
            .collect();
        places.sort_unstable();
        places.dedup();
        let name = |at: &usize| schema.field(*at).name().as_str();
        let columns: Columns = places.iter().map(name).collect();
        let has = |role| fields.find(role, &columns).next().is_some();
        if !has(Role::Text) && !has(Role::Html) {
            return Err(format!("no column of text: {}", all.list()));
        }
        Ok(Self { columns, places })
    }

    /// Where the columns stand in a batch.
    #[cfg(feature = "parquet")]
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// The same columns of batches that hold no others.
    #[cfg(feature = "parquet")]
    pub fn alone(mut self) -> Self {
        self.places = (0..self.places.len()).collect();
        self
    }

    /// About how many bytes a row holds.
    pub fn bytes(&self, batch: &RecordBatch, row: usize) -> usize {
        let columns = self.places.iter().filter_map(|at| batch.columns().get(*at));
        columns.map(|column| length(column, row)).sum()
    }

    /// What a row holds of an article, and its size in bytes.
    ///
    /// # Errors
    ///
    /// If it is too long, or bytes in it are no text.
    pub fn draft(
        &self,
        batch: &RecordBatch,
        row: usize,
        fields: &Fields,
    ) -> (Draft, Result<u64, String>) {
        let (mut bytes, mut wrong) = (0, None);
        let draft = Draft::of_cells(|role| {
            let mut found = fields.find(role, &self.columns);
            let cell = found.find_map(|at| {
                let column = batch.columns().get(*self.places.get(at)?)?;
                match text(column, row) {
                    Ok(cell) => cell.filter(|c| !c.trim().is_empty()),
                    Err(why) => {
                        wrong = wrong.take().or(Some(format!("{}: {why}", role.name())));
                        None
                    }
                }
            });
            bytes += cell.as_ref().map_or(0, String::len);
            cell
        });
        let size = match wrong {
            Some(why) => Err(why),
            None if bytes > LONGEST => Err(too_long()),
            None => Ok(bytes as u64),
        };
        (draft, size)
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
        || matches!(kind, DataType::Dictionary(_, of) if is_read(of))
}

/// A value as a text; none if it is null.
///
/// # Errors
///
/// If its bytes are no UTF-8.
fn text(array: &dyn Array, row: usize) -> Result<Option<String>, String> {
    if array.is_null(row) {
        return Ok(None);
    }
    let utf8 = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(e) => Err(format!("no UTF-8 at byte {}", e.valid_up_to())),
    };
    match array.data_type() {
        DataType::Binary => utf8(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => utf8(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => utf8(array.as_binary_view().value(row)),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let key = shown(dictionary.keys(), row).and_then(|key| key.parse().ok());
            key.map_or(Ok(None), |key| text(dictionary.values(), key))
        }
        _ => Ok(shown(array, row)),
    }
}

/// The length of a value in bytes, as far as it has one of its own.
fn length(array: &dyn Array, row: usize) -> usize {
    if array.is_null(row) {
        return 0;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).len(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).len(),
        DataType::Utf8View => array.as_string_view().value(row).len(),
        DataType::Binary => array.as_binary::<i32>().value(row).len(),
        DataType::LargeBinary => array.as_binary::<i64>().value(row).len(),
        DataType::BinaryView => array.as_binary_view().value(row).len(),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let key = shown(dictionary.keys(), row).and_then(|key| key.parse().ok());
            key.map_or(0, |key| length(dictionary.values(), key))
        }
        _ => size_of::<u64>(),
    }
}

/// A string, number, day or time as a text.
fn shown(array: &dyn Array, row: usize) -> Option<String> {
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
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string_opt::<i32>()?.value(row).to_owned()),
        DataType::LargeUtf8 => Some(array.as_string_opt::<i64>()?.value(row).to_owned()),
        DataType::Utf8View => Some(array.as_string_view_opt()?.value(row).to_owned()),
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
