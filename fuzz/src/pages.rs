//! What must hold of any page and any container of pages, and texts that look enough like
//! them to get somewhere. The fuzz targets call these functions, and so does
//! `cargo test -p rawi-input --test input fuzz`, which needs no other toolchain.

use rawi_input::{Capture, Inputs, Record};

/// What pages and containers are made of.
const PIECES: [&str; 64] = [
    "<div>",
    "</div>",
    "<div class=ad>",
    "<div class=\"related x\">",
    "<p>",
    "</p>",
    "<br>",
    "<article>",
    "</article>",
    "<main>",
    "</main>",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h3>",
    "<a href=/x>",
    "</a>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<nav>",
    "</nav>",
    "<form>",
    "</form>",
    "<button>",
    "</button>",
    "<svg>",
    "</svg>",
    "<span class=byline>",
    "</span>",
    "<time>",
    "</time>",
    "<script type=application/ld+json>",
    "</script>",
    "{\"datePublished\": \"2026-03-02\", \"articleBody\": \"قالت الوزيرة\n\"}",
    "<title>",
    "</title>",
    "<body itemprop=articleBody>",
    "<div hidden>",
    "<!--",
    "-->",
    "&amp;quot;",
    "&#1602;",
    "&",
    "<meta property=og:title content=\"الميناء\">",
    "<link rel=canonical href=https://nahr.example/m>",
    "قالت وزيرة النقل إن الميناء سيفتح مطلع الشهر المقبل.",
    "وأضافت أن العمل انتهى.",
    "2 مارس 2026",
    "اقرأ أيضا",
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "Content-Length: 40\r\n",
    "Content-Type: application/http\r\n",
    "\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
    "Transfer-Encoding: chunked\r\n",
    "1a\r\n",
];

/// A text of pieces, as the bytes choose them.
pub fn pieces(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        match PIECES.get(usize::from(*byte)) {
            Some(piece) => out.push_str(piece),
            None => out.push_str(PIECES[usize::from(*byte) % PIECES.len()]),
        }
    }
    out
}

/// Reads a page.
pub fn page(text: &str) {
    let read = || {
        Capture {
            address: "https://nahr.example/m",
            bytes: text.as_bytes(),
            ..Capture::default()
        }
        .records()
    };
    let records = read();
    assert!(matches!(
        records.last(),
        Some(Record::Article { .. } | Record::Failed(_))
    ));
    check(&records, text.len());
    assert_eq!(format!("{records:?}"), format!("{:?}", read()));
}

/// Reads a container of pages.
pub fn container(text: &str) {
    let path = std::env::temp_dir().join(format!("rawi-fuzz-{}.warc", std::process::id()));
    if std::fs::write(&path, format!("WARC/1.0\r\n{text}")).is_err() {
        return;
    }
    let records: Vec<Record> = Inputs::new([path.clone()]).records().collect();
    assert!(!records.is_empty());
    check(&records, text.len());
    let _ = std::fs::remove_file(&path);
}

/// Articles hold lines of text, and no more of it than there was.
fn check(records: &[Record], length: usize) {
    let mut all = 0;
    for record in records {
        if let Record::Article { article, .. } = record {
            let clean = |line: &str| !line.is_empty() && line.trim() == line;
            assert!(article.text.lines().all(clean), "{:?}", article.text);
            all += article.text.len();
        }
    }
    assert!(all <= length * 3, "{all} of {length}");
}
