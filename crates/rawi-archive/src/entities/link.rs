//! Entities of readings become those of the archive.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rawi::reading::Entity;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::decision::{Splits, Standing};
use super::key::{Key, folded, type_name};
use super::recent::Recent;
use crate::ArchiveError;

/// How many keys and names are kept in mind, about 30 MB.
const ROOM: usize = 60_000;

/// A name row: whose, as what, which.
type Name = (i64, &'static str, String);

/// Links the entities of readings to those of the archive.
#[derive(Debug)]
pub(crate) struct Linker {
    entities: Recent<Key, i64>,
    names: Recent<Name, i64>,
    /// Read when first needed.
    splits: Option<Splits>,
}

impl Default for Linker {
    fn default() -> Self {
        Self {
            entities: Recent::new(ROOM),
            names: Recent::new(ROOM),
            splits: None,
        }
    }
}

impl Linker {
    /// The archive's entity for one of a reading of a document: by the rules, then by what
    /// was decided.
    pub fn link(
        &mut self,
        db: &Connection,
        document: i64,
        entity: &Entity<'_>,
    ) -> Result<i64, ArchiveError> {
        let key = Key::of(entity);
        let id = match self.entities.get(&key) {
            Some(id) => id,
            None => {
                let id = match find(db, &key)? {
                    Some(id) => id,
                    None => add(db, entity)?,
                };
                self.entities.put(key, id);
                id
            }
        };
        let splits = match &self.splits {
            Some(splits) => splits,
            None => self.splits.insert(Standing::read(db)?.splits),
        };
        match splits.is_empty() {
            true => Ok(id),
            false => Ok(splits.apply(id, &folded(&entity.name), document)),
        }
    }

    /// The row of the name by which an entity of the archive goes in a reading.
    pub fn name(
        &mut self,
        db: &Connection,
        id: i64,
        entity: &Entity<'_>,
    ) -> Result<i64, ArchiveError> {
        let key = (id, type_name(entity.kind), folded(&entity.name));
        if let Some(row) = self.names.get(&key) {
            return Ok(row);
        }
        let row = name_row(db, id, key.1, &key.2, &entity.name)?;
        self.names.put(key, row);
        Ok(row)
    }
}

/// The entity with a key, if the archive has one. Those that people told apart from others
/// are no longer found by the rules.
pub(super) fn find(db: &Connection, key: &Key) -> Result<Option<i64>, ArchiveError> {
    let found = match key {
        Key::Link(link) => db
            .prepare_cached(
                "SELECT id FROM entity WHERE link = ?1 AND split_from IS NULL ORDER BY id LIMIT 1",
            )?
            .query_row([link], |row| row.get(0)),
        Key::Name {
            class,
            folded,
            country,
        } => {
            let sql = format!(
                "SELECT e.id FROM entity_name n JOIN entity e ON e.id = n.entity_id
                 WHERE n.folded = ?1 AND e.link IS NULL AND e.split_from IS NULL
                   AND e.type IN {} AND (NOT ?2 OR e.country IS ?3) ORDER BY e.id LIMIT 1",
                class.types()
            );
            db.prepare_cached(&sql)?.query_row(
                params![
                    folded,
                    country.is_some(),
                    country.as_ref().and_then(|c| c.as_ref())
                ],
                |row| row.get(0),
            )
        }
    };
    Ok(found.optional()?)
}

/// Calls each linked entity by the name that it has in most articles, people by one of
/// several words if they have one. The others have one name.
pub(crate) fn call(db: &Connection) -> Result<(), ArchiveError> {
    /// An entity's kind and how it is called now; its names by what is compared first.
    type Linked = (bool, String, BTreeMap<String, (i64, String)>);
    let mut all: BTreeMap<i64, Linked> = BTreeMap::new();
    let mut find = db.prepare_cached(
        "SELECT e.id, e.type = 'PER', e.name, n.folded, coalesce(n.name, n.folded),
           (SELECT count(*) FROM appearance a WHERE a.name_id = n.id)
         FROM entity e JOIN entity_name n ON n.entity_id = e.id
         WHERE e.link IS NOT NULL ORDER BY e.id, n.id",
    )?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let (person, called) = (row.get(1)?, row.get(2)?);
        let (folded, name): (String, String) = (row.get(3)?, row.get(4)?);
        let one = all
            .entry(row.get(0)?)
            .or_insert((person, called, BTreeMap::new()));
        one.2.entry(folded).or_insert((0, name)).0 += row.get::<_, i64>(5)?;
    }
    let mut set = db.prepare_cached("UPDATE entity SET name = ?2 WHERE id = ?1")?;
    for (id, (person, called, names)) in all {
        let best = names.into_iter().max_by_key(|(folded, (number, _))| {
            let whole = person && folded.contains(' ') && *number > 0;
            (whole, *number, Reverse(folded.clone()))
        });
        if let Some((_, (_, name))) = best
            && name != called
        {
            set.execute(params![id, name])?;
        }
    }
    Ok(())
}

fn add(db: &Connection, entity: &Entity<'_>) -> Result<i64, ArchiveError> {
    db.prepare_cached(
        "INSERT INTO entity (name, type, link, country, sector) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        entity.name,
        type_name(entity.kind),
        entity.link,
        entity.country,
        entity.sector
    ])?;
    Ok(db.last_insert_rowid())
}

/// The row of a name of an entity, made if there is none.
pub(super) fn name_row(
    db: &Connection,
    id: i64,
    kind: &str,
    folded: &str,
    name: &str,
) -> Result<i64, ArchiveError> {
    let known = db
        .prepare_cached(
            "SELECT id FROM entity_name WHERE folded = ?1 AND entity_id = ?2 AND type = ?3",
        )?
        .query_row(params![folded, id, kind], |row| row.get(0))
        .optional()?;
    if let Some(row) = known {
        return Ok(row);
    }
    db.prepare_cached(
        "INSERT INTO entity_name (entity_id, type, folded, name) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![id, kind, folded, (name != folded).then_some(name)])?;
    Ok(db.last_insert_rowid())
}
