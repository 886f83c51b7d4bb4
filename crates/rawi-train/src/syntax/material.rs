//! What trees are learned from: PUD, with tags by taggers that never saw its sentences, and
//! sentences of news of our own.

use std::path::Path;

use anyhow::{Context, Result};
use rawi::{Models, Reader};
use rawi_model::{Pack, PackWriter};
use rawi_morph::{Morphology, tagger};
use rawi_syntax::state::NONE;
use rawi_syntax::{Atoms, Label};
use rawi_text::Layout;
use serde::{Deserialize, Serialize};

use super::learn::learn;
use crate::corpus::{self, News, Sentence, Tree};
use crate::engine::leak;
use crate::input;
use crate::morph::{self, Trained};
use crate::offsets;

/// Into how many parts PUD is cut for its tags.
const PARTS: usize = 5;

/// One sentence to learn from.
#[derive(Clone, Debug)]
pub struct Example {
    pub(super) atoms: Atoms,
    pub(super) heads: Vec<u32>,
    pub(super) labels: Vec<Label>,
}

/// All sentences to learn from.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// UD Arabic-PUD.
    pub(super) pud: Vec<Example>,
    /// News, annotated by us: the sentences of an article side by side.
    pub(super) news: Vec<Example>,
}

impl Material {
    /// Reads it; `base` reads the words.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn read(base: &Models, shared: &Path, own: &Path) -> Result<Self> {
        let file = shared.join("data/ud-pud/ar_pud-ud-test.conllu");
        let trees = corpus::trees(&file)?;
        let tagged = corpus::treebank(&file)?;
        let mut pud = Vec::with_capacity(trees.len());
        for part in 0..PARTS {
            let rest = tagged.iter().enumerate().filter(|(i, _)| i % PARTS != part);
            let rest: Vec<&Sentence> = rest.map(|(_, s)| s).collect();
            let models = Models {
                morphology: without(&rest)?,
                ..base.clone()
            };
            let mut worker = Reader::with_models(models).worker();
            for (i, tree) in trees.iter().enumerate().skip(part).step_by(PARTS) {
                pud.push((i, examples(&mut worker, tree)?));
            }
        }
        pud.sort_by_key(|(i, _)| *i);
        let mut worker = Reader::with_models(base.clone()).worker();
        let mut news = Vec::new();
        for tree in annotated(shared, own)? {
            news.extend(examples(&mut worker, &tree)?);
        }
        Ok(Self {
            pud: pud.into_iter().flat_map(|(_, all)| all).collect(),
            news,
        })
    }

    /// The bytes of the model that all sentences teach.
    pub fn learn(&self) -> Vec<u8> {
        learn(&self.iter().collect::<Vec<_>>()).pack()
    }

    /// Every sentence.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Example> {
        self.pud.iter().chain(&self.news)
    }
}

/// The morphology with a tagger that learned from some sentences only.
fn without(sentences: &[&Sentence]) -> Result<Morphology<'static>> {
    let whole = Pack::open(rawi_models::MORPH.bytes)?;
    let section = |name: &str| whole.section(name).map(<[u8]>::to_vec);
    let trained = Trained {
        entries: section("entries")?,
        cuts: section("cuts")?,
    };
    let (tags, steps) = morph::tagger(&trained, sentences, true)?.finish();
    let mut pack = PackWriter::model(&whole.about()?, tagger::TEMPLATES);
    for (name, bytes) in whole.sections().filter(|(name, _)| *name != "about") {
        let bytes = match name {
            "tags" => tags.clone(),
            "tag-steps" => steps.clone(),
            _ => bytes.to_vec(),
        };
        pack.add(name, bytes);
    }
    Ok(Morphology::open(leak(pack.finish()))?)
}

