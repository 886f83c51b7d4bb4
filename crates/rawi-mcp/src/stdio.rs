//! Serving over standard input and output.

use std::path::Path;

use rmcp::ServiceExt as _;
use rmcp::service::{QuitReason, ServerInitializeError};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::stdio_pipes;

use crate::{Server, StartError, bounds};

/// Why serving ended otherwise than by the end of the input.
#[derive(Debug)]
pub enum ServeError {
    /// It could not begin.
    Start(StartError),
    /// The protocol's machinery could not be set up.
    Runtime(std::io::Error),
    /// The client did not begin as the protocol wants it.
    Handshake,
    /// Standard output is closed, or broke.
    Output,
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Start(e) => e.fmt(f),
            Self::Runtime(e) => write!(f, "cannot wait for input: {e}"),
            Self::Handshake => f.write_str(
                "the first message is no `initialize` of the Model Context Protocol; \
                 an assistant starts this command, see docs/mcp.md",
            ),
            Self::Output => f.write_str("cannot write to standard output"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Start(e) => Some(e),
            Self::Runtime(e) => Some(e),
            Self::Handshake | Self::Output => None,
        }
    }
}

/// Serves an archive over standard input and output until the input ends, or a signal ends
/// the process. Nothing else may write to standard output meanwhile.
///
/// # Errors
///
/// If the archive cannot be opened, or whoever asks does not keep to the protocol.
pub fn run(archive: &Path) -> Result<(), ServeError> {
    let server = Server::new(archive).map_err(ServeError::Start)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let served = runtime.block_on(async {
        tokio::select! {
            served = serve(server) => served,
            ended = signalled() => ended,
        }
    });
    // A read of standard input may still hang; nobody waits for it.
    runtime.shutdown_background();
    served
}

async fn serve(server: Server) -> Result<(), ServeError> {
    let (input, output) = stdio_pipes();
    let transport = AsyncRwTransport::new_server(input, output).with_max_line_length(bounds::LINE);
    let service = match server.serve(transport).await {
        Ok(service) => service,
        // Nobody said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        // The message itself is not repeated: it may hold words of articles.
        Err(ServerInitializeError::TransportError { .. }) => return Err(ServeError::Output),
        Err(_) => return Err(ServeError::Handshake),
    };
    match service.waiting().await {
        Ok(QuitReason::Closed | QuitReason::Cancelled) => Ok(()),
        _ => Err(ServeError::Output),
    }
}

/// Waits until somebody wants the process to end.
async fn signalled() -> Result<(), ServeError> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut end = signal(SignalKind::terminate()).map_err(ServeError::Runtime)?;
        tokio::select! {
            _ = end.recv() => Ok(()),
            stopped = tokio::signal::ctrl_c() => stopped.map_err(ServeError::Runtime),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(ServeError::Runtime)
}
