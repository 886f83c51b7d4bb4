//! Decisions as they are kept, and what follows from all that are not undone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use crate::{Archive, ArchiveError};

/// What was decided. Entities are given by their numbers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum What {
    /// Others are whoever the first one is.
    Merge {
        /// Whose name and number stand for all.
        into: i64,
        /// The others.
        others: Vec<i64>,
    },
    /// Some appearances of an entity are of somebody else.
    Split {
        /// Whose they were.
        from: i64,
        /// Whose they are: an entity that the decision made.
        to: i64,
        /// Appearances by these names, folded.
        names: Vec<String>,
        /// Appearances in these documents.
        documents: Vec<i64>,
    },
    /// An entity is called otherwise.
    Rename {
        /// Which.
        entity: i64,
        /// How.
        name: String,
    },
    /// Another decision no longer holds.
    Undo {
        /// Its number.
        decision: i64,
    },
}

/// A decision as the archive keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// Its number.
    pub id: i64,
    /// When it was made, in RFC 3339.
    pub made: String,
    /// Who made it.
    pub who: String,
    /// What was decided.
    #[serde(flatten)]
    pub what: What,
    /// The decision that undid it.
    pub undone_by: Option<i64>,
    /// What names it in every archive that has it.
    pub key: String,
}

impl Archive {
    /// All decisions, the first one first.
    ///
    /// # Errors
    ///
    /// If one is not as it must be.
    pub fn decisions(&self) -> Result<Vec<Decision>, ArchiveError> {
        read(&self.db)
    }
}

/// All decisions, in order.
pub(super) fn read(db: &Connection) -> Result<Vec<Decision>, ArchiveError> {
    let mut all =
        db.prepare_cached("SELECT id, made, who, what, undone_by, key FROM decision ORDER BY id")?;
    let mut rows = all.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, what): (i64, String) = (row.get(0)?, row.get(3)?);
        out.push(Decision {
            id,
            made: row.get(1)?,
            who: row.get(2)?,
            what: serde_json::from_str(&what).map_err(|e| {
                ArchiveError::Invalid(format!("decision {id} is not as it must be: {e}"))
            })?,
            undone_by: row.get(4)?,
            key: row.get(5)?,
        });
    }
    Ok(out)
}

/// Keeps a decision under a key, a new one if it has none, and gives its number.
pub(super) fn keep(
    db: &Connection,
    who: &str,
    what: &What,
    key: Option<&str>,
) -> Result<i64, ArchiveError> {
    let json = serde_json::to_string(what).map_err(|e| ArchiveError::Invalid(e.to_string()))?;
    db.execute(
        "INSERT INTO decision (key, made, who, what)
         VALUES (coalesce(?1, lower(hex(randomblob(16)))), strftime('%Y-%m-%dT%H:%M:%SZ', 'now'),
           ?2, ?3)",
        params![key, who, json],
    )?;
    Ok(db.last_insert_rowid())
}

/// One split that holds.
#[derive(Clone, Debug)]
struct Split {
    from: i64,
    to: i64,
    names: BTreeSet<String>,
    documents: BTreeSet<i64>,
}

/// The splits that hold, in order.
#[derive(Clone, Default, Debug)]
pub(super) struct Splits(Vec<Split>);

impl Splits {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whose an appearance is that the rules give to somebody.
    pub fn apply(&self, entity: i64, folded: &str, document: i64) -> i64 {
        let mut at = entity;
        for split in &self.0 {
            if split.from == at
                && (split.names.contains(folded) || split.documents.contains(&document))
            {
                at = split.to;
            }
        }
        at
    }
}

/// All that follows from the decisions that are not undone.
#[derive(Default, Debug)]
pub(super) struct Standing {
    pub splits: Splits,
    /// The root of each entity that is merged into another.
    pub merged: BTreeMap<i64, i64>,
    pub renamed: BTreeMap<i64, String>,
}

impl Standing {
    /// Of the decisions of an archive.
    pub fn read(db: &Connection) -> Result<Self, ArchiveError> {
        Ok(Self::of(&read(db)?))
    }

    pub fn of(decisions: &[Decision]) -> Self {
        let mut state = Self::default();
        for decision in decisions.iter().filter(|d| d.undone_by.is_none()) {
            match &decision.what {
                What::Merge { into, others } => {
                    for other in others {
                        state.join(*into, *other);
                    }
                }
                What::Split {
                    from,
                    to,
                    names,
                    documents,
                } => state.splits.0.push(Split {
                    from: *from,
                    to: *to,
                    names: names.iter().cloned().collect(),
                    documents: documents.iter().copied().collect(),
                }),
                What::Rename { entity, name } => {
                    state.renamed.insert(*entity, name.clone());
                }
                What::Undo { .. } => {}
            }
        }
        state
    }

    /// The root of an entity.
    pub fn root(&self, id: i64) -> i64 {
        self.merged.get(&id).copied().unwrap_or(id)
    }

    fn join(&mut self, into: i64, other: i64) {
        let (into, other) = (self.root(into), self.root(other));
        if into == other {
            return;
        }
        for root in self.merged.values_mut().filter(|root| **root == other) {
            *root = into;
        }
        self.merged.insert(other, into);
    }
}

/// Entities that any decision, also one undone, merges or renames.
pub(super) fn touched(decisions: &[Decision]) -> BTreeSet<i64> {
    let mut all = BTreeSet::new();
    for decision in decisions {
        match &decision.what {
            What::Merge { into, others } => {
                all.insert(*into);
                all.extend(others);
            }
            What::Rename { entity, .. } => {
                all.insert(*entity);
            }
            What::Split { .. } | What::Undo { .. } => {}
        }
    }
    all
}
