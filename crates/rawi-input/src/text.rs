//! Files that are one article: plain text, and pages.

use std::io::Read;

use crate::desk::Desk;
use crate::draft::Draft;
use crate::problem::Place;
use crate::{LONGEST, explain, too_long};

/// Reads all of the input as one article, of which `draft` holds what else is known.
pub(crate) fn whole(input: impl Read, page: bool, draft: Draft, desk: &mut Desk<'_>) {
    let mut bytes = Vec::new();
    if let Err(e) = input.take(LONGEST as u64 + 1).read_to_end(&mut bytes) {
        return desk.fail_file(explain(&e));
    }
    if bytes.len() > LONGEST {
        return desk.fail_file(too_long() + "; split it");
    }
    let size = bytes.len() as u64;
    let place = |bytes: &[u8], at: usize| Place {
        line: Some(bytes[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1),
        byte: Some(at as u64),
        ..desk.file()
    };
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        let place = place(&bytes, at);
        return desk.fail(
            place,
            "NUL character; the file is binary or UTF-16, convert it to UTF-8 text",
        );
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) => {
            let place = place(e.as_bytes(), e.utf8_error().valid_up_to());
            return desk.fail(place, "invalid UTF-8; convert it to UTF-8");
        }
    };
    if text.trim().is_empty() {
        return desk.fail_file("is empty");
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
    desk.article(draft, desk.file(), size);
}
