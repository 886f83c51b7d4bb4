//! `rawi ingest`: inputs into an archive.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use rawi::Reader;
use rawi_archive::{Archive, Input, Mode, Tally, Told};
use rawi_input::Named;

use super::network::{self, Round};
use super::{Place, bar, stop, threads, usage};
use crate::read::counted;
use crate::{input, tell};

/// Read inputs into an archive.
///
/// An archive is one file: the texts, what was read in them, and an index. Inputs are
/// files and folders in every form that `rawi read` takes. The archive keeps a ledger of
/// them: an interrupted run goes on where it was, a second run over the same files does
/// nothing, and one over files that have grown takes what is new. An article that comes
/// again makes no second document; a changed text becomes another version of it, and
/// nothing is ever overwritten.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files and folders to read, `-` for standard input, and addresses: of pages, feeds,
    /// sitemaps and sites (`https://HOST/`)
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
    /// Day of publication of articles that name none, like 2025-02-12 or 12/2/2025
    #[arg(long, value_name = "DATE", value_parser = input::day)]
    published: Option<String>,
    #[command(flatten)]
    input: input::Options,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// How many articles reach the disk together; fewer cost time, and less is read again
    /// after an interruption
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    batch: u32,
    #[command(flatten)]
    network: network::Network,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi ingest samples/ --archive news.rawi
  rawi ingest 2026-*.jsonl.gz pages/ --archive news.rawi
  rawi ingest https://HOST/rss https://HOST/ --archive news.rawi
  rawi ask \"ماذا قال سالم البدري عن الميناء\" --archive news.rawi
  rawi info --archive news.rawi
  rawi failures --archive news.rawi

Exit codes:
  0    everything is in the archive
  1    some records failed (see `rawi failures`); or the archive could not be written
  2    wrong usage
  130  interrupted (143 terminated); the same command goes on";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let begun = Instant::now();
    let reader = Reader::new()?;
    let (watched, files) = network::apart(&args.sources)?;
    let inputs = args.input.inputs(&files)?;
    let inputs = inputs
        .with_published(args.published.clone())
        .without(Some(args.place.archive.clone()));
    let mut archive = args
        .place
        .open(Mode::Create)?
        .with_batch(args.batch as usize);
    let mut failed = false;
    let mut given = Vec::new();
    let mut total = Some(0);
    for named in inputs.files() {
        match named {
            Named::File(file) => {
                total = total.zip(file.size).map(|(all, size)| all + size);
                given.push(Input::of(&inputs, file));
            }
            Named::Remark(problem) if !args.quiet => tell(&problem.to_string()),
            Named::Remark(_) => {}
            Named::Failed(problem) => {
                failed = true;
                tell(&problem.to_string());
            }
        }
    }
    let bar = bar(args.quiet, total, "");
    let stop = stop();
    let mut told = |told: Told<'_>| match told {
        Told::Failed(problem) => bar.suspend(|| tell(&problem.to_string())),
        Told::Remark(problem) if !args.quiet => bar.suspend(|| tell(&problem.to_string())),
        Told::Remark(_) => {}
        Told::Written(tally) => {
            bar.set_position(tally.bytes);
            bar.set_message(rate(tally, begun));
        }
    };
    let threads = threads(args.threads);
    let mut tally = Tally::default();
    if !files.is_empty() {
        tally = archive
            .ingest(&reader, threads, given, stop, &mut told)
            .map_err(usage)?;
    }
    if !watched.is_empty() {
        let round = Round {
            options: &args.network,
            fetcher: &args.network.fetcher(),
            reader: &reader,
            threads,
            stop,
            every: None,
            published: args.published.as_deref(),
        };
        tally += round.run(&mut archive, &watched, &mut told)?;
    }
    bar.finish_and_clear();
    if !args.quiet {
        tell(&summary(&tally, &archive, begun));
    }
    if stop.load(std::sync::atomic::Ordering::Relaxed) {
        return Ok(ExitCode::from(130));
    }
    Ok(ExitCode::from(u8::from(failed || tally.failed > 0)))
}

fn rate(tally: &Tally, begun: Instant) -> String {
    let seconds = begun.elapsed().as_secs_f64().max(0.001);
    let articles = tally.articles();
    format!(
        "{} ({:.0}/s)",
        counted(articles as usize, "article"),
        articles as f64 / seconds
    )
}

/// The line at the end.
pub fn summary(tally: &Tally, archive: &Archive, begun: Instant) -> String {
    let mut parts = vec![rate(tally, begun)];
    let mut add = |number: u64, what: &str| {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    };
    add(tally.new, "new");
    add(tally.versions, "as new versions");
    add(tally.known, "known already");
    add(tally.skipped, "passed over");
    add(tally.failed, "failed");
    add(tally.unchanged, "inputs read before");
    let statements = counted(tally.statements as usize, "statement");
    format!(
        "{}: {}; {statements}",
        archive.path().display(),
        parts.join(", ")
    )
}
