//! Deciding: each decision with all that follows from it is one transaction.

use rusqlite::{Connection, params};

use super::decision::{self, Decision, Standing, What, touched};
use super::group::{candidate, group, root};
use super::key::folded;
use super::reroute::reroute;
use crate::{Archive, ArchiveError};

/// What a split gives to a new entity.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Share {
    /// Appearances by these names.
    pub names: Vec<String>,
    /// Appearances in the articles with these ids, in all their versions.
    pub articles: Vec<String>,
}

fn asked<T>(problem: String) -> Result<T, ArchiveError> {
    Err(ArchiveError::Asked(problem))
}

impl Archive {
    /// Decides that others are whoever the first one is, for `who`. Gives the decision's
    /// number.
    ///
    /// # Errors
    ///
    /// If there is no such entity, if two are one already, or if the archive cannot be
    /// written.
    pub fn merge_entities(&mut self, ids: &[i64], who: &str) -> Result<i64, ArchiveError> {
        self.change(|db| {
            let [into, others @ ..] = ids else {
                return asked("merging takes two entities".into());
            };
            if others.is_empty() {
                return asked("merging takes two entities".into());
            }
            let mut roots = vec![root(db, must_be(db, *into)?)?];
            for other in others {
                let root = root(db, must_be(db, *other)?)?;
                if roots.contains(&root) {
                    return asked(format!("#{other} is one with another of these already"));
                }
                roots.push(root);
            }
            let others = others.to_vec();
            let what = What::Merge {
                into: *into,
                others,
            };
            let id = decision::keep(db, who, &what, None)?;
            mark(db)?;
            Ok(id)
        })
    }

    /// Decides that an entity is called otherwise. Gives the decision's number.
    ///
    /// # Errors
    ///
    /// If there is no such entity, if the name is none, or if the archive cannot be
    /// written.
    pub fn rename_entity(&mut self, id: i64, name: &str, who: &str) -> Result<i64, ArchiveError> {
        self.change(|db| {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if !name.chars().any(char::is_alphanumeric) {
                return asked("a name has letters".into());
            }
            let entity = root(db, must_be(db, id)?)?;
            let id = decision::keep(db, who, &What::Rename { entity, name }, None)?;
            mark(db)?;
            Ok(id)
        })
    }

    /// Decides that some appearances of an entity are of somebody else: those by some
    /// names, and those in some articles, also of articles that come later. Gives the
    /// decision's number, the new entity and in how many versions it stands.
    ///
    /// # Errors
    ///
    /// If there is no such entity or no such appearance, if they are of several that were
    /// merged, or if the archive cannot be written.
    pub fn split_entity(
        &mut self,
        id: i64,
        share: &Share,
        who: &str,
    ) -> Result<(i64, i64, u64), ArchiveError> {
        self.change(|db| {
            must_be(db, id)?;
            let names: Vec<String> = share.names.iter().map(|n| folded(n)).collect();
            let documents = documents(db, &share.articles)?;
            let members = match root(db, id)? == id {
                true => group(db, id)?,
                false => vec![id],
            };
            let from = match &having(db, &members, &names, &documents)?[..] {
                [one] => *one,
                [] => {
                    return asked(format!(
                        "#{id} doesn't stand there under such a name; `rawi entity show {id}` tells its names"
                    ));
                }
                several => {
                    let list: Vec<String> = several.iter().map(|m| format!("#{m}")).collect();
                    return asked(format!(
                        "these are of {}, which were merged: undo that first, see `rawi entity history`",
                        list.join(" and ")
                    ));
                }
            };
            let to = told_apart(db, from, &names, &documents)?;
            let what = What::Split {
                from,
                to,
                names,
                documents,
            };
            let id = decision::keep(db, who, &what, None)?;
            match reroute(db, from)? {
                0 => asked("only headlines use this name, for somebody whom the text calls otherwise: split by that name".into()),
                changed => Ok((id, to, changed)),
            }
        })
    }

