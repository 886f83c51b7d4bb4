//! The tags of a document that claims to be XML, as far as they can be told
//! without trusting it.

use std::ops::Range;

/// A tag, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tag<'a> {
    /// Its name as it is written, with its prefix.
    pub name: &'a str,
    pub kind: Kind,
    /// From `<` to behind `>`, in bytes.
    pub range: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Start,
    End,
    /// Start and end in one.
    Empty,
}

impl<'a> Tag<'a> {
    /// Its name without the prefix.
    pub fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }
}

/// The first tag at or behind a place. What stands in comments, in `CDATA`, in
/// instructions and in declarations is none. None if there is none, or if one of
/// these never ends.
pub(crate) fn next(text: &str, mut at: usize) -> Option<Tag<'_>> {
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = &text[at..];
        let passed = if rest.starts_with(COMMENT) {
            end(rest, COMMENT, "-->")?
        } else if rest.starts_with(CDATA) {
            end(rest, CDATA, "]]>")?
        } else if rest.starts_with("<?") {
            end(rest, "<?", "?>")?
        } else if rest.starts_with("<!") {
            declaration(rest)?
        } else {
            match tag(rest, at) {
                Ok(tag) => return Some(tag),
                Err(passed) => passed,
            }
        };
        at += passed;
    }
}

const COMMENT: &str = "<!--";
const CDATA: &str = "<![CDATA[";

/// The end of what begins so and ends so.
fn end(text: &str, open: &str, close: &str) -> Option<usize> {
    let inner = text[open.len()..].find(close)?;
    Some(open.len() + inner + close.len())
}

/// As many bytes of a text as there are, up to so many, and no half character.
pub(crate) fn head(text: &str, bytes: usize) -> &str {
    let longest = bytes.min(text.len());
    let ends = (longest.saturating_sub(3)..=longest).rev();
    ends.into_iter()
        .find_map(|end| text.get(..end))
        .unwrap_or_default()
}

/// How long a declaration is; one of a document type may hold others in brackets.
fn declaration(rest: &str) -> Option<usize> {
    let end = rest.find(['>', '['])?;
    if rest.as_bytes()[end] == b'>' {
        return Some(end + 1);
    }
    let inner = end + rest[end..].find(']')?;
    Some(inner + rest[inner..].find('>')? + 1)
}

/// The tag at the beginning, or how far to pass if it is none.
fn tag(rest: &str, at: usize) -> Result<Tag<'_>, usize> {
    let bytes = rest.as_bytes();
    let ends = bytes.get(1) == Some(&b'/');
    let begin = 1 + usize::from(ends);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"_-.:".contains(&b) || !b.is_ascii();
    let first = bytes.get(begin).copied().unwrap_or_default();
    if !is_name(first) || first.is_ascii_digit() {
        return Err(1);
    }
    let length = bytes[begin..].iter().take_while(|b| is_name(**b)).count();
    let close = match rest[begin..].find(['<', '>']) {
        Some(n) if bytes[begin + n] == b'>' => begin + n,
        // Another begins before it ends: this is none.
        Some(n) => return Err(begin + n),
        None => return Err(rest.len()),
    };
    let kind = match (ends, bytes[close - 1]) {
        (true, _) => Kind::End,
        (false, b'/') => Kind::Empty,
        (false, _) => Kind::Start,
    };
    Ok(Tag {
        name: &rest[begin..begin + length],
        kind,
        range: at..at + close + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&str, Kind)> {
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(tag) = next(text, at) {
            at = tag.range.end;
            out.push((tag.name, tag.kind));
        }
        out
    }

    #[test]
    fn only_tags_are_tags() {
        use Kind::{Empty, End, Start};
        for (text, want) in [
            ("<a><b/></a>", &[("a", Start), ("b", Empty), ("a", End)][..]),
            (
                "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x \"<y>\">]><r>",
                &[("r", Start)],
            ),
            ("<!-- <a> --><![CDATA[<b>]]><c>", &[("c", Start)]),
            ("1 < 2 <3> </> <x:y z='1'>", &[("x:y", Start)]),
            ("<a <b>", &[("b", Start)]),
            ("<خبر>", &[("خبر", Start)]),
            ("<!-- <a>", &[]),
            ("<a", &[]),
            ("<", &[]),
            ("<!", &[]),
            ("<!-->", &[]),
        ] {
            assert_eq!(names(text), want, "{text}");
        }
        let deep = "<".repeat(1 << 20);
        assert_eq!(names(&deep), []);
    }
}
