//! Wrong statements, grouped by what went wrong, for those who mend rules.
//!
//! Cues are grouped by their normalized spelling with whatever is attached to
//! them; `-` stands for no cue. Groups are sorted by size, then by key.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::groups::Groups;
use super::names::norm;
use super::report::start;
use super::sources::{self, Kind};
use super::statements::{EXACT, Found, Statements, form};
use super::{Case, Ratio, Score};
use crate::gold;
use crate::predicted::{self, name, text};

/// Examples under each kind of missed and spurious statement.
const EXAMPLES: usize = 3;
/// Code points shown on either side of a boundary.
const CONTEXT: usize = 24;

/// All lists.
pub(crate) fn page(score: &Score<'_>) -> String {
    let mut page = String::new();
    missed(score).print(&mut page, "missed statements, by form and cue", EXAMPLES);
    spurious(score).print(&mut page, "spurious statements, by form and cue", EXAMPLES);
    boundaries(score).print(&mut page, "boundaries that are off, by form", usize::MAX);
    speakers(score).print(
        &mut page,
        "wrong speakers, by kind of source and cause",
        usize::MAX,
    );
    forms(score, &mut page);
    nesting(score, &mut page);
    cues(score, &mut page);
    page
}

/// A statement of the annotation beside the one read for it.
struct Detected<'a> {
    case: &'a Case<'a>,
    judged: &'a Statements,
    index: usize,
    gold: &'a gold::Statement,
    read: &'a predicted::Statement,
    found: Found,
}

fn detected<'a>(score: &'a Score<'a>) -> impl Iterator<Item = Detected<'a>> {
    score.cases.iter().flat_map(|(case, judged)| {
        let read = read(case);
        judged
            .found
            .iter()
            .enumerate()
            .filter_map(move |(index, found)| {
                let found = (*found)?;
                Some(Detected {
                    case,
                    judged,
                    index,
                    gold: &case.gold.statements[index],
                    read: &read[found.read],
                    found,
                })
            })
    })
}

fn read<'a>(case: &Case<'a>) -> &'a [predicted::Statement] {
    case.read.map_or(&[], |r| &r.statements)
}

fn cue_key(cue: Option<&str>) -> String {
    match norm(cue) {
        none if none.is_empty() => "-".to_owned(),
        cue => cue,
    }
}

fn shown(s: Option<&str>) -> &str {
    s.unwrap_or("-")
}

fn one_line(content: &str) -> String {
    start(content, 70).replace(char::is_whitespace, " ")
}

fn missed(score: &Score<'_>) -> Groups {
    let mut groups = Groups::default();
    for (case, judged) in &score.cases {
        let annotated = case.gold.statements.iter().zip(&judged.found);
        for (gold, _) in annotated.filter(|(_, found)| found.is_none()) {
            let cue = gold.cue.as_deref();
            let content = gold.content.first().map_or("", String::as_str);
            groups.add(
                [&gold.form, &cue_key(cue)],
                format!("{} | {} | {}", case.gold.id, shown(cue), one_line(content)),
            );
        }
    }
    groups
}

fn spurious(score: &Score<'_>) -> Groups {
    let mut groups = Groups::default();
    for (case, judged) in &score.cases {
        for i in judged.spurious() {
            let statement = &read(case)[i];
            let cue = text(statement.cue.as_ref());
            let content = text(statement.content.first()).unwrap_or_default();
            groups.add(
                [form(statement), &cue_key(cue)],
                format!("{} | {} | {}", case.gold.id, shown(cue), one_line(content)),
            );
        }
    }
    groups
}

fn boundaries(score: &Score<'_>) -> Groups {
    let mut groups = Groups::default();
    for d in detected(score).filter(|d| d.found.iou < EXACT) {
        let ends = |cells: &[i64]| Some((*cells.first()?, *cells.last()? + 1));
        let gold_cells = &d.judged.gold[d.index];
        let read_cells = &d.judged.read[d.found.read];
        // A detected statement covers something on both sides.
        let (Some(gold), Some(read)) = (ends(gold_cells), ends(read_cells)) else {
            continue;
        };
        let around = |at: i64| {
            let (before, after) = d.case.text.around(at, CONTEXT);
            format!("{before}┃{after}")
        };
        let mut off = Vec::new();
        let mut lines = format!("{} | {}", d.case.gold.id, shown(d.gold.cue.as_deref()));
        for (side, gold, read) in [("start", gold.0, read.0), ("end", gold.1, read.1)] {
            if gold == read {
                continue;
            }
            let which = if read < gold { "early" } else { "late" };
            off.push(format!("{side} {which}"));
            let _ = write!(
                lines,
                "\n           {side} {:+}\n             gold {}\n             read {}",
                read - gold,
                around(gold),
                around(read)
            );
        }
        if off.is_empty() {
            off.push("inside".to_owned());
            let mut cells = gold_cells.iter().zip(read_cells);
            if let Some((a, b)) = cells.find(|(a, b)| a != b) {
                let _ = write!(lines, "\n           from {}", around(*a.min(b)));
            }
        }
        groups.add([&d.gold.form, &off.join(", ")], lines);
    }
    groups
}

