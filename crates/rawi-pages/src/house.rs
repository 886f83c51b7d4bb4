//! What the tests of screens have in common: archives of invented news, and pages of them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use rawi::Reader;
use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;
use tempfile::TempDir;

use crate::{Desk, Lang, Page, Params, Problem, Site};

/// An archive in a folder that goes with it.
pub struct House {
    folder: TempDir,
}

/// What reads articles; made once.
pub fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new().unwrap())
}

impl House {
    /// An archive of lines of JSON.
    pub fn of(news: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("news.jsonl");
        std::fs::write(&file, news).unwrap();
        Self::read(folder, vec![file])
    }

    /// The archive of the samples.
    pub fn samples() -> &'static Self {
        static SAMPLES: OnceLock<House> = OnceLock::new();
        SAMPLES.get_or_init(|| {
            let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
            let files = ["articles.jsonl", "weeks.jsonl"].map(|name| home.join(name));
            Self::read(TempDir::new().unwrap(), files.to_vec())
        })
    }

    fn read(folder: TempDir, files: Vec<PathBuf>) -> Self {
        let mut archive = Archive::open(folder.path().join("a.rawi"), Mode::Create).unwrap();
        let inputs = Inputs::new(files);
        let never = AtomicBool::new(false);
        let tally = archive.ingest(reader(), 1, Input::files(&inputs), &never, |_| {});
        assert_eq!(tally.unwrap().failed, 0);
        drop(archive);
        Self { folder }
    }

    /// The archive, to ask it.
    pub fn archive(&self) -> Archive {
        Archive::open(self.folder.path().join("a.rawi"), Mode::Read).unwrap()
    }

    /// A page of it, at a path with a state behind.
    pub fn page(
        &self,
        lang: Lang,
        path: &str,
        state: &str,
        page: impl Fn(&mut Desk<'_>, &Site) -> Result<Page, Problem>,
    ) -> Page {
        let archive = self.archive();
        let mut desk = Desk::new(&archive, reader()).unwrap();
        let state = state
            .replace('#', "%23")
            .replace('"', "%22")
            .replace('+', "%2B");
        let site = Site::new(lang, path, Params::parse(&state));
        page(&mut desk, &site).unwrap()
    }
}

/// What of a page is the same on every day and in every build: its content.
pub fn content(page: &Page) -> String {
    let html = &page.html;
    let from = html.find("<main").unwrap();
    let to = html.find("</main>").unwrap();
    let mut content = html[from..to].to_owned();
    while let Some(at) = content.find("/assets/") {
        let end = at + content[at..].find('"').unwrap();
        let name = content[at + 8..end].split('.').next().unwrap().to_owned();
        content.replace_range(at..end, &format!("ASSET {name}"));
    }
    content
}
