//! Training of the morphology: segmentation, parts of speech, lemmas.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use rawi_model::{
    Feature, LANES, PackWriter, Records, RecordsWriter, Weights, WeightsWriter, lane,
};
use rawi_morph::segment::{self, Segmenter};
use rawi_morph::tagger::{self, Seen, Shape};
use rawi_morph::{Cut, Entry};

use crate::corpus::{self, News, Sentence, Written};
use crate::learn::{self, Choice, Example, Learned};
use crate::lexica::Lexica;
use crate::{cards, clusters, counts};

/// Rows of the segmenter's weights, as a power of two.
const SEGMENT_BITS: u32 = 13;
/// Rows of the tagger's weights, as a power of two.
pub const TAG_BITS: u32 = 16;
/// How much each step of learning forgets.
const REGIMEN: learn::Regimen = learn::Regimen {
    rounds: 12,
    decay: 1e-4,
    drop: 0.0,
};
/// Clusters of stems.
const CLUSTERS: usize = 1000;

/// What the data tells, before anything is learned.
pub struct Material {
    /// Folded words of the news with their counts, most frequent first.
    pub vocabulary: Vec<(String, u32)>,
    /// Lexica.
    pub lexica: Lexica,
    /// Sentences with parts of speech (PUD).
    pub tagged: Vec<Sentence>,
    /// Sentences with coarser tags (WikiNews).
    pub coarse: Vec<Sentence>,
}

impl Material {
    /// Reads everything that the models may be trained on.
    pub fn read(shared: &Path, own: &Path, news: &News) -> Result<Self> {
        let data = shared.join("data");
        Ok(Self {
            vocabulary: counts::words(news)?,
            lexica: Lexica::read(&data, own)?,
            tagged: corpus::treebank(&data.join("ud-pud/ar_pud-ud-test.conllu"))?,
            coarse: corpus::wikinews(&data.join("pos-wikinews/wikinews.pos.conll"))?,
        })
    }
}

/// The table of entries from what is known so far.
pub fn entries(
    material: &Material,
    clusters: &BTreeMap<String, u16>,
    cuts: &BTreeMap<String, Cut>,
) -> Vec<u8> {
    let mut forms: BTreeMap<&str, (u8, u16, u8, Option<Cut>)> = BTreeMap::new();
    for (form, count) in &material.vocabulary {
        forms.entry(form).or_default().0 = counts::level(*count);
    }
    for (form, &cluster) in clusters {
        forms.entry(form).or_default().1 = cluster;
    }
    for (form, cut) in cuts {
        forms.entry(form).or_default().3 = Some(*cut);
    }
    // Inflection makes far more forms than anybody writes.
    for (form, known) in &mut forms {
        known.2 = material.lexica.classes.get(*form).copied().unwrap_or(0);
    }
    let mut table = RecordsWriter::default();
    for (form, (frequency, cluster, classes, cut)) in forms {
        table.insert(form, Entry::new(frequency, cluster, classes, cut).0);
    }
    table.finish()
}

/// Learns to choose cuts from sentences, given entries without cuts.
pub fn segmenter(entries: &[u8], sentences: &[&Sentence]) -> Result<Vec<u8>> {
    let records = Records::open(entries)?;
    let mut seen: BTreeMap<(&str, Cut), usize> = BTreeMap::new();
    for written in sentences.iter().copied().flatten() {
        let arabic = written
            .form
            .chars()
            .all(|c| ('\u{621}'..='\u{64a}').contains(&c));
        if let (Some(cut), true) = (written.cut, arabic) {
            *seen.entry((&written.form, cut)).or_default() += 1;
        }
    }
    let mut choices = Vec::new();
    for ((form, right), times) in seen {
        let known = segment::entry(&records, form);
        let mut choice = Choice {
            candidates: Vec::new(),
            right: usize::MAX,
            times: times.min(8),
        };
        Cut::each(form, |cut| {
            if cut == right {
                choice.right = choice.candidates.len();
            }
            let mut rows = Vec::new();
            segment::features(&records, form, known, cut, |f| rows.push(slot(f)));
            choice.candidates.push(rows);
        });
        if choice.right != usize::MAX && choice.candidates.len() > 1 {
            choices.push(choice);
        }
    }
    let weights = learn::rank(&choices, LANES << SEGMENT_BITS, 12);
    let rows: Vec<[f32; LANES]> = weights.as_chunks::<LANES>().0.to_vec();
    let largest = weights.iter().fold(0.0f32, |a, w| a.max(w.abs()));
    Ok(WeightsWriter::quantize(&rows, largest).0.finish())
}

/// Where the one weight of a feature stands.
fn slot(feature: Feature) -> u32 {
    let row = (feature.0 & ((1 << SEGMENT_BITS) - 1)) as usize;
    (row * LANES + lane(feature)) as u32
}

