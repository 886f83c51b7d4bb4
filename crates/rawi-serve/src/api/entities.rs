//! `GET /entities` and `GET /entities/{id}`: people, bodies and places.

use rawi_archive::{EntitySort, Listed, Portrait, WhichEntities};
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Kind, Parameter, Said};
use super::problem::{self, Problem};
use super::search::{CURSOR, LIMIT};

/// How many a page has if nobody says.
const USUAL: usize = 20;

fn types() -> Vec<&'static str> {
    vec!["PER", "ORG", "MEDIA", "GPE", "LOC", "FAC", "GROUP", "ANON"]
}

fn sorts() -> Vec<&'static str> {
    vec!["statements", "name", "number"]
}

fn of_list() -> Vec<Parameter> {
    vec![
        Parameter::one(
            "name",
            Kind::Text(200),
            "Only those one of whose names has all these words, each begun by one.",
            "من في أحد أسمائه كل هذه الكلمات، أو ما يبدأ بها.",
        )
        .like("البدري"),
        Parameter::one(
            "type",
            Kind::Choice(types),
            "Only of this type.",
            "من هذا النوع فقط.",
        ),
        Parameter::one(
            "sort",
            Kind::Choice(sorts),
            "Which come first; who says most, if nothing is said.",
            "الترتيب؛ الأكثر قولًا أولًا ما لم يُذكر غيره.",
        ),
        LIMIT,
        CURSOR,
    ]
}

fn of_one() -> Vec<Parameter> {
    vec![Parameter::path(
        "id",
        "The number of the entity.",
        "رقم الكيان.",
    )]
}

/// `GET /entities`.
pub const ENTITIES: Operation = Operation {
    id: "entities",
    method: Method::Get,
    path: "/entities",
    said: Said {
        en: "List people, bodies and places",
        ar: "الأشخاص والهيئات والأماكن",
    },
    more: Said {
        en: "Those whom somebody merged stand here once.",
        ar: "من دُمجوا يظهرون هنا مرة واحدة.",
    },
    parameters: of_list,
    body: None,
    answer: json_of::<Entities>,
    paged: true,
    problems: &[problem::Kind::Query],
    links: &[("entity", "entity", "id", "$response.body#/entities/0/id")],
    run: Run::Desk(list),
};

/// `GET /entities/{id}`.
pub const ENTITY: Operation = Operation {
    id: "entity",
    method: Method::Get,
    path: "/entities/{id}",
    said: Said {
        en: "Show one person, body or place",
        ar: "شخص أو هيئة أو مكان",
    },
    more: Said {
        en: "Names and titles with their days, statements by month, to whom, through what, which \
        acts, in which outlets. Of one who was merged into another that other one is shown.",
        ar: "الأسماء والصفات بأيامها، والأقوال بحسب الأشهر، ولمن، وعبر ماذا، وبأي فعل، ولدى أي ناشر. ومن دُمج في غيره يظهر ذلك الغير.",
    },
    parameters: of_one,
    body: None,
    answer: json_of::<Portrait>,
    paged: false,
    problems: &[problem::Kind::NotFound],
    links: &[],
    run: Run::Desk(one),
};

/// A page of entities.
#[derive(Serialize, JsonSchema)]
struct Entities {
    /// The entities.
    entities: Vec<Listed>,
    /// What the next page begins with; none if this is the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// What stands before the place of a cursor.
const PLACE: &str = "e";

fn list(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let values = &asked.values;
    let which = WhichEntities {
        kind: values.one("type").map(str::to_owned),
        like: values.one("name").map(str::to_owned),
        sort: match values.one("sort") {
            Some("name") => EntitySort::Name,
            Some("number") => EntitySort::Number,
            _ => EntitySort::Statements,
        },
        limit: values.number("limit").unwrap_or(USUAL),
    };
    let place = match values.one("cursor") {
        None => 0,
        Some(text) => {
            let place = text.strip_prefix(PLACE).and_then(|n| n.parse().ok());
            place.ok_or_else(|| {
                Problem::of(problem::Kind::Query, "the cursor belongs to another list")
                    .at("cursor")
                    .hint("begin again without it")
            })?
        }
    };
    let (entities, next) = desk.archive.entities_behind(&which, place)?;
    let next = next.map(|place| format!("{PLACE}{place}"));
    let page = Entities {
        entities,
        next: next.clone(),
    };
    Answer::page(&page, next)
}

fn one(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let id: i64 = asked.values.number("id").unwrap_or_default();
    if desk.archive.entities_named(&format!("#{id}")).is_err() {
        return Err(Problem::lacks("entity", id));
    }
    Answer::of(&desk.archive.portrait(id)?)
}
