//! Articles with everybody whom they name: the cast annotation, laid over the text.
//!
//! A cast lists strings, and every occurrence of one counts. The longest wins where
//! several overlap; what is attached in front is not part of it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use rawi_names::NameType;
use rawi_text::proclitic::{ARTICLE, CONJUNCTIONS, PREPOSITIONS, TO};
use serde::Deserialize;

use crate::gold::Cast;
use crate::input;

/// How many letters may be attached in front of a name.
const ATTACHED: usize = 2;

/// An article with its names and titles.
#[derive(Clone, Debug)]
pub struct NamedArticle {
    /// Who published it.
    pub outlet: String,
    /// Its text.
    pub text: String,
    /// Names, in bytes of the text, in no order.
    pub names: Vec<(Range<usize>, NameType)>,
    /// Titles and descriptions of people; where names stand in them, names they stay.
    pub titles: Vec<Range<usize>>,
    /// What may be anything.
    pub doubtful: Vec<Range<usize>>,
}

/// An article as it was annotated.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) date: Option<String>,
    pub(crate) text: String,
}

/// The files under `gold/` that models may learn from: articles, and their casts.
pub(crate) const TAUGHT: [(&str, &str); 3] = [
    ("train.jsonl", "train.cast.jsonl"),
    ("more.jsonl", "more.cast.jsonl"),
    ("cast/articles.jsonl", "cast/cast.jsonl"),
];

/// Reads articles, each with its cast.
///
/// # Errors
///
/// If a file cannot be read, or a cast is of none of the articles.
pub(crate) fn annotated(articles: &Path, casts: &Path) -> Result<Vec<(Line, Cast)>> {
    let articles: Vec<Line> = input::json_lines(articles)?;
    let mut by_id: HashMap<String, Line> =
        articles.into_iter().map(|a| (a.id.clone(), a)).collect();
    let casts: Vec<Cast> = input::json_lines(casts)?;
    let paired = |cast: Cast| {
        let line = by_id.remove(&cast.id);
        let line = line.with_context(|| format!("{}: a cast, but no article", cast.id))?;
        Ok((line, cast))
    };
    casts.into_iter().map(paired).collect()
}

/// Reads articles with the names and titles that their casts list.
///
/// # Errors
///
/// As [`annotated`], or if a member is of no known type.
pub fn casts(articles: &Path, casts: &Path) -> Result<Vec<NamedArticle>> {
    let all = annotated(articles, casts)?.into_iter();
    all.map(|(line, cast)| over(&cast, line).with_context(|| cast.id.clone()))
        .collect()
}

/// The type of a member by its name in the annotation; none for people without one.
pub fn kind(name: &str) -> Result<Option<NameType>> {
    Ok(Some(match name {
        "PER" => NameType::Person,
        "ORG" => NameType::Organization,
        "MEDIA" => NameType::Media,
        "GPE" => NameType::Polity,
        "LOC" => NameType::Location,
        "FAC" => NameType::Facility,
        "GROUP" => NameType::Group,
        "TITLE" => NameType::Title,
        "ANON" => return Ok(None),
        other => anyhow::bail!("no type is called `{other}`"),
    }))
}

/// Lays a cast over its article.
fn over(cast: &Cast, line: Line) -> Result<NamedArticle> {
    let mut names = Vec::new();
    let mut titles = Vec::new();
    for member in &cast.members {
        let kind = kind(&member.kind)?;
        match kind {
            Some(kind) => names.extend(member.mentions.iter().map(|m| (m.as_str(), kind))),
            None => titles.extend(member.mentions.iter().map(|m| (m.as_str(), ()))),
        }
        if matches!(kind, Some(NameType::Person) | None) {
            titles.extend(member.titles.iter().map(|t| (t.as_str(), ())));
        }
    }
    let titles = occurrences(&line.text, titles);
    Ok(NamedArticle {
        outlet: line.source.unwrap_or_default(),
        names: occurrences(&line.text, names),
        titles: titles.into_iter().map(|(range, ())| range).collect(),
        doubtful: Vec::new(),
        text: line.text,
    })
}

