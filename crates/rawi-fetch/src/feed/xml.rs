//! The items of RSS and Atom.

use std::fmt::Write as _;
use std::ops::Range;

use feed_rs::model::Entry;

use super::{Head, parsed, repair};
use crate::address::Address;
use crate::tags::{self, Kind, Tag};

/// The longest item, its longest tag, and the longest head of a feed, in bytes.
const LONGEST: usize = 4 << 20;
const LONGEST_TAG: usize = 64 << 10;
const LONGEST_HEAD: usize = 256 << 10;

/// How deep tags of an item may be nested.
const DEEPEST: usize = 256;

/// What stands for the prefixes that everybody uses, as the library knows it, also
/// where a feed forgets to say or says it otherwise.
const KNOWN: [(&str, &str); 3] = [
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
];

/// What stands for all others: of podcasts and pictures nothing is read, and the
/// library breaks at some times in them.
const OTHER: &str = "urn:other";

/// The items of a feed, one after another.
pub(super) struct Items {
    text: String,
    at: usize,
    frame: Frame,
    base: Address,
    done: bool,
}

impl std::fmt::Debug for Items {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Items").field("at", &self.at).finish()
    }
}

/// What is put around one item to make a feed of it.
struct Frame {
    open: String,
    close: &'static str,
    /// The local name of items.
    item: &'static str,
}

/// Reads the head of a feed.
pub(super) fn read(text: String, base: &Address) -> Result<(Head, Items), String> {
    let root = tags::next(&text, 0).ok_or("holds no XML")?;
    let atom = match root.local() {
        "rss" | "RDF" => false,
        "feed" => true,
        other => {
            let name: String = other.chars().take(40).collect();
            return Err(format!("is XML of the kind {name:?}, no feed"));
        }
    };
    let item = if atom { "entry" } else { "item" };
    let begin = root.range.end;
    let mut spaces = Vec::new();
    declared(&text[root.range.clone()], &mut spaces);
    // The head: up to the first item.
    let mut end = begin;
    while let Some(tag) = tags::next(&text, end) {
        if tag.local() == item && tag.kind != Kind::End {
            break;
        }
        if tag.local() == "channel" && tag.kind == Kind::Start {
            declared(&text[tag.range.clone()], &mut spaces);
        }
        end = tag.range.end;
    }
    let frame = frame(atom, item, &spaces);
    let head = head(&text[begin..end], &frame, base).unwrap_or_default();
    let items = Items {
        at: begin,
        frame,
        base: base.clone(),
        done: false,
        text,
    };
    Ok((head, items))
}

/// The prefixes that a tag declares, each once.
fn declared(tag: &str, spaces: &mut Vec<(String, String)>) {
    if tag.len() > LONGEST_TAG {
        return;
    }
    for attribute in tag.split("xmlns:").skip(1) {
        let Some((prefix, rest)) = attribute.split_once('=') else {
            continue;
        };
        let (prefix, rest) = (prefix.trim(), rest.trim_start());
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let Some((value, _)) = rest[1..].split_once(quote) else {
            continue;
        };
        let sound = |text: &str| !text.is_empty() && !text.contains(['<', '>', '"', '&', ' ']);
        let new = spaces.len() < 100 && spaces.iter().all(|(known, _)| known != prefix);
        if sound(prefix) && sound(value) && new {
            spaces.push((prefix.to_owned(), value.to_owned()));
        }
    }
}

