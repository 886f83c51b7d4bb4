//! Exports: as many rows as are counted, each proved, and none that was touched.

use std::fs::File;

use super::{ARTICLE, Bench, unpacked};

/// Each form: the file, and the rows that are asked for.
const FORMS: [(&str, &[&str]); 6] = [
    ("s.csv", &[]),
    ("e.csv", &["--table", "events"]),
    ("r.jsonl", &[]),
    ("l.jsonl", &["--table", "statements"]),
    ("q.jsonld", &[]),
    ("s.parquet", &[]),
];

fn bench() -> Bench {
    let bench = Bench::new();
    let article = |id: &str, day: &str, text: &str| {
        let record = serde_json::json!({
            "id": id, "text": text, "date": day, "source": "صحيفة النهر",
            "title": "وزيرة الري: لن ينقطع الماء", "url": format!("https://alnahr.example/{id}"),
        });
        format!("{record}\n")
    };
    let other = "نفى رئيس بلدية الواحة سامر البيطار أن تكون المياه ملوثة. واعتقلت الشرطة العراقية ثلاثة محتجين.";
    let news = article("a1", "2026-03-02", ARTICLE) + &article("a2", "2025-01-05", other);
    bench.write("news.jsonl", news);
    let made = bench.run(&["ingest", "news.jsonl", "--archive", "n.rawi"]);
    assert_eq!(made.code, 0, "{}", made.err);
    bench
}

fn export(bench: &Bench, file: &str, more: &[&str]) {
    let args = [&["export", "--archive", "n.rawi", "-o", file, "-q"], more].concat();
    let ran = bench.run(&args);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{args:?}");
}

#[test]
fn each_form_is_as_it_was_and_holds() {
    let bench = bench();
    for (file, more) in FORMS {
        export(&bench, file, more);
        let held = bench.run(&["verify", file, "--archive", "n.rawi"]);
        assert_eq!(held.code, 0, "{file}: {}", held.err);
        assert!(held.out.contains("verified against"), "{}", held.out);
        if !file.ends_with("parquet") {
            // The id of an archive is chance, and so is the day of its birth.
            let text = bench.text(file);
            let mut words = text.split("tag:");
            let mut shown = words.next().unwrap().to_owned();
            for word in words {
                shown += "tag:";
                shown += match word.split_once(":") {
                    Some((_, rest)) if word.contains(".rawi.invalid,") => rest,
                    _ => word,
                };
            }
            insta::assert_snapshot!(format!("export_{}", file.replace('.', "_")), shown);
        }
    }
    export(&bench, "s.csv.gz", &[]);
    let packed = std::fs::read(bench.path("s.csv.gz")).unwrap();
    assert_eq!(unpacked(&packed), bench.text("s.csv"));
    assert_eq!(
        bench
            .run(&["verify", "s.csv.gz", "--archive", "n.rawi"])
            .code,
        0
    );
    // Readings are those of `rawi read`, so that they can be checked without the archive.
    let args = ["verify", "r.jsonl", "--articles", "news.jsonl", "--reread"];
    let held = bench.run(&args);
    assert_eq!(held.code, 0, "{}", held.err);
}

#[test]
fn exports_have_as_many_rows_as_are_counted() {
    let bench = bench();
    for query in [
        "",
        "الماء",
        "act:deny",
        "outlet:النهر speaker:none",
        "before:2026",
        "form:quote",
        "NOT الماء",
        "لاشيء",
    ] {
        let count = |more: &[&str]| {
            let args = [&["ask", query, "--count", "--archive", "n.rawi"][..], more].concat();
            let ran = bench.run(&args);
            ran.out.trim().parse::<usize>().unwrap()
        };
        let (statements, articles) = (count(&[]), count(&["--articles"]));
        for (file, more) in FORMS {
            export(&bench, file, &[&[query], more].concat());
            let wanted = match file {
                "r.jsonl" => articles,
                "e.csv" => continue,
                _ => statements,
            };
            let rows = match file {
                "s.parquet" => {
                    let file = File::open(bench.path(file)).unwrap();
                    let (_, batches) = rawi_columns::read_parquet(file).unwrap();
                    batches.map(|b| b.unwrap().num_rows()).sum()
                }
                "s.csv" => bench.text(file).lines().count() - 1,
                "q.jsonld" => bench.text(file).matches("\"Quotation\"").count(),
                _ => bench.text(file).lines().count(),
            };
            assert_eq!(rows, wanted, "{file} of {query:?}");
            let held = bench.run(&["verify", file, "--archive", "n.rawi"]);
            assert_eq!(held.code, 0, "{file} of {query:?}: {}", held.err);
        }
    }
}

#[test]
fn a_changed_byte_is_found_in_each_form() {
    let bench = bench();
    for (file, more) in FORMS {
        export(&bench, file, more);
        let whole = std::fs::read(bench.path(file)).unwrap();
        // A word and a number somewhere inside, and places all over the file.
        let letters: Vec<usize> = (0..whole.len())
            .filter(|i| whole[*i].is_ascii_alphanumeric())
            .collect();
        for step in 1..24 {
            let place = letters[letters.len() * step / 24];
            let mut bytes = whole.clone();
            bytes[place] = if bytes[place] == b'7' { b'3' } else { b'7' };
            bench.write("changed", &bytes);
            let found = bench.run(&["verify", "changed", "--archive", "n.rawi"]);
            let inside = file != "s.parquet" || place < whole.len() / 3;
            if inside {
                assert_ne!(found.code, 0, "{file} at {place}: {}", found.out);
            }
        }
        if file == "s.parquet" {
            continue;
        }
        let text = String::from_utf8(whole).unwrap();
        let word = match file {
            "e.csv" => "المحتجين",
            _ => "ملوثة",
        };
        let word = if text.contains(word) {
            word
        } else {
            "محتجين"
        };
        bench.write("changed", text.replacen(word, "نقية", 1));
        let found = bench.run(&["verify", "changed", "--archive", "n.rawi"]);
        assert_eq!(found.code, 1, "{file}");
        assert!(found.err.contains("NOT verified"), "{}", found.err);
        assert!(found.err.contains("changed:"), "{}", found.err);
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_leaves_files_alone() {
    let bench = bench();
    bench.write("old.csv", "old");
    for args in [
        &["actt:deny", "-o", "old.csv"][..],
        &["-o", "x.docx"],
        &["-o", "x.parquet.gz"],
        &["-o", "old.csv", "--table", "times"],
        &["--format", "plover", "--table", "statements"],
        &["-o", "n.rawi", "--format", "csv"],
        &["speaker:#99999", "-o", "old.csv"],
    ] {
        let ran = bench.run(&[&["export", "--archive", "n.rawi"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
    }
    assert_eq!(bench.text("old.csv"), "old");
    let left = std::fs::read_dir(bench.dir.path()).unwrap();
    let left = left.filter(|f| {
        let name = f.as_ref().unwrap().file_name();
        name.to_string_lossy().contains("partial")
    });
    assert_eq!(left.count(), 0);
    bench.write("other.csv", "a,b\n1,2\n");
    let none = bench.run(&["verify", "other.csv", "--archive", "n.rawi"]);
    assert_eq!(none.code, 2, "{}", none.err);
}
