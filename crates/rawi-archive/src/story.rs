//! Stories: copies and near copies of one article over outlets and days.
//!
//! A version that resembles none has no story. When another comes that does, both get
//! one; when one comes that resembles versions of two stories, those become one, under the
//! smaller number, and the other keeps a note of it. Who is joined with whom depends on
//! pairs alone, never on the order in which they came, so that the same articles give the
//! same stories in any order of ingest. The numbers are given in order of ingest. (Where
//! more than [`NEAR`] versions of a few days share a passage, or more than [`FAR`] of all
//! days, not every pair is looked at: that is a pattern and no copy.)
//!
//! What makes a pair, all of it on estimates of [`rawi_fingerprint`]:
//!
//! | outlets | days | resemblance |
//! |---|---|---|
//! | two | at most 1 apart | 0.4, or 0.8 of the shorter in the longer, if that is at most three times as long |
//! | two | 2 or 3 apart, or not known | 0.6 |
//! | two | further apart | 0.7 |
//! | one, or not known | any | 0.8 |
//!
//! Texts of fewer than 30 words need 0.8 in any case. One outlet's reports after one
//! pattern (figures of a day, weather, exchanges) have resemblances of up to 0.65. Such
//! reports by several outlets on following days are what is joined wrongly: of 93,000
//! articles 8,300 have one of 2,700 stories, and 33 of those are longer than ten articles.
//! Already at 0.3 there would be 54 such chains with twice as many articles.

use std::collections::BTreeSet;

use rawi_fingerprint::{Fingerprint, Fingerprinter};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ArchiveError;
use crate::credit::agency;
use crate::index::DAY;
use rawi::Article;

/// So many versions of near days are looked at for each key.
const NEAR: i64 = 64;
/// So many versions of any day are looked at for each key, the newest first.
const FAR: i64 = 32;
/// How far days may be apart to be near.
const DAYS: i64 = 3;
/// Texts of fewer words are short.
const SHORT: u32 = 30;

/// What is compared of an article; found out beside the archive.
#[derive(Clone, Debug)]
pub(crate) struct Traits {
    print: Fingerprint,
    keys: Vec<u64>,
    agency: Option<&'static str>,
}

impl Traits {
    /// The traits of an article.
    pub fn of(maker: &mut Fingerprinter, article: &Article, author: Option<&str>) -> Self {
        let print = maker.take(&article.text);
        Self {
            print,
            keys: maker.keys().to_vec(),
            agency: agency(article.outlet.as_deref(), author, &article.text),
        }
    }

    /// Keeps the traits of a new version, and finds its story.
    pub fn keep(
        &self,
        db: &Connection,
        version: i64,
        outlet: Option<i64>,
    ) -> Result<(), ArchiveError> {
        let side = Side {
            print: self.print.clone(),
            day: day(version),
            outlet,
        };
        let mut copies = Vec::new();
        for other in self.candidates(db, version)? {
            if let Some(that) = Side::read(db, other)?
                && is_copy(&side, &that)
            {
                copies.push((other, story_of(db, other)?));
            }
        }
        db.prepare_cached(
            "INSERT INTO fingerprint (version_id, outlet_id, agency, sketch) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![version, outlet, self.agency, self.print.to_bytes()])?;
        let mut band = db.prepare_cached("INSERT INTO band (key, version_id) VALUES (?1, ?2)")?;
        for key in &self.keys {
            band.execute(params![*key as i64, version])?;
        }
        if !copies.is_empty() {
            join(db, version, &copies)?;
        }
        Ok(())
    }

    /// Whether the archive has these traits for a version.
    pub fn stand(&self, db: &Connection, version: i64) -> Result<bool, ArchiveError> {
        let row = db
            .prepare_cached("SELECT sketch, agency FROM fingerprint WHERE version_id = ?1")?
            .query_row([version], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?))
            })
            .optional()?;
        let mut keyed =
            db.prepare_cached("SELECT TRUE FROM band WHERE key = ?1 AND version_id = ?2")?;
        for key in &self.keys {
            if !keyed.exists(params![*key as i64, version])? {
                return Ok(false);
            }
        }
        let expected = (
            self.print.to_bytes().to_vec(),
            self.agency.map(str::to_owned),
        );
        Ok(row == Some(expected))
    }

    /// The versions that share a passage.
    fn candidates(&self, db: &Connection, version: i64) -> Result<BTreeSet<i64>, ArchiveError> {
        let mut found = BTreeSet::new();
        let mut keyed = db.prepare_cached(
            "SELECT version_id FROM band WHERE key = ?1 AND version_id BETWEEN ?2 AND ?3
             ORDER BY version_id DESC LIMIT ?4",
        )?;
        let mut take = |key: u64, from: i64, to: i64, most: i64| {
            let mut rows = keyed.query(params![key as i64, from, to, most])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get(0)?);
            }
            Ok::<_, ArchiveError>(())
        };
        for key in &self.keys {
            if let Some(day) = day(version) {
                let (from, to) = ((day - DAYS) << DAY, (day + DAYS + 1) << DAY);
                take(*key, from, to, NEAR)?;
            }
            take(*key, i64::MIN, i64::MAX, FAR)?;
        }
        Ok(found)
    }
}

