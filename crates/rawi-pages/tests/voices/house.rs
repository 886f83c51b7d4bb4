//! An archive of the shipped samples, and pages of it.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use rawi::Reader;
use rawi_archive::query::Query;
use rawi_archive::search::{Request, Scope, Sort};
use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;
use rawi_pages::{Desk, Lang, Page, Params, Problem, Site};
use tempfile::TempDir;

pub struct House {
    _folder: TempDir,
    archive: Archive,
    reader: Reader,
}

impl House {
    /// The shipped samples.
    pub fn samples() -> Self {
        Self::of(Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../samples"
        )))
    }

    /// Invented articles: outlet, day, text.
    pub fn invented(articles: &[(&str, &str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut lines = String::new();
        for (n, (outlet, day, text)) in articles.iter().enumerate() {
            let article = serde_json::json!({
                "id": format!("n-{n}"), "source": outlet, "date": day, "text": text,
            });
            lines += &format!("{article}\n");
        }
        let file = folder.path().join("news.jsonl");
        std::fs::write(&file, lines).unwrap();
        Self::of(&file)
    }

    fn of(input: &Path) -> Self {
        let folder = TempDir::new().unwrap();
        let reader = Reader::new().unwrap();
        let mut archive = Archive::open(folder.path().join("a.rawi"), Mode::Create).unwrap();
        let inputs = Inputs::new([input.to_owned()]);
        archive
            .ingest(
                &reader,
                2,
                Input::files(&inputs),
                &AtomicBool::new(false),
                |_| {},
            )
            .unwrap();
        Self {
            _folder: folder,
            archive,
            reader,
        }
    }

    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Decides that some are one.
    pub fn merge(&mut self, ids: &[i64]) {
        self.archive.merge_entities(ids, "test").unwrap();
    }

    /// The number of the only statement that a query finds, or of the first by day.
    pub fn statement(&self, query: &str) -> i64 {
        let mut desk = Desk::new(&self.archive, &self.reader).unwrap();
        let page = desk.searcher.statements(&Request {
            query: Query::parse(query).unwrap(),
            scope: Scope::Statements,
            sort: Sort::Oldest,
            limit: 1,
            count: false,
            cursor: None,
        });
        page.unwrap().hits[0].id
    }

    pub fn page(
        &self,
        lang: Lang,
        path: &str,
        state: &str,
        make: impl FnOnce(&mut Desk<'_>, &Site) -> Result<Page, Problem>,
    ) -> Result<Page, Problem> {
        let site = Site::new(lang, path, Params::parse(state));
        let mut desk = Desk::new(&self.archive, &self.reader).unwrap();
        make(&mut desk, &site)
    }

    pub fn quote(&self, lang: Lang, id: i64, state: &str) -> String {
        let path = format!("/quote/{id}");
        let page = self.page(lang, &path, state, |desk, site| {
            rawi_pages::quote::page(desk, site, id)
        });
        page.unwrap().html
    }

    pub fn who(&self, lang: Lang, id: i64) -> String {
        let path = format!("/who/{id}");
        let page = self.page(lang, &path, "", |desk, site| {
            rawi_pages::who::page(desk, site, id)
        });
        page.unwrap().html
    }

    pub fn check(&self, lang: Lang, state: &str) -> String {
        let page = self.page(lang, "/quote", state, rawi_pages::quote::check::page);
        page.unwrap().html
    }
}

/// What is between the head and the foot.
pub fn main(html: &str) -> String {
    let start = html.find("<main").unwrap();
    let end = html.find("</main>").unwrap();
    html[start..end].to_owned()
}
