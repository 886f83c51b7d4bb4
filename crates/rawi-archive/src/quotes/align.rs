//! Two wordings laid side by side, word by word.
//!
//! Words are compared by their terms, so that a word in another form is found again; what
//! counts as the same is the folded spelling, with or without a conjunction, and a number
//! however it is written. From the alignment follows a verdict:
//!
//! - **verbatim**: every word the same, in the same order, nothing between them;
//! - **cut**: what both have is the same word for word; one of them leaves out words;
//! - **altered**: most words are the same, others are changed, added or in another form. It
//!   is also altered if nothing but a negation, a condition or a number next to words that
//!   stay was left out, put in or changed: that turns the meaning around, and is pointed
//!   out ([`Critical`]);
//! - **paraphrased**: half of the content in other words or another order;
//! - **different**: less than that.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use super::words::{Class, Token};

/// So many cells of the table are filled at most: both texts are cut to what fits.
const CELLS: usize = 1 << 22;
/// More words of a wording are not looked at.
pub(crate) const LONGEST: usize = 2_000;

// What each step costs.
const FORM: u32 = 8;
const CHANGE: u32 = 30;
const OPEN: u32 = 20;
const EXTEND: u32 = 2;
/// In a quotation each word that the text does not have.
const UNFOUND: u32 = 20;
const NEVER: u32 = u32::MAX / 2;

/// How two wordings are related.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Word for word.
    Verbatim,
    /// Word for word, but for what is left out.
    Cut,
    /// Some words are others.
    Altered,
    /// In other words.
    Paraphrased,
    /// Something else.
    Different,
}

/// What happened to words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The first has them, the second does not.
    LeftOut,
    /// The second has them, the first does not.
    Added,
    /// They stand for each other.
    Replaced,
    /// The same words in another form.
    Form,
}

/// Why a difference turns the meaning around.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Critical {
    /// A negation.
    Negation,
    /// A condition.
    Condition,
    /// A number.
    Number,
}

/// Words that differ: indices of words in both wordings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Difference {
    pub change: Change,
    pub first: Range<usize>,
    pub second: Range<usize>,
    pub critical: Option<Critical>,
    /// Whether the second says by an ellipsis that it leaves something out.
    pub marked: bool,
}

/// Two wordings side by side.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Alignment {
    pub verdict: Verdict,
    /// The part of the first wording that the second stands for.
    pub within: Range<usize>,
    /// In the order of the text.
    pub differences: Vec<Difference>,
    /// How much of the shorter is the same, from 0 to 1.
    pub same: f64,
}

/// How an alignment moves on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Both,
    First,
    Second,
}

/// Aligns two wordings of equal standing.
pub(crate) fn align(first: &[Token], second: &[Token]) -> Alignment {
    let (first, second) = (
        &first[..first.len().min(LONGEST)],
        &second[..second.len().min(LONGEST)],
    );
    let steps = path(first, second, false);
    let mut found = Found::of(first, second, 0, &steps);
    found.ends_are_free();
    found.alignment(first, second)
}

/// Finds a quotation in a text, wherever it stands there: the place with the most of it.
/// None if less than half of its words are there.
pub(crate) fn locate(text: &[Token], quotation: &[Token]) -> Option<Alignment> {
    let quotation = &quotation[..quotation.len().min(LONGEST)];
    let window = window(text, quotation)?;
    let part = &text[window.clone()];
    let (skipped, steps) = place(path(part, quotation, true));
    let taken = steps.iter().filter(|s| **s != Step::Second).count();
    let part = &part[skipped..skipped + taken];
    let found = Found::of(part, quotation, window.start + skipped, &steps);
    let content = found.content;
    let mut alignment = found.alignment(text, quotation);
    let added = |d: &Difference| d.change == Change::Added;
    if alignment.verdict == Verdict::Cut && alignment.differences.iter().any(added) {
        alignment.verdict = Verdict::Altered;
    }
    let alike = content >= LEAST || alignment.verdict < Verdict::Altered;
    if alignment.verdict > Verdict::Altered || !alike {
        return None;
    }
    // A quotation that begins behind a negation says the opposite.
    let before = alignment.within.start.checked_sub(1).map(|i| text[i].class);
    let critical = match before {
        Some(Class::Negation) => Some(Critical::Negation),
        _ => None,
    };
    if critical.is_some() {
        let start = alignment.within.start;
        alignment.verdict = Verdict::Altered;
        alignment.differences.insert(
            0,
            Difference {
                change: Change::LeftOut,
                first: start - 1..start,
                second: 0..0,
                critical,
                marked: false,
            },
        );
        alignment.within.start -= 1;
    }
    Some(alignment)
}

