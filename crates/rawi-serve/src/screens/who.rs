//! `/who/{entity}`.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rawi_pages::{Problem, who};

use crate::pages::{self, Here};
use crate::server::Shared;

/// A person or body of the archive.
pub async fn show(
    State(shared): State<Shared>,
    Path(entity): Path<String>,
    Here(site): Here,
    headers: HeaderMap,
) -> Response {
    pages::kept(&shared, site, &headers, move |desk, site| {
        let entity = entity
            .parse()
            .map_err(|_| Problem::NotFound(site.path.clone()))?;
        who::page(desk, site, entity)
    })
    .await
}
