//! What a question was understood as, and what can be asked.

use rawi_archive::ArchiveError;
use rawi_archive::search::{FacetField, FacetValue, Resolved, Understood};

use super::ask::{Ask, FILTERS};
use super::begin;
use super::narrow::field_words;
use super::summary::Summary;
use crate::params::Params;
use crate::problem::{Problem, Why};
use crate::site::Site;

/// How many other forms of the words are told.
const FORMS: usize = 8;

/// Somebody whom a name may mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// What they are, in words.
    pub kind: String,
    /// The question with nobody but them.
    pub href: String,
}

/// Whom a name in the question means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meant {
    /// Which part of the question it is.
    pub field: String,
    /// The name as it was written.
    pub name: String,
    /// Those who are meant.
    pub meant: Vec<Person>,
    /// How many more there are.
    pub more: usize,
    /// Others whose names have more words.
    pub others: Vec<Person>,
}

/// A question that leads somewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// What stands before the name.
    pub before: &'static str,
    /// The name.
    pub name: String,
    /// What stands behind it.
    pub behind: &'static str,
    /// The question.
    pub href: String,
}

/// The other forms in which the words stand among the hits.
pub fn forms(words: &[String], found: Vec<(String, usize)>) -> Vec<String> {
    let asked: Vec<&str> = words.iter().flat_map(|w| w.split_whitespace()).collect();
    let others = found.into_iter().map(|(form, _)| form);
    others
        .filter(|form| !asked.contains(&&**form) && !words.contains(form))
        .take(FORMS)
        .collect()
}

/// Whom the names mean, where that isn't plain.
pub fn meant(site: &Site, understood: &Understood) -> Vec<Meant> {
    let names = understood.names.iter();
    names
        .filter(|name| name.field != "outlet")
        .filter(|name| name.count != 1 || !name.others.is_empty() || !name.whole)
        .map(|name| one(site, name))
        .collect()
}

fn one(site: &Site, name: &Resolved) -> Meant {
    let (blank, filter) = match name.field {
        "speaker" => ("who", "speaker"),
        "to" => ("to", "addressee"),
        _ => ("via", "through"),
    };
    let person = |who: &rawi_archive::search::Candidate| Person {
        name: who.name.clone(),
        kind: site.value("entity", &who.kind).to_owned(),
        href: site.here(
            &begin(&site.params)
                .without(blank)
                .and(filter, &format!("#{}", who.id)),
        ),
    };
    Meant {
        field: field_words(site, filter).to_owned(),
        name: name.name.clone(),
        meant: name.meant.iter().map(person).collect(),
        more: name.count.saturating_sub(name.meant.len()),
        others: name.others.iter().map(person).collect(),
    }
}

/// What the tab of the browser says: the question.
pub fn title(site: &Site, ask: &Ask) -> Option<String> {
    let t = site.t();
    if ask.conditions.is_empty() {
        return None;
    }
    if let Some(query) = site.params.get("q") {
        return Some(query.to_owned());
    }
    let mut out = t.search_what.to_owned();
    out.push(' ');
    out.push_str(site.params.get("who").unwrap_or(t.search_anyone));
    for (name, word) in [
        ("about", t.search_about),
        ("to", t.search_to),
        ("via", t.search_via),
    ] {
        if let Some(value) = site.params.get(name) {
            out.push_str(&format!(" {word} {value}"));
        } else if name == "about" && !site.arabic() {
            out.push_str(&format!(" {}", t.search_say));
        }
    }
    out.push_str(t.search_end);
    Some(out)
}

/// Questions that are worth asking of this archive.
pub fn examples(site: &Site, summary: &Summary) -> Vec<Example> {
    let t = site.t();
    let first = |field: FacetField| -> Option<&FacetValue> {
        let values = &summary.facet(field)?.values;
        values.iter().find(|v| v.value != "none")
    };
    let to = |name: &str, value: &str| {
        let params: Params = [(name, value)].into_iter().collect();
        site.link("/", &params)
    };
    let mut all = Vec::new();
    let mut add = |before, name: String, behind, href| {
        all.push(Example {
            before,
            name,
            behind,
            href,
        });
    };
    if let Some(speaker) = first(FacetField::Speaker) {
        let href = to("speaker", &speaker.value);
        add(
            t.search_example_who,
            speaker.label.clone(),
            t.search_example_end,
            href,
        );
    }
    let acts = summary.facet(FacetField::Act).map(|f| &f.values[..]);
    if acts.unwrap_or_default().iter().any(|v| v.value == "deny") {
        add(
            t.search_example_denied,
            String::new(),
            "",
            to("act", "deny"),
        );
    }
    if let Some(channel) = first(FacetField::Channel) {
        let name = site.value("channel", &channel.value).to_owned();
        add(
            t.search_example_channel,
            name,
            t.search_example_end,
            to("channel", &channel.value),
        );
    }
    if let Some(outlet) = first(FacetField::Outlet) {
        let href = to("outlet", &outlet.label);
        add(
            t.search_example_outlet,
            outlet.label.clone(),
            t.search_example_end,
            href,
        );
    }
    all
}

/// What is told on the page itself: what of the question wasn't understood. The rest isn't
/// the question's fault.
pub fn told(problem: Problem, params: &Params) -> Result<Problem, Problem> {
    match problem {
        Problem::NotUnderstood { .. } => Ok(problem),
        Problem::Archive(ArchiveError::Asked(what)) => {
            let hint = String::new();
            Ok(blame(params, Why::Said { what, hint }))
        }
        Problem::Archive(ArchiveError::Query(e)) => Ok(blame(params, Why::Query(e.fault))),
        other => Err(other),
    }
}

/// Says of which part of the state the archive said something: the number that it doesn't
/// have, or the place in another list.
fn blame(params: &Params, why: Why) -> Problem {
    let what = why.what();
    let names = ["who", "to", "via", "q"].into_iter();
    let mut names = names.chain(FILTERS.iter().map(|(name, _)| *name));
    let told = |name: &&str| params.all(name).find(|value| what.contains(value));
    let (field, value) = names
        .find_map(|name| told(&name).map(|value| (name, value)))
        .or_else(|| params.get("cursor").map(|cursor| ("cursor", cursor)))
        .unwrap_or(("q", params.get("q").unwrap_or_default()));
    Problem::NotUnderstood {
        field,
        value: value.to_owned(),
        column: None,
        why,
    }
}
