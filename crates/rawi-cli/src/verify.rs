//! `rawi verify`: every span of readings, sliced anew from the articles.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use anyhow::{Context, Result, bail};
use rawi::{Article, Reading};
use rawi_input::{Inputs, Record};

use crate::tell;

/// How many articles are read ahead.
const AHEAD: usize = 64;

/// Check that every span of readings stands in its article.
///
/// Re-slices each span of each reading from the article of the same id, compares
/// hashes and follows references. Ends at the first that is off.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Readings, as `rawi read --format jsonl` prints them
    readings: PathBuf,
    /// The articles that were read, in the form that `rawi read` takes
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    articles: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  rawi read news.jsonl --format jsonl -o readings.jsonl
  rawi verify readings.jsonl --articles news.jsonl";

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let inputs = Inputs::new(args.articles.as_slice());
    thread::scope(|scope| {
        let (send, records) = mpsc::sync_channel(AHEAD);
        scope.spawn(move || inputs.each(|record| send.send(record).is_ok()));
        let mut articles = Articles::new(records);
        let (readings, spans) = verify(args, &mut articles)?;
        match articles.left() {
            0 => {}
            1 => tell("1 article has no reading"),
            left => tell(&format!("{left} articles have no reading")),
        }
        writeln!(io::stdout(), "{readings} readings, {spans} spans verified")?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Verifies all readings; gives their number and that of their spans.
fn verify(args: &Args, articles: &mut Articles) -> Result<(usize, usize)> {
    let name = args.readings.display();
    let file = File::open(&args.readings).with_context(|| format!("cannot open {name}"))?;
    let (mut readings, mut spans) = (0usize, 0usize);
    for (number, line) in (1..).zip(BufReader::new(file).lines()) {
        let place = || format!("{name}:{number}");
        let line = line.with_context(place)?;
        if line.trim().is_empty() {
            continue;
        }
        let reading: Reading =
            serde_json::from_str(&line).with_context(|| format!("{}: is no reading", place()))?;
        let Some(article) = articles.take(&reading.id) else {
            let id = &reading.id;
            bail!("{}: reading {id} has no article among those given", place());
        };
        spans += rawi::verify(&reading, &article)
            .with_context(|| format!("{}: reading {}", place(), reading.id))?;
        readings += 1;
    }
    if readings == 0 {
        bail!("{name}: holds no reading");
    }
    Ok((readings, spans))
}

/// The articles by id. Readings mostly come in the order of their articles, so
/// articles are read only as far as they are asked for.
struct Articles {
    records: Receiver<Record>,
    /// Those passed over so far; articles may share an id.
    passed: HashMap<String, VecDeque<Article>>,
    waiting: usize,
}

impl Articles {
    fn new(records: Receiver<Record>) -> Self {
        Self {
            records,
            passed: HashMap::new(),
            waiting: 0,
        }
    }

    /// The next article with an id.
    fn take(&mut self, id: &str) -> Option<Article> {
        if let Some(passed) = self.passed.get_mut(id) {
            let article = passed.pop_front();
            if passed.is_empty() {
                self.passed.remove(id);
            }
            self.waiting -= usize::from(article.is_some());
            return article;
        }
        while let Some(article) = self.next() {
            if article.id == id {
                return Some(article);
            }
            self.waiting += 1;
            let same = self.passed.entry(article.id.clone()).or_default();
            same.push_back(article);
        }
        None
    }

    /// How many articles nobody asked for.
    fn left(mut self) -> usize {
        let mut left = self.waiting;
        while self.next().is_some() {
            left += 1;
        }
        left
    }

    /// The next article of the input. A record that is none had no reading
    /// either; it is named and passed over.
    fn next(&mut self) -> Option<Article> {
        loop {
            match self.records.recv().ok()? {
                Record::Article { article, .. } => return Some(article),
                Record::Remark(said) | Record::Failed(said) => tell(&said.to_string()),
            }
        }
    }
}
