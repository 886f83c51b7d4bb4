//! Tables for spreadsheets and statistics: a row for each event or statement.
//!
//! The columns are a contract: `docs/output.md` lists them, and new ones go to
//! the end.

use std::ops::Range;

use rawi::reading::{Event, Id, Participant, Statement};
use rawi::{Article, Reading};
use rawi_archive::name_of;
use rawi_columns::When;
use rawi_text::safe::cell;
use rawi_text::{CharPos, Layout, SourceText};

use crate::part::{Kind, Part, Told as Headline, parts};

use crate::plover;

/// What the rows of a table are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    /// What happened between whom.
    Events,
    /// Who said what.
    Statements,
}

/// The columns of the table of events.
const EVENTS: [&str; 29] = [
    "article",
    "outlet",
    "title",
    "published",
    "published_from",
    "event",
    "type",
    "mode",
    "context",
    "quad",
    "status",
    "trigger",
    "start",
    "end",
    "sentence",
    "actors",
    "actor_codes",
    "recipients",
    "recipient_codes",
    "claimed_by",
    "statement",
    "date_begin",
    "date_end",
    "date_precision",
    "place",
    "score",
    "confidence",
    "certainty",
    "part",
];

/// The columns of the table of statements.
const STATEMENTS: [&str; 26] = [
    "article",
    "outlet",
    "title",
    "published",
    "published_from",
    "statement",
    "in",
    "form",
    "act",
    "speaker",
    "speaker_how",
    "source",
    "cue",
    "cue_lemma",
    "content",
    "start",
    "end",
    "addressees",
    "channel",
    "channel_kind",
    "platform",
    "via",
    "said_on",
    "confidence",
    "certainty",
    "part",
];

/// How many columns both tables begin with.
const HEAD: usize = 5;

/// What stands between several values of a cell.
const BETWEEN: &str = ";";

/// What a row tells, for whoever adds columns behind it.
pub struct Told<'a> {
    /// The event or statement.
    pub id: Id,
    /// Who says it.
    pub speaker: Option<Id>,
    /// Where it stands.
    pub part: &'a Part<'a>,
}

