//! What an input is, by its name and its first bytes.

use crate::fields::{Columns, Fields, Role};
use crate::table;

/// The form of an input, once it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    Text,
    Json,
    /// With its delimiter, if that is known.
    Table {
        delimiter: Option<u8>,
    },
    Html,
    Warc,
}

/// Endings of files that are read when a folder is, before `.gz`.
pub(crate) const KNOWN: &[&str] = &[
    "txt",
    "text",
    "json",
    "jsonl",
    "ndjson",
    "csv",
    "tsv",
    "html",
    "htm",
    "xhtml",
    "warc",
    #[cfg(feature = "parquet")]
    PARQUET,
];

/// The ending of tables in Parquet.
#[cfg(feature = "parquet")]
pub(crate) const PARQUET: &str = "parquet";

/// The ending of a file's name in small letters, without `.gz`.
pub(crate) fn ending(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map(|(_, e)| e.to_owned())
}

/// What a file must be by its name; `None` if the name leaves it open. Plain
/// text is a common name for anything, so `.txt` does.
pub(crate) fn by_name(name: &str) -> Option<Form> {
    match ending(name)?.as_str() {
        "jsonl" | "ndjson" | "json" => Some(Form::Json),
        "csv" => Some(Form::Table { delimiter: None }),
        "tsv" => Some(Form::Table {
            delimiter: Some(b'\t'),
        }),
        "html" | "htm" | "xhtml" => Some(Form::Html),
        "warc" => Some(Form::Warc),
        _ => None,
    }
}

/// What an input is by its beginning, a piece of UTF-8 after any byte order
/// mark and white space. `None` says that more is needed to tell.
pub(crate) fn by_content(head: &[u8], ended: bool, fields: &Fields) -> Option<Form> {
    let Some(first) = head.first() else {
        return ended.then_some(Form::Text);
    };
    let next = head[1..].iter().find(|b| !b.is_ascii_whitespace());
    match (first, next) {
        // What stands in brackets at the beginning of prose is a word.
        (b'{' | b'[', None) if !ended => None,
        (b'{', next) => Some(if next.is_none_or(u8::is_ascii) {
            Form::Json
        } else {
            Form::Text
        }),
        (b'[', Some(b'{' | b']')) => Some(Form::Json),
        (b'<', _) => {
            const ENOUGH: usize = 1024;
            if head.len() < ENOUGH && !ended {
                return None;
            }
            Some(if is_page(&head[..head.len().min(ENOUGH)]) {
                Form::Html
            } else {
                Form::Text
            })
        }
        _ if head.starts_with(b"sep=") => Some(Form::Table { delimiter: None }),
        _ => {
            let end = head.iter().position(|b| *b == b'\n');
            if end.is_none() && !ended && head.len() < table::LONGEST_HEADER {
                return None;
            }
            let line = &head[..end.unwrap_or(head.len())];
            Some(match table::delimiter(line, fields) {
                Some((delimiter, columns)) if columns.len() > 1 && is_header(&columns, fields) => {
                    Form::Table {
                        delimiter: Some(delimiter),
                    }
                }
                _ => Form::Text,
            })
        }
    }
}

/// Whether the first line of a file without a telling name heads a table: it
/// names a text and something else that we know.
fn is_header(columns: &Columns, fields: &Fields) -> bool {
    let has = |role| fields.find(role, columns).next().is_some();
    let more = Role::ALL.into_iter().filter(|r| !r.is_text());
    (has(Role::Text) || has(Role::Html)) && more.into_iter().any(has)
}

/// Whether a text that begins with `<` is a page or a piece of one.
pub(crate) fn is_page(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    let has = |tag: &str| {
        let found = head
            .windows(tag.len() + 1)
            .any(|w| w.starts_with(tag.as_bytes()) && !w[tag.len()].is_ascii_alphanumeric());
        found || head.ends_with(tag.as_bytes())
    };
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<div",
        "<p",
        "<article",
        "<section",
        "<main",
        "<h1",
        "<h2",
        "<span",
        "<table",
        "<ul",
        "<br",
    ]
    .into_iter()
    .any(has)
}

/// How much of a file tells what it is, in bytes.
pub(crate) const MAGICS: usize = 512;

