//! `/article/{version}`.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rawi_pages::{Problem, article};

use crate::pages::{self, Here};
use crate::server::Shared;

/// An article of the archive.
pub async fn show(
    State(shared): State<Shared>,
    Path(version): Path<String>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    pages::kept(&shared, site, &headers, move |desk, site| {
        let version = version
            .parse()
            .map_err(|_| Problem::NotFound(site.path.clone()))?;
        article::page(desk, site, version, &site.params)
    })
    .await
}
