//! `rawi watch`: feeds and sitemaps into an archive, again and again.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rawi::Reader;
use rawi_archive::{Archive, Mode, Told};
use rawi_fetch::{Outline, Poll, Watched};

use super::ingest::summary;
use super::network::{self, Round};
use super::{Place, stop, threads, usage};
use crate::read::counted;
use crate::tell;

/// Poll feeds, sitemaps and sites, and read what is new into an archive.
///
/// FILE has an address a line, with the outlet's name behind a tab if pages should be
/// filed under it; `#` begins a remark. OPML, as readers of feeds export it, is taken as
/// well. FILE is read anew for each round.
///
/// An address may be a feed (RSS, Atom, JSON Feed), a sitemap, or a site (`https://HOST/`),
/// for which the sitemaps that its robots.txt names stand, or the feed that its front page
/// links to. Each page is fetched once: what the archive has isn't asked for again. A page
/// that could not be had is tried again in later rounds, ten times, less and less often; a
/// feed that fails is too, and never stops the others. `rawi failures` names them all.
///
/// Sites are asked as they ask to be: by robots.txt, one request at a time with a pause,
/// not before the time that they name when they are busy, and only for what has changed.
/// If robots.txt itself cannot be had, the site is left alone for now. Addresses that are
/// not of the public net are refused, also where a feed or a redirect leads to one. Proxy
/// settings are not used, since what a proxy connects to could not be checked.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The list of addresses
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Ask each address that is due, once, and end
    #[arg(long)]
    once: bool,
    /// How often an address is asked, like 15m or 2h
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = network::time)]
    every: Duration,
    #[command(flatten)]
    network: network::Network,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi watch feeds.txt --archive news.rawi
  rawi watch feeds.opml --archive news.rawi --every 1h
  rawi watch feeds.txt --archive news.rawi --once       (from cron)
  rawi watch feeds.txt --archive news.rawi --allow-private=localhost:8080

Exit codes:
  0    everything that was due is in the archive
  1    something failed (see `rawi failures`); or the archive could not be written
  2    wrong usage
  130  interrupted (143 terminated); what was read is kept, the same command goes on";

/// The shortest time between two rounds.
const LEAST: Duration = Duration::from_secs(1);

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let reader = Reader::new()?;
    let fetcher = args.network.fetcher();
    let mut list = read(args)?;
    let mut archive = args.place.open(Mode::Create)?;
    let stop = stop();
    let round = Round {
        options: &args.network,
        fetcher: &fetcher,
        reader: &reader,
        threads: threads(args.threads),
        stop,
        every: Some(args.every),
        published: None,
    };
    let mut failed = !list.wrong.is_empty();
    let mut first = true;
    loop {
        let begun = Instant::now();
        let (due, next) = due(&archive, &list.watched, first)?;
        first = false;
        if !due.is_empty() {
            let asked = counted(due.len(), "feed");
            let told = |told: Told<'_>| match told {
                Told::Failed(problem) => tell(&problem.to_string()),
                Told::Remark(problem) if !args.quiet => tell(&problem.to_string()),
                Told::Remark(_) | Told::Written(_) => {}
            };
            let tally = round.run(&mut archive, &due, told)?;
            failed |= tally.failed > 0;
            if !args.quiet {
                tell(&format!(
                    "{asked} asked; {}",
                    summary(&tally, &archive, begun)
                ));
            }
        }
        if stop.load(Ordering::Relaxed) {
            return Ok(ExitCode::from(130));
        }
        if args.once {
            return Ok(ExitCode::from(u8::from(failed)));
        }
        let wait = match due.is_empty() {
            // What was just asked says itself when it is due again.
            false => LEAST,
            true => Duration::from_secs(next.unwrap_or(args.every.as_secs()).max(1))
                .min(args.every.max(LEAST)),
        };
        if pause(wait, stop) {
            return Ok(ExitCode::from(130));
        }
        if due.is_empty() {
            // A list that cannot be read for now is as it was.
            match read(args) {
                Ok(now) => list = now,
                Err(e) => tell(&format!("{e:#}")),
            }
        }
    }
}

/// Reads the list, and tells what is wrong with it.
fn read(args: &Args) -> Result<Outline> {
    let bytes =
        fs::read(&args.file).with_context(|| format!("{}: cannot be read", args.file.display()))?;
    let list = Outline::read(&rawi_input::decoded(&bytes, None)).each_once();
    for (line, why) in &list.wrong {
        tell(&format!("{}:{line}: {why}", args.file.display()));
    }
    if list.watched.is_empty() {
        let problem = format!("{}: holds no address", args.file.display());
        return Err(crate::Usage(problem).into());
    }
    Ok(list)
}

/// The addresses that are to be asked now, and in how many seconds the next one is.
/// In the `first` round also those whose machines might not be asked the last time.
fn due(archive: &Archive, watched: &[Watched], first: bool) -> Result<(Vec<Watched>, Option<u64>)> {
    let now = Poll::now();
    let (mut due, mut next) = (Vec::new(), None);
    for one in watched {
        let poll: Option<Poll> = archive.feed(one.address.as_str()).map_err(usage)?;
        match poll.filter(|poll| !(poll.is_due(now) || first && poll.refused)) {
            Some(poll) => {
                let wait = poll.next - now;
                next = Some(next.map_or(wait, |next: u64| next.min(wait)));
            }
            None => due.push(one.clone()),
        }
    }
    Ok((due, next))
}

/// Waits so long; whether a word to stop ended it.
fn pause(time: Duration, stop: &std::sync::atomic::AtomicBool) -> bool {
    const LOOK: Duration = Duration::from_millis(100);
    let begun = Instant::now();
    while begun.elapsed() < time {
        if stop.load(Ordering::Relaxed) {
            return true;
        }
        std::thread::sleep(LOOK.min(time));
    }
    stop.load(Ordering::Relaxed)
}
