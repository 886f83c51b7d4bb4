//! `rawi verify`: readings checked against the articles that they were read from, or an
//! archive against itself.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use anyhow::{Context, Result, bail};
use rawi::{Article, Reader, Reading, Verified, Worker};
use rawi_input::{Budget, Hold, Inputs, Record};

use crate::read::counted;
use crate::{Usage, archive, input, tell};

/// How many articles are read ahead.
const AHEAD: usize = 64;

/// How many bytes of articles are read ahead.
const BYTES: u64 = 16 << 20;

/// The longest line, in bytes: a reading of the longest article.
pub const LONGEST: u64 = 512 << 20;

/// How many readings that do not hold are named; the others are counted.
pub const NAMED: usize = 20;

/// Check readings against their articles, or an archive.
///
/// Every span is sliced again from the article of the same id; every name, id, code,
/// date and number is checked, and every article must have its reading. With
/// `--reread`, each article is read again as well and the reading must be the same
/// in every field, so that nothing can have been added, changed or left out.
///
/// Of an archive alone everything is checked: the file's structure, the hash of every
/// text, every span of every reading, every row that follows from one, and every term of
/// the indexes. With an export of `rawi export` each row of that is checked against the
/// archive: the hash of its text, where its words stand, and every other cell.
///
/// Exit code: 0 if everything holds, 1 if anything does not.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Readings, as `rawi read --format jsonl` prints them, gzipped or not, `-` for standard
    /// input; or with --archive a file that `rawi export` wrote
    #[arg(required_unless_present = "archive")]
    readings: Option<PathBuf>,
    /// The articles that were read, in any form that `rawi read` takes
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "readings")]
    articles: Vec<PathBuf>,
    /// Check this archive, or the export against it
    #[arg(long, value_name = "FILE", conflicts_with = "articles")]
    archive: Option<PathBuf>,
    #[command(flatten)]
    input: input::Options,
    /// Read every article again and compare
    #[arg(long, requires = "articles")]
    reread: bool,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  rawi read samples/articles.jsonl --format jsonl -o readings.jsonl
  rawi verify readings.jsonl --articles samples/articles.jsonl
  rawi verify readings.jsonl --articles samples/articles.jsonl --reread
  rawi verify --archive news.rawi
  rawi verify statements.csv --archive news.rawi";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    match (&args.archive, &args.readings) {
        (Some(path), None) => return archive::prove::whole(path, args.quiet),
        (Some(path), Some(export)) => return archive::prove::export(export, path, args.quiet),
        (None, _) => {}
    }
    let Some(name) = &args.readings else {
        let problem = "name the readings to check, or an --archive";
        return Err(Usage(problem.to_owned()).into());
    };
    if args.articles.is_empty() {
        let problem = "name what the readings are to be checked against: --articles or --archive";
        return Err(Usage(problem.to_owned()).into());
    }
    if is_stdin(name) && args.articles.iter().any(|a| is_stdin(a)) {
        let problem = "readings and articles cannot both come from standard input";
        return Err(Usage(problem.to_owned()).into());
    }
    let readings = open(name)?;
    let inputs = args.input.inputs(&args.articles)?;
    let mut articles = Articles::read_ahead(inputs);
    let mut proof = Proof::new(name, args.reread)?;
    proof.check(readings, &mut articles)?;
    for id in articles.left() {
        proof.fault(&format!("article {id} has no reading"));
    }
    proof.close(articles.failed)
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

pub fn open(path: &Path) -> Result<impl BufRead> {
    let name = path.display();
    let raw: Box<dyn Read + Send> = if is_stdin(path) {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("cannot open {name}"))?)
    };
    rawi_input::unpacked(raw).with_context(|| format!("cannot read {name}"))
}

/// What was checked so far, and what did not hold.
struct Proof<'a> {
    name: std::path::Display<'a>,
    again: Option<Worker>,
    readings: usize,
    done: Verified,
    faults: usize,
}

impl<'a> Proof<'a> {
    fn new(name: &'a Path, reread: bool) -> Result<Self> {
        let again = match reread {
            true => Some(Reader::new()?.worker()),
            false => None,
        };
        Ok(Self {
            name: name.display(),
            again,
            readings: 0,
            done: Verified::default(),
            faults: 0,
        })
    }

    fn fault(&mut self, text: &str) {
        self.faults += 1;
        if self.faults <= NAMED {
            tell(text);
        }
    }

