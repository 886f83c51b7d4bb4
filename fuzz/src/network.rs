//! What must hold of whatever a server sends, and documents that look enough like feeds
//! and sitemaps to get somewhere. The fuzz targets call these functions, and so does
//! `cargo test -p rawi-fetch --test net fuzz`, which needs no other toolchain.

use rawi_fetch::{Address, Feed, Outline, Sitemap};

/// Elements, with what ends them.
const ELEMENTS: [(&str, &str); 28] = [
    ("<item>", "</item>"),
    ("<item>", "</item>"),
    ("<item>", "</item>"),
    ("<entry>", "</entry>"),
    ("<entry>", "</entry>"),
    ("<url>", "</url>"),
    ("<url>", "</url>"),
    ("<channel>", "</channel>"),
    ("<title>", "</title>"),
    ("<title type=\"xhtml\"><div>", "</div></title>"),
    ("<link>", "</link>"),
    ("<guid>", "</guid>"),
    ("<pubDate>", "</pubDate>"),
    ("<author>", "</author>"),
    ("<name>", "</name>"),
    ("<content:encoded>", "</content:encoded>"),
    ("<content type=\"html\">", "</content>"),
    ("<content type=\"image/png\">", "</content>"),
    ("<content src=\"/1\">", "</content>"),
    ("<media:group>", "</media:group>"),
    (
        "<media:content url=\"/1\" duration=\"1:2\">",
        "</media:content>",
    ),
    ("<media:text start=\"1:2:3:4\">", "</media:text>"),
    ("<itunes:duration>", "</itunes:duration>"),
    ("<loc>", "</loc>"),
    ("<news:title>", "</news:title>"),
    ("<a xmlns:a=\"b\" xml:base=\"/b/\">", "</a>"),
    ("<![CDATA[", "]]>"),
    ("<!--", "-->"),
];

/// What stands in them and between them.
const PIECES: [&str; 24] = [
    "https://nahr.example/أخبار",
    "/1?a=1&b=2",
    "Mon, 02 Mar 2026 08:30:00 +0300",
    "2026-03-02",
    "99:99:99:99",
    "افتتاح الميناء",
    "<link href=\"/1\"/>",
    "<link rel=\"alternate\" href=\"\"/>",
    "<enclosure url=\"/1\" length=\"x\" type=\"a\"/>",
    "<category term=\"a\"/>",
    "<media:thumbnail url=\"/1\" time=\"a\"/>",
    "<outline xmlUrl=\"http://nahr.example/\" text=\"النهر\"/>",
    "<!DOCTYPE r [<!ENTITY a \"b\">]>",
    "&a;",
    "&amp;",
    "&nbsp;",
    "&#x61;",
    "&#0;",
    "&",
    "<",
    ">",
    "]]>",
    "</item>",
    "\"",
];

/// What documents begin with, and end with.
const ROOTS: [(&str, &str); 7] = [
    ("<rss version=\"2.0\"><channel>", "</channel></rss>"),
    (
        "<rss version=\"2.0\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel>",
        "</channel></rss>",
    ),
    ("<feed xmlns=\"http://www.w3.org/2005/Atom\">", "</feed>"),
    (
        "<rdf:RDF xmlns:rdf=\"r\" xmlns=\"http://purl.org/rss/1.0/\">",
        "</rdf:RDF>",
    ),
    ("<urlset>", "</urlset>"),
    ("<opml><body>", "</body></opml>"),
    (
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"",
        "\"}]}",
    ),
];

/// A document of such pieces, a byte for each: most of what is opened is closed, and
/// every now and then there is anything else.
pub fn document(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut open = Vec::new();
    let (root, rest) = match bytes {
        [first, rest @ ..] => (ROOTS[usize::from(*first) % ROOTS.len()], rest),
        [] => return out,
    };
    out.push_str(root.0);
    for (i, byte) in rest.iter().enumerate() {
        let choice = usize::from(*byte);
        match byte {
            0..=89 => {
                let (start, end) = ELEMENTS[choice % ELEMENTS.len()];
                out.push_str(start);
                open.push(end);
            }
            90..=169 => out.push_str(PIECES[choice % PIECES.len()]),
            170..=251 => out.extend(open.pop()),
            _ => {
                let next = rest.get(i + 1).copied().unwrap_or_default();
                out.extend(char::from_u32(u32::from(next) << (byte % 8)));
            }
        }
    }
    out.extend(open.into_iter().rev());
    out.push_str(root.1);
    out
}

fn base() -> Address {
    Address::parse("https://nahr.example/all").expect("an address")
}

/// No feed brings more items than it has characters, and where they lead is an address.
pub fn feed(text: &str) {
    let Ok(feed) = Feed::read(text.to_owned(), &base()) else {
        return;
    };
    let mut count = 0;
    for item in feed {
        count += 1;
        if let Some(address) = item.ok().and_then(|item| item.address) {
            assert_eq!(Address::parse(address.as_str()), Ok(address));
        }
    }
    assert!(count <= text.len());
}

/// The same of a sitemap.
pub fn sitemap(text: &str) {
    let Ok(map) = Sitemap::read(text.to_owned(), &base()) else {
        return;
    };
    let mut count = 0;
    for entry in map {
        count += 1;
        if let Ok(entry) = entry {
            assert_eq!(Address::parse(entry.address.as_str()), Ok(entry.address));
        }
    }
    assert!(count <= text.len() + 1);
}

/// The same of a list of addresses.
pub fn outline(text: &str) {
    let list = Outline::read(text);
    assert!(list.watched.len() + list.wrong.len() <= text.len());
}
