//! Addresses: `rawi ingest https://…` and `rawi watch`, from a server on this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{ARTICLE, Bench};

/// A site with a feed, `/rss`, of so many pages, `/news/N`, and how often each of its
/// paths was asked for.
struct Site {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    fn new(pages: usize, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                std::thread::spawn(move || answer(stream, pages, delay, &seen));
            }
        });
        Self { port, asked }
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self, begin: &str) -> usize {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|path| path.starts_with(begin)).count()
    }
}

fn answer(mut stream: TcpStream, pages: usize, delay: Duration, seen: &Mutex<Vec<String>>) {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while lines.read_line(&mut head).is_ok_and(|n| n > 2) {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    seen.lock().unwrap().push(path.clone());
    let same = head.to_ascii_lowercase().contains("if-none-match: \"1\"");
    let (status, body) = match path.strip_prefix("/news/") {
        Some(number) => {
            std::thread::sleep(delay);
            let title = format!("خبر السد رقم {number}");
            let body = format!(
                "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{ARTICLE}</p><p>هذا هو الخبر رقم {number} عن السد.</p></article></body></html>"
            );
            (200, body)
        }
        None if path == "/rss" && same => (304, String::new()),
        None if path == "/rss" => {
            let item = |n: usize| {
                format!(
                    "<item><title>خبر</title><link>/news/{n}</link><pubDate>Mon, 02 Mar 2026 08:30:00 +0300</pubDate></item>"
                )
            };
            let items: String = (0..pages).map(item).collect();
            (
                200,
                format!("<rss version='2.0'><channel>{items}</channel></rss>"),
            )
        }
        None if path == "/broken" => (200, "<rss version='2.0'><channel><item><title>x".into()),
        None => (404, String::new()),
    };
    // Whoever asked may have gone.
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\nETag: \"1\"\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// What the archive holds, a line for each article.
fn articles(bench: &Bench) -> Vec<String> {
    let archive = rawi_archive::Archive::open(bench.path("a.rawi"), rawi_archive::Mode::Read);
    let archive = archive.unwrap();
    archive.verify(|_, _| {}).unwrap();
    let sql = "SELECT v.given_id || ' ' || v.published || ' ' || coalesce(o.name, '-')
               FROM version v JOIN document d ON d.id = v.document_id
               LEFT JOIN outlet o ON o.id = d.outlet_id ORDER BY v.given_id";
    let mut all = archive.database().prepare(sql).unwrap();
    let rows = all.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn feeds_are_watched() {
    let (bench, site) = (Bench::new(), Site::new(3, Duration::ZERO));
    let list = format!(
        "# سدود\n{}\n{}\tصحيفة الرافد\n{}\nnowhere\n",
        site.at("/gone"),
        site.at("/rss"),
        site.at("/broken"),
    );
    bench.write("feeds.txt", list);
    let allow = format!("--allow-private=127.0.0.1:{}", site.port);
    let args = [
        "watch",
        "feeds.txt",
        "--archive",
        "a.rawi",
        "--once",
        "--delay",
        "0ms",
    ];
    // Not from this machine unless it is said.
    let ran = bench.run(&args);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("--allow-private=HOST"), "{}", ran.err);
    assert!(ran.err.contains("feeds.txt:5"), "{}", ran.err);
    assert_eq!(site.asked("/"), 0);
    let ran = bench.run(&[&args[..], &[&allow]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("404") && ran.err.contains("middle"),
        "{}",
        ran.err
    );
    let want: Vec<String> = (0..3)
        .map(|n| format!("{} 2026-03-02 صحيفة الرافد", site.at(&format!("/news/{n}"))))
        .collect();
    assert_eq!(articles(&bench), want);
    let failures = bench.run(&["failures", "--archive", "a.rawi"]);
    assert_eq!(failures.out.lines().count(), 2, "{}", failures.out);
    // It is not due again yet.
    let before = site.asked("/");
    let ran = bench.run(&[&args[..], &[&allow]].concat());
    assert_eq!((site.asked("/"), ran.code), (before, 1), "{}", ran.err);
    // Nor is anything had twice when it is.
    let ran = bench.run(&[
        "ingest",
        &site.at("/rss"),
        "--archive",
        "a.rawi",
        "--delay",
        "0ms",
        &allow,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(site.asked("/news/"), 3);
    assert_eq!(articles(&bench), want);
}

#[test]
fn addresses_are_ingested_beside_files() {
    let (bench, site) = (Bench::new(), Site::new(2, Duration::ZERO));
    bench.write("other.txt", ARTICLE);
    let args = [
        "--archive",
        "a.rawi",
        "--delay",
        "0ms",
        "--allow-private",
        "--published",
        "2026-03-05",
    ];
    let ran = bench.run(
        &[
            &["ingest", "other.txt", &site.at("/news/9"), &site.at("/rss")][..],
            &args,
        ]
        .concat(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = articles(&bench);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(
        found.contains(&format!("{} 2026-03-05 -", site.at("/news/9"))),
        "{found:?}"
    );
    let ran = bench.run(&["ingest", "http://", "--archive", "a.rawi"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_watch_ends_when_it_is_told_to_and_goes_on_later() {
    let (bench, site) = (Bench::new(), Site::new(40, Duration::from_millis(50)));
    bench.write("feeds.txt", site.at("/rss"));
    let args = [
        "watch",
        "feeds.txt",
        "--archive",
        "a.rawi",
        "--delay",
        "0ms",
        "--allow-private",
    ];
    let child = bench.start(&args);
    let begun = Instant::now();
    while site.asked("/news/") < 10 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(10));
    }
    super::send("-INT", &child);
    let ran = super::Ran::of(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 130, "{}", ran.err);
    assert!(begun.elapsed() < Duration::from_secs(60));
    let (had, before) = (articles(&bench).len(), site.asked("/news/"));
    assert!((1..40).contains(&had), "{had}: {}", ran.err);
    let ran = bench.run(&[&args[..], &["--once"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(articles(&bench).len(), 40);
    // What is in the archive was not asked for again.
    assert_eq!(site.asked("/news/") - before, 40 - had);
}
