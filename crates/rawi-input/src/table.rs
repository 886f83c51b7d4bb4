//! Articles from tables: a header, then an article a row.

use std::io::{self, BufRead as _, Read};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder};

use crate::desk::Desk;
use crate::draft::Draft;
use crate::fields::{Columns, Fields, Role};
use crate::peek::Peek;
use crate::problem::Place;
use crate::remarks::Kind;
use crate::{LONGEST, explain, too_long};

/// The longest first line in which a header is looked for, in bytes.
pub(crate) const LONGEST_HEADER: usize = 8192;

/// What separates cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The separator of a table by its first line, and the columns it makes: that
/// by which most columns are known.
pub(crate) fn delimiter(line: &[u8], fields: &Fields) -> Option<(u8, Columns)> {
    let line = std::str::from_utf8(line).ok()?;
    let split = |delimiter: u8| {
        let mut reader = builder(delimiter).from_reader(line.as_bytes());
        let mut record = csv::StringRecord::new();
        reader.read_record(&mut record).ok()?;
        let columns: Columns = record.iter().collect();
        let known = |r: &Role| fields.find(*r, &columns).next().is_some();
        let known = Role::ALL.iter().filter(|r| known(r)).count();
        Some((known, columns.len(), delimiter, columns))
    };
    let all = DELIMITERS.into_iter().filter_map(split);
    let best = all.reduce(|best, next| {
        if (next.0, next.1) > (best.0, best.1) {
            next
        } else {
            best
        }
    })?;
    Some((best.2, best.3))
}

/// The separator of the table that an input holds, by its first line: that which
/// the line names (`sep=;`, for spreadsheets), or by the header.
pub(crate) fn delimiter_of(input: &mut Peek<impl Read>, fields: &Fields) -> io::Result<u8> {
    const NAMED: &[u8] = b"sep=";
    let head = input.peek(8)?;
    if let Some(rest) = head.strip_prefix(NAMED)
        && let Some(end) = rest.iter().take(3).position(|b| *b == b'\n')
        && end > 0
    {
        let delimiter = rest[0];
        input.consume(NAMED.len() + end + 1);
        return Ok(delimiter);
    }
    let head = input.peek(1)?;
    let end = head.iter().position(|b| *b == b'\n');
    let head = if end.is_none() {
        input.peek(LONGEST_HEADER)?
    } else {
        head
    };
    let end = head.iter().position(|b| *b == b'\n').unwrap_or(head.len());
    Ok(delimiter(&head[..end], fields).map_or(b',', |(delimiter, _)| delimiter))
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false);
    builder
}

/// A table that is read row by row.
pub(crate) struct Table<R> {
    reader: Reader<Limited<R>>,
    header: Columns,
    record: ByteRecord,
    begun: bool,
    /// Where the table begins in its file: lines and bytes before it.
    lines: u64,
    bytes: u64,
}

impl<R: Read> Table<R> {
    /// A table of which the header comes next.
    pub fn new(input: R, delimiter: u8, lines: u64, bytes: u64) -> Self {
        Table {
            reader: builder(delimiter).flexible(true).from_reader(Limited {
                inner: input,
                left: LIMIT,
                marks: 0,
            }),
            header: Columns::default(),
            record: ByteRecord::new(),
            begun: false,
            lines,
            bytes,
        }
    }

    /// The input below.
    pub fn input(&self) -> &R {
        &self.reader.get_ref().inner
    }

