//! A hit with all that proves it: the article, the statement, the places of the words.

use std::cell::OnceCell;
use std::ops::Range;

use rawi::Reading;
use rawi::reading::{Id, Statement};
use rawi_text::{SourceText, Span};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::around::{self, Copy};
use super::highlight::Words;
use super::pattern::Pattern;
use crate::entities::group;
use crate::terms::Analyzer;
use crate::{ArchiveError, pack};

/// How many characters of an article are shown around the first place of its words.
const EXCERPT: u32 = 240;

/// The article that a hit stands in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticleRef {
    /// The number of this wording of the article in the archive.
    pub version: i64,
    /// The number of the article, over all its wordings.
    pub document: i64,
    /// Its id, as the input gave it.
    pub id: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, or the month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Where the day is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_from: Option<String>,
    /// What speaks against the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_doubt: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// SHA-256 of the text that the offsets count in (the title, for a hit in the
    /// headline), in UTF-8, as lower-case hexadecimal.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9a-f]{64}$")))]
    pub sha256: String,
}

/// Somebody over all articles of the archive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntityRef {
    /// The number of the entity, as `speaker:#12` takes it.
    pub id: i64,
    /// What the archive calls it.
    pub name: String,
    /// Its type, as the contract of readings has it.
    #[serde(rename = "type")]
    pub kind: String,
}

impl EntityRef {
    /// Whoever stands for the group of an entity.
    pub(crate) fn of(db: &Connection, id: i64) -> Result<Option<Self>, ArchiveError> {
        let root = group::root(db, id)?;
        let found = group::candidate(db, root)?;
        Ok(found.map(|c| Self {
            id: c.id,
            name: c.name,
            kind: c.kind,
        }))
    }
}

/// A stretch of the text, in code points from 0, half-open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A statement that matches.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StatementHit {
    /// The number of the statement in the archive.
    pub id: i64,
    /// Where it stands.
    pub article: ArticleRef,
    /// Whether it stands in the title; offsets then count the title's code points.
    pub headline: bool,
    /// Who says it, over all articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<EntityRef>,
    /// To whom.
    pub addressee: Vec<EntityRef>,
    /// Who handed it on, outermost first.
    pub via: Vec<EntityRef>,
    /// The statement as the reading has it: `id`, `start` and `end` are the article's.
    pub statement: Statement<'static>,
    /// The titles and descriptions that the article has for the speaker.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
    /// The sentences that it stands in, with its cue and its source.
    pub around: Excerpt,
    /// The same words in other outlets' copies of the article.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copy>,
    /// Where the words of the query stand in its content.
    pub highlights: Vec<Place>,
}

/// An article that matches.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticleHit {
    /// The article.
    pub article: ArticleRef,
    /// How many statements it has.
    pub statements: usize,
    /// Where the words of the query stand in its text.
    pub highlights: Vec<Place>,
    /// Where they stand in its title.
    pub title_highlights: Vec<Place>,
    /// The text around the first of them, or its beginning.
    pub excerpt: Excerpt,
}

/// A stretch of an article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Excerpt {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
}

impl Excerpt {
    /// All of a text.
    fn all(text: &SourceText) -> Self {
        Self {
            start: 0,
            end: text.len_chars() as u32,
            text: text.as_str().to_owned(),
        }
    }
}

/// A version with its reading, to take hits and checks from.
pub(crate) struct Source {
    pub article: ArticleRef,
    pub outlet: Option<i64>,
    pub text: SourceText,
    pub title: Option<SourceText>,
    pub title_sha256: Option<String>,
    pub reading: Reading<'static>,
    /// The sentences of the text, once somebody wants to know them.
    sentences: OnceCell<Vec<Span>>,
}

