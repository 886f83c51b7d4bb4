//! An article with everything that was read in it: its words marked, a note for each
//! statement beside its paragraph, who speaks, and what happened.

mod cast;
mod compare;
mod happened;
mod marked;
mod note;
mod text;

use std::collections::BTreeMap;

use askama::Template;
use rawi::reading::Id;
use rawi::{Article, Reading};
use rawi_archive::Whole;
use rawi_archive::corrections::{About as Judging, Judged, Judgments};
use rawi_text::safe;

use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::params::Params;
use crate::part::corrected::Corrected;
use crate::part::review::Review;
use crate::problem::Problem;
use crate::site::Site;

use cast::{Cast, Part, Voice};
use compare::{Stretch, compare};
use happened::Row;
use note::{About, Note};

/// So many speakers are named where a paragraph's notes are folded.
const TOLD: usize = 3;

/// A paragraph with its notes.
struct Leaf<'a> {
    html: String,
    notes: Vec<Note<'a>>,
    /// Whether the paragraph goes on in the next one.
    goes_on: bool,
}

/// An article as it is laid out.
struct Sheet<'a> {
    site: &'a Site,
    cast: &'a Cast<'a>,
    /// The title with its marks, if it says something.
    title: Option<Leaf<'a>>,
    leaves: Vec<Leaf<'a>>,
    rows: Vec<Row>,
    statements: usize,
    times: usize,
}

impl<'a> Sheet<'a> {
    fn of(about: About<'a>, parts: &[Part<'a>]) -> Self {
        let About { site, cast, .. } = about;
        let leaves = |part: &Part<'a>| -> Vec<Leaf<'a>> {
            let made = text::leaves(site, cast, *part).into_iter();
            made.map(|leaf| {
                let begun = leaf.statements.into_iter().zip(1..);
                Leaf {
                    notes: begun.map(|(s, n)| Note::of(about, s, n)).collect(),
                    html: leaf.html,
                    goes_on: leaf.goes_on,
                }
            })
            .collect()
        };
        let (title, text): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.headline);
        let title = title.into_iter().next().map(|part| {
            let mut lines = leaves(part).into_iter();
            let mut all = lines.next().unwrap_or(Leaf {
                html: String::new(),
                notes: Vec::new(),
                goes_on: false,
            });
            for line in lines {
                all.html.push(' ');
                all.html.push_str(&line.html);
                all.notes.extend(line.notes);
            }
            all
        });
        let rows = parts
            .iter()
            .flat_map(|part| happened::rows(site, cast, *part));
        Sheet {
            site,
            cast,
            rows: rows.collect(),
            title,
            leaves: text.iter().flat_map(|part| leaves(part)).collect(),
            statements: parts.iter().map(|part| part.statements.len()).sum(),
            times: text.iter().map(|part| part.times.len()).sum(),
        }
    }

    /// Who speaks in a paragraph, for where its notes are folded.
    fn told(&self, notes: &[Note<'_>]) -> (Vec<String>, bool) {
        let mut names: Vec<String> = Vec::new();
        for note in notes {
            if !names.contains(&note.speaker.name) {
                names.push(note.speaker.name.clone());
            }
            if names.len() > TOLD {
                names.truncate(TOLD);
                return (names, true);
            }
        }
        (names, false)
    }

    /// What somebody who speaks is, in a few words.
    fn role(&self, voice: &Voice) -> Option<String> {
        let t = self.site.t();
        match () {
            () if voice.unnamed => Some(t.article_unnamed.to_owned()),
            () if voice.title.is_some() => voice.title.as_deref().map(safe::one_line),
            () if voice.told_by_others => Some(t.article_told_by_others.to_owned()),
            () => None,
        }
    }

    /// A speaker's name.
    fn name(&self, voice: &Voice) -> String {
        match &voice.name {
            Some(name) => safe::one_line(name),
            None => self.site.t().article_nobody.to_owned(),
        }
    }

    /// This page beside another version.
    fn beside(&self, version: &i64) -> String {
        let params = self.site.params.with("against", &version.to_string());
        format!("{}#changes", self.site.here(&params))
    }

    /// A path that ends in a number of the archive.
    fn at(&self, path: &str, number: &i64) -> String {
        self.site.at(&format!("{path}/{number}"))
    }

    /// The page of a speaker.
    fn href(&self, voice: &Voice) -> Option<String> {
        Some(self.at("/who", &voice.who?))
    }
}

