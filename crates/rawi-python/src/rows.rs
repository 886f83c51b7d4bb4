//! Batches of rows: of readings that were made, and of articles that are read meanwhile.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::{Array, RecordBatch, RecordBatchOptions, RecordBatchReader, make_array};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use rawi_columns::{Batches, Beside, Table};
use rawi_input::{Row, Rows, fault};

use crate::batch;
use crate::part::Part;
use crate::reader::{Hand, Settings};
use crate::reading::Kept;

/// So many rows a batch has that is made of readings.
const MADE: usize = 8192;

/// So many rows a thread reads in a row, which are a batch then; alone it reads more, as it
/// waits for nobody.
const READ: usize = 32;
const READ_ALONE: usize = 256;

/// So many times that all threads take before their batches are handed on.
const ROUNDS: usize = 8;

/// About so many bytes of articles are read before their batches are handed on. An output is
/// several times as large.
const BYTES: usize = 16 << 20;
const BYTES_ALONE: usize = 2 << 20;

/// What rows are made of.
pub(crate) enum Item {
    /// An article with its reading.
    Read(Part<Kept>),
    /// The id of an article that could not be read, and why.
    Failed(String, String),
}

/// The rows of readings in one table.
pub(crate) struct Made {
    table: Table,
    items: Arc<[Item]>,
    next: usize,
    batches: Batches,
}

impl Made {
    pub fn new(table: Table, items: Arc<[Item]>) -> Self {
        Self {
            table,
            items,
            next: 0,
            batches: Batches::new(table, MADE),
        }
    }
}

impl Iterator for Made {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(item) = self.items.get(self.next) {
            self.next += 1;
            let full = match item {
                Item::Read(kept) => {
                    let Kept { article, reading } = kept.it();
                    self.batches.push(article, reading, Beside::default())
                }
                Item::Failed(id, why) => self.batches.push_error(id, why, &[]),
            };
            if let Some(full) = full.transpose() {
                return Some(full);
            }
        }
        self.batches.take().transpose()
    }
}

impl RecordBatchReader for Made {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }
}

/// Articles of an input stream that are read when somebody asks for their rows: no more of
/// the input is taken than is read then.
pub(crate) struct Readings {
    input: Box<dyn RecordBatchReader + Send>,
    rows: Rows,
    settings: Settings,
    threads: usize,
    /// The batch that is being read, and the row that is next.
    batch: Option<(RecordBatch, usize)>,
    /// How many rows were begun.
    begun: u64,
    done: VecDeque<RecordBatch>,
    over: bool,
}

/// Rows that one thread reads in a row.
struct Chunk {
    batch: RecordBatch,
    rows: Range<usize>,
    /// The number of the first in the whole table, from 1.
    number: u64,
}

impl Readings {
    pub fn new(
        input: Box<dyn RecordBatchReader + Send>,
        rows: Rows,
        settings: Settings,
        threads: usize,
    ) -> Self {
        Self {
            input,
            rows,
            settings,
            threads,
            batch: None,
            begun: 0,
            done: VecDeque::new(),
            over: false,
        }
    }

    /// Rows to be read together, all of one batch of the input; none at its end.
    fn group(&mut self) -> Result<Vec<Chunk>, ArrowError> {
        let (most, rows, most_bytes) = match self.threads {
            1 => (1, READ_ALONE, BYTES_ALONE),
            threads => (threads * ROUNDS, READ, BYTES),
        };
        let (batch, next) = loop {
            match &mut self.batch {
                Some((batch, next)) if *next < batch.num_rows() => break (batch, next),
                _ => {}
            }
            let Some(batch) = self.input.next().transpose()? else {
                return Ok(Vec::new());
            };
            self.batch = Some((checked(batch)?, 0));
        };
        let end = batch.num_rows();
        let mut chunks = Vec::new();
        let mut bytes = 0;
        while chunks.len() < most && bytes < most_bytes && *next < end {
            let start = *next;
            while *next < end.min(start + rows) && bytes < most_bytes {
                bytes += self.rows.bytes(batch, *next);
                *next += 1;
            }
            chunks.push(Chunk {
                batch: batch.clone(),
                rows: start..*next,
                number: self.begun + 1,
            });
            self.begun += (*next - start) as u64;
        }
        Ok(chunks)
    }

    /// Reads the next rows; gives whether there were any.
    fn go_on(&mut self) -> Result<bool, ArrowError> {
        let chunks = self.group()?;
        if chunks.is_empty() {
            return Ok(false);
        }
        let (rows, settings) = (&self.rows, self.settings);
        let done = batch::each(chunks, self.threads, true, || {
            let mut hand = Hand::new(settings);
            move |_, chunk| read(rows, &mut hand, &chunk)
        });
        for batches in done.map_err(|e| ArrowError::ExternalError(Box::new(e)))? {
            self.done.extend(batches?);
        }
        Ok(true)
    }
}

/// A batch as it may be read: who hands it over may have made it of anything. A string that
/// is no UTF-8, which Spark lets pass, costs its row and not the table: its column becomes
/// one of bytes, of which each value is looked at when it is read.
fn checked(batch: RecordBatch) -> Result<RecordBatch, ArrowError> {
    let (schema, mut columns, rows) = batch.into_parts();
    let mut fields = schema.fields().to_vec();
    for (column, field) in columns.iter_mut().zip(&mut fields) {
        let data = column.to_data();
        let wrong = match data.validate_full() {
            Ok(()) => continue,
            Err(wrong) => wrong,
        };
        let bytes = match data.data_type() {
            DataType::Utf8 => DataType::Binary,
            DataType::LargeUtf8 => DataType::LargeBinary,
            DataType::Utf8View => DataType::BinaryView,
            _ => return Err(wrong),
        };
        *column = make_array(data.into_builder().data_type(bytes.clone()).build()?);
        *field = Arc::new(field.as_ref().clone().with_data_type(bytes));
    }
    let some = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), columns, &some)
}

/// The rows of a chunk, read.
fn read(rows: &Rows, hand: &mut Hand, chunk: &Chunk) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut batches = Batches::new(Table::Readings, usize::MAX);
    let mut out = Vec::new();
    for (row, number) in chunk.rows.clone().zip(chunk.number..) {
        let Row {
            id,
            article,
            remarks,
        } = rows.read(&chunk.batch, row, number);
        let read = article.and_then(|(article, about)| {
            let read = hand.read(article, 0).map_err(|f| f.why().to_owned());
            read.map(|kept| (kept, about))
        });
        let full = match read {
            Ok((kept, about)) => {
                let beside = Beside {
                    extracted: about.extracted,
                    remarks: &remarks,
                    ..Beside::default()
                };
                batches.push(&kept.article, &kept.reading, beside)
            }
            Err(why) => batches.push_error(&id, &why, &remarks),
        };
        out.extend(full?);
    }
    out.extend(batches.take()?);
    Ok(out)
}

impl Iterator for Readings {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.done.pop_front() {
                return Some(Ok(batch));
            }
            if self.over {
                return None;
            }
            // Whoever asks may be C, which no fault may reach.
            let more = fault::guarded(|| self.go_on());
            let more = more.unwrap_or_else(|fault| Err(ArrowError::ComputeError(fault)));
            match more {
                Ok(true) => {}
                Ok(false) => self.over = true,
                Err(e) => {
                    self.over = true;
                    return Some(Err(e));
                }
            }
        }
    }
}

impl RecordBatchReader for Readings {
    fn schema(&self) -> SchemaRef {
        Table::Readings.schema()
    }
}
