//! Inputs into the archive: many readers, one writer, and a ledger that knows after
//! every batch how far each input is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rawi::Reader;
use rawi_input::{Inputs, Language, Named, Problem, Record, fault, pool};
use rusqlite::Connection;

use crate::feeds;
use crate::ledger::{self, Given, InputKind, Stage};
use crate::prepare::{Prepared, Preparer};
use crate::write::{Kept, Origin, Writer};
use crate::{Archive, ArchiveError};

/// How many bytes of text are written in one transaction.
const BATCH_BYTES: usize = 16 << 20;

/// Why texts in other languages are passed over.
const NOT_ARABIC: &str = "hardly any Arabic letters";

/// How long an article waits to be written at most: one of a slow feed must not be lost
/// with a thousand others.
const LATEST: Duration = Duration::from_secs(5);

/// One thing to be read: what it is called, and its records once it is opened.
pub struct Input<'a> {
    /// How the ledger knows it.
    pub given: Given,
    /// Opens it.
    pub open: Box<dyn FnOnce() -> Opened<'a> + Send + 'a>,
}

impl<'a> Input<'a> {
    /// A file of some inputs.
    pub fn of(inputs: &'a Inputs, file: rawi_input::File) -> Self {
        Self {
            given: Given {
                kind: match file.path.as_os_str() == "-" {
                    true => InputKind::Stream,
                    false => InputKind::File,
                },
                place: file.id,
                size: file.size,
                modified: file.modified,
            },
            open: Box::new(move || Box::new(inputs.of(file.path))),
        }
    }

    /// All files of some inputs. What is said about others, that they are not there for
    /// instance, is passed over: for whoever knows that they are.
    pub fn files(inputs: &'a Inputs) -> Vec<Self> {
        let files = inputs.files().filter_map(|named| match named {
            Named::File(file) => Some(Self::of(inputs, file)),
            Named::Remark(_) | Named::Failed(_) => None,
        });
        files.collect()
    }
}

/// The records of an input, in order.
pub type Opened<'a> = Box<dyn Iterator<Item = Record> + 'a>;

/// What was done, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Documents that were not there before.
    pub new: u64,
    /// New versions of documents that were.
    pub versions: u64,
    /// Articles that the archive had already, word for word.
    pub known: u64,
    /// Records and inputs that failed.
    pub failed: u64,
    /// Records that were passed over on purpose.
    pub skipped: u64,
    /// Inputs that had been read before and have not changed.
    pub unchanged: u64,
    /// Statements of new documents and versions.
    pub statements: u64,
    /// Bytes of the inputs that were dealt with.
    pub bytes: u64,
}

impl Tally {
    /// How many articles were dealt with.
    pub fn articles(&self) -> u64 {
        self.new + self.versions + self.known
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.versions += other.versions;
        self.known += other.known;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.unchanged += other.unchanged;
        self.statements += other.statements;
        self.bytes += other.bytes;
    }
}

