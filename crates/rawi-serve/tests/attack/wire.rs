//! Connections that are slow, many, too large or broken.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::house::House;

#[tokio::test]
async fn broken_requests_harm_nobody_else() {
    let house = House::open().await;
    let long = "x".repeat(1_000_000);
    let many: String = (0..2000).map(|n| format!("A{n}: b\r\n")).collect();
    let host = house.at;
    let table = [
        "\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\u{0}".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET / HTTP/9.9\r\nHost: {host}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nA: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nA\0: b\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: \u{1}\r\n\r\n"),
        format!(
            "POST /read HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
        ),
    ];
    for request in table {
        let shown: String = request.chars().take(60).collect();
        if let Some(answer) = house.say(&request).await {
            assert!((400..600).contains(&answer.status), "{shown}: {answer:?}");
            assert_ne!(answer.status, 500, "{shown}");
        }
        house.is_well().await;
    }
}

#[tokio::test]
async fn strange_paths_lead_nowhere() {
    let house = House::open().await;
    for path in [
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%5c..%5cetc%5cpasswd",
        "/assets/%00",
        "/assets/",
        "//etc/passwd",
        "/..;/etc/passwd",
        "/en/../../etc/passwd",
        "/article/..%2f..%2fetc%2fpasswd",
        "/article/-1",
        "/article/99999999999999999999999",
        "/article/1%00",
        "/who/%ff%fe",
        "/who/-9223372036854775808",
        "/quote/0x10",
        "/quote/1e5",
        "/quote/%",
        "/%zz",
        "/%00",
        "/%0d%0aSet-Cookie:%20a=b",
        "/api/v1/..%2f..%2fetc%2fpasswd",
        "/api/v1/statements/-1",
        "/api/v1/statements/99999999999999999999",
        "/api/v1/articles/%ff",
        "http://evil.example/",
    ] {
        let answer = house.get(path).await;
        assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
        assert!(!answer.body.contains("root:"), "{path}");
        assert!(!answer.head.contains("Set-Cookie: a"), "{path}");
    }
    house.is_well().await;
}

#[tokio::test]
async fn no_header_is_smuggled_into_an_answer() {
    let house = House::open().await;
    for path in [
        "/dress?theme=dark&back=/%0d%0aSet-Cookie:%20a=b",
        "/dress?theme=dark%0d%0aSet-Cookie:%20a=b&back=/",
        "/dress?theme=dark&back=/%09/evil.example",
        "/dress?theme=dark&back=//evil.example",
        "/dress?theme=dark&back=https://evil.example",
        "/dress?theme=dark&back=/%5cevil.example",
    ] {
        let answer = house.get(path).await;
        let head = answer.head.to_ascii_lowercase();
        assert!(!head.contains("set-cookie: a"), "{path}: {head}");
        assert!(!head.contains("evil.example"), "{path}: {head}");
    }
}

#[tokio::test]
async fn bodies_are_bounded() {
    let house = House::open().await;
    let host = house.at;
    for path in [
        "/read",
        "/en/read",
        "/sign-in",
        "/api/v1/read",
        "/api/v1/check",
    ] {
        for kind in [
            "application/x-www-form-urlencoded",
            "application/json",
            "text/plain",
        ] {
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\nConnection: close\r\n"
            );
            // It says how long it is, and comes.
            let body = "a=".to_owned() + &"x".repeat(5 << 20);
            let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
            if let Some(answer) = house.say(request).await {
                assert!(
                    (400..500).contains(&answer.status),
                    "{path} {kind}: {answer:?}"
                );
            }
            // It never ends.
            let mut stream = house.connect().await;
            let request = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
            stream.write_all(request.as_bytes()).await.unwrap();
            let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "x".repeat(1 << 16));
            let mut sent = 0;
            while sent < 64 << 20 && stream.write_all(chunk.as_bytes()).await.is_ok() {
                sent += 1 << 16;
            }
            assert!(sent < 64 << 20, "{path} takes everything");
        }
    }
    house.is_well().await;
}

#[tokio::test]
async fn who_says_nothing_is_left() {
    let house = House::with(|o| {
        o.connections = 20;
        o.dawdle = Duration::from_millis(500);
    })
    .await;
    // A thousand that say nothing, or a letter at a time.
    let mut idle = Vec::new();
    for n in 0..300 {
        let mut stream = house.connect().await;
        if n % 3 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await;
        }
        idle.push(stream);
    }
    let begun = Instant::now();
    house.is_well().await;
    assert!(begun.elapsed() < Duration::from_secs(20));
    // One that goes on with a letter now and then has no more time than the others.
    let mut slow = house.connect().await;
    let begun = Instant::now();
    while slow.write_all(b"A").await.is_ok() && begun.elapsed() < Duration::from_secs(10) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn who_takes_nothing_of_the_answer_is_left() {
    let house = House::with(|o| {
        o.connections = 4;
        o.dawdle = Duration::from_secs(3);
    })
    .await;
    let mut greedy = Vec::new();
    for _ in 0..4 {
        let mut stream = house.connect().await;
        let one = format!("GET /no/such/page HTTP/1.1\r\nHost: {}\r\n\r\n", house.at);
        // Many at once, and nothing is read of what comes.
        let all = one.repeat(4000);
        let _ =
            tokio::time::timeout(Duration::from_secs(2), stream.write_all(all.as_bytes())).await;
        greedy.push(stream);
    }
    house.is_well().await;
    drop(greedy);
}

#[tokio::test]
async fn an_end_cuts_off_who_dawdles_and_lets_others_finish() {
    let mut house = House::open().await;
    let mut slow = house.connect().await;
    let head = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n", house.at);
    slow.write_all(head.as_bytes()).await.unwrap();
    let mut ready = house.connect().await;
    ready
        .write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut first = [0; 12];
    ready.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    house.tell_to_end();
    let mut rest = Vec::new();
    ready.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"ok\n"));
    let begun = Instant::now();
    let mut back = Vec::new();
    let _ = slow.read_to_end(&mut back).await;
    assert!(begun.elapsed() < Duration::from_secs(15));
}
