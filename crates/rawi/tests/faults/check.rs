//! A reading beside what a case asks for. Quotation marks, the stop at the end and
//! attached letters are not judged.

use std::collections::HashSet;

use rawi::Reading;
use rawi::reading::{
    Entity, Event as Told, EventType, Id, Participant, Statement as Read, TimeMention,
};

use crate::case::{Case, Event, Statement};

/// Everything that is wrong with a reading.
pub fn faults(case: &Case, reading: &Reading) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(wanted) = &case.statements {
        statements(wanted, &case.maybe, reading, &mut out);
    }
    if let Some(wanted) = &case.events {
        events(wanted, reading, &mut out);
    }
    names(case, reading, &mut out);
    if let Some(wanted) = &case.times {
        let value = |t: &TimeMention<'_>| t.value.map_or("none".to_owned(), |v| v.to_string());
        let mut found: Vec<(&str, String)> =
            reading.times.iter().map(|t| (&*t.text, value(t))).collect();
        for (text, value) in wanted {
            match found.iter().position(|t| t.0 == text && t.1 == *value) {
                Some(at) => drop(found.remove(at)),
                None => out.push(format!("time missing: {text} = {value}")),
            }
        }
        let extra = found.iter().map(|(t, v)| format!("extra time: {t} = {v}"));
        out.extend(extra);
    }
    out
}

fn bare(text: &str) -> String {
    let marks = |c: char| {
        matches!(
            c,
            '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200e}' | '\u{200f}'
        )
    };
    let kept: String = text
        .chars()
        .filter(|c| !marks(*c) && !"«»\"“”„'".contains(*c))
        .collect();
    let one = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    one.trim_matches(|c: char| " .،؛؟!:,;?".contains(c))
        .to_owned()
}

/// A text with and without what may be attached to its first word.
fn variants(text: &str) -> HashSet<String> {
    let mut out = HashSet::from([text.to_owned()]);
    for _ in 0..2 {
        let more: Vec<String> = out
            .iter()
            .flat_map(|t| {
                let cut = t
                    .strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])
                    .filter(|r| !r.is_empty());
                let full = t.strip_prefix("لل").map(|rest| format!("ال{rest}"));
                [cut.map(str::to_owned), full]
            })
            .flatten()
            .collect();
        out.extend(more);
    }
    out
}

fn same(wanted: &str, found: &str) -> bool {
    let (a, b) = (bare(wanted), bare(found));
    a == b || !a.is_empty() && !b.is_empty() && !variants(&a).is_disjoint(&variants(&b))
}

/// A name, with or without the general noun in front of it.
fn name_is(wanted: &str, found: &str) -> bool {
    const HEADS: [&str; 7] = ["وكالة", "صحيفة", "جريدة", "مجلة", "قناة", "شركة", "موقع"];
    let proper = |name: &str| {
        let mut name = bare(name);
        for head in HEADS {
            if let Some(rest) = name.strip_prefix(head).and_then(|r| r.strip_prefix(' ')) {
                name = rest.to_owned();
            }
        }
        name
    };
    proper(wanted) == proper(found)
}

fn one_of(wanted: &[String], found: Option<&str>) -> bool {
    wanted.iter().any(|w| match found {
        None => w == "nobody",
        Some(found) => name_is(w, found),
    })
}

/// Whether lists of names agree in any order; each wanted name may be several
/// separated by `/`.
fn all_named<'a>(wanted: &[String], found: impl Iterator<Item = &'a str> + Clone) -> bool {
    let any = |w: &str, f: &str| w.split('/').any(|w| name_is(w.trim(), f));
    wanted.len() == found.clone().count()
        && wanted.iter().all(|w| found.clone().any(|f| any(w, f)))
        && found.clone().all(|f| wanted.iter().any(|w| any(w, f)))
}

fn content_is(wanted: &str, found: &[&str]) -> bool {
    let pieces: Vec<&str> = wanted.split(" / ").collect();
    let joined = bare(&found.iter().map(|f| bare(f)).collect::<Vec<_>>().join(" "));
    if pieces.len() > 1 {
        let all = pieces.iter().map(|p| bare(p)).collect::<Vec<_>>().join(" ");
        return found.len() == pieces.len() && same(&all, &joined);
    }
    match wanted.split_once('…') {
        None => same(wanted, &joined),
        Some((first, last)) => {
            let begins = |a: &str, b: &str| format!("{b} ").starts_with(&format!("{a} "));
            let first = variants(&bare(first));
            let found = variants(&joined);
            first.iter().any(|a| found.iter().any(|b| begins(a, b)))
                && format!(" {joined}").ends_with(&format!(" {}", bare(last)))
        }
    }
}

