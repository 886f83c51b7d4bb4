//! Who of one article is who of another.

use std::collections::HashMap;

use rawi::reading::{Entity, EntityType};
use rawi_text::fold;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ArchiveError;

/// Links the entities of readings to those of the archive.
#[derive(Debug, Default)]
pub(crate) struct Linker {
    known: HashMap<(String, &'static str, Option<String>), i64>,
}

impl Linker {
    /// The archive's entity for one of a reading: the same well-known one, else the one of
    /// the same type and name.
    pub fn link(
        &mut self,
        db: &Connection,
        _version: i64,
        entity: &Entity<'_>,
    ) -> Result<i64, ArchiveError> {
        let name = fold(&entity.name);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let kind = type_name(entity.kind);
        let link = entity.link.as_deref();
        let key = (name.clone(), kind, link.map(str::to_owned));
        let id = match self.known.get(&key) {
            Some(id) => *id,
            None => {
                let found = match link {
                    Some(link) => db
                        .prepare_cached(
                            "SELECT id FROM entity WHERE link = ?1 ORDER BY id LIMIT 1",
                        )?
                        .query_row([link], |row| row.get(0))
                        .optional()?,
                    None => db
                        .prepare_cached(
                            "SELECT e.id FROM entity_name n JOIN entity e ON e.id = n.entity_id
                             WHERE n.folded = ?1 AND e.type = ?2 AND e.link IS NULL
                             ORDER BY e.id LIMIT 1",
                        )?
                        .query_row([&name, kind], |row| row.get(0))
                        .optional()?,
                };
                let id = match found {
                    Some(id) => id,
                    None => {
                        db.prepare_cached(
                            "INSERT INTO entity (name, type, link, country, sector)
                             VALUES (?1, ?2, ?3, ?4, ?5)",
                        )?
                        .execute(params![
                            entity.name,
                            kind,
                            link,
                            entity.country,
                            entity.sector
                        ])?;
                        db.last_insert_rowid()
                    }
                };
                self.known.insert(key, id);
                id
            }
        };
        db.prepare_cached("INSERT OR IGNORE INTO entity_name VALUES (?1, ?2, ?3)")?
            .execute(params![name, id, entity.name])?;
        Ok(id)
    }
}

/// The name of a type in the contract.
fn type_name(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Per => "PER",
        EntityType::Org => "ORG",
        EntityType::Media => "MEDIA",
        EntityType::Gpe => "GPE",
        EntityType::Loc => "LOC",
        EntityType::Fac => "FAC",
        EntityType::Group => "GROUP",
        _ => "ANON",
    }
}
