//! Decisions of another archive, taken over.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::decide::{list, mark};
use super::decision::{self, What};
use super::key::{Key, folded};
use super::link::find;
use super::reroute::reroute;
use crate::{Archive, ArchiveError};

impl Archive {
    /// Takes over the decisions of another archive that hold there. Those that this archive
    /// has already, also undone, stay as they are. Gives what could not be taken over.
    pub(crate) fn adopt(&mut self, other: &Connection) -> Result<Vec<String>, ArchiveError> {
        let change = self.db.transaction()?;
        let mine = decision::read(&change)?;
        let theirs = decision::read(other)?;
        // Whom their splits made, and whom ours made of the same decisions.
        let mut made: BTreeMap<i64, i64> = BTreeMap::new();
        let mut left = Vec::new();
        for their in theirs {
            if let Some(known) = mine.iter().find(|d| d.key == their.key) {
                if let (What::Split { to, .. }, What::Split { to: there, .. }) =
                    (&known.what, &their.what)
                {
                    made.insert(*there, *to);
                }
                continue;
            }
            if their.undone_by.is_some() || matches!(their.what, What::Undo { .. }) {
                continue;
            }
            match map(&change, other, &made, &their.what)? {
                Some(what) => {
                    if let (What::Split { to: there, .. }, What::Split { to, .. }) =
                        (&their.what, &what)
                    {
                        made.insert(*there, *to);
                    }
                    decision::keep(&change, &their.who, &what, Some(&their.key))?;
                    if let What::Split { from, .. } = what {
                        reroute(&change, from)?;
                    }
                }
                None => left.push(format!(
                    "decision {} of the other archive is about somebody who isn't here",
                    their.id
                )),
            }
        }
        mark(&change)?;
        change.commit()?;
        Ok(left)
    }
}

/// Where things of another archive are in ours.
pub(crate) struct Here {
    /// Whom their splits made, and whom ours made of the same decisions.
    made: BTreeMap<i64, i64>,
}

impl Here {
    /// For an archive whose decisions are taken over.
    pub fn of(db: &Connection, other: &Connection) -> Result<Self, ArchiveError> {
        let (mine, theirs) = (decision::read(db)?, decision::read(other)?);
        let mut made = BTreeMap::new();
        for their in &theirs {
            let known = mine.iter().find(|d| d.key == their.key);
            if let (Some(What::Split { to, .. }), What::Split { to: there, .. }) =
                (known.map(|d| &d.what), &their.what)
            {
                made.insert(*there, *to);
            }
        }
        Ok(Self { made })
    }

    /// Our entity for one of theirs.
    pub fn entity(
        &self,
        db: &Connection,
        other: &Connection,
        id: i64,
    ) -> Result<Option<i64>, ArchiveError> {
        entity(db, other, &self.made, id)
    }

    /// Our documents for one of theirs, as a list for SQL.
    pub fn documents(
        &self,
        db: &Connection,
        other: &Connection,
        id: i64,
    ) -> Result<String, ArchiveError> {
        Ok(list(&documents_here(db, other, &[id])?))
    }
}

/// A decision of another archive in our numbers.
fn map(
    db: &Connection,
    other: &Connection,
    made: &BTreeMap<i64, i64>,
    what: &What,
) -> Result<Option<What>, ArchiveError> {
    let here = |id: i64| entity(db, other, made, id);
    Ok(match what {
        What::Merge { into, others } => {
            let mut ours = Vec::new();
            for other in others {
                ours.extend(here(*other)?);
            }
            match here(*into)? {
                Some(into) if ours.len() == others.len() => {
                    ours.retain(|one| *one != into);
                    (!ours.is_empty()).then_some(What::Merge { into, others: ours })
                }
                _ => None,
            }
        }
        What::Rename { entity, name } => here(*entity)?.map(|entity| What::Rename {
            entity,
            name: name.clone(),
        }),
        What::Split {
            from,
            to,
            names,
            documents,
        } => match here(*from)? {
            Some(from) => Some(What::Split {
                from,
                to: copy(db, other, from, *to)?,
                names: names.clone(),
                documents: documents_here(db, other, documents)?,
            }),
            None => None,
        },
        What::Undo { .. } => None,
    })
}

/// Our entity for one of another archive: that with the same key.
fn entity(
    db: &Connection,
    other: &Connection,
    made: &BTreeMap<i64, i64>,
    id: i64,
) -> Result<Option<i64>, ArchiveError> {
    if let Some(ours) = made.get(&id) {
        return Ok(Some(*ours));
    }
    let facts = other
        .prepare_cached("SELECT link, type, name, country, split_from FROM entity WHERE id = ?1")?
        .query_row([id], |row| {
            let name: String = row.get(2)?;
            let kind: String = row.get(1)?;
            let (link, country): (Option<String>, Option<String>) = (row.get(0)?, row.get(3)?);
            let key = Key::from(link.as_deref(), &kind, folded(&name), country.as_deref());
            Ok((key, row.get::<_, Option<i64>>(4)?))
        })
        .optional()?;
    match facts {
        Some((key, None)) => find(db, &key),
        _ => Ok(None),
    }
}

/// An entity told apart from one of ours, as the other archive has it.
fn copy(db: &Connection, other: &Connection, from: i64, to: i64) -> Result<i64, ArchiveError> {
    let facts = other.query_row(
        "SELECT name, type, country, sector FROM entity WHERE id = ?1",
        [to],
        |row| {
            let text = |at: usize| row.get::<_, Option<String>>(at);
            Ok([text(0)?, text(1)?, text(2)?, text(3)?])
        },
    )?;
    let [name, kind, country, sector] = facts;
    db.execute(
        "INSERT INTO entity (name, type, country, sector, split_from) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![name, kind, country, sector, from],
    )?;
    Ok(db.last_insert_rowid())
}

/// Our documents for those of another archive: they share a key.
fn documents_here(
    db: &Connection,
    other: &Connection,
    documents: &[i64],
) -> Result<Vec<i64>, ArchiveError> {
    let mut keys = other.prepare_cached(
        "SELECT key FROM document_key WHERE document_id IN (SELECT value FROM json_each(?1))
         ORDER BY key",
    )?;
    let mut rows = keys.query([list(documents)])?;
    let mut ours: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        let key: Vec<u8> = row.get(0)?;
        let found: Option<i64> = db
            .prepare_cached("SELECT document_id FROM document_key WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        ours.extend(found);
    }
    ours.sort_unstable();
    ours.dedup();
    Ok(ours)
}
