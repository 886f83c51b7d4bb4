//! The same articles in every form.

use super::{Bench, Found, TEXT, article, gzip, json, read};
use rawi_input::Format;

/// Two articles with all their fields.
fn expect(found: &Found, name: &str) {
    assert_eq!(found.told(), "", "{name}");
    assert_eq!(found.ids(), ["a1", "a2"], "{name}");
    for article in &found.articles {
        assert_eq!(article.text, TEXT, "{name}");
        assert_eq!(article.title.as_deref(), Some("وفد في العاصمة"), "{name}");
        assert_eq!(article.published.as_deref(), Some("2026-02-10"), "{name}");
        assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"), "{name}");
    }
}

fn object(id: &str, gap: &str) -> String {
    let text = json(TEXT);
    format!(
        "{{{gap}\"id\": \"{id}\",{gap}\"text\": {text},{gap}\"title\": \"وفد في العاصمة\",{gap}\
         \"date\": \"2026-02-10T08:00:00Z\",{gap}\"tags\": [{{\"x\": 1}}],{gap}\"source\": \"صحيفة النهر\"{gap}}}"
    )
}

fn table(separator: &str) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let row = |id: &str| {
        let cells = [
            id,
            &quoted(TEXT),
            "وفد في العاصمة",
            "10 شباط 2026",
            "صحيفة النهر",
        ];
        cells.join(separator)
    };
    let header = ["id", "text", "title", "date", "source"].join(separator);
    format!("{header}\n{}\r\n{}\n", row("a1"), row("a2"))
}

#[test]
fn json_in_every_layout() {
    let (a, b) = (object("a1", " "), object("a2", " "));
    let (wide_a, wide_b) = (object("a1", "\n  "), object("a2", "\n  "));
    let layouts = [
        format!("{a}\n{b}\n"),
        format!("{a}\r\n\r\n{b}"),
        format!("{a} {b}"),
        format!("[{a},{b}]"),
        format!("[\n{a},\n{b}\n]\n"),
        format!("[\n{wide_a},\n{wide_b}\n]"),
        format!("{wide_a}\n{wide_b}\n"),
        format!("\n\n\n{a}\n{b}\n"),
        format!("\u{feff}{a}\n{b}\n"),
        format!("\u{feff}\n[{a},{b}]"),
    ];
    for layout in &layouts {
        for name in ["n.jsonl", "n.json", "n.txt", "n", "n.ndjson"] {
            expect(&read(name, layout), &format!("{name}: {layout}"));
        }
        expect(&read("n.json.gz", gzip(layout.as_bytes())), layout);
    }
}

#[test]
fn tables() {
    for separator in [",", ";", "\t", "|"] {
        let bytes = table(separator);
        for name in ["n.csv", "n.txt", "n"] {
            expect(&read(name, &bytes), &format!("{name} {separator:?}"));
        }
        expect(&read("n.csv", format!("\u{feff}{bytes}")), separator);
    }
    expect(&read("n.tsv", table("\t")), "tsv");
    for name in ["n.csv", "n.txt"] {
        expect(&read(name, format!("sep=;\r\n{}", table(";"))), "sep=;");
    }
    expect(&read("n.csv.gz", gzip(table(";").as_bytes())), "csv.gz");
}

#[test]
fn what_services_answer() {
    let (a, b) = (object("a1", " "), object("a2", "\n"));
    let answer = format!("{{\"status\": \"ok\", \"pages\": [{{}}], \"articles\": [{a}, {b}]}}");
    expect(&read("n.json", answer), "answer");
    let found = read("n.json", "{\"articles\": [{\"id\": 1}], \"status\": 1}");
    assert_eq!(found.failed.len(), 1);
    assert!(
        found.told().contains("no `text` in the record"),
        "{}",
        found.told()
    );
}

#[test]
fn arabic_names_of_fields() {
    let object = format!(
        "{{\"رقم\": 5, \"العنوان\": \"وفد\", \"نص الخبر\": {}, \"تاريخ_النشر\": \"١٠/٢/٢٠٢٦\", \"المصدر\": \"صحيفة النهر\"}}",
        json(TEXT)
    );
    let found = read("n.jsonl", object);
    let article = &found.articles[0];
    assert_eq!((article.id.as_str(), article.text.as_str()), ("5", TEXT));
    assert_eq!(article.published.as_deref(), Some("2026-02-10"));
    assert_eq!(article.outlet.as_deref(), Some("صحيفة النهر"));
    assert!(found.told().contains("day first"), "{}", found.told());
}

#[test]
fn fields_that_the_caller_names() {
    let bench = Bench::new();
    let text = json(TEXT);
    bench
        .write(
            "n.jsonl",
            format!("{{\"k\": 1, \"text\": \"ملخص\", \"post\": {text}}}"),
        )
        .write("n.csv", format!("k,post\n7,\"{TEXT}\"\n"));
    let inputs = bench.inputs(&["n.jsonl", "n.csv"]);
    let inputs = inputs.with_fields(&["text=post", "id = k"]).unwrap();
    let found = Found::of(&inputs);
    assert_eq!(found.told(), "");
    assert_eq!(found.texts(), [TEXT, TEXT]);
    assert_eq!(found.ids(), ["1", "7"]);
    assert!(bench.inputs(&[]).with_fields(&["body=text"]).is_err());
}

