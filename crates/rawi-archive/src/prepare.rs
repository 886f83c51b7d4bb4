//! All that can be found out about an article without the archive: what a worker does
//! while the one writer writes.

use std::time::{SystemTime, UNIX_EPOCH};

use rawi::reading::{PublishedFrom, Reading};
use rawi::{Article, Worker};
use rawi_fingerprint::Fingerprinter;
use rawi_input::{About, Place};
use rawi_time::Date;
use sha2::{Digest as _, Sha256};

use crate::ArchiveError;
use crate::document::Keys;
use crate::pack;
use crate::rows;
use crate::story::Traits;
use crate::terms::Analyzer;

/// Dates so many days from now on are taken for errors: pages are dated for tomorrow by
/// clocks of other zones, not for next week.
const AHEAD: i32 = 2;

/// Dates of before 1990 are doubtful: there were no pages.
const EARLY: i32 = 7305;

/// An article with everything that the archive keeps of it.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub article: Article,
    pub about: About,
    pub place: Place,
    pub keys: Keys,
    pub sha256: [u8; 32],
    pub title_sha256: Option<[u8; 32]>,
    pub dated: Dating,
    pub traits: Traits,
    /// The reading, or why there is none.
    pub read: Result<Read, String>,
}

/// What was read, ready to be written.
#[derive(Debug)]
pub(crate) struct Read {
    pub reading: Reading<'static>,
    pub packed: Vec<u8>,
    pub terms: Terms,
}

/// The terms of an article, as the indexes have them.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// Those of title and text.
    pub article: String,
    /// Those of each statement's content, first those of the text, then the headline's.
    pub statements: Vec<String>,
}

impl Terms {
    /// The terms of an article and its reading.
    pub fn of(analyzer: &mut Analyzer, article: &Article, reading: &Reading<'_>) -> Self {
        let mut all = String::new();
        if let Some(title) = &article.title {
            analyzer.index(title, &mut all);
        }
        analyzer.index(&article.text, &mut all);
        let statements = rows::statements(reading).map(|s| {
            let mut out = String::new();
            for piece in &s.content {
                analyzer.index(&piece.text, &mut out);
            }
            out
        });
        Self {
            article: all,
            statements: statements.collect(),
        }
    }
}

/// When an article was published, as far as that is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Dating {
    /// `2026-03-02` or `2026-03`.
    pub date: Option<String>,
    /// Where it is from.
    pub from: Option<&'static str>,
    /// What speaks against it.
    pub doubt: Option<&'static str>,
    /// The day to order by; `None` if there is none to go by.
    pub day: Option<Date>,
}

impl Dating {
    fn of(article: &Article, about: &About, reading: Option<&Reading<'_>>) -> Self {
        let of_text = reading
            .filter(|r| r.published_from == Some(PublishedFrom::Text))
            .and_then(|r| r.published);
        let (date, from) = match (&about.dated, &article.published, of_text) {
            (Some(dated), _, _) => (dated.date.clone(), dated.from.name()),
            (None, Some(day), _) => (day.clone(), "given"),
            (None, None, Some(day)) => (day.to_string(), "text"),
            (None, None, None) => return Self::default(),
        };
        let day = Date::parse(&date).or_else(|| Date::parse(&format!("{date}-01")));
        let doubt = day.and_then(|day| match day.unix_day() {
            d if d > today() + AHEAD => Some("future"),
            d if d < EARLY => Some("early"),
            _ => None,
        });
        Self {
            date: Some(date),
            from: Some(from),
            doubt,
            // One wrong date must not stay the newest for ever.
            day: day.filter(|day| doubt != Some("future") && day.unix_day() > 0),
        }
    }

    /// The high part of ids: days since 1970, 0 for none.
    pub fn rank(&self) -> i64 {
        self.day.map_or(0, |day| i64::from(day.unix_day()))
    }
}

/// Days since 1970.
fn today() -> i32 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| (d.as_secs() / 86_400) as i32)
}

/// Reads articles and finds out what the archive must know of them.
pub(crate) struct Preparer {
    worker: Worker,
    analyzer: Analyzer,
    prints: Fingerprinter,
}

impl Preparer {
    pub fn new(worker: Worker) -> Result<Self, ArchiveError> {
        let analyzer = Analyzer::new().map_err(|e| ArchiveError::Invalid(e.to_string()))?;
        Ok(Self {
            worker,
            analyzer,
            prints: Fingerprinter::default(),
        })
    }

    /// Everything of one article.
    pub fn prepare(&mut self, article: Article, about: About, place: Place) -> Prepared {
        let read = self.read(&article);
        let reading = read.as_ref().ok().map(|r| &r.reading);
        Prepared {
            keys: Keys::of(&article, &about, &place),
            sha256: Sha256::digest(&article.text).into(),
            title_sha256: article.title.as_ref().map(|t| Sha256::digest(t).into()),
            dated: Dating::of(&article, &about, reading),
            traits: Traits::of(&mut self.prints, &article, about.author.as_deref()),
            read,
            article,
            about,
            place,
        }
    }

    /// What is read in an article that the archive has, and how it is dated.
    pub fn again(&mut self, article: &Article, about: &About) -> Result<(Dating, Read), String> {
        let read = self.read(article)?;
        Ok((Dating::of(article, about, Some(&read.reading)), read))
    }

    fn read(&mut self, article: &Article) -> Result<Read, String> {
        let reading = self.worker.read(article).map_err(|e| e.to_string())?;
        let packed = pack::pack(&reading, &article.text).map_err(|e| e.to_string())?;
        Ok(Read {
            terms: Terms::of(&mut self.analyzer, article, &reading),
            packed,
            reading: reading.into_owned(),
        })
    }
}
