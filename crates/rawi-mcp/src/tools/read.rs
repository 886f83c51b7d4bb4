//! `read_text`: who says what in a text, which nobody keeps.

use rawi::reading::{Event, Id, Participant, Statement};
use rawi::{Article, Reading};
use rawi_archive::name_of;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, QUOTED};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// An Arabic news text.
    text: String,
    /// Its headline, which is read by itself.
    #[serde(default, deserialize_with = "part::text")]
    title: Option<String>,
    /// The day of publication, 2026-03-12; relative times are counted from it.
    #[serde(default, deserialize_with = "part::text")]
    published: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct Told {
    note: &'static str,
    statements: Vec<Said>,
    events: Vec<Happened>,
    /// Statements and events that are not told here.
    more: usize,
    /// SHA-256 of the text in UTF-8, in whose code points offsets count (of `hs1` and the like: in those of the title).
    sha256: String,
}

#[derive(Serialize, JsonSchema)]
struct Said {
    /// `s1` and so on; with an `h` in front it stands in the title.
    id: String,
    text: String,
    /// Code points of the text.
    start: u32,
    end: u32,
    form: String,
    act: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    /// How the sentence names the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    via: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<String>,
    /// The statement in which this one is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<String>,
    /// clear, likely, weak.
    certainty: String,
}

#[derive(Serialize, JsonSchema)]
struct Happened {
    /// `v1` and so on; with an `h` in front it stands in the title.
    id: String,
    /// The PLOVER type: AGREE, CONSULT, ASSAULT and so on.
    #[serde(rename = "type")]
    kind: String,
    /// happened, future, hypothetical, negated, historical.
    status: String,
    /// The word that tells it.
    trigger: String,
    start: u32,
    end: u32,
    actors: Vec<String>,
    recipients: Vec<String>,
    /// Who claims it, if the text itself does not say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
}

fn names(all: &[Participant<'_>]) -> Vec<String> {
    all.iter().map(|p| bounds::name(&p.name)).collect()
}

impl Said {
    fn of(statement: &Statement<'_>, name: impl Fn(Id) -> Option<String>) -> Self {
        Self {
            id: statement.id.to_string(),
            text: bounds::cut(&statement.text(), bounds::QUOTE).0,
            start: statement.start(),
            end: statement.end(),
            form: name_of(statement.form),
            act: name_of(statement.act),
            speaker: statement.speaker.as_ref().map(|s| bounds::name(&s.name)),
            source: statement.source.as_ref().map(|s| bounds::name(&s.text)),
            to: names(&statement.addressee),
            via: statement.via.iter().filter_map(|id| name(*id)).collect(),
            channel: statement.channel.as_ref().map(|c| name_of(c.kind)),
            said_on: statement.said_on.map(|day| day.to_string()),
            inside: statement.within.map(|id| id.to_string()),
            certainty: part::certainty(statement.confidence),
        }
    }
}

impl Happened {
    fn of(event: &Event<'_>) -> Self {
        Self {
            id: event.id.to_string(),
            kind: event.kind.name().to_owned(),
            status: name_of(event.status),
            trigger: bounds::name(&event.trigger.text),
            start: event.trigger.start,
            end: event.trigger.end,
            actors: names(&event.actors),
            recipients: names(&event.recipients),
            claimed_by: event.claimed_by.as_ref().map(|p| bounds::name(&p.name)),
            statement: event.statement.map(|id| id.to_string()),
        }
    }
}

impl Told {
    fn of(reading: &Reading<'_>) -> Self {
        let headline = reading.headline.as_ref();
        let entities = headline
            .iter()
            .flat_map(|h| &h.entities)
            .chain(&reading.entities);
        let entities: Vec<_> = entities.collect();
        let name = |id: Id| {
            let entity = entities.iter().find(|e| e.id == id)?;
            Some(bounds::name(&entity.name))
        };
        let said: Vec<_> = headline
            .iter()
            .flat_map(|h| &h.statements)
            .chain(&reading.statements)
            .collect();
        let events: Vec<_> = headline
            .iter()
            .flat_map(|h| &h.events)
            .chain(&reading.events)
            .collect();
        let told = said.len().min(bounds::READ) + events.len().min(bounds::READ);
        Self {
            note: QUOTED,
            statements: said
                .iter()
                .take(bounds::READ)
                .map(|s| Said::of(s, name))
                .collect(),
            events: events
                .iter()
                .take(bounds::READ)
                .map(|e| Happened::of(e))
                .collect(),
            more: said.len() + events.len() - told,
            sha256: reading.text_sha256.clone(),
        }
    }
}

/// Refuses a text that is empty or too long.
pub fn bounded(text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() {
        return Err(Problem::new("`text` is empty", "give an Arabic text"));
    }
    if text.chars().nth(bounds::TEXT).is_some() {
        return Err(Problem::new(
            format!("the text has more than {} characters", bounds::TEXT),
            "give it in parts",
        ));
    }
    Ok(())
}

impl Question for Read {
    const NAME: &'static str = "read_text";
    const TITLE: &'static str = "Read a text: who says what";
    const ABOUT: &'static str = "Read an Arabic news text that is not in the archive: its statements \
        with speakers, and the events it tells. Nothing of it is stored.";
    type Answer = Told;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Told, Problem> {
        bounded(&self.text)?;
        bounded(self.title.as_deref().unwrap_or("none"))?;
        let mut article = Article::new("text", self.text);
        article.title = self.title;
        article.published = self.published;
        let reading = desk.worker.read(&article).map_err(|e| {
            Problem::new(
                format!("the text cannot be read: {e}"),
                "write the day as 2026-03-12, and the text without control characters",
            )
        })?;
        Ok(Told::of(&reading))
    }

    fn tell(told: &Told, lines: &mut Lines) {
        lines.say(format!(
            "{} statements, {} events",
            told.statements.len(),
            told.events.len()
        ));
        lines.say(DATA);
        for one in &told.statements {
            lines.say("");
            let by = one.speaker.as_deref().or(one.source.as_deref());
            let inside = one.inside.as_ref().map(|id| format!(" · told in {id}"));
            lines.say(format!(
                "{} · {} · {} · {} · {} · characters {}-{}{}",
                one.id,
                one_line(by.unwrap_or("nobody named")),
                one.act,
                one.form,
                one.certainty,
                one.start,
                one.end,
                inside.unwrap_or_default()
            ));
            lines.quote(&one.text);
            let to = format!("to {}", one.to.join("، "));
            let via = format!("via {}", one.via.join("، "));
            let day = one.said_on.as_ref().map(|day| format!("said on {day}"));
            lines.parts([
                (!one.to.is_empty()).then_some(&*to),
                (!one.via.is_empty()).then_some(&*via),
                one.channel.as_deref(),
                day.as_deref(),
            ]);
        }
        for one in &told.events {
            lines.say("");
            let claimed = one
                .claimed_by
                .as_ref()
                .map(|who| format!(" · claimed by {who}"));
            lines.say(one_line(&format!(
                "{} · {} · {} · {} → {} · {}{}",
                one.id,
                one.kind,
                one.status,
                one.actors.join("، "),
                one.recipients.join("، "),
                one.trigger,
                claimed.unwrap_or_default()
            )));
        }
        if told.more > 0 {
            lines.say(format!("\n{} more are not told here", told.more));
        }
    }
}
