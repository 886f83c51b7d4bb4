//! The forms that output takes, and how the name of a file asks for one.

use std::path::Path;

use clap::ValueEnum;
use rawi_columns::Table as Columns;
pub use rawi_export::table::Table;

/// What to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Output {
    /// For people: each statement and event in lines (.txt)
    Pretty,
    /// One JSON object a line with everything, the contract for programs (.jsonl, .ndjson)
    Jsonl,
    /// One page for the browser that needs nothing else (.html)
    Html,
    /// Events only, one PLOVER record in JSON a line (.plover)
    Plover,
    /// A table with a row for each event or, with --table, statement (.csv)
    Csv,
    /// The dependency tree of every sentence, in CoNLL-U (.conllu)
    Conllu,
    /// A table in columns, of all inputs or one for each (.parquet)
    Parquet,
}

/// What the rows of any table are, of those in columns too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Rows {
    /// Articles with their text
    Articles,
    /// Who said what
    Statements,
    /// What happened between whom
    Events,
    /// Whom and what the articles name
    Entities,
    /// Where they name them
    Mentions,
    /// Time expressions
    Times,
    /// Articles with all that was read in them as lists, or why they could not be read
    Readings,
}

impl Rows {
    /// The table in columns.
    pub fn table(self) -> Columns {
        match self {
            Rows::Articles => Columns::Articles,
            Rows::Statements => Columns::Statements,
            Rows::Events => Columns::Events,
            Rows::Entities => Columns::Entities,
            Rows::Mentions => Columns::Mentions,
            Rows::Times => Columns::Times,
            Rows::Readings => Columns::Readings,
        }
    }
}

/// What a file's name says of its form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    /// This one.
    As(Output),
    /// Nothing: it has no ending.
    Nothing,
    /// An ending that stands for no form of ours.
    Unknown,
}

impl Output {
    /// The form that the name of a file asks for; `.gz` at its end is passed over.
    pub fn named(path: &Path) -> Named {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        // A dot in front hides a file and begins no ending.
        let ending = name.strip_prefix('.').unwrap_or(name).rsplit_once('.');
        match ending {
            None => Named::Nothing,
            Some((rest, "jsonl" | "ndjson")) if rest.ends_with(".plover") => {
                Named::As(Output::Plover)
            }
            Some((_, "jsonl" | "ndjson")) => Named::As(Output::Jsonl),
            Some((_, "plover")) => Named::As(Output::Plover),
            Some((_, "csv")) => Named::As(Output::Csv),
            Some((_, "conllu")) => Named::As(Output::Conllu),
            Some((_, "parquet")) => Named::As(Output::Parquet),
            Some((_, "html" | "htm")) => Named::As(Output::Html),
            Some((_, "txt" | "text")) => Named::As(Output::Pretty),
            Some(_) => Named::Unknown,
        }
    }
}

/// Whether the name of a file asks for gzip.
pub fn is_gzip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ask_for_forms() {
        let table = [
            ("r.jsonl", Named::As(Output::Jsonl)),
            ("a/r.NDJSON", Named::As(Output::Jsonl)),
            ("r.jsonl.gz", Named::As(Output::Jsonl)),
            ("r.plover.jsonl", Named::As(Output::Plover)),
            ("r.plover", Named::As(Output::Plover)),
            ("r.2025.csv.gz", Named::As(Output::Csv)),
            ("r.conllu.gz", Named::As(Output::Conllu)),
            ("r.htm", Named::As(Output::Html)),
            ("أقوال.txt", Named::As(Output::Pretty)),
            ("r", Named::Nothing),
            ("أقوال", Named::Nothing),
            (".csv", Named::Nothing),
            ("r.json", Named::Unknown),
            ("r.xlsx", Named::Unknown),
        ];
        for (name, named) in table {
            assert_eq!(Output::named(Path::new(name)), named, "{name}");
        }
    }
}
