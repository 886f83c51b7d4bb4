//! What whoever asks owes a server.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rawi_fetch::{Ask, Fetcher, Got, Settings, Stop, Why};

use crate::server::Server;

type Page = (u16, String, Vec<u8>);

fn text(body: &str) -> Option<Page> {
    Some((200, String::new(), body.as_bytes().to_vec()))
}

fn why(fetcher: &Fetcher, server: &Server, path: &str) -> Option<Why> {
    fetcher
        .get(&Ask::for_all(&server.at(path)))
        .err()
        .map(|f| f.why)
}

#[test]
fn rules_are_asked_for_once_and_kept() {
    let server = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => text(
            "User-agent: *\nDisallow: /private\n\nUser-agent: rawi\nDisallow: /no\nSitemap: /map.xml\nSitemap: /map.xml\nSitemap: ftp://x/\n",
        ),
        _ => text("here"),
    });
    let fetcher = server.fetcher();
    assert_eq!(why(&fetcher, &server, "/private"), None);
    assert_eq!(why(&fetcher, &server, "/no/1"), Some(Why::Robots));
    assert_eq!(why(&fetcher, &server, "/a"), None);
    assert_eq!(
        fetcher.sitemaps_of(&server.at("/")).unwrap(),
        [server.at("/map.xml")]
    );
    assert_eq!(server.paths(), ["/robots.txt", "/private", "/a"]);
    let names = server.seen(|r| r.headers.get("user-agent").cloned().unwrap_or_default());
    assert!(
        names.iter().all(|name| name.starts_with("rawi/")),
        "{names:?}"
    );
}

#[test]
fn a_site_whose_rules_are_not_to_be_had_is_left_alone() {
    for (status, body, left_alone) in [
        (404, "", false),
        (403, "", false),
        (500, "", true),
        (503, "", true),
        (429, "", true),
        (200, "<html>no such page</html>", false),
    ] {
        let server = Server::new(move |r| match r.path.as_str() {
            "/robots.txt" => Some((status, String::new(), body.into())),
            _ => text("here"),
        });
        let fetcher = server.fetcher();
        let found = why(&fetcher, &server, "/a");
        if left_alone {
            assert!(
                matches!(found, Some(Why::NoRobots(_))),
                "{status}: {found:?}"
            );
            assert!(found.unwrap().passes());
            let _ = why(&fetcher, &server, "/b");
            assert_eq!(server.paths(), ["/robots.txt"], "{status}");
        } else {
            assert_eq!(found, None, "{status}");
        }
    }
}

#[test]
fn rules_may_be_elsewhere() {
    let server = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => Some((301, "Location: /rules\r\n".into(), Vec::new())),
        "/rules" => text("User-agent: *\nDisallow: /no\n"),
        _ => text("here"),
    });
    let fetcher = server.fetcher();
    assert_eq!(why(&fetcher, &server, "/no"), Some(Why::Robots));
    assert_eq!(why(&fetcher, &server, "/a"), None);
    let turning = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => Some((301, "Location: /robots.txt\r\n".into(), Vec::new())),
        _ => text("here"),
    });
    assert_eq!(why(&turning.fetcher(), &turning, "/a"), None);
}

#[test]
fn one_request_at_a_time_at_an_even_pace() {
    let busy = AtomicU32::new(0);
    let server = Server::new(move |r| {
        assert_eq!(busy.fetch_add(1, Ordering::SeqCst), 0, "two at once");
        thread::sleep(Duration::from_millis(10));
        busy.fetch_sub(1, Ordering::SeqCst);
        match r.path.as_str() {
            "/robots.txt" => None,
            _ => text("here"),
        }
    });
    let pause = Duration::from_millis(100);
    let mut settings: Settings = server.settings();
    settings.pause = pause;
    let fetcher = Fetcher::new(settings, Stop::new());
    thread::scope(|scope| {
        for path in ["/a", "/b", "/c", "/d"] {
            let (fetcher, server) = (&fetcher, &server);
            scope.spawn(move || assert_eq!(why(fetcher, server, path), None));
        }
    });
    let times = server.seen(|r| r.at);
    assert_eq!(times.len(), 5);
    for pair in times.windows(2) {
        // The server notes a request a little after it came.
        assert!(pair[1] - pair[0] >= pause / 2, "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn a_pause_that_the_site_asks_for_is_given() {
    let server = Server::new(|r| match r.path.as_str() {
        "/robots.txt" => text("User-agent: *\nCrawl-delay: 0.2\n"),
        _ => text("here"),
    });
    let fetcher = server.fetcher();
    for path in ["/a", "/b"] {
        assert_eq!(why(&fetcher, &server, path), None);
    }
    let times = server.seen(|r| r.at);
    assert!(times[2] - times[1] >= Duration::from_millis(100));
}

#[test]
fn a_server_that_wishes_so_is_left_alone() {
    let count = AtomicU32::new(0);
    let server = Server::new(move |r| {
        let busy = |wish: &str| Some((429, format!("Retry-After: {wish}\r\n"), Vec::new()));
        match r.path.as_str() {
            "/soon" if count.fetch_add(1, Ordering::SeqCst) == 0 => busy("1"),
            "/soon" => text("here"),
            "/late" => busy("3600"),
            "/down" => Some((503, String::new(), Vec::new())),
            _ => None,
        }
    });
    let fetcher = server.fetcher();
    let begun = Instant::now();
    assert_eq!(why(&fetcher, &server, "/soon"), None);
    assert!(begun.elapsed() >= Duration::from_millis(900));
    assert_eq!(why(&fetcher, &server, "/down"), Some(Why::Status(503)));
    assert_eq!(
        why(&fetcher, &server, "/late"),
        Some(Why::Busy(Duration::from_secs(3600)))
    );
    // And nothing else of it is asked for until then.
    let before = server.paths().len();
    assert!(matches!(
        why(&fetcher, &server, "/soon"),
        Some(Why::Busy(_))
    ));
    assert_eq!(server.paths().len(), before);
}

#[test]
fn what_has_not_changed_is_not_had_again() {
    const DAY: &str = "Mon, 02 Mar 2026 08:30:00 GMT";
    let server = Server::new(|r| {
        let same = r
            .headers
            .get("if-none-match")
            .is_some_and(|tag| tag == "\"x\"")
            && r.headers
                .get("if-modified-since")
                .is_some_and(|day| day == DAY);
        match (r.path.as_str(), same) {
            ("/robots.txt", _) => None,
            (_, true) => Some((304, String::new(), Vec::new())),
            _ => Some((
                200,
                format!(
                    "ETag: \"x\"\r\nLast-Modified: {DAY}\r\nContent-Type: Text/HTML; charset=windows-1256\r\n"
                ),
                b"here".to_vec(),
            )),
        }
    });
    let fetcher = server.fetcher();
    let address = server.at("/a");
    let Ok(Got::Document(got)) = fetcher.get(&Ask::for_all(&address)) else {
        panic!("no document");
    };
    assert_eq!(got.content_type.as_deref(), Some("text/html"));
    assert_eq!(got.charset.as_deref(), Some("windows-1256"));
    assert!(got.at.starts_with("20") && got.at.ends_with('Z') && got.at.len() == 20);
    let ask = Ask {
        etag: got.etag.as_deref(),
        modified: got.modified.as_deref(),
        ..Ask::for_all(&address)
    };
    assert_eq!(fetcher.get(&ask), Ok(Got::Unchanged));
}
