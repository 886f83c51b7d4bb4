//! Runs that are interrupted, come again or fail.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::house::{House, articles, column, contents, line};
use rawi_archive::{Input, Told, Which};
use rawi_input::Inputs;

#[test]
fn a_second_run_does_nothing() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let file = house.file("news.jsonl", &articles(30));
    let tally = house.ingest(&mut archive, &file);
    assert_eq!((tally.new, tally.failed), (30, 0));
    assert!(tally.statements >= 30);
    let before = fs::read(house.path("a.rawi")).unwrap();
    let tally = house.ingest(&mut archive, &file);
    assert_eq!((tally.articles(), tally.unchanged), (0, 1));
    let ledger = column(&archive, "SELECT state || ' ' || records FROM input");
    assert_eq!(ledger, ["done 30"]);
    drop(archive);
    let archive = house.open("a.rawi");
    assert_eq!(before.len(), fs::read(house.path("a.rawi")).unwrap().len());
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn a_file_that_has_grown_gives_what_is_new() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let file = house.file("news.jsonl", &articles(20));
    house.ingest(&mut archive, &file);
    let file = house.file("news.jsonl", &articles(25));
    let tally = house.ingest(&mut archive, &file);
    assert_eq!((tally.new, tally.known, tally.versions), (5, 20, 0));
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn an_interrupted_run_goes_on_and_comes_to_the_same() {
    let house = House::new();
    let file = house.file("news.jsonl", &articles(60));
    let mut whole = house.open("whole.rawi");
    house.ingest(&mut whole, &file);
    let mut broken = house.open("broken.rawi");
    for after in [7, 23, 1, 40] {
        // The feed is stopped from outside after some records.
        let stop = AtomicBool::new(false);
        let inputs = Inputs::new([file.clone()]);
        let mut input = Input::files(&inputs).remove(0);
        let open = input.open;
        let stopping = &stop;
        input.open = Box::new(move || {
            Box::new(open().enumerate().map(move |(n, record)| {
                if n == after {
                    stopping.store(true, Ordering::Relaxed);
                }
                record
            }))
        });
        broken
            .ingest(house.reader(), 2, vec![input], &stop, |_| {})
            .unwrap();
        broken.verify(|_, _| {}).unwrap();
    }
    let tally = house.ingest(&mut broken, &file);
    assert!(tally.new < 60, "the run before must have kept something");
    assert_eq!(contents(&broken), contents(&whole));
    assert_eq!(column(&broken, "SELECT count(*) FROM capture"), ["60"]);
    broken.verify(|_, _| {}).unwrap();
}

#[test]
fn what_fails_is_named_and_tried_again() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let good = line(&[
        ("id", "a"),
        ("text", "قال الوزير سالم البدري إن السد جاهز."),
    ]);
    let file = house.file(
        "news.jsonl",
        &format!("{good}{{\"id\": \"b\", \"text\": \"ق\n{good}"),
    );
    let mut told = Vec::new();
    let tally = house
        .try_ingest(&mut archive, &file, &AtomicBool::new(false), |t| {
            if let Told::Failed(problem) = t {
                told.push(problem.to_string());
            }
        })
        .unwrap();
    assert_eq!((tally.failed, told.len()), (1, 1));
    let failures = archive.failures().unwrap();
    assert_eq!(failures.len(), 1);
    assert_eq!(
        (failures[0].record, failures[0].stage.as_str()),
        (2, "parse")
    );
    assert!(failures[0].place.contains("news.jsonl:2"), "{failures:?}");
    // Nothing has changed: it fails again, and is noted once.
    let inputs = Inputs::new([file.clone()]);
    let stop = AtomicBool::new(false);
    let tally = archive
        .retry(house.reader(), 1, Input::files(&inputs), &stop, |_| {})
        .unwrap();
    assert_eq!((tally.failed, archive.failures().unwrap().len()), (1, 1));
    // Mended, and nothing else is read again.
    let mended = line(&[("id", "b"), ("text", "نفت النائبة هدى الزعبي الخبر.")]);
    house.file("news.jsonl", &format!("{good}{mended}{good}"));
    let tally = archive
        .retry(house.reader(), 1, Input::files(&inputs), &stop, |_| {})
        .unwrap();
    assert_eq!((tally.new, tally.known, tally.failed), (1, 0, 0));
    assert!(archive.failures().unwrap().is_empty());
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn an_input_that_cannot_be_read_fails_and_the_others_are_read() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let folder = house.path("in");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.txt"), "قالت الوزيرة إن الجسر سيفتح غدا.").unwrap();
    fs::write(folder.join("b.txt.gz"), b"\x1f\x8b\x08\x00broken").unwrap();
    fs::write(folder.join("c.jsonl"), articles(3)).unwrap();
    let tally = house.ingest(&mut archive, &folder);
    assert_eq!((tally.new, tally.failed), (4, 1));
    let states = column(&archive, "SELECT state FROM input ORDER BY place");
    assert_eq!(states, ["done", "failed", "done"]);
    assert_eq!(archive.failures().unwrap()[0].stage, "open");
    // What could not be opened is looked at again by the next run, and only that.
    let tally = house.ingest(&mut archive, &folder);
    assert_eq!((tally.articles(), tally.failed, tally.unchanged), (0, 1, 2));
    assert_eq!(archive.failures().unwrap().len(), 1);
}

#[test]
fn texts_are_read_once_more_and_statements_keep_their_ids() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    house.ingest(&mut archive, &house.file("news.jsonl", &articles(20)));
    let ids = "SELECT id FROM statement ORDER BY id";
    let before = (column(&archive, ids), contents(&archive));
    let stop = AtomicBool::new(false);
    let done = archive
        .reread(house.reader(), 2, &Which::default(), &stop, |_, _| {})
        .unwrap();
    assert_eq!((done.read, done.failed), (20, 0));
    assert_eq!((column(&archive, ids), contents(&archive)), before);
    archive.verify(|_, _| {}).unwrap();
    let which = |older: &str| Which {
        older_than: Some(older.into()),
        ..Which::default()
    };
    let mut read = |which: &Which| archive.reread(house.reader(), 1, which, &stop, |_, _| {});
    assert_eq!(read(&which("0.0.1")).unwrap().read, 0);
    assert_eq!(read(&which("999.0")).unwrap().read, 20);
    assert!(
        read(&which("neu"))
            .unwrap_err()
            .to_string()
            .contains("no version")
    );
    let nobody = Which {
        outlet: Some("صحيفة لا أحد".into()),
        ..Which::default()
    };
    assert!(read(&nobody).unwrap_err().to_string().contains("no outlet"));
    let failed = Which {
        failed: true,
        ..Which::default()
    };
    assert_eq!(read(&failed).unwrap().read, 0);
}

#[test]
fn two_may_write_at_once() {
    let house = House::new();
    let files = [
        house.file("a.jsonl", &articles(40)),
        house.file("b.jsonl", &articles(55)),
    ];
    house.open("a.rawi");
    std::thread::scope(|scope| {
        for file in &files {
            let house = &house;
            scope.spawn(move || house.ingest(&mut house.open("a.rawi"), file));
        }
    });
    let archive = house.open("a.rawi");
    archive.verify(|_, _| {}).unwrap();
    let mut whole = house.open("whole.rawi");
    house.ingest(&mut whole, &files[1]);
    // Ids without an outlet's own would differ by file; these are the outlet's.
    assert_eq!(contents(&archive), contents(&whole));
}