    /// Decides that a decision no longer holds, whatever was decided since. Gives the
    /// number of this decision.
    ///
    /// # Errors
    ///
    /// If there is no such decision, if it is undone already or is an undoing itself, if
    /// a later split rests on it, or if the archive cannot be written.
    pub fn undo_decision(&mut self, number: i64, who: &str) -> Result<i64, ArchiveError> {
        self.change(|db| {
            let all = decision::read(db)?;
            let Some(decision) = all.iter().find(|d| d.id == number) else {
                return asked(format!("there is no decision {number}"));
            };
            if let Some(by) = decision.undone_by {
                return asked(format!("decision {number} is undone already, by {by}"));
            }
            let split = match &decision.what {
                What::Undo { decision } => {
                    return asked(format!(
                        "{number} is an undoing itself: decide again what {decision} decided"
                    ));
                }
                What::Split { to, .. } => Some(*to),
                What::Merge { .. } | What::Rename { .. } => None,
            };
            let rests = |d: &&Decision| {
                d.undone_by.is_none()
                    && matches!(&d.what, What::Split { from, .. } if Some(*from) == split)
            };
            if let Some(later) = all.iter().find(rests) {
                return asked(format!(
                    "decision {} splits what {number} split off: undo {0} first",
                    later.id
                ));
            }
            let what = What::Undo { decision: number };
            let by = decision::keep(db, who, &what, None)?;
            db.execute(
                "UPDATE decision SET undone_by = ?2 WHERE id = ?1",
                params![number, by],
            )?;
            mark(db)?;
            if let Some(to) = split {
                reroute(db, to)?;
            }
            Ok(by)
        })
    }
}

/// The entity, if there is one.
fn must_be(db: &Connection, id: i64) -> Result<i64, ArchiveError> {
    match candidate(db, id)? {
        Some(found) => Ok(found.id),
        None => asked(format!("the archive has no entity #{id}")),
    }
}

/// Writes whom each entity is and how it is called, as the decisions say.
pub(super) fn mark(db: &Connection) -> Result<(), ArchiveError> {
    let decisions = decision::read(db)?;
    let state = Standing::of(&decisions);
    let mut set =
        db.prepare_cached("UPDATE entity SET merged_into = ?2, renamed = ?3 WHERE id = ?1")?;
    for id in touched(&decisions) {
        set.execute(params![id, state.merged.get(&id), state.renamed.get(&id)])?;
    }
    Ok(())
}

/// The documents of articles that inputs name so.
fn documents(db: &Connection, articles: &[String]) -> Result<Vec<i64>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT DISTINCT document_id FROM version WHERE given_id = ?1 ORDER BY 1",
    )?;
    let mut all = Vec::new();
    for article in articles {
        let rows = find.query_map([article], |row| row.get(0))?;
        let before = all.len();
        for row in rows {
            all.push(row?);
        }
        if all.len() == before {
            return asked(format!("{article}: the archive has no article of this id"));
        }
    }
    Ok(all)
}

/// Which entities stand under some names or in some documents.
fn having(
    db: &Connection,
    entities: &[i64],
    names: &[String],
    documents: &[i64],
) -> Result<Vec<i64>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT DISTINCT n.entity_id FROM entity_name n JOIN appearance a ON a.name_id = n.id
         JOIN version v ON v.id = a.version_id
         WHERE n.entity_id IN (SELECT value FROM json_each(?1))
           AND (n.folded IN (SELECT value FROM json_each(?2))
             OR v.document_id IN (SELECT value FROM json_each(?3)))
         ORDER BY 1",
    )?;
    let given = params![list(entities), list(names), list(documents)];
    let rows = find.query_map(given, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A new entity beside another, called as the first appearance that it gets.
fn told_apart(
    db: &Connection,
    from: i64,
    names: &[String],
    documents: &[i64],
) -> Result<i64, ArchiveError> {
    db.execute(
        "INSERT INTO entity (name, type, country, sector, split_from)
         SELECT coalesce(n.name, n.folded), n.type, e.country, e.sector, e.id
         FROM entity e JOIN entity_name n ON n.entity_id = e.id
         JOIN appearance a ON a.name_id = n.id JOIN version v ON v.id = a.version_id
         WHERE e.id = ?1 AND (n.folded IN (SELECT value FROM json_each(?2))
           OR v.document_id IN (SELECT value FROM json_each(?3)))
         ORDER BY v.id, a.local LIMIT 1",
        params![from, list(names), list(documents)],
    )?;
    Ok(db.last_insert_rowid())
}

/// A list as SQL takes it.
pub(super) fn list<T: Clone + Into<serde_json::Value>>(all: &[T]) -> String {
    serde_json::Value::from(all).to_string()
}
