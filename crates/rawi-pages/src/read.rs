//! Reading a text that somebody pastes or drops: the article's page at once, and nothing kept.

use askama::Template;
use rawi::Article;
use rawi_input::{Handed, Language, Record};
use rawi_time::Date;

use crate::article;
use crate::desk::Desk;
use crate::frame::{Frame, Page, Section};
use crate::problem::Problem;
use crate::site::Site;

/// The longest text or file, in bytes.
pub const LONGEST: usize = 1 << 20;

/// One in so many characters may be none, as at the cut ends of a page; with more the
/// encoding is wrong.
const SCRATCHES: usize = 100;

/// Articles that everybody can try it with; the first one is taken.
const SAMPLES: &str = include_str!("../../../samples/articles.jsonl");

/// What was sent to be read.
#[derive(Clone, Default, Debug)]
pub struct Sent {
    /// A text.
    pub text: String,
    /// A file with its name, if one was chosen; it counts before the text.
    pub file: Option<(String, Vec<u8>)>,
    /// The headline.
    pub title: String,
    /// The day of publication.
    pub date: String,
    /// Who published it.
    pub outlet: String,
}

/// Why a text cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// It is longer than [`LONGEST`].
    TooLong,
    /// Nothing was sent.
    Empty,
    /// It is in another language, which is named by its tag.
    NotArabic(&'static str),
    /// Its bytes are no characters of the encoding that they seem to be in.
    Garbled,
    /// The date is none.
    NoDate,
    /// It is something else than a text or a page; what, in English.
    Unreadable(String),
}

impl Refusal {
    /// The status of HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Refusal::TooLong => 413,
            _ => 400,
        }
    }
}

#[derive(Template)]
#[template(path = "read.html")]
struct ReadPage<'a> {
    frame: Frame<'a>,
    sent: &'a Sent,
    refused: Option<&'a Refusal>,
}

impl ReadPage<'_> {
    /// What is wrong, in one sentence.
    fn told(&self, refusal: &Refusal) -> &'static str {
        let t = self.frame.site.t();
        match refusal {
            Refusal::TooLong => t.read_too_long,
            Refusal::Empty => t.read_empty,
            Refusal::NotArabic(_) => t.read_not_arabic,
            Refusal::Garbled => t.read_garbled,
            Refusal::NoDate => t.read_no_date,
            Refusal::Unreadable(_) => t.read_unreadable,
        }
    }
}

/// The box for a text; with `sample` in its address, what comes of a text of ours.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn page(desk: &mut Desk<'_>, site: &Site) -> Result<Page, Problem> {
    if site.params.get("sample").is_some() {
        let sent = sample().ok_or_else(|| Problem::Fault("the sample is none".to_owned()))?;
        return answer(desk, site, &sent);
    }
    form(desk, site, &Sent::default(), None)
}

/// The text that everybody can try it with.
fn sample() -> Option<Sent> {
    let sample: serde_json::Value = serde_json::from_str(SAMPLES.lines().next()?).ok()?;
    let field = |name: &str| Some(sample.get(name)?.as_str()?.to_owned());
    Some(Sent {
        text: field("text")?,
        file: None,
        title: field("title")?,
        date: field("date")?,
        outlet: field("source")?,
    })
}

/// The page of what was sent, or the box again with what is wrong. Nothing is kept.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn answer(desk: &mut Desk<'_>, site: &Site, sent: &Sent) -> Result<Page, Problem> {
    let article = match article_of(sent) {
        Ok(article) => article,
        Err(refusal) => return refused(desk, site, sent, &refusal),
    };
    // Every desk has a worker of its own; a reading borrows it no longer than this page.
    let read = desk.worker.read(&article).map(rawi::Reading::into_owned);
    match read {
        Ok(reading) => article::of_reading(desk, site, &article, &reading),
        Err(e) => refused(desk, site, sent, &Refusal::Unreadable(e.to_string())),
    }
}

