//! Who is who in an archive, from the command line.

use super::{Bench, Ran};

/// A minister whose name is written in two ways, somebody of the same name, and a source
/// without one.
fn bench() -> Bench {
    let texts = [
        "قال وزير الري سالم البدري للنائبة هدى الزعبي إن السد جاهز. وأضاف: «لن نتأخر».",
        "نفى وزير الري سالم فهد البدري أن يكون السد قد تأخر.",
        "قال سالم البدري، مدرب نادي الضفاف، إن الفريق جاهز.",
        "قال مصدر أمني إن الطريق مفتوح.",
    ];
    Bench::holding(&texts)
}

fn entity(bench: &Bench, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["entity"].iter().chain(args).copied().collect();
    bench.run(&args)
}

/// The objects that a run printed.
fn objects(bench: &Bench, args: &[&str]) -> Vec<serde_json::Value> {
    let args: Vec<&str> = args.iter().chain(&["--format", "jsonl"]).copied().collect();
    let ran = entity(bench, &args);
    assert_eq!((ran.code, &*ran.err), (0, ""), "{args:?}");
    let lines = ran.out.lines();
    lines.map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn number(bench: &Bench, name: &str) -> String {
    objects(bench, &["show", name])[0]["id"].to_string()
}

#[test]
fn entities_are_listed_and_shown() {
    let bench = bench();
    let people = objects(&bench, &["list", "--type", "per", "--sort", "name"]);
    let names: Vec<&str> = people.iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["سالم البدري", "سالم فهد البدري", "هدى الزعبي"]);
    assert_eq!(people[0]["articles"], 2);
    let like = objects(&bench, &["list", "--like", "سالم فه"]);
    assert_eq!(like.len(), 1);
    let first = objects(&bench, &["list", "--limit", "1"]);
    assert_eq!(
        (first[0]["name"].as_str(), first[0]["statements"].as_u64()),
        (Some("سالم البدري"), Some(3))
    );
    let shown = &objects(&bench, &["show", "سالِم البدري"])[0];
    assert_eq!(shown["addressees"][0]["name"], "هدى الزعبي");
    assert_eq!(shown["months"][0]["name"], "none");
    let plain = entity(&bench, &["show", "سالم البدري", "--bidi", "never"]);
    let id = number(&bench, "سالم البدري");
    let lines: Vec<&str> = plain.out.lines().collect();
    assert_eq!(
        lines[0],
        format!("#{id}  سالم البدري  PER  3 statements  2 articles")
    );
    assert!(
        lines.contains(&"  names       سالم البدري (2)"),
        "{}",
        plain.out
    );
    assert!(
        plain.out.contains("  acts        assert (3)\n"),
        "{}",
        plain.out
    );
    assert!(!plain.out.contains("several"), "{}", plain.out);
    // Whoever has no name is nobody in particular.
    let source = entity(&bench, &["show", "مصدر أمني", "--bidi", "never"]);
    assert!(source.out.contains("مصدر أمني~  ANON"), "{}", source.out);
    assert!(
        source.out.contains("may mean different ones"),
        "{}",
        source.out
    );
    // Names are in isolates, in both languages.
    let isolated = entity(&bench, &["show", &id]).out;
    assert!(
        isolated.contains("\u{2068}سالم البدري\u{2069} \u{2066}(2)\u{2069}"),
        "{isolated}"
    );
    let arabic = entity(&bench, &["show", &id, "--lang", "ar", "--bidi", "never"]).out;
    assert!(
        arabic.contains("الأسماء") && !arabic.contains("names"),
        "{arabic}"
    );
}

#[test]
fn decisions_are_made_told_and_undone() {
    let bench = bench();
    let before = objects(&bench, &["list"]);
    let id = number(&bench, "سالم البدري");
    let long = number(&bench, "سالم فهد البدري");
    let plain = |args: &[&str]| {
        let args: Vec<&str> = args.iter().chain(&["--bidi", "never"]).copied().collect();
        let ran = entity(&bench, &args);
        assert_eq!((ran.code, &*ran.err), (0, ""), "{args:?}");
        ran.out
    };
    let split = plain(&["split", "سالم البدري", "--article", "n-2", "--by", "ليلى"]);
    assert!(
        split.starts_with("1  ") && split.contains("  ليلى  split  "),
        "{split}"
    );
    // Now two have the name, and a number is needed.
    let ran = entity(&bench, &["show", "سالم البدري"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(&format!("#{id} ")), "{}", ran.err);
    let merged = plain(&["merge", &id, &long]);
    assert!(
        merged.contains(&format!(
            "merge  #{id} سالم البدري  #{long} سالم فهد البدري"
        )),
        "{merged}"
    );
    plain(&["rename", &long, "الوزير البدري"]);
    let shown = &objects(&bench, &["show", "الوزير البدري"])[0];
    assert_eq!(
        (shown["id"].to_string(), &shown["statements"]),
        (id.clone(), &3.into())
    );
    let ran = bench.run(&["reread", "--quiet"]);
    assert_eq!((ran.code, &*ran.err), (0, ""));
    assert_eq!(&objects(&bench, &["show", &id])[0], shown);
    for decision in ["1", "2", "3"] {
        plain(&["undo", decision]);
    }
    assert_eq!(objects(&bench, &["list"]), before);
    let history = objects(&bench, &["history"]);
    let kinds: Vec<&str> = history
        .iter()
        .map(|d| d["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["split", "merge", "rename", "undo", "undo", "undo"]);
    assert_eq!(
        (&history[0]["who"], &history[0]["undone_by"]),
        (&"ليلى".into(), &4.into())
    );
    assert!(plain(&["history"]).contains("undone by 6"));
}

#[test]
fn what_is_asked_wrongly_is_said() {
    let bench = bench();
    for args in [
        &["show", "فلان"][..],
        &["show", "#99999"],
        &["list", "--type", "MAN"],
        &["merge", "1"],
        &["merge", "1", "1"],
        &["split", "1"],
        &["split", "1", "--name", "فلان"],
        &["rename", "1", " "],
        &["rename", "1", "أ", "--by", " "],
        &["undo", "1"],
        &["history", "--archive", "none.rawi"],
    ] {
        let ran = entity(&bench, args);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{args:?}");
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}
