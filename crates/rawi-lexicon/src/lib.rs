//! Reads rawi's hand-written tables, for build scripts and for the check of tables.
//!
//! A table is UTF-8 text: one row a line, cells separated by one tab, `#` lines
//! are comments, the first other line names the columns, `-` is an empty cell
//! and `|` separates several values in a cell. The first column is `word`: what a
//! row says something of, in its usual spelling. Nothing of this crate is in the
//! program that runs.
//!
//! A reader names the columns that it needs, and those that it asks where a table
//! has them; a table without one of the latter says nothing of it. Any other column
//! is an error, but for the two that are for people: `gloss` and `note`.
//!
//! ```
//! use rawi_lexicon::Table;
//!
//! let text = "# months\nword\tforms\tnumber\nأيار\tمايو\t5\n";
//! let table = Table::parse("months.tsv", text, &["word", "number"], &["forms", "calendar"])?;
//! let row = &table.rows()[0];
//! assert_eq!(row.get("number"), "5");
//! assert_eq!(row.get("calendar"), "-");
//! assert_eq!(row.words().collect::<Vec<_>>(), ["أيار", "مايو"]);
//! # Ok::<(), rawi_lexicon::LexiconError>(())
//! ```

use std::collections::HashSet;
use std::error::Error;
use std::fmt;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// What is wrong with a table, and where.
#[derive(Debug)]
pub struct LexiconError {
    file: String,
    /// Counted from 1; 0 when the file itself cannot be read.
    line: usize,
    problem: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl Error for LexiconError {}

impl LexiconError {
    fn new(file: &str, line: usize, problem: String) -> Self {
        let file = file.to_owned();
        Self {
            file,
            line,
            problem,
        }
    }
}

/// Columns that any table may have and no code reads.
pub const FOR_PEOPLE: [&str; 2] = ["gloss", "note"];

/// The column of what a row is about: the first of every table.
pub const KEY: &str = "word";

/// A table that has been read and checked.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    columns: Rc<Columns>,
    cells: Vec<String>,
    line: usize,
}

/// What the columns of a table are.
#[derive(Debug)]
struct Columns {
    /// The file, for messages.
    file: String,
    /// In the order of the cells.
    names: Vec<String>,
    /// Those that a reader may ask for although the table lacks them.
    optional: Vec<String>,
}

impl Table {
    /// Reads a table from a file: `required` are the columns that it must have,
    /// `optional` those that it may have.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not such a table; see [`parse`](Self::parse).
    pub fn read(path: &Path, required: &[&str], optional: &[&str]) -> Result<Self, LexiconError> {
        Self::read_keyed(path, required, optional, 1)
    }

    /// Reads a table in which a row is one fact of a word and a word may have
    /// several rows: the first two required cells together come but once.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_facts(
        path: &Path,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Self, LexiconError> {
        Self::read_keyed(path, required, optional, 2)
    }

