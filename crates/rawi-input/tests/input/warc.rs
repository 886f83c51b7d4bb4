//! Pages out of the containers of web archives.

use std::io::Write as _;

use encoding_rs::WINDOWS_1256;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use proptest::prelude::*;
use rawi_input::DateOrigin;

use super::{Found, TEXT, gzip, read};

/// A record with its head.
fn record(kind: &str, address: &str, media: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n\
         WARC-Date: 2026-03-02T08:30:00Z\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(address: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\n");
    let block = [head.as_bytes(), body].concat();
    record(
        "response",
        address,
        "application/http; msgtype=response",
        &block,
    )
}

const HTML: &str = "Content-Type: text/html; charset=utf-8";

fn page() -> String {
    format!(
        "<html><body><p>{}</p></body></html>",
        TEXT.replace('\n', "</p><p>")
    )
}

fn address(n: usize) -> String {
    format!("https://nahr.example/2026/03/0{n}/mina/")
}

/// Records as a crawler writes them: what it is, a question, and three answers.
fn records() -> Vec<Vec<u8>> {
    let mut all = vec![
        record(
            "warcinfo",
            "",
            "application/warc-fields",
            b"software: x\r\n",
        ),
        record(
            "request",
            &address(1),
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
    ];
    all.extend((1..4).map(|n| answer(&address(n), HTML, page().as_bytes())));
    all
}

/// Everything that was told, with the addresses in it.
fn told(found: &Found) -> String {
    let all = found.remarks.iter().chain(&found.failed);
    let all: Vec<String> = all.map(ToString::to_string).collect();
    all.join("\n")
}

fn addresses(found: &Found) -> Vec<&str> {
    found
        .about
        .iter()
        .map(|a| a.url.as_deref().unwrap())
        .collect()
}

#[test]
fn a_container_in_every_form() {
    let records = records();
    let plain = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|r| gzip(r)).collect();
    let old = String::from_utf8(plain.clone())
        .unwrap()
        .replace("WARC/1.1", "WARC/1.0");
    for (name, bytes) in [
        ("a.warc", plain.clone()),
        ("a.warc.gz", members),
        ("a.warc.gz", gzip(&plain)),
        ("a", plain),
        ("a.warc", old.into_bytes()),
    ] {
        let found = read(name, bytes);
        assert_eq!(found.texts(), [TEXT; 3], "{name}: {}", told(&found));
        assert_eq!(addresses(&found), [address(1), address(2), address(3)]);
        let about = &found.about[0];
        assert_eq!(about.fetched.as_deref(), Some("2026-03-02T08:30:00Z"));
        assert_eq!(about.dated.as_ref().unwrap().from, DateOrigin::Address);
        // The third was captured before the date in its address.
        assert_eq!(found.articles[0].published.as_deref(), Some("2026-03-01"));
        assert!(found.failed.is_empty(), "{}", told(&found));
        let told = told(&found);
        assert!(
            told.contains(
                "2 of 5 records hold no page and were passed over: 1 request, 1 warcinfo"
            ),
            "{told}"
        );
    }
}

#[test]
fn encodings_of_answers() {
    let page = page();
    let bytes = page.as_bytes();
    let zlib = |mut e: ZlibEncoder<Vec<u8>>| {
        e.write_all(bytes).unwrap();
        e.finish().unwrap()
    };
    let deflate = |mut e: DeflateEncoder<Vec<u8>>| {
        e.write_all(bytes).unwrap();
        e.finish().unwrap()
    };
    let fast = Compression::fast();
    let chunks = |bytes: &[u8]| -> Vec<u8> {
        let chunk = |c: &[u8]| [format!("{:x}\r\n", c.len()).as_bytes(), c, b"\r\n"].concat();
        let all: Vec<u8> = bytes.chunks(50).flat_map(chunk).collect();
        [&all[..], b"0\r\n\r\n"].concat()
    };
    // One literal block of brotli, as no encoder is at hand: a head of two bits for the
    // window, a length of sixteen bits, and the bytes as they are.
    let brotli = {
        let length = u64::try_from(bytes.len() - 1).unwrap();
        let head = (length << 4) | (1 << 20);
        let mut out = head.to_le_bytes()[..3].to_vec();
        out.extend_from_slice(bytes);
        out.push(3);
        out
    };
    for (fields, body) in [
        ("Content-Encoding: gzip", gzip(bytes)),
        ("content-encoding: X-GZIP", gzip(bytes)),
        (
            "Content-Encoding: deflate",
            zlib(ZlibEncoder::new(Vec::new(), fast)),
        ),
        (
            "Content-Encoding: deflate",
            deflate(DeflateEncoder::new(Vec::new(), fast)),
        ),
        ("Content-Encoding: br", brotli),
        ("Transfer-Encoding: chunked", chunks(bytes)),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
            chunks(&gzip(bytes)),
        ),
        // What the crawler has taken off already.
        ("Transfer-Encoding: chunked", bytes.to_vec()),
        ("Content-Encoding: gzip", bytes.to_vec()),
        ("Content-Encoding: br", bytes.to_vec()),
        ("Content-Encoding: deflate", bytes.to_vec()),
        ("Content-Encoding: identity", bytes.to_vec()),
    ] {
        let found = read(
            "a.warc",
            answer(&address(1), &format!("{HTML}\r\n{fields}"), &body),
        );
        assert_eq!(found.texts(), [TEXT], "{fields}: {}", told(&found));
    }
    let plain = TEXT.replace(['«', '»'], "\"");
    let page = page.replace(['«', '»'], "\"");
    for charset in ["windows-1256", "iso-8859-1"] {
        let fields = format!("Content-Type: text/html;charset=\"{charset}\"");
        let found = read(
            "a.warc",
            answer(&address(1), &fields, &WINDOWS_1256.encode(&page).0),
        );
        assert_eq!(found.texts(), [plain.as_str()], "{charset}");
    }
}

