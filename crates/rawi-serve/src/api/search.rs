//! `GET /search` and `GET /facets`: who said what.

use rawi_archive::name_of;
use rawi_archive::query::Query;
use rawi_archive::search::{
    ArticleHit, Condition, Facet, FacetField, Page, Request, Scope, Sort, StatementHit,
};
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Kind, Parameter, Said, Values};
use super::problem::{self, Problem};
use super::question::{QUESTION, query};

/// The most hits of a page.
const LARGEST: u64 = 200;
/// The hits of a page if nobody says how many.
const USUAL: usize = 20;
/// The most values of a facet.
const MOST: u64 = 100;
/// The values of a facet if nobody says how many.
pub const FEW: usize = 10;

fn scopes() -> Vec<&'static str> {
    vec!["statements", "articles"]
}

fn sorts() -> Vec<&'static str> {
    vec!["newest", "oldest", "best"]
}

fn fields() -> Vec<&'static str> {
    vec![
        "speaker", "to", "via", "outlet", "month", "act", "channel", "form", "event",
    ]
}

const SCOPE: Parameter = Parameter::one(
    "scope",
    Kind::Choice(scopes),
    "What is searched: statements, if nothing is said, or whole articles.",
    "ما يُبحث فيه: الأقوال ما لم يُذكر غيرها، أو المقالات كاملة.",
);

/// How many values are counted, as every count takes it.
pub const VALUES: Parameter = Parameter::one(
    "values",
    Kind::Count(MOST),
    "How many values of each facet; 10 if nothing is said.",
    "عدد القيم في كل تصنيف؛ 10 ما لم يُذكر عدد.",
);

/// By which of some fields something is counted.
pub const fn by_fields(fields: fn() -> Vec<&'static str>) -> Parameter {
    Parameter::some(
        "field",
        Kind::Choice(fields),
        "By which fields; all of them if nothing is said.",
        "بحسب أي حقول؛ كلها ما لم يُذكر شيء.",
    )
}

/// Which page, as every list takes it.
pub const CURSOR: Parameter = Parameter::one(
    "cursor",
    Kind::Cursor,
    "Where the page before has ended: its `next`.",
    "حيث انتهت الصفحة السابقة: قيمة next فيها.",
);

/// How long a page is, as every list takes it.
pub const LIMIT: Parameter = Parameter::one(
    "limit",
    Kind::Count(LARGEST),
    "How many at most; 20 if nothing is said.",
    "العدد الأقصى؛ 20 ما لم يُذكر عدد.",
);

fn of_search() -> Vec<Parameter> {
    let more = [
        SCOPE,
        Parameter::one(
            "sort",
            Kind::Choice(sorts),
            "Which come first; the newest if nothing is said.",
            "الترتيب؛ الأحدث أولًا ما لم يُذكر غيره.",
        ),
        LIMIT,
        CURSOR,
        Parameter::one(
            "count",
            Kind::Flag,
            "Whether all hits are counted.",
            "هل تُعدّ كل النتائج.",
        ),
        Parameter::some(
            "facets",
            Kind::Choice(fields),
            "Also count the hits by this field.",
            "عدّ النتائج أيضًا بحسب هذا الحقل.",
        ),
        VALUES,
    ];
    QUESTION.into_iter().chain(more).collect()
}

fn of_facets() -> Vec<Parameter> {
    let more = [SCOPE, by_fields(fields), VALUES];
    QUESTION.into_iter().chain(more).collect()
}

/// `GET /search`.
pub const SEARCH: Operation = Operation {
    id: "search",
    method: Method::Get,
    path: "/search",
    said: Said {
        en: "Search statements or articles",
        ar: "ابحث في الأقوال أو المقالات",
    },
    more: Said {
        en: "All conditions must hold. An answer without hits tells in `conditions` which of them \
        left nothing. `understood` says how names and words were read.",
        ar: "يجب أن تتحقق الشروط كلها. وإن لم يوجد شيء ذكر الجواب في conditions أيّها لم يُبقِ شيئًا. وفي understood كيف قُرئت الأسماء والكلمات.",
    },
    parameters: of_search,
    body: None,
    answer: json_of::<Found>,
    paged: true,
    problems: &[problem::Kind::Query],
    links: &[
        ("statement", "statement", "id", "$response.body#/hits/0/id"),
        ("variants", "variants", "id", "$response.body#/hits/0/id"),
        (
            "article",
            "article",
            "version",
            "$response.body#/hits/0/article/version",
        ),
        (
            "speaker",
            "entity",
            "id",
            "$response.body#/hits/0/speaker/id",
        ),
    ],
    run: Run::Desk(search),
};