/// The head of an article.
struct Head<'a> {
    title: String,
    outlet: Option<String>,
    /// The day of publication, ISO.
    day: Option<String>,
    /// What is to be said of the day.
    remarks: Vec<&'static str>,
    author: Option<String>,
    /// Where it stood, if a browser can be sent there.
    address: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    head: Head<'a>,
    sheet: Sheet<'a>,
    whole: Option<&'a Whole>,
    /// What changed since another version, with its number among the wordings.
    changes: Option<(i64, Vec<Stretch<'a>>)>,
    /// What people say of the events.
    fixed: BTreeMap<Id, Fixed<'a>>,
    /// What they say of the article as a whole.
    review: Option<Review<'a>>,
}

/// What people say of an event.
struct Fixed<'a> {
    said: Option<Corrected<'a>>,
    /// Where it is corrected, for whoever may.
    href: Option<String>,
}

/// What people say of the events of a version.
fn fixed<'a>(site: &'a Site, judged: &Judgments) -> BTreeMap<Id, Fixed<'a>> {
    let back = format!("{}#events", site.at(&site.path));
    let events = judged.all.iter();
    let events = events.filter(|j| j.spot.about == Judging::Event);
    let fixed = |j: &Judged| {
        let number = j.number.filter(|_| site.signed_in.is_some());
        let fixed = Fixed {
            said: Corrected::of(site, j, &back),
            href: number.map(|number| site.at(&format!("/correct/event/{number}"))),
        };
        Some((j.id?, fixed))
    };
    events.filter_map(fixed).collect()
}

impl ArticlePage<'_> {
    /// Whether two versions that are compared have the same words.
    fn unchanged(&self) -> bool {
        let changes = self.changes.iter().flat_map(|(_, all)| all);
        changes
            .into_iter()
            .all(|s| matches!(s, Stretch::Same(_) | Stretch::Gap))
    }

    /// The newest version, if this is an earlier one.
    fn newest(&self) -> Option<i64> {
        let whole = self.whole?;
        let newest = whole.wordings.iter().find(|w| w.current)?.version;
        (newest != whole.article.version).then_some(newest)
    }
}

/// The page of a version of an article in the archive.
///
/// # Errors
///
/// If there is no such version, or the archive cannot be read.
pub fn page(
    desk: &mut Desk<'_>,
    site: &Site,
    version: i64,
    params: &Params,
) -> Result<Page, Problem> {
    let found = desk.archive.whole(version)?;
    let whole = found.ok_or_else(|| Problem::NotFound(site.path.clone()))?;
    let other = against(desk, &whole, params)?;
    // Whoever may correct is offered to.
    let judged = match site.signed_in.is_some() || desk.archive.is_judged(version)? {
        true => desk.archive.judged(version)?,
        false => None,
    };
    let title = whole.article.title.as_deref();
    let t = site.t();
    let article = &whole.article;
    let mut remarks = Vec::new();
    match article.published_doubt.as_deref() {
        Some("future") => remarks.push(t.article_day_future),
        Some(_) => remarks.push(t.article_day_early),
        None => {}
    }
    match article.published_from.as_deref() {
        Some("text") => remarks.push(t.article_day_from_text),
        Some("address") => remarks.push(t.article_day_from_address),
        Some("feed") => remarks.push(t.article_day_from_feed),
        Some("http") => remarks.push(t.article_day_from_server),
        Some("given") => remarks.push(t.article_day_given),
        _ => {}
    }
    let head = Head {
        title: shown_title(title, &whole.text),
        outlet: article.outlet.as_deref().map(safe::one_line),
        day: article.published.clone(),
        remarks,
        author: whole.author.as_deref().map(safe::one_line),
        address: article.address.as_deref().filter(|a| leads_out(a)),
    };
    let frame = Frame::new(desk, site, Section::Statements, head.title.clone())?;
    let parts = Part::all(&whole.reading, &whole.text, title);
    let cast = Cast::of(&parts, Some(&whole));
    let about = About {
        site,
        cast: &cast,
        outlet: article.outlet.as_deref(),
        published: article.published.as_deref(),
        address: article.address.as_deref(),
        sha256: hashes(&whole.reading),
        known: Some(&whole),
        judged: judged.as_ref(),
    };
    Page::of(&ArticlePage {
        frame,
        head,
        sheet: Sheet::of(about, &parts),
        whole: Some(&whole),
        changes: other
            .as_ref()
            .map(|(number, other)| (*number, compare(&other.text, &whole.text))),
        fixed: judged
            .as_ref()
            .map_or_else(BTreeMap::new, |judged| fixed(site, judged)),
        review: judged.as_ref().map(|judged| Review::of(site, judged)),
    })
}

