//! Hits as they stand below each other: copies folded, groups by day or by article.

use std::collections::BTreeSet;

use rawi_archive::search::{
    ArticleHit, ArticleRef, Request, Scope, Sort, StatementHit, Understood,
};

use super::ask::Ask;
use crate::desk::Desk;
use crate::part::corrected::Said;
use crate::part::marked::{self, Marks, Segment};
use crate::part::{Hit, Hues};
use crate::problem::Problem;
use crate::site::Site;

/// Hits below one heading.
pub struct Group<'s> {
    /// What stands above them, if something does.
    pub heading: Option<Heading>,
    /// The statements.
    pub hits: Vec<Hit<'s>>,
    /// Or whole articles.
    pub articles: Vec<Article>,
}

/// What stands above some hits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Its place on the page.
    pub id: String,
    /// The day, for people.
    pub day: String,
    /// The day as ISO has it, if there is one.
    pub iso: Option<String>,
    /// The article, if hits are grouped by it: title and page.
    pub article: Option<(String, String)>,
    /// Who published it.
    pub outlet: Option<String>,
}

/// A whole article as a hit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    /// Its title, or its id.
    pub title: Vec<Segment>,
    /// Its page.
    pub href: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// How many statements it has.
    pub statements: usize,
    /// The text around the first place of the words.
    pub excerpt: Vec<Segment>,
    /// Its number.
    pub version: i64,
}

/// A page of hits.
pub struct List<'s> {
    /// The hits.
    pub groups: Vec<Group<'s>>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many were weighed, if not all.
    pub weighed: Option<u64>,
    /// What the question was understood as.
    pub understood: Understood,
    /// The forms of the words on this page.
    pub forms: Vec<(String, usize)>,
}

/// The hits of a page.
///
/// # Errors
///
/// If the archive cannot be read, or the cursor is another question's.
pub fn of<'s>(
    desk: &mut Desk<'_>,
    site: &'s Site,
    ask: &Ask,
    request: &Request,
) -> Result<List<'s>, Problem> {
    if request.scope == Scope::Articles {
        let page = desk.searcher.articles(request)?;
        let mut groups = Grouping::new(site, request.sort, false);
        for hit in &page.hits {
            let article = article(site, hit);
            groups.of(&hit.article).articles.push(article);
        }
        return Ok(List {
            groups: groups.groups,
            next: page.next,
            weighed: page.weighed,
            understood: page.understood,
            forms: page.forms,
        });
    }
    let page = desk.searcher.statements(request)?;
    let mut groups = Grouping::new(site, request.sort, ask.by_article);
    let mut hues = Hues::default();
    let mut said = Said::default();
    for hit in folded(&page.hits) {
        let shown = Hit::of(site, &mut hues, hit);
        let shown = shown.judged(desk.archive, &mut said, hit)?;
        groups.of(&hit.article).hits.push(shown);
    }
    Ok(List {
        groups: groups.groups,
        next: page.next,
        weighed: page.weighed,
        understood: page.understood,
        forms: page.forms,
    })
}

/// Of the same words in copies of one article the first only.
fn folded(hits: &[StatementHit]) -> impl Iterator<Item = &StatementHit> {
    let mut gone = BTreeSet::new();
    hits.iter().filter(move |hit| {
        let new = !gone.contains(&hit.id);
        if new {
            gone.extend(hit.copies.iter().map(|c| c.statement));
        }
        new
    })
}

/// Puts hits below headings, in the order in which they come.
struct Grouping<'s> {
    site: &'s Site,
    /// What is the best has no days.
    grouped: bool,
    by_article: bool,
    /// The year of the last heading: it isn't said again.
    year: Option<String>,
    groups: Vec<Group<'s>>,
}

impl<'s> Grouping<'s> {
    fn new(site: &'s Site, sort: Sort, by_article: bool) -> Self {
        Self {
            site,
            grouped: sort != Sort::Best || by_article,
            by_article,
            year: None,
            groups: Vec::new(),
        }
    }

    /// The group that a hit of an article belongs to.
    fn of(&mut self, article: &ArticleRef) -> &mut Group<'s> {
        let id = match (self.by_article, article.published.as_deref()) {
            (true, _) => format!("a{}", article.version),
            (false, Some(day)) => format!("d{day}"),
            (false, None) => "dateless".to_owned(),
        };
        let last = self.groups.last().and_then(|g| g.heading.as_ref());
        let same = match self.grouped {
            true => last.is_some_and(|heading| heading.id == id),
            false => !self.groups.is_empty(),
        };
        if !same {
            let heading = self.grouped.then(|| self.heading(id, article));
            self.groups.push(Group {
                heading,
                hits: Vec::new(),
                articles: Vec::new(),
            });
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn heading(&mut self, id: String, article: &ArticleRef) -> Heading {
        let day = article.published.clone();
        let year = day
            .as_deref()
            .and_then(|day| day.get(..4))
            .map(str::to_owned);
        let told = match day.as_deref() {
            None => self.site.t().part_no_date.to_owned(),
            Some(day) if year.is_some() && year == self.year => {
                let long = self.site.long_day(day);
                let year = self.site.digits(day.get(..4).unwrap_or_default());
                long.strip_suffix(&year)
                    .unwrap_or(&long)
                    .trim_end()
                    .to_owned()
            }
            Some(day) => self.site.long_day(day),
        };
        self.year = year;
        let path = format!("/article/{}", article.version);
        Heading {
            id,
            day: told,
            iso: day,
            article: self.by_article.then(|| {
                let title = article.title.as_ref().unwrap_or(&article.id);
                (title.clone(), self.site.at(&path))
            }),
            outlet: article.outlet.clone().filter(|_| self.by_article),
        }
    }
}

/// A whole article as a hit.
fn article(site: &Site, hit: &ArticleHit) -> Article {
    let title = hit.article.title.as_ref().unwrap_or(&hit.article.id);
    let all = |text: &str, start: u32, places: &[rawi_archive::search::Place]| {
        let chars: Vec<char> = text.chars().collect();
        let end = start + chars.len() as u32;
        let inside = places.iter().filter(|p| p.start >= start && p.end <= end);
        let marks = Marks {
            ink: vec![start..end],
            cue: None,
            found: inside.map(|p| p.start..p.end).collect(),
        };
        marked::segments(&chars, start, &marks, &[0..chars.len()])
    };
    Article {
        title: all(title, 0, &hit.title_highlights),
        href: site.at(&format!("/article/{}", hit.article.version)),
        outlet: hit.article.outlet.clone(),
        statements: hit.statements,
        excerpt: all(&hit.excerpt.text, hit.excerpt.start, &hit.highlights),
        version: hit.article.version,
    }
}
