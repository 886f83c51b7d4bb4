//! What is wrong with the names of readings, by kind, for those who mend it.

use std::collections::BTreeSet;

use super::cast::{CastScore, Judged, Span, strings_of};
use super::groups::Groups;
use super::matching::overlap;
use super::names::norm;

/// Code points shown on either side of a name.
const CONTEXT: usize = 30;

/// All lists, with so many examples under each kind of mistake.
pub(crate) fn page(score: &CastScore<'_>, examples: usize) -> String {
    let [mut wrong, mut short, mut joined, mut apart] = [(); 4].map(|()| Groups::default());
    for article in &score.articles {
        missed(article, &mut wrong);
        spurious(article, &mut wrong);
        full_names(article, &mut short);
        wrong_pairs(article, &mut joined);
        missing_pairs(article, &mut apart);
    }
    let mut page = String::new();
    wrong.print(&mut page, "names that are wrong", examples);
    short.print(&mut page, "full names that are missing", examples);
    joined.print(&mut page, "pairs that are not one", examples);
    apart.print(&mut page, "pairs that were left apart", examples);
    page
}

/// Mentions of the annotation that were not read as they are.
fn missed(article: &Judged<'_>, out: &mut Groups) {
    for (&span, kind) in &article.listed {
        let near: Vec<Span> = touching(article.found.keys(), span);
        let what = match article.found.get(&span) {
            Some(read) if read == kind => continue,
            Some(_) => "wrong type",
            None if near.is_empty() => "missed",
            None if near.iter().any(|&n| holds(n, span)) => "ran on",
            None if near.iter().all(|&n| holds(span, n)) => "cut short",
            None => "shifted",
        };
        let read: Vec<String> = near
            .iter()
            .map(|n| format!("{} {}", article.found[n].name(), piece(article, *n)))
            .collect();
        let got = if read.is_empty() {
            String::new()
        } else {
            format!(" | got {}", read.join(", "))
        };
        out.add(
            [what, kind.name()],
            format!("{}{got} | {}", at(article, span), around(article, span)),
        );
    }
}

/// Names that were read where the annotation lists none.
fn spurious(article: &Judged<'_>, out: &mut Groups) {
    for (&span, kind) in &article.found {
        if !touching(article.listed.keys(), span).is_empty() {
            continue;
        }
        let string = norm(Some(&piece(article, span)));
        let title_of = article.gold.members.iter().find(|m| {
            let mut titles = m.titles.iter();
            titles.any(|t| norm(Some(t)) == string)
        });
        let is = title_of.map_or(String::new(), |m| format!(" | a title of {}", m.name));
        out.add(
            ["spurious", kind.name()],
            format!("{}{is} | {}", at(article, span), around(article, span)),
        );
    }
}

/// Members whose fullest name is no entity's name.
fn full_names(article: &Judged<'_>, out: &mut Groups) {
    for (member, kind) in article.named().filter(|(m, _)| !article.is_full(m)) {
        let words = |s: &str| -> BTreeSet<String> {
            norm(Some(s))
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        let wanted = words(&member.name);
        let names = article.entities.iter().filter_map(|e| e.name.as_deref());
        let near: Vec<&str> = names
            .filter(|name| !words(name).is_disjoint(&wanted))
            .collect();
        let example = format!("{} | {}", article.gold.id, member.name);
        if near.is_empty() {
            out.add(["nothing near", kind.name()], example);
        } else {
            let example = format!("{example} | near {}", near.join("; "));
            out.add(["near", kind.name()], example);
        }
    }
}

/// Pairs of strings that the reading alone gives to one entity.
fn wrong_pairs(article: &Judged<'_>, out: &mut Groups) {
    for (pair, entity) in &article.read_pairs {
        if article.gold_pairs.contains_key(pair) {
            continue;
        }
        let owners = |string: &String| {
            let members = article.gold.members.iter();
            let of: Vec<&str> = members
                .filter(|m| strings_of(m).contains(string))
                .map(|m| m.name.as_str())
                .collect();
            shown(&of)
        };
        let (a, b) = pair;
        out.add(
            ["joined", entity.kind],
            format!(
                "{} | {} | {}, of {} | {}, of {}",
                article.gold.id,
                entity.name,
                spelled(article, a),
                owners(a),
                spelled(article, b),
                owners(b)
            ),
        );
    }
}

/// Pairs of strings that the annotation alone gives to one member.
fn missing_pairs(article: &Judged<'_>, out: &mut Groups) {
    for (pair, member) in &article.gold_pairs {
        if article.read_pairs.contains_key(pair) {
            continue;
        }
        let holders = |string: &str| -> Vec<&str> {
            let entities = article.entities.iter();
            let of = entities.filter(|e| e.strings().any(|s| norm(Some(s)) == string));
            of.map(|e| e.name.as_deref().unwrap_or("-")).collect()
        };
        let (a, b) = (holders(&pair.0), holders(&pair.1));
        let what = match (a.is_empty(), b.is_empty()) {
            (true, true) => "neither was read",
            (false, false) => "read as two",
            _ => "one was not read",
        };
        out.add(
            [what, member.kind],
            format!(
                "{} | {} | {}, of {} | {}, of {}",
                article.gold.id,
                member.name,
                spelled(article, &pair.0),
                shown(&a),
                spelled(article, &pair.1),
                shown(&b)
            ),
        );
    }
}

/// A normalized string of a pair as the annotation spells it.
fn spelled<'s>(article: &'s Judged<'_>, string: &'s str) -> &'s str {
    let members = article.gold.members.iter();
    let mut all = members.flat_map(|m| m.mentions.iter().chain(&m.titles));
    all.find(|s| norm(Some(s)) == string)
        .map_or(string, String::as_str)
}

/// The spans that share characters with one.
fn touching<'s>(spans: impl Iterator<Item = &'s Span>, span: Span) -> Vec<Span> {
    spans
        .copied()
        .filter(|&s| overlap(Some(s), Some(span)))
        .collect()
}

/// Whether one span lies in another.
fn holds(outer: Span, inner: Span) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1
}

fn piece(article: &Judged<'_>, (start, end): Span) -> String {
    article.text.piece(start, end).unwrap_or_default()
}

fn at(article: &Judged<'_>, span: Span) -> String {
    format!("{} | {}", article.gold.id, piece(article, span))
}

fn around(article: &Judged<'_>, span: Span) -> String {
    let before = article.text.around(span.0, CONTEXT).0;
    let after = article.text.around(span.1, CONTEXT).1;
    format!("{before}┃{}┃{after}", piece(article, span))
}

fn shown(names: &[&str]) -> String {
    if names.is_empty() {
        "nobody".to_owned()
    } else {
        names.join("; ")
    }
}
