//! Articles that are written to harm whoever reads them.

use std::collections::{BTreeSet, VecDeque};

use crate::house::{FORMULA, House, IMAGE, MARKUP, escaped};

/// The most pages that are looked at.
const PAGES: usize = 250;

/// Where to begin.
const BEGIN: [&str; 16] = [
    "/",
    "/en/",
    "/read",
    "/events",
    "/en/events",
    "/sides",
    "/health",
    "/en/health",
    "/corrections",
    "/sign-in",
    "/api",
    "/en/api",
    "/?about=%D8%A7%D9%84%D8%B3%D8%AF",
    "/?exact=1&sort=best&who=%D8%B3%D8%A7%D9%84%D9%85%20%D8%A7%D9%84%D8%A8%D8%AF%D8%B1%D9%8A",
    "/sides?a=%231&b=%232",
    "/en/events?actor=%231",
];

/// What links of a page lead to.
fn links(body: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, _) in body.match_indices("href=\"") {
        let rest = &body[at + 6..];
        if let Some(end) = rest.find('"') {
            all.push(rest[..end].replace("&amp;", "&").replace("&#38;", "&"));
        }
    }
    all
}

#[tokio::test]
async fn no_page_passes_anything_on_as_it_is() {
    let house = House::open().await;
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut next: VecDeque<String> = BEGIN.iter().map(|p| (*p).to_owned()).collect();
    while let Some(path) = next.pop_front() {
        let path = path.split('#').next().unwrap_or_default().to_owned();
        if seen.len() == PAGES || !seen.insert(path.clone()) {
            continue;
        }
        let answer = house.get(&path).await;
        assert!(answer.status < 500, "{path}: {answer:?}");
        if !answer
            .head
            .to_ascii_lowercase()
            .contains("content-type: text/html")
        {
            continue;
        }
        let body = &answer.body;
        for bad in [
            MARKUP,
            "<img src=x",
            "onerror=alert(2)>",
            "</textarea></title>",
            "<b>\"",
        ] {
            assert!(!body.contains(bad), "{path}: {bad}");
        }
        for bad in [
            '\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\0',
        ] {
            assert!(!body.contains(bad), "{path}: {bad:?}");
        }
        for inline in ["style=\"", "onclick=", "onload=", "<style", "javascript:"] {
            // The words of an article may say so; a tag may not.
            let tags = body.split('<').skip(1).filter_map(|t| t.split('>').next());
            for tag in tags {
                assert!(!tag.contains(inline), "{path}: <{tag}>");
            }
        }
        for link in links(body) {
            let outside = link.starts_with("https://river.example/");
            let inside = link.starts_with('/') && !link.starts_with("//");
            let here = link.starts_with('#') || link.starts_with('?') || link.is_empty();
            let data = link.starts_with("data:image/");
            assert!(outside || inside || here || data, "{path}: {link}");
            if inside && !link.starts_with("/assets/") && !link.starts_with("/dress") {
                next.push_back(link);
            }
        }
    }
    house.is_well().await;
}

#[tokio::test]
async fn a_text_that_is_read_is_escaped_too() {
    let house = House::open().await;
    let text =
        format!("{IMAGE} قال وزير الري سالم البدري إن {MARKUP} السد \u{202e} جاهز. {FORMULA}");
    let body = format!("text={0}&title={0}&outlet={0}", escaped(&text));
    for path in ["/read", "/en/read"] {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n\r\n{body}",
            house.at,
            body.len()
        );
        let answer = house.say(request).await.unwrap();
        assert!(answer.status < 500, "{answer:?}");
        for bad in [MARKUP, "<img src=x", "\u{202e}"] {
            assert!(!answer.body.contains(bad), "{path}: {bad:?}");
        }
    }
}

#[tokio::test]
async fn tables_hold_no_formulas() {
    let house = House::open().await;
    for path in [
        "/api/v1/export?format=csv",
        "/api/v1/export?format=csv&table=events",
        "/events?format=csv",
        "/events/download?format=csv",
        "/?format=csv",
    ] {
        let answer = house.get(path).await;
        assert!(answer.status < 500, "{path}: {answer:?}");
        if !answer.head.to_ascii_lowercase().contains("text/csv") {
            continue;
        }
        let body = answer.body.replace("\"\"", "");
        for cell in body.split([',', '\n']) {
            let cell = cell.trim_start_matches('"');
            let bad = cell.starts_with(['=', '+', '@']);
            assert!(!bad, "{path}: {cell}");
        }
    }
}
