//! The model of statements, learned from hand-annotated articles.
//!
//! The questions build on one another: where a content ends decides what is weighed
//! as a statement, what counts as a statement decides who spoke last, and who speaks
//! is not spoken to. So each is learned on what the one before makes of articles that it did
//! not see.

use std::ops::Range;

use anyhow::{Context, Result};
use rawi::Models;
use rawi_model::{Feature, LANES, PackWriter, WeightsWriter};
use rawi_speech::{Answer, Choice, Question};

use crate::engine;
use crate::gold::{Annotation, Statement};
use crate::input::{Articles, Readings};
use crate::learn::{self, logit, slot};
use crate::offsets::{self, LearnArgs};
use crate::score::matching::{Pair, greedy};
use crate::score::names::{Names, norm};
use crate::score::{self, DETECTED, Score, gold_spans};
use crate::{cards, contract};

/// Weights of a question, as a power of two.
const BITS: u32 = 16;

/// Parts of the articles that are left out in turn.
const FOLDS: usize = 5;

/// A content that begins within so many bytes of an annotated one is the same.
const NEAR: usize = 24;

/// Bytes of punctuation that a content may lack at its end.
const SLACK: usize = 5;

/// Learns from parts of the articles and reads the others: figures, and how far
/// the confidence can be relied on.
pub(crate) fn held_out(args: &LearnArgs) -> Result<String> {
    let (articles, gold) = offsets::material(&args.shared, &args.gold)?;
    let base = engine::base("speech", Weights::none().pack())?;
    let learned = learn(&base, &articles, &gold)?;
    if let Some(path) = &args.model {
        contract::write(path, "speech", &learned.whole.pack(), &args.lexicon)?;
    }
    let readings = learned.held_out(&base, &articles, &gold)?;
    let score = Score::of(&articles, &gold, &readings)?;
    let mut page = score::report::table(&score.figures);
    page.push_str(&learned.notes);
    page.push_str(&score::reliability::page(&score));
    Ok(page)
}

/// Annotated articles to learn from.
pub(crate) struct Lesson<'a> {
    pub(crate) id: &'a str,
    pub(crate) article: rawi::Article,
    pub(crate) annotation: &'a Annotation,
    /// The pieces of each annotated statement, in bytes.
    contents: Vec<Vec<Range<usize>>>,
    names: Names<'a>,
}

impl<'a> Lesson<'a> {
    /// The annotated ones among `articles`.
    ///
    /// # Errors
    /// If one is not there, or a statement has no content.
    pub(crate) fn all(articles: &Articles, gold: &'a [Annotation]) -> Result<Vec<Lesson<'a>>> {
        let lesson = |annotation: &'a Annotation| {
            let id = annotation.id.as_str();
            let found = articles
                .get(id)
                .with_context(|| format!("{id}: annotated, but not among the articles"))?;
            let text = &found.text;
            let mut article = rawi::Article::new(id, text.as_str());
            article.published.clone_from(&found.published);
            let spans = gold_spans(text, &annotation.statements).with_context(|| id.to_owned())?;
            let bytes = |&(start, end): &(i64, i64)| text.byte(start)..text.byte(end);
            Ok(Lesson {
                id,
                article,
                annotation,
                contents: spans
                    .iter()
                    .map(|s| s.iter().map(bytes).collect())
                    .collect(),
                names: Names::of(&annotation.entities),
            })
        };
        gold.iter().map(lesson).collect()
    }
}

/// The tables of weights, in the making.
#[derive(Clone)]
pub(crate) struct Weights {
    tables: [Vec<f32>; Question::ALL.len()],
    /// Shift and slope of the confidence.
    calibration: [f32; 2],
}

impl Weights {
    fn none() -> Self {
        Weights {
            tables: std::array::from_fn(|_| vec![0.0; 1 << BITS]),
            calibration: [0.0, 1.0],
        }
    }

    /// The bytes of the model.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let about = cards::about("speech", Vec::new());
        let mut pack = PackWriter::model(&about, rawi_speech::TEMPLATES);
        let mut scales = Vec::new();
        for question in Question::ALL {
            let weights = &self.tables[question as usize];
            let largest = weights.iter().map(|w| w.abs()).fold(0.0, f32::max);
            let rows: Vec<[f32; LANES]> = weights.as_chunks().0.to_vec();
            let (table, factor) = WeightsWriter::quantize(&rows, largest);
            scales.extend((1.0 / factor).to_le_bytes());
            pack.add(question.name(), table.finish());
        }
        pack.add("scales", scales);
        let calibration = self.calibration.iter().flat_map(|n| n.to_le_bytes());
        pack.add("calibration", calibration.collect());
        pack.finish()
    }
}

