//! Articles from JSON.

mod split;

use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::desk::Desk;
use crate::draft::Draft;
use crate::fields::{Columns, Fields, Role};
use crate::peek::Peek;
use crate::problem::Place;
use crate::{explain, too_long};
use split::{Piece, Split};

/// Articles in JSON: objects one after another, or in an array.
#[derive(Default)]
pub(crate) struct Json {
    split: Split,
}

impl Json {
    /// Reads the next record; false at the end.
    pub fn step(&mut self, input: &mut Peek<impl Read>, desk: &mut Desk<'_>) -> bool {
        match self.split.next(input) {
            Ok(Some(piece)) => {
                desk.next_record();
                record(&piece, desk);
                true
            }
            Ok(None) => {
                if self.split.is_open() {
                    let place = desk.place(Some(input.line()), Some(input.offset()));
                    desk.fail(place, "the array is not closed: the file is cut off; the records before were read");
                } else if desk.records() == 0 {
                    desk.fail_file("holds no record");
                }
                false
            }
            // What was read before the damage has been handed on.
            Err(e) => {
                desk.next_record();
                let place = desk.place(Some(input.line()), Some(input.offset()));
                let problem = format!("{}; the records before it were read", explain(&e));
                desk.fail(place, problem);
                false
            }
        }
    }
}

/// Reads one record.
fn record(piece: &Piece, desk: &mut Desk<'_>) {
    let at = |byte: usize| Some(piece.byte + byte as u64);
    let here = desk.place(Some(piece.line), at(0));
    if !piece.whole {
        return desk.fail(here, too_long());
    }
    let line = |byte: usize| {
        let before = &piece.bytes[..byte];
        Some(piece.line + before.iter().filter(|b| **b == b'\n').count() as u64)
    };
    if let Some(byte) = piece.bytes.iter().position(|b| *b == 0) {
        let place = desk.place(line(byte), at(byte));
        return desk.fail(place, "NUL character; the file is binary or UTF-16");
    }
    let text = match std::str::from_utf8(&piece.bytes) {
        Ok(text) => text.trim_end(),
        Err(e) => {
            let byte = e.valid_up_to();
            let place = desk.place(line(byte), at(byte));
            return desk.fail(place, "invalid UTF-8; convert the file to UTF-8");
        }
    };
    match draft(text, &desk.options().fields) {
        Err(problem) => match wrapped(text) {
            Some(inner) => unwrap(&inner, piece.line, desk),
            None => desk.fail(here, problem),
        },
        Ok(draft) => {
            let place = Place { byte: None, ..here };
            desk.article(draft, place, piece.length);
        }
    }
}

/// The records of an object that is none itself but holds an array of them, as
/// services answer: `{"status": "ok", "articles": [{…}, {…}]}`. Of several arrays
/// the longest.
fn wrapped(text: &str) -> Option<Vec<&RawValue>> {
    let object: Object<'_> = serde_json::from_str(text).ok()?;
    let arrays = object.values.into_iter().filter(|v| {
        let inner = v.get().strip_prefix('[').unwrap_or_default();
        inner.trim_start().starts_with('{')
    });
    let longest = arrays.max_by_key(|v| v.get().len())?;
    serde_json::from_str(longest.get()).ok()
}

/// Reads the records of an array inside another record, which has been counted as
/// the first of them.
fn unwrap(records: &[&RawValue], line: u64, desk: &mut Desk<'_>) {
    for (i, record) in records.iter().enumerate() {
        if i > 0 {
            desk.next_record();
        }
        let place = desk.place(Some(line), None);
        match draft(record.get(), &desk.options().fields) {
            Ok(draft) => desk.article(draft, place, record.get().len() as u64),
            Err(problem) => desk.fail(place, problem),
        }
    }
}

/// The fields of an object, in their order, as they are written.
struct Object<'a> {
    names: Columns,
    values: Vec<&'a RawValue>,
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the fields of an article")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut object = Object {
                    names: Columns::default(),
                    values: Vec::new(),
                };
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    object.names.push(name);
                    object.values.push(value);
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// Takes the fields of an article from one record.
pub(crate) fn draft(text: &str, fields: &Fields) -> Result<Draft, String> {
    let object: Object<'_> = serde_json::from_str(text).map_err(|e| wrong(&e))?;
    let strings = |role: Role| {
        let found = fields.find(role, &object.names);
        found.filter_map(|i| string(object.values[i]))
    };
    let filled = |role: Role| strings(role).find(|s| !s.trim().is_empty());
    let mut draft = Draft {
        id: filled(Role::Id),
        title: filled(Role::Title),
        published: filled(Role::Published),
        outlet: filled(Role::Outlet),
        url: filled(Role::Url),
        author: fields
            .find(Role::Author, &object.names)
            .find_map(|i| people(object.values[i])),
        language: filled(Role::Language),
        fetched: filled(Role::Fetched),
        ..Draft::default()
    };
    for (role, slot) in [(Role::Text, &mut draft.text), (Role::Html, &mut draft.html)] {
        let mut found = fields.find(role, &object.names);
        *slot = found
            .find_map(|i| prose(object.values[i]).transpose())
            .transpose()?;
    }
    if draft.text.is_some() || draft.html.is_some() {
        return Ok(draft);
    }
    let named = fields.find(Role::Text, &object.names).next();
    Err(match named.map(|i| object.values[i].get()) {
        Some(value) if value.starts_with('"') => "`text` is empty".into(),
        Some("null") | None => {
            let names = &object.names;
            let ours = ["text_sha256", "statements"];
            if ours.iter().all(|n| names.position_of(n).is_some()) {
                return Err(
                    "no `text` in the record: it is a reading of rawi, not an article".into(),
                );
            }
            if names.list().is_empty() {
                return Err("no `text` in the record: it has no fields".into());
            }
            format!(
                "no `text` in the record: an article needs one; its fields are: {}; name the one that is the text with `--field text=NAME`",
                names.list()
            )
        }
        Some(_) => "`text` is not a string".into(),
    })
}

