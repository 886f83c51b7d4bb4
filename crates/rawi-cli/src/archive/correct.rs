//! `rawi correct`: what people say of readings in an archive.

mod print;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;
use rawi_archive::corrections::{By, Judgment, Target, WhichCorrections};
use rawi_archive::{Archive, ArchiveError, Mode};

use super::output::{Output, who};
use super::{Place, usage};
use crate::Usage;

/// Accept, reject or correct what is read in an archive.
///
/// What you say stands beside what the engine read and never takes its place: searches
/// find what was read, and pages show both. A correction is pinned to the characters of
/// the text, so that it holds when the text is read again or the archive is merged. Each
/// one is kept with the day and with who made it, and can be undone. Who is who is decided
/// with `rawi entity`.
///
/// An article that was looked at as a whole (`review`) can be written as gold with `rawi
/// export --gold`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  rawi correct accept 88102739705857
  rawi correct reject 88102739705858 --note \"a title, nobody says it\"
  rawi correct set 88102739705859 '{\"speaker\": {\"name\": \"هدى الزعبي\"}, \"act\": \"deny\"}'
  rawi correct set 88102739705860 --event '{\"type\": \"ACCUSE\", \"recipients\": [{\"entity\": 12}]}'
  rawi correct set 88102739705861 '{\"content\": [\"أن السد جاهز\"], \"channel\": null}'
  rawi correct add n-17 '{\"content\": [\"لن نتأخر\"], \"form\": \"quote\", \"act\": \"promise\"}'
  rawi correct review n-17
  rawi correct list
  rawi correct undo 3

Exit codes:
  0  it was found, or kept
  1  the archive could not be read or written
  2  wrong usage: there is no such statement, or a value cannot be so";

// A comment on a variant would take the place of all that its `Args` say.
#[derive(Subcommand)]
enum What {
    List(ListArgs),
    History(HistoryArgs),
    Accept(AcceptArgs),
    Reject(RejectArgs),
    Set(SetArgs),
    Add(AddArgs),
    Review(ReviewArgs),
    Undo(UndoArgs),
}

/// List the corrections that hold, the newest first.
#[derive(clap::Args)]
struct ListArgs {
    #[command(flatten)]
    listing: Listing,
}

/// List all corrections, also those undone, the newest first.
#[derive(clap::Args)]
struct HistoryArgs {
    #[command(flatten)]
    listing: Listing,
}

/// Which corrections are listed.
#[derive(clap::Args)]
struct Listing {
    /// Only those of the article of this id
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    /// Only those before this number
    #[arg(long, value_name = "NUMBER")]
    before: Option<i64>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Say that a statement or an event is as it is read.
#[derive(clap::Args)]
struct AcceptArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    deciding: Deciding,
}

/// Say that there is no such statement or event.
#[derive(clap::Args)]
struct RejectArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    deciding: Deciding,
}

/// Say what a statement or an event is; what is left out stays as it is.
///
/// VALUES is a JSON object. Of a statement it may have `content` (a list), `form`, `act`,
/// `cue`, `source`, `speaker`, `addressee` (a list), `channel` (with `at` and `kind`) and
/// `said_on`, of an event `type`, `trigger`, `actors`, `recipients`, `status`,
/// `claimed_by`, `date` and `place`. A stretch of the text is given by its words, of which
/// the nearest are meant, or as `{"start": 4, "end": 9}` in code points; somebody by the
/// number of an entity (`{"entity": 12}`) or by a name that stands in the text (`{"name":
/// "…"}`); `null` takes a value away.
#[derive(clap::Args)]
struct SetArgs {
    #[command(flatten)]
    which: Which,
    /// The new values
    values: String,
    #[command(flatten)]
    deciding: Deciding,
}

/// Add a statement or an event that was missed in an article.
#[derive(clap::Args)]
struct AddArgs {
    /// The id of the article, whose current version is meant
    article: String,
    /// Its values, as `rawi correct set` takes them
    values: String,
    /// It is an event
    #[arg(long)]
    event: bool,
    /// It stands in the headline
    #[arg(long)]
    headline: bool,
    #[command(flatten)]
    deciding: Deciding,
}

/// Say that everything in an article was looked at, and nothing is missing.
///
/// Whatever nobody judged is accepted by that.
#[derive(clap::Args)]
struct ReviewArgs {
    /// The id of the article, whose current version is meant
    article: String,
    #[command(flatten)]
    deciding: Deciding,
}

