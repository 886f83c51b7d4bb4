//! Folders, and what files are called.

use super::{Bench, Found, TEXT, gzip, json};
use rawi_input::Inputs;

#[test]
fn a_folder_is_read_in_order() {
    let bench = Bench::new();
    let record = format!("{{\"id\": \"r\", \"text\": {}}}", json(TEXT));
    bench
        .write("in/b.txt", TEXT)
        .write("in/a/z.txt.gz", gzip(TEXT.as_bytes()))
        .write("in/a/y.html", format!("<p>{TEXT}</p>"))
        .write("in/c.jsonl", record)
        .write("in/.hidden.txt", TEXT)
        .write("in/photo.png", "x")
        .write("in/a/readme.md", "x")
        .write("in/out.jsonl", "x");
    let inputs = bench
        .inputs(&["in"])
        .without(Some(bench.path("in/out.jsonl")));
    let found = Found::of(&inputs);
    assert!(found.failed.is_empty(), "{}", found.told());
    let ends = ["in/a/y.html", "in/a/z.txt.gz", "in/b.txt", "r"];
    for (id, end) in found.ids().iter().zip(ends) {
        assert!(id.ends_with(end), "{id}");
    }
    assert_eq!(found.articles.len(), 4);
    let told = found.told();
    assert!(
        told.contains("in: 2 files are of no kind that is read"),
        "{told}"
    );
}

#[test]
fn a_folder_without_anything() {
    let bench = Bench::new();
    bench.write("in/photo.png", "x");
    let found = Found::of(&bench.inputs(&["in"]));
    assert_eq!(found.failed.len(), 1);
    assert!(
        found.failed[0]
            .text
            .contains("without any file that is read")
    );
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_in_circles() {
    let bench = Bench::new();
    bench.write("in/a.txt", TEXT);
    std::os::unix::fs::symlink(bench.path("in"), bench.path("in/again")).unwrap();
    std::os::unix::fs::symlink(bench.path("in/a.txt"), bench.path("in/b.txt")).unwrap();
    let found = Found::of(&bench.inputs(&["in"]));
    assert_eq!(found.articles.len(), 2, "{}", found.told());
}

#[test]
fn one_id_however_a_file_is_named() {
    let ids = |paths: &[&str]| -> Vec<String> {
        let files: Vec<_> = paths.iter().map(Into::into).collect();
        let found = Found::of(&Inputs::new(files));
        found.articles.into_iter().map(|a| a.id).collect()
    };
    // Tests run in the folder of the crate.
    let here = std::env::current_dir().unwrap();
    let whole = here.join("Cargo.toml");
    let named = ids(&[
        "Cargo.toml",
        "./Cargo.toml",
        "src/../Cargo.toml",
        whole.to_str().unwrap(),
    ]);
    assert_eq!(named, ["Cargo.toml"; 4]);
    let bench = Bench::new();
    bench.write("a/x.txt", TEXT).write("b/x.txt", TEXT);
    let found = Found::of(&bench.inputs(&["a/x.txt", "b/x.txt"]));
    assert_eq!(found.told(), "");
    assert_ne!(found.ids()[0], found.ids()[1]);
}
