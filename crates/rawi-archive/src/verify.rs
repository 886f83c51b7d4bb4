//! Whether everything in an archive still holds: every hash, every span, every row that
//! follows from a reading, and the indexes.

use std::collections::BTreeMap;

use rawi::Verified;
use rawi::reading::{Id, Reading};
use rawi_fingerprint::Fingerprinter;
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};

use crate::entities::Holding;
use crate::index::{Entry, INDEXES};
use crate::marks::Mark;
use crate::pack;
use crate::prepare::Terms;
use crate::rows::{self, EventRow, StatementRow};
use crate::stored::Stored;
use crate::story::Traits;
use crate::terms::Analyzer;
use crate::{Archive, ArchiveError};

/// How many versions are looked at in one query.
const PAGE: usize = 256;

/// What was checked.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Proof {
    /// Texts whose hashes are right.
    pub texts: u64,
    /// Readings that hold.
    pub readings: u64,
    /// What was checked in them.
    pub verified: Verified,
    /// Different terms of the indexes that stand in as many rows as in the texts.
    pub terms: u64,
    /// Corrections whose texts, stretches and entities are there.
    pub corrections: u64,
}

/// How often a term stands in a column of an index: rows, and places.
type Counts = BTreeMap<String, (i64, i64)>;

/// What an index must have in its columns `words` and `marks`.
#[derive(Default)]
struct Columns {
    words: Counts,
    marks: Counts,
}

impl Columns {
    /// Counts one row.
    fn count(&mut self, words: &str, marks: &[Mark]) {
        count(words.split_whitespace(), &mut self.words);
        let mut marks: Vec<String> = marks.iter().map(Mark::to_string).collect();
        marks.sort_unstable();
        marks.dedup();
        count(marks.iter().map(String::as_str), &mut self.marks);
    }
}

impl Archive {
    /// Hashes every text, slices every span of every reading anew, compares every row and
    /// every term of the indexes with what they follow from, and slices what people
    /// corrected. `progress` gets how many
    /// versions are done, and how many there are.
    ///
    /// # Errors
    ///
    /// The first thing that does not hold.
    pub fn verify(&self, mut progress: impl FnMut(u64, u64)) -> Result<Proof, ArchiveError> {
        self.check_pages()?;
        let mut analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        let mut proof = Proof::default();
        let mut expected = [Columns::default(), Columns::default()];
        let holding = Holding::of(&self.db)?;
        let all: i64 = self
            .db
            .query_row("SELECT count(*) FROM version", [], |row| row.get(0))?;
        let mut last = -1;
        loop {
            let page = Stored::behind(&self.db, last, PAGE, "TRUE", &[])?;
            let Some(end) = page.last() else { break };
            last = end.id;
            for stored in &page {
                self.version_holds(stored, &holding, &mut analyzer, &mut expected, &mut proof)
                    .map_err(|e| match e {
                        ArchiveError::Invalid(what) => ArchiveError::Invalid(format!(
                            "version {} ({}): {what}",
                            stored.id, stored.article.id
                        )),
                        e => e,
                    })?;
            }
            progress(proof.texts, all as u64);
        }
        for (index, expected) in INDEXES.iter().zip(&expected) {
            proof.terms += self.terms_hold(index, "words", &expected.words)?;
            self.terms_hold(index, "marks", &expected.marks)?;
        }
        proof.corrections = self.corrections_hold()?;
        Ok(proof)
    }

    /// Whether a version holds; counts the terms that the indexes must have of it.
    fn version_holds(
        &self,
        stored: &Stored,
        holding: &Holding,
        analyzer: &mut Analyzer,
        [articles, statements]: &mut [Columns; 2],
        proof: &mut Proof,
    ) -> Result<(), ArchiveError> {
        let off = |what: &str| Err(ArchiveError::Invalid(what.to_owned()));
        let article = &stored.article;
        if Sha256::digest(&article.text)[..] != stored.sha256[..] {
            return off("the text's hash is another");
        }
        let title = article.title.as_ref().map(|t| Sha256::digest(t).to_vec());
        if title != stored.title_sha256 {
            return off("the title's hash is another");
        }
        let author = stored.about.author.as_deref();
        let traits = Traits::of(&mut Fingerprinter::default(), article, author);
        if !traits.stand(&self.db, stored.id)? {
            return off("what tells its copies is another");
        }
        proof.texts += 1;
        let Some(packed) = &stored.packed else {
            return Ok(());
        };
        let reading = pack::parse(packed, &article.text)?;
        let verified = rawi::verify(&reading, article);
        proof.verified += verified.map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        proof.readings += 1;
        self.rows_hold(stored.id, &reading, holding)?;
        if !stored.current {
            return Ok(());
        }
        let terms = Terms::of(analyzer, article, &reading);
        let entry = Entry::stored(&self.db, stored.id, stored.outlet_id, &reading, &terms)?;
        let (of_statements, of_article) = entry.marks();
        articles.count(&terms.article, &of_article);
        for (words, marks) in terms.statements.iter().zip(&of_statements) {
            statements.count(words, marks);
        }
        Ok(())
    }

