//! Learning events: which candidates of the tables a reader of news would call an
//! event, and who of those mentioned around it are its sides.

mod labels;

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use rawi::{Article, Models, Reader, Worker};
use rawi_events::{Candidate, EARLY, EventType, JUDGE, Judge, Lanes, SIDES};
use rawi_model::{Feature, LANES, PackWriter, WeightsWriter};

use crate::engine::{self, leak};
use crate::gold::Annotation;
use crate::gsr;
use crate::input::Articles;
use crate::learn::{Question, logit_without};
use crate::offsets::{self, LearnArgs};
use crate::score::Score;
use crate::{cards, contract};
use labels::Answer;

/// Rows of the tables of weights: of the judge, and of the sides.
const ROWS: usize = 1 << 15;
/// How strongly weights are pulled toward zero.
const DECAY: f32 = 0.03;
/// An annotated event counts for more: to miss one is worse than to tell one too many.
const RIGHT: f32 = 1.5;
/// A sentence of the gold standard counts so much, one that not all coders refused half
/// of it.
const SENTENCE: f32 = 0.7;
/// The least share of a side that is told: of the first on it, and of others.
const SIDE: [f32; 2] = [0.25, 0.5];
/// The share of features that a question is asked without.
const LEFT_OUT: f32 = 0.5;
/// Fewer articles than this say nothing of a weight.
const SEEN: u32 = 3;
/// The least confidence of an event that is told.
const LEAST: f32 = 0.28;

/// Parts of cross-validation.
const FOLDS: usize = 5;

/// What is learned from.
pub(crate) struct Material<'m> {
    articles: &'m Articles,
    gold: &'m [Annotation],
    sentences: Vec<(EventType, Vec<gsr::Sentence>)>,
}

/// The candidates of one article or sentence with their answers.
struct Group {
    candidates: Vec<Candidate>,
    answers: Vec<Answer>,
    /// How much they count.
    weight: f32,
}

/// The weights of a model.
#[derive(Clone)]
struct Weights {
    events: Vec<f32>,
    sides: Vec<f32>,
}

impl Weights {
    /// Those of a model that knows nothing.
    fn nothing() -> Self {
        Self {
            events: vec![0.0; ROWS * LANES],
            sides: vec![0.0; ROWS * LANES],
        }
    }
}

/// Learns events, and measures that by cross-validation.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn events(args: &LearnArgs) -> Result<String> {
    let (articles, gold) = offsets::material_of_events(&args.shared, &args.gold)?;
    let gsr = args.shared.join("data/event-gsr");
    let material = Material::new(&articles, &gold, &gsr)?;
    // The built-in model of events may be of other templates: it isn't asked.
    let base = engine::base("events", pack(&Weights::nothing()))?;
    let mut page = String::new();
    let parts = material.parts(&base)?;
    validate(&base, &material, &parts, &mut page)?;
    if let Some(path) = &args.model {
        contract::write(path, "events", &whole(&parts)?, &args.lexicon)?;
    }
    Ok(page)
}

/// Learns from annotated articles and from the sentences of the gold standard; gives the
/// bytes of the model.
///
/// # Errors
///
/// If an article or the gold standard cannot be read.
pub(crate) fn learn(
    base: &Models,
    articles: &Articles,
    gold: &[Annotation],
    gsr_folder: &Path,
) -> Result<Vec<u8>> {
    whole(&Material::new(articles, gold, gsr_folder)?.parts(base)?)
}

/// What a part of the material teaches: its groups, weighed by a model of the sides
/// that was learned from the other parts.
struct Part {
    groups: Vec<Group>,
    /// What the other parts teach of sides.
    others: Weights,
}

impl<'m> Material<'m> {
    fn new(articles: &'m Articles, gold: &'m [Annotation], gsr_folder: &Path) -> Result<Self> {
        let sentences = gsr::KINDS.into_iter().map(|kind| {
            let all = gsr::sentences(gsr_folder, kind)?;
            Ok((kind, all))
        });
        Ok(Self {
            articles,
            gold,
            sentences: sentences.collect::<Result<_>>()?,
        })
    }

    /// The candidates of a part with a model.
    fn groups(&self, base: &Models, model: &Weights, part: usize) -> Result<Vec<Group>> {
        let mut worker = reader(base, pack(model))?.worker();
        let mut out = Vec::new();
        for gold in self.gold.iter().skip(part).step_by(FOLDS) {
            out.push(self.annotated(&mut worker, gold)?);
        }
        for (kind, sentences) in &self.sentences {
            for sentence in sentences.iter().skip(part).step_by(FOLDS) {
                out.extend(single(&mut worker, *kind, sentence)?);
            }
        }
        Ok(out)
    }

