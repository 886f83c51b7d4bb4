//! Corrections as they are kept.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde::{Deserialize, Serialize};

use super::Finding;
use crate::ArchiveError;

/// In which text of an article something stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The article's text.
    Text,
    /// Its title.
    Headline,
}

impl Part {
    /// As the archive and exports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Headline => "headline",
        }
    }
}

/// What a correction is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// A statement.
    Statement,
    /// An event.
    Event,
    /// All of an article.
    Article,
}

impl About {
    /// As the archive writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Article => "article",
        }
    }
}

/// What people say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "CorrectionVerdict")
)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Verdict {
    /// It is as it was read.
    Accept {
        /// What was read.
        seen: Finding,
        /// By which engine.
        engine: String,
    },
    /// There is no such statement or event.
    Reject {
        /// What was read, or what somebody added.
        seen: Finding,
        /// By which engine.
        engine: String,
    },
    /// It is otherwise.
    Correct {
        /// What was read; none if nothing is read there any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Box<Finding>>,
        /// By which engine.
        engine: String,
        /// What it is.
        value: Finding,
    },
    /// It was missed.
    Add {
        /// By which engine.
        engine: String,
        /// What it is.
        value: Finding,
    },
    /// Everything in the article was looked at; nothing is missing.
    Review {
        /// By which engine it was read.
        engine: String,
        /// What was accepted by that: everything that nobody had judged before.
        accepted: Vec<Accepted>,
    },
    /// Another correction no longer holds.
    Undo {
        /// Its number.
        correction: i64,
    },
}

/// A finding that is accepted with the whole article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// Where it stands.
    pub part: Part,
    /// What it is.
    #[serde(flatten)]
    pub finding: Finding,
}

/// To what a correction holds, whatever is read there later.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Spot {
    /// In which text.
    pub part: Part,
    /// Of which kind.
    pub about: About,
    /// First code point of the content or trigger.
    pub starts: u32,
    /// One past the last.
    pub ends: u32,
    /// The type of an event: a word may tell two.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

impl Spot {
    pub(super) fn of(part: Part, finding: &Finding) -> Self {
        let (starts, ends) = finding.range();
        let (about, kind) = match finding {
            Finding::Statement(_) => (About::Statement, None),
            Finding::Event(event) => (About::Event, Some(event.kind.clone())),
        };
        Self {
            part,
            about,
            starts,
            ends,
            kind,
        }
    }
}

/// A correction as the archive keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correction {
    /// Its number.
    pub id: i64,
    /// When it was made, in RFC 3339.
    pub made: String,
    /// Who made it.
    pub who: String,
    /// What that person remarks.
    pub note: Option<String>,
    /// The version of an article that was looked at.
    pub version: i64,
    /// SHA-256 of the text or title that all offsets count in.
    pub sha256: String,
    /// What it is about.
    #[serde(flatten)]
    pub spot: Spot,
    /// What was said.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The correction that undid it.
    pub undone_by: Option<i64>,
    /// What names it in every archive that has it.
    pub key: String,
}

impl Correction {
    /// Whether it is still to be regarded.
    pub fn stands(&self) -> bool {
        self.undone_by.is_none() && !matches!(self.verdict, Verdict::Undo { .. })
    }

    /// Where it comes among others.
    pub(super) fn order(&self) -> (&str, i64) {
        (&self.made, self.id)
    }
}

/// The columns that [`of`] takes, of a table `c`.
pub(super) const COLUMNS: &str = "c.id, c.made, c.who, c.note, c.version_id, lower(hex(c.sha256)),
    c.part, c.about, c.type, c.starts, c.ends, c.what, c.undone_by, c.key";

/// A correction of a row.
pub(super) fn of(row: &Row<'_>) -> Result<Correction, ArchiveError> {
    let id: i64 = row.get(0)?;
    let bad = |e: &dyn std::fmt::Display| {
        ArchiveError::Invalid(format!("correction {id} is not as it must be: {e}"))
    };
    let word = |at: usize| row.get::<_, String>(at);
    Ok(Correction {
        id,
        made: row.get(1)?,
        who: row.get(2)?,
        note: row.get(3)?,
        version: row.get(4)?,
        sha256: row.get(5)?,
        spot: Spot {
            part: serde_json::from_value(word(6)?.into()).map_err(|e| bad(&e))?,
            about: serde_json::from_value(word(7)?.into()).map_err(|e| bad(&e))?,
            kind: row.get(8)?,
            starts: row.get(9)?,
            ends: row.get(10)?,
        },
        verdict: serde_json::from_str(&word(11)?).map_err(|e| bad(&e))?,
        undone_by: row.get(12)?,
        key: row.get(13)?,
    })
}

/// The corrections that a condition on `c` holds for, in the order in which it says.
pub(super) fn read(
    db: &Connection,
    condition: &str,
    parameters: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Correction>, ArchiveError> {
    let sql = format!("SELECT {COLUMNS} FROM correction c {condition}");
    let mut all = db.prepare_cached(&sql)?;
    let mut rows = all.query(parameters)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(of(row)?);
    }
    Ok(out)
}

/// One by its number.
pub(super) fn one(db: &Connection, id: i64) -> Result<Correction, ArchiveError> {
    let found = read(db, "WHERE c.id = ?1", &[&id])?.pop();
    found.ok_or_else(|| ArchiveError::Asked(format!("there is no correction {id}")))
}

/// What is to be kept.
pub(super) struct New<'a> {
    pub who: &'a str,
    pub note: Option<&'a str>,
    pub version: i64,
    pub spot: &'a Spot,
    pub verdict: &'a Verdict,
}

impl New<'_> {
    /// Keeps it, and gives its number.
    pub fn keep(&self, db: &Connection) -> Result<i64, ArchiveError> {
        self.keep_as(db, None, None)
    }

    /// Keeps one that another archive made.
    pub fn keep_as(
        &self,
        db: &Connection,
        key: Option<&str>,
        made: Option<&str>,
    ) -> Result<i64, ArchiveError> {
        let what = serde_json::to_string(self.verdict)
            .map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        let hash = match self.spot.part {
            Part::Text => "sha256",
            Part::Headline => "title_sha256",
        };
        let sha256: Option<Vec<u8>> = db
            .prepare_cached(&format!("SELECT {hash} FROM version WHERE id = ?1"))?
            .query_row([self.version], |row| row.get(0))
            .optional()?
            .flatten();
        let Some(sha256) = sha256 else {
            let problem = format!("the archive has no such text of version {}", self.version);
            return Err(ArchiveError::Asked(problem));
        };
        db.execute(
            "INSERT INTO correction (key, made, who, note, version_id, part, sha256, about, type,
               starts, ends, what)
             VALUES (coalesce(?1, lower(hex(randomblob(16)))),
               coalesce(?2, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
               ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                key,
                made,
                self.who,
                self.note,
                self.version,
                self.spot.part.name(),
                sha256,
                self.spot.about.name(),
                self.spot.kind,
                self.spot.starts,
                self.spot.ends,
                what,
            ],
        )?;
        Ok(db.last_insert_rowid())
    }
}
