//! Asking for statements, and names that are begun in a blank of the question.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rawi_pages::search;

use crate::pages::{self, Here};
use crate::server::Shared;

/// How many names are proposed.
const NAMES: usize = 10;

/// The page.
pub async fn page(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    pages::kept(&shared, site, &headers, search::page).await
}

/// Names of speakers that begin as `q` does, for the script that completes them.
pub async fn names(State(shared): State<Shared>, Here(site): Here) -> Response {
    let begun = site.params.get("q").unwrap_or_default().to_owned();
    let found = shared
        .desks
        .ask(move |desk| Ok(desk.archive.speakers_like(&begun, NAMES)?))
        .await;
    match found {
        Ok(found) => {
            let names: Vec<String> = found.into_iter().map(|c| c.name).collect();
            Json(names).into_response()
        }
        Err(e) => StatusCode::from_u16(e.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}
