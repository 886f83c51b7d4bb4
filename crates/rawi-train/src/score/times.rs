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
        // The next one of these words is another expression.
        from = span.1;
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

#[cfg(test)]
mod tests {
    use super::super::tests::figures;
    use super::*;
    use crate::score::Share;
    use anyhow::Result;
    use serde_json::json;

    #[test]
    fn each_time_is_found_once() -> Result<()> {
        let text = "اجتمع الاثنين مساء، ثم عاد الأحد في 2024.";
        let gold = json!({"times": [
            {"text": "الاثنين مساء", "value": "2026-03-02"},
            {"text": "الأحد", "value": "2026-03-08"},
            {"text": "2024", "value": null},
        ]});
        let read = json!({"times": [
            {"start": 6, "end": 13, "value": "2026-03-02"},
            {"start": 14, "end": 18, "value": "2026-03-02"},
            {"start": 27, "end": 32},
            {"start": 36, "end": 40, "value": "2024"},
            {"start": 0, "end": 5, "value": "2024"},
        ]});
        let found = figures(text, gold, read)?;
        assert_eq!(found.times, Ratio::new(3, 5, 3));
        // The year has no value to compare with; Sunday has none to show.
        assert_eq!(found.value, Share { right: 1, asked: 2 });
        Ok(())
    }
}
