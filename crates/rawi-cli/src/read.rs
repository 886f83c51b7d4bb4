//! `rawi read`: articles in, readings out.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use rawi::{Article, Reader, Reading};

use crate::input::{self, Inputs, Record};
use crate::{article, html, pool, pretty, tell};

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
    #[arg(long, value_enum, default_value_t = input::Format::Auto)]
    input: input::Format,
    /// Threads that read; by default one for each core
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say of each statement why it reads as it does
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
  rawi read article.txt --explain

A record that cannot be read is named on standard error and the rest goes on;
the exit code is then 1.";

/// What to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Output {
    /// For people at a terminal
    Pretty,
    /// One JSON object a line, the contract for programs
    Jsonl,
    /// One self-contained page with the statements highlighted
    Html,
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
    match article::day(text) {
        Some(day) if day == text => Ok(day.to_owned()),
        _ => Err("write it like 2025-02-12".into()),
    }
}

/// What a worker makes of a record.
enum Outcome {
    /// An article's output, its line in the index of a page, and its size.
    Done(Vec<u8>, Option<html::Entry>, u64),
    Remark(String),
    Failed(String),
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
    let path = args
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let mut out: Box<dyn Write> = match path {
        Some(path) if reads_from(files, path) => {
            tell(&format!(
                "{} is read from: write to another file",
                path.display()
            ));
            return Ok(ExitCode::from(2));
        }
        Some(path) => {
            let file =
                File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
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
    let inputs = Inputs {
        files,
        format: args.input,
        published: args.published.as_deref(),
    };
    let format = args.format;
    let threads = args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );

    let bar = progress(terminal);
    let (mut done, mut failed) = (0usize, 0usize);
    let mut index = Vec::new();
    if format == Output::Html {
        out.write_all(html::head().as_bytes())?;
    }
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
            move |(number, record): (u64, Record)| match record {
                Record::Remark(text) => Outcome::Remark(text),
                Record::Failed(text) => Outcome::Failed(text),
                Record::Article {
                    article,
                    place,
                    bytes,
                } => match worker.read(&article) {
                    Ok(reading) => {
                        let (output, entry) = print(number, &article, &reading, format, style);
                        Outcome::Done(output, entry, bytes)
                    }
                    Err(e) => Outcome::Failed(format!("{place}: {e}")),
                },
            }
        },
        |outcome| -> Result<()> {
            match outcome {
                Outcome::Done(bytes, entry, size) => {
                    if done > 0 && format == Output::Pretty {
                        out.write_all(b"\n")?;
                    }
                    out.write_all(&bytes)?;
                    index.extend(entry);
                    done += 1;
                    if done > 1 {
                        bar.set_draw_target(ProgressDrawTarget::stderr());
                    }
                    bar.inc(size);
                    bar.set_message(done.to_string());
                }
                Outcome::Remark(text) => bar.suspend(|| tell(&text)),
                Outcome::Failed(text) => {
                    failed += 1;
                    bar.suspend(|| tell(&text));
                }
            }
            Ok(())
        },
    )?;
    if format == Output::Html {
        out.write_all(html::tail(&index).as_bytes())?;
    }
    out.flush()?;
    bar.finish_and_clear();
    if failed > 0 {
        tell(&format!("{failed} of {} records failed", done + failed));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(
    number: u64,
    article: &Article,
    reading: &Reading,
    format: Output,
    style: pretty::Style,
) -> (Vec<u8>, Option<html::Entry>) {
    match format {
        Output::Pretty => (pretty::article(reading, style).into_bytes(), None),
        Output::Html => {
            let (section, entry) = html::article(number, article, reading);
            (section.into_bytes(), Some(entry))
        }
        Output::Jsonl => {
            // A reading holds only strings and numbers, which always serialize.
            let mut line = serde_json::to_vec(reading).unwrap_or_default();
            line.push(b'\n');
            (line, None)
        }
    }
}

/// The bar that shows long work on a terminal; it stays hidden for a second, so
/// that a single article does not flicker, and in a pipe for good.
fn progress() -> ProgressBar {
    let bar = ProgressBar::no_length();
    if !io::stderr().is_terminal() {
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template(
        "{spinner} {msg} articles  {bytes} ({bytes_per_sec})  {elapsed}",
    ) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}

fn width(terminal: bool) -> usize {
    const PIPE: usize = 100;
    if !terminal {
        return PIPE;
    }
    terminal_size::terminal_size().map_or(PIPE, |(width, _)| usize::from(width.0).clamp(40, 140))
}
