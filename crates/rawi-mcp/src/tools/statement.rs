//! `get_statement`: one statement with all that proves it.

use rawi_archive::corrections::{About, Field, Judged};
use rawi_archive::export::{Item, Said};
use rawi_archive::name_of;
use rawi_archive::search::StatementHit;
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, Place, QUOTED, Stretch, Who};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// The number of the statement, as search_statements and variants give it.
    #[serde(deserialize_with = "part::number")]
    #[schemars(with = "i64")]
    statement: i64,
}

#[derive(Serialize, JsonSchema)]
pub struct Evidence {
    note: &'static str,
    statement: i64,
    /// What was said, as the article has it; ` … ` where the attribution interrupts it.
    text: String,
    /// `quote`: the speaker's own words, which may stand in quotation marks. `clause`, `nominal`: the article's report of them, which may not.
    form: String,
    act: String,
    /// The stretches of the text that hold what was said.
    stretches: Vec<Stretch>,
    /// What offsets count in: the article's `text` or its `headline`.
    part: &'static str,
    /// SHA-256 of that in UTF-8.
    sha256: String,
    /// The archive's entity for whoever said it; missing if the article names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Who>,
    /// How the speaker was found: named, title, null-subject, pronoun, carried-over.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_found_by: Option<String>,
    /// The words that name the source in this sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Stretch>,
    /// The reporting word.
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<Stretch>,
    to: Vec<Who>,
    /// Through what it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<Through>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<String>,
    /// From the outlet to the speaker: each has it from the next.
    chain: Vec<String>,
    /// The statement in which this one is told: its speaker says that this was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    inside: Option<i64>,
    /// Statements that are told in this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holds: Vec<i64>,
    /// 0 to 1: how sure the reading is, not whether it is true.
    confidence: f64,
    /// The same in words: clear, likely, weak.
    certainty: String,
    /// What a reader says of this reading, if one did: it holds, the reading above does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    people_say: Option<Judgment>,
    /// The text around it.
    context: Context,
    article: Place,
    /// To copy beside the quotation.
    citation: String,
}

#[derive(Serialize, JsonSchema)]
struct Through {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform: Option<String>,
    #[serde(flatten)]
    at: Stretch,
}

#[derive(Serialize, JsonSchema)]
struct Judgment {
    /// accept, reject (there is no such statement), correct, or review.
    verdict: String,
    /// When it was said.
    made: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// What is otherwise than it was read.
    changes: Vec<Changed>,
}

#[derive(Serialize, JsonSchema)]
struct Changed {
    /// Which part of the statement.
    field: String,
    /// What it is.
    holds: Vec<String>,
}

impl Judgment {
    fn of(judged: &Judged) -> Option<Self> {
        let by = judged.by.as_ref()?;
        let changed = |field: Field| Changed {
            field: name_of(field),
            holds: judged
                .holds
                .iter()
                .flat_map(|h| h.told(field))
                .map(|t| bounds::name(&t))
                .collect(),
        };
        Some(Self {
            verdict: by.kind.to_owned(),
            made: by.made.clone(),
            remark: by.note.as_deref().map(bounds::name),
            changes: judged.changes().into_iter().map(changed).collect(),
        })
    }
}

#[derive(Serialize, JsonSchema)]
struct Context {
    before: String,
    after: String,
}

impl Context {
    fn of(text: &str, start: u32, end: u32) -> Self {
        let (start, end) = (start as usize, end as usize);
        let chars: Vec<char> = text.chars().collect();
        let (start, end) = (start.min(chars.len()), end.min(chars.len()));
        let mut from = start.saturating_sub(bounds::AROUND);
        let mut to = (end + bounds::AROUND).min(chars.len());
        // Half words at the ends are left out.
        if from > 0 {
            let blank = chars[from..start].iter().position(|c| c.is_whitespace());
            from = blank.map_or(start, |at| from + at + 1);
        }
        if to < chars.len() {
            let blank = chars[end..to].iter().rposition(|c| c.is_whitespace());
            to = blank.map_or(end, |at| end + at);
        }
        Self {
            before: chars[from..start].iter().collect(),
            after: chars[end..to].iter().collect(),
        }
    }
}

