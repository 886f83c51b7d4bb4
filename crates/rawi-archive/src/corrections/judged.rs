//! What is read in a version beside what people say of it.

use std::collections::BTreeMap;

use rawi::reading::Id;
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::record::{self, Correction, Part, Spot, Verdict};
use super::value::Source;
use super::{About, Field, Finding};
use crate::export::Item;
use crate::{Archive, ArchiveError};

/// How many characters of the two together must be common ones, of a hundred, for a
/// statement that is read to be the one that somebody judged.
const COMMON: u64 = 50;

/// Who said something of a finding, and when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// The number of the correction.
    pub correction: i64,
    /// What was said: `accept`, `reject`, `correct`, `add` or `review`.
    pub kind: &'static str,
    /// Who said it.
    pub who: String,
    /// When, in RFC 3339.
    pub made: String,
    /// What that person remarks.
    pub note: Option<String>,
}

impl Mark {
    fn of(correction: &Correction) -> Self {
        Self {
            correction: correction.id,
            kind: match correction.verdict {
                Verdict::Accept { .. } => "accept",
                Verdict::Reject { .. } => "reject",
                Verdict::Correct { .. } => "correct",
                Verdict::Add { .. } => "add",
                Verdict::Review { .. } => "review",
                Verdict::Undo { .. } => "undo",
            },
            who: correction.who.clone(),
            made: correction.made.clone(),
            note: correction.note.clone(),
        }
    }
}

/// Whether a judgment still fits what is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// What is read is what was judged.
    AsSeen,
    /// It is read otherwise since.
    ReadOtherwise,
    /// Nothing is read there any more.
    NotRead,
}

/// A statement or event with both what is read and what people say of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judged {
    /// To what a correction of it holds.
    pub spot: Spot,
    /// Its id in the reading, if it is read.
    pub id: Option<Id>,
    /// Its number in the archive, if it is read.
    pub number: Option<i64>,
    /// What is read.
    pub read: Option<Finding>,
    /// What holds: what people say, or else what is read; none if it was rejected.
    pub holds: Option<Finding>,
    /// Who says so; none if nobody judged it.
    pub by: Option<Mark>,
    /// Whether the judgment still fits; none if nobody judged it.
    pub fit: Option<Fit>,
}

impl Judged {
    /// In what that which holds differs from what is read.
    pub fn changes(&self) -> Vec<Field> {
        match (&self.read, &self.holds) {
            (Some(read), Some(holds)) => read.changes(holds),
            _ => Vec::new(),
        }
    }

    /// Whether it is shown as corrected: changed, added or rejected.
    pub fn is_corrected(&self) -> bool {
        self.by.is_some() && (self.read != self.holds && !self.unchanged())
    }

    fn unchanged(&self) -> bool {
        self.read.is_some() && self.holds.is_some() && self.changes().is_empty()
    }

    /// Stands for what is shown of it, so that nobody judges what somebody else has
    /// changed meanwhile.
    pub fn stamp(&self) -> String {
        let by = self.by.as_ref().map(|by| by.correction);
        let shown = format!("{by:?} {:?}", self.read);
        let hash = Sha256::digest(shown);
        hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// All that is read in a version and all that people say of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judgments {
    /// The version.
    pub version: i64,
    /// Who looked at all of it, if somebody did.
    pub reviewed: Option<Mark>,
    /// Statements and events, the text's first, in order of places.
    pub all: Vec<Judged>,
}

impl Judgments {
    /// The statement or event with a number.
    pub fn numbered(&self, about: About, number: i64) -> Option<&Judged> {
        let mut all = self.all.iter();
        all.find(|j| j.spot.about == about && j.number == Some(number))
    }
}

impl Archive {
    /// What is read in a version beside what people say of it; none if there is no such
    /// version, or nothing was read in it.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, or something of it is damaged.
    pub fn judged(&self, version: i64) -> Result<Option<Judgments>, ArchiveError> {
        match Item::load(&self.db, version)? {
            Some(item) => judgments(&self.db, &item).map(Some),
            None => Ok(None),
        }
    }

    /// The same of a version that is at hand.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read, or something of it is damaged.
    pub fn judged_item(&self, item: &Item) -> Result<Judgments, ArchiveError> {
        judgments(&self.db, item)
    }

    /// Whether anybody said anything of a version that holds.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn is_judged(&self, version: i64) -> Result<bool, ArchiveError> {
        Ok(of_version(&self.db, version)?
            .iter()
            .any(Correction::stands))
    }
}

/// The corrections of a version's text and title, whichever version of the document was
/// looked at, the earliest first.
pub(super) fn of_version(db: &Connection, version: i64) -> Result<Vec<Correction>, ArchiveError> {
    record::read(
        db,
        "JOIN version at ON at.id = ?1 JOIN version v ON v.id = c.version_id
         WHERE v.document_id = at.document_id
           AND c.sha256 = CASE c.part WHEN 'text' THEN at.sha256 ELSE at.title_sha256 END
         ORDER BY c.made, c.id",
        &[&version],
    )
}

/// What people say of one spot.
struct Said {
    mark: Mark,
    seen: Option<Finding>,
    holds: Option<Finding>,
}

