//! Names in a query: whom of the archive they mean.

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::document::outlet_key;
use crate::entities::Candidate;
use crate::entities::group::{candidate, group, root};
use crate::query::Field;
use crate::{Archive, ArchiveError};

/// How many entities one name may stand for.
const MOST: usize = 200;

/// A name has no more words.
const WORDS: usize = 64;

/// How many candidates are told.
const TOLD: usize = 10;

/// What became of a name in a query.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resolved {
    /// The field that it stands behind.
    pub field: &'static str,
    /// The name as it was written.
    pub name: String,
    /// Whether it is a whole name that the archive knows; else those are meant whose
    /// names have all its words.
    pub whole: bool,
    /// Who is meant, ten at most, those with the lowest numbers.
    pub meant: Vec<Candidate>,
    /// How many are meant.
    pub count: usize,
    /// Others whose names have all its words and more, ten at most.
    pub others: Vec<Candidate>,
    /// The numbers that the index is asked for.
    #[serde(skip)]
    pub(super) ids: Vec<i64>,
}

impl Resolved {
    /// The numbers of all who are meant, each with its whole group; of outlets theirs.
    pub(crate) fn ids(&self) -> &[i64] {
        &self.ids
    }
}

/// The names of a place in which entities stand.
fn role(field: Field) -> &'static str {
    match field {
        Field::To => {
            "SELECT 1 FROM statement_side x WHERE x.entity_id = n.entity_id AND x.role = 'addressee'"
        }
        Field::Via => {
            "SELECT 1 FROM statement_side x WHERE x.entity_id = n.entity_id AND x.role = 'via'"
        }
        _ => "SELECT 1 FROM statement x WHERE x.speaker_id = n.entity_id",
    }
}

/// Finds out whom a name behind `speaker:`, `to:` or `via:` means.
pub(crate) fn entity(
    archive: &Archive,
    field: Field,
    name: &str,
) -> Result<Resolved, ArchiveError> {
    among(archive, field.name(), role(field), name, true)
}

/// Finds out whom a name means among those for whose number `n.entity_id` the query
/// `exists` gives a row. Others whose names go on are only looked for if they are to be
/// told, which takes a look at every name.
pub(crate) fn among(
    archive: &Archive,
    field: &'static str,
    exists: &str,
    name: &str,
    with_others: bool,
) -> Result<Resolved, ArchiveError> {
    let db = &archive.db;
    let folded = outlet_key(name);
    let sql = format!(
        "SELECT DISTINCT n.entity_id FROM entity_name n WHERE n.folded = ?1 AND EXISTS ({exists})
         UNION SELECT id FROM entity WHERE renamed = ?2 ORDER BY 1 LIMIT {MOST}"
    );
    let mut find = db.prepare_cached(&sql)?;
    let whole: Vec<i64> = find
        .query_map([&*folded, name], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let words: Vec<&str> = folded.split(' ').collect();
    // A name of several words that is known is that name.
    let longer = match whole.is_empty() || with_others && words.len() == 1 {
        true => with_words(archive, exists, &words)?,
        false => Vec::new(),
    };
    let is_whole = !whole.is_empty();
    let meant = if is_whole { whole } else { longer.clone() };
    let (roots, ids) = groups(db, &meant)?;
    let mut others = Vec::new();
    if is_whole {
        let (more, _) = groups(db, &longer)?;
        let more = more.into_iter().filter(|id| !roots.contains(id));
        others = candidates(db, &more.take(TOLD).collect::<Vec<_>>())?;
    }
    Ok(Resolved {
        field,
        name: name.to_owned(),
        whole: is_whole,
        meant: candidates(db, &roots[..roots.len().min(TOLD)])?,
        count: roots.len(),
        others,
        ids,
    })
}

/// The entities one of whose names has all of some words.
fn with_words(archive: &Archive, exists: &str, words: &[&str]) -> Result<Vec<i64>, ArchiveError> {
    // No name is so long.
    if words.len() > WORDS {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT EXISTS ({exists}) FROM (SELECT ?1 AS entity_id) n");
    let mut is_there = archive.db.prepare_cached(&sql)?;
    let mut found: Vec<i64> = Vec::new();
    for (_, entity) in archive.names_with(words)? {
        if found.len() == MOST {
            break;
        }
        if found.last() != Some(&entity) && is_there.query_row([entity], |row| row.get(0))? {
            found.push(entity);
        }
    }
    Ok(found)
}

/// Everybody whom some entities are, by decisions to merge: the numbers that stand for
/// each group, and all numbers of the groups.
fn groups(db: &Connection, ids: &[i64]) -> Result<(Vec<i64>, Vec<i64>), ArchiveError> {
    let mut roots = Vec::new();
    let mut all = Vec::new();
    for &id in ids {
        let root = root(db, id)?;
        if roots.contains(&root) {
            continue;
        }
        roots.push(root);
        all.extend(group(db, root)?);
    }
    Ok((roots, all))
}

fn candidates(db: &Connection, ids: &[i64]) -> Result<Vec<Candidate>, ArchiveError> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.extend(candidate(db, *id)?);
    }
    Ok(all)
}

/// Finds out which outlets a name means: that of this name, else those whose names have
/// all its words.
pub(crate) fn outlet(db: &Connection, name: &str) -> Result<Resolved, ArchiveError> {
    let folded = outlet_key(name);
    let mut all = db.prepare_cached("SELECT id, name, folded FROM outlet ORDER BY id")?;
    let rows = all.query_map(params![], |row| {
        let outlet = Candidate {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: "MEDIA".to_owned(),
        };
        Ok((outlet, row.get::<_, String>(2)?))
    })?;
    let rows: Vec<(Candidate, String)> = rows.collect::<Result<_, _>>()?;
    let whole = rows.iter().any(|(_, key)| *key == folded);
    let has_words = |key: &str| {
        let mut words = folded.split(' ');
        words.all(|word| key.split(' ').any(|w| w == word))
    };
    let meant: Vec<Candidate> = rows
        .into_iter()
        .filter(|(_, key)| match whole {
            true => *key == folded,
            false => has_words(key),
        })
        .map(|(outlet, _)| outlet)
        .collect();
    Ok(Resolved {
        field: Field::Outlet.name(),
        name: name.to_owned(),
        whole,
        ids: meant.iter().map(|outlet| outlet.id).collect(),
        count: meant.len(),
        meant: meant.into_iter().take(TOLD).collect(),
        others: Vec::new(),
    })
}
