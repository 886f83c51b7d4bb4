//! The rows of the two search indexes that follow from one version.

use std::collections::BTreeMap;

use rawi::reading::{Id, Reading};
use rawi_time::Date;
use rusqlite::{Connection, params};

use crate::ArchiveError;
use crate::marks::{Mark, Marks};
use crate::prepare::Terms;
use crate::rows::{EventRow, StatementRow};

/// How far the high part of an id, the day, is shifted.
pub(crate) const DAY: u32 = 32;

/// The two indexes.
pub(crate) const INDEXES: [&str; 2] = ["article_index", "statement_index"];

/// What one version adds to the indexes.
pub(crate) struct Entry<'a> {
    pub version: i64,
    pub outlet: Option<i64>,
    pub terms: &'a Terms,
    /// In the order of the reading.
    pub statements: Vec<(i64, Id, StatementRow)>,
    pub events: Vec<(Option<Id>, EventRow)>,
}

impl<'a> Entry<'a> {
    /// What follows from a version that has its rows already.
    pub fn stored(
        db: &Connection,
        version: i64,
        outlet: Option<i64>,
        reading: &Reading<'_>,
        terms: &'a Terms,
    ) -> Result<Self, ArchiveError> {
        let lacks = |id: Id| ArchiveError::Invalid(format!("version {version} has no row of {id}"));
        let mut statements = Vec::new();
        for statement in crate::rows::statements(reading) {
            let (id, row) = StatementRow::read(db, version, &statement.id)?
                .ok_or_else(|| lacks(statement.id))?;
            statements.push((id, statement.id, row));
        }
        let mut events = Vec::new();
        for event in crate::rows::events(reading) {
            let (_, row) =
                EventRow::read(db, version, &event.id)?.ok_or_else(|| lacks(event.id))?;
            events.push((event.statement, row));
        }
        Ok(Self {
            version,
            outlet,
            terms,
            statements,
            events,
        })
    }

    /// What its statements, in their order, and the article can be filtered by.
    pub fn marks(&self) -> (Vec<Vec<Mark>>, Vec<Mark>) {
        let mut common = vec![Mark::Every, Mark::Outlet(self.outlet.unwrap_or(0))];
        let day = i32::try_from(self.version >> DAY).unwrap_or_default();
        common.push(match Date::from_unix_day(day).filter(|_| day > 0) {
            Some(day) => Mark::Month(day.year(), day.month()),
            None => Mark::Dateless,
        });
        let mut told: BTreeMap<Id, Vec<Mark>> = BTreeMap::new();
        let mut of_article = common.clone();
        for (statement, row) in &self.events {
            of_article.push(row.mark());
            if let Some(statement) = statement {
                told.entry(*statement).or_default().push(row.mark());
            }
        }
        let mut of_statements = Vec::with_capacity(self.statements.len());
        for (_, local, row) in &self.statements {
            let mut marks = row.marks();
            marks.extend(told.remove(local).into_iter().flatten());
            of_article.extend_from_slice(&marks);
            marks.extend_from_slice(&common);
            of_statements.push(marks);
        }
        (of_statements, of_article)
    }

    /// Adds the rows.
    pub fn put(&self, db: &Connection) -> Result<(), ArchiveError> {
        let (of_statements, of_article) = self.marks();
        let words = self.terms.statements.iter();
        for (((id, ..), marks), words) in self.statements.iter().zip(of_statements).zip(words) {
            add(db, "statement_index", *id, words, marks)?;
        }
        let words = &self.terms.article;
        add(db, "article_index", self.version, words, of_article)
    }
}

/// Adds a row to an index. A mark stands in it once.
fn add(
    db: &Connection,
    index: &str,
    id: i64,
    words: &str,
    mut marks: Vec<Mark>,
) -> Result<(), ArchiveError> {
    marks.sort_unstable();
    marks.dedup();
    let mut all = Marks::default();
    for mark in &marks {
        all.add(mark);
    }
    let sql = format!("INSERT INTO {index} (rowid, words, marks) VALUES (?1, ?2, ?3)");
    db.prepare_cached(&sql)?
        .execute(params![id, words, all.as_str()])?;
    Ok(())
}

/// Takes a version out of the indexes.
pub(crate) fn remove(db: &Connection, version: i64) -> Result<(), ArchiveError> {
    db.prepare_cached("DELETE FROM article_index WHERE rowid = ?1")?
        .execute([version])?;
    db.prepare_cached(
        "DELETE FROM statement_index
         WHERE rowid IN (SELECT id FROM statement WHERE version_id = ?1)",
    )?
    .execute([version])?;
    Ok(())
}
