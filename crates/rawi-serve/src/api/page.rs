//! `GET /api`: the table of operations as a page with forms, and their answers.

use axum::body::Body;
use axum::extract::{RawForm, Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rawi_pages::api::{self as drawn, Answer, Field, Input, Piece};
use rawi_pages::{Lang, Params, Site};

use super::BASE;
use super::operation::{OPERATIONS, Operation};
use super::parameter::{Kind, Parameter, Said};
use super::problem;
use crate::pages::{self, Here};
use crate::server::Shared;

/// How many bytes of an answer are shown.
const SHOWN: usize = 64 << 10;

/// What stands in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b',');

/// The headers that are shown.
const TOLD: [&str; 10] = [
    "content-type",
    "content-disposition",
    "etag",
    "cache-control",
    "link",
    "allow",
    "retry-after",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
];

/// The page, with the answer of an operation if one was asked for by its form.
pub async fn show(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    let params = site.params.clone();
    answered(shared, site, headers, params).await
}

/// The same by a form that sends a body.
pub async fn tried(
    State(shared): State<Shared>,
    Here(site): Here,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Response {
    let params = Params::parse(&String::from_utf8_lossy(&form));
    answered(shared, site, headers, params).await
}

async fn answered(shared: Shared, site: Site, headers: HeaderMap, params: Params) -> Response {
    let lang = site.lang;
    let asked = params.get("operation");
    let asked = OPERATIONS.iter().find(|op| Some(op.id) == asked);
    let answer = match asked {
        Some(op) => Some((op.id, tried_out(&shared, &headers, op, &params).await)),
        None => None,
    };
    let mut all: Vec<drawn::Operation> = OPERATIONS.iter().map(|op| draw(op, lang)).collect();
    if let Some((id, answer)) = answer {
        for op in all.iter_mut().filter(|op| op.id == id) {
            fill(op, &params);
            op.answer = Some(answer.clone());
        }
    }
    let problems = problem::Kind::ALL.into_iter();
    let operations = drawn::Operations {
        base: BASE,
        all,
        problems: problems
            .map(|kind| (kind.name(), kind.status(), said(kind.said(), lang)))
            .collect(),
    };
    pages::page(&shared, site, &headers, move |desk, site| {
        drawn::page(desk, site, &operations)
    })
    .await
}

fn said(said: Said, lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => said.ar,
        Lang::En => said.en,
    }
}

/// An operation as the page draws it, with nothing filled in but an example of a body.
fn draw(op: &Operation, lang: Lang) -> drawn::Operation {
    let field = |parameter: &Parameter| Field {
        name: parameter.name,
        about: said(parameter.said, lang),
        input: match parameter.kind {
            Kind::Flag => Input::Choice(vec!["true", "false"]),
            Kind::Choice(names) => Input::Choice(names()),
            Kind::Count(most) => Input::Number(most),
            Kind::Number => Input::Number(super::parameter::LARGEST),
            Kind::Text(_)
            | Kind::Time
            | Kind::Period
            | Kind::Month
            | Kind::Cursor
            | Kind::Entity
            | Kind::Share => Input::Text,
        },
        several: parameter.repeated,
        required: parameter.in_path,
        values: Vec::new(),
        example: parameter.example,
    };
    drawn::Operation {
        id: op.id,
        method: op.method.name(),
        path: op.path,
        about: said(op.said, lang),
        more: said(op.more, lang),
        fields: (op.parameters)().iter().map(field).collect(),
        body: op.body.map(|body| drawn::Body {
            about: said(body.about, lang),
            text: format!("{:#}", (body.example)()),
            plain: false,
        }),
        answer: None,
    }
}

/// Fills a form in with what it was sent with.
fn fill(op: &mut drawn::Operation, params: &Params) {
    for field in &mut op.fields {
        field.values = params.all(field.name).map(str::to_owned).collect();
    }
    if let Some(body) = &mut op.body {
        body.text = params.get("body").unwrap_or_default().to_owned();
        body.plain = params.get("kind") == Some("text/plain");
    }
}

/// Asks the API as a program does.
async fn tried_out(shared: &Shared, from: &HeaderMap, op: &Operation, params: &Params) -> Answer {
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let mut path = format!("{BASE}{}", op.path);
    let mut pairs = Vec::new();
    for parameter in (op.parameters)() {
        for value in params.all(parameter.name) {
            match parameter.in_path {
                true => path = path.replace(&format!("{{{}}}", parameter.name), &encoded(value)),
                false => pairs.push(format!("{}={}", parameter.name, encoded(value))),
            }
        }
    }
    if !pairs.is_empty() {
        path = format!("{path}?{}", pairs.join("&"));
    }
    let host = from.get(header::HOST).and_then(|v| v.to_str().ok());
    let mut command = format!("curl 'http://{}{path}'", host.unwrap_or("localhost:8080"));
    let mut request = Request::new(Body::empty());
    // Braces that nobody filled in are no part of an address.
    let path = path.replace(['{', '}'], "");
    if let Ok(uri) = Uri::try_from(path) {
        *request.uri_mut() = uri;
    }
    if op.body.is_some() {
        let body = params.get("body").unwrap_or_default();
        let kind = match params.get("kind") {
            Some("text/plain") => "text/plain",
            _ => "application/json",
        };
        let quoted = body.replace('\'', "'\\''");
        command = format!("{command} -H 'content-type: {kind}' --data-binary '{quoted}'");
        *request.method_mut() = Method::POST;
        *request.body_mut() = Body::from(body.to_owned());
        let kind = header::HeaderValue::from_static(kind);
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    let response = super::answer(State(shared.clone()), request).await;
    let (parts, body) = response.into_parts();
    let (bytes, more) = beginning(body).await;
    let headers = TOLD.iter().filter_map(|name| {
        let value = parts.headers.get(*name)?.to_str().ok()?;
        Some(((*name).to_owned(), value.to_owned()))
    });
    let headers: Vec<(String, String)> = headers.collect();
    let kind = headers.iter().find(|(name, _)| name == "content-type");
    let kind = kind.map_or("", |(_, kind)| kind.as_str());
    // A line of JSON lines is laid out already.
    let whole = kind.ends_with("json") && kind != "application/x-ndjson";
    let pieces = match std::str::from_utf8(&bytes) {
        Ok(text) if whole => drawn::pieces(text),
        Ok(text) => vec![Piece {
            text: text.to_owned(),
            own: false,
        }],
        Err(_) => Vec::new(),
    };
    Answer {
        command,
        status: parts.status.to_string(),
        headers,
        pieces,
        more,
    }
}

/// The first bytes of a body, up to the end of a character, and whether there are more.
async fn beginning(mut body: Body) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else {
            continue;
        };
        bytes.extend_from_slice(&data);
        if bytes.len() > SHOWN {
            bytes.truncate(SHOWN);
            if let Err(e) = std::str::from_utf8(&bytes)
                && e.error_len().is_none()
            {
                let whole = e.valid_up_to();
                bytes.truncate(whole);
            }
            return (bytes, true);
        }
    }
    (bytes, false)
}
