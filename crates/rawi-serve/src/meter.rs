//! Numbers about the server itself, in the form that Prometheus reads.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::server::Shared;

/// Upper bounds of the times that are counted, in milliseconds.
const BOUNDS: [u64; 8] = [5, 10, 25, 50, 100, 250, 1000, 5000];

/// What has been answered so far.
#[derive(Debug)]
pub struct Meter {
    begun: Instant,
    /// By the first digit of the status.
    by_class: [AtomicU64; 5],
    within: [AtomicU64; BOUNDS.len()],
    micros: AtomicU64,
}

impl Meter {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            begun: Instant::now(),
            by_class: Default::default(),
            within: Default::default(),
            micros: AtomicU64::new(0),
        }
    }

    /// Counts an answer.
    pub fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.by_class[class].fetch_add(1, Ordering::Relaxed);
        for (bound, count) in BOUNDS.iter().zip(&self.within) {
            if took <= Duration::from_millis(*bound) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.micros
            .fetch_add(took.as_micros() as u64, Ordering::Relaxed);
    }
}

/// `GET /healthz`: whether the archive can be asked.
pub async fn healthz(State(shared): State<Shared>) -> Response {
    match shared.desks.ask(|desk| desk.facts()).await {
        Ok(_) => (StatusCode::OK, "ok\n").into_response(),
        Err(e) => (StatusCode::SERVICE_UNAVAILABLE, format!("{e}\n")).into_response(),
    }
}

/// `GET /metrics`.
pub async fn metrics(State(shared): State<Shared>) -> Response {
    let meter = &shared.meter;
    let get = |n: &AtomicU64| n.load(Ordering::Relaxed);
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = out.write_fmt(text);
        out.push('\n');
    };
    line(format_args!("# TYPE rawi_requests_total counter"));
    for (i, count) in meter.by_class.iter().enumerate() {
        let class = i + 1;
        line(format_args!(
            "rawi_requests_total{{status=\"{class}xx\"}} {}",
            get(count)
        ));
    }
    line(format_args!("# TYPE rawi_request_seconds histogram"));
    for (bound, count) in BOUNDS.iter().zip(&meter.within) {
        let bound = *bound as f64 / 1000.0;
        line(format_args!(
            "rawi_request_seconds_bucket{{le=\"{bound}\"}} {}",
            get(count)
        ));
    }
    let all: u64 = meter.by_class.iter().map(get).sum();
    line(format_args!(
        "rawi_request_seconds_bucket{{le=\"+Inf\"}} {all}"
    ));
    let seconds = get(&meter.micros) as f64 / 1e6;
    line(format_args!("rawi_request_seconds_sum {seconds}"));
    line(format_args!("rawi_request_seconds_count {all}"));
    line(format_args!("# TYPE rawi_waiting gauge"));
    line(format_args!("rawi_waiting {}", shared.desks.waiting()));
    line(format_args!("# TYPE rawi_uptime_seconds gauge"));
    line(format_args!(
        "rawi_uptime_seconds {}",
        meter.begun.elapsed().as_secs()
    ));
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], out).into_response()
}
