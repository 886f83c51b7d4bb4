//! Files that come in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::gold::{Annotation, Cast};
use crate::predicted::Reading;
use crate::text::Text;

/// An article by its id, ready to be scored and to be read.
#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) text: Text,
    pub(crate) published: Option<String>,
}

/// Articles by id.
pub(crate) type Articles = BTreeMap<String, Article>;

/// Readings by id of the article.
pub(crate) type Readings = BTreeMap<String, Reading>;

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(alias = "date")]
    published: Option<String>,
}

/// Reads articles, one JSON object a line.
///
/// # Errors
///
/// If the file cannot be read, or a line is no article; the line is named.
pub(crate) fn articles(path: &Path) -> Result<Articles> {
    let article = |line: Line| {
        let article = Article {
            text: Text::new(&line.text),
            published: line.published,
        };
        (line.id, article)
    };
    Ok(lines(path)?.into_iter().map(article).collect())
}

/// Reads the articles of several files.
///
/// # Errors
///
/// As [`articles`].
pub(crate) fn all_articles(paths: &[PathBuf]) -> Result<Articles> {
    let mut all = Articles::new();
    for path in paths {
        all.extend(articles(path)?);
    }
    Ok(all)
}

/// Reads the readings of several files, one JSON object a line.
///
/// # Errors
///
/// As [`articles`].
pub(crate) fn readings(paths: &[PathBuf]) -> Result<Readings> {
    let readings = all_of(paths, lines::<Reading>)?;
    Ok(readings.into_iter().map(|r| (r.id.clone(), r)).collect())
}

/// Reads the casts of several files, one JSON object a line.
///
/// # Errors
///
/// As [`articles`].
pub(crate) fn casts(paths: &[PathBuf]) -> Result<Vec<Cast>> {
    all_of(paths, lines)
}

/// Reads the annotations of several files.
///
/// # Errors
///
/// As [`annotations`].
pub(crate) fn all_annotations(paths: &[PathBuf]) -> Result<Vec<Annotation>> {
    all_of(paths, annotations)
}

/// Reads a list of ids, one a line.
///
/// # Errors
///
/// If the file cannot be read.
pub(crate) fn ids(path: &Path) -> Result<BTreeSet<String>> {
    let content = content(path)?;
    let ids = content.lines().map(str::trim).filter(|id| !id.is_empty());
    Ok(ids.map(str::to_owned).collect())
}

fn all_of<T>(paths: &[PathBuf], read: impl Fn(&Path) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(read(path)?);
    }
    Ok(all)
}

/// Reads an annotation, a JSON list with one object an article.
///
/// # Errors
///
/// If the file cannot be read or is no annotation; line and column are named.
pub(crate) fn annotations(path: &Path) -> Result<Vec<Annotation>> {
    json(path)
}

/// Reads any JSON list.
///
/// # Errors
///
/// If the file cannot be read or is no JSON list.
pub(crate) fn json_list(path: &Path) -> Result<Vec<serde_json::Value>> {
    json(path)
}

/// Reads one JSON object a line.
///
/// # Errors
///
/// If the file cannot be read, or a line is none; the line is named.
pub(crate) fn json_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    lines(path)
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&content(path)?).with_context(|| path.display().to_string())
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let content = content(path)?;
    let numbered = content.lines().zip(1..);
    numbered
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number): (_, usize)| {
            serde_json::from_str(line).with_context(|| format!("{}:{number}", path.display()))
        })
        .collect()
}

fn content(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// An article made up in a test.
#[cfg(test)]
pub(crate) fn article_of(id: &str, text: &str) -> (String, Article) {
    let article = Article {
        text: Text::new(text),
        published: None,
    };
    (id.to_owned(), article)
}
