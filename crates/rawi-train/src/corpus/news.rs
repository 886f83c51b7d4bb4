//! Unlabeled news, sampled by outlet.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

/// The files of unlabeled news.
pub struct News {
    files: Vec<PathBuf>,
    /// How many articles of one outlet count.
    limit: usize,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    source: Option<String>,
    text: String,
}

impl News {
    /// All `*.jsonl.gz` of a folder, in the order of their names. At most
    /// `limit` articles of one outlet are given out.
    pub fn open(folder: &Path, limit: usize) -> Result<Self> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read {}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| path.to_string_lossy().ends_with(".jsonl.gz"))
            .collect();
        files.sort();
        Ok(Self { files, limit })
    }

    /// Calls `each` with the text of every article, up to the limit.
    pub fn each(&self, mut each: impl FnMut(&str)) -> Result<()> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        self.lines(|line| {
            let count = taken.entry(line.source.unwrap_or_default()).or_default();
            *count += 1;
            if *count <= self.limit {
                each(&line.text);
            }
        })
    }

    /// Calls `each` with id, date and text of every article there is.
    pub fn named(&self, mut each: impl FnMut(&str, Option<String>, &str)) -> Result<()> {
        self.lines(|line| each(&line.id, line.date, &line.text))
    }

    fn lines(&self, mut each: impl FnMut(Line)) -> Result<()> {
        for path in &self.files {
            let file =
                File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            for (i, line) in BufReader::new(MultiGzDecoder::new(file))
                .lines()
                .enumerate()
            {
                let at = || format!("{}, line {}", path.display(), i + 1);
                each(serde_json::from_str(&line.with_context(at)?).with_context(at)?);
            }
        }
        Ok(())
    }
}
