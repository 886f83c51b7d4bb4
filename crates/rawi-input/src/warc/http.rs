//! The answers of servers as WARC files hold them.

use std::io::{self, BufRead as _, Read};

use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::{LONGEST_HEAD, Page};
use crate::peek::Peek;
use crate::{LONGEST, too_long};

/// Lines of names and values under a first line.
#[derive(Default, Debug)]
pub(super) struct Head {
    first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// The first value of a name in small letters.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a head to its empty line; none if it does not end within `longest` bytes.
pub(super) fn head<R: Read>(input: &mut Peek<R>, longest: usize) -> io::Result<Option<Head>> {
    let mut head = Head::default();
    let (mut line, mut used, mut lines) = (Vec::new(), 0, 0);
    loop {
        line.clear();
        let room = (longest - used) as u64;
        (&mut *input).take(room).read_until(b'\n', &mut line)?;
        used += line.len();
        if line.last() != Some(&b'\n') {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if text.is_empty() {
            return Ok(Some(head));
        }
        lines += 1;
        if lines == 1 {
            head.first = text.to_owned();
        } else if text.starts_with([' ', '\t']) {
            // A line that goes on with the value before it.
            if let Some((_, value)) = head.fields.last_mut() {
                value.push(' ');
                value.push_str(text.trim_start());
            }
        } else if let Some((name, value)) = text.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            head.fields.push((name, value.trim().to_owned()));
        }
    }
}

/// The page in a block of a record, or what the block is instead.
///
/// # Errors
///
/// If there is a page that cannot be had.
pub(super) fn page(
    record: &Head,
    block: Vec<u8>,
    length: u64,
) -> Result<Result<Page, String>, String> {
    let kind = record.get("content-type").unwrap_or_default();
    let mut input = Peek::new(block.as_slice());
    let is_answer = kind.to_ascii_lowercase().starts_with("application/http")
        || kind.is_empty() && block.starts_with(b"HTTP/");
    if !is_answer {
        let Some(is_html) = is_html(kind, &block) else {
            return Ok(Err(kind_of(kind)));
        };
        if length as usize > LONGEST {
            return Err(too_long());
        }
        return Ok(Ok(Page {
            charset: charset(kind),
            bytes: block,
            is_html,
            modified: None,
        }));
    }
    let Ok(Some(answer)) = head(&mut input, LONGEST_HEAD) else {
        return Err("the server's answer has no whole head".into());
    };
    let status = answer
        .first
        .split_ascii_whitespace()
        .nth(1)
        .unwrap_or_default();
    if !status.starts_with('2') {
        return Ok(Err(format!("with status {status}")));
    }
    let body = &block[usize::try_from(input.offset()).unwrap_or(block.len())..];
    let kind = answer.get("content-type").unwrap_or_default();
    // What it is may only show once it is unpacked.
    if !kind.is_empty() && is_html(kind, b"").is_none() {
        return Ok(Err(kind_of(kind)));
    }
    if length as usize > LONGEST + LONGEST_HEAD {
        return Err(too_long());
    }
    let chunked = answer
        .get("transfer-encoding")
        .is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    // Many crawlers take the chunks apart and keep the head.
    let body = match chunked.then(|| joined(body)).flatten() {
        Some(joined) => joined,
        None => body.to_vec(),
    };
    let codings = answer.get("content-encoding").unwrap_or_default();
    let bytes = unpacked(body, codings)?;
    let Some(is_html) = is_html(kind, &bytes) else {
        return Ok(Err("of unknown kind".into()));
    };
    Ok(Ok(Page {
        charset: charset(kind),
        bytes,
        is_html,
        modified: answer.get("last-modified").map(str::to_owned),
    }))
}

/// A media type without its parameters, for messages.
fn kind_of(kind: &str) -> String {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.is_empty() {
        "of unknown kind".into()
    } else {
        kind.to_ascii_lowercase()
    }
}

/// Whether a media type is that of a page, or of a plain text; none if it is neither.
/// Without a type the bytes tell.
fn is_html(kind: &str, bytes: &[u8]) -> Option<bool> {
    let media = kind.split(';').next().unwrap_or_default().trim();
    match media.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(true),
        "text/plain" => Some(false),
        "" => (bytes.trim_ascii_start().first() == Some(&b'<')).then_some(true),
        _ => None,
    }
}

fn charset(kind: &str) -> Option<&'static Encoding> {
    let mut parameters = kind.split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name.trim().eq_ignore_ascii_case("charset")).then_some(value)
    })?;
    Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The chunks of a body without what stands between them; none if it has none. What
/// comes before a break in them is kept.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = body;
    loop {
        let end = rest.iter().take(1024).position(|b| *b == b'\n');
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(digits, 16).ok()?;
            Some((size, end + 1))
        });
        let Some((size, from)) = size else {
            return (!out.is_empty()).then_some(out);
        };
        if size == 0 {
            return Some(out);
        }
        let to = from.saturating_add(size).min(rest.len());
        out.extend_from_slice(&rest[from..to]);
        rest = &rest[to..];
        let line_end = rest
            .iter()
            .take(2)
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        rest = &rest[line_end..];
    }
}

/// How many codings may lie over one another.
const CODINGS: usize = 3;

/// A body without its content encodings, the last applied first. One that is declared
/// but not there has been taken off by the crawler.
fn unpacked(mut body: Vec<u8>, codings: &str) -> Result<Vec<u8>, String> {
    for coding in codings.rsplit(',').take(CODINGS) {
        let coding = coding.trim().to_ascii_lowercase();
        let whole = match coding.as_str() {
            "gzip" | "x-gzip" if crate::is_packed(&body) => {
                bounded(MultiGzDecoder::new(body.as_slice()))
            }
            "deflate" => match bounded(ZlibDecoder::new(body.as_slice())) {
                Err(_) => match bounded(DeflateDecoder::new(body.as_slice())) {
                    Err(_) if body.trim_ascii_start().starts_with(b"<") => continue,
                    out => out,
                },
                out => out,
            },
            "br" => {
                let brotli = brotli_decompressor::Decompressor::new(body.as_slice(), 4096);
                match bounded(brotli) {
                    Err(_) if body.trim_ascii_start().starts_with(b"<") => continue,
                    out => out,
                }
            }
            "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
                return Err("the page is packed with zstd, which is not read".into());
            }
            _ => continue,
        };
        body = whole.map_err(|e| match e {
            Some(e) => format!("the page is packed ({coding}) and broken: {e}"),
            None => too_long(),
        })?;
    }
    Ok(body)
}

/// What a reader holds; an error without a cause if that is too long.
fn bounded(reader: impl Read) -> Result<Vec<u8>, Option<io::Error>> {
    let mut out = Vec::new();
    let read = reader.take(LONGEST as u64 + 1).read_to_end(&mut out);
    if out.len() > LONGEST {
        return Err(None);
    }
    match read {
        Ok(_) => Ok(out),
        Err(e) => Err(Some(e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks() {
        for (body, out) in [
            ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", Some("abcde")),
            ("3\nabc\n0\n", Some("abc")),
            ("3\r\nabc\r\nff\r\nde", Some("abcde")),
            ("3\r\nabc\r\nxx", Some("abc")),
            ("0\r\n\r\n", Some("")),
            ("<html>", None),
            ("", None),
            ("ffffffffffffffffffff\r\n", None),
            ("ffffffffffffffff\r\na", Some("a")),
        ] {
            let joined = joined(body.as_bytes());
            assert_eq!(joined.as_deref(), out.map(str::as_bytes), "{body:?}");
        }
    }
}
