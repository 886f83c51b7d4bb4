//! Events: who did what to whom, when, and who says so.

mod asked;
mod download;
mod matrix;
#[cfg(feature = "export")]
mod plover;
mod row;

use askama::Template;
use rawi::reading::EventType;
use rawi_archive::events::{Claim, EventCondition, EventField, EventFilter, EventRequest, Who};
use rawi_archive::search::{FacetValue, Sort};

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::problem::Problem;
use crate::site::Site;

pub use asked::filter;
pub(crate) use asked::{address, period, who};
pub use download::{Download, download};
pub(crate) use row::{Row, score, sign};

use download::Form;
use matrix::Grid;

/// How many events a page has.
const PAGE: usize = 40;

/// How many rows and columns the matrix has.
const SIDES: usize = 5;

/// How many of those who claim something are named.
const CLAIMANTS: usize = 4;

/// How many types are named.
const TYPES: usize = 7;

/// The parameters that the question itself asks for; all others are chips.
const ASKED: [&str; 4] = ["a", "b", "type", "in"];

/// Those that say how to show what was asked for.
const SHOWN: [&str; 3] = ["sort", "cursor", "copies"];

/// A value with its link.
struct Count {
    label: String,
    count: u64,
    href: String,
}

/// A condition that can be lifted.
struct Chip {
    field: &'static str,
    value: String,
    /// Whether it is a name, which stays as articles have it.
    name: bool,
    href: String,
}

/// A condition of a question that nothing answers.
struct Lift {
    what: String,
    count: u64,
    href: String,
}

#[derive(Template)]
#[template(path = "events.html")]
struct Screen<'a> {
    frame: Frame<'a>,
    params: &'a Params,
    /// The two sides as they are named.
    a: String,
    b: String,
    count: u64,
    by_article: Count,
    claimed: Count,
    claimants: Vec<Count>,
    types: Vec<Count>,
    chips: Vec<Chip>,
    kinds: Vec<(&'static str, String, bool)>,
    kept: Vec<(&'a str, &'a str)>,
    grid: Grid,
    rows: Vec<Row>,
    oldest: bool,
    folded: bool,
    next: Option<String>,
    lifts: Vec<Lift>,
}

/// The page.
///
/// # Errors
///
/// If what is asked cannot be understood, or the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let archive = desk.archive;
    archive.at_once(|| made(desk, site))
}

fn made(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let params = &site.params;
    let filter = filter(params)?;
    let t = site.t();
    let oldest = params.get("sort") == Some("oldest");
    let sort = if oldest { Sort::Oldest } else { Sort::Newest };
    let request = EventRequest {
        filter: filter.clone(),
        sort,
        limit: PAGE,
        cursor: params.get("cursor").map(str::to_owned),
    };
    let found = desk.searcher.events(&request)?;
    let counts = |desk: &mut Desk<'_>, field, most| -> Result<Vec<FacetValue>, Problem> {
        Ok(desk.searcher.event_counts(&filter, field, most)?.values)
    };
    let all_claimed = counts(desk, EventField::Claimed, CLAIMANTS + 1)?;
    let told = all_claimed.iter().find(|v| v.value == "article");
    let told = match told {
        Some(told) => told.count,
        // Few are told by articles themselves, if any.
        None => by_articles(desk, &filter)?,
    };
    let state = params.without("cursor");
    let link = |name: &str, value: &str| site.link("/events", &state.with(name, value));
    let one = |count, value: &str| Count {
        label: String::new(),
        count,
        href: link("claimed", value),
    };
    let speakers = all_claimed.iter().filter(|v| v.value != "article");
    let claimants = speakers.take(CLAIMANTS).map(|v| Count {
        label: v.label.clone(),
        count: v.count,
        href: link("claimed", &v.value),
    });
    let types = counts(desk, EventField::Type, TYPES)?;
    let types = types.into_iter().map(|v| Count {
        label: site.value("event", &v.value).to_owned(),
        count: v.count,
        href: link("type", &v.value),
    });
    let kinds = EventType::ALL.into_iter().map(|kind| {
        let name = kind.name();
        (
            name,
            site.value("event", name).to_owned(),
            filter.types.contains(&kind),
        )
    });
    let matrix = desk.searcher.event_matrix(&filter, SIDES)?;
    let lifts = match found.count {
        0 => lifts(desk, site, &state, &filter)?,
        _ => Vec::new(),
    };
    let rows = found.hits.iter().map(|hit| Row::of(site, hit));
    let screen = Screen {
        a: params
            .get("a")
            .map_or_else(String::new, |value| who_field(desk, value)),
        b: params
            .get("b")
            .map_or_else(String::new, |value| who_field(desk, value)),
        count: found.count,
        by_article: one(told, "article"),
        claimed: one(found.count - told, "somebody"),
        claimants: claimants.collect(),
        types: types.collect(),
        chips: chips(desk, site, &state),
        kinds: kinds.collect(),
        kept: state
            .pairs()
            .filter(|(name, _)| !ASKED.contains(name))
            .collect(),
        grid: Grid::of(site, &state, matrix),
        rows: rows.collect(),
        oldest,
        folded: filter.fold,
        next: found.next.map(|next| link("cursor", &next)),
        lifts,
        frame: Frame::new(desk, site, Section::Events, t.events_nav.to_owned())?,
        params,
    };
    Page::of(&screen)
}

/// How many of some events articles tell by themselves.
fn by_articles(desk: &mut Desk<'_>, filter: &EventFilter) -> Result<u64, Problem> {
    match filter.claimed {
        None => Ok(desk.searcher.count_events(&EventFilter {
            claimed: Some(Claim::Article),
            ..filter.clone()
        })?),
        Some(_) => Ok(0),
    }
}

