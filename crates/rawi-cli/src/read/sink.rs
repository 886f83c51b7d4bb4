//! Where outcomes go: output, messages, progress, and the count of failures.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressDrawTarget};
use rawi::{Article, Reading};

use super::format::{Output, Table};
use super::interrupt;
use super::tally::{Tally, bar};
use super::target::Target;
use crate::words::Lang;
use crate::{Usage, html, plover, pretty, table, tell};

/// What a reading takes beside the words of its article, in bytes.
const SMALL: usize = 4 << 10;

/// The form of the output.
#[derive(Clone, Copy)]
pub struct Form {
    pub format: Output,
    pub table: Table,
    pub style: pretty::Style,
    /// The language of the page.
    pub page: Lang,
}

/// What became of a record.
pub enum Outcome {
    /// An article was read.
    Done {
        output: Vec<u8>,
        /// Its line in the index of a page.
        entry: Option<html::Entry>,
        /// Size of the record in bytes.
        size: u64,
        /// How many there are in it.
        statements: usize,
        events: usize,
    },
    /// An interrupted run had read the article; the size of its record in bytes.
    Kept { size: u64 },
    /// Something to tell that cost no article.
    Remark(String),
    /// There is no reading, and why.
    Failed(String),
}

impl Outcome {
    /// The trees of an article.
    pub fn trees(conllu: String, size: u64) -> Self {
        Outcome::Done {
            output: conllu.into_bytes(),
            entry: None,
            size,
            statements: 0,
            events: 0,
        }
    }

    /// A reading in the form asked for.
    pub fn print(
        number: u64,
        article: &Article,
        reading: &Reading<'_>,
        size: u64,
        form: Form,
    ) -> Self {
        let (output, entry) = match form.format {
            Output::Pretty => (pretty::article(reading, form.style).into_bytes(), None),
            Output::Html => {
                let (section, entry) = html::article(number, article, reading, form.page);
                (section.into_bytes(), Some(entry))
            }
            Output::Plover => (plover::records(reading), None),
            Output::Csv => match table::rows(form.table, article, reading, &|_| Vec::new()) {
                Ok(rows) => (rows, None),
                Err(error) => {
                    return Outcome::Failed(format!("{}: no table: {error}", reading.id));
                }
            },
            Output::Jsonl => {
                // Most readings are shorter than their article: one piece of memory.
                let mut line = Vec::with_capacity(article.text.len() + SMALL);
                // A reading holds only strings and numbers, which always serialize.
                let _ = serde_json::to_writer(&mut line, reading);
                line.push(b'\n');
                (line, None)
            }
            // Trees are no part of a reading: [`Self::trees`] prints them. Columns hold many
            // readings: [`super::columns`] writes them.
            Output::Conllu | Output::Parquet => (Vec::new(), None),
        };
        Outcome::Done {
            output,
            entry,
            size,
            statements: reading.statements.len(),
            events: reading.events.len(),
        }
    }
}

/// Takes outcomes in the order of the records.
pub struct Sink {
    out: Target,
    form: Form,
    index: Vec<html::Entry>,
    bar: ProgressBar,
    /// Whether a bar may be shown.
    progress: bool,
    quiet: bool,
    /// Whether the output is a file, whose end shows nowhere but in the summary.
    silent: bool,
    /// Readings that an interrupted run left, which the inputs are to have.
    left: usize,
    count: Tally,
}

/// What a sink is to know.
pub struct Plan {
    pub form: Form,
    pub quiet: bool,
    /// Whether the output is a file.
    pub file: bool,
    /// Whether a bar may be shown.
    pub progress: bool,
    /// The size of all inputs in bytes, where it is known.
    pub total: Option<u64>,
    /// How many readings an interrupted run left.
    pub left: usize,
}

