//! Files that are one article: plain text, and pages.

use std::io::Read;

use crate::desk::Desk;
use crate::draft::Draft;
use crate::problem::Place;
use crate::remarks::Kind;
use crate::{LONGEST, explain, too_long};

/// Reads all of the input as one article, of which `draft` holds what else is known.
pub(crate) fn whole(input: impl Read, page: bool, draft: Draft, desk: &mut Desk<'_>) {
    at(input, page, draft, desk.file(), None, desk);
}

/// The same of an input that stands in another: at a place, in so many bytes.
pub(crate) fn at(
    input: impl Read,
    page: bool,
    draft: Draft,
    place: Place,
    length: Option<u64>,
    desk: &mut Desk<'_>,
) {
    let mut bytes = Vec::new();
    if let Err(e) = input.take(LONGEST as u64 + 1).read_to_end(&mut bytes) {
        return desk.fail(place, explain(&e));
    }
    if bytes.len() > LONGEST {
        return desk.fail(place, too_long() + "; split it");
    }
    let size = length.unwrap_or(bytes.len() as u64);
    let inside = |bytes: &[u8], at: usize| match length {
        Some(_) => place.clone(),
        None => Place {
            line: Some(bytes[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1),
            byte: Some(at as u64),
            ..place.clone()
        },
    };
    if page {
        // No browser shows it.
        bytes.retain(|b| *b != 0);
    } else if let Some(at) = bytes.iter().position(|b| *b == 0) {
        let place = inside(&bytes, at);
        return desk.fail(
            place,
            "NUL character; the file is binary or UTF-16, convert it to UTF-8 text",
        );
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        // A page is often cut in the middle of a character somewhere.
        Err(e) if page && is_scratched(e.as_bytes()) => {
            desk.remark_at(
                Kind::Encoding,
                &inside(e.as_bytes(), e.utf8_error().valid_up_to()),
                "some bytes are no characters of UTF-8; U+FFFD stands for them",
            );
            String::from_utf8_lossy(e.as_bytes()).into_owned()
        }
        Err(e) => {
            let place = inside(e.as_bytes(), e.utf8_error().valid_up_to());
            return desk.fail(place, "invalid UTF-8; convert it to UTF-8");
        }
    };
    if text.trim().is_empty() {
        return desk.fail(place, "is empty");
    }
    let (text, html) = if page {
        (None, Some(text))
    } else {
        (Some(text), None)
    };
    let draft = Draft {
        text,
        html,
        ..draft
    };
    desk.article(draft, place, size);
}

/// Whether nearly all of the bytes are UTF-8.
fn is_scratched(bytes: &[u8]) -> bool {
    let wrong: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    wrong * 100 < bytes.len()
}
