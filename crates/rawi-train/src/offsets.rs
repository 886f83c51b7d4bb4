//! Hand annotation without the text that it is of: spans in code points.
//!
//! The articles may not be passed on, so what was annotated in them is kept as
//! the article's id, spans, and names. With the articles at hand it becomes an
//! [`Annotation`] again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::corpus::News;
use crate::gold::{Annotation, Entity, Event, Statement, Time};
use crate::input::{self, Article, Articles};
use crate::score::gold_spans;
use crate::text::{ABSENT, Text};

/// First code point and one past the last.
type Span = (i64, i64);

/// Everything annotated in one article.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Offsets {
    pub(crate) id: String,
    statements: Vec<StatementAt>,
    events: Vec<EventAt>,
    entities: Vec<EntityAt>,
    times: Vec<TimeAt>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct StatementAt {
    form: String,
    content: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
    speaker: Option<String>,
    addressee: Vec<String>,
    channel: Option<Span>,
    #[serde(rename = "in")]
    outer: Option<usize>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct EventAt {
    #[serde(rename = "type")]
    kind: String,
    trigger: Span,
    /// Whether this of several places is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    exact: bool,
    actors: Vec<String>,
    recipients: Vec<String>,
    status: String,
    claimed_by: Option<String>,
    date: Option<String>,
    place: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct EntityAt {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    mentions: Vec<Span>,
    /// Names that the text has only with something attached: `المصرف` of
    /// `للمصرف`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct TimeAt {
    span: Span,
    value: Option<String>,
}

impl Offsets {
    /// Takes the text out of an annotation.
    ///
    /// # Errors
    /// If a string of it does not stand in the text.
    pub(crate) fn of(annotation: &Annotation, text: &Text) -> Result<Self> {
        let find = |piece: &str, from: i64| match text.span_of(piece, from) {
            (ABSENT, _) => bail!("`{piece}` is not in the text"),
            span => Ok(span),
        };
        let nth = |piece: &str, n: usize| -> Result<Span> {
            let mut span = find(piece, 0)?;
            for _ in 0..n {
                let next = text.find(piece, span.0 + 1);
                if next != ABSENT {
                    span = text.span_of(piece, next);
                }
            }
            Ok(span)
        };
        let contents = gold_spans(text, &annotation.statements)?;
        let statement = |(s, content): (&Statement, Vec<Span>)| {
            if content.iter().any(|c| c.0 == ABSENT) {
                bail!("the content of `{:?}` is not in the text", s.cue);
            }
            // Cue and source stand near the content; a little before it is where
            // the search begins.
            let near = (content[0].0 - NEAR).max(0);
            let at = |piece: &Option<String>| piece.as_deref().map(|p| find(p, near)).transpose();
            Ok(StatementAt {
                form: s.form.clone(),
                cue: at(&s.cue)?,
                source: at(&s.source)?,
                speaker: s.speaker.clone(),
                addressee: s.addressee.clone(),
                channel: at(&s.channel)?,
                outer: s.outer,
                content,
            })
        };
        let event = |e: &Event| {
            Ok(EventAt {
                kind: e.kind.clone(),
                trigger: nth(&e.trigger, e.nth.unwrap_or_default())?,
                exact: e.nth.is_some(),
                actors: e.actors.clone(),
                recipients: e.recipients.clone(),
                status: e.status.clone(),
                claimed_by: e.claimed_by.clone(),
                date: e.date.clone(),
                place: e.place.clone(),
            })
        };
        let entity = |e: &Entity| {
            let (mut mentions, mut also) = (Vec::new(), Vec::new());
            for mention in &e.mentions {
                match find(mention, 0) {
                    Ok(span) => mentions.push(span),
                    Err(_) => also.push(mention.clone()),
                }
            }
            EntityAt {
                name: e.name.clone(),
                kind: e.kind.clone(),
                mentions,
                also,
            }
        };
        let mut times = Vec::with_capacity(annotation.times.len());
        let mut from = 0;
        for time in &annotation.times {
            let span = find(&time.text, from)?;
            // The next one of these words is another expression.
            from = span.1;
            times.push(TimeAt {
                span,
                value: time.value.clone(),
            });
        }
        Ok(Offsets {
            id: annotation.id.clone(),
            statements: annotation
                .statements
                .iter()
                .zip(contents)
                .map(statement)
                .collect::<Result<_>>()?,
            events: annotation.events.iter().map(event).collect::<Result<_>>()?,
            entities: annotation.entities.iter().map(entity).collect(),
            times,
        })
    }

    /// Which of the places of its trigger an event has.
    fn nth(&self, text: &Text, event: &EventAt) -> Result<usize> {
        let (start, end) = event.trigger;
        let piece = text
            .piece(start, end)
            .context("a trigger out of the text")?;
        let mut at = text.find(&piece, 0);
        let mut n = 0;
        while at != ABSENT && at < start {
            at = text.find(&piece, at + 1);
            n += 1;
        }
        Ok(n)
    }

    /// Puts the text back.
    ///
    /// # Errors
    /// If a span reaches out of the text.
    pub(crate) fn annotation(&self, text: &Text) -> Result<Annotation> {
        let cut = |&(start, end): &Span| {
            text.piece(start, end)
                .with_context(|| format!("{}: {start}..{end} reaches out of the text", self.id))
        };
        let maybe = |span: &Option<Span>| span.as_ref().map(cut).transpose();
        let all = |spans: &[Span]| spans.iter().map(cut).collect::<Result<Vec<_>>>();
        let statement = |s: &StatementAt| {
            Ok(Statement {
                form: s.form.clone(),
                content: all(&s.content)?,
                cue: maybe(&s.cue)?,
                source: maybe(&s.source)?,
                speaker: s.speaker.clone(),
                addressee: s.addressee.clone(),
                channel: maybe(&s.channel)?,
                outer: s.outer,
            })
        };
        let event = |e: &EventAt| {
            Ok(Event {
                kind: e.kind.clone(),
                trigger: cut(&e.trigger)?,
                actors: e.actors.clone(),
                recipients: e.recipients.clone(),
                status: e.status.clone(),
                claimed_by: e.claimed_by.clone(),
                date: e.date.clone(),
                place: e.place.clone(),
                nth: e.exact.then(|| self.nth(text, e)).transpose()?,
            })
        };
        let entity = |e: &EntityAt| {
            let mut mentions = all(&e.mentions)?;
            mentions.extend(e.also.iter().cloned());
            Ok(Entity {
                name: e.name.clone(),
                kind: e.kind.clone(),
                mentions,
            })
        };
        let time = |t: &TimeAt| {
            Ok(Time {
                text: cut(&t.span)?,
                value: t.value.clone(),
            })
        };
        Ok(Annotation {
            id: self.id.clone(),
            statements: self
                .statements
                .iter()
                .map(statement)
                .collect::<Result<_>>()?,
            events: self.events.iter().map(event).collect::<Result<_>>()?,
            entities: self.entities.iter().map(entity).collect::<Result<_>>()?,
            times: self.times.iter().map(time).collect::<Result<_>>()?,
        })
    }
}

/// How far before its content a cue or source is looked for, in code points.
const NEAR: i64 = 160;

/// The files of a folder with annotations as offsets, in the order of their
/// names.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    Ok(files)
}

/// Reads annotations as offsets, with the articles out of the news.
///
/// # Errors
/// If a file is no such annotation, or one of its articles is not in the news.
pub(crate) fn read(files: &[PathBuf], news: &News) -> Result<(Articles, Vec<Annotation>)> {
    let mut all: Vec<Offsets> = Vec::new();
    for path in files {
        all.extend(input::json_lines(path)?);
    }
    let wanted: BTreeSet<&str> = all.iter().map(|o| o.id.as_str()).collect();
    let mut articles: Articles = BTreeMap::new();
    news.named(|id, published, text| {
        if wanted.contains(id) {
            let article = Article {
                text: Text::new(text),
                published,
            };
            articles.insert(id.to_owned(), article);
        }
    })?;
    let annotation = |o: &Offsets| {
        let article = articles
            .get(&o.id)
            .with_context(|| format!("{}: annotated, but not in the news", o.id))?;
        o.annotation(&article.text)
    };
    let annotations = all.iter().map(annotation).collect::<Result<_>>()?;
    Ok((articles, annotations))
}

/// What to learn from, for the held-out figures of one model.
#[derive(Args)]
pub struct LearnArgs {
    /// Folder with `gold/`, `news/` and `data/`
    #[arg(long, value_name = "DIR")]
    pub(crate) shared: PathBuf,
    /// Rawi's own annotations, as offsets into the news
    #[arg(long, value_name = "DIR", default_value = "training/gold")]
    pub(crate) gold: PathBuf,
    /// Rawi's own tables, those that this program was built with
    #[arg(long, value_name = "DIR", default_value = "lexicon")]
    pub(crate) lexicon: PathBuf,
    /// Where the model that everything teaches goes, if it is wanted
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
}

/// The same, and those of which only the events are annotated.
pub(crate) fn material_of_events(shared: &Path, own: &Path) -> Result<(Articles, Vec<Annotation>)> {
    let (mut articles, mut gold) = material(shared, own)?;
    let folder = own.join("events");
    if folder.exists() {
        let news = News::open(&shared.join("news"), 0)?;
        let (more, annotations) = read(&files(&folder)?, &news)?;
        let new = annotations
            .into_iter()
            .filter(|a| !articles.contains_key(&a.id));
        gold.extend(new);
        articles.extend(more);
    }
    Ok((articles, gold))
}

/// All annotated articles that may be learned from: the shared ones and our own.
pub(crate) fn material(shared: &Path, own: &Path) -> Result<(Articles, Vec<Annotation>)> {
    let mut articles = input::articles(&shared.join("gold/train.jsonl"))?;
    let mut gold = input::annotations(&shared.join("gold/train.gold.json"))?;
    let news = News::open(&shared.join("news"), 0)?;
    let (more, annotations) = read(&files(own)?, &news)?;
    articles.extend(more);
    gold.extend(annotations);
    Ok((articles, gold))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_taken_out_comes_back() -> Result<()> {
        let text = Text::new("أكدت الوزيرة سعاد المرجان أن الجسر آمن. وأضافت في بيان أنه جديد.");
        let annotation: Annotation = serde_json::from_value(json!({
            "id": "a", "times": [{"text": "في", "value": null}],
            "statements": [
                {"form": "clause", "content": ["أن الجسر آمن"], "cue": "أكدت",
                 "source": "الوزيرة سعاد المرجان", "speaker": "سعاد المرجان",
                 "addressee": [], "channel": null, "in": null},
                {"form": "clause", "content": ["أنه جديد"], "cue": "وأضافت", "source": null,
                 "speaker": "سعاد المرجان", "addressee": [], "channel": "بيان", "in": null},
            ],
            "events": [],
            "entities": [{"name": "سعاد المرجان", "type": "PER",
                          "mentions": ["الوزيرة سعاد المرجان"]}],
        }))?;
        let offsets = Offsets::of(&annotation, &text)?;
        assert_eq!(offsets.statements[0].content, [(26, 38)]);
        assert_eq!(offsets.statements[1].cue, Some((40, 46)));
        let line = serde_json::to_string(&offsets)?;
        assert!(!line.contains("الجسر"), "{line}");
        let back = serde_json::from_str::<Offsets>(&line)?.annotation(&text)?;
        assert_eq!(back.statements[1].content, annotation.statements[1].content);
        assert_eq!(back.statements[1].channel, annotation.statements[1].channel);
        assert_eq!(back.entities[0].mentions, annotation.entities[0].mentions);
        assert_eq!(back.times[0].text, annotation.times[0].text);
        Ok(())
    }

    #[test]
    fn spans_out_of_the_text_are_told() {
        let offsets: Offsets = serde_json::from_value(json!({
            "id": "a", "events": [], "entities": [], "times": [],
            "statements": [{"form": "clause", "content": [[0, 99]], "cue": null, "source": null,
                            "speaker": null, "addressee": [], "channel": null, "in": null}],
        }))
        .expect("well formed");
        assert!(offsets.annotation(&Text::new("قصير")).is_err());
    }
}
