//! `search_statements`: who said what about what, to whom, through what and when.

use rawi_archive::name_of;
use rawi_archive::query::{Field, Node, Query, Value};
use rawi_archive::search::{Request, Scope, Sort, StatementHit};
use rawi_text::safe::one_line;
use rmcp::schemars::{self, JsonSchema};
use serde::{Deserialize, Serialize};

use super::Question;
use super::part::{self, Place, QUOTED, Who};
use crate::answer::Problem;
use crate::bounds;
use crate::desk::Desk;
use crate::plain::{DATA, Lines};

/// All parts are optional and must hold together; without any, the newest statements.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Who said it: an Arabic name without titles (`سالم البدري`), `#12`, or `none` for statements without a speaker.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    who: Option<String>,
    /// Arabic words of what was said, found in all their forms; all must be there. `"side by side"`, `="spelled so"`, `-without`, `one OR other`.
    #[serde(default, deserialize_with = "part::text")]
    about: Option<String>,
    /// To whom it was said: a name or `#12`.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    to: Option<String>,
    /// Through what: whoever handed it on (a name or `#12`), or a kind of channel: post, statement, press-conference, interview, phone-call, speech, letter, meeting, broadcast, report, sources.
    #[serde(default, deserialize_with = "part::who")]
    #[schemars(with = "Option<String>")]
    via: Option<String>,
    /// Who published the article.
    #[serde(default, deserialize_with = "part::text")]
    outlet: Option<String>,
    /// What was done by saying it; several with commas: assert, deny, demand, promise, threaten, accuse, ask, announce, welcome, condemn, believe, warn.
    #[serde(default, deserialize_with = "part::text")]
    act: Option<String>,
    /// Published on or after: 2026, 2026-03 or 2026-03-12.
    #[serde(default, deserialize_with = "part::text")]
    since: Option<String>,
    /// Published on or before: 2026, 2026-03 or 2026-03-12.
    #[serde(default, deserialize_with = "part::text")]
    until: Option<String>,
    /// A query in the archive's own language, or an Arabic question (`ماذا قال سالم البدري عن الميناء`); more conditions can be said there: form:quote, channel:, event:, said-since:, brackets, OR.
    #[serde(default, deserialize_with = "part::text")]
    query: Option<String>,
    /// Which come first; `best` weighs the words.
    #[serde(default)]
    sort: Option<Order>,
    /// How many, 10 without it, 30 at most.
    #[serde(default, deserialize_with = "part::count")]
    #[schemars(with = "Option<u32>")]
    limit: Option<usize>,
    /// `next` of the page before, with everything else the same.
    #[serde(default, deserialize_with = "part::text")]
    cursor: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Order {
    Newest,
    Oldest,
    Best,
}

#[derive(Serialize, JsonSchema)]
pub struct Found {
    note: &'static str,
    /// How many there are on all pages.
    count: u64,
    statements: Vec<Brief>,
    /// Give it as `cursor` for more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// The query as it was understood.
    understood: String,
    /// Whom names were taken for, where that is not plain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    /// If nothing was found: which condition leaves nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    emptied_by: Vec<String>,
}

/// A statement in short.
#[derive(Serialize, JsonSchema)]
struct Brief {
    /// Number of the statement, for get_statement and variants.
    statement: i64,
    /// What was said, as the article has it.
    text: String,
    /// True if the text goes on; get_statement has all of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_cut: bool,
    /// `quote`: the speaker's own words. `clause`, `nominal`: the article's report of them, never to be put in quotation marks.
    form: String,
    act: String,
    /// Missing if the article names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Who>,
    /// How the sentence names the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to: Vec<Who>,
    /// Who handed it on, the one next to the article first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    via: Vec<Who>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_on: Option<String>,
    /// How sure the reading is, not whether it is true: clear, likely, weak.
    certainty: String,
    /// True if it stands in the title.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    headline: bool,
    article: Place,
}

impl Brief {
    fn of(hit: &StatementHit) -> Self {
        let statement = &hit.statement;
        let (text, is_cut) = bounds::cut(&statement.text(), bounds::QUOTE);
        Self {
            statement: hit.id,
            text,
            is_cut,
            form: name_of(statement.form),
            act: name_of(statement.act),
            speaker: hit.speaker.as_ref().map(Who::from),
            source: statement.source.as_ref().map(|s| bounds::name(&s.text)),
            to: hit.addressee.iter().map(Who::from).collect(),
            via: hit.via.iter().map(Who::from).collect(),
            channel: statement.channel.as_ref().map(|c| name_of(c.kind)),
            said_on: statement.said_on.map(|day| day.to_string()),
            certainty: part::certainty(statement.confidence),
            headline: hit.headline,
            article: Place::from(&hit.article),
        }
    }
}

