//! The commands that work on an archive, and what they have in common.

pub mod ask;
pub mod check;
pub mod correct;
pub mod entity;
pub mod export;
pub mod failures;
pub mod follow;
pub mod ingest;
mod network;
mod output;
pub mod prove;
pub mod quotes;
pub mod reread;
pub mod upkeep;
pub mod variants;
pub mod watch;

use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rawi_archive::{Archive, ArchiveError, Mode};

use crate::{Usage, tell};

/// Which archive.
#[derive(clap::Args)]
pub struct Place {
    /// The archive
    #[arg(long, value_name = "FILE", default_value = "news.rawi")]
    pub archive: PathBuf,
}

impl Place {
    /// Opens it.
    pub fn open(&self, mode: Mode) -> Result<Archive> {
        Archive::open(&self.archive, mode).map_err(usage)
    }
}

/// What was asked for in a way that cannot be done is wrong usage.
pub fn usage(e: ArchiveError) -> anyhow::Error {
    match e {
        ArchiveError::Asked(what) => Usage(what).into(),
        ArchiveError::Query(e) => Usage(e.to_string()).into(),
        e @ (ArchiveError::Missing(_) | ArchiveError::Foreign(_)) => Usage(e.to_string()).into(),
        e => e.into(),
    }
}

/// How many threads read.
pub fn threads(named: Option<u16>) -> usize {
    named.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    )
}

/// Set by the first interruption: what is under way is brought to its end. The second one
/// ends the process, which costs nothing that is on disk.
pub fn stop() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let watch = || {
            let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]).ok()?;
            std::thread::Builder::new()
                .spawn(move || {
                    for signal in signals.forever() {
                        if STOP.swap(true, Ordering::Relaxed) {
                            let _ = signal_hook::low_level::emulate_default_handler(signal);
                        }
                        tell("interrupted; writing what was read (once more to stop at once)");
                    }
                })
                .ok()
        };
        let _ = watch();
    }
    &STOP
}

/// A bar for long work; hidden where nobody looks.
pub fn bar(quiet: bool, total: Option<u64>, what: &str) -> ProgressBar {
    let target = if quiet || !stderr().is_terminal() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr_with_hz(4)
    };
    let bar = ProgressBar::with_draw_target(total, target);
    let style = match total {
        Some(_) => format!("{{bar:30}} {what} {{msg}} · {{eta}} left"),
        None => format!("{{spinner}} {what} {{msg}} · {{elapsed}}"),
    };
    if let Ok(style) = ProgressStyle::with_template(&style) {
        bar.set_style(style);
    }
    bar
}
