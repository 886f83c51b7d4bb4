//! All events of current versions, in memory.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use rawi::reading::{Date, EventType, Status};
use rusqlite::Connection;
use serde::Serialize;

use crate::ArchiveError;
use crate::index::DAY;
use crate::search::Groups;

/// Where the day of an event is from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DayFrom {
    /// The article names it.
    Event,
    /// The article names a longer time: it is the day of it nearest to the article's.
    Period,
    /// The article names none: it is the article's own.
    Article,
}

/// An event with what can be asked of it. Entities are the numbers that stand for their
/// groups.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub id: i64,
    pub version: i64,
    /// Days since 1970.
    pub day: Option<i32>,
    pub from: DayFrom,
    /// Under which day it is listed: of what lies ahead, that on which it is told.
    listed: Option<i32>,
    pub kind: EventType,
    pub status: Status,
    pub headline: bool,
    /// Its number among the table's modes.
    pub mode: Option<u16>,
    /// 0 if the article itself says so.
    pub claimed: i64,
    /// 0 if it is not known.
    pub outlet: i64,
    /// 0 for an article without copies.
    pub story: i64,
    pub score: f64,
    /// The first code point of its trigger.
    pub starts: u32,
    /// Where its sides begin in the table: actors, then places, then recipients.
    first: u32,
    ends: [u16; 3],
}

/// The events, the newest first; those without a day last.
#[derive(Default, Debug)]
pub(crate) struct Table {
    pub rows: Vec<Row>,
    pub modes: Vec<String>,
    sides: Vec<i64>,
}

/// The roles of sides in the order in which the database has them.
const ROLES: [&str; 3] = ["actor", "place", "recipient"];

impl Table {
    /// Loads it.
    pub fn load(db: &Connection) -> Result<Self, ArchiveError> {
        let mut table = Self::default();
        let mut groups = Groups::default();
        table.load_rows(db, &mut groups)?;
        table.load_sides(db, &mut groups)?;
        table.drop_repeats();
        table.rows.sort_unstable_by_key(|row| Reverse(row.place()));
        Ok(table)
    }

