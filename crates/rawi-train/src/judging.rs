//! Learning to judge events: which candidates of the tables a reader of news would
//! call an event.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use rawi::{Article, Worker};
use rawi_events::EventType;
use rawi_model::{Feature, LANES, PackWriter, WeightsWriter, lane};

use crate::gsr;
use crate::input;
use crate::learn::{Instance, chance, logistic};
use crate::predicted::Reading;
use crate::score::events::matched;
use crate::score::names::Names;

/// Rows of the table of weights.
const ROWS: usize = 1 << 12;
/// How strongly weights are pulled toward zero.
const PENALTY: f32 = 10.0;
/// An annotated event counts for more: to miss one is worse than to tell one too many.
const RIGHT: f32 = 1.5;
/// A sentence that not all coders of the gold standard refused counts half.
const DOUBTFUL: f32 = 0.5;
/// The least confidence of an event that is told.
const LEAST: f32 = 0.36;

/// The same by type. For violence, and more so for protests, cross-validation has
/// broad tops: within them the lower bound tells more of what there is.
fn least(kind: EventType) -> f32 {
    match kind {
        EventType::Protest => 0.2,
        EventType::Assault => 0.3,
        _ => LEAST,
    }
}
/// Parts of cross-validation.
const FOLDS: usize = 5;

/// What to learn from, and where to put it.
#[derive(clap::Args)]
pub struct EventsArgs {
    /// Articles, one JSON object a line; may be given several times
    #[arg(long, value_name = "A.jsonl", required = true, num_args = 1..)]
    articles: Vec<PathBuf>,
    /// Their hand annotations, in the same order
    #[arg(long, value_name = "G.json", required = true, num_args = 1..)]
    gold: Vec<PathBuf>,
    /// Folder with the `*_sentences.jsonl` of the event gold standard
    #[arg(long, value_name = "DIR")]
    gsr: PathBuf,
    /// Where the model goes
    #[arg(long, value_name = "DIR", default_value = "models")]
    models: PathBuf,
}

/// What may be an event.
struct Candidate {
    kind: EventType,
    case: Instance,
}

/// The candidates of one article or sentence.
#[derive(Default)]
struct Group {
    candidates: Vec<Candidate>,
    /// How many there were to find.
    wanted: usize,
}

/// Learns the model, measures it by cross-validation and writes it.
///
/// # Errors
///
/// If a file cannot be read or written.
pub fn events(args: &EventsArgs) -> Result<String> {
    ensure!(
        args.articles.len() == args.gold.len(),
        "as many files of articles as of annotations"
    );
    let mut worker = rawi::Reader::new()?.worker();
    let mut sets = vec![("annotated articles".to_owned(), Vec::new())];
    for (articles, gold) in args.articles.iter().zip(&args.gold) {
        sets[0].1.extend(annotated(&mut worker, articles, gold)?);
    }
    for kind in gsr::KINDS {
        let sentences = gsr::sentences(&args.gsr, kind)?;
        let groups: Result<Vec<Group>> = sentences
            .iter()
            .map(|s| single(&mut worker, kind, s))
            .collect();
        sets.push((format!("{kind} sentences"), groups?));
    }
    let page = validate(&sets)?;
    let weights = learn(sets.iter().flat_map(|(_, groups)| groups));
    let path = args.models.join("events.pack");
    std::fs::write(&path, pack(&weights))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(page)
}

fn annotated(
    worker: &mut Worker,
    articles: &std::path::Path,
    gold: &std::path::Path,
) -> Result<Vec<Group>> {
    let articles = input::articles(articles)?;
    let annotations = input::annotations(gold)?;
    let mut out = Vec::with_capacity(annotations.len());
    for gold in &annotations {
        let article = articles
            .get(&gold.id)
            .with_context(|| format!("{}: annotated, but not among the articles", gold.id))?;
        let mut source = Article::new(gold.id.as_str(), article.text.as_str());
        source.published.clone_from(&article.published);
        let (reading, evidence) = worker.candidates(&source)?;
        let kinds: Vec<String> = reading.events.iter().map(|e| e.kind.clone()).collect();
        let reading: Reading = serde_json::from_value(serde_json::to_value(reading)?)?;
        let names = Names::of(&gold.entities);
        let found = matched(&article.text, &names, &gold.events, &reading.events);
        let candidates = kinds.iter().zip(&evidence).enumerate();
        let candidates = candidates.map(|(i, (kind, evidence))| {
            let right = found.contains(&Some(i));
            candidate(kind, evidence, right, if right { RIGHT } else { 1.0 })
        });
        out.push(Group {
            candidates: candidates.collect::<Result<_>>()?,
            wanted: gold.events.len(),
        });
    }
    Ok(out)
}

fn single(worker: &mut Worker, kind: &str, sentence: &gsr::Sentence) -> Result<Group> {
    let Some(right) = sentence.tells() else {
        return Ok(Group::default());
    };
    let (reading, evidence) = worker.candidates(&Article::new("gsr", sentence.text.as_str()))?;
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
            .collect::<Result<_>>()?,
        wanted: usize::from(right),
    })
}

fn candidate(kind: &str, evidence: &[Feature], right: bool, weight: f32) -> Result<Candidate> {
    let kind = EventType::ALL.into_iter().find(|k| k.name() == kind);
    let mut features: Vec<u32> = evidence.iter().map(|&f| slot(f)).collect();
    // A feature holds or does not.
    features.sort_unstable();
    features.dedup();
    Ok(Candidate {
        kind: kind.context("a type that is none of the manual's")?,
        case: Instance {
            features,
            right,
            weight,
        },
    })
}

/// The number of a feature's weight in the table.
fn slot(feature: Feature) -> u32 {
    let row = feature.0 % ROWS as u64;
    (row * LANES as u64 + lane(feature) as u64) as u32
}

fn learn<'g>(groups: impl Iterator<Item = &'g Group>) -> Vec<f32> {
    let cases: Vec<Instance> = groups
        .flat_map(|g| g.candidates.iter().map(|c| c.case.clone()))
        .collect();
    logistic(&cases, ROWS * LANES, PENALTY, slot(rawi_events::BIAS))
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
        let weights = learn(training);
        for ((_, groups), tally) in sets.iter().zip(&mut tallies) {
            let single = groups.iter().all(|g| g.wanted < 2);
            for group in groups.iter().skip(fold).step_by(FOLDS) {
                let told = group
                    .candidates
                    .iter()
                    .filter(|c| chance(&weights, &c.case.features) >= least(c.kind));
                let (right, given) =
                    told.fold((0, 0), |(r, n), c| (r + usize::from(c.case.right), n + 1));
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
    let mut pack = PackWriter::default();
    pack.add("event-weights", table.finish());
    pack.add(
        "event-numbers",
        numbers.iter().flat_map(|n| n.to_le_bytes()).collect(),
    );
    pack.finish()
}
