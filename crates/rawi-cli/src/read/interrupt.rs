//! Interruptions: what is half written is put away or kept for `--resume`, and
//! the process ends as the signal would have ended it.

use std::sync::{Mutex, PoisonError};

use super::target::Remnant;

/// What the run under way leaves if it is interrupted.
static REMNANT: Mutex<Option<Remnant>> = Mutex::new(None);

/// Says what is to be done on an interruption from now on.
pub fn leaves(remnant: Option<Remnant>) {
    *REMNANT.lock().unwrap_or_else(PoisonError::into_inner) = remnant;
}

/// Waits for interruptions, on a thread of its own. Where that cannot be had
/// they end the process as ever, and what was half written is replaced or taken
/// up by the next run.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored();
    // A signal that is ignored (`nohup`, a job in the background) stays so.
    let watched = [SIGINT, SIGTERM, SIGHUP]
        .into_iter()
        .filter(move |signal| ignored & (1 << (signal - 1)) == 0);
    // They are caught only once somebody waits for them.
    let _ = std::thread::Builder::new().spawn(move || {
        let Ok(mut signals) = signal_hook::iterator::Signals::new(watched) else {
            return;
        };
        let Some(signal) = signals.forever().next() else {
            return;
        };
        let remnant = REMNANT.lock().unwrap_or_else(PoisonError::into_inner);
        match &*remnant {
            Some(remnant) => crate::tell(&format!("interrupted; {}", remnant.leave())),
            None => crate::tell("interrupted"),
        }
        // This ends the process, or there is nothing better to do.
        let _ = signal_hook::low_level::emulate_default_handler(signal);
        std::process::exit(128 + signal);
    });
}

/// Elsewhere interruptions end the process as ever.
#[cfg(not(unix))]
pub fn watch() {}

/// The signals that whoever started us had us ignore, a bit each, where the
/// system tells.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    mask.and_then(|m| u64::from_str_radix(m.trim(), 16).ok())
        .unwrap_or(0)
}
