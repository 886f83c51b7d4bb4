//! Statements that report the same words as one of them.

use std::collections::{BTreeMap, BTreeSet};

use rawi_text::{CharPos, CharSpan};
use rusqlite::{Connection, OptionalExtension as _};
use serde::Serialize;

use super::align::{Alignment, Critical, Verdict, align};
use super::find::candidates;
use super::report::{Differing, Loaded, Report, Who, differing};
use super::words::{Class, Comparer, Token};
use crate::index::DAY;
use crate::{Archive, ArchiveError, pack};

/// So many statements are compared at most.
const COMPARED: usize = 200;
/// One in so many of the rare words must be there: another may be much shorter.
const SHARE: u32 = 5;
/// Altered wordings are looked for so many days around.
const DAYS: i64 = 30;
/// With another number in them, so many: reports after one pattern have another every day.
const DAYS_OF_NUMBERS: i64 = 1;
/// Paraphrases, so many, and of the same speaker only.
const DAYS_OF_PARAPHRASES: i64 = 7;
/// Statements with fewer words of content are too short to tell whether they are the same.
const SHORTEST: usize = 3;

/// A statement that reports the same words.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variant {
    /// The number of the statement in the archive.
    pub statement: i64,
    /// Its id in the reading.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^h?s[1-9][0-9]*$")))]
    pub local: String,
    /// Where it stands.
    pub report: Report,
    /// Whether it stands in the title.
    pub headline: bool,
    /// First code point of its content.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// What the article has there, first to last character.
    pub text: String,
    /// Quote, clause or nominal.
    pub form: String,
    /// Who said it, as this article has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Who>,
    /// Who handed it on, outermost first.
    pub via: Vec<Who>,
    /// How its wording is related to that of the statement asked for.
    pub verdict: Verdict,
    /// How much of the shorter is the same, from 0 to 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 0.0, max = 1.0)))]
    pub same: f64,
    /// In which words it differs.
    pub differences: Vec<Differing>,
    /// The statement of an earlier report that this article has it from: of the same story,
    /// or credited to the same agency. None if it is independent, as far as can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<i64>,
}

/// All variants of a statement, the oldest first, itself among them.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variants {
    /// The statement asked for.
    pub statement: i64,
    /// The variants.
    pub variants: Vec<Variant>,
    /// How many outlets report it.
    pub outlets: usize,
    /// How many reports are no copies of an earlier one.
    pub independent: usize,
    /// Whether there was more to compare than is compared at most.
    pub more: bool,
}

/// Variants with their words.
pub(super) struct Gathered {
    pub variants: Variants,
    /// By statement.
    pub words: BTreeMap<i64, Vec<Token>>,
}

/// A row of `statement` with its words.
struct Said {
    id: i64,
    version: i64,
    local: String,
    start: u32,
    end: u32,
    form: String,
    speaker: Option<i64>,
}

impl Said {
    fn of(db: &Connection, id: i64) -> Result<Option<Self>, ArchiveError> {
        let mut find = db.prepare_cached(
            "SELECT id, version_id, local, starts, ends, form, speaker_id FROM statement
             WHERE id = ?1",
        )?;
        let row = find.query_row([id], |row| {
            Ok(Self {
                id: row.get(0)?,
                version: row.get(1)?,
                local: row.get(2)?,
                start: row.get(3)?,
                end: row.get(4)?,
                form: row.get(5)?,
                speaker: row.get(6)?,
            })
        });
        Ok(row.optional()?)
    }

    fn headline(&self) -> bool {
        self.local.starts_with('h')
    }

    /// The article's characters from the content's first to its last.
    fn text<'l>(&self, loaded: &'l Loaded) -> Option<&'l str> {
        let source = loaded.source(self.headline())?;
        let span = CharSpan {
            start: CharPos(self.start),
            end: CharPos(self.end),
        };
        source.slice(source.bytes_of(span)?)
    }

    /// Its words, without what the article says between the pieces of its content.
    fn words(
        &self,
        db: &Connection,
        loaded: &Loaded,
        text: &str,
        words: Vec<Token>,
    ) -> Result<Vec<Token>, ArchiveError> {
        let mut find = db.prepare_cached("SELECT json FROM reading WHERE version_id = ?1")?;
        let packed: Option<Vec<u8>> = find
            .query_row([self.version], |row| row.get(0))
            .optional()?;
        let Some(packed) = packed else {
            return Ok(words);
        };
        let reading = pack::parse(&packed, loaded.text.as_str())?;
        let statement = crate::rows::statements(&reading).find(|s| s.id.to_string() == self.local);
        let Some(statement) = statement.filter(|s| s.content.len() > 1) else {
            return Ok(words);
        };
        let bytes = |at: u32| {
            let chars = at.saturating_sub(self.start) as usize;
            text.char_indices()
                .nth(chars)
                .map_or(text.len(), |(at, _)| at)
        };
        let pieces: Vec<_> = statement
            .content
            .iter()
            .map(|p| bytes(p.start)..bytes(p.end))
            .collect();
        let inside = |t: &Token| pieces.iter().any(|p| p.contains(&t.span.start.index()));
        Ok(words.into_iter().filter(inside).collect())
    }
}

