//! `GET /events`: what happened between whom, and who says so.
//!
//! `question.rs` says which events are meant; this lists them and `count.rs` counts them.

mod count;
mod question;

use rawi_archive::events::{EventCondition, EventPage, EventRequest};
use rawi_archive::search::Sort;
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Kind, Parameter, Said};
use super::problem::{self, Problem};
use super::search::{CURSOR, LIMIT};

pub use count::{COUNTS, DAYS, MATRIX};
use question::{QUESTION, filter};

/// How many a page has if nobody says.
const USUAL: usize = 20;

fn sorts() -> Vec<&'static str> {
    vec!["newest", "oldest"]
}

fn parameters() -> Vec<Parameter> {
    let more = [
        Parameter::one(
            "sort",
            Kind::Choice(sorts),
            "Which come first; the newest if nothing is said.",
            "الترتيب؛ الأحدث أولًا ما لم يُذكر غيره.",
        ),
        LIMIT,
        CURSOR,
    ];
    QUESTION.into_iter().chain(more).collect()
}

/// `GET /events`.
pub const EVENTS: Operation = Operation {
    id: "events",
    method: Method::Get,
    path: "/events",
    said: Said {
        en: "Search events: who did what to whom, and who says so",
        ar: "ابحث في الأحداث: من فعل ماذا بمن، ومن يقول ذلك",
    },
    more: Said {
        en: "Each with the sentence that tells it. Who takes part in a two-sided event (a meeting, \
        an agreement, a clash) is actor and recipient alike. An answer without hits tells in \
        `conditions` which condition left nothing.",
        ar: "كل حدث مع الجملة التي تذكره. ومن شارك في حدث بين طرفين (لقاء أو اتفاق أو اشتباك) فاعل ومتلقٍّ معًا. وإن لم يوجد شيء ذكر الجواب في conditions أي شرط لم يُبقِ شيئًا.",
    },
    parameters,
    body: None,
    answer: json_of::<Found>,
    paged: true,
    problems: &[problem::Kind::Query],
    links: &[
        (
            "article",
            "article",
            "version",
            "$response.body#/hits/0/article/version",
        ),
        (
            "actor",
            "entity",
            "id",
            "$response.body#/hits/0/actors/0/id",
        ),
    ],
    run: Run::Desk(events),
};

/// A page of events.
#[derive(Serialize, JsonSchema)]
struct Found {
    #[serde(flatten)]
    page: EventPage,
    /// Of an answer without hits: what each condition means alone, and what there would be
    /// without it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<EventCondition>,
}

fn events(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let values = &asked.values;
    let request = EventRequest {
        filter: filter(values)?,
        sort: match values.one("sort") {
            Some("oldest") => Sort::Oldest,
            _ => Sort::Newest,
        },
        limit: values.number("limit").unwrap_or(USUAL),
        cursor: values.one("cursor").map(str::to_owned),
    };
    let archive = desk.archive;
    archive.at_once(|| {
        let page = desk.searcher.events(&request)?;
        let conditions = match page.count {
            0 => desk.searcher.events_emptied_by(&request.filter)?,
            _ => Vec::new(),
        };
        let next = page.next.clone();
        Answer::page(&Found { page, conditions }, next)
    })
}