impl Source {
    /// Loads a version.
    pub fn load(db: &Connection, version: i64) -> Result<Self, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT v.document_id, v.given_id, v.title, o.name, v.published, v.published_from,
               v.published_doubt, v.address, lower(hex(v.sha256)), lower(hex(v.title_sha256)),
               v.text, r.json, d.outlet_id
             FROM version v JOIN document d ON d.id = v.document_id
             LEFT JOIN outlet o ON o.id = d.outlet_id JOIN reading r ON r.version_id = v.id
             WHERE v.id = ?1",
        )?;
        let found = find.query_row([version], |row| {
            let article = ArticleRef {
                version,
                document: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                outlet: row.get(3)?,
                published: row.get(4)?,
                published_from: row.get(5)?,
                published_doubt: row.get(6)?,
                address: row.get(7)?,
                sha256: row.get(8)?,
            };
            let title: Option<String> = row.get(9)?;
            let text: String = row.get(10)?;
            let json: Vec<u8> = row.get(11)?;
            Ok((article, title, text, json, row.get(12)?))
        });
        let lost = || ArchiveError::Invalid(format!("version {version} of the index is no row"));
        let (article, title_sha256, text, json, outlet) = found.optional()?.ok_or_else(lost)?;
        let source = |text: String| {
            SourceText::new(text)
                .map_err(|e| ArchiveError::Invalid(format!("version {version}: {e}")))
        };
        let reading = pack::parse(&json, &text)?;
        let text = source(text)?;
        Ok(Self {
            title: article.title.clone().map(source).transpose()?,
            article,
            outlet,
            text,
            title_sha256,
            reading,
            sentences: OnceCell::new(),
        })
    }

    /// A statement of it.
    fn statement(&self, local: Id) -> Option<&Statement<'static>> {
        crate::rows::statements(&self.reading).find(|s| s.id == local)
    }

    /// How the article describes who says a statement.
    fn titles(&self, statement: &Statement<'_>) -> Vec<String> {
        let headline = self.reading.headline.as_ref().map(|h| &h.entities[..]);
        let of = |id: Id| {
            let mut all = headline.unwrap_or_default().iter();
            let mut own = self.reading.entities.iter();
            all.find(|e| e.id == id)
                .or_else(|| own.find(|e| e.id == id))
        };
        let entity = statement.speaker.as_ref().and_then(|s| of(s.entity));
        // A title knows its people by the text's descriptions too.
        let same = entity.and_then(|e| e.same_as).and_then(of);
        let titles = entity.into_iter().chain(same).flat_map(|e| &e.titles);
        titles.map(|title| title.clone().into_owned()).collect()
    }

    /// The pieces of what a row of the index was made of: a statement's content, or title
    /// and text.
    pub fn pieces(&self, local: Option<Id>) -> Vec<&str> {
        match local {
            Some(id) => {
                let content = self.statement(id).map(|s| &s.content);
                content.into_iter().flatten().map(|p| &*p.text).collect()
            }
            None => {
                let title = self.title.iter().map(SourceText::as_str);
                title.chain([self.text.as_str()]).collect()
            }
        }
    }
}

/// Where a statement's row leads.
pub(crate) fn place_of(db: &Connection, id: i64) -> Result<(i64, Id), ArchiveError> {
    let mut find = db.prepare_cached("SELECT version_id, local FROM statement WHERE id = ?1")?;
    let found: Option<(i64, String)> = find
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let lost = || ArchiveError::Invalid(format!("statement {id} of the index is no row"));
    let (version, local) = found.ok_or_else(lost)?;
    Ok((version, local.parse().map_err(|_| lost())?))
}

/// A statement as a hit.
pub(crate) fn statement(
    db: &Connection,
    source: &Source,
    id: i64,
    local: Id,
    patterns: &[Pattern],
    analyzer: &mut Analyzer,
) -> Result<StatementHit, ArchiveError> {
    let lost = || ArchiveError::Invalid(format!("the reading has no statement {local}"));
    let statement = source.statement(local).ok_or_else(lost)?;
    let headline = local.in_headline();
    let text = match (headline, &source.title) {
        (true, Some(title)) => title,
        _ => &source.text,
    };
    let words = Words::of(source.pieces(Some(local)), analyzer);
    let mut highlights = Vec::new();
    for (piece, range) in words.places(patterns) {
        let Some(piece) = statement.content.get(piece) else {
            continue;
        };
        let before = |byte: usize| piece.text[..byte].chars().count() as u32;
        highlights.push(Place {
            start: piece.start + before(range.start),
            end: piece.start + before(range.end),
        });
    }
    debug_assert!(
        highlights
            .iter()
            .all(|h| h.end as usize <= text.len_chars())
    );
    let mut article = source.article.clone();
    if let (true, Some(hash)) = (headline, &source.title_sha256) {
        article.sha256.clone_from(hash);
    }
    let sides = |role: &str| -> Result<Vec<EntityRef>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT entity_id FROM statement_side WHERE statement_id = ?1 AND role = ?2
             ORDER BY place",
        )?;
        let ids = find.query_map(rusqlite::params![id, role], |row| row.get(0))?;
        let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.extend(EntityRef::of(db, id)?);
        }
        Ok(all)
    };
    let speaker: Option<i64> = db
        .prepare_cached("SELECT speaker_id FROM statement WHERE id = ?1")?
        .query_row([id], |row| row.get(0))?;
    Ok(StatementHit {
        id,
        article,
        headline,
        speaker: speaker
            .map(|id| EntityRef::of(db, id))
            .transpose()?
            .flatten(),
        addressee: sides("addressee")?,
        via: sides("via")?,
        titles: source.titles(statement),
        around: match headline {
            true => Excerpt::all(text),
            false => {
                let sentences = source.sentences.get_or_init(|| around::sentences(text));
                around::around(text, sentences, statement)
            }
        },
        copies: around::copies(db, source.article.version, text, statement)?,
        statement: statement.clone(),
        highlights,
    })
}

