//! What is new is told once, whatever happens on the way.

use std::sync::atomic::AtomicBool;

use rawi_archive::export::Item;
use rawi_archive::{Archive, ArchiveError, News, Which};

use crate::house::{House, line};

const NAME: &str = "الجسر";

/// An article with a statement about the bridge, and a second one.
fn article(id: &str, day: &str, words: &str) -> String {
    let text = format!(
        "أعلنت وزيرة النقل ليلى الشكيراوي أن الجسر {words}. وقال رئيس بلدية الواحة سامر البيطار إن الجسر قديم."
    );
    let url = format!("https://alnahr.example/{id}");
    line(&[
        ("id", id),
        ("text", &text),
        ("date", day),
        ("url", &url),
        ("source", "النهر"),
    ])
}

fn house(first: &str) -> (House, Archive) {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    house.ingest(&mut archive, &house.file("first.jsonl", first));
    (house, archive)
}

/// What is new, as contents, without a mark that it was told.
fn peek(archive: &Archive) -> (News, Vec<String>) {
    let mut contents = Vec::new();
    let mut keep = |item: &Item| {
        contents.extend(item.said().map(|said| said.statement.text().into_owned()));
        Ok(())
    };
    let follow = archive.followed(NAME).unwrap();
    let news = archive.news(&follow, &mut keep).unwrap();
    assert_eq!(news.statements, contents.len() as u64);
    (news, contents)
}

/// What is new, marked as told.
fn told(archive: &mut Archive) -> Vec<String> {
    let follow = archive.followed(NAME).unwrap();
    let (news, contents) = peek(archive);
    archive.told(&follow, news.until).unwrap();
    contents
}

#[test]
fn only_what_comes_later_is_told_and_once() {
    let (house, mut archive) = house(&article("n-1", "2026-03-02", "سيفتح في نيسان"));
    archive.follow(NAME, "الجسر", false).unwrap();
    assert!(told(&mut archive).is_empty());
    // Of an earlier day than what is there already.
    let old = house.file("old.jsonl", &article("n-2", "2019-01-05", "سيبنى"));
    house.ingest(&mut archive, &old);
    assert_eq!(told(&mut archive), ["أن الجسر سيبنى", "إن الجسر قديم"]);
    assert!(told(&mut archive).is_empty());
    // A second meeting of the same is no news.
    let again = house.file("again.jsonl", &article("n-2", "2019-01-05", "سيبنى"));
    house.ingest(&mut archive, &again);
    assert!(told(&mut archive).is_empty());
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn all_that_is_there_is_told_if_asked_for() {
    let (_house, mut archive) = house(&article("n-1", "2026-03-02", "سيفتح في نيسان"));
    archive
        .follow(NAME, "speaker:\"ليلى الشكيراوي\"", true)
        .unwrap();
    assert_eq!(told(&mut archive), ["أن الجسر سيفتح في نيسان"]);
    assert!(told(&mut archive).is_empty());
}

#[test]
fn what_could_not_be_put_out_is_told_again() {
    let (house, mut archive) = house(&article("n-1", "2026-03-02", "سيفتح في نيسان"));
    archive.follow(NAME, "الجسر", false).unwrap();
    house.ingest(
        &mut archive,
        &house.file("2.jsonl", &article("n-2", "2026-03-03", "سيغلق")),
    );
    let follow = archive.followed(NAME).unwrap();
    let full = |_: &Item| Err(ArchiveError::Full);
    assert!(matches!(
        archive.news(&follow, full),
        Err(ArchiveError::Full)
    ));
    let (news, contents) = peek(&archive);
    assert_eq!(contents.len(), 2);
    // Something arrives between telling and remembering.
    house.ingest(
        &mut archive,
        &house.file("3.jsonl", &article("n-3", "2026-03-04", "يرمم")),
    );
    archive.told(&follow, news.until).unwrap();
    assert_eq!(told(&mut archive), ["أن الجسر يرمم", "إن الجسر قديم"]);
    // Another run has told it meanwhile.
    assert!(archive.told(&follow, news.until).is_err());
    assert!(told(&mut archive).is_empty());
}

#[test]
fn a_changed_article_tells_what_it_did_not_have() {
    let (house, mut archive) = house(&article("n-1", "2026-03-02", "سيفتح في نيسان"));
    archive.follow(NAME, "الجسر", false).unwrap();
    let changed = house.file("2.jsonl", &article("n-1", "2026-03-02", "سيفتح في أيار"));
    assert_eq!(house.ingest(&mut archive, &changed).versions, 1);
    assert_eq!(told(&mut archive), ["أن الجسر سيفتح في أيار"]);
    // Two changes between two runs: what nobody was told is told, though the version in
    // between had it too.
    for (file, words) in [("3.jsonl", "لن يفتح"), ("4.jsonl", "لن يفتح أبدا")] {
        let changed = house.file(file, &article("n-1", "2026-03-02", words));
        assert_eq!(house.ingest(&mut archive, &changed).versions, 1);
    }
    assert_eq!(told(&mut archive), ["أن الجسر لن يفتح أبدا"]);
}

#[test]
fn reading_anew_is_no_news_but_reading_at_last_is() {
    let two = article("n-1", "2026-03-02", "سيفتح") + &article("n-2", "2026-03-03", "سيغلق");
    let (house, mut archive) = house(&two);
    archive.follow(NAME, "الجسر", false).unwrap();
    let reread = |archive: &mut Archive| {
        let which = Which {
            failed: false,
            older_than: None,
            outlet: None,
        };
        let stop = AtomicBool::new(false);
        let done = archive.reread(house.reader(), 1, &which, &stop, |_, _| {});
        assert_eq!(done.unwrap().read, 2);
    };
    // As if another engine had cut the contents elsewhere: statements get new ids.
    let db = archive.database();
    db.execute("UPDATE statement SET starts = starts + 1", [])
        .unwrap();
    reread(&mut archive);
    assert!(told(&mut archive).is_empty());
    // As if one could not be read at first.
    let first = "(SELECT min(version_id) FROM arrival)";
    let db = archive.database();
    for table in ["statement", "event", "appearance", "reading", "arrival"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE version_id = {first}"),
            [],
        )
        .unwrap();
        if table == "reading" {
            break;
        }
    }
    db.execute(
        &format!("DELETE FROM arrival WHERE version_id = {first}"),
        [],
    )
    .unwrap();
    reread(&mut archive);
    assert_eq!(told(&mut archive), ["أن الجسر سيفتح", "إن الجسر قديم"]);
}

#[test]
fn names_and_queries_are_checked_when_they_are_added() {
    let (_house, mut archive) = house(&article("n-1", "2026-03-02", "سيفتح"));
    archive.follow(NAME, "الجسر", false).unwrap();
    for (name, query) in [
        (NAME, "السد"),
        ("", "السد"),
        ("a\nb", "السد"),
        ("x", "actt:deny"),
        ("x", "speaker:#999999"),
        ("x", "before:2026-02-31"),
    ] {
        let added = archive.follow(name, query, false);
        assert!(
            matches!(added, Err(ArchiveError::Asked(_) | ArchiveError::Query(_))),
            "{name:?} {query}: {added:?}"
        );
    }
    assert_eq!(archive.follows().unwrap().len(), 1);
    archive.unfollow(NAME).unwrap();
    assert!(archive.unfollow(NAME).is_err());
    assert!(archive.follows().unwrap().is_empty());
}