    /// The file's own structure, and that of the indexes.
    fn check_pages(&self) -> Result<(), ArchiveError> {
        let said: String = self
            .db
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(ArchiveError::Damaged(said));
        }
        let mut broken = self.db.prepare("PRAGMA foreign_key_check")?;
        let first: Option<String> = broken.query_row([], |row| row.get(0)).optional()?;
        match first {
            Some(table) => Err(ArchiveError::Invalid(format!(
                "a row of {table} points to nothing"
            ))),
            None => Ok(()),
        }
    }

    /// Whether the rows of a version say what its reading says.
    fn rows_hold(
        &self,
        version: i64,
        reading: &Reading<'_>,
        holding: &Holding,
    ) -> Result<(), ArchiveError> {
        let db = &self.db;
        let ids = holding.ids(db, version, reading)?;
        let off = |id: Id| ArchiveError::Invalid(format!("the row of {id} says something else"));
        let mut statements = 0;
        for statement in rows::statements(reading) {
            let row = StatementRow::read(db, version, &statement.id)?.map(|(_, row)| row);
            if row != Some(StatementRow::of(statement, &ids)?) {
                return Err(off(statement.id));
            }
            statements += 1;
        }
        self.as_many("statement", version, statements)?;
        let mut events = 0;
        for event in rows::events(reading) {
            let row = EventRow::read(db, version, &event.id)?.map(|(_, row)| row);
            if row != Some(EventRow::of(event, &ids)?) {
                return Err(off(event.id));
            }
            events += 1;
        }
        self.as_many("event", version, events)?;
        Ok(())
    }

    fn as_many(&self, table: &str, version: i64, number: usize) -> Result<(), ArchiveError> {
        let sql = format!("SELECT count(*) FROM {table} WHERE version_id = ?1");
        let found: i64 = self
            .db
            .prepare_cached(&sql)?
            .query_row([version], |row| row.get(0))?;
        if found != number as i64 {
            return Err(ArchiveError::Invalid(format!(
                "{number} rows of {table} follow from the reading, but there are {found}"
            )));
        }
        Ok(())
    }

    /// Whether an index has each term as often as the texts have.
    fn terms_hold(
        &self,
        index: &str,
        column: &str,
        expected: &Counts,
    ) -> Result<u64, ArchiveError> {
        let off = |term: &str| {
            ArchiveError::Invalid(format!(
                "{index} has the term {term:?} in other places than the texts; `rawi compact --rebuild-index` makes it anew"
            ))
        };
        // A table of its own, in memory: the archive may be open for reading only.
        self.db.execute_batch(&format!(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{index}_terms USING fts5vocab (main, {index}, col)"
        ))?;
        let mut all = self.db.prepare(&format!(
            "SELECT term, doc, cnt FROM temp.{index}_terms WHERE col = '{column}'"
        ))?;
        let mut rows = all.query([])?;
        let mut terms = 0;
        while let Some(row) = rows.next()? {
            let term: String = row.get(0)?;
            let found = (row.get(1)?, row.get(2)?);
            if expected.get(&term) != Some(&found) {
                return Err(off(&term));
            }
            terms += 1;
        }
        if terms != expected.len() as u64 {
            return Err(ArchiveError::Invalid(format!(
                "{index} lacks terms of the texts; `rawi compact --rebuild-index` makes it anew"
            )));
        }
        Ok(terms)
    }
}

/// Counts the terms of one row.
fn count<'t>(terms: impl Iterator<Item = &'t str>, counts: &mut Counts) {
    let mut of_row: BTreeMap<&str, i64> = BTreeMap::new();
    for term in terms {
        *of_row.entry(term).or_default() += 1;
    }
    for (term, places) in of_row {
        let all = match counts.get_mut(term) {
            Some(all) => all,
            None => counts.entry(term.to_owned()).or_default(),
        };
        all.0 += 1;
        all.1 += places;
    }
}
