//! Feeds: RSS of all versions, Atom, JSON Feed.
//!
//! A feed is read item by item: each is cut out, put into a frame of its own and
//! given to the library, so that one that is broken costs no other, a feed that ends
//! in the middle gives what it has, and no more than one is unfolded at a time.

mod item;
mod json;
mod repair;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::address::Address;

pub use item::Item;
pub(crate) use item::plain;

/// The most items of a feed that are read.
const MOST: usize = 200_000;

/// A feed: what it says of itself, and its items, each or why there is none.
///
/// ```
/// use rawi_fetch::{Address, Feed};
///
/// let feed = r#"<rss version="2.0"><channel><title>أخبار النهر</title>
///   <item><title>افتتاح الميناء</title><link>/2026/03/02/mina/</link>
///     <pubDate>Mon, 02 Mar 2026 08:30:00 +0300</pubDate></item>
/// </channel></rss>"#;
/// let mut feed = Feed::read(feed.to_owned(), &Address::parse("https://nahr.example/rss")?)?;
/// assert_eq!(feed.title(), Some("أخبار النهر"));
/// let item = feed.next().ok_or("an item")??;
/// assert_eq!(item.address.as_ref().map(Address::as_str), Some("https://nahr.example/2026/03/02/mina/"));
/// assert_eq!(item.published.as_deref(), Some("2026-03-02"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Feed {
    title: Option<String>,
    language: Option<String>,
    items: Items,
    base: Address,
    count: usize,
}

#[derive(Debug)]
enum Items {
    Xml(Box<xml::Items>),
    Json(json::Items),
}

impl Feed {
    /// Reads the head of a feed. `base` is where it was had; links may be written as
    /// they are within it.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn read(text: String, base: &Address) -> Result<Self, String> {
        let (head, items) = if text.trim_start().starts_with('{') {
            let (head, items) = json::read(&text)?;
            (head, Items::Json(items))
        } else {
            let (head, items) = xml::read(text, base)?;
            (head, Items::Xml(Box::new(items)))
        };
        Ok(Feed {
            title: head.title,
            language: head.language,
            items,
            base: base.clone(),
            count: 0,
        })
    }

    /// What it is called, often with the name of a section.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The language that it says it is in.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }
}

impl Iterator for Feed {
    type Item = Result<Item, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.count == MOST {
            self.count += 1;
            return Some(Err(format!(
                "more than {MOST} items; the others are not read"
            )));
        }
        if self.count > MOST {
            return None;
        }
        let entry = match &mut self.items {
            Items::Xml(items) => items.next(),
            Items::Json(items) => items.next(),
        }?;
        self.count += 1;
        Some(match entry {
            Ok(entry) => Ok(Item::of(entry, &self.base)),
            Err(why) => Err(format!("item {}: {why}", self.count)),
        })
    }
}

/// What a feed says of itself.
#[derive(Default, Debug)]
struct Head {
    title: Option<String>,
    language: Option<String>,
}

impl Head {
    fn of(feed: &feed_rs::model::Feed) -> Self {
        Head {
            title: feed.title.as_ref().and_then(|t| item::plain(&t.content)),
            language: feed.language.clone(),
        }
    }
}

/// A document by the library, with our dates: the day is the one that is written,
/// whatever the zone, which is the day of the place where the news was made.
fn parsed(document: &str, base: &Address) -> Result<feed_rs::model::Feed, String> {
    // What breaks in one document stays in a parser and breaks the next.
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(base.as_str()))
        .sanitize_content(false)
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| {
            let (day, _) = rawi_time::Date::read(text.trim()).ok()?;
            format!("{day}T00:00:00Z").parse().ok()
        })
        .build();
    // It has broken at fields that nobody here reads; one item is no more than that.
    let parse = AssertUnwindSafe(|| parser.parse(document.as_bytes()));
    match catch_unwind(parse) {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(e)) => Err(said(&e)),
        Err(_) => Err("breaks the reader of feeds; please report it with the feed".into()),
    }
}

/// What the library says is wrong, in fewer words.
fn said(error: &feed_rs::parser::ParseFeedError) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("unable to parse ").unwrap_or(&text);
    let text = text.replace(['\n', '\r'], " ");
    text.chars().take(200).collect()
}
