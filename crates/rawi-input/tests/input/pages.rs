//! Pages, whole and in pieces.

use super::{TEXT, article, json, read};
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
    ];
    for page in pages {
        let begin = Instant::now();
        let found = read("a.html", &page);
        assert_eq!(found.articles.len(), 1, "{}", found.told());
        let taken = begin.elapsed();
        assert!(taken < Duration::from_secs(5), "{taken:?}: {}", &page[..40]);
    }
}
