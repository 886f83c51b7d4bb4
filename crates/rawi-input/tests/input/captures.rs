//! Pages that come with what led to them, and what is known beside the text.

use encoding_rs::WINDOWS_1256;
use rawi::Article;
use rawi_input::{About, Capture, DateOrigin, Record};

use super::{Found, TEXT, json, read};

const ADDRESS: &str = "https://nahr.example/2026/03/02/mina/?utm_source=x";

/// The article of a capture.
fn one(capture: &Capture<'_>) -> (Article, About) {
    let records = capture.records();
    match records.into_iter().next_back() {
        Some(Record::Article { article, about, .. }) => (article, *about),
        other => panic!("{other:?}"),
    }
}

fn dated(about: &About) -> Option<(&str, DateOrigin)> {
    about.dated.as_ref().map(|d| (d.date.as_str(), d.from))
}

#[test]
fn the_surest_date_counts() {
    let page = |date: &str| {
        format!("<meta property=\"article:published_time\" content=\"{date}\"><p>{TEXT}</p>")
    };
    let all = Capture {
        address: ADDRESS,
        published: Some("Tue, 03 Mar 2026 10:00:00 GMT"),
        modified: Some("Fri, 06 Mar 2026 10:00:00 GMT"),
        given: Some("2026-03-05"),
        ..Capture::default()
    };
    let undated = Capture {
        address: "https://nahr.example/mina",
        published: None,
        ..all
    };
    let month = Capture {
        address: "https://nahr.example/2026/03/mina",
        given: None,
        ..undated
    };
    let early = Capture {
        fetched: Some("2026-02-10T00:00:00Z"),
        published: None,
        given: None,
        modified: None,
        ..all
    };
    let plain = page("");
    for (capture, page, day, expected) in [
        (
            all,
            page("2026-03-04"),
            true,
            ("2026-03-04", DateOrigin::Page),
        ),
        (all, plain.clone(), true, ("2026-03-03", DateOrigin::Feed)),
        (all, page("soon"), true, ("2026-03-03", DateOrigin::Feed)),
        (
            Capture {
                published: None,
                ..all
            },
            plain.clone(),
            true,
            ("2026-03-02", DateOrigin::Address),
        ),
        (
            undated,
            plain.clone(),
            true,
            ("2026-03-05", DateOrigin::Given),
        ),
        (
            month,
            plain.clone(),
            false,
            ("2026-03", DateOrigin::Address),
        ),
        (
            Capture {
                given: None,
                ..undated
            },
            plain.clone(),
            false,
            ("2026-03-06", DateOrigin::Http),
        ),
    ] {
        let bytes = page.as_bytes();
        let (article, about) = one(&Capture { bytes, ..capture });
        assert_eq!(dated(&about), Some(expected));
        let published = day.then(|| expected.0.to_owned());
        assert_eq!(article.published, published, "{expected:?}");
    }
    // The event that an address tells of, not the article.
    let bytes = plain.as_bytes();
    let (article, about) = one(&Capture { bytes, ..early });
    assert_eq!((article.published, about.dated), (None, None));
    // Nor does a given day stand in for one that cannot be read.
    let bytes = page("soon");
    let (article, _) = one(&Capture {
        bytes: bytes.as_bytes(),
        ..undated
    });
    assert_eq!(article.published, None);
}

#[test]
fn what_a_page_says_of_itself() {
    let page = format!(
        "<html lang=\"ar-LB\"><head><link rel=\"canonical\" href=\"https://nahr.example/mina\">\
         <meta property=\"og:url\" content=\"https://nahr.example/other\">\
         <script type=\"application/ld+json\">{{\"datePublished\": \"2026-03-02\", \
         \"author\": [{{\"name\": \"سلمى العطار\"}}, {{\"name\": \"نديم فارس\"}}]}}</script></head>\
         <body><p>{TEXT}</p></body></html>"
    );
    let (article, about) = one(&Capture {
        address: ADDRESS,
        bytes: page.as_bytes(),
        fetched: Some("2026-03-02 09:00"),
        title: Some("عنوان التغذية"),
        outlet: Some("صحيفة النهر"),
        author: Some("غيرهما"),
        ..Capture::default()
    });
    assert_eq!(article.id, ADDRESS);
    assert_eq!(article.title.as_deref(), Some("عنوان التغذية"));
    assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"));
    assert_eq!(about.url.as_deref(), Some(ADDRESS));
    assert_eq!(
        about.canonical.as_deref(),
        Some("https://nahr.example/mina")
    );
    assert_eq!(about.author.as_deref(), Some("سلمى العطار، نديم فارس"));
    assert_eq!(about.language.as_deref(), Some("ar-LB"));
    assert_eq!(about.fetched.as_deref(), Some("2026-03-02T09:00:00Z"));
}

