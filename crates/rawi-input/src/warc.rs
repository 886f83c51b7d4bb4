//! Pages out of WARC files, the containers of web archives.
//!
//! A record is a head of lines, an empty line and a block of so many bytes. Of
//! records that hold an answer with a page, or a page by itself, the article is read;
//! the others are counted. No more than one block is in memory.

mod http;

use std::collections::BTreeMap;
use std::io::{self, BufRead as _, Read};

use encoding_rs::Encoding;

use crate::desk::Desk;
use crate::draft::Draft;
use crate::encoding::{self, Utf8};
use crate::peek::Peek;
use crate::problem::Place;
use crate::remarks::Kind;
use crate::{LONGEST, explain, text};

/// What every record begins with.
pub(crate) const MAGIC: &[u8] = b"WARC/";

/// The longest head of a record or an answer, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The longest block that is looked into, in bytes.
const LONGEST_BLOCK: u64 = (LONGEST + LONGEST_HEAD) as u64;

/// How many kinds of records without a page are told apart.
const KINDS: usize = 12;

/// A container that is read record by record.
pub(crate) struct Warc<R> {
    input: Peek<R>,
    /// Records that hold no page, by what they are.
    passed: BTreeMap<String, u64>,
}

/// What is in a block.
struct Page {
    bytes: Vec<u8>,
    is_html: bool,
    charset: Option<&'static Encoding>,
    modified: Option<String>,
}

impl<R: Read> Warc<R> {
    pub fn new(input: Peek<R>) -> Self {
        Warc {
            input,
            passed: BTreeMap::new(),
        }
    }

    /// Reads the next record; false at the end.
    pub fn step(&mut self, desk: &mut Desk<'_>) -> bool {
        match self.record(desk) {
            Ok(true) => true,
            Ok(false) => {
                if desk.records() == 0 {
                    desk.fail_file("holds no record");
                }
                self.tell_passed(desk);
                false
            }
            // What was read before the damage has been handed on.
            Err(e) => {
                let place = desk.place(None, Some(self.input.offset()));
                let problem = format!("{}; the records before it were read", explain(&e));
                desk.fail(place, problem);
                self.tell_passed(desk);
                false
            }
        }
    }

    fn tell_passed(&mut self, desk: &mut Desk<'_>) {
        let all: u64 = self.passed.values().sum();
        if all > 0 {
            let kinds: Vec<String> = self
                .passed
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            let text = format!(
                "{all} of {} records hold no page and were passed over: {}",
                desk.records(),
                kinds.join(", ")
            );
            desk.remark(Kind::Passed, &text);
        }
    }

    fn pass(&mut self, kind: &str) {
        let kind: String = kind.chars().filter(|c| !c.is_control()).take(40).collect();
        let known = self.passed.contains_key(&kind);
        let kind = if known || self.passed.len() < KINDS {
            kind
        } else {
            "others".into()
        };
        *self.passed.entry(kind).or_default() += 1;
    }

    /// Reads one record; false at the end.
    fn record(&mut self, desk: &mut Desk<'_>) -> io::Result<bool> {
        loop {
            let next = self.input.peek(1)?;
            let blank = next.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if next.is_empty() {
                return Ok(false);
            }
            if blank == 0 {
                break;
            }
            self.input.consume(blank);
        }
        desk.next_record();
        let place = desk.place(None, Some(self.input.offset()));
        if !self.input.peek(MAGIC.len())?.starts_with(MAGIC) {
            desk.fail(
                place,
                "no record of WARC begins here; passed over to the next",
            );
            self.find_next()?;
            return Ok(true);
        }
        let Some(head) = http::head(&mut self.input, LONGEST_HEAD)? else {
            desk.fail(place, "the head of the record does not end: the file is cut off or damaged; the records before it were read");
            self.find_next()?;
            return Ok(true);
        };
        let Some(length) = head
            .get("content-length")
            .and_then(|l| l.parse::<u64>().ok())
        else {
            desk.fail(
                place,
                "the record does not say how long it is; passed over to the next",
            );
            self.find_next()?;
            return Ok(true);
        };
        let kind = head.get("warc-type").unwrap_or("").to_ascii_lowercase();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
            self.pass(&kind);
            if self.skip(length)? < length {
                return Err(io::Error::other(CUT_OFF));
            }
            return Ok(true);
        }
        let mut block = Vec::new();
        let kept = length.min(LONGEST_BLOCK);
        (&mut self.input).take(kept).read_to_end(&mut block)?;
        if (block.len() as u64) < kept || self.skip(length - kept)? < length - kept {
            desk.fail(place, CUT_OFF);
            return Ok(true);
        }
        let page = match http::page(&head, block, length) {
            Ok(Ok(page)) => page,
            Ok(Err(kind)) => {
                self.pass(&kind);
                return Ok(true);
            }
            Err(problem) => {
                let address = head.get("warc-target-uri").unwrap_or_default();
                desk.fail(place, format!("{problem} ({address})"));
                return Ok(true);
            }
        };
        hand_over(&head, &page, place, length, desk);
        Ok(true)
    }

    /// Passes over so many bytes; says how many there were.
    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let next = self.input.peek(1)?.len();
            if next == 0 {
                break;
            }
            let step = usize::try_from(left).map_or(next, |left| left.min(next));
            self.input.consume(step);
            left -= step as u64;
        }
        Ok(count - left)
    }

    /// Passes over to a line with which a record begins, or to the end.
    fn find_next(&mut self) -> io::Result<()> {
        // Not the one at hand.
        let mut beginning = false;
        loop {
            let next = self.input.peek(MAGIC.len())?;
            if next.is_empty() || beginning && next.starts_with(MAGIC) {
                return Ok(());
            }
            let end = next.iter().position(|b| *b == b'\n');
            let count = end.map_or(next.len(), |end| end + 1);
            beginning = end.is_some();
            self.input.consume(count);
        }
    }
}

const CUT_OFF: &str =
    "the record is cut off: the file is not whole; the records before it were read";

/// Hands the article of a page over.
fn hand_over(head: &http::Head, page: &Page, place: Place, length: u64, desk: &mut Desk<'_>) {
    let address = head.get("warc-target-uri").unwrap_or_default();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    let mut draft = Draft {
        url: Some(address.to_owned()),
        fetched: head.get("warc-date").map(str::to_owned),
        ..Draft::default()
    };
    draft.hints.modified.clone_from(&page.modified);
    let mut input = Peek::new(Utf8::new(Peek::new(page.bytes.as_slice())).declared(page.charset));
    if let Err(e) = encoding::pass_mark(&mut input) {
        return desk.fail(place, explain(&e));
    }
    text::at(&mut input, page.is_html, draft, place, Some(length), desk);
}
