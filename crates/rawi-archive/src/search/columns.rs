//! What statements and articles can be counted by, in memory: some thirty bytes a statement.
//! Of few hits only their own rows are looked at.

use hashbrown::HashMap;
use rawi::reading::Id;
use rusqlite::{Connection, Row};

use super::Scope;
use super::facet::Groups;
use crate::ArchiveError;
use crate::marks::NONE;

/// A statement. What it has is told by its place among the values that there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatementCells {
    pub speaker: u32,
    /// The place of its version.
    pub version: u32,
    /// A bit for each type of event that it tells.
    pub events: u32,
    pub act: u8,
    pub channel: u8,
    pub form: u8,
    /// Whether somebody is spoken to or hands it on.
    pub sides: bool,
}

/// A version of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct VersionCells {
    pub outlet: u32,
    /// A bit for each type of its events, whoever tells them.
    pub events: u32,
    /// Where its statements begin in the list of them.
    begins: u32,
}

/// Whom a statement is said to, or who hands it on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Beside {
    /// The place of the statement.
    said: u32,
    pub via: bool,
    pub entity: u32,
}

/// Numbers of the archive by their places here, so that they can be counted in a list. 0 is
/// nobody.
#[derive(Default, Debug)]
pub(super) struct Numbers {
    all: Vec<i64>,
    places: HashMap<i64, u32>,
}

impl Numbers {
    fn place(&mut self, number: i64) -> u32 {
        let next = self.all.len() as u32;
        let place = *self.places.entry(number).or_insert(next);
        if place == next {
            self.all.push(number);
        }
        place
    }

    pub fn all(&self) -> &[i64] {
        &self.all
    }
}

/// Labels by their places here.
#[derive(Default, Debug)]
pub(super) struct Labels(Vec<String>);

impl Labels {
    fn place(&mut self, name: &str) -> Result<u8, ArchiveError> {
        let known = self.0.iter().position(|n| n == name);
        let place = known.unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        u8::try_from(place).map_err(|_| {
            ArchiveError::Invalid(format!("`{name}` comes after 256 other values of its kind"))
        })
    }

    /// The bit of a name, where several may be told.
    fn bit(&mut self, name: &str) -> Result<u32, ArchiveError> {
        let place = self.place(name)?;
        1u32.checked_shl(u32::from(place)).ok_or_else(|| {
            ArchiveError::Invalid(format!("`{name}` comes after 32 other types of events"))
        })
    }

    pub fn all(&self) -> &[String] {
        &self.0
    }
}

/// Rows of an archive, in memory.
#[derive(Default, Debug)]
pub(crate) struct Columns {
    /// By number.
    statements: Vec<(i64, StatementCells)>,
    /// By place of the statement.
    sides: Vec<Beside>,
    /// By number.
    versions: Vec<(i64, VersionCells)>,
    /// The places of statements, version by version.
    of_versions: Vec<u32>,
    /// Those that stand for their groups.
    pub(super) entities: Numbers,
    pub(super) outlets: Numbers,
    pub(super) acts: Labels,
    pub(super) channels: Labels,
    pub(super) forms: Labels,
    pub(super) events: Labels,
}

/// Whose rows are looked at.
#[derive(Clone, Copy)]
enum Which<'i> {
    All,
    /// Those that have one of these numbers in a column.
    Of(&'static str, &'i [i64]),
}

impl Columns {
    /// All that there is.
    pub fn all(db: &Connection) -> Result<Self, ArchiveError> {
        Self::load(db, Which::All)
    }

    /// The rows of some hits.
    pub fn of(db: &Connection, scope: Scope, hits: &[i64]) -> Result<Self, ArchiveError> {
        let column = match scope {
            Scope::Statements => "id",
            Scope::Articles => "version_id",
        };
        Self::load(db, Which::Of(column, hits))
    }

    /// The statement with a number.
    pub(super) fn statement(&self, id: i64, near: usize) -> Option<usize> {
        place(&self.statements, id, near)
    }

    pub(super) fn version(&self, id: i64, near: usize) -> Option<usize> {
        place(&self.versions, id, near)
    }

    pub(super) fn said(&self, place: usize) -> &StatementCells {
        &self.statements[place].1
    }

    pub(super) fn told(&self, place: usize) -> &VersionCells {
        &self.versions[place].1
    }

