//! `rawi export`: everything of an archive, or all that matches a query, as a file.

mod gold;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use rawi_archive::query::Query;
use rawi_archive::{ArchiveError, Mode};
use rawi_columns::Table;

use super::{Place, bar, usage};
use crate::read::format::Rows;
use crate::read::resume::Run;
use crate::read::target::{How, Target};
use crate::read::{counted, interrupt};
use crate::{Usage, tell};
use rawi_export::{Form, Out};

/// Write what an archive holds to a file, without a limit.
///
/// A query chooses: statements where the table is one of statements, else articles, just
/// as many as `rawi ask --count` (with `--articles`) counts. Without one everything is
/// written. Only the current version of each article counts, as in every search.
///
/// Rows come by the day of publication, the oldest first (those without a day before all
/// others), and then as they arrived. Each carries the hash of the text that it stands in,
/// so that `rawi verify FILE --archive` can prove it.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// What to write, as `rawi ask` takes it; everything without it
    query: Vec<String>,
    #[command(flatten)]
    place: Place,
    /// What to write; by default what the name of the output file asks for, else jsonl
    #[arg(long, short, value_enum)]
    format: Option<Format>,
    /// What the rows are: by default statements of csv and parquet, whole readings of jsonl
    #[arg(long, value_parser = kept())]
    table: Option<Rows>,
    /// Write what people accepted and corrected, in the form in which readings are measured
    ///
    /// A list of the articles that somebody looked at as a whole (`rawi correct review`),
    /// with their statements and events as people say they are. The words by which somebody
    /// is mentioned and the times are the engine's, and nobody judged them.
    #[arg(long, conflicts_with_all = ["query", "format", "table"])]
    gold: bool,
    /// With --gold: write the texts of these articles to this file, an object a line
    #[arg(long, value_name = "FILE", requires = "gold")]
    texts: Option<PathBuf>,
    /// Write to a file instead of standard output
    ///
    /// The file is written beside its place and takes it when it is whole: a run that
    /// fails or is interrupted leaves an old file as it was. A name that ends in .gz is
    /// compressed.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi export --archive news.rawi -o statements.csv
  rawi export 'speaker:\"سالم البدري\" since:2026-03' --archive news.rawi -o quotes.jsonld
  rawi export --archive news.rawi --table events -o events.parquet
  rawi export outlet:الضفاف --archive news.rawi -o readings.jsonl.gz
  rawi export act:deny --table statements --archive news.rawi -o denials.jsonl
  rawi export --gold --archive news.rawi -o gold.json --texts gold.jsonl
  rawi verify statements.csv --archive news.rawi

Exit codes:
  0    everything was written
  1    the archive could not be read, or the file not written
  2    wrong usage, or the output file is held by another run
  130  interrupted (143 terminated, 129 hung up); a file is then as it was";

/// What to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// A table with a row for each statement or, with --table, event (.csv)
    Csv,
    /// One JSON object a line: the readings as `rawi read` prints them, or with --table
    /// statements each statement with all that proves it (.jsonl, .ndjson)
    Jsonl,
    /// Statements as schema.org Quotations with Web Annotation selectors (.jsonld)
    Jsonld,
    /// A table in columns; docs/columns.md describes all six (.parquet)
    Parquet,
    /// Events only, one PLOVER record in JSON a line (.plover)
    Plover,
}

