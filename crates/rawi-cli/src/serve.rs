//! `rawi serve`: the pages of an archive, and its API.

use std::io::Write as _;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use rawi_serve::{Options, Server};

use crate::samples::Samples;
use crate::{Usage, tell};

/// Show an archive in the browser, and answer programs
///
/// One local address with pages to search, read and compare, and an API under `/api/v1`.
/// Nothing is asked of any other machine. Without `--archive` the shipped samples are read
/// and shown.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The archive; without one, the shipped samples
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,

    /// Where to listen; other addresses than 127.0.0.1 can be reached from other machines
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: String,

    /// A name under which this server is asked, besides its address and localhost; may be repeated
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,

    /// An origin whose pages may ask the API, like https://example.org; may be repeated
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    origins: Vec<String>,

    /// What one must know to sign in and correct; if not given, a new one is told at the start
    #[arg(long, env = "RAWI_TOKEN", hide_env_values = true, value_name = "TEXT")]
    token: Option<String>,

    /// Nobody can sign in: nothing is ever written
    #[arg(long, conflicts_with = "token")]
    read_only: bool,

    /// Threads that ask the archive [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,

    /// Seconds that one answer may take
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    patience: u64,

    /// Requests a second that one address may make, on average; 0 bounds nothing
    #[arg(long, value_name = "N", default_value_t = 100)]
    rate: u32,

    /// Print the log as JSON lines; what is logged is set by RUST_LOG
    #[arg(long)]
    log_json: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi serve
  rawi serve --archive news.rawi
  rawi serve --archive news.rawi --listen 127.0.0.1:9000 --read-only
  RAWI_TOKEN=… rawi serve --archive news.rawi --listen 0.0.0.0:8080 --host news.example.org

Exit codes:
  0    told to end (Ctrl-C, SIGTERM); what was under way was answered
  1    the archive cannot be asked, or the address cannot be listened at
  2    wrong usage";

/// The shortest token that may be given.
const SHORTEST_TOKEN: usize = 12;

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    begin_log(args.log_json);
    let listen = address(&args.listen)?;
    if args
        .token
        .as_ref()
        .is_some_and(|t| t.chars().count() < SHORTEST_TOKEN)
    {
        let problem = format!("a token has at least {SHORTEST_TOKEN} characters");
        return Err(Usage(problem).into());
    }
    let mut samples = None;
    let archive = match &args.archive {
        Some(archive) => archive.clone(),
        None => samples.insert(Samples::read()?).archive(),
    };
    let token = match (&args.token, args.read_only) {
        (_, true) => None,
        (Some(token), _) => Some(token.clone()),
        (None, _) => Some(rawi_serve::new_token().context("the system gives no random bytes")?),
    };
    let mut options = Options::new(archive);
    options.samples = samples.is_some();
    options.listen = listen;
    options.hosts.clone_from(&args.hosts);
    options.origins.clone_from(&args.origins);
    options.token.clone_from(&token);
    options.patience = Duration::from_secs(args.patience);
    options.rate = args.rate;
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server = Server::bind(options).await?;
        let mut out = std::io::stdout();
        writeln!(out, "http://{}/", server.address())?;
        if let (Some(token), None) = (&token, &args.token) {
            writeln!(out, "to correct, sign in with: {token}")?;
        }
        out.flush()?;
        if !listen.ip().is_loopback() {
            tell("other machines can reach this; put a proxy with TLS in front of it");
        }
        server.run(told_to_end()).await?;
        Ok::<_, anyhow::Error>(())
    })?;
    // Threads that still ask are not waited for.
    runtime.shutdown_background();
    Ok(ExitCode::SUCCESS)
}

fn address(text: &str) -> Result<SocketAddr> {
    let wrong = |e: &dyn std::fmt::Display| {
        Usage(format!(
            "--listen {text}: {e}; write an address and a port, like 127.0.0.1:8080"
        ))
    };
    let mut found = text.to_socket_addrs().map_err(|e| wrong(&e))?;
    Ok(found.next().ok_or_else(|| wrong(&"it names no address"))?)
}

/// Comes true when the process is told to end.
async fn told_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

fn begin_log(json: bool) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A log that was set up already stays.
    let _ = match json {
        true => log.json().try_init(),
        false => log.try_init(),
    };
}
