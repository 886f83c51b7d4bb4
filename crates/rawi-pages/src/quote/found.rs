//! What the wordings of a statement differ in, told in few sentences: a lost negation first.

use std::collections::BTreeSet;

use rawi_archive::quotes::{Cell, Collation, Critical, Fate, Row};

use super::rows::look;

/// A difference, with the reports that have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// What became of the words.
    pub fate: Fate,
    /// Why it turns the meaning around, if it does.
    pub critical: Option<Critical>,
    /// The words of the base.
    pub base: String,
    /// The words that stand for them.
    pub text: String,
    /// The rows that have it.
    pub rows: Vec<usize>,
    /// How many outlets these are.
    pub outlets: usize,
}

/// Longer passages are not told in a sentence.
const LONGEST: usize = 60;

/// All differences that can be told in a sentence: those that turn the meaning around first,
/// negations before conditions before numbers, then what most outlets have.
pub fn findings(collation: &Collation) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for (at, row) in collation.rows.iter().enumerate() {
        for cell in row
            .cells
            .iter()
            .filter(|c| is_told(row, c) && !introduces(row, c))
        {
            let (base, text) = (bare(&cell.base), bare(&cell.text));
            let same = |f: &&mut Found| {
                (f.fate, f.critical, &*f.base, &*f.text)
                    == (cell.fate, cell.critical, &*base, &*text)
            };
            match all.iter_mut().find(same) {
                Some(found) => found.rows.push(at),
                None => all.push(Found {
                    fate: cell.fate,
                    critical: cell.critical,
                    base,
                    text,
                    rows: vec![at],
                    outlets: 0,
                }),
            }
        }
    }
    for found in &mut all {
        found.outlets = outlets(collation, &found.rows);
    }
    all.sort_by_key(|f| {
        let rank = match f.critical {
            Some(Critical::Negation) => 0,
            Some(Critical::Condition) => 1,
            Some(Critical::Number) => 2,
            None => 3,
        };
        (rank, usize::MAX - f.outlets)
    });
    all
}

/// How many outlets some rows are of; those without one count each.
pub fn outlets(collation: &Collation, rows: &[usize]) -> usize {
    let rows = rows.iter().filter_map(|at| collation.rows.get(*at));
    let of = |row: &Row| {
        (
            row.variant.report.outlet.clone(),
            row.variant.report.version,
        )
    };
    let all: BTreeSet<(Option<String>, i64)> = rows
        .map(of)
        .map(|(outlet, version)| match outlet {
            Some(outlet) => (Some(outlet), 0),
            None => (None, version),
        })
        .collect();
    all.len()
}

/// Titles shorten, and who tells it in other words changes all of them: there only what
/// turns the meaning around counts.
fn is_told(row: &Row, cell: &Cell) -> bool {
    let changes = matches!(cell.fate, Fate::Changed | Fate::Added | Fate::LeftOut);
    let short = cell.base.chars().count().max(cell.text.chars().count()) <= LONGEST;
    let loose = row.variant.headline || look(row) == "par";
    changes && short && (!loose || cell.critical.is_some())
}

/// Whether a word only leads to what was said: `أن`, `إن`.
fn introduces(row: &Row, cell: &Cell) -> bool {
    let first = row.cells.iter().find(|c| !c.text.is_empty());
    let leads = first.is_some_and(|f| std::ptr::eq(f, cell)) && cell.fate == Fate::Added;
    leads && row.variant.form != "quote" && !cell.text.contains(' ')
}

/// Words without the marks around them.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
        .to_owned()
}