/// What is not as wanted, the first of it.
fn difference(w: &Statement, s: &Read<'_>, r: &Reading<'_>) -> Option<&'static str> {
    if !one_of(&w.speakers, s.speaker.as_ref().map(|x| &*x.name)) {
        return Some("speaker");
    }
    let cue_fits = match &s.cue {
        None => w.cues.is_empty(),
        Some(cue) => w.cues.iter().any(|c| same(c, &cue.text)),
    };
    if !cue_fits {
        return Some("cue");
    }
    if !w.forms.contains(&word(&s.form)) {
        return Some("form");
    }
    let pieces: Vec<&str> = s.content.iter().map(|p| &*p.text).collect();
    if !content_is(&w.content, &pieces) {
        return Some("content");
    }
    let to = s.addressee.iter().map(|a| &*a.name);
    let addressed = if w.may_be_to.is_empty() {
        all_named(&w.to, to)
    } else {
        s.addressee.is_empty() || s.addressee.len() == 1 && one_of(&w.may_be_to, to.clone().next())
    };
    if !addressed {
        return Some("addressee");
    }
    if let Some(via) = &w.via {
        let name = |id: &Id| r.entities.iter().find(|e| e.id == *id).map(|e| &*e.name);
        let found: Vec<&str> = s.via.iter().filter_map(name).collect();
        if via.len() != found.len() || !via.iter().zip(&found).all(|(a, b)| name_is(a, b)) {
            return Some("via");
        }
    }
    let channel = s.channel.as_ref().map(|c| &*c.text);
    let free = w.any_channel || w.via.is_some() || w.any_via;
    let channel_fits = match channel {
        None => w.channels.is_empty(),
        Some(_) if w.channels.is_empty() => free,
        Some(c) => w.channels.iter().any(|x| same(x, c)),
    };
    if !channel_fits {
        return Some("channel");
    }
    let source = s.source.as_ref().map_or("", |p| &*p.text);
    if !w.sources.is_empty() && !w.sources.iter().any(|x| same(x, source)) {
        return Some("source");
    }
    if w.lemma
        .as_deref()
        .is_some_and(|l| s.cue.as_ref().is_none_or(|c| c.lemma != l))
    {
        return Some("lemma");
    }
    if !w.acts.is_empty() && !w.acts.contains(&word(&s.act)) {
        return Some("act");
    }
    None
}

/// A word of a closed list, as the contract spells it.
fn word(of: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(of).expect("a word of a list");
    json.as_str().expect("a word of a list").to_owned()
}

fn statements(wanted: &[Statement], maybe: &[String], r: &Reading<'_>, out: &mut Vec<String>) {
    let mut used: HashSet<Id> = HashSet::new();
    let mut found: Vec<Option<&Read>> = Vec::new();
    for (i, w) in wanted.iter().enumerate() {
        let free = |s: &&Read<'_>| !used.contains(&s.id);
        let hit = r
            .statements
            .iter()
            .filter(free)
            .find(|s| difference(w, s, r).is_none());
        let pieces = match hit {
            Some(hit) => Some(vec![hit]),
            None if w.split => in_pieces(w, r, &used),
            None => None,
        };
        match &pieces {
            Some(pieces) => used.extend(pieces.iter().map(|s| s.id)),
            None => {
                let why: Vec<&str> = r
                    .statements
                    .iter()
                    .filter(free)
                    .filter_map(|s| difference(w, s, r))
                    .collect();
                out.push(format!(
                    "statement {} not found ({})",
                    i + 1,
                    why.join(", ")
                ));
            }
        }
        found.push(pieces.map(|p| p[0]));
    }
    for (i, (w, s)) in wanted.iter().zip(&found).enumerate() {
        let Some(s) = s else { continue };
        let outer = match w.within {
            None => None,
            Some(n) => match found[n - 1] {
                Some(outer) => Some(outer.id),
                None => continue,
            },
        };
        if s.within != outer {
            out.push(format!("statement {}: nesting", i + 1));
        }
    }
    for s in &r.statements {
        let cue = s.cue.as_ref().map_or("", |c| &*c.text);
        if !used.contains(&s.id) && !maybe.iter().any(|m| same(m, cue)) {
            let who = s.speaker.as_ref().map_or("nobody", |x| &*x.name);
            out.push(format!(
                "extra statement: {who} | {cue} | {}",
                s.content[0].text
            ));
        }
    }
}

