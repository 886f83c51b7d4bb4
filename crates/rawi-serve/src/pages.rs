//! From a request to a page and back.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, OriginalUri, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::map_request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};
use rawi_pages::{Desk, Lang, Page, Params, Problem, Site, problem};
use sha2::{Digest as _, Sha256};

use crate::server::Shared;
use crate::shelf::PageKey;
use crate::{access, api, correct, dress, files, meter, screens, sign_in};

/// All pages, in both languages.
pub fn routes(shared: &Shared) -> Router<Shared> {
    Router::new()
        .merge(screens())
        .nest("/en", screens().layer(map_request(whole)))
        .route("/names", get(screens::search::names))
        .route("/dress", get(dress::choose))
        .route("/assets/{name}", get(files::file))
        .route(api::BASE, any(api::answer))
        .route(&format!("{}/", api::BASE), any(api::answer))
        .route(&format!("{}/{{*rest}}", api::BASE), any(api::answer))
        .route("/healthz", get(meter::healthz))
        .route("/metrics", get(meter::metrics))
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(shared.options.largest_body))
}

/// A request with its whole path, which nesting has cut: it tells the language.
async fn whole(OriginalUri(uri): OriginalUri, mut request: Request) -> Request {
    *request.uri_mut() = uri;
    request
}

/// The screens, at paths that are the same in both languages.
fn screens() -> Router<Shared> {
    Router::new()
        .route("/", get(screens::search::page))
        .route("/who/{entity}", get(screens::who::show))
        .route("/quote", get(screens::quote::check))
        .route("/quote/{statement}", get(screens::quote::show))
        .merge(correct::routes())
        .merge(sign_in::routes())
        .route("/events", get(screens::events::events))
        .route("/events/download", get(screens::events::download))
        .route("/sides", get(screens::events::sides))
        .route("/article/{version}", get(screens::article::show))
        .route(
            "/read",
            get(screens::read::show).post(screens::read::answer),
        )
        .route("/api", get(api::show).post(api::tried))
}

/// The page that a request asks for, as handlers take it.
pub struct Here(pub Site);

impl FromRequestParts<Shared> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Infallible> {
        Ok(Self(site(shared, &parts.uri, &parts.headers)))
    }
}

/// What is asked for by a request for a page: language, dress, path and state.
pub fn site(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Site {
    let (lang, path) = match uri.path().strip_prefix("/en") {
        Some("") => (Lang::En, "/"),
        Some(path) if path.starts_with('/') => (Lang::En, path),
        _ => (Lang::Ar, uri.path()),
    };
    let params = Params::parse(uri.query().unwrap_or_default());
    let mut site = Site::new(lang, path, params);
    site.samples = shared.options.samples;
    site.signed_in = shared.access.who(headers);
    site.open = shared.access.is_open();
    dress::dress(&mut site, headers);
    site
}

/// Answers with a page that follows from its address and the archive alone: it is made once
/// for all who ask before the archive changes, but for those who signed in.
pub async fn kept(
    shared: &Shared,
    site: Site,
    headers: &HeaderMap,
    make: impl FnOnce(&mut Desk<'_>, &Site) -> Result<Page, Problem> + Send + 'static,
) -> Response {
    let (Some(key), Ok(state)) = (PageKey::of(&site), shared.desks.state()) else {
        return page(shared, site, headers, make).await;
    };
    if let Some(known) = shared.shelf.get(state, &key) {
        return sent(Page::clone(&known), headers);
    }
    let made = made(shared, &site, make).await;
    if let Ok(page) = &made
        && page.status == 200
        // Somebody may have written meanwhile; then nobody knows of which state it is.
        && shared.desks.state().is_ok_and(|now| now == state)
    {
        shared.shelf.put(state, key, &Arc::new(page.clone()));
    }
    answered(&site, made, headers)
}

/// Answers with a page that a desk makes. A problem becomes the page that tells it.
pub async fn page(
    shared: &Shared,
    site: Site,
    headers: &HeaderMap,
    make: impl FnOnce(&mut Desk<'_>, &Site) -> Result<Page, Problem> + Send + 'static,
) -> Response {
    let made = made(shared, &site, make).await;
    answered(&site, made, headers)
}

async fn made(
    shared: &Shared,
    site: &Site,
    make: impl FnOnce(&mut Desk<'_>, &Site) -> Result<Page, Problem> + Send + 'static,
) -> Result<Page, Problem> {
    let site = site.clone();
    shared.desks.ask(move |desk| make(desk, &site)).await
}

fn answered(site: &Site, made: Result<Page, Problem>, headers: &HeaderMap) -> Response {
    match made {
        Ok(page) => sent(page, headers),
        Err(e) => refusal(site, &e, headers),
    }
}

/// The page that says why there is none.
pub fn refusal(site: &Site, e: &Problem, headers: &HeaderMap) -> Response {
    let code = (e.status() >= 500).then(|| {
        let code = access::new_token().map_or_else(String::new, |t| t[..8].to_owned());
        tracing::error!(code, error = %e, "no page");
        code
    });
    match problem::page(site, e, code.as_deref()) {
        Ok(page) => sent(page, headers),
        Err(e) => {
            tracing::error!(error = %e, "no page about a problem");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page with what caches need to know of it.
fn sent(page: Page, headers: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let tag: String = Sha256::digest(page.html.as_bytes())
        .iter()
        .take(12)
        .map(|b| format!("{b:02x}"))
        .collect();
    let tag = format!("W/\"{tag}\"");
    let same = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let tag = HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let kept = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (
            header::VARY,
            HeaderValue::from_static("cookie, accept-encoding"),
        ),
        (header::ETAG, tag),
    ];
    if same && status == StatusCode::OK {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let mut response = (status, kept, page.html).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let soon = HeaderValue::from_static("2");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    response
}

/// Nothing is here.
async fn nothing(State(shared): State<Shared>, request: Request) -> Response {
    let site = site(&shared, request.uri(), request.headers());
    let path = request.uri().path().to_owned();
    refusal(&site, &Problem::NotFound(path), request.headers())
}
