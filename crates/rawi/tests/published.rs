//! The day of publication: given, or read off the article itself.

use rawi::reading::PublishedFrom;
use rawi::{Article, Error, Reader, verify};

const TEXT: &str = "الأربعاء 12 فبراير 2025\nقال الوزير سامر البيطار أمس إن الطريق ستفتح.";

#[test]
fn without_a_date_the_date_line_counts() {
    let reader = Reader::new().expect("a reader");
    let article = Article::new("a", TEXT);
    let reading = reader.read(&article).expect("a reading");
    assert_eq!(
        reading.published.map(|d| d.to_string()).as_deref(),
        Some("2025-02-12")
    );
    assert_eq!(reading.published_from, Some(PublishedFrom::Text));
    let yesterday = reading
        .times
        .iter()
        .find(|t| t.text == "أمس")
        .expect("a time");
    assert_eq!(
        yesterday.value.map(|v| v.to_string()).as_deref(),
        Some("2025-02-11")
    );
    assert_eq!(
        reading.statements[0]
            .said_on
            .map(|d| d.to_string())
            .as_deref(),
        Some("2025-02-11")
    );
    verify(&reading, &article).expect("a sound reading");
    let mut worker = reader.worker();
    worker
        .confirm(&reading, &article)
        .expect("the same reading");
    let mut damaged = reading.clone();
    damaged.published = rawi::reading::Date::parse("2025-02-13");
    assert!(verify(&damaged, &article).is_err());
    damaged.published = None;
    assert!(verify(&damaged, &article).is_err());
    let given = Article::new("a", TEXT).with_published("2025-02-12");
    assert!(verify(&reading, &given).is_err());
}

#[test]
fn a_given_date_wins_in_any_form() {
    let reader = Reader::new().expect("a reader");
    for date in [
        "2025-03-10",
        "2025-03-10T08:00:00Z",
        "10 آذار 2025",
        "١٠/٣/٢٠٢٥",
    ] {
        let article = Article::new("a", TEXT).with_published(date);
        let reading = reader.read(&article).expect("a reading");
        assert_eq!(
            reading.published.map(|d| d.to_string()).as_deref(),
            Some("2025-03-10"),
            "{date}"
        );
        assert_eq!(reading.published_from, None, "{date}");
    }
    let article = Article::new("a", TEXT).with_published("2025-02-30");
    let error = reader.read(&article).expect_err("no such day");
    assert!(matches!(error, Error::PublishedDate { .. }), "{error}");
    assert!(error.to_string().contains("2025-02-30"), "{error}");
}

#[test]
fn a_statement_is_said_on_a_plain_day() {
    let reader = Reader::new().expect("a reader");
    for (text, day) in [
        (
            "قال الوزير سامر البيطار الثلاثاء إن الطريق ستفتح.",
            Some("2025-02-11"),
        ),
        ("يقول الوزير سامر البيطار كل جمعة إن الطريق ستفتح.", None),
        ("قال الوزير سامر البيطار في فبراير إن الطريق ستفتح.", None),
        ("قال الوزير سامر البيطار إن الطريق ستفتح الثلاثاء.", None),
    ] {
        let article = Article::new("a", text).with_published("2025-02-12");
        let reading = reader.read(&article).expect("a reading");
        assert_eq!(
            reading.statements[0]
                .said_on
                .map(|d| d.to_string())
                .as_deref(),
            day,
            "{text}"
        );
    }
}
