//! Names of texts that were not learned from, against those of the model.

use std::collections::HashSet;

use anyhow::Result;
use rawi_morph::Morphology;
use rawi_names::{Label, Labels, NameModel, NameType, Tags, Words};

use super::material::{Prepared, kind, labels, place};
use crate::corpus::{NamedArticle, NamedSentence};
use crate::evaluate::Tally;

/// Sentences in a row that are labeled together, as those of an article are.
const BLOCK: usize = 20;

/// A name: its first place, the one behind it, and its type.
type Spans = HashSet<(usize, usize, &'static str)>;

/// Names in a row of types, each with whether it begins there.
fn spans(row: impl IntoIterator<Item = (Option<&'static str>, bool)>) -> Spans {
    let mut out = Spans::new();
    let mut open: Option<(usize, &str)> = None;
    for (i, (kind, begins)) in row.into_iter().chain([(None, false)]).enumerate() {
        let goes_on = matches!((open, kind), (Some((_, k)), Some(now)) if k == now && !begins);
        if !goes_on {
            if let Some((start, k)) = open.take() {
                out.insert((start, i, k));
            }
            open = kind.map(|k| (i, k));
        }
    }
    out
}

/// The coarse type of ANERcorp.
///
/// It does not count peoples and buildings.
fn coarse(kind: NameType) -> Option<&'static str> {
    Some(match kind {
        NameType::Person => "PERS",
        NameType::Organization | NameType::Media => "ORG",
        NameType::Polity | NameType::Location => "LOC",
        NameType::Group | NameType::Facility | NameType::Title => return None,
    })
}

/// Our types by name; titles are nothing that NewsFANE has.
fn own(kind: NameType) -> Option<&'static str> {
    Some(match kind {
        NameType::Person => "person",
        NameType::Organization => "organization",
        NameType::Media => "media",
        NameType::Polity => "polity",
        NameType::Location => "location",
        NameType::Group => "group",
        NameType::Facility => "facility",
        NameType::Title => return None,
    })
}

/// The types as casts are scored.
fn cast(kind: NameType) -> &'static str {
    match kind {
        NameType::Person => "PER",
        NameType::Organization | NameType::Media => "ORG",
        NameType::Polity | NameType::Location | NameType::Facility => "PLACE",
        NameType::Group => "GROUP",
        NameType::Title => "TITLE",
    }
}

/// How names are compared: what counts as which type, on both sides.
pub struct Scheme {
    /// The types that are counted.
    types: Vec<&'static str>,
    found: fn(NameType) -> Option<&'static str>,
    wanted: fn(&str) -> Option<&'static str>,
}

impl Scheme {
    /// Persons, places and organizations, as ANERcorp has them.
    pub fn coarse() -> Self {
        Self {
            types: vec!["PERS", "LOC", "ORG"],
            found: coarse,
            wanted: |tag| ["PERS", "LOC", "ORG"].into_iter().find(|t| *t == tag),
        }
    }

    /// Our own types, as NewsFANE is learned.
    pub fn own() -> Self {
        Self {
            types: NameType::ALL.into_iter().filter_map(own).collect(),
            found: own,
            wanted: |tag| kind(tag).and_then(own),
        }
    }
}

/// A tally of all and of each type, and the names that are wrong, one a line.
pub struct Measured {
    /// All that is counted.
    pub all: Tally,
    /// By type.
    pub types: Vec<(&'static str, Tally)>,
    /// The wrong ones.
    pub wrong: Vec<String>,
}

impl Measured {
    fn new(types: &[&'static str]) -> Self {
        Self {
            all: Tally::default(),
            types: types.iter().map(|&t| (t, Tally::default())).collect(),
            wrong: Vec::new(),
        }
    }

    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Measured) {
        self.all += other.all;
        for ((_, tally), (_, more)) in self.types.iter_mut().zip(other.types) {
            *tally += more;
        }
        self.wrong.extend(other.wrong);
    }

