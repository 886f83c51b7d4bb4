//! `/who/{entity}`.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use rawi_pages::{Problem, who};

use crate::pages;
use crate::server::Shared;

/// A person or body of the archive.
pub async fn show(
    State(shared): State<Shared>,
    Path(entity): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let site = pages::site(&shared, &uri, &headers);
    pages::page(&shared, site, &headers, move |desk, site| {
        let entity = entity
            .parse()
            .map_err(|_| Problem::NotFound(site.path.clone()))?;
        who::page(desk, site, entity)
    })
    .await
}
