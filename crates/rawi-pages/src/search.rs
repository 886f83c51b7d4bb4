//! The first page: asking for statements.
//!
//! ```text
//! Params ─ ask.rs ─ Query ─┬─ summary.rs: counts, days, facets (remembered) ─ narrow.rs, time.rs
//!                          └─ hits ─ list.rs: folded copies, groups by day or article
//! ```

mod ask;
mod list;
mod narrow;
mod summary;
#[cfg(test)]
mod tests;
mod time;
mod understood;

use askama::Template;
use rawi_archive::query::Field;
use rawi_archive::search::{FacetField, Request, Scope};

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::part::{Bar, Bars, Chip, Reason, Row, Tally};
use crate::problem::{self, Problem, Why};
use crate::site::Site;

pub use ask::{Ask, Condition};
pub(crate) use summary::{Summaries, Summary};

use list::Group;
use narrow::Narrow;
use understood::Meant;

/// How many hits a page has.
const HITS: usize = 25;

/// What a page of hits shows.
struct Found<'s> {
    /// How many there are.
    count: u64,
    /// In how many articles.
    articles: u64,
    /// In how many outlets.
    outlets: u64,
    /// By time.
    bars: Option<Bars<'s>>,
    /// The hits, in groups.
    groups: Vec<Group<'s>>,
    /// Fields to narrow by.
    narrow: Vec<Narrow<'s>>,
    /// The page before, if there is one.
    previous: Option<String>,
    /// The next page, if there is one.
    next: Option<String>,
    /// How many were weighed for the best ones, if not all.
    weighed: Option<u64>,
    /// Other forms of the words that stand on this page.
    forms: Vec<String>,
    /// Whom names mean.
    meant: Vec<Meant>,
}

/// A link with its name; a current one leads nowhere.
struct Choice {
    name: &'static str,
    href: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'s> {
    frame: Frame<'s>,
    /// Whether nothing was asked yet.
    front: bool,
    /// Whether the question is written in the archive's language.
    expert: bool,
    /// The question in that language, as it is understood.
    query: String,
    /// Why there are no hits: what was not understood.
    problem: Option<Problem>,
    /// What was asked.
    words: Vec<String>,
    found: Option<Found<'s>>,
    /// Of a question that nothing matches: what would be found without each condition, or by
    /// each alone.
    emptied: Option<(Tally<'s>, bool)>,
    chips: Vec<Chip<'s>>,
    sorts: Vec<Choice>,
    scopes: Vec<Choice>,
    examples: Vec<understood::Example>,
    /// Names for the blanks, before anybody has typed.
    names: Vec<String>,
}

/// The page.
///
/// # Errors
///
/// If the archive cannot be read. What of the question cannot be understood is told on the
/// page itself, in its place.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let archive = desk.archive;
    archive.at_once(|| made(desk, site))
}

fn made(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let t = site.t();
    let params = &site.params;
    let mut page = SearchPage {
        frame: Frame::new(desk, site, Section::Statements, t.search_title.to_owned())?,
        front: false,
        expert: params.get("q").is_some() || params.get("expert").is_some(),
        query: String::new(),
        problem: None,
        words: Vec::new(),
        found: None,
        emptied: None,
        chips: Vec::new(),
        sorts: sorts(site),
        scopes: scopes(site),
        examples: Vec::new(),
        names: Vec::new(),
    };
    let asked = Ask::read(params).and_then(|ask| answer(desk, site, &ask, &mut page));
    let status = match asked {
        Ok(()) => 200,
        Err(problem) => {
            let problem = understood::told(problem, params)?;
            let status = problem.status();
            page.problem = Some(problem);
            status
        }
    };
    Ok(Page {
        status,
        html: page.render()?,
    })
}

