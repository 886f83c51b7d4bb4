//! `rawi read`: articles in, readings out.

mod columns;
pub mod format;
pub mod interrupt;
pub mod resume;
mod sink;
mod tally;
pub mod target;

use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum as _;
use rawi::Reader;
use rawi_input::{Inputs, Record, fault, pool};

use crate::look::Look;
use crate::words::Lang;
use crate::{Usage, input, report, tell};
use columns::Job;
use format::{Named, Output, Rows, Table};
use resume::{Left, Run};
use sink::{Form, Outcome, Plan, Sink};
pub use tally::{counted, grouped};
pub use target::Target;

/// Read articles and tell their statements and events.
///
/// Files may be plain text (a file is an article), JSON (objects one a line, one
/// after another or in an array), tables with a header (CSV, TSV), pages (HTML) or
/// containers of pages (WARC), each also gzipped and in UTF-8, UTF-16, Windows-1256
/// or ISO-8859-6; or Parquet. Of a folder all such files are read. `-` is standard
/// input.
///
/// A record has `text`, or `html`, and if it is known `id`, `title`, `published`,
/// `outlet`; `body`, `date`, `source`, `نص`, `عنوان` and many others are known
/// names of these, and `--field` names what is not. The day of publication matters:
/// without it `أمس` has no date.
///
/// Confidence is told in words where a reading is not clear: `likely` below 0.75,
/// `weak` below 0.45. It is about the reading, not about the truth of what was said.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files and folders to read, `-` for standard input
    files: Vec<PathBuf>,
    /// Day of publication of articles that name none, like 2025-02-12 or 12/2/2025
    #[arg(long, value_name = "DATE", value_parser = input::day)]
    published: Option<String>,
    /// What to print; by default what the name of the output file asks for, else
    /// `pretty`
    #[arg(long, short, value_enum)]
    format: Option<Output>,
    /// What the rows of a table are: by default events of csv, readings of parquet
    #[arg(long, value_enum)]
    table: Option<Rows>,
    #[command(flatten)]
    input: input::Options,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say of each statement and event why it reads as it does
    #[arg(long)]
    explain: bool,
    /// Write to a file instead of standard output
    ///
    /// The file is written beside its place and takes it when it is whole: a run
    /// that fails or is interrupted leaves an old file as it was. A name that
    /// ends in .gz is compressed. With --format parquet it may be a folder, which
    /// gets a file for each input, with the rows and row groups of the input.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on from what an interrupted run left of the output file (JSON lines), or
    /// leave out inputs whose file in the folder is whole (parquet)
    #[arg(long, requires = "output")]
    resume: bool,
    /// Leave out statements and events of less confidence, from 0 to 1
    #[arg(long, value_name = "X", value_parser = share)]
    min_confidence: Option<f64>,
    /// Say nothing on standard error but what failed
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    look: Look,
}

const EXAMPLES: &str = "\
Examples:
  rawi read article.txt --published 2025-02-12
  cat article.txt | rawi read
  rawi read samples/articles.jsonl -o page.html
  rawi read 2024-*.jsonl.gz --threads 8 -o readings.jsonl.gz
  rawi read 2024-*.jsonl.gz --threads 8 -o readings.jsonl.gz --resume
  rawi read news.jsonl -o events.csv
  rawi read news.jsonl -o statements.csv --table statements --min-confidence 0.6
  rawi read part-*.parquet --format parquet -o readings/ --resume
  rawi read news.jsonl -o statements.parquet --table statements
  rawi read article.txt --explain

A record that cannot be read is named on standard error and the others are read.
At the end standard error has a line that sums up, unless one article was printed.

