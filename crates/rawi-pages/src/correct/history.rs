//! All corrections, the newest first.

use askama::Template;
use rawi_archive::corrections::{Correction, Part, Verdict, WhichCorrections};

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::part::corrected::{Line, lines};
use crate::problem::Problem;
use crate::site::Site;

/// How many stand on a page.
const PAGE: usize = 50;

/// One correction of the list.
struct Row {
    one: Correction,
    /// What was said, in a word.
    kind: &'static str,
    about: &'static str,
    /// The words that it is about.
    words: Option<String>,
    lines: Vec<Line>,
    /// How inputs name the article.
    article: String,
    /// Where it stands in the article.
    anchor: String,
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct History<'a> {
    frame: Frame<'a>,
    rows: Vec<Row>,
    standing: bool,
    next: Option<String>,
    number: u64,
}

/// The list. `?all=1` has those undone too, `?version=` only those of an article.
///
/// # Errors
///
/// If a parameter is no number, or the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let number = |name: &'static str| match site.params.get(name) {
        None => Ok(None),
        Some(text) => match text.parse::<i64>() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Problem::value(
                name,
                text,
                "it is no number",
                "leave it out",
            )),
        },
    };
    let standing = site.params.get("all").is_none();
    let which = WhichCorrections {
        standing,
        version: number("version")?,
        cursor: number("cursor")?,
        limit: PAGE,
    };
    let found = desk.archive.corrections(&which)?;
    let mut rows = Vec::new();
    for one in found.corrections {
        rows.push(row(desk, site, one)?);
    }
    let next = found.next.map(|cursor| {
        let params = site.params.with("cursor", &cursor.to_string());
        site.here(&params)
    });
    let page = History {
        frame: Frame::new(
            desk,
            site,
            Section::Health,
            site.t().corrections_title.to_owned(),
        )?,
        rows,
        standing,
        next,
        number: desk.archive.health()?.corrections,
    };
    Page::of(&page)
}

fn row(desk: &Desk<'_>, site: &Site, one: Correction) -> Result<Row, Problem> {
    let (kind, words, changed) = match &one.verdict {
        Verdict::Accept { seen, .. } => ("accept", Some(seen.words()), Vec::new()),
        Verdict::Reject { seen, .. } => ("reject", Some(seen.words()), Vec::new()),
        Verdict::Correct { seen, value, .. } => {
            let changed = seen.as_ref().map(|seen| lines(site, seen, value));
            ("correct", Some(value.words()), changed.unwrap_or_default())
        }
        Verdict::Add { value, .. } => ("add", Some(value.words()), Vec::new()),
        Verdict::Review { .. } => ("review", None, Vec::new()),
        Verdict::Undo { .. } => ("undo", None, Vec::new()),
    };
    let number = desk.archive.corrected_local(&one)?;
    Ok(Row {
        kind: site.value("mark", kind),
        about: site.value("about", one.spot.about.name()),
        words,
        lines: changed,
        article: desk.archive.given_id(one.version)?,
        anchor: number.map_or_else(String::new, |local| format!("#{local}")),
        one,
    })
}

impl History<'_> {
    /// Where the whole list is, or that of those that hold.
    fn list(&self, all: bool) -> String {
        let site = self.frame.site;
        let params = site.params.without("cursor").without("all");
        site.here(&if all { params.with("all", "1") } else { params })
    }
}

impl Row {
    fn day(&self) -> &str {
        self.one.made.get(..10).unwrap_or(&self.one.made)
    }

    fn hour(&self) -> &str {
        self.one.made.get(11..16).unwrap_or_default()
    }

    /// The correction that it undid.
    fn undid(&self) -> Option<i64> {
        match self.one.verdict {
            Verdict::Undo { correction } => Some(correction),
            _ => None,
        }
    }

    fn in_headline(&self) -> bool {
        self.one.spot.part == Part::Headline
    }
}