/// A parser's error with its place in the record.
fn wrong(e: &serde_json::Error) -> String {
    let message = e.to_string();
    let message = message.split(" at line ").next().unwrap_or("invalid");
    if e.line() > 1 {
        format!(
            "invalid JSON at its line {}, column {}: {message}",
            e.line(),
            e.column()
        )
    } else {
        format!("invalid JSON at column {}: {message}", e.column())
    }
}

/// A value as a string: a string, a number with the digits it is written with,
/// or an object that holds nothing else (`{"$oid": "…"}`, `{"name": "…"}`).
fn string(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        b'{' => {
            let object: Object<'_> = serde_json::from_str(raw).ok()?;
            let inner = |name| object.names.position_of(name);
            let at = ["$oid", "$date", "$numberLong", "name", "title"]
                .into_iter()
                .find_map(inner)?;
            let raw = object.values[at].get();
            match raw.as_bytes().first()? {
                b'"' => serde_json::from_str(raw).ok(),
                b'-' | b'0'..=b'9' => Some(raw.to_owned()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A value as the names of people: as a string, or a list of such values.
fn people(value: &RawValue) -> Option<String> {
    let names = match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        Ok(list) => {
            let names: Vec<String> = list.into_iter().filter_map(string).collect();
            names.join("، ")
        }
        Err(_) => string(value)?,
    };
    Some(names).filter(|names| !names.trim().is_empty())
}

/// A value as a text: a string, or a list of paragraphs. `None` if it is neither
/// or holds nothing.
fn prose(value: &RawValue) -> Result<Option<String>, String> {
    let raw = value.get();
    let text = match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).map_err(|e| wrong(&e))?,
        Some(b'[') => match serde_json::from_str::<Vec<String>>(raw) {
            Ok(paragraphs) => paragraphs.join("\n"),
            Err(_) => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(text).filter(|t| !t.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Draft, String> {
        draft(text, &Fields::default())
    }

    #[test]
    fn fields_by_any_name() {
        let line = r#"{"id": 7, "نص": "خبر", "Date": "2025-02-12", "source": {"name": "الضفاف"}}"#;
        let draft = read(line).unwrap();
        assert_eq!(draft.id.as_deref(), Some("7"));
        assert_eq!(draft.text.as_deref(), Some("خبر"));
        assert_eq!(draft.published.as_deref(), Some("2025-02-12"));
        assert_eq!(draft.outlet.as_deref(), Some("الضفاف"));
    }

    #[test]
    fn numbers_keep_their_digits() {
        for id in [
            "18446744073709551617",
            "-3",
            "1.50",
            "12345678901234567890123",
        ] {
            let draft = read(&format!("{{\"id\": {id}, \"text\": \"a\"}}")).unwrap();
            assert_eq!(draft.id.as_deref(), Some(id));
        }
        let draft = read(r#"{"_id": {"$oid": "5f3a"}, "text": ["a", "b"]}"#).unwrap();
        assert_eq!(draft.id.as_deref(), Some("5f3a"));
        assert_eq!(draft.text.as_deref(), Some("a\nb"));
    }

    #[test]
    fn the_first_name_with_a_value_counts() {
        let draft = read(r#"{"text": "", "content": "b", "body": null}"#).unwrap();
        assert_eq!(draft.text.as_deref(), Some("b"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, problem) in [
            (r#"{"id": "a"}"#, "no `text`"),
            (
                r#"{"text": null, "b": 1}"#,
                "no `text` in the record: an article needs one; its fields are: text, b",
            ),
            ("{}", "no `text` in the record: it has no fields"),
            (r#"{"text": 3}"#, "`text` is not a string"),
            (r#"{"text": "  "}"#, "`text` is empty"),
            (r#"{"text": "a"#, "invalid JSON at column"),
            ("{\"text\":\n 1 2}", "invalid JSON at its line 2, column 4"),
            (r#"{"text": "\ud800"}"#, "invalid JSON at column"),
            (r#"[1]"#, "invalid JSON at column"),
            (
                r#"{"text_sha256": "", "statements": []}"#,
                "no `text` in the record: it is a reading",
            ),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.starts_with(problem), "{line}: {error}");
        }
    }
}
