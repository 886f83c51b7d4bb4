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
    assert!(!read("pretty", &["--bidi", "never"]).contains('\u{2068}'));
}

#[test]
fn the_table_of_statements() {
    insta::assert_snapshot!(read("csv", &["--table", "statements"]));
}

#[test]
fn the_page() {
    let page = read("html", &[]);
    let body = page.split_once("<article").unwrap().1;
    insta::assert_snapshot!(body.split_once("</article>").unwrap().0);
}

#[test]
fn words_around_the_articles_own_are_of_a_language() {
    insta::assert_snapshot!("pretty_in_arabic", read("pretty", &["--lang", "ar"]));
    let page = read("html", &["--lang", "en"]);
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">"), "{page}");
    assert!(page.contains("<div class=\"text\" lang=\"ar\" dir=\"rtl\">"));
    assert!(page.contains(">Statements</h3>"));
}

#[test]
fn dates_and_marks_keep_their_places_in_a_line() {
    let lines = read("pretty", &[]);
    assert!(lines.contains("on \u{2066}2026-05-03\u{2069}"), "{lines}");
    assert!(
        lines.contains("\u{2067}«لن ينقطع الماء عن أي قرية»\u{2069}"),
        "{lines}"
    );
    for line in lines.lines() {
        let begun = line.matches(['\u{2066}', '\u{2067}', '\u{2068}']).count();
        assert_eq!(begun, line.matches('\u{2069}').count(), "{line}");
    }
}

#[test]
fn a_day_that_the_text_alone_tells_is_marked() {
    let bench = Bench::new();
    bench.write("a.txt", format!("الضفة الجديدة، 3 مايو 2026 - {ARTICLE}"));
    let read = |args: &[&str]| bench.run(&[&["read", "a.txt"], args].concat()).out;
    let lines = read(&["--bidi", "never"]);
    assert!(
        lines.starts_with("a.txt · 2026-05-03 (from the text)\n"),
        "{lines}"
    );
    assert!(read(&["--format", "csv"]).contains("\na.txt,,,2026-05-03,text,v1,"));
    assert!(read(&["--format", "html"]).contains("<bdi>2026-05-03</bdi> (من النص)"));
    assert!(read(&["--format", "plover"]).contains("\"published_from\":\"text\""));
}

#[test]
fn what_the_headline_says_is_told_as_its_own() {
    let bench = Bench::new();
    let line = serde_json::json!({"id": "a", "title": "سلمى الجبوري: لا تأخير", "text": ARTICLE});
    bench.write("n.jsonl", line.to_string());
    let lines = bench.run(&["read", "n.jsonl", "--bidi", "never"]).out;
    let told: Vec<&str> = lines.lines().filter(|l| l.contains("(headline)")).collect();
    assert_eq!(told.len(), 1, "{lines}");
    assert!(told[0].starts_with("سلمى الجبوري  "), "{lines}");
}

/// Articles whose headlines say something: what the text says too, under a short
/// name and again; and what it does not say.
fn headlines() -> String {
    let table = [
        (
            "البدري: الجسر <b>سيفتح</b> \"غدا\"",
            "أعلن وزير النقل سالم البدري أن الجسر سيفتح غدا.",
        ),
        (
            "الشرطة العراقية تعتقل خمسة متظاهرين",
            "اعتقلت الشرطة العراقية خمسة متظاهرين أمس. وقال سالم البدري إن العمل مستمر.",
        ),
        (
            "مصر تعتقل خمسة متظاهرين",
            "قال وزير النقل سالم البدري إن العمل مستمر.",
        ),
    ];
    let lines = table.iter().enumerate().map(|(i, (title, text))| {
        let line = serde_json::json!({"id": i, "title": title, "text": text, "date": "2025-03-10"});
        format!("{line}\n")
    });
    lines.collect()
}

