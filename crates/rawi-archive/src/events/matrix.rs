//! Who did how much to whom.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use serde::Serialize;

use super::filter::EventFilter;
use super::table::{Row, Table};
use crate::ArchiveError;
use crate::search::{EntityRef, Searcher};

/// A row or a column.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// Who; none: the article does not say.
    pub entity: Option<EntityRef>,
    /// How many of the events have this side, whoever is on the other.
    pub count: u64,
}

/// What one did to another.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// The rows: those who did most to somebody who is named come first, and nobody last.
    pub actors: Vec<Side>,
    /// The columns: those to whom these did most come first, and nobody last.
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
    /// What the `most` actors who did most to somebody did to the `most` to whom they did
    /// most, and what to nobody in particular or by nobody who is named.
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
        let mut two_sided = 0;
        let mut actors: HashMap<i64, Weight> = HashMap::new();
        for row in selection.each() {
            let (from, to) = sides(table, row);
            for a in from {
                add(&mut actors, *a, to.iter().any(|b| b != a && *b != NOBODY));
            }
            two_sided += u64::from(table.is_two_sided(row));
        }
        let actors = first(actors, most);
        let mut recipients: HashMap<i64, Weight> = HashMap::new();
        for row in selection.each() {
            let (from, to) = sides(table, row);
            for b in to {
                let by_one =
                    |a: &i64| a != b && *a != NOBODY && actors.iter().any(|(id, _)| id == a);
                add(&mut recipients, *b, from.iter().any(by_one));
            }
        }
        let recipients = first(recipients, most);
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

/// How many events somebody has, and in how many of them somebody else is named that is
/// shown: these come first, so that the matrix has few empty cells.
type Weight = (u64, u64);

fn add(to: &mut HashMap<i64, Weight>, id: i64, faces_somebody: bool) {
    let weight = to.entry(id).or_default();
    weight.0 += u64::from(faces_somebody);
    weight.1 += 1;
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

/// Those with most weight, and nobody behind them, each with the number of its events.
fn first(weights: HashMap<i64, Weight>, most: usize) -> Vec<(i64, u64)> {
    let nobody = weights.get(&NOBODY).map(|weight| (NOBODY, weight.1));
    let mut all: Vec<(i64, Weight)> = weights
        .into_iter()
        .filter(|(id, _)| *id != NOBODY)
        .collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(most);
    let all = all.into_iter().map(|(id, weight)| (id, weight.1));
    all.chain(nobody).collect()
}
