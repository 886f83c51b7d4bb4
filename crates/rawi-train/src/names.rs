//! Training and measuring of the name model.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use rawi_model::{Feature, PackWriter, Records, RecordsWriter};
use rawi_morph::{Morphology, Tagged, segment};
use rawi_names::ner::{self, CLASSES, Habits, WordHabit};
use rawi_names::{Label, Labels, NameModel, NameType, Words};
use rawi_text::{Layout, SourceText, TokenKind, fold};
use rawi_words::{LONGEST_PHRASE, phrase_key};

use crate::cards;
use crate::corpus::{self, NamedSentence, News, conll};
use crate::evaluate::Tally;
use crate::learn::{self, Example, Learned, Regimen};
use crate::trees;
use crate::vectors::Vectors;

/// Rows of the weights, as a power of two.
const BITS: u32 = 17;
/// How long and how carefully it is learned.
const REGIMEN: Regimen = Regimen {
    rounds: 14,
    decay: 1e-4,
    drop: 0.4,
};
/// How many times, to take the mean.
const SEEDS: u64 = 4;
/// Sentences in a row that are labeled together, as those of an article are.
const BLOCK: usize = 20;

/// The fine classes of NewsFANE and the types of Wojood as ours.
fn kind(tag: &str) -> Option<NameType> {
    Some(match tag {
        "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist"
        | "Businessperson" | "Lawyer" | "Engineer" | "Police" | "PERS" => NameType::Person,
        "Non-Governmental" | "Commercial" | "Sports" | "Educational" | "Religious_ORG"
        | "Medical-Science" | "Entertainment" | "ORG" => NameType::Organization,
        "Government" => NameType::Government,
        "Group" | "NORP" => NameType::Group,
        "Nation" | "Population-Center" | "State-or-Province" | "County-or-District"
        | "GPE-Cluster" | "GPE" => NameType::Polity,
        "Continent" | "Water-Body" | "Land-Region-Natural" | "LOC" => NameType::Location,
        "Building-Grounds" | "Airport" | "Subarea-Facility" | "Path" | "FAC" => NameType::Facility,
        "Media" => NameType::Media,
        _ => return None,
    })
}

/// Of nested tags the outermost stands first.
fn outermost(tags: &str) -> &str {
    tags.split(' ').next().unwrap_or("O")
}

/// The label of a tag such as `B-Nation`.
fn label(tag: &str) -> Label {
    match outermost(tag).split_once('-') {
        Some((place, name)) => kind(name).map_or(Label::default(), |k| Label::new(k, place == "B")),
        None => Label::default(),
    }
}

/// One sentence run through the stages before names.
#[derive(Default)]
struct Prepared {
    layout: Layout,
    tagged: Tagged,
    words: Words,
    /// For each token the column word that it stands in.
    column: Vec<usize>,
}

impl Prepared {
    fn fill(&mut self, morphology: &Morphology<'_>, sentence: &NamedSentence) -> Result<()> {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (word, _) in sentence {
            text.push_str(word);
            ends.push(text.len());
            text.push(if word.is_empty() { '\n' } else { ' ' });
        }
        let source = SourceText::new(&text).context("a sentence that cannot be a text")?;
        self.layout.analyze(&source);
        self.tagged.fill(morphology, &self.layout);
        self.words.fill(&source, &self.layout);
        self.column = self
            .layout
            .tokens()
            .iter()
            .map(|t| {
                ends.partition_point(|&end| end <= t.span.start.0 as usize)
                    .min(sentence.len() - 1)
            })
            .collect();
        Ok(())
    }
}

