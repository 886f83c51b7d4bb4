//! Who did how much to whom.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::filter::EventFilter;
use super::table::{Row, Table};
use crate::ArchiveError;
use crate::search::{EntityRef, Searcher};

/// A row or a column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Side {
    /// Who; none: the article does not say.
    pub entity: Option<EntityRef>,
    /// How many of the events have this side, whoever is on the other.
    pub count: u64,
}

/// What one did to another.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Cell {
    /// The place of the actor in `actors`.
    pub actor: usize,
    /// The place of the recipient in `recipients`.
    pub recipient: usize,
    /// How many events.
    pub count: u64,
    /// The mean of their scores.
    pub mean: f64,
}

/// Those who did most, those to whom most was done, and what between them.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Matrix {
    /// The rows, those with most events first, and nobody last.
    pub actors: Vec<Side>,
    /// The columns, in the same way.
    pub recipients: Vec<Side>,
    /// The cells that aren't empty, row by row. A two-sided event stands in both cells of
    /// each two; nobody has a cell with himself.
    pub cells: Vec<Cell>,
    /// How many of the events are two-sided.
    pub two_sided: u64,
}

/// Stands for nobody.
const NOBODY: i64 = 0;

impl Searcher<'_> {
    /// What the `most` actors with most events did to the `most` recipients with most, and
    /// what to nobody in particular or by nobody who is named.
    ///
    /// # Errors
    /// As [`count_events`](Self::count_events).
    pub fn event_matrix(
        &mut self,
        filter: &EventFilter,
        most: usize,
    ) -> Result<Matrix, ArchiveError> {
        let selection = self.selected(filter)?;
        let table = &selection.table;
        let mut actors: HashMap<i64, u64> = HashMap::new();
        let mut recipients: HashMap<i64, u64> = HashMap::new();
        let mut two_sided = 0;
        for row in selection.each() {
            let (from, to) = sides(table, row);
            from.iter()
                .for_each(|id| *actors.entry(*id).or_default() += 1);
            to.iter()
                .for_each(|id| *recipients.entry(*id).or_default() += 1);
            two_sided += u64::from(table.is_two_sided(row));
        }
        let (actors, recipients) = (first(actors, most), first(recipients, most));
        let place = |of: &[(i64, u64)], id: i64| of.iter().position(|(known, _)| *known == id);
        let mut cells: BTreeMap<(usize, usize), (u64, f64)> = BTreeMap::new();
        for row in selection.each() {
            let (from, to) = sides(table, row);
            for a in from {
                let Some(actor) = place(&actors, *a) else {
                    continue;
                };
                for b in to.iter().filter(|b| *b != a) {
                    if let Some(recipient) = place(&recipients, *b) {
                        let cell = cells.entry((actor, recipient)).or_default();
                        cell.0 += 1;
                        cell.1 += row.score;
                    }
                }
            }
        }
        let cells = cells
            .into_iter()
            .map(|((actor, recipient), (count, sum))| Cell {
                actor,
                recipient,
                count,
                mean: sum / count as f64,
            });
        Ok(Matrix {
            cells: cells.collect(),
            actors: self.named_sides(actors)?,
            recipients: self.named_sides(recipients)?,
            two_sided,
        })
    }

    fn named_sides(&self, all: Vec<(i64, u64)>) -> Result<Vec<Side>, ArchiveError> {
        let mut sides = Vec::with_capacity(all.len());
        for (id, count) in all {
            let entity = match id {
                NOBODY => None,
                id => EntityRef::of(&self.archive.db, id)?,
            };
            sides.push(Side { entity, count });
        }
        Ok(sides)
    }
}

/// Who did something, and to whom; nobody where the article does not say.
fn sides<'t>(table: &'t Table, row: &'t Row) -> (&'t [i64], &'t [i64]) {
    let or_nobody = |all: &'t [i64]| match all {
        [] => &[NOBODY][..],
        all => all,
    };
    (
        or_nobody(table.actors(row)),
        or_nobody(table.recipients(row)),
    )
}

/// The most frequent, and nobody behind them.
fn first(counts: HashMap<i64, u64>, most: usize) -> Vec<(i64, u64)> {
    let nobody = counts.get(&NOBODY).map(|count| (NOBODY, *count));
    let mut all: Vec<(i64, u64)> = counts.into_iter().filter(|(id, _)| *id != NOBODY).collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(most);
    all.extend(nobody);
    all
}
