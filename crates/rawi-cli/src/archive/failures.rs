//! `rawi failures`: what could not be read, and why.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use rawi_archive::Mode;

use super::{Place, usage};
use crate::safe;

/// List what could not be read into the archive.
///
/// Each line has the stage at which a record failed (fetch, open, parse, read), its place
/// and the reason. `rawi reread --failed` tries them once more; what then succeeds no
/// longer stands here.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Form::Pretty)]
    format: Form,
}

const EXAMPLES: &str = "\
Examples:
  rawi failures --archive news.rawi
  rawi failures --archive news.rawi --format jsonl
  rawi reread --failed --archive news.rawi

Exit codes:
  0  nothing failed
  1  something did";

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// Lines for people
    Pretty,
    /// An object a failure
    Jsonl,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let archive = args.place.open(Mode::Read)?;
    let failures = archive.failures().map_err(usage)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for failure in &failures {
        match args.format {
            Form::Pretty => {
                let line = format!("{}: {}: {}", failure.stage, failure.place, failure.reason);
                writeln!(out, "{}", safe::one_line(&line))?;
            }
            Form::Jsonl => {
                serde_json::to_writer(&mut out, failure)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::from(u8::from(!failures.is_empty())))
}
