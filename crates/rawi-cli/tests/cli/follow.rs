//! Feeds and lines of what is new.

use rawi_archive::{Archive, Mode};

use super::Bench;

fn news(bench: &Bench, id: &str, title: &str) {
    let text = format!("أعلنت وزيرة النقل ليلى الشكيراوي أن الجسر {title} سيفتح & <b>يرمم</b>.");
    let record = serde_json::json!({
        "id": id, "text": text, "date": "2026-03-02", "source": "صحيفة <النهر>\u{202e}",
        "url": format!("https://alnahr.example/{id}?a=1&b=\"2\""),
    });
    let file = format!("{id}.jsonl");
    bench.write(&file, format!("{record}\n"));
    let made = bench.run(&["ingest", &file, "--archive", "n.rawi"]);
    assert_eq!(made.code, 0, "{}", made.err);
}

fn follow(bench: &Bench, args: &[&str]) -> super::Ran {
    bench.run(&[&["follow"], args, &["--archive", "n.rawi"]].concat())
}

#[test]
fn lines_are_told_once() {
    let bench = Bench::new();
    news(&bench, "a1", "الأول");
    assert_eq!(follow(&bench, &["add", "جسر", "الجسر"]).code, 0);
    assert_eq!(follow(&bench, &["add", "جسر", "السد"]).code, 2);
    assert_eq!(follow(&bench, &["add", "x", "actt:deny"]).code, 2);
    assert_eq!(follow(&bench, &["run", "none"]).code, 2);
    assert_eq!(follow(&bench, &["run"]).out, "");
    news(&bench, "a2", "الثاني");
    // An output that fails loses nothing.
    assert_eq!(
        follow(&bench, &["run", "-o", "no/such/folder.jsonl"]).code,
        1
    );
    let ran = follow(&bench, &["run"]);
    assert_eq!(ran.out.lines().count(), 1);
    let line: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&line["follow"], &line["article"]),
        (&"جسر".into(), &"a2".into())
    );
    assert_eq!(follow(&bench, &["run"]).out, "");
    assert!(follow(&bench, &["list"]).out.contains("الجسر"));
    assert_eq!(follow(&bench, &["remove", "جسر"]).code, 0);
    assert_eq!(follow(&bench, &["list"]).out, "");
}

#[test]
fn a_feed_goes_on_and_doubles_nothing() {
    let bench = Bench::new();
    news(&bench, "a1", "الأول");
    assert_eq!(follow(&bench, &["add", "جسر", "الجسر", "--all"]).code, 0);
    let run = |more: &[&str]| {
        let args = [&["run", "جسر", "--format", "atom", "-o", "f.xml"], more].concat();
        let ran = follow(&bench, &args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        bench.text("f.xml")
    };
    let entries = |feed: &str| feed.matches("<entry>").count();
    assert_eq!(entries(&run(&[])), 1);
    news(&bench, "a2", "الثاني");
    let feed = run(&[]);
    assert_eq!(entries(&feed), 2);
    // The newest first, and nothing of a text is markup or turns a line around.
    assert!(feed.find("الثاني").unwrap() < feed.find("الأول").unwrap());
    assert!(feed.contains("&amp; &lt;b&gt;يرمم&lt;/b&gt;"), "{feed}");
    assert!(feed.contains("صحيفة &lt;النهر&gt;·U+202E"), "{feed}");
    assert!(
        !feed.contains('\u{202e}') && feed.contains("?a=1&amp;b=%222%22"),
        "{feed}"
    );
    // Ended after the file was written and before that was remembered.
    let archive = Archive::open(bench.path("n.rawi"), Mode::Write).unwrap();
    let forget = "UPDATE follow SET seen = 0";
    archive.database().execute(forget, []).unwrap();
    drop(archive);
    assert_eq!(run(&[]), feed);
    news(&bench, "a3", "الثالث");
    let feed = run(&["--keep", "2"]);
    assert_eq!(entries(&feed), 2);
    assert!(feed.contains("الثالث") && !feed.contains("الأول"), "{feed}");
    // A file of somebody else stays as it is.
    bench.write("f.xml", "<feed/>");
    let args = ["run", "جسر", "--format", "atom", "-o", "f.xml"];
    assert_eq!(follow(&bench, &args).code, 2);
    assert_eq!(bench.text("f.xml"), "<feed/>");
    assert_eq!(follow(&bench, &["run", "--format", "atom"]).code, 2);
}
