//! `search_events`: who did what to whom, when, and who says so.

use rawi::reading::{Date, EventType, Status};
use rawi_archive::events::{Claim, EventFilter, EventHit, EventRequest, Who as Asked};
use rawi_archive::name_of;
use rawi_archive::query::{Field, Query, Value};
use rawi_archive::search::Sort;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, Place, QUOTED, Who};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

/// All parts are optional and must hold together; without any, the newest events.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Who did it: an Arabic name, `#12`, or a country by its code (`JOR`).
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    actor: Option<String>,
    /// To whom.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    recipient: Option<String>,
    /// Who takes part on any side; several with commas: all of them.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    with: Option<String>,
    /// PLOVER types, several with commas: AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT.
    #[serde(default, rename = "type", deserialize_with = "part::text")]
    kind: Option<String>,
    /// Several with commas: happened, future, hypothetical, negated, historical.
    #[serde(default, deserialize_with = "part::text")]
    status: Option<String>,
    /// Who says that it happened: `article` for what the article itself says, `anybody` for what only a speaker says, or a speaker's name or `#12`.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    claimed_by: Option<String>,
    /// Arabic words of the sentence that tells it.
    #[serde(default, deserialize_with = "part::text")]
    words: Option<String>,
    /// On or after: 2026, 2026-03 or 2026-03-12.
    #[serde(default, deserialize_with = "part::text")]
    since: Option<String>,
    /// On or before.
    #[serde(default, deserialize_with = "part::text")]
    until: Option<String>,
    /// How many, 10 without it, 30 at most.
    #[serde(default, deserialize_with = "part::count")]
    #[schemars(with = "Option<u32>")]
    limit: Option<usize>,
    /// `next` of the page before, with everything else the same.
    #[serde(default, deserialize_with = "part::text")]
    cursor: Option<String>,
}

#[derive(Serialize, JsonSchema)]
pub struct Found {
    note: &'static str,
    /// How many there are on all pages.
    count: u64,
    /// The newest first; what copies of an article tell is told once.
    events: Vec<Told>,
    /// Give it as `cursor` for more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whom names were taken for, where that is not plain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    /// If nothing was found: which condition leaves nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emptied_by: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Told {
    event: i64,
    /// The PLOVER type.
    #[serde(rename = "type")]
    kind: String,
    /// happened, future, hypothetical, negated, historical.
    status: String,
    actors: Vec<Who>,
    recipients: Vec<Who>,
    /// True if the actors did it to one another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    two_sided: bool,
    /// Who claims it; missing if the article itself says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    claimed_by: Option<Who>,
    /// The statement that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<i64>,
    /// The day that it is filed under.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// Where that day is from: the article names it, or it is the article's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    day_from: Option<String>,
    /// PLOVER's score of the type, from -10 (conflict) to 10 (cooperation).
    score: f64,
    /// How sure the reading is: clear, likely, weak.
    certainty: String,
    /// The sentence that tells it.
    sentence: String,
    /// The word in it that names the event.
    trigger: String,
    /// Articles that tell the same as copies, this one among them.
    copies: u32,
    /// True if it stands in the title.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    headline: bool,
    article: Place,
}

impl Told {
    fn of(hit: &EventHit) -> Self {
        let event = &hit.event;
        Self {
            event: hit.id,
            kind: event.kind.name().to_owned(),
            status: name_of(event.status),
            actors: hit.actors.iter().map(Who::from).collect(),
            recipients: hit.recipients.iter().map(Who::from).collect(),
            two_sided: hit.two_sided,
            claimed_by: hit.claimed_by.as_ref().map(Who::from),
            statement: hit.statement,
            day: hit.day.clone(),
            day_from: hit.day_from.as_ref().map(name_of),
            score: event.score,
            certainty: part::certainty(event.confidence),
            sentence: bounds::cut(&hit.sentence.text, bounds::QUOTE).0,
            trigger: bounds::name(&event.trigger.text),
            copies: hit.copies,
            headline: hit.headline,
            article: Place::from(&hit.article),
        }
    }
}

/// Somebody, as a part of a question names them.
fn who(part: &str, text: &str) -> Result<Asked, Problem> {
    let text = text.trim();
    if text == "none" {
        return Ok(Asked::Nobody);
    }
    if text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(Asked::Country(text.to_owned()));
    }
    match Field::Speaker.value(text, !text.starts_with('#')) {
        Ok(Value::Entity(number)) => Ok(Asked::Entity(number)),
        Ok(_) => Ok(Asked::Name(text.to_owned())),
        Err(fault) => Err(Problem::fault(part, &fault)),
    }
}

