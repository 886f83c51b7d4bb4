//! What signed-in people write: corrections, decisions about entities, readings made anew.

use axum::Router;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use rawi_archive::corrections::Target;
use rawi_archive::{ArchiveError, Which};
use rawi_pages::correct::Subject;
use rawi_pages::{Desk, Page, Params, Problem, Site, correct, decide, health};

use crate::pages::{Here, page, refusal, site};
use crate::server::Shared;

/// The screens, at paths that are the same in both languages.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/correct/{what}/{number}", get(form).post(keep))
        .route("/corrections", get(history))
        .route("/corrections/undo", post(undo))
        .route("/review/{version}", post(review))
        .route("/correct/entity/{entity}", get(deciding).post(decided))
        .route("/health", get(state))
        .route("/health/again", post(again))
}

/// What the two parts of a path mean.
fn subject(what: &str, number: i64) -> Option<Subject> {
    Some(match what {
        "statement" => Subject::Judged(Target::Statement(number)),
        "event" => Subject::Judged(Target::Event(number)),
        "correction" => Subject::Judged(Target::Correction(number)),
        "missed-statement" => Subject::MissedStatement(number),
        "missed-event" => Subject::MissedEvent(number),
        _ => return None,
    })
}

/// A form that was sent: by whom, and what it says.
struct Sent {
    parts: Parts,
    site: Site,
    params: Params,
    who: String,
}

/// Taken if it is one of ours and somebody is signed in.
impl FromRequest<Shared> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, shared: &Shared) -> Result<Self, Response> {
        let most = shared.options.largest_body;
        let (parts, body) = request.into_parts();
        let site = site(shared, &parts.uri, &parts.headers);
        let Ok(body) = axum::body::to_bytes(body, most).await else {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        };
        let text = String::from_utf8_lossy(&body);
        let params = Params::parse(&text);
        let token = params.get("token").unwrap_or_default();
        match shared.access.sender(&parts.headers, token) {
            Some(who) => Ok(Sent {
                parts,
                site,
                params,
                who,
            }),
            None => Err(refusal(&site, &Problem::SignedOut, &parts.headers)),
        }
    }
}

/// Leads to a page of this site, in the language of the one that was sent.
fn lead(path: &str) -> Response {
    match HeaderValue::try_from(path) {
        Ok(path) => (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Something that can be told beside the form: what was wrong with it.
fn told(e: &Problem) -> Option<String> {
    match e {
        Problem::Archive(ArchiveError::Asked(what)) => Some(what.clone()),
        Problem::NotUnderstood { .. } => Some(e.to_string()),
        _ => None,
    }
}

async fn form(
    State(shared): State<Shared>,
    Path((what, number)): Path<(String, i64)>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    let Some(subject) = subject(&what, number) else {
        let path = site.at(&site.path);
        return refusal(&site, &Problem::NotFound(path), &headers);
    };
    page(&shared, site, &headers, move |desk, site| {
        correct::added(desk, site, subject, None)
    })
    .await
}

async fn keep(
    State(shared): State<Shared>,
    Path((what, number)): Path<(String, i64)>,
    Sent {
        parts,
        site,
        params,
        who,
    }: Sent,
) -> Response {
    let Some(subject) = subject(&what, number) else {
        let path = parts.uri.path().to_owned();
        return refusal(&site, &Problem::NotFound(path), &parts.headers);
    };
    let said = params.clone();
    let kept = shared
        .desks
        .write(move |archive| correct::keep(archive, subject, &said, &who))
        .await;
    answer(&shared, site, &parts, kept, move |desk, site, problem| {
        correct::added(desk, site, subject, Some((&params, problem)))
    })
    .await
}

async fn history(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    page(&shared, site, &headers, |desk, site| {
        correct::history(desk, site)
    })
    .await
}

async fn undo(
    State(shared): State<Shared>,
    Sent {
        parts,
        site,
        params,
        who,
    }: Sent,
) -> Response {
    let back = params.back().map(str::to_owned);
    let to = back.unwrap_or_else(|| site.at("/corrections"));
    let done = shared
        .desks
        .write(move |archive| correct::undo(archive, &params, &who))
        .await;
    match done {
        Ok(()) => lead(&to),
        Err(e) => refusal(&site, &e, &parts.headers),
    }
}

async fn review(
    State(shared): State<Shared>,
    Path(version): Path<i64>,
    Sent {
        parts,
        site,
        params,
        who,
    }: Sent,
) -> Response {
    let done = shared
        .desks
        .write(move |archive| correct::review(archive, version, &params, &who))
        .await;
    match done {
        Ok(path) => lead(&site.at(&path)),
        Err(e) => refusal(&site, &e, &parts.headers),
    }
}

async fn deciding(
    State(shared): State<Shared>,
    Path(entity): Path<i64>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    page(&shared, site, &headers, move |desk, site| {
        decide::page(desk, site, entity, None)
    })
    .await
}

async fn decided(
    State(shared): State<Shared>,
    Path(entity): Path<i64>,
    Sent {
        parts,
        mut site,
        params,
        who,
    }: Sent,
) -> Response {
    // What was filled in is shown again if it cannot be so.
    site.params = params.without("token");
    let done = shared
        .desks
        .write(move |archive| decide::decide(archive, entity, &params, &who))
        .await;
    let done = done.map(|entity| format!("/correct/entity/{entity}"));
    answer(&shared, site, &parts, done, move |desk, site, problem| {
        decide::page(desk, site, entity, Some(problem))
    })
    .await
}

async fn state(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    page(&shared, site, &headers, |desk, site| {
        health::page(desk, site)
    })
    .await
}

/// Reads once more what failed and whose text is kept: no path of a file is followed.
async fn again(State(shared): State<Shared>, Sent { parts, site, .. }: Sent) -> Response {
    let done = shared.desks.write(|archive| {
        let reader = rawi::Reader::new().map_err(|e| Problem::Fault(e.to_string()))?;
        let which = Which {
            failed: true,
            ..Which::default()
        };
        let stop = std::sync::atomic::AtomicBool::new(false);
        Ok(archive.reread(&reader, 1, &which, &stop, |_, _| {})?)
    });
    match done.await {
        Ok(done) => {
            let (read, failed) = (done.read.to_string(), done.failed.to_string());
            let params: Params = [("read", &*read), ("failed", &*failed)]
                .into_iter()
                .collect();
            lead(&params.behind(&site.at("/health")))
        }
        Err(e) => refusal(&site, &e, &parts.headers),
    }
}

/// Leads to where it is shown; what was wrong is told beside the form.
async fn answer(
    shared: &Shared,
    site: Site,
    parts: &Parts,
    done: Result<String, Problem>,
    form: impl FnOnce(&mut Desk<'_>, &Site, &str) -> Result<Page, Problem> + Send + 'static,
) -> Response {
    let e = match done {
        Ok(path) => return lead(&site.at(&path)),
        Err(e) => e,
    };
    match told(&e) {
        None => refusal(&site, &e, &parts.headers),
        Some(problem) => {
            page(shared, site, &parts.headers, move |desk, site| {
                form(desk, site, &problem)
            })
            .await
        }
    }
}
