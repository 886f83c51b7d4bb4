//! Articles from files, folders and standard input, one after another, whatever
//! is wrong with some of them.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead as _};
use std::path::PathBuf;

use rawi::Article;

use crate::about::About;
use crate::desk::{Desk, Name};
use crate::draft::Draft;
use crate::encoding::{self, Utf8};
use crate::explain;
use crate::fields::{FieldError, Fields};
use crate::files::{self, Files};
use crate::gzip::{self, Raw};
use crate::json::Json;
#[cfg(feature = "parquet")]
use crate::parquet::{self, Parquet};
use crate::peek::Peek;
use crate::problem::{Place, Problem};
use crate::remarks::{Kind, Remarks};
use crate::sniff::{self, Form};
use crate::table::{self, Table};
use crate::text;
use crate::walk::{self, Next, Walk};
use crate::warc::{self, Warc};

/// How much white space may stand before a text, in bytes.
const BLANK: usize = 64 << 10;

/// What the input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum Format {
    /// Judge each file by its name and its first characters.
    #[default]
    Auto,
    /// One article a file, with whatever stands in it.
    Text,
    /// JSON objects, one a line, one after another or in an array.
    Json,
    /// A table with a header, its cells separated by commas, semicolons, tabs or
    /// bars.
    Csv,
    /// One page a file.
    Html,
    /// A container of pages as web archives keep them.
    Warc,
}

/// One record of the input.
#[derive(Debug)]
pub enum Record {
    /// An article, with its place for messages and its size in bytes.
    Article {
        /// The article.
        article: Article,
        /// What is known of it beside.
        about: Box<About>,
        /// Where it stands.
        place: Place,
        /// Its size in the input.
        bytes: u64,
    },
    /// Something to tell that cost no article.
    Remark(Problem),
    /// An article that could not be had.
    Failed(Problem),
}

impl Record {
    /// How much memory it takes, in bytes, for whoever must bound that.
    pub fn weight(&self) -> u64 {
        const LEAST: u64 = 256;
        LEAST
            + match self {
                Record::Article { article, .. } => article.text.len() as u64,
                Record::Remark(said) | Record::Failed(said) => said.text.len() as u64,
            }
    }
}

/// What is to be read, and how.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    files: Vec<PathBuf>,
    options: Options,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub format: Format,
    pub fields: Fields,
    pub published: Option<String>,
    pub leave_out: Option<PathBuf>,
}

impl Inputs {
    /// Files, folders with all that lies in them, and `-` for standard input.
    pub fn new(files: impl Into<Vec<PathBuf>>) -> Self {
        Inputs {
            files: files.into(),
            options: Options::default(),
        }
    }

    /// Inputs that hold what the caller says.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.options.format = format;
        self
    }

    /// The ISO day of publication of articles that name none.
    #[must_use]
    pub fn with_published(mut self, day: Option<String>) -> Self {
        self.options.published = day;
        self
    }

    /// Takes the fields that the caller names, each like `text=body`.
    ///
    /// # Errors
    ///
    /// If one is no mapping; see [`Fields::map`].
    pub fn with_fields<S: AsRef<str>>(mut self, mappings: &[S]) -> Result<Self, FieldError> {
        for mapping in mappings {
            self.options.fields.map(mapping.as_ref())?;
        }
        Ok(self)
    }

    /// A file that is not read even if it lies in a folder that is: the one
    /// that is being written.
    #[must_use]
    pub fn without(mut self, file: Option<PathBuf>) -> Self {
        self.options.leave_out = file;
        self
    }

    #[cfg(feature = "arrow")]
    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// What the inputs come to, in order; nothing is opened but folders.
    pub fn files(&self) -> Files {
        Files::of(Walk::new(
            self.files.clone(),
            self.options.leave_out.as_deref(),
        ))
    }

    /// The records of one file alone, read as these inputs are.
    pub fn of(&self, file: PathBuf) -> Records<'_> {
        Records::of(Cow::Borrowed(&self.options), vec![file])
    }

    /// The records, in order. Files are opened as they are come to.
    pub fn records(&self) -> Records<'_> {
        Records::of(Cow::Borrowed(&self.options), self.files.clone())
    }

    /// The records, for whoever keeps nothing else.
    pub fn into_records(self) -> Records<'static> {
        Records::of(Cow::Owned(self.options), self.files)
    }
}

type Input = Peek<Utf8<Raw>>;

