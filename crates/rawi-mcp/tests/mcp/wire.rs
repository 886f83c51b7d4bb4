//! Messages as they come over the wire, whole and broken.

use std::time::Duration;

use rawi_mcp::Server;
use rmcp::ServiceExt as _;
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, DuplexStream, ReadHalf, WriteHalf,
};
use tokio::task::JoinHandle;

use crate::house::archive;

struct Wire {
    out: WriteHalf<DuplexStream>,
    back: BufReader<ReadHalf<DuplexStream>>,
    served: JoinHandle<()>,
}

impl Wire {
    async fn begin() -> Self {
        let server = Server::new(&archive()).unwrap();
        let (near, far) = tokio::io::duplex(1 << 16);
        let served = tokio::spawn(async move {
            let service = server.serve(far).await.unwrap();
            service.waiting().await.unwrap();
        });
        let (back, out) = tokio::io::split(near);
        let mut wire = Self {
            out,
            back: BufReader::new(back),
            served,
        };
        let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"}}});
        wire.say(&hello.to_string()).await;
        let answer = wire.hear().await;
        assert_eq!(answer["result"]["serverInfo"]["name"], "rawi");
        assert!(answer["result"]["instructions"].as_str().unwrap().len() > 200);
        wire.say(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            .await;
        wire
    }

    async fn say(&mut self, line: &str) {
        self.out.write_all(line.as_bytes()).await.unwrap();
        self.out.write_all(b"\n").await.unwrap();
    }

    async fn hear(&mut self) -> Value {
        let mut line = String::new();
        let heard = tokio::time::timeout(Duration::from_secs(30), self.back.read_line(&mut line));
        heard.await.unwrap().unwrap();
        serde_json::from_str(&line).unwrap()
    }

    async fn call(&mut self, id: u64, tool: &str, given: Value) {
        let call = json!({"jsonrpc": "2.0", "id": id, "method": "tools/call",
            "params": {"name": tool, "arguments": given}});
        self.say(&call.to_string()).await;
    }
}

#[tokio::test]
async fn what_is_broken_harms_nobody_else() {
    let mut wire = Wire::begin().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let broken = [
        "{\"jsonrpc\":\"2.0\",",
        "not JSON at all",
        "[]",
        "\"text\"",
        &deep,
        "",
    ];
    for line in broken {
        wire.say(line).await;
    }
    // Longer than may be.
    let huge = "x".repeat(5 << 20);
    wire.say(&huge).await;
    wire.out.write_all(b"\xff\xfe\n").await.unwrap();
    wire.call(7, "archive_info", json!({})).await;
    loop {
        let answer = wire.hear().await;
        if answer["id"] == 7 {
            assert_eq!(answer["result"]["structuredContent"]["articles"], 4);
            return;
        }
        assert!(answer["error"].is_object(), "{answer}");
    }
}

#[tokio::test]
async fn arguments_that_are_no_object_are_refused() {
    let mut wire = Wire::begin().await;
    wire.call(1, "archive_info", json!([1, 2])).await;
    let answer = wire.hear().await;
    assert!(answer["error"].is_object(), "{answer}");
    wire.say(r#"{"jsonrpc":"2.0","id":2,"method":"nothing/at_all"}"#)
        .await;
    let answer = wire.hear().await;
    assert_eq!(
        (&answer["id"], &answer["error"]["code"]),
        (&json!(2), &json!(-32601))
    );
}

#[tokio::test]
async fn several_at_once_are_all_answered() {
    let mut wire = Wire::begin().await;
    for id in 1..=40 {
        wire.call(id, "search_statements", json!({"about": "السد"}))
            .await;
    }
    let mut ids = Vec::new();
    for _ in 0..40 {
        let answer = wire.hear().await;
        assert!(
            answer["result"]["structuredContent"]["count"].is_u64(),
            "{answer}"
        );
        ids.push(answer["id"].as_u64().unwrap());
    }
    ids.sort_unstable();
    assert_eq!(ids, (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_flood_is_told_to_wait() {
    let mut wire = Wire::begin().await;
    let text = "قال الوزير سالم البدري إن السد الجديد سيكتمل بعد عام. ".repeat(300);
    for id in 1..=90 {
        wire.call(id, "read_text", json!({"text": text})).await;
    }
    let mut waiting = 0;
    for _ in 0..90 {
        let answer = wire.hear().await;
        let error = answer["result"]["isError"] == true;
        waiting += u32::from(error);
        if error {
            let said = answer["result"]["content"][0]["text"].as_str().unwrap();
            assert!(said.contains("are waiting already"), "{said}");
        }
    }
    assert!(waiting > 0);
}

#[tokio::test]
async fn a_cancelled_request_has_no_answer_and_holds_up_nobody() {
    let mut wire = Wire::begin().await;
    let text = "قال الوزير سالم البدري إن السد الجديد سيكتمل بعد عام. ".repeat(3000);
    for id in 1..=8 {
        wire.call(id, "read_text", json!({"text": text})).await;
    }
    for id in 1..=8 {
        let cancel = json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
            "params": {"requestId": id, "reason": "changed my mind"}});
        wire.say(&cancel.to_string()).await;
    }
    wire.call(9, "archive_info", json!({})).await;
    // One or two may have been ready before.
    let mut answered = 0;
    while wire.hear().await["id"] != 9 {
        answered += 1;
    }
    assert!(answered < 6, "{answered}");
}

#[tokio::test]
async fn the_end_of_the_input_is_the_end() {
    let mut wire = Wire::begin().await;
    wire.call(1, "archive_info", json!({})).await;
    wire.out.shutdown().await.unwrap();
    // What was asked before is still answered.
    let answer = wire.hear().await;
    assert_eq!(answer["id"], 1);
    let ended = tokio::time::timeout(Duration::from_secs(10), wire.served).await;
    ended.unwrap().unwrap();
}

#[tokio::test]
async fn a_missing_archive_is_told_at_the_start() {
    let error = Server::new(std::path::Path::new("/nowhere/news.rawi"))
        .err()
        .unwrap();
    assert!(error.to_string().contains("no such archive"), "{error}");
}