/// What was learned.
pub(crate) struct Learned {
    /// From all lessons.
    pub(crate) whole: Weights,
    /// From all but one part of them.
    folds: Vec<Weights>,
    /// How well each question is answered that was not learned from.
    notes: String,
}

impl Learned {
    /// Readings of the lessons, each by what the others taught.
    ///
    /// # Errors
    /// As [`engine::read`].
    fn held_out(
        &self,
        base: &Models,
        articles: &Articles,
        gold: &[Annotation],
    ) -> Result<Readings> {
        let mut readings = Readings::new();
        for (k, weights) in self.folds.iter().enumerate() {
            let part = gold.iter().skip(k).step_by(FOLDS);
            let part: Vec<&str> = part.map(|a| a.id.as_str()).collect();
            let reader = engine::reader(base, weights.pack())?;
            readings.extend(engine::read(&reader, articles, &part)?);
        }
        Ok(readings)
    }
}

/// Learns from all lessons.
pub(crate) fn learn(base: &Models, articles: &Articles, gold: &[Annotation]) -> Result<Learned> {
    let lessons = Lesson::all(articles, gold)?;
    let mut whole = Weights::none();
    let mut folds = vec![Weights::none(); FOLDS];
    let mut notes = String::new();
    for question in Question::ALL {
        // What each part of the articles asks, read with what the others taught.
        let mut asked = Vec::with_capacity(FOLDS);
        for (k, weights) in folds.iter().enumerate() {
            let part = lessons.iter().skip(k).step_by(FOLDS);
            asked.push(questions(base, question, part, weights)?);
        }
        let table = |of: &dyn Fn(usize) -> bool| {
            let chosen: Vec<learn::Question> = (0..FOLDS)
                .filter(|&k| of(k))
                .flat_map(|k| asked[k].iter().cloned())
                .collect();
            logit(&chosen, 1 << BITS, decay(question))
        };
        whole.tables[question as usize] = table(&|_| true);
        for (k, weights) in folds.iter_mut().enumerate() {
            weights.tables[question as usize] = table(&|j| j != k);
        }
        notes.push_str(&note(question, &asked, &folds));
    }
    let mut learned = Learned {
        whole,
        folds,
        notes,
    };
    let readings = learned.held_out(base, articles, gold)?;
    let answers = score::reliability::answers(&Score::of(articles, gold, &readings)?);
    let calibration = calibrate(&answers);
    for weights in learned.folds.iter_mut().chain([&mut learned.whole]) {
        weights.calibration = calibration;
    }
    Ok(learned)
}

/// Shift and slope that make confidences right as often as they say.
fn calibrate(answers: &[(f64, bool)]) -> [f32; 2] {
    let logarithm = |p: f64| {
        let p = p.clamp(0.001, 0.999);
        (p / (1.0 - p)).ln()
    };
    let (mut shift, mut slope) = (0.0, 1.0);
    // Newton's method would do it in five steps; the surface is smooth enough
    // for plain descent.
    for _ in 0..STEPS {
        let (mut down, mut turn) = (0.0, 0.0);
        for &(confidence, right) in answers {
            let x = logarithm(confidence);
            let error = 1.0 / (1.0 + (-(shift + slope * x)).exp()) - f64::from(u8::from(right));
            down += error;
            turn += error * x;
        }
        shift -= down / answers.len().max(1) as f64;
        slope -= turn / answers.len().max(1) as f64 / 4.0;
    }
    [shift as f32, slope as f32]
}

/// Steps of calibration.
const STEPS: usize = 500;

/// How strongly weights are pulled to zero: the fewer examples, the more.
fn decay(question: Question) -> f32 {
    match question {
        Question::End => 0.02,
        Question::Statement => 0.03,
        Question::Speaker => 0.1,
        Question::Source | Question::Channel => 0.03,
        Question::Hearer => 0.01,
    }
}

/// How well the parts answer what they were not taught.
fn note(question: Question, asked: &[Vec<learn::Question>], folds: &[Weights]) -> String {
    let (mut right, mut count, mut loss) = (0, 0, 0.0);
    for (questions, weights) in asked.iter().zip(folds) {
        for q in questions {
            let shares = q.shares(&weights.tables[question as usize]);
            let best = (0..shares.len())
                .rev()
                .max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
            right += usize::from(best == Some(q.right));
            loss -= shares[q.right].max(1e-6).ln();
            count += 1;
        }
    }
    format!(
        "question {:<10} {right} of {count} right, loss {:.3}\n",
        question.name(),
        loss / count.max(1) as f32
    )
}

