//! In which dress pages appear: what a reader chose, in cookies.

use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rawi_pages::{Digits, Months, Params, Site, Theme};

use crate::access::cookie;

/// How long a choice is kept, in seconds: a year.
const KEPT: u32 = 365 * 24 * 3600;

/// The choices that there are.
const CHOICES: &[(&str, &[&str])] = &[
    ("digits", &["latin", "arabic"]),
    ("theme", &["auto", "light", "dark"]),
    ("months", &["levant", "others"]),
];

/// Dresses a page as its reader chose.
pub fn dress(site: &mut Site, headers: &HeaderMap) {
    site.digits = match cookie(headers, "digits") {
        Some("arabic") => Digits::Arabic,
        _ => Digits::Latin,
    };
    site.theme = match cookie(headers, "theme") {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    };
    site.months = match cookie(headers, "months") {
        Some("others") => Months::Others,
        _ => Months::Levant,
    };
}

/// Keeps a choice and leads back to where it was made.
pub async fn choose(Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let params: Params = pairs.iter().map(|(n, v)| (&**n, &**v)).collect();
    let back = HeaderValue::from_str(params.back().unwrap_or("/"));
    let back = back.unwrap_or_else(|_| HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response();
    for (name, values) in CHOICES {
        let chosen = params.get(name).filter(|v| values.contains(v));
        let kept = chosen.map(|v| format!("{name}={v}; Path=/; SameSite=Lax; Max-Age={KEPT}"));
        if let Some(Ok(kept)) = kept.map(HeaderValue::try_from) {
            response.headers_mut().append(header::SET_COOKIE, kept);
        }
    }
    response
}
