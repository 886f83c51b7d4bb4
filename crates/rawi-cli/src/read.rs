//! `rawi read`: articles in, readings out.

mod sink;

use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use rawi::{Reader, Worker};
use rawi_input::{Inputs, Record};

use crate::{pool, pretty, report, tell};
use sink::{Outcome, Sink};

/// Read articles and print their statements.
///
/// A file is one article of plain text, or `.jsonl` with one JSON object a line:
/// `id`, `text`, and optionally `title`, `date` or `published`, `source` or
/// `outlet`. Gzip is read as it is. `-` is standard input.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files to read, `-` for standard input
    files: Vec<PathBuf>,
    /// Day of publication of articles that name none, as 2025-02-12
    #[arg(long, value_name = "DATE", value_parser = date)]
    published: Option<String>,
    /// What to print
    #[arg(long, short, value_enum, default_value_t = Output::Pretty)]
    format: Output,
    /// What the input holds
    #[arg(long, value_enum, default_value_t = Input::Auto)]
    input: Input,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say of each statement and event why it reads as it does
    #[arg(long)]
    explain: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Color the output
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  rawi read article.txt --published 2025-02-12
  cat article.txt | rawi read
  rawi read 2024-*.jsonl.gz --format jsonl --threads 8 -o readings.jsonl
  rawi read samples/articles.jsonl --format html -o page.html
  rawi read news.jsonl --format csv -o events.csv
  rawi read article.txt --explain

A record that cannot be read is named on standard error and the rest goes on;
the exit code is then 1.";

/// What the input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Input {
    /// Judge by the file's name, or else by its first character
    Auto,
    /// One article a file
    Text,
    /// One JSON object a line, with `id`, `text` and more
    Jsonl,
}

impl From<Input> for rawi_input::Format {
    fn from(input: Input) -> Self {
        match input {
            Input::Auto => Self::Auto,
            Input::Text => Self::Text,
            Input::Jsonl => Self::Jsonl,
        }
    }
}

/// What to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Output {
    /// For people at a terminal
    Pretty,
    /// One JSON object a line, the contract for programs
    Jsonl,
    /// One self-contained page with the statements highlighted
    Html,
    /// Events only, one PLOVER record in JSON a line
    Plover,
    /// Events only, a table with a row each
    Csv,
}

/// When to color.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also into a pipe
    Always,
    /// Not at all
    Never,
}

fn date(text: &str) -> Result<String, String> {
    match rawi_input::day(text) {
        Some(day) if day == text => Ok(day.to_owned()),
        _ => Err("write it like 2025-02-12".into()),
    }
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() {
        if io::stdin().is_terminal() {
            tell("name the files to read, or `-` for standard input; see `rawi read --help`");
            return Ok(ExitCode::from(2));
        }
        &stdin[..]
    } else {
        &args.files
    };
    let path = args.output.as_deref().filter(|p| *p != Path::new("-"));
    if let Some(path) = path.filter(|p| reads_from(files, p)) {
        let path = path.display();
        tell(&format!("{path} is read from: write to another file"));
        return Ok(ExitCode::from(2));
    }
    let terminal = path.is_none() && io::stdout().is_terminal();
    let style = pretty::Style {
        color: match args.color {
            Color::Auto => terminal && std::env::var_os("NO_COLOR").is_none(),
            Color::Always => true,
            Color::Never => false,
        },
        isolate: terminal,
        width: width(terminal),
    };
    let reader = Reader::new()?.with_explanations(args.explain);
    let inputs = Inputs::new(files)
        .with_format(args.input.into())
        .with_published(args.published.clone());
    let format = args.format;
    let threads = args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let mut sink = Sink::open(path, format)?;
    pool::run(
        threads,
        |give| {
            let mut number = 0u64;
            inputs.each(|record| {
                number += 1;
                give((number, record))
            });
        },
        || {
            let mut worker = reader.worker();
            let reader = &reader;
            move |(number, record)| {
                let read = || read(&mut worker, number, record, format, style);
                catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
                    worker = reader.worker();
                    Outcome::Failed(format!("record {number}: fault in rawi, please report it"))
                })
            }
        },
        // The feed may be waiting for standard input, and nothing but the end of
        // the process can call it off.
        |outcome| {
            sink.take(outcome)
                .inspect_err(|e| std::process::exit(i32::from(report(e))))
        },
    )?;
    sink.finish()
}

/// Reads one record.
fn read(
    worker: &mut Worker,
    number: u64,
    record: Record,
    format: Output,
    style: pretty::Style,
) -> Outcome {
    let (article, place, bytes) = match record {
        Record::Remark(remark) => return Outcome::Remark(remark.to_string()),
        Record::Failed(problem) => return Outcome::Failed(problem.to_string()),
        Record::Article {
            article,
            place,
            bytes,
        } => (article, place, bytes),
    };
    match worker.read(&article) {
        Ok(reading) => Outcome::print(number, &article, &reading, bytes, format, style),
        Err(e) => Outcome::Failed(format!("{place}: {e}")),
    }
}

/// Whether a file that is to be written is one of those to read.
fn reads_from(files: &[PathBuf], path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    files
        .iter()
        .any(|file| file.canonicalize().is_ok_and(|f| f == path && f.is_file()))
}

fn width(terminal: bool) -> usize {
    const PIPE: usize = 100;
    if !terminal {
        return PIPE;
    }
    terminal_size::terminal_size().map_or(PIPE, |(width, _)| usize::from(width.0).clamp(40, 140))
}
