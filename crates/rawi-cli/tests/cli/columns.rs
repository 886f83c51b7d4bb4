//! Readings in columns.

use std::fs::File;
use std::path::Path;

use rawi::{Article, Reader};
use rawi_columns::{Batches, Beside, ParquetWriter, RecordBatch, Table, read_parquet};

use super::{ARTICLE, Bench};

/// A file of articles in Parquet, so many to a row group.
fn articles(path: &Path, groups: &[usize]) {
    let reader = Reader::new().unwrap();
    let mut out = ParquetWriter::new(File::create(path).unwrap(), Table::Articles).unwrap();
    let mut number = 0;
    for rows in groups {
        let mut batches = Batches::new(Table::Articles, usize::MAX);
        for _ in 0..*rows {
            number += 1;
            let article = Article::new(format!("n-{number}"), ARTICLE);
            let reading = reader.read(&article).unwrap();
            batches.push(&article, &reading, Beside::default()).unwrap();
        }
        out.write(&batches.take().unwrap().unwrap()).unwrap();
        out.end_group().unwrap();
    }
    out.finish().unwrap();
}

fn rows(path: &Path) -> (Table, Vec<RecordBatch>) {
    let (table, batches) = read_parquet(File::open(path).unwrap()).unwrap();
    (table, batches.map(Result::unwrap).collect())
}

fn count(path: &Path) -> usize {
    rows(path).1.iter().map(RecordBatch::num_rows).sum()
}

#[test]
fn each_input_has_its_file_with_its_row_groups() {
    let bench = Bench::new();
    articles(&bench.path("part-0.parquet"), &[3, 1, 130]);
    articles(&bench.path("part-1.parquet"), &[2]);
    let read = [
        "read",
        "part-0.parquet",
        "part-1.parquet",
        "--field",
        "id=article",
        "--format",
        "parquet",
        "-o",
        "readings/",
    ];
    let ran = bench.run(&read);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let out = bench.path("readings/part-0.parquet");
    assert_eq!(rawi_input::row_groups(&out).unwrap(), [3, 1, 130]);
    assert_eq!(rows(&out).0, Table::Readings);
    assert_eq!(count(&bench.path("readings/part-1.parquet")), 2);
    // What is whole and made of the same stays; what is not is made anew.
    std::fs::remove_file(bench.path("readings/part-1.parquet")).unwrap();
    let before = std::fs::metadata(&out).unwrap().modified().unwrap();
    let resume = [&read[..], &["--resume"]].concat();
    let ran = bench.run(&resume);
    assert!(
        ran.err.contains("2 articles") && ran.err.contains("1 file kept"),
        "{}",
        ran.err
    );
    assert_eq!(std::fs::metadata(&out).unwrap().modified().unwrap(), before);
    for other in [["--min-confidence", "0.9"], ["--table", "events"]] {
        let ran = bench.run(&[&resume[..], &other].concat());
        assert!(!ran.err.contains("kept"), "{}", ran.err);
    }
    assert_eq!(rows(&out).0, Table::Events);
}

#[test]
fn a_bad_record_is_a_row_that_says_why() {
    let bench = Bench::new();
    let good = serde_json::json!({"id": "a", "text": ARTICLE, "date": "the other day"});
    bench.write(
        "news.jsonl",
        format!("{good}\n{{\"id\": \"b\"}}\n{{broken\n{good}\n"),
    );
    let ran = bench.run(&["read", "news.jsonl", "-o", "news.parquet"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("2 of 4 records failed"), "{}", ran.err);
    let (table, batches) = rows(&bench.path("news.parquet"));
    assert_eq!((table, batches[0].num_rows()), (Table::Readings, 4));
    let shown = |column: &str| format!("{:?}", batches[0].column_by_name(column).unwrap());
    assert!(
        shown("error").contains("invalid JSON"),
        "{}",
        shown("error")
    );
    assert!(
        shown("remarks").contains("the other day"),
        "{}",
        shown("remarks")
    );
    // A file that is not there is no row, and takes the place of none.
    let ran = bench.run(&["read", "none.jsonl", "-o", "none.parquet"]);
    assert!(
        ran.code == 1 && !bench.path("none.parquet").exists(),
        "{}",
        ran.err
    );
}

#[test]
fn wrong_usage_is_told_before_anything_is_read() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE).write("b.txt", ARTICLE);
    std::fs::create_dir(bench.path("sub")).unwrap();
    bench.write("sub/a.txt", ARTICLE);
    for (args, said) in [
        (
            &["a.txt", "-o", "out/"][..],
            "a directory is for --format parquet",
        ),
        (
            &["a.txt", "-o", "a.csv", "--table", "times"],
            "csv has events and statements",
        ),
        (&["a.txt", "-o", "a.parquet.gz"], "compressed already"),
        (
            &["a.txt", "-o", "a.parquet", "--resume"],
            "--resume goes on with",
        ),
        (
            &["a.txt", "-o", "a.parquet", "--explain"],
            "--explain has no place",
        ),
        (
            &["a.txt", "sub/a.txt", "-o", "out/", "--format", "parquet"],
            "would both become",
        ),
    ] {
        let ran = bench.run(&[&["read"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert!(!bench.path("out").exists());
    }
}
