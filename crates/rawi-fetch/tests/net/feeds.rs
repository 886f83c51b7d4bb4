//! Feeds of all kinds, sound and broken.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use rawi_fetch::{Address, Feed, Item, Kind, Sitemap};

fn base() -> Address {
    Address::parse("https://nahr.example/feeds/all").unwrap()
}

fn read(text: &str) -> Vec<Result<Item, String>> {
    match Feed::read(text.to_owned(), &base()) {
        Ok(feed) => feed.collect(),
        Err(why) => vec![Err(why)],
    }
}

/// One line for an item: where, day, title, author.
fn line(item: &Item) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".into());
    let at = item.address.as_ref().map_or("-", Address::as_str);
    let at = at.trim_start_matches("https://nahr.example");
    let (day, title) = (text(&item.published), text(&item.title));
    format!("{at} | {day} | {title} | {}", text(&item.author))
}

#[test]
fn all_kinds() {
    let rss = |items: &str| {
        format!("<rss version=\"2.0\"><channel><title>النهر</title>{items}</channel></rss>")
    };
    for (feed, want) in [
        (
            rss("<item><title>ميناء</title><link>https://nahr.example/1</link><pubDate>Mon, 02 Mar 2026 00:30:00 +0300</pubDate><author>سالم البدري</author><guid isPermaLink=\"false\">x1</guid></item>"),
            "/1 | 2026-03-02 | ميناء | سالم البدري",
        ),
        // Without its version, with another, with one that nobody knows.
        (
            "<rss><channel><item><title>أ</title><link>/1</link></item></channel></rss>".into(),
            "/1 | - | أ | -",
        ),
        (
            "<rss version='0.91'><channel><item><title>أ</title><link>/1</link></item></channel></rss>".into(),
            "/1 | - | أ | -",
        ),
        (
            "<rss version='7'><channel><item><title>أ</title><link>/1</link></item></channel></rss>".into(),
            "/1 | - | أ | -",
        ),
        // RSS 1.0, whose items stand beside the channel.
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>النهر</title></channel><item rdf:about='y'><title>أ</title><link>/1</link><dc:date>2026-03-02T23:00:00-05:00</dc:date><dc:creator>هند</dc:creator></item></rdf:RDF>".into(),
            "/1 | 2026-03-02 | أ | هند",
        ),
        // RSS 0.90.
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>النهر</title></channel><item><title>أ</title><link>/1</link></item></rdf:RDF>".into(),
            "/1 | - | أ | -",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>النهر</title><entry><id>tag:1</id><title type='html'>ميناء &amp;amp; مطار</title><link rel='enclosure' href='/a.mp3' type='audio/mpeg'/><link rel='alternate' type='text/html' href='/1'/><published>2026-03-02T08:30:00Z</published><author><name>هند</name></author><author><name>سالم</name></author></entry></feed>".into(),
            "/1 | 2026-03-02 | ميناء & مطار | هند، سالم",
        ),
        // Atom 0.3, and Atom with a prefix.
        (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><id>1</id><title>أ</title><link rel='alternate' href='/1'/></entry></feed>".into(),
            "/1 | - | أ | -",
        ),
        (
            "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>أ</a:title><a:link href='/1'/></a:entry></a:feed>".into(),
            "/1 | - | أ | -",
        ),
        (
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"النهر\",\"items\":[{\"id\":7,\"url\":\"/1\",\"title\":\"أ\",\"date_published\":\"2026-03-02T08:30:00+03:00\",\"authors\":[{\"name\":\"هند\"}]}]}".into(),
            "/1 | 2026-03-02 | أ | هند",
        ),
        // No link but the id; no title; a prefix that is declared nowhere.
        (
            rss("<item><guid>https://nahr.example/1</guid></item>"),
            "/1 | - | - | -",
        ),
        (
            rss("<item><link>/1</link><title>أ</title><dc:creator>هند</dc:creator></item>"),
            "/1 | - | أ | هند",
        ),
        // Dates as they are written.
        (
            rss("<item><link>/1</link><pubDate>الاثنين 2 آذار/مارس 2026</pubDate></item>"),
            "/1 | 2026-03-02 | - | -",
        ),
        (
            rss("<item><link>/1</link><pubDate>٢ مارس ٢٠٢٦</pubDate></item>"),
            "/1 | 2026-03-02 | - | -",
        ),
        (
            rss("<item><link>/1</link><pubDate>Monday, 2 March 2026 8:30 PM</pubDate></item>"),
            "/1 | 2026-03-02 | - | -",
        ),
        (
            rss("<item><link>/1</link><pubDate>قبل قليل</pubDate></item>"),
            "/1 | - | - | -",
        ),
        // References that XML has not.
        (
            rss("<item><link>/1?a=1&b=2</link><title>ميناء & مطار&nbsp;جديد &laquo;النهر&raquo;&#0;</title></item>"),
            "/1?a=1&b=2 | - | ميناء & مطار جديد «النهر» | -",
        ),
        // What looks like an item inside of another's text.
        (
            rss("<item><link>/1</link><title><![CDATA[<item> & </item>]]></title></item><!-- <item><link>/2</link></item> -->"),
            "/1 | - | & | -",
        ),
    ] {
        let found = read(&feed);
        assert_eq!(found.len(), 1, "{feed}: {found:?}");
        assert_eq!(found[0].as_ref().map(line).as_deref(), Ok(want), "{feed}");
    }
}