Exit codes:
  0    everything was read
  1    some records failed; or the output could not be written
  2    wrong usage, or the output file is held by another run
  130  interrupted (143 terminated, 129 hung up); a file is then as it was";

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 1, like 0.6".into()),
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() {
        if io::stdin().is_terminal() {
            let problem =
                "name the files to read, or `-` for standard input; see `rawi read --help`";
            return Err(Usage(problem.to_owned()).into());
        }
        &stdin[..]
    } else {
        &args.files
    };
    let path = args.output.as_deref().filter(|p| *p != Path::new("-"));
    let format = args.format(path)?;
    if target::is_read(path, files) {
        let name = path.map_or("standard output".into(), |p| p.display().to_string());
        return Err(Usage(format!("{name} is read from: write to another file")).into());
    }
    let terminal = path.is_none() && io::stdout().is_terminal();
    let form = Form {
        format,
        table: match args.table {
            Some(Rows::Statements) => Table::Statements,
            _ => Table::Events,
        },
        style: args.look.style(terminal),
        page: args.look.lang.unwrap_or(Lang::Ar),
    };
    let reader = Reader::new()?.with_explanations(args.explain);
    let inputs = args.input.inputs(files)?;
    let inputs = inputs
        .with_published(args.published.clone())
        .without(path.map(Path::to_owned));
    let threads = args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    interrupt::watch();
    if format == Output::Parquet {
        return args.columns(&reader, &inputs, threads, path, total(files));
    }
    let (out, mut left) = args.open(path, format)?;
    interrupt::leaves(out.remnant());
    // Not over output on the same terminal.
    let progress = !terminal && !args.quiet && io::stderr().is_terminal();
    let plan = Plan {
        form,
        quiet: args.quiet,
        file: path.is_some(),
        progress,
        // It is only for the bar, and takes opening every file.
        total: progress.then(|| total(files)).flatten(),
        left: left.len(),
    };
    let mut sink = Sink::open(out, &plan)?;
    pool::run(
        threads,
        |give| {
            let mut number = 0u64;
            for record in inputs.records() {
                number += 1;
                let kept = matches!(&record, Record::Article { article, .. } if left.has(article));
                let weight = record.weight();
                if !give((number, record, kept), weight) {
                    return;
                }
            }
        },
        || {
            let mut worker = reader.worker();
            let reader = &reader;
            move |(number, record, kept)| {
                let (article, place, bytes) = match record {
                    Record::Remark(remark) => return Outcome::Remark(remark.to_string()),
                    Record::Failed(problem) => return Outcome::Failed(problem.to_string()),
                    Record::Article { bytes, .. } if kept => return Outcome::Kept { size: bytes },
                    Record::Article {
                        article,
                        place,
                        bytes,
                        ..
                    } => (article, place, bytes),
                };
                let failed = |why: &dyn Display| {
                    let named = named(&place.to_string(), &article.id);
                    Outcome::Failed(format!("{named}: {why}"))
                };
                let read = || match form.format {
                    Output::Conllu => match worker.conllu(&article) {
                        Ok(trees) => Outcome::trees(trees, bytes),
                        Err(e) => failed(&e),
                    },
                    _ => match worker.read(&article) {
                        Ok(mut reading) => {
                            if let Some(least) = args.min_confidence {
                                reading.drop_below(least);
                            }
                            Outcome::print(number, &article, &reading, bytes, form)
                        }
                        Err(e) => failed(&e),
                    },
                };
                fault::guarded(read).unwrap_or_else(|fault| {
                    worker = reader.worker();
                    failed(&fault)
                })
            }
        },
        // The feed may be waiting for standard input, and nothing but the end of
        // the process can call it off.
        |outcome| match sink.take(outcome) {
            Ok(()) => Ok(()),
            Err(e) => std::process::exit(i32::from(report(&sink.failed(e)))),
        },
    )
    .map_err(|e: anyhow::Error| sink.failed(e))?;
    sink.finish()
}