/// Why bytes are none of what can be read: what they are and what to do.
pub(crate) fn refused(head: &[u8]) -> Option<&'static str> {
    let begins = |magic: &[u8]| head.starts_with(magic);
    let holds = |word: &[u8]| head.windows(word.len()).any(|w| w == word);
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return Some(if holds(b"word/") {
            "is a Word document (.docx); save it as plain text or HTML and read that"
        } else if holds(b"xl/") {
            "is an Excel workbook (.xlsx); save the sheet as CSV and read that"
        } else if holds(b"opendocument") {
            "is an OpenDocument file; save it as plain text or HTML and read that"
        } else if holds(b"epub") {
            "is an e-book (.epub); convert it to plain text or HTML and read that"
        } else {
            "is a zip archive; unpack it and read the files in it"
        });
    }
    if head.len() > 262 && &head[257..262] == b"ustar" {
        return Some("is a tar archive; unpack it and read the files in it");
    }
    if head.len() >= 12 && &head[4..8] == b"ftyp" {
        return Some("is video or sound; rawi reads text, have it transcribed first");
    }
    if head.len() >= 12 && begins(b"RIFF") {
        return Some(match &head[8..12] {
            b"WEBP" => "is an image; rawi reads text, have it recognized (OCR) first",
            _ => "is video or sound; rawi reads text, have it transcribed first",
        });
    }
    const IMAGE: &str = "is an image; rawi reads text, have it recognized (OCR) first";
    const SOUND: &str = "is video or sound; rawi reads text, have it transcribed first";
    let table: [(&[u8], &str); 22] = [
        (
            b"%PDF-",
            "is a PDF; extract its text (for example with pdftotext) and read that",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "is an old Office document (.doc, .xls); save it as plain text or CSV and read that",
        ),
        (
            b"{\\rtf",
            "is rich text (.rtf); save it as plain text and read that",
        ),
        (b"\x89PNG\r\n", IMAGE),
        (b"\xff\xd8\xff", IMAGE),
        (b"GIF87a", IMAGE),
        (b"GIF89a", IMAGE),
        (b"II*\0", IMAGE),
        (b"MM\0*", IMAGE),
        (b"ID3", SOUND),
        (b"OggS\0", SOUND),
        (b"\x1aE\xdf\xa3", SOUND),
        (
            b"SQLite format 3\0",
            "is an SQLite database; export the articles as CSV or JSON lines and read that",
        ),
        (
            b"PAR1",
            if cfg!(feature = "parquet") {
                "is a Parquet file, which cannot be read from a stream or packed; name the file itself"
            } else {
                "is a Parquet file; export it as CSV or JSON lines and read that"
            },
        ),
        (
            b"ARROW1\0",
            "is an Arrow file; export it as CSV or JSON lines and read that",
        ),
        (
            b"BZh91AY&SY",
            "is packed with bzip2; unpack it: `bzcat FILE | rawi read -`",
        ),
        (
            b"\xfd7zXZ\0",
            "is packed with xz; unpack it: `xzcat FILE | rawi read -`",
        ),
        (
            b"\x28\xb5\x2f\xfd",
            "is packed with zstd; unpack it: `zstdcat FILE | rawi read -`",
        ),
        (
            b"7z\xbc\xaf\x27\x1c",
            "is a 7z archive; unpack it and read the files in it",
        ),
        (
            b"Rar!\x1a\x07",
            "is a rar archive; unpack it and read the files in it",
        ),
        (b"\x7fELF", "is a program; rawi reads text"),
        (b"\0asm", "is a program; rawi reads text"),
    ];
    table
        .iter()
        .find(|(magic, _)| begins(magic))
        .map(|(_, why)| *why)
}

/// Why a text of XML cannot be read, if it is no page.
pub(crate) fn refused_xml(head: &[u8]) -> Option<&'static str> {
    let head = &head[..head.len().min(1024)];
    let begins =
        |word: &[u8]| head.len() >= word.len() && head[..word.len()].eq_ignore_ascii_case(word);
    let feed = begins(b"<rss") || begins(b"<feed") || begins(b"<rdf");
    ((begins(b"<?xml") || feed) && !is_page(head)).then_some(
        "is XML, a feed perhaps; export the articles as JSON lines or CSV, or give the pages themselves",
    )
}
