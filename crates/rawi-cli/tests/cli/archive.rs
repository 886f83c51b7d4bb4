//! Archives from the command line: what a run leaves behind, whole or cut off.

use std::time::Duration;

use super::{Bench, record};

/// Invented articles, all different.
fn articles(number: usize) -> String {
    let who = [
        "وزير الري سالم البدري",
        "النائبة هدى الزعبي",
        "بلدية الواحة",
    ];
    let article = |n: usize| {
        let (who, months) = (who[n % who.len()], n % 9 + 3);
        let text = format!(
            "أعلن {who} أن السد رقم {n} سيكتمل بعد {months} أشهر. وأضاف: «لن يتأخر العمل في الموقع {n}»."
        );
        record(&format!("n-{n}"), &text)
    };
    (0..number).map(article).collect()
}

/// The texts and statements of an archive, in an order of their own.
fn contents(bench: &Bench, archive: &str) -> Vec<String> {
    let archive = rawi_archive::Archive::open(bench.path(archive), rawi_archive::Mode::Read);
    let archive = archive.unwrap();
    archive.verify(|_, _| {}).unwrap();
    let sql =
        "SELECT v.given_id || ' ' || hex(v.sha256) || ' ' || s.local || ' ' || s.starts || ' ' ||
                 s.ends || ' ' || s.act || ' ' || e.name
               FROM version v JOIN statement s ON s.version_id = v.id
               LEFT JOIN entity e ON e.id = s.speaker_id ORDER BY 1";
    let mut all = archive.database().prepare(sql).unwrap();
    let rows = all.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_run_that_is_killed_goes_on_and_loses_nothing() {
    const KILLS: u64 = 10;
    let bench = Bench::new();
    bench.write("news.jsonl", articles(120));
    let ingest = |archive: &'static str| {
        let args = [
            "ingest",
            "news.jsonl",
            "--archive",
            archive,
            "--batch",
            "4",
            "--threads",
            "1",
        ];
        bench.command(&args)
    };
    let ran = bench.run(&["ingest", "news.jsonl", "--archive", "whole.rawi"]);
    assert_eq!(
        (ran.code, bench.path("whole.rawi").exists()),
        (0, true),
        "{}",
        ran.err
    );
    for kill in 0..KILLS {
        let mut child = ingest("broken.rawi")
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Moments all over a run; which ones they hit is chance.
        std::thread::sleep(Duration::from_millis(3 + kill * kill * 7 % 190));
        child.kill().unwrap();
        child.wait().unwrap();
        if bench.path("broken.rawi").exists() {
            let proof =
                rawi_archive::Archive::open(bench.path("broken.rawi"), rawi_archive::Mode::Write)
                    .and_then(|archive| archive.verify(|_, _| {}));
            assert!(proof.is_ok(), "after kill {kill}: {proof:?}");
        }
    }
    assert_eq!(ingest("broken.rawi").status().unwrap().code(), Some(0));
    assert_eq!(
        contents(&bench, "broken.rawi"),
        contents(&bench, "whole.rawi")
    );
    let again = bench.run(&["ingest", "news.jsonl", "--archive", "broken.rawi"]);
    assert!(again.err.contains("1 inputs read before"), "{}", again.err);
}

#[test]
fn failures_are_named_and_mended() {
    let bench = Bench::new();
    bench.write("in/a.txt", "قالت الوزيرة إن الجسر سيفتح غدا.");
    bench.write(
        "in/b.jsonl",
        format!("{}{{\"id\": \n{}", articles(1), articles(2)),
    );
    let ran = bench.run(&["ingest", "in", "--archive", "a.rawi"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("b.jsonl:2"), "{}", ran.err);
    let ran = bench.run(&["failures", "--archive", "a.rawi"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.starts_with("parse: in/b.jsonl:2"), "{}", ran.out);
    let ran = bench.run(&["failures", "--archive", "a.rawi", "--format", "jsonl"]);
    let failure: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(failure["record"], 2);
    bench.write("in/b.jsonl", articles(3));
    let ran = bench.run(&["reread", "--failed", "--archive", "a.rawi"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(bench.run(&["failures", "--archive", "a.rawi"]).code, 0);
    let ran = bench.run(&["info", "--archive", "a.rawi", "--json"]);
    let info: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(info["documents"], 3, "{}", ran.out);
}

#[test]
fn an_archive_that_is_not_there_is_wrong_usage() {
    let bench = Bench::new();
    bench.write("text.txt", "ليس هذا أرشيفا ".repeat(100));
    for args in [
        &["info", "--archive", "none.rawi"][..],
        &["info", "--archive", "text.txt"],
        &["compact", "--archive", "none.rawi"],
        &["failures", "--archive", "none.rawi"],
    ] {
        let ran = bench.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    assert!(!bench.path("none.rawi").exists());
}
