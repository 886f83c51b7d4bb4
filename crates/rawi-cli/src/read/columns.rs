//! Readings in columns: one Parquet file of all inputs, or one for each of them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressDrawTarget};
use rawi::{Reader, Worker};
use rawi_columns::{Batches, Beside, ParquetWriter, RecordBatch, Table, told};
use rawi_input::{Inputs, Named, Problem, Record, Records, fault, pool, row_groups};

use super::resume::Run;
use super::tally::{Tally, bar};
use super::target::{How, Target};
use super::{interrupt, named};
use crate::{Usage, report, tell};

/// Of what a file of an input was made, in its metadata.
const MADE: &str = "rawi.made";

/// How many articles are turned into columns together, and how long they may be together,
/// in bytes: what few columns cost does not count then, and little is in memory.
const TOGETHER: usize = 64;
const LONG: u64 = 1 << 20;

/// What is to be done.
pub struct Job<'a> {
    pub reader: &'a Reader,
    pub inputs: &'a Inputs,
    pub table: Table,
    pub threads: usize,
    /// The least confidence of what is kept.
    pub least: Option<f64>,
    /// The run, as a later one would find it.
    pub run: &'a Run,
    pub quiet: bool,
    /// Whether a bar may be shown, and of how many bytes.
    pub progress: bool,
    pub total: Option<u64>,
}

/// A record with what was told of it.
struct Item {
    record: Record,
    remarks: Vec<Problem>,
}

/// What goes to the threads that read.
enum Work {
    Articles(Vec<Item>),
    /// The row group ends here.
    GroupEnd,
}

/// What became of it.
enum Done {
    Articles(Result<Made>),
    GroupEnd,
}

/// What some articles became.
#[derive(Default)]
struct Made {
    batches: Vec<RecordBatch>,
    /// What is to be told, in order, each with whether it is a failure.
    said: Vec<(bool, String)>,
    read: usize,
    statements: usize,
    events: usize,
    bytes: u64,
}

