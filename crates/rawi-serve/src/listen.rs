//! Connections: how many there are at a time, and how long each may dawdle. Whoever holds
//! one without asking, asks slowly, or takes nothing of the answer loses it.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep};
use tower::Service as _;

/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The most headers of a request.
const MOST_HEADERS: usize = 64;

/// How long to wait if the system has no room for another connection.
const FULL: Duration = Duration::from_millis(200);

/// What a connection may do.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Connections at a time.
    pub connections: usize,
    /// How long one may take for the head of a request, or none of the answer.
    pub dawdle: Duration,
}

/// Answers until `end` comes true; connections that are under way then are brought to their
/// end.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    bounds: Bounds,
    end: impl Future<Output = ()>,
) {
    let room = Arc::new(Semaphore::new(bounds.connections.max(1)));
    let open = GracefulShutdown::new();
    // Whoever is still there when nobody waits for the end any more is left with this.
    let mut all = JoinSet::new();
    let mut end = std::pin::pin!(end);
    loop {
        // Whoever finds no room waits in the system's own queue.
        let place = tokio::select! {
            place = Arc::clone(&room).acquire_owned() => place,
            () = &mut end => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut end => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(e) if is_of_one(&e) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(FULL).await;
                continue;
            }
        };
        // Pages are sent whole: nothing is gained by waiting for more.
        let _ = stream.set_nodelay(true);
        let answering = open.watch(connection(stream, peer, routes.clone(), bounds.dawdle));
        while all.try_join_next().is_some() {}
        all.spawn(async move {
            let _place = place;
            // Whoever breaks off is no fault of ours.
            if let Err(error) = answering.await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// Whether only the one who wanted to connect has to do with an error.
fn is_of_one(e: &io::Error) -> bool {
    matches!(
        e.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    routes: Router,
    dawdle: Duration,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.clone().call(request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(dawdle)
        .max_buf_size(LONGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(Patient::new(stream, dawdle)), service)
}

/// A stream that breaks if nothing of what is sent is taken for long.
struct Patient {
    stream: TcpStream,
    patience: Duration,
    /// When patience ends, if something waits to be taken.
    until: Pin<Box<Sleep>>,
    waits: bool,
}

impl Patient {
    fn new(stream: TcpStream, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            until: Box::pin(sleep(patience)),
            waits: false,
        }
    }

    /// What became of sending something.
    fn sent<T>(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if sent.is_ready() {
            self.waits = false;
            return sent;
        }
        if !self.waits {
            self.waits = true;
            let until = Instant::now() + self.patience;
            self.until.as_mut().reset(until);
        }
        ready!(self.until.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.sent(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.sent(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let sent = Pin::new(&mut self.stream).poll_flush(context);
        self.sent(context, sent)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