/// Undo a correction; what was said before holds again.
#[derive(clap::Args)]
struct UndoArgs {
    /// Its number, as `rawi correct list` tells it
    correction: i64,
    #[command(flatten)]
    deciding: Deciding,
}

/// What is judged.
#[derive(clap::Args)]
struct Which {
    /// The number of the statement, as `rawi ask` and exports print it
    #[arg(value_parser = clap::value_parser!(i64).range(1..))]
    number: i64,
    /// It is the number of an event
    #[arg(long, conflicts_with = "correction")]
    event: bool,
    /// It is the number of a correction: of what that one is about
    #[arg(long)]
    correction: bool,
}

impl Which {
    fn target(&self) -> Target {
        match (self.event, self.correction) {
            (true, _) => Target::Event(self.number),
            (_, true) => Target::Correction(self.number),
            _ => Target::Statement(self.number),
        }
    }
}

/// What every correction takes.
#[derive(clap::Args)]
struct Deciding {
    /// Who says so; by default the name of the user
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    /// What there is to remark
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    match &args.what {
        What::List(args) => args.listing.run(true),
        What::History(args) => args.listing.run(false),
        What::Accept(args) => args
            .deciding
            .run(|archive, by| archive.correct(args.which.target(), &Judgment::Accept, by)),
        What::Reject(args) => args
            .deciding
            .run(|archive, by| archive.correct(args.which.target(), &Judgment::Reject, by)),
        What::Set(args) => {
            let (target, event) = (args.which.target(), args.which.event);
            args.deciding.run(|archive, by| {
                let event = match target {
                    Target::Correction(number) => print::is_event(archive, number)?,
                    _ => event,
                };
                archive.correct(target, &judgment(&args.values, event)?, by)
            })
        }
        What::Add(args) => {
            let what = judgment(&args.values, args.event).map_err(usage)?;
            let part = match args.headline {
                true => rawi_archive::corrections::Part::Headline,
                false => rawi_archive::corrections::Part::Text,
            };
            args.deciding.run(|archive, by| {
                let version = archive.current_version(&args.article)?;
                archive.add_missed(version, part, &what, by)
            })
        }
        What::Review(args) => args.deciding.run(|archive, by| {
            let version = archive.current_version(&args.article)?;
            archive.review(version, by)
        }),
        What::Undo(args) => args
            .deciding
            .run(|archive, by| archive.undo_correction(args.correction, by)),
    }
}

/// The values that somebody wrote in JSON.
fn judgment(values: &str, event: bool) -> Result<Judgment, ArchiveError> {
    let wrong = |e: serde_json::Error| ArchiveError::Asked(format!("VALUES: {e}"));
    Ok(match event {
        true => Judgment::Event(Box::new(serde_json::from_str(values).map_err(wrong)?)),
        false => Judgment::Statement(Box::new(serde_json::from_str(values).map_err(wrong)?)),
    })
}

impl Listing {
    fn run(&self, standing: bool) -> Result<ExitCode> {
        let archive = self.place.open(Mode::Read)?;
        let version = self.article.as_deref();
        let version = version.map(|id| archive.current_version(id));
        let which = WhichCorrections {
            standing,
            version: version.transpose().map_err(usage)?,
            cursor: self.before,
            limit: self.limit as usize,
        };
        let page = archive.corrections(&which).map_err(usage)?;
        self.output.print(&page.corrections, |one, style| {
            print::correction(&archive, one, style)
        })
    }
}

impl Deciding {
    /// Says something, and tells what was kept.
    fn run(
        &self,
        say: impl FnOnce(&mut Archive, &By<'_>) -> Result<i64, ArchiveError>,
    ) -> Result<ExitCode> {
        let mut archive = self.place.open(Mode::Write)?;
        let who = who(self.by.as_deref())?;
        if self
            .note
            .as_deref()
            .is_some_and(|note| note.trim().is_empty())
        {
            return Err(Usage("--note: no words".into()).into());
        }
        let by = By {
            who: &who,
            note: self.note.as_deref(),
            stamp: None,
        };
        let id = say(&mut archive, &by).map_err(usage)?;
        let kept = archive.correction_numbered(id).map_err(usage)?;
        self.output.print(&[kept], |one, style| {
            print::correction(&archive, one, style)
        })
    }
}
