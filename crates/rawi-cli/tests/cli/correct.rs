//! What people say of readings, from the command line.

use super::{Bench, Ran};

fn bench() -> Bench {
    let texts = [
        "قال وزير الري سالم البدري إن السد جاهز. وأضاف: «لن نتأخر».",
        "نفت النائبة هدى الزعبي أن يكون السد قد تأخر.",
    ];
    Bench::holding(&texts)
}

fn correct(bench: &Bench, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["correct"].iter().chain(args).copied().collect();
    bench.run(&args)
}

/// Lines for people, without isolates.
fn plain(bench: &Bench, args: &[&str]) -> String {
    let args: Vec<&str> = args.iter().chain(&["--bidi", "never"]).copied().collect();
    let ran = correct(bench, &args);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{args:?}");
    ran.out
}

/// The number of the statement that has these words.
fn number(bench: &Bench, words: &str) -> String {
    let ran = bench.run(&["ask", &format!("=\"{words}\""), "--format", "jsonl"]);
    let hit: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
    hit["id"].to_string()
}

#[test]
fn corrections_are_made_told_and_undone() {
    let bench = bench();
    let number = number(&bench, "نتأخر");
    let values = r#"{"speaker": {"name": "وزير الري"}, "act": "promise"}"#;
    let made = plain(
        &bench,
        &["set", &number, values, "--by", "ليلى", "--note", "وعد"],
    );
    assert!(made.starts_with("1  "), "{made}");
    for part in [
        "  ليلى  correct statement  n-0 text ",
        "\n  لن نتأخر\n",
        "\n  act  [-assert-+promise+]\n",
        "\n  note  وعد\n",
    ] {
        assert!(made.contains(part), "{made}");
    }
    let rejected = plain(&bench, &["reject", &number, "--by", "عمر"]);
    assert!(rejected.contains("reject statement"), "{rejected}");
    assert_eq!(plain(&bench, &["list", "--limit", "1"]), rejected);
    plain(&bench, &["undo", "2", "--by", "عمر"]);
    assert!(plain(&bench, &["list"]).starts_with("1  "));
    let history = plain(&bench, &["history", "--article", "n-0"]);
    assert!(
        history.contains("undo 2") && history.contains("undone by 3"),
        "{history}"
    );
    assert_eq!(plain(&bench, &["history", "--article", "n-1"]), "");
    let arabic = plain(&bench, &["list", "--lang", "ar"]);
    assert!(arabic.contains("تصحيح قول"), "{arabic}");
    let ran = correct(&bench, &["list", "--format", "jsonl"]);
    let one: serde_json::Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert_eq!(
        (one["kind"].as_str(), one["value"]["act"].as_str()),
        (Some("correct"), Some("promise"))
    );
    let proof = bench.run(&["verify", "--archive", "news.rawi", "--quiet"]);
    assert!(
        proof.out.contains("news.rawi: 3 corrections verified"),
        "{}",
        proof.out
    );
}

#[test]
fn what_cannot_be_is_wrong_usage() {
    let bench = bench();
    let number = number(&bench, "نتأخر");
    for (args, said) in [
        (&["accept", "77"][..], "the archive has no statement 77"),
        (
            &["set", &number, "{\"act\": \"sing\"}"],
            "VALUES: unknown variant `sing`",
        ),
        (
            &["set", &number, "{\"speaker\": {\"entity\": 99}}"],
            "no entity #99",
        ),
        (&["set", &number, "{\"mood\": 1}"], "unknown field `mood`"),
        (&["undo", "9"], "there is no correction 9"),
        (&["review", "n-9"], "no article of this id"),
        (&["accept", &number, "--by", " "], "--by: no name"),
    ] {
        let ran = correct(&bench, args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn what_was_looked_at_as_a_whole_is_written_as_gold() {
    let bench = bench();
    plain(&bench, &["accept", &number(&bench, "تأخر"), "--by", "ليلى"]);
    let export = [
        "export",
        "--gold",
        "-o",
        "gold.json",
        "--texts",
        "gold.jsonl",
    ];
    let none = bench.run(&export);
    assert!(
        none.err
            .contains("0 articles looked at as a whole; 1 article only partly looked at"),
        "{}",
        none.err
    );
    let missed = r#"{"content": ["جاهز"], "form": "nominal", "act": "announce"}"#;
    plain(&bench, &["add", "n-0", missed, "--by", "ليلى"]);
    let review = plain(&bench, &["review", "n-0", "--by", "ليلى"]);
    assert!(review.contains("review article  n-0"), "{review}");
    let ran = bench.run(&export);
    assert!(
        ran.err
            .contains("1 article looked at as a whole; 1 article only"),
        "{}",
        ran.err
    );
    let gold: serde_json::Value = serde_json::from_str(&bench.text("gold.json")).unwrap();
    let all = gold[0]["statements"].as_array().unwrap();
    let words: Vec<&str> = all
        .iter()
        .map(|s| s["content"][0].as_str().unwrap())
        .collect();
    assert_eq!(words, ["إن السد جاهز", "جاهز", "لن نتأخر"]);
    assert_eq!(all[1]["in"], 0);
    assert_eq!(gold[0]["entities"][0]["name"], "سالم البدري");
    let text: serde_json::Value = serde_json::from_str(bench.text("gold.jsonl").trim()).unwrap();
    assert_eq!(
        (text["id"].as_str(), &gold[0]["id"]),
        (Some("n-0"), &text["id"])
    );
    let mixed = bench.run(&["export", "--gold", "--format", "csv"]);
    assert_eq!(mixed.code, 2);
}
