//! `rawi info`, `backup`, `compact` and `merge`: an archive kept in order.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use rawi::Reader;
use rawi_archive::{Archive, Info, Mode, Told};

use super::ingest::summary;
use super::{Place, bar, stop, threads, usage};
use crate::{safe, tell};

/// Tell what is in an archive.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  rawi info --archive news.rawi
  rawi info --archive news.rawi --json")]
pub struct InfoArgs {
    #[command(flatten)]
    place: Place,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Copy an archive while it is in use.
///
/// The copy takes its name when it is whole; nothing is ever replaced.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  rawi backup news-2026-11.rawi --archive news.rawi
  rawi backup saved.rawi --archive broken.rawi --salvage")]
pub struct BackupArgs {
    /// Where the copy goes
    to: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Save what is left of a damaged archive: every text that can still be had and holds
    /// is read anew into a new archive
    #[arg(long)]
    salvage: bool,
    /// Say nothing on standard error
    #[arg(long, short)]
    quiet: bool,
}

/// Tidy an archive up in small steps, while others may read and write it.
///
/// An archive of an earlier format is brought up to date.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  rawi compact --archive news.rawi
  rawi compact --archive news.rawi --rebuild-index")]
pub struct CompactArgs {
    #[command(flatten)]
    place: Place,
    /// Make the search index anew from the texts
    #[arg(long)]
    rebuild_index: bool,
    /// Say nothing on standard error
    #[arg(long, short)]
    quiet: bool,
}

/// Take everything of another archive into one.
///
/// Its texts are read by this engine; what both have is there once. The other archive is
/// left as it is.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  rawi merge colleague.rawi --archive news.rawi")]
pub struct MergeArgs {
    /// The other archive
    other: PathBuf,
    #[command(flatten)]
    place: Place,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
}

/// Runs `rawi info`.
pub fn info(args: &InfoArgs) -> Result<ExitCode> {
    let archive = args.place.open(Mode::Read)?;
    let info = archive.info().map_err(usage)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &info)?;
        writeln!(out)?;
    } else {
        out.write_all(lines(&archive, &info).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn lines(archive: &Archive, info: &Info) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: String| {
        out.push_str(&format!("{name:<12}{}\n", safe::one_line(&value)));
    };
    let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20));
    let listed = |pairs: &[(String, u64)]| {
        let parts: Vec<String> = pairs.iter().map(|(n, c)| format!("{n} {c}")).collect();
        match parts.is_empty() {
            true => "none".to_owned(),
            false => parts.join(", "),
        }
    };
    line("archive", archive.path().display().to_string());
    line(
        "made",
        format!("{}, format {}, id {}", info.made, info.format, info.id),
    );
    line(
        "size",
        format!(
            "{} ({} of texts, {} free)",
            mib(info.bytes),
            mib(info.text_bytes),
            mib(info.free_bytes)
        ),
    );
    line(
        "articles",
        format!(
            "{} of {} outlets; {} versions, {} captures, {} stories",
            info.documents, info.outlets, info.versions, info.captures, info.stories
        ),
    );
    let days = info.days.as_ref();
    let days = days.map_or("none".into(), |(first, last)| format!("{first} to {last}"));
    line("days", format!("{days}; {} without a date", info.dateless));
    line(
        "read",
        format!(
            "{} statements, {} events, {} entities",
            info.statements, info.events, info.entities
        ),
    );
    line("engines", listed(&info.engines));
    line("inputs", listed(&info.inputs));
    line("failures", listed(&info.failures));
    line("passed over", listed(&info.skipped));
    out
}

/// Runs `rawi backup`.
pub fn backup(args: &BackupArgs) -> Result<ExitCode> {
    let bar = bar(args.quiet, Some(0), "pages");
    let progress = |left: u64, all: u64| {
        bar.set_length(all);
        bar.set_position(all - left.min(all));
    };
    if args.salvage {
        let reader = Reader::new()?;
        let saved = Archive::salvage(
            &args.place.archive,
            &args.to,
            &reader,
            threads(None),
            stop(),
        );
        bar.finish_and_clear();
        let (tally, lost) = saved.map_err(usage)?;
        if !args.quiet {
            let (saved, to) = (tally.articles(), args.to.display());
            tell(&format!(
                "{to}: {saved} articles saved, {lost} stretches lost"
            ));
        }
        return Ok(ExitCode::from(u8::from(lost > 0)));
    }
    let archive = args.place.open(Mode::Read)?;
    let copied = archive.backup(&args.to, progress);
    bar.finish_and_clear();
    copied.map_err(usage)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs `rawi compact`.
pub fn compact(args: &CompactArgs) -> Result<ExitCode> {
    let mut archive = args.place.open(Mode::Write)?;
    let bar = bar(args.quiet, None, "steps");
    let mut done = Ok(());
    if args.rebuild_index {
        done = archive.rebuild_index(|n, all| bar.set_message(format!("{n} of {all} texts")));
    }
    let done = done.and_then(|()| archive.compact(|n| bar.set_message(n.to_string())));
    bar.finish_and_clear();
    done.map_err(usage)?;
    Ok(ExitCode::SUCCESS)
}

/// Runs `rawi merge`.
pub fn merge(args: &MergeArgs) -> Result<ExitCode> {
    let begun = Instant::now();
    let reader = Reader::new()?;
    let mut archive = args.place.open(Mode::Create)?;
    let bar = bar(args.quiet, None, "");
    let told = |told: Told<'_>| match told {
        Told::Failed(problem) => bar.suspend(|| tell(&problem.to_string())),
        Told::Remark(_) => {}
        Told::Written(tally) => bar.set_message(format!("{} articles", tally.articles())),
    };
    let merged = archive.merge(&args.other, &reader, threads(args.threads), stop(), told);
    bar.finish_and_clear();
    let tally = merged.map_err(usage)?;
    if !args.quiet {
        tell(&summary(&tally, &archive, begun));
    }
    Ok(ExitCode::from(u8::from(tally.failed > 0)))
}
