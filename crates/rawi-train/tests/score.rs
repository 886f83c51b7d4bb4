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
    // Speakers by kind of source follow, which the reference doesn't tell.
    let (page, sources) = (score(&[])?, expected("expected_sources.txt")?);
    assert_eq!(page, expected("expected.txt")? + &sources);
    let (line, figures) = (score(&["--json"])?, expected("expected.json")?);
    let figures = figures.trim_end().trim_end_matches('}');
    assert!(line.starts_with(figures), "{line}");
    Ok(())
}

/// What `score --cast` prints of the invented casts.
fn cast(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let output = Command::new(env!("CARGO_BIN_EXE_rawi-train"))
        .arg("score")
        .arg("--articles")
        .arg(data("articles.jsonl"))
        .arg("--cast")
        .arg(data("cast.jsonl"))
        .arg("--predicted")
        .arg(data("cast_predicted.jsonl"))
        .args(args)
        .output()?;
    assert!(output.status.success(), "{output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn casts_are_scored_as_by_the_reference() -> Result<(), Box<dyn Error>> {
    let figures = expected("expected_cast.txt")?;
    assert_eq!(cast(&[])?, figures);
    let (line, reference) = (cast(&["--json"])?, expected("expected_cast.json")?);
    let reference = reference.trim_end().trim_end_matches('}');
    assert!(line.starts_with(reference), "{line}");

    let page = cast(&["--errors", "9"])?;
    assert!(page.starts_with(&figures));
    assert_eq!(
        &page[figures.len()..],
        expected("expected_cast_errors.txt")?
    );
    Ok(())
}

#[test]
fn only_the_articles_of_a_list_are_scored() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("ids.txt");
    std::fs::write(&path, "fire-3\n\nolive-4\n")?;
    let list = path.to_str().ok_or("path is no UTF-8")?;
    let page = cast(&["--ids", list])?;
    assert!(
        page.starts_with("gold: 14 names, 12 members, 3 persons\n"),
        "{page}"
    );
    let page = score(&["--ids", list])?;
    assert!(page.starts_with("gold: 12 statements, "), "{page}");

    std::fs::write(&path, "fire-3\nnowhere-5\n")?;
    let output = run("score", &["--ids", list])?;
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr)?;
    assert!(
        message.contains("`nowhere-5` is not annotated"),
        "{message}"
    );
    Ok(())
}

#[test]
fn errors_are_those_of_the_reference() -> Result<(), Box<dyn Error>> {
    let sources = expected("expected_sources.txt")?;
    assert_eq!(
        score(&["--errors", "9"])?,
        expected("expected_errors.txt")? + &sources
    );
    Ok(())
}

#[test]
fn confusion_follows_the_figures() -> Result<(), Box<dyn Error>> {
    let page = score(&["--confusion"])?;
    let figures = score(&[])?;
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
    assert!(page.contains("\ntime value|span "));
    assert!(page.contains("\nhidden subject "));
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