/// An article as a hit.
pub(crate) fn article(
    source: &Source,
    patterns: &[Pattern],
    analyzer: &mut Analyzer,
) -> ArticleHit {
    let words = Words::of(source.pieces(None), analyzer);
    let titles = usize::from(source.title.is_some());
    let mut highlights = Vec::new();
    let mut title_highlights = Vec::new();
    for (piece, range) in words.places(patterns) {
        let (of, into) = match &source.title {
            Some(title) if piece < titles => (title, &mut title_highlights),
            _ => (&source.text, &mut highlights),
        };
        into.push(place(of, range));
    }
    ArticleHit {
        article: source.article.clone(),
        statements: crate::rows::statements(&source.reading).count(),
        excerpt: excerpt(&source.text, highlights.first()),
        highlights,
        title_highlights,
    }
}

pub(crate) fn place(text: &SourceText, bytes: Range<usize>) -> Place {
    // A text has no more bytes than fit.
    let chars = text.chars_of(Span::new(bytes.start as u32, bytes.end as u32));
    Place {
        start: chars.start.0,
        end: chars.end.0,
    }
}

/// The text around a place, from one blank to another, or its beginning.
fn excerpt(text: &SourceText, around: Option<&Place>) -> Excerpt {
    let len = text.len_chars() as u32;
    let (from, to) = match around {
        Some(place) => {
            let before = EXCERPT.saturating_sub(place.end - place.start) / 3;
            let from = place.start.saturating_sub(before);
            (from, (from + EXCERPT).max(place.end).min(len))
        }
        None => (0, EXCERPT.min(len)),
    };
    let chars: Vec<char> = text
        .as_str()
        .chars()
        .skip(from as usize)
        .take((to - from) as usize)
        .collect();
    // Half words at the ends are left out.
    let blank = |c: &char| c.is_whitespace();
    let keep = around.map_or(chars.len(), |p| (p.start - from) as usize);
    let begin = match from {
        0 => 0,
        _ => chars[..keep.min(chars.len())]
            .iter()
            .position(blank)
            .map_or(0, |i| i + 1),
    };
    let least = around.map_or(0, |p| (p.end - from) as usize);
    let end = match to == len {
        true => chars.len(),
        false => chars
            .iter()
            .rposition(blank)
            .filter(|end| *end >= least && *end > begin)
            .unwrap_or(chars.len()),
    };
    let begin = begin.min(end);
    Excerpt {
        start: from + begin as u32,
        end: from + end as u32,
        text: chars[begin..end].iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_its_place_and_whole_words() {
        let text = SourceText::new("كلمة أخرى ".repeat(100)).unwrap();
        for (start, end) in [(0, 4), (500, 504), (990, 999), (300, 900)] {
            let excerpt = excerpt(&text, Some(&Place { start, end }));
            assert!(excerpt.start <= start && end <= excerpt.end, "{excerpt:?}");
            let chars = text.as_str().chars().skip(excerpt.start as usize);
            let same: String = chars.take((excerpt.end - excerpt.start) as usize).collect();
            assert_eq!(same, excerpt.text);
            assert!(excerpt.text.starts_with(['ك', 'أ']), "{excerpt:?}");
        }
        let short = SourceText::new("نص قصير").unwrap();
        assert_eq!(excerpt(&short, None).text, "نص قصير");
        assert_eq!(excerpt(&SourceText::new("").unwrap(), None).text, "");
    }
}