impl Job<'_> {
    /// Reads all inputs into one file.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn to_one(&self, target: Target) -> Result<ExitCode> {
        let (mut tally, bar) = (Tally::begin(), self.bar());
        self.write(self.inputs.records(), &[], target, None, (&mut tally, &bar))?;
        bar.finish_and_clear();
        Ok(self.end(&tally))
    }

    /// Reads each input into a file of its own in a folder. With `resume`, files that are
    /// there and were made of the same input in the same way stay.
    ///
    /// # Errors
    ///
    /// If two inputs would have one name, or a file cannot be written.
    pub fn to_folder(&self, folder: &Path, resume: bool) -> Result<ExitCode> {
        let (mut tally, bar) = (Tally::begin(), self.bar());
        let mut files = Vec::new();
        let mut names: BTreeMap<PathBuf, String> = BTreeMap::new();
        for named in self.inputs.files() {
            match named {
                Named::File(file) => {
                    let name = PathBuf::from(output_name(&file.path));
                    let shown = file.path.display().to_string();
                    if let Some(other) = names.insert(name.clone(), shown) {
                        let problem = format!(
                            "{other} and {} would both become {}: write them to different folders",
                            file.path.display(),
                            folder.join(name).display()
                        );
                        return Err(Usage(problem).into());
                    }
                    files.push((folder.join(name), file));
                }
                Named::Remark(problem) if !self.quiet => tell(&problem.to_string()),
                Named::Remark(_) => {}
                Named::Failed(problem) => {
                    tally.failed += 1;
                    tell(&problem.to_string());
                }
            }
        }
        let cannot = || format!("cannot make the folder {}", folder.display());
        fs::create_dir_all(folder).with_context(cannot)?;
        for (path, file) in files {
            let made = self.made_of(&file);
            if resume && made.is_some() && made_before(&path) == made {
                tally.kept_files += 1;
                bar.inc(file.size.unwrap_or(0));
                continue;
            }
            let how = How {
                run: self.run,
                resumable: false,
                resume: false,
                quiet: self.quiet,
            };
            let (target, _) = Target::file(&path, &how)?;
            interrupt::leaves(target.remnant());
            let groups = row_groups(&file.path).unwrap_or_default();
            let records = self.inputs.of(file.path);
            self.write(records, &groups, target, made, (&mut tally, &bar))?;
        }
        bar.finish_and_clear();
        Ok(self.end(&tally))
    }

    /// Of what a file is made, and how; none of a stream, which is another each time.
    fn made_of(&self, file: &rawi_input::File) -> Option<String> {
        let (size, modified) = (file.size?, file.modified?);
        let Run {
            engine, options, ..
        } = self.run;
        let (input, table) = (&file.id, self.table.name());
        let mut made = format!("{table} of {input}: {size} bytes, {modified}; {engine}");
        for option in options {
            made.push_str("; ");
            made.push_str(option);
        }
        Some(made)
    }

    fn bar(&self) -> ProgressBar {
        let bar = bar(self.total);
        if self.progress {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar
    }

    /// Says how it went.
    fn end(&self, tally: &Tally) -> ExitCode {
        if tally.failed > 0 || !self.quiet {
            tell(&tally.summary());
        }
        match tally.failed {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }

    /// Writes what was read of some records to a file, which takes its place when it is
    /// whole. `groups` are the rows of the row groups of the input.
    fn write(
        &self,
        records: Records<'_>,
        groups: &[u64],
        target: Target,
        made: Option<String>,
        count: (&mut Tally, &ProgressBar),
    ) -> Result<()> {
        let (tally, bar) = count;
        let remnant = target.remnant();
        let left = |error: anyhow::Error| {
            interrupt::leaves(None);
            bar.finish_and_clear();
            match &remnant {
                Some(remnant) => anyhow::anyhow!("{error:#}; {}", remnant.leave()),
                None => error,
            }
        };
        let mut out = ParquetWriter::new(target, self.table).map_err(|e| left(e.into()))?;
        if let Some(made) = made {
            out.tell(MADE, made);
        }
        let (mut rows, failed) = (0, tally.failed);
        let mut take = |done: Done| -> Result<()> {
            let made = match done {
                Done::GroupEnd => return Ok(out.end_group()?),
                Done::Articles(made) => made?,
            };
            for batch in &made.batches {
                rows += batch.num_rows();
                out.write(batch)?;
            }
            for (is_failure, said) in made.said {
                tally.failed += usize::from(is_failure);
                if is_failure || !self.quiet {
                    bar.suspend(|| tell(&said));
                }
            }
            tally.done += made.read;
            tally.statements += made.statements;
            tally.events += made.events;
            bar.inc(made.bytes);
            bar.set_message(format!("{} articles ({}/s)", tally.done, tally.rate()));
            Ok(())
        };
        pool::run(
            self.threads,
            |give| feed(records, groups, give),
            || self.worker(),
            // The feed may be waiting for standard input, and nothing but the end of
            // the process can call it off.
            |done| match take(done) {
                Ok(()) => Ok(()),
                Err(e) => std::process::exit(i32::from(report(&left(e)))),
            },
        )
        .map_err(|e: anyhow::Error| left(e))?;
        let mut target = out.finish().map_err(|e| left(e.into()))?;
        if rows == 0 && tally.failed > failed {
            // A file of nothing takes the place of none.
            if let Some(said) = target.drop_all() {
                tell(&format!("nothing was read; {said}"));
            }
        } else {
            target.finish().map_err(|e| left(e.into()))?;
        }
        interrupt::leaves(None);
        Ok(())
    }

    /// What a thread does.
    fn worker(&self) -> impl FnMut(Work) -> Done {
        let mut worker = self.reader.worker();
        let mut batches = Batches::new(self.table, usize::MAX);
        move |work| match work {
            Work::GroupEnd => Done::GroupEnd,
            Work::Articles(items) => Done::Articles(self.read(items, &mut worker, &mut batches)),
        }
    }

    fn read(&self, items: Vec<Item>, worker: &mut Worker, batches: &mut Batches) -> Result<Made> {
        let mut made = Made::default();
        for Item { record, remarks } in items {
            let said = remarks.iter().map(|problem| (false, problem.to_string()));
            made.said.extend(said);
            let remarks: Vec<String> = remarks.into_iter().map(|p| p.text).collect();
            let full = match record {
                Record::Remark(problem) => {
                    made.said.push((false, problem.to_string()));
                    None
                }
                Record::Failed(problem) => {
                    made.said.push((true, problem.to_string()));
                    let place = &problem.place;
                    let number = |record| format!("{}:{record}", place.file);
                    match problem.id.clone().or(place.record.map(number)) {
                        Some(id) => batches.push_error(&id, &problem.text, &remarks)?,
                        // A whole file: it is no row.
                        None => None,
                    }
                }
                Record::Article {
                    article,
                    about,
                    place,
                    bytes,
                } => {
                    made.bytes += bytes;
                    let beside = Beside {
                        extracted: about.extracted,
                        remarks: &remarks,
                        archived: None,
                    };
                    let read = fault::guarded(|| {
                        let mut reading = worker.read(&article).map_err(|e| e.to_string())?;
                        if let Some(least) = self.least {
                            reading.drop_below(least);
                        }
                        made.statements += reading.statements.len();
                        made.events += reading.events.len();
                        Ok(batches.push(&article, &reading, beside))
                    });
                    let read = read.unwrap_or_else(|fault| {
                        *worker = self.reader.worker();
                        Err(fault)
                    });
                    match read {
                        Ok(full) => {
                            made.read += 1;
                            full?
                        }
                        Err(why) => {
                            let named = named(&place.to_string(), &article.id);
                            made.said.push((true, format!("{named}: {why}")));
                            batches.push_error(&article.id, &why, &remarks)?
                        }
                    }
                }
            };
            made.batches.extend(full);
        }
        made.batches.extend(batches.take()?);
        Ok(made)
    }
}

/// Hands out the records of an input some at a time, none over the end of a row group.
fn feed(records: Records<'_>, groups: &[u64], give: &mut dyn FnMut(Work, u64) -> bool) {
    let mut ends = groups.iter().scan(0, |end, rows| {
        *end += rows;
        Some(*end)
    });
    let mut end = ends.next();
    let (mut items, mut weight, mut rows) = (Vec::new(), 0, 0);
    let mut remarks: Vec<Problem> = Vec::new();
    for record in records {
        let of = match &record {
            Record::Remark(_) => None,
            Record::Failed(problem) => problem.place.record,
            Record::Article { place, .. } => place.record,
        };
        if let Record::Remark(problem) = record {
            remarks.push(problem);
            continue;
        }
        // Remarks on an article come before it; others are on the file.
        let (own, others): (Vec<_>, Vec<_>) = remarks
            .drain(..)
            .partition(|problem| of.is_some() && problem.place.record == of);
        items.extend(others.into_iter().map(|problem| Item {
            record: Record::Remark(problem),
            remarks: Vec::new(),
        }));
        weight += record.weight();
        let is_row = of.is_some();
        items.push(Item {
            record,
            remarks: own,
        });
        rows += u64::from(is_row);
        let at_end = is_row && end == Some(rows);
        if (at_end || items.len() >= TOGETHER || weight >= LONG)
            && !give(
                Work::Articles(std::mem::take(&mut items)),
                std::mem::take(&mut weight),
            )
        {
            return;
        }
        while end == Some(rows) {
            end = ends.next();
            if !give(Work::GroupEnd, 0) {
                return;
            }
        }
    }
    items.extend(remarks.into_iter().map(|problem| Item {
        record: Record::Remark(problem),
        remarks: Vec::new(),
    }));
    if !items.is_empty() {
        give(Work::Articles(items), weight);
    }
}

/// The name of the file that an input becomes.
fn output_name(input: &Path) -> String {
    if input == Path::new("-") {
        return "stdin.parquet".to_owned();
    }
    let name = input.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    format!("{stem}.parquet")
}

/// Of what a file was made, if it is there and says so.
fn made_before(path: &Path) -> Option<String> {
    File::open(path)
        .ok()
        .and_then(|file| told(file, MADE).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_has_one_output() {
        for (input, output) in [
            ("a/part-0.parquet", "part-0.parquet"),
            ("news.jsonl.gz", "news.parquet"),
            ("news", "news.parquet"),
            (".hidden", ".hidden.parquet"),
            ("a.b.csv", "a.b.parquet"),
            ("-", "stdin.parquet"),
        ] {
            assert_eq!(output_name(Path::new(input)), output);
        }
    }
}