pub(super) fn judgments(db: &Connection, item: &Item) -> Result<Judgments, ArchiveError> {
    let mut said: BTreeMap<Spot, Said> = BTreeMap::new();
    let mut reviewed = None;
    for one in of_version(db, item.version)? {
        if !one.stands() {
            continue;
        }
        let mark = Mark::of(&one);
        let (seen, holds) = match one.verdict {
            Verdict::Accept { seen, .. } => (Some(seen.clone()), Some(seen)),
            Verdict::Reject { seen, .. } => (Some(seen), None),
            Verdict::Correct { seen, value, .. } => (seen.map(|seen| *seen), Some(value)),
            Verdict::Add { value, .. } => (None, Some(value)),
            Verdict::Review { accepted, .. } => {
                let title =
                    one.version == item.version || same_title(db, one.version, item.version)?;
                for one in accepted {
                    if one.part == Part::Headline && !title {
                        continue;
                    }
                    let spot = Spot::of(one.part, &one.finding);
                    let said_now = Said {
                        mark: mark.clone(),
                        seen: Some(one.finding.clone()),
                        holds: Some(one.finding),
                    };
                    said.insert(spot, said_now);
                }
                reviewed = Some(mark);
                continue;
            }
            Verdict::Undo { .. } => continue,
        };
        said.insert(one.spot, Said { mark, seen, holds });
    }
    let mut all = Vec::new();
    for source in Source::all(item) {
        let read: Vec<(Id, Finding)> = source.findings();
        let spots: Vec<Spot> = read
            .iter()
            .map(|(_, finding)| Spot::of(source.part, finding))
            .collect();
        let mut meant = meant(&spots, said.keys());
        for ((id, finding), spot) in read.into_iter().zip(spots) {
            let said = meant.remove(&spot).and_then(|of| said.remove_entry(&of));
            let number = source.number(id);
            all.push(match said {
                None => Judged {
                    spot,
                    id: Some(id),
                    number,
                    holds: Some(finding.clone()),
                    read: Some(finding),
                    by: None,
                    fit: None,
                },
                Some((spot, said)) => Judged {
                    spot,
                    id: Some(id),
                    number,
                    fit: Some(fit(&said, Some(&finding))),
                    read: Some(finding),
                    holds: said.holds,
                    by: Some(said.mark),
                },
            });
        }
    }
    all.extend(said.into_iter().map(|(spot, said)| Judged {
        spot,
        id: None,
        number: None,
        read: None,
        fit: Some(fit(&said, None)),
        holds: said.holds,
        by: Some(said.mark),
    }));
    all.sort_by(|a, b| {
        let key = |j: &Judged| (j.spot.part, j.spot.starts, j.spot.about, j.spot.ends);
        key(a).cmp(&key(b))
    });
    Ok(Judgments {
        version: item.version,
        reviewed,
        all,
    })
}

fn same_title(db: &Connection, a: i64, b: i64) -> Result<bool, ArchiveError> {
    let same = db
        .prepare_cached(
            "SELECT a.title_sha256 IS b.title_sha256 FROM version a, version b
             WHERE a.id = ?1 AND b.id = ?2",
        )?
        .query_row([a, b], |row| row.get(0))
        .optional()?;
    Ok(same.unwrap_or(false))
}

fn fit(said: &Said, read: Option<&Finding>) -> Fit {
    // What was added is held against what somebody says; nothing was seen there.
    let expected = said.seen.as_ref();
    match (expected, read) {
        (Some(seen), Some(read)) if seen.changes(read).is_empty() => Fit::AsSeen,
        (None, None) => Fit::AsSeen,
        (Some(_), None) => Fit::NotRead,
        _ => Fit::ReadOtherwise,
    }
}

/// Which judged spot is meant by each one that is read: the same; or else one of the same
/// place with another type, and then the one that has most in common.
fn meant<'s>(read: &[Spot], judged: impl Iterator<Item = &'s Spot>) -> BTreeMap<Spot, Spot> {
    let mut left: Vec<&Spot> = judged.collect();
    let mut out = BTreeMap::new();
    type Alike = fn(&Spot, &Spot) -> Option<u64>;
    let steps: [Alike; 3] = [
        |a, b| (a == b).then_some(1),
        |a, b| ((a.starts, a.ends) == (b.starts, b.ends)).then_some(1),
        |a, b| {
            let common = a.ends.min(b.ends).saturating_sub(a.starts.max(b.starts));
            let both = a.ends.max(b.ends).saturating_sub(a.starts.min(b.starts));
            let share = u64::from(common) * 100 / u64::from(both.max(1));
            (share >= COMMON).then_some(share)
        },
    ];
    for alike in steps {
        for spot in read {
            if out.contains_key(spot) {
                continue;
            }
            let same = left.iter().enumerate().filter_map(|(at, one)| {
                let comparable = (one.part, one.about) == (spot.part, spot.about);
                Some((comparable.then(|| alike(one, spot)).flatten()?, at))
            });
            if let Some((_, at)) = same.max() {
                out.insert(spot.clone(), left.remove(at).clone());
            }
        }
    }
    out
}
