//! Learning to judge events: which candidates of the tables a reader of news would
//! call an event.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use rawi::{Article, Models, Worker};
use rawi_events::EventType;
use rawi_model::{Feature, LANES, PackWriter, WeightsWriter};

use crate::gold::Annotation;
use crate::gsr;
use crate::input::Articles;
use crate::learn::{Question, logit, slot};
use crate::offsets::{self, LearnArgs};
use crate::predicted::Reading;
use crate::score::events::matched;
use crate::score::names::Names;
use crate::{cards, contract};

/// Rows of the table of weights.
const ROWS: usize = 1 << 12;
/// How strongly weights are pulled toward zero.
const DECAY: f32 = 0.03;
/// An annotated event counts for more: to miss one is worse than to tell one too many.
const RIGHT: f32 = 1.5;
/// A sentence that not all coders of the gold standard refused counts half.
const DOUBTFUL: f32 = 0.5;
/// The least confidence of an event that is told.
const LEAST: f32 = 0.25;

/// The same by type. For protests cross-validation has a broad top: within it the
/// lower bound tells more of what there is. Words of attacks are told of much else.
fn least(kind: EventType) -> f32 {
    match kind {
        EventType::Protest => 0.2,
        EventType::Assault => 0.3,
        _ => LEAST,
    }
}

/// Parts of cross-validation.
const FOLDS: usize = 5;

/// What may be an event.
struct Candidate {
    kind: EventType,
    case: Question,
}

/// The candidates of one article or sentence.
#[derive(Default)]
struct Group {
    candidates: Vec<Candidate>,
    /// How many there were to find.
    wanted: usize,
}

/// Learns to judge events, and measures that by cross-validation.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn events(args: &LearnArgs) -> Result<String> {
    let (articles, gold) = offsets::material(&args.shared, &args.gold)?;
    let gsr = args.shared.join("data/event-gsr");
    let learned = learn(Models::embedded()?, &articles, &gold, &gsr)?;
    if let Some(path) = &args.model {
        contract::write(path, "events", &learned.pack(), &args.lexicon)?;
    }
    validate(&learned.sets)
}

/// What was learned, and from what.
pub struct Learned {
    sets: Vec<(String, Vec<Group>)>,
    weights: Vec<f32>,
}

impl Learned {
    /// The bytes of the model.
    pub fn pack(&self) -> Vec<u8> {
        pack(&self.weights)
    }
}

/// Learns from annotated articles and from the sentences of the gold standard.
///
/// # Errors
///
/// If an article or the gold standard cannot be read.
pub(crate) fn learn(
    base: Models,
    articles: &Articles,
    gold: &[Annotation],
    gsr_folder: &Path,
) -> Result<Learned> {
    let mut worker = rawi::Reader::with_models(base).worker();
    let groups = annotated(&mut worker, articles, gold)?;
    let mut sets = vec![("annotated articles".to_owned(), groups)];
    for kind in gsr::KINDS {
        let sentences = gsr::sentences(gsr_folder, kind)?;
        let groups: Result<Vec<Group>> = sentences
            .iter()
            .map(|s| single(&mut worker, kind, s))
            .collect();
        sets.push((format!("{kind} sentences"), groups?));
    }
    let weights = weights(sets.iter().flat_map(|(_, groups)| groups));
    Ok(Learned { sets, weights })
}

fn annotated(
    worker: &mut Worker,
    articles: &Articles,
    annotations: &[Annotation],
) -> Result<Vec<Group>> {
    let mut out = Vec::with_capacity(annotations.len());
    for gold in annotations {
        let article = articles
            .get(&gold.id)
            .with_context(|| format!("{}: annotated, but not among the articles", gold.id))?;
        let mut source = Article::new(gold.id.as_str(), article.text.as_str());
        source.published.clone_from(&article.published);
        let (reading, evidence) = worker.candidates(&source)?;
        let kinds: Vec<EventType> = reading.events.iter().map(|e| e.kind).collect();
        let reading: Reading = serde_json::from_value(serde_json::to_value(reading)?)?;
        let names = Names::of(&gold.entities);
        let found = matched(&article.text, &names, &gold.events, &reading.events);
        let candidates = kinds.iter().zip(&evidence).enumerate();
        let candidates = candidates.map(|(i, (&kind, evidence))| {
            let right = found.contains(&Some(i));
            candidate(kind, evidence, right, if right { RIGHT } else { 1.0 })
        });
        out.push(Group {
            candidates: candidates.collect(),
            wanted: gold.events.len(),
        });
    }
    Ok(out)
}

