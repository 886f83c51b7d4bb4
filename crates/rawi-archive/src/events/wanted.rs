//! From a filter to the events that it means.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rawi::reading::{Date, EventType, Status};

use super::Selection;
use super::filter::{Claim, EventFilter, Who};
use super::table::{Row, Table};
use super::words::Looked;
use crate::entities::{candidate, root};
use crate::query::{Fault, QueryError};
use crate::search::{Resolved, Searcher, name_among, name_of_outlet};
use crate::{Archive, ArchiveError};

/// Some entities, by the numbers that stand for their groups.
#[derive(Default)]
struct Whom {
    ids: HashSet<i64>,
    /// Whether nobody at all will do.
    nobody: bool,
}

impl Whom {
    fn is_among(&self, all: &[i64]) -> bool {
        match all.is_empty() {
            true => self.nobody,
            false => all.iter().any(|id| self.ids.contains(id)),
        }
    }
}

/// Who claims it.
enum Claimant {
    Article,
    Anybody,
    By(Whom),
}

/// A filter with names led to whom they mean.
struct Wanted<'f> {
    filter: &'f EventFilter,
    actor: Option<Whom>,
    recipient: Option<Whom>,
    with: Vec<Whom>,
    between: Option<(Whom, Whom)>,
    claimed: Option<Claimant>,
    outlets: Option<HashSet<i64>>,
    place: Option<Whom>,
    modes: Vec<Option<u16>>,
    days: Option<(i32, i32)>,
}

/// The events that a filter means.
pub(super) fn select(
    searcher: &mut Searcher<'_>,
    table: Arc<Table>,
    filter: &EventFilter,
) -> Result<Selection, ArchiveError> {
    let mut names = Names {
        archive: searcher.archive,
        found: Vec::new(),
    };
    let wanted = names.wanted(filter, &table)?;
    let names = names.found;
    let fits = |(place, row): (u32, &Row)| wanted.fits(&table, row).then_some(place);
    let mut rows: Vec<u32> = (0..).zip(&table.rows).filter_map(fits).collect();
    let looked = Looked::of(filter.words.as_ref(), &mut searcher.analyzer)?;
    looked.keep(searcher, &table, &mut rows)?;
    let copies = match filter.fold {
        true => fold(&table, &mut rows),
        false => Vec::new(),
    };
    Ok(Selection {
        table,
        rows,
        copies,
        names,
        looked,
    })
}

impl Wanted<'_> {
    fn fits(&self, table: &Table, row: &Row) -> bool {
        let filter = self.filter;
        let any = |wanted: &Option<Whom>, of: &[i64]| {
            wanted.as_ref().is_none_or(|whom| whom.is_among(of))
        };
        let one_of_kinds = |all: &[EventType]| all.is_empty() || all.contains(&row.kind);
        let one_of_statuses = |all: &[Status]| all.is_empty() || all.contains(&row.status);
        one_of_kinds(&filter.types)
            && one_of_statuses(&filter.statuses)
            && filter.dated.is_none_or(|dated| row.day.is_some() == dated)
            && self
                .days
                .is_none_or(|(a, b)| row.day.is_some_and(|day| a <= day && day <= b))
            && (filter.modes.is_empty() || row.mode.is_some() && self.modes.contains(&row.mode))
            && match &self.claimed {
                None => true,
                Some(Claimant::Article) => row.claimed == 0,
                Some(Claimant::Anybody) => row.claimed != 0,
                Some(Claimant::By(whom)) => whom.ids.contains(&row.claimed),
            }
            && self
                .outlets
                .as_ref()
                .is_none_or(|outlets| outlets.contains(&row.outlet))
            && any(&self.place, table.places(row))
            && any(&self.actor, table.actors(row))
            && any(&self.recipient, table.recipients(row))
            && self.with.iter().all(|whom| {
                whom.is_among(table.actors(row)) || whom.is_among(table.named_recipients(row))
            })
            && self
                .between
                .as_ref()
                .is_none_or(|sides| is_between(sides, table, row))
    }
}

/// Whether one side did something to the other.
fn is_between((a, b): &(Whom, Whom), table: &Table, row: &Row) -> bool {
    let has = |whom: &Whom, id: &i64| whom.ids.contains(id);
    table.actors(row).iter().any(|from| {
        table
            .recipients(row)
            .iter()
            .any(|to| from != to && (has(a, from) && has(b, to) || has(b, from) && has(a, to)))
    })
}

/// Leads names to whom they mean.
struct Names<'c> {
    archive: &'c Archive,
    found: Vec<Resolved>,
}

/// Who has some part in an event, for a name `n`.
const SIDE: &str =
    "SELECT 1 FROM event_side x WHERE x.entity_id = n.entity_id AND x.role <> 'place'";
const PLACE: &str =
    "SELECT 1 FROM event_side x WHERE x.entity_id = n.entity_id AND x.role = 'place'";
/// Whoever claims something speaks.
const SPEAKER: &str = "SELECT 1 FROM statement x WHERE x.speaker_id = n.entity_id";

