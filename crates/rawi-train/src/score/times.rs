//! When.

use super::matching::overlap;
use super::{Case, Figures, Ratio};

/// Judges the time expressions of one article: each annotated one is found by
/// the first free one that overlaps it.
pub(crate) fn judge(case: &Case<'_>, figures: &mut Figures) {
    let read = case.read.map_or(&[][..], |r| &r.times);
    let mut free = vec![true; read.len()];
    let mut from = 0;
    for time in &case.gold.times {
        let span = case.text.span_of(&time.text, from);
        from = span.0;
        let found = (0..read.len()).find(|&i| free[i] && overlap(Some(span), read[i].piece.span()));
        figures.times.gold += 1;
        let Some(found) = found else { continue };
        free[found] = false;
        figures.times.hits += 1;
        if time.value.is_some() {
            figures.value.ask(read[found].value == time.value);
        }
    }
    figures.times += Ratio::new(0, read.len(), 0);
}