    fn load_rows(&mut self, db: &Connection, groups: &mut Groups) -> Result<(), ArchiveError> {
        let mut current: HashMap<i64, i64> = HashMap::new();
        let mut find = db.prepare_cached("SELECT current_id, outlet_id FROM document")?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(version) = row.get(0)? {
                let outlet: Option<i64> = row.get(1)?;
                current.insert(version, outlet.unwrap_or(0));
            }
        }
        let mut stories: HashMap<i64, i64> = HashMap::new();
        let mut find =
            db.prepare_cached("SELECT id, story_id FROM version WHERE story_id IS NOT NULL")?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            stories.insert(row.get(0)?, row.get(1)?);
        }
        let mut find = db.prepare_cached(
            "SELECT id, version_id, local, type, mode, status, claimed_by, date_begin, date_end,
               score, starts FROM event ORDER BY id",
        )?;
        let mut rows = find.query([])?;
        while let Some(row) = rows.next()? {
            let version: i64 = row.get(1)?;
            let Some(outlet) = current.get(&version) else {
                continue;
            };
            let text = |column: usize| -> Result<Option<&str>, rusqlite::Error> {
                Ok(row.get_ref(column)?.as_str_or_null()?)
            };
            let (Some(kind), Some(status)) = (kind(text(3)?), status(text(5)?)) else {
                let id: i64 = row.get(0)?;
                let problem = format!("event {id} has a type or status that is none");
                return Err(ArchiveError::Invalid(problem));
            };
            let article = Some((version >> DAY) as i32).filter(|day| *day > 0);
            let day = |column| Ok::<_, rusqlite::Error>(text(column)?.and_then(Date::parse));
            let (day, from) = day_of(day(7)?, day(8)?, article);
            let mode = text(4)?.map(|mode| self.mode(mode));
            let claimed: Option<i64> = row.get(6)?;
            self.rows.push(Row {
                id: row.get(0)?,
                version,
                day,
                from,
                listed: day.map(|day| article.map_or(day, |told| day.min(told))),
                kind,
                status,
                headline: text(2)?.is_some_and(|local| local.starts_with('h')),
                mode,
                claimed: claimed.map_or(Ok(0), |id| groups.of(db, id))?,
                outlet: *outlet,
                story: stories.get(&version).copied().unwrap_or(0),
                score: row.get(9)?,
                starts: row.get(10)?,
                first: 0,
                ends: [0; 3],
            });
        }
        Ok(())
    }

    /// The number of a mode.
    fn mode(&mut self, name: &str) -> u16 {
        let known = self.modes.iter().position(|mode| mode == name);
        let number = known.unwrap_or_else(|| {
            self.modes.push(name.to_owned());
            self.modes.len() - 1
        });
        number as u16
    }

    /// The rows are in the order of the database yet.
    fn load_sides(&mut self, db: &Connection, groups: &mut Groups) -> Result<(), ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT event_id, role, entity_id FROM event_side ORDER BY event_id, role, place",
        )?;
        let mut sides = find.query([])?;
        let mut next = sides.next()?;
        for event in &mut self.rows {
            event.first = self.sides.len() as u32;
            while let Some(side) = next {
                let id: i64 = side.get(0)?;
                if id > event.id {
                    break;
                }
                if id == event.id {
                    let role = side.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                    let root = groups.of(db, side.get(2)?)?;
                    let role = ROLES.iter().position(|name| *name == role);
                    let role = role.unwrap_or_default();
                    let begin = event.first as usize + usize::from(event.start(role));
                    // Who was merged may stand there twice.
                    if !self.sides[begin..].contains(&root) {
                        self.sides.push(root);
                        let len = (self.sides.len() - event.first as usize) as u16;
                        event.ends[role..].fill(len);
                    }
                }
                next = sides.next()?;
            }
        }
        Ok(())
    }

    /// Leaves out the events of a headline that its text tells too: of the same type,
    /// with the same sides, and both denied or neither.
    fn drop_repeats(&mut self) {
        let titled: HashSet<i64> = self
            .rows
            .iter()
            .filter(|row| row.headline)
            .map(|row| row.version)
            .collect();
        let same = |row: &Row| {
            let mut actors = self.actors(row).to_vec();
            let mut recipients = self.named_recipients(row).to_vec();
            actors.sort_unstable();
            recipients.sort_unstable();
            let denied = row.status == Status::Negated;
            (row.version, row.kind, denied, actors, recipients)
        };
        let told: HashSet<_> = self
            .rows
            .iter()
            .filter(|row| !row.headline && titled.contains(&row.version))
            .map(same)
            .collect();
        let kept: Vec<bool> = self
            .rows
            .iter()
            .map(|row| !row.headline || !told.contains(&same(row)))
            .collect();
        let mut kept = kept.into_iter();
        self.rows.retain(|_| kept.next() == Some(true));
    }

    fn side(&self, row: &Row, role: usize) -> &[i64] {
        let first = row.first as usize;
        let range = first + usize::from(row.start(role))..first + usize::from(row.ends[role]);
        &self.sides[range]
    }

    /// Who did it.
    pub fn actors(&self, row: &Row) -> &[i64] {
        self.side(row, 0)
    }

    /// Where.
    pub fn places(&self, row: &Row) -> &[i64] {
        self.side(row, 1)
    }

    /// To whom, as the article says.
    pub fn named_recipients(&self, row: &Row) -> &[i64] {
        self.side(row, 2)
    }

    /// To whom; all of those who did it to one another.
    pub fn recipients(&self, row: &Row) -> &[i64] {
        match self.is_two_sided(row) {
            true => self.actors(row),
            false => self.named_recipients(row),
        }
    }

    /// Whether its actors did it to one another.
    pub fn is_two_sided(&self, row: &Row) -> bool {
        use EventType::{Agree, Assault, Consult, Cooperate, Retreat};
        let mutual = match row.kind {
            Agree | Consult | Cooperate | Assault => true,
            Retreat => row
                .mode
                .is_some_and(|m| self.modes[usize::from(m)] == "ceasefire"),
            _ => false,
        };
        mutual && self.actors(row).len() > 1 && self.named_recipients(row).is_empty()
    }
}

