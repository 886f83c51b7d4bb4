//! What a document is, by how it begins, whatever the server says it is.

use crate::tags;

/// What an address holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Kind {
    /// A page, or what is none of the others.
    Page,
    /// A feed.
    Feed,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
}

impl Kind {
    /// Its name for programs, one small word; it stays what it is.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Feed => "feed",
            Kind::Sitemap => "sitemap",
        }
    }

    /// What a text is.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if text.starts_with('{') {
            // A version stands near the beginning, or there is no telling.
            let head = tags::head(text, HEAD);
            return if head.contains("jsonfeed.org") {
                Kind::Feed
            } else {
                Kind::Page
            };
        }
        if !text.starts_with('<') {
            return Kind::Page;
        }
        match tags::next(text, 0).map(|tag| tag.local()) {
            Some("rss" | "RDF" | "feed") => Kind::Feed,
            Some("urlset" | "sitemapindex") => Kind::Sitemap,
            _ => Kind::Page,
        }
    }
}

/// How far a JSON feed is searched for its version, in bytes.
const HEAD: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_how_they_begin() {
        for (text, kind) in [
            ("<?xml version='1.0'?>\n<!-- a --><rss>", Kind::Feed),
            ("\u{feff} <feed xmlns='x'>", Kind::Feed),
            ("<rdf:RDF>", Kind::Feed),
            (
                "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
                Kind::Feed,
            ),
            ("{\"a\": 1}", Kind::Page),
            ("<urlset>", Kind::Sitemap),
            ("<?xml-stylesheet href='a'?><sitemapindex>", Kind::Sitemap),
            ("<!DOCTYPE html><html>", Kind::Page),
            ("text about <rss>", Kind::Page),
            ("", Kind::Page),
        ] {
            assert_eq!(Kind::of(text), kind, "{text}");
        }
    }
}
