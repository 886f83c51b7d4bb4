//! Pages, whole and in pieces.

use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

use super::{Found, TEXT, article, json, read};
use std::time::{Duration, Instant};

const PAGE: &str = "<!DOCTYPE html><html lang=ar><head><title>وفد في العاصمة | صحيفة النهر</title>\n\
<meta property=\"og:site_name\" content=\"صحيفة النهر\">\n\
<meta property=\"article:published_time\" content=\"2026-02-10T08:00:00+03:00\">\n\
<script>var x = \"<p>لا</p>\";</script><style>p { color: red }</style></head>\n\
<body><header><a href=/>الرئيسية</a></header><nav><ul><li><a href=/1>سياسة</a></ul></nav>\n\
<main><article><h1>وفد في العاصمة</h1><time datetime=\"2026-02-09\">أمس</time>\n\
<figure><img src=x><figcaption>صورة الوفد</figcaption></figure>\n\
<p>وصل وفد من مدينة الواحة إلى&nbsp;العاصمة، وقال المتحدث باسمه\n إن المحادثات <b>ستبدأ</b> غدا.</p>\n\
<div class=\"entry-meta\">كتب سامر</div><div class=\"share-buttons\">شارك</div>\n\
<p>وأضاف: &laquo;نأمل أن تكون الطريق مفتوحة قبل الشتاء&raquo;.</p>\n\
<p><a href=/2>اقرأ أيضا: خبر آخر من المدينة</a></p></article></main>\n\
<aside><article><p>خبر آخر لا شأن له بهذا</p></article></aside><footer>جميع الحقوق محفوظة</footer></body></html>";

#[test]
fn a_page() {
    for name in ["a.html", "a.htm", "a.txt", "a"] {
        let article = article(name, PAGE);
        assert!(article.text.ends_with(TEXT), "{}", article.text);
        assert!(
            article.text.len() <= TEXT.len() + "أمس\n".len(),
            "{}",
            article.text
        );
        assert_eq!(article.title.as_deref(), Some("وفد في العاصمة"));
        assert_eq!(article.published.as_deref(), Some("2026-02-10"));
        assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"));
    }
}

#[test]
fn what_data_blocks_say() {
    let page = format!(
        "<html><head><script type=\"application/ld+json\">{{\"@graph\": [{{\"@type\": \"NewsArticle\", \
         \"headline\": \"وفد في العاصمة\", \"datePublished\": \"2026-02-10\", \"publisher\": {{\"name\": \"صحيفة النهر\"}}}}]}}\
         </script></head><body><div><p>{TEXT}</p></div></body></html>"
    );
    let article = article("a.html", page);
    assert_eq!(article.title.as_deref(), Some("وفد في العاصمة"));
    assert_eq!(article.published.as_deref(), Some("2026-02-10"));
    assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"));
}

#[test]
fn fields_that_are_html() {
    let html = format!("<p>{}</p>", TEXT.replace('\n', "</p>\n<p>"));
    let record = format!("{{\"id\": \"a\", \"html\": {}}}", json(&html));
    assert_eq!(article("n.jsonl", record).text, TEXT);
    let record = format!(
        "{{\"id\": \"a\", \"text\": {}, \"html\": \"<p>لا</p>\"}}",
        json(TEXT)
    );
    assert_eq!(article("n.jsonl", record).text, TEXT);

    let line = format!("{{\"text\": {}}}\n", json(&html));
    let found = read("n.jsonl", line.repeat(3));
    assert_eq!(found.texts(), [TEXT; 3]);
    let told = found.told();
    assert_eq!(told.matches("the text is HTML").count(), 1, "{told}");
    let breaks = TEXT.replace('\n', "<br />");
    let found = read("n.jsonl", format!("{{\"text\": {}}}", json(&breaks)));
    assert_eq!(found.texts(), [TEXT]);
}

#[test]
fn tags_left_open_hide_nothing() {
    let more = "وقال المتحدث إن العمل انتهى وإن الطريق ستفتح. ".repeat(20);
    for page in [
        format!("<body><nav><ul><li>سياسة<p>{more}"),
        format!("<body><div class=related><div>{more}</div>"),
        format!("<body><header>عنوان<main><p>{more}</p></main>"),
        format!("<div><p>{more}</div></div></div></p>"),
        format!("<article><p>قصير</p></article><p>{more}</p>"),
    ] {
        let article = article("a.html", &page);
        assert!(
            article.text.contains(more.trim()),
            "{page}: {}",
            article.text
        );
    }
}

