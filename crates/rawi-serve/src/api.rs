//! The API of an archive: `/api/v1`.
//!
//! ```text
//! request ─ operation.rs (which) ─ parameter.rs (what is said) ─ read.rs, search.rs, … ─ answer
//!             └─ document.rs: OpenAPI 3.1 of the same table     └─ problem.rs: RFC 9457
//! ```
//!
//! Nothing that is said is passed over: an unknown parameter, a value that is none, a body of
//! another type are answered with a problem that says what would be right. Answers carry a
//! tag that changes with the archive.

mod articles;
mod check;
mod document;
mod entities;
mod events;
#[cfg(feature = "export")]
mod export;
mod info;
mod operation;
mod page;
mod parameter;
mod problem;
mod question;
mod read;
mod search;
mod statements;
mod tag;

#[cfg(feature = "export")]
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use http_body::Body as _;
use rawi_archive::ArchiveError;
use serde::de::DeserializeOwned;

use crate::options::Options;
use crate::server::Shared;
use operation::{Answer, Asked, Given, Operation, Run};
use parameter::Values;
use tag::Tags;

pub use page::{show, tried};
pub use problem::{Kind, Problem};

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// Exports at a time.
const EXPORTS: usize = 4;

/// Answers may be kept, and are asked for again with their tags.
const KEPT: &str = "private, no-cache";

/// For how many seconds a browser may remember what another origin may ask.
const REMEMBERED: &str = "600";

/// What all requests to the API share.
pub struct Api {
    tags: Tags,
    #[cfg(feature = "export")]
    exports: Arc<tokio::sync::Semaphore>,
    document: String,
}

impl Api {
    /// Begins.
    ///
    /// # Errors
    ///
    /// If the system gives no random bytes.
    pub fn new(options: &Options) -> Result<Self, ArchiveError> {
        Ok(Self {
            tags: Tags::new()?,
            #[cfg(feature = "export")]
            exports: Arc::new(tokio::sync::Semaphore::new(EXPORTS)),
            document: document::document(options).to_string(),
        })
    }
}

/// Whether a path is one of the API.
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(BASE)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request to the API.
pub async fn answer(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match routed(&shared, &parts, body).await {
        Ok(response) => response,
        Err(problem) => refusal(problem, parts.uri.path()),
    };
    allow_origin(&shared, &parts, &mut response);
    response
}

/// A problem as an answer.
pub fn refusal(problem: Problem, path: &str) -> Response {
    let problem = Problem {
        instance: path.to_owned(),
        ..problem
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // A structure of texts and numbers is JSON.
    let json = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, json).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(problem::CONTENT),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(retry) = problem.retry {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry));
    }
    response
}

async fn routed(shared: &Shared, parts: &Parts, body: Body) -> Result<Response, Problem> {
    let path = parts.uri.path().strip_prefix(BASE).unwrap_or_default();
    let here = operation::at(path);
    if here.is_empty() {
        return Err(Problem::nowhere());
    }
    let known: Vec<&str> = here.iter().map(|(op, _)| op.method.name()).collect();
    let mut allowed = known.clone();
    if known.contains(&"GET") {
        allowed.push("HEAD");
    }
    allowed.push("OPTIONS");
    let allowed = allowed.join(", ");
    let wanted = match parts.method {
        Method::HEAD => "GET",
        ref method => method.as_str(),
    };
    if parts.method == Method::OPTIONS {
        let allow = HeaderValue::try_from(allowed);
        let allow = [(
            header::ALLOW,
            allow.unwrap_or(HeaderValue::from_static("OPTIONS")),
        )];
        return Ok((StatusCode::NO_CONTENT, allow).into_response());
    }
    let Some((op, path)) = here.into_iter().find(|(op, _)| op.method.name() == wanted) else {
        let problem = Problem::of(Kind::Method, format!("this address knows {allowed}"));
        let mut response = refusal(problem, parts.uri.path());
        if let Ok(allow) = HeaderValue::try_from(allowed) {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        return Ok(response);
    };
    asked(shared, parts, body, op, &path).await
}

/// Answers what is asked for by an operation.
async fn asked(
    shared: &Shared,
    parts: &Parts,
    body: Body,
    op: &'static Operation,
    path: &[(&str, String)],
) -> Result<Response, Problem> {
    let query = parts.uri.query().unwrap_or_default();
    let asked = Asked {
        values: Values::read(&(op.parameters)(), path, query)?,
        body: given(shared, parts, body, op).await?,
    };
    let tag = match op.method {
        // An archive that cannot be read has nothing that could be remembered.
        operation::Method::Get => shared.desks.state().ok().and_then(|state| {
            let tags = &shared.api.tags;
            tags.of(state, &parts.uri, &parts.headers)
        }),
        operation::Method::Post => None,
    };
    if let Some(tag) = tag.as_ref().filter(|tag| tag::has(&parts.headers, tag)) {
        return Ok(unchanged(tag));
    }
    let mut response = match op.run {
        Run::Desk(run) => {
            let ask = move |desk: &mut rawi_pages::Desk<'_>| Ok(run(desk, &asked));
            let answer = shared.desks.ask(ask).await;
            let answer = answer.map_err(Problem::from).and_then(|answer| answer)?;
            json(answer, parts)
        }
        Run::Document => json(
            Answer {
                json: shared.api.document.clone().into_bytes(),
                next: None,
            },
            parts,
        ),
        #[cfg(feature = "export")]
        Run::Export => export::answer(shared, asked).await?,
    };
    if let Some(tag) = tag {
        if tag::has_any(&parts.headers) {
            return Ok(unchanged(&tag));
        }
        response.headers_mut().insert(header::ETAG, tag);
    }
    let kept = match op.method {
        operation::Method::Get => KEPT,
        operation::Method::Post => "no-store",
    };
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if parts.method == Method::HEAD {
        if let Some(length) = response.body().size_hint().exact() {
            let length = HeaderValue::from(length);
            response
                .headers_mut()
                .insert(header::CONTENT_LENGTH, length);
        }
        *response.body_mut() = Body::empty();
    }
    Ok(response)
}

/// What who asks has already is still so.
fn unchanged(tag: &HeaderValue) -> Response {
    let headers = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static(KEPT)),
    ];
    (StatusCode::NOT_MODIFIED, headers).into_response()
}

