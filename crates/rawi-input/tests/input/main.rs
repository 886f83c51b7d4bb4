//! Files of every form, written for each test and read.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

mod captures;
#[cfg(feature = "parquet")]
mod columns;
mod damage;
mod encodings;
mod folders;
mod formats;
mod fuzz;
mod pages;
mod properties;
mod warc;

use std::io::Write as _;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use rawi::Article;
use rawi_input::{About, Inputs, Problem, Record};

/// A text of our own.
const TEXT: &str = "وصل وفد من مدينة الواحة إلى العاصمة، وقال المتحدث باسمه إن المحادثات ستبدأ غدا.\n\
    وأضاف: «نأمل أن تكون الطريق مفتوحة قبل الشتاء».";

/// A folder of files.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new() -> Self {
        Bench(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn inputs(&self, names: &[&str]) -> Inputs {
        let files: Vec<PathBuf> = names.iter().map(|n| self.path(n)).collect();
        Inputs::new(files)
    }
}

/// What came of an input.
#[derive(Default, Debug)]
struct Found {
    articles: Vec<Article>,
    about: Vec<About>,
    remarks: Vec<Problem>,
    failed: Vec<Problem>,
}

impl Found {
    fn of(inputs: &Inputs) -> Self {
        let mut found = Found::default();
        for record in inputs.records() {
            match record {
                Record::Article { article, about, .. } => {
                    found.articles.push(article);
                    found.about.push(*about);
                }
                Record::Remark(remark) => found.remarks.push(remark),
                Record::Failed(problem) => found.failed.push(problem),
            }
        }
        found
    }

    fn texts(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.text.as_str()).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.articles.iter().map(|a| a.id.as_str()).collect()
    }

    /// Everything that was told, without the folder of the test.
    fn told(&self) -> String {
        let all = self.remarks.iter().chain(&self.failed);
        let lines: Vec<String> = all
            .map(|p| {
                let said = p.to_string();
                said.rsplit_once("/")
                    .map_or(said.clone(), |(_, s)| s.to_owned())
            })
            .collect();
        lines.join("\n")
    }
}

/// Reads one file.
fn read(name: &str, bytes: impl AsRef<[u8]>) -> Found {
    let bench = Bench::new();
    bench.write(name, bytes);
    Found::of(&bench.inputs(&[name]))
}

/// Reads one file that is fine and holds one article.
fn article(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let found = read(name, bytes);
    assert_eq!(found.told(), "", "{name}");
    assert_eq!(found.articles.len(), 1, "{name}");
    found.articles.into_iter().next().unwrap()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
