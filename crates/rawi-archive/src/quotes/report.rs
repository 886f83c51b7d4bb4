//! Who reports something, and how differences are shown.

use rawi_text::{SourceText, Span};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::align::{Change, Critical, Difference};
use super::words::Token;
use crate::{ArchiveError, entities};

/// An article that reports something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// The number of this wording of the article in the archive.
    pub version: i64,
    /// Its id, as the input gave it.
    pub id: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The day of publication, or the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The news agency that it is credited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    /// The story that it is a copy of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<i64>,
}

/// An article with its text.
pub(super) struct Loaded {
    pub report: Report,
    pub text: SourceText,
    pub title: Option<SourceText>,
}

impl Loaded {
    /// Loads a version; none if there is none.
    pub fn of(db: &Connection, version: i64) -> Result<Option<Self>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT v.given_id, v.title, o.name, v.published, v.address, f.agency, v.story_id, v.text
             FROM version v JOIN document d ON d.id = v.document_id
             LEFT JOIN outlet o ON o.id = d.outlet_id
             LEFT JOIN fingerprint f ON f.version_id = v.id WHERE v.id = ?1",
        )?;
        let found = find
            .query_row([version], |row| {
                let report = Report {
                    version,
                    id: row.get(0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    address: row.get(4)?,
                    agency: row.get(5)?,
                    story: row.get(6)?,
                };
                Ok((report, row.get::<_, String>(7)?))
            })
            .optional()?;
        let Some((report, text)) = found else {
            return Ok(None);
        };
        let source = |text: String| {
            SourceText::new(text)
                .map_err(|e| ArchiveError::Invalid(format!("version {version}: {e}")))
        };
        Ok(Some(Self {
            title: report.title.clone().map(source).transpose()?,
            text: source(text)?,
            report,
        }))
    }

    /// The text that offsets count in.
    pub fn source(&self, headline: bool) -> Option<&SourceText> {
        match headline {
            true => self.title.as_ref(),
            false => Some(&self.text),
        }
    }
}

/// Somebody, over all articles.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Who {
    /// The number of the entity in the archive.
    pub id: i64,
    /// What the archive calls it.
    pub name: String,
    /// Whether nobody names it: an official, a source.
    pub unnamed: bool,
}

impl Who {
    /// An entity of the archive, or the one that it was merged into.
    pub(super) fn of(db: &Connection, entity: i64) -> Result<Option<Self>, ArchiveError> {
        let found = entities::candidate(db, entities::root(db, entity)?)?;
        Ok(found.map(|who| Self {
            unnamed: who.kind == "ANON",
            id: who.id,
            name: who.name,
        }))
    }
}

/// Words in which two wordings differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Differing {
    /// What happened to them.
    pub change: Change,
    /// The words of the first wording.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first: String,
    /// The words of the second.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub second: String,
    /// Where they stand in the second wording's own text, in its characters from 0.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Why the difference turns the meaning around, if it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub critical: Option<Critical>,
}

/// The differences of an alignment in the words of both texts.
pub(super) fn differing(
    differences: &[Difference],
    (first, first_words): (&str, &[Token]),
    (second, second_words): (&str, &[Token]),
) -> Vec<Differing> {
    let slice = |text: &str, words: &[Token]| -> String {
        let span = cover(words);
        let part = span.and_then(|s| text.get(s.range())).unwrap_or_default();
        part.to_owned()
    };
    let chars = |bytes: usize| second.get(..bytes).map_or(0, |t| t.chars().count() as u32);
    let of = |d: &Difference| {
        let words = second_words.get(d.second.clone()).unwrap_or_default();
        let span = cover(words).unwrap_or_else(|| {
            // Where the words are missing: behind the word before.
            let before = d
                .second
                .start
                .checked_sub(1)
                .and_then(|i| second_words.get(i));
            let at = before.map_or(0, |t| t.span.end.0);
            Span::new(at, at)
        });
        Differing {
            change: d.change,
            first: slice(first, first_words.get(d.first.clone()).unwrap_or_default()),
            second: slice(second, words),
            start: chars(span.start.index()),
            end: chars(span.end.index()),
            critical: d.critical,
        }
    };
    // What an ellipsis stands for is said to be left out.
    differences
        .iter()
        .filter(|d| !d.marked || d.critical.is_some())
        .map(of)
        .collect()
}

/// From the first word to the last.
pub(super) fn cover(words: &[Token]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}
