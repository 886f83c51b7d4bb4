//! One version for all: that of the workspace is each crate's, the engine's in every
//! reading, and the wheel's.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().map(str::to_owned).collect()
}

#[test]
fn the_engine_has_the_version_of_the_workspace() {
    let manifest = lines(&root().join("Cargo.toml"));
    let package = manifest.iter().position(|l| l == "[workspace.package]");
    let version = manifest[package.expect("a table for all crates") + 1..]
        .iter()
        .find_map(|l| l.strip_prefix("version = \"")?.strip_suffix('"'))
        .expect("a version in it");
    assert_eq!(rawi::ENGINE, format!("rawi {version} rules"));
}

#[test]
fn every_crate_takes_it() {
    let crates = fs::read_dir(root().join("crates")).expect("crates/");
    let folders = crates.map(|entry| entry.expect("an entry of crates/").path());
    for folder in folders.chain([root().join("models")]) {
        let manifest = folder.join("Cargo.toml");
        if !manifest.exists() {
            continue;
        }
        let inherits = lines(&manifest)
            .iter()
            .any(|l| l == "version.workspace = true");
        assert!(inherits, "{} has a version of its own", manifest.display());
    }
}

#[test]
fn the_wheel_takes_it() {
    let project = lines(&root().join("pyproject.toml"));
    let start = project.iter().position(|l| l == "[project]");
    let table: Vec<&String> = project[start.expect("a table for the project") + 1..]
        .iter()
        .take_while(|l| !l.starts_with('['))
        .collect();
    let own = table.iter().find(|l| l.starts_with("version"));
    assert!(own.is_none(), "pyproject.toml: {own:?}");
    let dynamic = table.iter().find(|l| l.starts_with("dynamic = "));
    assert!(
        dynamic.is_some_and(|l| l.contains("\"version\"")),
        "pyproject.toml doesn't leave the version to Cargo.toml: {dynamic:?}"
    );
}