/// What is told while inputs are read.
#[derive(Debug)]
pub enum Told<'a> {
    /// Something of which no article could be had.
    Failed(&'a Problem),
    /// Something to know that cost no article.
    Remark(&'a Problem),
    /// More is on disk.
    Written(&'a Tally),
}

/// An input with what is to be read of it.
pub(crate) struct Order<'a> {
    pub id: i64,
    pub part: Part,
    pub input: Input<'a>,
}

/// Which records of an input are read.
pub(crate) enum Part {
    /// All behind the first so many.
    Behind(u64),
    /// Those of these numbers.
    Only(BTreeSet<u64>),
}

impl Part {
    fn has(&self, number: u64) -> bool {
        match self {
            Part::Behind(done) => number > *done,
            Part::Only(numbers) => numbers.contains(&number),
        }
    }
}

/// What goes to the workers: part of an input, by the input's id.
struct Job {
    input: i64,
    what: What,
}

enum What {
    Record(u64, Box<Record>),
    End,
}

/// What comes back from them.
struct Done {
    input: i64,
    bytes: u64,
    what: Out,
}

enum Out {
    Article(u64, Box<Prepared>),
    Skipped(u64, &'static str),
    Failed(u64, Problem),
    Remark(Problem),
    End,
}

impl Archive {
    /// Reads inputs into the archive. What the ledger has as done is passed over, what
    /// was interrupted goes on where it was. `stop` ends the run after what is under way;
    /// the same call goes on from there.
    ///
    /// # Errors
    ///
    /// If the archive cannot be written. What was written before is kept, and so is the
    /// ledger of it.
    pub fn ingest<'a>(
        &mut self,
        reader: &Reader,
        threads: usize,
        inputs: Vec<Input<'a>>,
        stop: &AtomicBool,
        tell: impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let mut tally = Tally::default();
        let orders = self.register(inputs, &mut tally)?;
        self.carry_out(reader, threads, orders, tally, stop, tell)
    }

    /// Reads what was ordered.
    pub(crate) fn carry_out<'a>(
        &mut self,
        reader: &Reader,
        threads: usize,
        orders: Vec<Order<'a>>,
        tally: Tally,
        stop: &AtomicBool,
        mut tell: impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let mut batch = Batch::new(&self.db, self.batch, tally);
        for order in &orders {
            if let Part::Only(_) = order.part {
                batch.again.insert(order.id);
            }
        }
        // A model of the build that cannot be opened fails here, not in a thread.
        drop(Preparer::new(reader.worker())?);
        pool::run(
            threads,
            |give| feed(orders, stop, give),
            || worker(reader),
            |done| batch.take(done, &mut tell),
        )?;
        batch.flush(&mut tell)?;
        let tally = batch.tally;
        drop(batch);
        self.tidy()?;
        Ok(tally)
    }

    /// Enters inputs into the ledger, and gives those that there is something to do for.
    fn register<'a>(
        &mut self,
        inputs: Vec<Input<'a>>,
        tally: &mut Tally,
    ) -> Result<Vec<Order<'a>>, ArchiveError> {
        let entered = self.db.transaction()?;
        let mut orders = Vec::new();
        for input in inputs {
            let standing = ledger::register(&entered, &input.given)?;
            if standing.done {
                tally.unchanged += 1;
            } else {
                orders.push(Order {
                    id: standing.id,
                    part: Part::Behind(standing.records),
                    input,
                });
            }
        }
        entered.commit()?;
        Ok(orders)
    }
}

/// Hands out the records of all inputs that are not dealt with, each input with its end.
fn feed(orders: Vec<Order<'_>>, stop: &AtomicBool, give: &mut dyn FnMut(Job, u64) -> bool) {
    const END: u64 = 64;
    for Order { id, part, input } in orders {
        let mut number = 0;
        for record in (input.open)() {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            if !matches!(record, Record::Remark(_)) {
                number += 1;
            }
            if !part.has(number) {
                continue;
            }
            let weight = record.weight();
            let job = Job {
                input: id,
                what: What::Record(number, Box::new(record)),
            };
            if !give(job, weight) {
                return;
            }
        }
        let end = Job {
            input: id,
            what: What::End,
        };
        if !give(end, END) {
            return;
        }
    }
}

/// What a thread does with each job. A fault of ours costs the article in hand.
fn worker(reader: &Reader) -> impl FnMut(Job) -> Done {
    let mut preparer = Preparer::new(reader.worker());
    move |Job { input, what }| {
        let mut size = 0;
        let what = match what {
            What::End => Out::End,
            What::Record(number, record) => match *record {
                Record::Remark(problem) => Out::Remark(problem),
                Record::Failed(problem) => Out::Failed(number, problem),
                Record::Article { about, bytes, .. } if about.written != Language::Arabic => {
                    size = bytes;
                    Out::Skipped(number, NOT_ARABIC)
                }
                Record::Article {
                    article,
                    about,
                    place,
                    bytes,
                } => {
                    size = bytes;
                    let problem = Problem::new(place.clone(), String::new());
                    let prepared = fault::guarded(|| match &mut preparer {
                        Ok(preparer) => Ok(preparer.prepare(article, *about, place)),
                        Err(e) => Err(e.to_string()),
                    });
                    match prepared.and_then(|p| p) {
                        Ok(prepared) => Out::Article(number, Box::new(prepared)),
                        Err(text) => {
                            preparer = Preparer::new(reader.worker());
                            Out::Failed(number, Problem { text, ..problem })
                        }
                    }
                }
            },
        };
        Done {
            input,
            bytes: size,
            what,
        }
    }
}

