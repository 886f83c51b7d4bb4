//! The model of links: whom a title, a description or a short name means, learned from
//! casts, which list for everybody the strings that mean them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rawi::{Models, Worker};
use rawi_events::Judge;
use rawi_model::{LANES, PackWriter, WeightsWriter};
use rawi_morph::Morphology;
use rawi_names::{Cast, EntityId, LINK_TEMPLATES, LinkChoice, LinkModel, MentionId, NameModel};
use rawi_speech::SpeechModel;
use serde::Deserialize;

use crate::learn::{Question, logit, slot};
use crate::score::names::norm;
use crate::{cards, contract, engine, input};

/// Weights, as a power of two.
const BITS: u32 = 15;
/// How strongly weights are pulled toward zero.
const DECAY: f32 = 0.03;
/// Parts of cross-validation.
const FOLDS: usize = 5;
/// How often the choices are asked anew, each time with what the last taught.
const ROUNDS: usize = 2;

/// What to learn from, and where the model goes.
#[derive(clap::Args)]
pub struct LinksArgs {
    /// Folder with `gold/`
    #[arg(long, value_name = "DIR")]
    shared: PathBuf,
    /// Where the model goes; without this, it is only measured
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// The tables that the model's card names
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    lexicon: PathBuf,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    date: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    cast: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
}

/// An article with whom each string means.
struct Lesson {
    article: rawi::Article,
    /// The number of the member by the normalized string; none if it means several.
    whose: HashMap<String, Option<usize>>,
}

/// Learns the model, and measures it by cross-validation.
///
/// # Errors
/// If a file cannot be read or written.
pub fn links(args: &LinksArgs) -> Result<String> {
    let lessons = lessons(&args.shared)?;
    // The model in the program may be of other templates.
    let base = Models {
        morphology: Morphology::embedded()?,
        names: NameModel::embedded()?,
        links: LinkModel::open(engine::leak(pack(&vec![0.0; 1 << BITS])))?,
        speech: SpeechModel::embedded()?,
        events: Judge::embedded()?,
    };
    let (weights, page) = learn(&base, &lessons)?;
    if let Some(path) = &args.model {
        contract::write(path, "links", &pack(&weights), &args.lexicon)?;
    }
    Ok(page)
}

/// The bytes of a model that is learned with other models than the built-in ones.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn train(base: &Models, shared: &Path) -> Result<Vec<u8>> {
    let (weights, _) = learn(base, &lessons(shared)?)?;
    Ok(pack(&weights))
}

/// The training articles that have a cast.
fn lessons(shared: &Path) -> Result<Vec<Lesson>> {
    let gold = shared.join("gold");
    let mut out = Vec::new();
    for (articles, casts) in [
        ("train.jsonl", "train.cast.jsonl"),
        ("more.jsonl", "more.cast.jsonl"),
        ("cast/articles.jsonl", "cast/cast.jsonl"),
    ] {
        let articles: Vec<Line> = input::json_lines(&gold.join(articles))?;
        let casts: Vec<Listed> = input::json_lines(&gold.join(casts))?;
        let by_id: HashMap<&str, &Line> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
        for listed in &casts {
            let line = by_id
                .get(listed.id.as_str())
                .with_context(|| format!("{}: a cast, but no article", listed.id))?;
            let mut article = rawi::Article::new(line.id.as_str(), line.text.as_str());
            article.published.clone_from(&line.date);
            let mut whose: HashMap<String, Option<usize>> = HashMap::new();
            for (k, member) in listed.cast.iter().enumerate() {
                for string in member.mentions.iter().chain(&member.titles) {
                    let who = whose.entry(norm(Some(string))).or_insert(Some(k));
                    if *who != Some(k) {
                        *who = None;
                    }
                }
            }
            out.push(Lesson { article, whose });
        }
    }
    Ok(out)
}

