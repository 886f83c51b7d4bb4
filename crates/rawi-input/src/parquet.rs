//! Articles from Parquet: an article a row, the columns by the same names as the fields
//! of other records.
//!
//! Rows come in small batches, column by column of one row group: of a file of any
//! length no more than a page of each column is in memory.

use std::fs::File;
use std::path::Path;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::file::metadata::RowGroupMetaData;
use arrow_array::RecordBatch;

use crate::columns::Sheet;
use crate::desk::Desk;
use crate::fault;
use crate::fields::Fields;

/// How many rows each row group of a Parquet file has; none if it cannot be told.
pub fn row_groups(path: &Path) -> Option<Vec<u64>> {
    let groups = guarded(|| {
        let file = File::open(path).map_err(|e| broken(&e))?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| broken(&e))?;
        let rows = |group: &RowGroupMetaData| u64::try_from(group.num_rows()).unwrap_or(0);
        Ok(builder.metadata().row_groups().iter().map(rows).collect())
    });
    groups.ok()
}

/// What a file begins with.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// How many rows are held at a time: each may be as long as an article can be.
const ROWS: usize = 64;

/// The largest column of a row group that is opened, in bytes after unpacking.
const LARGEST: i64 = 1 << 30;

/// A file that is read row by row.
pub(crate) struct Parquet {
    reader: ParquetRecordBatchReader,
    /// The columns that are read, in the order of the batches.
    sheet: Sheet,
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
            let sheet = Sheet::of(builder.schema(), fields)
                .map_err(|why| format!("{why}; name it with `--field text=COLUMN`"))?;
            for group in builder.metadata().row_groups() {
                if group
                    .columns()
                    .iter()
                    .any(|c| c.uncompressed_size() > LARGEST)
                {
                    return Err("a row group has a column of more than 1 GiB; write the file with smaller row groups".into());
                }
            }
            let mask =
                ProjectionMask::roots(builder.parquet_schema(), sheet.places().iter().copied());
            let reader = builder.with_projection(mask).with_batch_size(ROWS).build();
            Ok(Parquet {
                reader: reader.map_err(|e| broken(&e))?,
                sheet: sheet.alone(),
                batch: None,
                row: 0,
                ended: false,
            })
        })
    }

    /// Reads the next row; false at the end.
    pub fn step(&mut self, desk: &mut Desk<'_>) -> bool {
        if let Some(batch) = self.batch.as_ref().filter(|b| self.row < b.num_rows()) {
            desk.next_record();
            let place = desk.place(None, None);
            let (draft, size) = self.sheet.draft(batch, self.row, &desk.options().fields);
            match size {
                Ok(bytes) => desk.article(draft, place, bytes),
                Err(problem) => desk.fail_article(&draft, place, problem),
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
}

fn broken(e: &dyn std::fmt::Display) -> String {
    format!("broken Parquet ({e}): get the file again")
}

/// Runs what reads a file that may be damaged in ways that the library did not think of.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    fault::guarded(read).unwrap_or_else(|_| Err(broken(&"damaged inside")))
}