impl Args {
    /// The form of the output: the one that is named, or that the name of the
    /// file asks for.
    fn format(&self, path: Option<&Path>) -> Result<Output> {
        let named = path.map_or(Named::Nothing, Output::named);
        let format = match (self.format, named) {
            (Some(format), Named::As(other)) => {
                if format != other && !self.quiet {
                    let name = path.unwrap_or(Path::new("-")).display();
                    let format = format.to_possible_value();
                    let format = format.as_ref().map_or("", |v| v.get_name());
                    tell(&format!("{name} gets {format}, as --format says"));
                }
                format
            }
            (Some(format), _) => format,
            (None, Named::As(format)) => format,
            (None, Named::Nothing) => Output::Pretty,
            (None, Named::Unknown) => {
                let problem = format!(
                    "{} does not tell what to print: end it in .jsonl, .csv, .parquet, .html, .plover, .conllu or .txt, or say --format",
                    path.unwrap_or(Path::new("-")).display()
                );
                return Err(Usage(problem).into());
            }
        };
        let is_folder = path.is_some_and(is_folder);
        let csv_has = matches!(self.table, None | Some(Rows::Events | Rows::Statements));
        let no_place = matches!(
            format,
            Output::Plover | Output::Csv | Output::Conllu | Output::Parquet
        );
        let problem = if self.resume && format != Output::Jsonl && !is_folder {
            "--resume goes on with JSON lines only, and with parquet in a folder: other forms are made anew"
        } else if is_folder && format != Output::Parquet {
            "a directory is for --format parquet: name a file in it"
        } else if self.table.is_some() && !matches!(format, Output::Csv | Output::Parquet) {
            "--table is for csv and parquet: add --format, or end the file's name in .csv or .parquet"
        } else if format == Output::Csv && !csv_has {
            "csv has events and statements; the other tables are for parquet"
        } else if self.explain && no_place {
            "--explain has no place in csv, plover, conllu and parquet: use it with pretty, html or jsonl"
        } else if format == Output::Parquet && path.is_some_and(format::is_gzip) {
            "parquet is compressed already: let the name end in .parquet"
        } else if format == Output::Parquet && path.is_none() && io::stdout().is_terminal() {
            "parquet is no text: name a file with -o, or a folder"
        } else {
            return Ok(format);
        };
        Err(Usage(problem.to_owned()).into())
    }

    /// Reads into columns.
    fn columns(
        &self,
        reader: &Reader,
        inputs: &Inputs,
        threads: usize,
        path: Option<&Path>,
        total: Option<u64>,
    ) -> Result<ExitCode> {
        let mut run = self.run();
        run.options.extend(self.input.written());
        let job = Job {
            reader,
            inputs,
            table: self.table.unwrap_or(Rows::Readings).table(),
            threads,
            least: self.min_confidence,
            run: &run,
            quiet: self.quiet,
            progress: path.is_some() && !self.quiet && io::stderr().is_terminal(),
            total,
        };
        match path.filter(|path| is_folder(path)) {
            Some(folder) => job.to_folder(folder, self.resume),
            None => {
                let (out, _) = self.open(path, Output::Parquet)?;
                interrupt::leaves(out.remnant());
                job.to_one(out)
            }
        }
    }

    /// The run, as a later one may find it.
    fn run(&self) -> Run {
        let mut options = Vec::new();
        if self.explain {
            options.push("--explain".to_owned());
        }
        if let Some(least) = self.min_confidence {
            options.push(format!("--min-confidence {least}"));
        }
        if let Some(day) = &self.published {
            options.push(format!("--published {day}"));
        }
        Run {
            pid: std::process::id(),
            engine: rawi::ENGINE.to_owned(),
            options,
        }
    }

    /// Opens the output, with what an interrupted run left of it.
    fn open(&self, path: Option<&Path>, format: Output) -> Result<(Target, Left)> {
        let Some(path) = path else {
            return Ok((Target::standard(), Left::default()));
        };
        let run = self.run();
        let how = target::How {
            run: &run,
            resumable: format == Output::Jsonl,
            resume: self.resume,
            quiet: self.quiet,
        };
        Target::file(path, &how)
    }
}

/// Whether an output is to be a folder.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// The size of all inputs in bytes; none if one is a stream or compressed.
fn total(files: &[PathBuf]) -> Option<u64> {
    use std::io::Read as _;
    let size = |file: &PathBuf| {
        let meta = std::fs::metadata(file).ok().filter(|m| m.is_file())?;
        let mut head = [0; 2];
        let read = std::fs::File::open(file).and_then(|mut f| f.read(&mut head));
        (read.is_ok() && !rawi_input::is_packed(&head)).then_some(meta.len())
    };
    files.iter().map(size).sum()
}

/// A record by its place and its id, for messages.
fn named(place: &str, id: &str) -> String {
    if place == id || place.ends_with(&format!("/{id}")) {
        place.to_owned()
    } else {
        format!("{place}: {id}")
    }
}
