//! What names are learned from, and how its conventions differ.
//!
//! The casts label what rawi asks for. NewsFANE and Wojood label less: a title (of
//! NewsFANE) or a noun that stands for a body (`الوزارة`) is no name to them, so that
//! what they leave out counts only as far as it says something. And each of them has
//! ways of its own, which are learned beside the model and thrown away ([`Corpus`]).

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use rawi_model::Feature;
use rawi_morph::{Morphology, Tagged, segment};
use rawi_names::ner::{self, Habits};
use rawi_names::{Label, NameType, Tags, Words};
use rawi_text::{Layout, SourceText, TokenKind, fold};

use super::BITS;
use crate::corpus::{self, NamedArticle, NamedSentence, conll};
use crate::learn::Example;

/// Whose annotation a text has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Corpus {
    /// The casts: what rawi asks for.
    Casts,
    /// NewsFANE.
    Fane,
    /// The sample of Wojood.
    Wojood,
    /// News that a larger model labeled, which learned from the casts.
    Taught,
}

impl Corpus {
    /// Whether it has conventions of its own.
    fn is_foreign(self) -> bool {
        matches!(self, Corpus::Fane | Corpus::Wojood)
    }

    /// The rows of a feature: that of the model, and for a foreign corpus one that
    /// learns in what it differs.
    fn rows(self, feature: Feature) -> impl Iterator<Item = u32> {
        let row = |f: Feature| (f.0 & ((1 << BITS) - 1)) as u32;
        let own = self
            .is_foreign()
            .then(|| row(feature.and(self as u64)) | 1 << BITS);
        [row(feature)].into_iter().chain(own)
    }

    /// What may be right for a word that has a label there.
    fn allows(self, label: Label, word: Tags) -> u16 {
        let bit = |kind, begins| 1 << Label::new(kind, begins).0;
        let mut right = 1 << label.0;
        if self.is_foreign() && label == Label::default() {
            right |= bit(NameType::Title, true) | bit(NameType::Title, false);
            if word.any(Tags::BODY) {
                right |= bit(NameType::Organization, true);
            }
        }
        right
    }
}

/// What names are learned from.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// Articles with their casts.
    pub casts: Vec<NamedArticle>,
    /// Articles that a larger model labeled, if there is one.
    pub taught: Vec<NamedArticle>,
    /// NewsFANE, clitics where they belong.
    pub fane: Vec<NamedSentence>,
    /// The sample of Wojood.
    pub wojood: Vec<NamedSentence>,
}

impl Material {
    /// Reads it. Of NewsFANE is left out what shares a stretch of text with `held_back`.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn read(
        morphology: &Morphology<'_>,
        shared: &Path,
        held_back: &[NamedSentence],
    ) -> Result<Self> {
        let data = shared.join("data");
        let mut known = HashSet::new();
        for sentence in held_back {
            known.extend(shingles(sentence));
        }
        let mut out = Self::default();
        for (articles, casts) in corpus::TAUGHT {
            let gold = shared.join("gold");
            out.casts
                .extend(corpus::casts(&gold.join(articles), &gold.join(casts))?);
        }
        out.fane = conll(&data.join("ner-newsfane/train.conll"))?
            .iter()
            .filter(|s| !shingles(s).iter().any(|x| known.contains(x)))
            .map(|s| whole_words(morphology, s))
            .collect();
        for part in ["train", "val", "test"] {
            let path = data.join(format!("ner-wojood-sample/nested.{part}.conll"));
            out.wojood.extend(conll(&path)?);
        }
        Ok(out)
    }

    /// Examples for the learner; texts are cut where the layout cuts them.
    ///
    /// # Errors
    ///
    /// If a text cannot be read.
    pub fn examples(
        &self,
        morphology: &Morphology<'_>,
        habits: &Habits<'_>,
    ) -> Result<Vec<Example>> {
        let mut writer = ExampleWriter {
            habits,
            prepared: Prepared::default(),
            gathered: ner::Gathered::default(),
            out: Vec::new(),
        };
        for (corpus, articles) in [(Corpus::Casts, &self.casts), (Corpus::Taught, &self.taught)] {
            for article in articles {
                writer.prepared.fill(morphology, &article.text)?;
                let labels = labels(&writer.prepared.layout, article);
                writer.add(corpus, &labels, &article.doubtful);
            }
            // What people annotated counts twice as much as what a teacher did.
            if corpus == Corpus::Casts && !self.taught.is_empty() {
                writer.out.extend_from_within(..);
            }
        }
        for (corpus, sentences) in [(Corpus::Fane, &self.fane), (Corpus::Wojood, &self.wojood)] {
            for sentence in sentences {
                let columns = writer.prepared.fill_columns(morphology, sentence)?;
                let labels = column_labels(&writer.prepared.layout, sentence, &columns);
                writer.add(corpus, &labels, &[]);
            }
        }
        Ok(writer.out)
    }
}

/// A text run through the stages before names.
#[derive(Default)]
pub struct Prepared {
    /// Its tokens.
    pub layout: Layout,
    /// How they are cut and tagged.
    pub tagged: Tagged,
    /// What the tables know of them.
    pub words: Words,
}

impl Prepared {
    /// Runs a text through the stages.
    ///
    /// # Errors
    ///
    /// If it can be no text.
    pub fn fill(&mut self, morphology: &Morphology<'_>, text: &str) -> Result<()> {
        let source = SourceText::new(text).context("cannot be a text")?;
        self.layout.analyze(&source);
        self.tagged.fill(morphology, &self.layout);
        self.words.fill(&source, &self.layout);
        Ok(())
    }

