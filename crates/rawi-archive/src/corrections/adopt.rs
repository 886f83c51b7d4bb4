//! Corrections of another archive, taken over.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::record::{self, Correction, New, Part, Verdict};
use super::{Finding, Somebody};
use crate::entities::Here;
use crate::{Archive, ArchiveError};

impl Archive {
    /// Takes over the corrections of another archive that hold there. Those that this one
    /// has already, also undone, stay as they are. Gives what could not be taken over.
    pub(crate) fn adopt_corrections(
        &mut self,
        other: &Connection,
    ) -> Result<Vec<String>, ArchiveError> {
        let change = self.db.transaction()?;
        let here = Here::of(&change, other)?;
        let mut left = Vec::new();
        for mut their in record::read(other, "ORDER BY c.id", &[])? {
            if !their.stands() || is_known(&change, &their.key)? {
                continue;
            }
            let Some(version) = version(&change, other, &here, &their)? else {
                left.push(format!(
                    "correction {} of the other archive is about a text that isn't here",
                    their.id
                ));
                continue;
            };
            for finding in findings(&mut their.verdict) {
                for one in finding.people_mut() {
                    *one = Somebody {
                        entity: match one.entity {
                            Some(id) => here.entity(&change, other, id)?,
                            None => None,
                        },
                        ..one.clone()
                    };
                }
            }
            New {
                who: &their.who,
                note: their.note.as_deref(),
                version,
                spot: &their.spot,
                verdict: &their.verdict,
            }
            .keep_as(&change, Some(&their.key), Some(&their.made))?;
        }
        change.commit()?;
        Ok(left)
    }
}

fn is_known(db: &Connection, key: &str) -> Result<bool, ArchiveError> {
    let mut find = db.prepare_cached("SELECT 1 FROM correction WHERE key = ?1")?;
    Ok(find.exists([key])?)
}

/// Our version with the text that a correction of another archive is about.
fn version(
    db: &Connection,
    other: &Connection,
    here: &Here,
    their: &Correction,
) -> Result<Option<i64>, ArchiveError> {
    let (document, sha256, title): (i64, Vec<u8>, Option<Vec<u8>>) = other
        .prepare_cached("SELECT document_id, sha256, title_sha256 FROM version WHERE id = ?1")?
        .query_row([their.version], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let documents = here.documents(db, other, document)?;
    let found = db
        .prepare_cached(
            "SELECT id FROM version WHERE document_id IN (SELECT value FROM json_each(?1))
               AND sha256 = ?2 AND (?4 OR title_sha256 IS ?3)
             ORDER BY title_sha256 IS ?3 DESC, id DESC LIMIT 1",
        )?
        .query_row(
            params![documents, sha256, title, their.spot.part == Part::Text],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

/// All findings that a verdict names.
pub(super) fn findings(verdict: &mut Verdict) -> Vec<&mut Finding> {
    match verdict {
        Verdict::Accept { seen, .. } | Verdict::Reject { seen, .. } => vec![seen],
        Verdict::Correct { seen, value, .. } => {
            let seen = seen.iter_mut().map(|seen| &mut **seen);
            seen.chain([value]).collect()
        }
        Verdict::Add { value, .. } => vec![value],
        Verdict::Review { accepted, .. } => accepted.iter_mut().map(|a| &mut a.finding).collect(),
        Verdict::Undo { .. } => Vec::new(),
    }
}
