//! All hits of a query counted by everything that they can be counted by, in one walk.
//!
//! Each count is exact, and is what the same query counts with that value added.

use std::collections::BTreeMap;
use std::rc::Rc;

use hashbrown::HashMap;
use rusqlite::params;

use super::columns::{Columns, Labels};
use super::facet::{FacetField, Key};
use super::plan::{Ask, Plan};
use super::{Scope, Searcher};
use crate::ArchiveError;
use crate::index::DAY;
use crate::memory::State;

/// The rows of so many hits are looked up sooner than all rows are loaded.
const FEW: usize = 3000;

/// What was counted.
#[derive(Debug)]
pub(super) struct Sums {
    /// The query, what is searched, and the state of the archive.
    pub key: (String, Scope, State),
    /// How many hits there are.
    pub count: u64,
    /// In how many articles.
    pub articles: u64,
    /// How many each day has that has any, in order; 0 for no day.
    pub days: Vec<(i32, u64)>,
    /// The values of each field that any hit has.
    counts: BTreeMap<FacetField, Vec<(Key, u64)>>,
}

impl Sums {
    /// The values of a field that any hit has.
    pub fn values(&self, field: FacetField) -> &[(Key, u64)] {
        self.counts.get(&field).map_or(&[], |values| values)
    }
}

impl Searcher<'_> {
    /// Counts, or remembers: whoever asks for one field mostly asks for another.
    pub(super) fn sums(&mut self, plan: &Plan, scope: Scope) -> Result<Rc<Sums>, ArchiveError> {
        let state = self.archive.state()?;
        let key = (plan.understood.query.clone(), scope, state);
        if let Some(sums) = self.summed.as_ref().filter(|sums| sums.key == key) {
            return Ok(Rc::clone(sums));
        }
        let mut hits = self.all_hits(plan, scope)?;
        hits.sort_unstable();
        let few = || Columns::of(&self.archive.db, scope, &hits).map(std::sync::Arc::new);
        let kept = &self.archive.tables().columns;
        let columns = match kept.known(state) {
            Some(columns) => columns,
            None if hits.len() <= FEW => few()?,
            None => kept.get(state, || Columns::all(&self.archive.db))?,
        };
        let sums = Rc::new(count(&columns, &hits, key)?);
        self.summed = Some(Rc::clone(&sums));
        Ok(sums)
    }

    /// The ids of all that match.
    fn all_hits(&mut self, plan: &Plan, scope: Scope) -> Result<Vec<i64>, ArchiveError> {
        if !plan.checks.is_empty() {
            return self.checked(plan, scope);
        }
        let Some(expression) = plan.expression() else {
            return Ok(Vec::new());
        };
        let db = &self.archive.db;
        let (start, end) = (plan.ids.start(), plan.ids.end());
        let id = |row: &rusqlite::Row<'_>| row.get(0);
        // In the order of the index nothing has to be sorted.
        Ok(match &plan.ask {
            Ask::Everything => {
                let mut find = db.prepare_cached(&scope.everything())?;
                let ids = find.query_map(params![start, end], id)?;
                ids.collect::<Result<_, _>>()?
            }
            _ => {
                let mut find = db.prepare_cached(&scope.matching())?;
                let ids = find.query_map(params![expression, start, end], id)?;
                ids.collect::<Result<_, _>>()?
            }
        })
    }
}

/// How often each value occurs, by its place among all.
#[derive(Default)]
struct Occurring(HashMap<u32, u64>);

impl Occurring {
    fn add(&mut self, place: u32) {
        *self.0.entry(place).or_default() += 1;
    }

    /// Adds each of a list once; the list is empty afterwards.
    fn add_all(&mut self, places: &mut Vec<u32>) {
        places.sort_unstable();
        places.dedup();
        for place in places.drain(..) {
            self.add(place);
        }
    }

    /// Adds the places of the bits that are set.
    fn add_bits(&mut self, mut bits: u32) {
        while bits != 0 {
            self.add(bits.trailing_zeros());
            bits &= bits - 1;
        }
    }

    fn named(self, names: &Labels) -> Vec<(Key, u64)> {
        let name = |place: usize| names.all().get(place).cloned();
        self.values(|place| name(place).map(Key::Known))
    }

    fn values(self, key: impl Fn(usize) -> Option<Key>) -> Vec<(Key, u64)> {
        let counts = self.0.into_iter();
        counts
            .filter_map(|(place, count)| Some((key(place as usize)?, count)))
            .collect()
    }
}