    /// The places of an article's statements.
    pub(super) fn said_in(&self, version: usize) -> &[u32] {
        let begin = |place: usize| {
            let version = self.versions.get(place);
            version.map_or(self.of_versions.len(), |(_, told)| told.begins as usize)
        };
        &self.of_versions[begin(version)..begin(version + 1)]
    }

    /// Whom a statement is said to, and who hands it on.
    pub(super) fn beside(&self, said: usize) -> &[Beside] {
        let said = said as u32;
        let begin = self.sides.partition_point(|side| side.said < said);
        let count = self.sides[begin..].partition_point(|side| side.said == said);
        &self.sides[begin..begin + count]
    }

    fn load<'i>(db: &Connection, which: Which<'i>) -> Result<Self, ArchiveError> {
        let those = |column, ids| match which {
            Which::All => Which::All,
            Which::Of(..) => Which::Of(column, ids),
        };
        let mut columns = Self::default();
        let mut groups = Groups::default();
        let mut loaded = columns.load_statements(db, which, &mut groups)?;
        loaded.sort_unstable_by_key(|one| one.id);
        let mut versions: Vec<i64> = match which {
            Which::All => Vec::new(),
            // An article may have no statement.
            Which::Of("version_id", ids) => ids.to_vec(),
            Which::Of(..) => loaded.iter().map(|one| one.version).collect(),
        };
        versions.sort_unstable();
        versions.dedup();
        columns.load_versions(db, those("v.id", &versions))?;
        let locals = columns.settle(loaded)?;
        columns.load_events(db, those("version_id", &versions), &locals)?;
        let statements = match which {
            Which::All => Vec::new(),
            Which::Of(..) => columns.statements.iter().map(|(id, _)| *id).collect(),
        };
        columns.load_sides(db, those("statement_id", &statements), &mut groups)?;
        columns.entities.places = HashMap::new();
        columns.outlets.places = HashMap::new();
        Ok(columns)
    }

    fn load_statements(
        &mut self,
        db: &Connection,
        which: Which<'_>,
        groups: &mut Groups,
    ) -> Result<Vec<Loaded>, ArchiveError> {
        let sql = "SELECT id, version_id, local, speaker_id, act, channel, form FROM statement";
        let mut all = Vec::new();
        each(db, sql, which, |row| {
            let id: i64 = row.get(0)?;
            let name = |at| -> Result<&str, rusqlite::Error> {
                Ok(row.get_ref(at)?.as_str_or_null()?.unwrap_or(NONE))
            };
            let local = name(2)?.parse();
            let local = local
                .map_err(|_| ArchiveError::Invalid(format!("statement {id} has no local name")))?;
            all.push(Loaded {
                id,
                version: row.get(1)?,
                local,
                said: StatementCells {
                    speaker: self.somebody(db, groups, row.get(3)?)?,
                    version: 0,
                    events: 0,
                    act: self.acts.place(name(4)?)?,
                    channel: self.channels.place(name(5)?)?,
                    form: self.forms.place(name(6)?)?,
                    sides: false,
                },
            });
            Ok(())
        })?;
        Ok(all)
    }

    /// The place of an entity's group.
    fn somebody(
        &mut self,
        db: &Connection,
        groups: &mut Groups,
        id: Option<i64>,
    ) -> Result<u32, ArchiveError> {
        let id = id.map_or(Ok(0), |id| groups.of(db, id))?;
        Ok(self.entities.place(id))
    }

    fn load_versions(&mut self, db: &Connection, which: Which<'_>) -> Result<(), ArchiveError> {
        let sql = "SELECT v.id, d.outlet_id FROM version v JOIN document d ON d.id = v.document_id";
        each(db, sql, which, |row| {
            let told = VersionCells {
                outlet: self
                    .outlets
                    .place(row.get::<_, Option<i64>>(1)?.unwrap_or(0)),
                events: 0,
                begins: 0,
            };
            self.versions.push((row.get(0)?, told));
            Ok(())
        })?;
        self.versions.sort_unstable_by_key(|(id, _)| *id);
        Ok(())
    }

    /// Leads statements to their versions, and back. What readings call each comes back.
    fn settle(&mut self, loaded: Vec<Loaded>) -> Result<Vec<Id>, ArchiveError> {
        let mut locals = Vec::with_capacity(loaded.len());
        let mut counts = vec![0u32; self.versions.len()];
        let mut near = 0;
        for mut one in loaded {
            let version = self.version(one.version, near).ok_or_else(|| {
                let (id, version) = (one.id, one.version);
                ArchiveError::Invalid(format!("statement {id} is of no version: {version}"))
            })?;
            near = version;
            one.said.version = version as u32;
            counts[version] += 1;
            locals.push(one.local);
            self.statements.push((one.id, one.said));
        }
        let mut next = 0;
        for ((_, told), count) in self.versions.iter_mut().zip(&mut counts) {
            told.begins = next;
            next += std::mem::replace(count, next);
        }
        self.of_versions = vec![0; self.statements.len()];
        for (place, (_, said)) in (0..).zip(&self.statements) {
            let next = &mut counts[said.version as usize];
            self.of_versions[*next as usize] = place;
            *next += 1;
        }
        Ok(locals)
    }

    fn load_events(
        &mut self,
        db: &Connection,
        which: Which<'_>,
        locals: &[Id],
    ) -> Result<(), ArchiveError> {
        let sql = "SELECT version_id, statement, type FROM event";
        let mut near = 0;
        each(db, sql, which, |row| {
            // An event whose version isn't there would be one of no article.
            let Some(version) = self.version(row.get(0)?, near) else {
                return Ok(());
            };
            near = version;
            let bit = self
                .events
                .bit(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
            self.versions[version].1.events |= bit;
            let teller = row
                .get_ref(1)?
                .as_str_or_null()
                .map_err(rusqlite::Error::from)?;
            if let Some(teller) = teller.and_then(|local| local.parse::<Id>().ok()) {
                let mut all = self.said_in(version).iter();
                if let Some(place) = all
                    .find(|place| locals[**place as usize] == teller)
                    .copied()
                {
                    self.statements[place as usize].1.events |= bit;
                }
            }
            Ok(())
        })
    }

    fn load_sides(
        &mut self,
        db: &Connection,
        which: Which<'_>,
        groups: &mut Groups,
    ) -> Result<(), ArchiveError> {
        let sql = "SELECT statement_id, role = 'via', entity_id FROM statement_side";
        let mut near = 0;
        each(db, sql, which, |row| {
            let Some(place) = self.statement(row.get(0)?, near) else {
                return Ok(());
            };
            near = place;
            self.statements[place].1.sides = true;
            let entity = self.somebody(db, groups, row.get(2)?)?;
            self.sides.push(Beside {
                said: place as u32,
                via: row.get(1)?,
                entity,
            });
            Ok(())
        })?;
        // Who is spoken to twice is spoken to.
        self.sides.sort_unstable();
        self.sides.dedup();
        Ok(())
    }
}

