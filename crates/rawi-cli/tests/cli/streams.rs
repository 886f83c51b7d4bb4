//! Order, threads, standard input and output, gzip.

use std::io::{Read as _, Write as _};
use std::process::Stdio;

use super::{ARTICLE, Bench, exists, gzip, record, records};

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(300)).write("a.txt", ARTICLE);
    for format in ["jsonl", "pretty", "html"] {
        let run = |threads| {
            bench
                .run(&[
                    "read",
                    "n.jsonl",
                    "a.txt",
                    "--format",
                    format,
                    "--threads",
                    threads,
                ])
                .out
        };
        let one = run("1");
        assert!(!one.is_empty());
        assert!(one == run("2") && one == run("5"), "{format}");
    }
    let ran = bench.run(&[
        "read",
        "n.jsonl",
        "a.txt",
        "--format",
        "jsonl",
        "--threads",
        "3",
    ]);
    let expected: Vec<String> = (0..300)
        .map(|i| format!("r{i}"))
        .chain(["a.txt".to_owned()])
        .collect();
    assert_eq!(ran.ids(), expected);
}

#[test]
fn gzip_is_read_by_its_bytes_and_to_the_last_member() {
    let bench = Bench::new();
    let members = [
        gzip(record("a", ARTICLE).as_bytes()),
        gzip(record("b", ARTICLE).as_bytes()),
    ]
    .concat();
    bench
        .write("n.jsonl.gz", &members)
        .write("misnamed.jsonl", &members)
        .write("t.txt.gz", gzip(ARTICLE.as_bytes()));
    let ran = bench.run(&[
        "read",
        "--format",
        "jsonl",
        "n.jsonl.gz",
        "misnamed.jsonl",
        "t.txt.gz",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.ids(), ["a", "b", "a", "b", "t.txt.gz"]);
}

#[test]
fn standard_input_is_text_or_json_lines() {
    let bench = Bench::new();
    let jsonl = ["read", "--format", "jsonl"];
    assert_eq!(bench.run_with(&jsonl, ARTICLE.as_bytes()).ids(), ["stdin"]);
    let lines = format!("\n {}", record("a", ARTICLE));
    assert_eq!(bench.run_with(&jsonl, lines.as_bytes()).ids(), ["a"]);
    let lines = format!("{{\"text\": {ARTICLE:?}}}\n");
    assert_eq!(bench.run_with(&jsonl, lines.as_bytes()).ids(), ["stdin:1"]);
    assert_eq!(
        bench.run_with(&jsonl, &gzip(ARTICLE.as_bytes())).ids(),
        ["stdin"]
    );
    let as_text = ["read", "--format", "jsonl", "--input", "text", "-"];
    assert_eq!(bench.run_with(&as_text, lines.as_bytes()).ids(), ["stdin"]);
    let marked = format!("\u{feff}{}", record("a", ARTICLE));
    assert_eq!(bench.run_with(&jsonl, marked.as_bytes()).ids(), ["a"]);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let bench = Bench::new();
    bench
        .write("a.txt", ARTICLE)
        .write("b.txt", format!("\u{feff}{ARTICLE}"));
    let ran = bench.run(&["read", "--format", "jsonl", "a.txt", "b.txt"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0].replacen("a.txt", "b.txt", 1), lines[1]);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(3000));
    let mut child = bench
        .command(&["read", "n.jsonl", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0u8; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_reader_that_leaves_ends_waiting_for_input() {
    let bench = Bench::new();
    let mut child = bench
        .command(&["read", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    // Enough for the buffer to be written; then the input stays open.
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(records(200).as_bytes());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(stdin);
}

#[test]
fn output_goes_to_a_file_but_never_over_the_input() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    let ran = bench.run(&["read", "a.txt", "--quiet", "-o", "r.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(
        bench.text("r.jsonl"),
        bench.run(&["read", "a.txt", "--format", "jsonl"]).out
    );
    let ran = bench.run(&["read", "a.txt", "-o", "./a.txt"]);
    assert_eq!(ran.code, 2);
    assert_eq!(bench.text("a.txt"), ARTICLE);
    let ran = bench.run(&["read", "a.txt", "-o", "no/such/folder"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("no/such/folder"), "{}", ran.err);
    assert!(!exists(&bench.path("no")));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let bench = Bench::new();
    bench.write("n.jsonl", records(50));
    let ran = bench.run(&["read", "n.jsonl", "--format", "jsonl", "-o", "/dev/full"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.err.is_empty());
}