/// Examples for the learner; sentences are cut where the layout cuts them.
fn examples(
    morphology: &Morphology<'_>,
    tables: &Tables,
    sentences: &[NamedSentence],
) -> Result<Vec<Example>> {
    let habits = tables.open()?;
    let mut prepared = Prepared::default();
    let mut gathered = ner::Gathered::default();
    let mut out = Vec::new();
    for sentence in sentences {
        prepared.fill(morphology, sentence)?;
        let Prepared {
            layout,
            tagged,
            words,
            column,
        } = &prepared;
        gathered.meet(&habits, layout, tagged);
        for range in layout.sentences() {
            let (start, end) = (range.start as usize, range.end as usize);
            gathered.fill(&habits, layout, tagged, words, start..end);
            let mut example = Example::default();
            for i in start..end {
                let row = |f: Feature| (f.0 & ((1 << BITS) - 1)) as u32;
                let rows = ner::features(&gathered.evidence, i - start)
                    .into_iter()
                    .map(row)
                    .collect();
                let mut label = label(&sentence[column[i]].1);
                // A word that the layout splits has one beginning.
                if i > 0
                    && column[i] == column[i - 1]
                    && let Some(kind) = label.kind()
                {
                    label = Label::new(kind, false);
                }
                let mark = !matches!(layout.tokens()[i].kind, TokenKind::Word | TokenKind::Latin);
                if mark && label.begins(Label::default()) && sentence[column[i]].1.starts_with('B')
                {
                    label = Label::default();
                }
                example.rows.push(rows);
                example.right.push(1 << label.0);
            }
            out.push(example);
        }
    }
    Ok(out)
}

/// Sentences to learn from: NewsFANE without those that share a stretch of text
/// with `held_back`, and the Wojood sample.
pub fn material(
    morphology: &Morphology<'_>,
    shared: &Path,
    held_back: &[NamedSentence],
) -> Result<Vec<NamedSentence>> {
    let data = shared.join("data");
    let mut known = HashSet::new();
    for sentence in held_back {
        known.extend(shingles(sentence));
    }
    let mut out: Vec<NamedSentence> = conll(&data.join("ner-newsfane/train.conll"))?
        .iter()
        .filter(|s| !shingles(s).iter().any(|x| known.contains(x)))
        .map(|s| whole_words(morphology, s))
        .collect();
    for part in ["train", "val", "test"] {
        out.extend(conll(
            &data.join(format!("ner-wojood-sample/nested.{part}.conll")),
        )?);
    }
    Ok(out)
}

/// A sentence of NewsFANE with its clitics where they belong.
fn whole_words(morphology: &Morphology<'_>, sentence: &NamedSentence) -> NamedSentence {
    let entries = &morphology.segmenter().entries;
    let sentence = teams_as_countries(sentence);
    corpus::rejoin(&sentence, |word| segment::entry(entries, word).frequency())
}

/// A sentence of NewsFANE without the one thing in which it stands alone: there
/// a country that plays a match is a sports club.
fn teams_as_countries(sentence: &NamedSentence) -> NamedSentence {
    let mut out = sentence.clone();
    for i in 0..out.len() {
        if out[i].1 != "B-Sports" {
            continue;
        }
        let end = (i + 1..out.len())
            .find(|&k| out[k].1 != "I-Sports")
            .unwrap_or(out.len());
        let words: Vec<&str> = out[i..end].iter().map(|(w, _)| w.as_str()).collect();
        if rawi_names::country(&words.join(" ")).is_some() {
            for (k, (_, tag)) in out[i..end].iter_mut().enumerate() {
                *tag = if k == 0 { "B-Nation" } else { "I-Nation" }.to_owned();
            }
        }
    }
    out
}

/// Every tenth stretch of NewsFANE, which keeps articles together, to measure
/// on in its own terms.
pub fn held_out(morphology: &Morphology<'_>, shared: &Path) -> Result<Vec<NamedSentence>> {
    let all = conll(&shared.join("data/ner-newsfane/train.conll"))?;
    Ok(all
        .iter()
        .enumerate()
        .filter(|(i, _)| i / STRETCH % 10 == 9)
        .map(|(_, s)| whole_words(morphology, s))
        .collect())
}

/// Sentences in a stretch of [`held_out`].
const STRETCH: usize = 49;

/// Runs of 24 letters, spaces and clitic splits aside.
fn shingles(sentence: &NamedSentence) -> Vec<String> {
    let letters: Vec<char> = sentence
        .iter()
        .flat_map(|(w, _)| fold(w).chars().collect::<Vec<_>>())
        .collect();
    letters.windows(24).map(|w| w.iter().collect()).collect()
}

/// The cluster of each word of the news, by its key.
pub type Paths = BTreeMap<u64, u32>;

/// Clusters the words of the news.
pub fn paths(morphology: &Morphology<'_>, news: &News) -> Result<Paths> {
    let vectors = Vectors::learn(morphology, news)?;
    let paths = trees::paths(&vectors);
    Ok(vectors.keys.iter().copied().zip(paths).collect())
}

/// What an earlier model made of the words and phrases of the news.
pub struct Tables {
    words: Vec<u8>,
    phrases: Vec<u8>,
    paths: Paths,
}

