//! Articles from files and standard input, one after another, whatever is wrong
//! with some of them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use rawi::Article;

use crate::json::from_json;
use crate::problem::{Place, Problem};

/// The longest record, in bytes: the library's limit for one article.
const LONGEST: usize = 16 << 20;

/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// What the input holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// Judge by the file's name, or else by its first character
    #[default]
    Auto,
    /// One article a file
    Text,
    /// One JSON object a line, with `id`, `text` and more
    Jsonl,
}

/// One record of the input.
#[derive(Debug)]
pub enum Record {
    /// An article, with its place for messages and its size in bytes.
    Article {
        /// The article.
        article: Article,
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

/// Reads all inputs in order and hands every record to `each`, which says
/// whether to go on.
#[derive(Clone, Debug)]
pub struct Inputs {
    files: Vec<PathBuf>,
    format: Format,
    published: Option<String>,
}

impl Inputs {
    /// Inputs of any form; `-` is standard input.
    pub fn new(files: impl Into<Vec<PathBuf>>) -> Self {
        Inputs {
            files: files.into(),
            format: Format::Auto,
            published: None,
        }
    }

    /// Inputs that hold what the caller says.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// The ISO day of publication of articles that name none.
    #[must_use]
    pub fn with_published(mut self, day: Option<String>) -> Self {
        self.published = day;
        self
    }

    /// Reads everything until `each` returns false.
    pub fn each(&self, mut each: impl FnMut(Record) -> bool) {
        for file in &self.files {
            let name = file.display().to_string();
            let done = if name == "-" {
                self.stream(io::stdin().lock(), "stdin", None, &mut each)
            } else {
                self.file(file, &name, &mut each)
            };
            match done {
                Ok(true) => {}
                Ok(false) => return,
                Err(e) => {
                    if !each(Record::Failed(Problem::new(
                        Place::file(&name),
                        explain(&e),
                    ))) {
                        return;
                    }
                }
            }
        }
    }

    fn file(
        &self,
        path: &Path,
        name: &str,
        each: &mut impl FnMut(Record) -> bool,
    ) -> io::Result<bool> {
        let meta = std::fs::metadata(path)?;
        if meta.is_dir() {
            return Ok(each(Record::Failed(Problem::new(
                Place::file(name),
                "is a directory; name the files in it",
            ))));
        }
        let json = kind_by_name(name);
        self.stream(BufReader::new(File::open(path)?), name, json, each)
    }

    fn stream(
        &self,
        mut raw: impl BufRead,
        name: &str,
        json: Option<bool>,
        each: &mut impl FnMut(Record) -> bool,
    ) -> io::Result<bool> {
        let gzip = raw.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        if gzip {
            self.plain(BufReader::new(MultiGzDecoder::new(raw)), name, json, each)
        } else {
            self.plain(raw, name, json, each)
        }
    }

    fn plain(
        &self,
        mut input: impl BufRead,
        name: &str,
        json: Option<bool>,
        each: &mut impl FnMut(Record) -> bool,
    ) -> io::Result<bool> {
        let head = input.fill_buf()?;
        let marked = head.starts_with(&BYTE_ORDER_MARK);
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Ok(each(Record::Failed(Problem::new(
                Place::file(name),
                "is UTF-16; convert it to UTF-8",
            ))));
        }
        let skip = if marked { BYTE_ORDER_MARK.len() } else { 0 };
        let first = head[skip..].iter().find(|b| !b.is_ascii_whitespace());
        let json = match self.format {
            Format::Jsonl => true,
            Format::Text => false,
            Format::Auto => json.unwrap_or(first == Some(&b'{')),
        };
        // The mark tells the encoding and is no part of the text.
        input.consume(skip);
        if json {
            self.lines(input, skip as u64, name, each)
        } else {
            self.text(input, name, each)
        }
    }

    fn text(
        &self,
        input: impl Read,
        name: &str,
        each: &mut impl FnMut(Record) -> bool,
    ) -> io::Result<bool> {
        let mut bytes = Vec::new();
        input.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
        let at = |line, byte| Place {
            line: Some(line as u64),
            byte: Some(byte as u64),
            ..Place::file(name)
        };
        let fail = |place, problem: &str| Record::Failed(Problem::new(place, problem));
        if bytes.len() > LONGEST {
            let problem = format!(
                "longer than {} MiB, too long for one article; split it",
                LONGEST >> 20
            );
            return Ok(each(fail(Place::file(name), &problem)));
        }
        let size = bytes.len() as u64;
        let line_at = |bytes: &[u8]| bytes.iter().filter(|b| **b == b'\n').count() + 1;
        if let Some(byte) = bytes.iter().position(|b| *b == 0) {
            let place = at(line_at(&bytes[..byte]), byte);
            let problem = "NUL character; the file is binary or UTF-16, convert it to UTF-8 text";
            return Ok(each(fail(place, problem)));
        }
        let record = match String::from_utf8(bytes) {
            Err(e) => {
                let byte = e.utf8_error().valid_up_to();
                let place = at(line_at(&e.as_bytes()[..byte]), byte);
                fail(place, "invalid UTF-8; convert it to UTF-8")
            }
            Ok(text) if text.trim().is_empty() => fail(Place::file(name), "is empty"),
            Ok(text) => {
                let id = Path::new(name)
                    .file_name()
                    .map_or(name.into(), |f| f.to_string_lossy());
                let mut article = Article::new(id, text);
                article.published.clone_from(&self.published);
                Record::Article {
                    article,
                    place: Place::file(name),
                    bytes: size,
                }
            }
        };
        Ok(each(record))
    }

    fn lines(
        &self,
        mut input: impl BufRead,
        mut offset: u64,
        name: &str,
        each: &mut impl FnMut(Record) -> bool,
    ) -> io::Result<bool> {
        let mut line = Vec::new();
        let mut number = 0usize;
        let mut records = 0usize;
        loop {
            number += 1;
            let (read, whole) = match line_of(&mut input, &mut line) {
                Ok(read) => read,
                // What was read before the damage has been handed on.
                Err(e) => {
                    let problem = format!("{}; the records before it were read", explain(&e));
                    let place = place(name, number, Some(offset));
                    return Ok(each(Record::Failed(Problem::new(place, problem))));
                }
            };
            if read == 0 {
                break;
            }
            let start = offset;
            offset += read;
            let go_on = match self.line(&line, whole, name, number, start) {
                None => true,
                Some(outcome) => {
                    records += 1;
                    outcome.into_iter().all(&mut *each)
                }
            };
            if !go_on {
                return Ok(false);
            }
        }
        if records == 0 {
            return Ok(each(Record::Failed(Problem::new(
                Place::file(name),
                "holds no record",
            ))));
        }
        Ok(true)
    }

    /// The records of one line: at most a remark and an article; `None` for a
    /// blank line.
    fn line(
        &self,
        line: &[u8],
        whole: bool,
        name: &str,
        number: usize,
        start: u64,
    ) -> Option<Vec<Record>> {
        let fail = |byte, problem: &str| {
            let place = place(name, number, byte);
            Some(vec![Record::Failed(Problem::new(place, problem))])
        };
        if !whole {
            let problem = format!(
                "longer than {} MiB, too long for one article",
                LONGEST >> 20
            );
            return fail(Some(start), &problem);
        }
        if let Some(at) = line.iter().position(|b| *b == 0) {
            let problem = "NUL character; the file is binary or UTF-16";
            return fail(Some(start + at as u64), problem);
        }
        let text = match std::str::from_utf8(line) {
            Ok(text) => text.trim(),
            Err(e) => {
                let byte = start + e.valid_up_to() as u64;
                return fail(Some(byte), "invalid UTF-8; convert the file to UTF-8");
            }
        };
        if text.is_empty() {
            return None;
        }
        let fallback = format!("{name}:{number}");
        match from_json(text, &fallback, self.published.as_deref()) {
            Err(problem) => fail(Some(start), &problem),
            Ok(parsed) => {
                let place = place(name, number, None);
                let remark = parsed
                    .remark
                    .map(|r| Record::Remark(Problem::new(place.clone(), r)));
                let article = Record::Article {
                    article: parsed.article,
                    place,
                    bytes: line.len() as u64,
                };
                Some(remark.into_iter().chain([article]).collect())
            }
        }
    }
}

/// The place of a line.
fn place(name: &str, number: usize, byte: Option<u64>) -> Place {
    Place {
        record: Some(number as u64),
        line: Some(number as u64),
        byte,
        ..Place::file(name)
    }
}

/// Reads one line into `line`; returns its length in bytes with its break, and
/// whether it was kept whole. Of a line that is too long nothing is kept.
fn line_of(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<(u64, bool)> {
    line.clear();
    let mut read = 0u64;
    let mut whole = true;
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if buffer.is_empty() {
            return Ok((read, whole));
        }
        let end = buffer.iter().position(|b| *b == b'\n');
        let taken = end.map_or(buffer.len(), |e| e + 1);
        if whole {
            line.extend_from_slice(&buffer[..taken]);
            if line.len() > LONGEST {
                whole = false;
                *line = Vec::new();
            }
        }
        input.consume(taken);
        read += taken as u64;
        if end.is_some() {
            return Ok((read, whole));
        }
    }
}

/// Whether a file holds JSON lines, by its name; `None` if the name does not
/// tell.
fn kind_by_name(name: &str) -> Option<bool> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match name.rsplit_once('.') {
        Some((_, "jsonl" | "ndjson")) => Some(true),
        Some((_, "txt" | "text")) => Some(false),
        _ => None,
    }
}

/// An I/O error in words that say what to do.
fn explain(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied".into(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("broken gzip data ({e}): get the file again")
        }
        _ => e.to_string(),
    }
}