/// A statement as it is read.
struct Loaded {
    id: i64,
    version: i64,
    local: Id,
    said: StatementCells,
}

/// Calls `found` with each row of a query.
fn each(
    db: &Connection,
    sql: &str,
    which: Which<'_>,
    mut found: impl FnMut(&Row<'_>) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    match which {
        Which::All => {
            let mut find = db.prepare_cached(sql)?;
            let mut rows = find.query([])?;
            while let Some(row) = rows.next()? {
                found(row)?;
            }
        }
        Which::Of(column, ids) => {
            let mut find = db.prepare_cached(&format!("{sql} WHERE {column} = ?1"))?;
            for id in ids {
                let mut rows = find.query([id])?;
                while let Some(row) = rows.next()? {
                    found(row)?;
                }
            }
        }
    }
    Ok(())
}

/// The place of a number in a list that is sorted by it; it is looked for first behind the
/// place of the one that was looked for before.
fn place<T>(list: &[(i64, T)], id: i64, near: usize) -> Option<usize> {
    let (mut low, mut step) = (0, 1);
    let mut high = list.len();
    if list.get(near).is_some_and(|(at, _)| *at <= id) {
        low = near;
        while low + step < high {
            if list[low + step].0 > id {
                high = low + step;
                break;
            }
            low += step;
            step *= 2;
        }
    }
    let at = low + list[low..high].partition_point(|(at, _)| *at < id);
    list.get(at)
        .is_some_and(|(found, _)| *found == id)
        .then_some(at)
}