    /// Reads the next row; false at the end.
    pub fn step(&mut self, desk: &mut Desk<'_>) -> bool {
        if !self.begun {
            self.begun = true;
            return self.head(desk);
        }
        let from = self.reader.position().byte();
        let read = self.row();
        if matches!(read, Ok(false)) {
            if desk.records() == 0 {
                desk.fail_file("holds no record: only a header");
            }
            if self.reader.get_ref().marks % 2 == 1 {
                desk.remark(
                    Kind::Quoting,
                    "an odd number of quotation marks: one is not closed, and rows behind it may stand in its cell",
                );
            }
            return false;
        }
        desk.next_record();
        let place = self.place(desk);
        if let Err(e) = read {
            let problem = format!("{}; the records before it were read", wrong(&e));
            desk.fail(place, problem);
            return false;
        }
        let bytes = self.reader.position().byte() - from;
        match self.draft(desk.options()) {
            Ok(draft) => desk.article(
                draft,
                Place {
                    byte: None,
                    ..place
                },
                bytes,
            ),
            Err(problem) => desk.fail(place, problem),
        }
        true
    }

    fn head(&mut self, desk: &mut Desk<'_>) -> bool {
        match self.row() {
            Ok(true) => {}
            Ok(false) => {
                desk.fail_file("is empty");
                return false;
            }
            Err(e) => {
                desk.fail_file(wrong(&e));
                return false;
            }
        }
        let names = self.record.iter().map(String::from_utf8_lossy);
        self.header = names.map(String::from).collect();
        let fields = &desk.options().fields;
        let has = |role| fields.find(role, &self.header).next().is_some();
        if has(Role::Text) || has(Role::Html) {
            return true;
        }
        let problem = format!(
            "no column of text in the header: {}; name it with `--field text=COLUMN`",
            self.header.list()
        );
        desk.fail_file(problem);
        false
    }

    fn row(&mut self) -> Result<bool, csv::Error> {
        self.reader.get_mut().left = LIMIT;
        self.reader.read_byte_record(&mut self.record)
    }

    /// The place of the row at hand.
    fn place(&self, desk: &Desk<'_>) -> Place {
        let position = self.record.position();
        let line = position.map(|p| p.line() + self.lines);
        desk.place(line, position.map(|p| p.byte() + self.bytes))
    }

    fn draft(&self, options: &crate::inputs::Options) -> Result<Draft, String> {
        if self.record.len() != self.header.len() {
            return Err(format!(
                "the row has {} cells, the header {}; is a quotation mark or a separator missing?",
                self.record.len(),
                self.header.len()
            ));
        }
        if self.record.as_slice().len() > LONGEST {
            return Err(too_long());
        }
        if self.record.as_slice().contains(&0) {
            return Err("NUL character; the file is binary or UTF-16".into());
        }
        if std::str::from_utf8(self.record.as_slice()).is_err() {
            return Err("invalid UTF-8; convert the file to UTF-8".into());
        }
        let cell = |role| {
            let mut cells = options.fields.find(role, &self.header);
            cells.find_map(|i| {
                let cell = std::str::from_utf8(self.record.get(i)?).ok()?;
                (!cell.trim().is_empty()).then(|| cell.to_owned())
            })
        };
        let mut draft = Draft::of_cells(cell);
        draft.id = draft.id.map(|id| id.trim().to_owned());
        Ok(draft)
    }
}

/// What is wrong with a row that could not be read.
fn wrong(e: &csv::Error) -> String {
    match e.kind() {
        ErrorKind::Io(e) => explain(e),
        _ => e.to_string(),
    }
}

/// How much may be read for one row: the longest, with every mark doubled, and
/// what is read ahead.
const LIMIT: u64 = 2 * LONGEST as u64 + (64 << 10);

/// A reader that stops where a row cannot be this long any more: at a quotation
/// mark that is never closed, the rest of the file is one cell.
struct Limited<R> {
    inner: R,
    left: u64,
    /// Quotation marks so far. They come in pairs, doubled ones too.
    marks: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            let problem = too_long() + "; is a quotation mark not closed?";
            return Err(io::Error::other(problem));
        }
        let room = out
            .len()
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.inner.read(&mut out[..room])?;
        self.left -= count as u64;
        self.marks += out[..count].iter().filter(|b| **b == b'"').count() as u64;
        Ok(count)
    }
}
