//! The built command, run on files made for each test.

#![allow(clippy::unwrap_used)] // A test that fails may panic.

mod archive;
mod ask;
mod bad_input;
mod columns;
mod correct;
mod entity;
mod export;
mod follow;
mod formats;
mod help;
mod input;
#[cfg(feature = "mcp")]
mod mcp;
mod network;
mod output;
mod prove;
mod quotes;
mod streams;
mod verify;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// A short article of our own with a statement of each form, a nested one and a
/// speaker who is only in the verb.
const ARTICLE: &str = "أعلنت وزيرة الري العراقية سلمى الجبوري، في مؤتمر صحفي الأحد، أن سد الوادي سيعمل \
    بكامل طاقته في الصيف. وأضافت: «لن ينقطع الماء عن أي قرية».\n\
    ورفضت شركة الرافد في بيان اتهامات النقابة بتأخير العمل، ونقلت وكالة الجسر عن مهندس في الموقع قوله إن الشركة \
    أكدت أن المضخات جاهزة.";

/// A directory of its own and the command in it.
struct Bench {
    dir: tempfile::TempDir,
}

/// What a run left behind.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Bench {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// One with an archive of articles that are called `n-0`, `n-1` and so on.
    fn holding(texts: &[&str]) -> Self {
        let bench = Self::new();
        let all = texts.iter().enumerate();
        let all: String = all.map(|(n, t)| record(&format!("n-{n}"), t)).collect();
        bench.write("news.jsonl", all);
        let ran = bench.run(&["ingest", "news.jsonl", "--quiet"]);
        assert_eq!((ran.code, &*ran.err), (0, ""));
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rawi"));
        command
            .args(args)
            .current_dir(self.dir.path())
            .env_remove("NO_COLOR")
            .env_remove("LC_ALL")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap())
    }

    /// A run whose streams are all in our hands.
    fn start(&self, args: &[&str]) -> Child {
        self.command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self.start(args);
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feeder = std::thread::spawn(move || {
            // The command may stop listening.
            let _ = stdin.write_all(&input);
        });
        let ran = Ran::of(child.wait_with_output().unwrap());
        feeder.join().unwrap();
        ran
    }
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The readings' ids, of output in JSON lines.
    fn ids(&self) -> Vec<String> {
        let reading = |line| {
            serde_json::from_str::<rawi::Reading>(line)
                .unwrap()
                .id
                .into_owned()
        };
        self.out.lines().map(reading).collect()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

/// A line of JSON with an id and a text.
fn record(id: &str, text: &str) -> String {
    format!("{}\n", serde_json::json!({"id": id, "text": text}))
}

/// Several records, each a little different.
fn records(count: usize) -> String {
    (0..count)
        .map(|i| {
            let text = format!("قالت الوزيرة رقم {i} إن الميناء سيفتح. وأضافت: «انتهى العمل».\n");
            record(&format!("r{i}"), &text.repeat(1 + i % 7))
        })
        .collect()
}

/// Sends a signal (`-TERM`), by the shell's own `kill`: small systems have no program of
/// that name.
fn send(signal: &str, child: &Child) {
    let kill = format!("kill {signal} {}", child.id());
    let sent = Command::new("sh").args(["-c", &kill]).status();
    assert!(sent.unwrap().success());
}

fn exists(path: &Path) -> bool {
    path.try_exists().unwrap()
}
