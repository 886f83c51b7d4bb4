//! The `rawi` command. Each subcommand is a module; here are only its name and
//! the exit codes: 0 fine, 1 some records failed, 2 wrong usage.

// A test that fails may panic.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod archive;
mod articles;
mod html;
mod input;
mod look;
#[cfg(feature = "mcp")]
mod mcp;
mod model;
mod pretty;
mod read;
#[cfg(any(feature = "mcp", feature = "serve"))]
mod samples;
#[cfg(feature = "serve")]
mod serve;
mod verify;
mod words;

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};
use rawi_export::{part, plover, table};
use rawi_text::safe;

/// Reads Arabic news: who said what, to whom, through which channel and when;
/// what happened between whom, and who claims so.
#[derive(Parser)]
#[command(
    name = "rawi",
    version = rawi::ENGINE.trim_start_matches("rawi "),
    long_version = VERSION.as_str(),
    about = "Reads Arabic news: who said what, and what happened between whom",
    long_about,
    after_help = EXAMPLES,
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  rawi read article.txt --published 2025-02-12
  rawi read news.jsonl.gz -o readings.jsonl
  rawi read samples/articles.jsonl -o page.html
  rawi verify readings.jsonl --articles news.jsonl.gz
  rawi ingest samples/ --archive news.rawi
  rawi ask ماذا قال سالم البدري عن الميناء --archive news.rawi
  rawi entity show \"سالم البدري\" --archive news.rawi
  rawi serve --archive news.rawi
  rawi info --archive news.rawi
  rawi export --archive news.rawi -o statements.csv
  rawi mcp --archive news.rawi
  rawi model
  rawi help read

Exit codes:
  0    everything was read, or verified
  1    some records failed, each named on standard error; or nothing could be written
  2    wrong usage, or the output file is held by another run
  130  interrupted (143 terminated, 129 hung up)";

/// What `--version` says: the engine and the models that are compiled in.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let engine = rawi::ENGINE.trim_start_matches("rawi ");
    format!("{engine}\nmodels: {}", model::sums())
});

// A comment on a variant would take the place of all that its `Args` say.
#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Verify(verify::Args),
    Articles(articles::Args),
    Model(model::Args),
    Ingest(archive::ingest::Args),
    Watch(archive::watch::Args),
    Ask(archive::ask::Args),
    Export(archive::export::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    Follow(archive::follow::Args),
    Entity(archive::entity::Args),
    Correct(archive::correct::Args),
    Failures(archive::failures::Args),
    Reread(archive::reread::Args),
    Variants(archive::variants::Args),
    Check(archive::check::Args),
    Info(archive::upkeep::InfoArgs),
    Backup(archive::upkeep::BackupArgs),
    Compact(archive::upkeep::CompactArgs),
    Merge(archive::upkeep::MergeArgs),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Read(args) => read::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Articles(args) => articles::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Ingest(args) => archive::ingest::run(&args),
        Command::Watch(args) => archive::watch::run(&args),
        Command::Ask(args) => archive::ask::run(&args),
        Command::Export(args) => archive::export::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args),
        Command::Follow(args) => archive::follow::run(&args),
        Command::Entity(args) => archive::entity::run(&args),
        Command::Correct(args) => archive::correct::run(&args),
        Command::Failures(args) => archive::failures::run(&args),
        Command::Reread(args) => archive::reread::run(&args),
        Command::Variants(args) => archive::variants::run(&args),
        Command::Check(args) => archive::check::run(&args),
        Command::Info(args) => archive::upkeep::info(&args),
        Command::Backup(args) => archive::upkeep::backup(&args),
        Command::Compact(args) => archive::upkeep::compact(&args),
        Command::Merge(args) => archive::upkeep::merge(&args),
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(&args),
    };
    done.unwrap_or_else(|error| ExitCode::from(report(&error)))
}

/// Tells an error that ends the command, and gives the exit code. Whoever read
/// our output and has had enough is no error.
fn report(error: &anyhow::Error) -> u8 {
    let enough = error
        .chain()
        .filter_map(|e| e.downcast_ref::<std::io::Error>())
        .any(|e| e.kind() == std::io::ErrorKind::BrokenPipe);
    if enough {
        return 0;
    }
    tell(&format!("{error:#}"));
    if error.is::<Usage>() { 2 } else { 1 }
}

/// Something that was asked for and cannot be done as asked.
#[derive(Debug)]
struct Usage(String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// Says something on standard error. Messages repeat what the input holds, so
/// they are as little trusted as that.
fn tell(message: &str) {
    // With nobody to read messages there is nobody to tell that either.
    let _ = writeln!(std::io::stderr(), "rawi: {}", safe::one_line(message));
}