impl Evidence {
    fn of(hit: &StatementHit, item: &Item, said: &Said<'_>) -> Self {
        let statement = &hit.statement;
        let (text, _) = bounds::cut(&statement.text(), bounds::WHOLE);
        let speaker = hit.speaker.as_ref().map(Who::from);
        let source = statement.source.as_ref().map(Stretch::from);
        let last = match (&speaker, &source) {
            (Some(who), _) => who.name.clone(),
            (None, Some(source)) => bounds::name(&source.text),
            (None, None) => "nobody named".to_owned(),
        };
        let mut chain = Vec::new();
        chain.extend(hit.article.outlet.as_deref().map(bounds::name));
        let outer = statement.within.and_then(|id| {
            let outer = item.said().find(|s| s.statement.id == id)?;
            let who = outer.statement.speaker.as_ref()?;
            Some(bounds::name(&who.name))
        });
        chain.extend(hit.via.iter().map(|who| bounds::name(&who.name)));
        chain.extend(outer);
        chain.push(last.clone());
        let article = Place::from(&hit.article);
        let number = |id| item.statements.get(&id).copied();
        let holds = item
            .said()
            .filter(|s| s.statement.within == Some(statement.id));
        let quoted = match statement.form {
            rawi::reading::Form::Quote => format!("«{text}»"),
            _ => text.clone(),
        };
        let parts = [
            Some(quoted),
            Some(last),
            article.outlet.clone(),
            article.published.clone(),
            article.address.clone(),
            Some(format!("SHA-256 {}", hit.article.sha256)),
            Some(format!("{}–{}", statement.start(), statement.end())),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        Self {
            note: QUOTED,
            statement: hit.id,
            form: name_of(statement.form),
            act: name_of(statement.act),
            stretches: statement.content.iter().map(Stretch::from).collect(),
            part: said.part,
            sha256: hit.article.sha256.clone(),
            speaker_found_by: statement.speaker.as_ref().map(|s| name_of(s.how)),
            speaker,
            source,
            cue: statement.cue.as_ref().map(|cue| Stretch {
                start: cue.start,
                end: cue.end,
                text: bounds::name(&cue.text),
            }),
            to: hit.addressee.iter().map(Who::from).collect(),
            channel: statement.channel.as_ref().map(|channel| Through {
                kind: name_of(channel.kind),
                platform: channel.platform.as_deref().map(bounds::name),
                at: Stretch {
                    start: channel.start,
                    end: channel.end,
                    text: bounds::name(&channel.text),
                },
            }),
            said_on: statement.said_on.map(|day| day.to_string()),
            chain,
            inside: statement.within.and_then(number),
            holds: holds.filter_map(|s| number(s.statement.id)).collect(),
            confidence: statement.confidence,
            certainty: part::certainty(statement.confidence),
            people_say: None,
            context: Context::of(said.text, statement.start(), statement.end()),
            article,
            citation: parts.join("، "),
            text,
        }
    }
}

impl Question for Get {
    const NAME: &'static str = "get_statement";
    const TITLE: &'static str = "One statement with its evidence";
    const ABOUT: &'static str = "All that proves one statement: the exact words and where they \
        stand (code points, SHA-256 of the text), who said it and how the article says so, to whom, \
        through which outlets it came, the text around it, and a citation to copy.";
    type Answer = Evidence;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Evidence, Problem> {
        let lacks = || {
            Problem::new(
                format!("the archive has no statement {}", self.statement),
                "take the number from search_statements or variants",
            )
        };
        let hit = desk.searcher.statements_of(&[self.statement])?.pop();
        let hit = hit.ok_or_else(lacks)?;
        let item = desk.archive.item(hit.article.version)?.ok_or_else(lacks)?;
        let said = item.said().find(|s| s.statement.id == hit.statement.id);
        let mut one = Evidence::of(&hit, &item, &said.ok_or_else(lacks)?);
        if desk.archive.is_judged(item.version)? {
            let all = desk.archive.judged_item(&item)?;
            let judged = all.numbered(About::Statement, self.statement);
            one.people_say = judged.and_then(Judgment::of);
        }
        Ok(one)
    }

    fn tell(one: &Evidence, lines: &mut Lines) {
        let by = one
            .speaker
            .as_ref()
            .map_or("nobody named".to_owned(), |who| {
                format!("{} (#{})", one_line(&who.name), who.id)
            });
        lines.say(format!(
            "statement {} · {by} · {} · {} · {} ({:.2})",
            one.statement, one.act, one.form, one.certainty, one.confidence
        ));
        lines.say(DATA);
        lines.quote(&one.text);
        lines.say(match &*one.form {
            "quote" => "These are the speaker's own words.",
            _ => "This is the article's report of what was said: do not put it in quotation marks.",
        });
        if let Some(said) = &one.people_say {
            lines.say(format!("! a reader says of this reading: {}", said.verdict));
            for change in &said.changes {
                let holds = change.holds.join("، ");
                lines.say(one_line(&format!("! {}: {holds}", change.field)));
            }
        }
        let places: Vec<String> = one
            .stretches
            .iter()
            .map(|s| format!("{}-{}", s.start, s.end))
            .collect();
        lines.say(format!(
            "characters {} of the {}, SHA-256 {}",
            places.join(", "),
            one.part,
            one.sha256
        ));
        let to = part::names(&one.to).map(|names| format!("to {names}"));
        let channel = one.channel.as_ref().map(|c| match &c.platform {
            Some(platform) => format!("{} ({platform}): {}", c.kind, c.at.text),
            None => format!("{}: {}", c.kind, c.at.text),
        });
        let day = one.said_on.as_ref().map(|day| format!("said on {day}"));
        let cue = one
            .cue
            .as_ref()
            .map(|cue| format!("reported by {}", cue.text));
        let found = one
            .speaker_found_by
            .as_ref()
            .map(|how| format!("speaker found: {how}"));
        lines.parts([
            to.as_deref(),
            channel.as_deref(),
            day.as_deref(),
            cue.as_deref(),
            found.as_deref(),
        ]);
        lines.parts(one.article.parts());
        lines.parts([one.article.address.as_deref()]);
        lines.say(format!("chain: {}", one_line(&one.chain.join(" ← "))));
        if let Some(outer) = one.inside {
            lines.say(format!("told in statement {outer}"));
        }
        lines.say("around it:");
        lines.quote(&format!(
            "… {} ⟦…⟧ {} …",
            one.context.before, one.context.after
        ));
        lines.say(format!("citation: {}", one_line(&one.citation)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_has_whole_words() {
        let text = "كلمة ".repeat(200);
        let context = Context::of(&text, 500, 504);
        assert!(
            context.before.starts_with('ك') && context.after.ends_with('ة'),
            "{context:?}",
            context = (&context.before, &context.after)
        );
        assert!(context.before.chars().count() <= bounds::AROUND);
        let short = Context::of("قال نعم", 4, 7);
        assert_eq!((&*short.before, &*short.after), ("قال ", ""));
        let beyond = Context::of("قال", 40, 70);
        assert_eq!((&*beyond.before, &*beyond.after), ("قال", ""));
    }
}