/// The records of all inputs.
pub struct Records<'a> {
    options: Cow<'a, Options>,
    walk: Walk,
    open: Option<Open>,
    queue: VecDeque<Record>,
    remarks: Remarks,
}

/// A file that is being read.
struct Open {
    name: Name,
    records: u64,
    form: Reading,
    /// Whether it was told that the text had to be converted.
    converted: bool,
}

enum Reading {
    Json(Json, Input),
    Table(Box<Table<Input>>),
    Whole {
        input: Input,
        page: bool,
    },
    Warc(Box<Warc<Raw>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Parquet>),
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(record) = self.queue.pop_front() {
                return Some(record);
            }
            if let Some(mut open) = self.open.take() {
                if self.step(&mut open) {
                    self.open = Some(open);
                }
                continue;
            }
            let (name, raw, waits) = match self.walk.next()? {
                Next::StandardInput => {
                    let name = Name {
                        shown: "stdin".into(),
                        id: "stdin".into(),
                    };
                    (name, Ok(Box::new(io::stdin()) as Raw), true)
                }
                Next::File(path) => {
                    let (name, file) = (walk::name(&path), File::open(&path));
                    #[cfg(feature = "parquet")]
                    if let Ok(file) = &file
                        && self.begin_parquet(&name, file)
                    {
                        continue;
                    }
                    (name, file.map(|file| Box::new(file) as Raw), false)
                }
                Next::Passed(folder, passed) => {
                    if passed > 0 {
                        let problem = files::passed(&folder, passed);
                        self.queue.push_back(Record::Remark(problem));
                    }
                    continue;
                }
                Next::Nothing(folder) => return Some(Record::Failed(files::nothing(&folder))),
                Next::Failed(path, e) => (walk::name(&path), Err(e), false),
            };
            match raw.and_then(|raw| self.begin(&name, raw, waits)) {
                Ok(Some(form)) => {
                    self.open = Some(Open {
                        name,
                        records: 0,
                        form,
                        converted: false,
                    });
                }
                Ok(None) => {}
                Err(e) => {
                    let problem = Problem::new(Place::file(name.shown), explain(&e));
                    return Some(Record::Failed(problem));
                }
            }
        }
    }
}

impl<'a> Records<'a> {
    fn of(options: Cow<'a, Options>, files: Vec<PathBuf>) -> Self {
        Records {
            walk: Walk::new(files, options.leave_out.as_deref()),
            options,
            open: None,
            queue: VecDeque::new(),
            remarks: Remarks::default(),
        }
    }
}

