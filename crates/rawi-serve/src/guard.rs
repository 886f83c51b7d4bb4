//! What every request passes before anything is done for it, and every answer after.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::api::{self, Kind, Problem};
use crate::server::Shared;

/// Nothing is run or asked for that doesn't come from this server.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Nothing is told to other sites. Not `no-referrer`: forms would then come without their
    // origin, and be refused.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// How long a request may take until its answer begins, its body included.
const SLOWEST: Duration = Duration::from_secs(60);

/// Lets a request pass that is for this server, comes at a bearable pace, and, if it writes,
/// from a page of this server.
pub async fn guard(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    // What was asked for may be in the words of an article: only the path is told.
    let path = request.uri().path().to_owned();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map(|ConnectInfo(peer)| peer.ip());
    let mut response = match refused(&shared, &request) {
        Some(refused) => refused,
        // A body that trickles in must not hold anything for ever.
        None => match tokio::time::timeout(SLOWEST, next.run(request)).await {
            Ok(response) => response,
            Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
        },
    };
    for (name, value) in HEADERS {
        let value = HeaderValue::from_static(value);
        let name = HeaderName::from_static(name);
        response.headers_mut().entry(name).or_insert(value);
    }
    if let Some(peer) = peer.filter(|_| api::is_api(&path)) {
        tell_pace(&shared, peer, response.headers_mut());
    }
    let status = response.status();
    let took = begun.elapsed();
    shared.meter.count(status, took);
    tracing::info!(%method, path, status = status.as_u16(), ms = took.as_millis() as u64);
    response
}

fn refused(shared: &Shared, request: &Request) -> Option<Response> {
    let headers = request.headers();
    // A page elsewhere whose name was made to lead here must not ask in a reader's name.
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    let authority = request.uri().authority().map(|a| a.as_str());
    let host = host.or(authority);
    let named = host.is_some_and(|host| shared.is_ours(host));
    if !named || authority.is_some_and(|name| !shared.is_ours(name)) {
        let told = "this server is not asked by this name; `--host NAME` allows it";
        return Some(refusal(request, Problem::of(Kind::Host, told)));
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if let Some(ConnectInfo(peer)) = peer
        && let Some(wait) = shared.pace.wait(peer.ip())
    {
        let problem = Problem::of(Kind::Rate, "too many requests from this address");
        let retry = Some(u32::try_from(wait).unwrap_or(u32::MAX));
        return Some(refusal(request, Problem { retry, ..problem }));
    }
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let foreign = headers
        .get(header::ORIGIN)
        .and_then(|v| v.to_str().ok())
        .filter(|origin| {
            !shared.is_our_origin(origin, host.unwrap_or_default())
                && !shared.is_allowed_origin(origin)
        });
    if !reads && foreign.is_some() {
        let told = "pages of other origins may not ask this";
        return Some(refusal(request, Problem::of(Kind::Origin, told)));
    }
    None
}

/// Why a request is not answered: a problem for programs, a line for everybody else.
fn refusal(request: &Request, problem: Problem) -> Response {
    if api::is_api(request.uri().path()) {
        return api::refusal(problem, request.uri().path());
    }
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::FORBIDDEN);
    let mut response = (status, format!("{}\n", problem.detail)).into_response();
    if let Some(retry) = problem.retry {
        let retry = HeaderValue::from(retry);
        response.headers_mut().insert(header::RETRY_AFTER, retry);
    }
    response
}

/// Tells a program how much it may still ask.
fn tell_pace(shared: &Shared, who: IpAddr, headers: &mut HeaderMap) {
    let Some((left, full, reset)) = shared.pace.left(who) else {
        return;
    };
    for (name, value) in [
        ("ratelimit-limit", full),
        ("ratelimit-remaining", left),
        ("ratelimit-reset", reset),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    }
}

/// How many requests of one address may come at once at a rate.
pub fn burst(rate: u32) -> u64 {
    (f64::from(rate) * BURST) as u64
}

/// How fast an address asks: each has a store of requests that fills up again with time.
#[derive(Debug)]
pub struct Pace {
    /// Requests a second.
    rate: f64,
    stores: Mutex<HashMap<IpAddr, (f64, Instant)>>,
}

/// Addresses that are remembered; beyond, those whose stores are full are forgotten.
const REMEMBERED: usize = 10_000;

/// How many seconds' requests may come at once.
const BURST: f64 = 10.0;

impl Pace {
    /// So many requests a second; 0 bounds nothing.
    pub fn new(rate: u32) -> Self {
        Self {
            rate: f64::from(rate),
            stores: Mutex::default(),
        }
    }

    /// In how many seconds an address may ask again, if it may not now.
    pub fn wait(&self, who: IpAddr) -> Option<u64> {
        if self.rate == 0.0 {
            return None;
        }
        let (now, full) = (Instant::now(), self.rate * BURST);
        let filled = |(store, at): &(f64, Instant)| {
            (store + now.duration_since(*at).as_secs_f64() * self.rate).min(full)
        };
        let who = household(who);
        let mut stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        if stores.len() >= REMEMBERED && !stores.contains_key(&who) {
            stores.retain(|_, store| filled(store) < full);
            // More than can be told apart: all begin anew, rather than taking ever more room.
            if stores.len() >= REMEMBERED {
                stores.clear();
            }
        }
        let store = stores.entry(who).or_insert((full, now));
        *store = (filled(store), now);
        if store.0 < 1.0 {
            return Some(((1.0 - store.0) / self.rate).ceil() as u64);
        }
        store.0 -= 1.0;
        None
    }

    /// How many requests an address may make now, how many at most, and in how many
    /// seconds it may make that many again; nothing if they aren't bounded.
    pub fn left(&self, who: IpAddr) -> Option<(u64, u64, u64)> {
        if self.rate == 0.0 {
            return None;
        }
        let full = self.rate * BURST;
        let stores = self.stores.lock().unwrap_or_else(PoisonError::into_inner);
        let left = stores
            .get(&household(who))
            .map_or(full, |(store, _)| *store);
        let reset = ((full - left) / self.rate).ceil();
        Some((left as u64, full as u64, reset as u64))
    }
}

/// The address that stands for all that one customer of a network has: of IPv6 the first
/// half.
fn household(who: IpAddr) -> IpAddr {
    match who {
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => IpAddr::V4(v4),
            None => IpAddr::V6((u128::from(v6) >> 64 << 64).into()),
        },
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_addresses_take_bounded_room() {
        let pace = Pace::new(1);
        for n in 0..2 * REMEMBERED as u32 + 5 {
            pace.wait(IpAddr::from(n.to_be_bytes()));
        }
        assert!(pace.stores.lock().unwrap().len() <= REMEMBERED);
    }

    #[test]
    fn a_store_runs_empty_for_one_address_only() {
        let pace = Pace::new(1);
        let (a, b) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        for _ in 0..10 {
            assert_eq!(pace.wait(a), None);
        }
        assert_eq!(pace.wait(a), Some(1));
        assert_eq!(pace.wait(b), None);
        assert_eq!(pace.left(a), Some((0, 10, 10)));
        assert_eq!(pace.left(b), Some((9, 10, 1)));
        let (c, d) = (
            "2001:db8::1".parse().unwrap(),
            "2001:db8::2:1".parse().unwrap(),
        );
        assert!((0..10).all(|n| pace.wait(if n % 2 == 0 { c } else { d }).is_none()));
        assert_eq!(pace.wait(d), Some(1));
        let free = Pace::new(0);
        assert!((0..1000).all(|_| free.wait(a).is_none()));
    }
}
