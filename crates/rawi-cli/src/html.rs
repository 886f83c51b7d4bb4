//! Readings as one page for the browser, without scripts or anything to fetch.
//! Pages are streamed: a head, an article after another, and the index last,
//! which the style sheet shows first.

mod card;
mod event;
mod list;
mod marks;

use std::fmt::Write as _;

use rawi::{Article, Reading};

use crate::part::{Told, parts, text};
use crate::safe;
use crate::words::Lang;
use card::Cards;

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
pub fn head(lang: Lang) -> String {
    let words = lang.words();
    let (code, direction) = (lang.code(), lang.direction());
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{code}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    // Writing to a string cannot fail.
    let _ = writeln!(
        page,
        "<meta name=\"generator\" content=\"{}\">",
        rawi::ENGINE
    );
    let _ = writeln!(page, "<title>{}</title>\n<style>\n{STYLE}", words.page);
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
    let _ = writeln!(
        page,
        "<header class=\"bar\"><h1>{}</h1>\n<p>{} {}</p>\n\
         <ul class=\"key\" aria-label=\"{}\"><li class=\"p0\"><span class=\"st\">{}</span></li>\
         <li class=\"p0\"><span class=\"cue\">{}</span></li>\
         <li class=\"p0\"><span class=\"src\">{}</span></li>\
         <li class=\"p0\"><span class=\"chan\">{}</span></li>\
         <li><span class=\"ev\">{}</span></li><li><span class=\"tm\">{}</span></li></ul></header>",
        words.page,
        words.about,
        words.hint,
        words.legend,
        words.said,
        words.cue,
        words.source,
        words.channel,
        words.event,
        words.time,
    );
    page
}

/// One article; `number` tells it from the others of the page.
pub fn article(
    number: u64,
    article: &Article,
    reading: &Reading<'_>,
    lang: Lang,
) -> (String, Entry) {
    let anchor = format!("a{number}");
    let words = lang.words();
    let title = article
        .title
        .as_deref()
        .map_or_else(|| first_line(article), safe::one_line);
    let headline = Told::of(reading);
    let parts = parts(headline.as_ref(), reading);
    let cards = Cards::new(&anchor, &parts, lang);
    let mut out = String::with_capacity(article.text.len() * 3);
    let _ = write!(
        out,
        "<article id=\"{anchor}\" aria-labelledby=\"{anchor}-h\">\n<header>\n\
         <h2 id=\"{anchor}-h\" dir=\"auto\""
    );
    write_title(article, &title, headline.as_ref(), &cards, &mut out);
    out.push_str("</h2>\n<p class=\"facts\">");
    let published = reading.published.map(|day| day.to_string());
    for (what, fact) in [
        (words.outlet, reading.outlet.as_deref()),
        (words.published, published.as_deref()),
        (words.id, Some(&*reading.id)),
    ] {
        if let Some(fact) = fact {
            let fact = safe::html_line(fact);
            let _ = write!(out, "<span><i>{what}</i> <bdi>{fact}</bdi>");
            if what == words.published && reading.published_from.is_some() {
                let _ = write!(out, " {}", words.from_text);
            }
            out.push_str("</span> ");
        }
    }
    out.push_str("</p>\n</header>\n");
    cards.legend(&mut out);
    out.push_str("<div class=\"text\" lang=\"ar\" dir=\"rtl\">\n");
    let marks = cards.marks(&text(reading), &article.text);
    marks::write(&article.text, &marks, &mut out);
    out.push_str("</div>\n");
    list::statements(&cards, &mut out);
    event::events(&cards, &mut out);
    out.push_str("</article>\n");
    let statements = cards.statements();
    let entry = Entry {
        anchor,
        title,
        statements,
    };
    (out, entry)
}

/// The rest of the title's element: the headline with its marks, or what stands
/// for it.
fn write_title(
    article: &Article,
    shown: &str,
    headline: Option<&Told<'_>>,
    cards: &Cards<'_>,
    out: &mut String,
) {
    let title = article.title.as_deref().unwrap_or_default();
    let marks = headline.map_or_else(Vec::new, |h| cards.marks(&h.whole(), title));
    let shown = safe::html(shown);
    if marks.is_empty() {
        let _ = write!(out, ">{shown}");
    } else {
        // Marks have names of their own, which must not stand for their words.
        let _ = write!(out, " aria-label=\"{shown}\">");
        marks::write_line(title, &marks, out);
    }
}