/// How many words of the text stand before the place, and the steps at the place itself:
/// what stands before and behind it is no difference.
fn place(mut steps: Vec<Step>) -> (usize, Vec<Step>) {
    let lead = steps.iter().take_while(|s| **s != Step::Both).count();
    let skipped = steps[..lead].iter().filter(|s| **s == Step::First).count();
    let mut head: Vec<Step> = vec![Step::Second; lead - skipped];
    let tail = steps.iter().rev().take_while(|s| **s != Step::Both).count();
    let behind = steps.split_off(steps.len() - tail.min(steps.len() - lead));
    head.extend_from_slice(&steps[lead.min(steps.len())..]);
    head.extend(behind.into_iter().filter(|s| *s == Step::Second));
    (skipped, head)
}

/// The stretch of a text in which a quotation must be: where most of its different words
/// stand close together.
fn window(text: &[Token], quotation: &[Token]) -> Option<Range<usize>> {
    let wanted: BTreeSet<u32> = quotation
        .iter()
        .filter(|t| t.class != Class::Small)
        .map(|t| t.term)
        .collect();
    if wanted.is_empty() || text.is_empty() {
        return None;
    }
    let parts = 1 + quotation.iter().skip(1).filter(|t| t.broken).count();
    let most = CELLS / quotation.len().max(1);
    let width = match parts {
        1 => 3 * quotation.len() + 64,
        _ => text.len(),
    };
    let width = width.min(most).min(text.len());
    let mut counts = std::collections::HashMap::new();
    let (mut distinct, mut best) = (0_usize, (0, 0));
    for (end, token) in text.iter().enumerate() {
        if wanted.contains(&token.term) {
            let count = counts.entry(token.term).or_insert(0_u32);
            *count += 1;
            distinct += usize::from(*count == 1);
        }
        if let Some(gone) = end.checked_sub(width)
            && let Some(count) = counts.get_mut(&text[gone].term)
        {
            *count -= 1;
            distinct -= usize::from(*count == 0);
        }
        if distinct > best.0 {
            best = (distinct, end);
        }
    }
    if 2 * best.0 < wanted.len() {
        return None;
    }
    // The place may go on behind the word that completed it.
    let end = (best.1 + 1 + quotation.len()).min(text.len());
    Some(end.saturating_sub(width + quotation.len())..end)
}

/// The cheapest way through two texts. `inside`: the second stands somewhere in the first,
/// and what is before and behind costs nothing.
fn path(first: &[Token], second: &[Token], inside: bool) -> Vec<Step> {
    // What both begin and end with needs no table.
    let same = |(a, b): &(&Token, &Token)| a.form == b.form && a.term == b.term;
    let (mut head, mut tail) = (0, 0);
    if !inside {
        head = first.iter().zip(second).take_while(same).count();
        let rest = first[head..].iter().rev().zip(second[head..].iter().rev());
        tail = rest.take_while(same).count();
    }
    let (a, b) = (
        &first[head..first.len() - tail],
        &second[head..second.len() - tail],
    );
    let mut steps = vec![Step::Both; head];
    steps.extend(table(a, b, inside));
    steps.extend(std::iter::repeat_n(Step::Both, tail));
    steps
}

/// The three states of a cell: ended by both, by a word of the first, of the second.
type Costs = [u32; 3];

