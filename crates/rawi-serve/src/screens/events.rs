//! Asking for events, and comparing two sides.

use axum::extract::{OriginalUri, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::pages;
use crate::server::Shared;

/// The page of events.
pub async fn events(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let site = pages::site(&shared, &uri, &headers);
    pages::page(&shared, site, &headers, rawi_pages::events::page).await
}

/// The page of two sides.
pub async fn sides(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Response {
    let site = pages::site(&shared, &uri, &headers);
    pages::page(&shared, site, &headers, rawi_pages::sides::page).await
}
