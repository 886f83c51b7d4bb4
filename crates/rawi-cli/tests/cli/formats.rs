//! What is printed: for people, for programs, for the browser.

use super::{ARTICLE, Bench, record};

fn read(format: &str, more: &[&str]) -> String {
    let bench = Bench::new();
    let line = serde_json::json!({
        "id": "dam-1",
        "title": "سد الوادي يعمل في الصيف",
        "date": "2026-05-03",
        "source": "صحيفة النهر",
        "text": ARTICLE,
    });
    bench.write("n.jsonl", line.to_string());
    let ran = bench.run(&[&["read", "n.jsonl", "--format", format], more].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn pretty() {
    insta::assert_snapshot!(read("pretty", &[]));
}

#[test]
fn jsonl() {
    let line = read("jsonl", &[]);
    let reading: rawi::Reading = serde_json::from_str(&line).unwrap();
    // Nothing is lost on the way back, and fields keep their order.
    assert_eq!(serde_json::to_string(&reading).unwrap(), line.trim_end());
    insta::assert_snapshot!(serde_json::to_string_pretty(&reading).unwrap());
}

#[test]
fn explanations_are_given_only_when_asked_for() {
    for format in ["jsonl", "pretty", "html"] {
        let (without, with) = (read(format, &[]), read(format, &["--explain"]));
        assert!(!without.contains("verb + quotation"), "{format}");
        assert!(with.contains("verb + quotation"), "{format}");
    }
}

#[test]
fn color_is_for_terminals_unless_forced() {
    assert!(!read("pretty", &[]).contains('\u{1b}'));
    assert!(!read("pretty", &["--color", "never"]).contains('\u{1b}'));
    assert!(read("pretty", &["--color", "always"]).contains("\u{1b}[1m"));
    assert!(!read("pretty", &["--color", "always"]).contains('\u{2068}'));
}

#[test]
fn the_date_option_is_for_articles_without_a_date() {
    let bench = Bench::new();
    let dated = serde_json::json!({"id": "b", "text": ARTICLE, "published": "2020-01-01"});
    bench.write("n.jsonl", format!("{}{dated}", record("a", ARTICLE)));
    let ran = bench.run(&[
        "read",
        "n.jsonl",
        "--format",
        "jsonl",
        "--published",
        "2026-05-03",
    ]);
    let dates: Vec<_> = ran
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<rawi::Reading>(line)
                .unwrap()
                .published
                .unwrap()
        })
        .collect();
    assert_eq!(dates, ["2026-05-03", "2020-01-01"]);
}

/// Markup, an escape sequence and a turn of direction where a speaker's name, a
/// quotation, a headline and an id can hold them.
fn hostile() -> String {
    let evil = "<script>alert(1)</script>\u{1b}]0;x\u{7}\u{202e}\" onmouseover=\"x";
    let line = serde_json::json!({
        "id": format!("id{evil}"),
        "title": evil,
        "source": evil,
        "text": format!("قال الوزير سالم {evil} البدري: «نعم {evil}». وأكدت «شركة {evil}» أن {evil}."),
    });
    line.to_string()
}

#[test]
fn hostile_text_is_harmless() {
    let bench = Bench::new();
    bench.write("n.jsonl", hostile());
    for format in ["pretty", "html", "jsonl"] {
        let ran = bench.run(&["read", "n.jsonl", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            !ran.out.contains(['\u{1b}', '\u{7}']),
            "{format}: {}",
            ran.out
        );
        if format != "jsonl" {
            assert!(!ran.out.contains('\u{202e}'), "{format}: {}", ran.out);
        }
        if format == "html" {
            assert!(!ran.out.contains("<script"), "{}", ran.out);
            assert!(!ran.out.contains("\" onmouseover"), "{}", ran.out);
        }
    }
}

#[test]
fn the_page_stands_alone() {
    let page = read("html", &[]);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"));
    for outside in ["http://", "https://", "<script", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(!page.contains("<nav"), "one article needs no index");
    for tag in ["span", "p", "ul", "li", "article"] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn a_page_of_many_articles_has_an_index() {
    let bench = Bench::new();
    bench.write(
        "n.jsonl",
        format!("{}{}", record("a", ARTICLE), record("b", ARTICLE)),
    );
    let page = bench.run(&["read", "n.jsonl", "--format", "html"]).out;
    for anchor in [
        "href=\"#a1\"",
        "href=\"#a2\"",
        "<article id=\"a1\">",
        "<article id=\"a2\">",
    ] {
        assert!(page.contains(anchor), "{anchor}");
    }
}

#[test]
fn plover_records() {
    insta::assert_snapshot!(read("plover", &[]));
}

#[test]
fn the_table_of_events() {
    insta::assert_snapshot!(read("csv", &[]));
}
