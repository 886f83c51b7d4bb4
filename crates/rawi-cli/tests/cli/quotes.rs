//! One quotation over outlets, and quotations put to the test, from the command line.

use super::Bench;

/// An archive of two articles with one quotation, once with another number.
fn bench() -> Bench {
    let bench = Bench::new();
    let article = |id: &str, outlet: &str, day: &str, months: &str| {
        let text = format!(
            "قال وزير الري سالم البدري أمس: «سنبدأ بناء السد الجديد خلال {months} أشهر، ولن نرفع أسعار المياه \
             هذا العام». وحضر ممثلون عن المزارعين من قرى سهل الغار."
        );
        let article = serde_json::json!({"id": id, "source": outlet, "date": day, "text": text});
        format!("{article}\n")
    };
    let all = article("a", "صحيفة النهر", "2026-03-01", "ثلاثة")
        + &article("b", "=HYPERLINK(1)", "2026-03-02", "أربعة");
    bench.write("news.jsonl", all);
    assert_eq!(bench.run(&["ingest", "news.jsonl"]).code, 0);
    bench
}

fn check(bench: &Bench, quotation: &str, more: &[&str]) -> (i32, String) {
    let ran = bench.run(&[&["check", quotation], more].concat());
    (ran.code, ran.out)
}

#[test]
fn the_exit_code_says_whether_a_quotation_holds() {
    let bench = bench();
    let table = [
        ("سنبدأ بناء السد … هذا العام", "سالم البدري", 0, "cut"),
        ("ولن نرفع أسعار المياه هذا العام", "البدري", 0, "verbatim"),
        (
            "ولن نرفع أسعار المياه هذا العام",
            "هدى الزعبي",
            1,
            "other-speaker",
        ),
        (
            "خلال تسعة أشهر ولن نرفع أسعار المياه",
            "البدري",
            1,
            "altered",
        ),
        (
            "نرفع أسعار المياه هذا العام",
            "البدري",
            1,
            "a negation is left out: ولن",
        ),
        ("سنخفض الضرائب على جميع الشركات", "البدري", 1, "not-found"),
    ];
    for (quotation, speaker, code, shown) in table {
        let (found, out) = check(&bench, quotation, &["--speaker", speaker]);
        assert_eq!(found, code, "{quotation}: {out}");
        assert!(out.contains(shown), "{quotation}: {out}");
    }
    assert_eq!(check(&bench, " ", &[]).0, 2);
    assert_eq!(check(&bench, "answers.jsonl", &["--speaker", "سالم"]).0, 2);
    assert_eq!(check(&bench, "missing.jsonl", &[]).0, 1);
}

#[test]
fn answers_are_checked_line_by_line() {
    let bench = bench();
    let lines = [
        r#"{"id":"1","quote":"ولن نرفع أسعار المياه هذا العام","speaker":"سالم البدري"}"#,
        r#"{"id":"2","answer":"قال الوزير سالم البدري: «سنبدأ بناء السد الجديد خلال أربعة أشهر»، وأضاف: «سنخفض الضرائب على الجميع غدا»."}"#,
        r#"{"id":"3","quote":7}"#,
        "no json",
    ];
    bench.write("answers.jsonl", lines.join("\n"));
    let ran = bench.run(&["check", "answers.jsonl"]);
    assert_eq!(ran.code, 1);
    let findings: Vec<(String, String)> = ran
        .out
        .lines()
        .map(|line| {
            let found: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |field: &str| found[field].as_str().unwrap().to_owned();
            (text("id"), text("finding"))
        })
        .collect();
    let wanted = [("1", "verbatim"), ("2", "verbatim"), ("2", "not-found")];
    let wanted = wanted.map(|(id, finding)| (id.to_owned(), finding.to_owned()));
    assert_eq!(findings, wanted);
    for problem in [
        "answers.jsonl:3: `quote` is no text",
        "answers.jsonl:4: is no JSON",
    ] {
        assert!(ran.err.contains(problem), "{}", ran.err);
    }
    bench.write("plain.jsonl", r#"{"id":"1","answer":"لا اقتباس هنا"}"#);
    let ran = bench.run(&["check", "plain.jsonl"]);
    assert_eq!((ran.code, ran.err.contains("has no quotation")), (1, true));
}

#[test]
fn variants_show_what_differs() {
    let bench = bench();
    let found = bench.run(&[
        "check",
        "ولن نرفع أسعار المياه هذا العام",
        "--format",
        "jsonl",
    ]);
    let found: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    let places = found["places"].as_array().unwrap();
    assert_eq!(places.len(), 2);
    let statement = places[0]["statement"].to_string();
    let pretty = bench.run(&["variants", &statement]);
    assert_eq!(pretty.code, 0, "{}", pretty.err);
    for shown in [
        "2 reports in 2 outlets",
        "[!-ثلاثة-+أربعة+]",
        "a number is changed: ثلاثة → أربعة",
    ] {
        assert!(pretty.out.contains(shown), "{}", pretty.out);
    }
    let lines = bench
        .run(&["variants", &statement, "--format", "jsonl"])
        .out;
    assert_eq!(lines.lines().count(), 2);
    let csv = bench.run(&["variants", &statement, "--format", "csv"]).out;
    assert!(csv.contains("'=HYPERLINK(1)"), "{csv}");
    let none = bench.run(&["variants", "7"]);
    assert_eq!((none.code, none.err.contains("no statement 7")), (2, true));
}
