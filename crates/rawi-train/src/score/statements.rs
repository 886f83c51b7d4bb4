//! Who said what.

use anyhow::Result;

use super::matching::{Pair, common, greedy, iou};
use super::names::norm;
use super::{Case, Figures, Ratio};
use crate::gold;
use crate::predicted::{self, name, text};
use crate::text::Text;

/// Content that overlaps by less is another statement.
const DETECTED: f64 = 0.5;
/// Content that overlaps by this much is the same but for a word.
pub(crate) const EXACT: f64 = 0.9;

/// How the statements of one article were found.
#[derive(Debug)]
pub(crate) struct Statements {
    /// The positions that each annotated statement covers, sorted.
    pub(crate) gold: Vec<Vec<i64>>,
    /// The same of those read.
    pub(crate) read: Vec<Vec<i64>>,
    /// For each annotated one, what became of it.
    pub(crate) found: Vec<Option<Found>>,
}

/// A statement that was detected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// Which of those read it is.
    pub(crate) read: usize,
    /// Intersection over union of the contents.
    pub(crate) iou: f64,
    /// Whether the speaker is the right one.
    pub(crate) said_by: bool,
}

impl Statements {
    /// The indices of those read that nobody annotated.
    pub(crate) fn spurious(&self) -> impl Iterator<Item = usize> {
        let taken = |i: &usize| self.found.iter().flatten().any(|f| f.read == *i);
        (0..self.read.len()).filter(move |i| !taken(i))
    }
}

/// What scoring calls a statement that has no form.
pub(crate) fn form(statement: &predicted::Statement) -> &str {
    statement.form.as_deref().unwrap_or("None")
}

/// Judges the statements of one article.
///
/// # Errors
///
/// If a content span reaches out of the text, or a statement has no content.
pub(crate) fn judge(case: &Case<'_>, figures: &mut Figures) -> Result<Statements> {
    let annotated = &case.gold.statements;
    let read = case.read.map_or(&[][..], |r| &r.statements);
    let gold_cells = gold_spans(case.text, annotated)?
        .iter()
        .map(|spans| case.text.cells(spans))
        .collect::<Result<Vec<_>>>()?;
    let read_cells = read
        .iter()
        .map(|s| case.text.cells(&read_spans(s)?))
        .collect::<Result<Vec<_>>>()?;

    let mut pairs = Vec::new();
    for (gold, a) in gold_cells.iter().enumerate() {
        for (predicted, b) in read_cells.iter().enumerate() {
            pairs.extend(iou(a, b).map(|score| Pair {
                score,
                gold,
                predicted,
            }));
        }
    }
    let matched = greedy(pairs, annotated.len(), DETECTED);

    let mut found = Vec::new();
    for (gold, pair) in annotated.iter().zip(matched) {
        figures.form(&gold.form).detected.gold += 1;
        figures.form(&gold.form).said_by.gold += 1;
        found.push(pair.map(|pair| Found {
            read: pair.predicted,
            iou: pair.score,
            said_by: fields(case, gold, &read[pair.predicted], figures),
        }));
    }
    for statement in read {
        figures.form(form(statement)).detected.predicted += 1;
        figures.form(form(statement)).said_by.predicted += 1;
    }

    let sums = |hits| Ratio::new(hits, read.len(), annotated.len());
    let count = |which: fn(&Found) -> bool| found.iter().flatten().filter(|f| which(f)).count();
    figures.detected += sums(count(|_| true));
    figures.exact += sums(count(|f| f.iou >= EXACT));
    figures.said_by += sums(count(|f| f.said_by));
    figures.content += content(&gold_cells, &read_cells);
    Ok(Statements {
        gold: gold_cells,
        read: read_cells,
        found,
    })
}

/// Where the pieces of each annotated statement stand: in text order, a nested
/// statement anywhere.
fn gold_spans(text: &Text, statements: &[gold::Statement]) -> Result<Vec<Vec<(i64, i64)>>> {
    let mut begin = 0;
    let mut all = Vec::new();
    for (number, statement) in statements.iter().enumerate() {
        let outermost = statement.outer.is_none();
        let mut from = if outermost { begin } else { 0 };
        let mut spans = Vec::new();
        for piece in &statement.content {
            let span = text.span_of(piece, from);
            from = span.1;
            spans.push(span);
        }
        let Some(&(first, _)) = spans.first() else {
            anyhow::bail!("number {number} of the annotation has no content");
        };
        if outermost {
            begin = first;
        }
        all.push(spans);
    }
    Ok(all)
}

fn read_spans(statement: &predicted::Statement) -> Result<Vec<(i64, i64)>> {
    let spans = statement.content.iter().map(predicted::Piece::span);
    spans
        .collect::<Option<_>>()
        .ok_or_else(|| anyhow::anyhow!("content without start or end in the reading"))
}

/// Judges the fields of a detected statement; whether its speaker is right.
fn fields(
    case: &Case<'_>,
    gold: &gold::Statement,
    read: &predicted::Statement,
    figures: &mut Figures,
) -> bool {
    let said_by = case
        .names
        .same(gold.speaker.as_deref(), name(read.speaker.as_ref()));
    let form = figures.form(&gold.form);
    form.detected.hits += 1;
    form.said_by.hits += usize::from(said_by);
    figures.speaker.ask(said_by);
    figures.form.ask(read.form.as_ref() == Some(&gold.form));
    figures
        .cue
        .ask(norm(text(read.cue.as_ref())) == norm(gold.cue.as_deref()));
    figures
        .source
        .ask(norm(text(read.source.as_ref())) == norm(gold.source.as_deref()));
    figures.channel += channel(gold.channel.as_deref(), text(read.channel.as_ref()));

    let addressees: Vec<_> = read.addressee.iter().map(|a| a.name.as_deref()).collect();
    let reached = |name: &&String| addressees.iter().any(|&a| case.names.same(Some(name), a));
    figures.addressee += Ratio::new(
        gold.addressee.iter().filter(reached).count(),
        addressees.len(),
        gold.addressee.len(),
    );
    said_by
}

/// A channel is right when one side's words are among the other's: how much of
/// `بيان نشر على موقع الوزارة` belongs to the phrase is a matter of taste.
fn channel(gold: Option<&str>, read: Option<&str>) -> Ratio {
    let hit = gold.is_some() && read.is_some() && {
        let (gold, read) = (norm(gold), norm(read));
        gold.contains(&read) || read.contains(&gold)
    };
    Ratio::new(hit.into(), read.is_some().into(), gold.is_some().into())
}

/// Positions that any statement covers.
fn content(gold: &[Vec<i64>], read: &[Vec<i64>]) -> Ratio {
    let union = |cells: &[Vec<i64>]| {
        let mut all = cells.concat();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (gold, read) = (union(gold), union(read));
    Ratio::new(common(&gold, &read), read.len(), gold.len())
}