/// The cut of every form that news has often, so that it need not be chosen
/// when reading; what annotators did with a form goes before what was learned.
pub fn settled(
    material: &Material,
    segmenter: &Segmenter<'_>,
    sentences: &[&Sentence],
) -> BTreeMap<String, Cut> {
    let mut votes: BTreeMap<&str, BTreeMap<Cut, usize>> = BTreeMap::new();
    for written in sentences.iter().copied().flatten() {
        if let Some(cut) = written.cut {
            *votes
                .entry(&written.form)
                .or_default()
                .entry(cut)
                .or_default() += 1;
        }
    }
    material
        .vocabulary
        .iter()
        .map(|(form, _)| {
            let known = segment::entry(&segmenter.entries, form);
            let learned = segmenter.best(form, known);
            let cut = votes.get(form.as_str()).and_then(|cuts| {
                let best = cuts.iter().max_by_key(|(_, n)| **n)?;
                (*best.1 >= 2).then_some(*best.0)
            });
            (form.clone(), cut.unwrap_or(learned))
        })
        .collect()
}

/// The words of a sentence as the tagger sees them. With `gold` their annotated
/// cuts are taken, else they are chosen.
pub fn seen(segmenter: &Segmenter<'_>, sentence: &Sentence, gold: bool) -> Vec<Seen> {
    sentence
        .iter()
        .map(|w| {
            let cut = if gold { w.cut } else { None };
            Seen::new(segmenter, &w.form, Shape::of(&w.form), cut)
        })
        .collect()
}

/// Examples for a sequence learner.
pub fn examples(segmenter: &Segmenter<'_>, sentences: &[&Sentence]) -> Vec<Example> {
    sentences
        .iter()
        .map(|sentence| {
            let words = seen(segmenter, sentence, true);
            Example {
                rows: rows(&words, TAG_BITS),
                right: sentence.iter().map(Written::tags).collect(),
            }
        })
        .collect()
}

fn rows(words: &[Seen], bits: u32) -> Vec<Vec<u32>> {
    (0..words.len())
        .map(|i| {
            let row = |f: Feature| (f.0 & ((1 << bits) - 1)) as u32;
            tagger::features(words, i).into_iter().map(row).collect()
        })
        .collect()
}

/// The trained sections.
pub struct Trained {
    /// Entries with clusters and cuts.
    pub entries: Vec<u8>,
    /// Weights of the segmenter.
    pub cuts: Vec<u8>,
}

/// Learns entries and segmentation from sentences.
pub fn segmentation(material: &Material, news: &News, sentences: &[&Sentence]) -> Result<Trained> {
    let none = BTreeMap::new();
    let first = entries(material, &none, &BTreeMap::new());
    let cuts = segmenter(&first, sentences)?;
    let chooser = Segmenter {
        entries: Records::open(&first)?,
        weights: Weights::open(&cuts)?,
    };
    let settled = settled(material, &chooser, sentences);
    let second = entries(material, &none, &settled);
    let chooser = Segmenter {
        entries: Records::open(&second)?,
        weights: Weights::open(&cuts)?,
    };
    let clusters = clusters::clusters(news, &material.vocabulary, &chooser, CLUSTERS)
        .context("cannot cluster the news")?;
    Ok(Trained {
        entries: entries(material, &clusters, &settled),
        cuts,
    })
}

/// Learns the tagger.
pub fn tagger(trained: &Trained, sentences: &[&Sentence], crf: bool) -> Result<Learned> {
    let segmenter = trained.segmenter()?;
    let examples = examples(&segmenter, sentences);
    Ok(if crf {
        learn::crf(&examples, TAG_BITS, LANES, REGIMEN, 1)
    } else {
        learn::perceptron(&examples, TAG_BITS, 12)
    })
}

impl Trained {
    /// The segmenter over the trained sections.
    pub fn segmenter(&self) -> Result<Segmenter<'_>> {
        Ok(Segmenter {
            entries: Records::open(&self.entries)?,
            weights: Weights::open(&self.cuts)?,
        })
    }
}

/// Trains the whole morphology and returns its pack.
pub fn pack(material: &Material, news: &News) -> Result<Vec<u8>> {
    let all: Vec<&Sentence> = material.tagged.iter().chain(&material.coarse).collect();
    let trained = segmentation(material, news, &all)?;
    let tagged: Vec<&Sentence> = material.tagged.iter().collect();
    let (tags, steps) = tagger(&trained, &tagged, true)?.finish();
    let (lemmas, strings) = crate::lemmas::lemmas(material, &trained.segmenter()?);
    let about = cards::about("morph", Vec::new());
    let mut pack = PackWriter::model(&about, rawi_morph::tagger::TEMPLATES);
    pack.add("entries", trained.entries);
    pack.add("cuts", trained.cuts);
    pack.add("tags", tags);
    pack.add("tag-steps", steps);
    pack.add("lemmas", lemmas);
    pack.add("strings", strings);
    Ok(pack.finish())
}
