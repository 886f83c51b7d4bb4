//! Whatever goes wrong is told as a problem.

use crate::house::House;

#[test]
fn problems_say_what_is_wrong_and_what_would_be_right() {
    let house = House::new();
    for (path, status, kind, parameter) in [
        ("/search?whom=a", 400, "parameter", "whom"),
        ("/search?limit=0", 400, "parameter", "limit"),
        ("/search?limit=1000", 400, "parameter", "limit"),
        ("/search?act=shout", 400, "parameter", "act"),
        ("/search?q=a&q=b", 400, "parameter", "q"),
        ("/search?q=%28a", 422, "query", "q"),
        ("/search?q=act%3Ashout", 422, "query", "q"),
        ("/search?about=%22", 422, "query", "about"),
        ("/search?cursor=abc", 422, "query", ""),
        ("/entities?cursor=abc", 422, "query", "cursor"),
        ("/events?mode=shout", 400, "parameter", "mode"),
        ("/events?in=2026-02-31", 422, "query", "in"),
        ("/events?a=none&b=none", 422, "query", ""),
        ("/events/counts?field=word", 400, "parameter", "field"),
        ("/events/matrix?sides=51", 400, "parameter", "sides"),
        ("/events/days?limit=5", 400, "parameter", "limit"),
        ("/events/days?actor=%2399999999", 422, "query", ""),
        ("/info?verbose=true", 400, "parameter", "verbose"),
        ("/entities/99999999", 404, "not-found", ""),
        ("/entities/x", 404, "not-found", ""),
        ("/entities/9007199254740993", 404, "not-found", ""),
        ("/statements/1", 404, "not-found", ""),
        ("/statements/1/variants", 404, "not-found", ""),
        ("/articles/1", 404, "not-found", ""),
        ("/articles/-1", 404, "not-found", ""),
    ] {
        let told = house.get(path);
        assert_eq!(told.status, status, "{path}");
        house.described("get", path, &told);
        assert_eq!(told.header("content-type"), "application/problem+json");
        assert_eq!(told.header("cache-control"), "no-store");
        let problem = told.json();
        assert_eq!(problem["type"], format!("/api#{kind}"), "{path}");
        assert_eq!(problem["status"], status);
        assert_eq!(
            problem["parameter"].as_str().unwrap_or_default(),
            parameter,
            "{path}"
        );
        let bare = path.split('?').next().unwrap();
        assert_eq!(problem["instance"], format!("/api/v1{bare}"));
    }
    let problem = house.get("/search?q=a+%28b").json();
    assert!(problem["column"].as_u64().unwrap() > 1);
    assert!(problem["hint"].is_string());
}

#[test]
fn addresses_that_are_none() {
    let house = House::new();
    for path in [
        "",
        "/",
        "/nothing",
        "/search/",
        "/entities/1/2",
        "/events/7",
        "/search%2F",
        "/../search",
    ] {
        let told = house.get(path);
        assert_eq!(told.status, 404, "{path}");
        assert_eq!(told.json()["type"], "/api#not-found", "{path}");
    }
}

#[test]
fn bodies_that_cannot_be_taken() {
    let house = House::with(|options| options.largest_body = 10_000);
    let json = "application/json";
    for (path, kind, body, status) in [
        ("/read", json, "{", 400),
        ("/read", json, "", 400),
        ("/read", json, "{}", 422),
        ("/read", json, "7", 422),
        ("/read", json, "[]", 422),
        ("/read", json, "[7]", 422),
        ("/read", json, r#"{"text": "a", "date": "2026-01-01"}"#, 422),
        (
            "/read",
            json,
            r#"{"text": "a", "published": "yesterday"}"#,
            422,
        ),
        (
            "/read",
            json,
            r#"{"text": "a", "published": "2026-02-31"}"#,
            422,
        ),
        ("/read", "application/xml", "<a/>", 415),
        ("/read", "text/plain; charset=windows-1256", "a", 415),
        ("/read", "", "a", 415),
        ("/check", json, r#"{"quotation": 7}"#, 422),
        ("/check", json, r#"{"text": "a", "speaker": "b"}"#, 422),
        ("/check", json, r#"{"speaker": "b"}"#, 422),
    ] {
        let told = house.post(path, kind, body);
        assert_eq!(told.status, status, "{path} {kind} {body}");
        house.described("post", path, &told);
    }
    let told = house.post("/read", "text/plain", vec![b'a'; 10_001]);
    assert_eq!(told.status, 413);
    house.described("post", "/read", &told);
    let told = house.post("/read", "text/plain", vec![0xff, 0xfe]);
    assert_eq!(told.status, 400);
    let list = format!("[{}]", vec![r#"{"text":""}"#; 101].join(","));
    let told = house.post("/read", json, list);
    assert_eq!(told.status, 422);
    let wrong = r#"[{"text":"a"},{"text":"a","published":"2026-13-01"}]"#;
    let told = house.post("/read", json, wrong);
    assert_eq!(
        (told.status.as_u16(), &told.json()["pointer"]),
        (422, &"/1/published".into())
    );
}
