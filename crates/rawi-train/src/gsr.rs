//! Events against the Arabic event gold standard: does a sentence tell a PROTEST or
//! ASSAULT, and which of its words are verb, actor and recipient?

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rawi::reading::{Event, EventType, Participant};
use rawi::{Article, Reader, Worker};
use rawi_text::fold;
use serde::Deserialize;

/// `rawi-train gsr`.
#[derive(clap::Args)]
pub struct GsrArgs {
    /// Folder with the `*_sentences.jsonl` and `*_spans.jsonl` of the gold standard
    dir: PathBuf,
}

/// The types that the gold standard has.
pub(crate) const KINDS: [EventType; 2] = [EventType::Protest, EventType::Assault];

/// One sentence with what its coders decided.
#[derive(Deserialize)]
pub(crate) struct Sentence {
    label: String,
    pub(crate) text: String,
}

impl Sentence {
    /// Whether it tells an event of its type; none if the coders disagree
    /// (`ambiguous`).
    pub(crate) fn tells(&self) -> Option<bool> {
        match self.label.as_str() {
            "yes" => Some(true),
            "easy no" | "difficult no" => Some(false),
            _ => None,
        }
    }

    /// Whether one of the coders saw an event where the others did not.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.label == "difficult no"
    }
}

/// The sentences of one type.
///
/// # Errors
///
/// If the file cannot be read or is not in the form of the gold standard.
pub(crate) fn sentences(dir: &Path, kind: EventType) -> Result<Vec<Sentence>> {
    lines(&dir.join(format!("{}_sentences.jsonl", kind.name().to_lowercase())))
}

#[derive(Deserialize)]
struct Spans {
    text: String,
    verb_gold: String,
    source_gold: String,
    target_gold: String,
}

/// Measures both types that the gold standard has.
///
/// # Errors
///
/// If a file cannot be read or is not in the form of the gold standard.
pub fn gsr(args: &GsrArgs) -> Result<String> {
    let mut worker = Reader::new()?.worker();
    let mut page = String::new();
    for kind in KINDS {
        let name = kind.name().to_lowercase();
        let (mut right, mut given, mut wanted) = (0, 0, 0);
        for sentence in sentences(&args.dir, kind)? {
            let Some(yes) = sentence.tells() else {
                continue;
            };
            let found = !events(&mut worker, kind, &sentence.text)?.is_empty();
            right += u32::from(yes && found);
            given += u32::from(found);
            wanted += u32::from(yes);
        }
        let rate = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        let (p, r) = (rate(right, given), rate(right, wanted));
        let f1 = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
        writeln!(
            page,
            "{kind} sentences  P {p:.3}  R {r:.3}  F1 {f1:.3}  ({right} right, {given} given, {wanted} wanted)"
        )?;

        let mut tallies = [("verb", 0, 0), ("actor", 0, 0), ("recipient", 0, 0)];
        for item in lines(&args.dir.join(format!("{name}_spans.jsonl")))? {
            let item: Spans = item;
            let found = events(&mut worker, kind, &item.text)?;
            let names = |side: Side| -> Vec<String> {
                let all = found.iter().flat_map(side);
                all.map(|p| p.name.to_string()).collect()
            };
            let triggers = found.iter().flat_map(|e| {
                let more = e.mentions.iter().map(|m| m.text.to_string());
                std::iter::once(e.trigger.text.to_string()).chain(more)
            });
            let given = [
                triggers.collect(),
                names(|e| &e.actors),
                names(|e| &e.recipients),
            ];
            let gold = [&item.verb_gold, &item.source_gold, &item.target_gold];
            for ((tally, gold), given) in tallies.iter_mut().zip(gold).zip(&given) {
                if gold.is_empty() {
                    continue;
                }
                tally.2 += 1;
                tally.1 += u32::from(overlap(gold, given));
            }
        }
        for (what, hit, of) in tallies {
            writeln!(
                page,
                "{kind} {what:9}  overlap {:.3}  ({hit} of {of})",
                rate(hit, of)
            )?;
        }
    }
    Ok(page)
}

/// One side of an event.
type Side = for<'e, 'a> fn(&'e Event<'a>) -> &'e [Participant<'a>];

fn events(worker: &mut Worker, kind: EventType, text: &str) -> Result<Vec<Event<'static>>> {
    let article = Article::new("gsr", text);
    let reading = worker.read(&article)?.into_owned();
    let of_kind = reading.events.into_iter().filter(|e| e.kind == kind);
    Ok(of_kind.collect())
}

/// Whether a word of the gold (a bag of words) is among the given ones.
fn overlap(gold: &str, given: &[String]) -> bool {
    let gold: Vec<String> = gold.split_whitespace().map(fold).collect();
    given
        .iter()
        .flat_map(|g| g.split_whitespace())
        .any(|word| gold.contains(&fold(word)))
}

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str(line).with_context(|| {
                format!(
                    "{}:{}: not a record of the gold standard",
                    path.display(),
                    i + 1
                )
            })
        })
        .collect()
}
