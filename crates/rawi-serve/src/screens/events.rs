//! Asking for events, taking them along, and comparing two sides.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use crate::pages::{self, Here};
use crate::server::Shared;

/// The page of events.
pub async fn events(
    State(shared): State<Shared>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    pages::kept(&shared, site, &headers, rawi_pages::events::page).await
}

/// The page of two sides.
pub async fn sides(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    pages::kept(&shared, site, &headers, rawi_pages::sides::page).await
}

/// Events as a file.
pub async fn download(
    State(shared): State<Shared>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    let params = site.params.clone();
    let made = shared
        .desks
        .ask(move |desk| rawi_pages::events::download(desk, &params))
        .await;
    match made {
        Ok(file) => {
            let saved = format!("attachment; filename=\"{}\"", file.name);
            let saved = HeaderValue::try_from(saved);
            let heads = [
                (header::CONTENT_TYPE, HeaderValue::from_static(file.kind)),
                (
                    header::CONTENT_DISPOSITION,
                    saved.unwrap_or(HeaderValue::from_static("attachment")),
                ),
            ];
            (heads, file.body).into_response()
        }
        Err(e) => pages::refusal(&site, &e, &headers),
    }
}
