//! The matrix of who did how much to whom.

use rawi_archive::events::{Matrix, Side};

use super::row::score;
use crate::params::Params;
use crate::site::Site;

/// A row or a column.
pub(super) struct Line {
    /// Who; empty for nobody.
    pub name: String,
}

/// What one did to another.
pub(super) struct Cell {
    pub count: u64,
    /// The mean as it is written.
    pub mean: String,
    /// `h` for conflict, `c` for cooperation.
    pub class: &'static str,
    /// How strong its color is, of a hundred.
    pub strength: u8,
    pub href: String,
}

/// The matrix as the page shows it: without rows and columns that have nothing.
pub(super) struct Grid {
    pub columns: Vec<Line>,
    /// With its cells; `Err(true)` stands where both are the same.
    pub rows: Vec<(Line, Vec<Result<Cell, bool>>)>,
    pub two_sided: bool,
}

impl Grid {
    pub fn of(site: &Site, state: &Params, matrix: Matrix) -> Self {
        let has = |row: Option<usize>, column: Option<usize>| {
            matrix.cells.iter().any(|cell| {
                row.is_none_or(|r| r == cell.actor) && column.is_none_or(|c| c == cell.recipient)
            })
        };
        let rows = (0..matrix.actors.len()).filter(|row| has(Some(*row), None));
        let rows: Vec<usize> = rows.collect();
        let columns = (0..matrix.recipients.len()).filter(|column| has(None, Some(*column)));
        let columns: Vec<usize> = columns.collect();
        let cell = |row: usize, column: usize| {
            let (from, to) = (&matrix.actors[row], &matrix.recipients[column]);
            let mut cells = matrix.cells.iter();
            let found = cells.find(|cell| cell.actor == row && cell.recipient == column);
            let Some(cell) = found else {
                return Err(from.entity.is_some() && from.entity == to.entity);
            };
            // Both sides of the question stand in the cell already.
            let state = state
                .with("actor", &value(from))
                .with("recipient", &value(to));
            Ok(Cell {
                count: cell.count,
                mean: score(site, cell.mean, 1),
                class: if cell.mean < 0.0 { "h" } else { "c" },
                strength: (6.0 + 4.0 * cell.mean.abs()).min(100.0) as u8,
                href: site.link("/events", &state),
            })
        };
        Self {
            rows: rows
                .iter()
                .map(|&row| {
                    let cells = columns.iter().map(|&column| cell(row, column));
                    (line(&matrix.actors[row]), cells.collect())
                })
                .collect(),
            columns: columns
                .iter()
                .map(|&c| line(&matrix.recipients[c]))
                .collect(),
            two_sided: matrix.two_sided > 0,
        }
    }
}

fn line(side: &Side) -> Line {
    let name = side.entity.as_ref().map(|entity| entity.name.clone());
    Line {
        name: name.unwrap_or_default(),
    }
}

/// How an address names a side.
fn value(side: &Side) -> String {
    match &side.entity {
        Some(entity) => format!("#{}", entity.id),
        None => "none".to_owned(),
    }
}