#[test]
fn ids() {
    let text = json(TEXT);
    let record = |id: &str| format!("{{{id}\"text\": {text}}}\n");
    let lines = [
        record("\"id\": 36893488147419103233, "),
        record("\"id\": 36893488147419103234, "),
        record("\"url\": \"https://example.org/7\", "),
        record("\"id\": null, "),
        record(""),
    ];
    let found = read("n.jsonl", lines.concat());
    let ids = found.ids();
    assert_eq!(
        ids[..3],
        [
            "36893488147419103233",
            "36893488147419103234",
            "https://example.org/7"
        ]
    );
    assert!(
        ids[3].ends_with("n.jsonl:4") && ids[4].ends_with("n.jsonl:5"),
        "{ids:?}"
    );
    assert_eq!(found.told(), "");
}

#[test]
fn an_id_that_comes_again_is_told() {
    let line = format!("{{\"id\": \"x\", \"text\": {}}}\n", json(TEXT));
    let found = read("n.jsonl", line.repeat(14));
    assert_eq!(found.articles.len(), 14);
    assert!(
        found
            .told()
            .contains("n.jsonl:2: id \"x\" came before; both are read")
    );
    assert!(
        found.told().contains("3 more with an id that came before"),
        "{}",
        found.told()
    );
}

#[test]
fn plain_text_stays_as_it_is() {
    let text = format!(" \n{TEXT}\r\n\n");
    for name in ["a.txt", "a", "a.text", "a.md"] {
        assert_eq!(article(name, &text).text, text);
    }
    for text in [
        "[وكالات] قال الوزير إن العمل انتهى.",
        "{هامش} قال الوزير إن العمل انتهى.",
        "نص، عنوان\nقال الوزير إن العمل انتهى.",
        "<< قال الوزير إن العمل انتهى >>",
        "قال الوزير إن 3 < 4 وإن a<b>c.",
    ] {
        assert_eq!(article("a.txt", text).text, text);
    }
}

#[test]
fn the_caller_may_say_what_it_is() {
    let bench = Bench::new();
    let line = format!("{{\"id\": \"x\", \"text\": {}}}\n", json(TEXT));
    bench.write("a.jsonl", &line);
    let found = Found::of(&bench.inputs(&["a.jsonl"]).with_format(Format::Text));
    assert_eq!(found.texts(), [line.as_str()]);
    bench.write("b.txt", format!("post;text\n1;\"{TEXT}\"\n"));
    let found = Found::of(&bench.inputs(&["b.txt"]).with_format(Format::Csv));
    assert_eq!(found.texts(), [TEXT]);
}

#[test]
fn dates() {
    let bench = Bench::new();
    let line = |id: &str, date: &str| {
        format!(
            "{{\"id\": \"{id}\", \"text\": {}, \"date\": {date}}}\n",
            json(TEXT)
        )
    };
    let lines = [
        line("a", "\"2026-02-10T25:99:99Z\""),
        line("b", "\"10/02/2026\""),
        line("c", "\"11/02/2026\""),
        line("d", "\"2026-02-12+03:00\""),
        line("e", "\"\""),
        line("f", "{\"$date\": \"2026-02-13T08:00:00Z\"}"),
        line("g", "1770681600"),
    ];
    bench.write("n.jsonl", lines.concat());
    let inputs = bench
        .inputs(&["n.jsonl"])
        .with_published(Some("2020-01-01".into()));
    let found = Found::of(&inputs);
    let dates: Vec<_> = found
        .articles
        .iter()
        .map(|a| a.published.as_deref())
        .collect();
    // A date that cannot be read leaves none: another would be wrong.
    assert_eq!(
        dates,
        [
            None,
            Some("2026-02-10"),
            Some("2026-02-11"),
            Some("2026-02-12"),
            Some("2020-01-01"),
            Some("2026-02-13"),
            None
        ]
    );
    let told = found.told();
    assert_eq!(told.matches("day first").count(), 1, "{told}");
    assert_eq!(told.matches("read without a date").count(), 2, "{told}");
}

#[test]
fn text_that_is_not_arabic() {
    let found = read(
        "a.txt",
        "The committee met on Monday, said a spokesman (قال).",
    );
    assert_eq!(found.articles.len(), 1);
    assert!(found.told().contains("hardly any Arabic letters"));
    assert_eq!(
        article(
            "b.txt",
            "قال متحدث باسم شركة Example Energy إن العمل انتهى."
        )
        .title,
        None
    );
    let lines = "{\"text\": \"Nothing here\"}\n".repeat(30);
    let told = read("n.jsonl", lines).told();
    assert!(told.contains("20 more that are not Arabic"), "{told}");
}
