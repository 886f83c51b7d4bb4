//! Articles as the archive has them, handed out again.

use rawi::Article;
use rawi_input::{About, DateOrigin, Dated};
use rusqlite::{Connection, Row, ToSql};

use crate::ArchiveError;

/// A version with everything that its reading follows from.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// The version's id.
    pub id: i64,
    pub article: Article,
    pub about: About,
    pub outlet_id: Option<i64>,
    pub sha256: Vec<u8>,
    pub title_sha256: Option<Vec<u8>>,
    /// The packed reading, if there is one.
    pub packed: Option<Vec<u8>>,
    /// Whether it is its document's current version.
    pub current: bool,
}

/// What [`Stored::of`] takes a row of.
const COLUMNS: &str = "v.id, v.given_id, v.title, v.text, v.published, v.published_from, v.author,
    v.language, v.address, o.id, o.name, v.sha256, v.title_sha256, r.json, d.current_id = v.id
    FROM version v JOIN document d ON d.id = v.document_id
    LEFT JOIN outlet o ON o.id = d.outlet_id LEFT JOIN reading r ON r.version_id = v.id
    LEFT JOIN engine e ON e.id = r.engine_id";

impl Stored {
    /// Up to `most` versions behind an id, in order of ids. `condition` is about the tables
    /// v, d, o, r and e, and counts its parameters from ?3.
    pub fn behind(
        db: &Connection,
        last: i64,
        most: usize,
        condition: &str,
        parameters: &[&dyn ToSql],
    ) -> Result<Vec<Self>, ArchiveError> {
        let sql =
            format!("SELECT {COLUMNS} WHERE v.id > ?1 AND ({condition}) ORDER BY v.id LIMIT ?2");
        let most = most as i64;
        let mut all: Vec<&dyn ToSql> = vec![&last, &most];
        all.extend(parameters);
        let mut find = db.prepare_cached(&sql)?;
        let rows = find.query_map(&all[..], Self::of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One version with nothing but what its own row says: for an archive whose other
    /// tables cannot be read.
    pub fn alone(db: &Connection, id: i64) -> Result<Vec<Self>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT id, given_id, title, text, published, published_from, author, language, address,
               NULL, NULL, sha256, title_sha256, NULL, FALSE FROM version WHERE id = ?1",
        )?;
        let rows = find.query_map([id], Self::of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn of(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        let published: Option<String> = row.get(4)?;
        let from: Option<String> = row.get(5)?;
        let from = DateOrigin::ALL
            .into_iter()
            .find(|o| Some(o.name()) == from.as_deref());
        let address: Option<String> = row.get(8)?;
        Ok(Self {
            id: row.get(0)?,
            article: Article {
                id: row.get(1)?,
                title: row.get(2)?,
                text: row.get(3)?,
                // A month, and what a server says of a file, are no day of publication.
                published: published
                    .clone()
                    .filter(|d| d.len() == 10 && from.is_some_and(|f| f != DateOrigin::Http)),
                outlet: row.get(10)?,
            },
            about: About {
                url: address,
                author: row.get(6)?,
                language: row.get(7)?,
                dated: published.zip(from).map(|(date, from)| Dated { date, from }),
                ..About::default()
            },
            outlet_id: row.get(9)?,
            sha256: row.get(11)?,
            title_sha256: row.get(12)?,
            packed: row.get(13)?,
            current: row.get::<_, Option<bool>>(14)? == Some(true),
        })
    }
}
