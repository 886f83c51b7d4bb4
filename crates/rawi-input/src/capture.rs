//! One page that was had from somewhere else than a file.

use std::collections::VecDeque;

use encoding_rs::Encoding;

use crate::desk::{Desk, Name};
use crate::draft::{Draft, Hints};
use crate::encoding::{self, Utf8};
use crate::inputs::{Options, Record};
use crate::peek::Peek;
use crate::remarks::Remarks;
use crate::{explain, sniff, text};

/// The bytes of one page with what is known of how it was had: from the network, from
/// a container of pages. What the page says of itself counts before what is said here.
///
/// ```
/// use rawi_input::{Capture, Record};
///
/// let capture = Capture {
///     address: "https://nahr.example/2026/03/02/mina/",
///     bytes: "<p>قالت الوزيرة إن الميناء سيفتح.</p>".as_bytes(),
///     fetched: Some("2026-03-02T08:30:00Z"),
///     ..Capture::default()
/// };
/// let records = capture.records();
/// let Some(Record::Article { article, about, .. }) = records.last() else {
///     panic!("{records:?}");
/// };
/// assert_eq!(article.text, "قالت الوزيرة إن الميناء سيفتح.");
/// assert_eq!(article.published.as_deref(), Some("2026-03-02"));
/// assert_eq!(about.fetched.as_deref(), Some("2026-03-02T08:30:00Z"));
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Capture<'a> {
    /// Where it was had; names the article.
    pub address: &'a str,
    /// The page, HTML or a piece of it, without transfer and content encodings.
    pub bytes: &'a [u8],
    /// The character encoding that the server declares, `windows-1256`.
    pub charset: Option<&'a str>,
    /// When it was had, in RFC 3339.
    pub fetched: Option<&'a str>,
    /// The headline in the feed that led here.
    pub title: Option<&'a str>,
    /// The date in the feed, in any form that [`rawi_time::Date::read`] takes.
    pub published: Option<&'a str>,
    /// The outlet by the feed.
    pub outlet: Option<&'a str>,
    /// Who wrote it by the feed.
    pub author: Option<&'a str>,
    /// The server's `Last-Modified`. It is told but no day of publication: most
    /// servers give the time of the answer.
    pub modified: Option<&'a str>,
    /// The ISO day of publication if neither page nor feed nor address has one.
    pub given: Option<&'a str>,
}

impl Capture<'_> {
    /// What comes of the page: remarks, then the article or why there is none.
    pub fn records(&self) -> Vec<Record> {
        let name = Name {
            shown: self.address.to_owned(),
            id: self.address.to_owned(),
        };
        let options = Options {
            published: self.given.map(str::to_owned),
            ..Options::default()
        };
        let (mut remarks, mut queue, mut records) = (Remarks::default(), VecDeque::new(), 0);
        let mut desk = Desk::new(&options, &name, &mut remarks, &mut queue, &mut records);
        let declared = self.charset.and_then(|c| Encoding::for_label(c.as_bytes()));
        let mut input = Peek::new(Utf8::new(Peek::new(self.bytes)).declared(declared));
        let string = |value: Option<&str>| value.map(str::to_owned);
        let draft = Draft {
            url: Some(self.address.to_owned()),
            fetched: string(self.fetched),
            hints: Hints {
                title: string(self.title),
                published: string(self.published),
                outlet: string(self.outlet),
                author: string(self.author),
                modified: string(self.modified),
            },
            ..Draft::default()
        };
        let refused = sniff::refused(&self.bytes[..self.bytes.len().min(sniff::MAGICS)]);
        match (refused, encoding::pass_mark(&mut input)) {
            (Some(why), _) => desk.fail_file(why),
            (None, Err(e)) => desk.fail_file(explain(&e)),
            (None, Ok(())) => text::whole(&mut input, true, draft, &mut desk),
        }
        queue.into()
    }
}