#[test]
fn an_address_that_is_none_of_an_article() {
    for (head, found) in [
        ("<link rel=canonical href=\"https://nahr.example/\">", None),
        ("<link rel=canonical href=\"https://nahr.example\">", None),
        ("<link rel=canonical href=\"/mina\">", None),
        ("<link rel=canonical href=\"javascript://x/y\">", None),
        ("<link rel=icon href=\"https://nahr.example/x.ico\">", None),
        (
            "<link rel=canonical href=\"https://nahr.example/\"><meta property=og:url content=\"https://nahr.example/m\">",
            Some("https://nahr.example/m"),
        ),
        (
            "<link rel=canonical href=\"https://nahr.example?id=7\">",
            Some("https://nahr.example?id=7"),
        ),
    ] {
        let page = format!("{head}<p>{TEXT}</p>");
        let (_, about) = one(&Capture {
            address: ADDRESS,
            bytes: page.as_bytes(),
            ..Capture::default()
        });
        assert_eq!(about.canonical.as_deref(), found, "{head}");
    }
}

#[test]
fn what_the_server_declares() {
    let (article, _) = one(&Capture {
        address: ADDRESS,
        bytes: &WINDOWS_1256.encode("<p>مصر</p>").0,
        charset: Some("Windows-1256"),
        ..Capture::default()
    });
    assert_eq!(article.text, "مصر");
    let (article, _) = one(&Capture {
        address: ADDRESS,
        bytes: "\u{feff}<p>مصر</p>".as_bytes(),
        charset: Some("Windows-1256"),
        ..Capture::default()
    });
    assert_eq!(article.text, "مصر");
}

#[test]
fn what_is_no_page_is_refused() {
    for (bytes, said) in [
        (&b"%PDF-1.7\n"[..], "is a PDF"),
        (b"", "is empty"),
        (b"<script>x</script>", "holds no text"),
    ] {
        let records = Capture {
            address: ADDRESS,
            bytes,
            ..Capture::default()
        }
        .records();
        match &records[..] {
            [Record::Failed(problem)] => {
                let told = problem.to_string();
                assert!(told.contains(said) && told.starts_with(ADDRESS), "{told}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn fields_beside_the_text() {
    let line = format!(
        "{{\"id\": \"a\", \"text\": {}, \"link\": \"{ADDRESS}\", \"authors\": [\"سلمى العطار\", {{\"name\": \"نديم فارس\"}}], \
         \"lang\": \"ar\", \"crawled_at\": \"20260302093000\"}}\n",
        json(TEXT)
    );
    let table = format!(
        "id,text,url,الكاتب,language,fetched\na,\"{TEXT}\",{ADDRESS},سلمى العطار، نديم فارس,ar,2026-03-02T09:30:00Z\n"
    );
    for (name, bytes) in [("n.jsonl", line), ("n.csv", table)] {
        let found = read(name, bytes);
        assert_eq!(found.told(), "");
        let about = &found.about[0];
        assert_eq!(about.url.as_deref(), Some(ADDRESS));
        assert_eq!(about.author.as_deref(), Some("سلمى العطار، نديم فارس"));
        assert_eq!(about.language.as_deref(), Some("ar"));
        assert_eq!(about.fetched.as_deref(), Some("2026-03-02T09:30:00Z"));
        assert_eq!(dated(about), Some(("2026-03-02", DateOrigin::Address)));
        assert_eq!(found.articles[0].published.as_deref(), Some("2026-03-02"));
    }
    let dated_of = |line: &str| {
        let found: Found = read("n.jsonl", line);
        (found.about[0].clone(), found.told())
    };
    let (about, told) = dated_of(&format!(
        "{{\"text\": {}, \"date\": \"x\", \"url\": \"{ADDRESS}\"}}",
        json(TEXT)
    ));
    assert_eq!(dated(&about), Some(("2026-03-02", DateOrigin::Address)));
    assert!(
        told.contains("2026-03-02 is taken from its address"),
        "{told}"
    );
    let (about, _) = dated_of(&format!(
        "{{\"text\": {}, \"date\": \"2026-03-01\"}}",
        json(TEXT)
    ));
    assert_eq!(dated(&about), Some(("2026-03-01", DateOrigin::Field)));
}