impl Row {
    /// Its place in a list: those without a day are before all others.
    pub fn place(&self) -> (Option<i32>, i64) {
        (self.listed, self.id)
    }

    fn start(&self, role: usize) -> u16 {
        match role {
            0 => 0,
            _ => self.ends[role - 1],
        }
    }
}

/// The day of an event that is from one day to another, as its article of a day says.
fn day_of(begin: Option<Date>, end: Option<Date>, article: Option<i32>) -> (Option<i32>, DayFrom) {
    match begin.zip(end) {
        None => (article, DayFrom::Article),
        Some((begin, end)) if begin == end => (Some(begin.unix_day()), DayFrom::Event),
        Some((begin, end)) => {
            let (begin, end) = (begin.unix_day(), end.unix_day());
            let near = article.unwrap_or(begin);
            (Some(near.min(end).max(begin)), DayFrom::Period)
        }
    }
}

fn kind(name: Option<&str>) -> Option<EventType> {
    let mut all = EventType::ALL.into_iter();
    all.find(|kind| Some(kind.name()) == name)
}

/// The statuses, as the contract names them.
const STATUSES: [(&str, Status); 5] = [
    ("happened", Status::Happened),
    ("future", Status::Future),
    ("hypothetical", Status::Hypothetical),
    ("negated", Status::Negated),
    ("historical", Status::Historical),
];

fn status(name: Option<&str>) -> Option<Status> {
    let known = STATUSES.iter().find(|known| Some(known.0) == name);
    known.map(|known| known.1)
}

/// A status as the contract names it.
pub(super) fn status_name(status: Status) -> &'static str {
    let known = STATUSES.iter().find(|known| known.1 == status);
    known.map_or("", |known| known.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_longer_time_is_the_nearest_to_the_article() {
        let date = |text: &str| Date::parse(text);
        let table = [
            (
                None,
                None,
                Some("2026-03-05"),
                Some("2026-03-05"),
                DayFrom::Article,
            ),
            (None, None, None, None, DayFrom::Article),
            (
                Some("2026-03-01"),
                Some("2026-03-01"),
                None,
                Some("2026-03-01"),
                DayFrom::Event,
            ),
            (
                Some("2026-03-02"),
                Some("2026-03-08"),
                Some("2026-03-05"),
                Some("2026-03-05"),
                DayFrom::Period,
            ),
            (
                Some("2025-01-01"),
                Some("2025-12-31"),
                Some("2026-03-05"),
                Some("2025-12-31"),
                DayFrom::Period,
            ),
            (
                Some("2027-01-01"),
                Some("2027-12-31"),
                Some("2026-03-05"),
                Some("2027-01-01"),
                DayFrom::Period,
            ),
            (
                Some("2025-01-01"),
                Some("2025-12-31"),
                None,
                Some("2025-01-01"),
                DayFrom::Period,
            ),
        ];
        for (begin, end, article, day, from) in table {
            let article = article.and_then(date).map(Date::unix_day);
            let found = day_of(begin.and_then(date), end.and_then(date), article);
            assert_eq!(found, (day.and_then(date).map(Date::unix_day), from));
        }
    }

    #[test]
    fn every_status_is_known() {
        for (name, known) in STATUSES {
            assert_eq!(serde_json::to_value(known).unwrap(), name);
            assert_eq!(
                (status(Some(name)), status_name(known)),
                (Some(known), name)
            );
        }
    }
}
