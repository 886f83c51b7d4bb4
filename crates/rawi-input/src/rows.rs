//! Articles from record batches in memory.

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use rawi::Article;

use crate::about::About;
use crate::columns::Sheet;
use crate::inputs::{Inputs, Options};
use crate::problem::Place;
use crate::remarks::Remarks;

/// Takes articles out of the record batches of one table, row by row and in any order: the
/// columns are known by the same names as the fields of other records.
#[derive(Debug)]
pub struct Rows {
    options: Options,
    sheet: Sheet,
    name: String,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// The article's id: the row's own, its address, or the table's name and the number of
    /// the row in it, from 1.
    pub id: String,
    /// The article, or why there is none.
    pub article: Result<(Article, Box<About>), String>,
    /// Something to tell that cost no article.
    pub remarks: Vec<String>,
}

impl Rows {
    /// The articles of tables with a schema, read as `inputs` are; `name` is for articles
    /// without an id.
    ///
    /// # Errors
    ///
    /// If the table has no column that is a text. The message names those that it has.
    pub fn new(inputs: &Inputs, name: impl Into<String>, schema: &Schema) -> Result<Self, String> {
        let options = inputs.options().clone();
        Ok(Self {
            sheet: Sheet::of(schema, &options.fields)?,
            options,
            name: name.into(),
        })
    }

    /// About how many bytes a row of a batch holds of an article.
    pub fn bytes(&self, batch: &RecordBatch, row: usize) -> usize {
        self.sheet.bytes(batch, row)
    }

    /// A row of a batch, which is of this number in the table, counted from 1.
    pub fn read(&self, batch: &RecordBatch, row: usize, number: u64) -> Row {
        let place = Place {
            file: self.name.clone(),
            record: Some(number),
            ..Place::default()
        };
        let (draft, size) = self.sheet.draft(batch, row, &self.options.fields);
        let fallback = || format!("{}:{number}", self.name);
        let id = draft.id().unwrap_or_else(fallback);
        // Each row says everything that is to be said of it.
        let mut remarks = Remarks::default();
        let article = size.and_then(|_| {
            let done = draft.finish(id.clone(), &place, &self.options, &mut remarks);
            done.map_err(str::to_owned)
        });
        let remarks = remarks.take().map(|problem| problem.text).collect();
        Row {
            id,
            article,
            remarks,
        }
    }
}
