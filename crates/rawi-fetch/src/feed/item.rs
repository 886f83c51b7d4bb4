//! One item of a feed.

use feed_rs::model::{Entry, Link};
use quick_xml::escape::{resolve_html5_entity, unescape_with};

use super::repair;
use crate::address::Address;

/// How many letters an article has at least; what is shorter leads to one.
const LEAST: usize = 600;

/// One item of a feed: a piece of news, or what leads to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Item {
    /// Where its page is.
    pub address: Option<Address>,
    /// What the feed calls it (`guid`, `id`). It may change with the headline.
    pub guid: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its ISO day of publication, as it is written, whatever the zone.
    pub published: Option<String>,
    /// Who wrote it; several names are separated by `، `.
    pub author: Option<String>,
    /// What it holds of the news, as HTML.
    pub content: Option<String>,
    /// Whether that is all of it, as far as can be told without the page.
    pub whole: bool,
}

impl Item {
    pub(super) fn of(entry: Entry, base: &Address) -> Self {
        let guid = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty());
        let linked = link(&entry.links).and_then(|text| base.join(text).ok());
        // Of many feeds the id is the address, and some have no other.
        let by_id = || guid.as_deref().and_then(|id| Address::parse(id).ok());
        let full = entry.content.and_then(|content| content.body);
        let short = entry.summary.map(|text| text.content);
        let whole = full.as_deref().is_some_and(is_whole);
        // What is longer is more of it.
        let content = match (full, short) {
            (Some(full), Some(short)) if short.len() > full.len() => Some(short),
            (full, short) => full.or(short),
        };
        let names: Vec<String> = entry
            .authors
            .iter()
            .filter_map(|person| plain(person.name.as_deref()?))
            .collect();
        let day = entry.published.or(entry.updated);
        Item {
            address: linked.or_else(by_id),
            title: entry.title.and_then(|title| plain(&title.content)),
            published: day.map(|day| day.to_rfc3339().chars().take(10).collect()),
            author: Some(names.join("، ")).filter(|names| !names.is_empty()),
            content: content.filter(|content| !content.trim().is_empty()),
            whole,
            guid,
        }
    }
}

/// The link to the page: not to an enclosure, the comments, the feed itself.
fn link(links: &[Link]) -> Option<&str> {
    let page = |link: &&Link| {
        link.target.is_none()
            && !link.href.is_empty()
            && link.rel.as_deref().is_none_or(|rel| rel == "alternate")
    };
    // An attachment has a media type; the alternate of Atom may have that of a page.
    let is_html = |link: &Link| {
        link.media_type
            .as_deref()
            .is_none_or(|t| t.contains("html"))
    };
    let found = links.iter().filter(page).find(|link| is_html(link));
    found.map(|link| link.href.as_str())
}

/// Whether HTML is a whole article and no teaser: long enough, and not cut off.
fn is_whole(html: &str) -> bool {
    let (mut letters, mut inside) = (0usize, false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c => letters += usize::from(!inside && c.is_alphabetic()),
        }
    }
    // A link to the rest may stand behind the dots that stand for it.
    const END: usize = 400;
    let from = html.char_indices().nth_back(END).map_or(0, |(at, _)| at);
    let end = &html[from..];
    let last = end.rsplit("<p").next().unwrap_or(end);
    let dots = ["…", "...", "&#8230;", "&hellip;", "&#x2026;"];
    letters >= LEAST && !dots.iter().any(|dots| last.contains(dots))
}

/// A line as people read it: references undone, tags and needless space left out.
pub(crate) fn plain(text: &str) -> Option<String> {
    // Titles are often escaped as HTML inside of XML.
    let text = repair::references(text);
    let undone = unescape_with(&text, resolve_html5_entity);
    let undone = undone.unwrap_or(text.as_str().into());
    let mut out = String::with_capacity(undone.len());
    let mut rest = undone.as_ref();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let begins = |c: char| c.is_ascii_alphabetic() || c == '/';
        match tag[1..].find(['<', '>']) {
            Some(end) if tag[1..].starts_with(begins) && tag[1 + end..].starts_with('>') => {
                out.push(' ');
                rest = &tag[end + 2..];
            }
            _ => {
                out.push('<');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (text, want) in [
            ("  افتتاح\n الميناء ", Some("افتتاح الميناء")),
            ("«نهر»&nbsp;&amp; بحر", Some("«نهر» & بحر")),
            ("<b>عاجل</b>: خبر", Some("عاجل : خبر")),
            ("3 < 5 > 2", Some("3 < 5 > 2")),
            ("a & b", Some("a & b")),
            ("&lt;em&gt;x&lt;/em&gt;", Some("x")),
            ("", None),
            ("<br/>", None),
            ("<", Some("<")),
            ("<a", Some("<a")),
        ] {
            assert_eq!(plain(text).as_deref(), want, "{text}");
        }
        // Linear also where no tag ends.
        assert!(plain(&"<a".repeat(200_000)).is_some());
    }

    #[test]
    fn whole_articles() {
        let body = "<p>قالت الوزيرة إن الميناء سيفتح أمام السفن غدا.</p>".repeat(20);
        assert!(is_whole(&body));
        assert!(is_whole(&format!("<p>وأضافت… ثم</p>{body}")));
        for cut in [
            "قالت الوزيرة.".to_owned(),
            format!("{body}<p>وأضافت أن…</p>"),
            format!("{body}<p>وأضافت [&#8230;]</p>"),
            format!("{body}<p>وأضافت... <a href='x'>المزيد</a></p>"),
            String::new(),
        ] {
            assert!(!is_whole(&cut), "{cut}");
        }
    }
}