fn frame(atom: bool, item: &'static str, spaces: &[(String, String)]) -> Frame {
    let (root, rest, close) = if atom {
        ("feed xmlns=\"http://www.w3.org/2005/Atom\"", "", "</feed>")
    } else {
        // All versions of RSS have the same names for what is read here.
        ("rss version=\"2.0\"", "<channel>", "</channel></rss>")
    };
    let mut open = format!("<{root}");
    for (prefix, value) in KNOWN {
        // Writing to a string cannot fail.
        let _ = write!(open, " xmlns:{prefix}=\"{value}\"");
    }
    for (prefix, value) in spaces {
        if KNOWN.iter().all(|(known, _)| known != prefix) {
            let known = KNOWN.iter().find(|(_, known)| known == value);
            let value = known.map_or(OTHER, |(_, value)| value);
            let _ = write!(open, " xmlns:{prefix}=\"{value}\"");
        }
    }
    open.push('>');
    open.push_str(rest);
    Frame { open, close, item }
}

/// What stands before the items, read as a feed without any.
fn head(text: &str, frame: &Frame, base: &Address) -> Option<Head> {
    if text.len() > LONGEST_HEAD {
        return None;
    }
    // Its own channel is open still, or, in RSS 1.0, closed already.
    let mut inner = text;
    if let Some(tag) = tags::next(text, 0).filter(|tag| tag.local() == "channel") {
        inner = &text[tag.range.end..];
        inner = inner.split("</channel").next().unwrap_or(inner);
    }
    let whole = format!("{}{inner}{}", frame.open, frame.close);
    let feed = parsed(&whole, base).ok().or_else(|| {
        let whole = format!("{}{}{}", frame.open, repair::references(inner), frame.close);
        parsed(&whole, base).ok()
    })?;
    Some(Head::of(&feed))
}

impl Iterator for Items {
    type Item = Result<Entry, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let found = self.cut();
        self.done = found.is_none();
        Some(found?.and_then(|range| self.entry(range)))
    }
}

impl Items {
    /// The place of the next item, or what is wrong with it.
    fn cut(&mut self) -> Option<Result<Range<usize>, String>> {
        let item = self.frame.item;
        let start = loop {
            let tag = tags::next(&self.text, self.at)?;
            self.at = tag.range.end;
            if tag.local() == item && tag.kind == Kind::Start {
                break tag;
            }
        };
        let (name, begin) = (start.name, start.range.start);
        let (mut depth, mut deepest, mut longest) = (0usize, 0, 0);
        loop {
            let Some(tag) = tags::next(&self.text, self.at) else {
                self.at = self.text.len();
                return Some(Err("the feed ends in the middle of it".into()));
            };
            longest = longest.max(tag.range.len());
            if tag.name == name && tag.kind != Kind::End {
                // It stays for the next.
                return Some(Err(format!("has no end, `</{name}>`")));
            }
            self.at = tag.range.end;
            match tag {
                Tag { name: n, .. } if n == name => break,
                Tag {
                    kind: Kind::Start, ..
                } => depth += 1,
                Tag {
                    kind: Kind::End, ..
                } => depth = depth.saturating_sub(1),
                Tag {
                    kind: Kind::Empty, ..
                } => {}
            }
            deepest = deepest.max(depth);
        }
        let range = begin..self.at;
        Some(if range.len() > LONGEST {
            Err(format!("longer than {} MiB, not read", LONGEST >> 20))
        } else if longest > LONGEST_TAG {
            Err(format!(
                "a tag longer than {} KiB, not read",
                LONGEST_TAG >> 10
            ))
        } else if deepest > DEEPEST {
            Err(format!("tags nested more than {DEEPEST} deep, not read"))
        } else {
            Ok(range)
        })
    }

    /// Reads an item; once more with its references repaired if it is broken.
    fn entry(&self, range: Range<usize>) -> Result<Entry, String> {
        let item = &self.text[range];
        self.parsed(item)
            .or_else(|_| self.parsed(&repair::references(item)))
    }

    fn parsed(&self, item: &str) -> Result<Entry, String> {
        let Frame { open, close, .. } = &self.frame;
        let whole = format!("{open}{item}{close}");
        let feed = parsed(&whole, &self.base)?;
        let entry = feed.entries.into_iter().next();
        entry.ok_or_else(|| "is not understood".into())
    }
}