fn json(answer: Answer, parts: &Parts) -> Response {
    let mut response = answer.json.into_response();
    let kind = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if let Some(next) = answer.next {
        let query = parts.uri.query().unwrap_or_default();
        let kept = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
        let cursor = format!("cursor={next}");
        let query = kept.chain([&*cursor]).collect::<Vec<_>>().join("&");
        let link = format!("<{}?{query}>; rel=\"next\"", parts.uri.path());
        if let Ok(link) = HeaderValue::try_from(link) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    response
}

/// The body of a request, if the operation takes one.
async fn given(
    shared: &Shared,
    parts: &Parts,
    body: Body,
    op: &Operation,
) -> Result<Given, Problem> {
    if op.body.is_none() {
        return Ok(Given::Nothing);
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut pieces = kind.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let mut charsets = pieces
        .filter_map(|p| p.split_once('='))
        .filter(|(name, value)| {
            let value = value.trim_matches('"');
            name.eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8")
        });
    let is_json = essence == "application/json";
    if !is_json && essence != "text/plain" || charsets.next().is_some() {
        return Err(
            Problem::of(Kind::MediaType, "the body is of a type that isn't taken")
                .hint("send application/json or text/plain, in UTF-8"),
        );
    }
    let most = shared.options.largest_body;
    let too_large = || {
        Problem::of(
            Kind::TooLarge,
            format!("the body has more than {most} bytes"),
        )
        .hint("send less at once")
    };
    let length = parts.headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let bytes = axum::body::to_bytes(body, most);
    let bytes = tokio::time::timeout(shared.options.patience, bytes).await;
    let Ok(bytes) = bytes else {
        return Err(Problem::of(Kind::Busy, "the body took too long to come"));
    };
    let bytes = bytes.map_err(|error| match std::error::Error::source(&error) {
        Some(e) if e.is::<http_body_util::LengthLimitError>() => too_large(),
        _ => Problem::of(Kind::Body, "the body broke off"),
    })?;
    if is_json {
        return Ok(Given::Json(bytes.into()));
    }
    let text = String::from_utf8(bytes.into());
    text.map(Given::Text)
        .map_err(|_| Problem::of(Kind::Body, "the text is not in UTF-8"))
}

/// A body of JSON as a value of a type.
fn parsed<T: DeserializeOwned>(json: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(json).map_err(|error| {
        let kind = match error.is_data() {
            true => Kind::Query,
            false => Kind::Body,
        };
        Problem::of(kind, error.to_string())
    })
}

/// Lets pages of an origin see the answer, if somebody allowed that.
fn allow_origin(shared: &Shared, parts: &Parts, response: &mut Response) {
    if shared.options.origins.is_empty() {
        return;
    }
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let origin = parts.headers.get(header::ORIGIN);
    let allowed = |origin: &&HeaderValue| {
        let origin = origin.to_str();
        origin.is_ok_and(|origin| shared.is_allowed_origin(origin))
    };
    let Some(origin) = origin.filter(allowed) else {
        return;
    };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    let policy = header::HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(policy, HeaderValue::from_static("cross-origin"));
    let value = HeaderValue::from_static;
    let preflight = parts
        .headers
        .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if parts.method == Method::OPTIONS && preflight {
        if let Some(allow) = headers.get(header::ALLOW).cloned() {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allow);
        }
        let sent = value("content-type, if-none-match");
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, sent);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, value(REMEMBERED));
    } else {
        let seen = "etag, link, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset";
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, value(seen));
    }
}