/// A string as it may stand: behind `ل` its article is written otherwise.
fn forms(string: &str) -> Vec<String> {
    let mut out = vec![string.to_owned()];
    if let Some(rest) = string.strip_prefix(ARTICLE) {
        out.extend([format!("{TO}{rest}"), format!("{TO}{TO}{rest}")]);
    }
    out
}

/// Where the strings stand in a text, the longest first.
fn occurrences<T: Copy>(text: &str, strings: Vec<(&str, T)>) -> Vec<(Range<usize>, T)> {
    let mut forms: Vec<(String, T)> = strings
        .into_iter()
        .filter(|(string, _)| !string.is_empty())
        .flat_map(|(string, what)| forms(string).into_iter().map(move |form| (form, what)))
        .collect();
    // Stable: of members who share a string the first one has it.
    forms.sort_by_cached_key(|(form, _)| (Reverse(form.chars().count()), form.clone()));
    let mut taken = vec![false; text.len()];
    let mut out = Vec::new();
    for (form, what) in forms {
        for (start, _) in text.match_indices(form.as_str()) {
            let range = start..start + form.len();
            if stands_alone(text, &range) && !taken[range.clone()].contains(&true) {
                taken[range.clone()].fill(true);
                out.push((range, what));
            }
        }
    }
    out
}

/// Whether a range is a word or several, letters that are attached in front aside.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let front: Vec<char> = text[..range.start]
        .chars()
        .rev()
        .take_while(|&c| is_letter(c))
        .take(ATTACHED + 1)
        .collect();
    let attached = |c: &char| CONJUNCTIONS.contains(c) || PREPOSITIONS.contains(c);
    front.len() <= ATTACHED
        && front.iter().all(attached)
        && !text[range.end..].starts_with(is_letter)
}

fn is_letter(c: char) -> bool {
    // A dash that lengthens letters and a mark that parts them belong to words.
    c.is_alphabetic()
        || matches!(
            c,
            '\u{640}' | '\u{200c}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, strings: &[&str]) -> Vec<String> {
        let strings = strings.iter().map(|&s| (s, ())).collect();
        let mut found = occurrences(text, strings);
        found.sort_by_key(|(range, ())| range.start);
        let slice = |(range, ()): (Range<usize>, ())| text[range].to_owned();
        found.into_iter().map(slice).collect()
    }

    #[test]
    fn the_longest_string_wins_and_attached_letters_are_left_out() {
        let text = "قالت وزارة المياه إن الوزارة ستبدأ، وبالوزارة لجنة للمياه ووزارة المياه ترى";
        assert_eq!(
            found(text, &["الوزارة", "وزارة المياه"]),
            ["وزارة المياه", "الوزارة", "الوزارة", "وزارة المياه"]
        );
        assert_eq!(found("قال للوزارة", &["الوزارة"]), ["للوزارة"]);
        assert!(found("سالمون", &["سالم"]).is_empty());
        assert!(found("مسالم", &["سالم"]).is_empty());
    }

    #[test]
    fn names_and_titles_are_told_apart() {
        let cast: Cast = serde_json::from_str(
            r#"{"id": "a", "cast": [
                {"type": "PER", "name": "سالم البدري", "mentions": ["سالم البدري"], "titles": ["وزير المياه"]},
                {"type": "ANON", "name": "شهود", "mentions": ["شهود"]}]}"#,
        )
        .unwrap();
        let line = Line {
            id: "a".to_owned(),
            source: None,
            date: None,
            text: "التقى وزير المياه سالم البدري شهودا وشهود".to_owned(),
        };
        let article = over(&cast, line).unwrap();
        assert_eq!(article.names.len(), 1);
        assert_eq!(article.names[0].1, NameType::Person);
        assert_eq!(article.titles.len(), 2);
    }
}
