//! An event with all that proves it.

use rawi::reading::{Date, Event, Piece};
use rawi_text::{CharPos, CharSpan, Span};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::Serialize;

use super::Selection;
use super::table::{DayFrom, Row};
use super::words::Sentences;
use crate::ArchiveError;
use crate::search::{ArticleRef, EntityRef, Pattern, Place, Searcher, Source, Words, place};

/// An event that is meant.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventHit {
    /// The number of the event in the archive. It is another one once the article is
    /// read again.
    pub id: i64,
    /// Where it stands.
    pub article: ArticleRef,
    /// Whether it stands in the title; offsets then count the title's code points.
    pub headline: bool,
    /// The event as the reading has it: `id`, offsets, entities and statement are the
    /// article's.
    pub event: Event<'static>,
    /// The sentence that tells it.
    pub sentence: Sentence,
    /// Who did it, over all articles.
    pub actors: Vec<EntityRef>,
    /// To whom.
    pub recipients: Vec<EntityRef>,
    /// Whether the actors did it to one another.
    pub two_sided: bool,
    /// Who claims it; nobody if the article itself says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed_by: Option<EntityRef>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityRef>,
    /// The number in the archive of the statement that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<i64>,
    /// The day that it is filed under, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// Where that day is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_from: Option<DayFrom>,
    /// How many copies it stands for, itself among them; 1 where they aren't folded.
    pub copies: u32,
}

/// A sentence with what stands in it, in code points of the text or title. Places are
/// whole words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sentence {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The characters.
    pub text: String,
    /// The word that names the event.
    pub trigger: Place,
    /// Further words in it that tell the same event.
    pub mentions: Vec<Place>,
    /// The words that were searched for.
    pub highlights: Vec<Place>,
}

impl Selection {
    /// Some of the events, as hits. Those of one article mostly come together.
    pub(super) fn hits(
        &self,
        searcher: &mut Searcher<'_>,
        numbers: impl Iterator<Item = usize>,
        mut each: impl FnMut(EventHit) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let db = &searcher.archive.db;
        let mut last: Option<Read> = None;
        for number in numbers {
            let Some(row) = self
                .rows
                .get(number)
                .map(|at| &self.table.rows[*at as usize])
            else {
                continue;
            };
            let mut read = match last.take() {
                Some(read) if read.source.article.version == row.version => read,
                _ => Read::load(db, row.version)?,
            };
            let copies = self.copies.get(number).copied().unwrap_or(1);
            let two_sided = self.table.is_two_sided(row);
            let shown = &self.looked.shown;
            let hit = read.hit(db, row, shown, &mut searcher.analyzer)?;
            each(EventHit {
                actors: named(db, self.table.actors(row))?,
                recipients: named(db, self.table.named_recipients(row))?,
                place: named(db, self.table.places(row))?.pop(),
                two_sided,
                copies,
                ..hit
            })?;
            last = Some(read);
        }
        Ok(())
    }
}

/// Whom some numbers stand for.
fn named(db: &Connection, ids: &[i64]) -> Result<Vec<EntityRef>, ArchiveError> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        all.extend(EntityRef::of(db, *id)?);
    }
    Ok(all)
}

/// An article with its reading and its sentences.
struct Read {
    source: Source,
    text: Sentences,
    title: Option<Sentences>,
}

impl Read {
    fn load(db: &Connection, version: i64) -> Result<Self, ArchiveError> {
        let source = Source::load(db, version)?;
        Ok(Self {
            text: Sentences::of(source.text.as_str().to_owned())?,
            title: source
                .article
                .title
                .clone()
                .map(Sentences::of)
                .transpose()?,
            source,
        })
    }

    /// An event of it, without what the table knows.
    fn hit(
        &mut self,
        db: &Connection,
        row: &Row,
        shown: &[Pattern],
        analyzer: &mut crate::terms::Analyzer,
    ) -> Result<EventHit, ArchiveError> {
        let lost = || {
            let (version, id) = (row.version, row.id);
            ArchiveError::Invalid(format!("the reading of {version} has no event {id}"))
        };
        let mut find = db.prepare_cached("SELECT local FROM event WHERE id = ?1")?;
        let local: Option<String> = find.query_row([row.id], |row| row.get(0)).optional()?;
        let local = local.ok_or_else(lost)?;
        let event = crate::rows::events(&self.source.reading)
            .find(|e| e.id.to_string() == local)
            .cloned()
            .ok_or_else(lost)?;
        let statement = event.statement.map(|id| {
            db.prepare_cached("SELECT id FROM statement WHERE version_id = ?1 AND local = ?2")?
                .query_row(params![row.version, id.to_string()], |row| row.get(0))
        });
        let mut article = self.source.article.clone();
        if let (true, Some(hash)) = (row.headline, &self.source.title_sha256) {
            article.sha256.clone_from(hash);
        }
        Ok(EventHit {
            id: row.id,
            headline: row.headline,
            sentence: self.sentence(&event, row.headline, shown, analyzer),
            statement: statement.transpose()?,
            claimed_by: match row.claimed {
                0 => None,
                id => EntityRef::of(db, id)?,
            },
            day: row.day.and_then(Date::from_unix_day).map(|d| d.to_string()),
            day_from: row.day.map(|_| row.from),
            article,
            event,
            actors: Vec::new(),
            recipients: Vec::new(),
            two_sided: false,
            place: None,
            copies: 1,
        })
    }

    fn sentence(
        &mut self,
        event: &Event<'_>,
        headline: bool,
        shown: &[Pattern],
        analyzer: &mut crate::terms::Analyzer,
    ) -> Sentence {
        let of = match (headline, &mut self.title) {
            (true, Some(title)) => title,
            _ => &mut self.text,
        };
        let whole = match headline {
            true => Span::new(0, of.source.as_str().len() as u32),
            false => of.around(event.trigger.start).0,
        };
        let mut mentions = Vec::new();
        let mut words = |piece: &Piece<'_>| {
            let span = CharSpan {
                start: CharPos(piece.start),
                end: CharPos(piece.end),
            };
            let span = of.source.bytes_of(span)?;
            Some(of.whole_words(span))
        };
        let trigger = words(&event.trigger).unwrap_or(whole);
        for piece in &event.mentions {
            mentions.extend(words(piece).filter(|span| {
                whole.start <= span.start && span.end <= whole.end && *span != trigger
            }));
        }
        let text = of.source.slice(whole).unwrap_or_default();
        let found = Words::of(vec![text], analyzer).places(shown);
        let begin = whole.start.index();
        let highlights = found
            .into_iter()
            .map(|(_, range)| place(&of.source, range.start + begin..range.end + begin))
            .collect();
        let at = |span: Span| place(&of.source, span.range());
        let here = at(whole);
        Sentence {
            start: here.start,
            end: here.end,
            text: text.to_owned(),
            trigger: at(trigger),
            mentions: mentions.into_iter().map(at).collect(),
            highlights,
        }
    }
}