/// One of two versions that are compared.
struct Side {
    print: Fingerprint,
    day: Option<i64>,
    outlet: Option<i64>,
}

impl Side {
    /// A version of the archive.
    fn read(db: &Connection, version: i64) -> Result<Option<Self>, ArchiveError> {
        let row = db
            .prepare_cached("SELECT sketch, outlet_id FROM fingerprint WHERE version_id = ?1")?
            .query_row([version], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?))
            })
            .optional()?;
        Ok(row.and_then(|(sketch, outlet)| {
            Some(Self {
                print: Fingerprint::from_bytes(&sketch)?,
                day: day(version),
                outlet,
            })
        }))
    }
}

/// The story of a version, if it has one. It stands behind the text, which is long: asked
/// of copies only, and not of all that are compared.
pub(crate) fn story_of(db: &Connection, version: i64) -> Result<Option<i64>, ArchiveError> {
    let mut find = db.prepare_cached("SELECT story_id FROM version WHERE id = ?1")?;
    Ok(find.query_row([version], |row| row.get(0))?)
}

/// The day of a version, if it has one.
fn day(version: i64) -> Option<i64> {
    Some(version >> DAY).filter(|day| *day > 0)
}

/// Whether two versions are copies of one article.
fn is_copy(a: &Side, b: &Side) -> bool {
    let resemblance = a.print.resemblance(&b.print);
    let (fewer, more) = (
        a.print.words().min(b.print.words()),
        a.print.words().max(b.print.words()),
    );
    let two_outlets = a.outlet.zip(b.outlet).is_some_and(|(a, b)| a != b);
    if fewer < SHORT || !two_outlets {
        return resemblance >= 0.8;
    }
    match a.day.zip(b.day).map(|(a, b)| (a - b).abs()) {
        Some(0 | 1) => {
            let cut = more <= 3 * fewer && a.print.containment(&b.print) >= 0.8;
            resemblance >= 0.4 || cut
        }
        Some(2 | 3) | None => resemblance >= 0.6,
        Some(_) => resemblance >= 0.7,
    }
}

