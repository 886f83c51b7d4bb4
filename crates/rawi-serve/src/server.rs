//! The server itself: from a socket to routes, until it is told to end.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use rawi_archive::ArchiveError;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::access::Access;
use crate::api::Api;
use crate::desks::Desks;
use crate::guard::{Pace, guard};
use crate::listen::{self, Bounds};
use crate::meter::Meter;
use crate::options::Options;
use crate::pages;
use crate::shelf::Shelf;

/// How long answers that are under way may take after the server was told to end.
const GRACE: Duration = Duration::from_secs(10);

/// What all requests share.
#[derive(Clone)]
pub struct Shared(Arc<Inner>);

/// See [`Shared`].
pub struct Inner {
    /// What the server was told.
    pub options: Options,
    /// Threads that ask the archive.
    pub desks: Desks,
    /// Pages that were asked for lately.
    pub shelf: Shelf,
    /// Who may write.
    pub access: Access,
    /// How fast addresses ask.
    pub pace: Pace,
    /// What has been answered.
    pub meter: Meter,
    /// What the API needs besides.
    pub api: Api,
}

impl std::ops::Deref for Shared {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    /// Whether `Host` names this server.
    pub fn is_ours(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        let own = self.options.listen.ip();
        name.eq_ignore_ascii_case("localhost")
            || name.parse().is_ok_and(|ip: std::net::IpAddr| {
                // An address as a name cannot be made to lead elsewhere.
                ip == own || ip.is_loopback() || own.is_unspecified()
            })
            || self
                .options
                .hosts
                .iter()
                .any(|h| h.eq_ignore_ascii_case(name))
    }

    /// Whether a page of this server sends this `Origin`: it has the name and the port that
    /// the request has. Another port of this machine is somebody else.
    pub fn is_our_origin(&self, origin: &str, host: &str) -> bool {
        let from = origin
            .strip_prefix("http://")
            .or(origin.strip_prefix("https://"));
        from.is_some_and(|from| from.eq_ignore_ascii_case(host))
    }

    /// Whether pages of this origin were allowed to ask the API.
    pub fn is_allowed_origin(&self, origin: &str) -> bool {
        self.options.origins.iter().any(|o| o == origin)
    }
}

/// Why a server doesn't serve.
#[derive(Debug)]
pub enum ServeError {
    /// The archive cannot be asked.
    Archive(ArchiveError),
    /// The address cannot be listened at.
    Listen(SocketAddr, std::io::Error),
    /// Anything else that the system says.
    Io(std::io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Archive(e) => e.fmt(f),
            Self::Listen(at, e) => write!(f, "{at}: cannot be listened at: {e}"),
            Self::Io(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for ServeError {}

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    routes: Router,
    bounds: Bounds,
    desks: Vec<JoinHandle<()>>,
}

impl Server {
    /// Opens the archive, listens, and gets ready, so that the first answers are as fast as
    /// any. Nothing is answered before [`run`](Self::run).
    ///
    /// # Errors
    ///
    /// If the archive cannot be asked, or the address cannot be listened at.
    pub async fn bind(options: Options) -> Result<Self, ServeError> {
        let asked = options.listen;
        let listener = TcpListener::bind(asked)
            .await
            .map_err(|e| ServeError::Listen(asked, e))?;
        let address = listener.local_addr().map_err(ServeError::Io)?;
        let bounds = Bounds {
            connections: options.connections,
            dawdle: options.dawdle,
        };
        let (routes, shared, desks) = house(options)?;
        shared.desks.get_ready().await;
        Ok(Self {
            listener,
            address,
            routes,
            bounds,
            desks,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` comes true; what is under way then is brought to its end, for ten
    /// seconds.
    ///
    /// # Errors
    ///
    /// If the system takes the socket away.
    pub async fn run(
        self,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let (ended, mut over) = tokio::sync::watch::channel(false);
        let end = async move {
            end.await;
            let _ = ended.send(true);
        };
        let serving = listen::serve(self.listener, self.routes, self.bounds, end);
        let patience = async move {
            // Who is told to end and doesn't is left.
            if over.wait_for(|over| *over).await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = patience => tracing::warn!("answers under way were cut off"),
        }
        // The routes are gone, so nobody asks any more, and desks end with their last job.
        for desk in self.desks {
            if desk.is_finished() {
                let _ = desk.join();
            }
        }
        Ok(())
    }
}

/// What is worth packing: Parquet is packed by itself.
fn packable() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new(
        "application/vnd.apache.parquet",
    ))
}

/// All that is answered, and the threads behind it.
///
/// # Errors
///
/// If the archive cannot be asked.
pub fn routes(options: Options) -> Result<(Router, Vec<JoinHandle<()>>), ServeError> {
    house(options).map(|(routes, _, threads)| (routes, threads))
}

/// The same, with what requests share.
fn house(options: Options) -> Result<(Router, Shared, Vec<JoinHandle<()>>), ServeError> {
    let (desks, threads) = Desks::begin(options.archive.clone(), options.threads, options.patience)
        .map_err(ServeError::Archive)?;
    let shared = Shared(Arc::new(Inner {
        access: Access::new(options.token.as_deref()),
        pace: Pace::new(options.rate),
        meter: Meter::new(),
        api: Api::new(&options).map_err(ServeError::Archive)?,
        desks,
        shelf: Shelf::default(),
        options,
    }));
    let routes = pages::routes(&shared)
        .layer(CompressionLayer::new().compress_when(packable()))
        .layer(from_fn_with_state(shared.clone(), guard))
        .with_state(shared.clone());
    Ok((routes, shared, threads))
}