impl Tables {
    /// Tables that know nothing but clusters, for the first model.
    pub fn first(paths: Paths) -> Self {
        Self {
            words: word_table(&paths, &BTreeMap::new()),
            phrases: RecordsWriter::default().finish(),
            paths,
        }
    }

    fn open(&self) -> Result<Habits<'_>> {
        Ok(Habits {
            words: Records::open(&self.words)?,
            phrases: Records::open(&self.phrases)?,
        })
    }

    /// Reads the news with a model and counts what it finds.
    pub fn of_news(
        morphology: &Morphology<'_>,
        model: &NameModel<'_>,
        news: &News,
        first: &Tables,
    ) -> Result<Self> {
        let (mut layout, mut tagged) = (Layout::new(), Tagged::default());
        let (mut words, mut labels) = (Words::default(), Labels::default());
        let mut by_word: HashMap<u64, ([u32; 4], u32)> = HashMap::new();
        let mut by_phrase: BTreeMap<u64, [u32; NameType::ALL.len()]> = BTreeMap::new();
        news.each(|text| {
            // A text that is too long to read is none of these articles.
            let Ok(source) = SourceText::new(text) else {
                return;
            };
            layout.analyze(&source);
            tagged.fill(morphology, &layout);
            words.fill(&source, &layout);
            labels.fill(model, &layout, &tagged, &words);
            let mut i = 0;
            while i < layout.tokens().len() {
                let label = labels.get(i);
                if layout.tokens()[i].kind == TokenKind::Word {
                    let (counts, total) =
                        by_word.entry(ner::word_key(&tagged.seen[i])).or_default();
                    *total += 1;
                    if let Some(kind) = label.kind() {
                        counts[ner::coarse(kind)] += 1;
                    }
                }
                if let Some((end, kind)) = labels.name_at(i)
                    && (2..=LONGEST_PHRASE).contains(&(end - i))
                {
                    let key = phrase_key(&tagged.seen[i..end]);
                    by_phrase.entry(key).or_default()[kind as usize] += 1;
                }
                i += 1;
            }
        })?;
        let habits = by_word
            .into_iter()
            .filter(|(_, (_, total))| *total >= SEEN)
            .map(|(key, (counts, total))| (key, ner::habit(counts, total)))
            .collect();
        let mut phrases = RecordsWriter::default();
        for (key, counts) in by_phrase {
            let total: u32 = counts.iter().sum();
            let best = (0..counts.len()).fold(0, |b, k| if counts[k] > counts[b] { k } else { b });
            if total >= SEEN && counts[best] * 10 >= total * 7 {
                phrases.insert_at(key, best as u32 + 1);
            }
        }
        Ok(Self {
            words: word_table(&first.paths, &habits),
            phrases: phrases.finish(),
            paths: first.paths.clone(),
        })
    }
}

/// One table of clusters and habits.
fn word_table(paths: &Paths, habits: &BTreeMap<u64, u32>) -> Vec<u8> {
    let mut table = RecordsWriter::default();
    for &key in paths.keys().chain(habits.keys()) {
        let known = WordHabit::new(habits.get(&key).copied(), paths.get(&key).copied());
        table.insert_at(key, known.0);
    }
    table.finish()
}

/// Words and phrases that the news has fewer times leave no habit.
const SEEN: u32 = 4;

/// Learns the model.
pub fn learn(
    morphology: &Morphology<'_>,
    tables: &Tables,
    sentences: &[NamedSentence],
) -> Result<Learned> {
    let examples = examples(morphology, tables, sentences)?;
    Ok(learn::crf_mean(&examples, BITS, CLASSES, REGIMEN, SEEDS))
}

/// The pack of a learned model.
pub fn pack(learned: &Learned, tables: &Tables) -> Vec<u8> {
    let (weights, steps) = learned.finish();
    let about = cards::about("names", Vec::new());
    let mut pack = PackWriter::model(&about, rawi_names::ner::TEMPLATES);
    pack.add("names", weights);
    pack.add("name-steps", steps);
    pack.add("name-words", tables.words.clone());
    pack.add("name-phrases", tables.phrases.clone());
    pack.finish()
}

