//! The items of JSON Feed.

use std::fmt;

use feed_rs::model::Entry;
use serde::Deserialize;
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{Head, MOST, parsed};
use crate::address::Address;

/// The longest item, in bytes.
const LONGEST: usize = 4 << 20;

/// The items of a feed, one after another, as they are written.
#[derive(Debug)]
pub(super) struct Items(std::vec::IntoIter<Box<RawValue>>);

/// A feed, of which nothing is unfolded that isn't needed.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    version: Option<&'a RawValue>,
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    #[serde(borrow)]
    language: Option<&'a RawValue>,
    items: Option<List>,
}

/// As many items as are read, and one that says that there are more.
struct List(Vec<Box<RawValue>>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Some;
        impl<'de> Visitor<'de> for Some {
            type Value = List;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of items")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List, A::Error> {
                let mut items = Vec::new();
                while items.len() <= MOST
                    && let Option::Some(item) = list.next_element()?
                {
                    items.push(item);
                }
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(List(items))
            }
        }
        from.deserialize_seq(Some)
    }
}

/// Reads a feed. What it lacks for the library and is of no matter here is added.
pub(super) fn read(text: &str) -> Result<(Head, Items), String> {
    let feed: Document<'_> =
        serde_json::from_str(text).map_err(|e| format!("is broken JSON ({e})"))?;
    let string = |value: Option<&RawValue>| {
        value.and_then(|raw| serde_json::from_str::<String>(raw.get()).ok())
    };
    if !string(feed.version).is_some_and(|version| version.contains("jsonfeed.org")) {
        return Err("is JSON but no feed; read it as a file, where fields can be named".into());
    }
    let Some(List(items)) = feed.items else {
        return Err("is a feed without `items`".into());
    };
    let head = Head {
        title: string(feed.title).and_then(|title| super::item::plain(&title)),
        language: string(feed.language),
    };
    Ok((head, Items(items.into_iter())))
}

impl Iterator for Items {
    type Item = Result<Entry, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let raw = self.0.next()?;
        if raw.get().len() > LONGEST {
            return Some(Err(format!("longer than {} MiB, not read", LONGEST >> 20)));
        }
        let item = serde_json::from_str(raw.get());
        Some(item.map_err(|e| e.to_string()).and_then(entry))
    }
}

/// The item by the library.
fn entry(mut item: Value) -> Result<Entry, String> {
    if let Some(id) = item.get_mut("id") {
        // Numbers are many feeds' ids.
        *id = match id.take() {
            Value::Number(number) => Value::String(number.to_string()),
            other => other,
        };
    }
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "",
        "items": [item],
    });
    let whole = whole.to_string();
    // Its links are joined to the feed's address by who takes them.
    let nowhere = Address::parse("http://invalid/").map_err(|e| e.to_string())?;
    let feed = parsed(&whole, &nowhere)?;
    let entry = feed.entries.into_iter().next();
    entry.ok_or_else(|| "is not understood".into())
}
