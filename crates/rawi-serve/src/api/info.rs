//! `GET /info` and `GET /openapi.json`: what the archive holds, and what can be asked.

use rawi_archive::Info;
use rawi_pages::Desk;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Serialize;
use serde_json::{Value, json};

use super::operation::{Answer, Asked, Method, Operation, Run, json_of, nothing};
use super::parameter::Said;
use super::problem::Problem;

/// `GET /info`.
pub const INFO: Operation = Operation {
    id: "info",
    method: Method::Get,
    path: "/info",
    said: Said {
        en: "Show what the archive holds",
        ar: "ما في الأرشيف",
    },
    more: Said {
        en: "Sizes, days, engines, inputs and failures.",
        ar: "الأحجام والأيام والمحركات والمدخلات وما تعذّر.",
    },
    parameters: nothing,
    body: None,
    answer: json_of::<About>,
    paged: false,
    problems: &[],
    links: &[],
    run: Run::Desk(info),
};

/// `GET /openapi.json`.
pub const DOCUMENT: Operation = Operation {
    id: "openapi",
    method: Method::Get,
    path: "/openapi.json",
    said: Said {
        en: "Describe all operations",
        ar: "وصف كل العمليات",
    },
    more: Said {
        en: "This document, OpenAPI 3.1.",
        ar: "هذه الوثيقة، OpenAPI 3.1.",
    },
    parameters: nothing,
    body: None,
    answer: document,
    paged: false,
    problems: &[],
    links: &[],
    run: Run::Document,
};

fn document(_: &mut SchemaGenerator) -> Value {
    json!({"application/json": {"schema": {"type": "object", "required": ["openapi"]}}})
}

/// What the archive holds.
#[derive(Serialize, JsonSchema)]
struct About {
    /// The engine that reads here; those that made the readings stand in `engines`.
    engine: &'static str,
    #[serde(flatten)]
    info: Info,
}

fn info(desk: &mut Desk<'_>, _: &Asked) -> Result<Answer, Problem> {
    let archive = desk.archive;
    archive.at_once(|| {
        Answer::of(&About {
            engine: rawi::ENGINE,
            info: Info::clone(&*desk.info()?),
        })
    })
}
