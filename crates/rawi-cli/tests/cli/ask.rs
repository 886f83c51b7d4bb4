//! `rawi ask`, from the command line.

use super::{Bench, Ran};

fn bench() -> Bench {
    let texts = [
        "قال وزير الري سالم البدري في مؤتمر صحفي إن توسعة الـمِينَاءَ تبدأ غدا.",
        "نفى سالم البدري أن تكون توسعة الميناء قد توقفت.",
        "أكدت النائبة هدى الزعبي أن ميزانية المدارس لن تمس.",
    ];
    Bench::holding(&texts)
}

fn ask(bench: &Bench, args: &[&str]) -> Ran {
    bench.run(&[&["ask"], args].concat())
}

#[test]
fn a_question_is_answered_with_places() {
    let bench = bench();
    let ran = ask(&bench, &["ماذا", "قال", "سالم", "البدري", "عن", "الميناء؟"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("تبدأ غدا") && ran.out.contains("توقفت"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("المدارس") && ran.out.contains("n-1"));
    assert!(
        ran.err.contains("2 statements") && ran.err.contains("found as: "),
        "{}",
        ran.err
    );
    let lit = ask(&bench, &["ميناء", "--color", "always"]).out;
    assert!(lit.contains("\u{1b}[1;33mالـمِينَاءَ\u{1b}[0m"), "{lit}");
    let options = [
        "--speaker",
        "البدري",
        "--about",
        "الميناء",
        "--via",
        "مؤتمر صحفي",
        "--count",
    ];
    assert_eq!(ask(&bench, &options).out, "1\n");
}

#[test]
fn hits_are_records_that_can_be_cited() {
    let bench = bench();
    let ran = ask(&bench, &["الميناء", "-f", "jsonl", "--limit", "1"]);
    let hit: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let article = &hit["article"];
    assert!(article["id"].is_string() && article["sha256"].as_str().unwrap().len() == 64);
    assert!(hit["statement"]["content"][0]["start"].is_u64());
    let lit = &hit["highlights"][0];
    assert!(lit["start"].as_u64() < lit["end"].as_u64());
    let cursor = ran.err.split("--cursor ").nth(1).unwrap().trim();
    let next = ask(&bench, &["الميناء", "-f", "csv", "--cursor", cursor]).out;
    assert_eq!(next.lines().count(), 2, "{next}");
    assert!(next.starts_with("statement,article,outlet,"));
    let wrong = ask(&bench, &["المدارس", "--cursor", cursor]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("belongs to another query"),
        "{}",
        wrong.err
    );
}

#[test]
fn facets_and_articles() {
    let bench = bench();
    let facets = ask(&bench, &["الميناء", "--facets", "-f", "csv"]).out;
    assert!(facets.contains(",سالم البدري,2\n"), "{facets}");
    assert!(facets.contains("act,deny,deny,1\n"), "{facets}");
    let articles = ask(&bench, &["نفى", "--articles", "--bidi", "never"]).out;
    assert!(articles.contains("│ نفى سالم البدري"), "{articles}");
}

#[test]
fn what_is_wrong_is_told_and_what_is_empty_explained() {
    let bench = bench();
    for (query, says) in [
        (
            "speker:سالم",
            "column 1: there is no field `speker:`: did you mean speaker:?",
        ),
        (
            "الميناء act:denny",
            "column 13: `denny` is not an act: did you mean deny?",
        ),
        ("before:2026-13", "is no date"),
        ("(الميناء", "never closed"),
        ("speaker:#777", "no entity #777"),
    ] {
        let ran = ask(&bench, &[query]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{query}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    let ran = ask(&bench, &["الميناء speaker:الزعبي channel:letter"]);
    assert_eq!((ran.code, &*ran.out), (0, ""));
    assert!(
        ran.err.contains("nothing has channel:letter"),
        "{}",
        ran.err
    );
    let ran = ask(&bench, &["speaker:الزعبي الميناء"]);
    assert!(
        ran.err.contains("without الميناء there would be 1"),
        "{}",
        ran.err
    );
    let missing = ask(&bench, &["الميناء", "--archive", "none.rawi"]);
    assert_eq!(missing.code, 2);
}