fn answer<'s>(
    desk: &mut Desk<'_>,
    site: &'s Site,
    ask: &Ask,
    page: &mut SearchPage<'s>,
) -> Result<(), Problem> {
    let query = ask.query();
    page.front = ask.conditions.is_empty() && ask.scope == Scope::Statements && !page.expert;
    page.query = query.to_string();
    page.words = ask.words();
    page.chips = narrow::chips(desk, site, ask)?;
    if let Some(title) = understood::title(site, ask) {
        page.frame.title = title;
    }
    let summary = Summary::of(desk, &query, ask.scope)?;
    let request = Request {
        query,
        scope: ask.scope,
        sort: ask.sort,
        limit: HITS,
        count: false,
        cursor: ask.cursor.clone(),
    };
    let list = list::of(desk, site, ask, &request)?;
    if summary.count == 0 {
        page.emptied = Some(emptied(desk, site, ask)?);
    }
    if page.front {
        page.examples = understood::examples(site, &summary);
    }
    let speakers = summary.facet(FacetField::Speaker).map(|f| &f.values[..]);
    let speakers = speakers.unwrap_or_default().iter();
    page.names = speakers
        .filter(|v| v.value != "none")
        .map(|v| v.label.clone())
        .collect();
    page.found = Some(Found {
        count: summary.count,
        articles: summary.articles,
        outlets: summary.outlets(),
        bars: bars(site, &summary),
        narrow: narrow::fields(site, &summary),
        groups: list.groups,
        previous: previous(site),
        next: list.next.map(|cursor| next(site, &cursor)),
        weighed: list.weighed,
        forms: understood::forms(&page.words, list.forms),
        meant: understood::meant(site, &list.understood),
    });
    Ok(())
}

/// What would be found without each of the conditions. Where none of them is to blame alone,
/// what each would find by itself: the second is true then.
fn emptied<'s>(
    desk: &mut Desk<'_>,
    site: &'s Site,
    ask: &Ask,
) -> Result<(Tally<'s>, bool), Problem> {
    let mut without = Vec::new();
    let mut alone = Vec::new();
    if ask.conditions.len() > 1 {
        for (place, condition) in ask.conditions.iter().enumerate() {
            let field = narrow::field_words(site, condition.param);
            let value = narrow::label(desk, site, condition.param, &condition.value)?;
            let params = begin(&site.params).without_value(condition.param, &condition.value);
            without.push(Row {
                label: format!("{} {field}: {value}", site.t().search_without),
                count: desk.searcher.count(&ask.without(place), ask.scope)?,
                href: site.here(&params),
                current: false,
            });
            let params = [(condition.param, &*condition.value)].into_iter().collect();
            alone.push(Row {
                label: format!("{field}: {value}"),
                count: desk.searcher.count(&ask.only(place), ask.scope)?,
                href: site.here(&params),
                current: false,
            });
        }
    }
    let by_itself = without.iter().all(|row| row.count == 0);
    let mut rows = if by_itself { alone } else { without };
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    Ok((Tally::new(site, rows), by_itself))
}

/// The state at the first page.
fn begin(params: &Params) -> Params {
    params.without("cursor").without("past")
}

/// The next page. A cursor only leads on, so the state keeps those behind.
fn next(site: &Site, cursor: &str) -> String {
    let here = site.params.get("cursor").unwrap_or("0");
    let past: Vec<&str> = site.params.all("past").chain([here]).collect();
    let mut params = begin(&site.params);
    for cursor in past {
        params = params.push("past", cursor);
    }
    site.here(&params.with("cursor", cursor))
}

fn previous(site: &Site) -> Option<String> {
    let past: Vec<&str> = site.params.all("past").collect();
    let (last, before) = past.split_last()?;
    let mut params = begin(&site.params);
    for cursor in before {
        params = params.push("past", cursor);
    }
    if *last != "0" {
        params = params.with("cursor", last);
    }
    Some(site.here(&params))
}