    /// Checks reading after reading; one that does not hold is named, and the
    /// others are still checked.
    fn check(&mut self, mut input: impl BufRead, articles: &mut Articles) -> Result<()> {
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let name = &self.name;
            let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
            if read.with_context(|| format!("{name}:{number}: cannot read on"))? == 0 {
                break;
            }
            if line.len() as u64 == LONGEST {
                bail!(
                    "{name}:{number}: longer than {} MiB, no reading is",
                    LONGEST >> 20
                );
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if let Err(problem) = self.one(&line, articles) {
                let text = format!("{}:{number}: {problem}", self.name);
                self.fault(&text);
            }
        }
        if self.readings == 0 && self.faults == 0 {
            bail!("{}: holds no reading", self.name);
        }
        Ok(())
    }

    fn one(&mut self, line: &[u8], articles: &mut Articles) -> Result<(), String> {
        let reading: Reading =
            serde_json::from_slice(line).map_err(|e| format!("is no reading: {e}"))?;
        let id = &reading.id;
        let Some(article) = articles.take(id) else {
            return Err(format!("reading {id} has no article among those given"));
        };
        self.readings += 1;
        let held = |e: rawi::VerifyError| format!("reading {id}: {e}");
        self.done += rawi::verify(&reading, &article).map_err(held)?;
        let Some(worker) = &mut self.again else {
            return Ok(());
        };
        worker.confirm(&reading, &article).map_err(held)?;
        match says_more(line, &reading) {
            true => Err(format!("reading {id}: holds more than a reading does")),
            false => Ok(()),
        }
    }

    fn close(self, failed: usize) -> Result<ExitCode> {
        if self.faults > NAMED {
            tell(&format!(
                "and {} more that do not hold",
                self.faults - NAMED
            ));
        }
        if self.faults > 0 || failed > 0 {
            let faults = counted(self.faults, "fault");
            let readings = counted(self.readings, "reading");
            let failed = counted(failed, "article");
            tell(&format!(
                "NOT verified: {faults} in {readings}, {failed} unreadable"
            ));
            return Ok(ExitCode::FAILURE);
        }
        let again = match self.again {
            Some(_) => ", and reread the same",
            None => "",
        };
        let (readings, done) = (counted(self.readings, "reading"), self.done);
        let mut out = io::stdout();
        writeln!(out, "{readings} verified: {done}{again}")?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Whether a line holds anything beside the reading that was understood of it:
/// fields of later versions are passed over, and so are those of a forger. Other
/// white space and another order of fields say nothing more.
fn says_more(line: &[u8], reading: &Reading<'_>) -> bool {
    let Ok(plain) = serde_json::to_vec(reading) else {
        return true;
    };
    let value = |json: &[u8]| serde_json::from_slice::<serde_json::Value>(json).ok();
    plain != line.trim_ascii() && value(&plain) != value(line)
}

/// The articles by id. Readings mostly come in the order of their articles, so
/// articles are read only as far as they are asked for.
struct Articles {
    records: Receiver<(Record, Hold)>,
    /// Those passed over so far; articles may share an id.
    passed: HashMap<String, VecDeque<Article>>,
    /// Records that were no article.
    failed: usize,
}

impl Articles {
    /// Begins to read. The thread is not waited for: it may hang on standard input
    /// when the answer is known already.
    fn read_ahead(inputs: Inputs) -> Self {
        let (send, records) = mpsc::sync_channel(AHEAD);
        thread::spawn(move || {
            let budget = Budget::new(BYTES);
            for record in inputs.records() {
                // Nobody closes the budget: there is always a part to be had.
                let Some(hold) = budget.hold(record.weight()) else {
                    return;
                };
                if send.send((record, hold)).is_err() {
                    return;
                }
            }
        });
        Self {
            records,
            passed: HashMap::new(),
            failed: 0,
        }
    }

    /// The next article with an id.
    fn take(&mut self, id: &str) -> Option<Article> {
        if let Some(passed) = self.passed.get_mut(id) {
            let article = passed.pop_front();
            if passed.is_empty() {
                self.passed.remove(id);
            }
            return article;
        }
        while let Some(article) = self.next() {
            if article.id == id {
                return Some(article);
            }
            let same = self.passed.entry(article.id.clone()).or_default();
            same.push_back(article);
        }
        None
    }

    /// The ids of the articles that nobody asked for, sorted.
    fn left(&mut self) -> Vec<String> {
        let passed = self.passed.drain().flat_map(|(_, same)| same);
        let mut ids: Vec<String> = passed.map(|article| article.id).collect();
        while let Some(article) = self.next() {
            ids.push(article.id);
        }
        ids.sort_unstable();
        ids
    }

    /// The next article of the input. A record that is none had no reading
    /// either; it is named and passed over.
    fn next(&mut self) -> Option<Article> {
        loop {
            match self.records.recv().ok()?.0 {
                Record::Article { article, .. } => return Some(article),
                Record::Remark(remark) => tell(&remark.to_string()),
                Record::Failed(problem) => {
                    self.failed += 1;
                    tell(&problem.to_string());
                }
            }
        }
    }
}