/// Statements that are each a piece of the wanted one.
fn in_pieces<'r>(
    w: &Statement,
    r: &'r Reading<'r>,
    used: &HashSet<Id>,
) -> Option<Vec<&'r Read<'r>>> {
    let mut out: Vec<&Read> = Vec::new();
    for piece in w.content.split(" / ") {
        let hit = r.statements.iter().find(|s| {
            let free = !used.contains(&s.id) && !out.iter().any(|o| o.id == s.id);
            let who = s.speaker.as_ref().map(|x| &*x.name);
            free && one_of(&w.speakers, who)
                && content_is(
                    piece,
                    &s.content.iter().map(|p| &*p.text).collect::<Vec<_>>(),
                )
        })?;
        out.push(hit);
    }
    Some(out)
}

fn sides<'a>(list: &'a [Participant<'a>]) -> impl Iterator<Item = &'a str> + Clone {
    list.iter().map(|p| &*p.name)
}

fn fits(w: &Event, e: &Told<'_>) -> bool {
    let status = word(&e.status);
    let people = match &w.recipients {
        None if e.kind == EventType::Consult => {
            let all = sides(&e.actors).chain(sides(&e.recipients));
            all_named(&w.actors, all)
        }
        None => all_named(&w.actors, sides(&e.actors)),
        Some(to) => all_named(&w.actors, sides(&e.actors)) && all_named(to, sides(&e.recipients)),
    };
    let date = w
        .date
        .as_deref()
        .is_none_or(|d| e.date.map_or("none".to_owned(), |v| v.to_string()) == d);
    w.types.iter().any(|t| t == e.kind.name()) && status == w.status && people && date
}

fn events(wanted: &[Event], r: &Reading<'_>, out: &mut Vec<String>) {
    let mut used: Vec<&Told> = Vec::new();
    for w in wanted {
        let free = |e: &&Told<'_>| !used.iter().any(|u| u.id == e.id);
        match r.events.iter().filter(free).find(|e| fits(w, e)) {
            Some(hit) => used.push(hit),
            None => out.push(format!(
                "event not found: {} {:?}",
                w.types.join("/"),
                w.actors
            )),
        }
    }
    let key = |e: &Told<'_>| {
        let mut sides: Vec<String> = [&e.actors, &e.recipients]
            .iter()
            .map(|l| {
                let mut names: Vec<&str> = sides(l).collect();
                names.sort_unstable();
                names.join(",")
            })
            .collect();
        sides.push(e.kind.to_string());
        (sides, e.status)
    };
    for e in &r.events {
        // What is told twice counts once.
        if !used.iter().any(|u| key(u) == key(e)) {
            let (a, b) = (
                sides(&e.actors).collect::<Vec<_>>(),
                sides(&e.recipients).collect::<Vec<_>>(),
            );
            out.push(format!(
                "extra event: {} {a:?} -> {b:?} {:?}",
                e.kind, e.status
            ));
        }
    }
}

fn names(case: &Case, r: &Reading<'_>, out: &mut Vec<String>) {
    for (name, kind, country) in &case.names {
        match r.entities.iter().find(|e| name_is(name, &e.name)) {
            None => out.push(format!("name missing: {name}")),
            Some(e) => {
                let found = word(&e.kind);
                if found != *kind {
                    out.push(format!("type of {name}: {found}"));
                }
                let found = e.country.as_deref().unwrap_or("none");
                if country.as_deref().is_some_and(|c| c != found) {
                    out.push(format!("country of {name}: {found}"));
                }
            }
        }
    }
    for name in &case.no_names {
        if r.entities.iter().any(|e| bare(&e.name) == bare(name)) {
            out.push(format!("name too many: {name}"));
        }
    }
    let holds = |e: &Entity<'_>, name: &str| {
        bare(&e.name) == bare(name) || e.mentions.iter().any(|m| bare(&m.text) == bare(name))
    };
    let holders = |name: &str| -> HashSet<Id> {
        let all = r.entities.iter().filter(|e| holds(e, name));
        all.map(|e| e.id).collect()
    };
    for (a, b) in &case.same {
        let (a_in, b_in) = (holders(a), holders(b));
        if a_in != b_in || a_in.len() != 1 {
            out.push(format!("not one entity: {a}, {b}"));
        }
    }
    for (a, b) in &case.differ {
        let (a_in, b_in) = (holders(a), holders(b));
        if a_in.is_empty() || b_in.is_empty() || !a_in.is_disjoint(&b_in) {
            out.push(format!("not two entities: {a}, {b}"));
        }
    }
}