impl Archive {
    /// The statements of current articles that report the same words as a statement, the
    /// oldest first.
    ///
    /// # Errors
    ///
    /// If there is no such statement, or the archive cannot be read.
    pub fn variants(&self, statement: i64) -> Result<Variants, ArchiveError> {
        let mut comparer = Comparer::new()?;
        Ok(self.gather(&mut comparer, statement)?.variants)
    }

    /// The same with the words of each.
    pub(super) fn gather(
        &self,
        comparer: &mut Comparer,
        statement: i64,
    ) -> Result<Gathered, ArchiveError> {
        let db = &self.db;
        let lacks = || ArchiveError::Asked(format!("the archive has no statement {statement}"));
        let own = Said::of(db, statement)?.ok_or_else(lacks)?;
        let loaded = Loaded::of(db, own.version)?.ok_or_else(lacks)?;
        let text = own.text(&loaded).ok_or_else(lacks)?;
        let words = comparer.words(text);
        let words = own.words(db, &loaded, text, words)?;
        let first = Side {
            said: &own,
            text,
            words: &words,
        };
        let speaker = own.speaker.map(|id| Who::of(db, id)).transpose()?.flatten();

        let mut found = vec![first.variant(db, &first, loaded.report.clone(), None)?];
        let mut all_words = BTreeMap::from([(statement, words.clone())]);
        let content = words.iter().filter(|t| t.class != Class::Small).count();
        let ids = match content >= SHORTEST {
            true => self.alike(comparer, text, statement)?,
            false => BTreeSet::new(),
        };
        let more = ids.len() >= COMPARED;
        for id in ids.into_iter().filter(|id| *id != statement) {
            let Some(said) = Said::of(db, id)? else {
                continue;
            };
            let Some(other) = Loaded::of(db, said.version)? else {
                continue;
            };
            let Some(text) = said.text(&other) else {
                continue;
            };
            let all = comparer.words(text);
            if align(&words, &all).verdict == Verdict::Different && all.len() < 2 * words.len() {
                continue;
            }
            let all = said.words(db, &other, text, all)?;
            let alignment = align(&words, &all);
            let second = Side {
                said: &said,
                text,
                words: &all,
            };
            if first.reports(&second, &alignment, &speaker, db)? {
                found.push(second.variant(db, &first, other.report.clone(), Some(alignment))?);
                all_words.insert(id, all);
            }
        }
        found.sort_by_key(|v| (v.report.version, v.headline, v.start, v.statement));
        found = one_an_article(found, statement);
        mark_copies(&mut found);
        let outlets: BTreeSet<_> = found.iter().map(|v| v.report.outlet.as_deref()).collect();
        let variants = Variants {
            statement,
            outlets: outlets.len(),
            independent: found.iter().filter(|v| v.copy_of.is_none()).count(),
            variants: found,
            more,
        };
        Ok(Gathered {
            variants,
            words: all_words,
        })
    }

    /// The statements that share rare words with one, near its day and on any day.
    fn alike(
        &self,
        comparer: &mut Comparer,
        text: &str,
        statement: i64,
    ) -> Result<BTreeSet<i64>, ArchiveError> {
        let terms = comparer.terms(text);
        let day = statement >> DAY;
        let mut ids = BTreeSet::new();
        if day > 0 {
            let near = ((day - DAYS) << DAY, (day + DAYS + 1) << DAY);
            ids.extend(candidates(
                &self.db,
                "statement_index",
                &terms,
                near,
                (SHARE, COMPARED / 2),
            )?);
        }
        let ever = (i64::MIN, i64::MAX);
        let rest = COMPARED - ids.len();
        ids.extend(candidates(
            &self.db,
            "statement_index",
            &terms,
            ever,
            (SHARE, rest),
        )?);
        Ok(ids)
    }
}

/// A statement with its words.
struct Side<'a> {
    said: &'a Said,
    text: &'a str,
    words: &'a [Token],
}

