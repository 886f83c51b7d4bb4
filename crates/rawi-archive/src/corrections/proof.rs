//! Whether corrections still hold: their texts, their stretches, and who is in them.

use std::collections::BTreeMap;

use rawi::Offsets;
use rusqlite::{Connection, params};

use super::adopt::findings;
use super::record::{self, Correction, Part, Spot, Verdict};
use crate::{Archive, ArchiveError};

impl Archive {
    /// Checks all corrections and gives their number.
    pub(crate) fn corrections_hold(&self) -> Result<u64, ArchiveError> {
        let all = record::read(&self.db, "ORDER BY c.id", &[])?;
        let by_number: BTreeMap<i64, &Correction> = all.iter().map(|c| (c.id, c)).collect();
        for one in &all {
            holds(&self.db, one, &by_number).map_err(|e| match e {
                ArchiveError::Invalid(what) => {
                    ArchiveError::Invalid(format!("correction {}: {what}", one.id))
                }
                e => e,
            })?;
        }
        Ok(all.len() as u64)
    }
}

fn off<T>(what: impl Into<String>) -> Result<T, ArchiveError> {
    Err(ArchiveError::Invalid(what.into()))
}

fn holds(
    db: &Connection,
    one: &Correction,
    all: &BTreeMap<i64, &Correction>,
) -> Result<(), ArchiveError> {
    let undoes = match one.verdict {
        Verdict::Undo { correction } => Some(correction),
        _ => None,
    };
    let told = undoes.is_none_or(|n| all.get(&n).is_some_and(|c| c.undone_by == Some(one.id)));
    let undone = one.undone_by.and_then(|by| all.get(&by));
    let by = |c: &&Correction| c.verdict == Verdict::Undo { correction: one.id };
    if !told || (one.undone_by.is_some() && !undone.is_some_and(by)) {
        return off("it is not told what undid it");
    }
    let (text, title, sha256, title_sha256): (String, Option<String>, String, Option<String>) = db
        .prepare_cached(
            "SELECT text, title, lower(hex(sha256)), lower(hex(title_sha256)) FROM version
             WHERE id = ?1",
        )?
        .query_row([one.version], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let hash = match one.spot.part {
        Part::Text => Some(sha256),
        Part::Headline => title_sha256,
    };
    if hash.as_ref() != Some(&one.sha256) {
        return off("the hash of its text is another");
    }
    let title = title.unwrap_or_default();
    let mut verdict = one.verdict.clone();
    let parts: Vec<Part> = match &verdict {
        Verdict::Review { accepted, .. } => accepted.iter().map(|a| a.part).collect(),
        _ => vec![one.spot.part; 2],
    };
    let offsets = [Offsets::of(&text), Offsets::of(&title)];
    for (finding, part) in findings(&mut verdict).into_iter().zip(parts) {
        let (text, offsets) = match part {
            Part::Text => (&text, &offsets[0]),
            Part::Headline => (&title, &offsets[1]),
        };
        for stretch in finding.stretches() {
            if !stretch.stands(text, offsets) {
                let (start, end) = (stretch.start, stretch.end);
                return off(format!("{start}..{end} is not {:?}", stretch.text));
            }
        }
        for somebody in finding.people() {
            known(db, somebody.entity)?;
        }
    }
    if let Verdict::Add { value, .. } = &one.verdict
        && Spot::of(one.spot.part, value) != one.spot
    {
        return off("what was added stands elsewhere");
    }
    Ok(())
}

fn known(db: &Connection, entity: Option<i64>) -> Result<(), ArchiveError> {
    let Some(id) = entity else { return Ok(()) };
    let mut find = db.prepare_cached("SELECT 1 FROM entity WHERE id = ?1")?;
    match find.exists(params![id])? {
        true => Ok(()),
        false => off(format!("the archive has no entity #{id}")),
    }
}
