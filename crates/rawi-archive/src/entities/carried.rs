//! Which of somebody's words most outlets carry.

use std::collections::{BTreeSet, HashMap};

use rawi_text::fold;
use rusqlite::params;
use serde::Serialize;

use super::decide::list;
use super::group::group;
use crate::{Archive, ArchiveError};

/// So many of the newest statements are compared.
const COMPARED: usize = 500;
/// Fewer words are no line of their own.
const SHORTEST: usize = 4;

/// Words that several outlets carry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// The oldest statement that has them.
    pub statement: i64,
    /// How many outlets have them, word for word.
    pub outlets: u64,
    /// In how many articles.
    pub articles: u64,
}

/// What is carried most.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Carried {
    /// The lines, those that most outlets carry first, then the newest.
    pub lines: Vec<Line>,
    /// If not all statements were compared: how many, the newest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
}

/// Where the same words stand.
#[derive(Default)]
struct Places {
    statement: i64,
    outlets: BTreeSet<i64>,
    articles: BTreeSet<i64>,
}

/// The words of a text as they are compared.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

impl Archive {
    /// The words of an entity's group that at least two outlets carry, word for word, but
    /// for spelling and marks: of its newest five hundred statements, `most` lines at most.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn most_carried(&self, id: i64, most: usize) -> Result<Carried, ArchiveError> {
        let db = &self.db;
        let all = list(&group(db, id)?);
        let mut find = db.prepare_cached(
            "SELECT s.id, v.document_id, d.outlet_id,
               substr(v.text, s.starts + 1, s.ends - s.starts)
             FROM statement s JOIN version v ON v.id = s.version_id
             JOIN document d ON d.id = v.document_id AND d.current_id = v.id
             WHERE s.speaker_id IN (SELECT value FROM json_each(?1))
               AND substr(s.local, 1, 1) <> 'h'
             ORDER BY s.id DESC LIMIT ?2",
        )?;
        let mut rows = find.query(params![all, COMPARED as i64 + 1])?;
        let mut places: HashMap<String, Places> = HashMap::new();
        let mut seen = 0;
        while let Some(row) = rows.next()? {
            seen += 1;
            if seen > COMPARED {
                break;
            }
            let text: String = row.get(3)?;
            let words = words(&text);
            if words.split(' ').count() < SHORTEST {
                continue;
            }
            let place = places.entry(words).or_default();
            // The rows come newest first.
            place.statement = row.get(0)?;
            place.articles.insert(row.get(1)?);
            place.outlets.extend(row.get::<_, Option<i64>>(2)?);
        }
        let mut carried: Vec<(String, Places)> = places
            .into_iter()
            .filter(|(_, place)| place.outlets.len() > 1)
            .collect();
        carried.sort_by_key(|(words, p)| {
            let words = words.len();
            (
                usize::MAX - p.outlets.len(),
                -p.statement,
                usize::MAX - words,
            )
        });
        let mut lines: Vec<(String, Line)> = Vec::new();
        for (words, place) in carried {
            if lines.len() == most {
                break;
            }
            // A part of a line is no line of its own.
            let told = lines
                .iter()
                .any(|(line, _)| line.contains(&words) || words.contains(line.as_str()));
            if told {
                continue;
            }
            lines.push((
                words,
                Line {
                    statement: place.statement,
                    outlets: place.outlets.len() as u64,
                    articles: place.articles.len() as u64,
                },
            ));
        }
        Ok(Carried {
            lines: lines.into_iter().map(|(_, line)| line).collect(),
            of: (seen > COMPARED).then_some(COMPARED as u64),
        })
    }
}
