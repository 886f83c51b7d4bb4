//! From an address to the pages that it leads to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use encoding_rs::WINDOWS_1256;
use rawi_fetch::{
    Ahead, Fetcher, Found, Gather, Hints, Kind, Options, Page, Poll, Reach, Settings, Stop, Tally,
    Wanted, Why,
};
use rawi_input::{DateOrigin, Record};
use rawi_time::Date;

use crate::server::Server;

const TEXT: &str = "قالت الوزيرة هند الصافي إن الميناء سيفتح أمام السفن غدا.";

fn page(title: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    )
}

/// A site of pages below `/news/`, with what else a test wants.
fn site(more: impl Fn(&str) -> Option<(String, Vec<u8>)> + Send + Sync + 'static) -> Server {
    Server::new(move |r| {
        if let Some((headers, body)) = more(&r.path) {
            return Some((200, headers, body));
        }
        let name = r.path.strip_prefix("/news/")?;
        let html = "Content-Type: text/html; charset=utf-8\r\n";
        (name != "missing").then(|| (200, html.to_owned(), page(name).into_bytes()))
    })
}

fn xml(text: &str) -> Option<(String, Vec<u8>)> {
    Some((
        "Content-Type: text/xml\r\n".into(),
        text.as_bytes().to_vec(),
    ))
}

struct Outcome {
    pages: Vec<Page>,
    failed: Vec<String>,
    tally: Tally,
    why: Option<Why>,
}

impl Outcome {
    fn titles(&self) -> Vec<&str> {
        let path = |page: &Page| page.fetched.address.as_str().rfind('/').unwrap() + 1;
        let name = |page| &Page::capture(page, None).address[path(page)..];
        self.pages.iter().map(name).collect()
    }
}

fn gather(server: &Server, path: &str, options: &Options, known: &[&str]) -> Outcome {
    let fetcher = server.fetcher();
    let known = |address: &str| known.iter().any(|k| address.ends_with(k));
    let mut gather = Gather::new(&fetcher, &server.at(path), options.clone()).without(known);
    let (mut pages, mut failed) = (Vec::new(), Vec::new());
    for found in gather.by_ref() {
        match found {
            Found::Page(page) => pages.push(*page),
            Found::Listed(wanted) => match fetcher.page(wanted) {
                Ok(page) => pages.push(page),
                Err(failure) => failed.push(failure.to_string()),
            },
            Found::Failed(failure) => failed.push(failure.to_string()),
        }
    }
    Outcome {
        pages,
        failed,
        tally: gather.tally().clone(),
        why: gather.failure().cloned(),
    }
}

const RSS: &str = "<rss version='2.0'><channel><title>النهر</title>
<item><title>واحد</title><link>/news/1</link><pubDate>Mon, 02 Mar 2026 08:30:00 +0300</pubDate><dc:creator>سالم</dc:creator></item>
<item><title>اثنان</title><link>/news/2</link><pubDate>Sun, 01 Mar 2026 08:30:00 +0300</pubDate></item>
<item><title>ثلاثة</title><link>/news/missing</link></item>
<item><title>مكرر</title><link>/news/1#more</link></item>
<item><title>بلا رابط</title></item>
</channel></rss>";

#[test]
fn a_page_is_itself() {
    let server = site(|_| None);
    let found = gather(&server, "/news/1", &Options::default(), &[]);
    assert_eq!(found.tally.kind, Some(Kind::Page));
    assert_eq!(found.titles(), ["1"]);
    assert!(found.failed.is_empty() && found.why.is_none());
}

#[test]
fn a_feed_leads_to_its_pages() {
    let server = site(|path| (path == "/rss").then(|| xml(RSS)).flatten());
    let found = gather(&server, "/rss", &Options::default(), &[]);
    assert_eq!(found.titles(), ["1", "2"]);
    assert_eq!(found.failed.len(), 2, "{:?}", found.failed);
    assert!(found.failed[0].contains("404") && found.failed[1].contains("no link"));
    assert_eq!((found.tally.pages, found.tally.failed), (3, 1));
    let records = found.pages[0].records(None);
    let Some(Record::Article { article, about, .. }) = records.last() else {
        panic!("{records:?}");
    };
    assert_eq!(article.published.as_deref(), Some("2026-03-02"));
    assert_eq!(about.dated.as_ref().map(|d| d.from), Some(DateOrigin::Feed));
    assert_eq!(about.author.as_deref(), Some("سالم"));
    assert!(about.fetched.is_some() && article.text.contains(TEXT));
    // What is there already, what is too old, and no more than is wanted.
    let found = gather(&server, "/rss", &Options::default(), &["/news/1"]);
    assert_eq!((found.titles(), found.tally.known), (vec!["2"], 1));
    let mut options = Options::default();
    options.since = Date::parse("2026-03-02");
    let found = gather(&server, "/rss", &options, &[]);
    assert_eq!((found.titles(), found.tally.old), (vec!["1"], 1));
    options = Options::default();
    options.most = 1;
    let found = gather(&server, "/rss", &options, &[]);
    assert_eq!((found.titles(), found.tally.cut), (vec!["1"], true));
}

