//! The news as a larger model labeled it, which learned from the same annotations.
//!
//! It is too slow to ship and right more often, so that what it says of many articles
//! teaches more than a few annotated ones can. It tells how sure it is of each name: what
//! it doubts may be anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rawi_model::hash;
use rawi_names::NameType;
use serde::Deserialize;

use super::casts::{NamedArticle, kind};
use super::news::{News, Stored};
use crate::input;

/// Where the teacher is less sure of a name, whoever learns from the article is told that
/// anything may be right.
const SURE: f32 = 0.8;

/// What is likely enough to be counted all over the news.
const LIKELY: f32 = 0.6;

/// File and id of an article.
type Key = (String, String);

/// A name in an article, in code points, and how sure the teacher is of it.
type Label = (Range<usize>, NameType, f32);

/// What the teacher says, by file and id of the article.
pub struct Teacher {
    labels: BTreeMap<Key, Vec<Label>>,
}

#[derive(Deserialize)]
struct Line {
    file: String,
    id: String,
    spans: Vec<(usize, usize, String, f32)>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

impl Teacher {
    /// Reads labels, but for the articles that are kept to measure on.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or a line holds no labels; the line is named.
    pub fn open(path: &Path, gold: &Path) -> Result<Self> {
        let apart = gold.join("keep-apart.txt");
        let text = std::fs::read_to_string(&apart)
            .with_context(|| format!("cannot read {}", apart.display()))?;
        let mut apart: BTreeSet<String> = text.lines().map(str::to_owned).collect();
        let dev: Vec<Id> = input::json_lines(&gold.join("dev.jsonl"))?;
        apart.extend(dev.into_iter().map(|a| a.id));

        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut labels = BTreeMap::new();
        for (i, line) in BufReader::new(MultiGzDecoder::new(file))
            .lines()
            .enumerate()
        {
            let at = || format!("{}, line {}", path.display(), i + 1);
            let line: Line = serde_json::from_str(&line.with_context(at)?).with_context(at)?;
            if apart.contains(&line.id) {
                continue;
            }
            let mut spans = Vec::with_capacity(line.spans.len());
            for (start, end, name, confidence) in line.spans {
                if let Some(kind) = kind(&name).with_context(at)? {
                    spans.push((start..end, kind, confidence));
                }
            }
            labels.insert((line.file, line.id), spans);
        }
        Ok(Self { labels })
    }

    /// Calls `each` with every labeled article of the news, up to its limit, and with the
    /// names that are likely.
    ///
    /// # Errors
    ///
    /// If the news cannot be read.
    pub fn each(&self, news: &News, mut each: impl FnMut(&NamedArticle)) -> Result<()> {
        news.each_stored(|stored| {
            if let Some(labels) = self.labels.get(&stored.key()) {
                each(&article(stored, labels, LIKELY));
            }
        })
    }

    /// As many labeled articles of every outlet, drawn by lot, with the names that are
    /// sure; what is not may be anything.
    ///
    /// # Errors
    ///
    /// If the news cannot be read.
    pub fn sample(&self, news: &News, of_each: usize) -> Result<Vec<NamedArticle>> {
        let mut lots: BTreeMap<String, Vec<(u64, Key)>> = BTreeMap::new();
        news.each_stored(|stored| {
            let key = stored.key();
            if self.labels.contains_key(&key) {
                let lot = hash(key.1.as_bytes());
                lots.entry(stored.outlet()).or_default().push((lot, key));
            }
        })?;
        let mut drawn = BTreeSet::new();
        for mut lots in lots.into_values() {
            lots.sort_unstable();
            drawn.extend(lots.into_iter().take(of_each).map(|(_, key)| key));
        }
        let mut out = Vec::new();
        news.each_stored(|stored| {
            let key = stored.key();
            if let Some(labels) = self.labels.get(&key).filter(|_| drawn.contains(&key)) {
                out.push(article(stored, labels, SURE));
            }
        })?;
        Ok(out)
    }
}

/// An article with its labels; those that are less than `sure` are doubtful.
fn article(stored: &Stored, labels: &[Label], sure: f32) -> NamedArticle {
    let text = &stored.text;
    // Bytes of every code point.
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.push(text.len());
    let byte = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    let mut out = NamedArticle {
        outlet: stored.outlet(),
        text: text.clone(),
        names: Vec::new(),
        titles: Vec::new(),
        doubtful: Vec::new(),
    };
    for (range, kind, confidence) in labels {
        let range = byte(range.start)..byte(range.end);
        match (*confidence >= sure, kind) {
            (false, _) => out.doubtful.push(range),
            (true, NameType::Title) => out.titles.push(range),
            (true, &kind) => out.names.push((range, kind)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_counted_in_code_points() {
        let stored = Stored {
            file: "a".to_owned(),
            id: "1".to_owned(),
            date: None,
            source: None,
            text: "قال سالم في صور".to_owned(),
        };
        let labels = [
            (4..8, NameType::Person, 0.9),
            (12..15, NameType::Polity, 0.4),
        ];
        let article = article(&stored, &labels, SURE);
        assert_eq!(&article.text[article.names[0].0.clone()], "سالم");
        assert_eq!(&article.text[article.doubtful[0].clone()], "صور");
    }
}
