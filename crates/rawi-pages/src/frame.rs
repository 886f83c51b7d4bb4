//! What stands around the content of every page.

use rawi_archive::Facts;

use crate::desk::Desk;
use crate::problem::Problem;
use crate::site::Site;

/// A page as it is sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// The status of HTTP.
    pub status: u16,
    /// The document.
    pub html: String,
}

impl Page {
    /// A page that is what was asked for.
    ///
    /// # Errors
    ///
    /// If the template fails.
    pub fn of(template: &impl askama::Template) -> Result<Self, Problem> {
        Ok(Self {
            status: 200,
            html: template.render()?,
        })
    }
}

/// The parts of the site that its head leads to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// Asking for statements.
    Statements,
    /// Asking for events.
    Events,
    /// Two sides of a subject.
    Sides,
    /// Reading a text.
    Read,
    /// Where everything is from.
    Health,
    /// None of these.
    Other,
}

/// What stands around the content: templates that extend `layout.html` have it as `frame`.
#[derive(Clone, Debug)]
pub struct Frame<'s> {
    /// Language and dress.
    pub site: &'s Site,
    /// What the browser's tab says.
    pub title: String,
    /// Where in the site the page stands.
    pub section: Section,
    /// What the head says of the archive; nothing if it could not be asked.
    pub facts: Option<Facts>,
}

impl<'s> Frame<'s> {
    /// A frame.
    ///
    /// # Errors
    ///
    /// If the archive cannot be read.
    pub fn new(
        desk: &mut Desk<'_>,
        site: &'s Site,
        section: Section,
        title: String,
    ) -> Result<Self, Problem> {
        let facts = Some(desk.facts()?);
        Ok(Self {
            site,
            title,
            section,
            facts,
        })
    }

    /// The sections with their names and paths, for the head.
    pub(crate) fn sections(&self) -> [(Section, &'static str, String); 5] {
        let t = self.site.t();
        [
            (Section::Statements, t.statements_nav, self.site.at("/")),
            (Section::Events, t.events_nav, self.site.at("/events")),
            (Section::Sides, t.sides_nav, self.site.at("/sides")),
            (Section::Read, t.read_nav, self.site.at("/read")),
            (Section::Health, t.health_nav, self.site.at("/health")),
        ]
    }

    /// The year from which the archive has articles.
    pub(crate) fn since(&self) -> Option<&str> {
        self.facts.as_ref()?.since.as_deref()?.get(..4)
    }

    /// The day and the hour of the last addition.
    pub(crate) fn last(&self) -> Option<(&str, &str)> {
        let last = self.facts.as_ref()?.last.as_deref()?;
        Some((last.get(..10)?, last.get(11..16)?))
    }
}