#[test]
fn what_a_feed_holds_is_not_asked_for() {
    let body = format!("<p>{TEXT}</p>").repeat(20);
    let feed = format!("<rss version='2.0'><channel>
<item><title>واحد</title><link>/news/1</link><content:encoded><![CDATA[{body}]]></content:encoded></item>
<item><title>اثنان</title><link>/news/2</link><description>{TEXT}</description></item>
<item><title>ثلاثة</title><link>/news/3</link></item></channel></rss>");
    let server = site(move |path| (path == "/rss").then(|| xml(&feed)).flatten());
    let found = gather(&server, "/rss", &Options::default(), &[]);
    assert_eq!(found.titles(), ["1", "2", "3"]);
    assert_eq!(
        server.paths(),
        ["/robots.txt", "/rss", "/news/2", "/news/3"]
    );
    let records = found.pages[0].records(None);
    let Some(Record::Article { article, .. }) = records.last() else {
        panic!("{records:?}");
    };
    assert_eq!(article.title.as_deref(), Some("واحد"));
    assert_eq!(article.text.lines().count(), 20);
    let mut options = Options::default();
    options.feed_only = true;
    let before = server.paths().len();
    let found = gather(&server, "/rss", &options, &[]);
    assert_eq!(found.titles(), ["1", "2"]);
    assert_eq!(found.failed.len(), 1);
    assert_eq!(server.paths()[before..], ["/robots.txt", "/rss"]);
}

#[test]
fn encodings_are_known_whatever_is_said() {
    let text = format!("<?xml version='1.0' encoding='windows-1256'?>{RSS}");
    let bytes = WINDOWS_1256.encode(&text).0.into_owned();
    let wide: Vec<u8> = format!("\u{feff}{RSS}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf8 = text.clone().into_bytes();
    let server = site(move |path| {
        let as_utf8 = "Content-Type: text/xml; charset=utf-8\r\n".to_owned();
        let as_1256 = "Content-Type: text/xml; charset=windows-1256\r\n".to_owned();
        match path {
            "/declared" => Some((String::new(), bytes.clone())),
            "/lied" => Some((as_utf8, bytes.clone())),
            "/wide" => Some((as_1256, wide.clone())),
            "/plain" => Some((as_1256, utf8.clone())),
            "/page" => Some((as_utf8, WINDOWS_1256.encode(&page("ميناء")).0.into_owned())),
            _ => None,
        }
    });
    for path in ["/declared", "/lied", "/wide", "/plain"] {
        let found = gather(&server, path, &Options::default(), &[]);
        assert_eq!(found.titles(), ["1", "2"], "{path}");
        let hints = &found.pages[0].hints;
        assert_eq!(hints.title.as_deref(), Some("واحد"), "{path}");
    }
    let found = gather(&server, "/page", &Options::default(), &[]);
    let records = found.pages[0].records(None);
    let Some(Record::Article { article, .. }) = records.last() else {
        panic!("{records:?}");
    };
    assert_eq!(article.title.as_deref(), Some("ميناء"));
}

#[test]
fn sitemaps_lead_to_pages_and_to_sitemaps() {
    use std::io::Write as _;
    let inner = "<urlset xmlns:news='n'><url><loc>/news/1</loc><news:news><news:publication_date>2026-03-02</news:publication_date><news:title>واحد</news:title></news:news></url><url><loc>/news/2</loc></url></urlset>";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(inner.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let server = site(move |path| match path {
        "/robots.txt" => xml("User-agent: *\nSitemap: /index.xml\n"),
        "/index.xml" => xml(
            "<sitemapindex><sitemap><loc>/map.xml.gz</loc></sitemap><sitemap><loc>/index.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/news/page</loc></sitemap></sitemapindex>",
        ),
        "/map.xml.gz" => Some((
            "Content-Type: application/x-gzip\r\n".into(),
            packed.clone(),
        )),
        _ => None,
    });
    for path in ["/index.xml", "/"] {
        let found = gather(&server, path, &Options::default(), &[]);
        assert_eq!(found.tally.kind, Some(Kind::Sitemap));
        assert_eq!(found.titles(), ["1", "2"], "{path}");
        assert_eq!(found.failed.len(), 2, "{path}: {:?}", found.failed);
        let hints = &found.pages[0].hints;
        assert_eq!(hints.published.as_deref(), Some("2026-03-02"));
    }
}

#[test]
fn a_site_without_sitemaps_has_a_feed_perhaps() {
    let server = site(|path| match path {
        "/" => xml(
            "<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>",
        ),
        "/rss" => xml(RSS),
        _ => None,
    });
    let found = gather(&server, "/", &Options::default(), &[]);
    assert_eq!(found.titles(), ["1", "2"]);
    assert_eq!(found.tally.kind, Some(Kind::Feed));
}

#[test]
fn sitemaps_that_lead_in_circles_end() {
    let server = site(|path| {
        let depth: usize = path.strip_prefix("/map")?.parse().ok()?;
        let index = "<sitemapindex><sitemap><loc>/map{}</loc></sitemap><sitemap><loc>/map0</loc></sitemap></sitemapindex>";
        xml(&index.replace("{}", &(depth + 1).to_string()))
    });
    let found = gather(&server, "/map0", &Options::default(), &[]);
    assert!(found.pages.is_empty());
    assert!(
        found.failed.iter().all(|f| f.contains("deep")),
        "{:?}",
        found.failed
    );
    assert!(server.paths().len() < 8);
}

#[test]
fn what_could_not_be_had_is_remembered() {
    let state = Arc::new(Mutex::new("down"));
    let server = {
        let state = state.clone();
        Server::new(move |r| {
            let tagged = r.headers.get("if-none-match").is_some_and(|t| t == "\"1\"");
            let tag = || "ETag: \"1\"\r\n".to_owned();
            match (r.path.as_str(), *state.lock().unwrap()) {
                ("/rss", "down") => Some((502, String::new(), Vec::new())),
                ("/rss", _) if tagged => Some((304, String::new(), Vec::new())),
                ("/rss", _) => Some((200, tag(), RSS.into())),
                ("/news/1", "half") => Some((500, String::new(), Vec::new())),
                ("/news/1" | "/news/2", _) => Some((200, String::new(), page("أ").into())),
                _ => None,
            }
        })
    };
    let every = Duration::from_secs(900);
    let mut poll = Poll::default();
    let mut turn = |now: &'static str, known: &'static [&'static str]| {
        *state.lock().unwrap() = now;
        let fetcher = server.fetcher();
        let mut gather = Gather::new(&fetcher, &server.at("/rss"), Options::default())
            .without(|address| known.iter().any(|k| address.ends_with(k)))
            .since(&poll);
        let (mut pages, mut again) = (0, 0);
        for found in gather.by_ref() {
            let Found::Listed(wanted) = found else {
                continue;
            };
            match fetcher.page(wanted) {
                Ok(_) => pages += 1,
                Err(failure) => again += u64::from(failure.why.passes()),
            }
        }
        let mut tally = gather.tally().clone();
        tally.again += again;
        let mut next = poll.clone();
        next.note(&tally, gather.failure(), every, 1000);
        poll = next.clone();
        (pages, next)
    };
    let (pages, poll) = turn("down", &[]);
    assert_eq!((pages, poll.failures, poll.next), (0, 1, 1900));
    // The page that is broken for now is asked for the next time.
    let (pages, poll) = turn("half", &[]);
    assert_eq!((pages, poll.failures, poll.etag), (1, 0, None));
    let (pages, poll) = turn("up", &["/news/2", "/news/missing"]);
    assert_eq!((pages, poll.etag.as_deref()), (1, Some("\"1\"")));
    let (pages, poll) = turn("up", &[]);
    assert_eq!((pages, poll.etag.as_deref()), (0, Some("\"1\"")));
}

#[test]
fn pages_of_many_hosts_come_in_order() {
    let servers: Vec<Server> = (0..3).map(|_| site(|_| None)).collect();
    let mut settings = Settings::default();
    settings.pause = Duration::from_millis(20);
    settings.reach = Reach::anywhere();
    let fetcher = Fetcher::new(settings, Stop::new());
    let pages: Vec<Wanted> = servers
        .iter()
        .flat_map(|server| (0..30).map(|n| server.at(&format!("/news/{n}"))))
        .map(|address| Wanted {
            address,
            hints: Hints::default(),
        })
        .collect();
    let host = |w: &Wanted| format!("{}:{}", w.address.host(), w.address.port());
    let keyed: Vec<(String, Wanted)> = pages.into_iter().map(|w| (host(&w), w)).collect();
    let pages: Vec<Wanted> = Ahead::in_turns(keyed, |k| &k.0)
        .into_iter()
        .map(|k| k.1)
        .collect();
    let ahead = Ahead::new(pages.clone());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| ahead.work(&fetcher));
        }
        for (number, wanted) in pages.iter().enumerate().take(60) {
            let page = ahead.take(number).unwrap();
            assert_eq!(page.fetched.asked, wanted.address);
        }
        ahead.close();
        assert_eq!(ahead.take(89).unwrap_err().why, Why::Stopped);
    });
    let asked: usize = servers.iter().map(|s| s.paths().len() - 1).sum();
    assert!((60..=90).contains(&asked), "{asked}");
}
