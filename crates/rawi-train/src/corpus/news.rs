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

/// An article as it is stored.
#[derive(Deserialize)]
pub struct Stored {
    /// The name of the file that it stands in.
    #[serde(skip)]
    pub file: String,
    /// Its id.
    pub id: String,
    /// When it was published.
    #[serde(default)]
    pub date: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub source: Option<String>,
    /// Its text.
    pub text: String,
}

impl Stored {
    /// File and id, by which an article is known.
    pub fn key(&self) -> (String, String) {
        (self.file.clone(), self.id.clone())
    }

    /// Who published it; nobody if that is not known.
    pub fn outlet(&self) -> String {
        self.source.clone().unwrap_or_default()
    }
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
        self.each_stored(|stored| each(&stored.text))
    }

    /// Calls `each` with every article, up to the limit.
    pub fn each_stored(&self, mut each: impl FnMut(&Stored)) -> Result<()> {
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        self.lines(|stored| {
            let count = taken.entry(stored.outlet()).or_default();
            *count += 1;
            if *count <= self.limit {
                each(&stored);
            }
        })
    }

    /// Calls `each` with id, date and text of every article there is.
    pub fn named(&self, mut each: impl FnMut(&str, Option<String>, &str)) -> Result<()> {
        self.lines(|line| each(&line.id, line.date, &line.text))
    }

    fn lines(&self, mut each: impl FnMut(Stored)) -> Result<()> {
        for path in &self.files {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let file =
                File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
            for (i, line) in BufReader::new(MultiGzDecoder::new(file))
                .lines()
                .enumerate()
            {
                let at = || format!("{}, line {}", path.display(), i + 1);
                let stored: Stored =
                    serde_json::from_str(&line.with_context(at)?).with_context(at)?;
                each(Stored {
                    file: name.clone().into_owned(),
                    ..stored
                });
            }
        }
        Ok(())
    }
}
