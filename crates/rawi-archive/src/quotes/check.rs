//! Whether somebody said what a quotation has them say, as far as the archive knows.

use rawi_text::{CharSpan, SourceText};
use rusqlite::Connection;
use serde::Serialize;

use super::align::{Alignment, LONGEST, Verdict, locate};
use super::find::candidates;
use super::report::{Differing, Loaded, Report, Who, cover, differing};
use super::speaker;
use super::words::{Class, Comparer, Token};
use crate::{Archive, ArchiveError};

/// So many articles are looked into at most.
const ARTICLES: usize = 60;
/// One in so many of the rare words must be there.
const SHARE: u32 = 2;
/// Quotations of fewer words can stand anywhere.
const SHORTEST: usize = 3;
/// A statement that has at least so much of a place is where it stands.
const COVERED: f64 = 0.7;

/// What became of a quotation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It stands there word for word, said by the right one.
    Verbatim,
    /// Its words stand there in this order, and words between them are left out.
    Cut,
    /// The words stand there, but somebody else says them.
    OtherSpeaker,
    /// The words stand there, but nobody is named who says them, or they are nobody's
    /// statement.
    NoSpeaker,
    /// Something like it stands there, in other words.
    Altered,
    /// It has too few words to be told from others.
    TooShort,
    /// Nothing like it is there.
    NotFound,
}

impl Finding {
    /// Whether the quotation holds.
    pub fn holds(self) -> bool {
        matches!(self, Self::Verbatim | Self::Cut)
    }
}

/// Whether a place has the speaker that was named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Attribution {
    /// Nobody was named.
    NotAsked,
    /// It has.
    Right,
    /// It has an unnamed one (`مصدر مسؤول`), or the words are nobody's statement.
    Unnamed,
    /// It has somebody else.
    Other,
}

/// A place where a quotation stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FoundAt {
    /// The article.
    pub report: Report,
    /// Whether it stands in the title.
    pub headline: bool,
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// Word for word, cut or altered.
    pub verdict: Verdict,
    /// In which words the quotation differs: the first wording is the article's, the
    /// second the quotation's, and the offsets count its characters.
    pub differences: Vec<Differing>,
    /// The number of the statement in which the words stand; none if they are outside any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<i64>,
    /// Who says it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Who>,
    /// Whether that is who was named.
    pub attribution: Attribution,
}

/// A quotation with what was found.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checked {
    /// The quotation.
    pub quotation: String,
    /// Who is said to have said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// What became of it.
    pub finding: Finding,
    /// Where it, or what is like it, stands: the best first, then the oldest.
    pub places: Vec<FoundAt>,
    /// Whether there may be more places than were looked at.
    pub more: bool,
}

/// Puts quotations to the test.
pub struct Checker<'a> {
    archive: &'a Archive,
    comparer: Comparer,
}

impl<'a> Checker<'a> {
    /// A checker of quotations against an archive.
    ///
    /// # Errors
    ///
    /// If the build was given a broken model file.
    pub fn new(archive: &'a Archive) -> Result<Self, ArchiveError> {
        let comparer = Comparer::new()?;
        Ok(Self { archive, comparer })
    }

    /// Looks for a quotation, and for whether a named speaker says it. An ellipsis in it
    /// parts it into pieces that must stand in this order. The current versions of all
    /// articles are searched, titles and everything outside statements as well.
    ///
    /// # Errors
    ///
    /// If the quotation is longer than 2,000 words, or the archive cannot be read.
    pub fn check(
        &mut self,
        quotation: &str,
        speaker: Option<&str>,
    ) -> Result<Checked, ArchiveError> {
        let quotation = quotation.trim();
        let speaker = speaker.map(str::trim).filter(|s| !s.is_empty());
        let words = self.comparer.words(quotation);
        if words.len() > LONGEST {
            return Err(ArchiveError::Asked(format!(
                "the quotation has more than {LONGEST} words: check it in parts"
            )));
        }
        let mut checked = Checked {
            quotation: quotation.to_owned(),
            speaker: speaker.map(str::to_owned),
            finding: Finding::NotFound,
            places: Vec::new(),
            more: false,
        };
        let content = words.iter().filter(|t| t.class != Class::Small).count();
        if words.len() < SHORTEST || content < 2 {
            checked.finding = Finding::TooShort;
            return Ok(checked);
        }
        let terms = self.comparer.terms(quotation);
        let db = &self.archive.db;
        let ever = (i64::MIN, i64::MAX);
        let versions = candidates(db, "article_index", &terms, ever, (SHARE, ARTICLES))?;
        checked.more = versions.len() == ARTICLES;
        for version in versions {
            if let Some(loaded) = Loaded::of(db, version)? {
                self.look(&loaded, quotation, &words, speaker, &mut checked.places)?;
            }
        }
        let rank = |p: &FoundAt| {
            (
                finding(p),
                p.attribution,
                p.report.version,
                p.headline,
                p.start,
            )
        };
        checked.places.sort_by_key(rank);
        checked.finding = checked.places.first().map_or(Finding::NotFound, finding);
        if checked.finding.holds() || checked.finding != Finding::Altered {
            // What is merely like it is of no interest then.
            let exact = |p: &FoundAt| p.verdict <= Verdict::Cut;
            checked.places.retain(exact);
        }
        Ok(checked)
    }