fn single(worker: &mut Worker, kind: EventType, sentence: &gsr::Sentence) -> Result<Group> {
    let Some(right) = sentence.tells() else {
        return Ok(Group::default());
    };
    let article = Article::new("gsr", sentence.text.as_str());
    let (reading, evidence) = worker.candidates(&article)?;
    let of_kind = reading
        .events
        .iter()
        .zip(&evidence)
        .filter(|(e, _)| e.kind == kind);
    let weight = if sentence.is_doubtful() {
        DOUBTFUL
    } else {
        1.0
    };
    Ok(Group {
        candidates: of_kind
            .map(|(_, evidence)| candidate(kind, evidence, right, weight))
            .collect(),
        wanted: usize::from(right),
    })
}

fn candidate(kind: EventType, evidence: &[Feature], right: bool, weight: f32) -> Candidate {
    let mut features: Vec<u32> = evidence.iter().map(|&f| slot(f, ROWS * LANES)).collect();
    // A feature holds or does not.
    features.sort_unstable();
    features.dedup();
    Candidate {
        kind,
        case: Question::yes_or_no(features, right, weight),
    }
}

fn weights<'g>(groups: impl Iterator<Item = &'g Group>) -> Vec<f32> {
    let cases: Vec<Question> = groups
        .flat_map(|g| g.candidates.iter().map(|c| c.case.clone()))
        .collect();
    logit(&cases, ROWS * LANES, DECAY)
}

/// Figures of models that were not trained on what they judge.
fn validate(sets: &[(String, Vec<Group>)]) -> Result<String> {
    let mut tallies = vec![[0usize; 3]; sets.len()];
    for fold in 0..FOLDS {
        let rest = |groups: &'_ [Group]| -> Vec<usize> {
            (0..groups.len()).filter(|i| i % FOLDS != fold).collect()
        };
        let training = sets
            .iter()
            .flat_map(|(_, groups)| rest(groups).into_iter().map(|i| &groups[i]));
        let weights = weights(training);
        for ((_, groups), tally) in sets.iter().zip(&mut tallies) {
            let single = groups.iter().all(|g| g.wanted < 2);
            for group in groups.iter().skip(fold).step_by(FOLDS) {
                let told = group
                    .candidates
                    .iter()
                    .filter(|c| c.case.shares(&weights)[0] >= least(c.kind));
                let (right, given) = told.fold((0, 0), |(r, n), c| {
                    (r + usize::from(c.case.is_yes()), n + 1)
                });
                // A sentence counts once.
                let most = if single { 1 } else { usize::MAX };
                tally[0] += right.min(most);
                tally[1] += given.min(most);
                tally[2] += group.wanted;
            }
        }
    }
    let mut page = String::new();
    for ((name, groups), [right, given, wanted]) in sets.iter().zip(tallies) {
        let (p, r) = (rate(right, given), rate(right, wanted));
        let f1 = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
        let all: usize = groups.iter().map(|g| g.candidates.len()).sum();
        writeln!(
            page,
            "{name:20}  P {p:.3}  R {r:.3}  F1 {f1:.3}  spurious {:.3}  ({all} candidates, {FOLDS} folds)",
            rate(given - right, wanted)
        )?;
    }
    Ok(page)
}

fn rate(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}

fn pack(weights: &[f32]) -> Vec<u8> {
    let (rows, _) = weights.as_chunks::<LANES>();
    let largest = weights.iter().fold(0.0f32, |most, w| most.max(w.abs()));
    let (table, factor) = WeightsWriter::quantize(rows, largest);
    let mut numbers = vec![1.0 / factor];
    numbers.extend(EventType::ALL.map(least));
    let about = cards::about("events", Vec::new());
    let mut pack = PackWriter::model(&about, rawi_events::TEMPLATES);
    pack.add("event-weights", table.finish());
    pack.add(
        "event-numbers",
        numbers.iter().flat_map(|n| n.to_le_bytes()).collect(),
    );
    pack.finish()
}
