//! The invented set of `tests/data`, scored by the program as users run it. The
//! expected pages are the reference scorer's own, byte for byte.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(file)
}

fn run(command: &str, args: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_rawi-train"))
        .arg(command)
        .arg("--articles")
        .arg(data("articles.jsonl"))
        .arg("--gold")
        .arg(data("gold.json"))
        .args(args)
        .output()
}

/// What `score` prints of the predicted readings.
fn score(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let predicted = data("predicted.jsonl");
    let predicted = predicted.to_str().ok_or("path is no UTF-8")?;
    let output = run("score", &[&["--predicted", predicted], args].concat())?;
    assert!(output.status.success(), "{output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

fn expected(file: &str) -> std::io::Result<String> {
    std::fs::read_to_string(data(file))
}

#[test]
fn figures_are_those_of_the_reference() -> Result<(), Box<dyn Error>> {
    assert_eq!(score(&[])?, expected("expected.txt")?);
    assert_eq!(score(&["--json"])?, expected("expected.json")?);
    Ok(())
}

#[test]
fn errors_are_those_of_the_reference() -> Result<(), Box<dyn Error>> {
    assert_eq!(score(&["--errors", "9"])?, expected("expected_errors.txt")?);
    Ok(())
}

#[test]
fn confusion_follows_the_figures() -> Result<(), Box<dyn Error>> {
    let page = score(&["--confusion"])?;
    let figures = expected("expected.txt")?;
    assert!(page.starts_with(&figures));
    assert_eq!(&page[figures.len()..], expected("expected_confusion.txt")?);
    Ok(())
}

#[test]
fn without_readings_the_articles_are_read_now() -> Result<(), Box<dyn Error>> {
    let output = run("score", &[])?;
    assert!(output.status.success(), "{output:?}");
    let page = String::from_utf8(output.stdout)?;
    let figures = expected("expected.txt")?;
    // What is found is the engine's affair; what there is to find is ours.
    assert_eq!(page.lines().next(), figures.lines().next());
    assert_eq!(
        page.lines().last().map(|l| &l[..15]),
        Some("time value|span")
    );
    Ok(())
}

#[test]
fn the_annotation_has_no_mistakes() -> Result<(), Box<dyn Error>> {
    let output = run("check-gold", &[])?;
    assert_eq!(String::from_utf8(output.stdout)?, "problems: 0\n");
    assert!(output.status.success());
    Ok(())
}

#[test]
fn a_bad_line_is_named() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("readings.jsonl");
    std::fs::write(&path, "{\"id\": \"port-1\"}\n\n{\"id\": 7}\n")?;
    let path = path.to_str().ok_or("path is no UTF-8")?;
    let output = run("score", &["--predicted", path])?;
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr)?;
    assert!(message.contains("readings.jsonl:3"), "{message}");
    Ok(())
}