fn speakers(score: &Score<'_>) -> Groups {
    let mut groups = Groups::default();
    for d in detected(score).filter(|d| !d.found.said_by) {
        let speaker = d.read.speaker.as_ref();
        let how = speaker.and_then(|s| s.how.as_deref());
        let content = d.gold.content.first().map_or("", String::as_str);
        groups.add(
            [
                Kind::of(d.gold).name(),
                sources::cause(d.case, d.gold, d.read),
            ],
            format!(
                "{} | {} | gold {} ({}) | got {} ({}, {}) | {}",
                d.case.gold.id,
                shown(d.gold.cue.as_deref()),
                shown(d.gold.speaker.as_deref()),
                shown(d.gold.source.as_deref()),
                shown(name(speaker)),
                shown(text(d.read.source.as_ref())),
                shown(how),
                one_line(content)
            ),
        );
    }
    groups
}

/// Forms annotated (rows) against forms read (columns).
fn forms(score: &Score<'_>, page: &mut String) {
    const MISSED: &str = "missed";
    const SPURIOUS: &str = "spurious";
    let mut cells: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (case, judged) in &score.cases {
        for (gold, found) in case.gold.statements.iter().zip(&judged.found) {
            let column = found.map_or(MISSED, |f| form(&read(case)[f.read]));
            *cells.entry((&gold.form, column)).or_default() += 1;
        }
        for i in judged.spurious() {
            *cells.entry((SPURIOUS, form(&read(case)[i]))).or_default() += 1;
        }
    }
    let mut rows: Vec<&str> = cells.keys().map(|key| key.0).collect();
    let mut columns: Vec<&str> = cells.keys().map(|key| key.1).collect();
    for (names, last) in [(&mut rows, SPURIOUS), (&mut columns, MISSED)] {
        names.sort_by_key(|&name| (name == last, name));
        names.dedup();
    }

    let _ = writeln!(page, "\n== forms, annotated (rows) and read (columns)");
    let _ = write!(page, "{:10}", "");
    for column in &columns {
        let _ = write!(page, "{column:>10}");
    }
    page.push('\n');
    for row in rows {
        let _ = write!(page, "{row:10}");
        for &column in &columns {
            let n = cells.get(&(row, column)).copied().unwrap_or_default();
            let _ = write!(page, "{n:>10}");
        }
        page.push('\n');
    }
}

/// Which detected statements stand inside another one, rightly or not.
fn nesting(score: &Score<'_>, page: &mut String) {
    let mut nested = Ratio::default();
    for d in detected(score) {
        let (gold, read) = (d.gold.outer.is_some(), d.read.outer.is_some());
        nested += Ratio::new((gold && read).into(), read.into(), gold.into());
    }
    let _ = writeln!(
        page,
        "\n== detected inside another statement: annotated {}, read {}, both {}",
        nested.gold, nested.predicted, nested.hits
    );
}

/// How many statements with a cue are right, and how many are found.
fn cues(score: &Score<'_>, page: &mut String) {
    let mut by_cue: BTreeMap<String, Cue> = BTreeMap::new();
    for (case, _) in &score.cases {
        for gold in &case.gold.statements {
            by_cue.entry(cue_key(gold.cue.as_deref())).or_default().gold += 1;
        }
        for read in read(case) {
            by_cue
                .entry(cue_key(text(read.cue.as_ref())))
                .or_default()
                .read += 1;
        }
    }
    for d in detected(score) {
        by_cue
            .entry(cue_key(d.gold.cue.as_deref()))
            .or_default()
            .found += 1;
        by_cue
            .entry(cue_key(text(d.read.cue.as_ref())))
            .or_default()
            .right += 1;
    }
    let mut rows: Vec<_> = by_cue.into_iter().collect();
    rows.sort_by(|(a, x), (b, y)| (y.gold + y.read).cmp(&(x.gold + x.read)).then(a.cmp(b)));

    let _ = writeln!(page, "\n== cues: annotated, read, P, R");
    for (cue, n) in rows {
        let precision = Ratio::new(n.right, n.read, 0).precision();
        let recall = Ratio::new(n.found, 0, n.gold).recall();
        let _ = writeln!(
            page,
            "{:5} {:5}  P {precision:.3}  R {recall:.3}  {cue}",
            n.gold, n.read
        );
    }
}

/// Statements with one cue.
#[derive(Default)]
struct Cue {
    gold: usize,
    read: usize,
    /// Of the annotated ones, those detected (with whatever cue).
    found: usize,
    /// Of those read, those that are annotated (with whatever cue).
    right: usize,
}
