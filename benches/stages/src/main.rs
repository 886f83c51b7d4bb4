//! What each stage of reading costs an article, in time and in allocations, on one thread:
//!
//!     cargo run --release --manifest-path benches/stages/Cargo.toml -- ARTICLES.jsonl
//!
//! One JSON object on standard output, a table on standard error. The articles are read once
//! by a fresh worker, so that what its buffers grow by is counted too.

mod counting;

use std::process::ExitCode;
use std::time::Instant;

use counting::Counts;
use rawi::{Article, Reader};
use rawi_input::{Inputs, Record};

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

/// What printing a reading is called beside the stages.
const JSON: &str = "json";

/// What one stage has taken so far.
struct Row {
    stage: &'static str,
    seconds: f64,
    taken: Counts,
}

/// The stages in the order in which they came first.
struct Rows {
    rows: Vec<Row>,
    clock: Instant,
    before: Counts,
}

impl Rows {
    /// Counts what was taken since the stage before for this one.
    fn done(&mut self, stage: &'static str) {
        let (now, taken) = (Instant::now(), Counts::now() - self.before);
        let at = match self.rows.iter().position(|r| r.stage == stage) {
            Some(at) => at,
            None => {
                self.rows.push(Row {
                    stage,
                    seconds: 0.0,
                    taken: Counts::default(),
                });
                self.rows.len() - 1
            }
        };
        self.rows[at].seconds += (now - self.clock).as_secs_f64();
        self.rows[at].taken += taken;
        self.start();
    }

    /// What comes now counts for the stage that is done next.
    fn start(&mut self) {
        (self.before, self.clock) = (Counts::now(), Instant::now());
    }

    fn sum(&self, of: impl Fn(&Row) -> bool) -> Row {
        let mut all = Row {
            stage: "",
            seconds: 0.0,
            taken: Counts::default(),
        };
        for row in self.rows.iter().filter(|r| of(r)) {
            all.seconds += row.seconds;
            all.taken += row.taken;
        }
        all
    }
}

fn articles(path: &str) -> Vec<Article> {
    let inputs = Inputs::new([path.into()]);
    let mut out = Vec::new();
    for record in inputs.records() {
        match record {
            Record::Article { article, .. } => out.push(article),
            Record::Remark(said) | Record::Failed(said) => eprintln!("{said}"),
        }
    }
    out
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: rawi-stages ARTICLES.jsonl");
        return ExitCode::from(2);
    };
    let articles = articles(&path);
    let reader = Reader::new().expect("the models are embedded");
    let mut worker = reader.worker();
    let mut json = Vec::new();
    let mut rows = Rows {
        rows: Vec::new(),
        clock: Instant::now(),
        before: Counts::default(),
    };
    let mut read = 0usize;
    for article in &articles {
        rows.start();
        let Ok(reading) = worker.watch(article, &mut |stage| rows.done(stage.name())) else {
            continue;
        };
        rows.start();
        json.clear();
        serde_json::to_writer(&mut json, &reading).expect("a reading is JSON");
        drop(reading);
        rows.done(JSON);
        read += 1;
    }
    print(&rows, read);
    ExitCode::SUCCESS
}

fn print(rows: &Rows, articles: usize) {
    let per = |x: f64| x / articles.max(1) as f64;
    let line = |name: &str, row: &Row| {
        eprintln!(
            "{name:<12} {:>8.1} µs {:>8.1} allocations {:>9.0} bytes",
            per(row.seconds * 1e6),
            per(row.taken.allocations as f64),
            per(row.taken.bytes as f64)
        );
    };
    for row in &rows.rows {
        line(row.stage, row);
    }
    let (read, all) = (rows.sum(|r| r.stage != JSON), rows.sum(|_| true));
    line("read", &read);
    line("read + json", &all);
    let stages: serde_json::Map<String, serde_json::Value> = rows
        .rows
        .iter()
        .map(|r| {
            let figures = serde_json::json!({
                "us": per(r.seconds * 1e6),
                "allocations": per(r.taken.allocations as f64),
                "bytes": per(r.taken.bytes as f64),
            });
            (r.stage.to_owned(), figures)
        })
        .collect();
    let out = serde_json::json!({
        "articles": articles,
        "read": per(read.taken.allocations as f64),
        "with_json": per(all.taken.allocations as f64),
        "bytes": per(all.taken.bytes as f64),
        "stages": stages,
    });
    println!("{out}");
}
