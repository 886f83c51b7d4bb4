//! Readings in, record batches out.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use rawi::reading::Id;
use rawi::{Article, Reading};

use crate::Table;
use crate::cell::{Cell, Row};
use crate::column::{Filling, add_row};
use crate::records::{Record, unread};

/// About so many bytes of values make a batch full, whatever the number of rows: columns
/// of strings end at two gibibytes.
const FULL: usize = 32 << 20;

/// Where an archive has an article, and the numbers that it gave to what is in it.
#[derive(Clone, Debug)]
pub struct Archived<'a> {
    /// The number of the article.
    pub document: i64,
    /// The number of this wording of it.
    pub version: i64,
    /// The number of its story.
    pub story: Option<i64>,
    /// Where it stood.
    pub address: Option<&'a str>,
    /// The numbers of its statements.
    pub statements: &'a BTreeMap<Id, i64>,
    /// The numbers of its events.
    pub events: &'a BTreeMap<Id, i64>,
    /// The numbers of its entities over all articles.
    pub entities: &'a BTreeMap<Id, i64>,
}

/// What is known of an article beside its reading.
#[derive(Clone, Copy, Default, Debug)]
pub struct Beside<'a> {
    /// Where an archive has it.
    pub archived: Option<&'a Archived<'a>>,
    /// Whether its text was taken out of a page: then [`Table::Readings`] holds the text
    /// too, since nothing else has that in which offsets count.
    pub extracted: bool,
    /// What was told of its input.
    pub remarks: &'a [String],
}

impl<'a> Beside<'a> {
    /// An article of an archive.
    pub fn of_archive(archived: &'a Archived<'a>) -> Self {
        Self {
            archived: Some(archived),
            ..Self::default()
        }
    }
}

/// Collects the rows of one table into batches.
pub struct Batches {
    table: Table,
    schema: SchemaRef,
    columns: Vec<Filling>,
    most: usize,
    rows: usize,
    bytes: usize,
}

impl Batches {
    /// Batches of a table; each has `most` rows, or a few more, since the rows of one
    /// article stay together.
    pub fn new(table: Table, most: usize) -> Self {
        Self {
            table,
            schema: table.schema(),
            columns: table
                .columns()
                .map(|(_, kind, _)| Filling::new(kind))
                .collect(),
            most: most.max(1),
            rows: 0,
            bytes: 0,
        }
    }

    /// Adds the rows of an article. Gives a batch when one is full.
    ///
    /// # Errors
    ///
    /// If a reading has what no column can hold, which is a fault of this crate.
    pub fn push(
        &mut self,
        article: &Article,
        reading: &Reading<'_>,
        beside: Beside<'_>,
    ) -> Result<Option<RecordBatch>, ArrowError> {
        let record = Record {
            article,
            reading,
            beside,
        };
        record.rows(self.table, |row| self.add(row))?;
        self.full()
    }

    /// Adds what stands in the place of an article that could not be read: a row of
    /// [`Table::Readings`], nothing in the others. Gives a batch when one is full.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn push_error(
        &mut self,
        article: &str,
        error: &str,
        remarks: &[String],
    ) -> Result<Option<RecordBatch>, ArrowError> {
        if self.table == Table::Readings {
            self.add(unread(article, error, remarks))?;
        }
        self.full()
    }

    fn add(&mut self, row: Row<'_>) -> Result<(), ArrowError> {
        self.bytes += row.iter().map(Cell::bytes).sum::<usize>();
        add_row(&mut self.columns, row)?;
        self.rows += 1;
        Ok(())
    }

    fn full(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.rows >= self.most || self.bytes >= FULL {
            return self.take();
        }
        Ok(None)
    }

    /// What is left, if anything.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn take(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.rows == 0 {
            return Ok(None);
        }
        (self.rows, self.bytes) = (0, 0);
        let columns: Result<Vec<_>, _> = self.columns.iter_mut().map(Filling::finish).collect();
        RecordBatch::try_new(self.schema.clone(), columns?).map(Some)
    }
}
