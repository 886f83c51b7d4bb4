//! One article as exports have it.

use std::collections::{BTreeMap, BTreeSet};

use rawi::reading::{Id, Statement};
use rawi::{Article, Reading};
use rusqlite::{Connection, OptionalExtension as _};

use crate::stored::Stored;
use crate::{ArchiveError, pack};

/// A wording of an article, what was read in it, and the numbers that the archive gave.
#[derive(Clone, Debug)]
pub struct Item {
    /// The number of this wording.
    pub version: i64,
    /// The number of the article.
    pub document: i64,
    /// The number of its story.
    pub story: Option<i64>,
    /// Where it stood.
    pub address: Option<String>,
    /// Who wrote it, as the page says.
    pub author: Option<String>,
    /// The article as it was read.
    pub article: Article,
    /// What was read in it; of an export of statements without those that don't match.
    pub reading: Reading<'static>,
    /// The numbers of its statements.
    pub statements: BTreeMap<Id, i64>,
    /// The numbers of its events.
    pub events: BTreeMap<Id, i64>,
    /// The numbers of its entities over all articles; of those that somebody merged, the
    /// number of the one that stands for them.
    pub entities: BTreeMap<Id, i64>,
}

impl Item {
    pub(crate) fn load(db: &Connection, version: i64) -> Result<Option<Self>, ArchiveError> {
        let found = Stored::behind(db, version - 1, 1, "v.id = ?3", &[&version])?;
        let Some(stored) = found.into_iter().next() else {
            return Ok(None);
        };
        let Some(packed) = &stored.packed else {
            return Ok(None);
        };
        let reading = pack::parse(packed, &stored.article.text)?;
        let place = db
            .prepare_cached("SELECT document_id, story_id FROM version WHERE id = ?1")?
            .query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (document, story) = place.unwrap_or_default();
        Ok(Some(Self {
            version,
            document,
            story,
            address: stored.about.url,
            author: stored.about.author,
            article: stored.article,
            reading,
            statements: numbers(
                db,
                "SELECT local, id FROM statement WHERE version_id = ?1",
                version,
            )?,
            events: numbers(
                db,
                "SELECT local, id FROM event WHERE version_id = ?1",
                version,
            )?,
            entities: numbers(
                db,
                "SELECT a.local, coalesce(e.merged_into, e.id) FROM appearance a
                 JOIN entity_name n ON n.id = a.name_id JOIN entity e ON e.id = n.entity_id
                 WHERE a.version_id = ?1",
                version,
            )?,
        }))
    }

    /// Leaves out all statements but some.
    pub(crate) fn keep(&mut self, ids: &BTreeSet<Id>) {
        let headline = self.reading.headline.iter_mut();
        let of_headline = headline.map(|h| &mut h.statements);
        for all in of_headline.chain([&mut self.reading.statements]) {
            all.retain(|s| ids.contains(&s.id));
        }
    }

    /// Its statements, the headline's first, each with the text that its offsets count in
    /// and that text's hash.
    pub fn said(&self) -> impl Iterator<Item = Said<'_>> {
        let reading = &self.reading;
        let of_headline = reading.headline.iter().flat_map(|headline| {
            headline.statements.iter().map(|statement| Said {
                statement,
                part: "headline",
                text: self.article.title.as_deref().unwrap_or_default(),
                sha256: &headline.text_sha256,
            })
        });
        let of_text = reading.statements.iter().map(|statement| Said {
            statement,
            part: "text",
            text: &self.article.text,
            sha256: &reading.text_sha256,
        });
        of_headline.chain(of_text)
    }
}

/// A statement and the text in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// The statement.
    pub statement: &'a Statement<'static>,
    /// `text` or `headline`.
    pub part: &'static str,
    /// What its offsets count in.
    pub text: &'a str,
    /// SHA-256 of that.
    pub sha256: &'a str,
}

fn numbers(db: &Connection, sql: &str, version: i64) -> Result<BTreeMap<Id, i64>, ArchiveError> {
    let mut find = db.prepare_cached(sql)?;
    let rows = find.query_map([version], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let mut numbers = BTreeMap::new();
    for row in rows {
        let (local, number) = row?;
        let id = local
            .parse()
            .map_err(|e| ArchiveError::Invalid(format!("{local} is no id: {e}")))?;
        numbers.insert(id, number);
    }
    Ok(numbers)
}