#[test]
fn feeds_say_what_they_are_called() {
    let feed = Feed::read(
        "<rss version='2.0'><channel><title>أخبار النهر &amp; البحر</title><link>/</link><language>ar-IQ</language><item><title>x</title></item></channel></rss>".into(),
        &base(),
    )
    .unwrap();
    assert_eq!(feed.title(), Some("أخبار النهر & البحر"));
    assert_eq!(feed.language(), Some("ar-iq"));
}

#[test]
fn one_that_is_broken_costs_no_other() {
    let feed = "<rss version='2.0'><channel>
<item><title>أ</title><link>/1</link></item>
<item><title>ب</titel><link>/2</link></item>
<item><title>ت<link>/3</link>
<item><title>ث</title><link>/4</link></item>
<item><title>ج</title><link>/5</li";
    let found = read(feed);
    let sound: Vec<_> = found.iter().flatten().map(line).collect();
    assert_eq!(sound, ["/1 | - | أ | -", "/4 | - | ث | -"]);
    let wrong: Vec<_> = found.iter().filter_map(|f| f.as_ref().err()).collect();
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(
        wrong[1].contains("item 3") && wrong[1].contains("no end"),
        "{wrong:?}"
    );
    assert!(wrong[2].contains("middle"), "{wrong:?}");
    let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[7,{\"url\":\"/1\"},{\"url\":[]}]}";
    let found = read(json);
    assert_eq!(found.iter().filter(|f| f.is_ok()).count(), 1, "{found:?}");
    assert_eq!(found.len(), 3);
}

#[test]
fn what_is_no_feed_says_so() {
    for text in [
        "",
        "plain",
        "<html><body>404</body></html>",
        "<urlset></urlset>",
        "{\"a\":1}",
        "{\"version\":\"https://jsonfeed.org/version/1\"}",
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[",
        "<rss",
    ] {
        assert!(Feed::read(text.to_owned(), &base()).is_err(), "{text}");
    }
    assert!(read("<rss><channel></channel></rss>").is_empty());
}

#[test]
fn whole_articles_are_told_from_teasers() {
    let body = "<p>قالت الوزيرة إن الميناء سيفتح أمام السفن غدا.</p>".repeat(20);
    let feed = |content: &str| {
        format!(
            "<rss version='2.0'><channel><item><link>/1</link><description>ميناء</description><content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"
        )
    };
    let item = |text: &str| read(&feed(text)).remove(0).unwrap();
    let whole = item(&body);
    assert!(whole.whole && whole.content.as_deref() == Some(&body));
    assert!(!item("<p>ميناء</p>").whole);
    assert!(!item(&format!("{body}<p>وأضافت […]</p>")).whole);
}

#[test]
fn entities_are_not_unfolded() {
    let mut dtd = String::from("<!ENTITY a0 \"aaaaaaaaaa\">");
    for i in 1..12 {
        let inner = format!("&a{};", i - 1).repeat(10);
        dtd.push_str(&format!("<!ENTITY a{i} \"{inner}\">"));
    }
    let file = "<!ENTITY f SYSTEM \"file:///etc/passwd\">";
    let feed = format!(
        "<!DOCTYPE rss [{dtd}{file}]><rss version='2.0'><channel><item><title>&a11;&f;</title><link>/1</link></item></channel></rss>"
    );
    let begun = Instant::now();
    let item = read(&feed).remove(0).unwrap();
    assert_eq!(item.title.as_deref(), Some("&a11;&f;"));
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn time_grows_with_length_only() {
    let around = |inner: &str| format!("<rss version='2.0'><channel>{inner}</channel></rss>");
    let begun = Instant::now();
    let many = around(&"<item><title>ميناء</title><link>/1</link></item>".repeat(100_000));
    assert_eq!(read(&many).iter().filter(|f| f.is_ok()).count(), 100_000);
    let open = around(&"<item>".repeat(100_000));
    assert_eq!(read(&open).len(), 100_000);
    for hostile in [
        around(&format!(
            "<item>{}</item>",
            "<a xmlns:b='c'>".repeat(100_000)
        )),
        around(&format!("<item><a {}/></item>", "b='c' ".repeat(100_000))),
        around(&format!(
            "<item><a {}/></item>",
            "xmlns:b='c' ".repeat(4_000)
        )),
        around(&format!(
            "<item><title>{}</title></item>",
            "&".repeat(500_000)
        )),
        around(&format!(
            "<item><title>{}</title></item>",
            "&lt;a".repeat(500_000)
        )),
        around(&format!("<item>{}</item>", "a".repeat(5 << 20))),
        format!("<rss {}>", "xmlns:a".repeat(500_000)),
        around(&"<a xmlns:b='c'>".repeat(500_000)),
        format!("<rss>{}", "<!--".repeat(500_000)),
        format!("<rss>{}", "<![CDATA[".repeat(500_000)),
        format!("<rss>{}", "<!DOCTYPE [".repeat(500_000)),
        "<".repeat(2_000_000),
        format!(
            "{{\"version\":\"jsonfeed.org\",\"items\":{}",
            "[".repeat(500_000)
        ),
        format!(
            "{{\"version\":\"jsonfeed.org\",\"items\":[{}0]}}",
            "0,".repeat(500_000)
        ),
    ] {
        let _ = read(&hostile).len();
    }
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "{:?}",
        begun.elapsed()
    );
}

proptest! {
    /// Whatever comes, nothing breaks, and what is found is an address.
    #[test]
    fn anything_is_read(parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)) {
        let text = parts.concat();
        for item in read(&text).into_iter().flatten() {
            if let Some(address) = item.address {
                prop_assert_eq!(Address::parse(address.as_str()), Ok(address.clone()));
            }
        }
        if let Ok(map) = Sitemap::read(text.clone(), &base()) {
            prop_assert!(map.count() <= text.len() + 1);
        }
    }
}

const PARTS: &[&str] = &[
    "<rss version='2.0'>",
    "<channel>",
    "<item>",
    "</item>",
    "</channel>",
    "</rss>",
    "<feed>",
    "<entry>",
    "</entry>",
    "<link href='/1'/>",
    "<link>/1</link>",
    "<title>ميناء</title>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "&",
    "&amp;",
    "&#0;",
    "<",
    ">",
    "'",
    "\"",
    "ق",
    "<urlset>",
    "<url>",
    "<loc>/1</loc>",
    "</url>",
    "<rdf:RDF>",
    "<!DOCTYPE x [",
    "]>",
    "<?",
    "?>",
    "<a:b",
    "/>",
    "{\"version\":\"jsonfeed.org\",",
    "\"items\":[",
    "{\"url\":\"/1\"}",
    "]}",
    ",",
    "xmlns:a='b'",
];

#[test]
fn kinds_have_names() {
    assert_eq!(
        [Kind::Page, Kind::Feed, Kind::Sitemap].map(Kind::name),
        ["page", "feed", "sitemap"]
    );
}