#[test]
fn hostile_pages_take_no_longer() {
    let many = 100_000;
    let pages = [
        format!("{}<p>{TEXT}</p>", "<div>".repeat(many)),
        format!("{}<p>{TEXT}</p>", "<b><i><a>".repeat(many)),
        format!("{}<p>{TEXT}</p>", "<article>".repeat(many)),
        format!("<p>{TEXT}</p>{}", "</div></p>".repeat(many)),
        format!("<p {}>{TEXT}</p>", "a=b c ".repeat(many)),
        format!("<p>{TEXT}</p>{}", "<".repeat(many)),
        format!("<p>{TEXT}</p>{}", "&amp".repeat(many)),
        format!("<p>{TEXT}</p><!--{}", "-->-<!--".repeat(many)),
        format!("<p>{TEXT}</p>{}", "<table><tr><td>".repeat(many)),
        format!("<p>{TEXT}</p><p>{}", "<p".repeat(many)),
        format!(
            "{}<p>{TEXT}</p>",
            "<div class=ad><span class=meta>".repeat(many)
        ),
        format!("{}<p>{TEXT}</p>", "<ul><li>".repeat(many)),
        format!("<p>{TEXT}</p>{}", "<div><p>نص</p></div>".repeat(many)),
        format!("<p>{TEXT}</p>{}", "<svg><b>".repeat(many)),
        format!(
            "<p>{TEXT}</p><script type=application/ld+json>{}",
            "[".repeat(many)
        ),
    ];
    for page in pages {
        let begin = Instant::now();
        let found = read("a.html", &page);
        assert_eq!(found.articles.len(), 1, "{}: {}", &page[..40], found.told());
        let taken = begin.elapsed();
        assert!(taken < Duration::from_secs(5), "{taken:?}: {}", &page[..40]);
    }
}

/// A page of a kind of its own with what must come out: fields, a blank line, and the
/// paragraphs.
fn pages() -> Vec<(String, String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/input/pages");
    let mut pages: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "html"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
            (name, read(&path), read(&path.with_extension("txt")))
        })
        .collect();
    pages.sort();
    assert!(pages.len() >= 19);
    pages
}

/// The article of a page in the form in which it is expected.
fn written(found: &Found) -> String {
    let (article, about) = (&found.articles[0], &found.about[0]);
    let mut out = String::new();
    for (name, value) in [
        ("title", &article.title),
        ("published", &article.published),
        ("outlet", &article.outlet),
        ("author", &about.author),
        ("canonical", &about.canonical),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("{name}: {value}\n"));
        }
    }
    format!("{out}\n{}\n", article.text)
}

#[test]
fn pages_as_outlets_make_them() {
    for (name, html, expected) in pages() {
        let found = read("a.html", html);
        assert!(found.failed.is_empty(), "{name}: {}", found.told());
        assert_eq!(written(&found), expected, "{name}");
    }
}

#[test]
fn pages_in_other_encodings_and_under_wrong_labels() {
    let wide = |html: &str| -> Vec<u8> {
        let units = html.encode_utf16();
        units.flat_map(u16::to_le_bytes).collect()
    };
    let eight = |html: &str, encoding: &'static Encoding| {
        // What the alphabet has not got.
        let html = html.replace(['«', '»', '”', '“'], "'").replace('⚡', "amp");
        encoding.encode(&html).0.into_owned()
    };
    for (name, html, expected) in pages() {
        let labels = [
            "utf-8",
            "windows-1252",
            "iso-8859-1",
            "windows-1256",
            "iso-8859-6",
        ];
        let found = read("a.html", wide(&html));
        assert_eq!(written(&found), expected, "{name} in UTF-16");
        for label in labels {
            let page = html
                .replace("charset=\"utf-8\"", &format!("charset=\"{label}\""))
                .replace("charset=\"UTF-8\"", &format!("charset=\"{label}\""))
                .replace("charset=windows-1256", &format!("charset={label}"));
            for encoding in [WINDOWS_1256, ISO_8859_6] {
                let found = read("a.html", eight(&page, encoding));
                let plain = |text: &str| text.replace(['«', '»', '”', '“'], "'");
                assert_eq!(
                    plain(&written(&found)),
                    plain(&expected),
                    "{name} in {} as {label}",
                    encoding.name()
                );
            }
        }
    }
}