impl Records<'_> {
    /// Reads on in an open file; false at its end.
    fn step(&mut self, open: &mut Open) -> bool {
        let (remarks, queue) = (&mut self.remarks, &mut self.queue);
        let mut desk = Desk::new(&self.options, &open.name, remarks, queue, &mut open.records);
        let more = match &mut open.form {
            Reading::Json(json, input) => json.step(input, &mut desk),
            Reading::Table(table) => table.step(&mut desk),
            Reading::Warc(warc) => warc.step(&mut desk),
            #[cfg(feature = "parquet")]
            Reading::Parquet(parquet) => parquet.step(&mut desk),
            Reading::Whole { input, page } => {
                text::whole(input, *page, Draft::default(), &mut desk);
                false
            }
        };
        let input = match &open.form {
            Reading::Json(_, input) | Reading::Whole { input, .. } => Some(input),
            Reading::Table(table) => Some(table.input()),
            // Each of its pages has an encoding of its own.
            Reading::Warc(_) => None,
            #[cfg(feature = "parquet")]
            Reading::Parquet(_) => None,
        };
        if let Some(conversion) = input.and_then(|input| input.inner().conversion()) {
            if !open.converted {
                open.converted = true;
                let how = if conversion.declared {
                    "is"
                } else {
                    "looks like"
                };
                let text = format!(
                    "{how} {}; read as that, lines and bytes are counted in UTF-8",
                    conversion.from
                );
                desk.remark(Kind::Encoding, &text);
            }
            if conversion.damaged && !more {
                desk.remark(
                    Kind::Encoding,
                    &format!(
                        "some bytes are no characters of {}; U+FFFD stands for them",
                        conversion.from
                    ),
                );
            }
        }
        if !more {
            self.remarks.end_file(&open.name.shown);
            self.queue.extend(self.remarks.take().map(Record::Remark));
        }
        more
    }

    /// Begins a table in Parquet, which is read here and there in its file. False if the
    /// file is none, and has not been touched.
    #[cfg(feature = "parquet")]
    fn begin_parquet(&mut self, name: &Name, mut file: &File) -> bool {
        use io::{Read as _, Seek as _};
        let mut head = [0; parquet::MAGIC.len()];
        let is_parquet = file.read_exact(&mut head).is_ok() && head == parquet::MAGIC;
        let named = sniff::ending(&name.shown).as_deref() == Some(sniff::PARQUET)
            && !gzip::is_packed(&head);
        if file.rewind().is_err() || !is_parquet && !named {
            return false;
        }
        let opened = file.try_clone().map_err(|e| explain(&e));
        match opened.and_then(|file| Parquet::open(file, &self.options.fields)) {
            Ok(parquet) => {
                self.open = Some(Open {
                    name: name.clone(),
                    records: 0,
                    form: Reading::Parquet(Box::new(parquet)),
                    converted: false,
                });
            }
            Err(why) => self.fail(name, &why),
        }
        true
    }

    /// Finds out what a file is; `None` if it is nothing that can be read, which
    /// has been told. `waits` says that not all may be there yet.
    fn begin(&mut self, name: &Name, raw: Raw, waits: bool) -> io::Result<Option<Reading>> {
        let mut raw = gzip::opened(raw)?;
        let head = raw.peek(if waits { 4 } else { sniff::MAGICS })?;
        if let Some(why) = sniff::refused(head) {
            self.fail(name, why);
            return Ok(None);
        }
        let by_name = || sniff::by_name(&name.shown) == Some(Form::Warc);
        let is_warc = match self.options.format {
            Format::Warc => true,
            Format::Auto => raw.peek(warc::MAGIC.len())?.starts_with(warc::MAGIC) || by_name(),
            _ => false,
        };
        if is_warc {
            return Ok(Some(Reading::Warc(Box::new(Warc::new(raw)))));
        }
        let mut input = Peek::new(Utf8::new(raw));
        encoding::pass_mark(&mut input)?;
        let form = match self.options.format {
            Format::Text => Some(Form::Text),
            Format::Json => Some(Form::Json),
            Format::Csv => Some(Form::Table { delimiter: None }),
            Format::Html => Some(Form::Html),
            Format::Warc => Some(Form::Warc),
            Format::Auto => sniff::by_name(&name.shown),
        };
        let form = match form {
            Some(form) => form,
            None => match by_content(&mut input, &self.options.fields)? {
                Ok(form) => form,
                Err(why) => {
                    self.fail(name, why);
                    return Ok(None);
                }
            },
        };
        Ok(Some(match form {
            Form::Text => Reading::Whole { input, page: false },
            Form::Html => Reading::Whole { input, page: true },
            Form::Json => Reading::Json(Json::default(), input),
            // It has been told by its first bytes, before they became text.
            Form::Warc => return Ok(None),
            Form::Table { delimiter } => {
                skip_blank(&mut input)?;
                let delimiter = match delimiter {
                    Some(delimiter) => delimiter,
                    None => table::delimiter_of(&mut input, &self.options.fields)?,
                };
                let (lines, bytes) = (input.line() - 1, input.offset());
                Reading::Table(Box::new(Table::new(input, delimiter, lines, bytes)))
            }
        }))
    }

    fn fail(&mut self, name: &Name, why: &str) {
        let problem = Problem::new(Place::file(&name.shown), why);
        self.queue.push_back(Record::Failed(problem));
    }
}

/// Judges an input by its first characters; what comes before them is kept, as
/// it may belong to a text.
fn by_content(input: &mut Input, fields: &Fields) -> io::Result<Result<Form, &'static str>> {
    let mut want = 1;
    loop {
        let head = input.peek(want)?;
        let ended = head.len() < want;
        let blank = head.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let text = &head[blank..];
        if text.is_empty() && !ended && blank > BLANK {
            skip_blank(input)?;
            return Ok(match input.peek(1)?.first() {
                Some(b'{' | b'[') => Ok(Form::Json),
                Some(_) => Err("begins with more than 64 KiB of white space; remove it"),
                None => Err("is empty"),
            });
        }
        if let Some(why) = sniff::refused_xml(text) {
            return Ok(Err(why));
        }
        if let Some(form) = sniff::by_content(text, ended || text.len() > BLANK, fields) {
            return Ok(Ok(form));
        }
        want = head.len() + 1;
    }
}

fn skip_blank(input: &mut Input) -> io::Result<()> {
    loop {
        let next = input.peek(1)?;
        let blank = next.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let all = blank == next.len();
        input.consume(blank);
        if !all || blank == 0 {
            return Ok(());
        }
    }
}
