//! `rawi reread`: texts of the archive read once more.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use rawi::Reader;
use rawi_archive::{Input, Mode, Told, Which};
use rawi_input::Named;

use super::ingest::summary;
use super::{Place, bar, stop, threads, usage};
use crate::read::counted;
use crate::{input, tell};

/// Read texts of the archive once more.
///
/// The new reading takes the place of the old one, the text stays as it is; statements
/// that stand where they stood keep their ids, and decisions about entities hold. Without
/// a choice everything is read again. `--failed` also goes back to the files whose records
/// failed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Only what failed
    #[arg(long)]
    failed: bool,
    /// Only readings that an engine before this version made
    #[arg(long, value_name = "VERSION")]
    engine_older_than: Option<String>,
    /// Only articles of this outlet
    #[arg(long, value_name = "NAME", conflicts_with = "failed")]
    outlet: Option<String>,
    #[command(flatten)]
    input: input::Options,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi reread --failed --archive news.rawi
  rawi reread --engine-older-than 0.2.0 --archive news.rawi
  rawi reread --outlet \"صحيفة النهر\" --archive news.rawi

Exit codes:
  0    everything was read
  1    some texts or records failed again
  2    wrong usage
  130  interrupted (143 terminated); what was read is kept";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let begun = Instant::now();
    let reader = Reader::new()?;
    let mut archive = args.place.open(Mode::Write)?;
    let threads = threads(args.threads);
    let stop = stop();
    let which = Which {
        failed: args.failed,
        older_than: args.engine_older_than.clone(),
        outlet: args.outlet.clone(),
    };
    let bar = bar(args.quiet, Some(0), "texts");
    let done = archive.reread(&reader, threads, &which, stop, |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let done = done.map_err(usage)?;
    if !args.quiet {
        let (read, failed) = (counted(done.read as usize, "text"), done.failed);
        let seconds = begun.elapsed().as_secs_f64();
        tell(&format!(
            "{read} read again in {seconds:.1} s, {failed} failed"
        ));
    }
    let mut left = done.failed;
    if args.failed {
        let places = archive.failures().map_err(usage)?;
        let mut files: Vec<PathBuf> = places.iter().map(|f| PathBuf::from(&f.input)).collect();
        files.dedup();
        files.sort();
        files.dedup();
        let inputs = args.input.inputs(&files)?;
        let mut given = Vec::new();
        for named in inputs.files() {
            match named {
                Named::File(file) => given.push(Input::of(&inputs, file)),
                Named::Remark(_) => {}
                Named::Failed(problem) => tell(&problem.to_string()),
            }
        }
        if !given.is_empty() {
            let told = |told: Told<'_>| {
                if let Told::Failed(problem) = told {
                    tell(&problem.to_string());
                }
            };
            let tally = archive.retry(&reader, threads, given, stop, told);
            let tally = tally.map_err(usage)?;
            if !args.quiet {
                tell(&summary(&tally, &archive, begun));
            }
        }
        left = archive.failures().map_err(usage)?.len() as u64;
    }
    if stop.load(std::sync::atomic::Ordering::Relaxed) {
        return Ok(ExitCode::from(130));
    }
    Ok(ExitCode::from(u8::from(left > 0)))
}