/// What waits to be written.
struct Batch<'a> {
    db: &'a Connection,
    /// How many articles are written at a time.
    most: usize,
    writer: Writer,
    articles: Vec<(Origin, Box<Prepared>)>,
    bytes: usize,
    failed: Vec<(i64, u64, Problem)>,
    skipped: Vec<(i64, &'static str)>,
    /// Inputs of which only some records are read, which says nothing of how far they are.
    again: BTreeSet<i64>,
    /// How far each input is.
    records: BTreeMap<i64, u64>,
    /// Inputs that are at their end, with what was wrong with the whole of one.
    ended: Vec<(i64, Option<String>)>,
    /// What was wrong with inputs whose end has not come.
    broken: BTreeMap<i64, String>,
    written: Instant,
    tally: Tally,
}

impl<'a> Batch<'a> {
    fn new(db: &'a Connection, most: usize, tally: Tally) -> Self {
        Self {
            db,
            most,
            writer: Writer::default(),
            articles: Vec::new(),
            bytes: 0,
            failed: Vec::new(),
            skipped: Vec::new(),
            again: BTreeSet::new(),
            records: BTreeMap::new(),
            ended: Vec::new(),
            broken: BTreeMap::new(),
            written: Instant::now(),
            tally,
        }
    }

    fn take(&mut self, done: Done, tell: &mut impl FnMut(Told<'_>)) -> Result<(), ArchiveError> {
        let input = done.input;
        self.tally.bytes += done.bytes;
        match done.what {
            Out::Article(record, prepared) => {
                self.bytes += prepared.article.text.len();
                self.records.insert(input, record);
                self.articles.push((Origin { input, record }, prepared));
            }
            Out::Failed(record, problem) => {
                tell(Told::Failed(&problem));
                self.tally.failed += 1;
                self.records.insert(input, record);
                if problem.place.record.is_none() {
                    self.broken.insert(input, problem.text.clone());
                }
                self.failed.push((input, record, problem));
            }
            Out::Skipped(record, reason) => {
                self.tally.skipped += 1;
                self.records.insert(input, record);
                self.skipped.push((input, reason));
            }
            Out::Remark(problem) => tell(Told::Remark(&problem)),
            Out::End => {
                let broken = self.broken.remove(&input);
                self.ended.push((input, broken));
            }
        }
        let late = self.written.elapsed() >= LATEST;
        if self.articles.len() >= self.most || self.bytes >= BATCH_BYTES || late {
            self.flush(tell)?;
        }
        Ok(())
    }

    /// Writes everything that waits, all of it or nothing.
    fn flush(&mut self, tell: &mut impl FnMut(Told<'_>)) -> Result<(), ArchiveError> {
        // In the order of ids the indexes grow at their end.
        self.articles.sort_by_key(|(_, p)| p.dated.rank());
        let mut writer = std::mem::take(&mut self.writer);
        self.tally = writer.together(self.db, |writer| self.write(writer, tell))?;
        self.writer = writer;
        self.articles.clear();
        self.failed.clear();
        self.skipped.clear();
        self.records.clear();
        self.ended.clear();
        self.bytes = 0;
        self.written = Instant::now();
        tell(Told::Written(&self.tally));
        Ok(())
    }

    fn write(
        &self,
        writer: &mut Writer,
        tell: &mut impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let mut tally = self.tally;
        for (origin, prepared) in &self.articles {
            let (version, kept) = writer.write(self.db, *origin, prepared)?;
            match kept {
                Kept::New => tally.new += 1,
                Kept::Version => tally.versions += 1,
                Kept::Known => tally.known += 1,
            }
            match &prepared.read {
                Ok(read) => {
                    if kept != Kept::Known {
                        tally.statements += read.terms.statements.len() as u64;
                    }
                    ledger::mend(self.db, origin.input, origin.record)?;
                }
                Err(why) => {
                    let problem = Problem::new(prepared.place.clone(), why.as_str());
                    tell(Told::Failed(&problem));
                    tally.failed += 1;
                    let Origin { input, record } = *origin;
                    ledger::fail(self.db, input, record, Stage::Read, &problem, Some(version))?;
                }
            }
        }
        for (input, record, problem) in &self.failed {
            let stage = match problem.place.record {
                Some(_) => Stage::Parse,
                None => feeds::stage(self.db, *input)?,
            };
            ledger::fail(self.db, *input, *record, stage, problem, None)?;
        }
        for (input, reason) in &self.skipped {
            ledger::skip(self.db, *input, reason)?;
        }
        for (input, records) in &self.records {
            if !self.again.contains(input) {
                ledger::advance(self.db, *input, *records)?;
            }
        }
        for (input, broken) in &self.ended {
            ledger::end(self.db, *input, broken.as_deref())?;
        }
        Ok(tally)
    }
}