/// Values with commas between them.
fn several<T>(
    text: &Option<String>,
    one: impl Fn(&str) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    let text = text.as_deref().unwrap_or_default();
    let parts = text.split([',', '،']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(one).collect()
}

/// The first or the last day of a period.
fn day(part: &str, text: &Option<String>, last: bool) -> Result<Option<Date>, Problem> {
    let Some(text) = text else {
        return Ok(None);
    };
    match Field::Date.value(text, true) {
        Ok(Value::Time(period)) => Ok(Some(match last {
            true => period.last(),
            false => period.first(),
        })),
        Ok(_) => Ok(None),
        Err(fault) => Err(Problem::fault(part, &fault)),
    }
}

impl Search {
    fn filter(&self) -> Result<EventFilter, Problem> {
        let one = |part: &str, text: &Option<String>| -> Result<Vec<Asked>, Problem> {
            text.iter().map(|text| who(part, text)).collect()
        };
        let kinds = several(&self.kind, |name| {
            let found = EventType::ALL
                .iter()
                .find(|k| k.name().eq_ignore_ascii_case(name));
            let all: Vec<&str> = EventType::ALL.iter().map(|k| k.name()).collect();
            found.copied().ok_or_else(|| {
                Problem::new(
                    format!("`type`: {} is none", bounds::name(name)),
                    format!("there is {}", all.join(", ")),
                )
            })
        })?;
        let statuses = several(&self.status, |name| {
            serde_json::from_value::<Status>(name.to_ascii_lowercase().into()).map_err(|_| {
                Problem::new(
                    format!("`status`: {} is none", bounds::name(name)),
                    "there is happened, future, hypothetical, negated, historical",
                )
            })
        })?;
        let claimed = match self.claimed_by.as_deref() {
            None => None,
            Some("article") => Some(Claim::Article),
            Some("anybody") => Some(Claim::Anybody),
            Some(name) => Some(Claim::By(who("claimed_by", name)?)),
        };
        let words = match &self.words {
            Some(words) => Some(Query::parse(words).map_err(rawi_archive::ArchiveError::from)?),
            None => None,
        };
        Ok(EventFilter {
            actor: one("actor", &self.actor)?,
            recipient: one("recipient", &self.recipient)?,
            with: several(&self.with, |name| who("with", name))?,
            types: kinds,
            statuses,
            claimed,
            words,
            since: day("since", &self.since, false)?,
            until: day("until", &self.until, true)?,
            fold: true,
            ..EventFilter::default()
        })
    }
}

impl Question for Search {
    const NAME: &'static str = "search_events";
    const TITLE: &'static str = "Search what happened between whom";
    const ABOUT: &'static str = "Find political events (PLOVER types) in the archive: who did what \
        to whom and when, whether it happened or is only planned, demanded or denied, and who claims \
        it if the article does not say so itself. Each has the sentence that tells it. The newest \
        come first.";
    type Answer = Found;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Found, Problem> {
        let request = EventRequest {
            filter: self.filter()?,
            sort: Sort::Newest,
            limit: bounds::list(self.limit),
            cursor: self.cursor,
        };
        let page = desk.searcher.events(&request)?;
        let mut emptied_by = Vec::new();
        if page.count == 0 {
            let all = desk.searcher.events_emptied_by(&request.filter)?;
            let conditions = all.iter().map(|c| (c.condition, c.alone, c.without));
            emptied_by = part::emptied(conditions);
        }
        Ok(Found {
            note: QUOTED,
            count: page.count,
            events: page.hits.iter().map(Told::of).collect(),
            next: page.next,
            names: page.names.iter().flat_map(part::taken).collect(),
            emptied_by,
        })
    }

    fn tell(found: &Found, lines: &mut Lines) {
        let of = match found.events.len() as u64 {
            shown if shown < found.count => format!(", {shown} of them here"),
            _ => String::new(),
        };
        lines.say(format!("{} events{of}", found.count));
        for name in found.names.iter().chain(&found.emptied_by) {
            lines.say(one_line(name));
        }
        if !found.events.is_empty() {
            lines.say(DATA);
        }
        for one in &found.events {
            lines.say("");
            let sides = |all: &[Who]| match part::names(all) {
                Some(names) => one_line(&names),
                None => "nobody named".to_owned(),
            };
            let arrow = match (one.two_sided, one.recipients.is_empty()) {
                (true, _) => " with one another".to_owned(),
                (false, true) => String::new(),
                (false, false) => format!(" → {}", sides(&one.recipients)),
            };
            let day = one.day.as_deref().unwrap_or("no day");
            lines.say(format!(
                "event {} · {day} · {} · {} · {}{arrow} · {}",
                one.event,
                one.kind,
                one.status,
                sides(&one.actors),
                one.certainty
            ));
            let claimed = one
                .claimed_by
                .as_ref()
                .map(|who| format!("claimed by {}", who.name));
            let statement = one.statement.map(|n| format!("in statement {n}"));
            let trigger = format!("named by {}", one.trigger);
            lines.parts([Some(&*trigger), claimed.as_deref(), statement.as_deref()]);
            lines.quote(&one.sentence);
            lines.parts(one.article.parts());
        }
        if let Some(next) = &found.next {
            lines.say(format!("\nThere are more: the same with cursor {next}"));
        }
    }
}
