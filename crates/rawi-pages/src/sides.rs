//! Two sides of a subject: what each said, day by day, and what happened between them.
//!
//! ```text
//! Params ─ asked.rs ─ two queries, one filter ─ Searcher ─┬─ days.rs    a day a row
//!                                                         ├─ curve.rs   the scores
//!                                                         └─ clash.rs   who denies what the other tells
//! ```

mod asked;
mod clash;
mod curve;
mod days;

use askama::Template;
use rawi_archive::events::{EventFilter, EventRequest};
use rawi_archive::query::Query;
use rawi_archive::search::{Request, Scope, Sort, StatementHit};

use crate::desk::Desk;
use crate::events::who_field;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::problem::Problem;
use crate::site::Site;

use asked::{Asked, Kind};
use curve::Curve;
use days::Day;

/// How many statements of a side are shown, the newest.
const SAID: usize = 40;

/// How many events are shown, the newest.
const EVENTS: usize = 60;

/// How many pairs are offered where nobody was named.
const PAIRS: usize = 6;

/// One of the sides.
struct Side {
    name: String,
    /// How many statements it has.
    count: u64,
    /// All of them, where the first page can ask for them.
    href: Option<String>,
    /// Whether only the newest are shown.
    cut: bool,
}

/// Two who have much to do with each other.
struct Pair {
    a: String,
    b: String,
    count: u64,
    href: String,
}

/// A kind of sides to compare.
struct Choice {
    name: &'static str,
    href: String,
    current: bool,
}

/// What was found.
struct Found<'s> {
    sides: [Side; 2],
    days: Vec<Day<'s>>,
    /// Their scores, if more than one day has any.
    curve: Option<Curve>,
    /// All events.
    events: u64,
    events_href: String,
}

#[derive(Template)]
#[template(path = "sides.html")]
struct Screen<'s> {
    frame: Frame<'s>,
    /// Whether outlets are compared, of which one asks otherwise.
    outlets: bool,
    fields: [String; 2],
    kinds: Vec<Choice>,
    kept: Vec<(&'s str, &'s str)>,
    found: Option<Found<'s>>,
    pairs: Vec<Pair>,
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
    let t = site.t();
    let asked = Asked::of(desk, params)?;
    let found = match &asked {
        Some(asked) => Some(found(desk, site, asked)?),
        None => None,
    };
    let pairs = match found {
        Some(_) => Vec::new(),
        None => pairs(desk, site)?,
    };
    let kind = Kind::of(params);
    let field = |name: &str| {
        let value = params.get(name);
        match (value, kind) {
            (Some(value), Kind::Outlets) => value.to_owned(),
            (value, _) => value.map_or_else(String::new, |v| who_field(desk, v)),
        }
    };
    let fields = [field("a"), field("b")];
    let kinds = Kind::ALL.into_iter().map(|(of, name)| {
        // A name may be that of a body or of a country, and hardly that of an outlet.
        let keep = kind != Kind::Outlets && of != Kind::Outlets;
        let mut state = params.without("a").without("b").with("kind", name);
        for (field, value) in ["a", "b"].into_iter().zip(&fields) {
            if keep && !value.is_empty() {
                state = state.with(field, value);
            }
        }
        Choice {
            name: of.name(t),
            href: site.link("/sides", &state),
            current: of == kind,
        }
    });
    let kinds = kinds.collect();
    let screen = Screen {
        outlets: kind == Kind::Outlets,
        fields,
        kinds,
        kept: params.pairs().filter(|(name, _)| *name == "kind").collect(),
        found,
        pairs,
        frame: Frame::new(desk, site, Section::Sides, t.sides_nav.to_owned())?,
    };
    Page::of(&screen)
}

impl Screen<'_> {
    fn field(&self, name: &str) -> &str {
        self.frame.site.params.get(name).unwrap_or_default()
    }
}

fn found<'s>(desk: &mut Desk<'_>, site: &'s Site, asked: &Asked) -> Result<Found<'s>, Problem> {
    let (first, a) = said(desk, &asked.queries[0])?;
    let (second, b) = said(desk, &asked.queries[1])?;
    let request = |filter: &EventFilter| EventRequest {
        filter: filter.clone(),
        sort: Sort::Newest,
        limit: EVENTS,
        cursor: None,
    };
    let events = desk.searcher.events(&request(&asked.between))?;
    let scores = desk.searcher.event_days(&asked.between)?;
    let mut claims = Vec::new();
    for filter in asked.claims.iter().flatten() {
        claims.extend(desk.searcher.events(&request(filter))?.hits);
    }
    let clashes = clash::find(&claims, [&first, &second]);
    let name = |n: usize| asked.names[n].clone();
    let side = |n: usize, count: u64, shown: usize| Side {
        name: name(n),
        count,
        href: asked.search(site, n),
        cut: count > shown as u64,
    };
    Ok(Found {
        sides: [side(0, a, first.len()), side(1, b, second.len())],
        curve: Curve::of(site, asked, &scores.days, &events.hits),
        days: days::by_day(site, asked, [&first, &second], &events.hits, &clashes),
        events: events.count,
        events_href: asked.events(site, None),
    })
}

/// The newest statements that a query means, the oldest of them first, and how many there
/// are in all.
fn said(desk: &mut Desk<'_>, query: &Query) -> Result<(Vec<StatementHit>, u64), Problem> {
    let page = desk.searcher.statements(&Request {
        query: query.clone(),
        scope: Scope::Statements,
        sort: Sort::Newest,
        limit: SAID,
        count: true,
        cursor: None,
    })?;
    let count = page.count.unwrap_or(page.hits.len() as u64);
    let mut hits = page.hits;
    hits.reverse();
    Ok((hits, count))
}

/// Those who have most to do with each other.
fn pairs(desk: &mut Desk<'_>, site: &Site) -> Result<Vec<Pair>, Problem> {
    let all = EventFilter {
        fold: true,
        ..EventFilter::default()
    };
    let matrix = desk.searcher.event_matrix(&all, 2 * PAIRS)?;
    let mut pairs: Vec<(u64, [&rawi_archive::search::EntityRef; 2])> = Vec::new();
    for cell in &matrix.cells {
        let sides = (
            &matrix.actors[cell.actor].entity,
            &matrix.recipients[cell.recipient].entity,
        );
        let (Some(a), Some(b)) = sides else { continue };
        let known = pairs
            .iter_mut()
            .find(|(_, [c, d])| (c.id, d.id) == (b.id, a.id));
        match known {
            // What both did together stands in both cells.
            Some((count, _)) => *count = (*count).max(cell.count),
            None => pairs.push((cell.count, [a, b])),
        }
    }
    pairs.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    pairs.truncate(PAIRS);
    let pairs = pairs.into_iter().map(|(count, [a, b])| {
        let numbers = [("a", format!("#{}", a.id)), ("b", format!("#{}", b.id))];
        let params: Params = numbers.iter().map(|(name, id)| (*name, &**id)).collect();
        Pair {
            a: a.name.clone(),
            b: b.name.clone(),
            count,
            href: site.link("/sides", &params),
        }
    });
    Ok(pairs.collect())
}
