//! How far the confidence of statements can be relied on.

use std::fmt::Write as _;

use super::Score;

/// Statements are grouped by tenths of confidence.
const GROUPS: usize = 10;

#[derive(Clone, Copy, Default)]
struct Group {
    count: usize,
    confidence: f64,
    detected: usize,
    right: usize,
}

/// For each statement read, its confidence, whether it was detected, and
/// whether its speaker is right too.
fn all<'s>(score: &'s Score<'_>) -> impl Iterator<Item = (f64, bool, bool)> + 's {
    score.cases.iter().flat_map(|(case, statements)| {
        let read = case.read.map_or(&[][..], |r| &r.statements);
        read.iter().enumerate().filter_map(|(i, statement)| {
            let found = statements.found.iter().flatten().find(|f| f.read == i);
            Some((
                statement.confidence?,
                found.is_some(),
                found.is_some_and(|f| f.said_by),
            ))
        })
    })
}

/// For each statement read, its confidence and whether it is right.
pub(crate) fn answers(score: &Score<'_>) -> Vec<(f64, bool)> {
    all(score)
        .map(|(confidence, _, right)| (confidence, right))
        .collect()
}

/// A table with a row for each tenth of confidence: how many statements, how
/// confident on average, how many of them are statements, and how many of them
/// have the right speaker too.
pub(crate) fn page(score: &Score<'_>) -> String {
    let mut groups = [Group::default(); GROUPS];
    for (confidence, detected, right) in all(score) {
        // A confidence is between 0 and 1.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = ((confidence * 10.0) as usize).min(GROUPS - 1);
        let group = &mut groups[at];
        group.count += 1;
        group.confidence += confidence;
        group.detected += usize::from(detected);
        group.right += usize::from(right);
    }
    let mut page = String::from("confidence   statements  mean   detected  said_by\n");
    for (i, g) in groups.iter().enumerate().filter(|(_, g)| g.count > 0) {
        // Counts stay far below 2^53.
        #[allow(clippy::cast_precision_loss)]
        let share = |n: f64| n / g.count as f64;
        let _ = writeln!(
            page,
            "{:.1} to {:.1}   {:>10}  {:.3}  {:.3}     {:.3}",
            i as f32 / 10.0,
            (i + 1) as f32 / 10.0,
            g.count,
            share(g.confidence),
            super::divide(g.detected, g.count),
            super::divide(g.right, g.count),
        );
    }
    page
}
