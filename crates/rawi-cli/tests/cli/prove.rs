//! `rawi verify --archive`.

use rawi_archive::{Archive, Mode};

use crate::{ARTICLE, Bench, record};

#[test]
fn an_archive_is_checked_against_itself() {
    let bench = Bench::new();
    bench.write("in.jsonl", record("a1", ARTICLE));
    let made = bench.run(&["ingest", "in.jsonl", "--archive", "n.rawi"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let held = bench.run(&["verify", "--archive", "n.rawi"]);
    assert_eq!(held.code, 0, "{}", held.err);
    assert!(
        held.out.contains("1 text and 1 reading verified"),
        "{}",
        held.out
    );
    let archive = Archive::open(bench.path("n.rawi"), Mode::Write).unwrap();
    let change = "UPDATE version SET text = replace(text, 'الماء', 'الهواء')";
    archive.database().execute(change, []).unwrap();
    drop(archive);
    let broken = bench.run(&["verify", "--archive", "n.rawi"]);
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("NOT verified"), "{}", broken.err);
    assert!(broken.err.contains("(a1)"), "{}", broken.err);
}

#[test]
fn what_cannot_be_checked_is_wrong_usage() {
    let bench = Bench::new();
    for args in [
        &["verify"][..],
        &["verify", "r.jsonl"],
        &["verify", "--archive", "none.rawi"],
        &["verify", "--articles", "a.jsonl"],
    ] {
        assert_eq!(bench.run(args).code, 2, "{args:?}");
    }
}
