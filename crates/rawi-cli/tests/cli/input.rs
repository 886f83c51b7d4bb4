//! Input of every form, from the command line to the proof.

use super::{ARTICLE, Bench, gzip, record};

fn readings(bench: &Bench, args: &[&str]) -> super::Ran {
    let read = ["read", "--format", "jsonl", "-o", "r.jsonl"];
    bench.run(&[&read[..], args].concat())
}

fn verified(bench: &Bench, args: &[&str]) -> bool {
    let ran = bench.run(&[&["verify", "r.jsonl", "--articles"], args].concat());
    ran.code == 0 && ran.out.contains(" verified")
}

/// Two articles in every form, and what each form is read with.
fn files(bench: &Bench) -> Vec<(&'static str, Vec<&'static str>)> {
    let cell = format!("\"{}\"", ARTICLE.replace('"', "\"\""));
    let page = format!(
        "<html><body><h1>سد الوادي</h1><p>{}</p></body></html>",
        ARTICLE.replace('\n', "</p><p>")
    );
    let objects = [record("a", ARTICLE), record("b", ARTICLE)];
    let wide: Vec<u8> = format!("\u{feff}{ARTICLE}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bench
        .write("array.json", format!("[{}]", objects.join(",")))
        .write("lines.txt", objects.concat())
        .write("table.csv", format!("id;story\na;{cell}\nb;{cell}\n"))
        .write("page.html", &page)
        .write("field.jsonl", serde_json::json!({"html": page}).to_string())
        .write("text.jsonl", serde_json::json!({"text": page}).to_string())
        .write("wide.txt", wide)
        .write("folder/a/x.txt", ARTICLE)
        .write("folder/b/x.txt.gz", gzip(ARTICLE.as_bytes()))
        .write("folder/notes.md", ARTICLE);
    vec![
        ("array.json", vec![]),
        ("lines.txt", vec![]),
        ("table.csv", vec!["--field", "text=story"]),
        ("page.html", vec![]),
        ("field.jsonl", vec![]),
        ("text.jsonl", vec![]),
        ("wide.txt", vec![]),
        ("folder", vec![]),
    ]
}

#[test]
fn every_form_is_read_and_proved() {
    let bench = Bench::new();
    for (name, options) in files(&bench) {
        let args = [&[name][..], &options].concat();
        let ran = readings(&bench, &args);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(bench.text("r.jsonl").contains("سلمى الجبوري"), "{name}");
        assert!(verified(&bench, &args), "{name}");
    }
}

#[test]
fn an_id_meets_its_article_however_the_file_is_named() {
    let bench = Bench::new();
    files(&bench);
    let here = bench.path("folder").display().to_string();
    for (read, verify) in [
        ("folder/a/x.txt", "./folder/a/x.txt"),
        ("./folder", "folder"),
        ("folder/", here.as_str()),
    ] {
        assert_eq!(readings(&bench, &[read]).code, 0);
        assert!(verified(&bench, &[verify]), "{read} {verify}");
    }
    let ran = bench.run(&["read", "--format", "jsonl", "folder"]);
    assert_eq!(ran.ids(), ["folder/a/x.txt", "folder/b/x.txt.gz"]);
    assert!(
        ran.err.contains("1 file is of no kind that is read"),
        "{}",
        ran.err
    );
}

#[test]
fn what_is_written_into_a_folder_is_not_read_from_it() {
    let bench = Bench::new();
    bench.write("in/a.txt", ARTICLE);
    for _ in 0..2 {
        let ran = bench.run(&["read", "in", "-o", "in/r.jsonl"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(bench.text("in/r.jsonl").lines().count(), 1);
    }
}

#[test]
fn articles_are_printed_as_they_are_understood() {
    let bench = Bench::new();
    for (name, options) in files(&bench) {
        let args = [&["articles", name][..], &options].concat();
        let ran = bench.run(&args);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        bench.write("again.jsonl", &ran.out);
        let again = bench.run(&["articles", "again.jsonl"]);
        assert_eq!((again.out, again.err.as_str()), (ran.out, ""), "{name}");
        // Offsets of a reading count in this text.
        assert_eq!(readings(&bench, &[&[name][..], &options].concat()).code, 0);
        assert!(verified(&bench, &["again.jsonl"]), "{name}");
    }
    let ran = bench.run(&["articles", "missing.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
}

#[test]
fn dates_of_the_command_line_are_read_leniently() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    for (date, said) in [("٣ أيار ٢٠٢٦", ""), ("3/5/2026", "day first")] {
        let ran = bench.run(&["read", "--format", "jsonl", "a.txt", "--published", date]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(
            ran.out.contains("\"published\":\"2026-05-03\""),
            "{}",
            ran.out
        );
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}