fn table(a: &[Token], b: &[Token], inside: bool) -> Vec<Step> {
    let width = a.len() + 1;
    // For each cell, which state each of its states came from: two bits each.
    let mut from = vec![0_u8; width * (b.len() + 1)];
    let mut row: Vec<Costs> = (0..width)
        .map(|j| match (j, inside) {
            (0, _) => [0, NEVER, NEVER],
            (_, true) => [NEVER, 0, NEVER],
            (_, false) => [NEVER, OPEN + EXTEND * j as u32, NEVER],
        })
        .collect();
    for (j, cell) in from.iter_mut().enumerate().take(width).skip(1) {
        *cell = if j == 1 { 0 } else { 1 << 2 };
    }
    let unfound = if inside { UNFOUND } else { EXTEND };
    for (i, word) in b.iter().enumerate() {
        let last = i + 1 == b.len();
        let mut diagonal = row[0];
        row[0] = [NEVER, NEVER, OPEN + unfound * (i as u32 + 1)];
        from[(i + 1) * width] = if i == 0 { 0 } else { 2 << 4 };
        for j in 1..width {
            let above = row[j];
            let beside = row[j - 1];
            let (both, origin_both) = least(diagonal);
            let (opened, extended) = match inside && last {
                // Behind the place nothing costs.
                true => (0, 0),
                false if b.get(i + 1).is_some_and(|next| next.broken) => (0, 0),
                false => (OPEN + EXTEND, EXTEND),
            };
            let first = [beside[0] + opened, beside[1] + extended, beside[2] + opened];
            let second = [
                above[0] + OPEN + unfound,
                above[1] + OPEN + unfound,
                above[2] + unfound,
            ];
            let ((left, origin_left), (added, origin_added)) = (least(first), least(second));
            row[j] = [both + cost(&a[j - 1], word), left, added];
            from[(i + 1) * width + j] = origin_both | origin_left << 2 | origin_added << 4;
            diagonal = above;
        }
    }
    let mut steps = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (b.len(), a.len());
    let mut state = least(row[a.len()]).1;
    while i > 0 || j > 0 {
        let origin = from[i * width + j] >> (2 * state) & 3;
        match state {
            0 if i > 0 && j > 0 => {
                steps.push(Step::Both);
                (i, j) = (i - 1, j - 1);
            }
            1 if j > 0 => {
                steps.push(Step::First);
                j -= 1;
            }
            _ if i > 0 => {
                steps.push(Step::Second);
                i -= 1;
            }
            _ => {
                steps.push(Step::First);
                j -= 1;
            }
        }
        state = origin;
    }
    steps.reverse();
    steps
}

/// The cheapest state and its number; the earlier where two cost the same.
fn least(costs: Costs) -> (u32, u8) {
    let mut best = (costs[0], 0);
    for state in [1, 2] {
        if costs[usize::from(state)] < best.0 {
            best = (costs[usize::from(state)], state);
        }
    }
    best
}

fn cost(a: &Token, b: &Token) -> u32 {
    match (a.form == b.form && a.term == b.term, a.term == b.term) {
        (true, _) => 0,
        (_, true) => FORM,
        _ => CHANGE,
    }
}

/// What an alignment found: the words that are the same, and the differences.
struct Found {
    same: usize,
    /// Same words that have content.
    content: usize,
    differences: Vec<Difference>,
    within: Range<usize>,
}

impl Found {
    fn of(first: &[Token], second: &[Token], offset: usize, steps: &[Step]) -> Self {
        let mut found = Self {
            same: 0,
            content: 0,
            differences: Vec::new(),
            within: offset..offset + first.len(),
        };
        let (mut a, mut b) = (0, 0);
        let mut open: Option<Difference> = None;
        for step in steps {
            let (change, ends) = match step {
                Step::Both if cost(&first[a], &second[b]) == 0 => (None, (a + 1, b + 1)),
                Step::Both if first[a].term == second[b].term => {
                    (Some(Change::Form), (a + 1, b + 1))
                }
                Step::Both => (Some(Change::Replaced), (a + 1, b + 1)),
                Step::First => (Some(Change::LeftOut), (a + 1, b)),
                Step::Second => (Some(Change::Added), (a, b + 1)),
            };
            match (change, &mut open) {
                (None, _) => {
                    found.same += 1;
                    found.content += usize::from(first[a].class != Class::Small);
                    found.differences.extend(open.take());
                }
                (Some(change), Some(difference)) => {
                    if difference.change != change {
                        difference.change = Change::Replaced;
                    }
                    difference.first.end = offset + ends.0;
                    difference.second.end = ends.1;
                }
                (Some(change), None) => {
                    open = Some(Difference {
                        change,
                        first: offset + a..offset + ends.0,
                        second: b..ends.1,
                        critical: None,
                        marked: second.get(ends.1).is_some_and(|t| t.broken),
                    });
                }
            }
            (a, b) = ends;
        }
        found.differences.extend(open);
        for difference in &mut found.differences {
            let own = difference.first.start - offset..difference.first.end - offset;
            difference.marked = second.get(difference.second.end).is_some_and(|t| t.broken)
                && difference.change == Change::LeftOut;
            difference.critical =
                critical(difference, &first[own], &second[difference.second.clone()]);
        }
        found
    }

