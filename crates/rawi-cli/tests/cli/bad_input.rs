//! Whatever is wrong with an input is named, and costs no other record.

use super::{ARTICLE, Bench, gzip, record};

/// Reads one bad file between two good ones, and returns what was said of it.
fn complaint(name: &str, bytes: &[u8]) -> String {
    let bench = Bench::new();
    bench
        .write("a.txt", ARTICLE)
        .write("z.txt", ARTICLE)
        .write(name, bytes);
    let ran = bench.run(&["read", "--format", "jsonl", "a.txt", name, "z.txt"]);
    assert_eq!(ran.code, 1, "{name}: {}", ran.err);
    let ids = ran.ids();
    assert_eq!(ids.first().map(String::as_str), Some("a.txt"), "{name}");
    assert_eq!(ids.last().map(String::as_str), Some("z.txt"), "{name}");
    ran.err
}

#[test]
fn texts() {
    let long = vec![b'a'; (16 << 20) + 1];
    let table: [(&str, &[u8], &str); 6] = [
        ("empty.txt", b"", "empty.txt: is empty"),
        ("blank.txt", b" \n\t\n", "blank.txt: is empty"),
        (
            "latin.txt",
            b"ab\n\xd9\xff",
            "latin.txt: line 2, byte 3: invalid UTF-8",
        ),
        (
            "nul.txt",
            b"ab\0c",
            "nul.txt: line 1, byte 2: NUL character",
        ),
        ("page.txt", b"%PDF-1.4\n", "page.txt: is a PDF"),
        ("long.txt", &long, "long.txt: longer than 16 MiB"),
    ];
    for (name, bytes, expected) in table {
        let said = complaint(name, bytes);
        assert!(said.contains(expected), "{name}: {said}");
        assert!(said.contains("1 of 3 records failed"), "{name}: {said}");
    }
}

#[test]
fn records_of_a_file() {
    let good = record("g", ARTICLE);
    let long = format!("{{\"text\": \"{}\"}}", "a".repeat(16 << 20));
    let table: [(&[u8], &str); 8] = [
        (b"{\"text\": \"\xd9\xff\"}", "invalid UTF-8"),
        (b"{\"text\": \"a\"", "invalid JSON at column"),
        (b"{\"id\": \"x\"}", "no `text`"),
        (b"{\"text\": \" \"}", "`text` is empty"),
        (b"{\"text\": 12}", "`text` is not a string"),
        (b"{\"text\": \"a\0b\"}", "NUL character"),
        (b"{\"text\": \"a\\u0000b\"}", "NUL character"),
        (long.as_bytes(), "longer than 16 MiB"),
    ];
    for (line, expected) in table {
        let bytes = [good.as_bytes(), line, b"\n\n", good.as_bytes()].concat();
        let said = complaint("n.jsonl", &bytes);
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(said.contains("n.jsonl:2"), "{expected}: {said}");
        assert!(said.contains("1 of 5 records failed"), "{expected}: {said}");
    }
}

#[test]
fn bytes_are_counted_in_the_file() {
    let good = record("g", ARTICLE);
    let bytes = [good.as_bytes(), b"{\"text\": \"ab\xff\"}\n"].concat();
    let said = complaint("n.jsonl", &bytes);
    let at = good.len() + 12;
    assert!(
        said.contains(&format!("n.jsonl:2: byte {at}: invalid UTF-8")),
        "{said}"
    );
}

#[test]
fn files_without_records() {
    for (name, bytes) in [
        ("e.jsonl", &b""[..]),
        ("b.jsonl", b"\n\n"),
        ("e.jsonl.gz", &gzip(b"")),
    ] {
        let said = complaint(name, bytes);
        assert!(said.contains(&format!("{name}: holds no record")), "{said}");
    }
}

#[test]
fn what_stands_before_broken_gzip_is_kept() {
    let lines: String = (0..400)
        .map(|i| record(&format!("g{i}"), &format!("{ARTICLE} {i}")))
        .collect();
    let mut bytes = gzip(lines.as_bytes());
    bytes.truncate(bytes.len() - 40);
    let bench = Bench::new();
    bench.write("n.jsonl.gz", &bytes);
    let ran = bench.run(&["read", "--format", "jsonl", "n.jsonl.gz"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("broken gzip data") && ran.err.contains("n.jsonl.gz:"),
        "{}",
        ran.err
    );
    assert_eq!(ran.ids().first().map(String::as_str), Some("g0"));

    bench.write("t.txt.gz", &gzip(ARTICLE.as_bytes())[..60]);
    let ran = bench.run(&["read", "t.txt.gz"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(
        ran.err.contains("t.txt.gz: broken gzip data"),
        "{}",
        ran.err
    );
}

#[test]
fn files_that_cannot_be_opened() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    std::fs::create_dir(bench.path("folder")).unwrap();
    let ran = bench.run(&[
        "read",
        "--format",
        "jsonl",
        "missing.txt",
        "folder",
        "a.txt",
    ]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.ids(), ["a.txt"]);
    for said in [
        "missing.txt: no such file",
        "folder: is a folder without any file",
        "2 of 3 records failed",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn a_date_that_is_none_costs_only_the_date() {
    let bench = Bench::new();
    bench.write(
        "n.jsonl",
        r#"{"id": "a", "text": "قال المدير أمس إن العمل انتهى.", "date": "2025-02-30"}"#,
    );
    let ran = bench.run(&["read", "--format", "jsonl", "n.jsonl"]);
    assert_eq!((ran.code, ran.ids()), (0, vec!["a".to_owned()]));
    assert!(
        ran.err.contains("2025-02-30") && !ran.out.contains("published"),
        "{}",
        ran.err
    );
}

#[test]
fn messages_carry_no_controls() {
    let bench = Bench::new();
    bench.write(
        "n.jsonl",
        "{\"text\": \"a\", \"date\": \"\\u001b[31mx\\u202e\"}\n\u{1b}]0;x\u{7}\n",
    );
    let ran = bench.run(&["read", "--format", "jsonl", "n.jsonl"]);
    assert_eq!(ran.code, 1);
    let controls = |c: &char| c.is_control() && *c != '\n' || *c == '\u{202e}';
    assert_eq!(ran.err.chars().find(controls), None, "{:?}", ran.err);
}
