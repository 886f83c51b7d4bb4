//! The rows of the table of wordings: each report, or where they are many each wording.

use rawi_archive::quotes::{Cell, Collation, Fate, Row, Verdict};

/// With more reports than this those with the same words are one row.
const EACH: usize = 12;
/// More rows are not shown.
const MOST: usize = 40;
/// A base of more characters is no table of words: each wording is a line of text.
const WIDE: usize = 90;
/// Nor with more columns.
const COLUMNS: usize = 14;

/// A row: reports with the same words, the oldest first. It is never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grouped {
    /// The number of the report that is shown.
    pub first: usize,
    /// Those of the others.
    pub others: Vec<usize>,
}

/// Which reports share a row, and how many reports have no row at all.
pub fn grouped(collation: &Collation) -> (Vec<Grouped>, usize) {
    let mut all: Vec<Grouped> = Vec::new();
    let each = collation.rows.len() <= EACH;
    for (at, row) in collation.rows.iter().enumerate() {
        let of = |g: &&mut Grouped| collation.rows[g.first].wording == row.wording;
        match all.iter_mut().find(of).filter(|_| !each) {
            Some(group) => group.others.push(at),
            None => all.push(Grouped {
                first: at,
                others: Vec::new(),
            }),
        }
    }
    let hidden = all.split_off(all.len().min(MOST));
    let hidden = hidden.iter().map(|g| 1 + g.others.len()).sum();
    (all, hidden)
}

/// Whether wordings are shown as lines of text and not word by word in columns.
pub fn as_lines(collation: &Collation) -> bool {
    let longest = |row: &Row| row.cells.iter().map(|c| c.text.chars().count()).sum();
    let longest: usize = collation.rows.iter().map(longest).max().unwrap_or(0);
    let base: usize = collation.columns.iter().map(|c| c.chars().count()).sum();
    base.max(longest) > WIDE || collation.columns.len() > COLUMNS
}

/// In how many places a row differs from the base.
pub fn differences(row: &Row) -> usize {
    let differs = |c: &&Cell| {
        !matches!(
            c.fate,
            Fate::Same | Fate::MovedAway | Fate::Beyond | Fate::More
        )
    };
    row.cells.iter().filter(differs).count()
}

/// Whether a row has another extent than the base: a shorter or longer piece is quoted.
pub fn extent(row: &Row) -> Option<Fate> {
    let mut fates = row.cells.iter().map(|c| c.fate);
    fates.find(|f| matches!(f, Fate::Beyond | Fate::More))
}

/// How a cell is drawn: a class of the sheet.
pub fn class(cell: &Cell) -> &'static str {
    match cell.fate {
        Fate::Same => "same",
        Fate::Changed => "chg",
        Fate::Added => "add",
        Fate::LeftOut | Fate::Elided => "del",
        Fate::Moved => "mov",
        Fate::MovedAway => "gone",
        Fate::Beyond => "out",
        Fate::More => "more",
    }
}

/// Whether words moved towards the beginning. `at` is the place of the cell.
pub fn forward(row: &Row, at: usize) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let words = row.cells.get(at).map(|c| bare(&c.text));
    let from = row
        .cells
        .iter()
        .position(|c| c.fate == Fate::MovedAway && Some(bare(&c.base)) == words);
    from.is_some_and(|from| from > at)
}

/// How a report looks on the track and in the tree.
pub fn look(row: &Row) -> &'static str {
    match row.verdict {
        // Who quotes has other words in the quotation, and each of them counts.
        Verdict::Paraphrased | Verdict::Different if row.variant.form != "quote" => "par",
        _ if differences(row) == 0 => "same",
        _ => "",
    }
}