    fn read_keyed(
        path: &Path,
        required: &[&str],
        optional: &[&str],
        key: usize,
    ) -> Result<Self, LexiconError> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|problem| LexiconError::new(&file, 0, problem.to_string()))?;
        Self::parse_keyed(&file, &text, required, optional, key)
    }

    /// Reads a table from text; `file` is for messages.
    ///
    /// # Errors
    ///
    /// If a required column is missing or one is neither asked for nor for people, a
    /// row has another number of cells, a cell is empty or has white space at its
    /// ends, or the first required cell of a row has come before.
    pub fn parse(
        file: &str,
        text: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Self, LexiconError> {
        Self::parse_keyed(file, text, required, optional, 1)
    }

    fn parse_keyed(
        file: &str,
        text: &str,
        required: &[&str],
        optional: &[&str],
        key: usize,
    ) -> Result<Self, LexiconError> {
        let mut lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        let Some((number, header)) = lines.next() else {
            return Err(LexiconError::new(file, 1, "no header row".to_owned()));
        };
        let columns = Columns::parse(file, header, required, optional)
            .map_err(|problem| LexiconError::new(file, number, problem))?;
        let columns = Rc::new(columns);
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        for (line, text) in lines {
            let error = |problem| LexiconError::new(file, line, problem);
            let cells: Vec<String> = text.split('\t').map(str::to_owned).collect();
            if cells.len() != columns.names.len() {
                let (is, should) = (cells.len(), columns.names.len());
                return Err(error(format!("{is} cells for {should} columns")));
            }
            let bad = |cell: &&String| cell.is_empty() || cell.trim() != cell.as_str();
            if let Some(cell) = cells.iter().find(bad) {
                let problem = format!("cell {cell:?}: write `-` for nothing, no spaces around");
                return Err(error(problem));
            }
            let row = Row {
                columns: Rc::clone(&columns),
                cells,
                line,
            };
            let key: Vec<&str> = required.iter().take(key).map(|c| row.get(c)).collect();
            let key = key.join(" ");
            if seen.contains(&key) {
                return Err(error(format!("{key} has come before")));
            }
            seen.insert(key);
            rows.push(row);
        }
        Ok(Self { rows })
    }

    /// The rows, in file order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl Columns {
    fn parse(
        file: &str,
        header: &str,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Self, String> {
        let names: Vec<String> = header.split('\t').map(str::to_owned).collect();
        for (at, name) in names.iter().enumerate() {
            let known = [required, optional, &FOR_PEOPLE];
            if !known.iter().any(|list| list.contains(&name.as_str())) {
                let known = [required, optional].concat().join(", ");
                return Err(format!("nobody reads a column `{name}`; there is {known}"));
            }
            if names[..at].contains(name) {
                return Err(format!("two columns `{name}`"));
            }
        }
        if let Some(name) = required.iter().find(|r| !names.iter().any(|n| n == *r)) {
            return Err(format!("no column `{name}`"));
        }
        Ok(Self {
            file: file.to_owned(),
            names,
            optional: optional.iter().map(|c| (*c).to_owned()).collect(),
        })
    }
}

impl Row {
    /// The cell of a column; `-` if it is empty.
    ///
    /// # Panics
    ///
    /// If the table was not read with that column, which is a mistake in the
    /// build script.
    pub fn get(&self, column: &str) -> &str {
        match self.columns.names.iter().position(|c| c == column) {
            Some(at) => &self.cells[at],
            None if self.columns.optional.iter().any(|c| c == column) => "-",
            None => panic!("no column {column}"),
        }
    }

    /// The values of a cell, none for an empty one.
    pub fn list(&self, column: &str, separator: char) -> impl Iterator<Item = &str> {
        self.get(column).split(separator).filter(|v| *v != "-")
    }

    /// What the row is about, its word first, then its `forms`.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.get(KEY)).chain(self.list("forms", '|'))
    }

    /// The cell of a column that has one of a few values.
    ///
    /// # Errors
    ///
    /// If it has another one.
    pub fn one_of(&self, column: &str, values: &[&str]) -> Result<&str, LexiconError> {
        let cell = self.get(column);
        if values.contains(&cell) {
            return Ok(cell);
        }
        let problem = format!("`{column}` is {}, not `{cell}`", values.join(", "));
        Err(LexiconError::new(&self.columns.file, self.line, problem))
    }

    /// The line of the row in its file, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_with_their_line() {
        let table = [
            ("a\tb\n1\n", "t:2: 1 cells for 2 columns"),
            ("a\n1\n", "t:1: no column `b`"),
            (
                "a\tb\td\n",
                "t:1: nobody reads a column `d`; there is a, b, c",
            ),
            ("a\tb\ta\n", "t:1: two columns `a`"),
            ("a\tb\n# x\n1\t\n", "t:3: cell \"\""),
            ("a\tb\n1\t2 \n", "t:2: cell \"2 \""),
            ("a\tb\n1\t2\n1\t3\n", "t:3: 1 has come before"),
            ("# nothing\n", "t:1: no header row"),
        ];
        for (text, message) in table {
            let error = Table::parse("t", text, &["a", "b"], &["c"])
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn optional_columns_may_be_absent_and_stand_anywhere() {
        let table = Table::parse("t", "gloss\tc\ta\nx\t3\t1\n", &["a"], &["b", "c"]).unwrap();
        let row = &table.rows()[0];
        assert_eq!([row.get("a"), row.get("b"), row.get("c")], ["1", "-", "3"]);
    }

    #[test]
    fn an_unknown_value_is_told_with_its_line() {
        let table = Table::parse("t", "word\tkind\nx\tb\n", &["word", "kind"], &[]).unwrap();
        let row = &table.rows()[0];
        assert_eq!(row.one_of("kind", &["a", "b"]).unwrap(), "b");
        let error = row.one_of("kind", &["a", "c"]).unwrap_err().to_string();
        assert_eq!(error, "t:2: `kind` is a, c, not `b`");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Table::read(Path::new("no/such.tsv"), &["a"], &[]).unwrap_err();
        assert!(error.to_string().starts_with("no/such.tsv:0: "));
    }
}