/// Names in columns: begin, end and coarse type.
fn spans(labels: &[(Option<&str>, bool)]) -> HashSet<(usize, usize, String)> {
    let mut out = HashSet::new();
    let mut open: Option<(usize, &str)> = None;
    for (i, &(kind, begins)) in labels.iter().chain([&(None, false)]).enumerate() {
        let goes_on = matches!((open, kind), (Some((_, k)), Some(now)) if k == now && !begins);
        if !goes_on {
            if let Some((start, k)) = open.take() {
                out.insert((start, i, k.to_owned()));
            }
            open = kind.map(|k| (i, k));
        }
    }
    out
}

/// The coarse type of ANERcorp.
///
/// It does not count governments' bodies, peoples and buildings.
fn coarse(kind: NameType) -> Option<&'static str> {
    Some(match kind {
        NameType::Person => "PERS",
        NameType::Organization | NameType::Media => "ORG",
        NameType::Polity | NameType::Location => "LOC",
        NameType::Government | NameType::Group | NameType::Facility => return None,
    })
}

/// Our types by name.
fn own(kind: NameType) -> &'static str {
    match kind {
        NameType::Person => "person",
        NameType::Organization => "organization",
        NameType::Government => "government",
        NameType::Media => "media",
        NameType::Polity => "polity",
        NameType::Location => "location",
        NameType::Group => "group",
        NameType::Facility => "facility",
    }
}

/// How names are compared: what counts as which type, on both sides.
pub struct Scheme {
    /// The types that are counted.
    pub types: Vec<&'static str>,
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
            types: NameType::ALL.into_iter().map(own).collect(),
            found: |k| Some(own(k)),
            wanted: |tag| kind(tag).map(own),
        }
    }
}

/// A tally for each type, and the names that are wrong, one a line.
pub type Measured = (Vec<(&'static str, Tally)>, Vec<String>);

/// Exact names in columns against those of the model.
pub fn measure(
    morphology: &Morphology<'_>,
    model: &NameModel<'_>,
    sentences: &[NamedSentence],
    scheme: &Scheme,
) -> Result<Measured> {
    let mut prepared = Prepared::default();
    let mut labels = Labels::default();
    let mut tallies: Vec<(&'static str, Tally)> = scheme
        .types
        .iter()
        .map(|&name| (name, Tally::default()))
        .collect();
    let mut wrong = Vec::new();
    for block in sentences.chunks(BLOCK) {
        let sentence = &block.join(&(String::new(), "O".to_owned()));
        prepared.fill(morphology, sentence)?;
        labels.fill(model, &prepared.layout, &prepared.tagged, &prepared.words);
        let mut found: Vec<(Option<&str>, bool)> = vec![(None, false); sentence.len()];
        for (i, &column) in prepared.column.iter().enumerate() {
            let label = labels.get(i);
            if found[column].0.is_none()
                && let Some(kind) = label.kind()
            {
                let before = i.checked_sub(1).map_or(Label::default(), |k| labels.get(k));
                found[column] = ((scheme.found)(kind), label.begins(before));
            }
        }
        let wanted: Vec<(Option<&str>, bool)> = sentence
            .iter()
            .map(|(_, tag)| match outermost(tag).split_once('-') {
                Some((place, name)) => ((scheme.wanted)(name), place == "B"),
                None => (None, false),
            })
            .collect();
        let (found, wanted) = (spans(&found), spans(&wanted));
        for (name, tally) in &mut tallies {
            let count =
                |set: &HashSet<(usize, usize, String)>| set.iter().filter(|s| s.2 == *name).count();
            tally.given += count(&found);
            tally.wanted += count(&wanted);
            tally.right += found.intersection(&wanted).filter(|s| s.2 == *name).count();
        }
        let show = |mark: &str, s: &(usize, usize, String)| {
            let words: Vec<&str> = sentence[s.0.saturating_sub(2)..(s.1 + 2).min(sentence.len())]
                .iter()
                .map(|(w, _)| w.as_str())
                .collect();
            let name: Vec<&str> = sentence[s.0..s.1].iter().map(|(w, _)| w.as_str()).collect();
            format!("{mark} {} {} | {}", s.2, name.join(" "), words.join(" "))
        };
        let mut lines: Vec<String> = found
            .difference(&wanted)
            .map(|s| show("+", s))
            .chain(wanted.difference(&found).map(|s| show("-", s)))
            .collect();
        lines.sort();
        wrong.extend(lines);
    }
    Ok((tallies, wrong))
}
