//! One request and its answer, without redirects, in bounded time and memory.

use std::io::{self, Read};
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderName, header};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Timeout};

use crate::address::Address;
use crate::failure::Why;
use crate::reach::{Checked, Reach, Refused};
use crate::stop::Stop;
use crate::unpack;

/// How long parts of an exchange may take.
const RESOLVE: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(20);

/// The largest head of an answer, in bytes.
const HEAD: usize = 64 << 10;

/// The longest value of a header that is kept, in bytes.
const VALUE: usize = 4 << 10;

/// What is asked for beside the address.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Terms<'a> {
    /// The `ETag` of what is there already.
    pub etag: Option<&'a str>,
    /// The `Last-Modified` of what is there already.
    pub modified: Option<&'a str>,
    /// How many bytes are taken, packed or not.
    pub limit: u64,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
    pub content_type: Option<String>,
    /// Without content encodings; empty unless the status is 200.
    pub body: Vec<u8>,
}

/// Makes exchanges.
#[derive(Debug)]
pub(crate) struct Exchange {
    agent: Agent,
    stop: Stop,
}

impl Exchange {
    /// `whole` is how long one may take from the first byte to the last.
    pub fn new(name: &str, reach: Reach, connect: Duration, whole: Duration, stop: Stop) -> Self {
        let config = Agent::config_builder()
            .user_agent(name)
            .accept("text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5")
            .accept_encoding("gzip, deflate, br")
            .http_status_as_error(false)
            // Each place that is led to is checked, paced and asked for its rules.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would do the looking up, and what it finds could not be checked.
            .proxy(None)
            .max_response_header_size(HEAD)
            .max_idle_connections(64)
            .max_idle_connections_per_host(1)
            .timeout_resolve(Some(RESOLVE.min(whole)))
            .timeout_connect(Some(connect.min(whole)))
            .timeout_per_read(Some(SILENCE.min(whole)))
            .timeout_global(Some(whole))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Checked::new(reach));
        Exchange { agent, stop }
    }

    /// Asks for an address once.
    ///
    /// # Errors
    ///
    /// If there is no answer; a status that brings nothing is an answer.
    pub fn get(&self, address: &Address, terms: &Terms<'_>) -> Result<Answer, Why> {
        if self.stop.is_said() {
            return Err(Why::Stopped);
        }
        let call = || {
            let mut request = self.agent.get(address.as_str());
            if let Some(etag) = terms.etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            if let Some(modified) = terms.modified {
                request = request.header(header::IF_MODIFIED_SINCE, modified);
            }
            request.call()
        };
        // A connection that was kept for the next request may be closed by then.
        let response = call().or_else(|e| if is_closed(&e) { call() } else { Err(e) });
        let response = response.map_err(|e| why(&e))?;
        let headers = response.headers();
        let mut answer = Answer {
            status: response.status().as_u16(),
            location: value(headers, header::LOCATION),
            retry_after: value(headers, header::RETRY_AFTER),
            etag: value(headers, header::ETAG),
            modified: value(headers, header::LAST_MODIFIED),
            content_type: value(headers, header::CONTENT_TYPE),
            body: Vec::new(),
        };
        if answer.status == 200 {
            let packed = value(headers, header::CONTENT_ENCODING);
            let told = value(headers, header::CONTENT_LENGTH).and_then(|n| n.parse().ok());
            if told.is_some_and(|told: u64| told > terms.limit) {
                return Err(Why::TooLong(terms.limit));
            }
            let body = self.read(response.into_body().into_reader(), terms.limit)?;
            answer.body = unpack::encoded(body, packed.as_deref(), terms.limit)?;
        }
        Ok(answer)
    }

    /// Reads a body to its end or its limit.
    fn read(&self, mut body: impl Read, limit: u64) -> Result<Vec<u8>, Why> {
        const CHUNK: usize = 64 << 10;
        let mut bytes = Vec::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            if self.stop.is_said() {
                return Err(Why::Stopped);
            }
            let count = match body.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(count) => count,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(why(&ureq::Error::from(e))),
            };
            bytes.extend_from_slice(&chunk[..count]);
            if bytes.len() as u64 > limit {
                return Err(Why::TooLong(limit));
            }
        }
    }
}

/// A header's value. Some servers write addresses in UTF-8 here.
fn value(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    let value = String::from_utf8_lossy(value).trim().to_owned();
    (!value.is_empty() && value.len() <= VALUE).then_some(value)
}

/// Whether the other side has closed the connection.
fn is_closed(error: &ureq::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    let ureq::Error::Io(e) = error else {
        return false;
    };
    matches!(
        e.kind(),
        BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
    )
}

/// What an error of the library means.
fn why(error: &ureq::Error) -> Why {
    use ureq::Error;
    match error {
        Error::HostNotFound => Why::NoHost,
        Error::Timeout(timeout) => Why::Slow(match timeout {
            Timeout::Resolve => "looking up the host",
            Timeout::Connect => "connecting",
            Timeout::RecvResponse => "the answer",
            _ => "the exchange",
        }),
        Error::Other(inner) => match inner.downcast_ref::<Refused>() {
            Some(Refused(ip)) => Why::Private(*ip),
            None => Why::Connection(inner.to_string()),
        },
        Error::BadUri(why) => Why::Address(format!("cannot be asked for ({why})")),
        Error::Http(why) => Why::Address(format!("cannot be asked for ({why})")),
        Error::LargeResponseHeader(..) => Why::TooLong(HEAD as u64),
        Error::Io(e) => match e.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Why::Slow("the exchange"),
            // The system's resolver has no kind of its own for names that are none.
            _ if e.to_string().contains("lookup address") => Why::NoHost,
            _ => Why::Connection(e.to_string()),
        },
        other => Why::Connection(other.to_string()),
    }
}
