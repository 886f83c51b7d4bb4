//! `rawi entity`: who is who in an archive, and people's decisions about it.

mod print;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Subcommand, ValueEnum};
use rawi_archive::{Archive, Decision, EntitySort, Mode, Share, WhichEntities};

use super::output::{Output, who};
use super::{Place, usage};

/// Look up who is who in an archive, and decide about it.
///
/// Articles name the same people, bodies and places; the archive takes them for one by
/// conservative rules: the same Wikidata link, or else the same whole name and a type
/// that agrees. A name of one word is only itself, and a longer form of a name is
/// somebody else until you say otherwise. Whoever has no name (`مصدر أمني`) stands under
/// the phrase, and so do bodies that many countries have (`الحكومة`) and people of whom
/// only one word is told: such entities are marked with ~, and different articles may mean
/// different ones.
///
/// What the rules get wrong you decide: merge, split, rename. Each decision is kept with
/// the day and with who made it, can be undone, and holds for what is read later.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  rawi entity list --type PER --like البدري
  rawi entity show \"سالم البدري\"
  rawi entity merge 12 57 90
  rawi entity split 12 --article n-17 --article n-31
  rawi entity split 12 --name \"سالم البدري المدرب\"
  rawi entity rename 12 \"سالم فهد البدري\"
  rawi entity history
  rawi entity undo 3

Exit codes:
  0  it was found, or decided
  1  the archive could not be read or written
  2  wrong usage: nobody or several are meant, or it cannot be decided so";

// A comment on a variant would take the place of all that its `Args` say.
#[derive(Subcommand)]
enum What {
    List(ListArgs),
    Show(ShowArgs),
    Merge(MergeArgs),
    Split(SplitArgs),
    Rename(RenameArgs),
    History(HistoryArgs),
    Undo(UndoArgs),
}

/// List entities, those who say most first.
#[derive(clap::Args)]
struct ListArgs {
    /// Only of this type: PER, ORG, MEDIA, GPE, LOC, FAC, GROUP or ANON
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Only those one of whose names has words that begin with these
    #[arg(long, value_name = "TEXT")]
    like: Option<String>,
    /// Which come first
    #[arg(long, value_enum, default_value_t = Order::Statements)]
    sort: Order,
    /// How many to print
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Tell all of an entity: its names and titles, what it says when, to whom and where.
///
/// Counts are of the current versions of articles. A name may mean several: they are
/// listed, and the number tells them apart.
#[derive(clap::Args)]
struct ShowArgs {
    /// A number, like 12 or #12, or a name
    who: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Decide that several entities are one: the first one.
#[derive(clap::Args)]
struct MergeArgs {
    /// Numbers or names
    #[arg(required = true, num_args = 2..)]
    who: Vec<String>,
    #[command(flatten)]
    deciding: Deciding,
}

/// Decide that some appearances of an entity are of somebody else, who becomes an entity.
///
/// It holds for articles that come later, too: whoever goes by the name, or stands in a
/// later version of the article, is the new entity.
#[derive(clap::Args)]
struct SplitArgs {
    /// A number or a name
    who: String,
    /// Those by this name
    #[arg(long, value_name = "NAME", required_unless_present = "article")]
    name: Vec<String>,
    /// Those in the article of this id
    #[arg(long, value_name = "ID")]
    article: Vec<String>,
    #[command(flatten)]
    deciding: Deciding,
}

/// Decide how an entity is called.
#[derive(clap::Args)]
struct RenameArgs {
    /// A number or a name
    who: String,
    /// The name that it gets
    name: String,
    #[command(flatten)]
    deciding: Deciding,
}

/// List the decisions, the first one first.
#[derive(clap::Args)]
struct HistoryArgs {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Undo a decision, whatever was decided since.
#[derive(clap::Args)]
struct UndoArgs {
    /// Its number, as `rawi entity history` tells it
    decision: i64,
    #[command(flatten)]
    deciding: Deciding,
}

/// What every decision takes.
#[derive(clap::Args)]
struct Deciding {
    /// Who decides; by default the name of the user
    #[arg(long, value_name = "WHO")]
    by: Option<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    output: Output,
}

/// Which come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Order {
    /// Those who say most
    Statements,
    /// By name
    Name,
    /// Those who were met first
    Number,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    match &args.what {
        What::List(args) => args.run(),
        What::Show(args) => args.run(),
        What::Merge(args) => args.deciding.run(|archive, who| {
            let mut ids = Vec::new();
            for one in &args.who {
                ids.push(archive.entity_named(one)?);
            }
            archive.merge_entities(&ids, who)
        }),
        What::Split(args) => args.deciding.run(|archive, who| {
            let id = archive.entity_named(&args.who)?;
            let share = Share {
                names: args.name.clone(),
                articles: args.article.clone(),
            };
            archive.split_entity(id, &share, who).map(|(id, ..)| id)
        }),
        What::Rename(args) => args.deciding.run(|archive, who| {
            let id = archive.entity_named(&args.who)?;
            archive.rename_entity(id, &args.name, who)
        }),
        What::History(args) => {
            let archive = args.place.open(Mode::Read)?;
            let decisions = archive.decisions().map_err(usage)?;
            args.output.print(&decisions, |decision, style| {
                print::decision(&archive, decision, style)
            })
        }
        What::Undo(args) => args
            .deciding
            .run(|archive, who| archive.undo_decision(args.decision, who)),
    }
}

impl ListArgs {
    fn run(&self) -> Result<ExitCode> {
        let archive = self.place.open(Mode::Read)?;
        let which = WhichEntities {
            kind: self.kind.as_ref().map(|kind| kind.to_uppercase()),
            like: self.like.clone(),
            sort: match self.sort {
                Order::Statements => EntitySort::Statements,
                Order::Name => EntitySort::Name,
                Order::Number => EntitySort::Number,
            },
            limit: self.limit as usize,
        };
        let all = archive.entities(&which).map_err(usage)?;
        self.output
            .print(&all, |one, style| Ok(print::listed(one, style)))
    }
}

impl ShowArgs {
    fn run(&self) -> Result<ExitCode> {
        let archive = self.place.open(Mode::Read)?;
        let id = archive.entity_named(&self.who).map_err(usage)?;
        let portrait = archive.portrait(id).map_err(usage)?;
        self.output
            .print(&[portrait], |one, style| Ok(print::portrait(one, style)))
    }
}

impl Deciding {
    /// Decides, and tells what was decided.
    fn run(
        &self,
        decide: impl FnOnce(&mut Archive, &str) -> Result<i64, rawi_archive::ArchiveError>,
    ) -> Result<ExitCode> {
        let mut archive = self.place.open(Mode::Write)?;
        let who = who(self.by.as_deref())?;
        let id = decide(&mut archive, &who).map_err(usage)?;
        let all = archive.decisions().map_err(usage)?;
        let decided: Vec<Decision> = all.into_iter().filter(|d| d.id == id).collect();
        self.output.print(&decided, |decision, style| {
            print::decision(&archive, decision, style)
        })
    }
}