/// The end of the page: the index, if there is more than one article.
pub fn tail(index: &[Entry], lang: Lang) -> String {
    let mut out = String::new();
    if index.len() > 1 {
        let articles = lang.words().articles;
        let _ = writeln!(
            out,
            "<nav aria-label=\"{articles}\">\n<h2>{articles}</h2>\n<ol>"
        );
        for entry in index {
            let _ = writeln!(
                out,
                "<li><a href=\"#{}\"><bdi>{}</bdi></a> <small>{}</small></li>",
                entry.anchor,
                safe::html(&entry.title),
                lang.statements(entry.statements)
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
    let line = article
        .text
        .lines()
        .map(safe::one_line)
        .find(|l| !l.is_empty());
    shortened(&line.unwrap_or_else(|| safe::one_line(&article.id)), 80)
}

/// The beginning of a text, to a whole word, at most so many letters long.
fn shortened(text: &str, longest: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, lang: Lang) -> String {
        let text = Article::new("id<1>", text).with_title("عنوان <script>");
        let reading = rawi::Reader::new().unwrap().read(&text).unwrap();
        article(0, &text, &reading, lang).0
    }

    #[test]
    fn nothing_of_the_article_is_markup() {
        let page = page(
            "قال الوزير سالم <script>alert(1)</script> البدري إن \"الطريق\" <b>مفتوح</b> & آمن.",
            Lang::Ar,
        );
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(
            page.contains("id&lt;1&gt;") && page.contains("&amp; آمن"),
            "{page}"
        );
    }

    #[test]
    fn statements_speakers_and_their_parts_are_marked() {
        let page = page(
            "قال الوزير سالم البدري في بيان إن الطريق مفتوح.\nوأضاف: «لا خطر».",
            Lang::Ar,
        );
        for part in [
            "<li><a class=\"p0\" href=\"#a0-s1\"><bdi>سالم البدري</bdi> <small><bdi>الوزير</bdi> · قولان</small></a></li>",
            "<span class=\"cue p0\"",
            "<span class=\"src p0\"",
            "<span class=\"chan p0\"",
            "id=\"a0-s1\"",
            "<strong>سالم البدري</strong>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
        assert_eq!(
            page.matches("<span").count(),
            page.matches("</span>").count()
        );
    }

    #[test]
    fn every_piece_of_a_quotation_has_a_card() {
        let text = "قال الوزير سالم البدري: «الطريق مفتوح». ثم «لا خطر».";
        let text = Article::new("a", text);
        let mut reading = rawi::Reader::new().unwrap().read(&text).unwrap();
        let more = serde_json::json!({"start": 45, "end": 51, "text": "لا خطر"});
        let more = serde_json::from_value(more).unwrap();
        let content = &mut reading.statements[0].content;
        content.truncate(1);
        content.push(more);
        let page = article(0, &text, &reading, Lang::Ar).0;
        for part in [
            "id=\"a0-s1\"",
            "id=\"a0-s1-card\"",
            "id=\"a0-s1-2\"",
            "id=\"a0-s1-2-card\"",
        ] {
            assert_eq!(page.matches(part).count(), 1, "{part} in {page}");
        }
    }

    #[test]
    fn events_and_times_are_shown() {
        let text = "اعتقلت الشرطة خمسة متظاهرين في 3 مايو 2025.";
        let arabic = page(text, Lang::Ar);
        for part in [
            "<span class=\"ev\" id=\"a0-v1\"",
            "href=\"#a0-v1\"",
            "<span class=\"tm\" title=\"تاريخ: 2025-05-03\"",
            "<h3>الأحداث</h3>",
        ] {
            assert!(arabic.contains(part), "{part} in {arabic}");
        }
        assert!(page(text, Lang::En).contains("<h3>Events</h3>"));
    }

    #[test]
    fn one_article_needs_no_index() {
        assert!(!tail(&[], Lang::Ar).contains("<nav"));
    }
}