    fn annotated(&self, worker: &mut Worker, gold: &Annotation) -> Result<Group> {
        let article = self
            .articles
            .get(&gold.id)
            .with_context(|| format!("{}: annotated, but not among the articles", gold.id))?;
        let mut source = Article::new(gold.id.as_str(), article.text.as_str());
        source.published.clone_from(&article.published);
        let candidates = worker.candidates(&source)?;
        let answers = labels::of(&article.text, gold, worker.cast(), &candidates);
        Ok(Group {
            candidates,
            answers,
            weight: 1.0,
        })
    }

    /// All parts, each weighed by what the others teach.
    fn parts(&self, base: &Models) -> Result<Vec<Part>> {
        let nothing = Weights::nothing();
        let raw: Vec<Vec<Group>> = (0..FOLDS)
            .map(|part| self.groups(base, &nothing, part))
            .collect::<Result<_>>()?;
        let mut out = Vec::new();
        for part in 0..FOLDS {
            let rest = raw.iter().enumerate().filter(|(i, _)| *i != part);
            let rest: Vec<&Group> = rest.flat_map(|(_, groups)| groups).collect();
            let others = Weights {
                events: early_weights(&rest),
                sides: side_weights(&rest),
            };
            let groups = self.groups(base, &others, part)?;
            out.push(Part { groups, others });
        }
        Ok(out)
    }
}

/// The model that everything teaches.
fn whole(parts: &[Part]) -> Result<Vec<u8>> {
    let all: Vec<&Group> = parts.iter().flat_map(|p| &p.groups).collect();
    Ok(pack(&Weights {
        events: weights(&all),
        sides: side_weights(&all),
    }))
}

/// The engine with another model of events.
fn reader(base: &Models, events: Vec<u8>) -> Result<Reader> {
    let events = Judge::open(leak(events))?;
    Ok(Reader::with_models(Models {
        events,
        ..base.clone()
    }))
}

/// The candidates of a sentence of the gold standard, if its coders agree.
fn single(worker: &mut Worker, kind: EventType, sentence: &gsr::Sentence) -> Result<Option<Group>> {
    let Some(right) = sentence.tells() else {
        return Ok(None);
    };
    let article = Article::new("gsr", sentence.text.as_str());
    let candidates = worker.candidates(&article)?;
    let answer = |c: &Candidate| Answer {
        event: (c.kind == kind).then_some(right),
        sides: Vec::new(),
    };
    Ok(Some(Group {
        answers: candidates.iter().map(answer).collect(),
        candidates,
        weight: match sentence.is_doubtful() {
            true => SENTENCE / 2.0,
            false => SENTENCE,
        },
    }))
}

/// The numbers of the weights of some features in the lanes behind `base`.
fn numbers(features: &[Feature], lanes: Lanes, base: usize, out: &mut Vec<u32>) {
    for feature in features {
        let row = (feature.0 % ROWS as u64) as usize * LANES;
        out.extend(lanes.of(base).map(|lane| (row + lane) as u32));
    }
}

/// The question that the judge is asked, early or late.
fn question(group: &Group, at: usize, late: bool) -> Option<Question> {
    let (candidate, answer) = (&group.candidates[at], &group.answers[at]);
    let right = answer.event?;
    let mut features = Vec::new();
    let base = if late { JUDGE } else { EARLY };
    numbers(&candidate.early, candidate.lanes, base, &mut features);
    if late {
        numbers(&candidate.late, candidate.lanes, base, &mut features);
    }
    let weight = group.weight * if right { RIGHT } else { 1.0 };
    Some(Question::yes_or_no(features, right, weight))
}

/// The questions of all groups, with the number of each one's group.
fn questions(groups: &[&Group], late: bool) -> Vec<(usize, Question)> {
    let all = groups.iter().enumerate().flat_map(|(n, g)| {
        let numbers = 0..g.candidates.len();
        numbers.filter_map(move |i| Some((n, question(g, i, late)?)))
    });
    all.collect()
}

/// Forgets the weights that only few groups touch: what holds once says nothing.
fn without_rare(questions: &mut [(usize, Question)]) {
    let mut seen = vec![(usize::MAX, 0u32); ROWS * LANES];
    for (group, question) in questions.iter() {
        for &f in question.answers.iter().flatten() {
            let (last, count) = &mut seen[f as usize];
            if *last != *group {
                (*last, *count) = (*group, *count + 1);
            }
        }
    }
    for (_, question) in questions {
        for answer in &mut question.answers {
            answer.retain(|&f| seen[f as usize].1 >= SEEN);
        }
    }
}