/// The other version that this one is to be compared with, and its number among the wordings.
fn against(
    desk: &Desk<'_>,
    whole: &Whole,
    params: &Params,
) -> Result<Option<(i64, Whole)>, Problem> {
    let Some(asked) = params.get("against") else {
        return Ok(None);
    };
    let wrong = || {
        let hint = "name a version of the same article by its number";
        Problem::value(
            "against",
            asked,
            "is no other version of this article",
            hint,
        )
    };
    let mut wordings = whole.wordings.iter();
    let version: i64 = asked.parse().map_err(|_| wrong())?;
    let wording = wordings.find(|w| w.version == version);
    let wording = wording.ok_or_else(wrong)?;
    let other = desk.archive.whole(version)?.ok_or_else(wrong)?;
    Ok(Some((wording.number, other)))
}

/// The page of an article that was read just now and is kept nowhere.
///
/// # Errors
///
/// If the archive cannot be read.
pub(crate) fn of_reading(
    desk: &mut Desk<'_>,
    site: &Site,
    article: &Article,
    reading: &Reading<'_>,
) -> Result<Page, Problem> {
    let title = article.title.as_deref();
    let day = reading.published.map(|day| day.to_string());
    let head = Head {
        title: shown_title(title, &article.text),
        outlet: article.outlet.as_deref().map(safe::one_line),
        day: day.clone(),
        remarks: match reading.published_from {
            Some(_) => vec![site.t().article_day_from_text],
            None => Vec::new(),
        },
        author: None,
        address: None,
    };
    let frame = Frame::new(desk, site, Section::Read, head.title.clone())?;
    let parts = Part::all(reading, &article.text, title);
    let cast = Cast::of(&parts, None);
    let about = About {
        site,
        cast: &cast,
        outlet: article.outlet.as_deref(),
        published: day.as_deref(),
        address: None,
        sha256: hashes(reading),
        known: None,
        judged: None,
    };
    Page::of(&ArticlePage {
        frame,
        head,
        sheet: Sheet::of(about, &parts),
        whole: None,
        changes: None,
        fixed: BTreeMap::new(),
        review: None,
    })
}

/// The hashes of a text and of its title.
fn hashes<'a>(reading: &'a Reading<'_>) -> [&'a str; 2] {
    let title = reading.headline.as_ref().map_or("", |h| &*h.text_sha256);
    [&reading.text_sha256, title]
}

/// The title, or the beginning of the text where there is none.
fn shown_title(title: Option<&str>, text: &str) -> String {
    const LONGEST: usize = 80;
    let title = title.map(safe::one_line).filter(|t| !t.is_empty());
    title.unwrap_or_else(|| {
        let line = text.lines().map(str::trim).find(|l| !l.is_empty());
        let line = safe::one_line(line.unwrap_or_default());
        match line.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("{}…", &line[..line[..cut].rfind(' ').unwrap_or(cut)]),
            None => line,
        }
    })
}

/// Whether an address is one that a browser may be sent to.
fn leads_out(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