    /// Counts one text. `word` gives the words of its places, for messages.
    fn count(&mut self, found: &Spans, wanted: &Spans, word: impl Fn(usize) -> String) {
        for (name, tally) in &mut self.types {
            let count = |set: &Spans| set.iter().filter(|s| s.2 == *name).count();
            tally.given += count(found);
            tally.wanted += count(wanted);
            tally.right += found.intersection(wanted).filter(|s| s.2 == *name).count();
        }
        let mut lines: Vec<_> = found
            .difference(wanted)
            .map(|s| (s, '+'))
            .chain(wanted.difference(found).map(|s| (s, '-')))
            .collect();
        lines.sort();
        self.wrong.extend(lines.into_iter().map(|(s, mark)| {
            let words = |range: std::ops::Range<usize>| {
                let words: Vec<String> = range.map(&word).collect();
                words.join(" ")
            };
            let around = words(s.0.saturating_sub(2)..s.1 + 2);
            format!("{mark} {} {} | {around}", s.2, words(s.0..s.1))
        }));
    }
}

/// Exact names in columns against those of the model.
///
/// # Errors
///
/// If a sentence can be no text.
pub fn columns(
    morphology: &Morphology<'_>,
    model: &NameModel<'_>,
    sentences: &[NamedSentence],
    scheme: &Scheme,
) -> Result<Measured> {
    let mut prepared = Prepared::default();
    let mut labels = Labels::default();
    let mut out = Measured::new(&scheme.types);
    for block in sentences.chunks(BLOCK) {
        let sentence = &block.join(&(String::new(), "O".to_owned()));
        let columns = prepared.fill_columns(morphology, sentence)?;
        labels.fill(model, &prepared.layout, &prepared.tagged, &prepared.words);
        let mut found = vec![(None, false); sentence.len()];
        for (i, &column) in columns.iter().enumerate() {
            if found[column].0.is_none()
                && let Some(kind) = labels.get(i).kind()
                && !stands_for_a_body(&labels, &prepared.words, i)
            {
                found[column] = ((scheme.found)(kind), begins(&labels, i));
            }
        }
        let wanted = sentence.iter().map(|(_, tag)| match place(tag) {
            Some((place, name)) => ((scheme.wanted)(name), place == "B"),
            None => (None, false),
        });
        let word = |i: usize| sentence.get(i).map_or_else(String::new, |(w, _)| w.clone());
        out.count(&spans(found), &spans(wanted), word);
    }
    for (_, tally) in &out.types {
        out.all += *tally;
    }
    Ok(out)
}

/// Whether a noun stands for a body that is named elsewhere (`الوزارة`): what only casts
/// label.
fn stands_for_a_body(labels: &Labels, words: &Words, i: usize) -> bool {
    let word = words.get(i);
    word.article
        && word.is(Tags::BODY)
        && labels.name_at(i) == Some((i + 1, NameType::Organization))
}

fn begins(labels: &Labels, i: usize) -> bool {
    let before = i.checked_sub(1).map_or(Label::default(), |k| labels.get(k));
    labels.get(i).begins(before)
}

/// Exact names and titles of casts against those of the model. All that is counted are
/// names, whatever their type.
///
/// # Errors
///
/// If an article can be no text.
pub fn articles<'a>(
    morphology: &Morphology<'_>,
    model: &NameModel<'_>,
    articles: impl IntoIterator<Item = &'a NamedArticle>,
) -> Result<Measured> {
    let mut prepared = Prepared::default();
    let mut read = Labels::default();
    let mut out = Measured::new(&["PER", "ORG", "PLACE", "GROUP", "TITLE"]);
    for article in articles {
        prepared.fill(morphology, &article.text)?;
        let layout = &prepared.layout;
        let right = labels(layout, article);
        read.fill(model, layout, &prepared.tagged, &prepared.words);
        let row = |label: &dyn Fn(usize) -> Label, named: bool| {
            let kind = |i: usize| match named {
                true => label(i).named().map(|_| "name"),
                false => label(i).kind().map(cast),
            };
            let begins = |i: usize| {
                let before = i.checked_sub(1).map_or(Label::default(), label);
                label(i).begins(before)
            };
            spans((0..right.len()).map(|i| (kind(i), begins(i))))
        };
        let (found, wanted) = (|i| read.get(i), |i: usize| right[i]);
        let (f, w) = (row(&found, true), row(&wanted, true));
        out.all.given += f.len();
        out.all.wanted += w.len();
        out.all.right += f.intersection(&w).count();
        let word = |i: usize| match i < right.len() {
            true => layout.word(i).to_owned(),
            false => String::new(),
        };
        out.count(&row(&found, false), &row(&wanted, false), word);
    }
    Ok(out)
}
