//! `/quote/{statement}`, and `/quote` with words to put to the test.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use rawi_pages::{Problem, quote};

use crate::pages;
use crate::server::Shared;

/// A statement over outlets.
pub async fn show(
    State(shared): State<Shared>,
    Path(statement): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let site = pages::site(&shared, &uri, &headers);
    pages::page(&shared, site, &headers, move |desk, site| {
        let statement = statement
            .parse()
            .map_err(|_| Problem::NotFound(site.path.clone()))?;
        quote::page(desk, site, statement)
    })
    .await
}

/// A quotation put to the test.
pub async fn check(State(shared): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    let site = pages::site(&shared, &uri, &headers);
    pages::page(&shared, site, &headers, quote::check::page).await
}