impl Side<'_> {
    /// Whether another statement reports the same words.
    fn reports(
        &self,
        other: &Side<'_>,
        alignment: &Alignment,
        speaker: &Option<Who>,
        db: &Connection,
    ) -> Result<bool, ArchiveError> {
        let content = other
            .words
            .iter()
            .filter(|t| t.class != Class::Small)
            .count();
        if content < SHORTEST {
            return Ok(false);
        }
        let day = |said: &Said| said.id >> DAY;
        let apart = match (day(self.said), day(other.said)) {
            (0, _) | (_, 0) => None,
            (a, b) => Some((a - b).abs()),
        };
        let within = |days: i64| apart.is_none_or(|apart| apart <= days);
        let numbers = alignment
            .differences
            .iter()
            .any(|d| d.critical == Some(Critical::Number));
        Ok(match alignment.verdict {
            Verdict::Verbatim | Verdict::Cut => true,
            Verdict::Altered if numbers => within(DAYS_OF_NUMBERS),
            Verdict::Altered => within(DAYS),
            Verdict::Paraphrased => {
                let other = other
                    .said
                    .speaker
                    .map(|id| Who::of(db, id))
                    .transpose()?
                    .flatten();
                let same = speaker
                    .as_ref()
                    .zip(other)
                    .is_some_and(|(a, b)| a.id == b.id);
                same && within(DAYS_OF_PARAPHRASES)
            }
            Verdict::Different => false,
        })
    }

    fn variant(
        &self,
        db: &Connection,
        first: &Side<'_>,
        report: Report,
        alignment: Option<Alignment>,
    ) -> Result<Variant, ArchiveError> {
        let mut via = Vec::new();
        let mut sides = db.prepare_cached(
            "SELECT entity_id FROM statement_side WHERE statement_id = ?1 AND role = 'via'
             ORDER BY place",
        )?;
        for id in sides.query_map([self.said.id], |row| row.get(0))? {
            via.extend(Who::of(db, id?)?);
        }
        let (verdict, same, mut differences) = match alignment {
            Some(a) => {
                let shown = differing(
                    &a.differences,
                    (first.text, first.words),
                    (self.text, self.words),
                );
                (a.verdict, a.same, shown)
            }
            None => (Verdict::Verbatim, 1.0, Vec::new()),
        };
        for difference in &mut differences {
            difference.start += self.said.start;
            difference.end += self.said.start;
        }
        Ok(Variant {
            statement: self.said.id,
            local: self.said.local.clone(),
            headline: self.said.headline(),
            start: self.said.start,
            end: self.said.end,
            text: self.text.to_owned(),
            form: self.said.form.clone(),
            speaker: self
                .said
                .speaker
                .map(|id| Who::of(db, id))
                .transpose()?
                .flatten(),
            via,
            verdict,
            same,
            differences,
            copy_of: None,
            report,
        })
    }
}

/// Of each article the statement whose wording is the nearest; an article may report the
/// same words in its headline and twice in its text.
fn one_an_article(all: Vec<Variant>, asked: i64) -> Vec<Variant> {
    let rank = |v: &Variant| {
        (
            v.statement != asked,
            v.verdict,
            (v.same * -1e6) as i64,
            v.headline,
        )
    };
    let mut best: BTreeMap<i64, usize> = BTreeMap::new();
    for (i, variant) in all.iter().enumerate() {
        let held = best.entry(variant.report.version).or_insert(i);
        if rank(variant) < rank(&all[*held]) {
            *held = i;
        }
    }
    let kept: BTreeSet<usize> = best.into_values().collect();
    let all = all.into_iter().enumerate();
    all.filter(|(i, _)| kept.contains(i))
        .map(|(_, v)| v)
        .collect()
}

/// Says which reports are copies of earlier ones.
fn mark_copies(variants: &mut [Variant]) {
    let mut stories: BTreeMap<i64, i64> = BTreeMap::new();
    let mut agencies: BTreeMap<String, i64> = BTreeMap::new();
    for variant in variants {
        let of_story = variant.report.story.and_then(|s| stories.get(&s).copied());
        let agency = variant.report.agency.clone();
        let of_agency = agency.as_ref().and_then(|a| agencies.get(a).copied());
        variant.copy_of = of_story.or(of_agency);
        let origin = variant.copy_of.unwrap_or(variant.statement);
        if let Some(story) = variant.report.story {
            stories.entry(story).or_insert(origin);
        }
        if let Some(agency) = agency {
            agencies.entry(agency).or_insert(origin);
        }
    }
}
