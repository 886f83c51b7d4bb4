//! Readings checked against articles.

use super::{ARTICLE, Bench, gzip, record, records};

/// A bench with `n.jsonl` and its readings in `r.jsonl`.
fn bench(articles: &str) -> Bench {
    let bench = Bench::new();
    bench.write("n.jsonl", articles);
    let ran = bench.run(&["read", "n.jsonl", "--format", "jsonl", "-o", "r.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    bench
}

const VERIFY: [&str; 4] = ["verify", "r.jsonl", "--articles", "n.jsonl"];

#[test]
fn what_was_read_is_verified_in_any_order() {
    let bench = bench(&records(20));
    let ran = bench.run(&VERIFY);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.starts_with("20 readings verified: ") && ran.out.ends_with(" values\n"),
        "{}",
        ran.out
    );
    let backwards: String = bench
        .text("r.jsonl")
        .lines()
        .rev()
        .map(|l| format!("{l}\n"))
        .collect();
    bench.write("r.jsonl", backwards);
    assert_eq!(bench.run(&VERIFY).out, ran.out);
}

#[test]
fn articles_that_share_an_id_are_told_apart_by_order() {
    let articles = format!(
        "{}{}",
        record("a", ARTICLE),
        record("a", "قال المدير إن العمل انتهى.")
    );
    assert_eq!(bench(&articles).run(&VERIFY).code, 0);
}

#[test]
fn a_reading_that_was_changed_is_found() {
    let table = [
        ("\"start\":", "\"start\":1", ".content"),
        ("\"text_sha256\":\"", "\"text_sha256\":\"0", "text_sha256"),
        ("\"entity\":\"e1\"", "\"entity\":\"e77\"", ".speaker"),
    ];
    for (from, to, field) in table {
        let bench = bench(&format!("{}{}", record("a", ARTICLE), record("b", ARTICLE)));
        let text = bench.text("r.jsonl");
        let (first, second) = text.split_once('\n').unwrap();
        assert!(second.contains(from), "{from}");
        bench.write(
            "r.jsonl",
            format!("{first}\n{}", second.replacen(from, to, 1)),
        );
        let ran = bench.run(&VERIFY);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{field}");
        assert!(
            ran.err.contains("r.jsonl:2: reading b: ") && ran.err.contains(field),
            "{field}: {}",
            ran.err
        );
    }
}

#[test]
fn every_reading_needs_its_article_and_every_article_its_reading() {
    let bench = bench(&records(3));
    let text = bench.text("r.jsonl");
    let two: String = text.lines().take(2).map(|l| format!("{l}\n")).collect();
    bench.write("two.jsonl", two);
    let ran = bench.run(&["verify", "two.jsonl", "--articles", "n.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("article r2 has no reading"), "{}", ran.err);
    bench.write("n.jsonl", records(2));
    let ran = bench.run(&VERIFY);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("r.jsonl:3: reading r2 has no article"),
        "{}",
        ran.err
    );
}

#[test]
fn a_reading_that_does_not_hold_hides_no_other() {
    let bench = bench(&records(3));
    let text = bench.text("r.jsonl");
    let broken = text.replace("\"schema\":1", "\"schema\":7");
    bench.write("r.jsonl", format!("{broken}not even JSON\n"));
    let ran = bench.run(&VERIFY);
    assert_eq!(ran.code, 1);
    for line in 1..=4 {
        assert!(
            ran.err.contains(&format!("r.jsonl:{line}: ")),
            "{}",
            ran.err
        );
    }
    assert!(ran.err.contains("NOT verified: 4 faults"), "{}", ran.err);
}

#[test]
fn readings_may_be_gzipped_or_come_on_standard_input() {
    let bench = bench(&records(3));
    let text = bench.text("r.jsonl");
    bench.write("r.jsonl.gz", gzip(text.as_bytes()));
    let ran = bench.run(&["verify", "r.jsonl.gz", "--articles", "n.jsonl"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = bench.run_with(&["verify", "-", "--articles", "n.jsonl"], text.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let articles = records(3);
    let ran = bench.run_with(
        &["verify", "r.jsonl", "--articles", "-"],
        articles.as_bytes(),
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let ran = bench.run(&["verify", "-", "--articles", "-"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn what_was_left_out_shows_when_read_again() {
    let bench = bench(&record("a", ARTICLE));
    let again = [&VERIFY[..], &["--reread"]].concat();
    let ran = bench.run(&again);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.ends_with("reread the same\n"), "{}", ran.out);
    let mut reading: rawi::Reading = serde_json::from_str(&bench.text("r.jsonl")).unwrap();
    let before = reading.statements.len();
    reading.drop_below(0.6);
    assert!(reading.statements.len() < before);
    bench.write("r.jsonl", serde_json::to_string(&reading).unwrap());
    assert_eq!(bench.run(&VERIFY).code, 0);
    let ran = bench.run(&again);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("reading a: statements: "), "{}", ran.err);
}

#[test]
fn what_was_added_shows_when_read_again() {
    let bench = bench(&record("a", ARTICLE));
    let again = [&VERIFY[..], &["--reread"]].concat();
    let line = bench.text("r.jsonl");
    let mut loose: serde_json::Value = serde_json::from_str(&line).unwrap();
    // Other white space and order say the same.
    bench.write("r.jsonl", line.replacen("{\"id\":", "{ \"id\": ", 1));
    let ran = bench.run(&again);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    bench.write("r.jsonl", loose.to_string());
    assert_eq!(bench.run(&again).code, 0);
    loose["statements"][0]["verdict"] = "true".into();
    bench.write("r.jsonl", loose.to_string());
    assert_eq!(bench.run(&VERIFY).code, 0);
    let ran = bench.run(&again);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("more than a reading does"), "{}", ran.err);
    assert!(
        ran.err.contains("NOT verified: 1 fault in 1 reading, "),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_no_reading_is_named() {
    let bench = bench(&records(1));
    for (bytes, said) in [
        ("{\"id\": 3}\n", "r.jsonl:1: is no reading"),
        ("\n", "r.jsonl: holds no reading"),
    ] {
        bench.write("r.jsonl", bytes);
        let ran = bench.run(&VERIFY);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
    let ran = bench.run(&["verify", "missing.jsonl", "--articles", "n.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("missing.jsonl"), "{}", ran.err);
}
