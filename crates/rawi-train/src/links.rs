//! The model of links: whom a title, a description or a short name means, learned from
//! casts, which list for everybody the strings that mean them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rawi::{Models, Worker};
use rawi_model::{LANES, PackWriter, WeightsWriter};
use rawi_names::{Cast, EntityId, LINK_TEMPLATES, LinkChoice, LinkModel, MentionId, link_nobody};

use crate::learn::{Question, logit, slot};
use crate::score::names::norm;
use crate::{cards, contract, corpus, engine};

/// Weights, as a power of two.
const BITS: u32 = 15;
/// How strongly weights are pulled toward zero.
const DECAY: f32 = 0.03;
/// Parts of cross-validation.
const FOLDS: usize = 5;
/// How much more must speak for somebody than for nobody: two who are taken for one put
/// words into a mouth, one who is taken for two only loses a name.
const MARGIN: f32 = 0.3;
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
    let base = engine::base("links", pack(&vec![0.0; 1 << BITS]))?;
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
    for (articles, casts) in corpus::TAUGHT {
        for (line, cast) in corpus::annotated(&gold.join(articles), &gold.join(casts))? {
            let mut article = rawi::Article::new(line.id, line.text);
            article.published = line.date;
            let mut whose: HashMap<String, Option<usize>> = HashMap::new();
            for (k, member) in cast.members.iter().enumerate() {
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
    let mut held_out = Figures::default();
    for k in 0..FOLDS {
        let others = (0..FOLDS)
            .filter(|&j| j != k)
            .flat_map(|j| parts[j].iter().cloned());
        let others: Vec<Question> = others.collect();
        let mut learned = logit(&others, 1 << BITS, DECAY);
        learned[nobody()] += MARGIN;
        parts[k].iter().for_each(|q| held_out.count(q, &learned));
    }
    weights[nobody()] += MARGIN;
    Ok((weights, held_out.page()))
}

/// The number of the weight that stands for nobody.
fn nobody() -> usize {
    slot(link_nobody(), 1 << BITS) as usize
}

/// What came of the questions that were not learned from.
#[derive(Default)]
struct Figures {
    asked: usize,
    right: usize,
    by_rule: usize,
    /// Questions whose answer is somebody, those answered with somebody, and rightly.
    links: usize,
    linked: usize,
    linked_right: usize,
}

impl Figures {
    fn count(&mut self, question: &Question, weights: &[f32]) {
        let shares = question.shares(weights);
        let mut all = (0..shares.len()).rev();
        let Some(best) = all
            .by_ref()
            .max_by(|&a, &b| shares[a].total_cmp(&shares[b]))
        else {
            return;
        };
        let is_somebody = |k: usize| !question.answers[k].contains(&(nobody() as u32));
        let right = best == question.right;
        self.asked += 1;
        self.right += usize::from(right);
        self.by_rule += usize::from(question.right == 0);
        self.links += usize::from(is_somebody(question.right));
        self.linked += usize::from(is_somebody(best));
        self.linked_right += usize::from(is_somebody(best) && right);
    }

    fn page(&self) -> String {
        let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        format!(
            "links, held out by fifths: {} of {} questions answered rightly ({:.1} %), by the \
             rules alone {:.1} %; somebody meant: precision {:.1} %, recall {:.1} %\n",
            self.right,
            self.asked,
            share(self.right, self.asked),
            share(self.by_rule, self.asked),
            share(self.linked_right, self.linked),
            share(self.linked_right, self.links),
        )
    }
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
