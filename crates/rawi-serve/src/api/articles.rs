//! `GET /articles/{version}`: a text with all that was read in it.

use std::collections::BTreeMap;

use rawi::Reading;
use rawi::reading::Id;
use rawi_pages::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use super::operation::{Answer, Asked, Method, Operation, Run, json_of};
use super::parameter::{Parameter, Said};
use super::problem::{self, Problem};

fn parameters() -> Vec<Parameter> {
    vec![Parameter::path(
        "version",
        "The number of the wording of an article.",
        "رقم صيغة المقال.",
    )]
}

/// `GET /articles/{version}`.
pub const ARTICLE: Operation = Operation {
    id: "article",
    method: Method::Get,
    path: "/articles/{version}",
    said: Said {
        en: "Show one article with its reading",
        ar: "مقال واحد مع قراءته",
    },
    more: Said {
        en: "Offsets of the reading count code points of `text`, and of its headline those of \
        `title`.",
        ar: "مواضع القراءة تُعدّ بحروف text، ومواضع العنوان بحروف title.",
    },
    parameters,
    body: None,
    answer: json_of::<Article>,
    paged: false,
    problems: &[problem::Kind::NotFound],
    links: &[],
    run: Run::Desk(one),
};

/// A wording of an article, and what was read in it.
#[derive(Serialize, JsonSchema)]
struct Article {
    /// The number of this wording.
    version: i64,
    /// The number of the article, over all its wordings.
    document: i64,
    /// The number of the story that it is a copy of, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<i64>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// Who wrote it, as the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Its text, exactly as it was taken in.
    text: String,
    /// What was read in it.
    reading: Reading<'static>,
    /// The numbers that the archive gave to what was read.
    numbers: Numbers,
}

/// By the ids of a reading, the numbers by which the archive is asked.
#[derive(Serialize, JsonSchema)]
struct Numbers {
    /// Of statements.
    statements: BTreeMap<String, i64>,
    /// Of events.
    events: BTreeMap<String, i64>,
    /// Of entities, over all articles.
    entities: BTreeMap<String, i64>,
}

fn one(desk: &mut Desk<'_>, asked: &Asked) -> Result<Answer, Problem> {
    let version: i64 = asked.values.number("version").unwrap_or_default();
    let item = desk.archive.item(version)?;
    let item = item.ok_or_else(|| Problem::lacks("article", version))?;
    let named = |numbers: BTreeMap<Id, i64>| {
        let numbers = numbers.into_iter();
        numbers
            .map(|(id, number)| (id.to_string(), number))
            .collect()
    };
    Answer::of(&Article {
        version,
        document: item.document,
        story: item.story,
        address: item.address,
        author: item.author,
        title: item.article.title,
        text: item.article.text,
        reading: item.reading,
        numbers: Numbers {
            statements: named(item.statements),
            events: named(item.events),
            entities: named(item.entities),
        },
    })
}
