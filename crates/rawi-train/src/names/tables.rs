//! What the news tells of words and phrases: clusters, and habits as names.

use std::collections::BTreeMap;

use anyhow::Result;
use rawi_model::{Pack, Records, RecordsWriter};
use rawi_morph::Morphology;
use rawi_names::ner::{self, Habits, WordHabit};
use rawi_names::{Labels, NameModel, NameType};
use rawi_text::TokenKind;
use rawi_words::{LONGEST_PHRASE, phrase_key};

use super::material::Prepared;
use crate::corpus::News;
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

    /// Reads the news with a model and counts what it finds.
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
        let mut by_word: BTreeMap<u64, ([u32; 4], u32)> = BTreeMap::new();
        let mut by_phrase: BTreeMap<u64, [u32; NameType::ALL.len()]> = BTreeMap::new();
        news.each(|text| {
            // A text that is too long to read is none of these articles.
            if prepared.fill(morphology, text).is_err() {
                return;
            }
            let Prepared {
                layout,
                tagged,
                words,
            } = &prepared;
            labels.fill(model, layout, tagged, words);
            for i in 0..layout.tokens().len() {
                if layout.tokens()[i].kind == TokenKind::Word {
                    let (counts, total) =
                        by_word.entry(ner::word_key(&tagged.seen[i])).or_default();
                    *total += 1;
                    if let Some(kind) = labels.get(i).kind().and_then(ner::coarse) {
                        counts[kind] += 1;
                    }
                }
                if let Some((end, kind)) = labels.name_at(i)
                    && (2..=LONGEST_PHRASE).contains(&(end - i))
                {
                    let key = phrase_key(&tagged.seen[i..end]);
                    by_phrase.entry(key).or_default()[kind as usize] += 1;
                }
            }
        })?;
        let clusters = first.open()?.words;
        let words = by_word.into_iter().map(|(key, (counts, total))| {
            let path = clusters.at(key).and_then(|known| WordHabit(known).path());
            let habit = (total >= SEEN).then(|| ner::habit(counts, total));
            (key, WordHabit::new(habit, path).0)
        });
        let phrases = by_phrase.into_iter().filter_map(|(key, counts)| {
            let total: u32 = counts.iter().sum();
            let best = (0..counts.len()).fold(0, |b, k| if counts[k] > counts[b] { k } else { b });
            let sure = total >= SEEN && counts[best] * 10 >= total * 7;
            sure.then_some((key, best as u32 + 1))
        });
        Ok(Self {
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
