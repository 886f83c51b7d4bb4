//! What the tests have in common: a folder, files with invented news, and archives.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rawi::Reader;
use rawi_archive::{Archive, ArchiveError, Input, Mode, Tally, Told};
use rawi_input::Inputs;
use tempfile::TempDir;

pub struct House {
    folder: TempDir,
    reader: Reader,
}

/// A record as a line of JSON.
pub fn line(fields: &[(&str, &str)]) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(*value)));
    format!("{}\n", serde_json::Value::Object(fields.collect()))
}

/// Invented articles, all different.
pub fn articles(number: usize) -> String {
    let who = [
        "وزير الري سالم البدري",
        "النائبة هدى الزعبي",
        "المتحدث باسم بلدية الواحة",
    ];
    let what = [
        "السد الجديد",
        "خط القطار",
        "ميزانية المدارس",
        "مرفأ الصيادين",
    ];
    let mut out = String::new();
    for n in 0..number {
        let text = format!(
            "قال {} في مؤتمر صحفي إن {} سيكتمل بعد {} شهرا. وأضاف أن العمل رقم {n} يسير كما خطط له.",
            who[n % who.len()],
            what[n % what.len()],
            n % 9 + 3,
        );
        let day = format!("2026-0{}-{:02}", n % 8 + 1, n % 27 + 1);
        let id = format!("n-{n}");
        out += &line(&[
            ("id", &id),
            ("text", &text),
            ("date", &day),
            ("source", "صحيفة النهر"),
        ]);
    }
    out
}

impl House {
    pub fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            reader: Reader::new().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub fn open(&self, name: &str) -> Archive {
        Archive::open(self.path(name), Mode::Create).unwrap()
    }

    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    pub fn ingest(&self, archive: &mut Archive, file: &Path) -> Tally {
        self.try_ingest(archive, file, &AtomicBool::new(false), |_| {})
            .unwrap()
    }

    pub fn try_ingest(
        &self,
        archive: &mut Archive,
        file: &Path,
        stop: &AtomicBool,
        told: impl FnMut(Told<'_>),
    ) -> Result<Tally, ArchiveError> {
        let inputs = Inputs::new([file.to_owned()]);
        archive.ingest(&self.reader, 2, Input::files(&inputs), stop, told)
    }
}

/// One column of a query, as text.
pub fn column(archive: &Archive, sql: &str) -> Vec<String> {
    let mut all = archive.database().prepare(sql).unwrap();
    let rows = all
        .query_map([], |row| {
            Ok(match row.get_ref(0)? {
                rusqlite::types::ValueRef::Null => "-".to_owned(),
                rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                value => value.as_str()?.to_owned(),
            })
        })
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// Everything that must be the same however articles came into an archive: texts with
/// their statements, without the numbers that things have.
pub fn contents(archive: &Archive) -> Vec<String> {
    column(
        archive,
        "SELECT v.given_id || '|' || v.number || '|' || coalesce(v.published, '') || '|' || v.text || '|' ||
           (SELECT coalesce(group_concat(x, ';'), '') FROM (
              SELECT s.local || ' ' || s.act || ' ' || s.starts || '-' || s.ends || ' ' || coalesce(e.name, '') AS x
              FROM statement s LEFT JOIN entity e ON e.id = s.speaker_id
              WHERE s.version_id = v.id ORDER BY s.local))
         FROM version v ORDER BY v.given_id, v.number",
    )
}