/// What the reading of some articles asks, with the right answers.
fn questions<'l, 'a: 'l>(
    base: &Models,
    question: Question,
    lessons: impl Iterator<Item = &'l Lesson<'a>>,
    weights: &Weights,
) -> Result<Vec<learn::Question>> {
    let mut worker = engine::reader(base, weights.pack())?.worker();
    worker.record();
    let mut out = Vec::new();
    for lesson in lessons {
        worker
            .read(&lesson.article)
            .with_context(|| lesson.id.to_owned())?;
        let choices: Vec<&Choice> = worker
            .choices()
            .iter()
            .filter(|c| c.question == question)
            .collect();
        match question {
            Question::End => ends(lesson, &choices, &mut out),
            Question::Statement => statements(lesson, &choices, &mut out),
            Question::Speaker => speakers(lesson, &choices, worker.cast(), &mut out),
            Question::Source => sources(lesson, &choices, &mut out),
            Question::Hearer => hearers(lesson, &choices, worker.cast(), &mut out),
            Question::Channel => channels(lesson, &choices, &mut out),
        }
    }
    Ok(out)
}

/// The numbers of the weights of features.
fn numbers(features: &[Feature]) -> Vec<u32> {
    features.iter().map(|&f| slot(f, 1 << BITS)).collect()
}

/// A question with the answers yes and no.
fn yes_or_no(choice: &Choice, yes: bool) -> learn::Question {
    learn::Question::yes_or_no(numbers(&choice.answers[0].features), yes, 1.0)
}

/// Where contents end: asked place by place, up to the first yes.
fn ends(lesson: &Lesson<'_>, choices: &[&Choice], out: &mut Vec<learn::Question>) {
    let mut k = 0;
    while k < choices.len() {
        let first = choices[k];
        let same = |c: &&Choice| c.cue == first.cue && c.content[0].start == first.content[0].start;
        let run = choices[k..].iter().take_while(|c| same(c)).count();
        let start = first.content[0].start.index();
        let near = lesson
            .contents
            .iter()
            .flatten()
            .filter(|s| s.start.abs_diff(start) <= NEAR)
            .min_by_key(|s| s.start.abs_diff(start));
        if let Some(gold) = near {
            for choice in &choices[k..k + run] {
                let stop = choice.content[0].end.index();
                let yes = stop + SLACK >= gold.end;
                out.push(yes_or_no(choice, yes));
                if yes {
                    break;
                }
            }
        }
        k += run;
    }
}

/// For each annotated statement the proposal that overlaps it most, by half or
/// more.
fn matched(lesson: &Lesson<'_>, choices: &[&Choice]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (gold, content) in lesson.contents.iter().enumerate() {
        for (predicted, choice) in choices.iter().enumerate() {
            let read = choice.content.iter();
            let read: Vec<Range<usize>> = read.map(|s| s.start.index()..s.end.index()).collect();
            pairs.push(Pair {
                score: overlap(content, &read),
                gold,
                predicted,
            });
        }
    }
    let found = greedy(pairs, lesson.contents.len(), DETECTED);
    found.into_iter().map(|p| Some(p?.predicted)).collect()
}

/// Intersection over union, in bytes.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f64 {
    let size = |spans: &[Range<usize>]| spans.iter().map(Range::len).sum::<usize>();
    let common: usize = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| (x, y)))
        .map(|(x, y)| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
        .sum();
    common as f64 / (size(a) + size(b) - common).max(1) as f64
}

fn statements(lesson: &Lesson<'_>, choices: &[&Choice], out: &mut Vec<learn::Question>) {
    let found = matched(lesson, choices);
    let begins = |choice: &Choice| {
        let start = choice.content[0].start.index();
        lesson
            .contents
            .iter()
            .any(|c| c[0].start.abs_diff(start) <= 2)
    };
    for (c, choice) in choices.iter().enumerate() {
        // One whose end is wrong is a statement none the less.
        out.push(yes_or_no(
            choice,
            found.contains(&Some(c)) || begins(choice),
        ));
    }
}

