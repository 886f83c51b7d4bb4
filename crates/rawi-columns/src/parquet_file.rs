//! Tables as Parquet files.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::Write;

use arrow_array::{Array as _, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use crate::Table;
use crate::schema::VERSION;

/// The key of the version of the schema in a file's metadata.
pub const SCHEMA_VERSION: &str = "rawi.schema";
/// The key of the table's name.
pub const TABLE: &str = "rawi.table";
/// The key of the engines that made the readings, separated by `;`.
pub const ENGINES: &str = "rawi.engine";

/// How many rows a row group has at most.
const GROUP: usize = 128 << 10;

/// About how many bytes of a row group are held before it is written, packed.
const GROUP_BYTES: usize = 64 << 20;

/// Writes the batches of one table into a Parquet file.
pub struct ParquetWriter<W: Write + Send> {
    out: ArrowWriter<W>,
    engines: BTreeSet<String>,
}

/// Why a file could not be written or read.
#[derive(Debug)]
pub enum FileError {
    /// The file, or what it says of itself.
    Parquet(ParquetError),
    /// What is in it.
    Arrow(ArrowError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FileError::Parquet(e) => e.fmt(f),
            FileError::Arrow(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FileError::Parquet(ParquetError::External(e)) => Some(&**e),
            FileError::Parquet(e) => Some(e),
            FileError::Arrow(e) => Some(e),
        }
    }
}

impl From<ParquetError> for FileError {
    fn from(e: ParquetError) -> Self {
        FileError::Parquet(e)
    }
}

impl From<ArrowError> for FileError {
    fn from(e: ArrowError) -> Self {
        FileError::Arrow(e)
    }
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn new(out: W, table: Table) -> Result<Self, FileError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(rawi::ENGINE.to_owned())
            .set_max_row_group_row_count(Some(GROUP))
            .build();
        let mut writer = Self {
            out: ArrowWriter::try_new(out, table.schema(), Some(properties))?,
            engines: BTreeSet::new(),
        };
        writer.tell(SCHEMA_VERSION, VERSION.to_string());
        writer.tell(TABLE, table.name().to_owned());
        Ok(writer)
    }

    /// Writes a batch of the table.
    ///
    /// # Errors
    ///
    /// If it cannot be written, or is one of another table.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        let engines = batch.column_by_name("engine");
        if let Some(all) = engines.and_then(|c| c.as_any().downcast_ref::<StringArray>()) {
            for engine in all.iter().flatten() {
                if !self.engines.contains(engine) {
                    self.engines.insert(engine.to_owned());
                }
            }
        }
        self.out.write(batch)?;
        if self.out.in_progress_size() > GROUP_BYTES {
            self.out.flush()?;
        }
        Ok(())
    }

    /// Ends the row group, so that the next row begins another.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn end_group(&mut self) -> Result<(), FileError> {
        Ok(self.out.flush()?)
    }

    /// Adds to what the file says of itself.
    pub fn tell(&mut self, key: &str, value: String) {
        let pair = KeyValue::new(key.to_owned(), value);
        self.out.append_key_value_metadata(pair);
    }

    /// Ends the file; gives what it was written to.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<W, FileError> {
        let engines: Vec<&str> = self.engines.iter().map(String::as_str).collect();
        let engines = engines.join("; ");
        self.tell(ENGINES, engines);
        Ok(self.out.into_inner()?)
    }
}

/// What a file says of itself under a key; none if it says nothing.
///
/// # Errors
///
/// If it is no Parquet file, or damaged.
pub fn told(file: File, key: &str) -> Result<Option<String>, FileError> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
    let all = builder.metadata().file_metadata().key_value_metadata();
    let pair = all.into_iter().flatten().find(|pair| pair.key == key);
    Ok(pair.and_then(|pair| pair.value.clone()))
}

/// Opens a file of one of the tables: which one, and its batches in order.
///
/// # Errors
///
/// If it is none, has another schema, or is damaged.
pub fn read_parquet(file: File) -> Result<(Table, ParquetRecordBatchReader), FileError> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
    let told = builder.metadata().file_metadata().key_value_metadata();
    let value = |key: &str| {
        let pair = told.into_iter().flatten().find(|pair| pair.key == key);
        pair.and_then(|pair| pair.value.as_deref())
    };
    let table = value(TABLE).and_then(|name| Table::ALL.into_iter().find(|t| t.name() == name));
    let other = |what: &str| FileError::Arrow(ArrowError::SchemaError(what.to_owned()));
    let Some(table) = table else {
        return Err(other(
            "the file says of itself that it is none of rawi's tables",
        ));
    };
    if value(SCHEMA_VERSION) != Some(&VERSION.to_string()) {
        return Err(other("the file has another version of the schema"));
    }
    if builder.schema().fields() != table.schema().fields() {
        return Err(other("the columns are not those of its table"));
    }
    Ok((table, builder.build()?))
}
