//! `/quote/{statement}`, and `/quote` with words to put to the test.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rawi_pages::{Problem, quote};

use crate::pages::{self, Here};
use crate::server::Shared;

/// A statement over outlets.
pub async fn show(
    State(shared): State<Shared>,
    Path(statement): Path<String>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    pages::kept(&shared, site, &headers, move |desk, site| {
        let statement = statement
            .parse()
            .map_err(|_| Problem::NotFound(site.path.clone()))?;
        quote::page(desk, site, statement)
    })
    .await
}

/// A quotation put to the test.
pub async fn check(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    pages::kept(&shared, site, &headers, quote::check::page).await
}
