//! `/read`: a text that somebody pastes or drops. Nothing of it is kept.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use rawi_pages::read::{self, Refusal, Sent};

use crate::pages::{self, Here};
use crate::server::Shared;

/// The box for a text.
pub async fn show(State(shared): State<Shared>, Here(site): Here, headers: HeaderMap) -> Response {
    pages::page(&shared, site, &headers, read::page).await
}

/// What comes of a text.
pub async fn answer(State(shared): State<Shared>, Here(site): Here, request: Request) -> Response {
    let headers = request.headers().clone();
    let sent = sent(request).await;
    let mut response = pages::page(&shared, site, &headers, move |desk, site| match sent {
        Ok(sent) => read::answer(desk, site, &sent),
        Err(refusal) => read::refused(desk, site, &Sent::default(), &refusal),
    })
    .await;
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    response
}

/// The fields of the form.
async fn sent(request: Request) -> Result<Sent, Refusal> {
    let refused = |e: &dyn std::fmt::Display| Refusal::Unreadable(e.to_string());
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|e| refused(&e))?;
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await.map_err(|e| cut(&e))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|e| cut(&e))?;
        if name == "file" {
            // A browser sends a file without a name where none was chosen.
            sent.file = file.filter(|f| !f.is_empty()).map(|f| (f, bytes.to_vec()));
            continue;
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match &*name {
            "text" => sent.text = text,
            "title" => sent.title = text,
            "date" => sent.date = text,
            "outlet" => sent.outlet = text,
            _ => {}
        }
    }
    Ok(sent)
}

/// Why a form ended too early.
fn cut(e: &MultipartError) -> Refusal {
    match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLong,
        _ => Refusal::Unreadable(e.body_text()),
    }
}