impl Sink {
    /// A sink into an output that is open.
    ///
    /// # Errors
    ///
    /// If its head cannot be written.
    pub fn open(out: Target, plan: &Plan) -> Result<Self> {
        let mut sink = Self {
            out,
            form: plan.form,
            index: Vec::new(),
            bar: bar(plan.total),
            progress: plan.progress,
            quiet: plan.quiet,
            silent: plan.file,
            left: plan.left,
            count: Tally::begin(),
        };
        sink.head().map_err(|e| sink.failed(e))?;
        Ok(sink)
    }

    fn head(&mut self) -> Result<()> {
        match self.form.format {
            Output::Html => self.out.write_all(html::head(self.form.page).as_bytes())?,
            Output::Csv => self.out.write_all(&table::head(self.form.table, &[])?)?,
            Output::Pretty | Output::Jsonl | Output::Plover | Output::Conllu | Output::Parquet => {}
        }
        Ok(())
    }

    /// Writes what a record became.
    ///
    /// # Errors
    ///
    /// If the output cannot be written, or if a reading that was to be kept is of
    /// no article.
    pub fn take(&mut self, outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Kept { size } => {
                self.count.kept += 1;
                self.bar.inc(size);
            }
            Outcome::Done {
                output,
                entry,
                size,
                statements,
                events,
            } => {
                self.all_kept()?;
                if self.count.done > 0 && self.form.format == Output::Pretty {
                    self.out.write_all(b"\n")?;
                }
                self.out.write_all(&output)?;
                self.index.extend(entry);
                self.count.done += 1;
                self.count.statements += statements;
                self.count.events += events;
                self.bar.inc(size);
                if self.progress {
                    let message = format!("{} articles ({}/s)", self.count.done, self.count.rate());
                    self.bar.set_message(message);
                    // A bar for a single article would only flicker.
                    if self.count.done == 2 {
                        self.bar.set_draw_target(ProgressDrawTarget::stderr());
                    }
                }
            }
            Outcome::Remark(text) => {
                if !self.quiet {
                    self.bar.suspend(|| tell(&text));
                }
            }
            Outcome::Failed(text) => {
                self.count.failed += 1;
                self.bar.suspend(|| tell(&text));
            }
        }
        Ok(())
    }

    /// Writes what is left, puts a file in its place, and says how it went.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn finish(mut self) -> Result<ExitCode> {
        let done = self.end();
        self.bar.finish_and_clear();
        if let Err(error) = done {
            return Err(self.failed(error));
        }
        interrupt::leaves(None);
        let count = &self.count;
        // One article on standard output speaks for itself.
        let alone = !self.silent && count.done + count.kept == 1;
        if count.failed > 0 || !self.quiet && !alone {
            tell(&self.count.summary());
        }
        if count.failed == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }

    fn end(&mut self) -> Result<()> {
        self.all_kept()?;
        if self.count.done + self.count.kept == 0 && self.count.failed > 0 {
            // A file of nothing takes the place of none.
            if let Some(said) = self.out.drop_all() {
                tell(&format!("nothing was read; {said}"));
                return Ok(());
            }
        }
        if self.form.format == Output::Html {
            self.out
                .write_all(html::tail(&self.index, self.form.page).as_bytes())?;
        }
        self.out.finish()?;
        Ok(())
    }

    /// Makes sure that the kept readings have been met by their articles.
    fn all_kept(&self) -> Result<()> {
        let (kept, left) = (self.count.kept, self.left);
        if kept == left {
            return Ok(());
        }
        let problem = format!(
            "cannot go on: {left} readings were left, and number {} is of no article in its place here; \
             name the same inputs in the same order, or run without --resume",
            kept + 1
        );
        Err(Usage(problem).into())
    }

    /// Puts away what an output that failed leaves, and says what that is.
    pub fn failed(&mut self, error: anyhow::Error) -> anyhow::Error {
        self.bar.finish_and_clear();
        interrupt::leaves(None);
        match self.out.give_up() {
            Some(said) if !error.is::<Usage>() => anyhow::anyhow!("{error:#}; {said}"),
            _ => error,
        }
    }
}