fn learned(mut questions: Vec<(usize, Question)>) -> Vec<f32> {
    without_rare(&mut questions);
    let questions: Vec<Question> = questions.into_iter().map(|(_, q)| q).collect();
    logit_without(&questions, ROWS * LANES, DECAY, LEFT_OUT)
}

fn early_weights(groups: &[&Group]) -> Vec<f32> {
    learned(questions(groups, false))
}

/// The weights of the judge, those that leave out the hopeless included.
fn weights(groups: &[&Group]) -> Vec<f32> {
    let mut all = questions(groups, true);
    all.extend(questions(groups, false));
    learned(all)
}

fn side_weights(groups: &[&Group]) -> Vec<f32> {
    let mut all = Vec::new();
    for (n, group) in groups.iter().enumerate() {
        for (candidate, answer) in group.candidates.iter().zip(&group.answers) {
            for ((_, features), &right) in candidate.sides.iter().zip(&answer.sides) {
                let mut answers = vec![Vec::new(); 3];
                for (answer, base) in answers.iter_mut().zip(SIDES) {
                    numbers(features, candidate.lanes, base, answer);
                }
                let weight = 1.0;
                all.push((
                    n,
                    Question {
                        answers,
                        right,
                        weight,
                    },
                ));
            }
        }
    }
    learned(all)
}

/// Figures of models that were not trained on what they judge.
fn validate(
    base: &Models,
    material: &Material<'_>,
    parts: &[Part],
    page: &mut String,
) -> Result<()> {
    let mut readings = crate::input::Readings::new();
    let mut tallies = vec![[0usize; 3]; material.sentences.len()];
    for (part, own) in parts.iter().enumerate() {
        let rest = parts.iter().enumerate().filter(|(i, _)| *i != part);
        let rest: Vec<&Group> = rest.flat_map(|(_, p)| &p.groups).collect();
        let model = Weights {
            events: weights(&rest),
            sides: own.others.sides.clone(),
        };
        let reader = reader(base, pack(&model))?;
        let ids = material.gold.iter().skip(part).step_by(FOLDS);
        let ids: Vec<&str> = ids.map(|g| g.id.as_str()).collect();
        readings.extend(engine::read(&reader, material.articles, &ids)?);
        let mut worker = reader.worker();
        for ((kind, sentences), tally) in material.sentences.iter().zip(&mut tallies) {
            for sentence in sentences.iter().skip(part).step_by(FOLDS) {
                let Some(right) = sentence.tells() else {
                    continue;
                };
                let article = Article::new("gsr", sentence.text.as_str());
                let reading = worker.read(&article)?;
                let found = reading.events.iter().any(|e| e.kind == *kind);
                tally[0] += usize::from(right && found);
                tally[1] += usize::from(found);
                tally[2] += usize::from(right);
            }
        }
    }
    let score = Score::of(material.articles, material.gold, &readings)?;
    writeln!(
        page,
        "{} annotated articles, {FOLDS} folds",
        material.gold.len()
    )?;
    writeln!(page, "{}", score.figures.events())?;
    for ((kind, _), [right, given, wanted]) in material.sentences.iter().zip(tallies) {
        let (p, r) = (rate(right, given), rate(right, wanted));
        let f1 = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
        writeln!(
            page,
            "{kind:8} sentences            P {p:.3}  R {r:.3}  F1 {f1:.3}"
        )?;
    }
    Ok(())
}

fn rate(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}

/// A table of weights, and what one of them is worth.
fn table(weights: &[f32]) -> (Vec<u8>, f32) {
    let (rows, _) = weights.as_chunks::<LANES>();
    let largest = weights.iter().fold(0.0f32, |most, w| most.max(w.abs()));
    let (table, factor) = WeightsWriter::quantize(rows, largest);
    (table.finish(), 1.0 / factor)
}

fn pack(weights: &Weights) -> Vec<u8> {
    let (events, event) = table(&weights.events);
    let (sides, side) = table(&weights.sides);
    let mut numbers = vec![event, side, SIDE[0], SIDE[1]];
    numbers.extend(EventType::ALL.map(|_| LEAST));
    let about = cards::about("events", Vec::new());
    let mut pack = PackWriter::model(&about, rawi_events::TEMPLATES);
    pack.add("event-weights", events);
    pack.add("side-weights", sides);
    pack.add(
        "event-numbers",
        numbers.iter().flat_map(|n| n.to_le_bytes()).collect(),
    );
    pack.finish()
}