/// Gives the values of columns behind those of a table.
pub type More<'m> = &'m dyn Fn(&Told<'_>) -> Vec<String>;

/// The head of a table, with columns behind it.
///
/// # Errors
///
/// If it cannot be written.
pub fn head(table: Table, more: &[&str]) -> Result<Vec<u8>, csv::Error> {
    write(|out| match table {
        Table::Events => out.write_record(EVENTS.iter().chain(more)),
        Table::Statements => out.write_record(STATEMENTS.iter().chain(more)),
    })
}

/// The rows of one reading.
///
/// # Errors
///
/// If they cannot be written.
pub fn rows(
    table: Table,
    article: &Article,
    reading: &Reading<'_>,
    more: More<'_>,
) -> Result<Vec<u8>, csv::Error> {
    let title = article.title.as_deref().unwrap_or_default();
    let head: [String; HEAD] = [
        cell(&reading.id),
        cell(reading.outlet.as_deref().unwrap_or_default()),
        cell(title),
        shown(reading.published),
        reading
            .published_from
            .as_ref()
            .map_or(String::new(), name_of),
    ];
    let headline = Headline::of(reading);
    let parts = parts(headline.as_ref(), reading);
    write(|out| {
        match table {
            Table::Events => {
                for part in parts.iter().filter(|p| !p.events.is_empty()) {
                    let sentences = (part.kind == Kind::Text).then(|| Sentences::of(article));
                    for event in part.events {
                        let around = |found: &Sentences| found.around(event.trigger.start);
                        let sentence = sentences.as_ref().map_or(title.to_owned(), around);
                        let row = self::event(event, &sentence, part.kind);
                        let behind = more(&Told {
                            id: event.id,
                            speaker: None,
                            part,
                        });
                        out.write_record(head.iter().chain(&row).chain(&behind))?;
                    }
                }
            }
            Table::Statements => {
                for part in &parts {
                    for statement in part.statements {
                        let row = self::statement(statement, part);
                        let behind = more(&Told {
                            id: statement.id,
                            speaker: statement.speaker.as_ref().map(|s| s.entity),
                            part,
                        });
                        out.write_record(head.iter().chain(&row).chain(&behind))?;
                    }
                }
            }
        }
        Ok(())
    })
}

fn event(e: &Event<'_>, sentence: &str, part: Kind) -> [String; EVENTS.len() - HEAD] {
    let names = |who: &[Participant<'_>]| list(who.iter().map(|p| &*p.name));
    let codes = |who: &[Participant<'_>]| {
        let all: Vec<String> = who.iter().map(|p| shown(p.code.as_ref())).collect();
        list(all.iter().map(String::as_str))
    };
    let when = When::of(e);
    [
        e.id.to_string(),
        e.kind.to_string(),
        cell(e.mode.as_deref().unwrap_or_default()),
        list(e.context.iter().map(|c| &**c)),
        plover::quad(e).to_string(),
        name_of(e.status),
        cell(&e.trigger.text),
        e.trigger.start.to_string(),
        e.trigger.end.to_string(),
        cell(sentence),
        names(&e.actors),
        codes(&e.actors),
        names(&e.recipients),
        codes(&e.recipients),
        cell(e.claimed_by.as_ref().map_or("", |p| &p.name)),
        shown(e.statement),
        when.as_ref().map_or(String::new(), |w| w.begin.to_string()),
        when.as_ref().map_or(String::new(), |w| w.end.to_string()),
        when.map_or("", |w| w.precision).to_owned(),
        cell(e.place.as_ref().map_or("", |p| &p.name)),
        e.score.to_string(),
        e.confidence.to_string(),
        name_of(rawi::Certainty::of(e.confidence)),
        part.name().to_owned(),
    ]
}

fn statement(s: &Statement<'_>, part: &Part<'_>) -> [String; STATEMENTS.len() - HEAD] {
    let named = |id: &Id| part.name_of(*id).unwrap_or_default();
    let channel = s.channel.as_ref();
    [
        s.id.to_string(),
        shown(s.within),
        name_of(s.form),
        name_of(s.act),
        cell(s.speaker.as_ref().map_or("", |x| &x.name)),
        s.speaker.as_ref().map_or(String::new(), |x| name_of(x.how)),
        cell(s.source.as_ref().map_or("", |x| &x.text)),
        cell(s.cue.as_ref().map_or("", |x| &x.text)),
        cell(s.cue.as_ref().map_or("", |x| &x.lemma)),
        cell(&s.text()),
        s.content
            .first()
            .map_or(String::new(), |p| p.start.to_string()),
        s.content
            .last()
            .map_or(String::new(), |p| p.end.to_string()),
        list(s.addressee.iter().map(|p| &*p.name)),
        cell(channel.map_or("", |c| &c.text)),
        channel.map_or(String::new(), |c| name_of(c.kind)),
        cell(
            channel
                .and_then(|c| c.platform.as_deref())
                .unwrap_or_default(),
        ),
        list(s.via.iter().map(named)),
        shown(s.said_on),
        s.confidence.to_string(),
        name_of(rawi::Certainty::of(s.confidence)),
        part.kind.name().to_owned(),
    ]
}

fn write(
    write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> Result<(), csv::Error>,
) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    write(&mut table)?;
    table
        .into_inner()
        .map_err(|e| csv::Error::from(e.into_error()))
}

/// A value of our own in a cell; the empty one if there is none.
pub fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

/// Several values in one cell. What separates them stands in none.
pub fn list<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = values.map(|v| v.replace(BETWEEN, ",")).collect();
    cell(&all.join(BETWEEN))
}

/// The sentences of an article.
struct Sentences {
    /// None for a text that cannot be read, which then has no rows.
    found: Option<(SourceText, Layout)>,
}

impl Sentences {
    fn of(article: &Article) -> Self {
        let source = SourceText::new(article.text.as_str()).ok();
        let found = source.map(|source| {
            let mut layout = Layout::default();
            layout.analyze(&source);
            (source, layout)
        });
        Self { found }
    }

    /// The sentence around a code point.
    fn around(&self, at: u32) -> String {
        let Some((source, layout)) = &self.found else {
            return String::new();
        };
        let sentences = layout.sentences();
        let cover = |range: &Range<u32>| layout.cover(range.start as usize..range.end as usize);
        let place =
            sentences.partition_point(|range| source.chars_of(cover(range)).end <= CharPos(at));
        let span = sentences.get(place).map(cover);
        let text = span.and_then(|span| source.slice(span));
        text.unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let table = [
            ("=1+1", "'=1+1"),
            ("+962", "'+962"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'=1"),
            ("\r\n=1", "'=1"),
            ("\u{200f}=1", "'=1"),
            ("قال = نعم", "قال = نعم"),
        ];
        for (text, expected) in table {
            assert_eq!(cell(text), expected, "{text:?}");
        }
        assert_eq!(list(["=a", "b;c"].into_iter()), "'=a;b,c");
    }

    #[test]
    fn the_sentence_of_an_event() {
        let article = Article::new("a", "وصل الوفد. عقد اجتماعا! ثم غادر");
        let sentences = Sentences::of(&article);
        assert_eq!(sentences.around(12), "عقد اجتماعا!");
        assert_eq!(sentences.around(0), "وصل الوفد.");
        assert_eq!(sentences.around(500), "");
    }
}
