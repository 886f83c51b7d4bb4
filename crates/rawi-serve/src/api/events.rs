//! `GET /events`: what happened between whom, and who says so.

use rawi::reading::{Date, EventType, Status};
use rawi_archive::events::{Claim, EventCondition, EventFilter, EventPage, EventRequest, Who};
use rawi_archive::name_of;
use rawi_archive::query::{Field, Query, QueryError};
use rawi_archive::search::Sort;
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Kind, Parameter, Said, Values};
use super::problem::{self, Problem};
use super::search::{CURSOR, LIMIT};

/// How many a page has if nobody says.
const USUAL: usize = 20;

/// The longest name that is asked for.
const NAME: usize = 200;

fn types() -> Vec<&'static str> {
    Field::Event.known()
}

fn statuses() -> Vec<&'static str> {
    vec![
        "happened",
        "future",
        "hypothetical",
        "negated",
        "historical",
    ]
}

fn sorts() -> Vec<&'static str> {
    vec!["newest", "oldest"]
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::some(
            "actor",
            Kind::Text(NAME),
            "Who did it: a name, `#` and the number of an entity, a country's code of three \
             letters, or `none`. Any of several.",
            "الفاعل: اسم، أو # ورقم الكيان، أو رمز دولة من ثلاثة أحرف، أو none. يكفي واحد من عدة.",
        ),
        Parameter::some(
            "recipient",
            Kind::Text(NAME),
            "To whom: as `actor`.",
            "تجاه من: كما في actor.",
        ),
        Parameter::some(
            "with",
            Kind::Text(NAME),
            "Who takes part on any side: as `actor`; all of several.",
            "من يشارك في أي جانب: كما في actor؛ كلهم معًا.",
        ),
        Parameter::some(
            "type",
            Kind::Choice(types),
            "Only of this type of PLOVER. Any of several.",
            "من هذا النوع فقط من أنواع PLOVER. يكفي واحد من عدة.",
        )
        .like("CONSULT"),
        Parameter::some(
            "status",
            Kind::Choice(statuses),
            "Whether it took place. Any of several.",
            "هل وقع. يكفي واحد من عدة.",
        ),
        Parameter::one(
            "claimed",
            Kind::Text(NAME),
            "Who claims it: `article` itself, `somebody`, or as `actor`.",
            "من يقول إنه وقع: المقال نفسه article، أو أحد ما somebody، أو كما في actor.",
        ),
        Parameter::some(
            "outlet",
            Kind::Text(NAME),
            "Only of this outlet, or `none`. Any of several.",
            "من هذا الناشر فقط، أو none. يكفي واحد من عدة.",
        ),
        Parameter::one(
            "about",
            Kind::Text(2_000),
            "Words of the sentence that tells it, in all their forms.",
            "كلمات من الجملة التي تذكره، بكل صيغها.",
        ),
        Parameter::one(
            "from",
            Kind::Time,
            "From this year, month or day on.",
            "من هذه السنة أو الشهر أو اليوم.",
        ),
        Parameter::one(
            "until",
            Kind::Time,
            "Up to this year, month or day.",
            "إلى هذه السنة أو الشهر أو اليوم.",
        ),
        Parameter::one(
            "fold",
            Kind::Flag,
            "Whether events of copies of an article are told once.",
            "هل تُذكر أحداث نسخ المقال الواحد مرة واحدة.",
        ),
        Parameter::one(
            "sort",
            Kind::Choice(sorts),
            "Which come first; the newest if nothing is said.",
            "الترتيب؛ الأحدث أولًا ما لم يُذكر غيره.",
        ),
        LIMIT,
        CURSOR,
    ]
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

fn filter(values: &Values) -> Result<EventFilter, Problem> {
    let all = |name: &str| values.all(name).map(who).collect::<Vec<_>>();
    let words = values.one("about").map(Query::parse).transpose();
    let words = words.map_err(|e: QueryError| Problem::from_query(e).at("about"))?;
    let named = |name: &str, of: fn(&str) -> Option<EventType>| -> Vec<EventType> {
        values.all(name).filter_map(of).collect()
    };
    Ok(EventFilter {
        actor: all("actor"),
        recipient: all("recipient"),
        with: all("with"),
        types: named("type", |text| {
            EventType::ALL.into_iter().find(|t| t.name() == text)
        }),
        statuses: values.all("status").filter_map(status).collect(),
        claimed: values.one("claimed").map(|text| match text {
            "article" => Claim::Article,
            "somebody" => Claim::Anybody,
            text => Claim::By(who(text)),
        }),
        outlets: values
            .all("outlet")
            .map(|text| (text != "none").then(|| text.to_owned()))
            .collect(),
        since: day("from", values, rawi_archive::query::Period::first)?,
        until: day("until", values, rawi_archive::query::Period::last)?,
        words,
        fold: values.flag("fold"),
        ..EventFilter::default()
    })
}

fn who(text: &str) -> Who {
    let number = text.strip_prefix('#').and_then(|n| n.parse().ok());
    let country = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    match number {
        Some(number) => Who::Entity(number),
        None if text == "none" => Who::Nobody,
        None if country => Who::Country(text.to_owned()),
        None => Who::Name(text.to_owned()),
    }
}

fn status(text: &str) -> Option<Status> {
    let all = [
        Status::Happened,
        Status::Future,
        Status::Hypothetical,
        Status::Negated,
        Status::Historical,
    ];
    all.into_iter().find(|status| name_of(status) == text)
}

/// A day that a parameter sets.
fn day(
    name: &str,
    values: &Values,
    of: fn(&rawi_archive::query::Period) -> Date,
) -> Result<Option<Date>, Problem> {
    let Some(text) = values.one(name) else {
        return Ok(None);
    };
    let period = rawi_archive::query::Period::read(text);
    let period = period.map_err(|why| {
        Problem::of(problem::Kind::Query, format!("`{text}` is no date: {why}")).at(name)
    })?;
    Ok(Some(of(&period)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_can_be_asked_for() {
        assert!(statuses().into_iter().all(|name| status(name).is_some()));
    }
}
