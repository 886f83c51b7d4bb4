//! What the command says of itself, and what it does not accept.

use super::{ARTICLE, Bench};

#[test]
fn help_texts() {
    let bench = Bench::new();
    for (name, args) in [
        ("help", &["--help"][..]),
        ("help_read", &["read", "--help"]),
        ("help_read", &["help", "read"]),
        ("help_verify", &["verify", "--help"]),
        ("help_articles", &["articles", "--help"]),
        ("help_ask", &["ask", "--help"]),
        ("help_model", &["model", "--help"]),
        ("help_export", &["export", "--help"]),
        ("help_follow", &["follow", "--help"]),
    ] {
        let ran = bench.run(args);
        assert_eq!(ran.code, 0);
        insta::assert_snapshot!(name, ran.out);
    }
}

#[test]
fn the_version_names_the_engine() {
    let bench = Bench::new();
    assert_eq!(bench.run(&["-V"]).out.trim(), rawi::ENGINE);
    let long = bench.run(&["--version"]).out;
    let (engine, models) = long.split_once('\n').unwrap();
    assert_eq!(engine, rawi::ENGINE);
    for name in ["morph ", "names ", "speech ", "events "] {
        assert!(
            models.starts_with("models: ") && models.contains(name),
            "{models}"
        );
    }
}

#[test]
fn models_say_what_they_are() {
    let bench = Bench::new();
    let ran = bench.run(&["model"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("model", ran.out);
    let version = bench.run(&["--version"]).out;
    let json = bench.run(&["model", "--format", "json"]).out;
    let models: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(models.len(), 6);
    for model in &models {
        let text = |field: &str| model[field].as_str().unwrap();
        assert_eq!(model["intact"], true);
        assert_eq!(text("license"), "CC-BY-SA-4.0");
        let sum = format!("{} {}", text("name"), text("checksum"));
        assert!(version.contains(&sum) && ran.out.contains(text("checksum")));
    }
    let one = bench.run(&["model", "speech"]).out;
    assert!(one.starts_with("speech: ") && ran.out.contains(&one));
}

#[test]
fn wrong_usage() {
    let bench = Bench::new();
    bench.write("a.txt", ARTICLE);
    for args in [
        &[][..],
        &["fly"],
        &["read", "a.txt", "--published", "12/2"],
        &["read", "a.txt", "--field", "body"],
        &["read", "a.txt", "--field", "body=text"],
        &["read", "a.txt", "--published", "2025-02-30"],
        &["read", "a.txt", "--threads", "0"],
        &["read", "a.txt", "--format", "xml"],
        &["verify", "a.txt"],
        &["model", "tides"],
    ] {
        let ran = bench.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}