fn speakers(
    lesson: &Lesson<'_>,
    choices: &[&Choice],
    cast: &rawi_names::Cast,
    out: &mut Vec<learn::Question>,
) {
    for (g, found) in matched(lesson, choices).into_iter().enumerate() {
        let Some(c) = found else { continue };
        let gold = lesson.annotation.statements[g].speaker.as_deref();
        let choice = choices[c];
        let right = choice.answers.iter().position(|a| {
            let name = a.meant.entity.map(|id| cast.get(id).name.as_str());
            name.is_some() == gold.is_some() && lesson.names.same(gold, name)
        });
        if let Some(right) = right {
            out.push(ranking(choice, right));
        }
    }
}

/// A question of several answers.
fn ranking(choice: &Choice, right: usize) -> learn::Question {
    let answers = choice.answers.iter();
    learn::Question {
        answers: answers.map(|a| numbers(&a.features)).collect(),
        right,
        weight: 1.0,
    }
}

/// For each choice the annotated statement that it is about: that of the same content.
fn about<'l>(lesson: &'l Lesson<'_>, choices: &[&Choice]) -> Vec<Option<&'l Statement>> {
    // Several choices may be about one statement.
    let mut distinct: Vec<&Choice> = Vec::new();
    let place: Vec<usize> = choices
        .iter()
        .map(|c| {
            let same = |d: &&Choice| d.cue == c.cue && d.content == c.content;
            distinct.iter().position(same).unwrap_or_else(|| {
                distinct.push(c);
                distinct.len() - 1
            })
        })
        .collect();
    let mut gold: Vec<Option<&Statement>> = vec![None; distinct.len()];
    for (g, found) in matched(lesson, &distinct).into_iter().enumerate() {
        if let Some(d) = found {
            gold[d] = Some(&lesson.annotation.statements[g]);
        }
    }
    place.into_iter().map(|d| gold[d]).collect()
}

/// The words of an answer.
fn words<'l>(lesson: &'l Lesson<'_>, answer: &Answer) -> Option<&'l str> {
    let span = answer.meant.span?;
    lesson
        .article
        .text
        .get(span.start.index()..span.end.index())
}

/// Which words name the source.
fn sources(lesson: &Lesson<'_>, choices: &[&Choice], out: &mut Vec<learn::Question>) {
    for (choice, gold) in choices.iter().zip(about(lesson, choices)) {
        let Some(gold) = gold else { continue };
        let last = choice.answers.len() - 1;
        let right = match gold.source.as_deref() {
            None => Some(last),
            Some(source) => {
                let source = folded(source);
                let named = |a: &Answer| words(lesson, a).map(folded);
                let whole = choice
                    .answers
                    .iter()
                    .position(|a| named(a).as_ref() == Some(&source));
                // A title more or an apposition less.
                let begins = |a: &Answer| {
                    named(a).is_some_and(|n| source.starts_with(&n) || n.starts_with(&source))
                };
                whole.or_else(|| choice.answers.iter().position(begins))
            }
        };
        out.extend(right.map(|right| ranking(choice, right)));
    }
}

/// Who is spoken to.
fn hearers(
    lesson: &Lesson<'_>,
    choices: &[&Choice],
    cast: &rawi_names::Cast,
    out: &mut Vec<learn::Question>,
) {
    for (choice, gold) in choices.iter().zip(about(lesson, choices)) {
        let (Some(gold), Some(id)) = (gold, choice.answers[0].meant.entity) else {
            continue;
        };
        let name = cast.get(id).name.as_str();
        let mut all = gold.addressee.iter();
        out.push(yes_or_no(
            choice,
            all.any(|a| lesson.names.same(Some(a), Some(name))),
        ));
    }
}

/// Through what it is said.
fn channels(lesson: &Lesson<'_>, choices: &[&Choice], out: &mut Vec<learn::Question>) {
    for (choice, gold) in choices.iter().zip(about(lesson, choices)) {
        let Some(gold) = gold else { continue };
        let last = choice.answers.len() - 1;
        let right = match gold.channel.as_deref().map(folded) {
            None => Some(last),
            Some(channel) => {
                let named = |a: &Answer| words(lesson, a).map(folded);
                let alike = |n: String| n.contains(&channel) || channel.contains(&n);
                let mut all = choice.answers.iter();
                all.position(|a| named(a).is_some_and(alike))
            }
        };
        out.extend(right.map(|right| ranking(choice, right)));
    }
}

/// Words without what two spellings of them differ in.
fn folded(words: &str) -> String {
    norm(Some(words))
}
