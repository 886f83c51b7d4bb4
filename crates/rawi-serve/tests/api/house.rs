//! What the tests have in common: a server over the samples, and its document.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use rawi::Reader;
use rawi_archive::{Archive, Input, Mode};
use rawi_input::Inputs;
use rawi_serve::Options;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// A server without a socket.
pub struct House {
    routes: Router,
    pub archive: PathBuf,
    _folder: TempDir,
}

/// What was answered.
#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

static SAMPLES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("samples.rawi");
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/articles.jsonl");
    ingest(&archive, Path::new(samples));
    std::fs::read(archive).unwrap()
});

/// Reads a file into an archive.
pub fn ingest(archive: &Path, file: &Path) {
    let inputs = Inputs::new([file.to_owned()]);
    let mut archive = Archive::open(archive, Mode::Create).unwrap();
    let never = AtomicBool::new(false);
    let reader = Reader::new().unwrap();
    let given = Input::files(&inputs);
    let tally = archive.ingest(&reader, 1, given, &never, |_| {}).unwrap();
    assert_eq!(tally.failed, 0);
}

impl House {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let folder = TempDir::new().unwrap();
        let archive = folder.path().join("news.rawi");
        std::fs::write(&archive, &*SAMPLES).unwrap();
        let mut options = Options::new(archive.clone());
        options.threads = 1;
        change(&mut options);
        let routes = rawi_serve::routes(options).unwrap().0;
        Self {
            routes,
            archive,
            _folder: folder,
        }
    }

    pub fn get(&self, path: &str) -> Told {
        self.ask("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, kind: &str, body: impl Into<Body>) -> Told {
        self.ask("POST", path, &[("content-type", kind)], body)
    }

    /// A page.
    pub fn page(&self, path: &str) -> Told {
        self.sent("GET", path, &[], "")
    }

    /// The page after a form was sent.
    pub fn send(&self, path: &str, form: &'static str) -> Told {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.sent("POST", path, &[kind], form)
    }

    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Told {
        self.sent(method, &format!("/api/v1{path}"), headers, body)
    }

    fn sent(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Told {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        RUNTIME.block_on(async {
            let response = self.routes.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            Told {
                status: parts.status,
                headers: parts.headers,
                bytes: bytes.into(),
            }
        })
    }

    /// What the document says of itself.
    pub fn document(&self) -> Value {
        self.get("/openapi.json").json()
    }

    /// An answer that is as the document says; else the test fails.
    pub fn answer(&self, path: &str) -> Value {
        let told = self.get(path);
        self.described("get", path, &told);
        assert_eq!(
            told.status,
            200,
            "{path}: {}",
            String::from_utf8_lossy(&told.bytes)
        );
        told.json()
    }

    /// Checks an answer in JSON against the document: the schema of its status, and that
    /// nothing is there that isn't described.
    pub fn described(&self, method: &str, path: &str, told: &Told) {
        let mut document = self.document();
        let bare = path.split('?').next().unwrap();
        let paths = document["paths"].as_object().unwrap();
        let fits = |pattern: &&String| {
            let (wanted, given) = (pattern.split('/'), bare.split('/'));
            wanted.clone().count() == given.clone().count()
                && wanted.zip(given).all(|(w, g)| w == g || w.starts_with('{'))
        };
        let pattern = paths.keys().find(fits).unwrap().clone();
        let status = told.status.as_u16().to_string();
        let mut place = vec!["paths".to_owned(), pattern, method.to_owned()];
        place.extend(["responses".to_owned(), status.clone()]);
        let pointer = |place: &[String]| {
            let parts = place
                .iter()
                .map(|p| p.replace('~', "~0").replace('/', "~1"));
            parts.fold(String::new(), |all, part| format!("{all}/{part}"))
        };
        let response = document.pointer(&pointer(&place));
        let response = response.unwrap_or_else(|| panic!("{method} {path}: {status}"));
        if let Some(to) = response["$ref"].as_str() {
            place = to
                .trim_start_matches("#/")
                .split('/')
                .map(str::to_owned)
                .collect();
        }
        let kind = told.header("content-type").split(';').next().unwrap();
        place.extend(["content".to_owned(), kind.to_owned(), "schema".to_owned()]);
        let schema = document.pointer(&pointer(&place));
        assert!(schema.is_some(), "{method} {path}: {kind} of {status}");
        let mut parts = Vec::new();
        widened(&document["components"]["schemas"], &mut parts);
        for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
            close(schema, parts.contains(name));
        }
        let place = pointer(&place).replace('{', "%7B").replace('}', "%7D");
        document["$ref"] = format!("#{place}").into();
        let validator = jsonschema::validator_for(&document).unwrap();
        let json = told.json();
        let wrong = validator
            .iter_errors(&json)
            .map(|e| format!("{}: {e}", e.instance_path()));
        let wrong: Vec<String> = wrong.collect();
        assert!(wrong.is_empty(), "{method} {path}: {wrong:#?}\n{json:#}");
    }
}

/// The schemas that others add fields to: those may have more than they name.
fn widened(schema: &Value, parts: &mut Vec<String>) {
    match schema {
        Value::Object(all) => {
            if let (Some(Value::String(to)), Some(_)) = (all.get("$ref"), all.get("properties")) {
                parts.extend(to.rsplit('/').next().map(str::to_owned));
            }
            all.values().for_each(|of| widened(of, parts));
        }
        Value::Array(all) => all.iter().for_each(|of| widened(of, parts)),
        _ => {}
    }
}

/// Lets a schema take nothing that it doesn't name, but where it is `open`.
fn close(schema: &mut Value, open: bool) {
    match schema {
        Value::Object(all) => {
            if all.contains_key("properties") && !open {
                all.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
            all.values_mut().for_each(|of| close(of, false));
        }
        Value::Array(all) => all.iter_mut().for_each(|of| close(of, false)),
        _ => {}
    }
}