/// `GET /facets`.
pub const FACETS: Operation = Operation {
    id: "facets",
    method: Method::Get,
    path: "/facets",
    said: Said {
        en: "Count statements or articles by their fields",
        ar: "عدّ الأقوال أو المقالات بحسب حقولها",
    },
    more: Said {
        en: "Each count is what `/search` counts with that value added.",
        ar: "كل عدد هو ما يعدّه /search إذا أضيفت تلك القيمة.",
    },
    parameters: of_facets,
    body: None,
    answer: json_of::<Facets>,
    paged: false,
    problems: &[problem::Kind::Query],
    links: &[],
    run: Run::Desk(facets),
};

/// A page of hits.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "scope", rename_all = "kebab-case")]
enum Found {
    /// Statements.
    Statements(Results<StatementHit>),
    /// Articles.
    Articles(Results<ArticleHit>),
}

/// Hits, and what is told of all that match.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Results<H> {
    #[serde(flatten)]
    page: Page<H>,
    /// Of an answer without hits: what each condition matches, and what there would be
    /// without it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<Condition>,
    /// The facets that were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facets: Vec<Facet>,
}

/// How many have which values.
#[derive(Serialize, JsonSchema)]
struct Facets {
    /// What was counted.
    scope: Scope,
    /// How many there are in all.
    count: u64,
    /// The fields that were asked for.
    facets: Vec<Facet>,
}

fn search(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let values = &asked.values;
    let request = Request {
        query: query(values)?,
        scope: scope(values),
        sort: match values.one("sort") {
            Some("oldest") => Sort::Oldest,
            Some("best") => Sort::Best,
            _ => Sort::Newest,
        },
        limit: values.number("limit").unwrap_or(USUAL),
        count: values.flag("count"),
        cursor: values.one("cursor").map(str::to_owned),
    };
    let archive = desk.archive;
    archive.at_once(|| {
        let searcher = &mut desk.searcher;
        let found = match request.scope {
            Scope::Statements => {
                let page = searcher.statements(&request)?;
                Found::Statements(results(desk, page, &request, values)?)
            }
            Scope::Articles => {
                let page = searcher.articles(&request)?;
                Found::Articles(results(desk, page, &request, values)?)
            }
        };
        let next = match &found {
            Found::Statements(results) => results.page.next.clone(),
            Found::Articles(results) => results.page.next.clone(),
        };
        Answer::page(&found, next)
    })
}

/// A page with what was asked for besides.
fn results<H>(
    desk: &mut Desk<'_>,
    page: Page<H>,
    request: &Request,
    values: &Values,
) -> Result<Results<H>, Problem> {
    let empty = page.hits.is_empty() && request.cursor.is_none();
    let conditions = match empty {
        true => desk.searcher.emptied_by(&request.query, request.scope)?,
        false => Vec::new(),
    };
    Ok(Results {
        conditions,
        facets: counted(desk, &request.query, request.scope, "facets", values)?,
        page,
    })
}

fn facets(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let values = &asked.values;
    let (query, scope) = (query(values)?, scope(values));
    let archive = desk.archive;
    archive.at_once(|| {
        // Whoever has counted by fields knows how many there are.
        let facets = counted(desk, &query, scope, "field", values)?;
        Answer::of(&Facets {
            scope,
            count: desk.searcher.count(&query, scope)?,
            facets,
        })
    })
}

/// The facets that a parameter names; of `field` all, if it names none.
fn counted(
    desk: &mut Desk<'_>,
    query: &Query,
    scope: Scope,
    parameter: &str,
    values: &Values,
) -> Result<Vec<Facet>, Problem> {
    let named: Vec<&str> = values.all(parameter).collect();
    let all = parameter == "field" && named.is_empty();
    let most = values.number("values").unwrap_or(FEW);
    let mut facets = Vec::new();
    for field in FacetField::ALL {
        if all || named.contains(&&*name_of(field)) {
            facets.push(desk.searcher.facet(query, scope, field, most)?);
        }
    }
    Ok(facets)
}

fn scope(values: &Values) -> Scope {
    match values.one("scope") {
        Some("articles") => Scope::Articles,
        _ => Scope::Statements,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_can_be_asked_for() {
        let names: Vec<String> = FacetField::ALL.iter().map(name_of).collect();
        assert_eq!(names, fields());
    }
}