    /// Looks into one article.
    fn look(
        &mut self,
        loaded: &Loaded,
        quotation: &str,
        words: &[Token],
        speaker: Option<&str>,
        places: &mut Vec<FoundAt>,
    ) -> Result<(), ArchiveError> {
        let db = &self.archive.db;
        for headline in [false, true] {
            let Some(source) = loaded.source(headline) else {
                continue;
            };
            let text = self.comparer.words(source.as_str());
            let mut from = 0;
            // An article may have it twice, and the same words of two people.
            for _ in 0..4 {
                let Some(mut found) = locate(&text[from..], words) else {
                    break;
                };
                found.within = found.within.start + from..found.within.end + from;
                for difference in &mut found.differences {
                    difference.first = difference.first.start + from..difference.first.end + from;
                }
                from = found.within.end.max(from + 1);
                let place = Place {
                    loaded,
                    source,
                    headline,
                    text: &text,
                };
                places.extend(place.found(db, &found, (quotation, words), speaker)?);
                if from >= text.len() {
                    break;
                }
            }
        }
        Ok(())
    }
}

/// What a place alone would make of the quotation.
fn finding(place: &FoundAt) -> Finding {
    match (place.verdict, place.attribution) {
        (Verdict::Verbatim, Attribution::NotAsked | Attribution::Right) => Finding::Verbatim,
        (Verdict::Cut, Attribution::NotAsked | Attribution::Right) => Finding::Cut,
        (Verdict::Verbatim | Verdict::Cut, Attribution::Other) => Finding::OtherSpeaker,
        (Verdict::Verbatim | Verdict::Cut, Attribution::Unnamed) => Finding::NoSpeaker,
        _ => Finding::Altered,
    }
}

/// A text in which a quotation was found.
struct Place<'a> {
    loaded: &'a Loaded,
    source: &'a SourceText,
    headline: bool,
    text: &'a [Token],
}

impl Place<'_> {
    fn found(
        &self,
        db: &Connection,
        alignment: &Alignment,
        (quotation, words): (&str, &[Token]),
        speaker: Option<&str>,
    ) -> Result<Option<FoundAt>, ArchiveError> {
        let Some(span) = cover(&self.text[alignment.within.clone()]) else {
            return Ok(None);
        };
        let chars = self.source.chars_of(span);
        let statement = self.statement(db, chars)?;
        let who = match &statement {
            Some((_, Some(speaker))) => Who::of(db, *speaker)?,
            _ => None,
        };
        let attribution = match (speaker, &who) {
            (None, _) => Attribution::NotAsked,
            (Some(name), Some(who)) if speaker::is(db, name, who)? => Attribution::Right,
            (Some(_), Some(who)) if !who.unnamed => Attribution::Other,
            (Some(_), _) => Attribution::Unnamed,
        };
        Ok(Some(FoundAt {
            report: self.loaded.report.clone(),
            headline: self.headline,
            start: chars.start.0,
            end: chars.end.0,
            text: self.source.slice(span).unwrap_or_default().to_owned(),
            verdict: alignment.verdict,
            differences: differing(
                &alignment.differences,
                (self.source.as_str(), self.text),
                (quotation, words),
            ),
            statement: statement.map(|(id, _)| id),
            speaker: who,
            attribution,
        }))
    }

    /// The innermost statement that has most of a place, with its speaker.
    fn statement(
        &self,
        db: &Connection,
        place: CharSpan,
    ) -> Result<Option<(i64, Option<i64>)>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT id, starts, ends, speaker_id FROM statement
             WHERE version_id = ?1 AND (substr(local, 1, 1) = 'h') = ?2 AND starts < ?4 AND ends > ?3
             ORDER BY ends - starts, id",
        )?;
        let (start, end) = (place.start.0, place.end.0);
        let parameters = rusqlite::params![self.loaded.report.version, self.headline, start, end];
        let mut rows = find.query(parameters)?;
        while let Some(row) = rows.next()? {
            let (from, to): (u32, u32) = (row.get(1)?, row.get(2)?);
            let shared = to.min(end).saturating_sub(from.max(start));
            if f64::from(shared) >= COVERED * f64::from(end - start) {
                return Ok(Some((row.get(0)?, row.get(3)?)));
            }
        }
        Ok(None)
    }
}
