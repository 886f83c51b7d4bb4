//! The screen of a person or body: what they say, what others say of them, and what
//! articles call them.

mod columns;
mod view;

use askama::Template;
use rawi_archive::Counted;
use rawi_archive::search::StatementHit;

pub use columns::{Column, Columns, columns};
pub use view::{About, View};

use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::part::corrected::Said;
use crate::part::{Bar, Bars, Hit, Hues, Row, Tally};
use crate::site::Site;
use crate::{Desk, Problem};

/// The page of somebody.
///
/// # Errors
///
/// If the archive has nobody of this number, or cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site, id: i64) -> Result<Page, Problem> {
    let view = View::of(desk, id)?;
    let frame = Frame::new(desk, site, Section::Statements, view.name().to_owned())?;
    let (mut hues, mut said) = (Hues::default(), Said::default());
    let archive = desk.archive;
    let mut spoken = |hit: &StatementHit, outlets| -> Result<Spoken<'_>, Problem> {
        Ok(Spoken {
            outlets,
            hit: Hit::of(site, &mut hues, hit).judged(archive, &mut said, hit)?,
            day: hit.article.published.clone(),
        })
    };
    let mut carried = Vec::new();
    for (line, hit) in &view.carried {
        carried.push(spoken(hit, Some(line.outlets))?);
    }
    let mut denied = Vec::new();
    for hit in &view.denied {
        denied.push(spoken(hit, None)?);
    }
    let mut newest = Vec::new();
    for hit in &view.newest {
        newest.push(spoken(hit, None)?);
    }
    let mut others = Vec::new();
    for hit in view.about.iter().flat_map(|about| &about.newest) {
        others.push(spoken(hit, None)?);
    }
    Page::of(&WhoPage {
        frame,
        carried,
        denied,
        newest,
        others,
        view: &view,
    })
}

/// A statement in a list of the page.
struct Spoken<'s> {
    hit: Hit<'s>,
    day: Option<String>,
    /// How many outlets have these words.
    outlets: Option<u64>,
}

#[derive(Template)]
#[template(path = "who.html")]
struct WhoPage<'a> {
    frame: Frame<'a>,
    view: &'a View,
    carried: Vec<Spoken<'a>>,
    denied: Vec<Spoken<'a>>,
    newest: Vec<Spoken<'a>>,
    others: Vec<Spoken<'a>>,
}

impl WhoPage<'_> {
    /// The search for what they say, with something more asked for.
    fn said(&self, more: &[(&str, &str)]) -> String {
        let speaker = format!("#{}", self.view.id());
        let mut params: Params = [("speaker", &*speaker)].into_iter().collect();
        for (name, value) in more {
            params = params.and(name, value);
        }
        self.frame.site.link("/", &params)
    }

    fn all(&self) -> String {
        self.said(&[])
    }

    fn articles(&self) -> String {
        self.said(&[("scope", "articles")])
    }

    fn denials(&self) -> String {
        self.said(&[("act", "deny")])
    }

    /// Whether there are more outlets than are listed.
    fn more_outlets(&self) -> bool {
        self.view.portrait.said.outlets > self.view.portrait.outlets.len() as u64
    }

    /// The search for what others say of them.
    fn about(&self, about: &About) -> String {
        let params: Params = [("q", &*about.query)].into_iter().collect();
        self.frame.site.link("/", &params)
    }

    fn sides(&self) -> String {
        let side = format!("#{}", self.view.id());
        let params: Params = [("a", &*side)].into_iter().collect();
        self.frame.site.link("/sides", &params)
    }

    fn download(&self, format: &str) -> String {
        let query = format!("speaker:#{}", self.view.id());
        let params: Params = [("q", &*query), ("format", format)].into_iter().collect();
        params.behind("/api/v1/export")
    }

    fn correct(&self) -> String {
        let path = format!("/correct/entity/{}", self.view.id());
        self.frame.site.at(&path)
    }

    fn place(&self, occasion: &rawi_archive::Occasion) -> String {
        let path = format!("/article/{}", occasion.version);
        format!("{}#{}", self.frame.site.at(&path), occasion.local)
    }

    fn bars(&self, columns: &[Column], label: &str) -> String {
        let site = self.frame.site;
        let bar = |column: &Column| Bar {
            label: site.day(&column.time),
            count: column.statements,
            href: self.said(&[("from", &column.time), ("until", &column.time)]),
        };
        let bars = columns.iter().map(bar).collect();
        Bars::new(site, label.to_owned(), bars).to_string()
    }

    /// A list of values, each with a link to the statements that have it.
    fn tally(&self, field: &str, values: &[Counted], told: impl Fn(&Counted) -> String) -> String {
        let row = |value: &Counted| {
            let asked = match value.id {
                Some(id) => format!("#{id}"),
                None => value.name.clone(),
            };
            Row {
                label: told(value),
                count: value.statements,
                href: self.said(&[(field, &asked)]),
                current: false,
            }
        };
        let rows = values.iter().map(row).collect();
        Tally::new(self.frame.site, rows).to_string()
    }

    fn acts(&self) -> String {
        let site = self.frame.site;
        let told = |v: &Counted| site.act(&v.name, self.view.agreement()).to_owned();
        self.tally("act", &self.view.portrait.acts, told)
    }

    fn channels(&self) -> String {
        let site = self.frame.site;
        let told = |v: &Counted| site.value("channel", &v.name).to_owned();
        self.tally("channel", &self.view.portrait.channels, told)
    }

    fn named(&self, field: &str, values: &[Counted]) -> String {
        self.tally(field, values, |v| v.name.clone())
    }
}
