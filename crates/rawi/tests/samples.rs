//! The shipped samples, end to end, and texts that nobody wrote.

use proptest::prelude::*;
use rawi::{Article, Reader, verify};

fn samples() -> Vec<Article> {
    include_str!("../../../samples/articles.jsonl")
        .lines()
        .map(|line| {
            let json: serde_json::Value = serde_json::from_str(line).expect("the samples are JSON");
            let field = |name: &str| json[name].as_str().expect("the field is there").to_owned();
            Article::new(field("id"), field("text")).with_published(field("date"))
        })
        .collect()
}

#[test]
fn every_sample_reads_and_verifies() {
    let reader = Reader::new().expect("the reader opens");
    let mut worker = reader.worker();
    let articles = samples();
    assert_eq!(articles.len(), 10);
    for article in &articles {
        let reading = worker.read(article).expect("the samples can be read");
        assert!(
            reading.statements.len() >= 5,
            "{}: too few statements",
            article.id
        );
        assert!(verify(&reading, article).is_ok(), "{}", article.id);
        // A worker that has read other articles reads the same.
        assert_eq!(reader.read(article).expect("it was read before"), reading);
        let named = reading
            .statements
            .iter()
            .filter(|s| s.speaker.is_some())
            .count();
        assert!(
            named * 10 >= reading.statements.len() * 8,
            "{}: speakers are missing",
            article.id
        );
    }
}

/// A text may break off anywhere: whatever looks ahead must see the end.
#[test]
fn every_beginning_of_a_paragraph_reads_and_verifies() {
    let reader = Reader::new().expect("the reader opens");
    let mut worker = reader.worker();
    for sample in samples() {
        for paragraph in sample.text.lines().take(2) {
            let spaces = paragraph
                .char_indices()
                .filter(|(_, c)| !c.is_alphanumeric());
            for (end, _) in spaces {
                reads(&mut worker, &paragraph[..end]);
            }
        }
    }
}

#[test]
#[ignore = "takes minutes"]
fn every_beginning_of_a_sample_reads_and_verifies() {
    let reader = Reader::new().expect("the reader opens");
    let mut worker = reader.worker();
    for sample in samples() {
        for (end, _) in sample.text.char_indices() {
            reads(&mut worker, &sample.text[..end]);
        }
    }
}

fn reads(worker: &mut rawi::Worker, text: &str) {
    let article = Article::new("a", text).with_published("2025-02-12");
    let reading = worker.read(&article).expect("it can be read");
    if let Err(error) = verify(&reading, &article) {
        panic!("{error}: {text}");
    }
}

#[test]
fn times_in_speech_count_from_the_day_of_speaking() {
    let text = "قال الوزير سالم البدري الاثنين إن الوفد وصل أمس. وغادر السفير أمس.";
    let article = Article::new("t", text).with_published("2025-02-12");
    let reading = Reader::new().expect("opens").read(&article).expect("reads");
    assert_eq!(
        reading.statements[0]
            .said_on
            .map(|d| d.to_string())
            .as_deref(),
        Some("2025-02-10")
    );
    let values: Vec<_> = reading
        .times
        .iter()
        .filter_map(|t| Some(t.value?.to_string()))
        .collect();
    assert_eq!(values, ["2025-02-10", "2025-02-09", "2025-02-11"]);
}

#[test]
fn explanations_come_only_when_asked_for() {
    let article = &samples()[0];
    let plain = Reader::new().expect("opens").read(article).expect("reads");
    assert!(plain.statements.iter().all(|s| s.why.is_none()));
    let explained = Reader::new()
        .expect("opens")
        .with_explanations(true)
        .read(article)
        .expect("reads");
    assert!(explained.statements.iter().all(|s| s.why.is_some()));
}

/// Pieces of news and of everything that goes wrong in it.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "قال ",
            "وأضاف ",
            "مؤكدا ",
            "أن ",
            "إن ",
            "بأن ",
            "على ",
            "إلى ",
            "الوزير ",
            "سالم البدري ",
            "بحسب ",
            "ما ",
            "ذكره ",
            "وزارة الصحة ",
            "في بيان ",
            "للصحفيين ",
            "عن ",
            "نقلت ",
            "قوله ",
            "الذي ",
            "لم ",
            "كان ",
            "قد ",
            "أمس ",
            "ضرورة ",
            "، ",
            ". ",
            ": ",
            "«",
            "»",
            "\"",
            "(",
            ")",
            "\n",
            "- ",
            "14 ",
            "CNN ",
            "المادة ",
        ])
        .prop_map(str::to_owned),
        "[ء-ي]{1,7} ",
        "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 0..80).prop_map(|v| v.concat())
}

proptest! {
    #[test]
    fn any_text_reads_and_verifies(text in texts()) {
        let article = Article::new("p", text).with_published("2025-02-12");
        let reader = Reader::new().expect("the reader opens");
        let reading = reader.read(&article).expect("no NUL in it");
        prop_assert!(verify(&reading, &article).is_ok());
        prop_assert_eq!(reader.read(&article).expect("it was read before"), reading);
    }
}
