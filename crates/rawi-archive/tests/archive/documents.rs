//! What is one document, and what is another version of it.

use crate::house::{House, column, line};
use rawi_archive::Tally;

const TEXT: &str =
    "أعلنت وزيرة النقل ليلى الشكيراوي أن الجسر سيفتح في نيسان. وقالت: «لن تكون هناك رسوم».";
const CHANGED: &str =
    "أعلنت وزيرة النقل ليلى الشكيراوي أن الجسر سيفتح في أيار. وقالت: «لن تكون هناك رسوم».";
const OTHER: &str = "نفى رئيس بلدية الواحة سامر البيطار أن تكون المياه ملوثة.";

/// Gives a first record and a second one, and what the second came to.
fn second(first: &[(&str, &str)], then: &[(&str, &str)]) -> Tally {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let tally = house.ingest(&mut archive, &house.file("1.jsonl", &line(first)));
    assert_eq!((tally.new, tally.articles()), (1, 1));
    let tally = house.ingest(&mut archive, &house.file("2.jsonl", &line(then)));
    archive.verify(|_, _| {}).unwrap();
    assert_eq!(tally.articles(), 1);
    assert_eq!(tally.failed, 0);
    tally
}

#[test]
fn a_second_meeting_makes_no_second_document() {
    let url = "https://alnahr.example/news/17";
    let tracked = "http://www.alnahr.example/news/17/?utm_source=feed#top";
    let elsewhere = "https://alnahr.example/archive/17";
    let base = [
        ("text", TEXT),
        ("url", url),
        ("source", "النهر"),
        ("title", "الجسر"),
    ];
    // The same, and what the archive knows already.
    for then in [
        vec![
            ("text", TEXT),
            ("url", url),
            ("source", "النهر"),
            ("title", "الجسر"),
        ],
        vec![
            ("text", TEXT),
            ("url", tracked),
            ("source", "النهر"),
            ("title", "الجسر"),
        ],
        vec![
            ("text", TEXT),
            ("url", elsewhere),
            ("source", "النَّهر"),
            ("title", "الجسر"),
        ],
    ] {
        let tally = second(&base, &then);
        assert_eq!(
            (tally.known, tally.new, tally.versions),
            (1, 0, 0),
            "{then:?}"
        );
    }
    // The same document in other words.
    for then in [
        vec![
            ("text", TEXT),
            ("url", url),
            ("source", "النهر"),
            ("title", "الجسر يفتح قريبا"),
        ],
        vec![
            ("text", CHANGED),
            ("url", tracked),
            ("source", "النهر"),
            ("title", "الجسر"),
        ],
    ] {
        let tally = second(&base, &then);
        assert_eq!(
            (tally.known, tally.new, tally.versions),
            (0, 0, 1),
            "{then:?}"
        );
    }
}

#[test]
fn an_id_alone_means_little() {
    let base = [("id", "17"), ("text", TEXT), ("source", "النهر")];
    let changed = second(
        &base,
        &[("id", "17"), ("text", CHANGED), ("source", "النهر")],
    );
    assert_eq!((changed.versions, changed.new), (1, 0));
    // Another collection counts from one as well.
    let other = second(&base, &[("id", "17"), ("text", OTHER), ("source", "النهر")]);
    assert_eq!((other.versions, other.new), (0, 1));
    // So does another outlet, and a file without one.
    for outlet in ["صحيفة الساحل", ""] {
        let other = second(
            &base,
            &[("id", "17"), ("text", CHANGED), ("source", outlet)],
        );
        assert_eq!((other.versions, other.new), (0, 1), "{outlet}");
    }
}

#[test]
fn the_same_words_of_another_outlet_are_another_document() {
    let base = [("text", TEXT), ("source", "النهر")];
    let copy = second(&base, &[("text", TEXT), ("source", "الساحل")]);
    assert_eq!((copy.new, copy.known), (1, 0));
}

#[test]
fn nothing_is_overwritten_and_the_newest_is_found() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let url = ("url", "https://alnahr.example/news/17");
    for (file, text) in [("1", TEXT), ("2", CHANGED), ("3", TEXT)] {
        let record = line(&[url, ("text", text), ("date", "2026-03-02")]);
        house.ingest(&mut archive, &house.file(&format!("{file}.jsonl"), &record));
    }
    assert_eq!(
        column(&archive, "SELECT text FROM version ORDER BY number"),
        [TEXT, CHANGED]
    );
    assert_eq!(column(&archive, "SELECT count(*) FROM capture"), ["3"]);
    assert_eq!(
        column(&archive, "SELECT count(*) FROM article_index"),
        ["1"]
    );
    let found = "SELECT v.number FROM article_index a JOIN version v ON v.id = a.rowid
                 WHERE article_index MATCH 'words : جسر'";
    assert_eq!(column(&archive, found), ["2"]);
    archive.verify(|_, _| {}).unwrap();
}

#[test]
fn dates_say_where_they_are_from_and_a_wrong_one_is_not_the_newest() {
    let house = House::new();
    let mut archive = house.open("a.rawi");
    let records = [
        line(&[("id", "a"), ("text", TEXT), ("date", "2026-03-02")]),
        line(&[("id", "b"), ("text", OTHER), ("date", "2106-03-02")]),
        line(&[("id", "c"), ("text", CHANGED)]),
        line(&[
            ("id", "d"),
            ("text", &format!("{OTHER} {CHANGED}")),
            ("date", "1935-03-02"),
        ]),
        line(&[
            ("id", "e"),
            ("text", &format!("{CHANGED} {OTHER}")),
            ("url", "https://alnahr.example/2026/03/05/x"),
        ]),
    ];
    house.ingest(&mut archive, &house.file("a.jsonl", &records.concat()));
    let told =
        "SELECT given_id || ' ' || coalesce(published, '-') || ' ' || coalesce(published_from, '-')
                  || ' ' || coalesce(published_doubt, '-') FROM version ORDER BY id DESC";
    let told = column(&archive, told);
    assert_eq!(
        told[..2],
        ["e 2026-03-05 address -", "a 2026-03-02 field -"],
        "{told:?}"
    );
    let mut others = told[2..].to_vec();
    others.sort();
    assert_eq!(
        others,
        [
            "b 2106-03-02 field future",
            "c - - -",
            "d 1935-03-02 field early"
        ]
    );
    assert_eq!(archive.info().unwrap().dateless, 3);
    archive.verify(|_, _| {}).unwrap();
}
