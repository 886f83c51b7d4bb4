//! `rawi mcp` as an assistant starts it: over pipes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Child;

use serde_json::{Value, json};

use super::{Bench, send};

/// A running server and what it says.
struct Talk {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Talk {
    fn begin(bench: &Bench, args: &[&str]) -> Self {
        let mut child = bench.start(args);
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut talk = Self { child, said };
        let hello = talk.ask(
            json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"}}}),
        );
        assert_eq!(hello["result"]["serverInfo"]["name"], "rawi");
        talk.say(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        talk
    }

    fn say(&mut self, message: &Value) {
        let mut input = self.child.stdin.as_ref().unwrap();
        writeln!(input, "{message}").unwrap();
    }

    fn ask(&mut self, message: Value) -> Value {
        self.say(&message);
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn call(&mut self, tool: &str, given: Value) -> Value {
        let answer = self.ask(json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": {"name": tool, "arguments": given}}));
        answer["result"]["structuredContent"].clone()
    }

    /// Closes its input, and gives its exit code and what it said on standard error.
    fn end(mut self) -> (i32, String) {
        drop(self.child.stdin.take());
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        let mut errors = String::new();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut errors).unwrap();
        (code, errors)
    }
}

#[test]
fn the_samples_are_asked_over_pipes() {
    let bench = Bench::new();
    let mut talk = Talk::begin(&bench, &["mcp"]);
    let info = talk.call("archive_info", json!({}));
    assert_eq!(info["first_day"], "2025-08-21");
    let words = "لا شروط مسبقة";
    let found = talk.call(
        "search_statements",
        json!({"about": format!("\"{words}\"")}),
    );
    assert!(found["count"].as_u64().unwrap() > 1);
    let statement = &found["statements"][0]["statement"];
    let one = talk.call("get_statement", json!({"statement": statement}));
    assert_eq!(one["sha256"].as_str().unwrap().len(), 64);
    let (code, errors) = talk.end();
    assert_eq!(code, 0, "{errors}");
    // Nothing of the articles, and nothing of what was asked.
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("the sample articles"));
}

#[test]
fn an_archive_is_asked_while_it_is_written() {
    let bench = Bench::new();
    let more = |n: usize| {
        let text = format!("قال وزير الري سالم البدري إن السد رقم {n} سيكتمل.");
        json!({"id": format!("a{n}"), "text": text, "date": "2026-03-02"}).to_string()
    };
    bench.write("a.jsonl", more(1));
    let ingest = ["ingest", "a.jsonl", "--archive", "a.rawi", "-q"];
    assert_eq!(bench.run(&ingest).code, 0);
    let mut talk = Talk::begin(&bench, &["mcp", "--archive", "a.rawi", "-q"]);
    let count =
        |talk: &mut Talk| talk.call("search_statements", json!({"about": "السد"}))["count"].clone();
    assert_eq!(count(&mut talk), 1);
    bench.write("a.jsonl", format!("{}\n{}\n", more(1), more(2)));
    assert_eq!(bench.run(&ingest).code, 0);
    assert_eq!(count(&mut talk), 2);
    assert_eq!(talk.end(), (0, String::new()));
}

#[test]
fn wrong_beginnings_are_told() {
    let bench = Bench::new();
    let missing = bench.run(&["mcp", "--archive", "nowhere.rawi"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("no such archive"), "{}", missing.err);
    // Nobody there: the input is closed at once.
    let alone = bench.run(&["mcp", "-q"]);
    assert_eq!((alone.code, &*alone.err), (0, ""));
    let other = b"{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";
    let ran = bench.run_with(&["mcp", "-q"], other);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("no `initialize`"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_leaves_nothing_behind() {
    let bench = Bench::new();
    let mut command = bench.command(&["mcp", "-q"]);
    command
        .env("TMPDIR", bench.dir.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut input = child.stdin.take().unwrap();
    writeln!(input, r#"{{"jsonrpc":"2.0","id":0,"method":"ping"}}"#).unwrap();
    said.read_line(&mut String::new()).unwrap();
    assert_eq!(std::fs::read_dir(bench.dir.path()).unwrap().count(), 1);
    send("-TERM", &child);
    assert!(child.wait().unwrap().success());
    assert_eq!(std::fs::read_dir(bench.dir.path()).unwrap().count(), 0);
}