/// Days as columns, each a link to its statements.
fn bars<'s>(site: &'s Site, summary: &Summary) -> Option<Bars<'s>> {
    let columns = time::columns(&summary.days);
    if columns.len() < 2 {
        return None;
    }
    let bars = columns.into_iter().map(|column| {
        let params = begin(&site.params)
            .with("from", &column.first.to_string())
            .with("until", &column.last.to_string());
        Bar {
            label: site.day(&column.name),
            count: column.count,
            href: site.here(&params),
        }
    });
    let label = site.t().search_by_time.to_owned();
    Some(Bars::new(site, label, bars.collect()))
}

fn sorts(site: &Site) -> Vec<Choice> {
    let t = site.t();
    let asked = site.params.get("sort");
    let current = asked.filter(|sort| matches!(*sort, "best" | "oldest"));
    let current = current.unwrap_or("newest");
    [
        ("newest", t.search_newest),
        ("best", t.search_best),
        ("oldest", t.search_oldest),
    ]
    .into_iter()
    .map(|(sort, name)| Choice {
        name,
        href: match sort {
            "newest" => site.here(&begin(&site.params).without("sort")),
            sort => site.here(&begin(&site.params).with("sort", sort)),
        },
        current: sort == current,
    })
    .collect()
}

fn scopes(site: &Site) -> Vec<Choice> {
    let t = site.t();
    let articles = site.params.get("scope") == Some("articles");
    let params = begin(&site.params).without("by");
    vec![
        Choice {
            name: t.search_statements,
            href: site.here(&params.without("scope")),
            current: !articles,
        },
        Choice {
            name: t.search_articles,
            href: site.here(&params.with("scope", "articles")),
            current: articles,
        },
    ]
}

impl SearchPage<'_> {
    /// What stands in a blank of the question.
    fn blank(&self, name: &str) -> &str {
        self.frame.site.params.get(name).unwrap_or_default()
    }

    /// The rest of the state, which a form carries along; `own` are the form's fields.
    fn kept(&self, own: &[&str]) -> Vec<(&str, &str)> {
        let gone = ["cursor", "past", "exact"];
        let pairs = self.frame.site.params.pairs();
        pairs
            .filter(|(name, _)| !own.contains(name) && !gone.contains(name))
            .collect()
    }

    /// This page with something changed.
    fn with(&self, name: &str, value: &str) -> String {
        let site = self.frame.site;
        site.here(&begin(&site.params).with(name, value))
    }

    /// This page without something.
    fn without(&self, name: &str) -> String {
        let site = self.frame.site;
        site.here(&begin(&site.params).without(name))
    }

    /// The same question in the archive's language.
    fn in_language(&self) -> String {
        let mut params: Params = [("expert", "1")].into_iter().collect();
        if !self.query.is_empty() {
            params = params.with("q", &self.query);
        }
        for name in ["scope", "sort"] {
            if let Some(value) = self.frame.site.params.get(name) {
                params = params.with(name, value);
            }
        }
        self.frame.site.here(&params)
    }

    /// Where all statements can be had.
    fn export(&self, format: &str) -> String {
        let params: Params = [
            ("q", &*self.query),
            ("format", format),
            ("table", "statements"),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
        params.behind("/api/v1/export")
    }

    /// The same question without filters.
    fn plain(&self) -> String {
        let site = self.frame.site;
        let filters = ask::FILTERS.iter().map(|(name, _)| *name).chain(["by"]);
        let params = filters.fold(begin(&site.params), |params, name| params.without(name));
        site.here(&params)
    }

    /// Channels, as they are typed.
    fn ways(&self) -> Vec<&'static str> {
        Field::Channel
            .known()
            .into_iter()
            .map(|kind| self.frame.site.value("channel", kind))
            .collect()
    }

    fn asks(&self, name: &str) -> bool {
        self.frame.site.params.get(name).is_some()
    }

    fn pieces(&self, value: &str, column: &Option<usize>) -> [(String, bool); 3] {
        problem::pieces(value, *column)
    }

    fn reason(&self, why: &Why, column: &Option<usize>) -> Reason<'_> {
        Reason::of(self.frame.site, why, *column)
    }

    fn field(&self, param: &str) -> &str {
        narrow::field_words(self.frame.site, param)
    }
}
