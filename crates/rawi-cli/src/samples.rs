//! An archive of the samples that the program carries, for whoever has none yet.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, Result};
use rawi::Reader;
use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;

/// The samples.
const TEXTS: &[(&str, &str)] = &[
    (
        "articles.jsonl",
        include_str!("../../../samples/articles.jsonl"),
    ),
    ("weeks.jsonl", include_str!("../../../samples/weeks.jsonl")),
];

/// An archive of the samples, in a folder that goes with this.
#[derive(Debug)]
pub struct Samples {
    folder: tempfile::TempDir,
}

impl Samples {
    /// Reads the samples into a new archive.
    pub fn read() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("rawi-samples-").tempdir();
        let folder = folder.context("no folder for the samples can be made")?;
        let samples = Self { folder };
        let mut files = Vec::new();
        for (name, text) in TEXTS {
            let path = samples.folder.path().join(name);
            std::fs::write(&path, text)?;
            files.push(path);
        }
        let inputs = Inputs::new(files);
        let mut archive = Archive::open(samples.archive(), Mode::Create)?;
        let never = AtomicBool::new(false);
        let tally = archive.ingest(&Reader::new()?, 1, Input::files(&inputs), &never, |_| {})?;
        anyhow::ensure!(tally.failed == 0, "the samples cannot be read");
        Ok(samples)
    }

    /// Where the archive lies.
    pub fn archive(&self) -> PathBuf {
        self.folder.path().join("samples.rawi")
    }
}
