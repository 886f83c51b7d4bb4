//! What a server can do to whoever asks it.

use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use rawi_fetch::{Ask, Failure, Fetcher, Got, Reach, Settings, Stop, Why};

use crate::server::Server;

fn get(fetcher: &Fetcher, server: &Server, path: &str) -> Result<Got, Failure> {
    fetcher.get(&Ask::for_all(&server.at(path)))
}

fn why(fetcher: &Fetcher, server: &Server, path: &str) -> Why {
    get(fetcher, server, path).unwrap_err().why
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

fn small(mut settings: Settings) -> Settings {
    settings.longest = 1 << 20;
    settings.whole = Duration::from_millis(600);
    settings
}

#[test]
fn bombs_are_given_up() {
    let bomb = gzip(&vec![0; 20 << 20]);
    let twice = gzip(&bomb);
    assert!(bomb.len() < 1 << 20);
    let server = Server::new(move |r| match r.path.as_str() {
        "/gzip" => Some((200, "Content-Encoding: gzip\r\n".into(), bomb.clone())),
        "/twice" => Some((
            200,
            "Content-Encoding: gzip, gzip\r\n".into(),
            twice.clone(),
        )),
        "/file.gz" => Some((
            200,
            "Content-Type: application/gzip\r\n".into(),
            bomb.clone(),
        )),
        "/long" => Some((200, String::new(), vec![b'a'; (1 << 20) + 1])),
        "/odd" => Some((200, "Content-Encoding: lzma\r\n".into(), b"abc".to_vec())),
        "/cut" => Some((
            200,
            "Content-Encoding: gzip\r\n".into(),
            bomb[..500].to_vec(),
        )),
        _ => None,
    });
    let fetcher = Fetcher::new(small(server.settings()), Stop::new());
    for path in ["/gzip", "/twice", "/file.gz"] {
        assert_eq!(why(&fetcher, &server, path), Why::Bomb(1 << 20), "{path}");
    }
    assert_eq!(why(&fetcher, &server, "/long"), Why::TooLong(1 << 20));
    for path in ["/odd", "/cut"] {
        assert!(
            matches!(why(&fetcher, &server, path), Why::Packed(_)),
            "{path}"
        );
    }
}

#[test]
fn what_never_ends_is_given_up() {
    let server = Server::raw(|request, stream| {
        match request.path.as_str() {
            // As fast as it goes.
            "/endless" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
                loop {
                    stream.write_all(&[b'a'; 8192])?;
                }
            }
            "/chunks" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                loop {
                    stream.write_all(b"4\r\naaaa\r\n")?;
                }
            }
            // As slowly as it goes.
            "/slow" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
                loop {
                    stream.write_all(b"a")?;
                    thread::sleep(Duration::from_millis(50));
                }
            }
            "/head" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
                loop {
                    stream.write_all(b"X: y\r\n")?;
                    thread::sleep(Duration::from_millis(50));
                }
            }
            "/long-head" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
                loop {
                    stream.write_all(&[b'a'; 8192])?;
                }
            }
            "/silent" => thread::sleep(Duration::from_secs(5)),
            "/short" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")?;
            }
            "/nothing" => {}
            "/no-http" => stream.write_all(b"220 mail.example ESMTP\r\n")?,
            _ => stream.write_all(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")?,
        }
        Ok(())
    });
    let fetcher = Fetcher::new(small(server.settings()), Stop::new());
    let begun = Instant::now();
    assert_eq!(why(&fetcher, &server, "/endless"), Why::TooLong(1 << 20));
    assert!(matches!(
        why(&fetcher, &server, "/chunks"),
        Why::TooLong(_) | Why::Slow(_)
    ));
    for path in ["/slow", "/head", "/silent"] {
        let why = why(&fetcher, &server, path);
        assert!(matches!(why, Why::Slow(_)), "{path}: {why:?}");
    }
    for path in ["/long-head", "/short", "/nothing", "/no-http"] {
        let why = why(&fetcher, &server, path);
        let broken = matches!(why, Why::Connection(_) | Why::TooLong(_));
        assert!(broken, "{path}: {why:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn machines_inside_are_refused() {
    let inner = Server::new(|_| Some((200, String::new(), b"secret".to_vec())));
    let port = inner.port;
    let outer = Server::new(move |r| {
        let to = match r.path.as_str() {
            "/port" => format!("http://127.0.0.1:{port}/"),
            "/name" => format!("http://localhost:{port}/"),
            "/number" => format!("http://2130706433:{port}/"),
            "/mapped" => format!("http://[::ffff:127.0.0.1]:{port}/"),
            "/zero" => format!("http://0.0.0.0:{port}/"),
            "/cloud" => "http://169.254.169.254/latest/meta-data/".to_owned(),
            "/file" => "file:///etc/passwd".to_owned(),
            "/password" => format!("http://a:b@127.0.0.1:{port}/"),
            "/empty" => "http://".to_owned(),
            _ => return None,
        };
        Some((302, format!("Location: {to}\r\n"), Vec::new()))
    });
    let fetcher = outer.fetcher();
    for path in ["/port", "/name", "/number", "/mapped", "/zero", "/cloud"] {
        let why = why(&fetcher, &outer, path);
        assert!(matches!(why, Why::Private(_)), "{path}: {why:?}");
    }
    for path in ["/file", "/password", "/empty"] {
        let why = why(&fetcher, &outer, path);
        assert!(matches!(why, Why::Address(_)), "{path}: {why:?}");
    }
    assert_eq!(inner.paths(), [] as [&str; 0]);
    // And nothing on this machine by default.
    let mut settings = Settings::default();
    settings.pause = Duration::ZERO;
    let fetcher = Fetcher::new(settings.clone(), Stop::new());
    assert!(matches!(why(&fetcher, &outer, "/port"), Why::Private(_)));
    // But what is allowed.
    settings.reach = Reach::anywhere();
    let fetcher = Fetcher::new(settings, Stop::new());
    assert!(get(&fetcher, &outer, "/port").is_ok());
}

#[test]
fn redirects_end() {
    let server = Server::new(|r| {
        let to = match r.path.as_str() {
            "/loop" => "/loop".to_owned(),
            "/ping" => "/pong".to_owned(),
            "/pong" => "/ping".to_owned(),
            "/a" => "/b".to_owned(),
            "/b" => "c%20d?x=1#y".to_owned(),
            "/arabic" => "/خبر".to_owned(),
            "/c%20d?x=1" | "/%D8%AE%D8%A8%D8%B1" => {
                return Some((200, String::new(), b"here".to_vec()));
            }
            "/nowhere" => return Some((302, String::new(), Vec::new())),
            _ => return None,
        };
        let status = if r.path == "/b" { 302 } else { 301 };
        Some((status, format!("Location: {to}\r\n"), Vec::new()))
    });
    let fetcher = server.fetcher();
    for path in ["/loop", "/ping"] {
        assert_eq!(why(&fetcher, &server, path), Why::Redirects(5), "{path}");
    }
    assert_eq!(why(&fetcher, &server, "/nowhere"), Why::Status(302));
    for (path, at, moved) in [
        ("/a", "/c%20d?x=1", Some("/b")),
        (
            "/arabic",
            "/%D8%AE%D8%A8%D8%B1",
            Some("/%D8%AE%D8%A8%D8%B1"),
        ),
        ("/c%20d?x=1", "/c%20d?x=1", None),
    ] {
        let Ok(Got::Document(got)) = get(&fetcher, &server, path) else {
            panic!("{path}");
        };
        assert_eq!(got.body, b"here");
        assert_eq!(got.asked, server.at(path));
        assert_eq!(got.address, server.at(at));
        assert_eq!(got.moved, moved.map(|to| server.at(to)));
    }
}

#[test]
fn work_can_be_stopped() {
    let server = Server::raw(|request, stream| {
        if request.path == "/robots.txt" {
            return stream
                .write_all(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(b"a")?;
            thread::sleep(Duration::from_millis(20));
        }
    });
    let stop = Stop::new();
    let fetcher = Fetcher::new(server.settings(), stop.clone());
    let begun = Instant::now();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(200));
        stop.say();
    });
    assert_eq!(why(&fetcher, &server, "/"), Why::Stopped);
    assert_eq!(why(&fetcher, &server, "/"), Why::Stopped);
    assert!(begun.elapsed() < Duration::from_secs(10));
}
