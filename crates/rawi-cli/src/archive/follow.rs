//! `rawi follow`: queries that are asked again and again, and what is new for them.

mod feed;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Subcommand, ValueEnum};
use rawi_archive::{Archive, Follow, Mode};

use super::export::{broken, open, settled};
use super::{Place, usage};
use crate::read::counted;
use crate::{Usage, safe, tell};
use feed::Feed;

/// Follow queries, and tell what is new for them.
///
/// New is what came into the archive since it was last told, whatever its date. An article
/// that is read anew is not new; of a changed article only statements that it did not have
/// are. What was told is remembered once the output is written: a run that fails or is
/// interrupted loses nothing.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Follow a query
    Add {
        /// What it is called
        name: String,
        /// The query, as `rawi ask` takes it
        query: String,
        /// Tell also what is in the archive already
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Tell which queries are followed
    List {
        /// Print an object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Follow a query no longer
    Remove {
        /// What it is called
        name: String,
        #[command(flatten)]
        place: Place,
    },
    /// Tell what is new
    Run {
        /// For which query; for all without it
        name: Option<String>,
        /// What to write
        #[arg(long, short, value_enum, default_value_t = Form::Jsonl)]
        format: Form,
        /// Write to a file instead of standard output
        ///
        /// JSON lines replace the file. A feed goes on in it: new entries come before
        /// those that are there.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// How many entries a feed keeps
        #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        keep: u32,
        /// Say nothing on standard error but what failed
        #[arg(long, short)]
        quiet: bool,
        #[command(flatten)]
        place: Place,
    },
}

const EXAMPLES: &str = "\
Examples:
  rawi follow add الميناء 'الميناء act:(deny, warn)' --archive news.rawi
  rawi follow list --archive news.rawi
  rawi follow run --archive news.rawi > new.jsonl
  rawi follow run الميناء --format atom -o port.xml --archive news.rawi
  rawi follow remove الميناء --archive news.rawi

Exit codes:
  0    it was done; there may be nothing new
  1    the archive could not be read or written, or the output not written
  2    wrong usage: a name that is not there or taken, a query that is none
  130  interrupted (143 terminated); nothing is lost, the next run tells it";

/// What to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Form {
    /// One JSON object a statement
    Jsonl,
    /// A feed in Atom; of one query, into a file
    Atom,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    match &args.what {
        What::Add {
            name,
            query,
            all,
            place,
        } => {
            let mut archive = place.open(Mode::Write)?;
            archive.follow(name, query, *all).map_err(usage)?;
        }
        What::Remove { name, place } => {
            place.open(Mode::Write)?.unfollow(name).map_err(usage)?;
        }
        What::List { json, place } => list(&place.open(Mode::Read)?, *json)?,
        What::Run {
            name,
            format,
            output,
            keep,
            quiet,
            place,
        } => {
            let mut archive = place.open(Mode::Write)?;
            let path = output.as_deref().filter(|p| *p != Path::new("-"));
            if crate::read::target::is_read(path, std::slice::from_ref(&place.archive)) {
                let problem = "the archive is read from: write to another file";
                return Err(Usage(problem.to_owned()).into());
            }
            let follows = match name {
                Some(name) => vec![archive.followed(name).map_err(usage)?],
                None => archive.follows().map_err(usage)?,
            };
            let new = match format {
                Form::Jsonl => jsonl(&mut archive, &follows, path, *quiet)?,
                Form::Atom => atom(&mut archive, &follows, path, *keep as usize, *quiet)?,
            };
            if !quiet {
                tell(&counted(new as usize, "new statement"));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(archive: &Archive, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for follow in archive.follows().map_err(usage)? {
        if json {
            serde_json::to_writer(&mut out, &follow)?;
            writeln!(out)?;
            continue;
        }
        let (name, query) = (safe::part(&follow.name), safe::part(&follow.query));
        let ran = follow.ran.as_deref().unwrap_or("never");
        writeln!(
            out,
            "\u{2068}{name}\u{2069} · \u{2068}{query}\u{2069} · since {} · told {ran}",
            follow.made
        )?;
    }
    out.flush()?;
    Ok(())
}

/// Writes what is new for each query, an object a statement, and then remembers it.
fn jsonl(
    archive: &mut Archive,
    follows: &[Follow],
    path: Option<&Path>,
    quiet: bool,
) -> Result<u64> {
    let mut target = open(path, quiet)?;
    let remnant = target.remnant();
    let written = (|| {
        let mut told = Vec::new();
        for follow in follows {
            let news = archive.news(follow, |item| {
                for mut line in item.lines() {
                    line["follow"] = follow.name.as_str().into();
                    serde_json::to_writer(&mut target, &line).map_err(broken)?;
                    target.write_all(b"\n")?;
                }
                Ok(())
            });
            told.push(news.map_err(usage)?);
        }
        target.finish()?;
        Ok(told)
    })();
    let told = settled(written, remnant)?;
    for (follow, news) in follows.iter().zip(&told) {
        archive.told(follow, news.until).map_err(usage)?;
    }
    Ok(told.iter().map(|news| news.statements).sum())
}

/// Puts what is new for a query before what its feed has, and then remembers it.
fn atom(
    archive: &mut Archive,
    follows: &[Follow],
    path: Option<&Path>,
    keep: usize,
    quiet: bool,
) -> Result<u64> {
    let ([follow], Some(path)) = (follows, path) else {
        let problem =
            "a feed is of one query and goes to a file: name the query, and the file with -o";
        return Err(Usage(problem.to_owned()).into());
    };
    let mut feed = Feed::open(path, archive, follow, keep)?;
    let news = archive
        .news(follow, |item| feed.add(archive, item))
        .map_err(usage)?;
    if feed.is_changed() {
        let mut target = open(Some(path), quiet)?;
        let remnant = target.remnant();
        let written = feed
            .write(&mut target)
            .and_then(|()| target.finish())
            .map_err(Into::into);
        settled(written, remnant)?;
    }
    archive.told(follow, news.until).map_err(usage)?;
    Ok(news.statements)
}