/// The tables of an archive: all but that of inputs, good and bad.
fn kept() -> impl TypedValueParser<Value = Rows> {
    let rows = Rows::value_variants().iter();
    let rows = rows.filter(|rows| **rows != Rows::Readings);
    let names = rows.filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(names).try_map(|name| Rows::from_str(&name, false))
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let path = args.output.as_deref().filter(|p| *p != Path::new("-"));
    if args.gold {
        return gold::run(args, path);
    }
    let form = form(args.format, args.table, path)?;
    let query = Query::parse(&args.query.join(" ")).map_err(|e| Usage(e.to_string()))?;
    let archive = args.place.open(Mode::Read)?;
    if crate::read::target::is_read(path, std::slice::from_ref(&args.place.archive)) {
        return Err(Usage("the archive is read from: write to another file".to_owned()).into());
    }
    let target = open(path, args.quiet)?;
    let remnant = target.remnant();
    let bar = bar(args.quiet || path.is_none(), None, "articles");
    let mut articles = 0;
    let written = (|| {
        let mut out = Out::begin(target, form, &archive)?;
        let each = archive.export(&query, form.scope(), |item| {
            articles += 1;
            bar.set_message(articles.to_string());
            out.item(item)
        });
        each.map_err(usage)?;
        let (mut target, rows) = out.finish()?;
        target.finish()?;
        Ok(rows)
    })();
    bar.finish_and_clear();
    let rows = settled(written, remnant)?;
    if !args.quiet && path.is_some() {
        let noun = noun(form);
        let rows = counted(rows, noun);
        tell(&format!("{rows} of {}", counted(articles, "article")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens an output that takes its place when it is whole.
pub fn open(path: Option<&Path>, quiet: bool) -> Result<Target> {
    interrupt::watch();
    let Some(path) = path else {
        return Ok(Target::standard());
    };
    let run = Run {
        pid: std::process::id(),
        engine: rawi::ENGINE.to_owned(),
        options: Vec::new(),
    };
    let how = How {
        run: &run,
        resumable: false,
        resume: false,
        quiet,
    };
    let target = Target::file(path, &how)?.0;
    interrupt::leaves(target.remnant());
    Ok(target)
}

/// What became of an output: one that failed leaves nothing.
pub fn settled<T>(written: Result<T>, remnant: Option<crate::read::target::Remnant>) -> Result<T> {
    interrupt::leaves(None);
    written.map_err(|error| match remnant {
        Some(remnant) if !error.is::<Usage>() => {
            anyhow::anyhow!("{error:#}; {}", remnant.leave())
        }
        Some(remnant) => {
            remnant.leave();
            error
        }
        None => error,
    })
}

/// The form that is asked for.
fn form(format: Option<Format>, rows: Option<Rows>, path: Option<&Path>) -> Result<Form> {
    let named = path.and_then(named);
    let Some(format) = format.or(named).or(path.is_none().then_some(Format::Jsonl)) else {
        let problem = format!(
            "{} does not tell what to write: end it in .csv, .jsonl, .jsonld, .parquet or .plover, or say --format",
            path.unwrap_or(Path::new("-")).display()
        );
        return Err(Usage(problem).into());
    };
    let wrong = |problem: &str| Err(Usage(problem.to_owned()).into());
    use crate::read::format::Table as Sheet;
    match (format, rows) {
        (Format::Csv, None | Some(Rows::Statements)) => Ok(Form::Csv(Sheet::Statements)),
        (Format::Csv, Some(Rows::Events)) => Ok(Form::Csv(Sheet::Events)),
        (Format::Csv, Some(_)) => {
            wrong("csv has statements and events; the other tables are for parquet")
        }
        (Format::Jsonl, None) => Ok(Form::Readings),
        (Format::Jsonl, Some(Rows::Statements)) => Ok(Form::Lines),
        (Format::Jsonl, Some(_)) => wrong(
            "jsonl holds whole readings, or with --table statements those; the other tables are for parquet",
        ),
        (Format::Jsonld, None | Some(Rows::Statements)) => Ok(Form::Jsonld),
        (Format::Jsonld, Some(_)) => wrong("jsonld holds statements"),
        (Format::Plover, None | Some(Rows::Events)) => Ok(Form::Plover),
        (Format::Plover, Some(_)) => wrong("plover holds events"),
        (Format::Parquet, _) if path.is_some_and(crate::read::format::is_gzip) => {
            wrong("parquet is compressed already: let the name end in .parquet")
        }
        (Format::Parquet, rows) => Ok(Form::Parquet(rows.map_or(Table::Statements, Rows::table))),
    }
}

/// The format that the name of a file asks for.
fn named(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    match name.rsplit_once('.')? {
        (rest, "jsonl" | "ndjson") if rest.ends_with(".plover") => Some(Format::Plover),
        (_, "csv") => Some(Format::Csv),
        (_, "jsonl" | "ndjson") => Some(Format::Jsonl),
        (_, "jsonld") => Some(Format::Jsonld),
        (_, "parquet") => Some(Format::Parquet),
        (_, "plover") => Some(Format::Plover),
        _ => None,
    }
}

/// What the rows of a form are called.
fn noun(form: Form) -> &'static str {
    use crate::read::format::Table as Sheet;
    match form {
        Form::Readings => "reading",
        Form::Csv(Sheet::Events) | Form::Plover => "event",
        Form::Csv(Sheet::Statements) | Form::Lines | Form::Jsonld => "statement",
        Form::Parquet(_) => "row",
    }
}

/// What an output could not take, as the archive hands it on.
pub fn broken(error: impl Into<anyhow::Error>) -> ArchiveError {
    let error: anyhow::Error = error.into();
    match error.downcast::<std::io::Error>() {
        Ok(error) => ArchiveError::Io(error),
        Err(error) => ArchiveError::Io(std::io::Error::other(format!("{error:#}"))),
    }
}