/// What hits have, field by field.
#[derive(Default)]
struct Counts {
    speakers: Occurring,
    to: Occurring,
    via: Occurring,
    outlets: Occurring,
    acts: Occurring,
    channels: Occurring,
    forms: Occurring,
    events: Occurring,
}

fn count(
    columns: &Columns,
    hits: &[i64],
    key: (String, Scope, State),
) -> Result<Sums, ArchiveError> {
    let scope = key.1;
    let mut days: Vec<(i32, u64)> = Vec::new();
    for id in hits {
        // As the writer marks it: by the day that the id carries.
        let day = i32::try_from(id >> DAY).unwrap_or(0);
        match days.last_mut() {
            Some((last, count)) if *last == day => *count += 1,
            _ => days.push((day, 1)),
        }
    }
    let (counts, articles) = match scope {
        Scope::Statements => Counts::of_statements(columns, hits)?,
        Scope::Articles => (Counts::of_articles(columns, hits)?, hits.len() as u64),
    };
    let mut months: BTreeMap<Key, u64> = BTreeMap::new();
    for (day, count) in &days {
        *months.entry(Key::of_day(*day)).or_default() += count;
    }
    let entity = |place: usize| columns.entities.all().get(place).map(|id| Key::Entity(*id));
    let outlet = |place: usize| columns.outlets.all().get(place).map(|id| Key::Outlet(*id));
    let counts = [
        (FacetField::Speaker, counts.speakers.values(entity)),
        (FacetField::To, counts.to.values(entity)),
        (FacetField::Via, counts.via.values(entity)),
        (FacetField::Outlet, counts.outlets.values(outlet)),
        (FacetField::Month, months.into_iter().collect()),
        (FacetField::Act, counts.acts.named(&columns.acts)),
        (
            FacetField::Channel,
            counts.channels.named(&columns.channels),
        ),
        (FacetField::Form, counts.forms.named(&columns.forms)),
        (FacetField::Event, counts.events.named(&columns.events)),
    ];
    Ok(Sums {
        count: hits.len() as u64,
        articles,
        days,
        counts: counts.into_iter().collect(),
        key,
    })
}

/// The index has a row that the tables don't.
fn lost(id: i64) -> ArchiveError {
    ArchiveError::Invalid(format!("row {id} of the index is no row of a table"))
}

impl Counts {
    /// The same for statements, with the number of their articles.
    fn of_statements(columns: &Columns, hits: &[i64]) -> Result<(Self, u64), ArchiveError> {
        let mut counts = Self::default();
        let mut articles = Vec::new();
        let mut near = 0;
        for id in hits {
            let place = columns.statement(*id, near).ok_or_else(|| lost(*id))?;
            near = place;
            let said = columns.said(place);
            articles.push(said.version);
            counts.speakers.add(said.speaker);
            counts.acts.add(u32::from(said.act));
            counts.channels.add(u32::from(said.channel));
            counts.forms.add(u32::from(said.form));
            counts.events.add_bits(said.events);
            counts
                .outlets
                .add(columns.told(said.version as usize).outlet);
            if said.sides {
                for beside in columns.beside(place) {
                    match beside.via {
                        true => counts.via.add(beside.entity),
                        false => counts.to.add(beside.entity),
                    }
                }
            }
        }
        articles.sort_unstable();
        articles.dedup();
        Ok((counts, articles.len() as u64))
    }

    /// What articles have in any of their statements.
    fn of_articles(columns: &Columns, hits: &[i64]) -> Result<Self, ArchiveError> {
        let mut counts = Self::default();
        let mut near = 0;
        let mut lists: [Vec<u32>; 6] = Default::default();
        for id in hits {
            let version = columns.version(*id, near).ok_or_else(|| lost(*id))?;
            near = version;
            let [speakers, to, via, acts, channels, forms] = &mut lists;
            for place in columns.said_in(version) {
                let place = *place as usize;
                let said = columns.said(place);
                speakers.push(said.speaker);
                acts.push(u32::from(said.act));
                channels.push(u32::from(said.channel));
                forms.push(u32::from(said.form));
                if said.sides {
                    for beside in columns.beside(place) {
                        match beside.via {
                            true => via.push(beside.entity),
                            false => to.push(beside.entity),
                        }
                    }
                }
            }
            counts.speakers.add_all(speakers);
            counts.to.add_all(to);
            counts.via.add_all(via);
            counts.acts.add_all(acts);
            counts.channels.add_all(channels);
            counts.forms.add_all(forms);
            let told = columns.told(version);
            counts.events.add_bits(told.events);
            counts.outlets.add(told.outlet);
        }
        Ok(counts)
    }
}