    /// Runs a sentence of columns through the stages. For each token: the column word
    /// that it stands in.
    ///
    /// # Errors
    ///
    /// As [`fill`](Self::fill).
    pub fn fill_columns(
        &mut self,
        morphology: &Morphology<'_>,
        sentence: &NamedSentence,
    ) -> Result<Vec<usize>> {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (word, _) in sentence {
            text.push_str(word);
            ends.push(text.len());
            text.push(if word.is_empty() { '\n' } else { ' ' });
        }
        self.fill(morphology, &text)?;
        let column = |start: usize| ends.partition_point(|&end| end <= start);
        let tokens = self.layout.tokens().iter();
        Ok(tokens
            .map(|t| column(t.span.start.0 as usize).min(sentence.len() - 1))
            .collect())
    }
}

/// Writes examples of texts that are labeled.
struct ExampleWriter<'a> {
    habits: &'a Habits<'a>,
    prepared: Prepared,
    gathered: ner::Gathered,
    out: Vec<Example>,
}

impl ExampleWriter<'_> {
    /// Adds the sentences of the text that is prepared. Where it is `doubtful`, in
    /// bytes, anything may be right.
    fn add(&mut self, corpus: Corpus, labels: &[Label], doubtful: &[Range<usize>]) {
        let Prepared {
            layout,
            tagged,
            words,
        } = &self.prepared;
        let allowed = |(i, &label): (usize, &Label)| corpus.allows(label, words.get(i).tags);
        let mut right: Vec<u16> = labels.iter().enumerate().map(allowed).collect();
        for range in doubtful {
            right[tokens(layout, range)].fill(u16::MAX);
        }
        self.gathered.meet(self.habits, layout, tagged);
        for range in layout.sentences() {
            let sentence = range.start as usize..range.end as usize;
            self.gathered
                .fill(self.habits, layout, tagged, words, sentence.clone());
            let rows = (0..sentence.len()).map(|i| {
                let features = ner::features(&self.gathered.evidence, i);
                features.into_iter().flat_map(|f| corpus.rows(f)).collect()
            });
            self.out.push(Example {
                rows: rows.collect(),
                right: right[sentence.clone()].to_vec(),
            });
        }
    }
}

/// The tokens of a stretch of text, in bytes.
fn tokens(layout: &Layout, range: &Range<usize>) -> Range<usize> {
    let tokens = layout.tokens();
    let first = tokens.partition_point(|t| t.span.end.0 as usize <= range.start);
    let end = tokens.partition_point(|t| (t.span.start.0 as usize) < range.end);
    first..end.max(first)
}

/// The labels of the tokens of an article.
pub fn labels(layout: &Layout, article: &NamedArticle) -> Vec<Label> {
    let mut out = vec![Label::default(); layout.tokens().len()];
    for (range, kind) in &article.names {
        let mut begins = true;
        for label in &mut out[tokens(layout, range)] {
            if *label == Label::default() {
                *label = Label::new(*kind, begins);
                begins = false;
            }
        }
    }
    for range in &article.titles {
        let mut begins = true;
        for i in tokens(layout, range) {
            // A title goes on neither over a name nor over a quotation mark.
            let word = layout.tokens()[i].kind != TokenKind::Punct;
            let free = out[i] == Label::default() && word;
            if free {
                out[i] = Label::new(NameType::Title, begins);
            }
            begins = !free;
        }
    }
    out
}

/// The fine classes of NewsFANE and the types of Wojood as ours.
pub fn kind(tag: &str) -> Option<NameType> {
    Some(match tag {
        "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist"
        | "Businessperson" | "Lawyer" | "Engineer" | "Police" | "PERS" => NameType::Person,
        "Non-Governmental" | "Commercial" | "Sports" | "Educational" | "Religious_ORG"
        | "Medical-Science" | "Entertainment" | "Government" | "ORG" => NameType::Organization,
        "Group" | "NORP" => NameType::Group,
        "Nation" | "Population-Center" | "State-or-Province" | "County-or-District"
        | "GPE-Cluster" | "GPE" => NameType::Polity,
        "Continent" | "Water-Body" | "Land-Region-Natural" | "LOC" => NameType::Location,
        "Building-Grounds" | "Airport" | "Subarea-Facility" | "Path" | "FAC" => NameType::Facility,
        "Media" => NameType::Media,
        "OCC" => NameType::Title,
        _ => return None,
    })
}

/// The place (`B`, `I`) and the name of a tag such as `B-Nation`. Of nested tags the
/// outermost stands first, and names stay names inside titles.
pub fn place(tags: &str) -> Option<(&str, &str)> {
    let mut nested = tags.split(' ').filter_map(|tag| tag.split_once('-'));
    let outermost = nested.next()?;
    let inner = match outermost.1 {
        "OCC" => nested.find(|(_, name)| *name != "OCC" && kind(name).is_some()),
        _ => None,
    };
    Some(inner.unwrap_or(outermost))
}

/// The labels of the tokens of a sentence in columns.
fn column_labels(layout: &Layout, sentence: &NamedSentence, columns: &[usize]) -> Vec<Label> {
    let mut out: Vec<Label> = Vec::with_capacity(columns.len());
    for (i, &column) in columns.iter().enumerate() {
        let Some((place, kind)) =
            place(&sentence[column].1).and_then(|(place, name)| Some((place, kind(name)?)))
        else {
            out.push(Label::default());
            continue;
        };
        let before = i.checked_sub(1).map(|k| columns[k]);
        // A word that the layout splits has one beginning.
        let begins = place == "B" && before != Some(column);
        let mark = !matches!(layout.tokens()[i].kind, TokenKind::Word | TokenKind::Latin);
        out.push(match begins && mark {
            true => Label::default(),
            false => Label::new(kind, begins),
        });
    }
    out
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
