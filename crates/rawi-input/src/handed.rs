//! A text or a page that somebody hands over, as bytes in memory.

use std::collections::VecDeque;

use crate::desk::{Desk, Name};
use crate::draft::Draft;
use crate::encoding::{self, Utf8};
use crate::inputs::{Options, Record};
use crate::peek::Peek;
use crate::remarks::{Kind, Remarks};
use crate::sniff::{self, Form};
use crate::{explain, text};

/// So much of the beginning tells whether it is a page, in bytes.
const HEAD: usize = 4096;

/// One article as a file that somebody hands over: a text or an HTML page, in whatever
/// encoding. What else it says, tables and JSON, is read as text.
///
/// ```
/// use rawi_input::{Handed, Record};
///
/// let text = "قالت الوزيرة إن الميناء سيفتح.";
/// let handed = Handed { name: "mina.txt", bytes: text.as_bytes(), published: None };
/// let records = handed.records();
/// let Some(Record::Article { article, .. }) = records.first() else {
///     panic!("{records:?}");
/// };
/// assert_eq!(article.text, text);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Handed<'a> {
    /// What it is called; names the article, and its ending may tell that it is a page.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
    /// The ISO day of publication if it tells none.
    pub published: Option<&'a str>,
}

impl Handed<'_> {
    /// What comes of it: the article or why there is none, and remarks.
    pub fn records(&self) -> Vec<Record> {
        let name = Name {
            shown: self.name.to_owned(),
            id: self.name.to_owned(),
        };
        let options = Options {
            published: self.published.map(str::to_owned),
            ..Options::default()
        };
        let (mut remarks, mut queue, mut records) = (Remarks::default(), VecDeque::new(), 0);
        let mut desk = Desk::new(&options, &name, &mut remarks, &mut queue, &mut records);
        let head = &self.bytes[..self.bytes.len().min(sniff::MAGICS)];
        if let Some(why) = sniff::refused(head) {
            desk.fail_file(why);
            return queue.into();
        }
        let mut input = Peek::new(Utf8::new(Peek::new(self.bytes)));
        let page = encoding::pass_mark(&mut input).and_then(|()| {
            let head = input.peek(HEAD)?.trim_ascii_start();
            let tagged = head.starts_with(b"<") && sniff::is_page(&head[..head.len().min(HEAD)]);
            Ok(tagged || sniff::by_name(self.name) == Some(Form::Html))
        });
        match page {
            Ok(page) => text::whole(&mut input, page, Draft::default(), &mut desk),
            Err(e) => desk.fail_file(explain(&e)),
        }
        if input.inner().conversion().is_some_and(|c| c.damaged) {
            desk.remark(Kind::Encoding, "some bytes are no characters");
        }
        queue.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, bytes: &[u8]) -> Result<(String, Option<String>), String> {
        let handed = Handed {
            name,
            bytes,
            published: Some("2026-03-02"),
        };
        let article = |record| match record {
            Record::Article { article, .. } => Some(Ok((article.text, article.title))),
            Record::Failed(problem) => Some(Err(problem.text)),
            Record::Remark(_) => None,
        };
        handed.records().into_iter().find_map(article).unwrap()
    }

    #[test]
    fn texts_and_pages_in_any_encoding() {
        let page = "\u{feff} <!doctype html><title>عنوان المقال</title><p>قالت الوزيرة إن الميناء سيفتح.</p>";
        let said = "قالت الوزيرة إن الميناء سيفتح.";
        assert_eq!(read("a", said.as_bytes()).unwrap().0, said);
        let (text, title) = read("a", page.as_bytes()).unwrap();
        assert_eq!((&*text, title.as_deref()), (said, Some("عنوان المقال")));
        assert_eq!(read("a.html", said.as_bytes()).unwrap().0, said);
        let marked = format!("\u{feff}{said}");
        let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read("a.txt", &wide).unwrap().0, said);
        let eight_bits = encoding_rs::WINDOWS_1256.encode(said).0;
        assert_eq!(read("a", &eight_bits).unwrap().0, said);
        assert_eq!(read("a.json", b"{\"text\": 1}").unwrap().0, "{\"text\": 1}");
    }

    #[test]
    fn what_is_none_is_told() {
        for (bytes, told) in [
            (&b""[..], "is empty"),
            (b" \n\t", "is empty"),
            (b"%PDF-1.7", "is a PDF"),
            (b"\xff\xfe\0\0\x42\0\0\0", "UTF-32"),
        ] {
            let problem = read("a", bytes).unwrap_err();
            assert!(problem.contains(told), "{problem}");
        }
    }
}