fn read_headlines(args: &[&str]) -> String {
    let bench = Bench::new();
    bench.write("n.jsonl", headlines());
    let ran = bench.run(&[&["read", "n.jsonl"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
}

/// The named columns of each row.
fn columns(table: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let place = |name: &&str| head.iter().position(|h| h == *name).unwrap();
    let places: Vec<usize> = names.iter().map(place).collect();
    let row = |row: csv::StringRecord| places.iter().map(|&p| row[p].to_owned()).collect();
    rows.records().map(|r| row(r.unwrap())).collect()
}

#[test]
fn tables_tell_headline_from_text_and_no_event_twice() {
    let statements = read_headlines(&["--format", "csv", "--table", "statements"]);
    assert_eq!(
        columns(&statements, &["article", "part", "statement", "speaker"]),
        [
            ["0", "headline", "hs1", "سالم البدري"],
            ["0", "text", "s1", "سالم البدري"],
            ["1", "text", "s1", "سالم البدري"],
            ["2", "text", "s1", "سالم البدري"],
        ]
    );
    let events = read_headlines(&["--format", "csv"]);
    assert_eq!(
        columns(&events, &["article", "part", "event", "sentence"]),
        [
            [
                "1",
                "text",
                "v1",
                "اعتقلت الشرطة العراقية خمسة متظاهرين أمس."
            ],
            ["2", "headline", "hv1", "مصر تعتقل خمسة متظاهرين"],
        ]
    );
    let records = read_headlines(&["--format", "plover"]);
    let told: Vec<(String, String)> = records
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|r| (r["id"].to_string(), r["part"].to_string()))
        .collect();
    let wanted = [("\"1#v1\"", "\"text\""), ("\"2#hv1\"", "\"headline\"")];
    assert_eq!(told, wanted.map(|(id, part)| (id.into(), part.into())));
    let lines = read_headlines(&["--bidi", "never"]);
    let arrests = lines.lines().filter(|line| line.starts_with("COERCE"));
    let marked: Vec<bool> = arrests.map(|line| line.ends_with("(headline)")).collect();
    assert_eq!(marked, [false, true], "{lines}");
}

#[test]
fn a_weak_headline_is_left_out_of_tables_too() {
    let sure = ["--min-confidence", "0.99", "--format"];
    for more in [vec!["csv"], vec!["csv", "--table", "statements"]] {
        let table = read_headlines(&[&sure[..], &more].concat());
        assert_eq!(table.lines().count(), 1, "{table}");
    }
    assert!(read_headlines(&[&sure[..], &["plover"]].concat()).is_empty());
}

#[test]
fn the_page_marks_what_the_headline_says() {
    for (lang, marked) in [("ar", "(العنوان)"), ("en", "(headline)")] {
        let page = read_headlines(&["--format", "html", "--lang", lang]);
        let articles: Vec<&str> = page.split("<article ").skip(1).collect();
        let title = |n: usize| {
            let title = articles[n].split_once("<h2").unwrap().1;
            title.split_once("</h2>").unwrap().0
        };
        for part in [
            "aria-label=\"البدري: الجسر &lt;b&gt;سيفتح&lt;/b&gt; &quot;غدا&quot;\"",
            "<span class=\"src p0\"",
            "<span class=\"st p0\" id=\"a1-hs1\"",
            &format!("<strong>سالم البدري</strong><small>{marked}</small>"),
            "</span>الجسر &lt;b&gt;سيفتح&lt;/b&gt; &quot;",
        ] {
            assert!(title(0).contains(part), "{part} in {}", title(0));
        }
        assert!(!title(0).contains("<p"), "{}", title(0));
        // The speaker of the headline and of the text is one.
        let legend = articles[0].split_once("class=\"legend\"").unwrap().1;
        let legend = legend.split_once("</ul>").unwrap().0;
        assert_eq!(legend.matches("<li>").count(), 1, "{legend}");
        assert!(legend.contains("href=\"#a1-hs1\""), "{legend}");
        // In the list of statements and on the card of an event that is new.
        let small = format!("<small>{marked}</small>");
        assert_eq!(page.matches(&small).count(), 3);
        assert!(title(1).contains("<span class=\"ev\" id=\"a2-hv1\""));
        assert!(!articles[1].contains("href=\"#a2-hv1\""));
        assert!(articles[2].contains("href=\"#a3-hv1\""));
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).collect();
        ids.iter_mut()
            .for_each(|id| *id = id.split('"').next().unwrap());
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn an_outlet_is_told_once() {
    let lines = read("pretty", &["--bidi", "never"]);
    assert!(lines.contains("assert  via الجسر"), "{lines}");
    assert!(!lines.contains("in وكالة الجسر"), "{lines}");
}

#[test]
fn why_a_statement_reads_so_names_its_row() {
    let line = read("jsonl", &["--explain"]);
    let reading: rawi::Reading = serde_json::from_str(&line).unwrap();
    let lexicon = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lexicon");
    for statement in reading.statements {
        let row = statement.why.unwrap().row.unwrap();
        let (file, line) = row.split_once(':').unwrap();
        let table = std::fs::read_to_string(format!("{lexicon}/{file}")).unwrap();
        let line = table.lines().nth(line.parse::<usize>().unwrap() - 1);
        assert!(
            line.unwrap().starts_with(&*statement.cue.unwrap().lemma),
            "{row}"
        );
    }
    for format in ["csv", "plover"] {
        let bench = Bench::new();
        bench.write("a.txt", ARTICLE);
        let ran = bench.run(&["read", "a.txt", "--explain", "--format", format]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("--explain has no place"), "{}", ran.err);
    }
}

#[test]
fn the_terminal_says_what_it_can() {
    // A pipe is no terminal, whatever the environment says of colors.
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    for (name, value) in [("NO_COLOR", ""), ("NO_COLOR", "1"), ("TERM", "dumb")] {
        let always = bench
            .command(&["read", "a.txt", "--color", "always"])
            .env(name, value)
            .output()
            .unwrap();
        assert!(String::from_utf8(always.stdout).unwrap().contains('\u{1b}'));
    }
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
                .to_string()
        })
        .collect();
    assert_eq!(dates, ["2026-05-03", "2020-01-01"]);
}

/// Markup, an escape sequence and a turn of direction where a speaker's name, a
/// quotation, a headline and an id can hold them.
fn hostile() -> String {
    let evil = "<script>alert(1)</script>\u{1b}]0;x\u{7}\u{202e}\u{2800}\u{3164}\u{e0041}\" onmouseover=\"x";
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
    for format in ["pretty", "html", "jsonl", "csv", "plover"] {
        let ran = bench.run(&["read", "n.jsonl", "--format", format]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            !ran.out.contains(['\u{1b}', '\u{7}']),
            "{format}: {}",
            ran.out
        );
        if format != "jsonl" {
            let unseen = ['\u{202e}', '\u{2800}', '\u{3164}', '\u{e0041}'];
            assert!(!ran.out.contains(unseen), "{format}: {}", ran.out);
        }
        if format == "html" {
            assert!(!ran.out.contains("<script"), "{}", ran.out);
            assert!(!ran.out.contains("\" onmouseover"), "{}", ran.out);
        }
    }
}

#[test]
fn nobody_else_speaks_in_what_is_said() {
    let bench = Bench::new();
    let fill = "\u{2800}".repeat(90);
    let forged = format!("قال المدير: «لا خبر{fill}الوزير\u{2800}\u{2800}assert {fill}نعم».");
    let line = serde_json::json!({"id": "a · وكالة · 2020-01-01", "text": forged});
    bench.write("n.jsonl", line.to_string());
    let out = bench.run(&["read", "n.jsonl", "--bidi", "never"]).out;
    let mut lines = out.lines();
    assert_eq!(lines.next(), Some("a ·U+00B7 وكالة ·U+00B7 2020-01-01"));
    assert!(lines.next().unwrap().starts_with("المدير  assert"), "{out}");
    assert!(lines.all(|l| l.starts_with("  │ ")), "{out}");
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
    for tag in [
        "span", "p", "ul", "ol", "li", "article", "section", "details", "dl", "div", "bdi",
    ] {
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
        "<article id=\"a1\" aria",
        "<article id=\"a2\" aria",
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

#[test]
fn trees_are_conllu_whose_words_stand_in_the_text() {
    let page = read("conllu", &[]);
    let text: Vec<char> = ARTICLE.chars().collect();
    let (mut words, mut roots) = (0, 0);
    for line in page
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), 10, "{line}");
        let place = fields[9].strip_prefix("Start=").unwrap();
        let (start, end) = place.split_once("|End=").unwrap();
        let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
        let word: String = text[start..end].iter().collect();
        assert_eq!(word, fields[1]);
        words += 1;
        roots += usize::from(fields[6] == "0" && fields[7] == "root");
        assert_ne!(fields[6], fields[0], "{line}");
    }
    let sentences = page.matches("# sent_id = dam-1:").count();
    assert!(words > 50 && sentences >= 3);
    assert_eq!(roots, sentences);
}
