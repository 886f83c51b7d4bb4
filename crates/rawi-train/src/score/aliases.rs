//! Who is who: which strings of an article name the same one.

use std::collections::BTreeSet;

use super::names::norm;
use super::{Case, Figures, Ratio};

/// Judges the pairs of strings that name one entity. Of those read, only pairs
/// of annotated strings count: a reading may know more people than the
/// annotation, which lists those who speak or act.
pub(crate) fn judge(case: &Case<'_>, figures: &mut Figures) {
    let annotated = case.gold.entities.iter();
    let gold = pairs(annotated.map(|e| names(e.mentions.iter().chain([&e.name]))));

    let known = case.names.all();
    let read = case.read.map_or(&[][..], |r| &r.entities).iter();
    let read = pairs(read.map(|e| names(e.strings())));
    let read: BTreeSet<_> = read
        .into_iter()
        .filter(|(a, b)| known.contains(a.as_str()) && known.contains(b.as_str()))
        .collect();

    let hits = gold.intersection(&read).count();
    figures.aliases += Ratio::new(hits, read.len(), gold.len());
}

/// Distinct strings, normalized.
pub(super) fn names<'a>(of: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    of.map(|n| norm(Some(n)))
        .filter(|n| !n.is_empty())
        .collect()
}

/// The pairs of strings that stand in one group.
pub(super) fn pairs(
    groups: impl IntoIterator<Item = BTreeSet<String>>,
) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for (i, a) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(i + 1).map(|b| (a.clone(), b.clone())));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::tests::figures;
    use super::*;
    use anyhow::Result;
    use serde_json::json;

    #[test]
    fn pairs_of_known_strings_count() -> Result<()> {
        let gold = json!({"entities": [
            {"name": "ليلى الشمري", "type": "PER", "mentions": ["الشمري", "الوزيرة", "ليلي الشمري"]},
            {"name": "البلدية", "type": "ORG", "mentions": ["البلدية"]},
        ]});
        let text = |t: &str| json!({"text": t});
        let read = json!({"entities": [
            // Of three strings here one is unknown: one pair, and it is right.
            {"name": "ليلى الشمري", "mentions": [text("الشمرى"), text("ليلى"), text("")]},
            // One pair, and it is wrong.
            {"name": "البلدية", "mentions": [text("الوزيرة")]},
            {"mentions": []},
        ]});
        // Three distinct names of the minister make three pairs.
        assert_eq!(figures("", gold, read)?.aliases, Ratio::new(1, 2, 3));
        Ok(())
    }
}
