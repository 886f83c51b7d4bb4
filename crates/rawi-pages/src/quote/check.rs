//! A quotation put to the test: whether its words stand in the archive, and whose they are.
//! Nothing is said about whether they are true.

use askama::Template;
use rawi_archive::ArchiveError;
use rawi_archive::name_of;
use rawi_archive::quotes::{Attribution, Checked, Checker, Differing, Finding, FoundAt};

use crate::frame::{Frame, Page, Section};
use crate::site::Site;
use crate::{Desk, Problem};

/// So many places are shown.
const PLACES: usize = 12;

/// The page with the box, and with what was found if the state has words.
///
/// # Errors
///
/// If the words are too many, or the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    let words = site.params.get("words");
    let speaker = site.params.get("speaker");
    let archive = desk.archive;
    let checked = match words {
        Some(words) => Some(archive.at_once(|| {
            let checked = Checker::new(archive)?.check(words, speaker);
            checked.map_err(|e| match e {
                ArchiveError::Asked(what) => {
                    Problem::value("words", &short(words), &what, "check it in parts")
                }
                other => other.into(),
            })
        })?),
        None => None,
    };
    let title = site.t().quote_check.to_owned();
    let frame = Frame::new(desk, site, Section::Statements, title)?;
    Page::of(&CheckPage {
        frame,
        words: words.unwrap_or_default(),
        speaker: speaker.unwrap_or_default(),
        checked,
    })
}

/// The beginning of a text.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[derive(Template)]
#[template(path = "quote_check.html")]
struct CheckPage<'a> {
    frame: Frame<'a>,
    words: &'a str,
    speaker: &'a str,
    checked: Option<Checked>,
}

impl CheckPage<'_> {
    fn action(&self) -> String {
        self.frame.site.at("/quote")
    }

    fn finding(&self, checked: &Checked) -> &'static str {
        self.word("finding", &name_of(checked.finding))
    }

    fn change(&self, differing: &Differing) -> &'static str {
        self.word("change", &name_of(differing.change))
    }

    fn word(&self, group: &str, name: &str) -> &'static str {
        let forms = self.frame.site.lang.forms(group, name);
        forms.and_then(|f| f.first().copied()).unwrap_or("")
    }

    /// What is special about words that differ.
    fn critical(&self, differing: &Differing) -> Option<&'static str> {
        Some(self.word("critical", &name_of(differing.critical?)))
    }

    fn places<'c>(&self, checked: &'c Checked) -> &'c [FoundAt] {
        &checked.places[..checked.places.len().min(PLACES)]
    }

    fn is_other(&self, place: &FoundAt) -> bool {
        place.attribution == Attribution::Other
    }

    /// The statement, or else the article.
    fn article(&self, place: &FoundAt) -> String {
        let path = format!("/article/{}", place.report.version);
        self.frame.site.at(&path)
    }

    fn wordings(&self, statement: &i64) -> String {
        self.frame.site.at(&format!("/quote/{statement}"))
    }

    fn who(&self, id: &i64) -> String {
        self.frame.site.at(&format!("/who/{id}"))
    }
}