#[test]
fn what_is_no_page_is_counted() {
    let all = [
        answer(&address(1), "Content-Type: image/png", b"\x89PNG"),
        answer(&address(1), "Content-Type: application/json", b"{}"),
        record(
            "response",
            &address(1),
            "application/http",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x</p>",
        ),
        record("revisit", &address(1), "application/http", b""),
        record("resource", &address(2), "text/html", page().as_bytes()),
        record("conversion", &address(3), "text/plain", TEXT.as_bytes()),
    ];
    let found = read("a.warc", all.concat());
    assert_eq!(found.texts(), [TEXT; 2]);
    let told = told(&found);
    assert!(
        told.contains("4 of 6 records hold no page and were passed over: 1 application/json, 1 image/png, 1 revisit, 1 with status 404"),
        "{told}"
    );
}

#[test]
fn damage_has_a_name_and_costs_little() {
    let all = records().concat();
    // Cut anywhere, what stands whole before it is read, and one thing is said.
    let starts = |n: usize| records()[..n].concat().len();
    for cut in [
        starts(5) - 10,
        starts(4) + 40,
        starts(4) + 200,
        starts(4) + 330,
    ] {
        let found = read("a.warc", &all[..cut]);
        assert_eq!(found.articles.len(), 2, "{cut}: {}", told(&found));
        assert_eq!(found.failed.len(), 1, "{cut}: {}", told(&found));
        assert!(told(&found).contains("record 5, byte "), "{}", told(&found));
    }
    let packed: Vec<u8> = records().iter().flat_map(|r| gzip(r)).collect();
    let found = read("a.warc.gz", &packed[..packed.len() - 30]);
    assert_eq!(
        (found.articles.len(), found.failed.len()),
        (2, 1),
        "{}",
        told(&found)
    );
    // Junk between records, and a length that is wrong.
    let [info, _, one, two, three] = &records()[..] else {
        panic!()
    };
    let junk = [&info[..], one, b"junk\r\nmore\r\n", two, three].concat();
    let found = read("a.warc", junk);
    assert_eq!(
        (found.articles.len(), found.failed.len()),
        (3, 1),
        "{}",
        told(&found)
    );
    let short = String::from_utf8(one.clone()).unwrap();
    let at = short.find("Content-Length: ").unwrap() + 16;
    let short = format!(
        "{}1{}",
        &short[..at],
        &short[short[at..].find('\r').unwrap() + at..]
    );
    let found = read("a.warc", [short.as_bytes(), two].concat());
    assert_eq!(found.articles.len(), 1, "{}", told(&found));
    assert!(!found.failed.is_empty());
    assert!(told(&read("a.warc", "")).contains("holds no record"));
    assert!(
        read("a.warc", "no container")
            .told()
            .contains("no record of WARC")
    );
}

#[test]
fn bombs_are_bounded() {
    let zeros = |count: usize| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let chunk = vec![b' '; 1 << 20];
        for _ in 0..count {
            encoder.write_all(&chunk).unwrap();
        }
        encoder.finish().unwrap()
    };
    let bomb = zeros(40);
    let packed = answer(
        &address(1),
        &format!("{HTML}\r\nContent-Encoding: gzip"),
        &bomb,
    );
    let twice = answer(
        &address(1),
        &format!("{HTML}\r\nContent-Encoding: gzip, gzip"),
        &gzip(&bomb),
    );
    let large = answer(&address(1), HTML, &vec![b'a'; 20 << 20]);
    let good = answer(&address(2), HTML, page().as_bytes());
    let found = read("a.warc", [packed, twice, large, good].concat());
    assert_eq!(found.texts(), [TEXT]);
    assert_eq!(found.failed.len(), 3, "{}", told(&found));
    let told = told(&found);
    assert_eq!(told.matches("longer than 16 MiB").count(), 3, "{told}");
    let head = format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000));
    assert!(read("a.warc", head).told().contains("does not end"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_damage_is_read_or_told(at in 0usize..3000, bytes in prop::collection::vec(any::<u8>(), 0..12), packed: bool) {
        let mut all = records().concat();
        let at = at.min(all.len());
        let end = (at + bytes.len()).min(all.len());
        all.splice(at..end, bytes);
        let all = if packed { gzip(&all) } else { all };
        let found = read("a.warc.gz", &all);
        prop_assert!(found.articles.len() + found.failed.len() > 0);
        prop_assert!(found.articles.len() <= 4);
        prop_assert_eq!(found.told(), read("a.warc.gz", &all).told());
    }
}
