//! What stands around a statement: its sentences, and the same words elsewhere.

use rawi::reading::Statement;
use rawi_text::{Layout, SourceText, Span, fold};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::hit::Excerpt;
use crate::ArchiveError;
use crate::story::story_of;

/// The most versions of a story whose statements are compared.
const VERSIONS: i64 = 64;

/// The same words in a copy of the article.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Copy {
    /// The number of the statement there.
    pub statement: i64,
    /// Who published the copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

/// The sentences of a text, in order.
pub(super) fn sentences(text: &SourceText) -> Vec<Span> {
    let mut layout = Layout::new();
    layout.analyze(text);
    let cover = |s: &std::ops::Range<u32>| layout.cover(s.start as usize..s.end as usize);
    layout.sentences().iter().map(cover).collect()
}

/// The sentences that a statement stands in, with its cue and its source.
pub(super) fn around(text: &SourceText, sentences: &[Span], of: &Statement<'_>) -> Excerpt {
    let cue = of.cue.as_ref().map(|c| (c.start, c.end));
    let source = of.source.as_ref().map(|s| (s.start, s.end));
    let places = || {
        let content = of.content.iter().map(|p| (p.start, p.end));
        content.chain(cue).chain(source)
    };
    let first = places().map(|(start, _)| start).min().unwrap_or(0);
    let last = places().map(|(_, end)| end).max().unwrap_or(0);
    let mut start = first;
    let mut end = last;
    for sentence in sentences {
        let chars = text.chars_of(*sentence);
        if chars.start.0 < last && chars.end.0 > first {
            start = start.min(chars.start.0);
            end = end.max(chars.end.0);
        }
    }
    let count = (end - start) as usize;
    let text = text.as_str().chars().skip(start as usize).take(count);
    Excerpt {
        start,
        end,
        text: text.collect(),
    }
}

/// The statements with the same words in other outlets' copies of the article.
pub(super) fn copies(
    db: &Connection,
    version: i64,
    text: &SourceText,
    of: &Statement<'_>,
) -> Result<Vec<Copy>, ArchiveError> {
    let Some(story) = story_of(db, version)? else {
        return Ok(Vec::new());
    };
    let long = of.end().saturating_sub(of.start());
    let own = text.as_str().chars().skip(of.start() as usize);
    let words = bare(&own.take(long as usize).collect::<String>());
    let mut find = db.prepare_cached(
        "SELECT s.id, o.name,
           substr(CASE WHEN s.local LIKE 'h%' THEN v.title ELSE v.text END, s.starts + 1, s.ends - s.starts)
         FROM (SELECT v.id, v.title, v.text, d.outlet_id FROM version v
           JOIN document d ON d.id = v.document_id AND d.current_id = v.id
           WHERE v.story_id = ?1 AND v.id <> ?2 LIMIT ?4) v
         JOIN statement s ON s.version_id = v.id LEFT JOIN outlet o ON o.id = v.outlet_id
         WHERE abs(s.ends - s.starts - ?3) <= 8 ORDER BY s.id",
    )?;
    let rows = find.query_map(params![story, version, long, VERSIONS], |row| {
        let copy = Copy {
            statement: row.get(0)?,
            outlet: row.get(1)?,
        };
        Ok((copy, row.get::<_, Option<String>>(2)?))
    })?;
    let mut copies = Vec::new();
    for row in rows {
        let (copy, text) = row?;
        if text.is_some_and(|text| bare(&text) == words) {
            copies.push(copy);
        }
    }
    Ok(copies)
}

/// A text without marks, spaces and signs, by which copies are the same.
fn bare(text: &str) -> String {
    let folded = fold(text);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_the_same_is_the_same() {
        assert_eq!(bare("إنّ «الميناءَ» مفتوح."), bare("ان الميناء  مفتوح"));
        assert_ne!(bare("الميناء مفتوح"), bare("الميناء غير مفتوح"));
    }
}
