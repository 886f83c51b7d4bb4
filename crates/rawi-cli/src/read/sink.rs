//! Where outcomes go: output, messages, progress, and the count of failures.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rawi::{Article, Reading};

use super::Output;
use crate::{events, html, pretty, tell};

/// What became of a record.
pub enum Outcome {
    /// An article was read.
    Done {
        output: Vec<u8>,
        /// Its line in the index of a page.
        entry: Option<html::Entry>,
        /// Size of the record in bytes.
        size: u64,
    },
    /// Something to tell that cost no article.
    Remark(String),
    /// There is no reading, and why.
    Failed(String),
}

impl Outcome {
    /// A reading in the form asked for.
    pub fn print(
        number: u64,
        article: &Article,
        reading: &Reading,
        size: u64,
        format: Output,
        style: pretty::Style,
    ) -> Self {
        let (output, entry) = match format {
            Output::Pretty => (pretty::article(reading, style).into_bytes(), None),
            Output::Html => {
                let (section, entry) = html::article(number, article, reading);
                (section.into_bytes(), Some(entry))
            }
            Output::Plover => (events::plover(reading), None),
            Output::Csv => match events::table(reading) {
                Ok(rows) => (rows, None),
                Err(error) => {
                    return Outcome::Failed(format!("{}: no table: {error}", reading.id));
                }
            },
            Output::Jsonl => {
                // A reading holds only strings and numbers, which always serialize.
                let mut line = serde_json::to_vec(reading).unwrap_or_default();
                line.push(b'\n');
                (line, None)
            }
        };
        Outcome::Done {
            output,
            entry,
            size,
        }
    }
}

/// Takes outcomes in the order of the records.
pub struct Sink {
    out: Box<dyn Write>,
    format: Output,
    index: Vec<html::Entry>,
    bar: ProgressBar,
    /// Whether a bar may be shown: not over output on the same terminal.
    progress: bool,
    done: usize,
    failed: usize,
}

impl Sink {
    /// A sink into a file or standard output.
    pub fn open(path: Option<&Path>, format: Output) -> Result<Self> {
        let mut out: Box<dyn Write> = match path {
            Some(path) => {
                let file = File::create(path)
                    .with_context(|| format!("cannot write {}", path.display()))?;
                Box::new(BufWriter::new(file))
            }
            None => Box::new(BufWriter::new(io::stdout().lock())),
        };
        if format == Output::Html {
            out.write_all(html::head().as_bytes())?;
        }
        if format == Output::Csv {
            out.write_all(&events::head()?)?;
        }
        let free = path.is_some() || !io::stdout().is_terminal();
        Ok(Self {
            out,
            format,
            index: Vec::new(),
            bar: bar(),
            progress: free && io::stderr().is_terminal(),
            done: 0,
            failed: 0,
        })
    }

    /// Writes what a record became.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn take(&mut self, outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Done {
                output,
                entry,
                size,
            } => {
                if self.done > 0 && self.format == Output::Pretty {
                    self.out.write_all(b"\n")?;
                }
                self.out.write_all(&output)?;
                self.index.extend(entry);
                self.done += 1;
                self.bar.inc(size);
                let rate = self.done as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
                let message = format!("{} articles ({rate:.0}/s)", self.done);
                self.bar.set_message(message);
                // A bar for a single article would only flicker.
                if self.done == 2 && self.progress {
                    self.bar.set_draw_target(ProgressDrawTarget::stderr());
                }
            }
            Outcome::Remark(text) => self.bar.suspend(|| tell(&text)),
            Outcome::Failed(text) => {
                self.failed += 1;
                self.bar.suspend(|| tell(&text));
            }
        }
        Ok(())
    }

    /// Writes what is left and says how many records failed.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn finish(mut self) -> Result<ExitCode> {
        if self.format == Output::Html {
            self.out.write_all(html::tail(&self.index).as_bytes())?;
        }
        self.out.flush()?;
        self.bar.finish_and_clear();
        if self.failed == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        let all = self.done + self.failed;
        tell(&format!("{} of {all} records failed", self.failed));
        Ok(ExitCode::FAILURE)
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let template = "{spinner} {msg}  {bytes} ({bytes_per_sec})  {elapsed}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
