//! Readings as one page for the browser: right to left, without scripts or
//! anything to fetch. Pages are streamed: a head, an article after another, and
//! the index last, which the style sheet shows first.

mod card;
mod label;
mod marks;

use std::fmt::Write as _;

use rawi::{Article, Reading};

use crate::safe;
use card::Cards;
use marks::Mark;

const STYLE: &str = include_str!("html/page.css");

/// Speakers of an article that have a color and a highlight of their own.
const COLORS: usize = 48;

/// What the index says of an article that has been written.
#[derive(Debug)]
pub struct Entry {
    anchor: String,
    title: String,
    statements: usize,
}

/// The page up to the first article.
pub fn head() -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "<meta name=\"generator\" content=\"{}\">",
        rawi::ENGINE
    );
    let _ = writeln!(page, "<title>راوي: من قال ماذا</title>\n<style>\n{STYLE}");
    let classes = (0..COLORS).map(|n| {
        // Steps of the golden angle keep neighbors apart.
        let hue = (215 + n * 137) % 360;
        (format!("p{n}"), format!("--h: {hue}"))
    });
    let gray = "--h: 0; --tint-sat: 0%; --edge-sat: 0%";
    for (class, color) in classes.chain([("nobody".to_owned(), gray.to_owned())]) {
        let _ = writeln!(
            page,
            ".{class} {{ {color} }} \
             article:has(.legend .{class}:is(:hover, :focus)) .st:not(.{class}) \
             {{ background: none; box-shadow: none; color: var(--soft) }} \
             article:has(.legend .{class}:is(:hover, :focus)) :is(.cue, .src, .chan):not(.{class}) \
             {{ text-decoration-color: transparent }}"
        );
    }
    page.push_str("</style>\n</head>\n<body>\n");
    page.push_str(
        "<div class=\"bar\"><div class=\"key\"><b>راوي</b><span>لكل متحدث لون</span>\
         <span class=\"p0\"><span class=\"cue\">الفعل الناقل</span></span>\
         <span class=\"p0\"><span class=\"src\">المصدر في الجملة</span></span>\
         <span class=\"p0\"><span class=\"chan\">القناة</span></span>\
         <span>مرّر المؤشر فوق القول أو انقر عليه لترى من قاله وكيف</span></div></div>\n",
    );
    page
}

/// One article; `number` tells it from the others of the page.
pub fn article(number: u64, article: &Article, reading: &Reading) -> (String, Entry) {
    let anchor = format!("a{number}");
    let title = article
        .title
        .as_deref()
        .map_or_else(|| first_line(article), safe::one_line);
    let cards = Cards::new(&anchor, reading, &article.text);
    let mut out = String::with_capacity(article.text.len() * 3);
    let _ = write!(
        out,
        "<article id=\"{anchor}\">\n<header>\n<h1>{}</h1>\n<p>",
        safe::html(&title)
    );
    let facts = [
        reading.outlet.as_deref(),
        reading.published.as_deref(),
        Some(reading.id.as_str()),
    ];
    for (i, fact) in facts.into_iter().flatten().enumerate() {
        let dot = if i == 0 { "" } else { " · " };
        let _ = write!(out, "{dot}<bdi>{}</bdi>", safe::html(&safe::one_line(fact)));
    }
    out.push_str("</p>\n</header>\n");
    cards.legend(&mut out);
    let marks: Vec<Mark> = cards.marks();
    marks::write(&article.text, &marks, &mut out);
    out.push_str("</article>\n");
    let entry = Entry {
        anchor,
        title,
        statements: reading.statements.len(),
    };
    (out, entry)
}

/// The end of the page: the index, if there is more than one article.
pub fn tail(index: &[Entry]) -> String {
    let mut out = String::new();
    if index.len() > 1 {
        out.push_str("<nav aria-label=\"المقالات\">\n<h2>المقالات</h2>\n<ol>\n");
        for entry in index {
            let _ = writeln!(
                out,
                "<li><a href=\"#{}\">{}</a> <small>{}</small></li>",
                entry.anchor,
                safe::html(&entry.title),
                label::statements(entry.statements)
            );
        }
        out.push_str("</ol>\n</nav>\n");
    }
    let _ = writeln!(
        out,
        "<footer><bdi dir=\"ltr\">{}</bdi></footer>\n</body>\n</html>",
        rawi::ENGINE
    );
    out
}

/// What stands for a headline where there is none: the beginning of the text.
fn first_line(article: &Article) -> String {
    const LONGEST: usize = 80;
    let line = article
        .text
        .lines()
        .map(safe::one_line)
        .find(|l| !l.is_empty());
    let line = line.unwrap_or_else(|| article.id.clone());
    let Some((cut, _)) = line.char_indices().nth(LONGEST) else {
        return line;
    };
    let end = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", &line[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        let text = Article::new("id<1>", text).with_title("عنوان <script>");
        let reading = rawi::Reader::new().unwrap().read(&text).unwrap();
        article(0, &text, &reading).0
    }

    #[test]
    fn nothing_of_the_article_is_markup() {
        let page = page(
            "قال الوزير سالم <script>alert(1)</script> البدري إن \"الطريق\" <b>مفتوح</b> & آمن.",
        );
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(
            page.contains("id&lt;1&gt;") && page.contains("&amp; آمن"),
            "{page}"
        );
    }

    #[test]
    fn statements_speakers_and_their_parts_are_marked() {
        let page = page("قال الوزير سالم البدري في بيان إن الطريق مفتوح.\nوأضاف: «لا خطر».");
        for part in [
            "<li><a class=\"p0\" href=\"#a0-s1\">سالم البدري <small>قولان</small></a></li>",
            "<span class=\"cue p0\"",
            "<span class=\"src p0\"",
            "<span class=\"chan p0\"",
            "id=\"a0-s1\"",
            "<strong>سالم البدري</strong>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert_eq!(page.matches("<p>").count(), 3);
        assert_eq!(
            page.matches("<span").count(),
            page.matches("</span>").count()
        );
    }

    #[test]
    fn one_article_needs_no_index() {
        assert!(!tail(&[]).contains("<nav"));
    }
}
