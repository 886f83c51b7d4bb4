//! What the news tells of words and phrases: clusters, and habits as names.

use std::collections::BTreeMap;

use anyhow::Result;
use rawi_model::{Pack, Records, RecordsWriter};
use rawi_morph::Morphology;
use rawi_names::ner::{self, Habits, WordCounts, WordHabit};
use rawi_names::{Label, Labels, NameModel, NameType};
use rawi_text::TokenKind;
use rawi_words::{LONGEST_PHRASE, phrase_key};

use super::material::{Prepared, labels};
use crate::corpus::{News, Teacher};
use crate::trees;
use crate::vectors::Vectors;

/// Words and phrases that the news has fewer times leave no habit.
const SEEN: u32 = 4;

/// The cluster of each word of the news, by its key.
pub type Paths = BTreeMap<u64, u32>;

/// Clusters the words of the news.
///
/// # Errors
///
/// If the news cannot be read.
pub fn paths(morphology: &Morphology<'_>, news: &News) -> Result<Paths> {
    let vectors = Vectors::learn(morphology, news)?;
    let paths = trees::paths(&vectors);
    Ok(vectors.keys.iter().copied().zip(paths).collect())
}

/// What an earlier model made of the words and phrases of the news.
pub struct Tables {
    pub(super) words: Vec<u8>,
    pub(super) phrases: Vec<u8>,
}

impl Tables {
    /// Tables that know nothing but clusters, for the first model.
    pub fn first(paths: &Paths) -> Self {
        let words = paths
            .iter()
            .map(|(&key, &path)| (key, WordHabit::new(None, Some(path))));
        Self {
            words: table(words.map(|(key, habit)| (key, habit.0))),
            phrases: table([]),
        }
    }

    /// The tables of a pack.
    ///
    /// # Errors
    ///
    /// If it is no pack of names.
    pub fn of_pack(bytes: &[u8]) -> Result<Self> {
        let pack = Pack::open(bytes)?;
        Ok(Self {
            words: pack.section("name-words")?.to_vec(),
            phrases: pack.section("name-phrases")?.to_vec(),
        })
    }

    /// The tables as the model looks them up.
    ///
    /// # Errors
    ///
    /// Never, unless what was written cannot be read.
    pub fn open(&self) -> Result<Habits<'_>> {
        Ok(Habits {
            words: Records::open(&self.words)?,
            phrases: Records::open(&self.phrases)?,
        })
    }

    /// Reads the news with a model and keeps the habits that it finds, beside the
    /// clusters of `first`.
    ///
    /// # Errors
    ///
    /// If the news cannot be read.
    pub fn of_news(
        morphology: &Morphology<'_>,
        model: &NameModel<'_>,
        news: &News,
        first: &Tables,
    ) -> Result<Self> {
        let mut prepared = Prepared::default();
        let mut labels = Labels::default();
        let mut counts = Counts::default();
        news.each(|text| {
            // A text that is too long to read is none of these articles.
            if prepared.fill(morphology, text).is_err() {
                return;
            }
            labels.fill(model, &prepared.layout, &prepared.tagged, &prepared.words);
            counts.add(&prepared, |i| labels.get(i));
        })?;
        counts.tables(first)
    }

    /// Keeps the habits that a teacher found in the news, beside the clusters of
    /// `first`.
    ///
    /// # Errors
    ///
    /// If the news cannot be read.
    pub fn of_teacher(
        morphology: &Morphology<'_>,
        teacher: &Teacher,
        news: &News,
        first: &Tables,
    ) -> Result<Self> {
        let mut prepared = Prepared::default();
        let mut counts = Counts::default();
        teacher.each(news, |article| {
            if prepared.fill(morphology, &article.text).is_err() {
                return;
            }
            let labels = labels(&prepared.layout, article);
            counts.add(&prepared, |i| labels[i]);
        })?;
        counts.tables(first)
    }
}

/// How often words and phrases are names all over the news.
#[derive(Default)]
struct Counts {
    words: BTreeMap<u64, WordCounts>,
    /// Phrases by type.
    phrases: BTreeMap<u64, [u32; NameType::ALL.len()]>,
}

impl Counts {
    fn add(&mut self, prepared: &Prepared, label: impl Fn(usize) -> Label) {
        let Prepared { layout, tagged, .. } = prepared;
        let begins = |i: usize| {
            let before = i.checked_sub(1).map_or(Label::default(), &label);
            label(i).begins(before)
        };
        let count = layout.tokens().len();
        let goes_on = |i: usize| i < count && label(i).kind().is_some() && !begins(i);
        for i in 0..count {
            let kind = label(i).kind();
            if layout.tokens()[i].kind == TokenKind::Word {
                let word = self
                    .words
                    .entry(ner::word_key(&tagged.seen[i]))
                    .or_default();
                word.count(kind, begins(i), !goes_on(i + 1));
            }
            if let Some(kind) = kind.filter(|_| begins(i)) {
                let longest = (i + 1..=i + LONGEST_PHRASE).find(|&k| !goes_on(k));
                if let Some(end) = longest.filter(|end| end - i > 1) {
                    let key = phrase_key(&tagged.seen[i..end]);
                    self.phrases.entry(key).or_default()[kind as usize] += 1;
                }
            }
        }
    }

    fn tables(self, first: &Tables) -> Result<Tables> {
        let clusters = first.open()?.words;
        let words = self.words.into_iter().map(|(key, counts)| {
            let path = clusters.at(key).and_then(|known| WordHabit(known).path());
            let habit = (counts.total >= SEEN).then(|| counts.habit());
            (key, WordHabit::new(habit, path).0)
        });
        let phrases = self.phrases.into_iter().filter_map(|(key, counts)| {
            let total: u32 = counts.iter().sum();
            let best = (0..counts.len()).fold(0, |b, k| if counts[k] > counts[b] { k } else { b });
            let sure = total >= SEEN && counts[best] * 10 >= total * 7;
            sure.then_some((key, best as u32 + 1))
        });
        Ok(Tables {
            words: table(words.filter(|(_, known)| *known != 0)),
            phrases: table(phrases),
        })
    }
}

/// A table of what is known of keys.
fn table(rows: impl IntoIterator<Item = (u64, u32)>) -> Vec<u8> {
    let mut table = RecordsWriter::default();
    for (key, value) in rows {
        table.insert_at(key, value);
    }
    table.finish()
}
