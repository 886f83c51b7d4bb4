//! Rows of an index that may have the same words: those that share rare ones.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use crate::ArchiveError;

/// So many different words are looked up.
const WORDS: usize = 16;
/// A word that so many rows have is frequent and tells nothing alone.
const FREQUENT: usize = 400;
/// With fewer rare words, all words together and passages of three
/// words are looked up as well.
const FEW: usize = 4;
/// So many times.
const PASSAGES: usize = 6;

/// The rows of an index between two ids that have most of the rare ones among some
/// terms, which come in the order of the text, each with whether it has content; the best
/// first, at most `most`. One in `share` of the rare terms must be there.
pub(super) fn candidates(
    db: &Connection,
    index: &str,
    terms: &[(String, bool)],
    (from, to): (i64, i64),
    (share, most): (u32, usize),
) -> Result<Vec<i64>, ArchiveError> {
    let sql = format!(
        "SELECT rowid FROM {index} WHERE {index} MATCH ?1 AND rowid BETWEEN ?2 AND ?3
         ORDER BY rowid DESC LIMIT ?4"
    );
    let mut find = db.prepare_cached(&sql)?;
    let mut rows = |pattern: &str| -> Result<Vec<i64>, ArchiveError> {
        let pattern = format!("words : {pattern}");
        let rows = find.query_map(params![pattern, from, to, FREQUENT as i64], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let mut hits: BTreeMap<i64, u32> = BTreeMap::new();
    // Long words are rare more often.
    let content = terms.iter().filter(|(_, content)| *content);
    let distinct: BTreeSet<&String> = content.map(|(term, _)| term).collect();
    let mut distinct: Vec<&String> = distinct.into_iter().collect();
    distinct.sort_by_key(|term| (std::cmp::Reverse(term.chars().count()), *term));
    distinct.truncate(WORDS);
    let mut rare = 0;
    for term in &distinct {
        let found = rows(&format!("\"{term}\""))?;
        if found.len() < FREQUENT {
            rare += u32::from(!found.is_empty());
            for row in found {
                *hits.entry(row).or_default() += 1;
            }
        }
    }
    // Who has too few of the rare words cannot have most of all.
    hits.retain(|_, n| share * *n >= rare);
    if (rare as usize) < FEW {
        let all: Vec<String> = distinct.iter().map(|term| format!("\"{term}\"")).collect();
        for row in rows(&format!("({})", all.join(" AND ")))? {
            *hits.entry(row).or_default() += 8;
        }
        let step = (terms.len() / PASSAGES).max(1);
        for passage in terms.windows(3).step_by(step).take(PASSAGES) {
            let words = [&*passage[0].0, &passage[1].0, &passage[2].0].join(" ");
            for row in rows(&format!("\"{words}\""))? {
                *hits.entry(row).or_default() += 2;
            }
        }
    }
    let mut best: Vec<(u32, i64)> = hits.into_iter().map(|(row, n)| (n, row)).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.truncate(most);
    Ok(best.into_iter().map(|(_, row)| row).collect())
}
