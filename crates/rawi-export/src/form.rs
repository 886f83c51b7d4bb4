//! The forms of an export, and the rows of one article in each.

use std::error::Error;
use std::io::{self, Write};

use rawi_archive::export::{Item, context};
use rawi_archive::search::Scope;
use rawi_archive::{Archive, ArchiveError};
use rawi_columns::{Archived, Batches, Beside, ParquetWriter, Table};
use rawi_text::safe::cell;
use serde_json::Value;

use crate::part::Kind;
use crate::plover;
use crate::table::{self, Table as Sheet, shown};

/// How many rows a batch of columns has.
const BATCH: usize = 8192;

/// A form with what its rows are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A table with a header.
    Csv(Sheet),
    /// Readings, as `rawi read` prints them.
    Readings,
    /// Statements as JSON objects.
    Lines,
    /// Statements in JSON-LD.
    Jsonld,
    /// PLOVER records.
    Plover,
    /// A table in columns.
    Parquet(Table),
}

impl Form {
    /// What a query chooses.
    pub fn scope(self) -> Scope {
        match self {
            Form::Csv(Sheet::Statements)
            | Form::Lines
            | Form::Jsonld
            | Form::Parquet(Table::Statements) => Scope::Statements,
            _ => Scope::Articles,
        }
    }
}

/// An export on its way out.
pub struct Out<'a, W: Write + Send> {
    archive: &'a Archive,
    form: Form,
    to: To<W>,
    rows: usize,
}

enum To<W: Write + Send> {
    Bytes(W),
    Columns(Box<ParquetWriter<W>>, Box<Batches>),
}

impl<'a, W: Write + Send> Out<'a, W> {
    /// Writes the head.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn begin(mut target: W, form: Form, archive: &'a Archive) -> Result<Self, ArchiveError> {
        let to = match form {
            Form::Parquet(table) => {
                let writer = ParquetWriter::new(target, table).map_err(broken)?;
                To::Columns(Box::new(writer), Box::new(Batches::new(table, BATCH)))
            }
            Form::Csv(sheet) => {
                target.write_all(&table::head(sheet, more(sheet)).map_err(broken)?)?;
                To::Bytes(target)
            }
            Form::Jsonld => {
                write!(target, "{{\"@context\":{},\n\"@graph\":[", context())?;
                To::Bytes(target)
            }
            Form::Readings | Form::Lines | Form::Plover => To::Bytes(target),
        };
        Ok(Self {
            archive,
            form,
            to,
            rows: 0,
        })
    }

    /// Writes the rows of one article.
    ///
    /// # Errors
    ///
    /// If they cannot be written.
    pub fn item(&mut self, item: &Item) -> Result<(), ArchiveError> {
        match &mut self.to {
            To::Columns(writer, batches) => {
                let full = batches
                    .push(
                        &item.article,
                        &item.reading,
                        Beside::of_archive(&archived(item)),
                    )
                    .map_err(broken)?;
                if let Some(batch) = full {
                    self.rows += batch.num_rows();
                    writer.write(&batch).map_err(broken)?;
                }
            }
            To::Bytes(target) => match self.form {
                Form::Jsonld => {
                    for node in self.archive.quotations(item)? {
                        let comma = if self.rows == 0 { "" } else { "," };
                        write!(target, "{comma}\n{node}")?;
                        self.rows += 1;
                    }
                }
                Form::Csv(sheet) => {
                    let rows = csv(sheet, item).map_err(broken)?;
                    // No cell holds a line break.
                    self.rows += rows.iter().filter(|b| **b == b'\n').count();
                    target.write_all(&rows)?;
                }
                form => {
                    let lines = lines(form, item).map_err(broken)?;
                    self.rows += lines.iter().filter(|b| **b == b'\n').count();
                    target.write_all(&lines)?;
                }
            },
        }
        Ok(())
    }

    /// Writes the end; gives what it was written to, and the number of rows.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<(W, usize), ArchiveError> {
        let mut target = match self.to {
            To::Columns(mut writer, mut batches) => {
                if let Some(batch) = batches.take().map_err(broken)? {
                    self.rows += batch.num_rows();
                    writer.write(&batch).map_err(broken)?;
                }
                writer.finish().map_err(broken)?
            }
            To::Bytes(target) => target,
        };
        if self.form == Form::Jsonld {
            target.write_all(b"\n]}\n")?;
        }
        target.flush()?;
        Ok((target, self.rows))
    }
}

/// The numbers that an archive gave.
pub fn archived(item: &Item) -> Archived<'_> {
    Archived {
        document: item.document,
        version: item.version,
        story: item.story,
        address: item.address.as_deref(),
        statements: &item.statements,
        events: &item.events,
        entities: &item.entities,
    }
}

/// The columns of an export behind those of `rawi read`.
pub fn more(sheet: Sheet) -> &'static [&'static str] {
    match sheet {
        Sheet::Statements => &[
            "statement_id",
            "speaker_id",
            "document",
            "version",
            "story",
            "address",
            "text_sha256",
            "engine",
        ],
        Sheet::Events => &[
            "event_id",
            "document",
            "version",
            "story",
            "address",
            "text_sha256",
            "engine",
        ],
    }
}

/// The rows of a table with a header.
///
/// # Errors
///
/// If a row cannot be written.
pub fn csv(sheet: Sheet, item: &Item) -> Result<Vec<u8>, csv::Error> {
    let headline = item.reading.headline.as_ref();
    table::rows(sheet, &item.article, &item.reading, &|told| {
        let sha256 = match (told.part.kind, headline) {
            (Kind::Headline, Some(headline)) => &headline.text_sha256,
            _ => &item.reading.text_sha256,
        };
        let mut cells = match sheet {
            Sheet::Statements => vec![
                shown(item.statements.get(&told.id)),
                shown(told.speaker.and_then(|id| item.entities.get(&id))),
            ],
            Sheet::Events => vec![shown(item.events.get(&told.id))],
        };
        cells.extend([
            item.document.to_string(),
            item.version.to_string(),
            shown(item.story),
            cell(item.address.as_deref().unwrap_or_default()),
            sha256.clone(),
            cell(&item.reading.engine),
        ]);
        cells
    })
}

/// The lines of a form that has a JSON object a line.
///
/// # Errors
///
/// If a line cannot be written.
pub fn lines(form: Form, item: &Item) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    match form {
        Form::Readings => {
            serde_json::to_writer(&mut out, &item.reading)?;
            out.push(b'\n');
        }
        Form::Plover => out = plover::records(&item.reading),
        _ => {
            for line in item.lines() {
                put(&mut out, &line)?;
            }
        }
    }
    Ok(out)
}

/// Adds a value in a line.
fn put(out: &mut Vec<u8>, value: &Value) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *out, value)?;
    out.push(b'\n');
    Ok(())
}

/// What could not be written, as the archive hands it on.
fn broken(error: impl Error + Send + Sync + 'static) -> ArchiveError {
    ArchiveError::Io(io::Error::other(error))
}