impl Search {
    /// All conditions as one query.
    fn query(&self) -> Result<Query, Problem> {
        let parse = |part: &str, text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            Query::parse(text).map_err(|e| {
                let place = match e.column {
                    0 => String::new(),
                    column => format!(", column {column}"),
                };
                let what = format!("`{part}`{place}: {}", e.fault.problem());
                Problem::new(what, e.fault.hint())
            })
        };
        let mut query = parse("query", &self.query)?;
        if let Some(node) = parse("about", &self.about)?.root {
            query = query.and(node);
        }
        let one = |part: &str, field: Field, text: &str| {
            let text = text.trim();
            // A name is a name, whatever is in it; a number and `none` are not.
            let quoted = !text.starts_with('#') && text != "none";
            field
                .value(text, quoted)
                .map_err(|fault| Problem::fault(part, &fault))
        };
        let names = [
            ("who", Field::Speaker, &self.who),
            ("to", Field::To, &self.to),
            ("via", Field::Via, &self.via),
            ("outlet", Field::Outlet, &self.outlet),
            ("since", Field::Since, &self.since),
            ("until", Field::Until, &self.until),
        ];
        for (part, field, text) in names {
            let Some(text) = text else {
                continue;
            };
            let channel = Field::Channel.value(text, true);
            let node = match channel {
                Ok(kind) if field == Field::Via => Node::filter(Field::Channel, vec![kind]),
                _ => Node::filter(field, vec![one(part, field, text)?]),
            };
            query = query.and(node);
        }
        if let Some(acts) = &self.act {
            let split = acts.split([',', '،']).filter(|a| !a.trim().is_empty());
            let acts: Vec<Value> = split
                .map(|act| one("act", Field::Act, act))
                .collect::<Result<_, _>>()?;
            query = query.and(Node::filter(Field::Act, acts));
        }
        Ok(query)
    }
}

impl Question for Search {
    const NAME: &'static str = "search_statements";
    const TITLE: &'static str = "Search who said what";
    const ABOUT: &'static str = "Find statements in an archive of Arabic news: who said what, \
        about what, to whom, through what and when. The newest come first. Names and words are \
        Arabic; a name means those who are called just so, or else those who have all its words \
        in a name. Each hit has the exact words, the speaker and the article; get_statement gives \
        the evidence of one, check_quotation says whether words may be quoted.";
    type Answer = Found;

    fn answer(self, desk: &mut Desk<'_>) -> Result<Found, Problem> {
        let request = Request {
            query: self.query()?,
            scope: Scope::Statements,
            sort: match self.sort {
                Some(Order::Oldest) => Sort::Oldest,
                Some(Order::Best) => Sort::Best,
                Some(Order::Newest) | None => Sort::Newest,
            },
            limit: bounds::list(self.limit),
            count: true,
            cursor: self.cursor,
        };
        let page = desk.searcher.statements(&request)?;
        let count = page.count.unwrap_or_default();
        let mut emptied_by = Vec::new();
        if count == 0 {
            let all = desk.searcher.emptied_by(&request.query, request.scope)?;
            let conditions = all.iter().map(|c| (&*c.condition, c.alone, c.without));
            emptied_by = part::emptied(conditions);
        }
        Ok(Found {
            note: QUOTED,
            count,
            statements: page.hits.iter().map(Brief::of).collect(),
            next: page.next,
            understood: bounds::cut(&page.understood.query, bounds::QUOTE).0,
            names: page.understood.names.iter().flat_map(part::taken).collect(),
            emptied_by,
        })
    }

    fn tell(found: &Found, lines: &mut Lines) {
        let of = match found.statements.len() as u64 {
            shown if shown < found.count => format!(", {shown} of them here"),
            _ => String::new(),
        };
        let what = match &*found.understood {
            "" => String::new(),
            query => format!(" for: {}", one_line(query)),
        };
        lines.say(format!("{} statements{of}{what}", found.count));
        for name in found.names.iter().chain(&found.emptied_by) {
            lines.say(one_line(name));
        }
        if !found.statements.is_empty() {
            lines.say(DATA);
        }
        for one in &found.statements {
            lines.say("");
            let by = match (&one.speaker, &one.source) {
                (Some(who), _) => format!("{} (#{})", one_line(&who.name), who.id),
                (None, Some(source)) => format!("{} (nobody named)", one_line(source)),
                (None, None) => "nobody named".to_owned(),
            };
            let headline = match one.headline {
                true => " · in the title",
                false => "",
            };
            lines.say(format!(
                "statement {} · {by} · {} · {} · {}{headline}",
                one.statement, one.act, one.form, one.certainty
            ));
            let to = part::names(&one.to).map(|names| format!("to {names}"));
            let via = part::names(&one.via).map(|names| format!("via {names}"));
            let day = one.said_on.as_ref().map(|day| format!("said on {day}"));
            lines.parts([
                to.as_deref(),
                via.as_deref(),
                one.channel.as_deref(),
                day.as_deref(),
            ]);
            lines.quote(&one.text);
            lines.parts(one.article.parts());
        }
        if let Some(next) = &found.next {
            lines.say(format!("\nThere are more: the same with cursor {next}"));
        }
    }
}
