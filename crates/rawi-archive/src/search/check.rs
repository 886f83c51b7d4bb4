//! What the index cannot tell, asked of a row itself.

use std::collections::HashSet;

use rawi_time::Date;
use rusqlite::Connection;

use super::Scope;
use super::highlight::Words;
use super::hit::{Source, place_of};
use super::pattern::Seen;
use super::plan::Test;
use crate::ArchiveError;
use crate::index::{DAY, Entry};
use crate::prepare::Terms;
use crate::terms::Analyzer;

/// Checks rows, one after the other. Statements of one article mostly come together: the
/// last one's article is kept.
pub(super) struct Checker<'c> {
    pub db: &'c Connection,
    pub analyzer: &'c mut Analyzer,
    pub scope: Scope,
    pub source: Option<Source>,
}

/// What is known of a row.
struct Row<'r> {
    day: i32,
    said: Vec<i32>,
    marks: HashSet<String>,
    words: &'r [Seen<'r>],
}

impl Checker<'_> {
    /// Whether a row passes all of some tests.
    pub fn passes(&mut self, id: i64, tests: &[Test]) -> Result<bool, ArchiveError> {
        if tests.is_empty() {
            return Ok(true);
        }
        if self.scope == Scope::Statements
            && !tests.iter().any(has_more_than_words)
            && let Some(passes) = self.passes_cheaply(id, tests)?
        {
            return Ok(passes);
        }
        let (version, local) = match self.scope {
            Scope::Statements => {
                let (version, local) = place_of(self.db, id)?;
                (version, Some(local))
            }
            Scope::Articles => (id, None),
        };
        let source = match self.source.take() {
            Some(source) if source.article.version == version => source,
            _ => Source::load(self.db, version)?,
        };
        let statements = crate::rows::statements(&source.reading);
        let said = statements
            .filter(|s| local.is_none_or(|local| s.id == local))
            .filter_map(|s| s.said_on.map(Date::unix_day))
            .collect();
        let marks = match tests.iter().any(has_marks) {
            true => self.marks(&source, local)?,
            false => HashSet::new(),
        };
        let words = match tests.iter().any(has_words) {
            true => Words::of(source.pieces(local), self.analyzer),
            false => Words::of(Vec::new(), self.analyzer),
        };
        let row = Row {
            day: i32::try_from(id >> DAY).unwrap_or(0),
            said,
            marks,
            words: &words.seen(),
        };
        let passes = tests.iter().all(|test| row.passes(test));
        drop(words);
        self.source = Some(source);
        Ok(passes)
    }

    /// The same for tests of words only, without unpacking the reading: from the first
    /// character of the content to the last, unless something else stands between them,
    /// which the index knows by the number of words.
    fn passes_cheaply(&mut self, id: i64, tests: &[Test]) -> Result<Option<bool>, ArchiveError> {
        let mut find = self.db.prepare_cached(
            "SELECT CASE WHEN s.local LIKE 'h%' THEN v.title ELSE v.text END, s.starts, s.ends, i.sz
             FROM statement s JOIN version v ON v.id = s.version_id
             JOIN statement_index_docsize i ON i.id = s.id WHERE s.id = ?1",
        )?;
        let mut rows = find.query([id])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let text = row.get_ref(0)?.as_str().unwrap_or_default();
        let (starts, ends): (u32, u32) = (row.get(1)?, row.get(2)?);
        let (starts, ends) = (starts as usize, ends as usize);
        let sizes = row.get_ref(3)?.as_blob().unwrap_or_default();
        let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let begin = places.nth(starts);
        let end = match ends.checked_sub(starts) {
            Some(0) => begin,
            Some(len) => places.nth(len - 1),
            None => None,
        };
        let Some(content) = begin.zip(end).and_then(|(begin, end)| text.get(begin..end)) else {
            return Ok(None);
        };
        let words = Words::of(vec![content], self.analyzer);
        let words = words.seen();
        if first_number(sizes) != Some(words.len() as u64) {
            return Ok(None);
        }
        let row = Row {
            day: 0,
            said: Vec::new(),
            marks: HashSet::new(),
            words: &words,
        };
        Ok(Some(tests.iter().all(|test| row.passes(test))))
    }

    /// The marks of a row, as the writer makes them.
    fn marks(
        &self,
        source: &Source,
        local: Option<rawi::reading::Id>,
    ) -> Result<HashSet<String>, ArchiveError> {
        let terms = Terms::default();
        let version = source.article.version;
        let entry = Entry::stored(self.db, version, source.outlet, &source.reading, &terms)?;
        let (of_statements, of_article) = entry.marks();
        let marks = match local {
            None => of_article,
            Some(local) => {
                let at = entry.statements.iter().position(|(_, id, _)| *id == local);
                let mut all = of_statements.into_iter();
                at.and_then(|at| all.nth(at)).unwrap_or_default()
            }
        };
        Ok(marks.iter().map(ToString::to_string).collect())
    }
}

impl Row<'_> {
    fn passes(&self, test: &Test) -> bool {
        match test {
            Test::All(parts) => parts.iter().all(|part| self.passes(part)),
            Test::Any(parts) => parts.iter().any(|part| self.passes(part)),
            Test::Not(inner) => !self.passes(inner),
            Test::Pattern(pattern) => !pattern.places(self.words).is_empty(),
            Test::Marks(marks) => marks.iter().any(|mark| self.marks.contains(mark)),
            Test::Dated(days) => days.iter().any(|range| range.contains(&self.day)),
            Test::Said(days) => {
                let mut said = self.said.iter();
                said.any(|day| days.iter().any(|range| range.contains(day)))
            }
        }
    }
}

/// The first of the numbers that SQLite has written one after another: seven bits a byte,
/// the highest first.
fn first_number(bytes: &[u8]) -> Option<u64> {
    let mut number = 0;
    for byte in bytes.iter().take(8) {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn has_more_than_words(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().any(has_more_than_words),
        Test::Not(inner) => has_more_than_words(inner),
        Test::Pattern(_) => false,
        _ => true,
    }
}

fn has_marks(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().any(has_marks),
        Test::Not(inner) => has_marks(inner),
        Test::Marks(_) => true,
        _ => false,
    }
}

fn has_words(test: &Test) -> bool {
    match test {
        Test::All(parts) | Test::Any(parts) => parts.iter().any(has_words),
        Test::Not(inner) => has_words(inner),
        Test::Pattern(_) => true,
        _ => false,
    }
}
