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
    let read = pairs(read.map(|e| {
        let mentions = e.mentions.iter().filter_map(|m| m.text.as_ref());
        names(mentions.chain(&e.name))
    }));
    let read: BTreeSet<_> = read
        .into_iter()
        .filter(|(a, b)| known.contains(a.as_str()) && known.contains(b.as_str()))
        .collect();

    let hits = gold.intersection(&read).count();
    figures.aliases += Ratio::new(hits, read.len(), gold.len());
}

fn names<'a>(of: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    of.map(|n| norm(Some(n)))
        .filter(|n| !n.is_empty())
        .collect()
}

fn pairs(groups: impl Iterator<Item = BTreeSet<String>>) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for group in groups {
        for (i, a) in group.iter().enumerate() {
            pairs.extend(group.iter().skip(i + 1).map(|b| (a.clone(), b.clone())));
        }
    }
    pairs
}