/// Puts a version into one story with others.
fn join(db: &Connection, version: i64, copies: &[(i64, Option<i64>)]) -> Result<(), ArchiveError> {
    let stories: BTreeSet<i64> = copies.iter().filter_map(|(_, story)| *story).collect();
    let story = match stories.first() {
        Some(story) => *story,
        None => {
            db.prepare_cached("INSERT INTO story DEFAULT VALUES")?
                .execute([])?;
            db.last_insert_rowid()
        }
    };
    for other in stories.iter().skip(1) {
        db.prepare_cached("UPDATE version SET story_id = ?1 WHERE story_id = ?2")?
            .execute([story, *other])?;
        db.prepare_cached("UPDATE story SET merged_into = ?1 WHERE id = ?2")?
            .execute([story, *other])?;
    }
    let mut enter = db.prepare_cached("UPDATE version SET story_id = ?1 WHERE id = ?2")?;
    let alone = copies.iter().filter(|(_, story)| story.is_none());
    for id in alone.map(|(id, _)| *id).chain([version]) {
        enter.execute([story, id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// An archive with nothing but the given versions: number, day, outlet, text; their
    /// numbers, grouped by story.
    fn stories(versions: &[(i64, i64, i64, String)]) -> BTreeSet<Vec<i64>> {
        let mut db = Connection::open_in_memory().unwrap();
        crate::schema::migrate(&mut db).unwrap();
        let mut prints = Fingerprinter::default();
        for (number, day, outlet, text) in versions {
            let id = day << DAY | number;
            let name = format!("outlet {outlet}");
            db.execute(
                "INSERT OR IGNORE INTO outlet VALUES (?1, ?2, ?2)",
                params![outlet, name],
            )
            .unwrap();
            db.execute(
                "INSERT INTO document VALUES (?1, ?2, NULL)",
                [number, outlet],
            )
            .unwrap();
            db.execute(
                "INSERT INTO version (id, document_id, number, given_id, text, sha256)
                 VALUES (?1, ?2, 1, '', ?3, x'00')",
                params![id, number, text],
            )
            .unwrap();
            let article = Article {
                id: String::new(),
                title: None,
                text: text.clone(),
                published: None,
                outlet: Some(name),
            };
            let traits = Traits::of(&mut prints, &article, None);
            traits.keep(&db, id, Some(*outlet)).unwrap();
            assert!(traits.stand(&db, id).unwrap());
        }
        let mut groups: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut all = db
            .prepare("SELECT id & 0xffffffff, story_id FROM version ORDER BY 1")
            .unwrap();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let number: i64 = row.get(0).unwrap();
            let story: Option<i64> = row.get(1).unwrap();
            groups
                .entry(story.unwrap_or(-number))
                .or_default()
                .push(number);
        }
        groups.into_values().collect()
    }

    /// A text of invented words.
    fn words(range: std::ops::Range<u32>) -> String {
        range.map(|n| format!("كلمة{n} ")).collect()
    }

    fn groups(of: &[&[i64]]) -> BTreeSet<Vec<i64>> {
        of.iter().map(|group| group.to_vec()).collect()
    }

    #[test]
    fn copies_have_one_story() {
        let table = [
            // The same words, by another outlet on the next day.
            ((100, 1, words(0..200)), (101, 2, words(0..200)), true),
            // Cut from its end.
            ((100, 1, words(0..200)), (100, 2, words(0..110)), true),
            // Half of it the same.
            ((100, 1, words(0..200)), (100, 2, words(60..260)), true),
            ((100, 1, words(0..200)), (104, 2, words(80..280)), false),
            // Much later, but the same.
            ((100, 1, words(0..200)), (900, 2, words(0..200)), true),
            // One outlet after one pattern.
            ((100, 1, words(0..200)), (100, 1, words(40..240)), false),
            ((100, 1, words(0..200)), (107, 1, words(2..202)), true),
            // A shared footer of short texts.
            ((100, 1, words(0..20)), (100, 2, words(8..28)), false),
            ((100, 1, words(0..200)), (100, 2, words(300..500)), false),
            ((100, 1, words(0..9)), (100, 2, words(0..9)), false),
            // Without a day.
            ((0, 1, words(0..200)), (100, 2, words(0..190)), true),
        ];
        for ((day, outlet, text), other, same) in table {
            let shown = format!("{day} {outlet} {:?}", other);
            let first = (1, day, outlet, text);
            let second = (2, other.0, other.1, other.2);
            let wanted = match same {
                true => groups(&[&[1, 2]]),
                false => groups(&[&[1], &[2]]),
            };
            assert_eq!(stories(&[first, second]), wanted, "{shown}");
        }
    }

    #[test]
    fn stories_are_the_same_in_any_order() {
        // 3 resembles 1 and 2, which do not resemble each other; 4 and 5 are others.
        let versions = [
            (1, 100, 1, words(0..200)),
            (2, 100, 2, words(140..340)),
            (3, 100, 3, words(70..270)),
            (4, 100, 4, words(1000..1200)),
            (5, 101, 5, words(1000..1180)),
        ];
        let wanted = groups(&[&[1, 2, 3], &[4, 5]]);
        for first in 0..5 {
            for step in 1..5 {
                let order: Vec<_> = (0..5)
                    .map(|i| versions[(first + i * step) % 5].clone())
                    .collect();
                assert_eq!(stories(&order), wanted, "{first} {step}");
            }
        }
    }
}