impl Names<'_> {
    fn wanted<'f>(
        &mut self,
        filter: &'f EventFilter,
        table: &Table,
    ) -> Result<Wanted<'f>, ArchiveError> {
        let with = filter.with.iter();
        let with = with.map(|who| self.somebody("with", SIDE, who));
        let with = with.collect::<Result<_, _>>()?;
        let between = match &filter.between {
            None => None,
            Some((a, b)) => Some((
                self.somebody("between", SIDE, a)?,
                self.somebody("between", SIDE, b)?,
            )),
        };
        let claimed = match &filter.claimed {
            None => None,
            Some(Claim::Article) => Some(Claimant::Article),
            Some(Claim::Anybody) => Some(Claimant::Anybody),
            Some(Claim::By(who)) => Some(Claimant::By(self.somebody("claimed", SPEAKER, who)?)),
        };
        let days = (filter.since.is_some() || filter.until.is_some()).then(|| {
            let since = filter.since.map_or(i32::MIN, Date::unix_day);
            let until = filter.until.map_or(i32::MAX, Date::unix_day);
            (since, until)
        });
        let mode = |name: &String| table.modes.iter().position(|mode| mode == name);
        let modes = filter.modes.iter();
        let modes = modes.filter_map(|name| Some(Some(mode(name)? as u16)));
        Ok(Wanted {
            actor: self.any_of("actor", SIDE, &filter.actor)?,
            recipient: self.any_of("recipient", SIDE, &filter.recipient)?,
            place: self.any_of("place", PLACE, &filter.place)?,
            outlets: self.outlets(&filter.outlets)?,
            modes: modes.collect(),
            filter,
            with,
            between,
            claimed,
            days,
        })
    }

    fn any_of(
        &mut self,
        field: &'static str,
        exists: &str,
        all: &[Who],
    ) -> Result<Option<Whom>, ArchiveError> {
        let mut whom = Whom::default();
        for who in all {
            self.add(field, exists, who, &mut whom)?;
        }
        Ok((!all.is_empty()).then_some(whom))
    }

    fn somebody(
        &mut self,
        field: &'static str,
        exists: &str,
        who: &Who,
    ) -> Result<Whom, ArchiveError> {
        if *who == Who::Nobody {
            let problem = format!("{field}: somebody must be named");
            return Err(ArchiveError::Asked(problem));
        }
        let mut whom = Whom::default();
        self.add(field, exists, who, &mut whom)?;
        Ok(whom)
    }

    fn add(
        &mut self,
        field: &'static str,
        exists: &str,
        who: &Who,
        whom: &mut Whom,
    ) -> Result<(), ArchiveError> {
        match who {
            Who::Nobody => whom.nobody = true,
            Who::Entity(id) => {
                if candidate(&self.archive.db, *id)?.is_none() {
                    return Err(QueryError::new(0, Fault::LacksEntity(*id)).into());
                }
                whom.ids.insert(root(&self.archive.db, *id)?);
            }
            Who::Name(name) => {
                let resolved = name_among(self.archive, field, exists, name, false)?;
                for id in resolved.ids() {
                    whom.ids.insert(root(&self.archive.db, *id)?);
                }
                self.found.push(resolved);
            }
            Who::Country(code) => {
                let mut find = self.archive.db.prepare_cached(
                    "SELECT DISTINCT coalesce(merged_into, id) FROM entity WHERE country = ?1",
                )?;
                for id in find.query_map([code], |row| row.get(0))? {
                    whom.ids.insert(id?);
                }
            }
        }
        Ok(())
    }

    fn outlets(&mut self, all: &[Option<String>]) -> Result<Option<HashSet<i64>>, ArchiveError> {
        let mut ids = HashSet::new();
        for name in all {
            match name {
                None => {
                    ids.insert(0);
                }
                Some(name) => {
                    let resolved = name_of_outlet(&self.archive.db, name)?;
                    ids.extend(resolved.ids());
                    self.found.push(resolved);
                }
            }
        }
        Ok((!all.is_empty()).then_some(ids))
    }
}

/// What copies of one event have in common: the story, what happened between whom, who
/// claims it, and the how manieth of these it is in its article.
type Copy<'t> = (
    i64,
    EventType,
    Status,
    Option<u16>,
    i64,
    &'t [i64],
    &'t [i64],
);

/// Keeps of all copies of an event the oldest; gives for each that is kept how many it
/// stands for.
fn fold(table: &Table, rows: &mut Vec<u32>) -> Vec<u32> {
    let mut within: HashMap<(i64, Copy<'_>), u32> = HashMap::new();
    let mut kept: HashMap<(Copy<'_>, u32), usize> = HashMap::new();
    let mut copies: Vec<(u32, u32)> = Vec::new();
    let (dateless, dated): (Vec<u32>, Vec<u32>) = rows
        .iter()
        .rev()
        .partition(|place| table.rows[**place as usize].day.is_none());
    for place in dated.into_iter().chain(dateless) {
        let row = &table.rows[place as usize];
        if row.story == 0 {
            copies.push((place, 1));
            continue;
        }
        let what: Copy<'_> = (
            row.story,
            row.kind,
            row.status,
            row.mode,
            row.claimed,
            table.actors(row),
            table.named_recipients(row),
        );
        let number = within.entry((row.version, what)).or_default();
        *number += 1;
        match kept.get(&(what, *number)).copied() {
            Some(at) => copies[at].1 += 1,
            None => {
                kept.insert((what, *number), copies.len());
                copies.push((place, 1));
            }
        }
    }
    copies.sort_unstable();
    *rows = copies.iter().map(|(place, _)| *place).collect();
    copies.into_iter().map(|(_, count)| count).collect()
}