/// The box again with what is wrong.
///
/// # Errors
///
/// If the archive cannot be read.
pub fn refused(
    desk: &mut Desk<'_>,
    site: &Site,
    sent: &Sent,
    refusal: &Refusal,
) -> Result<Page, Problem> {
    form(desk, site, sent, Some(refusal))
}

fn form(
    desk: &mut Desk<'_>,
    site: &Site,
    sent: &Sent,
    refused: Option<&Refusal>,
) -> Result<Page, Problem> {
    let frame = Frame::new(desk, site, Section::Read, site.t().read_head.to_owned())?;
    let mut page = Page::of(&ReadPage {
        frame,
        sent,
        refused,
    })?;
    page.status = refused.map_or(200, Refusal::status);
    Ok(page)
}

/// The article that was sent.
///
/// # Errors
///
/// Why it cannot be read.
pub fn article_of(sent: &Sent) -> Result<Article, Refusal> {
    let (name, bytes) = match &sent.file {
        Some((name, bytes)) => (&**name, &**bytes),
        None => ("text", sent.text.as_bytes()),
    };
    if bytes.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    if bytes.trim_ascii().is_empty() {
        return Err(Refusal::Empty);
    }
    let date = sent.date.trim();
    if !date.is_empty() && Date::read(date).is_err() {
        return Err(Refusal::NoDate);
    }
    let handed = Handed {
        name,
        bytes,
        published: None,
    };
    let mut article = None;
    for record in handed.records() {
        match record {
            Record::Article { article: read, .. } => article = Some(read),
            Record::Failed(problem) => return Err(Refusal::Unreadable(problem.text)),
            Record::Remark(_) => {}
        }
    }
    let mut article = article.ok_or(Refusal::Empty)?;
    let wrong = article.text.matches(char::REPLACEMENT_CHARACTER).count();
    if wrong * SCRATCHES > article.text.chars().count() {
        return Err(Refusal::Garbled);
    }
    let language = Language::of(&article.text);
    if language != Language::Arabic {
        return Err(Refusal::NotArabic(language.tag()));
    }
    let filled = |value: &str| Some(value.trim().to_owned()).filter(|v| !v.is_empty());
    article.title = filled(&sent.title).or(article.title);
    article.published = filled(date).or(article.published);
    article.outlet = filled(&sent.outlet).or(article.outlet);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Sent {
        Sent {
            text: text.to_owned(),
            ..Sent::default()
        }
    }

    #[test]
    fn the_sample_can_be_read() {
        let article = article_of(&sample().unwrap()).unwrap();
        assert!(article.title.is_some() && article.published.is_some());
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_reason() {
        let said = "قال الوزير سالم البدري إن السد جاهز.";
        assert_eq!(article_of(&text(said)).unwrap().text, said);
        assert_eq!(article_of(&text(" \n\u{20}")), Err(Refusal::Empty));
        assert_eq!(
            article_of(&text(&"كلمة ".repeat(200_000))),
            Err(Refusal::TooLong)
        );
        let english = text("The minister said that the dam was ready.");
        assert!(matches!(article_of(&english), Err(Refusal::NotArabic(_))));
        let garbled = said.replace('ا', "\u{fffd}");
        assert_eq!(article_of(&text(&garbled)), Err(Refusal::Garbled));
        let sent = Sent {
            date: "غدا".into(),
            ..text(said)
        };
        assert_eq!(article_of(&sent), Err(Refusal::NoDate));
        let file = |name: &str, bytes: &[u8]| Sent {
            file: Some((name.into(), bytes.into())),
            ..Sent::default()
        };
        let pdf = article_of(&file("a.pdf", b"%PDF-1.7 ..."));
        assert!(matches!(pdf, Err(Refusal::Unreadable(why)) if why.contains("PDF")));
        let page = format!("<html><title>عنوان</title><p>{said}</p>");
        let sent = Sent {
            outlet: "النهر".into(),
            date: "2026-03-02".into(),
            ..file("a.html", page.as_bytes())
        };
        let article = article_of(&sent).unwrap();
        assert_eq!(article.title.as_deref(), Some("عنوان"));
        assert_eq!(article.outlet.as_deref(), Some("النهر"));
    }
}
