//! What a server is told.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What a server is told.
#[derive(Clone, Debug)]
pub struct Options {
    /// The archive.
    pub archive: PathBuf,
    /// Whether it holds the shipped samples only.
    pub samples: bool,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Names of hosts under which it may be asked, besides its own address and `localhost`.
    pub hosts: Vec<String>,
    /// Origins whose pages may ask the API; none by default.
    pub origins: Vec<String>,
    /// What somebody who signs in must know; none lets nobody write.
    pub token: Option<String>,
    /// Threads that ask the archive.
    pub threads: usize,
    /// How long one answer may take.
    pub patience: Duration,
    /// The longest body of a request, in bytes.
    pub largest_body: usize,
    /// Requests that one address may make in a second, on average; bursts may be ten times
    /// as many.
    pub rate: u32,
    /// Connections at a time.
    pub connections: usize,
    /// How long a connection may take for the head of a request, or none of the answer.
    pub dawdle: Duration,
}

impl Options {
    /// The usual ones: on the loopback address only.
    pub fn new(archive: PathBuf) -> Self {
        Self {
            archive,
            samples: false,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            hosts: Vec::new(),
            origins: Vec::new(),
            token: None,
            threads: std::thread::available_parallelism().map_or(2, usize::from),
            patience: Duration::from_secs(10),
            largest_body: 2 << 20,
            rate: 100,
            connections: 512,
            dawdle: Duration::from_secs(20),
        }
    }
}
