//! Signing in and out.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use rawi_pages::{Params, Problem, sign_in};

use crate::pages::{Here, page, refusal, site};
use crate::server::Shared;

/// A form is no longer than that, in bytes.
const LONGEST_FORM: usize = 16 << 10;

/// The screen, at paths that are the same in both languages.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/sign-in", get(form).post(enter))
        .route("/sign-out", post(leave))
}

async fn form(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    page(&shared, site, &headers, |desk, site| {
        sign_in::page(desk, site, None)
    })
    .await
}

async fn enter(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut site = site(&shared, &parts.uri, &parts.headers);
    let Ok(body) = axum::body::to_bytes(body, LONGEST_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let params = Params::parse(&String::from_utf8_lossy(&body));
    let name = params.get("name").unwrap_or_default().to_owned();
    let secret = params.get("secret").unwrap_or_default();
    match shared.access.sign_in(secret, &name) {
        Some(cookie) => {
            let back = params.back().map(str::to_owned);
            lead(&back.unwrap_or_else(|| site.at("/")), &cookie)
        }
        None => {
            tracing::warn!("somebody was refused");
            site.params = params.without("secret").without("name");
            page(&shared, site, &parts.headers, move |desk, site| {
                sign_in::page(desk, site, Some(&name))
            })
            .await
        }
    }
}

async fn leave(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let site = site(&shared, &parts.uri, &parts.headers);
    let Ok(body) = axum::body::to_bytes(body, LONGEST_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let params = Params::parse(&String::from_utf8_lossy(&body));
    let token = params.get("token").unwrap_or_default();
    match shared.access.sender(&parts.headers, token) {
        Some(_) => lead(&site.at("/"), &shared.access.sign_out(&parts.headers)),
        None => refusal(&site, &Problem::SignedOut, &parts.headers),
    }
}

/// Leads to a path of this site with another cookie.
fn lead(path: &str, cookie: &str) -> Response {
    let headers = HeaderValue::try_from(path).and_then(|path| {
        Ok([
            (header::LOCATION, path),
            (header::SET_COOKIE, HeaderValue::try_from(cookie)?),
        ])
    });
    match headers {
        Ok(headers) => (StatusCode::SEE_OTHER, headers).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
