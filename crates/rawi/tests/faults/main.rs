//! Whole articles of a few sentences with all their answers: the kinds of mistakes
//! that readers met, each beside what looks like it and is right.
//!
//! The files of this folder say at their top, or in `kinds.md`, what their lines
//! mean. A case that is still read wrong stands in `open.tsv` with the reason; once
//! it is read right, the test asks for the row to be taken out.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

mod case;
mod check;

use std::collections::BTreeMap;
use std::path::Path;

use case::Case;
use rawi::{Article, Reader};

/// The cases of all files of the folder, by file and id.
fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let page = std::fs::read_to_string(&path).unwrap();
        out.extend(case::parse(&page).into_iter().map(|c| (name.clone(), c)));
    }
    out
}

/// The ids that are known to be read wrong, each with the reason.
fn open() -> BTreeMap<&'static str, &'static str> {
    include_str!("open.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            line.split_once('\t')
                .unwrap_or_else(|| panic!("no reason: {line}"))
        })
        .collect()
}

#[test]
fn every_case_is_read_right_or_listed() {
    let mut worker = Reader::new().unwrap().worker();
    let mut open = open();
    let (mut wrong, mut mended) = (Vec::new(), Vec::new());
    let cases = cases();
    for (file, case) in &cases {
        let mut article = Article::new(&case.id, &case.text);
        if let Some(day) = &case.published {
            article = article.with_published(day);
        }
        let reading = worker.read(&article).unwrap();
        rawi::verify(&reading, &article).unwrap_or_else(|e| panic!("{}: {e}", case.id));
        let faults = check::faults(case, &reading);
        // Cases with a number alone are told by their file.
        let number = case.id.bytes().all(|b| b.is_ascii_digit());
        let id = match number {
            true => format!("{file}.{}", case.id),
            false => case.id.clone(),
        };
        match (faults.is_empty(), open.remove(id.as_str())) {
            (true, Some(_)) => mended.push(id),
            (false, None) => wrong.push(format!(
                "{file} {}: {}\n    {}",
                case.id,
                faults.join("; "),
                case.text.replace('\n', "⏎")
            )),
            (true, None) | (false, Some(_)) => {}
        }
    }
    assert!(wrong.is_empty(), "read wrong:\n{}", wrong.join("\n"));
    assert!(mended.is_empty(), "read right now, so not open: {mended:?}");
    assert!(open.is_empty(), "open, but no cases: {open:?}");
    assert!(cases.len() > 200, "{} cases", cases.len());
}
