//! One article with everything that the archive knows of it.

use std::collections::BTreeMap;

use rawi::Reading;
use rawi::reading::Id;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::Serialize;

use crate::search::{ArticleRef, EntityRef};
use crate::{Archive, ArchiveError, pack};

/// So many copies in other outlets are told at most.
const COPIES: i64 = 200;

/// One of the wordings of an article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wording {
    /// Its number in the archive.
    pub version: i64,
    /// Which it is among the article's, from 1 on.
    pub number: i64,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, or the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When the archive took it in first, in RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted: Option<String>,
    /// Whether it is the one that is found.
    pub current: bool,
}

/// One article with everything that the archive knows of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Whole {
    /// What it is.
    pub article: ArticleRef,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its text, in which all offsets count.
    pub text: String,
    /// What was read in it.
    pub reading: Reading<'static>,
    /// All wordings of the article, in order, this one among them.
    pub wordings: Vec<Wording>,
    /// The same article in other outlets, whole or cut, the oldest first; two hundred at most.
    pub copies: Vec<ArticleRef>,
    /// Who somebody of the reading is over all articles.
    pub cast: BTreeMap<Id, EntityRef>,
    /// The numbers of its statements in the archive.
    pub statements: BTreeMap<Id, i64>,
    /// The numbers of its events.
    pub events: BTreeMap<Id, i64>,
}

/// What [`reference`] takes a row of.
const COLUMNS: &str = "v.id, v.document_id, v.given_id, v.title, o.name, v.published,
    v.published_from, v.published_doubt, v.address, lower(hex(v.sha256))";

fn reference(row: &Row<'_>) -> Result<ArticleRef, rusqlite::Error> {
    Ok(ArticleRef {
        version: row.get(0)?,
        document: row.get(1)?,
        id: row.get(2)?,
        title: row.get(3)?,
        outlet: row.get(4)?,
        published: row.get(5)?,
        published_from: row.get(6)?,
        published_doubt: row.get(7)?,
        address: row.get(8)?,
        sha256: row.get(9)?,
    })
}

impl Archive {
    /// One wording of an article with everything that the archive knows of it; none if there
    /// is no such version, or it was not read.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn whole(&self, version: i64) -> Result<Option<Whole>, ArchiveError> {
        let db = &self.db;
        let mut find = db.prepare_cached(&format!(
            "SELECT {COLUMNS}, v.author, v.text, v.story_id, r.json
             FROM version v JOIN document d ON d.id = v.document_id
             LEFT JOIN outlet o ON o.id = d.outlet_id JOIN reading r ON r.version_id = v.id
             WHERE v.id = ?1"
        ))?;
        let found = find.query_row([version], |row| {
            let text: String = row.get(11)?;
            let story: Option<i64> = row.get(12)?;
            let packed: Vec<u8> = row.get(13)?;
            Ok((reference(row)?, row.get(10)?, text, story, packed))
        });
        let Some((article, author, text, story, packed)) = found.optional()? else {
            return Ok(None);
        };
        let reading = pack::parse(&packed, &text)?;
        let copies = match story {
            Some(story) => copies(db, story, article.document)?,
            None => Vec::new(),
        };
        Ok(Some(Whole {
            author,
            text,
            reading,
            wordings: wordings(db, article.document)?,
            copies,
            cast: cast(db, version)?,
            statements: numbers(db, "statement", version)?,
            events: numbers(db, "event", version)?,
            article,
        }))
    }
}

fn wordings(db: &Connection, document: i64) -> Result<Vec<Wording>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT v.id, v.number, v.title, v.published,
           (SELECT noted FROM capture c WHERE c.version_id = v.id ORDER BY c.id LIMIT 1),
           d.current_id = v.id
         FROM version v JOIN document d ON d.id = v.document_id
         WHERE d.id = ?1 ORDER BY v.number",
    )?;
    let rows = find.query_map([document], |row| {
        Ok(Wording {
            version: row.get(0)?,
            number: row.get(1)?,
            title: row.get(2)?,
            published: row.get(3)?,
            noted: row.get(4)?,
            current: row.get::<_, Option<bool>>(5)? == Some(true),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn copies(db: &Connection, story: i64, document: i64) -> Result<Vec<ArticleRef>, ArchiveError> {
    let mut find = db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM version v
         JOIN document d ON d.id = v.document_id AND d.current_id = v.id
         LEFT JOIN outlet o ON o.id = d.outlet_id
         WHERE v.story_id = ?1 AND d.id <> ?2 ORDER BY v.id LIMIT {COPIES}"
    ))?;
    let rows = find.query_map([story, document], reference)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn cast(db: &Connection, version: i64) -> Result<BTreeMap<Id, EntityRef>, ArchiveError> {
    let mut find = db.prepare_cached(
        "SELECT a.local, r.id, coalesce(r.renamed, r.name), r.type FROM appearance a
         JOIN entity_name n ON n.id = a.name_id JOIN entity e ON e.id = n.entity_id
         JOIN entity r ON r.id = coalesce(e.merged_into, e.id)
         WHERE a.version_id = ?1",
    )?;
    let mut rows = find.query([version])?;
    let mut cast = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let somebody = EntityRef {
            id: row.get(1)?,
            name: row.get(2)?,
            kind: row.get(3)?,
        };
        cast.insert(id(&row.get::<_, String>(0)?)?, somebody);
    }
    Ok(cast)
}

fn numbers(db: &Connection, table: &str, version: i64) -> Result<BTreeMap<Id, i64>, ArchiveError> {
    let mut find = db.prepare_cached(&format!(
        "SELECT local, id FROM {table} WHERE version_id = ?1"
    ))?;
    let mut rows = find.query([version])?;
    let mut numbers = BTreeMap::new();
    while let Some(row) = rows.next()? {
        numbers.insert(id(&row.get::<_, String>(0)?)?, row.get(1)?);
    }
    Ok(numbers)
}

fn id(local: &str) -> Result<Id, ArchiveError> {
    let wrong = |e| ArchiveError::Invalid(format!("{local}: {e}"));
    local.parse().map_err(wrong)
}