/// Learns from all lessons; the figures are of parts that were not learned from.
fn learn(base: &Models, lessons: &[Lesson]) -> Result<(Vec<f32>, String)> {
    let mut weights = vec![0.0; 1 << BITS];
    let mut parts: Vec<Vec<Question>> = Vec::new();
    for _ in 0..=ROUNDS {
        parts = vec![Vec::new(); FOLDS];
        let mut worker = worker(base, &weights)?;
        for (i, lesson) in lessons.iter().enumerate() {
            parts[i % FOLDS].extend(asked(&mut worker, lesson)?);
        }
        let all: Vec<Question> = parts.iter().flatten().cloned().collect();
        weights = logit(&all, 1 << BITS, DECAY);
    }
    let (mut right, mut by_rule, mut count) = (0, 0, 0);
    for k in 0..FOLDS {
        let others = (0..FOLDS)
            .filter(|&j| j != k)
            .flat_map(|j| parts[j].iter().cloned());
        let others: Vec<Question> = others.collect();
        let learned = logit(&others, 1 << BITS, DECAY);
        for q in &parts[k] {
            let shares = q.shares(&learned);
            let best = (0..shares.len())
                .rev()
                .max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
            right += usize::from(best == Some(q.right));
            by_rule += usize::from(q.right == 0);
            count += 1;
        }
    }
    let page =
        format!("links: {right} of {count} right by the model, {by_rule} by the rules alone\n");
    Ok((weights, page))
}

/// A worker that keeps the choices of a model of links.
fn worker(base: &Models, weights: &[f32]) -> Result<Worker> {
    let mut models = base.clone();
    models.links = LinkModel::open(engine::leak(pack(weights)))?;
    let mut worker = rawi::Reader::with_models(models).worker();
    worker.record();
    Ok(worker)
}

fn pack(weights: &[f32]) -> Vec<u8> {
    let about = cards::about("links", Vec::new());
    let mut pack = PackWriter::model(&about, LINK_TEMPLATES);
    let largest = weights.iter().map(|w| w.abs()).fold(0.0, f32::max);
    let rows: Vec<[f32; LANES]> = weights.as_chunks().0.to_vec();
    let (table, _) = WeightsWriter::quantize(&rows, largest);
    pack.add("links", table.finish());
    pack.finish()
}

/// What the reading of an article asks, with the right answers.
fn asked(worker: &mut Worker, lesson: &Lesson) -> Result<Vec<Question>> {
    worker
        .read(&lesson.article)
        .with_context(|| lesson.article.id.clone())?;
    let cast = worker.cast();
    let questions = cast
        .choices()
        .iter()
        .filter_map(|c| question(lesson, cast, c));
    Ok(questions.collect())
}

/// The member whom a mention means; none if its words are no string of anybody.
fn member(lesson: &Lesson, cast: &Cast, mention: MentionId) -> Option<usize> {
    let span = cast.mentions().get(mention).span;
    let text = lesson.article.text.get(span.range())?;
    *lesson.whose.get(&norm(Some(text)))?
}

fn question(lesson: &Lesson, cast: &Cast, choice: &LinkChoice) -> Option<Question> {
    let wanted = member(lesson, cast, choice.mention)?;
    // An entity is whoever most of its other mentions by name mean, else any of them.
    let is = |id: EntityId| {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for (i, m) in cast.mentions().all().iter().enumerate() {
            let m_id = MentionId(i as u32);
            let other = m_id != choice.mention && cast.who(m_id) == id;
            if let Some(k) = member(lesson, cast, m_id).filter(|_| other) {
                let named = m.kind == rawi_names::MentionKind::Name;
                *votes.entry(k).or_default() += if named { 3 } else { 1 };
            }
        }
        let most = votes.into_iter().max_by_key(|&(k, n)| (n, usize::MAX - k));
        most.map(|(k, _)| k) == Some(wanted)
    };
    let right = choice.answers.iter().position(|a| a.entity.is_some_and(is));
    let nobody = || choice.answers.iter().position(|a| a.entity.is_none());
    let numbers = |a: &rawi_names::LinkAnswer| {
        a.features
            .iter()
            .map(|&f| slot(f, 1 << BITS))
            .collect::<Vec<u32>>()
    };
    Some(Question {
        answers: choice.answers.iter().map(numbers).collect(),
        right: right.or_else(nobody)?,
        weight: 1.0,
    })
}