/// The sentences of a tree's text as the engine cuts it, each with its part of the tree.
pub(super) fn examples(worker: &mut rawi::Worker, tree: &Tree) -> Result<Vec<Example>> {
    let prepared = worker.words(&tree.text)?;
    let layout = prepared.layout;
    // The token of each word of the tree, and the word of each token.
    let mut word_of = vec![NONE; layout.tokens().len()];
    let first = token_starts(layout);
    let mut token_of = vec![usize::MAX; tree.words.len()];
    for (k, word) in tree.words.iter().enumerate() {
        let from = first.partition_point(|&s| s < word.bytes.start);
        let to = first.partition_point(|&s| s < word.bytes.end);
        for (i, at) in word_of[from..to].iter_mut().enumerate() {
            *at = k as u32;
            if i == 0 {
                token_of[k] = from;
            }
        }
    }
    let mut out = Vec::new();
    for sentence in layout.sentences() {
        let mut atoms = Atoms::default();
        let range = sentence.start as usize..sentence.end as usize;
        atoms.fill(
            layout,
            prepared.tagged,
            prepared.words,
            prepared.mentions,
            range,
        );
        let place = |token: usize| atoms.tokens().binary_search(&(token as u32)).ok();
        let mut heads = Vec::new();
        let mut labels = Vec::new();
        for &token in atoms.tokens() {
            let token = token as usize;
            let word = word_of[token];
            let (head, label) = match tree.words.get(word as usize) {
                None => (None, Label::Root),
                // The second token of what the annotators have for one word.
                Some(_) if token_of[word as usize] != token => {
                    (place(token_of[word as usize]), Label::Other)
                }
                Some(node) => {
                    let head = token_of.get(node.head as usize);
                    (head.and_then(|&t| place(t)), node.label)
                }
            };
            heads.push(head.map_or(NONE, |h| h as u32));
            labels.push(if head.is_some() { label } else { Label::Root });
        }
        if heads.len() > 1 {
            out.push(Example {
                atoms,
                heads,
                labels,
            });
        }
    }
    Ok(out)
}

fn token_starts(layout: &Layout) -> Vec<usize> {
    let starts = layout.tokens().iter();
    starts.map(|t| t.span.start.0 as usize).collect()
}

/// An annotated sentence of news, as offsets: `training/trees/README.md`.
#[derive(Debug, Serialize, Deserialize)]
struct TreeAt {
    id: String,
    /// The words, in code points of the article.
    words: Vec<(i64, i64)>,
    /// The number of the head of each, from one; 0 for none.
    heads: Vec<u32>,
    labels: Vec<String>,
}

/// Our own trees, in the order of their files.
fn annotated(shared: &Path, own: &Path) -> Result<Vec<Tree>> {
    if !own.is_dir() {
        return Ok(Vec::new());
    }
    let mut all: Vec<TreeAt> = Vec::new();
    for file in offsets::files(own)? {
        all.extend(input::json_lines(&file)?);
    }
    let wanted: std::collections::BTreeSet<&str> = all.iter().map(|t| t.id.as_str()).collect();
    let mut texts = std::collections::BTreeMap::new();
    News::open(&shared.join("news"), 0)?.named(|id, _, text| {
        if wanted.contains(id) {
            texts.insert(id.to_owned(), text.to_owned());
        }
    })?;
    all.iter()
        .map(|at| {
            let text = texts.get(&at.id);
            let text = text.with_context(|| format!("{}: not in the news", at.id))?;
            tree(at, text).with_context(|| format!("{}: a tree that is none", at.id))
        })
        .collect()
}

/// Puts the text back: that of the sentence, from its first word to the last.
fn tree(at: &TreeAt, text: &str) -> Result<Tree> {
    let chars: Vec<usize> = text.char_indices().map(|(b, _)| b).collect();
    let byte = |c: i64| {
        let c = usize::try_from(c).unwrap_or(usize::MAX);
        let end = (c == chars.len()).then_some(text.len());
        chars
            .get(c)
            .copied()
            .or(end)
            .context("an offset out of the text")
    };
    let [first, last] = [at.words.first(), at.words.last()].map(|w| w.context("no words"));
    let (from, to) = (byte(first?.0)?, byte(last?.1)?);
    let mut out = Tree {
        text: text[from..to].to_owned(),
        words: Vec::with_capacity(at.words.len()),
    };
    for ((&(start, end), &head), name) in at.words.iter().zip(&at.heads).zip(&at.labels) {
        let label = Label::named(name).with_context(|| format!("label {name}"))?;
        out.words.push(corpus::Node {
            bytes: byte(start)? - from..byte(end)? - from,
            head: head.checked_sub(1).unwrap_or(NONE),
            label,
        });
    }
    Ok(out)
}