impl Screen<'_> {
    /// A field of the question as it was filled in.
    fn field(&self, name: &str) -> &str {
        self.params.get(name).unwrap_or_default()
    }

    /// This page with one more condition.
    fn only(&self, name: &str, value: &str) -> String {
        let site = self.frame.site;
        site.link("/events", &self.params.without("cursor").with(name, value))
    }

    /// The same events as files: what each is called, and where it is.
    fn downloads(&self) -> impl Iterator<Item = (&'static str, String)> {
        let site = self.frame.site;
        let state = self.params.without("cursor");
        Form::ALL.iter().map(move |form| {
            let params = state.with("format", form.name());
            (form.title(), site.link("/events/download", &params))
        })
    }

    /// The time that is asked for: in Arabic as people say it, which is read again.
    fn period(&self) -> String {
        match self.field("in") {
            "none" => "none".to_owned(),
            iso if self.frame.site.arabic() => self.frame.site.day(iso),
            iso => iso.to_owned(),
        }
    }
}

/// What a parameter is called.
fn field_name(site: &Site, name: &str) -> &'static str {
    let t = site.t();
    match name {
        "actor" => t.ev_actor,
        "recipient" => t.ev_recipient,
        "with" => t.ev_with,
        "place" => t.ev_place,
        "claimed" => t.ev_claimed,
        "outlet" => t.ev_outlet,
        "status" => t.ev_status,
        "mode" => t.ev_mode,
        "from" => t.ev_from,
        "until" => t.ev_until,
        "about" => t.ev_about,
        _ => t.ev_condition,
    }
}

/// What people are told for a value, and whether it is a name out of articles.
fn value_name(desk: &Desk<'_>, site: &Site, name: &str, value: &str) -> (String, bool) {
    let t = site.t();
    match (name, value) {
        ("status", value) => (site.value("status", value).to_owned(), false),
        ("type", value) => {
            let upper = value.to_ascii_uppercase();
            (site.value("event", &upper).to_owned(), false)
        }
        ("claimed", "article") => (t.ev_the_article.to_owned(), false),
        ("claimed", "somebody") => (t.ev_some_speaker.to_owned(), false),
        ("from" | "until" | "in", value) => (site.day(value), false),
        (_, "none") => (t.ev_not_told.to_owned(), false),
        (_, value) => (who_name(desk, value), true),
    }
}

/// What somebody is called whom an address names, where it asks for him: a country stays
/// its code, as its name is that of one among many.
pub(crate) fn who_field(desk: &Desk<'_>, value: &str) -> String {
    match who(value) {
        Who::Entity(id) => {
            let found = desk.archive.entities_named(&address(&Who::Entity(id)));
            let first = found.ok().and_then(|all| all.into_iter().next());
            first.map_or_else(|| value.to_owned(), |one| one.name)
        }
        _ => value.to_owned(),
    }
}

/// What somebody is called whom an address names.
pub(crate) fn who_name(desk: &Desk<'_>, value: &str) -> String {
    match who(value) {
        Who::Country(code) => country(&code).map_or(code.clone(), str::to_owned),
        _ => who_field(desk, value),
    }
}

// The countries of `lexicon/countries.tsv`: code and name, sorted.
include!(concat!(env!("OUT_DIR"), "/countries.rs"));

/// The name of a country.
fn country(code: &str) -> Option<&'static str> {
    let at = COUNTRIES.binary_search_by_key(&code, |(known, _)| known);
    at.ok().map(|at| COUNTRIES[at].1)
}

fn chips(desk: &Desk<'_>, site: &Site, state: &Params) -> Vec<Chip> {
    let conditions = state
        .pairs()
        .filter(|(name, _)| !ASKED[..2].contains(name) && !SHOWN.contains(name));
    let chip = |(name, value): (&str, &str)| {
        let (shown, is_name) = value_name(desk, site, name, value);
        Chip {
            field: match name {
                "type" | "in" => "",
                name => field_name(site, name),
            },
            value: shown,
            name: is_name,
            href: site.link("/events", &state.without_value(name, value)),
        }
    };
    conditions.map(chip).collect()
}

/// What would be found without one of the conditions.
fn lifts(
    desk: &mut Desk<'_>,
    site: &Site,
    state: &Params,
    filter: &EventFilter,
) -> Result<Vec<Lift>, Problem> {
    let t = site.t();
    let conditions = desk.searcher.events_emptied_by(filter)?;
    let lift = |condition: EventCondition| {
        let (what, names): (&str, &[&str]) = match condition.condition {
            "between" => (t.ev_lift_sides, &["a", "b"]),
            "with" => (t.ev_lift_sides, &["a", "b", "with"]),
            "actor" => (t.ev_lift_actor, &["actor"]),
            "recipient" => (t.ev_lift_recipient, &["recipient"]),
            "type" => (t.ev_lift_type, &["type"]),
            "status" => (t.ev_lift_status, &["status"]),
            "claimed" => (t.ev_lift_claimed, &["claimed"]),
            "day" => (t.ev_lift_day, &["in", "from", "until"]),
            "words" => (t.ev_lift_words, &["about"]),
            other => (
                t.ev_lift_other,
                match other {
                    "outlet" => &["outlet"],
                    "place" => &["place"],
                    _ => &["mode"],
                },
            ),
        };
        let without = names
            .iter()
            .fold(state.clone(), |state, name| state.without(name));
        Lift {
            what: what.to_owned(),
            count: condition.without,
            href: site.link("/events", &without),
        }
    };
    Ok(conditions.into_iter().map(lift).collect())
}
