//! Reads rawi's hand-written tables, for build scripts.
//!
//! A table is UTF-8 text: one row a line, cells separated by one tab, `#` lines
//! are comments, the first other line names the columns, `-` is an empty cell
//! and `|` separates several values in a cell. Nothing of this crate is in the
//! program that runs.
//!
//! ```
//! use rawi_lexicon::Table;
//!
//! let table = Table::parse("months.tsv", "# names\nname\tnumber\nأيار|مايو\t5\n", &["name", "number"])?;
//! let row = &table.rows()[0];
//! assert_eq!(row.get("number"), "5");
//! assert_eq!(row.list("name", '|').collect::<Vec<_>>(), ["أيار", "مايو"]);
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

/// A table that has been read and checked.
#[derive(Debug)]
pub struct Table {
    rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug)]
pub struct Row {
    columns: Rc<[String]>,
    cells: Vec<String>,
    line: usize,
}

impl Table {
    /// Reads a table from a file and checks its columns.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is not such a table; see [`parse`](Self::parse).
    pub fn read(path: &Path, columns: &[&str]) -> Result<Table, LexiconError> {
        Self::read_keyed(path, columns, 1)
    }

    /// Reads a table in which a row is one fact of a word and a word may have
    /// several rows: the first two cells together come but once.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_facts(path: &Path, columns: &[&str]) -> Result<Table, LexiconError> {
        Self::read_keyed(path, columns, 2)
    }

    fn read_keyed(path: &Path, columns: &[&str], key: usize) -> Result<Table, LexiconError> {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|e| LexiconError {
            file: file.clone(),
            line: 0,
            problem: e.to_string(),
        })?;
        Table::parse_keyed(&file, &text, columns, key)
    }

    /// Reads a table from text; `file` is for messages.
    ///
    /// # Errors
    ///
    /// If the columns are not those asked for, a row has another number of
    /// cells, a cell is empty or has white space at its ends, or the first cell
    /// of a row has come before.
    pub fn parse(file: &str, text: &str, columns: &[&str]) -> Result<Table, LexiconError> {
        Self::parse_keyed(file, text, columns, 1)
    }

    fn parse_keyed(
        file: &str,
        text: &str,
        columns: &[&str],
        key: usize,
    ) -> Result<Table, LexiconError> {
        let error = |line: usize, problem: String| LexiconError {
            file: file.to_owned(),
            line,
            problem,
        };
        let names: Rc<[String]> = columns.iter().map(|c| (*c).to_owned()).collect();
        let mut header = false;
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if !header {
                if cells != columns {
                    return Err(error(
                        number,
                        format!("columns are {cells:?}, not {columns:?}"),
                    ));
                }
                header = true;
                continue;
            }
            if cells.len() != columns.len() {
                let problem = format!("{} cells for {} columns", cells.len(), columns.len());
                return Err(error(number, problem));
            }
            if let Some(cell) = cells
                .iter()
                .find(|c| c.is_empty() || c.trim() != c.as_str())
            {
                return Err(error(
                    number,
                    format!("cell {cell:?}: write `-` for nothing, no spaces around"),
                ));
            }
            let key = cells[..key.min(cells.len())].join(" ");
            if !seen.insert(key.clone()) {
                return Err(error(number, format!("{key} has come before")));
            }
            rows.push(Row {
                columns: Rc::clone(&names),
                cells,
                line: number,
            });
        }
        if header {
            Ok(Table { rows })
        } else {
            Err(error(1, "no header row".to_owned()))
        }
    }

    /// The rows, in file order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
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
        let at = self.columns.iter().position(|c| c == column);
        let at = at.unwrap_or_else(|| panic!("no column {column}"));
        &self.cells[at]
    }

    /// The values of a cell, none for an empty one.
    pub fn list(&self, column: &str, separator: char) -> impl Iterator<Item = &str> {
        self.get(column).split(separator).filter(|v| *v != "-")
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
            ("a\tc\n", "t:1: columns are"),
            ("a\tb\n# x\n1\t\n", "t:3: cell \"\""),
            ("a\tb\n1\t2 \n", "t:2: cell \"2 \""),
            ("a\tb\n1\t2\n1\t3\n", "t:3: 1 has come before"),
            ("# nothing\n", "t:1: no header row"),
        ];
        for (text, message) in table {
            let error = Table::parse("t", text, &["a", "b"])
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Table::read(Path::new("no/such.tsv"), &["a"]).unwrap_err();
        assert!(error.to_string().starts_with("no/such.tsv:0: "));
    }
}