    /// What one of them has before the other begins, or behind its end, is no alteration
    /// by what stands in it; only a negation directly before the beginning is.
    fn ends_are_free(&mut self) {
        let end = self.within.end;
        if let Some(d) = self.differences.last_mut()
            && d.first.end == end
            && matches!(d.change, Change::LeftOut | Change::Added)
        {
            d.critical = None;
        }
    }

    fn alignment(self, first: &[Token], second: &[Token]) -> Alignment {
        let a = &first[self.within.clone()];
        let shorter = a.len().min(second.len());
        let same = match shorter {
            0 => 0.0,
            n => self.same as f64 / n as f64,
        };
        let verdict = self.verdict(a, second, same);
        Alignment {
            verdict,
            within: self.within,
            differences: self.differences,
            same,
        }
    }

    fn verdict(&self, a: &[Token], b: &[Token], same: f64) -> Verdict {
        if self.differences.is_empty() && self.same > 0 {
            return Verdict::Verbatim;
        }
        let one_sided = |d: &Difference| matches!(d.change, Change::LeftOut | Change::Added);
        let critical = self.differences.iter().any(|d| d.critical.is_some());
        // Words that are found here and there are no cut copy.
        let scattered = self.differences.len() > 2 + self.same / 4;
        if same >= CUT
            && !critical
            && !scattered
            && self.differences.iter().all(one_sided)
            && self.keeps_order()
        {
            return Verdict::Cut;
        }
        if same >= ALTERED && !scattered {
            return Verdict::Altered;
        }
        let (shared, fewer) = content(a, b);
        if shared >= 4 && shared as f64 >= PARAPHRASED * fewer as f64 {
            return Verdict::Paraphrased;
        }
        Verdict::Different
    }

    /// Whether only one of them leaves out words in the middle.
    fn keeps_order(&self) -> bool {
        let inner = |change: Change| {
            let count = self.differences.len();
            let of = self.differences.iter().enumerate();
            of.filter(|(i, d)| *i > 0 && i + 1 < count && d.change == change)
                .count()
        };
        inner(Change::LeftOut) == 0 || inner(Change::Added) == 0
    }
}

/// The part of the shorter that a cut copy must have.
const CUT: f64 = 0.8;
/// The part of the shorter that an altered one must have.
const ALTERED: f64 = 0.6;
/// Replaced words are looked at one by one if there are at most so many.
const PASSAGE: usize = 6;
/// So many of its words with content must stand where an altered quotation is found.
const LEAST: usize = 3;
/// The part of the content that a paraphrase must have.
const PARAPHRASED: f64 = 0.5;

/// How many different words with content both have, and how many the one with fewer has.
fn content(a: &[Token], b: &[Token]) -> (usize, usize) {
    let terms = |tokens: &[Token]| -> BTreeSet<u32> {
        let tokens = tokens.iter().filter(|t| t.class != Class::Small);
        tokens.map(|t| t.term).collect()
    };
    let (a, b) = (terms(a), terms(b));
    (a.intersection(&b).count(), a.len().min(b.len()))
}

/// Whether a difference turns the meaning around: a negation or condition that stands
/// next to words that stay, or a number in a small difference.
pub(super) fn critical(
    difference: &Difference,
    first: &[Token],
    second: &[Token],
) -> Option<Critical> {
    // Where a whole passage is another, nothing in it is a change of its own.
    let length = first.len().max(second.len());
    let replaced = difference.change == Change::Replaced && length <= PASSAGE;
    let small = length <= 2;
    let of = |class: Class| {
        let near = |tokens: &[Token]| {
            let last = tokens.last().is_some_and(|t| t.class == class);
            last || (small || replaced) && tokens.iter().any(|t| t.class == class)
        };
        let list = |tokens: &[Token]| -> Vec<u32> {
            let own = tokens.iter().filter(|t| t.class == class);
            own.map(|t| t.term).collect()
        };
        (near(first) || near(second)) && list(first) != list(second)
    };
    let number = |tokens: &[Token]| tokens.iter().any(|t| t.class == Class::Number);
    if of(Class::Negation) {
        Some(Critical::Negation)
    } else if of(Class::Condition) {
        Some(Critical::Condition)
    } else if (replaced && (number(first) || number(second))
        || small && (number(first) || number(second)))
        && numbers(first) != numbers(second)
    {
        Some(Critical::Number)
    } else {
        None
    }
}

fn numbers(tokens: &[Token]) -> Vec<u32> {
    let numbers = tokens.iter().filter(|t| t.class == Class::Number);
    numbers.map(|t| t.term).collect()
}

#[cfg(test)]
mod tests;
