//! `GET /statements/{id}` and its variants: one statement, and who else reports it.

use rawi::reading::{Id, Statement};
use rawi_archive::Archive;
use rawi_archive::corrections::{About, Judged};
use rawi_archive::quotes::Variants;
use rawi_archive::search::StatementHit;
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Parameter, Said};
use super::problem::{self, Problem};

fn of_one() -> Vec<Parameter> {
    vec![Parameter::path(
        "id",
        "The number of the statement.",
        "رقم القول.",
    )]
}

/// `GET /statements/{id}`.
pub const STATEMENT: Operation = Operation {
    id: "statement",
    method: Method::Get,
    path: "/statements/{id}",
    said: Said {
        en: "Show one statement with its article and its chain",
        ar: "قول واحد مع مقاله وسلسلته",
    },
    more: Said {
        en: "`chain` holds the statements that it stands in, from the innermost outwards: who \
        says that it was said.",
        ar: "في chain الأقوال التي ورد ضمنها، من الأقرب إلى الأبعد: من يقول إنه قيل.",
    },
    parameters: of_one,
    body: None,
    answer: json_of::<One>,
    paged: false,
    problems: &[problem::Kind::NotFound],
    links: &[
        ("variants", "variants", "id", "$response.body#/id"),
        (
            "article",
            "article",
            "version",
            "$response.body#/article/version",
        ),
    ],
    run: Run::Desk(one),
};

/// `GET /statements/{id}/variants`.
pub const VARIANTS: Operation = Operation {
    id: "variants",
    method: Method::Get,
    path: "/statements/{id}/variants",
    said: Said {
        en: "Show how outlets word one statement",
        ar: "صيغ القول الواحد لدى الناشرين",
    },
    more: Said {
        en: "The oldest first, itself among them, with the words in which they differ and who \
        has it from whom.",
        ar: "الأقدم أولًا، وهو منها، مع الكلمات التي تختلف ومن أخذ عمّن.",
    },
    parameters: of_one,
    body: None,
    answer: json_of::<Variants>,
    paged: false,
    problems: &[problem::Kind::NotFound],
    links: &[],
    run: Run::Desk(variants),
};

/// A statement with all that proves it.
#[derive(Serialize, JsonSchema)]
struct One {
    #[serde(flatten)]
    hit: StatementHit,
    /// The statements that it stands in, the innermost first.
    chain: Vec<Statement<'static>>,
    /// The statements of the article that stand in it.
    holds: Vec<Id>,
    /// What people say of it, if somebody judged it: what was read stays as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    judged: Option<Judged>,
}

fn one(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let id: i64 = asked.values.number("id").unwrap_or_default();
    let lacks = || Problem::lacks("statement", id);
    let archive = desk.archive;
    archive.at_once(|| {
        let hit = desk
            .searcher
            .statements_of(&[id])?
            .pop()
            .ok_or_else(lacks)?;
        let item = archive.item(hit.article.version)?.ok_or_else(lacks)?;
        let reading = item.reading;
        let statements = match reading.headline {
            Some(headline) if hit.headline => headline.statements,
            _ => reading.statements,
        };
        let mut chain: Vec<Statement<'static>> = Vec::new();
        let mut outer = hit.statement.within;
        while let Some(found) = statements.iter().find(|s| Some(s.id) == outer) {
            outer = found.within;
            chain.push(found.clone());
        }
        let own = hit.statement.id;
        let holds = statements.iter().filter(|s| s.within == Some(own));
        let holds = holds.map(|s| s.id).collect();
        Answer::of(&One {
            judged: judged(archive, hit.article.version, id)?,
            hit,
            chain,
            holds,
        })
    })
}

/// What people say of a statement.
fn judged(archive: &Archive, version: i64, id: i64) -> Result<Option<Judged>, Problem> {
    if !archive.is_judged(version)? {
        return Ok(None);
    }
    let judgments = archive.judged(version)?;
    let judged = judgments
        .as_ref()
        .and_then(|all| all.numbered(About::Statement, id));
    Ok(judged.filter(|judged| judged.by.is_some()).cloned())
}

fn variants(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let id: i64 = asked.values.number("id").unwrap_or_default();
    if desk.searcher.statements_of(&[id])?.is_empty() {
        return Err(Problem::lacks("statement", id));
    }
    Answer::of(&desk.archive.variants(id)?)
}
